#include "engine/tower_price.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "base/maths.h"
#include "engine/panjer.h"

namespace anlan::engine {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kGrids = 3;

// E[min(X, x)] - E[min(X, attach)] at the points + 1 places of the layer.
std::vector<double> layer_curve(const Severity& severity, const TowerLayer& layer,
                                std::size_t points) {
  constexpr double kFarSide = 1e-2;
  const double step = layer.limit / static_cast<double>(points);
  std::vector<double> curve(points + 1, 0.0);
  const Partial at_attach = partial(severity, layer.attach);
  double base = -kInfinity;
  if (at_attach.tails.upper < kFarSide) base = -excess(severity, layer.attach);
  const bool from_above = base > -kInfinity;
  const auto side = [&](double x) {
    return from_above ? -excess(severity, x) : limited_expected(severity, x);
  };
  if (!from_above) base = at_attach.below + layer.attach * at_attach.tails.upper;
  for (std::size_t j = 1; j <= points; ++j) {
    curve[j] = side(layer.attach + static_cast<double>(j) * step) - base;
  }
  return curve;
}

// A kink of the severity inside the layer and off the coarsest grid: the error of a grid then
// depends on where the kink falls in its cell, and no series in the step describes it.
bool has_kink_off_grid(const Severity& severity, const TowerLayer& layer, std::size_t points) {
  const double coarse = 4.0 * layer.limit / static_cast<double>(points);
  for (const double kink : kinks(severity)) {
    const double place = (kink - layer.attach) / coarse;
    const bool inside = place > 0.0 && kink < layer.attach + layer.limit;
    if (inside && std::fabs(place - std::round(place)) > 1e-9) return true;
  }
  return false;
}

// E[min(max(S - from, 0), to - from)] with every `stride`-th point of the curve.
double on_grid(const Frequency& frequency, std::span<const double> curve, const TowerLayer& layer,
               std::size_t stride) {
  const std::size_t points = (curve.size() - 1) / stride;
  const double step = layer.limit / static_cast<double>(points);
  std::vector<double> claim(points + 1);
  double last = curve[stride] / step;
  claim[0] = 1.0 - last;
  for (std::size_t j = 1; j < points; ++j) {
    const double next = (curve[(j + 1) * stride] - curve[j * stride]) / step;
    claim[j] = last - next;
    last = next;
  }
  claim[points] = last;
  const auto cells = [&](double amount) {
    const double whole = amount / step;
    ANLAN_CHECK(std::fabs(whole - std::round(whole)) < 1e-6);
    return static_cast<std::size_t>(std::llround(whole));
  };
  const std::size_t from = cells(layer.annual_deductible);
  const bool open = layer.annual_limit == kInfinity;
  const std::size_t to = open ? from : from + cells(layer.annual_limit);
  const std::vector<double> masses = compound(frequency, claim, to);
  double below = 0.0;
  double paid = 0.0;
  double passed = 0.0;
  for (std::size_t k = 0; k < to; ++k) {
    below += masses[k];
    (k < from ? passed : paid) += 1.0 - below;
  }
  if (!open) return step * paid;
  return moments(frequency).mean * curve.back() - step * passed;
}

}  // namespace

std::vector<Estimate> tower_price(const Frequency& frequency, const Severity& severity,
                                  std::span<const TowerLayer> layers, std::size_t points) {
  ANLAN_CHECK(points >= 8 && points % 4 == 0);
  std::vector<Estimate> out;
  for (const TowerLayer& layer : layers) {
    if (layer.annual_deductible == 0.0 && layer.annual_limit == kInfinity) {
      const double mean = moments(frequency).mean * layer_mean(severity, layer.attach, layer.limit);
      out.push_back({mean, 1e-12 * mean});
      continue;
    }
    const std::vector<double> curve = layer_curve(severity, layer, points);
    std::array<double, kGrids> grid{};  // coarse to fine
    for (std::size_t g = 0; g < kGrids; ++g) {
      grid[g] = on_grid(frequency, curve, layer, std::size_t{4} >> g);
    }
    const double last = std::fabs(grid[2] - grid[1]);
    if (has_kink_off_grid(severity, layer, points)) {
      out.push_back({grid[2], 2.0 * (last + 0.25 * std::fabs(grid[1] - grid[0]))});
      continue;
    }
    const double first = grid[1] + (grid[1] - grid[0]) / 3.0;
    const double second = grid[2] + (grid[2] - grid[1]) / 3.0;
    const double best = second + (second - first) / 15.0;
    // The best value differs from the column before it by about that column's error.
    out.push_back({best, std::fabs(best - second) + 1e-13 * best});
  }
  return out;
}

}  // namespace anlan::engine
