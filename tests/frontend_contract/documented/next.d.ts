// What docs/frontend.md takes from Next and React, as far as the compiler has to know.
declare module "next/navigation" {
  export function notFound(): never;
  export function redirect(location: string): never;
}

declare module "next/cache" {
  export function cacheLife(profile: "max"): void;
  export function cacheTag(...tags: string[]): void;
  export function revalidateTag(tag: string, profile: { expire: number }): void;
}

declare module "next/headers" {
  export function draftMode(): Promise<{ isEnabled: boolean; enable(): void }>;
}

declare module "next/server" {
  export type NextRequest = Request & { nextUrl: URL };
  export class NextResponse extends Response {
    static redirect(location: URL, status: number): NextResponse;
    static rewrite(location: URL, answer: ResponseInit): NextResponse;
  }
}

declare module "react" {
  export const Suspense: (found: { children: unknown }) => unknown;
}

declare module "standardwebhooks" {
  export class Webhook {
    constructor(secret: string);
    verify(body: string, headers: Record<string, string>): unknown;
  }
}

declare module "@portabletext/react" {
  type Component = (found: { value: { href: string }; children: unknown }) => unknown;
  export interface PortableTextComponents {
    marks: Record<string, Component>;
  }
  export function PortableText(found: { value: unknown; components: PortableTextComponents }): unknown;
}

declare namespace JSX {
  interface IntrinsicAttributes {
    key?: string;
  }
  type ElementType = string | ((properties: any) => unknown);
  interface ElementChildrenAttribute {
    children: object;
  }
  interface IntrinsicElements {
    [name: string]: object;
  }
}

declare const React: { createElement: unknown; Fragment: unknown };
declare const process: { env: Record<string, string | undefined> };
