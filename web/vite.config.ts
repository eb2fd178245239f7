import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The server allows no inline script and no data: script, so nothing is inlined. ANLAN_SERVER is for `npm run dev`.
const server = process.env["ANLAN_SERVER"] ?? "http://127.0.0.1:8443";

export default defineConfig({
  plugins: [react()],
  build: { target: "es2020", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy: { "/v1": server, "/openapi.json": server } },
});
