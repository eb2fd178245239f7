#include "engine/tower_price.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "base/check.h"
#include "base/maths.h"

namespace anlan::engine {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kCoarsestMax = 64;  // cells of the coarsest grid that the annual amounts need

bool is_whole(double x) { return std::fabs(x - maths::nearest_whole(x)) < 1e-6; }

// Nothing of the year's sum is cut off.
bool is_plain(const TowerLayer& layer) {
  return layer.annual_deductible == 0.0 && layer.annual_limit == kInfinity;
}

// The least number of cells of a layer, a power of 2, of which the annual amounts are multiples.
std::size_t coarsest(const TowerLayer& layer) {
  for (std::size_t cells = 1; cells <= kCoarsestMax; cells *= 2) {
    const double per_cell = static_cast<double>(cells) / layer.limit;
    const bool open = layer.annual_limit == kInfinity;
    if (is_whole(layer.annual_deductible * per_cell) &&
        (open || is_whole(layer.annual_limit * per_cell))) {
      return cells;
    }
  }
  ANLAN_CHECK(false);
  return 0;
}

// The count as Panjer's recursion takes it, where its terms are all above 0.
std::optional<TowerRecursion> recursion(const Frequency& frequency) {
  if (frequency.zero_modified) return std::nullopt;
  if (const auto* f = std::get_if<Poisson>(&frequency.form)) return TowerRecursion{0.0, f->mean};
  if (const auto* f = std::get_if<NegativeBinomial>(&frequency.form)) {
    const double a = f->beta / (1.0 + f->beta);
    return TowerRecursion{a, (f->r - 1.0) * a};
  }
  return std::nullopt;
}

// The sum of x[i] y[i] in a fixed shape: four running sums.
double dot(const double* x, const double* y, std::size_t count) {
  double a = 0.0;
  double b = 0.0;
  double c = 0.0;
  double d = 0.0;
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    a += x[i] * y[i];
    b += x[i + 1] * y[i + 1];
    c += x[i + 2] * y[i + 2];
    d += x[i + 3] * y[i + 3];
  }
  for (; i < count; ++i) d += x[i] * y[i];  // the newest of y last
  return (a + b) + (c + d);
}

// A total of few cells on a grid of few: panjer.h without memory of its own.
struct FewCells {
  static constexpr std::size_t kMost = 96;
  std::array<double, kMost + 1> weighted;  // j f(j), falling in j
  std::array<double, kMost + 1> plain;     // f(j) likewise, where it is needed
  std::array<double, kMost + 1> total;

  // claim: the masses at 1, ... ; none: the mass at 0; total[0] is given.
  void run(const TowerRecursion& of, std::span<const double> claim, double none,
           std::size_t count) {
    const std::size_t top = claim.size();
    const bool both = of.a != 0.0;
    for (std::size_t j = 1; j <= top; ++j) {
      weighted[top - j] = static_cast<double>(j) * claim[j - 1];
      if (both) plain[top - j] = claim[j - 1];
    }
    const double scale = 1.0 / (1.0 - of.a * none);
    for (std::size_t n = 1; n < count; ++n) {
      const std::size_t terms = std::min(n, top);
      const double* const past = total.data() + (n - terms);
      const double sum = dot(weighted.data() + (top - terms), past, terms);
      const double first = both ? of.a * dot(plain.data() + (top - terms), past, terms) : 0.0;
      total[n] = scale * (first + of.b / static_cast<double>(n) * sum);
    }
  }
};

}  // namespace

TowerPricer::TowerPricer(const TowerGrids& grids) : grids_(grids) {
  ANLAN_CHECK(grids.points_min >= 4 && grids.points_max >= grids.points_min);
  ANLAN_CHECK((grids.points_min & (grids.points_min - 1)) == 0);
}

