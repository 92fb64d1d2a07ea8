import { type Client, createClient } from "dateline-client";
import { type Ahead, ask as askAhead } from "./ahead";
import type { Made } from "./made";
import { CMS_URL, SITE } from "./settings";

interface Kept {
  etag: string | null;
  status: number;
  headers: [string, string][];
  body: string;
}

/** Milliseconds. An answer that takes longer is an outage. */
const TIMEOUT = 5000;
/** For what is planned, which the newsroom does and undoes for each answer, one after the other. */
const LONGER = 25_000;
/** Milliseconds during which a newsroom that is out, or an address that fails, is not asked for what is kept. */
const REST = 5000;
/** What a proxy says of a newsroom that is out. */
const OUT = [502, 503, 504];
const MOST_KEPT = 2000;

const kept = new Map<string, Kept>();
/** When the newsroom was out last, and when an address was that failed by itself. */
let outAt = Number.NEGATIVE_INFINITY;
const failedAt = new Map<string, number>();

/**
 * The newsroom, for one page. Every answer is asked for anew, by its ETag; while the newsroom is out,
 * the last one is served again. `made` is told of each. What is asked `ahead` is not kept.
 */
export function newsroom(made: Made, ahead: Ahead | null): Client {
  const options = { baseUrl: CMS_URL.href, timeout: ahead ? LONGER : TIMEOUT, cache: 0 };
  return createClient({
    ...options,
    ...(SITE ? { site: SITE } : {}),
    ...(ahead ? { session: ahead.token } : {}),
    fetch: (request) => {
      if (ahead) return askAhead(request, ahead, (now) => ask(now, made));
      return request.cache === "no-store" ? fetch(request) : ask(request, made);
    },
  });
}

async function ask(request: Request, made: Made): Promise<Response> {
  const known = kept.get(request.url);
  const asked = Date.now();
  const failed = Math.max(outAt, failedAt.get(request.url) ?? outAt);
  if (known && asked - failed < REST) {
    made.outdated = true;
    return again(known);
  }
  if (known?.etag) request.headers.set("If-None-Match", known.etag);
  try {
    const response = await fetch(request);
    if (!OUT.includes(response.status)) outAt = Number.NEGATIVE_INFINITY;
    if (response.status >= 500) throw new Refused(response);
    failedAt.delete(request.url);
    made.of(response, asked);
    if (response.status === 304 && known) return again(known);
    return keep(request.url, response, await response.text());
  } catch (error) {
    // One address that cannot be answered says nothing of the others.
    if (error instanceof Refused && !OUT.includes(error.status)) failedAt.set(request.url, Date.now());
    else outAt = Date.now();
    if (failedAt.size > MOST_KEPT) failedAt.clear();
    made.isIncomplete();
    if (!known) throw error;
    console.warn(`The newsroom does not answer (${String(error)}): serving what is kept.`);
    made.outdated = true;
    return again(known);
  }
}

class Refused extends Error {
  readonly status: number;

  constructor({ status, statusText }: Response) {
    super(`${status} ${statusText}`);
    this.status = status;
  }
}

/** Keeps what says what is there, and what is not: a page that is gone does not come back. */
function keep(url: string, { status, headers }: Response, body: string): Response {
  const answer = { etag: headers.get("ETag"), status, headers: [...headers], body };
  kept.delete(url);
  if ([200, 404, 410].includes(status)) kept.set(url, answer);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return again(answer);
}

function again({ status, headers, body }: Kept): Response {
  const plain = headers.filter(([name]) => !/^content-(encoding|length)$/i.test(name));
  return new Response(body, { status, headers: plain });
}
