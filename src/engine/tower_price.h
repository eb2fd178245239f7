// A tower of layers at once, for pricing a market: the expected annual loss of each layer with an
// error bound, in microseconds.
//
// The grid lies on the layer (step = limit / points), the masses keep the mean, the recursion runs
// up to the annual amounts only, and three nested grids (points, points/2, points/4) that share one
// evaluation of the severity give Richardson's value and its bound. What aggregate.h refines until
// it settles, this does once; tower_price_test.cpp holds both together.
#pragma once

#include <span>
#include <vector>

#include "engine/estimate.h"
#include "engine/frequency.h"
#include "engine/severity.h"

namespace anlan::engine {

struct TowerLayer {
  double attach = 0.0;
  double limit = 0.0;              // per claim, finite
  double annual_deductible = 0.0;  // a whole multiple of limit x 4 / points, or 0
  double annual_limit = 0.0;       // likewise, or infinite
};

// A kink of the severity inside a layer (the threshold of a splice) costs accuracy, and the bound
// says so; layers that end at the threshold, or on a quarter of their grid, do not suffer.
//
// points: a multiple of 4, at least 8. Cost: points evaluations of the severity a layer and about
// points^2 annual_limit / limit multiplications.
std::vector<Estimate> tower_price(const Frequency& frequency, const Severity& severity,
                                  std::span<const TowerLayer> layers, std::size_t points);

}  // namespace anlan::engine
