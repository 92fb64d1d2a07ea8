#!/usr/bin/env node
// The delivery API as its published examples have it: what they ask is answered as they say, and
// their pages can be listed and found by path and id. Ends with Ctrl-C.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const USAGE = "dateline-mock [--port 4010] [--latency ms] [--examples folder]";
// What listings have by default.
const LISTED = "id,type,uuid,title,detail_url,html_url,slug,first_published_at,locale";
// Stands in an example's request for what is different each time.
const ANYTHING = "TOKEN";

const { port, latency, examples } = options();
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const entries = readExamples(examples ?? fileURLToPath(new URL("../examples", import.meta.url)));
// The listing of all pages goes on behind this one.
const first = listingOf(entries, "/api/v2/pages/");
const pages = wholePages(entries, first?.items ?? []);

const server = createServer(async (request, response) => {
  await setTimeout(Number(latency));
  const method = request.method === "HEAD" ? "GET" : (request.method ?? "GET");
  const { status, body } = answer(
    method,
    request.url ?? "/",
    request.headers.authorization,
    await said(request),
  );
  const etag = `"${createHash("sha256").update(body).digest("hex").slice(0, 32)}"`;
  const unchanged = status === 200 && request.headers["if-none-match"]?.includes(etag);
  response.writeHead(unchanged ? 304 : status, {
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Dateline-Contract, ETag",
    "Cache-Control": "no-cache",
    "Content-Type": status < 400 ? "application/json" : "application/problem+json",
    "Dateline-Contract": version,
    ...(status === 200 && { ETag: etag }),
  });
  response.end(unchanged || request.method === "HEAD" ? undefined : body);
});
server.on("error", (error) => fail(error.message));
server.listen(Number(port), "127.0.0.1", () => {
  const { port } = server.address();
  console.log(`http://127.0.0.1:${port} answers ${entries.length} examples. Ctrl-C ends it.`);
});
process.on("SIGINT", () => process.exit());

/**
 * Status and body of the answer to a request. A token may come in the query or as `Bearer`. Who sends
 * something, whatever it is, is answered as if it were right, and who sends nothing as if it were not.
 */
function answer(method, address, authorization, something) {
  if (method === "OPTIONS") return { status: 204, body: "" };
  const { pathname, searchParams: query } = new URL(`http://mock${address}`);
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? "") ?? [];
  const withToken = new URLSearchParams(query);
  if (token) withToken.set("token", token);
  const there = entries.filter((entry) => entry.method === method && entry.pathname === pathname);
  const exact = there.filter((entry) => {
    const asked = entry.query.has("token") ? withToken : query;
    return entry.query.size === asked.size && within(entry.query, asked);
  });
  const [found] = exact.filter((entry) => method === "GET" || entry.status < 400 === something);
  if (found ?? exact[0]) return found ?? exact[0];
  if (method !== "GET") return problem(405, "Method not allowed", "The API is read only.");
  const computed = pageAnswer(pathname, query);
  if (computed) return { status: 200, body: JSON.stringify(computed, null, 2) };
  const [near] = there
    .filter((entry) => within(entry.query, withToken))
    .sort((one, other) => other.query.size - one.query.size);
  return near ?? problem(404, "Not found", `No example answers ${address}. There are: ${asked()}`);
}

/** What the examples' pages answer: at a path, by their ids, and in a listing. */
function pageAnswer(pathname, query) {
  const [, id] = /^\/api\/v2\/pages\/(\d+)\/$/.exec(pathname) ?? [];
  if (id) {
    const page = pages.find((page) => page.id === Number(id));
    return page && part(page, query.get("fields"));
  }
  if (pathname === "/api/v2/route/") {
    const path = withSlash(query.get("path") ?? "");
    const found = pages.filter((page) => withSlash(addressOf(page).pathname) === path);
    const page = found.find((page) => addressOf(page).host === query.get("site")) ?? found[0];
    return page && { type: "page", page: part(page, query.get("fields")) };
  }
  if (pathname === "/api/v2/pages/") return listing(query);
  return undefined;
}

