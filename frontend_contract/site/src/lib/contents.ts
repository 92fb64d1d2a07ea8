import type { Block, Page } from "dateline-client";
import { anchor } from "./words";

export interface Entry {
  text: string;
  id: string;
}

/** How many headings a page has when it is too long to be found one's way in. */
const LONG = 3;

/** Where a heading or a section begins. */
export function placeOf(block: Extract<Block, { type: "heading" | "section" }>): string {
  return anchor(block.type === "heading" ? block.value.text : block.value.title, block.id);
}

/** The table of contents of a long page; none of a short one. */
export function contents(page: Page): Entry[] {
  const entries = page.body.flatMap((block): Entry[] => {
    if (block.type === "heading" && block.value.level === "h2") {
      return [{ text: block.value.text, id: placeOf(block) }];
    }
    return block.type === "section" ? [{ text: block.value.title, id: placeOf(block) }] : [];
  });
  return entries.length >= LONG ? entries : [];
}
