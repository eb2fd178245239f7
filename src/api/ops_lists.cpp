// Lists: what there is of companies, orders, quotes, policies, incidents and claims in the house,
// and of products and packages in the data. Views: they read, and change nothing.
#include <algorithm>
#include <optional>

#include "api/ops_subsidy.h"
#include "api/render.h"
#include "api/row_window.h"
#include "house/offer.h"
#include "house/views.h"
#include "protection/posture.h"

namespace anlan::api {

namespace {

using namespace domain;

// One table with its JSON list; says so when nothing is there.
class Listing {
 public:
  Listing(Session& session, const std::vector<Column>& columns) : session_(session) {
    table_.columns = columns;
    json_ = Node::list();
  }

  // Whether the row with this id will be shown; to be asked for each, in order.
  template <class Tag>
  bool wants(Id<Tag> id) {
    RowWindow* const window = session_.options().window;
    return !window || window->wants(to_text(id));
  }

  void add(std::vector<std::string> cells, Node json) {
    table_.rows.push_back(std::move(cells));
    json_.items.push_back(std::move(json));
  }

  Reply take() {
    Reply reply;
    const std::size_t count = table_.rows.size();
    reply.brief.push_back(
        session_.say(count == 0 ? "list.none" : "list.count", {{"count", std::to_string(count)}}));
    if (count > 0) reply.document.table(std::move(table_));
    reply.document.paragraph(reply.brief.back());
    reply.json = std::move(json_);
    return reply;
  }

 private:
  Session& session_;
  Table table_;
  Node json_;
};

Column column(Session& session, std::string_view key, Align align = Align::kLeft) {
  return {.title = session.say("list." + std::string(key)), .align = align};
}

// The company that the list is asked about; 0: of all. Refuses one that is not there.
Result<EnterpriseId> asked_company(NodeReader& options, const house::House& house) {
  if (!options.has("enterprise")) return EnterpriseId{};
  const auto id = options.id<EnterpriseTag>("enterprise");
  if (options.refused()) return options.report().refusal();
  if (!house::find_enterprise(house, id)) return not_found("enterprise", to_text(id));
  return id;
}

bool is_asked(EnterpriseId asked, EnterpriseId of) { return !asked.exists() || asked == of; }

Result<Reply> enterprises(Session& session, NodeReader&) {
  ANLAN_TRY(const house::House* house, session.house());
  Listing list(session, {column(session, "id"), column(session, "enterprise"),
                         column(session, "credit_code"), column(session, "quotes", Align::kRight),
                         column(session, "policies", Align::kRight)});
  for (const auto& [id, file] : house->enterprises) {
    if (!list.wants(id)) continue;
    Node json = Node::table();
    json.add("id", to_node(id));
    json.add("legal_name", to_node(file.enterprise.legal_name));
    json.add("credit_code", to_node(file.enterprise.credit_code));
    json.add("quotes", to_node(file.quotes));
    json.add("policies", to_node(file.policies));
    list.add({to_text(id), file.enterprise.legal_name, file.enterprise.credit_code,
              std::to_string(file.quotes.size()), std::to_string(file.policies.size())},
             std::move(json));
  }
  return list.take();
}

Result<Reply> orders(Session& session, NodeReader& options) {
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const EnterpriseId asked, asked_company(options, *house));
  ANLAN_TRY(const Instant now, session.now());
  Listing list(session, {column(session, "id"), column(session, "enterprise"),
                         column(session, "package"), column(session, "from"),
                         column(session, "state"), column(session, "price", Align::kRight)});
  for (const auto& [id, file] : house->orders) {
    if (!is_asked(asked, file.order.enterprise) || !list.wants(id)) continue;
    const OrderState state =
        protection::order_state(file.order, file.observations, now, house->offset());
    Node json = Node::table();
    json.add("id", to_node(id));
    json.add("enterprise", to_node(file.order.enterprise));
    json.add("company", Node::string(company_name(*house, file.order.enterprise)));
    json.add("package", to_node(file.order.package));
    json.add("from", to_node(file.order.from));
    json.add("until", to_node(file.order.until));
    json.add("state", to_node(state));
    json.add("price", to_node(file.order.price));
    json.add("paid", to_node(file.paid));
    list.add({to_text(id), company_name(*house, file.order.enterprise),
              package_name(session, file.order.package), to_text(file.order.from),
              word(session, "order_state", state), to_grouped(file.order.price)},
             std::move(json));
  }
  return list.take();
}

Result<Reply> quotes(Session& session, NodeReader& options) {
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const EnterpriseId asked, asked_company(options, *house));
  ANLAN_TRY(const Instant now, session.now());
  const Date today = date_of(now, house->offset());
  std::optional<QuoteState> of_state;
  if (options.has("state")) of_state = options.choice<QuoteState>("state");
  if (options.refused()) return options.report().refusal();
  Listing list(session, {column(session, "id"), column(session, "enterprise"),
                         column(session, "product"), column(session, "valid_until"),
                         column(session, "state"), column(session, "premium", Align::kRight)});
  for (const auto& [id, file] : house->quotes) {
    if (!is_asked(asked, file.quote.enterprise)) continue;
    const QuoteState state = house::quote_state(file, today);
    if ((of_state && state != *of_state) || !list.wants(id)) continue;
    const Quote quote = house::offered(file);
    // The premium of a declined risk is no offer.
    const bool offered = state != QuoteState::kDeclined;
    Node json = Node::table();
    json.add("id", to_node(id));
    json.add("enterprise", to_node(quote.enterprise));
    json.add("company", Node::string(company_name(*house, quote.enterprise)));
    json.add("product", to_node(quote.product));
    json.add("from", to_node(quote.from));
    json.add("valid_until", to_node(quote.valid_until));
    json.add("decision", to_node(house::decision_of(file)));
    json.add("state", to_node(state));
    json.add("issued_at", to_node(file.issued_at));
    json.add("aggregate_limit", to_node(quote.aggregate_limit));
    json.add("premium", offered ? to_node(quote.premium) : Node::null());
    json.add("customer_pays", offered ? to_node(quote.customer_pays) : Node::null());
    json.add("policy", to_node(file.policy));
    list.add({to_text(id), company_name(*house, quote.enterprise), quote.product.text,
              to_text(quote.valid_until),
              file.policy.exists() ? to_text(file.policy) : word(session, "quote_state", state),
              offered ? to_grouped(quote.premium) : "-"},
             std::move(json));
  }
  return list.take();
}

