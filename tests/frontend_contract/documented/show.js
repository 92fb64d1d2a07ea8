// What a page of the documentation shows for a query: `node show.js page.js '{"token": "…"}'`.
import { pathToFileURL } from "node:url";

const [, , page, query] = process.argv;

const text = (node) => {
  if (Array.isArray(node)) return node.map(text).join("");
  return node === null || node === undefined || typeof node === "boolean" ? "" : String(node);
};
globalThis.React = {
  createElement: (kind, properties, ...children) =>
    typeof kind === "function"
      ? text(kind({ ...properties, children }))
      : `<${kind}>${text(children)}</${kind}>`,
  Fragment: ({ children }) => text(children),
};

const { default: show } = await import(pathToFileURL(page).href);
console.log(await show({ searchParams: Promise.resolve(JSON.parse(query)) }));
