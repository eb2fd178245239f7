#include "engine/aggregate.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "base/maths.h"
#include "base/normal.h"
#include "engine/extrapolation.h"
#include "engine/panjer.h"
#include "engine/severity_numeric.h"

namespace anlan::engine {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kClosedForm = 4e-12;  // relative error of a closed form of base/maths and its sums
constexpr double kRounding = 4e-15;    // of a probability that is one minus a sum
constexpr double kGridRounding = 2e-14;  // the same after long recursions
constexpr double kSettled = 1e-11;       // relative movement at which a grid need not be halved
constexpr std::size_t kFoldsMax = 20000;
constexpr std::size_t kGridsMin = 3;  // below it there is no error bound
constexpr double kFoldMeanMax = 3000.0;
constexpr std::size_t kGridCells = 1 << 16;
constexpr double kGridWork = 1.5e8;   // multiplications of the finest grid
constexpr double kLatticeWork = 6e8;  // of the longest lattice
constexpr double kLatticeCells = 1 << 21;

double mass_at_zero(const Severity& s) {
  for (const Atom& atom : atoms(s)) {
    if (atom.x == 0.0) return atom.p;
  }
  return 0.0;
}

// How many multiplications a total of n cells costs, divided by n^2.
double work_factor(const Frequency& f) {
  if (const auto* form = std::get_if<Binomial>(&f.form)) {
    return 2.0 + 2.0 * std::ilogb(static_cast<double>(form->m) + 1.0);
  }
  if (const auto* form = std::get_if<CountTable>(&f.form)) {
    return 0.5 * static_cast<double>(form->p.size());
  }
  return 1.0;
}

}  // namespace

AggregateMoments aggregate_moments(const Frequency& frequency, const Severity& severity) {
  const CountMoments n = moments(frequency);
  const double m1 = mean_of(severity);
  const double m2 = limited_moment(severity, 2, kInfinity);
  const double m3 = limited_moment(severity, 3, kInfinity);
  AggregateMoments out;
  const auto near = [](double value) { return Estimate{value, kClosedForm * std::fabs(value)}; };
  out.mean = n.mean == 0.0 ? Estimate{0.0, 0.0} : near(n.mean * m1);
  const double variance_one = m2 - m1 * m1;
  const double variance = n.mean * variance_one + n.variance * m1 * m1;
  out.sd = m2 == kInfinity ? Estimate{kInfinity, 0.0} : near(maths::sqrt(std::max(0.0, variance)));
  if (m3 == kInfinity || m2 == kInfinity) {
    out.skew = {kInfinity, 0.0};
    return out;
  }
  const double third_one = m3 - 3.0 * m1 * m2 + 2.0 * m1 * m1 * m1;
  const double third =
      n.mean * third_one + 3.0 * n.variance * m1 * variance_one + n.third * m1 * m1 * m1;
  const double size = m3 + 3.0 * m1 * m2 + 2.0 * m1 * m1 * m1;
  const double cube = variance * maths::sqrt(variance);
  out.skew = {third / cube, kClosedForm * ((n.mean * size + std::fabs(third)) / cube)};
  return out;
}

Aggregate::Aggregate(Frequency frequency, Severity severity)
    : frequency_(std::move(frequency)), severity_(std::move(severity)) {
  // What memoryless claims exceed a deductible by is the same exponential again, for fewer claims.
  if (const auto* m = std::get_if<Modified>(&severity_.form)) {
    const auto* loss = std::get_if<Exponential>(&m->loss[0].form);
    if (loss && m->terms.limit == kInfinity) {
      const double mean = loss->mean * m->terms.trend;
      frequency_ = thinned(frequency_, maths::exp(-m->terms.deductible / mean));
      severity_ = {Exponential{mean * m->terms.coinsurance}};
    }
  }
  const double count = moments(frequency_).mean;
  mean_ = count == 0.0 ? 0.0 : count * mean_of(severity_);
  none_ = pgf(frequency_, mass_at_zero(severity_));
  kinks_ = kinks(severity_);
  const std::vector<Atom> masses = atoms(severity_);
  atoms_above_zero_ = !masses.empty() && masses.back().x > 0.0;
  const bool by_squares = std::holds_alternative<Binomial>(frequency_.form) ||
                          std::holds_alternative<CountTable>(frequency_.form);
  cells_max_ = by_squares
                   ? static_cast<std::size_t>(maths::sqrt(kGridWork / work_factor(frequency_)))
                   : kGridCells;
  if (make_folds()) {
    method_ = AggregateMethod::kExact;
  } else if (is_discrete(severity_) && make_lattice()) {
    method_ = AggregateMethod::kLattice;
  }
}

