import type { TagsMessage } from "dateline-client";
import type { APIRoute } from "astro";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { drop } from "../../lib/kept";
import { WEBHOOK_SECRET } from "../../lib/settings";

/** Drops what was made of the things that a signed call of the newsroom names. */
export const POST: APIRoute = async ({ request }) => {
  if (!WEBHOOK_SECRET) return Response.json({ error: "WEBHOOK_SECRET is not set." }, { status: 503 });
  const body = await request.text();
  let message: TagsMessage;
  try {
    message = new Webhook(WEBHOOK_SECRET).verify(
      body,
      Object.fromEntries(request.headers),
    ) as TagsMessage;
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    return Response.json({ error: error.message }, { status: 401 });
  }
  return Response.json({ dropped: drop(message.data.tags) });
};
