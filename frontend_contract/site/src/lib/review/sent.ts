import { GoneError, NeedsError, ProblemError, type ReviewClient, TooManyError } from "dateline-client";
import type { Visit } from "./visit";

/** What a reader wrote of a draft, by the names that the fields of its form have. */
export interface Said {
  form: "comment" | "verdict";
  text: string;
  page: string;
  block: string;
  thread: string;
  version: string;
  says: string;
}

/** What became of a form: where to go on, or why it was not taken. */
export type Outcome =
  | { taken: true; at: string }
  | { taken: false; status: number; why: Refusal; minutes: number };

export type Refusal = "cookies" | "passcode" | "tries" | "incomplete" | "conflict" | "not asked for" | "needs" | "terms" | "run out";

/** What a form says of a draft, an entry too if it was asked for in between; null for nothing. */
export function saidIn(form: FormData): Said | null {
  const of = (name: string) => written(form, name);
  const kind = isEntry(form) ? of("then") : of("do");
  if (kind !== "comment" && kind !== "verdict") return null;
  return {
    form: kind,
    text: of("text").replaceAll("\r\n", "\n"),
    page: of("page"),
    block: of("block"),
    thread: of("thread"),
    version: of("version"),
    says: of("says"),
  };
}

/**
 * Sends what a form holds, and keeps the visit that it is sent in. Throws GoneError and what else no
 * words of the reader can mend.
 */
export async function send(review: ReviewClient, form: FormData, visit: Visit): Promise<Outcome> {
  const said = saidIn(form);
  let outcome: Outcome = { taken: true, at: "" };
  if (isEntry(form)) {
    if (!visit.canBeKept) return { taken: false, status: 400, why: "cookies", minutes: 0 };
    outcome = await tried("enter", () => enter(review, form, visit));
  }
  if (said && outcome.taken) outcome = await tried(said.form, () => say(review, said, visit));
  return outcome;
}

/** Whatever is nothing of a draft is an entry. */
function isEntry(form: FormData): boolean {
  return !["comment", "verdict"].includes(written(form, "do"));
}

function written(form: FormData, name: string): string {
  return String(form.get(name) ?? "").trim();
}

async function enter(review: ReviewClient, form: FormData, visit: Visit): Promise<string> {
  const { passcode, name, outlet, key, read } = Object.fromEntries(
    (["passcode", "name", "outlet", "key", "read"] as const).map((field) => [field, written(form, field)]),
  );
  const acceptTerms = written(form, "terms") === "yes";
  // Terms are accepted within the visit that a passcode began.
  const accepting = { acceptTerms, terms: read, name, outlet };
  visit.keep(await review.enter({ passcode, ...accepting, visit: visit.ticket, key }));
  return "";
}

async function say(review: ReviewClient, said: Said, kept: Visit): Promise<string> {
  const page = Number(said.page);
  // Whoever keeps no cookies begins a visit by sending something, if nothing is asked for first.
  const visit = kept.ticket ?? (await kept.read(review, page || undefined)).review.visit;
  if (said.form === "comment") {
    const thread = said.thread ? Number(said.thread) : null;
    const threads = await review.comment({ visit, page, text: said.text, block: said.block || null, thread });
    return `thread-${thread ?? Math.max(...threads.map(({ id }) => id))}`;
  }
  const says = said.says === "approved" ? "approved" : "changes_requested";
  await review.verdict({ visit, page, version: said.version, says, text: said.text });
  return "verdict";
}

/** What became of something, which gives the place on the page where it is shown. */
async function tried(form: "enter" | Said["form"], sending: () => Promise<string>): Promise<Outcome> {
  try {
    return { taken: true, at: await sending() };
  } catch (error) {
    if (!(error instanceof ProblemError) || error instanceof GoneError) throw error;
    const why = refusal(error, form);
    if (why === null) throw error;
    const seconds = error instanceof TooManyError ? (error.retryAfter ?? 60) : 0;
    return { taken: false, status: error.status, why, minutes: Math.ceil(seconds / 60) };
  }
}

function refusal(error: ProblemError, form: "enter" | Said["form"]): Refusal | null {
  if (error instanceof NeedsError) {
    if (form !== "enter") return "run out";
    return error.needs.includes("terms") ? "terms" : "needs";
  }
  switch (error.status) {
    case 400:
      return "incomplete";
    case 403:
      return form === "enter" ? "passcode" : "not asked for";
    case 404:
      // The page or the thread; that there is no link is told when the draft is read.
      return form === "enter" ? null : "conflict";
    case 409:
      return "conflict";
    case 429:
      return form === "enter" ? "tries" : null;
    default:
      return null;
  }
}
