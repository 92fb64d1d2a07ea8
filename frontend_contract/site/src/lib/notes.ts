/** Roles of DPUB-ARIA, which Astro's types do not know of. */
export function role(name: "doc-endnotes" | "doc-noteref" | "doc-backlink"): Record<string, string> {
  return { role: name };
}
