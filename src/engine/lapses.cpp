#include "engine/lapses.h"

#include <algorithm>

#include "base/maths.h"
#include "base/money.h"
#include "engine/streams.h"

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

Lapses::Lapses(const Hazard& hazard, const std::vector<terms::Obligation>& obligations,
               std::uint64_t seed) {
  if (!hazard.lapse) return;
  for (const terms::Obligation& obligation : obligations) {
    const ControlPrior* const prior = hazard.controls.find(obligation.control.text);
    if (!prior) continue;  // bears on no peril
    Ladder ladder{.obligation = &obligation, .reached = {}, .bears = {}, .streams = {}};
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
    ladders_.push_back(std::move(ladder));
  }
}

std::int64_t Lapses::extra(std::size_t peril, std::size_t table_row, double loss) const {
  std::int64_t sum = 0;
  for (const Ladder& ladder : ladders_) {
    if (!ladder.bears[peril]) continue;
    const double drawn = ladder.streams[peril].unit(table_row);
    std::size_t steps = 0;
    while (steps < ladder.reached.size() && drawn < ladder.reached[steps]) ++steps;
    if (steps == 0) continue;
    const auto whole = static_cast<std::int64_t>(std::min(loss, static_cast<double>(kAmountMax)));
    sum += terms::extra_retention(ladder.obligation->steps[steps - 1], whole);
  }
  return std::min(sum, kAmountMax);
}

double loss_of_row(const terms::ColumnIncidents& incidents, std::size_t row) {
  double sum = 0.0;
  for (const std::span<const double> column : incidents.losses) {
    if (!column.empty()) sum += column[row];
  }
  for (const terms::ColumnOutages& outage : incidents.outages) {
    if (!outage.gross.empty()) sum += outage.gross[row];
  }
  return sum;
}

}  // namespace anlan::engine
