// How long the service works, or took: shown while it does, so that waiting is never silent.
import { useEffect, useState } from "react";
import { useDesk } from "./language";

const TENTH = 100;

export function HowLong({ since, took }: { since: number | null; took: number | null }) {
  const { t } = useDesk();
  const [now, set_now] = useState(0);
  useEffect(() => {
    if (since === null) return;
    set_now(performance.now());
    const timer = setInterval(() => set_now(performance.now()), TENTH);
    return () => clearInterval(timer);
  }, [since]);
  const passed = since === null ? 0 : Math.max(0, now - since);
  return (
    <p className="how-long soft small number">
      {since !== null && <span className="spin" aria-hidden="true" />}
      <span role="status">{since !== null ? t("how_long.working") : took !== null ? t("how_long.took", { ms: Math.round(took) }) : ""}</span>
      {since !== null && <span aria-hidden="true"> {t("how_long.passed", { seconds: (passed / 1000).toFixed(1) })}</span>}
    </p>
  );
}
