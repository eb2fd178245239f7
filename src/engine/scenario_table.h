// Scenario table: for each peril a fixed set of events as standardised drivers, the same for every
// company and every quote, so that two prices differ only by what differs between the companies
// (MODEL.md 5.1).
//
// A point of the scrambled Sobol sequence gives one event: hours of the outage (e^(sigma z)), share
// of activity, hour of the week at which it starts, one number per gate, one or two per lump sum,
// the share of the records held that is taken.
// Each replicate has its own digital shift, so the scatter of the replicates is the standard error.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/executor.h"
#include "base/sobol.h"
#include "engine/ensemble.h"
#include "engine/hazard.h"

namespace anlan::engine {

struct ScenarioOptions {
  std::size_t points = 1024;        // of each peril and replicate; a power of two, at most 65,536
  std::size_t replicates = 16;      // at least 2
  std::uint64_t seed = 20'230'701;  // 2023-07, the month of the first policy
};

// Where the drivers of a peril stand among its dimensions.
struct DriverPlaces {
  std::size_t hours = 0;  // outage perils only, as the next two
  std::size_t share = 0;
  std::size_t start = 0;
  std::vector<std::size_t> gates;
  std::vector<std::size_t> parts;
  std::vector<std::size_t> settled;  // same length as parts; unused where the part has none
  std::size_t records = 0;           // perils with RecordsTaken only
  std::size_t count = 0;
};
DriverPlaces driver_places(const PerilHazard& peril);

// Immutable; read by any number of threads. 12 perils x 16 x 1,024 points take 13 MB and about 0.2
// s on one thread.
class ScenarioTable {
 public:
  ScenarioTable(const Hazard& hazard, const ScenarioOptions& options, Executor& executor);

  const ScenarioOptions& options() const { return options_; }
  const DriverPlaces& places(std::size_t peril) const { return places_[peril]; }
  // One dimension: a value for each row, which is a point of one replicate. The replicates of a
  // point stand side by side, so that the first points of all of them are one stretch. Outage hours
  // have the median 1, lump sums are lognormal of median 1, times share^exponent where they grow
  // with the records taken; shares are quantiles of their beta, gates uniform on (0, 1), the start
  // a whole hour 0 to 167.
  std::span<const double> drivers(std::size_t peril, std::size_t dimension) const;
  std::size_t rows() const { return options_.points * options_.replicates; }
  std::size_t row(std::size_t point, std::size_t replicate) const {
    return point * options_.replicates + replicate;
  }
  // draw_ensemble of the hazard with the table's seed.
  const std::vector<EnsembleDraw>& ensemble() const { return ensemble_; }

 private:
  void fill(const Hazard& hazard, std::size_t peril, std::size_t replicate);
  void fill_records(const PerilHazard& from, std::size_t peril, std::size_t replicate,
                    const SobolPoints& points);

  ScenarioOptions options_;
  std::vector<DriverPlaces> places_;
  std::vector<EnsembleDraw> ensemble_;
  std::vector<std::vector<double>> columns_;  // by peril: dimension, row
};

}  // namespace anlan::engine
