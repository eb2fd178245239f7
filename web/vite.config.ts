import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

// The server allows no inline script and no data: script, so nothing is inlined. ANLAN_SERVER is for `npm run dev`.
const server = process.env["ANLAN_SERVER"] ?? "http://127.0.0.1:8443";

// Names of all built files, for the service worker that keeps them.
function list_assets(): Plugin {
  return {
    name: "list-assets",
    generateBundle(_, bundle) {
      const names = Object.keys(bundle).filter((name) => name.startsWith("assets/")).map((name) => `/${name}`).sort();
      this.emitFile({ type: "asset", fileName: "assets.json", source: JSON.stringify(names) });
    },
  };
}

// index.html names the application, so that the browser asks for it together with main.ts, which imports it.
function name_start(): Plugin {
  return {
    name: "name-start",
    transformIndexHtml: {
      order: "post",
      handler(_, { bundle }) {
        if (!bundle) return [];
        const start = Object.values(bundle).find((each) => each.type === "chunk" && each.moduleIds.some((id) => id.endsWith("/src/start.tsx")));
        if (start?.type !== "chunk") throw new Error("no file has src/start.tsx any more");
        return [start.fileName, ...start.imports.filter((file) => !(bundle[file]?.type === "chunk" && bundle[file].isEntry))].map((file) => ({ tag: "link", attrs: { rel: "modulepreload", crossorigin: true, href: `/${file}` }, injectTo: "head" }));
      },
    },
  };
}

export default defineConfig({
  plugins: [react(), list_assets(), name_start()],
  build: { target: "es2020", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy: { "/v1": server, "/openapi.json": server } },
});
