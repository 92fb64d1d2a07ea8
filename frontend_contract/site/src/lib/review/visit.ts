import type { AstroCookies } from "astro";
import type { Review, ReviewClient } from "dateline-client";
import { reviewAddress } from "./addresses";

const COOKIE = "visit";
/** Seconds. As long as the newsroom lets a visit last. */
const LONGEST = 12 * 60 * 60;

/** The ticket of a reader's visit, in a cookie that is sent to the pages of their link alone. */
export class Visit {
  constructor(
    private readonly cookies: AstroCookies,
    private readonly token: string,
    private readonly secure: boolean,
  ) {}

  get ticket(): string | undefined {
    return this.cookies.get(COOKIE)?.value || undefined;
  }

  /** Whether the browser has kept a cookie of ours: of a visit, or of an entry that was shown. */
  get canBeKept(): boolean {
    return this.cookies.has(COOKIE);
  }

  /** To be called when an entry is shown: who enters and keeps no cookie would begin a visit in vain. */
  tryToKeep(): void {
    if (!this.canBeKept) this.set("");
  }

  keep(ticket: string): void {
    if (ticket !== this.ticket) this.set(ticket);
  }

  private set(value: string): void {
    this.cookies.set(COOKIE, value, {
      path: reviewAddress(this.token),
      httpOnly: true,
      // Who comes again from webmail goes on; forms of other sites come without it all the same.
      sameSite: "lax",
      secure: this.secure,
      maxAge: LONGEST,
    });
  }

  /** Reads a draft, within this visit or as the beginning of one. */
  async read(review: ReviewClient, page: number | undefined): Promise<Review> {
    const answer = await review.read({ page, visit: this.ticket });
    this.keep(answer.review.visit);
    return answer;
  }
}

/** Whether a request came by https, to this server or to the one in front of it. */
export function isSecure(url: URL, headers: Headers): boolean {
  const forwarded = headers.get("X-Forwarded-Proto")?.split(",")[0]?.trim();
  return (forwarded ?? url.protocol.replace(":", "")) === "https";
}
