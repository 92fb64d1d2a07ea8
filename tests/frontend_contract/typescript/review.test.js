import assert from "node:assert/strict";
import test from "node:test";
import {
  createClient,
  GoneError,
  NeedsError,
  NotFoundError,
  OutageError,
  ProblemError,
  TooManyError,
} from "dateline-client";
import { problem, serving } from "./server.js";

const TOKEN = "dlr_secret";
const JSON_TYPE = { "Content-Type": "application/json" };
const PROBLEM = { "Content-Type": "application/problem+json" };

/** What a link's client does with an API that answers so, and what was asked. */
async function reviewing(answer, act) {
  let bodies = [];
  let result;
  let asked;
  const heard = async (request) => {
    let body = "";
    for await (const part of request) body += part;
    bodies.push(body && JSON.parse(body));
    return answer(request);
  };
  await serving(heard, async (baseUrl, requests) => {
    const review = createClient({ baseUrl, site: "news.example.org" }).review(TOKEN);
    result = await act(review).catch((error) => error);
    asked = requests;
  });
  return { result, asked, bodies };
}

const echo = (body) => () => [200, { ...JSON_TYPE, ETag: '"1"' }, body];

test("a draft is read with the token as a bearer and is not kept", async () => {
  const { result, asked } = await reviewing(echo({ review: {}, document: {} }), async (review) => {
    await review.read();
    return review.read({ page: 7, visit: "ticket" });
  });
  assert.deepEqual(result, { review: {}, document: {} });
  assert.deepEqual(asked.map(({ url }) => url), ["/api/v2/review/", "/api/v2/review/?page=7"]);
  for (const { headers } of asked) {
    assert.equal(headers.authorization, `Bearer ${TOKEN}`);
    assert.equal(headers["if-none-match"], undefined);
  }
  assert.deepEqual(asked.map(({ headers }) => headers["review-visit"]), [undefined, "ticket"]);
});

test("what is said is sent as the contract has it", async () => {
  const answers = { "visit/": { visit: "t" }, "comments/": { threads: [] }, "verdict/": { verdict: 1 } };
  const answer = ({ url }) => [201, JSON_TYPE, answers[url.split("/review/")[1]]];
  const { result, asked, bodies } = await reviewing(answer, async (review) => [
    await review.enter({ passcode: "sesame", acceptTerms: true, name: "Jo", outlet: "Post", key: "k" }),
    await review.comment({ visit: "t", page: 7, block: "b", text: "Hm" }),
    await review.verdict({ visit: "t", page: 7, version: "v", says: "approved" }),
  ]);
  assert.deepEqual(result, ["t", [], 1]);
  assert.ok(asked.every(({ method }) => method === "POST"));
  assert.deepEqual(asked.map(({ headers }) => headers["review-visit"]), [undefined, "t", "t"]);
  assert.deepEqual(asked.map(({ headers }) => headers["idempotency-key"]), ["k", undefined, undefined]);
  assert.deepEqual(bodies, [
    { passcode: "sesame", accept_terms: true, name: "Jo", outlet: "Post" },
    { page: 7, block: "b", text: "Hm" },
    { page: 7, version: "v", says: "approved" },
  ]);
});

test("text is text", async () => {
  const plain = () => [200, { "Content-Type": "text/plain" }, "DRAFT\n"];
  const { result } = await reviewing(plain, (review) => review.text({ page: 7 }));
  assert.equal(result, "DRAFT\n");
});

test("what is needed is told, with the terms", async () => {
  const embargo = { until: "2026-11-27T15:00:00.000Z", time_zone: "UTC", terms: "Keep it.", accepted_at: null };
  const [, , body] = problem(401, "Unauthorized");
  const needs = () => [401, PROBLEM, { ...body, needs: ["terms"], embargo }];
  const { result } = await reviewing(needs, (review) => review.read());
  assert.equal(result.constructor, NeedsError);
  assert.deepEqual([result.needs, result.embargo], [["terms"], embargo]);
});

test("too many tries say when to try again", async () => {
  const [status, headers, body] = problem(429, "Too Many Requests");
  const full = () => [status, { ...headers, "Retry-After": "900" }, body];
  const { result } = await reviewing(full, (review) => review.enter({ passcode: "x" }));
  assert.equal(result.constructor, TooManyError);
  assert.equal(result.retryAfter, 900);
});

for (const [status, kind] of [
  [401, ProblemError],
  [403, ProblemError],
  [404, NotFoundError],
  [409, ProblemError],
  [410, GoneError],
]) {
  test(`a problem of status ${status} is a ${kind.name}`, async () => {
    const { result } = await reviewing(() => problem(status, "So"), (review) => review.read());
    assert.equal(result.constructor, kind);
    assert.equal(result.status, status);
  });
}

test("errors do not tell the token", async () => {
  const answers = [
    () => problem(410, "Gone"),
    () => [200, JSON_TYPE, "{"],
    () => [200, JSON_TYPE, "null"],
    () => [502, {}, "Bad"],
  ];
  for (const answer of answers) {
    const { result } = await reviewing(answer, (review) => review.read());
    assert.ok(result instanceof ProblemError || result instanceof OutageError);
    assert.ok(!`${result.stack} ${result.url} ${result.cause?.stack}`.includes(TOKEN));
  }
});