bool Aggregate::make_folds() {
  const auto top = count_max(frequency_);
  const auto* exponential = std::get_if<Exponential>(&severity_.form);
  const auto* gamma = std::get_if<GammaLoss>(&severity_.form);
  const auto* inverse = std::get_if<InverseGaussian>(&severity_.form);
  const bool single = top && *top <= 1;
  if (!single && !exponential && !gamma && !inverse) return false;
  if (moments(frequency_).mean > kFoldMeanMax) return false;
  const std::vector<double> p = all_count_masses(frequency_, kFoldsMax);
  double sum = p[0];
  for (std::size_t n = 1; n < p.size(); ++n) {
    sum += p[n];
    if (p[n] == 0.0) continue;
    const auto times = static_cast<double>(n);
    if (n == 1) {
      folds_.push_back({p[n], severity_});
    } else if (exponential) {
      folds_.push_back({p[n], {GammaLoss{times, exponential->mean}}});
    } else if (gamma) {
      folds_.push_back({p[n], {GammaLoss{times * gamma->shape, gamma->scale}}});
    } else {
      folds_.push_back(
          {p[n], {InverseGaussian{times * inverse->mean, times * times * inverse->shape}}});
    }
  }
  fold_rest_ = p.size() < kFoldsMax ? 0.0 : std::max(0.0, 1.0 - sum);
  return true;
}

bool Aggregate::make_lattice() {
  const std::vector<Atom> list = atoms(severity_);
  std::vector<double> places;
  for (const Atom& atom : list) places.push_back(atom.x);
  const double step = common_step(places);
  if (step <= 0.0) {
    if (places.size() != 1 || places[0] != 0.0) return false;
    lattice_.step = 1.0;  // every claim is 0
    claim_ = {1.0};
    return true;
  }
  constexpr double kPlacesMax = 1 << 20;
  const double top = places.back() / step;
  if (top > kPlacesMax || mean_ / step > kLatticeCells / 4) return false;
  atom_count_ = list.size();
  lattice_.step = step;
  claim_.assign(static_cast<std::size_t>(std::llround(top)) + 1, 0.0);
  for (const Atom& atom : list) {
    claim_[static_cast<std::size_t>(std::llround(atom.x / step))] += atom.p;
  }
  return true;
}

// ---- the exact sum over the count ----

AggregatePoint Aggregate::fold_at(double x) const {
  AggregatePoint out;
  double limited = 0.0;
  double over = 0.0;
  double upper = 0.0;
  double density = 0.0;
  for (const Fold& fold : folds_) {
    upper += fold.p * survival(fold.sum, x);
    over += fold.p * excess(fold.sum, x);
    limited += fold.p * limited_expected(fold.sum, x);
    // A central difference of eighth order: the density only guides and informs.
    const double h = 1e-2 * std::max(x, 1e-300);
    const auto pair = [&](double k) {
      return survival(fold.sum, x - k * h) - survival(fold.sum, x + k * h);
    };
    density +=
        fold.p * (0.8 * pair(1) - 0.2 * pair(2) + 4.0 / 105.0 * pair(3) - pair(4) / 280.0) / h;
  }
  out.survival = {upper, kClosedForm * upper + fold_rest_};
  out.limited = {limited, kClosedForm * limited + fold_rest_ * x};
  out.excess = {over, kClosedForm * (over + x * upper) + fold_rest_ * mean_};
  out.density = {density, 1e-9 * std::fabs(density) + 1e-12 / std::max(x, 1e-300)};
  return out;
}

// ---- the lattice ----

