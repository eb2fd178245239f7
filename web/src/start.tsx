// The application, once its parts have come (main.ts).
import { createRoot } from "react-dom/client";
import { keep_sending } from "./incident/queue";
import { App } from "./shell/app";
import { start_theme } from "./shell/theme";

start_theme();
keep_sending();
const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);

// Pages that were seen once open without a network, so that an incident can be reported. Never while developing, and only
// when the page that was asked for has come: what is kept for another day does not stand in its way.
function keep_pages(): void {
  void navigator.serviceWorker.register("/sw.js").catch(() => undefined);
}
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  if (document.readyState === "complete") keep_pages();
  else addEventListener("load", keep_pages, { once: true });
}
