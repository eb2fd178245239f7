// Operation for whoever decides and has ten minutes: one to two pages of what risk and worth say.
// It asks those two operations and computes nothing of its own.
#include <algorithm>
#include <charconv>

#include "api/market.h"
#include "api/render.h"
#include "base/utf8.h"
#include "formats/display_width.h"
#include "house/views.h"

namespace anlan::api {
namespace {

using namespace domain;

constexpr std::size_t kMeasures = 3;
constexpr std::size_t kOpenCovers = 5;
constexpr std::int64_t kPeriodsShown[] = {10, 100, 200};

struct Subject {
  EnterpriseId enterprise;
  ProductName product;
};

struct Answers {
  Reply risk;
  Reply worth;
  const terms::Wording* wording = nullptr;
};

Result<Answers> ask(Session& session, const Subject& about) {
  const std::string enterprise = to_text(about.enterprise);
  Answers out;
  ANLAN_TRY(out.risk,
            run_operation(session, {"risk", enterprise, "--product", about.product.text}));
  ANLAN_TRY(out.worth,
            run_operation(session, {"risk", "worth", enterprise, "--product", about.product.text}));
  ANLAN_TRY(const underwriting::Product* product, session.library().product(about.product));
  ANLAN_TRY(out.wording, session.library().wording_of(*product));
  return out;
}

const Node& at(const Node& node, std::string_view key) {
  const Node* const found = node.find(key);
  ANLAN_CHECK(found != nullptr);
  return *found;
}

double figure(const Node& node, std::string_view key) {
  const std::string& text = at(node, key).text;
  double value = 0.0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string amount(const Node& node, std::string_view key) {
  return rounded_text(figure(node, key));
}

// A loss that a measure takes away, as an amount above zero.
std::string saved(const Node& node, std::string_view key) {
  return rounded_text(-figure(node, key));
}

// ---- the year

void add_year(Session& session, const Answers& answers, const Subject& about, Document& document) {
  const Node& risk = answers.risk.json;
  document.heading(2, session.say("report.year"));
  document.paragraph(session.say("report.year_text",
                                 {{"product", product_name(session, about.product)},
                                  {"before", amount(risk, "expected_before")},
                                  {"paid", amount(risk, "expected_paid")},
                                  {"left", amount(risk, "expected_left")},
                                  {"any", share_text(figure(at(risk, "exceeds"), "any_loss"))}}));
  Table table{.columns = {{session.say("risk.period")},
                          {session.say("risk.before"), Align::kRight},
                          {session.say("risk.paid"), Align::kRight},
                          {session.say("risk.left"), Align::kRight}},
              .rows = {}};
  table.rows.push_back({session.say("report.average"), amount(risk, "expected_before"),
                        amount(risk, "expected_paid"), amount(risk, "expected_left")});
  for (const Node& row : at(risk, "curve").items) {
    const auto years = static_cast<std::int64_t>(figure(row, "years"));
    if (std::find(std::begin(kPeriodsShown), std::end(kPeriodsShown), years) ==
        std::end(kPeriodsShown)) {
      continue;
    }
    table.rows.push_back({session.say("risk.one_in", {{"years", std::to_string(years)}}),
                          amount(row, "before"), amount(row, "paid"), amount(row, "left")});
  }
  document.table(std::move(table));
  for (const Block& block : answers.risk.document.blocks) {
    const auto* const chart = std::get_if<Chart>(&block);
    if (chart && chart->kind == ChartKind::kBars) document.chart(*chart);
  }
}

// ---- what to do first

bool names(const Node& list, const std::string& control) {
  return std::any_of(list.items.begin(), list.items.end(),
                     [&](const Node& item) { return item.text == control; });
}

// The products on the list that supply a control, those whose running proves it first.
std::string suppliers(Session& session, const Node& products, const std::string& control) {
  std::string out;
  for (const char* const how : {"proves", "helps_with"}) {
    for (const Node& product : products.items) {
      if (!names(at(product, how), control)) continue;
      out += (out.empty() ? "" : session.say("word.list_separator")) + at(product, "name").text;
    }
  }
  return out;
}

Result<Done> add_measures(Session& session, const Answers& answers, Document& document) {
  ANLAN_TRY(const protection::Questionnaire* questionnaire, session.library().questionnaire());
  const Node& controls = at(answers.worth.json, "controls");
  const std::size_t count = std::min(kMeasures, controls.items.size());
  document.heading(2, session.say("report.first", {{"count", std::to_string(count)}}));
  if (count == 0) document.paragraph(session.say("report.nothing_left"));
  for (std::size_t i = 0; i < count; ++i) {
    const Node& row = controls.items[i];
    const std::string& control = at(row, "name").text;
    const protection::Question* const question = questionnaire->find(control);
    ANLAN_CHECK(question != nullptr);
    const std::string asked = session.lang() == Lang::kZh ? question->zh : question->en;
    document.bullet(
        session.say(
            "report.measure",
            {{"control", control},
             {"what", say_or(session, "control_do." + control, asked)},
             {"saved", saved(row, "change_before")},
             {"low", saved(row, "change_before_high")},
             {"high", saved(row, "change_before_low")},
             {"left", saved(row, "change_left")},
             {"price", saved(row, "change_technical_premium")},
             {"products", suppliers(session, at(answers.worth.json, "products"), control)}}),
        std::to_string(i + 1) + ".");
  }
  if (count > 0) document.paragraph(session.say("report.first_note"));
  return Done{};
}

// ---- what stays open

std::string waiting_text(Session& session, const terms::Terms& terms) {
  std::string out;
  for (const terms::Section& section : terms.sections) {
    if (section.time.waiting_hours == 0) continue;
    out += (out.empty() ? "" : session.say("word.list_separator")) +
           session.say("report.waiting", {{"cover", cover_name(session, section.code)},
                                          {"hours", std::to_string(section.time.waiting_hours)}});
  }
  return out;
}

// The start of a clause as its title, where no term of the wording has a name for it.
std::string first_words(std::string_view text) {
  constexpr std::size_t kWidthMax = 36;
  constexpr std::u32string_view kStops = U"，。；：,.;:";
  std::string out;
  std::size_t last_blank = 0;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    if (kStops.find(next.value) != std::u32string_view::npos) return out;
    if (formats::display_width(out) + 2 > kWidthMax) {
      if (last_blank > 0) out.resize(last_blank);
      return out + "…";
    }
    if (next.value == U' ') last_blank = out.size();
    append_code_point(out, next.value);
    text.remove_prefix(next.bytes);
  }
  return out;
}

// In a few words: the cause that is excluded, the condition, else how the clause begins.
std::string title_of(Session& session, const terms::Wording& wording, const terms::Clause& clause) {
  for (const terms::Exclusion& exclusion : wording.exclusions) {
    const std::string key = "cause." + exclusion.name;
    if (exclusion.clause == clause.ref && session.texts().has(key)) return session.say(key);
    if (exclusion.clause != clause.ref || exclusion.causes.empty()) continue;
    return say_or(session, "cause." + exclusion.causes.front(), exclusion.causes.front());
  }
  for (const terms::Condition& condition : wording.conditions) {
    const std::string key = "condition." + condition.name;
    if (condition.clause == clause.ref && session.texts().has(key)) return session.say(key);
  }
  return first_words(session.lang() == Lang::kZh ? clause.zh : clause.en);
}

std::string exemptions(Session& session, const terms::Wording& wording, std::size_t& count) {
  std::string out;
  for (const terms::Clause& clause : wording.clauses) {
    if (!clause.exemption) continue;
    ++count;
    out += (out.empty() ? "" : session.say("word.list_separator")) + clause.ref + " " +
           title_of(session, wording, clause);
  }
  return out;
}

std::string limit_text(const std::optional<std::int64_t>& limit) {
  return limit ? rounded_text(static_cast<double>(*limit)) : std::string();
}

void add_terms(Session& session, const Answers& answers, Document& document) {
  const terms::Terms& terms = answers.wording->terms;
  const Node& exceeds = at(answers.risk.json, "exceeds");
  const auto rule = [&](const std::string& name, const std::string& value) {
    if (!value.empty()) document.bullet(session.say("report.open_" + name, {{name, value}}));
  };
  const bool kept =
      terms.retention_rule == terms::RetentionRule::kOccurrence && terms.occurrence_retention > 0;
  if (kept) rule("retention", limit_text(terms.occurrence_retention));
  rule("limit", limit_text(terms.aggregate_limit));
  rule("waiting", waiting_text(session, terms));
  document.bullet(session.say("report.open_odds",
                              {{"unpaid", share_text(figure(exceeds, "insurable_not_all_paid"))},
                               {"above", exceeds.find("insurable_above_limit")
                                             ? share_text(figure(exceeds, "insurable_above_limit"))
                                             : std::string()}}));
  std::size_t count = 0;
  const std::string refs = exemptions(session, *answers.wording, count);
  if (count > 0) {
    document.bullet(session.say("report.open_exemptions",
                                {{"count", std::to_string(count)}, {"clauses", refs}}));
  }
}

// "Not insured", with the peril that the wording does not cover and that costs most in bad years.
std::string not_insured(Session& session, const Answers& answers) {
  const std::vector<std::string>& covered = answers.wording->perils.codes;
  const Node* most = nullptr;
  for (const Node& row : at(answers.risk.json, "perils").items) {
    const std::string& code = at(row, "peril").text;
    if (std::find(covered.begin(), covered.end(), code) != covered.end()) continue;
    if (!most || figure(row, "tail_left") > figure(*most, "tail_left")) most = &row;
  }
  const std::string name = session.say("risk.no_cover");
  if (!most || figure(*most, "tail_left") <= 0.0) return name;
  return session.say("report.not_insured",
                     {{"name", name}, {"peril", peril_name(session, {at(*most, "peril").text})}});
}

void add_open(Session& session, const Answers& answers, Document& document) {
  document.heading(2, session.say("report.open"));
  std::vector<const Node*> rows;
  for (const Node& row : at(answers.risk.json, "covers").items) rows.push_back(&row);
  std::stable_sort(rows.begin(), rows.end(), [](const Node* a, const Node* b) {
    return figure(*a, "tail_left") > figure(*b, "tail_left");
  });
  Table table{.columns = {{session.say("risk.cover")},
                          {session.say("report.open_average"), Align::kRight},
                          {session.say("report.open_tail"), Align::kRight}},
              .rows = {}};
  for (const Node* const row : rows) {
    if (table.rows.size() == kOpenCovers || figure(*row, "tail_left") < 50.0) break;
    const Node& cover = at(*row, "cover");
    table.rows.push_back({cover.kind == Node::Kind::kNull ? not_insured(session, answers)
                                                          : cover_name(session, cover.text),
                          amount(*row, "expected_left"), amount(*row, "tail_left")});
  }
  if (!table.rows.empty()) document.table(std::move(table));
  add_terms(session, answers, document);
}

// Remarks of the risk on a company that is outside the sizes that the model knows.
void add_remarks(const Answers& answers, Document& document) {
  for (const Block& block : answers.risk.document.blocks) {
    const auto* const remark = std::get_if<Bullet>(&block);
    if (remark && remark->mark == "!") document.blocks.emplace_back(*remark);
  }
}

Result<Reply> executive(Session& session, NodeReader& options) {
  const Subject about{.enterprise = options.id<EnterpriseTag>("enterprise"),
                      .product = options.name<ProductTag>("product")};
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Answers answers, ask(session, about));
  ANLAN_TRY(const house::House* house, session.house());
  const Node& risk = answers.risk.json;
  Reply reply;
  Document& document = reply.document;
  document.date = answers.risk.document.date;
  document.heading(
      1, session.say("report.title", {{"company", company_name(*house, about.enterprise)}}));
  add_remarks(answers, document);
  add_year(session, answers, about, document);
  ANLAN_REQUIRE(add_measures(session, answers, document));
  add_open(session, answers, document);
  document.paragraph(
      session.say("report.basis", {{"model", model_name(session, at(risk, "model").text)},
                                   {"seed", at(risk, "seed").text},
                                   {"error", amount(risk, "expected_paid_error")},
                                   {"systemic", share_text(figure(risk, "systemic_share"))}}));
  reply.json = Node::table();
  reply.json.add("enterprise", Node::string(to_text(about.enterprise)));
  reply.json.add("product", Node::string(about.product.text));
  reply.json.add("as_of", Node::string(document.date));
  reply.json.add("risk", risk);
  Node first = Node::list();
  const Node& controls = at(answers.worth.json, "controls");
  for (std::size_t i = 0; i < std::min(kMeasures, controls.items.size()); ++i) {
    first.items.push_back(controls.items[i]);
  }
  reply.json.add("first", std::move(first));
  return reply;
}

}  // namespace

std::vector<Operation> report_operations() {
  return {
      {.name = "report executive",
       .command = "",
       .zh = "给决策者的一两页：风险折合成钱、先做的三件事、保险之外的敞口",
       .en = "one to two pages for whoever decides: risk in money, three things to do first, what "
             "insurance leaves open",
       .options = {positional("enterprise", "ENTERPRISE", "企业", "the company"),
                   named("product", "PRODUCT", "在哪个产品的条款下",
                         "under the terms of which product", true)},
       .run = executive},
  };
}

}  // namespace anlan::api
