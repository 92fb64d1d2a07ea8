import type { APIRoute } from "astro";
import { enter } from "../../../lib/ahead";

/** Where an editor comes from the admin: from here on, the site is as it will be. */
export const GET: APIRoute = ({ cookies, params, request, url }) => {
  // What ends TLS in front says so.
  const secure = url.protocol === "https:" || request.headers.get("X-Forwarded-Proto") === "https";
  if (!enter(cookies, params.token ?? "", secure)) {
    return new Response("There is no such preview. Look whether all of its address was copied.\n", { status: 404 });
  }
  return new Response(null, { status: 303, headers: { Location: "/" } });
};
