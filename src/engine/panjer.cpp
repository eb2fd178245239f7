#include "engine/panjer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <complex>
#include <limits>
#include <utility>

#include "base/maths.h"
#include "engine/fourier.h"

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

// Where in a run the values stand beside what a double can hold.
struct Running {
  std::vector<double> g;
  double log_scale = 0.0;  // 0 where nothing is scaled

  explicit Running(double log_start, std::size_t count) : g(count, 0.0) {
    if (log_start < kLogPlainMin) log_scale = log_start;
    g[0] = log_scale == 0.0 ? maths::exp(log_start) : 1.0;
  }
  bool too_large(std::size_t n) const { return log_scale != 0.0 && g[n] > kLarge; }
  void shrink(std::size_t n) {
    for (std::size_t i = 0; i <= n; ++i) g[i] /= kLarge;
    log_scale += kLogLarge;
  }
  std::vector<double> finished() && {
    if (log_scale != 0.0) {
      // Two factors, because one alone may underflow.
      const double half = maths::exp(0.5 * log_scale);
      for (double& mass : g) mass = mass * half * half;
    }
    return std::move(g);
  }
};

std::vector<double> dense(const PanjerCount& of, std::span<const double> f, std::size_t count) {
  Running run(of.log_start, count);
  const bool plain = of.a != 0.0;
  const std::vector<double> masses = reversed(f, plain);
  const std::size_t top = plain ? masses.size() / 2 : masses.size();
  const double scale = 1.0 / (1.0 - of.a * f[0]);
  for (std::size_t n = 1; n < count; ++n) {
    const std::size_t terms = std::min(n, top);
    const double* const past = run.g.data() + (n - terms);
    const double first = plain ? of.a * dot(masses.data() + (2 * top - terms), past, terms) : 0.0;
    const double second = dot(masses.data() + (top - terms), past, terms);
    run.g[n] = scale * (first + of.b / static_cast<double>(n) * second);
    if (run.too_large(n)) run.shrink(n);
  }
  return std::move(run).finished();
}

// Few masses far apart: only they are visited.
std::vector<double> sparse(const PanjerCount& of, std::span<const double> f, std::size_t count) {
  Running run(of.log_start, count);
  std::vector<std::size_t> places;
  for (std::size_t j = 1; j < f.size(); ++j) {
    if (f[j] != 0.0) places.push_back(j);
  }
  const double scale = 1.0 / (1.0 - of.a * f[0]);
  for (std::size_t n = 1; n < count; ++n) {
    double sum = 0.0;
    const double per_claim = of.b / static_cast<double>(n);
    for (const std::size_t j : places) {
      if (j > n) break;
      sum += (of.a + per_claim * static_cast<double>(j)) * f[j] * run.g[n - j];
    }
    run.g[n] = scale * sum;
    if (run.too_large(n)) run.shrink(n);
  }
  return std::move(run).finished();
}

// The recursion with its convolutions done block by block: each half of a block, once known, is
// carried into the other half by one transform (M. J. Fischer and L. J. Stockmeyer 1974, J. Comput.
// Syst. Sci. 9, 317: on-line multiplication). O(n log^2 n), no wrap-around, absolute accuracy.
class OnLine {
 public:
  OnLine(const PanjerCount& of, std::span<const double> f, std::size_t count)
      : of_(of),
        scale_(1.0 / (1.0 - of.a * f[0])),
        size_(std::bit_ceil(count)),
        run_(of.log_start, size_),
        plain_(size_, 0.0),
        weighted_(size_, 0.0),
        pending_plain_(size_, 0.0),
        pending_weighted_(size_, 0.0),
        fourier_(size_) {
    for (std::size_t j = 1; j < std::min(f.size(), size_); ++j) {
      plain_[j] = f[j];
      weighted_[j] = static_cast<double>(j) * f[j];
    }
  }
  std::vector<double> result(std::size_t count) && {
    solve(0, size_);
    std::vector<double> g = std::move(run_).finished();
    g.resize(count);
    for (double& mass : g) mass = std::max(0.0, mass);  // rounding may leave -1e-20
    return g;
  }

