/**
 * Whether a form was sent from a page of this site. Browsers say so (`Sec-Fetch-Site`) where the
 * connection is secure. `Origin` is "null" for pages that tell no referrer, as drafts are.
 */
export function isFromHere({ headers }: Request, url: URL): boolean {
  const site = headers.get("Sec-Fetch-Site");
  if (site !== null) return site === "same-origin";
  const origin = headers.get("Origin");
  if (origin === null || origin === "null") return true;
  return URL.canParse(origin) && new URL(origin).host === (headers.get("Host") ?? url.host);
}
