import { asking, type ClientOptions } from "./ask.js";
import type {
  Change,
  DocumentItem,
  Facets,
  ImageItem,
  Page,
  PageRoute,
  RedirectRoute,
  Route,
  Site,
  Snippet,
} from "./contract.js";
import { MovedError } from "./errors.js";
import {
  type AnyField,
  type DocumentField,
  type FileItem,
  fieldsParameter,
  type ImageField,
  type PageField,
  type PageItem,
  type PageType,
  type Picked,
  type Query,
} from "./fields.js";
import { type ReviewClient, reviewing } from "./review.js";

/** Some of what there is, in the order asked for; `total` is how many there are in all. */
export interface Listing<Item> {
  total: number;
  items: Item[];
}

/** Some pages. */
export interface PagesListing<Item> extends Listing<Item> {
  /** For `cursor`, where the listing goes on; null at its end. */
  next: string | null;
  /** Of a search: a piece of the text of each page, around what was looked for. */
  snippets?: Snippet[] | undefined;
  /** Those asked for. */
  facets?: Facets | undefined;
}

/** Members to answer instead of all, or of those that listings have by default. */
export interface Fields<Field extends string> {
  fields?: readonly Field[] | undefined;
}

/** What became of pages. */
export interface Changes {
  changes: Change[];
  /** Where to go on the next time: keep it with what was made of the changes. */
  cursor: string;
}

/** What became of pages since a cursor, of which pages, and whether with their documents. */
export type ChangesQuery = Written<Omit<Query<"changes">, "cursor" | "site">>;

/** Which pages to list. */
export type PagesQuery<Type extends PageType, Field extends string> = Fields<Field> &
  Written<Omit<Query<"list_pages">, "type" | "fields" | "site">> & {
    type?: Type | readonly Type[] | undefined;
  };

/** Which pictures to list. */
export type ImagesQuery<Field extends string> = Fields<Field> &
  Written<Omit<Query<"list_images">, "fields">>;

/** Which files to list. */
export type DocumentsQuery<Field extends string> = Fields<Field> &
  Written<Omit<Query<"list_documents">, "fields">>;

/** Parameters as one writes them: one value stands for a list of it, and undefined for none. */
type Written<Parameters> = { [Name in keyof Parameters]: OneOrMore<Parameters[Name]> | undefined };
type OneOrMore<Value> = Value extends readonly (infer Item)[] ? Item | readonly Item[] : Value;

/** A page at a path, whole or the part asked for. */
export type PageAt<Field extends string> = [Field] extends [never] ? Page : Picked<Page, Field>;

/** What is at a path: a page, whole or the part asked for, or a redirect. */
export type RouteAt<Field extends string> = [Field] extends [never]
  ? Route
  : (Omit<PageRoute, "page"> & { page: PageAt<Field> }) | RedirectRoute;

/** Reads a newsroom. Every call may throw a `ProblemError` or an `OutageError`. */
export interface Client {
  /** What is at a path of the frontend, such as `/news/`: a page or a redirect. */
  route<Field extends AnyField = never>(
    path: string,
    query?: Fields<Field>,
  ): Promise<RouteAt<Field>>;

  /** The page at a path of the frontend. Throws MovedError for a redirect. */
  page<Field extends AnyField = never>(
    path: string,
    query?: Fields<Field>,
  ): Promise<PageAt<Field>>;

  pageById(id: number): Promise<Page>;

  /** Pages, twenty at most. */
  list<Type extends PageType = PageType, Field extends PageField<Type> = never>(
    query?: PagesQuery<Type, Field>,
  ): Promise<PagesListing<PageItem<Type, Field>>>;

  /** All pages of a listing, one after the other. */
  pages<Type extends PageType = PageType, Field extends PageField<Type> = never>(
    query?: Omit<PagesQuery<Type, Field>, "cursor" | "limit" | "offset">,
  ): AsyncGenerator<PageItem<Type, Field>, void, undefined>;

