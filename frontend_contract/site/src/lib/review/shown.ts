import {
  BadRequestError,
  GoneError,
  NeedsError,
  NotFoundError,
  ProblemError,
  type Review,
  type ReviewClient,
  type ReviewEmbargo,
  TooManyError,
} from "dateline-client";

/** What to show of a link: a draft, what is asked for first, or why there is nothing. */
export type Shown =
  | { type: "draft"; status: 200; answer: Review }
  | { type: "entry"; status: 401; needs: NeedsError["needs"]; embargo: ReviewEmbargo | null }
  | { type: "closed"; status: 404 | 410 | 429 | 503 };

/** Waits for what a link shows. */
export async function shown(asked: () => ReturnType<ReviewClient["read"]>): Promise<Shown> {
  try {
    return { type: "draft", status: 200, answer: await asked() };
  } catch (error) {
    if (error instanceof NeedsError) {
      return { type: "entry", status: 401, needs: error.needs, embargo: error.embargo };
    }
    return { type: "closed", status: statusOf(error) };
  }
}

function statusOf(error: unknown): 404 | 410 | 429 | 503 {
  if (error instanceof GoneError) return 410;
  if (error instanceof NotFoundError || error instanceof BadRequestError) return 404;
  if (error instanceof TooManyError) return 429;
  // The client's errors name no token, and no others are told in their own words.
  console.error(error instanceof ProblemError ? error.message : `A review failed: ${nameOf(error)}`);
  return 503;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
