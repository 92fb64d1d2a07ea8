// What `fields` makes of types. Compiles only if each line under `@ts-expect-error` does not.
import type { Client, Image, Page, PressReleasePage, Route, Site } from "dateline-client";

type Same<One, Other> =
  (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;

function is<Expected>() {
  return <Found>(_found: Found, ..._same: Same<Found, Expected> extends true ? [] : [never]): void => {};
}

type WithoutMeta<Doc> = { [Name in keyof Doc as Exclude<Name, "meta">]: Doc[Name] };
declare function withoutMeta<Doc>(doc: Doc): WithoutMeta<Doc>;

export async function listings(client: Client) {
  const releases = await client.list({ type: "press_release", fields: ["title", "deck", "slug"] });
  for (const item of releases.items) {
    is<{ type: "press_release"; title: string; deck: string; meta: { type: string; slug: string } }>()(item);
    // @ts-expect-error: not picked
    item.kind;
    // @ts-expect-error: not picked, of meta
    item.meta.html_url;
  }
  // @ts-expect-error: no such name
  await client.list({ type: "press_release", fields: ["title", "dek"] });
  // @ts-expect-error: a name of another type
  await client.list({ type: "standard", fields: ["deck"] });
  // @ts-expect-error: no such type
  await client.list({ type: "press_releases" });
  // @ts-expect-error: no such kind
  await client.list({ kind: ["statement", "rumour"] });
  // @ts-expect-error: no such order
  await client.list({ order: "-dek" });

  const several = await client.list({ type: ["press_release", "profile"], fields: ["title", "deck", "post"] });
  for (const item of several.items) {
    if (item.type === "press_release") {
      is<{ type: "press_release"; title: string; deck: string; meta: { type: string } }>()(item);
    } else {
      is<{ type: "profile"; title: string; post: string; meta: { type: string } }>()(item);
    }
    // @ts-expect-error: profiles have none
    item.deck;
  }

  const usual = await client.list({ type: "press_release", topic: "safety", order: ["-publication_date", "id"] });
  for (const item of usual.items) {
    is<{
      id: number | null;
      type: "press_release";
      uuid: string;
      title: string;
      meta: {
        type: string;
        detail_url: string | null;
        html_url: string | null;
        slug: string;
        first_published_at: string | null;
        locale: string;
      };
    }>()(item);
    // @ts-expect-error: not there by default
    item.body;
  }

  const whole = await client.list({ type: "press_release", fields: ["*"] });
  for (const item of whole.items) {
    is<WithoutMeta<PressReleasePage>>()(withoutMeta(item));
    // @ts-expect-error: only a page by itself tells of it
    item.meta.parent;
  }
  // @ts-expect-error: nor can a listing be asked for it
  await client.list({ fields: ["title", "parent"] });

  for await (const item of client.pages({ kind: "statement", fields: ["summary"] })) {
    item.type satisfies Page["type"];
    item.summary satisfies string;
    // @ts-expect-error: not picked
    item.title;
  }
  // @ts-expect-error: it goes through all
  client.pages({ limit: 3 });
}

export async function singles(client: Client) {
  is<Page>()(await client.page("/"));
  is<Route>()(await client.route("/"));
  is<Site>()(await client.site());
  is<Page>()(await client.pageById(1));
  is<Page>()(await client.preview({ contentType: "pages.homepage", token: "abc" }));

  const card = await client.page("/", { fields: ["title", "share_image", "html_url"] });
  is<Image | null>()(card.share_image);
  is<{ type: string; html_url: string | null }>()(card.meta);
  // @ts-expect-error: not picked
  card.summary;
  const release = await client.page("/", { fields: ["title", "deck"] });
  if (release.type === "press_release") is<string>()(release.deck);
  // @ts-expect-error: not every page has one
  release.deck;
  // @ts-expect-error: no page has one
  await client.page("/", { fields: ["colour"] });

  const route = await client.route("/", { fields: ["title"] });
  if (route.type === "redirect") {
    is<string>()(route.location);
  } else {
    is<string>()(route.page.title);
    // @ts-expect-error: not picked
    route.page.body;
  }
}

export async function library(client: Client) {
  const pictures = await client.images({ fields: ["alt", "tags"], order: "-width" });
  for (const item of pictures.items) is<{ alt: string; meta: { type: string; tags: string[] } }>()(item);

  const files = await client.documents({ search: "budget" });
  for (const item of files.items) {
    is<string>()(item.meta.download_url);
    // @ts-expect-error: not there by default
    item.mime_type;
  }
  // @ts-expect-error: files have none
  await client.documents({ fields: ["alt"] });
}
