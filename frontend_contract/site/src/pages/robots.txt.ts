import type { APIRoute } from "astro";

export const GET: APIRoute = async ({ locals: { newsroom }, url }) => {
  const site = await newsroom.site().catch(() => null);
  const map = new URL("/sitemap.xml", site?.url ?? url);
  return new Response(`User-agent: *\nDisallow: /preview\nDisallow: /review/\nDisallow: /search\nDisallow: /-/\n\nSitemap: ${map.href}\n`);
};
