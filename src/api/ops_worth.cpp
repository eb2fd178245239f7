// Operation that says what protection is worth to a company: each security product and package once
// it runs, each control once it works, in loss, payment and price.
#include <algorithm>

#include "api/market.h"
#include "api/render.h"
#include "engine/worth.h"
#include "house/views.h"
#include "protection/control_state.h"
#include "protection/posture.h"
#include "underwriting/price.h"

namespace anlan::api {
namespace {

using namespace domain;

struct WorthLine {
  std::string name;
  std::string what;  // the question of a control
  engine::Worth worth;
  double premium = 0.0;             // change of the technical gross premium
  std::vector<ControlName> proved;  // of a product: what its running proves
  std::vector<ControlName> helped;  // what it supplies and does not prove
};

// The company without any change: what every line is compared with.
struct WorthBase {
  const Market& market;
  engine::PairedYears years;
  const underwriting::PriceLoads& loads;
  const protection::Questionnaire& questionnaire;
  const protection::AnswerTable& table;
  std::vector<Answer> answers;
  Posture posture;

  Money technical(const LossResult& loss) const {
    return underwriting::price_parts(loss, loads, market.risk.product->premium).technical_gross;
  }
};

Result<WorthBase> worth_base(Session& session, const Market& market, EnterpriseId enterprise) {
  ANLAN_TRY(engine::PairedYears years,
            engine::PairedYears::around(market.setting(), market.risk.input, *market.executor));
  ANLAN_TRY(const underwriting::PriceLoads* loads, session.library().loads());
  ANLAN_TRY(const protection::Questionnaire* questionnaire, session.library().questionnaire());
  ANLAN_TRY(const protection::AnswerTable* table, session.library().answer_table());
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Instant now, session.now());
  const house::EnterpriseFile* const file = house::find_enterprise(*house, enterprise);
  return WorthBase{
      .market = market,
      .years = std::move(years),
      .loads = *loads,
      .questionnaire = *questionnaire,
      .table = *table,
      .answers = file->assessment ? file->assessment->answers.get() : std::vector<Answer>{},
      .posture = house::posture(*house, enterprise, now)};
}

// The company with these states of its controls, priced anew.
Result<WorthLine> worth_line(const WorthBase& base, const std::vector<ControlState>& controls) {
  WorthLine line;
  ANLAN_TRY(line.worth, base.years.worth(controls, *base.market.executor));
  const Money change = base.technical(line.worth.after) - base.technical(base.years.loss());
  line.premium = static_cast<double>(change.minor());
  return line;
}

void sort_lines(std::vector<WorthLine>& lines) {
  std::stable_sort(lines.begin(), lines.end(), [](const WorthLine& a, const WorthLine& b) {
    return a.worth.ground_up < b.worth.ground_up;
  });
}

// The present states but for this one; nothing where it could not be better.
std::optional<std::vector<ControlState>> with_better(std::vector<ControlState> controls,
                                                     const ControlState& better) {
  for (ControlState& state : controls) {
    if (state.control != better.control) continue;
    if (state.gap <= better.gap) return std::nullopt;
    state = better;
    return controls;
  }
  return std::nullopt;
}

// Every control of the questionnaire that may still become better.
Result<std::vector<WorthLine>> control_lines(Session& session, const WorthBase& base) {
  std::vector<WorthLine> lines;
  for (const protection::Question& question : base.questionnaire.questions) {
    const auto best = protection::best_state(question, base.table);
    if (!best) continue;  // a question that asks for a fact
    const auto controls = with_better(base.market.risk.controls, *best);
    if (!controls) continue;
    ANLAN_TRY(WorthLine line, worth_line(base, *controls));
    line.name = question.control.text;
    line.what = session.lang() == Lang::kZh ? question.zh : question.en;
    if (line.worth.ground_up < -0.5) lines.push_back(std::move(line));
  }
  sort_lines(lines);
  return lines;
}

bool contains(const std::vector<ControlName>& names, const ControlName& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// These products running together, as their telemetry would be recorded.
Result<WorthLine> running_line(const WorthBase& base,
                               const std::vector<const protection::Product*>& products) {
  const Posture seen = protection::once_running(base.posture, products);
  ANLAN_TRY(WorthLine line,
            worth_line(base, protection::control_states(base.questionnaire, base.table,
                                                        base.answers, seen)));
  for (const protection::Product* const product : products) {
    for (const ControlProof& proof : product->proofs) {
      if (!contains(line.proved, proof.control)) line.proved.push_back(proof.control);
    }
  }
  for (const protection::Product* const product : products) {
    for (const ControlName& control : product->controls) {
      if (contains(line.proved, control) || contains(line.helped, control)) continue;
      line.helped.push_back(control);
    }
  }
  return line;
}

Result<std::vector<WorthLine>> product_lines(Session& session, const WorthBase& base) {
  ANLAN_TRY(const protection::Catalogue* catalogue, session.library().catalogue());
  const bool zh = session.lang() == Lang::kZh;
  std::vector<WorthLine> lines;
  for (const protection::Product& product : catalogue->products) {
    ANLAN_TRY(WorthLine line, running_line(base, {&product}));
    line.name = zh ? product.zh : product.en;
    lines.push_back(std::move(line));
  }
  for (const protection::Package& package : catalogue->packages) {
    std::vector<const protection::Product*> products;
    for (const SecurityProductName& name : package.products) {
      products.push_back(catalogue->find_product(name.text));
    }
    ANLAN_TRY(WorthLine line, running_line(base, products));
    line.name = zh ? package.zh : package.en;
    lines.push_back(std::move(line));
  }
  sort_lines(lines);
  return lines;
}

// ---- text

std::string change_text(double minor) {
  if (minor > -50.0 && minor < 50.0) return "0";
  return minor < 0.0 ? "-" + rounded_text(-minor) : "+" + rounded_text(minor);
}

Table worth_table(Session& session, const std::vector<WorthLine>& lines) {
  Table table{.columns = {{session.say("risk.what")},
                          {session.say("risk.change_before"), Align::kRight},
                          {session.say("risk.range"), Align::kRight},
                          {session.say("risk.change_left"), Align::kRight},
                          {session.say("risk.change_paid"), Align::kRight},
                          {session.say("risk.change_premium"), Align::kRight}}};
  for (const WorthLine& line : lines) {
    const engine::PaymentRange& range = line.worth.ground_up_range;
    table.rows.push_back({line.what.empty() ? line.name : line.name + " " + line.what,
                          change_text(line.worth.ground_up),
                          change_text(range.low) + " … " + change_text(range.high),
                          change_text(line.worth.retained), change_text(line.worth.insured),
                          change_text(line.premium)});
  }
  return table;
}

void add_helped(Session& session, const std::vector<WorthLine>& products, Document& document) {
  document.paragraph(session.say("risk.helps_note"));
  for (const WorthLine& line : products) {
    std::string names;
    for (const ControlName& control : line.helped) {
      names += (names.empty() ? "" : session.say("word.list_separator")) + control.text;
    }
    if (names.empty()) continue;
    document.bullet(session.say("risk.helps", {{"product", line.name}, {"controls", names}}));
  }
}

// ---- JSON

void add_range(Node& row, const std::string& name, const engine::PaymentRange& range) {
  row.add(name + "_low", amount_node(range.low));
  row.add(name + "_high", amount_node(range.high));
}

// The premium goes with the payment: of both the change is known, in each parameter set that of the
// payment only.
engine::PaymentRange premium_range(const WorthLine& line) {
  const engine::PaymentRange& paid = line.worth.insured_range;
  const bool none = line.worth.insured > -1.0 && line.worth.insured < 1.0;  // less than a fen
  const double slope = none ? 0.0 : line.premium / line.worth.insured;
  const double low = none ? line.premium : slope * paid.low;
  const double high = none ? line.premium : slope * paid.high;
  return {.low = std::min(low, high), .high = std::max(low, high), .mean = slope * paid.mean};
}

Node worth_node(const std::vector<WorthLine>& lines, bool products) {
  Node out = Node::list();
  for (const WorthLine& line : lines) {
    Node row = Node::table();
    row.add("name", Node::string(line.name));
    row.add("change_before", amount_node(line.worth.ground_up));
    add_range(row, "change_before", line.worth.ground_up_range);
    row.add("change_paid", amount_node(line.worth.insured));
    add_range(row, "change_paid", line.worth.insured_range);
    row.add("change_paid_sampling_error", amount_node(line.worth.error));
    row.add("change_left", amount_node(line.worth.retained));
    add_range(row, "change_left", line.worth.retained_range);
    row.add("change_technical_premium", amount_node(line.premium));
    add_range(row, "change_technical_premium", premium_range(line));
    if (products) {
      row.add("proves", to_node(line.proved));
      row.add("helps_with", to_node(line.helped));
    }
    out.items.push_back(std::move(row));
  }
  return out;
}

Result<Reply> risk_worth(Session& session, NodeReader& options) {
  const auto enterprise = options.id<EnterpriseTag>("enterprise");
  const auto product = options.name<ProductTag>("product");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const auto market, market_of(session, enterprise, product));
  ANLAN_TRY(const WorthBase base, worth_base(session, *market, enterprise));
  ANLAN_TRY(const std::vector<WorthLine> controls, control_lines(session, base));
  ANLAN_TRY(const std::vector<WorthLine> products, product_lines(session, base));
  Reply reply;
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Instant now, session.now());
  reply.document.date = to_text(date_of(now, house->offset()));
  reply.document.heading(
      1,
      session.say("risk.worth_title",
                  {{"company", house::find_enterprise(*house, enterprise)->enterprise.legal_name},
                   {"product", session.lang() == Lang::kZh ? market->risk.wording->title.zh
                                                           : market->risk.wording->title.en}}));
  reply.document.paragraph(session.say("risk.worth_note"));
  reply.document.heading(2, session.say("risk.worth_products"));
  reply.document.table(worth_table(session, products));
  add_helped(session, products, reply.document);
  reply.document.heading(2, session.say("risk.worth_controls"));
  reply.document.table(worth_table(session, controls));
  reply.json = Node::table();
  reply.json.add("enterprise", Node::string(to_text(enterprise)));
  reply.json.add("wording", Node::string(market->risk.wording->id.text));
  reply.json.add("as_of", Node::string(reply.document.date));
  reply.json.add("products", worth_node(products, true));
  reply.json.add("controls", worth_node(controls, false));
  add_size_findings(session, *market, reply);
  return reply;
}

}  // namespace

std::vector<Operation> worth_operations() {
  return {
      {.name = "risk worth",
       .command = "",
       .zh = "每项安全措施、每个安全产品对这家企业值多少钱",
       .en = "what each control and each security product is worth to this company",
       .options = {positional("enterprise", "ENTERPRISE", "企业", "the company"),
                   named("product", "PRODUCT", "在哪个产品的条款下",
                         "under the terms of which product", true)},
       .run = risk_worth},
  };
}

}  // namespace anlan::api
