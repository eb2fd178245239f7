// What `anlan serve` will do for the pages: dist/ with the fallback to index.html, the policy of contents, the API beside it.
import { createReadStream, existsSync, statSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { createGzip } from "node:zlib";

const KINDS = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".json": "application/json" };
export const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Answers with the port. `api` is "host:port" of anlan serve. */
export function serve(folder, api, port = 0) {
  const [host, api_port] = api.split(":");
  const server = http.createServer((asked, reply) => {
    const url = new URL(asked.url, "http://localhost");
    if (url.pathname.startsWith("/v1/") || url.pathname === "/v1" || url.pathname === "/openapi.json" || ["/health", "/ready", "/metrics", "/mcp"].includes(url.pathname)) {
      const passed = http.request({ host, port: api_port, path: asked.url, method: asked.method, headers: asked.headers }, (answer) => {
        reply.writeHead(answer.statusCode, answer.headers);
        answer.pipe(reply);
      });
      passed.on("error", () => reply.headersSent ? reply.destroy() : reply.writeHead(502).end());
      asked.pipe(passed);
      return;
    }
    let file = path.join(folder, path.normalize(url.pathname));
    const there = file.startsWith(folder) && existsSync(file) && statSync(file).isFile();
    if (!there) {
      if (path.extname(url.pathname) !== "") return void reply.writeHead(404).end();
      file = path.join(folder, "index.html");
    }
    const squeezed = /\bgzip\b/.test(asked.headers["accept-encoding"] ?? "");
    reply.writeHead(200, {
      ...(squeezed ? { "Content-Encoding": "gzip" } : {}),
      "Content-Type": KINDS[path.extname(file)] ?? "application/octet-stream",
      "Content-Security-Policy": POLICY,
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      "Cache-Control": url.pathname.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
    });
    const bytes = createReadStream(file);
    (squeezed ? bytes.pipe(createGzip()) : bytes).pipe(reply);
  });
  return new Promise((done) => server.listen(port, "127.0.0.1", () => done(server)));
}
