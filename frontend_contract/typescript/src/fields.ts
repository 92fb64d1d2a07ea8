import type { DocumentItem, ImageItem, operations, Page } from "./contract.js";

/** What switches between types of pages: `"press_release"`, `"fact_sheet"`, … */
export type PageType = Page["type"];

/** The page of a type, or of several. */
export type PageOf<Type extends PageType> = Extract<Page, { type: Type }>;

/** What `fields` takes of a document: names of its members and of those of its `meta`. */
export type NameIn<Doc> = Doc extends { meta: infer Meta }
  ? Extract<Exclude<keyof Doc, "meta"> | keyof Meta, string>
  : never;

/** The part of a document that `fields` asks for, and its `type`, which is always asked for. */
export type Picked<Doc, Name extends string> = Doc extends { meta: infer Meta }
  ? Tidy<
      Pick<Doc, Extract<Exclude<keyof Doc, "meta">, Name | "type">> & {
        meta: Tidy<Pick<Meta, Extract<keyof Meta, Name | "type">>>;
      }
    >
  : never;

type Tidy<T> = { [Name in keyof T]: T[Name] };

/** Names that a listing of some types of pages can be asked for; `"*"` alone is all of them. */
export type PageField<Type extends PageType> =
  | Extract<NameIn<PageOf<Type>>, Listable<"list_pages">>
  | "*";

/** The same of pictures. */
export type ImageField = Extract<NameIn<ImageItem>, Listable<"list_images">> | "*";

/** The same of files. */
export type DocumentField = Extract<NameIn<DocumentItem>, Listable<"list_documents">> | "*";

/** Names that some type of page has: what lies at a path may be of any, and gives those it has. */
export type AnyField = NameIn<Page>;

type Listable<Operation extends Listing> = Extract<
  NonNullable<Query<Operation>["fields"]>,
  readonly unknown[]
>[number];

type Listing = "list_pages" | "list_images" | "list_documents";

/** What an operation takes in the query. */
export type Query<Operation extends keyof operations> = NonNullable<
  operations[Operation]["parameters"]["query"]
>;

/** An item of a listing of pages: what `fields` asks for, or what listings have by default. */
export type PageItem<Type extends PageType, Field extends string> = Item<
  PageOf<Type>,
  Field,
  Listable<"list_pages">,
  "id" | "uuid" | "title" | "detail_url" | "html_url" | "slug" | "first_published_at" | "locale"
>;

/** The same of pictures and files. */
export type FileItem<Doc, Field extends string> = Item<
  Doc,
  Field,
  NameIn<Doc>,
  "id" | "title" | "detail_url" | "tags" | "download_url"
>;

type Item<Doc, Field extends string, All extends string, Default extends string> = [
  Field,
] extends [never]
  ? Picked<Doc, Default>
  : Picked<Doc, "*" extends Field ? All : Field>;

/** The parameter for exactly these fields and `type`; undefined for what the API answers unasked. */
export function fieldsParameter(fields: readonly string[] | undefined): string[] | undefined {
  if (!fields?.length) return undefined;
  return fields.includes("*") ? ["*"] : ["_", ...new Set(["type", ...fields])];
}