/** All pages of the types asked for; other filters are let be. */
function listing(query) {
  const types = query.get("type")?.split(",");
  const listed = types ? pages.filter((page) => types.includes(page.type)) : pages;
  const start = behind(query.get("cursor")) ?? Number(query.get("offset") ?? 0);
  const last = start + Number(query.get("limit") ?? 20);
  const items = listed.slice(start, last).map((page) => part(page, query.get("fields"), LISTED));
  const next_cursor = last < listed.length ? `behind-${last}` : null;
  return { meta: { next_cursor, total_count: listed.length }, items };
}

/** How many are behind a cursor: one that this mock gave, or that of the example. */
function behind(cursor) {
  const [, ours] = /^behind-(\d+)$/.exec(cursor ?? "") ?? [];
  if (ours) return Number(ours);
  const listed = first?.meta.next_cursor === cursor ? first.items.map(({ id }) => id) : [];
  return cursor && pages.filter(({ id }) => listed.includes(id)).length;
}

/** The members of a document that `fields` asks for; of brackets in it, what stands before them. */
function part(document, fields, defaults = "*") {
  let asked = fields ?? "";
  while (/\([^()]*\)/.test(asked)) asked = asked.replace(/\([^()]*\)/g, "");
  const names = asked.split(",").filter(Boolean);
  const wanted = new Set(["*", "_"].includes(names[0]) ? [names.shift()] : defaults.split(","));
  const left = new Set(names.filter((name) => name.startsWith("-")).map((name) => name.slice(1)));
  for (const name of names) wanted.add(name);
  const select = (object) =>
    Object.entries(object).filter(
      ([name]) => (wanted.has(name) || wanted.has("*")) && !left.has(name),
    );
  const meta = Object.fromEntries(select(document.meta));
  const { meta: _, ...members } = document;
  const selected = Object.fromEntries(select(members));
  return Object.keys(meta).length ? { ...selected, meta } : selected;
}

/** Whether all that an example asks is asked, whatever else there is. */
function within(example, query) {
  return [...example].every(([name, value]) =>
    value === ANYTHING ? query.has(name) : query.get(name) === value,
  );
}

/** Whether a request's body holds anything. */
async function said(request) {
  let text = "";
  for await (const part of request) text += part;
  return text !== "" && text !== "{}";
}

function problem(status, title, detail) {
  const body = { type: "about:blank", title, status, detail, message: detail };
  return { status, body: JSON.stringify(body, null, 2) };
}

function asked() {
  return entries.map((entry) => entry.request).join(", ");
}

function readExamples(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, "index.json"), "utf8")).map((entry) => {
      const { pathname, searchParams } = new URL(entry.request, "http://mock");
      const body = readFileSync(join(folder, entry.file), "utf8");
      return { method: "GET", ...entry, pathname, query: searchParams, body };
    });
  } catch (error) {
    return fail(`There are no examples: ${error.message}`);
  }
}

function listingOf(entries, request) {
  const found = entries.find((entry) => entry.request === request && entry.status === 200);
  return found && JSON.parse(found.body);
}

/**
 * The pages among the examples, once each: no drafts, and none that `fields=` cut down. Those come first
 * that are listed first.
 */
function wholePages(entries, listed) {
  const documents = entries
    .filter(({ status, query }) => status === 200 && !query.has("fields"))
    .map(({ body }) => JSON.parse(body))
    .map((document) => document.page ?? document)
    .filter((document) => document.uuid && document.meta?.html_url && !document.meta.preview);
  const found = new Map(documents.map((page) => [page.id, page]));
  const order = [...listed.map(({ id }) => id), ...found.keys()];
  return [...new Set(order)].map((id) => found.get(id)).filter((page) => page !== undefined);
}

function addressOf(page) {
  return new URL(page.meta.html_url);
}

function withSlash(path) {
  return path.endsWith("/") ? path : `${path}/`;
}

function options() {
  try {
    return parseArgs({
      options: {
        port: { type: "string", default: "4010" },
        latency: { type: "string", default: "0" },
        examples: { type: "string" },
      },
    }).values;
  } catch (error) {
    return fail(`${error.message}\n${USAGE}`);
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
