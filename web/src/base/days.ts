// Days and moments, the way the language writes them. Cover runs on Beijing time, and that is said.
import type { Lang } from "./i18n";

const ZONE = "Asia/Shanghai";

function locale(lang: Lang): string {
  return lang === "zh" ? "zh-CN" : "en-GB";
}

/** "2026-03-01" or a moment: 2026年3月1日, 1 March 2026. */
export function day_text(value: string, lang: Lang): string {
  const date = new Date(/^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T12:00:00+08:00` : value);
  if (Number.isNaN(date.getTime())) return value;
  return new Intl.DateTimeFormat(locale(lang), { timeZone: ZONE, year: "numeric", month: "long", day: "numeric" }).format(date);
}

/** 2026年3月9日 08:20, in Beijing. */
export function moment_text(value: string, lang: Lang): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return value;
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hour12: false }).format(date);
  return `${day_text(value, lang)} ${time}`;
}

/** Today in Beijing, moved by so many days: "2026-03-01". */
export function beijing_day(ahead = 0, from = Date.now()): string {
  const shifted = new Date(from + 8 * 3_600_000 + ahead * 86_400_000);
  return shifted.toISOString().slice(0, 10);
}

/** A moment as the API takes it, with the offset of Beijing. */
export function beijing_moment(from = Date.now()): string {
  return new Date(from + 8 * 3_600_000).toISOString().slice(0, 19) + "+08:00";
}

/** Whole days from a moment until now. Negative: the moment lies ahead of this clock. */
export function days_since(value: string, now = Date.now()): number {
  return Math.floor((now - new Date(value).getTime()) / 86_400_000);
}
