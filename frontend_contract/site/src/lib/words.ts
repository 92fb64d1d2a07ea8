import type { BlockChange, Event, Page } from "dateline-client";
import type { Refusal } from "./review/sent";

/** `q_and_a` → `Q and a`; what the newsroom calls its kinds and blocks, to be read. */
export function sentence(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const KINDS: Record<Extract<Page, { kind: string }>["kind"], string> = {
  press_release: "Press release",
  media_advisory: "Media advisory",
  statement: "Statement",
  sign_on_letter: "Sign-on letter",
  fact_sheet: "Fact sheet",
  backgrounder: "Backgrounder",
  comparison: "Comparison",
  executive_summary: "Executive summary",
  report: "Report",
  explainer: "Explainer",
  q_and_a: "Q&A",
};

/** What a page is, in words; nothing for pages that have no kind. */
export function kindOf(page: object): string {
  if (!("kind" in page) || typeof page.kind !== "string") return "";
  return KINDS[page.kind as keyof typeof KINDS] ?? sentence(page.kind);
}

const DATES: Record<Page["date_precision"], Intl.DateTimeFormatOptions> = {
  day: { year: "numeric", month: "long", day: "numeric" },
  month: { year: "numeric", month: "long" },
  year: { year: "numeric" },
};

/** A date such as `2026-10-17`, always with its year, and with no more of it than is known. */
export function day(date: string, locale: string, precision: Page["date_precision"] = "day"): string {
  const format = new Intl.DateTimeFormat(locale, { ...DATES[precision], timeZone: "UTC" });
  return format.format(new Date(`${date.slice(0, 10)}T00:00Z`));
}

/** As much of a date as is known, for machines: `2016-10` of a month. */
export function known(date: string, precision: Page["date_precision"] = "day"): string {
  return date.slice(0, { day: 10, month: 7, year: 4 }[precision]);
}

/** A number with all of its digits; in groups from five on, since four may be a year. */
export function number(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 20, useGrouping: "min2" }).format(value);
}

/**
 * What a telephone dials of what is printed: without the (0) that is for callers at home, and without an
 * extension. Empty for what is no single number.
 */
export function toDial(printed: string): string {
  const plain = printed.replace(/^(\s*\+.*?)\(0\)/, "$1").replace(/\s*[,;]?\s*(?:ext\.?|x)\s*\d.*$/i, "");
  // In 030/12345 it ends an area's code, in 555 0100/0101 it begins another number.
  const [code = "", ...others] = plain.split("/").map((part) => part.replace(/[^+\d]/g, ""));
  const isOne = /^[\s\d()./+-]+$/.test(plain) && (others.length === 0 || code.length < 7);
  return isOne ? code + others.join("") : "";
}

const RIGHT_TO_LEFT = ["ar", "arc", "azb", "ckb", "dv", "fa", "he", "ku-arab", "ps", "sd", "ug", "ur", "yi"];

/** Which way a language is written. */
export function direction(language: string): "ltr" | "rtl" {
  const code = language.toLowerCase();
  return RIGHT_TO_LEFT.some((one) => code === one || code.startsWith(`${one}-`)) ? "rtl" : "ltr";
}

/** When something takes place, by the clocks of that place. */
export function when(event: Event, locale: string): string {
  if (!event.starts_at) {
    const dates = [event.starts_on, event.ends_on].filter((date) => date !== null);
    return [...new Set(dates)].map((date) => day(date, locale)).join(" – ");
  }
  const format = clocks(locale, "full", event.time_zone);
  const starts = new Date(event.starts_at);
  const range = event.ends_at ? format.formatRange(starts, new Date(event.ends_at)) : format.format(starts);
  const where = event.time_zone ? `${range} (${clockOf(event.time_zone)})` : range;
  // Its last day may be known before its last hour is.
  const last = !event.ends_at && event.ends_on !== event.starts_on ? event.ends_on : null;
  return last ? `${where} – ${day(last, locale)}` : where;
}

/** A moment by the clocks of a place: `November 27, 2026 at 10:00 AM (New York time)`. */
export function moment(at: string, zone = "UTC", locale = "en"): string {
  return `${clocks(locale, "long", zone).format(new Date(at))} (${clockOf(zone)})`;
}

/** By UTC for a time zone that the newsroom knows and this Node does not. */
function clocks(locale: string, dateStyle: "full" | "long", zone: string) {
  const timeZone = isKnown(zone) ? zone : "UTC";
  return new Intl.DateTimeFormat(locale, { dateStyle, timeStyle: "short", timeZone });
}

function clockOf(zone: string): string {
  return zone !== "UTC" && isKnown(zone) ? `${placeOf(zone)} time` : "UTC";
}

function isKnown(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function placeOf(zone: string): string {
  return zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;
}

/** What became of a block. */
export const CHANGES: Record<BlockChange["change"], string> = {
  added: "Added since your last visit",
  changed: "Changed since your last visit",
  moved: "Moved since your last visit",
};

/** Why what a reviewer sent was not taken, and what to do. */
export const REFUSALS: Record<Refusal, string> = {
  cookies: "Please let this site keep a cookie, which says that you have entered, and enter once more.",
  passcode: "This is not the passcode. Please look again at what you were sent.",
  tries: "Too many wrong passcodes were tried.",
  incomplete: "Something is missing. Please fill it in and send it again.",
  conflict: "The draft has changed meanwhile. Here it is as it is now; what you wrote is still in its form.",
  "not asked for": "This is not asked for here.",
  needs: "Please fill in all that is asked for.",
  terms: "Please read the terms, which may have changed meanwhile, and accept them.",
  "run out": "Your visit has run out. Please enter once more: what you wrote is sent then.",
};

/** `1536000` → `1.5 MB`. */
export function size(octets: number, locale: string): string {
  const mega = octets >= 1e6;
  const format = new Intl.NumberFormat(locale, {
    style: "unit",
    unit: mega ? "megabyte" : "kilobyte",
    maximumFractionDigits: mega ? 1 : 0,
  });
  return format.format(octets / (mega ? 1e6 : 1e3));
}

/** The address of a place in a page, from its words and from what keeps it apart from others. */
export function anchor(text: string, id: string): string {
  const words = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const slug = words.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return `${slug || "part"}-${id.slice(0, 4)}`;
}
