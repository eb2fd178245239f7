// The first that runs: it asks for the texts and for the application at once, so that neither waits for the other on a slow
// line. index.html names the application beforehand (vite.config.ts).
import "./ui/tokens.css";
import "./ui/parts.css";
import "./ui/pages.css";
import "./shell/shell.css";
import { load_locale } from "./base/locale";

const named = /^\/(zh|en)(?:\/|$)/.exec(location.pathname)?.[1];
if (named === "zh" || named === "en") void load_locale(named);
void import("./start");
