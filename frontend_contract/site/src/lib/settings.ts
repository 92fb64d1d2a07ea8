import { getSecret } from "astro:env/server";

/** Where the newsroom is, read when the site starts: a built site can be moved. */
export const CMS_URL = new URL(getSecret("CMS_URL") ?? "http://localhost:8000");

/** The host of the newsroom's site that is shown, where it is not the default. */
export const SITE = getSecret("CMS_SITE");

/** Of the newsroom's webhook for `/-/revalidate`. Without it, no page is kept: nobody would drop it. */
export const WEBHOOK_SECRET = getSecret("WEBHOOK_SECRET");
