// The indicative price: an interval from a few facts of a company that nobody has registered.
#include <algorithm>

#include <fmt/core.h>

#include "api/market.h"
#include "api/refusals.h"
#include "api/render.h"
#include "domain/refusals.h"
#include "underwriting/indication.h"
#include "underwriting/percent.h"
#include "underwriting/price.h"

namespace anlan::api {
namespace {

using namespace domain;
using underwriting::Indication;
using underwriting::MoneyRange;
using underwriting::Narrowing;
using underwriting::UnknownFact;

// The inputs and the facts that they state: all that the loss model reads, and the region.
struct Input {
  std::string_view option;
  std::string_view fact;
  std::string_view value;
  bool required;
};
constexpr std::array kInputs{
    Input{"sector", "sector", "C39", true},
    Input{"revenue", "revenue", "AMOUNT", true},
    Input{"employees", "employees", "N", true},
    Input{"region", "region", "3302", false},
    Input{"records", "records", "N", false},
    Input{"gross-margin", "gross_margin", "PERCENT", false},
    Input{"it-dependence", "it_dependence", "PERCENT", false},
    Input{"online-revenue", "online_revenue", "AMOUNT", false},
    Input{"ot-lines", "ot_lines", "N", false},
    Input{"incidents", "incidents_36m", "N", false},
};
static_assert(kInputs.size() <= 10);

std::vector<Fact> facts_of(NodeReader& options) {
  std::vector<Fact> facts;
  for (const Input& input : kInputs) {
    const std::string text = options.text_or(input.option, "");
    if (text.empty()) continue;
    const auto value = canonical_fact_value(*find_fact_kind(input.fact), text, input.option);
    if (!value.ok()) {
      options.report().refuse(value.refusal());
      continue;
    }
    facts.push_back({.name = {std::string(input.fact)}, .value = value.value()});
  }
  return facts;
}

std::string value_text(const FactKind& kind, std::int64_t value) {
  if (kind.type == FactType::kMoney) return rounded_text(static_cast<double>(value));
  if (kind.type == FactType::kShare) {
    return underwriting::percent_text(static_cast<std::uint64_t>(value));
  }
  return rounded_text(100.0 * static_cast<double>(value));
}

std::string question_of(Session& session, const FactKind& kind) {
  return std::string(session.lang() == Lang::kZh ? kind.zh : kind.en);
}

// ---- text

void add_prices(Session& session, const Indication& found, Document& document) {
  Table table{.columns = {{session.say("indicate.what")},
                          {session.say("indicate.low"), Align::kRight},
                          {session.say("indicate.central"), Align::kRight},
                          {session.say("indicate.high"), Align::kRight}}};
  const auto row = [&](const std::string& name, const MoneyRange& range) {
    table.rows.push_back(
        {name, whole_text(range.low), whole_text(range.central), whole_text(range.high)});
  };
  row(session.say("indicate.ground_up"), found.ground_up);
  row(session.say("indicate.insured"), found.insured);
  row(session.say("indicate.technical"), found.technical);
  document.table(std::move(table));
  document.paragraph(session.say("indicate.interval"));
  document.paragraph(
      session.say("slip.systemic", {{"share", underwriting::percent_text(found.systemic)}}));
  document.paragraph(
      session.say("indicate.filed",
                  {{"premium", to_grouped(found.parts.filed_gross)},
                   {"adequacy", underwriting::percent_text(underwriting::ratio_ppm(
                                    found.parts.technical_gross, found.parts.filed_gross))}}));
  for (const TriageFinding& finding : found.triage.findings) {
    document.bullet(
        session.say("slip.finding",
                    {{"reason", session.say("triage." + std::string(name_of(finding.reason)))},
                     {"value", finding.value},
                     {"limit", finding.limit}}),
        "!");
  }
}

void add_unknown(Session& session, const Indication& found, Document& document) {
  document.heading(2, session.say("indicate.inferred"));
  Table table{.columns = {{session.say("label.fact")},
                          {session.say("indicate.low"), Align::kRight},
                          {session.say("indicate.central"), Align::kRight},
                          {session.say("indicate.high"), Align::kRight}}};
  for (const UnknownFact& fact : found.unknown) {
    table.rows.push_back({fact_name(session, {std::string(fact.kind->name)}),
                          value_text(*fact.kind, fact.low), value_text(*fact.kind, fact.central),
                          value_text(*fact.kind, fact.high)});
  }
  if (!table.rows.empty()) document.table(std::move(table));
  document.paragraph(session.say("indicate.inferred_note"));
}

Money width_of(const Indication& found) { return found.technical.high - found.technical.low; }

// Per cent with one decimal, without the sign.
std::string percent_of(std::int64_t ppm) {
  return fmt::format("{:.1f}", static_cast<double>(ppm) / 1e4);
}

bool shares_rank(const Indication& found, const Narrowing& one) {
  return std::count_if(found.next.begin(), found.next.end(),
                       [&](const Narrowing& each) { return each.rank == one.rank; }) > 1;
}

void add_next(Session& session, const Indication& found, Document& document) {
  document.heading(2, session.say("indicate.next"));
  for (const Narrowing& one : found.next) {
    std::string answers;
    const std::array<std::string_view, 3> names{"low", "central", "high"};
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (one.fact && i > 0 && one.values[i] == one.values[i - 1]) continue;
      answers +=
          (answers.empty() ? "" : session.say("word.list_separator")) +
          session.say(
              "indicate.answer",
              {{"value", one.fact ? value_text(*one.fact, one.values[i])
                                  : session.say("indicate.controls_" + std::string(names[i]))},
               {"low", whole_text(one.technical[i].low)},
               {"high", whole_text(one.technical[i].high)}});
    }
    const TextArgs args = {
        {"question",
         one.fact ? question_of(session, *one.fact) : session.say("indicate.controls_question")},
        {"share", percent_of(one.explained)},
        {"error", percent_of(one.explained_error)},
        {"left", whole_text(one.width)},
        {"left_error", whole_text(one.width_error)},
        {"now", whole_text(width_of(found))},
        {"answers", answers},
        {"equal", shares_rank(found, one) ? session.say("indicate.about_equally") : ""}};
    document.bullet(session.say("indicate.narrows", args), std::to_string(one.rank) + ".");
  }
  document.paragraph(
      session.say(found.next.empty() ? "indicate.nothing_narrows" : "indicate.next_note"));
}

struct MinimumRow {
  const underwriting::MinimumControl* control = nullptr;
  std::string question;
};

Result<std::vector<MinimumRow>> minimum_rows(Session& session,
                                             const underwriting::Product& product) {
  ANLAN_TRY(const protection::Questionnaire* questionnaire, session.library().questionnaire());
  std::vector<MinimumRow> out;
  for (const underwriting::MinimumControl& minimum : product.eligibility.minimum_controls) {
    const protection::Question* const question = questionnaire->find(minimum.control.text);
    out.push_back({&minimum, question == nullptr           ? std::string()
                             : session.lang() == Lang::kZh ? question->zh
                                                           : question->en});
  }
  return out;
}

void add_binding(Session& session, const Indication& found, const std::vector<MinimumRow>& controls,
                 Document& document) {
  document.heading(2, session.say("indicate.binding"));
  for (const FactKind* kind : found.missing) document.bullet(question_of(session, *kind));
  for (const MinimumRow& row : controls) {
    document.bullet(
        session.say("indicate.minimum",
                    {{"control", row.control->control.text},
                     {"question", row.question},
                     {"consequence", word(session, "decision", row.control->consequence)}}));
  }
  document.paragraph(session.say("indicate.binding_note"));
}

// ---- JSON

Node range_node(const MoneyRange& range) {
  Node out = Node::table();
  out.add("low", to_node(range.low));
  out.add("central", to_node(range.central));
  out.add("high", to_node(range.high));
  return out;
}

Node unknown_node(const Indication& found) {
  Node out = Node::list();
  for (const UnknownFact& fact : found.unknown) {
    Node row = Node::table();
    row.add("fact", Node::string(fact.kind->name));
    row.add("low", Node::number(fact.low));
    row.add("central", Node::number(fact.central));
    row.add("high", Node::number(fact.high));
    row.add("source", Node::string(fact.source.empty() ? "model" : fact.source));
    out.items.push_back(std::move(row));
  }
  return out;
}

Node next_node(Session& session, const Indication& found) {
  Node out = Node::list();
  for (const Narrowing& one : found.next) {
    Node row = Node::table();
    row.add("fact", one.fact ? Node::string(one.fact->name) : Node::null());
    row.add("question", Node::string(one.fact ? question_of(session, *one.fact)
                                              : session.say("indicate.controls_question")));
    row.add("rank", Node::number(static_cast<std::int64_t>(one.rank)));
    row.add("explained_ppm", Node::number(one.explained));
    row.add("explained_error_ppm", Node::number(one.explained_error));
    row.add("width_now", to_node(width_of(found)));
    row.add("width_left", to_node(one.width));
    row.add("width_left_error", to_node(one.width_error));
    Node at = Node::list();
    for (std::size_t i = 0; i < one.values.size(); ++i) {
      Node point = Node::table();
      point.add("value", one.fact ? Node::number(one.values[i]) : Node::null());
      point.add("technical", range_node(one.technical[i]));
      at.items.push_back(std::move(point));
    }
    row.add("at", std::move(at));
    out.items.push_back(std::move(row));
  }
  return out;
}

Node indication_node(Session& session, const Indication& found,
                     const std::vector<MinimumRow>& controls) {
  Node out = Node::table();
  out.add("expected_before", range_node(found.ground_up));
  out.add("expected_paid", range_node(found.insured));
  out.add("technical", range_node(found.technical));
  out.add("filed", to_node(found.parts.filed_gross));
  out.add("parts", to_node(found.parts));
  out.add("systemic_ppm", Node::number(static_cast<std::int64_t>(found.systemic)));
  out.add("decision", to_node(found.triage.decision));
  Node findings = Node::list();
  for (const TriageFinding& finding : found.triage.findings) {
    findings.items.push_back(to_node(finding));
  }
  out.add("findings", std::move(findings));
  out.add("inferred", unknown_node(found));
  out.add("next", next_node(session, found));
  Node missing = Node::list();
  for (const FactKind* kind : found.missing) {
    Node row = Node::table();
    row.add("fact", Node::string(kind->name));
    row.add("question", Node::string(question_of(session, *kind)));
    missing.items.push_back(std::move(row));
  }
  out.add("missing_facts", std::move(missing));
  Node minimum = Node::list();
  for (const MinimumRow& each : controls) {
    Node row = Node::table();
    row.add("control", to_node(each.control->control));
    row.add("question", Node::string(each.question));
    row.add("consequence", to_node(each.control->consequence));
    minimum.items.push_back(std::move(row));
  }
  out.add("minimum_controls", std::move(minimum));
  return out;
}

Result<Reply> indicate(Session& session, NodeReader& options) {
  const auto name = options.name<ProductTag>("product");
  std::vector<Fact> facts = facts_of(options);
  if (options.refused()) return options.report().refusal();
  CompanyRisk risk;
  ANLAN_TRY(risk.product, session.library().product(name));
  ANLAN_TRY(risk.wording, session.library().wording_of(*risk.product));
  ANLAN_TRY(const underwriting::Inference* inference, session.library().inference());
  ANLAN_TRY(const underwriting::PriceLoads* loads, session.library().loads());
  const std::string sector = find_fact(facts, "sector")->value;
  ANLAN_TRY(const std::string basis, basis_line(session, facts));
  ANLAN_TRY(const auto market, market_of(session, std::move(risk)));
  const engine::YearSetting setting = market->setting();
  ANLAN_TRY(const Indication found,
            underwriting::indicate(
                {.setting = setting,
                 .product = *market->risk.product,
                 .loads = *loads,
                 .inference = *inference,
                 .facts = std::move(facts),
                 .aggregate = underwriting::quoted_limits(*market->risk.wording).aggregate},
                *market->executor));
  ANLAN_TRY(const std::vector<MinimumRow> controls, minimum_rows(session, *market->risk.product));
  Reply reply;
  reply.document.heading(
      1, session.say("indicate.title", {{"product", market->risk.product->name(session.lang())},
                                        {"sector", sector}}));
  reply.document.paragraph(basis);
  add_prices(session, found, reply.document);
  add_unknown(session, found, reply.document);
  add_next(session, found, reply.document);
  add_binding(session, found, controls, reply.document);
  reply.json = indication_node(session, found, controls);
  reply.brief.push_back(
      session.say("indicate.brief", {{"low", whole_text(found.technical.low)},
                                     {"central", whole_text(found.technical.central)},
                                     {"high", whole_text(found.technical.high)},
                                     {"premium", to_grouped(found.parts.filed_gross)}}));
  return reply;
}

}  // namespace

std::vector<Operation> indication_operations() {
  std::vector<Option> options = {named("product", "PRODUCT",
                                       "产品，例如 ningbo-2023-a（见 product list）",
                                       "the product, e.g. ningbo-2023-a", true)};
  for (const Input& input : kInputs) {
    const FactKind& kind = *find_fact_kind(input.fact);
    options.push_back(named(input.option, input.value, kind.zh, kind.en, input.required));
  }
  return {
      {.name = "quote indicate",
       .command = "",
       .zh = "参考价：不登记企业，由几项事实给出价格区间和下一个该问的问题",
       .en = "indicative price from a few facts: an interval, and the next question",
       .options = std::move(options),
       .run = indicate},
  };
}

}  // namespace anlan::api
