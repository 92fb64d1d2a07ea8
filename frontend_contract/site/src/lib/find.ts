import {
  BadRequestError,
  GoneError,
  MovedError,
  NotFoundError,
  type Page,
  ProblemError,
} from "dateline-client";

/** What to show of what was asked for: a page, a way elsewhere, or why there is none. */
export type Found =
  | { type: "page"; page: Page }
  | { type: "moved"; location: string; status: 301 | 302 }
  | { type: "missing"; status: 404 | 410 }
  | { type: "outage"; status: 503 };

/** Waits for a page. An error of the newsroom is an outage, and never "not found". */
export async function find(page: Promise<Page>): Promise<Found> {
  try {
    return { type: "page", page: await page };
  } catch (error) {
    if (error instanceof MovedError) {
      return { type: "moved", location: error.location, status: error.status };
    }
    if (error instanceof GoneError) return { type: "missing", status: 410 };
    if (error instanceof NotFoundError || error instanceof BadRequestError) {
      return { type: "missing", status: 404 };
    }
    console.error(error instanceof ProblemError ? error.message : error);
    return { type: "outage", status: 503 };
  }
}
