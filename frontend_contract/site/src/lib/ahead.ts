import type { AstroCookies } from "astro";

/** The site as it will be: whose cookie the browser of the one who looks at it has. */
export interface Ahead {
  readonly token: string;
  /** As the newsroom says of its answers; null until it has answered. */
  moment: string | null;
  /** Whether the newsroom knows the token no more: what is shown is public. */
  ended: boolean;
}

const COOKIE = "as-of";
const TOKEN = /^dls_[\w.-]{16,1000}$/;
/** What is no part of the site as readers see it. */
const ELSEWHERE = /^\/(preview|review)(\/|$)/;

/** What a request looks ahead with, if it does. */
export function ahead(cookies: AstroCookies, { pathname }: URL): Ahead | null {
  const token = cookies.get(COOKIE)?.value ?? "";
  if (!TOKEN.test(token) || ELSEWHERE.test(pathname)) return null;
  return { token, moment: null, ended: false };
}

/** Lets a browser look ahead until it is closed. Gives whether the token may be one. */
export function enter(cookies: AstroCookies, token: string, secure: boolean): boolean {
  if (!TOKEN.test(token)) return false;
  cookies.set(COOKIE, token, { httpOnly: true, path: "/", sameSite: "lax", secure });
  return true;
}

export function leave(cookies: AstroCookies): void {
  cookies.delete(COOKIE, { path: "/" });
}

/** Asks the newsroom for what will be; for what is, once it says that this preview has ended. */
export async function ask(
  request: Request,
  ahead: Ahead,
  now: (request: Request) => Promise<Response>,
): Promise<Response> {
  if (!ahead.ended) {
    const response = await fetch(request);
    ahead.moment = response.headers.get("Dateline-As-Of") ?? ahead.moment;
    const refused = response.status === 404 || response.status === 410;
    if (!refused || response.headers.has("Dateline-As-Of")) return response;
    ahead.ended = true;
  }
  const headers = new Headers(request.headers);
  headers.delete("Authorization");
  return now(new Request(request.url, { headers }));
}
