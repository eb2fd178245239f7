#include "engine/lapses.h"

#include <algorithm>

#include "base/maths.h"
#include "base/money.h"
#include "engine/streams.h"
#include "terms/hours.h"

namespace anlan::engine {
namespace {

constexpr double kYearDays = 365.0;

}  // namespace

double lapse_probability(const ControlLapse& lapse, double days) {
  const double mean = lapse.mean_days.value;
  if (!(mean > 0.0)) return 0.0;
  const double part = lapse.per_year.value * mean / kYearDays;
  return std::min(1.0, part * maths::exp(-std::max(0.0, days) / mean));
}

double unpatched_probability(const Patching& patching, double days) {
  const double mean = patching.mean_days.value;
  const double used = patching.known_share.value;
  return mean > 0.0 ? used * maths::exp(-std::max(0.0, days) / mean) : 0.0;
}

void LapseColumns::show(terms::ColumnIncidents& incidents) const {
  incidents.extra_retention = retention_;
  incidents.extra_participation_bp = participation_;
  incidents.limit_bp = limit_;
}

void Lapses::add(Ladder ladder) {
  for (const terms::LadderStep& step : *ladder.steps) {
    participates_ = participates_ || step.participation_bp > 0;
    limits_ = limits_ || step.limit_bp < terms::kBasisPoints;
  }
  ladders_.push_back(std::move(ladder));
}

Lapses::Lapses(const Hazard& hazard, const Ladders& ladders, std::int64_t occurrence_retention,
               std::uint64_t seed)
    : occurrence_retention_(occurrence_retention) {
  const std::vector<terms::Obligation> no_obligations;
  const std::vector<terms::Scale> no_scales;
  for (const terms::Obligation& obligation :
       ladders.obligations&& hazard.lapse ? *ladders.obligations : no_obligations) {
    const ControlPrior* const prior = hazard.controls.find(obligation.control.text);
    if (!prior) continue;  // bears on no peril
    Ladder ladder{.steps = &obligation.steps, .reached = {}, .bears = {}, .streams = {}};
    for (const terms::LadderStep& step : obligation.steps) {
      ladder.reached.push_back(
          lapse_probability(*hazard.lapse, static_cast<double>(step.lapse_days)));
    }
    const auto number = static_cast<std::uint32_t>(prior - hazard.controls.rows.data());
    for (std::size_t p = 0; p < hazard.perils.size(); ++p) {
      const std::size_t index = peril_index(hazard.perils[p].peril.text);
      ladder.bears.push_back(index < kPerilCount && prior->relevance[index] > 0.0);
      ladder.streams.emplace_back(
          RandomKey{.seed = seed, .subject = p, .year = number, .stream = kLapseStream});
    }
    add(std::move(ladder));
  }
  for (const terms::Scale& scale : ladders.scales&& hazard.patching ? *ladders.scales : no_scales) {
    Ladder ladder{.steps = &scale.steps, .reached = {}, .bears = {}, .streams = {}};
    for (const terms::LadderStep& step : scale.steps) {
      ladder.reached.push_back(
          unpatched_probability(*hazard.patching, static_cast<double>(step.lapse_days)));
    }
    for (std::size_t p = 0; p < hazard.perils.size(); ++p) {
      const auto& names = scale.perils;
      const std::string& peril = hazard.perils[p].peril.text;
      ladder.bears.push_back(std::find(names.begin(), names.end(), peril) != names.end());
      ladder.streams.emplace_back(RandomKey{.seed = seed, .subject = p, .stream = kPatchingStream});
    }
    add(std::move(ladder));
  }
}

terms::Tightening Lapses::of(std::size_t peril, std::size_t table_row, double loss) const {
  terms::Tightening all;
  for (const Ladder& ladder : ladders_) {
    if (!ladder.bears[peril]) continue;
    const double drawn = ladder.streams[peril].unit(table_row);
    std::size_t steps = 0;
    while (steps < ladder.reached.size() && drawn < ladder.reached[steps]) ++steps;
    if (steps == 0) continue;
    const auto whole = static_cast<std::int64_t>(std::min(loss, static_cast<double>(kAmountMax)));
    terms::tighten(all, (*ladder.steps)[steps - 1], whole, occurrence_retention_);
  }
  return all;
}

namespace {

// What services still render of the row.
double in_kind(const terms::Plan& plan, const terms::ColumnIncidents& incidents, std::size_t row,
               const terms::ColumnYear* year) {
  double sum = 0.0;
  for (std::size_t k = 0; k < plan.services().size() && !incidents.losses.empty(); ++k) {
    const terms::PlanService& service = plan.services()[k];
    const bool used = year && k < year->used_by_service.size() && !year->used_by_service[k].empty();
    const double before = used ? year->used_by_service[k][row] : 0.0;
    double served = 0.0;
    for (const std::size_t s : service.sections) {
      if (!incidents.losses[s].empty()) served += incidents.losses[s][row];
    }
    sum += std::min(served, static_cast<double>(service.room(static_cast<std::int64_t>(before))));
  }
  return sum;
}

}  // namespace

double loss_of_row(const terms::Plan& plan, const terms::ColumnIncidents& incidents,
                   std::size_t row, const terms::ColumnYear* year) {
  double sum = 0.0;
  for (const std::span<const double> column : incidents.losses) {
    if (!column.empty()) sum += column[row];
  }
  for (std::size_t s = 0; s < incidents.outages.size(); ++s) {
    const terms::ColumnOutages& outage = incidents.outages[s];
    const terms::TimeTerms& time = plan.terms().sections[s].time;
    if (time.parametric_hourly && !outage.minutes.empty()) {
      const auto minutes = static_cast<std::int64_t>(outage.minutes[row]);
      sum += terms::measured_sums<double>(time, minutes).gross;
    } else if (!outage.gross.empty()) {
      sum += outage.gross[row];
    }
  }
  return sum - in_kind(plan, incidents, row, year);
}

}  // namespace anlan::engine
