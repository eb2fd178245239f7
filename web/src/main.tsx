import { createRoot } from "react-dom/client";
import { keep_sending } from "./incident/queue";
import { App } from "./shell/app";
import { start_theme } from "./shell/theme";
import "./ui/tokens.css";
import "./ui/parts.css";
import "./ui/pages.css";
import "./shell/shell.css";

start_theme();
keep_sending();
const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);

// Pages that were seen once open without a network, so that an incident can be reported. Never while developing.
if (import.meta.env.PROD && "serviceWorker" in navigator) void navigator.serviceWorker.register("/sw.js").catch(() => undefined);
