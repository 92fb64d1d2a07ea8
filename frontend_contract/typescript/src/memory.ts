import type { Middleware } from "openapi-fetch";

interface Kept {
  readonly etag: string;
  readonly body: string;
  readonly headers: Headers;
}

/**
 * Keeps the answers of the `size` addresses that were asked for last, asks the API whether they are
 * still the same, and gives them again where they are. Never those to `no-store` requests.
 */
export function memory(size: number): Middleware {
  const kept = new Map<string, Kept>();
  const asked = new WeakMap<Request, Kept>();
  return {
    onRequest({ request }) {
      const known = request.cache === "no-store" ? undefined : kept.get(request.url);
      if (known) {
        request.headers.set("If-None-Match", known.etag);
        asked.set(request, known);
      }
      return request;
    },
    async onResponse({ request, response }) {
      const known = asked.get(request);
      if (response.status === 304 && known) {
        keep(request.url, known);
        return new Response(known.body, { headers: known.headers });
      }
      const etag = response.headers.get("ETag");
      if (etag && response.status === 200 && request.cache !== "no-store") {
        const body = await response.clone().text();
        keep(request.url, { etag, body, headers: response.headers });
      }
      return undefined;
    },
  };

  /** The last one kept is the last to be forgotten: a Map is in the order of its insertions. */
  function keep(url: string, answer: Kept): void {
    kept.delete(url);
    kept.set(url, answer);
    for (const oldest of kept.keys()) {
      if (kept.size <= size) break;
      kept.delete(oldest);
    }
  }
}
