// Keeps the pages themselves, never what the service says: /v1 always goes to the network.
const STORE = "anlan-pages";
const AWAY = [502, 503, 504]; // said by what stands before the service while that is down

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const store = await caches.open(STORE);
      const list = await (await fetch("/assets.json", { cache: "no-cache" })).json();
      await store.addAll(["/index.html", "/mark.svg", ...list]);
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const store = await caches.open(STORE);
      const list = await fetch("/assets.json", { cache: "no-cache" }).then((reply) => reply.json()).catch(() => null);
      if (list) {
        const wanted = new Set(["/index.html", "/mark.svg", ...list]);
        for (const request of await store.keys()) if (!wanted.has(new URL(request.url).pathname)) await store.delete(request);
      }
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || url.pathname.startsWith("/v1/") || url.pathname === "/openapi.json") return;
  if (request.mode === "navigate") {
    event.respondWith(
      (async () => {
        const reply = await fetch(request).catch(() => null);
        if (reply && !AWAY.includes(reply.status)) return reply;
        return (await caches.match("/index.html")) ?? reply ?? Response.error();
      })(),
    );
    return;
  }
  if (url.pathname.startsWith("/assets/")) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  }
});
