/** A block of any stream, also of one that this site does not know. */
export interface AnyBlock {
  id: string;
  type: string;
  value: unknown;
}

export function isBlock(value: unknown): value is AnyBlock {
  return typeof value === "object" && value !== null && "id" in value && "type" in value && "value" in value;
}

/** The first words of a block, by which it is recognised; empty where it has none. */
export function firstWords(value: unknown): string {
  const words = textsIn(value).join(" ").replace(/\s+/g, " ").trim();
  return words.length > LONGEST ? `${words.slice(0, LONGEST).replace(/\s+\S*$/, "")} …` : words;
}

const LONGEST = 60;
const WORDS = new Set(["text", "title", "quotation", "caption", "question", "claim"]);

function textsIn(value: unknown, name = ""): string[] {
  if (typeof value === "string") return WORDS.has(name) && value ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([member, inner]) => textsIn(inner, member));
}
