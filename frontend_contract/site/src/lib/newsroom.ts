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
/** Milliseconds during which a newsroom that failed is not asked for what is kept. */
const REST = 5000;
const MOST_KEPT = 2000;

const kept = new Map<string, Kept>();
let failedAt = Number.NEGATIVE_INFINITY;

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
  if (known && asked - failedAt < REST) {
    made.outdated = true;
    return again(known);
  }
  if (known?.etag) request.headers.set("If-None-Match", known.etag);
  try {
    const response = await fetch(request);
    if (response.status >= 500) throw new Error(`${response.status} ${response.statusText}`);
    failedAt = Number.NEGATIVE_INFINITY;
    made.of(response, asked);
    if (response.status === 304 && known) return again(known);
    return keep(request.url, response, await response.text());
  } catch (error) {
    failedAt = Date.now();
    made.isIncomplete();
    if (!known) throw error;
    console.warn(`The newsroom does not answer (${String(error)}): serving what is kept.`);
    made.outdated = true;
    return again(known);
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
