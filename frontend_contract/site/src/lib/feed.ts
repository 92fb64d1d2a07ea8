import type { Client } from "dateline-client";

/** What feeds hold: the newest of what has a date, twenty at most. */
export async function latest(newsroom: Client) {
  const { items } = await newsroom.list({
    type: ["press_release", "fact_sheet"],
    order: "-publication_date",
    limit: 20,
    fields: ["uuid", "title", "summary", "publication_date", "first_published_at", "last_published_at", "html_url"],
  });
  return items;
}

/** Text as XML holds it. */
export function xml(text: string): string {
  const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (sign) => signs[sign] ?? "").replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
}

/** What is sent while the newsroom is out. */
export function outage(): Response {
  const headers = { "Retry-After": "30", "Cache-Control": "no-store" };
  return new Response("The newsroom does not answer just now.\n", { status: 503, headers });
}
