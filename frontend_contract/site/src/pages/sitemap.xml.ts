import type { APIRoute } from "astro";
import { outage, xml } from "../lib/feed";

/** As many as a sitemap may hold. */
const MOST = 50_000;

export const GET: APIRoute = async ({ locals: { newsroom } }) => {
  try {
    const entries: string[] = [];
    for await (const { meta } of newsroom.pages({ fields: ["html_url", "last_published_at"] })) {
      if (!meta.html_url) continue;
      const changed = meta.last_published_at ? `<lastmod>${meta.last_published_at}</lastmod>` : "";
      entries.push(`  <url><loc>${xml(meta.html_url)}</loc>${changed}</url>\n`);
      if (entries.length === MOST) break;
    }
    const body = `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.join("")}</urlset>
`;
    return new Response(body, { headers: { "Content-Type": "application/xml; charset=utf-8" } });
  } catch {
    return outage();
  }
};