void TowerPricer::begin(std::size_t layer, const TowerLayer& terms) {
  Work& work = work_[layer];
  work.done = !(terms.limit > 0.0);
  work.has_grids = false;
  work.points = 1;
  work.curve.clear();
  out_[layer] = {0.0, 0.0};
  if (!work.done && !is_plain(terms)) {
    work.coarsest = coarsest(terms);
    work.limit = terms.limit;
    work.open = terms.annual_limit == kInfinity;
    const double per_cell = static_cast<double>(work.coarsest) / terms.limit;
    const auto cells = [&](double amount) {
      return static_cast<std::size_t>(maths::nearest_whole(amount * per_cell));
    };
    work.from = cells(terms.annual_deductible);
    work.to = work.from + (work.open ? 0 : cells(terms.annual_limit));
    work.points = std::max(grids_.points_min, 4 * work.coarsest);
  }
}

// The points of the severity that the grids of the layers at work still lack, in one call.
void TowerPricer::evaluate(std::span<const TowerLayer> layers) {
  const auto for_new_points = [&](auto&& use) {
    for (std::size_t i = 0; i < layers.size(); ++i) {
      if (work_[i].done) continue;
      const bool first = work_[i].curve.empty();
      for (std::size_t j = first ? 0 : 1; j <= work_[i].points; j += first ? 1 : 2) use(i, j);
    }
  };
  amounts_.clear();
  for_new_points([&](std::size_t i, std::size_t j) {
    const double place = static_cast<double>(j) / static_cast<double>(work_[i].points);
    amounts_.push_back(layers[i].attach + place * layers[i].limit);
  });
  points_.resize(amounts_.size());
  severity_.at(amounts_, points_);
  std::size_t next = 0;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    Work& work = work_[i];
    if (work.done) continue;
    const std::size_t known = work.curve.size();
    work.curve.resize(work.points + 1);
    for (std::size_t j = known; j > 1; --j) work.curve[2 * (j - 1)] = work.curve[j - 1];
    const std::size_t step = known == 0 ? 1 : 2;
    for (std::size_t j = step - 1; j <= work.points; j += step) work.curve[j] = points_[next++];
  }
}

// A kink of the severity inside the layer and off the coarsest grid: the error of a grid then
// depends on where the kink falls in its cell, and no series in the step describes it.
bool TowerPricer::has_kink_off_grid(const TowerLayer& terms, std::size_t points) const {
  const double coarse = 4.0 * terms.limit / static_cast<double>(points);
  for (const double kink : kinks_) {
    const double place = (kink - terms.attach) / coarse;
    const bool inside = place > 0.0 && kink < terms.attach + terms.limit;
    if (inside && std::fabs(place - std::round(place)) > 1e-9) return true;
  }
  return false;
}

// E[min(max(S - from, 0), to - from)] with every so-many-th point of the curve.
double TowerPricer::on_grid(const Work& work, const Frequency& frequency, std::size_t points) {
  constexpr double kSomeMax = 0.5;
  const std::size_t stride = work.points / points;
  const double per_step = static_cast<double>(points) / work.limit;
  claim_.resize(work.points + 1);
  const double reaching = curve_[stride] * per_step;  // the mass above 0
  double last = reaching;
  claim_[0] = 1.0 - last;
  for (std::size_t j = 1; j < points; ++j) {
    const double next = (curve_[(j + 1) * stride] - curve_[j * stride]) * per_step;
    claim_[j] = last - next;
    last = next;
  }
  claim_[points] = last;
  const std::size_t from = work.from * points / work.coarsest;
  const std::size_t to = work.to * points / work.coarsest;
  const double some = pgf_complement(frequency, reaching);
  FewCells few;
  const double* total = few.total.data();
  if (recursion_ && std::max(to, points) <= FewCells::kMost && some <= kSomeMax) {
    few.total[0] = 1.0 - some;
    few.run(*recursion_, std::span(claim_).subspan(1, points), claim_[0], to);
  } else {
    total_ = compound(frequency, std::span(claim_).first(points + 1), to);
    total = total_.data();
  }
  // From the chance of any loss downwards: where that is small its digits stay.
  double above = some;
  double passed = 0.0;
  for (std::size_t k = 0; k < from; ++k) {
    if (k > 0) above -= total[k];
    passed += above;
  }
  if (work.open) return mean_count_ * curve_.back() - passed / per_step;
  double paid = 0.0;
  for (std::size_t k = from; k < to; ++k) {
    if (k > 0) above -= total[k];
    paid += above;
  }
  return paid / per_step;
}

