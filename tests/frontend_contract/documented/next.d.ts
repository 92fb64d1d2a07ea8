// What docs/frontend.md takes from Next and React, as far as the compiler has to know.
declare module "next/navigation" {
  export function notFound(): never;
  export function permanentRedirect(location: string): never;
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