void Aggregate::extend_lattice(std::size_t cell) {
  constexpr double kNegligible = 1e-17;
  const std::size_t width = claim_.size();
  std::size_t count = std::max<std::size_t>(2 * lattice_.masses.size(), 256);
  count = std::max(count, cell + cell / 4 + 2 * width);
  const auto top = count_max(frequency_);
  for (;; count *= 2) {
    const std::size_t all = top ? *top * (width - 1) + 1 : std::numeric_limits<std::size_t>::max();
    const bool whole = top && *top < (std::size_t{1} << 30) && count >= all;
    if (whole) count = all;
    const double masses = static_cast<double>(std::min({count, width, 16 * atom_count_}));
    const double work = static_cast<double>(count) * masses * work_factor(frequency_);
    lattice_ = lattice_total(frequency_, claim_, lattice_.step, count);
    above_.assign(count, 0.0);
    for (std::size_t k = count - 1; k > 0; --k) above_[k - 1] = above_[k] + lattice_.masses[k];
    const bool keeps_digits = panjer_way(claim_, count) != PanjerWay::kOnLine;
    if (!keeps_digits) above_.clear();
    if (whole || (!keeps_digits && cell < count)) return;
    const double last = above_[count - 1 - count / 4];
    const double needed = cell < count ? above_[cell] : 0.0;
    if (cell < count && (last <= kNegligible * needed || work > kLatticeWork)) {
      // What lies beyond the last cell is small beside the last quarter; where it may not be, the
      // sum from below is the better one.
      if (last > kNegligible * needed) above_.clear();
      return;
    }
    if (work > kLatticeWork) return;
  }
}

AggregatePoint Aggregate::lattice_at(double x) {
  const double cells = x / lattice_.step;
  if (cells > kLatticeCells) return finished(x, {.limited = {mean_, 0.0}});
  auto k = static_cast<std::size_t>(cells);
  if (static_cast<double>(k + 1) - cells < 1e-9 * (1.0 + cells)) ++k;
  const bool covered = k < lattice_.masses.size();
  if (!covered || (k < above_.size() && above_[k] == 0.0) || above_.empty()) extend_lattice(k);
  AggregatePoint out;
  const bool ended = k >= lattice_.masses.size();
  const double upper = ended ? 0.0 : above_.empty() ? lattice_.upper[k] : above_[k];
  out.survival = {upper, above_.empty() ? kRounding : 1e-13 * upper};
  double limited = 0.0;
  const std::size_t full = std::min(k, lattice_.masses.size());
  for (std::size_t i = 0; i < full; ++i) limited += lattice_.upper[i];
  limited = limited * lattice_.step + upper * (x - static_cast<double>(k) * lattice_.step);
  out.limited = {limited, 1e-14 * limited};
  // The excess is the mean less that, or, where it has digits of its own, summed from the far end.
  double over = mean_ - limited;
  double error = 1e-14 * mean_;
  if (!above_.empty()) {
    over = 0.0;
    for (std::size_t i = above_.size(); i > k + 1; --i) over += above_[i - 1];
    if (!ended) over += above_[k] * (static_cast<double>(k + 1) - cells);
    over *= lattice_.step;
    error = 1e-13 * over;
  }
  out.excess = {over, error};
  return out;
}

// ---- grids ----

Aggregate::GridPlan Aggregate::plan_for(double x) const {
  constexpr double kUnitsMax = 128.0;
  constexpr std::size_t kStart = 64;
  std::vector<double> places;
  for (const double kink : kinks_) {
    if (kink <= x * (1.0 + 1e-12)) places.push_back(kink);
  }
  const double lowest = places.empty() ? 0.0 : common_step(places);
  places.push_back(x);
  const double both = places.size() > 1 ? common_step(places) : 0.0;
  const auto start = [&](double unit) {
    std::size_t divisor = 1;
    while (x / unit * static_cast<double>(divisor) < static_cast<double>(kStart) || divisor < 8) {
      divisor *= 2;
    }
    return divisor;
  };
  if (both > 0.0 && x / both <= kUnitsMax) return {both, true, start(both)};
  if (lowest > 0.0 && x / lowest <= kUnitsMax) return {lowest, true, start(lowest)};
  return {x, false, start(x)};
}

