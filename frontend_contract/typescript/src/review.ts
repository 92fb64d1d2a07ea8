import createFetchClient from "openapi-fetch";
import type { ClientOptions } from "./ask.js";
import type {
  paths,
  Review,
  ReviewedThreads,
  ReviewRemarkRequest,
  ReviewVerdictGiven,
  ReviewVerdictRequest,
  ReviewVisit,
} from "./contract.js";
import { failure, OutageError, ProblemError, refusal } from "./errors.js";
import { mismatch } from "./mismatch.js";

/** Which of a link's pages, the first unless said, and in which visit. */
export interface ReviewQuery {
  page?: number | undefined;
  /** The `visit` that was answered before. Without it, each request is another visit, or a NeedsError. */
  visit?: string | undefined;
}

/**
 * What somebody says to be let in: what the NeedsError asked for. Nothing for a `visit`, which is counted:
 * ask them by a button, and never enter while you answer a GET, or mail scanners use the link up.
 */
export interface Entering {
  passcode?: string | undefined;
  acceptTerms?: boolean | undefined;
  /** The terms that they read: if there are others by now, these are asked for. */
  terms?: string | undefined;
  /** Who accepts the terms. */
  name?: string | undefined;
  /** For whom they write. */
  outlet?: string | undefined;
  /** The visit that the passcode began, for the terms that are asked for after it. */
  visit?: string | undefined;
  /** `crypto.randomUUID()`, held by the form: sent twice, by a double click, it begins one visit. */
  key?: string | undefined;
}

/** A comment on a block or the whole, or an answer in a thread, within a visit. */
export type Commenting = ReviewRemarkRequest & { visit: string };

/** An approval, or what is to change, within a visit. */
export type Judging = ReviewVerdictRequest & { visit: string };

/**
 * The drafts behind a review link. Nothing of it is ever kept. Every call may throw a NeedsError, a
 * GoneError if the link has ended, a NotFoundError if there never was one, or a ProblemError.
 */
export interface ReviewClient {
  /** A draft, what was said of it, and the `visit` to send from then on. */
  read(query?: ReviewQuery): Promise<Review>;

  /** Begins a visit, and gives its ticket. Throws ProblemError: 403 a wrong passcode, 429 too many. */
  enter(said: Entering): Promise<string>;

  /** The page's threads with what was said now. Throws ProblemError: 409 if the block is gone. */
  comment(said: Commenting): Promise<ReviewedThreads["threads"]>;

  /** Throws ProblemError: 409 if the draft is not the `version` that was read any more. */
  verdict(said: Judging): Promise<ReviewVerdictGiven["verdict"]>;

  /** The draft as plain text. */
  text(query?: ReviewQuery): Promise<string>;
}

const ROOT = "/api/v2/review/";
type Place = Extract<keyof paths, `${typeof ROOT}${string}`>;

interface Answering<Status extends number> {
  parameters: { query?: object; header?: object };
  responses: Record<Status, { content: { "application/json": unknown } }> & {
    default: { content: { "application/problem+json": unknown } };
  };
}

/** Every endpoint as it is asked here. */
interface Endpoint {
  get: Answering<200>;
  post: Answering<201> & { requestBody: { content: { "application/json": object } } };
}

interface Asked {
  query?: object;
  visit?: string | undefined;
  key?: string | undefined;
  body?: object;
}

/** The reviewer's side of the API for one link's token. */
export function reviewing(options: ClientOptions, token: string): ReviewClient {
  const { baseUrl, fetch, headers, timeout = 10_000, onContractMismatch } = options;
  const api = createFetchClient<Record<Place, Endpoint>>({
    baseUrl: new URL(baseUrl).href,
    headers: { Accept: "application/json", ...headers, Authorization: `Bearer ${token}` },
    ...(fetch && { fetch }),
  });
  api.use(mismatch(onContractMismatch));

  return {
    read: ({ page, visit } = {}) => json<Review>(ROOT, { query: { page }, visit }),

    async enter({ passcode, acceptTerms, terms, name, outlet, visit, key }) {
      const body = { passcode, accept_terms: acceptTerms, terms, name, outlet };
      return (await json<ReviewVisit>("/api/v2/review/visit/", { visit, key, body })).visit;
    },

    async comment({ visit, ...body }) {
      return (await json<ReviewedThreads>("/api/v2/review/comments/", { visit, body })).threads;
    },

    async verdict({ visit, ...body }) {
      return (await json<ReviewVerdictGiven>("/api/v2/review/verdict/", { visit, body })).verdict;
    },

    text: ({ page, visit } = {}) => ask("/api/v2/review/text/", { query: { page }, visit }),
  };

  async function json<Answer>(place: Place, asked: Asked): Promise<Answer> {
    const answer = await ask(place, asked);
    try {
      const body: unknown = JSON.parse(answer);
      if (typeof body === "object" && body !== null) return body as Answer;
      throw new SyntaxError("no object");
    } catch (thrown) {
      throw failure(thrown, new URL(place, baseUrl).href, timeout);
    }
  }

  /** Asks. Neither addresses nor errors hold the token, which is in a header alone. */
  async function ask(place: Place, { query = {}, visit, key, body }: Asked): Promise<string> {
    const url = new URL(place, baseUrl).href;
    const header = { ...(visit && { "Review-Visit": visit }), ...(key && { "Idempotency-Key": key }) };
    const init = {
      cache: "no-store",
      params: { query, header },
      parseAs: "text",
      signal: AbortSignal.timeout(timeout),
    } as const;
    try {
      const asked = body ? api.POST(place, { ...init, body }) : api.GET(place, init);
      const { data, error, response } = await asked;
      if (!response.ok) throw refusal(response, error, url);
      return String(data);
    } catch (thrown) {
      if (thrown instanceof ProblemError || thrown instanceof OutageError) throw thrown;
      throw failure(thrown, url, timeout);
    }
  }
}
