// The session ends soon: said a minute ahead, with a button that keeps it. Drafts are kept either way.
import { useEffect, useState } from "react";
import { ending, type Ending } from "../api/ends";
import { useSession } from "../api/session";
import { useLanguage } from "../base/i18n";
import { Button } from "../ui/parts";

const OFTEN = 1000;

export function SessionEnd() {
  const { t } = useLanguage();
  const { state, ask_again } = useSession();
  const [end, set_end] = useState<Ending>("far");
  useEffect(() => {
    if (state !== "somebody") return set_end("far");
    const timer = setInterval(() => set_end(ending()), OFTEN);
    return () => clearInterval(timer);
  }, [state]);
  useEffect(() => {
    // Whoever asks now is told that it is over; the sign-in then stands in place of the page.
    if (end === "over") ask_again();
  }, [end, ask_again]);
  return (
    <div role="alert">
      {end === "soon" && (
        <div className="bar bar-soon">
          <span>{t("session.soon")}</span>
          <Button kind="plain" onClick={ask_again}>
            {t("session.stay")}
          </Button>
        </div>
      )}
    </div>
  );
}
