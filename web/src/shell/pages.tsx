// Which page an address shows. Pages behind the sign-in are loaded when they are first needed.
import { lazy, Suspense, type ComponentType } from "react";
import { at_desk, match, useRouter } from "../base/router";
import { Waiting } from "../ui/parts";
import { ApiError } from "../api/client";
import { useLanguage } from "../base/i18n";
import { Page } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { ForAnybody } from "./for_anybody";
import { Guard } from "./guard";
import { HomePage } from "./home_page";
import { NotFoundPage } from "./not_found_page";
import { SignedIn, SignInPage } from "./sign_in_page";

type PageProps = { id: string };

interface Route {
  pattern: string;
  page: ComponentType<PageProps>;
  open?: true | "server"; // for anybody, or for anybody where the server is open
}

const ROUTES: Route[] = [
  { pattern: "", page: HomePage, open: true },
  { pattern: "sign-in", page: SignInPage, open: true },
  { pattern: "incident", page: lazy(() => import("../incident/report_page")), open: true },
  { pattern: "price", page: lazy(() => import("../quote/price_page")), open: "server" },
  { pattern: "shared", page: lazy(() => import("../quote/shared_page")), open: true },
  { pattern: "covered/:id", page: lazy(() => import("../quote/covered_page")), open: "server" },
  { pattern: "companies/new", page: lazy(() => import("../quote/company_form_page")) },
  { pattern: "company/:id", page: lazy(() => import("../quote/company_page")) },
  { pattern: "company/:id/questions", page: lazy(() => import("../quote/questions_page")) },
  { pattern: "company/:id/quote", page: lazy(() => import("../quote/ask_quote_page")) },
  { pattern: "quote/:id", page: lazy(() => import("../quote/quote_page")) },
  { pattern: "quote/:id/clauses", page: lazy(() => import("../quote/clauses_page")) },
  { pattern: "policies", page: lazy(() => import("../policy/policies_page")) },
  { pattern: "policy/:id", page: lazy(() => import("../policy/policy_page")) },
  { pattern: "policy/:id/pay", page: lazy(() => import("../policy/pay_page")) },
  { pattern: "policy/:id/history", page: lazy(() => import("../policy/history_page")) },
  { pattern: "policy/:id/renew", page: lazy(() => import("../policy/renew_page")) },
  { pattern: "policy/:id/leave", page: lazy(() => import("../policy/leave_page")) },
  { pattern: "check", page: lazy(() => import("../policy/check_page")), open: "server" },
  { pattern: "protection", page: lazy(() => import("../protect/orders_page")) },
  { pattern: "protection/:id", page: lazy(() => import("../protect/order_page")) },
  { pattern: "claims", page: lazy(() => import("../claim/claims_page")) },
  { pattern: "claim/:id", page: lazy(() => import("../claim/claim_page")) },
  { pattern: "incident/:id", page: lazy(() => import("../incident/incident_page")) },
];

const Desk = lazy(() => import("../desk/desk"));

export function Pages() {
  const { place } = useRouter();
  if (at_desk(place)) {
    return (
      <Guard key={place.path} shown={(fault) => <Broken fault={fault} />}>
        <Suspense fallback={<Waiting />}>
          <SignedIn>
            <Desk />
          </SignedIn>
        </Suspense>
      </Guard>
    );
  }
  for (const route of ROUTES) {
    const found = match(route.pattern, place.path);
    if (!found) continue;
    const Shown = route.page;
    const page = <Shown key={place.path} id={found["id"] ?? ""} />;
    return (
      <Guard key={place.path} shown={(fault) => <Broken fault={fault} />}>
        <Suspense fallback={<Waiting />}>{route.open === true ? page : route.open ? <ForAnybody>{page}</ForAnybody> : <SignedIn>{page}</SignedIn>}</Suspense>
      </Guard>
    );
  }
  return <NotFoundPage />;
}

function Broken({ fault }: { fault: Error }) {
  const { t } = useLanguage();
  return (
    <Page title={t("error.title")}>
      <Trouble trouble={new ApiError(500, { code: "page", rule: fault.message }, "")} again={() => location.reload()} />
    </Page>
  );
}
