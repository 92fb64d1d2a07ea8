// A server that answers as a test wants it, and what it was asked.
import { createServer } from "node:http";

/** Answers `[status, headers, body]` of `answer(request)`; a body that is no string is JSON. */
export async function serving(answer, test) {
  const asked = [];
  const server = createServer(async (request, response) => {
    asked.push(request);
    const [status, headers, body] = await answer(request);
    response.writeHead(status, headers);
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    await test(`http://127.0.0.1:${server.address().port}`, asked);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

export function problem(status, title) {
  const body = { type: "about:blank", title, status, detail: "Mend it.", message: "Mend it." };
  return [status, { "Content-Type": "application/problem+json" }, body];
}
