// Operations that answer an owner's and a broker's questions in money: what may a year cost before
// and after the policy. What controls are worth stands in ops_worth.cpp, other limits in
// ops_options.cpp.
#include <algorithm>
#include <memory>

#include <fmt/core.h>

#include "api/market.h"
#include "api/other_terms.h"
#include "api/refusals.h"
#include "api/render.h"
#include "api/tried_answers.h"
#include "base/maths.h"
#include "domain/cover.h"
#include "domain/peril.h"
#include "engine/annual_losses.h"
#include "engine/event_losses.h"
#include "engine/expected_loss.h"
#include "engine/mean_loss.h"
#include "house/views.h"

namespace anlan::api {
namespace {

using namespace domain;

constexpr double kTailLevel = 0.99;
constexpr double kMinorPerMajor = 100.0;  // fen of a yuan
constexpr std::int64_t kPeriods[] = {10, 20, 50, 100, 200, 500, 1000};

// ---- anlan risk

struct Appetite {
  Money amount;
  double probability = 0.0;
};

// "500000@1%": in at most 1 % of the years may more than 500,000 stay with the company.
Appetite appetite_of(NodeReader item) {
  const std::string text = item.as_text();
  const std::size_t at = text.find('@');
  std::string percent = at == std::string::npos ? "" : text.substr(at + 1);
  if (!percent.empty() && !percent.ends_with('%')) percent += '%';
  Node share = Node::table();
  share.add("percent", Node::string(percent));
  ReadReport own("");
  const Share allowed = NodeReader(share, own).percent("percent");
  if (at == 0 || own.refused()) {
    item.refuse("", refusals::kAppetiteMalformed);
    return {};
  }
  const auto amount = parse_money(text.substr(0, at), Currency::kCny, item.path());
  if (!amount.ok()) {
    item.report().refuse(amount.refusal());
    return {};
  }
  return {.amount = amount.value(), .probability = allowed.ppm() / 1e6};
}

struct Stress {
  double frequency = 1.0;
  double severity = 1.0;
};

void apply_stress(const Stress& stress, engine::LossModel& model) {
  model.hourly *= stress.severity;
  for (engine::PerilModel& peril : model.perils) {
    peril.frequency *= stress.frequency;
    for (engine::PartModel& part : peril.parts) {
      part.median *= stress.severity;
      part.max *= stress.severity;
    }
  }
}

// One peril as the FAIR standard splits it (The Open Group, O-RT 2.0: loss event frequency = threat
// event frequency x vulnerability; primary and secondary loss).
struct FairLine {
  double threat = 0.0;
  double vulnerability = 1.0;
  double primary = 0.0;    // mean of an event
  double secondary = 0.0;  // likewise: what others do because of it
};

bool is_secondary(std::string_view head) {
  const std::string_view cover = section_of_head(head);
  return cover.starts_with("TP.") || cover == "FP.NOTIFY" || cover == "FP.CREDIT" ||
         cover == "FP.PR" || cover == "FP.REP" || cover == "FP.LEGAL";
}

FairLine fair_line(const engine::LossModel& model, const engine::LossModel& bare,
                   std::size_t peril) {
  FairLine out{.threat = bare.perils[peril].frequency};
  if (out.threat > 0.0) out.vulnerability = model.perils[peril].frequency / out.threat;
  for (const engine::HeadMean& head : engine::mean_by_head(model, peril)) {
    (is_secondary(head.head) ? out.secondary : out.primary) += head.amount;
  }
  return out;
}

// The same company with no control at all.
engine::RiskInput bare_company(const engine::Hazard& hazard, engine::RiskInput company) {
  company.controls.clear();
  for (const engine::ControlPrior& prior : hazard.controls.rows) {
    company.controls.push_back({.control = prior.control,
                                .gap = Share::from_percent(100),
                                .trust = Share::from_percent(100),
                                .source = FactSource::kTelemetry});
  }
  return company;
}

// Everything that is shown, before any format.
struct RiskFigures {
  Stress stress;
  engine::LossModel model;
  engine::LossModel bare;
  engine::YearLoss year;
  engine::AnnualLosses losses;
  std::vector<engine::Sampled> tail_before;
  std::vector<engine::Sampled> tail_after;
  std::vector<double> section_before;  // expected a year; the last: what no section takes
  std::vector<engine::SectionTail> section_tail;  // likewise
};

// Expected losses a year before the terms, by section of the policy, and behind them what no
// section takes.
std::vector<double> before_by_section(const Market& market, const engine::LossModel& model) {
  const engine::SectionMap sections = engine::sections_of(market.setting());
  const std::vector<bool> covered = engine::covered_perils(market.setting());
  std::vector<double> out(market.plan.section_count() + 1);
  for (std::size_t p = 0; p < model.perils.size(); ++p) {
    const std::vector<double> means = engine::mean_by_section(model, p, sections);
    for (std::size_t s = 0; s < means.size(); ++s) {
      out[covered[p] ? s : out.size() - 1] += model.perils[p].frequency * means[s];
    }
  }
  return out;
}

Result<RiskFigures> risk_figures(const Market& market, const Stress& stress) {
  const engine::RiskInput& company = market.risk.input;
  engine::LossModel model =
      engine::make_loss_model(*market.hazard, company, engine::ControlUse::kOwn);
  engine::RiskInput bare_input = bare_company(*market.hazard, company);
  bare_input.history = {};
  engine::LossModel bare =
      engine::make_loss_model(*market.hazard, bare_input, engine::ControlUse::kOwn);
  // As in the model: the company's own history speaks of the perils that it is asked for.
  for (engine::PerilModel& peril : bare.perils) {
    if (peril.hazard->own_history) peril.frequency *= model.history.factor;
  }
  apply_stress(stress, model);
  apply_stress(stress, bare);
  ANLAN_TRY(engine::YearLoss year, engine::year_loss(market.setting(), model, *market.executor));
  ANLAN_TRY(engine::AnnualLosses losses,
            engine::AnnualLosses::sample(market.setting(), model, kRiskPoints, *market.executor));
  std::vector<engine::Sampled> before =
      losses.tail_by_peril(engine::LossView::kGroundUp, engine::LossView::kGroundUp, kTailLevel);
  std::vector<engine::Sampled> after =
      losses.tail_by_peril(engine::LossView::kGroundUp, engine::LossView::kRetained, kTailLevel);
  std::vector<double> section_before = before_by_section(market, model);
  std::vector<engine::SectionTail> section_tail =
      losses.tail_by_section(engine::LossView::kGroundUp, kTailLevel);
  return RiskFigures{.stress = stress,
                     .model = std::move(model),
                     .bare = std::move(bare),
                     .year = std::move(year),
                     .losses = std::move(losses),
                     .tail_before = std::move(before),
                     .tail_after = std::move(after),
                     .section_before = std::move(section_before),
                     .section_tail = std::move(section_tail)};
}

using engine::LossView;

void add_curve(Session& session, const RiskFigures& figures, Document& document) {
  document.heading(2, session.say("risk.curve"));
  Table table{.columns = {{session.say("risk.period")},
                          {session.say("risk.before"), Align::kRight},
                          {session.say("risk.error"), Align::kRight},
                          {session.say("risk.paid"), Align::kRight},
                          {session.say("risk.error"), Align::kRight},
                          {session.say("risk.left"), Align::kRight},
                          {session.say("risk.error"), Align::kRight}}};
  Chart chart{.kind = ChartKind::kCurve,
              .whole = session.say("risk.chart_before"),
              .part = session.say("risk.chart_left_year")};
  for (const std::int64_t years : kPeriods) {
    const double level = 1.0 - 1.0 / static_cast<double>(years);
    const engine::Sampled before = figures.losses.quantile(LossView::kGroundUp, level);
    const engine::Sampled paid = figures.losses.quantile(LossView::kPaid, level);
    const engine::Sampled left = figures.losses.quantile(LossView::kRetained, level);
    const std::string label = session.say("risk.one_in", {{"years", std::to_string(years)}});
    table.rows.push_back({label, rounded_text(before.value), rounded_text(before.error),
                          rounded_text(paid.value), rounded_text(paid.error),
                          rounded_text(left.value), rounded_text(left.error)});
    // Return periods stand at their logarithms; the scale says yuan.
    chart.rows.push_back({.label = label,
                          .place = maths::log(static_cast<double>(years)),
                          .whole = before.value / kMinorPerMajor,
                          .part = std::min(left.value, before.value) / kMinorPerMajor,
                          .text = rounded_text(before.value)});
  }
  document.table(std::move(table));
  document.chart(std::move(chart));
  document.paragraph(session.say("risk.curve_note"));
}

// "0.15 ± 0.01 %", with a third decimal where the error needs it; errors below that are left out.
std::string sampled_share_text(const engine::Sampled& found) {
  constexpr double kTwoDecimals = 0.00005;
  constexpr double kThreeDecimals = 0.000005;
  if (found.value < 0.0001 || found.error < kThreeDecimals) return share_text(found.value);
  const int decimals = found.error < kTwoDecimals ? 3 : 2;
  return fmt::format("{:.{}f} ± {:.{}f} %", 100.0 * found.value, decimals, 100.0 * found.error,
                     decimals);
}

// Of the expected payment; 0 where nothing is expected to be paid.
double systemic_share(const Market& market, const engine::YearLoss& year) {
  double systemic = 0.0;
  for (std::size_t p = 0; p < market.hazard->perils.size(); ++p) {
    const PerilKind* const kind = find_peril_kind(market.hazard->perils[p].peril.text);
    if (kind->systemic()) systemic += year.insured_by_peril[p];
  }
  return year.insured > 0.0 ? systemic / year.insured : 0.0;
}

void add_year(Session& session, const Market& market, const RiskFigures& figures,
              Document& document) {
  const engine::YearLoss& year = figures.year;
  document.paragraph(
      session.say("risk.year", {{"before", rounded_text(year.ground_up)},
                                {"paid", rounded_text(year.insured)},
                                {"error", rounded_text(year.standard_error)},
                                {"left", rounded_text(year.ground_up - year.insured)},
                                {"none", share_text(figures.losses.no_incident())},
                                {"history", fmt::format("{:.3f}", figures.model.history.factor)},
                                {"z", share_text(figures.model.history.credibility)}}));
  const std::vector<double>& admitted = market.cover.admitted;
  if (std::any_of(admitted.begin(), admitted.end(), [](double share) { return share > 1.0; })) {
    document.bullet(session.say("risk.other_years"), "!");
  }
  document.paragraph(
      session.say("slip.systemic", {{"share", share_text(systemic_share(market, year))}}));
  const auto above = [&](LossView view, double amount) {
    return sampled_share_text(figures.losses.exceeds(view, amount));
  };
  document.paragraph(session.say("risk.exceeds", {{"any", above(LossView::kGroundUp, 0.0)},
                                                  {"insurable", above(LossView::kInsurable, 0.0)},
                                                  {"unpaid", above(LossView::kUnpaid, 0.0)}}));
  const terms::Terms& terms = market.plan.terms();
  if (terms.occurrence_retention > 0) {
    const auto retention = static_cast<double>(terms.occurrence_retention);
    document.paragraph(session.say("risk.over_retention",
                                   {{"retention", rounded_text(retention)},
                                    {"over", above(LossView::kLargestInsurable, retention)}}));
  }
  if (terms.aggregate_limit) {
    const auto limit = static_cast<double>(*terms.aggregate_limit);
    document.paragraph(session.say(
        "risk.over_limit",
        {{"limit", rounded_text(limit)}, {"over", above(LossView::kInsurable, limit)}}));
  }
}

// Expected a year and the worst 1 % of years, by what stands in the first column.
Table tail_table(Session& session, const std::string& first) {
  return {.columns = {{first},
                      {session.say("risk.expected"), Align::kRight},
                      {session.say("risk.paid"), Align::kRight},
                      {session.say("risk.tail_before"), Align::kRight},
                      {session.say("risk.error"), Align::kRight},
                      {session.say("risk.tail_left"), Align::kRight},
                      {session.say("risk.error"), Align::kRight}},
          .rows = {}};
}

void add_perils(Session& session, const Market& market, const RiskFigures& figures,
                Document& document) {
  document.heading(2, session.say("risk.perils"));
  Table table = tail_table(session, session.say("card.peril"));
  Chart chart{.whole = session.say("risk.chart_expected"), .part = session.say("risk.chart_left")};
  for (std::size_t p = 0; p < market.hazard->perils.size(); ++p) {
    const double expected = figures.model.perils[p].frequency * figures.year.perils[p].ground_up;
    const double left = expected - figures.year.insured_by_peril[p];
    if (expected > 0.0) {
      chart.rows.push_back({.label = peril_name(session, market.hazard->perils[p].peril),
                            .whole = expected / kMinorPerMajor,
                            .part = std::clamp(left, 0.0, expected) / kMinorPerMajor,
                            .text = rounded_text(expected)});
    }
    table.rows.push_back(
        {peril_name(session, market.hazard->perils[p].peril), rounded_text(expected),
         rounded_text(figures.year.insured_by_peril[p]), rounded_text(figures.tail_before[p].value),
         rounded_text(figures.tail_before[p].error), rounded_text(figures.tail_after[p].value),
         rounded_text(figures.tail_after[p].error)});
  }
  // The parts of a tail move together: their sum has an error of its own.
  const engine::Sampled tail =
      figures.losses.tail_of(LossView::kGroundUp, LossView::kGroundUp, kTailLevel);
  const engine::Sampled left =
      figures.losses.tail_of(LossView::kGroundUp, LossView::kRetained, kTailLevel);
  table.rows.push_back({session.say("card.total"), rounded_text(figures.year.ground_up),
                        rounded_text(figures.year.insured), rounded_text(tail.value),
                        rounded_text(tail.error), rounded_text(left.value),
                        rounded_text(left.error)});
  table.total = true;
  document.table(std::move(table));
  document.chart(std::move(chart));
}

// One row a section of the policy, then what no section takes; `paid` of that is zero.
struct CoverRow {
  std::string code;  // empty: no section
  double before = 0.0;
  double paid = 0.0;
  engine::Sampled tail_before;
  engine::Sampled tail_paid;
  engine::Sampled tail_left;
};

std::vector<CoverRow> cover_rows(const Market& market, const RiskFigures& figures) {
  const std::vector<terms::Section>& sections = market.plan.terms().sections;
  std::vector<CoverRow> out;
  for (std::size_t s = 0; s < figures.section_before.size(); ++s) {
    const bool none = s == sections.size();
    const engine::SectionTail& tail = figures.section_tail[s];
    out.push_back({.code = none ? "" : sections[s].code,
                   .before = figures.section_before[s],
                   .paid = none ? 0.0 : figures.year.insured_by_section[s],
                   .tail_before = tail.insurable,
                   .tail_paid = tail.paid,
                   .tail_left = tail.unpaid});
  }
  return out;
}

void add_covers(Session& session, const Market& market, const RiskFigures& figures,
                Document& document) {
  document.heading(2, session.say("risk.covers"));
  Table table = tail_table(session, session.say("risk.cover"));
  CoverRow total;
  const auto row = [&](const std::string& name, const CoverRow& of) {
    table.rows.push_back({name, rounded_text(of.before), rounded_text(of.paid),
                          rounded_text(of.tail_before.value), rounded_text(of.tail_before.error),
                          rounded_text(of.tail_left.value), rounded_text(of.tail_left.error)});
  };
  for (const CoverRow& of : cover_rows(market, figures)) {
    row(of.code.empty() ? session.say("risk.no_cover") : cover_name(session, of.code), of);
    total.before += of.before;
    total.paid += of.paid;
  }
  total.tail_before = figures.losses.tail_of(LossView::kGroundUp, LossView::kGroundUp, kTailLevel);
  total.tail_left = figures.losses.tail_of(LossView::kGroundUp, LossView::kRetained, kTailLevel);
  row(session.say("card.total"), total);
  table.total = true;
  document.table(std::move(table));
}

// An amount and, as "<name>_error", its standard error.
void add_sampled(const std::string& name, const engine::Sampled& found, Node& row) {
  row.add(name, amount_node(found.value));
  row.add(name + "_error", amount_node(found.error));
}
void add_sampled_share(const std::string& name, const engine::Sampled& found, Node& row) {
  row.add(name, share_node(found.value));
  row.add(name + "_error", share_node(found.error));
}

Node covers_node(const Market& market, const RiskFigures& figures) {
  Node out = Node::list();
  for (const CoverRow& of : cover_rows(market, figures)) {
    Node row = Node::table();
    row.add("cover", of.code.empty() ? Node::null() : Node::string(of.code));
    row.add("expected_before", amount_node(of.before));
    row.add("expected_paid", amount_node(of.paid));
    row.add("expected_left", amount_node(of.before - of.paid));
    add_sampled("tail_before", of.tail_before, row);
    add_sampled("tail_paid", of.tail_paid, row);
    add_sampled("tail_left", of.tail_left, row);
    out.items.push_back(std::move(row));
  }
  return out;
}

void add_fair(Session& session, const Market& market, const RiskFigures& figures,
              Document& document) {
  document.heading(2, session.say("risk.fair"));
  document.paragraph(session.say("risk.fair_note"));
  Table table{.columns = {{session.say("card.peril")},
                          {session.say("risk.threat"), Align::kRight},
                          {session.say("risk.vulnerability"), Align::kRight},
                          {session.say("risk.events"), Align::kRight},
                          {session.say("risk.primary"), Align::kRight},
                          {session.say("risk.secondary"), Align::kRight}}};
  for (std::size_t p = 0; p < market.hazard->perils.size(); ++p) {
    if (figures.model.perils[p].frequency == 0.0) continue;  // cannot happen to this company
    const FairLine line = fair_line(figures.model, figures.bare, p);
    table.rows.push_back({peril_name(session, market.hazard->perils[p].peril),
                          fmt::format("{:.5f}", line.threat),
                          fmt::format("{:.1f} %", 100.0 * line.vulnerability),
                          fmt::format("{:.5f}", figures.model.perils[p].frequency),
                          rounded_text(line.primary), rounded_text(line.secondary)});
  }
  document.table(std::move(table));
}

// What is accepted against what is left: told apart only beyond two standard errors.
enum class AppetiteFound : std::uint8_t { kWithin = 1, kAbove = 2, kUnclear = 3 };
constexpr auto enum_names(AppetiteFound*) {
  using F = AppetiteFound;
  return std::array{EnumName<F>{F::kWithin, "within"}, EnumName<F>{F::kAbove, "above"},
                    EnumName<F>{F::kUnclear, "unclear"}};
}

struct AppetiteRow {
  double amount = 0.0;
  engine::Sampled before;
  engine::Sampled left;
  AppetiteFound found = AppetiteFound::kUnclear;
};

AppetiteRow appetite_row(const Appetite& one, const engine::AnnualLosses& losses) {
  constexpr double kErrorsApart = 2.0;
  AppetiteRow out{.amount = static_cast<double>(one.amount.minor())};
  out.before = losses.exceeds(LossView::kGroundUp, out.amount);
  out.left = losses.exceeds(LossView::kRetained, out.amount);
  const double away = out.left.value - one.probability;
  const double noise = kErrorsApart * out.left.error;
  // A share that is known exactly is within also where it is all of what is accepted.
  if (away > noise) out.found = AppetiteFound::kAbove;
  if (away < -noise || (away <= 0.0 && noise == 0.0)) out.found = AppetiteFound::kWithin;
  return out;
}

void add_appetite(Session& session, const std::vector<Appetite>& appetite,
                  const RiskFigures& figures, Document& document) {
  if (appetite.empty()) return;
  document.heading(2, session.say("risk.appetite"));
  for (const Appetite& one : appetite) {
    const AppetiteRow row = appetite_row(one, figures.losses);
    document.bullet(session.say("risk." + std::string(name_of(row.found)),
                                {{"amount", rounded_text(row.amount)},
                                 {"allowed", share_text(one.probability)},
                                 {"before", sampled_share_text(row.before)},
                                 {"after", sampled_share_text(row.left)}}),
                    row.found == AppetiteFound::kWithin ? "-" : "!");
  }
}

// Probabilities of a year, by what they speak of.
Node exceed_node(const Market& market, const RiskFigures& figures) {
  const terms::Terms& terms = market.plan.terms();
  Node out = Node::table();
  const auto above = [&](const char* name, LossView view, double amount) {
    add_sampled_share(name, figures.losses.exceeds(view, amount), out);
  };
  above("any_loss", LossView::kGroundUp, 0.0);
  above("insurable_loss", LossView::kInsurable, 0.0);
  above("insurable_not_all_paid", LossView::kUnpaid, 0.0);
  if (terms.occurrence_retention > 0) {
    above("incident_above_retention", LossView::kLargestInsurable,
          static_cast<double>(terms.occurrence_retention));
  }
  if (terms.aggregate_limit) {
    above("insurable_above_limit", LossView::kInsurable,
          static_cast<double>(*terms.aggregate_limit));
  }
  return out;
}

Node risk_node(const Market& market, const RiskFigures& figures,
               const std::vector<Appetite>& appetite) {
  Node out = Node::table();
  out.add("model", Node::string(market.hazard->model));
  out.add("seed", Node::string(std::to_string(market.table->options().seed)));
  out.add("stress_frequency", share_node(figures.stress.frequency));
  out.add("stress_severity", share_node(figures.stress.severity));
  out.add("exceeds", exceed_node(market, figures));
  out.add("product", Node::string(market.risk.product->id.text));
  out.add("expected_before", amount_node(figures.year.ground_up));
  out.add("expected_paid", amount_node(figures.year.insured));
  out.add("expected_paid_error", amount_node(figures.year.standard_error));
  out.add("expected_left", amount_node(figures.year.ground_up - figures.year.insured));
  out.add("systemic_share", share_node(systemic_share(market, figures.year)));
  out.add("no_incident", share_node(figures.losses.no_incident()));
  out.add("history_factor", share_node(figures.model.history.factor));
  out.add("credibility", share_node(figures.model.history.credibility));
  Node curve = Node::list();
  for (const std::int64_t years : kPeriods) {
    const double level = 1.0 - 1.0 / static_cast<double>(years);
    Node row = Node::table();
    row.add("years", Node::number(years));
    const std::pair<const char*, LossView> views[] = {
        {"before", LossView::kGroundUp}, {"paid", LossView::kPaid}, {"left", LossView::kRetained}};
    for (const auto& [name, view] : views) {
      add_sampled(name, figures.losses.quantile(view, level), row);
      add_sampled(std::string(name) + "_tail_mean", figures.losses.tail_mean(view, level), row);
    }
    curve.items.push_back(std::move(row));
  }
  out.add("curve", std::move(curve));
  Node perils = Node::list();
  for (std::size_t p = 0; p < market.hazard->perils.size(); ++p) {
    const FairLine line = fair_line(figures.model, figures.bare, p);
    Node row = Node::table();
    row.add("peril", Node::string(market.hazard->perils[p].peril.text));
    row.add("frequency", share_node(figures.model.perils[p].frequency));
    row.add("threat_frequency", share_node(line.threat));
    row.add("vulnerability", share_node(line.vulnerability));
    row.add("primary_loss", amount_node(line.primary));
    row.add("secondary_loss", amount_node(line.secondary));
    row.add("expected_before",
            amount_node(figures.model.perils[p].frequency * figures.year.perils[p].ground_up));
    row.add("expected_paid", amount_node(figures.year.insured_by_peril[p]));
    add_sampled("tail_before", figures.tail_before[p], row);
    add_sampled("tail_left", figures.tail_after[p], row);
    perils.items.push_back(std::move(row));
  }
  out.add("perils", std::move(perils));
  out.add("covers", covers_node(market, figures));
  Node wishes = Node::list();
  for (const Appetite& one : appetite) {
    const AppetiteRow each = appetite_row(one, figures.losses);
    Node row = Node::table();
    row.add("amount", amount_node(each.amount));
    row.add("allowed", share_node(one.probability));
    add_sampled_share("before", each.before, row);
    add_sampled_share("left", each.left, row);
    row.add("found", to_node(each.found));
    wishes.items.push_back(std::move(row));
  }
  out.add("appetite", std::move(wishes));
  return out;
}

// The terms and answers that a year is asked for.
struct Asked {
  std::unique_ptr<Market> market;
  WantedTerms wanted;
  TermsChoice choice;
  std::vector<TriedAnswer> tried;
};

Result<Asked> asked_year(Session& session, NodeReader& options, EnterpriseId enterprise,
                         const ProductName& product) {
  Asked out;
  ANLAN_TRY(CompanyRisk risk, company_risk(session, enterprise, product));
  ANLAN_TRY(out.tried, try_answers(session, options, enterprise, risk));
  ANLAN_TRY(const engine::Hazard* hazard, session.library().hazard());
  ANLAN_REQUIRE(engine::check_currency(*hazard, *risk.wording));
  const terms::Terms& filed = risk.wording->terms;
  ANLAN_TRY(out.choice, choice_of(options, filed));
  std::optional<Money> limit = out.choice.limit;
  if (!limit && filed.aggregate_limit) {
    limit = Money::from_minor(*filed.aggregate_limit, filed.currency);
  }
  ANLAN_TRY(out.wanted, wanted_terms(options, filed, limit));
  if (out.choice.waiting) ANLAN_REQUIRE(choice_of(options, out.wanted.terms));
  ANLAN_TRY(const Instant now, session.now());
  ANLAN_TRY(out.market, market_of(session, std::move(risk), date_of(now)));
  out.market->plan = terms::compile(chosen_terms(out.wanted, out.choice));
  out.market->cover = out.market->cover_of(out.market->plan);
  return out;
}

// What was changed, before the figures.
void add_changes(Session& session, const Asked& asked, Document& document) {
  const auto& [market, wanted, choice, tried] = asked;
  const auto line = [&](const char* key, const std::string& value) {
    document.bullet(session.say(key, {{"value", value}}));
  };
  if (choice.limit) line("risk.tried_limit", whole_text(*choice.limit));
  if (choice.retention) line("risk.tried_retention", whole_text(*choice.retention));
  if (choice.waiting) line("risk.tried_waiting", std::to_string(*choice.waiting));
  const std::string changes = changes_text(session, market->risk.wording->terms, wanted);
  if (!changes.empty()) {
    document.bullet(session.say("risk.options_changed", {{"changes", changes}}));
  }
  if (choice.retention || wanted.own == OwnRetentions::kReplace) {
    const std::string own = own_retentions_text(session, wanted);
    if (!own.empty()) document.bullet(own);
  }
  for (const std::string& text : answers_text(session, tried)) document.bullet(text);
}

// Null where the wording stands.
Node tried_node(const Asked& asked) {
  const auto money = [](const std::optional<Money>& amount) {
    return amount ? to_node(*amount) : Node::null();
  };
  Node out = Node::table();
  out.add("limit", money(asked.choice.limit));
  out.add("retention", money(asked.choice.retention));
  add_terms(asked.wanted, asked.choice, out);
  out.add("answers", answers_node(asked.tried));
  return out;
}

void add_title(Session& session, const Asked& asked, const house::House& house,
               EnterpriseId enterprise, Reply& reply) {
  const terms::Wording& wording = *asked.market->risk.wording;
  reply.document.heading(
      1, session.say(
             "risk.title",
             {{"company", house::find_enterprise(house, enterprise)->enterprise.legal_name},
              {"product", session.lang() == Lang::kZh ? wording.title.zh : wording.title.en}}));
}

Result<Reply> risk(Session& session, NodeReader& options) {
  const auto enterprise = options.id<EnterpriseTag>("enterprise");
  const auto product = options.name<ProductTag>("product");
  std::vector<Appetite> appetite;
  for (NodeReader& item : options.list_or_empty("appetite")) appetite.push_back(appetite_of(item));
  constexpr std::int64_t kStressMax = 1000;
  const auto times = [&](std::string_view name) {
    return static_cast<double>(
               whole_option(options, name, {.lo = 1, .hi = kStressMax, .fallback = 100})) /
           100.0;
  };
  const Stress stress{.frequency = times("frequency-percent"),
                      .severity = times("severity-percent")};
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Asked asked, asked_year(session, options, enterprise, product));
  const std::unique_ptr<Market>& market = asked.market;
  ANLAN_TRY(const RiskFigures figures, risk_figures(*market, stress));
  ANLAN_TRY(const house::House* house, session.house());
  Reply reply;
  add_title(session, asked, *house, enterprise, reply);
  if (stress.frequency != 1.0 || stress.severity != 1.0) {
    reply.document.paragraph(
        session.say("risk.stressed", {{"frequency", fmt::format("{:g}", stress.frequency)},
                                      {"severity", fmt::format("{:g}", stress.severity)}}));
  }
  add_changes(session, asked, reply.document);
  add_year(session, *market, figures, reply.document);
  add_curve(session, figures, reply.document);
  add_appetite(session, appetite, figures, reply.document);
  add_perils(session, *market, figures, reply.document);
  add_covers(session, *market, figures, reply.document);
  add_fair(session, *market, figures, reply.document);
  reply.document.heading(2, session.say("risk.peers"));
  reply.document.paragraph(session.say("risk.peers_refused"));
  reply.json = risk_node(*market, figures, appetite);
  reply.json.add("enterprise", Node::string(to_text(enterprise)));
  reply.json.add("tried", tried_node(asked));
  ANLAN_TRY(const Instant now, session.now());
  reply.document.date = to_text(date_of(now, house->offset()));
  reply.json.add("as_of", Node::string(reply.document.date));
  add_size_findings(session, *market, reply);
  return reply;
}

}  // namespace

