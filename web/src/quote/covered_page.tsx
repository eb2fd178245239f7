// What is covered, on one screen: the limits, what is not paid, what to remember; then every clause.
import { useReply } from "../api/use_reply";
import type { ReplyOf } from "../api/client";
import { useLanguage } from "../base/i18n";
import { money_short, type Money } from "../base/money";
import type { Key } from "../locales/zh";
import { ButtonLink, Card, Page, Waiting } from "../ui/parts";
import { Trouble } from "../ui/trouble";

type Wording = ReplyOf<"wording_show">;
type Term = Wording["terms"][number];

const SHOWN_EXCLUSIONS = 5;

function limit_of(wording: Wording, cover: Wording["covers"][number]): Term | undefined {
  return wording.terms.find((term) => /\.sublimit_(occ|agg)$/.test(term.path) && cover.clauses.includes(term.clause));
}

export default function CoveredPage({ id }: { id: string }) {
  const { t, lang } = useLanguage();
  const products = useReply("product_list", { limit: 1000 });
  const product = products.data?.items.find((each) => each.id === id);
  const wording = useReply("wording_show", product ? { wording: product.wording, clauses: true } : null);
  const trouble = products.error ?? wording.error;
  if (trouble) {
    return (
      <Page title={t("covered.title")}>
        <Trouble trouble={trouble} again={products.again} />
      </Page>
    );
  }
  if (products.data && !product) {
    return (
      <Page title={t("error.not_there")} lead={id}>
        <ButtonLink to="price">{t("menu.price")}</ButtonLink>
      </Page>
    );
  }
  if (!product || !wording.data) return <Waiting />;
  const shown = wording.data;
  const currency = product.premium.currency;
  const exclusions = shown.clauses.filter((clause) => clause.kind === "exclusion");
  return (
    <Page title={t("covered.title")} lead={product[lang]}>
      <Limits wording={shown} currency={currency} />
      <Card title={t("covered.not")} tone="warn">
        <ul className="plain">
          {exclusions.slice(0, SHOWN_EXCLUSIONS).map((clause) => (
            <li key={clause.ref}>{clause[lang]}</li>
          ))}
        </ul>
        {exclusions.length > SHOWN_EXCLUSIONS && (
          <details className="more">
            <summary>{t("covered.not_more", { count: exclusions.length })}</summary>
            <ul className="plain">
              {exclusions.slice(SHOWN_EXCLUSIONS).map((clause) => (
                <li key={clause.ref}>{clause[lang]}</li>
              ))}
            </ul>
          </details>
        )}
      </Card>
      <Duties wording={shown} />
      <NotBought wording={shown} />
      <Card>
        <details className="more">
          <summary>{t("covered.all_clauses")}</summary>
          <p className="soft">
            {shown.title} · {t("covered.version", { version: shown.version })}
          </p>
          <ol className="clauses">
            {shown.clauses.map((clause) => (
              <li key={clause.ref}>
                <span className="ref">{clause.ref}</span>
                <p>{clause.exemption ? <strong>{clause[lang]}</strong> : clause[lang]}</p>
              </li>
            ))}
          </ol>
        </details>
      </Card>
      <div className="actions">
        <ButtonLink to={`price?product=${id}`}>{t("covered.price")}</ButtonLink>
      </div>
    </Page>
  );
}

function Limits({ wording, currency }: { wording: Wording; currency: string }) {
  const { t } = useLanguage();
  const money = (value: number): Money => ({ amount: value, currency });
  const total = wording.terms.find((term) => term.path === "policy.aggregate_limit");
  const waiting = wording.terms.find((term) => term.path.endsWith("waiting_hours"));
  const deductible = wording.terms.find((term) => /(retention|deductible)(_occ)?$/.test(term.path));
  const covers = wording.covers.filter((cover) => cover.status !== "not_mentioned" && cover.status !== "excluded");
  const shared = (term: Term) => term.path.includes("groups");
  return (
    <Card>
      {total && (
        <div className="big">
          <p className="soft">{t("covered.total")}</p>
          <p className="big-number money">{money_short(money(total.value))}</p>
        </div>
      )}
      <h2>{t("covered.each")}</h2>
      <ul className="covers">
        {covers.map((cover) => {
          const term = limit_of(wording, cover);
          const name = `cover.${cover.cover}` as Key;
          return (
            <li key={cover.cover}>
              <span>
                {t(name)}
                {(cover.status === "conditional" || cover.status === "nominal_only") && <span className="soft small"> · {t("covered.conditional")}</span>}
              </span>
              <span className="covers-limit money">
                {term ? money_short(money(term.value)) : t("covered.no_own_limit")}
                {term && (
                  <span className="soft small">
                    {t(term.path.endsWith("_occ") ? "covered.per_incident" : "covered.per_year")}
                    {shared(term) && ` · ${t("covered.shared")}`}
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      <p className="note">
        {waiting ? t("covered.waiting_hours", { hours: waiting.value }) : deductible ? "" : t("covered.waiting_none")}
        {deductible ? `${waiting ? " " : ""}${t("covered.deductible")} ${money_short(money(deductible.value))}` : ""}
      </p>
    </Card>
  );
}

function Duties({ wording }: { wording: Wording }) {
  const { t, lang } = useLanguage();
  const notice = wording.terms.find((term) => term.path === "late_notice.hours");
  const conditions = wording.clauses.filter((clause) => clause.kind === "condition" && clause.exemption);
  if (!notice && conditions.length === 0) return null;
  return (
    <Card title={t("covered.duty")}>
      <ul className="plain">
        {notice && <li>{t("covered.notice_hours", { hours: notice.value })}</li>}
        {conditions.map((clause) => (
          <li key={clause.ref}>{clause[lang]}</li>
        ))}
      </ul>
    </Card>
  );
}

function NotBought({ wording }: { wording: Wording }) {
  const { t } = useLanguage();
  const missing = wording.covers.filter((cover) => cover.status === "not_mentioned" || cover.status === "excluded");
  if (missing.length === 0) return null;
  return (
    <Card title={t("covered.not_bought")}>
      <ul className="chips">
        {missing.map((cover) => (
          <li key={cover.cover}>{t(`cover.${cover.cover}` as Key)}</li>
        ))}
      </ul>
    </Card>
  );
}
