// All that npm's client of Wagtail's API can ask, of a newsroom that it knows nothing of.
import { CMSClient } from "wagtail-js";

const [baseURL, pageId, imageId, documentId] = process.argv.slice(2);
const client = new CMSClient({ baseURL, apiPath: "/api/v2", cache: "no-store" });
const image = await client.fetchImage(Number(imageId));

console.log(
  JSON.stringify({
    pages: await client.fetchPages({ type: "pages.PressReleasePage", fields: ["title", "body"] }),
    found: await client.fetchPages({ search: "crane", limit: 5 }),
    children: await client.fetchPages({ child_of: Number(pageId), order: "-title" }),
    byId: await client.fetchPage(Number(pageId)),
    bySlug: await client.fetchPage("release", { fields: "*" }),
    missing: await client.fetchPage("no-such-page"),
    images: await client.fetchImages({ limit: 1 }),
    image,
    src: client.getMediaSrc(image.meta),
    documents: await client.fetchDocuments(),
    document: await client.fetchDocument(Number(documentId)),
  }),
);