// L. F. Richardson 1911: two extrapolations of three grids, each step half the one before.
TowerPricer::Richardson TowerPricer::richardson(double coarse, double middle, double fine) {
  const double first = middle + (middle - coarse) / 3.0;
  const double second = fine + (fine - middle) / 3.0;
  const double best = second + (second - first) / 15.0;
  return {best, std::fabs(best - second)};
}

// How far the odd ones of every stride-th point of the curve lie from the cubic through the four
// even ones around them (the parabola through all three where there are no more): how well a grid
// sees the severity.
TowerPricer::Unseen TowerPricer::unseen(std::size_t stride) const {
  const std::size_t points = (curve_.size() - 1) / stride;
  const auto y = [&](std::size_t j) { return curve_[j * stride]; };
  Unseen out;
  for (std::size_t j = 1; j < points; j += 2) {
    double guess;
    if (points < 6) {
      guess = (3.0 * y(j == 1 ? 0 : 4) + 6.0 * y(2) - y(j == 1 ? 4 : 0)) * 0.125;
    } else if (j == 1) {
      guess = (5.0 * y(0) + 15.0 * y(2) - 5.0 * y(4) + y(6)) * 0.0625;
    } else if (j == points - 1) {
      guess = (5.0 * y(j + 1) + 15.0 * y(j - 1) - 5.0 * y(j - 3) + y(j - 5)) * 0.0625;
    } else {
      guess = (9.0 * (y(j - 1) + y(j + 1)) - (y(j - 3) + y(j + 3))) * 0.0625;
    }
    const double off = std::fabs(guess - y(j));
    out.mean += off;
    out.most = std::max(out.most, off);
  }
  out.mean /= static_cast<double>(points / 2);
  return out;
}

// The finest grid, and at first those below it: four, or three where the annual amounts do not
// permit another.
void TowerPricer::nested_grids(Work& work, const Frequency& frequency) {
  auto& grid = work.grid;
  if (work.has_grids) {
    grid = {grid[1], grid[2], grid[3], on_grid(work, frequency, work.points)};
    work.has_fourth = true;
    return;
  }
  work.has_grids = true;
  work.has_fourth = work.points >= 8 * work.coarsest;
  for (std::size_t g = work.has_fourth ? 0 : 1; g < grid.size(); ++g) {
    grid[g] = on_grid(work, frequency, work.points >> (3 - g));
  }
}

// Where the severity has no kink off the grid. `at_stake`: the claims of a year that may share it
// with another; only they feel how the grid places a claim.
double TowerPricer::smooth_bound(const Work& work, const Richardson& last, double at_stake) const {
  constexpr double kMovement = 3.0;
  constexpr double kLeast = 1.0 / 12.0;
  constexpr double kBestMovement = 2.0;
  constexpr double kUnseen = 0.005;
  constexpr double kSeen = 0.3;            // 1/16 where all is smooth
  constexpr double kUnseenAlone = 0.04;    // where no fourth grid speaks
  constexpr double kUnseenOfFour = 0.002;  // of a parabola, which sees less than a cubic
  const auto& grid = work.grid;
  const auto cells = static_cast<double>(work.points);
  double bound =
      std::max(kMovement * last.moved, kLeast * std::fabs(grid[3] - grid[2]) / (cells * cells));
  const Unseen now = unseen(1);
  if (!work.has_fourth) {
    return std::max(bound, (work.points == 4 ? kUnseenOfFour : kUnseenAlone) * at_stake * now.mean);
  }
  const double best_before = richardson(grid[0], grid[1], grid[2]).best;
  bound = std::max(bound, kBestMovement * std::fabs(last.best - best_before));
  bound = std::max(bound, kUnseen * at_stake * now.mean);
  // A claim of next to no width stays unseen however fine the grid: no series in the step.
  const bool sees = work.points < 16 || now.most < kSeen * unseen(2).most;
  return sees ? bound : std::max(bound, at_stake * now.most);
}

