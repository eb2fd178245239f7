import { createRoot } from "react-dom/client";
import { App } from "./shell/app";
import { start_theme } from "./shell/theme";
import "./ui/tokens.css";
import "./ui/parts.css";
import "./shell/shell.css";

start_theme();
const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
