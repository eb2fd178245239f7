// Which page of the desk an address shows.
import { lazy, type ComponentType } from "react";
import { match, useRouter } from "../base/router";
import { NotFoundPage } from "../shell/not_found_page";
import { Page, Waiting } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { useMay } from "./api";
import { useDesk } from "./language";
import { StartPage } from "./start_page";
import "./desk.css";

export interface DeskPageProps {
  id: string;
  may: Set<string>;
}

const ROUTES: { pattern: string; page: ComponentType<DeskPageProps> }[] = [
  { pattern: "desk", page: StartPage },
  { pattern: "desk/referrals", page: lazy(() => import("./quotes_page").then((found) => ({ default: found.ReferralsPage }))) },
  { pattern: "desk/quotes", page: lazy(() => import("./quotes_page")) },
  { pattern: "desk/quote/:id", page: lazy(() => import("./quote_page")) },
  { pattern: "desk/companies", page: lazy(() => import("./companies_page")) },
  { pattern: "desk/company/:id", page: lazy(() => import("./company_page")) },
  { pattern: "desk/incidents", page: lazy(() => import("./incidents_page")) },
  { pattern: "desk/file/:id", page: lazy(() => import("./file_page")) },
  { pattern: "desk/pipeline", page: lazy(() => import("./broker/pipeline_page")) },
  { pattern: "desk/renewals", page: lazy(() => import("./broker/renewals_page")) },
  { pattern: "desk/comparison", page: lazy(() => import("./broker/comparison_page")) },
  { pattern: "desk/same-incident", page: lazy(() => import("./broker/incident_page")) },
  { pattern: "desk/options", page: lazy(() => import("./broker/options_page")) },
  { pattern: "desk/tower", page: lazy(() => import("./broker/tower_page")) },
  { pattern: "desk/bulk", page: lazy(() => import("./broker/bulk_page")) },
  { pattern: "desk/shares", page: lazy(() => import("./shares_page")) },
  { pattern: "desk/journal", page: lazy(() => import("./journal_page")) },
  { pattern: "desk/journal/:id", page: lazy(() => import("./journal_page").then((found) => ({ default: found.RecordPage }))) },
  { pattern: "desk/sales", page: lazy(() => import("./sales_page")) },
  { pattern: "desk/sale/:id", page: lazy(() => import("./sales_page").then((found) => ({ default: found.SalePage }))) },
  { pattern: "desk/again", page: lazy(() => import("./again")) },
  { pattern: "desk/subsidy", page: lazy(() => import("./subsidy_page")) },
  { pattern: "desk/subsidy/:id", page: lazy(() => import("./subsidy_page").then((found) => ({ default: found.SubsidyPolicyPage }))) },
  { pattern: "desk/statement", page: lazy(() => import("./statement_page")) },
  { pattern: "desk/system", page: lazy(() => import("./system_page")) },
  { pattern: "desk/people", page: lazy(() => import("./people_page")) },
  { pattern: "desk/wordings", page: lazy(() => import("./wordings_page")) },
  { pattern: "desk/wordings/draft", page: lazy(() => import("./draft_page")) },
  { pattern: "desk/wording/:id", page: lazy(() => import("./wording_page")) },
  { pattern: "desk/deliveries", page: lazy(() => import("./deliveries_page")) },
  { pattern: "desk/delivery/:id", page: lazy(() => import("./delivery_page")) },
  { pattern: "desk/jobs", page: lazy(() => import("./jobs_page")) },
  { pattern: "desk/keys", page: lazy(() => import("./keys_page")) },
];

export default function Desk() {
  const { t } = useDesk();
  const { place } = useRouter();
  const may = useMay();
  if (may.error) {
    return (
      <Page title={t("desk.start")} desk>
        <Trouble trouble={may.error} again={may.again} />
      </Page>
    );
  }
  if (!may.data) return <Waiting />;
  for (const route of ROUTES) {
    const found = match(route.pattern, place.path);
    if (!found) continue;
    const Shown = route.page;
    return <Shown id={found["id"] ?? ""} may={may.data} />;
  }
  return <NotFoundPage />;
}