  /** What the site says of itself on every page. */
  site(): Promise<Site>;

  /** Pictures of the media library, twenty at most. */
  images<Field extends ImageField = never>(
    query?: ImagesQuery<Field>,
  ): Promise<Listing<FileItem<ImageItem, Field>>>;

  /** Files to download, twenty at most. */
  documents<Field extends DocumentField = never>(
    query?: DocumentsQuery<Field>,
  ): Promise<Listing<FileItem<DocumentItem, Field>>>;

  /**
   * What became of pages since a cursor, to the end; without one, all that is there. Throws GoneError
   * for a cursor from too long ago: begin anew without it.
   */
  sync(cursor?: string, query?: ChangesQuery): Promise<Changes>;

  /** The same in parts, for more than one wants to hold at once: each with the cursor behind it. */
  changes(
    cursor?: string,
    query?: ChangesQuery,
  ): AsyncGenerator<Changes, void, undefined>;

  /** The draft behind what the editor's preview panel gives in the query. Never kept. */
  preview(draft: { contentType?: string; token: string }): Promise<Page>;

  /** The drafts behind a review link, by its token. Never kept. */
  review(token: string): ReviewClient;
}

export function createClient(options: ClientOptions): Client {
  const { site } = options;
  const ask = asking(options);

  const client: Client = {
    async route(path, query) {
      // The answer has the members that `fields` names: that is what its type says.
      return (await ask("/api/v2/route/", {
        query: { path, site, fields: fieldsParameter(query?.fields) },
      })) as never;
    },

    async page(path, query) {
      const found: Route = await client.route(path, query as Fields<never>);
      if (found.type === "redirect") throw new MovedError(found.location, found.status);
      return found.page as never;
    },

    pageById: (id) => ask("/api/v2/pages/{id}/", { path: { id }, query: { site } }),

    async list(query) {
      const { meta, items } = await ask("/api/v2/pages/", {
        query: { site, ...query, fields: fieldsParameter(query?.fields) },
      });
      const { total_count: total, next_cursor: next, snippets, facets } = meta;
      return { total, items: items as never[], next, snippets, facets };
    },

    async *pages(query) {
      let cursor: string | null | undefined;
      do {
        const found = await client.list({ ...query, cursor } as PagesQuery<never, never>);
        yield* found.items as never[];
        cursor = found.next;
      } while (cursor);
    },

    site: () => ask("/api/v2/site/", { query: { site } }),

    images: (query) => listing("/api/v2/images/", { ...query }),

    documents: (query) => listing("/api/v2/documents/", { ...query }),

    async sync(cursor = "", query) {
      const found: Changes = { changes: [], cursor };
      for await (const part of client.changes(cursor, query)) {
        found.changes.push(...part.changes);
        found.cursor = part.cursor;
      }
      return found;
    },

    async *changes(cursor, query) {
      let from = cursor;
      let more = true;
      while (more) {
        const { meta, items } = await ask(
          "/api/v2/changes/",
          { query: { site, ...query, ...(from ? { cursor: from } : {}) } },
          { cache: "no-store" },
        );
        yield { changes: items, cursor: meta.next_cursor };
        from = meta.next_cursor;
        more = meta.more;
      }
    },

    preview: ({ contentType, token }) =>
      ask(
        "/api/v2/page_preview/",
        { query: { content_type: contentType } },
        // In a header, which nobody on the way writes down. A query may hold what no header can.
        { cache: "no-store", headers: { Authorization: `Bearer ${encodeURIComponent(token)}` } },
      ),

    review: (token) => reviewing(options, token),
  };
  return client;

  async function listing<Item>(
    path: "/api/v2/images/" | "/api/v2/documents/",
    query: Fields<string>,
  ): Promise<Listing<Item>> {
    const { meta, items } = await ask(path, {
      query: { ...query, fields: fieldsParameter(query.fields) },
    });
    return { total: meta.total_count, items: items as Item[] };
  }
}
