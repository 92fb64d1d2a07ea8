/** As the API has it. */
const MOST_TAGS = 64;

/** What one page was made of. It may be kept while all of that holds, as the newsroom's answers say. */
export class Made {
  private readonly all = new Set<string>();
  /** Whether an answer is as it was before the newsroom stopped answering. */
  outdated = false;
  /** Milliseconds since the epoch. */
  private until = Number.POSITIVE_INFINITY;

  /** Takes an answer into account that was asked for at a time. */
  of({ status, headers }: Pick<Response, "status" | "headers">, asked: number): void {
    const tags = headers.get("Cache-Tag")?.split(",") ?? [];
    const fresh = /(?:^|[\s,])s-maxage=(\d+)/.exec(headers.get("Cache-Control") ?? "")?.[1];
    // It may come out of a cache, where it was for a while.
    const age = Number(headers.get("Age") ?? 0) || 0;
    for (const tag of tags) this.all.add(tag);
    // Without tags nobody could tell that it has changed.
    const good = (status === 200 || status === 304) && tags.length > 0;
    this.until = Math.min(this.until, good ? asked + (Number(fresh ?? 0) - age) * 1000 : 0);
  }

  /** Of every answer; of too many, the most numerous kind gives way to its name, and so on. */
  get tags(): ReadonlySet<string> {
    let tags = new Set(this.all);
    while (tags.size > MOST_TAGS) {
      const numbers = new Map<string, number>();
      for (const tag of tags) if (tag.includes(":")) numbers.set(kind(tag), (numbers.get(kind(tag)) ?? 0) + 1);
      const [most] = [...numbers].sort(([, one], [, other]) => other - one);
      if (most === undefined) break;
      tags = new Set([...tags].map((tag) => (kind(tag) === most[0] ? most[0] : tag)));
    }
    return tags;
  }

  /** Something of it was not to be had: the next one may be whole. */
  isIncomplete(): void {
    this.until = 0;
  }

  /** For how many seconds it holds from now on. */
  get seconds(): number {
    if (this.outdated || this.all.size === 0) return 0;
    return Math.max(0, Math.floor((this.until - Date.now()) / 1000));
  }
}

function kind(tag: string): string {
  return tag.split(":", 1)[0] ?? tag;
}
