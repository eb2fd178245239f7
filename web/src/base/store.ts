// What this browser keeps: drafts, the theme, the language. A full or forbidden store never stops a page.
import { useCallback, useEffect, useRef, useState } from "react";

export function kept(key: string): string | null {
  try {
    return localStorage.getItem(`anlan.${key}`);
  } catch {
    return null;
  }
}

/** Whether it is kept: a store may be full, and a private window may have none. The page works, the draft is gone with it. */
export function is_kept(key: string, value: string | null): boolean {
  try {
    if (value === null) localStorage.removeItem(`anlan.${key}`);
    else localStorage.setItem(`anlan.${key}`, value);
    return true;
  } catch {
    return false;
  }
}

export function keep(key: string, value: string | null): void {
  is_kept(key, value);
}

export function kept_tree<T>(key: string, otherwise: T): T {
  const text = kept(key);
  if (text === null) return otherwise;
  try {
    return JSON.parse(text) as T;
  } catch {
    return otherwise;
  }
}

export interface Draft<T> {
  value: T;
  change: (part: Partial<T>) => void;
  clear: () => void;
  /** Whether it was there when the page opened. */
  restored: boolean;
  /** The last change could not be written down. */
  unkept: boolean;
}

/** A form's values, written down at every change, so that reload, crash and the end of a session lose nothing. */
export function useDraft<T extends object>(name: string, initial: T): Draft<T> {
  const key = `draft.${name}`;
  const first = useRef(initial);
  const [restored] = useState(() => kept(key) !== null);
  const [value, set_value] = useState<T>(() => ({ ...initial, ...kept_tree<Partial<T>>(key, {}) }));
  const [unkept, set_unkept] = useState(false);
  const touched = useRef(false);
  useEffect(() => {
    if (touched.current) set_unkept(!is_kept(key, JSON.stringify(value)));
  }, [key, value]);
  const change = useCallback((part: Partial<T>) => {
    touched.current = true;
    set_value((before) => ({ ...before, ...part }));
  }, []);
  const clear = useCallback(() => {
    touched.current = false;
    keep(key, null);
    set_unkept(false);
    set_value(first.current);
  }, [key]);
  return { value, change, clear, restored, unkept };
}
