import type { PersonLink } from "dateline-client";

/** The shortest way to an address: without the site where it is this one. Sites share pages. */
export function here(address: string, at: URL): string {
  if (!URL.canParse(address, at)) return address;
  const { origin, pathname, search, hash } = new URL(address, at);
  return origin === at.origin ? pathname + search + hash : address;
}

/** Where to read more of somebody: their profile, or else where they are quoted. */
export function personAddress({ id, profile }: PersonLink, at: URL): string {
  return profile ? here(profile.url, at) : `/people/${id}/`;
}
