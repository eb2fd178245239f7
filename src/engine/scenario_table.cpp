#include "engine/scenario_table.h"

#include <cmath>

#include "base/beta.h"
#include "base/maths.h"
#include "base/normal.h"
#include "engine/streams.h"

namespace anlan::engine {

DriverPlaces driver_places(const PerilHazard& peril) {
  DriverPlaces out;
  if (peril.outage) {
    out.hours = out.count++;
    out.share = out.count++;
    out.start = out.count++;
  }
  for (std::size_t i = 0; i < peril.gates.size(); ++i) out.gates.push_back(out.count++);
  for (const LossPart& part : peril.losses) {
    out.parts.push_back(out.count++);
    out.settled.push_back(part.settled ? out.count++ : 0);
  }
  if (peril.records) out.records = out.count++;
  return out;
}

ScenarioTable::ScenarioTable(const Hazard& hazard, const ScenarioOptions& options,
                             Executor& executor)
    : options_(options), ensemble_(draw_ensemble(hazard, options.seed)) {
  ANLAN_CHECK(options.points >= 1);
  ANLAN_CHECK(options.replicates >= 2);
  for (const PerilHazard& peril : hazard.perils) {
    places_.push_back(driver_places(peril));
    columns_.emplace_back(places_.back().count * options.points * options.replicates);
  }
  executor.run(hazard.perils.size() * options.replicates, [&](std::size_t block) {
    fill(hazard, block / options.replicates, block % options.replicates);
  });
}

std::span<const double> ScenarioTable::drivers(std::size_t peril, std::size_t dimension) const {
  return std::span<const double>(columns_[peril]).subspan(dimension * rows(), rows());
}

void ScenarioTable::fill(const Hazard& hazard, std::size_t peril, std::size_t replicate) {
  const PerilHazard& from = hazard.perils[peril];
  const DriverPlaces& at = places_[peril];
  // The key names the peril by its place in the domain's table, so that a new peril moves no
  // other's events.
  const SobolPoints points(at.count,
                           {.seed = options_.seed,
                            .subject = replicate,
                            .year = static_cast<std::uint32_t>(peril_index(from.peril.text)),
                            .stream = kScenarioStream});
  const auto column = [&](std::size_t dimension, const auto& value) {
    double* const out = columns_[peril].data() + dimension * rows();
    for (std::size_t i = 0; i < options_.points; ++i) {
      out[row(i, replicate)] = value(points.at(i, dimension));
    }
  };
  const auto lognormal = [](double sigma) {
    return [sigma](double u) { return maths::exp(sigma * maths::normal_quantile(u)); };
  };
  const auto share = [](maths::BetaShape shape) {
    return [beta = maths::BetaDistribution(shape)](double u) { return beta.quantile(u); };
  };
  if (from.outage) {
    const SurvivalPoints& law = from.outage->points;
    if (law.empty()) {
      column(at.hours, lognormal(from.outage->sigma));
    } else {
      const double median = survival_quantile(law, 0.5);
      column(at.hours, [&](double u) { return survival_quantile(law, u) / median; });
    }
    column(at.share, share(from.outage->share));
    column(at.start, [](double u) { return std::floor(kWeekHours * u); });
  }
  for (const std::size_t gate : at.gates) column(gate, [](double u) { return u; });
  for (std::size_t i = 0; i < from.losses.size(); ++i) {
    column(at.parts[i], lognormal(from.losses[i].sigma));
    if (from.losses[i].settled) column(at.settled[i], share(*from.losses[i].settled));
  }
  if (from.records) fill_records(from, peril, replicate, points);
}

// One share an event; every lump sum that grows with records carries its power.
void ScenarioTable::fill_records(const PerilHazard& from, std::size_t peril, std::size_t replicate,
                                 const SobolPoints& points) {
  const DriverPlaces& at = places_[peril];
  const auto column = [&](std::size_t dimension) {
    return columns_[peril].data() + dimension * rows();
  };
  double* const share = column(at.records);
  const maths::BetaDistribution beta(from.records->share);
  for (std::size_t i = 0; i < options_.points; ++i) {
    share[row(i, replicate)] = beta.quantile(points.at(i, at.records));
  }
  for (std::size_t part = 0; part < from.losses.size(); ++part) {
    const double exponent = records_exponent(from, from.losses[part]);
    if (exponent == 0.0) continue;
    double* const amount = column(at.parts[part]);
    for (std::size_t i = 0; i < options_.points; ++i) {
      amount[row(i, replicate)] *= maths::pow(share[row(i, replicate)], exponent);
    }
  }
}

}  // namespace anlan::engine