std::vector<Operation> risk_operations() {
  const Option enterprise = positional("enterprise", "ENTERPRISE", "企业", "the company");
  const Option product =
      named("product", "PRODUCT", "在哪个产品的条款下", "under the terms of which product", true);
  std::vector<Option> options = {
      enterprise,
      product,
      many("appetite", "AMOUNT@PERCENT",
           "可承受的程度，如 500000@1%：最多百分之一的年份自担超过 50 万元",
           "what you accept, e.g. 500000@1%: more than 500,000 stays with you in at "
           "most 1 % of the years"),
      named("frequency-percent", "N", "压力测试：频率为百分之几（默认 100）",
            "stress: frequencies at N percent (100)"),
      named("severity-percent", "N", "压力测试：损失金额为百分之几（默认 100）",
            "stress: amounts at N percent (100)"),
      named("limit", "AMOUNT", "改为这个年累计限额，只试算（默认同条款）",
            "with this annual limit, tried out only (default: as in the wording)"),
      named("retention", "AMOUNT", "改为这个每次事故免赔额（默认同条款）",
            "with this retention of each incident (default: as in the wording)"),
      named("waiting", "HOURS", "改为这个营业中断等待期，小时（默认同条款）",
            "with these waiting hours of an interruption (default: as in the wording)")};
  for (Option& option : other_terms_options()) options.push_back(std::move(option));
  return {
      {.name = "risk",
       .command = "",
       .zh = "一年的风险折合成钱：保险之前、保险之后、几年一遇",
       .en = "a year's risk in money: before and after insurance, by return period",
       .options = std::move(options),
       .run = risk},
  };
}

}  // namespace anlan::api
