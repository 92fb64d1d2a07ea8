// How the documentation's proxy answers a path: `node pass.js proxy.js /news/`.
import { pathToFileURL } from "node:url";

const [, , program, path] = process.argv;
const { proxy } = await import(pathToFileURL(program).href);
const url = `http://frontend.example${path}`;
const answer = await proxy({ url, nextUrl: new URL(url) });
console.log(
  answer
    ? `${answer.status} ${answer.headers.get("Location") ?? answer.headers.get("Cache-Control")}`
    : "goes on",
);