CurvePoint Aggregate::on_grid(double x, const GridPlan& plan, std::size_t divisor,
                              bool left) const {
  constexpr std::size_t kBeyond = 10;  // cells past x, for a centred polynomial
  const double step = plan.unit / static_cast<double>(divisor);
  const double cells = x / step;
  const auto count = static_cast<std::size_t>(cells) + kBeyond;
  const std::vector<double> claim = lattice_masses(severity_, step, count);
  const LatticeTotal total = lattice_total(frequency_, claim, step, count);
  SmoothPiece piece{.low = 0, .high = count};
  if (plan.kinks_on_it && !kinks_.empty()) {
    const double units = x / plan.unit;
    const double whole = std::round(units);
    const bool at_kink = std::fabs(units - whole) < 1e-9;
    const double from = at_kink ? (left ? whole - 1.0 : whole) : std::floor(units);
    piece = {.low = static_cast<std::size_t>(from) * divisor,
             .high = (static_cast<std::size_t>(from) + 1) * divisor};
  }
  for (const double kink : kinks_) {
    if (kink > x * (1.0 + 1e-12)) {
      piece.high = std::min(piece.high, static_cast<std::size_t>(kink / step));
    }
  }
  if (left) piece.high = std::min(piece.high, static_cast<std::size_t>(std::ceil(cells - 1e-9)));
  piece.high = std::max(piece.high, piece.low + 1);
  return curve_point(total, cells, piece);
}

AggregatePoint Aggregate::grid_at(double x, bool left, std::size_t cells_max) const {
  const GridPlan plan = plan_for(x);
  const double some = pgf_complement(frequency_, 1.0 - mass_at_zero(severity_));
  Extrapolation runs;
  AggregatePoint out;
  for (std::size_t divisor = plan.start;; divisor *= 2) {
    const CurvePoint point = on_grid(x, plan, divisor, left);
    runs.add({point.survival, point.limited, point.density});
    out.survival = runs.best(0);
    out.limited = runs.best(1);
    out.density = runs.best(2);
    const double next_cells = 2.0 * x / plan.unit * static_cast<double>(divisor);
    if (next_cells > static_cast<double>(cells_max) && runs.grids() >= kGridsMin) break;
    if (out.survival.error < kSettled * out.survival.value + 0.5 * kRounding * some &&
        out.limited.error < kSettled * out.limited.value) {
      break;
    }
  }
  out.survival.error += kGridRounding * some;
  out.limited.error += kGridRounding * some * x + 1e-13 * out.limited.value;
  out.density.error += 64.0 * kRounding * some / x;
  return out;
}

// The year's total on the grid counts the years without a claim above `top`; those with one are
// counted in closed form. Every term is positive, so the sum keeps its digits.
std::optional<Estimate> Aggregate::far_survival(double x) const {
  constexpr std::size_t kReach = 6;   // cells kept, in multiples of those up to `top`
  constexpr std::size_t kStart = 32;  // cells up to x
  constexpr std::size_t kMost = 512;
  const double top = 2.0 * x;
  const double above = survival(severity_, top);
  const double one_large = pgf_complement(frequency_, above);
  Extrapolation runs;
  Estimate rest;
  for (std::size_t n = kStart; n <= kMost; n *= 2) {
    const double step = x / static_cast<double>(n);
    std::vector<double> claim = lattice_masses(severity_, step, 2 * n + 1);
    // The last point takes what its cell holds of claims up to `top`, and no more.
    claim[2 * n] = layer_mean(severity_, top - step, step) / step - above;
    const std::vector<double> masses = compound(frequency_, claim, kReach * 2 * n);
    double sum = 0.0;
    for (std::size_t k = masses.size(); k > n + 1; --k) sum += masses[k - 1];
    // Half of the point x itself lies above x.
    runs.add({sum + 0.5 * masses[n]});
    rest = runs.best(0);
    if (runs.grids() > 3 && rest.error < 1e-11 * (one_large + rest.value)) break;
  }
  return Estimate{one_large + rest.value, rest.error + kClosedForm * (one_large + rest.value)};
}

AggregatePoint Aggregate::finished(double x, AggregatePoint point) const {
  if (point.excess.value == 0.0 && point.excess.error == 0.0) {
    point.excess = {std::max(0.0, mean_ - point.limited.value),
                    point.limited.error + kRounding * mean_};
  }
  if (mean_ == kInfinity) point.excess = {kInfinity, 0.0};
  (void)x;
  return point;
}

