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
console.log(JSON.stringify({ titles, page, picked, whole, image, document }));
