import type { APIRoute } from "astro";
import { isToken, reviewAddress } from "../../../lib/review/addresses";
import { isSecure, Visit } from "../../../lib/review/visit";

/** A draft as plain text to take away. What keeps it from being had is told where drafts are shown. */
export const GET: APIRoute = async ({ cookies, locals: { newsroom }, params, redirect, request, url }) => {
  const { token = "" } = params;
  const asked = url.searchParams.get("page");
  const page = /^\d{1,9}$/.test(asked ?? "") ? Number(asked) : undefined;
  if (!isToken(token)) return redirect("/review/-/", 303);
  const visit = new Visit(cookies, token, isSecure(url, request.headers)).ticket;
  try {
    return new Response(await newsroom.review(token).text({ page, visit }), {
      headers: {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Disposition": 'attachment; filename="draft.txt"',
      },
    });
  } catch {
    return redirect(reviewAddress(token, page), 303);
  }
};
