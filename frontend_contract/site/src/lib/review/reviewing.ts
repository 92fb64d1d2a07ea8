import type { BlockChange, Page, ReviewState, ReviewThread } from "dateline-client";
import { type AnyBlock, isBlock } from "./blocks";
import type { Said } from "./sent";

/** A block, and the address of where it is shown: its own, or the field's that is shown as one. */
export interface Placed extends AnyBlock {
  place: string;
  field: string | null;
}

/** Fields whose blocks are shown together. */
const TOGETHER = new Set(["key_facts"]);

/** A draft under review, for whatever shows a part of it. */
export interface Reviewing {
  token: string;
  page: number;
  state: ReviewState;
  /** All blocks of the draft, by their ids. */
  blocks: ReadonlyMap<string, Placed>;
  changes: ReadonlyMap<string, BlockChange["change"]>;
  /** What could not be taken, so that nobody has to write it again. */
  said: Said | null;
}

export function reviewing(token: string, page: Page, state: ReviewState, said: Said | null): Reviewing {
  const changes = new Map(state.changes?.blocks.map(({ id, change }) => [id, change]));
  return { token, page: page.id ?? 0, state, blocks: blocksOf(page), changes, said };
}

/** Threads on a block; those on the whole, and on what has no place of its own, if it is null. */
export function threadsOn({ state, blocks }: Reviewing, block: string | null): ReviewThread[] {
  return state.threads.filter((thread) =>
    block === null ? blocks.get(thread.block ?? "")?.field !== null : thread.block === block,
  );
}

/** Blocks of a document and of the sections in it: those that can be commented on. */
function blocksOf(page: Page): Map<string, Placed> {
  const found = new Map<string, Placed>();
  const note = (holder: object) => {
    for (const [name, value] of Object.entries(holder)) {
      if (!Array.isArray(value) || !value.every(isBlock)) continue;
      const field = TOGETHER.has(name) ? name : null;
      for (const block of value) {
        found.set(block.id, { ...block, field, place: field ? `field-${field}` : `block-${block.id}` });
        if (typeof block.value === "object" && block.value !== null) note(block.value);
      }
    }
  };
  note(page);
  return found;
}
