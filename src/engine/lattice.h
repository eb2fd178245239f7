// A year's total on a lattice: mean-preserving masses of one claim, and the survival function of
// the total read off cell by cell.
//
// The masses are those whose stop-loss transform agrees with the exact one at every point of the
// lattice (H. Gerber and D. Jones 1976; "local moment matching" of order one in Klugman et al.,
// section 9.6): the mean is exact, and errors fall with the square of the step.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/exact_pair.h"
#include "engine/frequency.h"
#include "engine/severity.h"

namespace anlan::engine {

// The largest step of which all values are whole multiples (up to nine decimals), or 0.
double common_step(std::span<const double> values);

// The masses of a claim at 0, step, 2 step, ...: `count` of them. Claims beyond leave the lattice,
// with what is above the last point; a claim that cannot exceed the last point is whole.
std::vector<double> lattice_masses(const Severity& claim, double step, std::size_t count);

// A total on a lattice.
struct LatticeTotal {
  double step = 1.0;
  std::vector<double> masses;
  std::vector<double> upper;  // P(total > k step): the mean of the survival function over cell k
};
LatticeTotal lattice_total(const Frequency& frequency, std::span<const double> claim, double step,
                           std::size_t count);

// Where the survival function is smooth, in cells: between `low` and `high`.
struct SmoothPiece {
  std::size_t low = 0;
  std::size_t high = 0;
};

struct CurvePoint {
  double survival = 0.0;  // P(S > x)
  double limited = 0.0;   // E[min(S, x)]
  double density = 0.0;
};
// The smooth curve whose cell means are `upper`, at x = cells x step inside the piece: a polynomial
// of degree 8 through the cumulated cells.
CurvePoint curve_point(const LatticeTotal& total, double cells, SmoothPiece piece);

}  // namespace anlan::engine
