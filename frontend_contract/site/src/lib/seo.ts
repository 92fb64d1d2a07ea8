import type { Byline, Image, OrganisationLink, Page, Site } from "dateline-client";
import { kindOf, known } from "./words";

type Thing = Record<string, unknown>;

/** The picture that whoever shares a page gets: its own, or the site's. */
export function sharedImage(page: Page, site: Site | null): Image | null {
  return page.share_image ?? site?.share_image ?? null;
}

/** What a page says of itself in a line or two. */
export function description(page: Page): string {
  return page.meta.search_description || page.summary || ("deck" in page ? page.deck : "");
}

/** The address that a page is to be known by. */
export function canonical(page: Page): string | null {
  return page.canonical_url || page.meta.html_url;
}

/** What a page is, for machines: https://schema.org, as JSON-LD. */
export function structured(page: Page, site: Site | null): Thing[] {
  return [about(page, site), trail(page)].filter((thing) => thing !== null);
}

function about(page: Page, site: Site | null): Thing | null {
  const common = {
    "@context": "https://schema.org",
    url: canonical(page) ?? undefined,
    description: description(page) || undefined,
    inLanguage: page.meta.locale,
    image: sharedImage(page, site)?.url,
  };
  switch (page.type) {
    case "press_release":
      return { ...common, ...work(page, site), "@type": "NewsArticle", articleSection: kindOf(page) };
    case "fact_sheet":
      return { ...common, ...work(page, site), "@type": "Report", genre: kindOf(page) };
    case "profile":
      return {
        ...common,
        "@type": "Person",
        name: page.person?.name ?? page.title,
        jobTitle: page.post || undefined,
        worksFor: page.organisation ? organisation(page.organisation) : undefined,
        image: page.portrait?.url ?? common.image,
      };
    default:
      return null;
  }
}

function work(page: Page, site: Site | null): Thing {
  return {
    headline: page.title.slice(0, 110),
    datePublished: known(page.publication_date, page.date_precision),
    dateModified: page.meta.last_published_at ?? undefined,
    author: page.bylines.length > 0 ? page.bylines.map(author) : publisher(site),
    publisher: publisher(site),
    keywords: page.topics.map(({ name }) => name).join(", ") || undefined,
  };
}

function publisher(site: Site | null): Thing | undefined {
  if (site?.organisation) return organisation(site.organisation);
  return site ? { "@type": "Organization", name: site.name || site.hostname, url: site.url } : undefined;
}

function author(byline: Byline): Thing {
  if (byline.type === "organisation") return organisation(byline);
  return { "@type": "Person", name: byline.name, jobTitle: byline.post || undefined, url: byline.profile?.url };
}

function organisation({ name, url, logo }: OrganisationLink): Thing {
  return { "@type": "Organization", name, url: url || undefined, logo: logo?.url };
}

function trail(page: Page): Thing | null {
  if (page.breadcrumbs.length === 0) return null;
  const steps = [...page.breadcrumbs, { title: page.title, url: page.meta.html_url }];
  return {
    "@context": "https://schema.org",
    "@type": "BreadcrumbList",
    itemListElement: steps.map(({ title, url }, index) => ({
      "@type": "ListItem",
      position: index + 1,
      name: title,
      item: url ?? undefined,
    })),
  };
}

/** JSON that is safe between `<script>` and `</script>`. */
export function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
