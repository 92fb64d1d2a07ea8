/** A page as it was sent, with the tags of what it was made of. */
export interface Kept {
  readonly body: ArrayBuffer;
  readonly headers: Headers;
  readonly tags: ReadonlySet<string>;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

const MOST_KEPT = 1000;
const MOST_REMEMBERED = 10_000;

/** By address, the one that was asked for last at the end. */
const pages = new Map<string, Kept>();
const addresses = new Map<string, Set<string>>();
/** When each tag was dropped last, counted in drops; what was forgotten of that was before `forgotten`. */
const dropped = new Map<string, number>();
let drops = 0;
let forgotten = 0;

/** The page at an address, while it holds. */
export function kept(address: string): Kept | undefined {
  const page = pages.get(address);
  if (page === undefined) return undefined;
  forget(address);
  if (page.until <= Date.now()) return undefined;
  remember(address, page);
  return page;
}

/** To be called before a page is made: what is dropped while it is made must not be kept after all. */
export function begin(): number {
  return drops;
}

/** Keeps a page that was begun then. Gives whether it did. */
export function keep(address: string, page: Kept, begun: number): boolean {
  if (begun < forgotten || [...page.tags].some((tag) => (dropped.get(tag) ?? 0) > begun)) return false;
  forget(address);
  remember(address, page);
  const [oldest] = pages.keys();
  if (pages.size > MOST_KEPT && oldest !== undefined) forget(oldest);
  return true;
}

/** Drops every page that was made of something with one of these tags. Gives how many. */
export function drop(tags: readonly string[]): number {
  drops += 1;
  const before = pages.size;
  for (const tag of tags) {
    for (const address of [...(addresses.get(tag) ?? [])]) forget(address);
    dropped.set(tag, drops);
  }
  if (dropped.size > MOST_REMEMBERED) {
    dropped.clear();
    forgotten = drops;
  }
  return before - pages.size;
}

function remember(address: string, page: Kept): void {
  pages.set(address, page);
  for (const tag of page.tags) {
    const others = addresses.get(tag);
    if (others) others.add(address);
    else addresses.set(tag, new Set([address]));
  }
}

function forget(address: string): void {
  for (const tag of pages.get(address)?.tags ?? []) {
    const others = addresses.get(tag);
    others?.delete(address);
    if (others?.size === 0) addresses.delete(tag);
  }
  pages.delete(address);
}
