import assert from "node:assert/strict";
import test from "node:test";
import { CONTRACT, createClient } from "dateline-client";
import { problem, serving } from "./server.js";

/** Answers with an ETag of the address and `version`, or 304. */
const tagged = (version = () => 1) => (request) => {
  const etag = `"${version()} ${request.url}"`;
  const headers = { ETag: etag, "Content-Type": "application/json" };
  if (request.headers["if-none-match"] === etag) return [304, headers, ""];
  return [200, headers, { name: etag }];
};

test("an answer that is the same is not sent again", async () => {
  let version = 1;
  await serving(tagged(() => version), async (baseUrl, asked) => {
    const client = createClient({ baseUrl });
    const first = await client.site();
    const second = await client.site();
    assert.deepEqual(second, first);
    assert.equal(asked[0].headers["if-none-match"], undefined);
    assert.equal(asked[1].headers["if-none-match"], '"1 /api/v2/site/"');
    second.name = "changed by a caller";
    assert.deepEqual(await client.site(), first);
    version = 2;
    assert.equal((await client.site()).name, '"2 /api/v2/site/"');
    assert.equal((await client.site()).name, '"2 /api/v2/site/"');
    assert.equal(asked.at(-1).headers["if-none-match"], '"2 /api/v2/site/"');
  });
});

test("the answers asked for last are kept, as many as wanted", async () => {
  await serving(tagged(), async (baseUrl, asked) => {
    const client = createClient({ baseUrl, cache: 2 });
    for (const id of [1, 2, 1, 3, 1, 2]) await client.pageById(id);
    const known = asked.map((request) => Boolean(request.headers["if-none-match"]));
    assert.deepEqual(known, [false, false, true, false, true, false]);
  });
  await serving(tagged(), async (baseUrl, asked) => {
    const client = createClient({ baseUrl, cache: 0 });
    for (const id of [1, 1]) await client.pageById(id);
    assert.ok(asked.every((request) => !request.headers["if-none-match"]));
  });
});

test("a page is kept while others push it out", async () => {
  await serving(tagged(), async (baseUrl) => {
    const client = createClient({ baseUrl, cache: 1 });
    await client.pageById(1);
    const [again] = await Promise.all([client.pageById(1), client.pageById(2), client.pageById(3)]);
    assert.equal(again.name, '"1 /api/v2/pages/1/"');
  });
});

test("of a preview of the site nothing is kept, and all is asked for with its token", async () => {
  await serving(tagged(), async (baseUrl, asked) => {
    const client = createClient({ baseUrl, session: "dls_a.b", cache: 5 });
    for (const _ of [1, 2]) await client.site();
    assert.equal(asked.length, 2);
    assert.ok(asked.every((request) => request.headers.authorization === "Bearer dls_a.b"));
    assert.ok(asked.every((request) => !request.headers["if-none-match"]));
    // A draft has a token of its own.
    await client.preview({ token: "dlp_c" });
    assert.equal(asked[2].headers.authorization, "Bearer dlp_c");
  });
});

test("drafts are not kept", async () => {
  await serving(tagged(), async (baseUrl, asked) => {
    const client = createClient({ baseUrl });
    const draft = { contentType: "pages.homepage", token: "a:b" };
    for (const _ of [1, 2]) await client.preview(draft);
    assert.equal(asked.length, 2);
    assert.ok(asked.every((request) => !request.headers["if-none-match"]));
    assert.equal(asked[1].headers["cache-control"], "no-cache");
  });
});

test("another major version of the contract is told of once", async () => {
  let served = "1.9.0";
  const answer = () => [200, { "Content-Type": "application/json", "Dateline-Contract": served }, {}];
  await serving(answer, async (baseUrl) => {
    const told = [];
    const client = createClient({ baseUrl, onContractMismatch: (...both) => told.push(both) });
    await client.site();
    assert.deepEqual(told, []);
    served = "2.0.0";
    for (const _ of [1, 2]) await client.site();
    served = "3.0.0";
    await client.site();
    assert.deepEqual(told, [[CONTRACT, "2.0.0"]]);
  });
});

