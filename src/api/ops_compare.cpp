// Products side by side for one company: what each covers, what it pays for named and for simulated
// incidents, and which clause makes the difference: anlan compare.
#include <algorithm>
#include <array>
#include <memory>

#include <fmt/core.h>

#include "api/comparison.h"
#include "api/market.h"
#include "api/refusals.h"
#include "api/render.h"
#include "base/maths.h"
#include "engine/compare_events.h"
#include "engine/event_losses.h"
#include "engine/size_law.h"
#include "engine/trigger_share.h"
#include "house/views.h"
#include "terms/take_step.h"
#include "terms/territory.h"
#include "underwriting/triage.h"

namespace anlan::api {
namespace {

using namespace domain;
using terms::Script;

constexpr std::size_t kComparePoints = 1024;  // of each peril and replicate
constexpr std::size_t kScriptsShown = 8;      // of those that nobody asked for by name
constexpr double kMinorPerMajor = 100.0;

// The facts of a company that nobody has registered, as `quote indicate` takes them.
struct Input {
  std::string_view option;
  std::string_view fact;
  std::string_view value;
};
constexpr std::array kInputs{
    Input{"sector", "sector", "C39"},
    Input{"revenue", "revenue", "AMOUNT"},
    Input{"employees", "employees", "N"},
    Input{"region", "region", "3302"},
    Input{"records", "records", "N"},
    Input{"gross-margin", "gross_margin", "PERCENT"},
    Input{"it-dependence", "it_dependence", "PERCENT"},
    Input{"online-revenue", "online_revenue", "AMOUNT"},
    Input{"ot-lines", "ot_lines", "N"},
    Input{"incidents", "incidents_36m", "N"},
};

struct Offer {
  const underwriting::Product* product = nullptr;
  // Of a registered company.
  std::optional<underwriting::Triage> triage = {};
  terms::Plan plan;
  engine::InsuredCover cover;
};

// Everything that is compared. The covers point into the offers.
struct Field {
  std::string company;
  std::string basis = {};  // of a company that nobody has registered: its facts, given and assumed
  engine::RiskInput input;
  std::optional<CompanyRisk> risk;  // of a registered company
  const engine::Hazard* hazard = nullptr;
  std::vector<std::unique_ptr<Offer>> offers;
  std::vector<Candidate> candidates;
  std::unique_ptr<platform::TbbExecutor> executor;
  std::unique_ptr<engine::ScenarioTable> table;