void TowerPricer::estimate(std::size_t layer, const Frequency& frequency, const TowerLayer& terms) {
  constexpr double kCurve = 2e-13;     // of what the points of the curve are differences of
  constexpr double kRounding = 1e-13;  // of the sums of the recursion
  constexpr double kSums = 2e-15;      // of the chance of any loss, for each cell it is summed over
  Work& work = work_[layer];
  const std::vector<LossPoint>& at = work.curve;
  // From the side where less is taken away.
  const bool from_above = at.front().excess <= at.back().limited;
  const double size = from_above ? at.front().excess : at.back().limited;
  curve_.resize(at.size());
  for (std::size_t j = 0; j < at.size(); ++j) {
    curve_[j] = from_above ? at.front().excess - at[j].excess : at[j].limited - at.front().limited;
  }
  double rounding = mean_count_ * (kCurve * size + kRounding * curve_.back());
  if (is_plain(terms)) {
    out_[layer] = {mean_count_ * curve_.back(), rounding};
    work.done = true;
    return;
  }
  const double reaching = std::min(1.0, curve_[1] * static_cast<double>(work.points) / terms.limit);
  const double at_stake = mean_count_ * std::min(1.0, reaching * others_);
  const double span =
      terms.annual_limit == kInfinity ? terms.annual_deductible : terms.annual_limit;
  rounding += kSums * span * std::min(1.0, reaching * mean_count_);
  nested_grids(work, frequency);
  const auto& grid = work.grid;
  const double before = std::fabs(grid[2] - grid[1]);
  const double moved = std::fabs(grid[3] - grid[2]);
  if (has_kink_off_grid(terms, work.points)) {
    out_[layer] = {grid[3], 2.0 * (moved + 0.25 * before) + rounding};
  } else {
    const Richardson last = richardson(grid[1], grid[2], grid[3]);
    const double bound = smooth_bound(work, last, at_stake);
    out_[layer] = {last.best, bound + rounding};
  }
  const Estimate& one = out_[layer];
  work.done = one.error <= grids_.relative_error * one.value || 2 * work.points > grids_.points_max;
  if (!work.done) work.points *= 2;
}

std::span<const Estimate> TowerPricer::price(const Frequency& frequency, const Severity& severity,
                                             std::span<const TowerLayer> layers) {
  severity_.reset(severity);
  kinks_ = kinks(severity);
  const CountMoments count = moments(frequency);
  mean_count_ = count.mean;
  recursion_ = recursion(frequency);
  others_ = count.mean > 0.0 ? count.variance / count.mean + count.mean - 1.0 : 0.0;
  if (work_.size() < layers.size()) work_.resize(layers.size());
  out_.resize(layers.size());
  for (std::size_t i = 0; i < layers.size(); ++i) {
    begin(i, layers[i]);
  }
  const auto is_open = [](const Work& work) { return !work.done; };
  const auto end = work_.begin() + static_cast<std::ptrdiff_t>(layers.size());
  while (std::any_of(work_.begin(), end, is_open)) {
    evaluate(layers);
    for (std::size_t i = 0; i < layers.size(); ++i) {
      if (!work_[i].done) estimate(i, frequency, layers[i]);
    }
  }
  return out_;
}

std::vector<Estimate> tower_price(const Frequency& frequency, const Severity& severity,
                                  std::span<const TowerLayer> layers, std::size_t points) {
  TowerPricer pricer({.relative_error = 0.0, .points_min = points, .points_max = points});
  const std::span<const Estimate> out = pricer.price(frequency, severity, layers);
  return {out.begin(), out.end()};
}

}  // namespace anlan::engine
