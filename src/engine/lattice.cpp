#include "engine/lattice.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>

namespace anlan::engine {
namespace {

// Each value as a whole multiple of 10^-decimals, or nothing.
bool whole_units(std::span<const double> values, double per_unit, std::vector<std::int64_t>& out) {
  constexpr double kWholeMax = 9e15;
  constexpr double kNear = 1e-12;
  out.clear();
  for (const double value : values) {
    const double scaled = value * per_unit;
    if (!(scaled >= 0.0 && scaled < kWholeMax)) return false;
    const double whole = std::round(scaled);
    if (std::fabs(scaled - whole) > kNear * std::max(1.0, scaled) * 1e-3 + 1e-9 * (scaled < 1e3))
      return false;
    out.push_back(static_cast<std::int64_t>(whole));
  }
  return true;
}

}  // namespace

double common_step(std::span<const double> values) {
  constexpr int kDecimalsMax = 9;
  std::vector<std::int64_t> units;
  double per_unit = 1.0;
  for (int decimals = 0; decimals <= kDecimalsMax; ++decimals, per_unit *= 10.0) {
    if (!whole_units(values, per_unit, units)) continue;
    std::int64_t step = 0;
    for (const std::int64_t unit : units) step = std::gcd(step, unit);
    return static_cast<double>(step) / per_unit;
  }
  return 0.0;
}

std::vector<double> lattice_masses(const Severity& claim, double step, std::size_t count) {
  constexpr double kFarSide = 1e-2;
  std::vector<double> f(count, 0.0);
  if (count == 0) return f;
  // Expected loss in each cell, from below (limited means) while much of the mass is above, then
  // from above (expected excess), so that the digits of a far tail survive.
  bool from_above = false;
  double last = 0.0;
  double cell = 0.0;  // of the cell before the point
  for (std::size_t j = 1; j <= count; ++j) {
    const double x = static_cast<double>(j) * step;
    double now = from_above ? excess(claim, x) : limited_expected(claim, x);
    const double next_cell = from_above ? last - now : now - last;
    if (!from_above && j % 8 == 1 && survival(claim, x) < kFarSide) {
      const double above = excess(claim, x);
      if (above <= now) {  // not where a mean next to infinite would swallow the cells
        from_above = true;
        now = above;
      }
    }
    last = now;
    // Not cut off at 0: rounding must cancel in sums.
    f[j - 1] = j == 1 ? 1.0 - next_cell / step : (cell - next_cell) / step;
    cell = next_cell;
  }
  return f;
}

LatticeTotal lattice_total(const Frequency& frequency, std::span<const double> claim, double step,
                           std::size_t count) {
  LatticeTotal total{.step = step, .masses = compound(frequency, claim, count), .upper = {}};
  total.upper.resize(count);
  // From P(total > 0) downwards: where claims are rare its digits stay.
  double above = pgf_complement(frequency, 1.0 - (claim.empty() ? 0.0 : claim[0]));
  double low = 0.0;  // what rounding took from `above`
  for (std::size_t k = 0; k < count; ++k) {
    if (k > 0) {
      const maths::Pair sum = maths::two_sum(above, -total.masses[k]);
      above = sum.high;
      low += sum.low;
    }
    total.upper[k] = above + low;
  }
  return total;
}

CurvePoint curve_point(const LatticeTotal& total, double cells, SmoothPiece piece) {
  constexpr std::size_t kCells = 8;
  const std::size_t high = std::min(piece.high, total.upper.size());
  const std::size_t low = std::min(piece.low, high - 1);
  const std::size_t used = std::min(kCells, high - low);
  const auto centre = static_cast<std::size_t>(std::max(0.0, cells));
  const std::size_t wanted = centre > used / 2 ? centre - used / 2 : 0;
  const std::size_t first = std::clamp(wanted, low, high - used);
  // Newton's divided differences of the cumulated cells at the whole numbers 0 .. used.
  std::array<double, kCells + 1> c{};
  for (std::size_t i = 0; i < used; ++i) c[i + 1] = c[i] + total.upper[first + i];
  for (std::size_t order = 1; order <= used; ++order) {
    for (std::size_t i = used; i >= order; --i) {
      c[i] = (c[i] - c[i - 1]) / static_cast<double>(order);
    }
  }
  const double t = cells - static_cast<double>(first);
  double value = c[used];
  double slope = 0.0;
  double bend = 0.0;  // half the second derivative
  for (std::size_t i = used; i > 0; --i) {
    const double off = t - static_cast<double>(i - 1);
    bend = bend * off + slope;
    slope = slope * off + value;
    value = value * off + c[i - 1];
  }
  double before = 0.0;
  for (std::size_t i = 0; i < first; ++i) before += total.upper[i];
  return {.survival = slope,
          .limited = total.step * (before + value),
          .density = -2.0 * bend / total.step};
}

}  // namespace anlan::engine
