// What a step of a settlement is about, in words.
import { cover_name, cover_of } from "../claim/cover_name";
import type { DeskLanguage } from "./language";

/** A head of loss ("FP.EXT.RANSOM") or a group has a short name of its own, or that of its cover; nothing is the whole incident. */
export function head_name({ t, word }: Pick<DeskLanguage, "t" | "word">, head: string): string {
  if (head === "") return t("files.whole");
  const short = word("short", head);
  if (short !== head) return short;
  const named = cover_name(t, head);
  return named === head || cover_of(head) === head ? named : `${named} (${head})`;
}
