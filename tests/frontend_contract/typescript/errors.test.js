import assert from "node:assert/strict";
import test from "node:test";
import {
  BadRequestError,
  createClient,
  GoneError,
  MovedError,
  NotFoundError,
  OutageError,
  ProblemError,
} from "dateline-client";
import { problem, serving } from "./server.js";

const JSON_TYPE = { "Content-Type": "application/json" };

/** What asking for a page throws when the API answers so. */
async function thrown(answer, options = {}) {
  let error;
  await serving(answer, async (baseUrl) => {
    error = await createClient({ baseUrl, ...options }).page("/news/").catch((caught) => caught);
  });
  return error;
}

for (const [status, kind] of [
  [400, BadRequestError],
  [404, NotFoundError],
  [410, GoneError],
  [405, ProblemError],
]) {
  test(`a problem of status ${status} is a ${kind.name}`, async () => {
    const error = await thrown(() => problem(status, "So it is"));
    assert.equal(error.constructor, kind);
    assert.ok(error instanceof ProblemError);
    assert.equal(error.name, kind.name);
    assert.equal(error.status, status);
    assert.equal(error.problem.detail, "Mend it.");
    assert.match(error.url, /\/api\/v2\/route\/\?path=%2Fnews%2F$/);
  });
}

for (const [what, status, answer] of [
  ["a problem of the server", 503, () => problem(503, "Out")],
  ["500 in HTML", 500, () => [500, { "Content-Type": "text/html" }, "<h1>Error</h1>"]],
  ["404 in HTML", 404, () => [404, { "Content-Type": "text/html" }, "<h1>Not here</h1>"]],
  ["404 in JSON that is no problem", 404, () => [404, JSON_TYPE, { message: "no route" }]],
  ["200 in HTML", null, () => [200, { "Content-Type": "text/html" }, "<h1>Sign in</h1>"]],
  ["half an answer", null, () => [200, JSON_TYPE, '{"type": "page", "pa']],
  ["no answer in it", null, () => [200, JSON_TYPE, ""]],
]) {
  test(`${what} is an outage`, async () => {
    const error = await thrown(answer);
    assert.equal(error.constructor, OutageError, error);
    assert.equal(error.status, status);
    assert.ok(!(error instanceof ProblemError));
  });
}

test("a server that is down is an outage", async () => {
  let address;
  await serving(() => [200, {}, {}], async (baseUrl) => (address = baseUrl));
  const client = createClient({ baseUrl: address });
  await assert.rejects(client.site(), (error) => {
    assert.equal(error.constructor, OutageError);
    assert.ok(error.cause);
    return error.message.includes("cannot be reached");
  });
});

test("a time-out is an outage, also in the middle of an answer", async () => {
  const late = () => new Promise((resolve) => setTimeout(resolve, 1000, [200, JSON_TYPE, {}]));
  const error = await thrown(late, { timeout: 50 });
  assert.equal(error.constructor, OutageError);
  assert.match(error.message, /within 50 ms/);

  const stuck = await thrown(() => [200, { ...JSON_TYPE, "Content-Length": 1000 }, "{"], { timeout: 50 });
  assert.equal(stuck.constructor, OutageError);
});

test("a redirect is where to, and what with", async () => {
  const moved = { type: "redirect", location: "/new/", status: 301 };
  const error = await thrown(() => [200, JSON_TYPE, moved]);
  assert.equal(error.constructor, MovedError);
  assert.deepEqual([error.location, error.status], ["/new/", 301]);
});

test("errors do not tell what opens a draft", async () => {
  await serving(() => problem(410, "Gone"), async (baseUrl, asked) => {
    for (const token of ["dlp_secret-1.2", "secret: ä\r\n"]) {
      const draft = { contentType: "pages.homepage", token };
      const error = await createClient({ baseUrl }).preview(draft).catch((caught) => caught);
      const { url, headers } = asked.pop();
      assert.equal(error.constructor, GoneError);
      assert.equal(headers.authorization, `Bearer ${encodeURIComponent(token)}`);
      assert.ok(!`${error.stack} ${error.url} ${url}`.includes("secret"));
    }
  });
});

test("what is no address is told at once", () => {
  assert.throws(() => createClient({ baseUrl: "cms.example.org" }), TypeError);
});
