// Which policies end soon, by the time of the house. No page, so that it is tested alone.
import { beijing_day } from "../../base/days";

export const WINDOWS = [7, 30, 60, 90] as const;
export type Window = (typeof WINDOWS)[number];

const DAY = 86_400_000;
/** Whole days of Beijing's calendar from now until a policy ends; negative: it has ended. */
export function days_left(until: string, now: number): number {
  const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
  return Math.round((day(beijing_day(0, Date.parse(until))) - day(beijing_day(0, now))) / DAY);
}

/** The narrowest window that a policy ends in; null: later, or ended. */
export function window_of(until: string, now: number): Window | null {
  const left = days_left(until, now);
  return left < 0 ? null : (WINDOWS.find((each) => left <= each) ?? null);
}
