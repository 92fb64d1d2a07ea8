import { GoneError, NeedsError, ProblemError, type ReviewClient, TooManyError } from "dateline-client";

/** What a reader wrote into a form. */
export interface Said {
  form: "enter" | "comment" | "verdict";
  text: string;
  says: string;
}

/** What became of a form: where to go on, or why it was not taken. */
export type Outcome =
  | { taken: true; visit: string; at: string }
  | { taken: false; status: number; why: Refusal; minutes: number; said: Said };

export type Refusal = "passcode" | "tries" | "incomplete" | "conflict" | "not asked for" | "needs";

/** Sends what a form holds. Throws GoneError and what else no words of the reader can mend. */
export async function send(review: ReviewClient, form: FormData, visit: string): Promise<Outcome> {
  const written = (name: string) => String(form.get(name) ?? "").trim();
  const kind = written("do");
  const said: Said = {
    form: kind === "comment" || kind === "verdict" ? kind : "enter",
    text: written("text").replaceAll("\r\n", "\n"),
    says: written("says"),
  };
  try {
    if (said.form === "enter") {
      const { passcode, name, outlet } = Object.fromEntries(
        (["passcode", "name", "outlet"] as const).map((field) => [field, written(field)]),
      );
      const acceptTerms = written("terms") === "yes";
      return { taken: true, visit: await review.enter({ passcode, acceptTerms, name, outlet }), at: "" };
    }
    const page = Number(written("page"));
    if (said.form === "comment") {
      const thread = written("thread") ? Number(written("thread")) : null;
      const block = written("block") || null;
      const threads = await review.comment({ visit, page, text: said.text, block, thread });
      return { taken: true, visit, at: `thread-${thread ?? Math.max(...threads.map(({ id }) => id))}` };
    }
    const says = said.says === "approved" ? "approved" : "changes_requested";
    await review.verdict({ visit, page, version: written("version"), says, text: said.text });
    return { taken: true, visit, at: "verdict" };
  } catch (error) {
    if (!(error instanceof ProblemError) || error instanceof GoneError) throw error;
    const why = refusal(error, said.form);
    if (why === null) throw error;
    const seconds = error instanceof TooManyError ? (error.retryAfter ?? 60) : 0;
    return { taken: false, status: error.status, why, minutes: Math.ceil(seconds / 60), said };
  }
}

function refusal(error: ProblemError, form: Said["form"]): Refusal | null {
  if (error instanceof NeedsError) return "needs";
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
