#include "engine/extrapolation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace anlan::engine {

void Extrapolation::add(std::vector<double> results) {
  rows_[2] = std::move(rows_[1]);
  rows_[1] = std::move(rows_[0]);
  rows_[0].assign(results.size(), Row{});
  for (std::size_t i = 0; i < results.size(); ++i) {
    Row& row = rows_[0][i];
    row[0] = results[i];
    double weight = 1.0;
    for (std::size_t j = 1; j < kColumns && j <= grids_; ++j) {
      weight *= 4.0;
      row[j] = row[j - 1] + (row[j - 1] - rows_[1][i][j - 1]) / (weight - 1.0);
    }
  }
  ++grids_;
}

Estimate Extrapolation::best(std::size_t result) const {
  constexpr double kRatioMax = 0.9;
  Estimate best{rows_[0][result][0], std::numeric_limits<double>::infinity()};
  // Column j has entries from grid j onwards; three of them give two movements.
  for (std::size_t j = 0; j < kColumns && j + kRows <= grids_; ++j) {
    const double newest = rows_[0][result][j];
    const double last = std::fabs(newest - rows_[1][result][j]);
    const double before = std::fabs(rows_[1][result][j] - rows_[2][result][j]);
    // Movements that shrink by a ratio leave ratio / (1 - ratio) of the last one to come.
    const double ratio = before > 0.0 ? std::min(last / before, kRatioMax) : 0.0;
    const double rest = last * std::max(1.0, ratio / (1.0 - ratio));
    const double bound = 4.0 * std::max(rest, 0.25 * before);
    if (bound < best.error) best = {newest, bound};
  }
  return best;
}

}  // namespace anlan::engine
