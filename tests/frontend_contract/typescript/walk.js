// Prints what an API lists, for a test to compare: all releases in order, and items by default.
import { createClient } from "dateline-client";

const client = createClient({ baseUrl: process.argv[2] });
const titles = [];
for await (const page of client.pages({ type: "press_release", order: "id", fields: ["title"] })) {
  titles.push(page.title);
}
const [page] = (await client.list({ type: "press_release" })).items;
const [picked] = (await client.list({ type: "press_release", fields: ["deck", "slug"] })).items;
const [whole] = (await client.list({ type: "press_release", fields: ["*"] })).items;
const [image] = (await client.images()).items;
const [document] = (await client.documents()).items;
const { changes, cursor } = await client.sync(undefined, { documents: true, limit: 20 });
const copied = changes.map((change) => change.document?.title);
const since = await client.sync(cursor);
console.log(JSON.stringify({ copied, since: since.changes.length, titles, page, picked, whole, image, document }));
