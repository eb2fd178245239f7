// What an owner can do with a policy, with how it stands at each.
import { useLanguage } from "../base/i18n";
import { Link } from "../base/router";
import type { Key } from "../locales/zh";
import { Badge } from "../ui/parts";
import { arrival } from "./arrival";
import { is_running, type Policy } from "./with_policy";

export function Ways({ policy }: { policy: Policy }) {
  const { t } = useLanguage();
  const own = arrival(policy.customer_due, policy.customer_paid);
  const running = is_running(policy);
  const ways: { to: string; title: Key; text: Key }[] = [
    { to: "pay", title: "ways.pay", text: "ways.pay_text" },
    { to: "history", title: "ways.history", text: "ways.history_text" },
    ...(running ? [{ to: "renew", title: "ways.renew", text: "ways.renew_text" } as const] : []),
    running ? { to: "leave", title: "ways.leave", text: "ways.leave_text" } : { to: "leave", title: "ways.ended", text: "ways.ended_text" },
  ];
  return (
    <section className="group">
      <h2>{t("ways.title")}</h2>
      <ul className="list">
        {ways.map((way) => (
          <li key={way.to}>
            <Link className="entry" to={`policy/${policy.id}/${way.to}`}>
              <strong>{t(way.title)}</strong>
              <span className="soft">{t(way.text)}</span>
              {way.to === "pay" && own !== "nothing" && <Badge tone={own === "all" ? "good" : "warn"}>{t(`pay.state_${own}`)}</Badge>}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