AggregatePoint Aggregate::at(double x) {
  if (x < 0.0) return {.survival = {1.0, 0.0}, .limited = {x, 0.0}, .excess = {mean_ - x, 0.0}};
  if (x == 0.0) {
    const double some = pgf_complement(frequency_, 1.0 - mass_at_zero(severity_));
    return {.survival = {some, kRounding * some + 1e-16},
            .limited = {0.0, 0.0},
            .excess = {mean_, kClosedForm * mean_}};
  }
  if (method_ == AggregateMethod::kExact) return fold_at(x);
  if (method_ == AggregateMethod::kLattice) return lattice_at(x);
  constexpr double kFar = 1e-5;
  AggregatePoint point = grid_at(x, false, cells_max_);
  if (point.survival.value < kFar && !atoms_above_zero_) {
    const auto far = far_survival(x);
    if (far && far->error < point.survival.error) point.survival = *far;
  }
  return finished(x, point);
}

Estimate Aggregate::mass_at(double x) {
  if (x == 0.0) return {none_, kRounding};
  std::vector<double> places;
  const std::vector<Atom> list = atoms(severity_);
  for (const Atom& atom : list) places.push_back(atom.x);
  const double step = places.empty() ? 0.0 : common_step(places);
  if (step <= 0.0) return {0.0, 0.0};
  const double cells = x / step;
  const double whole = std::round(cells);
  if (std::fabs(cells - whole) > 1e-9 * (1.0 + cells) || whole > kLatticeCells) return {0.0, 0.0};
  // Only the point masses of a claim: the others leave this lattice.
  std::vector<double> claim(static_cast<std::size_t>(std::llround(places.back() / step)) + 1, 0.0);
  for (const Atom& atom : list) {
    claim[static_cast<std::size_t>(std::llround(atom.x / step))] += atom.p;
  }
  const auto k = static_cast<std::size_t>(whole);
  const double mass = compound(frequency_, claim, k + 1)[k];
  return {mass, 1e-13 * mass + 1e-300};
}

Estimate Aggregate::largest_claim_above(double x) const {
  const double p = pgf_complement(frequency_, survival(severity_, x));
  return {p, kClosedForm * p};
}

// ---- quantiles ----

Estimate Aggregate::lattice_quantile(double level) {
  constexpr double kStated = 1e-13;  // sums of stated probabilities fall short of a stated level
  std::size_t cell = std::min<std::size_t>(
      static_cast<std::size_t>(2.0 * mean_ / lattice_.step) + 64, std::size_t{1} << 20);
  for (;;) {
    if (lattice_.masses.size() <= cell) extend_lattice(cell);
    const auto& upper = lattice_.upper;
    const auto reached = std::find_if(upper.begin(), upper.end(),
                                      [&](double above) { return above <= 1.0 - level + kStated; });
    if (reached != upper.end()) {
      return {lattice_.step * static_cast<double>(reached - upper.begin()), 0.0};
    }
    if (upper.size() < cell) return {lattice_.step * static_cast<double>(upper.size()), kInfinity};
    cell = 2 * upper.size();
  }
}

// So many that the total is nearly normal, and that a coarse grid would not see a single claim.
bool Aggregate::has_many_claims() const {
  constexpr double kMany = 500.0;
  return moments(frequency_).mean > kMany && limited_moment(severity_, 2, kInfinity) < kInfinity;
}

// From one grid that reaches beyond the quantile.
double Aggregate::rough_quantile(double level) const {
  constexpr std::size_t kCells = 512;
  const double upper = 1.0 - level;
  const double count = moments(frequency_).mean;
  if (has_many_claims()) {
    const double sd = aggregate_moments(frequency_, severity_).sd.value;
    return std::max(0.1 * mean_, mean_ + sd * maths::normal_quantile(level));
  }
  const double one = std::min(0.5, upper / std::max(count, 1.0));
  double reach = 1.5 * quantile(severity_, {1.0 - one, one});
  if (mean_ != kInfinity) reach = std::max(reach, mean_);
  for (int doublings = 0; doublings < 200; ++doublings, reach *= 2.0) {
    const double step = reach / static_cast<double>(kCells);
    const LatticeTotal total =
        lattice_total(frequency_, lattice_masses(severity_, step, kCells), step, kCells);
    if (total.upper.back() > upper) continue;
    const auto found = std::find_if(total.upper.begin(), total.upper.end(),
                                    [&](double above) { return above <= upper; });
    return step * (static_cast<double>(found - total.upper.begin()) + 0.5);
  }
  return reach;
}

