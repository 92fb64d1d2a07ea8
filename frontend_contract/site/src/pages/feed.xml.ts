import type { APIRoute } from "astro";
import { latest, outage, xml } from "../lib/feed";

export const GET: APIRoute = async ({ locals: { newsroom }, url }) => {
  try {
    const [site, items] = await Promise.all([newsroom.site(), latest(newsroom)]);
    const entries = items.map(
      ({ uuid, title, summary, publication_date, meta }) => `
    <item>
      <title>${xml(title)}</title>
      <link>${xml(meta.html_url ?? "")}</link>
      <guid isPermaLink="false">${uuid}</guid>
      <pubDate>${new Date(meta.first_published_at ?? publication_date).toUTCString()}</pubDate>
      <description>${xml(summary)}</description>
    </item>`,
    );
    const body = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>${xml(site.name || site.hostname)}</title>
    <link>${xml(site.url)}</link>
    <atom:link href="${xml(new URL("/feed.xml", site.url).href)}" rel="self" type="application/rss+xml"/>
    <description>${xml(site.description || `News from ${site.name || url.hostname}`)}</description>${entries.join("")}
  </channel>
</rss>
`;
    return new Response(body, { headers: { "Content-Type": "application/rss+xml; charset=utf-8" } });
  } catch {
    return outage();
  }
};