  engine::CompareSetting setting() const {
    engine::CompareSetting out{.hazard = hazard, .table = table.get(), .covers = {}};
    for (const auto& offer : offers) out.covers.push_back(&offer->cover);
    return out;
  }
};

// ---- the company

bool counts(const FactKind& kind) {
  return kind.type == FactType::kMoney || kind.type == FactType::kShare ||
         kind.type == FactType::kCount;
}

Result<engine::RiskInput> company_of_facts(Session& session, std::vector<Fact> facts) {
  const bool history = find_fact(facts, "incidents_36m") != nullptr;
  for (const FactKind* kind : underwriting::missing_facts(facts)) {
    facts.push_back({.name = {std::string(kind->name)}, .value = counts(*kind) ? "0" : ""});
  }
  ANLAN_TRY(const underwriting::Inference* inference, session.library().inference());
  ANLAN_TRY(const underwriting::Profile profile, underwriting::make_profile(facts, *inference));
  engine::RiskInput out = underwriting::risk_input(profile, {});
  if (!history) out.history = {};
  return out;
}

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

// Refuses kCompareCompany where neither a company nor sector, revenue and employees are named, or
// both.
Result<Done> find_company(Session& session, NodeReader& options, const std::string& product,
                          Field& field) {
  const std::string named_company = options.text_or("enterprise", "");
  std::vector<Fact> facts = facts_of(options);
  if (options.refused()) return options.report().refusal();
  if (named_company.empty() == facts.empty()) {
    return Refusal{.code = refusals::kCompareCompany, .path = "enterprise", .value = named_company};
  }
  if (named_company.empty()) {
    for (const std::string_view needed : {"sector", "revenue", "employees"}) {
      if (find_fact(facts, needed)) continue;
      return Refusal{.code = refusals::kMissingOption, .path = std::string(needed), .value = ""};
    }
    field.company =
        session.say("compare.unregistered", {{"sector", find_fact(facts, "sector")->value}});
    ANLAN_TRY(field.basis, basis_line(session, facts));
    ANLAN_TRY(field.input, company_of_facts(session, std::move(facts)));
    return Done{};
  }
  ANLAN_TRY(const auto id, parse_id<EnterpriseTag>(named_company, "enterprise"));
  ANLAN_TRY(field.risk, company_risk(session, id, {product}));
  field.input = field.risk->input;
  ANLAN_TRY(const house::House* house, session.house());
  field.company = company_name(*house, id);
  return Done{};
}

// ---- the products

Result<Done> add_offer(Session& session, const std::string& name, std::optional<Date> inception,
                       Field& field) {
  ANLAN_TRY(const underwriting::Product* product, session.library().product({name}));
  ANLAN_TRY(const terms::Wording* wording, session.library().wording_of(*product));
  ANLAN_REQUIRE(engine::check_currency(*field.hazard, *wording));
  auto offer = std::make_unique<Offer>(
      Offer{.product = product, .triage = {}, .plan = terms::compile(wording->terms), .cover = {}});
  offer->cover = engine::insured_cover(*field.hazard, *wording, offer->plan, inception);
  field.candidates.push_back({.letter = letter_of(field.candidates.size()),
                              .id = name,
                              .title = product->name(session.lang()),
                              .wording = wording});
  field.offers.push_back(std::move(offer));
  return Done{};
}

// Who may buy what: nothing is offered that would be declined without saying so.
void find_eligibility(Field& field) {
  if (!field.risk) return;
  const auto beyond = engine::beyond_size_laws(*field.hazard, field.input);
  for (const auto& offer : field.offers) {
    offer->triage = underwriting::eligibility(*offer->product, field.risk->profile,
                                              field.risk->controls, beyond);
  }
}

bool is_declined(const Offer& offer) {
  return offer.triage && offer.triage->decision == QuoteDecision::kDeclined;
}

Result<Field> field_of(Session& session, NodeReader& options) {
  ANLAN_TRY(const std::vector<std::string> names,
            listed_names(options.text("products"), "products"));
  if (options.refused()) return options.report().refusal();
  Field field;
  ANLAN_TRY(field.hazard, session.library().hazard());
  for (const std::string& name : names) {
    ANLAN_REQUIRE(add_offer(session, name, std::nullopt, field));
  }
  ANLAN_REQUIRE(find_company(session, options, names.front(), field));
  find_eligibility(field);
  field.executor = std::make_unique<platform::TbbExecutor>(0);
  field.table = std::make_unique<engine::ScenarioTable>(
      *field.hazard, engine::ScenarioOptions{.points = kComparePoints}, *field.executor);
  return field;
}

// ---- named incidents

struct NamedIncident {
  const Script* script = nullptr;
  std::unique_ptr<Script> scaled;
  Round as_told;
  Round at_size;
};

struct NamedIncidents {
  std::vector<NamedIncident> shown = {};
  std::size_t unplayed = 0;  // of all that were asked for, at this size, under one product or more
};

bool is_unplayed(const NamedIncident& each) {
  return std::any_of(each.at_size.played.begin(), each.at_size.played.end(),
                     [](const Result<terms::Played>& played) { return !played.ok(); });
}

Result<NamedIncidents> named_incidents(Session& session, const std::string& asked,
                                       const Field& field, const engine::LossModel& model) {
  std::vector<std::string> names = session.library().script_names();
  if (!asked.empty()) {
    ANLAN_TRY(names, listed_names(asked, "scripts", {.least = 1, .most = names.size()}));
  }
  const Money profit = Money::rounded(model.hourly, field.hazard->currency, Rounding::kHalfUp);
  NamedIncidents found;
  std::vector<NamedIncident>& out = found.shown;
  for (const std::string& name : names) {
    ANLAN_TRY(const Script* script, session.library().script(name));
    auto scaled = std::make_unique<Script>(terms::scaled_to(*script, field.input.revenue, profit));
    Round told = play_round(*script, field.candidates);
    Round sized = play_round(*scaled, field.candidates);
    out.push_back({.script = script,
                   .scaled = std::move(scaled),
                   .as_told = std::move(told),
                   .at_size = std::move(sized)});
  }
  found.unplayed = static_cast<std::size_t>(std::count_if(out.begin(), out.end(), is_unplayed));
  std::stable_sort(out.begin(), out.end(), [](const NamedIncident& a, const NamedIncident& b) {
    return a.at_size.spread > b.at_size.spread;
  });
  if (asked.empty()) {
    std::erase_if(out, [](const NamedIncident& each) { return each.at_size.spread.is_zero(); });
  }
  if (asked.empty() && out.size() > kScriptsShown) {
    out.erase(out.begin() + kScriptsShown, out.end());
  }
  for (NamedIncident& each : out) {
    explain_round(field.candidates, each.as_told);
    explain_round(field.candidates, each.at_size);
  }
  return found;
}

Table round_table(Session& session, const std::vector<NamedIncident>& incidents, const Field& field,
                  bool scaled) {
  Table table{
      .columns = {{session.say("script.incident")}, {session.say("script.stated"), Align::kRight}},
      .rows = {},
      .repeated = 2};
  for (const Candidate& candidate : field.candidates) {
    table.columns.push_back({candidate.letter, Align::kRight});
  }
  for (const NamedIncident& each : incidents) {
    const Round& round = scaled ? each.at_size : each.as_told;
    const std::string& title =
        session.lang() == Lang::kZh ? each.script->title.zh : each.script->title.en;
    std::vector<std::string> cells{
        with_id(session, title, each.script->id),
        round.best ? whole_text(round.played[*round.best]->stated) : "–"};
    for (const auto& played : round.played) {
      cells.push_back(played.ok() ? whole_text(played->paid) : "–");
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

void add_named(Session& session, const NamedIncidents& named, const Field& field,
               Document& document) {
  const std::vector<NamedIncident>& incidents = named.shown;
  document.heading(2, session.say("compare.named"));
  if (incidents.empty()) {
    document.paragraph(
        session.say(named.unplayed == 0 ? "compare.named_same" : "compare.named_same_played"));
  }
  if (named.unplayed > 0) {
    document.paragraph(
        session.say("compare.unplayed", {{"count", std::to_string(named.unplayed)}}));
  }
  if (incidents.empty()) return;
  document.paragraph(session.say("compare.at_size_note"));
  document.table(round_table(session, incidents, field, true));
  std::vector<std::string> seen;
  for (const NamedIncident& each : incidents) {
    if (each.at_size.spread.is_zero()) continue;
    const std::string& title =
        session.lang() == Lang::kZh ? each.script->title.zh : each.script->title.en;
    document.paragraph(session.say("compare.on_incident", {{"incident", title}}));
    add_why(session, each.at_size, field.candidates, seen, document);
  }
  document.paragraph(session.say("compare.as_told_note"));
  document.table(round_table(session, incidents, field, false));
}

// ---- simulated incidents

std::string price_text(const Offer& offer, double expected) {
  const underwriting::Product& product = *offer.product;
  if (!(expected > 0.0) || is_declined(offer)) return "–";
  return fmt::format("{:.2f}", static_cast<double>(product.premium.minor()) / expected);
}

// Why this company cannot buy it as it is, where it cannot.
void add_eligibility(Session& session, const Field& field, Document& document) {
  for (std::size_t k = 0; k < field.offers.size(); ++k) {
    const auto& triage = field.offers[k]->triage;
    if (!triage || triage->decision == QuoteDecision::kBindable) continue;
    std::string reasons;
    for (const TriageFinding& finding : triage->findings) {
      reasons +=
          (reasons.empty() ? "" : session.say("word.list_separator")) +
          session.say("brief.finding",
                      {{"reason", session.say("triage." + std::string(name_of(finding.reason)))},
                       {"value", finding.value},
                       {"limit", finding.limit}});
    }
    document.bullet(session.say("compare.not_bindable",
                                {{"letter", field.candidates[k].letter},
                                 {"decision", word(session, "decision", triage->decision)},
                                 {"reasons", reasons}}),
                    "!");
  }
}

// A policy that pays for nothing here.
void add_territories(Session& session, const Field& field, Document& document) {
  for (const Candidate& candidate : field.candidates) {
    const auto& territory = candidate.wording->territory;
    if (terms::is_inside(territory, std::string(engine::kCompanyPlace))) continue;
    document.bullet(session.say("compare.outside",
                                {{"letter", candidate.letter}, {"clause", territory->clause}}),
                    "!");
  }
}

void add_simulated(Session& session, const engine::EventComparison& found, const Field& field,
                   Document& document) {
  document.heading(2, session.say("compare.simulated"));
  document.paragraph(
      session.say("compare.simulated_note", {{"events", std::to_string(found.events.size())},
                                             {"frequency", fmt::format("{:.2f}", found.frequency)},
                                             {"loss", rounded_text(found.ground_up)}}));
  Table table{.columns = {{session.say("compare.product")},
                          {session.say("compare.expected"), Align::kRight},
                          {session.say("risk.error"), Align::kRight},
                          {session.say("compare.share"), Align::kRight},
                          {session.say("compare.incidents_paid"), Align::kRight},
                          {session.say("compare.worst_gap"), Align::kRight}}};
  Table prices{.columns = {{session.say("compare.product")},
                           {session.say("compare.premium"), Align::kRight},
                           {session.say("compare.price"), Align::kRight}}};
  Chart chart{.kind = ChartKind::kBars,
              .whole = session.say("compare.chart_loss"),
              .part = session.say("compare.chart_left"),
              .rows = {}};
  for (std::size_t k = 0; k < found.policies.size(); ++k) {
    const engine::PolicyEvents& one = found.policies[k];
    const Offer& offer = *field.offers[k];
    table.rows.push_back({field.candidates[k].letter, rounded_text(one.expected),
                          rounded_text(one.error), share_text(one.share_paid),
                          share_text(one.share_of_incidents), rounded_text(one.worst_gap)});
    prices.rows.push_back({field.candidates[k].letter,
                           is_declined(offer) ? "–" : whole_text(offer.product->premium),
                           price_text(offer, one.expected)});
    const double left = std::max(0.0, found.ground_up - one.expected);
    chart.rows.push_back({.label = field.candidates[k].letter,
                          .whole = found.ground_up / kMinorPerMajor,
                          .part = std::min(left, found.ground_up) / kMinorPerMajor,
                          .text = rounded_text(left)});
  }
  document.table(std::move(table));
  document.table(std::move(prices));
  add_eligibility(session, field, document);
  add_territories(session, field, document);
  document.chart(std::move(chart));
}

// The event under each wording, as `anlan wording play` would settle it.
struct Replay {
  const engine::EventContrast* contrast = nullptr;
  std::vector<Script> scripts;  // by product: the sections differ
  std::vector<Result<terms::Played>> played;
  std::optional<terms::DecidingTerm> why;  // of the product that pays least
};

terms::PlayOptions options_of(const engine::YearSetting& setting, const Field& field, std::size_t k,
                              const engine::ComparedEvent& event, const Script& script) {
  terms::PlayOptions options{.every_condition_met = true};
  const terms::Wording& wording = *field.candidates[k].wording;
  if (wording.obligations.empty() && wording.scales.empty()) return options;
  const auto plain = terms::play(script, wording, options);
  if (!plain.ok()) return options;
  const auto loss = static_cast<double>(plain->loss);
  options.tightening = engine::event_tightening(setting, event, loss);
  options.tightening_clause = wording.obligations.empty() ? wording.scales.front().clause
                                                          : wording.obligations.front().clause;
  return options;
}

Replay replay(const Field& field, const engine::LossModel& model,
              const engine::EventComparison& found, const engine::EventContrast& contrast) {
  Replay out{.contrast = &contrast, .scripts = {}, .played = {}, .why = {}};
  const engine::CompareSetting setting = field.setting();
  const engine::ComparedEvent& event = found.events[contrast.event];
  std::vector<terms::PlayOptions> options;
  for (std::size_t k = 0; k < field.candidates.size(); ++k) {
    const engine::YearSetting year = setting.of(k);
    out.scripts.push_back(engine::event_script(year, model, event));
    options.push_back(options_of(year, field, k, event, out.scripts.back()));
    out.played.push_back(terms::play(out.scripts[k], *field.candidates[k].wording, options.back()));
  }
  const auto& most = out.played[contrast.most];
  const auto& least = out.played[contrast.least];
  if (most.ok() && least.ok()) {
    out.why =
        terms::deciding_term(out.scripts[contrast.least], *field.candidates[contrast.least].wording,
                             *least, *most, options[contrast.least]);
  }
  return out;
}

void add_replays(Session& session, const std::vector<Replay>& replays,
                 const engine::EventComparison& found, const Field& field, Document& document) {
  document.heading(2, session.say("compare.contrasts"));
  if (replays.empty()) document.paragraph(session.say("compare.no_difference"));
  for (const Replay& each : replays) {
    const engine::EventContrast& contrast = *each.contrast;
    const engine::ComparedEvent& event = found.events[contrast.event];
    const std::size_t hours =
        each.scripts.front().outage ? each.scripts.front().outage->hourly.size() : 0;
    document.bullet(
        session.say("compare.contrast",
                    {{"peril", peril_name(session, field.hazard->perils[event.peril].peril)},
                     {"loss", rounded_text(found.loss[contrast.event])},
                     {"hours", hours == 0 ? "" : std::to_string(hours)},
                     {"most", field.candidates[contrast.most].letter},
                     {"most_paid", rounded_text(found.paid[contrast.most][contrast.event])},
                     {"least", field.candidates[contrast.least].letter},
                     {"least_paid", rounded_text(found.paid[contrast.least][contrast.event])}}));
    if (!each.why) continue;
    const bool alone = !each.why->closes.is_zero();
    document.bullet(session.say(alone ? "compare.contrast_why" : "compare.contrast_no_one",
                                {{"letter", field.candidates[contrast.least].letter},
                                 {"step", step_text(session, each.why->step)},
                                 {"closes", to_grouped(each.why->closes)}}),
                    "  !");
  }
}

// ---- services, JSON

void add_services(Session& session, const Field& field, Document& document) {
  document.heading(2, session.say("compare.services"));
  for (std::size_t k = 0; k < field.offers.size(); ++k) {
    const std::vector<std::string>& services = field.offers[k]->product->services(session.lang());
    std::string list;
    for (const std::string& service : services) {
      list += (list.empty() ? "" : session.say("word.list_separator")) + service;
    }
    document.bullet(list.empty() ? session.say("compare.no_services") : list,
                    field.candidates[k].letter);
  }
}

Node simulated_node(const engine::EventComparison& found, const Field& field) {
  Node out = Node::table();
  out.add("events", Node::number(static_cast<std::int64_t>(found.events.size())));
  out.add("frequency", share_node(found.frequency));
  out.add("expected_before", amount_node(found.ground_up));
  Node& rows = out.add("under", Node::list());
  for (std::size_t k = 0; k < found.policies.size(); ++k) {
    const engine::PolicyEvents& one = found.policies[k];
    const Offer& offer = *field.offers[k];
    const underwriting::Product& product = *offer.product;
    Node row = Node::table();
    row.add("name", Node::string(field.candidates[k].id));
    row.add("expected_paid", amount_node(one.expected));
    row.add("expected_paid_error", amount_node(one.error));
    row.add("share_paid", share_node(one.share_paid));
    row.add("share_of_incidents", share_node(one.share_of_incidents));
    row.add("worst_gap", amount_node(one.worst_gap));
    row.add("premium", to_node(product.premium));
    row.add("price_per_expected",
            one.expected > 0.0
                ? share_node(static_cast<double>(product.premium.minor()) / one.expected)
                : Node::null());
    row.add("decision", offer.triage ? to_node(offer.triage->decision) : Node::null());
    row.add("findings", offer.triage ? to_node(offer.triage->findings) : Node::list());
    rows.items.push_back(std::move(row));
  }
  return out;
}

Node replay_node(const Replay& each, const engine::EventComparison& found, const Field& field) {
  const engine::EventContrast& contrast = *each.contrast;
  const engine::ComparedEvent& event = found.events[contrast.event];
  Node out = Node::table();
  out.add("peril", Node::string(field.hazard->perils[event.peril].peril.text));
  out.add("row", Node::number(static_cast<std::int64_t>(event.row)));
  out.add("loss", amount_node(found.loss[contrast.event]));
  out.add("most", Node::string(field.candidates[contrast.most].id));
  out.add("least", Node::string(field.candidates[contrast.least].id));
  Node& paid = out.add("paid", Node::list());
  for (std::size_t k = 0; k < field.candidates.size(); ++k) {
    Node row = Node::table();
    row.add("name", Node::string(field.candidates[k].id));
    row.add("paid", amount_node(found.paid[k][contrast.event]));
    row.add("replayed", each.played[k].ok() ? to_node(each.played[k]->paid) : Node::null());
    paid.items.push_back(std::move(row));
  }
  if (each.why) {
    Node& term = out.add("deciding", step_node(each.why->step));
    term.add("closes", to_node(each.why->closes));
  } else {
    out.add("deciding", Node::null());
  }
  return out;
}

Result<Reply> compare(Session& session, NodeReader& options) {
  const std::string asked = options.text_or("scripts", "");
  ANLAN_TRY(const Field field, field_of(session, options));
  const engine::LossModel model =
      engine::make_loss_model(*field.hazard, field.input, engine::ControlUse::kOwn);
  ANLAN_TRY(const auto incidents, named_incidents(session, asked, field, model));
  ANLAN_TRY(const engine::EventComparison found, engine::compare_events(field.setting(), model));
  std::vector<Replay> replays;
  for (const engine::EventContrast& contrast : found.contrasts) {
    replays.push_back(replay(field, model, found, contrast));
  }
  Reply reply;
  reply.document.heading(1, session.say("compare.title", {{"company", field.company}}));
  if (!field.basis.empty()) reply.document.paragraph(field.basis);
  add_legend(session, field.candidates, reply.document);
  add_covers(session, field.candidates, reply.document);
  add_terms(session, field.candidates, reply.document);
  add_named(session, incidents, field, reply.document);
  add_simulated(session, found, field, reply.document);
  add_replays(session, replays, found, field, reply.document);
  add_services(session, field, reply.document);
  reply.json = Node::table();
  reply.json.add("company", Node::string(field.company));
  reply.json.add("covers", covers_node(field.candidates));
  Node& scripts = reply.json.add("incidents", Node::list());
  for (const NamedIncident& each : incidents.shown) {
    Node row = Node::table();
    row.add("at_company_size", round_node(each.at_size, field.candidates));
    row.add("as_told", round_node(each.as_told, field.candidates));
    scripts.items.push_back(std::move(row));
  }
  reply.json.add("unplayed", Node::number(static_cast<std::int64_t>(incidents.unplayed)));
  reply.json.add("simulated", simulated_node(found, field));
  Node& contrasts = reply.json.add("contrasts", Node::list());
  for (const Replay& each : replays) {
    contrasts.items.push_back(replay_node(each, found, field));
  }
  return reply;
}

}  // namespace

std::vector<Operation> compare_operations() {
  std::vector<Option> options = {
      positional("enterprise", "ENTERPRISE", "企业；不写则用下面的事实",
                 "the company; without it, the facts below", false),
      named("products", "A,B,C", "要比较的产品，2 至 12 个，用逗号分开",
            "the products, 2 to 12, separated by commas", true),
      named("scripts", "X,Y", "要比较的已命名事件（默认：差别最大的几个）",
            "named incidents (default: those on which they differ most)")};
  for (const Input& input : kInputs) {
    const FactKind& kind = *find_fact_kind(input.fact);
    options.push_back(named(input.option, input.value, kind.zh, kind.en));
  }
  return {{.name = "compare",
           .command = "",
           .zh = "几个产品对一家企业的比较：保什么、各类事件赔多少、差别在哪一条",
           .en = "products side by side for a company: cover, payment, the clause that decides",
           .options = std::move(options),
           .run = compare}};
}

}  // namespace anlan::api