test("another major version is seen on a refusal, and warned of unless somebody listens", async (t) => {
  const warn = t.mock.method(console, "warn", () => {});
  const answer = () => {
    const [status, headers, body] = problem(404, "Not found");
    return [status, { ...headers, "Dateline-Contract": "2.0.0" }, body];
  };
  await serving(answer, async (baseUrl) => {
    await createClient({ baseUrl }).site().catch(() => {});
    assert.equal(warn.mock.callCount(), 1);
    assert.match(warn.mock.calls[0].arguments[0], /version 1\.\S+ of the contract, .* 2\.0\.0/);
  });
});

test("an answer that says no version is no mismatch", async (t) => {
  const warn = t.mock.method(console, "warn", () => {});
  await serving(tagged(), async (baseUrl) => void (await createClient({ baseUrl }).site()));
  assert.equal(warn.mock.callCount(), 0);
});

test("requests are written as the API reads them", async () => {
  const listing = { meta: { total_count: 0, next_cursor: null }, items: [] };
  await serving(() => [200, {}, listing], async (baseUrl, asked) => {
    const headers = { Authorization: "Bearer x" };
    const client = createClient({ baseUrl: `${baseUrl}/`, site: "b.example", headers });
    await client.list({ type: ["home", "profile"], topic: "a b", fields: ["title", "type"], limit: 3 });
    await client.list({ search: undefined, fields: [] });
    await client.list({ fields: ["*"] });
    await client.route("/caffè & co/");
    await client.images({ tags: ["a", "b"] });
    const queries = asked.map(({ url }) => url.replace("/api/v2/", ""));
    assert.deepEqual(queries, [
      "pages/?site=b.example&type=home,profile&topic=a%20b&fields=_,type,title&limit=3",
      "pages/?site=b.example",
      "pages/?site=b.example&fields=*",
      "route/?path=%2Fcaff%C3%A8%20%26%20co%2F&site=b.example",
      "images/?tags=a,b",
    ]);
    assert.ok(asked.every((request) => request.headers.authorization === "Bearer x"));
  });
});

test("a fetch of one's own is used", async () => {
  const urls = [];
  const fetch = async (request) => {
    urls.push(request.url);
    return Response.json({ name: "Ours" });
  };
  const client = createClient({ baseUrl: "https://cms.example.org", fetch });
  assert.equal((await client.site()).name, "Ours");
  assert.deepEqual(urls, ["https://cms.example.org/api/v2/site/"]);
});

test("walking all pages follows the cursors to the last", async () => {
  for (const sizes of [[0], [3, 2], [3, 3], [3, 0, 3]]) {
    const left = [...sizes];
    const answer = () => {
      const items = Array.from({ length: left.shift() }, (_, id) => ({ id }));
      const next_cursor = left.length ? `to${left.length}` : null;
      return [200, {}, { meta: { total_count: 99, next_cursor }, items }];
    };
    await serving(answer, async (baseUrl, asked) => {
      const found = await Array.fromAsync(createClient({ baseUrl }).pages({ topic: "a" }));
      assert.equal(found.length, sizes.reduce((sum, size) => sum + size));
      const cursors = asked.map(({ url }) => new URL(url, baseUrl).searchParams.get("cursor"));
      assert.deepEqual(cursors, sizes.map((_, n) => (n ? `to${sizes.length - n}` : null)));
    });
  }
});

test("a listing tells where it goes on, what was looked for and what could narrow it", async () => {
  const snippets = [{ id: 7, runs: [{ text: "So", match: true }] }];
  const facets = { year: [{ value: "2016", label: "2016", count: 3 }] };
  const meta = { total_count: 3, next_cursor: "x", snippets, facets };
  await serving(() => [200, {}, { meta, items: [] }], async (baseUrl) => {
    const found = await createClient({ baseUrl }).list({ search: "so", facets: ["year"] });
    assert.deepEqual(found, { total: 3, items: [], next: "x", snippets, facets });
  });
});
