#include "engine/backtests.h"

#include <algorithm>
#include <limits>

#include "base/node_reader.h"
#include "base/refusals.h"
#include "engine/refusals.h"

namespace anlan::engine {
namespace {

constexpr double kFigureMax = 1e13;
constexpr double kHoursMax = 87'600.0;
constexpr double kRateMax = 1e4;
constexpr std::int64_t kYearFirst = 1990;
constexpr std::int64_t kYearLast = 2100;
constexpr std::int64_t kCountMax = 1'000'000'000;

BothTongues both(NodeReader& from, const std::string& key) {
  return {.zh = from.text(key + "_zh"), .en = from.text(key + "_en")};
}

// Indices of the named perils; hours are asked of outages only.
std::vector<std::size_t> perils_of(NodeReader& from, std::string_view key, const Hazard& hazard,
                                   bool outage) {
  std::vector<std::size_t> out;
  for (const std::string& code : from.texts(key)) {
    const auto found =
        std::find_if(hazard.perils.begin(), hazard.perils.end(), [&](const PerilHazard& peril) {
          return peril.peril.text == code && (!outage || peril.outage);
        });
    if (found == hazard.perils.end()) {
      from.refuse(key, refusals::kPerilUnknown, {{.name = "peril", .value = code}});
      continue;
    }
    out.push_back(static_cast<std::size_t>(found - hazard.perils.begin()));
  }
  return out;
}

bool is_hours(Measure measure) {
  return measure == Measure::kHoursMedian || measure == Measure::kHoursMean;
}
bool has_among(Measure measure) {
  return measure == Measure::kCountShare || measure == Measure::kMeanRatio ||
         measure == Measure::kInterruptionRatio;
}

std::optional<double> real_or_null(NodeReader& from, std::string_view key) {
  if (!from.has(key)) return std::nullopt;
  return from.real(key, 0.0, kFigureMax);
}

void published(NodeReader& from, PublishedFigure& out) {
  out.value = real_or_null(from, "value");
  out.low = real_or_null(from, "low");
  out.high = real_or_null(from, "high");
  out.sample = from.whole_or_null("n", 1, kCountMax);
  const bool none = !out.value && !out.low && !out.high;
  const double value = out.value.value_or(out.published_low());
  if (none || value < out.published_low() || value > out.published_high()) {
    from.refuse(out.value ? "value" : "low", refusals::kOutsideOwnRange);
  }
}

void company(NodeReader& figure, Currency currency, RiskInput& out) {
  if (!figure.has("company")) return;
  NodeReader from = figure.table("company");
  out.employees = from.whole_or("employees", 1, kCountMax, out.employees);
  out.revenue = from.money_or("revenue", currency, out.revenue);
  out.records = from.whole_or("records", 0, kCountMax, out.records);
  from.finish();
}

// The incidents that the measure speaks of.
void incidents(NodeReader& from, const Hazard& hazard, PublishedFigure& out) {
  if (out.measure == Measure::kNone) return;
  if (out.measure == Measure::kPayment) {
    out.amount = from.money("amount", hazard.currency);
    if (!from.refused() && out.amount.minor() <= 0) {
      from.refuse("amount", anlan::refusals::kOutOfRange);
    }
    return;
  }
  out.of = perils_of(from, "of", hazard, is_hours(out.measure));
  if (is_hours(out.measure)) {
    if (!from.refused() && out.of.size() != 1) from.refuse("of", refusals::kOutsideOwnRange);
    return;
  }
  if (has_among(out.measure)) out.among = perils_of(from, "among", hazard, false);
  out.every_incident = from.flag("every_incident", false);
  company(from, hazard.currency, out.company);
  if (!from.has("outage_hours")) return;
  std::vector<NodeReader> ends = from.list("outage_hours");
  if (ends.size() == 2) {
    out.outage = {.from = ends[0].as_real(0.0, kHoursMax), .to = ends[1].as_real(0.0, kHoursMax)};
  }
  if (!out.outage || out.outage->from >= out.outage->to) {
    from.refuse("outage_hours", refusals::kOutsideOwnRange);
  }
}

PublishedFigure figure(NodeReader& from, const Hazard& hazard) {
  PublishedFigure out{.id = from.text("id"),
                      .use = from.choice<FigureUse>("use"),
                      .measure = from.choice<Measure>("measure"),
                      .unit = from.choice<FigureUnit>("unit"),
                      .name = {.zh = from.text("zh"), .en = from.text("en")},
                      .company = reference_company(hazard)};
  published(from, out);
  incidents(from, hazard, out);
  out.source = from.text("source");
  out.source_zh = from.text("source_zh");
  out.year = from.whole("year", kYearFirst, kYearLast);
  out.population = both(from, "population");
  out.mapping = both(from, "maps");
  out.miss = both(from, "miss");
  from.finish();
  return out;
}

}  // namespace

double PublishedFigure::published_low() const {
  return low.value_or(high ? 0.0 : value.value_or(0.0));
}

double PublishedFigure::published_high() const {
  const double open = std::numeric_limits<double>::infinity();
  return high.value_or(low ? open : value.value_or(open));
}

Result<Backtests> read_backtests(const Node& node, const std::string& file, const Hazard& hazard) {
  ReadReport report(file);
  NodeReader root(node, report);
  Backtests out;
  out.claim.above = static_cast<double>(root.money("claim_above", hazard.currency).minor());
  out.claim.waiting_hours = root.real("waiting_hours", 0.0, kHoursMax);
  out.usd = root.real("usd", 1.0 / kRateMax, kRateMax);
  for (NodeReader& item : root.list("figure")) {
    PublishedFigure next = figure(item, hazard);
    const auto same = [&](const PublishedFigure& known) { return known.id == next.id; };
    if (std::any_of(out.figures.begin(), out.figures.end(), same)) {
      item.refuse("id", anlan::refusals::kDuplicateValue);
    }
    out.figures.push_back(std::move(next));
  }
  root.finish();
  return report.result(std::move(out));
}

}  // namespace anlan::engine