Result<Reply> policies(Session& session, NodeReader& options) {
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const EnterpriseId asked, asked_company(options, *house));
  ANLAN_TRY(const Instant now, session.now());
  Listing list(session, {column(session, "id"), column(session, "number"),
                         column(session, "enterprise"), column(session, "from"),
                         column(session, "state"), column(session, "premium", Align::kRight)});
  for (const auto& [id, file] : house->policies) {
    const Policy& policy = file.policy;
    if (!is_asked(asked, policy.enterprise) || !list.wants(id)) continue;
    const PolicyState state = house::policy_state(file, now);
    Node json = Node::table();
    json.add("id", to_node(id));
    json.add("number", to_node(policy.number));
    json.add("enterprise", to_node(policy.enterprise));
    json.add("company", Node::string(company_name(*house, policy.enterprise)));
    json.add("product", to_node(policy.product));
    json.add("from", to_node(policy.from));
    json.add("until", to_node(policy.until));
    json.add("state", to_node(state));
    json.add("premium", to_node(policy.premium));
    json.add("claims", to_node(file.claims));
    json.add("subsidy", subsidy_node(*house, file));
    list.add({to_text(id), policy.number, company_name(*house, policy.enterprise),
              to_text(date_of(policy.from, policy.offset)), word(session, "policy_state", state),
              to_grouped(policy.premium)},
             std::move(json));
  }
  return list.take();
}

Result<Reply> incidents(Session& session, NodeReader& options) {
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const EnterpriseId asked, asked_company(options, *house));
  Listing list(session,
               {column(session, "id"), column(session, "policy"), column(session, "enterprise"),
                column(session, "peril"), column(session, "occurred"), column(session, "claim")});
  for (const auto& [id, file] : house->incidents) {
    const Policy& policy = house::find_policy(*house, file.incident.policy)->policy;
    if (!is_asked(asked, policy.enterprise) || !list.wants(id)) continue;
    Node json = to_node(file.incident);
    json.add("enterprise", to_node(policy.enterprise));
    json.add("company", Node::string(company_name(*house, policy.enterprise)));
    json.add("claim", to_node(file.claim));
    list.add({to_text(id), to_text(policy.id), company_name(*house, policy.enterprise),
              peril_name(session, file.incident.peril),
              to_text(date_of(file.incident.occurred, house->offset())),
              file.claim.exists() ? to_text(file.claim) : "-"},
             std::move(json));
  }
  return list.take();
}

