import { defineMiddleware } from "astro:middleware";
import { newsroom } from "./lib/newsroom";
import { CMS_URL } from "./lib/settings";

/** A draft is for whoever has its address, which nobody else is to learn. */
const PRIVATE = {
  "Cache-Control": "private, no-store",
  "Referrer-Policy": "no-referrer",
  "X-Robots-Tag": "noindex",
};

export const onRequest = defineMiddleware(async ({ locals, rewrite, url }, next) => {
  locals.outdated = false;
  locals.language = "en";
  locals.referred = new Set();
  locals.newsroom = newsroom(() => {
    locals.outdated = true;
  });
  const preview = url.pathname.replace(/\/$/, "") === "/preview";
  locals.preview = preview;
  const { status, headers, body } = await whole(next).catch((error: unknown) => {
    console.error(error);
    return whole(() => rewrite("/500"));
  });
  // The editor's preview panel shows drafts in a frame; nobody else may frame anything.
  const framedBy = preview ? CMS_URL.origin : "'none'";
  headers.set("Content-Security-Policy", `frame-ancestors ${framedBy}; base-uri 'none'`);
  headers.set("X-Content-Type-Options", "nosniff");
  if (headers.get("Content-Type") === "text/html") {
    headers.set("Content-Type", "text/html; charset=utf-8");
  }
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-cache");
  // RFC 9211: served after its time, because where it comes from did not answer.
  if (locals.outdated) {
    headers.set("Cache-Status", "newsroom; hit; ttl=-1; detail=stale-if-error");
  }
  if (preview) for (const [name, value] of Object.entries(PRIVATE)) headers.set(name, value);
  return new Response(body, { status, headers });
});

/** An answer with all of its body: what fails on the way to its end fails before it has begun. */
async function whole(answer: () => Promise<Response>) {
  const response = await answer();
  const body = response.body && (await response.arrayBuffer());
  return { status: response.status, headers: new Headers(response.headers), body };
}
