/** What one page was made of. It may be kept while all of that holds, as the newsroom's answers say. */
export class Made {
  /** Of every answer. */
  readonly tags = new Set<string>();
  /** Whether an answer is as it was before the newsroom stopped answering. */
  outdated = false;
  /** Milliseconds since the epoch. */
  private until = Number.POSITIVE_INFINITY;

  /** Takes an answer into account that was asked for at a time. */
  of({ status, headers }: Pick<Response, "status" | "headers">, asked: number): void {
    const tags = headers.get("Cache-Tag")?.split(",") ?? [];
    const fresh = /(?:^|[\s,])s-maxage=(\d+)/.exec(headers.get("Cache-Control") ?? "")?.[1];
    for (const tag of tags) this.tags.add(tag);
    // Without tags nobody could tell that it has changed.
    const good = (status === 200 || status === 304) && tags.length > 0;
    this.until = Math.min(this.until, good ? asked + Number(fresh ?? 0) * 1000 : 0);
  }

  /** Something of it was not to be had: the next one may be whole. */
  isIncomplete(): void {
    this.until = 0;
  }

  /** For how many seconds it holds from now on. */
  get seconds(): number {
    if (this.outdated || this.tags.size === 0) return 0;
    return Math.max(0, Math.floor((this.until - Date.now()) / 1000));
  }
}