Result<Reply> claims(Session& session, NodeReader& options) {
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const EnterpriseId asked, asked_company(options, *house));
  Listing list(session, {column(session, "id"), column(session, "enterprise"),
                         column(session, "peril"), column(session, "occurred"),
                         column(session, "state"), column(session, "payable", Align::kRight)});
  for (const auto& [id, file] : house->claims) {
    const ClaimDecision& decision = file.decision;
    const Policy& policy = house::find_policy(*house, decision.policy)->policy;
    if (!is_asked(asked, policy.enterprise) || !list.wants(id)) continue;
    const Incident& incident = house::find_incident(*house, decision.incident)->incident;
    Node json = Node::table();
    json.add("id", to_node(id));
    json.add("policy", to_node(policy.id));
    json.add("enterprise", to_node(policy.enterprise));
    json.add("company", Node::string(company_name(*house, policy.enterprise)));
    json.add("incident", to_node(incident.id));
    json.add("peril", to_node(incident.peril));
    json.add("occurred", to_node(incident.occurred));
    json.add("outcome", to_node(decision.outcome));
    json.add("state", to_node(file.state));
    json.add("payable", to_node(decision.payable));
    list.add(
        {to_text(id), company_name(*house, policy.enterprise), peril_name(session, incident.peril),
         to_text(date_of(incident.occurred, house->offset())),
         word(session, "claim_state", file.state), to_grouped(decision.payable)},
        std::move(json));
  }
  return list.take();
}

// The products that the data hold, one file each.
Result<Reply> products(Session& session, NodeReader&) {
  constexpr std::string_view kFolder = "products/";
  constexpr std::string_view kEnding = ".toml";
  Listing list(session, {column(session, "id"), column(session, "name"),
                         column(session, "premium", Align::kRight), column(session, "range")});
  for (const std::string& path : session.library().artefacts().list(kFolder)) {
    if (!path.ends_with(kEnding)) continue;
    const std::string id =
        path.substr(kFolder.size(), path.size() - kFolder.size() - kEnding.size());
    ANLAN_TRY(const underwriting::Product* product, session.library().product(ProductName{id}));
    Node json = Node::table();
    json.add("id", to_node(product->id));
    json.add("zh", Node::string(product->zh));
    json.add("en", Node::string(product->en));
    json.add("premium", to_node(product->premium));
    json.add("filed_low", to_node(product->filed_low));
    json.add("filed_high", to_node(product->filed_high));
    json.add("wording", to_node(product->wording));
    json.add("package", to_node(product->package));
    list.add({id, product->name(session.lang()), to_grouped(product->premium),
              to_grouped(product->filed_low) + " - " + to_grouped(product->filed_high)},
             std::move(json));
  }
  return list.take();
}

Result<Reply> packages(Session& session, NodeReader&) {
  ANLAN_TRY(const protection::Catalogue* catalogue, session.library().catalogue());
  const bool zh = session.lang() == Lang::kZh;
  Listing list(session, {column(session, "id"), column(session, "name"), column(session, "what")});
  for (const protection::Package& package : catalogue->packages) {
    Node json = Node::table();
    json.add("id", to_node(package.name));
    json.add("zh", Node::string(package.zh));
    json.add("en", Node::string(package.en));
    json.add("vendor", to_node(package.vendor));
    json.add("products", to_node(package.products));
    std::string what = zh ? package.line_zh : package.line_en;
    for (const SecurityProductName& name : package.products) {
      const protection::Product* product = catalogue->find_product(name.text);
      what += "\n- " + security_product_name(session, name) +
              (product ? (zh ? "：" + product->line_zh : ": " + product->line_en) : "");
    }
    list.add({package.name.text, zh ? package.zh : package.en, std::move(what)}, std::move(json));
  }
  return list.take();
}

}  // namespace

std::vector<Operation> list_operations() {
  const Option company =
      named("enterprise", "ENTERPRISE", "只列该企业的", "of this company only, e.g. ent_9");
  const auto view = [](std::string_view name, std::string_view zh, std::string_view en,
                       std::vector<Option> options, Run run) {
    return Operation{
        .name = name, .command = "", .zh = zh, .en = en, .options = std::move(options), .run = run};
  };
  return {
      view("enterprise list", "列出企业", "list the companies", {}, enterprises),
      view("package list", "列出安全产品套餐", "list the security packages", {}, packages),
      view("order list", "列出套餐订单", "list the orders", {company}, orders),
      view("product list", "列出保险产品", "list the insurance products", {}, products),
      view(
          "quote list", "列出报价", "list the quotes",
          {company, named("state", "STATE", "只列该状态的",
                          "of this state only: issued | referred | approved | declined | expired | "
                          "bound | withdrawn")},
          quotes),
      view("policy list", "列出保单", "list the policies", {company}, policies),
      view("incident list", "列出事故", "list the incidents", {company}, incidents),
      view("claim list", "列出赔案", "list the claims", {company}, claims),
  };
}

}  // namespace anlan::api
