import node from "@astrojs/node";
import { defineConfig } from "astro/config";

export default defineConfig({
  output: "server",
  // Nothing but the newsroom's calls and reviewers' comments has a body, and those are short.
  adapter: node({ mode: "standalone", bodySizeLimit: 200_000 }),
  // Ours (`lib/sender.ts`) knows forms of pages that tell no referrer, and https in front of the site.
  security: { checkOrigin: false },
  // Nothing is kept of readers.
  session: { driver: "null" },
  devToolbar: { enabled: false },
  // All that a page needs to be read comes with it.
  build: { inlineStylesheets: "always" },
  vite: {
    // What is built runs without `node_modules`.
    ssr: { noExternal: true },
  },
});
