// Copies a text and says so; where the browser forbids it, nothing is claimed.
import { useState } from "react";
import { useLanguage } from "../base/i18n";
import { Button } from "../ui/parts";

export function CopyButton({ text }: { text: string }) {
  const { t } = useLanguage();
  const [state, set_state] = useState<"" | "done" | "failed">("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      set_state("done");
    } catch {
      set_state("failed");
    }
  };
  return (
    <span className="copy">
      <Button kind="quiet" onClick={() => void copy()}>
        {t("life.copy")}
      </Button>
      <span role="status" className={`small ${state === "failed" ? "wrong" : "hint-good"}`}>
        {state === "" ? "" : t(state === "done" ? "life.copied" : "life.copy_failed")}
      </span>
    </span>
  );
}
