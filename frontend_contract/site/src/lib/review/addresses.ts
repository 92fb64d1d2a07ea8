import type { Page } from "dateline-client";

/** Tokens as the newsroom makes them. What is none is never sent. */
const TOKEN = /^[\w-]{1,200}$/;

export function isToken(token: string): boolean {
  return TOKEN.test(token);
}

/** Where the drafts of a link are: the first, or another of its pages. */
export function reviewAddress(token: string, page?: number): string {
  return `/review/${token}/${page === undefined ? "" : `${page}/`}`;
}

/** The document with its links to the pages of a bundle leading to their drafts. */
export function leadingToDrafts(document: Page, pages: ReadonlySet<number>, token: string): Page {
  return led(document) as Page;

  function led(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(led);
    if (typeof value !== "object" || value === null) return value;
    const found = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, led(member)]));
    if (found.type === "page" && typeof found.url === "string" && pages.has(found.id as number)) {
      found.url = reviewAddress(token, found.id as number);
    }
    const page = found._type === "link" ? (found.page as { id: number } | null) : null;
    if (page && pages.has(page.id)) {
      const [, part] = String(found.href).split("#");
      found.href = reviewAddress(token, page.id) + (part ? `#${part}` : "");
    }
    return found;
  }
}
