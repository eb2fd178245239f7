// Light, dark, or as the system has it.
import { keep, kept } from "../base/store";

export type Theme = "auto" | "light" | "dark";
export const THEMES: Theme[] = ["auto", "light", "dark"];

export function chosen_theme(): Theme {
  const found = kept("theme");
  return found === "light" || found === "dark" ? found : "auto";
}

export function choose_theme(theme: Theme): void {
  keep("theme", theme === "auto" ? null : theme);
  start_theme();
}

export function start_theme(): void {
  const theme = chosen_theme();
  if (theme === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}
