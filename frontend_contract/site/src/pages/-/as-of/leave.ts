import type { APIRoute } from "astro";
import { leave } from "../../../lib/ahead";

/** Back to the site as it is. A link could be followed by what only looks ahead for the browser. */
export const POST: APIRoute = ({ cookies }) => {
  leave(cookies);
  return new Response(null, { status: 303, headers: { Location: "/" } });
};
