// Richardson's extrapolation of results computed on grids whose step is halved each time, with an
// error bound from how far the extrapolated results still move (L. F. Richardson 1911; W. Romberg
// 1955). The results err by a series in even powers of the step where the distribution is smooth
// between the points of the grid; where it is not, the columns stop agreeing, and the bound says
// so.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "engine/estimate.h"

namespace anlan::engine {

class Extrapolation {
 public:
  // The results of the next grid, always as many.
  void add(std::vector<double> results);
  std::size_t grids() const { return grids_; }
  // The best value of a result and its bound: four times what the last two movements of a column
  // leave to come, for the column where that is least. Infinite bound before the third grid.
  Estimate best(std::size_t result) const;

 private:
  static constexpr std::size_t kColumns = 4;
  static constexpr std::size_t kRows = 3;
  using Row = std::array<double, kColumns>;
  std::array<std::vector<Row>, kRows> rows_;  // newest first
  std::size_t grids_ = 0;
};

}  // namespace anlan::engine