 private:
  static constexpr std::size_t kLeaf = 128;
  using Series = std::vector<std::complex<double>>;

  void solve(std::size_t from, std::size_t to) {
    if (to - from <= kLeaf) return leaf(from, to);
    const std::size_t middle = from + (to - from) / 2;
    solve(from, middle);
    carry(from, middle, to);
    solve(middle, to);
  }

  void leaf(std::size_t from, std::size_t to) {
    for (std::size_t n = std::max<std::size_t>(from, 1); n < to; ++n) {
      double first = pending_plain_[n];
      double second = pending_weighted_[n];
      for (std::size_t i = from; i < n; ++i) {
        first += plain_[n - i] * run_.g[i];
        second += weighted_[n - i] * run_.g[i];
      }
      run_.g[n] = scale_ * (of_.a * first + of_.b / static_cast<double>(n) * second);
      if (!run_.too_large(n)) continue;
      run_.shrink(n);
      for (double& value : pending_plain_) value /= kLarge;
      for (double& value : pending_weighted_) value /= kLarge;
    }
  }

  // What g[from, middle) adds to the sums of [middle, to). The masses of a block length are
  // transformed once: both kinds together, one as the real and one as the imaginary part.
  void carry(std::size_t from, std::size_t middle, std::size_t to) {
    const std::size_t length = to - from;
    const auto order = static_cast<std::size_t>(std::countr_zero(length));
    if (masses_.size() <= order) masses_.resize(order + 1);
    Series& masses = masses_[order];
    if (masses.empty()) {
      masses.resize(length);
      for (std::size_t j = 0; j < length; ++j) masses[j] = {plain_[j], weighted_[j]};
      fourier_.forward(masses);
    }
    Series block(length);
    for (std::size_t i = from; i < middle; ++i) block[i - from] = run_.g[i];
    fourier_.forward(block);
    for (std::size_t k = 0; k < length; ++k) {
      const std::complex<double> a = block[k];
      const std::complex<double> b = masses[k];
      block[k] = {a.real() * b.real() - a.imag() * b.imag(),
                  a.real() * b.imag() + a.imag() * b.real()};
    }
    fourier_.inverse(block);
    for (std::size_t n = middle; n < to; ++n) {
      pending_plain_[n] += block[n - from].real();
      pending_weighted_[n] += block[n - from].imag();
    }
  }

  PanjerCount of_;
  double scale_;
  std::size_t size_;
  Running run_;
  std::vector<double> plain_;
  std::vector<double> weighted_;
  std::vector<double> pending_plain_;
  std::vector<double> pending_weighted_;
  Fourier fourier_;
  std::vector<Series> masses_;  // by the power of 2 of their length
};

std::size_t mass_count(std::span<const double> f) {
  return static_cast<std::size_t>(
      std::count_if(f.begin(), f.end(), [](double mass) { return mass != 0.0; }));
}

}  // namespace

PanjerWay panjer_way(std::span<const double> f, std::size_t count) {
  constexpr std::size_t kDenseMax = 16384;
  const std::size_t width = std::min(f.size(), count);
  if (width > 64 && mass_count(f) < width / 16) return PanjerWay::kSparse;
  const bool short_enough = count <= kDenseMax || width <= 512;
  return short_enough ? PanjerWay::kDense : PanjerWay::kOnLine;
}

std::vector<double> panjer(const PanjerCount& of, std::span<const double> f, std::size_t count) {
  if (count == 0) return {};
  const std::array<double, 1> none{0.0};
  if (f.empty()) f = none;
  switch (panjer_way(f, count)) {
    case PanjerWay::kDense:
      return dense(of, f, count);
    case PanjerWay::kSparse:
      return sparse(of, f, count);
    case PanjerWay::kOnLine:
      return OnLine(of, f, count).result(count);
  }
  return {};
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
