import createFetchClient from "openapi-fetch";
import type { paths } from "./contract.js";
import { failure, OutageError, ProblemError, refusal } from "./errors.js";
import { memory } from "./memory.js";
import { mismatch, type MismatchListener } from "./mismatch.js";

export interface ClientOptions {
  /** Where the CMS is: `https://cms.example.org`. */
  baseUrl: string;
  /** The host of the site whose pages are meant, where it is not the default. */
  site?: string;
  /** What to fetch with, where it is not the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>;
  /** Sent with every request. */
  headers?: Record<string, string>;
  /**
   * The token of a preview of the site: answers are those of its moment, and none is kept. GoneError
   * for one that has ended, as for a page: `Dateline-As-Of` is in the answers of one that has not.
   */
  session?: string;
  /** How many answers to keep and to ask again for with their ETag: 200 unless said, 0 for none. */
  cache?: number;
  /**
   * Milliseconds until an answer counts as an outage: 10,000 unless said, or 25,000 with a `session`,
   * whose answers are made one after the other.
   */
  timeout?: number;
  /** Called once if the API keeps another major version of the contract; warns unless given. */
  onContractMismatch?: MismatchListener;
}

type Answer<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { "application/json": infer Body } } } };
}
  ? Body
  : never;

export interface Parameters {
  path?: { id: number };
  query?: object;
}

/** Every endpoint as it is asked here: callers know more of `fields=` than the contract can say. */
interface Endpoint {
  get: {
    parameters: Parameters;
    responses: {
      200: { content: { "application/json": unknown } };
      default: { content: { "application/problem+json": unknown } };
    };
  };
}

/** Asks an endpoint. Throws ProblemError or OutageError. */
export type Ask = <Path extends keyof paths>(
  path: Path,
  parameters?: Parameters,
  init?: { cache?: RequestCache; headers?: Record<string, string> },
) => Promise<Answer<Path>>;

export function asking(options: ClientOptions): Ask {
  const { baseUrl, fetch, headers, session, onContractMismatch } = options;
  const timeout = options.timeout ?? (session ? 25_000 : 10_000);
  const cache = session ? 0 : (options.cache ?? 200);
  // A cookie or a path may hold what no header can.
  const bearer = session ? { Authorization: `Bearer ${encodeURIComponent(session)}` } : {};
  const api = createFetchClient<Record<keyof paths, Endpoint>>({
    baseUrl: new URL(baseUrl).href,
    headers: { Accept: "application/json", ...headers, ...bearer },
    querySerializer: { array: { style: "form", explode: false } },
    ...(fetch && { fetch }),
  });
  if (cache > 0) api.use(memory(cache));
  // The last to be used sees answers first, before one that was kept takes their place.
  api.use(mismatch(onContractMismatch));

  return async (path, parameters = {}, init = {}) => {
    const endpoint: keyof paths = path;
    let url: string = path;
    try {
      const { data, error, response } = await api.GET(endpoint, {
        ...(session ? { cache: "no-store" as const } : {}),
        ...init,
        params: parameters,
        parseAs: "text",
        signal: AbortSignal.timeout(timeout),
        middleware: [{ onRequest: ({ request }) => void (url = request.url) }],
      });
      if (!response.ok) throw refusal(response, error, url);
      const body: unknown = JSON.parse(String(data));
      if (typeof body !== "object" || body === null) throw new SyntaxError("no object");
      return body as Answer<typeof path>;
    } catch (thrown) {
      if (thrown instanceof ProblemError || thrown instanceof OutageError) throw thrown;
      throw failure(thrown, url, timeout);
    }
  };
}