Estimate Aggregate::grid_quantile(double level) {
  constexpr int kStepsMax = 12;
  constexpr std::size_t kCoarse = 1024;  // cells, until the next step would be a small one
  constexpr double kClose = 1e-4;
  const double upper = 1.0 - level;
  double x = rough_quantile(level);
  double low = 0.0;
  double high = kInfinity;
  double step = kInfinity;
  bool done = false;
  bool fine = has_many_claims();
  AggregatePoint point;
  for (int i = 0; i < kStepsMax; ++i) {
    if (!fine && std::fabs(step) < kClose * x) {
      fine = true;  // what the coarse grids thought of other places no longer counts
      low = 0.0;
      high = kInfinity;
    }
    point = grid_at(x, false, fine ? cells_max_ : kCoarse);
    (point.survival.value > upper ? low : high) = x;
    // A jump of the distribution at a kink just here is the quantile itself.
    const double unit = kinks_.empty() ? 0.0 : common_step(kinks_);
    const double kink = unit > 0.0 ? unit * std::round(x / unit) : 0.0;
    if (kink > 0.0 && std::fabs(kink - x) < 2e-2 * x) {
      if (grid_at(kink, false, kCoarse).survival.value <= upper &&
          grid_at(kink, true, kCoarse).survival.value > upper) {
        return {kink, 1e-15 * kink};
      }
    }
    step = (point.survival.value - upper) / std::max(point.density.value, 1e-300);
    done = fine && std::fabs(step) < 1e-7 * x;  // Newton's next error is the square of this
    if (done) {
      x += step;
      break;
    }
    double next = x + step;
    if (!(next > low && next < high)) next = high == kInfinity ? 2.0 * x : 0.5 * (low + high);
    x = next;
  }
  const double slope = std::max(point.density.value, 1e-300);
  const double left_over = done ? 0.0 : std::fabs(step);
  return {x, 2.0 * point.survival.error / slope + 1e-13 * x + left_over};
}

Estimate Aggregate::value_at_risk(double level) {
  for (const auto& [known, at] : known_) {
    if (known == level) return at;
  }
  known_.emplace_back(level, find_quantile(level));
  return known_.back().second;
}

Estimate Aggregate::find_quantile(double level) {
  const double upper = 1.0 - level;
  if (at(0.0).survival.value <= upper) return {0.0, 0.0};
  if (method_ == AggregateMethod::kLattice) return lattice_quantile(level);
  if (method_ == AggregateMethod::kGrid) return grid_quantile(level);
  const auto tails_at = [&](double x) {
    double above = 0.0;
    for (const Fold& fold : folds_) above += fold.p * survival(fold.sum, x);
    return Tails{1.0 - above, above};
  };
  double low = kInfinity;  // the quantile of a single severity is its own
  if (folds_.size() == 1) {
    const double given = upper / folds_[0].p;
    low = quantile(folds_[0].sum, {1.0 - given, given});
    return {low, kClosedForm * low};
  }
  const double x = bisect_quantile(tails_at, {2.0, upper}, 0.0, kInfinity);
  const AggregatePoint point = fold_at(x);
  const double slope = std::max(std::fabs(point.density.value), 1e-300);
  return {x, point.survival.error / slope + 4e-16 * x};
}

Estimate Aggregate::tail_value_at_risk(double level) {
  const Estimate var = value_at_risk(level);
  const Estimate over = at(var.value).excess;
  const double upper = 1.0 - level;
  // The first derivative in VaR is 0 there, so its error enters with its square only.
  const double second = var.error * var.error / std::max(var.value, 1e-300) / upper;
  const double value = var.value + over.value / upper;
  return {value, over.error / upper + std::min(var.error, second) + 1e-15 * value};
}

}  // namespace anlan::engine
