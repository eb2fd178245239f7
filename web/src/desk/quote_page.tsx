// A quote at the desk: why it was referred, what it rests on, and the decision.
import { Link } from "../base/router";
import { Page, Waiting } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { useCompanies, useReply } from "./api";
import { Decide } from "./decide";
import type { DeskPageProps } from "./desk";
import { useDesk } from "./language";
import { ShareLink } from "./share_link";
import { can_try, WhatIf } from "./what_if";
import { Decisions, Findings, Loss, Precedents, PriceWalk, Reasons, Terms } from "./quote_parts";

export default function QuotePage({ id, may }: DeskPageProps) {
  const { t, lang } = useDesk();
  const quote = useReply("quote_show", { quote: id });
  const refer = useReply("quote_refer", { quote: id });
  const products = useReply("product_list", { limit: 1000 });
  const company = useCompanies();
  const back = { to: "desk/quotes", text: t("desk.quotes") };
  const trouble = quote.error ?? refer.error;
  if (trouble) {
    return (
      <Page title={t("quote.title")} back={back} desk>
        <Trouble trouble={trouble} again={quote.again} />
      </Page>
    );
  }
  if (!quote.data || !refer.data) return <Waiting />;
  const shown = quote.data;
  const { state } = refer.data;
  const product = products.data?.items.find((each) => each.id === shown.product)?.[lang] ?? shown.product;
  const again = () => {
    quote.again();
    refer.again();
  };
  const lead = (
    <>
      <Link to={`desk/company/${shown.enterprise}`}>{company(shown.enterprise)}</Link> · {product}
    </>
  );
  return (
    <Page title={`${t("quote.title")} ${id}`} lead={lead} back={back} desk>
      <div className="desk-two">
        <div className="group">
          <Findings quote={shown} />
          {state === "referred" && may.has("quote_decide") && <Decide quote={id} done={again} />}
          <PriceWalk quote={shown} />
        </div>
        <div className="group">
          <Terms quote={shown} state={state} />
          <Decisions refer={refer.data} />
          <Precedents refer={refer.data} />
        </div>
      </div>
      {may.has("share_make") && <ShareLink of={{ quote: id }} />}
      {can_try(may) && <WhatIf quote={shown} />}
      <Loss quote={shown} />
      <Reasons quote={shown} />
    </Page>
  );
}
