import type { APIRoute } from "astro";
import { latest, outage } from "../lib/feed";

export const GET: APIRoute = async ({ locals: { newsroom } }) => {
  try {
    const [site, items] = await Promise.all([newsroom.site(), latest(newsroom)]);
    const feed = {
      version: "https://jsonfeed.org/version/1.1",
      title: site.name || site.hostname,
      home_page_url: site.url,
      feed_url: new URL("/feed.json", site.url).href,
      description: site.description || undefined,
      items: items.map(({ uuid, title, summary, publication_date, meta }) => ({
        id: uuid,
        url: meta.html_url,
        title,
        content_text: summary,
        date_published: meta.first_published_at ?? `${publication_date}T00:00:00Z`,
        date_modified: meta.last_published_at ?? undefined,
      })),
    };
    return new Response(JSON.stringify(feed), { headers: { "Content-Type": "application/feed+json" } });
  } catch {
    return outage();
  }
};
