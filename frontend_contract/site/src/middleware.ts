import { defineMiddleware } from "astro:middleware";
import { ahead } from "./lib/ahead";
import { begin, keep, kept } from "./lib/kept";
import { Made } from "./lib/made";
import { newsroom } from "./lib/newsroom";
import { isFromHere } from "./lib/sender";
import { CMS_URL, WEBHOOK_SECRET } from "./lib/settings";

/** A draft is for whoever has its address, which nobody else is to learn. */
const PRIVATE = {
  "Cache-Control": "private, no-store",
  "Referrer-Policy": "no-referrer",
  "X-Robots-Tag": "noindex",
};

export const onRequest = defineMiddleware(async ({ cookies, locals, request, rewrite, url }, next) => {
  const preview = url.pathname.replace(/\/$/, "") === "/preview";
  const review = url.pathname.startsWith("/review/");
  const draft = preview || review;
  if (!["GET", "HEAD"].includes(request.method) && url.pathname.replace(/\/$/, "") !== "/-/revalidate") {
    // The newsroom signs its calls; all else that is sent is what reviewers write, and who looks ahead leaves.
    if (!review && url.pathname.replace(/\/$/, "") !== "/-/as-of/leave") return new Response(null, { status: 405, headers: { Allow: "GET, HEAD" } });
    if (request.method !== "POST") return new Response(null, { status: 405, headers: { Allow: "GET, HEAD, POST" } });
    if (!isFromHere(request, url)) return new Response("This was sent from another site.\n", { status: 403 });
  }
  locals.ahead = ahead(cookies, url);
  const isPrivate = draft || locals.ahead !== null || url.pathname.startsWith("/-/as-of/");
  // What is asked for in a query has too many answers to keep them.
  const keeps = !!WEBHOOK_SECRET && !isPrivate && request.method === "GET" && !url.search;
  const known = keeps ? kept(url.href) : undefined;
  if (known) {
    const headers = new Headers(known.headers);
    const seconds = Math.floor((known.until - Date.now()) / 1000);
    headers.set("Cache-Control", sharedFor(seconds));
    headers.set("Cache-Status", `site; hit; ttl=${seconds}`);
    return new Response(known.body, { headers });
  }

  const begun = begin();
  const made = new Made();
  locals.made = made;
  locals.language = "en";
  locals.referred = new Set();
  locals.newsroom = newsroom(made, locals.ahead);
  locals.preview = preview;
  locals.review = null;
  const { status, headers, body } = await whole(next).catch((error: unknown) => {
    // What went wrong on the way to a draft may name its address.
    console.error(review ? "A review could not be shown." : error);
    return whole(() => rewrite("/500"));
  });
  // The editor's preview panel shows drafts in a frame; nobody else may frame anything.
  const framedBy = preview ? CMS_URL.origin : "'none'";
  headers.set("Content-Security-Policy", `frame-ancestors ${framedBy}; base-uri 'none'`);
  headers.set("X-Content-Type-Options", "nosniff");
  if (headers.get("Content-Type") === "text/html") {
    headers.set("Content-Type", "text/html; charset=utf-8");
  }
  if (isPrivate) for (const [name, value] of Object.entries(PRIVATE)) headers.set(name, value);
  const { seconds, tags } = made;
  if (status === 200 && seconds > 0 && !headers.has("Cache-Control")) {
    // A CDN in front may keep it as long, and is told by the same tags what to drop.
    headers.set("Cache-Tag", [...tags].join(","));
    headers.set("Surrogate-Key", [...tags].join(" "));
    headers.set("Cache-Control", sharedFor(seconds));
    if (keeps && body) {
      const page = { body, headers: new Headers(headers), tags, until: Date.now() + seconds * 1000 };
      if (keep(url.href, page, begun)) headers.set("Cache-Status", "site; fwd=miss; stored");
    }
  }
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-cache");
  // RFC 9211: served after its time, because where it comes from did not answer.
  if (made.outdated) {
    headers.set("Cache-Status", "newsroom; hit; ttl=-1; detail=stale-if-error");
  }
  return new Response(body, { status, headers });
});

/** Browsers ask each time; whoever keeps it for others may do so for as long as its parts hold. */
function sharedFor(seconds: number): string {
  return `public, max-age=0, s-maxage=${seconds}`;
}

/** An answer with all of its body: what fails on the way to its end fails before it has begun. */
async function whole(answer: () => Promise<Response>) {
  const response = await answer();
  const body = response.body && (await response.arrayBuffer());
  return { status: response.status, headers: new Headers(response.headers), body };
}
