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

export default defineConfig({
  plugins: [react(), list_assets()],
  build: { target: "es2020", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy: { "/v1": server, "/openapi.json": server } },
});
