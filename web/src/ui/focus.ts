// Where the keyboard goes when something is wrong.

/** The first field that is marked wrong, in the middle of the window; otherwise what is given. */
export function focus_wrong(otherwise: HTMLElement | null = null): void {
  const found = document.querySelector<HTMLElement>("main [aria-invalid='true']") ?? otherwise;
  found?.focus();
  found?.scrollIntoView({ block: "center" });
}

/** The same, once the marks of this turn are on the page. */
export function focus_wrong_soon(): void {
  requestAnimationFrame(() => focus_wrong());
}
