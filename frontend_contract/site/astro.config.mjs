import node from "@astrojs/node";
import { defineConfig } from "astro/config";

export default defineConfig({
  output: "server",
  adapter: node({ mode: "standalone" }),
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
