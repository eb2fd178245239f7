#include "engine/panjer.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/maths.h"

namespace anlan::engine {
namespace {

constexpr std::size_t kLanes = 8;

// The sum of x[i] y[i] in a fixed shape: eight running sums, then a tree.
double dot(const double* x, const double* y, std::size_t count) {
  std::array<double, kLanes> lanes{};
  std::size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) lanes[lane] += x[i + lane] * y[i + lane];
  }
  for (std::size_t lane = 0; i < count; ++i, ++lane) lanes[lane] += x[i] * y[i];
  return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) +
         ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

// Masses in falling order, so that both operands of the dot product rise in memory: K f(K), ..., 1
// f(1), and behind them, where it is needed, f(K), ..., f(1).
std::vector<double> reversed(std::span<const double> f, bool plain) {
  const std::size_t top = f.empty() ? 0 : f.size() - 1;
  std::vector<double> out(plain ? 2 * top : top);
  for (std::size_t j = 1; j <= top; ++j) {
    out[top - j] = static_cast<double>(j) * f[j];
    if (plain) out[2 * top - j] = f[j];
  }
  return out;
}

constexpr double kLogPlainMin = -600.0;  // below it the start is carried as a scale
constexpr double kLarge = 0x1p800;
constexpr double kLogLarge = 800 * 0.69314718055994530942;

}  // namespace

std::vector<double> panjer(const PanjerCount& of, std::span<const double> f, std::size_t count) {
  std::vector<double> g(count, 0.0);
  if (count == 0) return g;
  const bool plain = of.a != 0.0;
  const std::vector<double> masses = reversed(f, plain);
  const std::size_t top = plain ? masses.size() / 2 : masses.size();
  const double scale = 1.0 / (1.0 - of.a * (f.empty() ? 0.0 : f[0]));
  double log_scale = of.log_start < kLogPlainMin ? of.log_start : 0.0;
  g[0] = log_scale == 0.0 ? maths::exp(of.log_start) : 1.0;
  for (std::size_t n = 1; n < count; ++n) {
    const std::size_t terms = std::min(n, top);
    const double* const past = g.data() + (n - terms);
    const double first = plain ? of.a * dot(masses.data() + (2 * top - terms), past, terms) : 0.0;
    const double second = dot(masses.data() + (top - terms), past, terms);
    g[n] = scale * (first + of.b / static_cast<double>(n) * second);
    if (log_scale != 0.0 && g[n] > kLarge) {
      for (std::size_t i = 0; i <= n; ++i) g[i] /= kLarge;
      log_scale += kLogLarge;
    }
  }
  if (log_scale != 0.0) {
    // Two factors, because one alone may underflow.
    const double half = maths::exp(0.5 * log_scale);
    for (double& mass : g) mass = mass * half * half;
  }
  return g;
}

std::vector<double> product_series(std::span<const double> x, std::span<const double> y,
                                   std::size_t count) {
  if (x.size() < y.size()) std::swap(x, y);
  std::vector<double> reversed_y(y.rbegin(), y.rend());
  std::vector<double> out(std::min(count, x.empty() || y.empty() ? 0 : x.size() + y.size() - 1));
  for (std::size_t n = 0; n < out.size(); ++n) {
    // x[i] y[n - i] for i from first to last.
    const std::size_t first = n + 1 > y.size() ? n + 1 - y.size() : 0;
    const std::size_t last = std::min(n, x.size() - 1);
    out[n] =
        dot(x.data() + first, reversed_y.data() + (y.size() - 1 - (n - first)), last - first + 1);
  }
  return out;
}

}  // namespace anlan::engine
