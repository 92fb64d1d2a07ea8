import type { Problem, ReviewEmbargo, ReviewProblem } from "./contract.js";

/** The API refused, and says why: `problem.detail` is for the developer who reads it. */
export class ProblemError extends Error {
  override readonly name: string = "ProblemError";

  constructor(
    readonly status: number,
    readonly problem: Problem,
    readonly url: string,
  ) {
    super(`${status} ${problem.title}: ${problem.detail} (${url})`);
  }
}

/** 400: the request is wrong. */
export class BadRequestError extends ProblemError {
  override readonly name = "BadRequestError";
}

/** 401: something is to be said before a draft is shown, such as its embargo's terms. */
export class NeedsError extends ProblemError {
  override readonly name = "NeedsError";
  /** What to ask the reader for. */
  readonly needs: ReviewProblem["needs"];
  /** The terms to accept, if there are any. */
  readonly embargo: ReviewEmbargo | null;

  constructor(status: number, problem: ReviewProblem, url: string) {
    super(status, problem, url);
    this.needs = problem.needs;
    this.embargo = problem.embargo;
  }
}

/** 429: too many tries. */
export class TooManyError extends ProblemError {
  override readonly name = "TooManyError";

  constructor(
    status: number,
    problem: Problem,
    url: string,
    /** Seconds until the next may be tried; null where the API does not say. */
    readonly retryAfter: number | null,
  ) {
    super(status, problem, url);
  }
}

/** 404: there is no such thing, or nobody may know of it. */
export class NotFoundError extends ProblemError {
  override readonly name = "NotFoundError";
}

/** 410: it was public and is not any more, or a preview or a review link has ended. */
export class GoneError extends ProblemError {
  override readonly name = "GoneError";
}

/**
 * The API did not answer, or not as an API does: a failure of the network or the server, a time-out,
 * an answer of something in between. It says nothing of what is there or not.
 */
export class OutageError extends Error {
  override readonly name = "OutageError";

  /** `status` is null where there was no answer at all. */
  constructor(
    message: string,
    readonly url: string,
    readonly status: number | null = null,
    cause?: unknown,
  ) {
    super(`${message} (${url})`, { cause });
  }
}

/** The path leads elsewhere: answer with this status and location. */
export class MovedError extends Error {
  override readonly name = "MovedError";

  constructor(
    readonly location: string,
    readonly status: 301 | 302,
  ) {
    super(`Moved to ${location}`);
  }
}

/** The error for an answer that is not 2xx. */
export function refusal(
  { status, headers }: Pick<Response, "status" | "headers">,
  body: unknown,
  url: string,
): ProblemError | OutageError {
  if (status >= 500 || !isProblem(body, status)) {
    return new OutageError(`The API answered ${status}, and not as the contract has it`, url, status);
  }
  switch (status) {
    case 400:
      return new BadRequestError(status, body, url);
    case 401:
      return "needs" in body ? new NeedsError(status, body as ReviewProblem, url) : new ProblemError(status, body, url);
    case 404:
      return new NotFoundError(status, body, url);
    case 410:
      return new GoneError(status, body, url);
    case 429:
      return new TooManyError(status, body, url, Number(headers.get("Retry-After")) || null);
    default:
      return new ProblemError(status, body, url);
  }
}

/** The error for an answer that never came, or broke off, or could not be read. */
export function failure(cause: unknown, url: string, timeout: number): OutageError {
  if (cause instanceof SyntaxError) {
    return new OutageError("The API answered something that is no JSON", url, null, cause);
  }
  if (cause instanceof Error && cause.name === "TimeoutError") {
    return new OutageError(`The API did not answer within ${timeout} ms`, url, null, cause);
  }
  return new OutageError("The API cannot be reached", url, null, cause);
}

function isProblem(body: unknown, status: number): body is Problem {
  const problem = body as Partial<Problem> | null;
  return (
    typeof problem === "object" &&
    problem?.status === status &&
    typeof problem.title === "string" &&
    typeof problem.detail === "string"
  );
}
