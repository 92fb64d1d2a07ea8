import { CMS_URL } from "./settings";

/** Milliseconds. A draft is shown without it sooner than late. */
const TIMEOUT = 2000;

/**
 * Wagtail's user bar, for drafts alone: hidden, it keeps the panel's scroll position and lets its
 * content checks look at the draft. Nothing if the newsroom does not answer.
 */
export async function userbar(): Promise<string> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT);
    const response = await fetch(new URL("userbar/", CMS_URL), { signal });
    return response.ok ? await response.text() : "";
  } catch {
    return "";
  }
}
