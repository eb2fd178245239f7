#include "engine/severity.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/maths.h"
#include "base/normal.h"
#include "engine/severity_numeric.h"

namespace anlan::engine {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double power(double x, int k) { return k == 1 ? x : k == 2 ? x * x : x * x * x; }

// ---- splice ----

const Severity& body_of(const Spliced& s) { return s.parts[0]; }
const Severity& tail_of(const Spliced& s) { return s.parts[1]; }

Tails tails_of(const Spliced& s, double x) {
  const double body_weight = 1.0 - s.tail_weight;
  if (x < s.threshold) {
    const Tails at = tails(body_of(s), x);
    return {body_weight * at.lower / s.body_cut.lower,
            s.tail_weight + body_weight * (at.upper - s.body_cut.upper) / s.body_cut.lower};
  }
  const double upper = s.tail_weight * survival(tail_of(s), x) / s.tail_upper;
  return {1.0 - upper, upper};
}

Partial partial_of(const Spliced& s, double d);

double limited_moment_of(const Spliced& s, int k, double d) {
  const Severity& body = body_of(s);
  const double body_weight = (1.0 - s.tail_weight) / s.body_cut.lower;
  if (d <= s.threshold) {
    if (k == 1) {
      const Partial at = partial_of(s, d);
      return at.below + d * at.tails.upper;
    }
    const double body_upper = survival(body, d);
    const double upper = s.tail_weight + body_weight * (body_upper - s.body_cut.upper);
    const double below = limited_moment(body, k, d) - power(d, k) * body_upper;
    return body_weight * below + power(d, k) * upper;
  }
  const double u = s.threshold;
  const double below = limited_moment(body, k, u) - power(u, k) * s.body_cut.upper;
  const double above = limited_moment(tail_of(s), k, d) - limited_moment(tail_of(s), k, u);
  return body_weight * below + s.tail_weight * (above / s.tail_upper + power(u, k));
}

double excess_of(const Spliced& s, double d) {
  const double weight = s.tail_weight / s.tail_upper;
  if (d >= s.threshold) return weight * excess(tail_of(s), d);
  // Of the body: the integral of its cut survival function from d to the threshold.
  const double width = s.threshold - d;
  const double strip = layer_mean(body_of(s), d, width) - width * s.body_cut.upper;
  return (1.0 - s.tail_weight) / s.body_cut.lower * strip + s.tail_weight * width +
         weight * s.tail_excess;
}

double quantile_of(const Spliced& s, Tails level) {
  const double body_weight = 1.0 - s.tail_weight;
  if (level.upper >= s.tail_weight) {
    const Tails& cut = s.body_cut;
    const double lower = level.lower / body_weight * cut.lower;
    const double upper = cut.upper + (level.upper - s.tail_weight) / body_weight * cut.lower;
    return std::min(s.threshold, quantile(body_of(s), {lower, upper}));
  }
  const double upper = level.upper / s.tail_weight * s.tail_upper;
  return quantile(tail_of(s), {1.0 - upper, upper});
}

// Both moments of the lognormal from one logarithm.
Partial partial_of(const Lognormal& f, double d) {
  if (d <= 0.0) return {{0.0, 1.0}, 0.0};
  const double z = (maths::log(d) - f.mu) / f.sigma;
  const double upper = maths::normal_cdf(-z);
  return {{1.0 - upper, upper},
          maths::exp(f.mu + 0.5 * f.sigma * f.sigma) * maths::normal_cdf(z - f.sigma)};
}

// Below the threshold.
Partial partial_of(const Spliced& s, double d) {
  const double body_weight = (1.0 - s.tail_weight) / s.body_cut.lower;
  const Partial body = partial(body_of(s), d);
  const double upper = s.tail_weight + body_weight * (body.tails.upper - s.body_cut.upper);
  return {{body_weight * body.tails.lower, upper}, body_weight * body.below};
}

// ---- mixture ----

template <class Of>
double weighted(const Mixture& m, Of&& of) {
  double sum = 0.0;
  for (std::size_t i = 0; i < m.parts.size(); ++i) sum += m.weights[i] * of(m.parts[i]);
  return sum;
}

Tails tails_of(const Mixture& m, double x) {
  Tails sum;
  for (std::size_t i = 0; i < m.parts.size(); ++i) {
    const Tails at = tails(m.parts[i], x);
    sum.lower += m.weights[i] * at.lower;
    sum.upper += m.weights[i] * at.upper;
  }
  return sum;
}

double limited_moment_of(const Mixture& m, int k, double d) {
  return weighted(m, [&](const Severity& part) { return limited_moment(part, k, d); });
}

double excess_of(const Mixture& m, double d) {
  return weighted(m, [&](const Severity& part) { return excess(part, d); });
}

double quantile_of(const Mixture& m, Tails level) {
  double low = kInfinity;
  double high = 0.0;
  for (const Severity& part : m.parts) {
    const double x = quantile(part, level);
    low = std::min(low, x);
    high = std::max(high, x);
  }
  return bisect_quantile([&](double x) { return tails_of(m, x); }, level, low, high);
}

// ---- terms of a claim ----

const Severity& loss_of(const Modified& m) { return m.loss[0]; }

// The loss whose payment is y.
double loss_for(const ClaimTerms& t, double y) {
  return (t.deductible + y / t.coinsurance) / t.trend;
}
double payment_max(const ClaimTerms& t) { return t.coinsurance * t.limit; }

Tails tails_of(const Modified& m, double y) {
  if (y < 0.0) return {0.0, 1.0};
  if (y >= payment_max(m.terms)) return {1.0, 0.0};
  return tails(loss_of(m), loss_for(m.terms, y));
}

double limited_moment_of(const Modified& m, int k, double d) {
  if (d <= 0.0) return 0.0;
  const ClaimTerms& t = m.terms;
  const double scale = t.coinsurance * t.trend;
  const double attach = t.deductible / t.trend;
  const double width = std::min(d / t.coinsurance, t.limit) / t.trend;
  return power(scale, k) * layer_moment(loss_of(m), k, attach, width);
}

double excess_of(const Modified& m, double d) {
  const ClaimTerms& t = m.terms;
  if (d < 0.0) return excess_of(m, 0.0) - d;
  if (d >= payment_max(t)) return 0.0;
  const double from = loss_for(t, d);
  const double width = t.limit == kInfinity ? kInfinity : (t.deductible + t.limit) / t.trend - from;
  return t.coinsurance * t.trend * layer_mean(loss_of(m), from, width);
}

double quantile_of(const Modified& m, Tails level) {
  const ClaimTerms& t = m.terms;
  const double paid = t.trend * quantile(loss_of(m), level) - t.deductible;
  return t.coinsurance * std::clamp(paid, 0.0, t.limit);
}

}  // namespace

Tails tails(const Severity& s, double x) {
  return std::visit([&](const auto& form) { return tails_of(form, x); }, s.form);
}

double survival(const Severity& s, double x) { return tails(s, x).upper; }

double limited_moment(const Severity& s, int k, double d) {
  if (d <= 0.0) return 0.0;
  return std::visit([&](const auto& form) { return limited_moment_of(form, k, d); }, s.form);
}

double limited_expected(const Severity& s, double d) { return limited_moment(s, 1, d); }

Partial partial(const Severity& s, double d) {
  if (const auto* f = std::get_if<Lognormal>(&s.form)) return partial_of(*f, d);
  if (const auto* f = std::get_if<Spliced>(&s.form); f && d < f->threshold) {
    return partial_of(*f, d);
  }
  const Tails at = tails(s, d);
  return {at, limited_expected(s, d) - d * at.upper};
}

double mean_of(const Severity& s) { return limited_moment(s, 1, kInfinity); }

double excess(const Severity& s, double d) {
  return std::visit([&](const auto& form) { return excess_of(form, d); }, s.form);
}

double mean_excess(const Severity& s, double d) {
  const double upper = survival(s, d);
  return upper > 0.0 ? excess(s, d) / upper : 0.0;
}

double layer_mean(const Severity& s, double attach, double limit) {
  if (limit == kInfinity) return excess(s, attach);
  const double top = attach + limit;
  if (const double upper = survival(s, attach); upper < 0.5) {
    // From the side where less is taken away; E[min(X, top)] is at least attach P(X > attach).
    const double above = excess(s, attach);
    const bool less =
        above <= attach * upper || (above != kInfinity && above <= limited_expected(s, top));
    if (less) return above - excess(s, top);
  }
  return limited_expected(s, top) - limited_expected(s, attach);
}

double layer_moment(const Severity& s, int k, double attach, double limit) {
  if (k == 1) return layer_mean(s, attach, limit);
  const double top = attach + limit;
  if (attach <= 0.0) return limited_moment(s, k, top);
  const double second = limited_moment(s, 2, top);
  if (second == kInfinity) return kInfinity;
  // (min(X, top) - attach)+ = m - n with m = min(X, top), n = min(X, attach), and n = attach
  // wherever m differs from n; so the powers of m - n are differences of the powers of each.
  const double first = layer_mean(s, attach, limit);
  const double squares = second - limited_moment(s, 2, attach);
  if (k == 2) return squares - 2.0 * attach * first;
  const double third = limited_moment(s, 3, top);
  if (third == kInfinity) return kInfinity;
  const double cubes = third - limited_moment(s, 3, attach);
  return cubes - 3.0 * attach * squares + 3.0 * attach * attach * first;
}

double quantile(const Severity& s, Tails level) {
  return std::visit([&](const auto& form) { return quantile_of(form, level); }, s.form);
}

// ---- shape: atoms, ends, kinks ----
namespace {

std::vector<Atom> merged(std::vector<Atom> list) {
  std::sort(list.begin(), list.end(), [](const Atom& a, const Atom& b) { return a.x < b.x; });
  std::vector<Atom> out;
  for (const Atom& atom : list) {
    if (atom.p <= 0.0) continue;
    if (!out.empty() && out.back().x == atom.x) {
      out.back().p += atom.p;
    } else {
      out.push_back(atom);
    }
  }
  return out;
}

template <class Family>
std::vector<Atom> atoms_of(const Family&) {
  return {};
}

std::vector<Atom> atoms_of(const Discrete& f) {
  std::vector<Atom> out;
  for (std::size_t i = 0; i < f.x.size(); ++i) out.push_back({f.x[i], f.p[i]});
  return merged(std::move(out));
}

std::vector<Atom> atoms_of(const Spliced& s) {
  std::vector<Atom> out;
  const double body = (1.0 - s.tail_weight) / s.body_cut.lower;
  for (const Atom& atom : atoms(body_of(s))) {
    if (atom.x <= s.threshold) out.push_back({atom.x, atom.p * body});
  }
  const double tail = s.tail_weight / s.tail_upper;
  for (const Atom& atom : atoms(tail_of(s))) {
    if (atom.x > s.threshold) out.push_back({atom.x, atom.p * tail});
  }
  return merged(std::move(out));
}

std::vector<Atom> atoms_of(const Mixture& m) {
  std::vector<Atom> out;
  for (std::size_t i = 0; i < m.parts.size(); ++i) {
    for (const Atom& atom : atoms(m.parts[i])) out.push_back({atom.x, atom.p * m.weights[i]});
  }
  return merged(std::move(out));
}

std::vector<Atom> atoms_of(const Modified& m) {
  const ClaimTerms& t = m.terms;
  const double from = t.deductible / t.trend;
  const double to = (t.deductible + t.limit) / t.trend;
  std::vector<Atom> out{{0.0, tails(loss_of(m), from).lower}};
  double at_top = 0.0;
  for (const Atom& atom : atoms(loss_of(m))) {
    if (atom.x > from && atom.x < to) {
      out.push_back({t.coinsurance * (t.trend * atom.x - t.deductible), atom.p});
    }
    if (atom.x == to) at_top = atom.p;
  }
  if (to < kInfinity) out.push_back({payment_max(t), survival(loss_of(m), to) + at_top});
  return merged(std::move(out));
}

std::vector<double> ends_of(const Severity& s) {
  std::vector<double> out = kinks(s);
  for (const Atom& atom : atoms(s)) out.push_back(atom.x);
  return out;
}

template <class Family>
std::vector<double> kinks_of(const Family&) {
  return {};
}
std::vector<double> kinks_of(const ParetoTail& f) {
  if (f.xi < 0.0) return {f.threshold, f.threshold - f.beta / f.xi};
  return {f.threshold};
}
std::vector<double> kinks_of(const Uniform& f) { return {f.low, f.high}; }
std::vector<double> kinks_of(const Pert& f) { return {f.low, f.high}; }
std::vector<double> kinks_of(const Discrete& f) { return f.x; }
std::vector<double> kinks_of(const Spliced& s) {
  std::vector<double> out{s.threshold};
  for (const double x : ends_of(body_of(s))) {
    if (x < s.threshold) out.push_back(x);
  }
  for (const double x : ends_of(tail_of(s))) {
    if (x > s.threshold) out.push_back(x);
  }
  return out;
}
std::vector<double> kinks_of(const Mixture& m) {
  std::vector<double> out;
  for (const Severity& part : m.parts) {
    for (const double x : ends_of(part)) out.push_back(x);
  }
  return out;
}
std::vector<double> kinks_of(const Modified& m) {
  std::vector<double> out{payment_max(m.terms)};
  for (const double x : ends_of(loss_of(m))) {
    const double y = m.terms.coinsurance * (m.terms.trend * x - m.terms.deductible);
    if (y < payment_max(m.terms)) out.push_back(y);
  }
  return out;
}

template <class Family>
double largest_of(const Family&) {
  return kInfinity;
}
double largest_of(const ParetoTail& f) {
  return f.xi < 0.0 ? f.threshold - f.beta / f.xi : kInfinity;
}
double largest_of(const Uniform& f) { return f.high; }
double largest_of(const Pert& f) { return f.high; }
double largest_of(const Discrete& f) { return f.x.back(); }
double largest_of(const Spliced& s) { return largest(tail_of(s)); }
double largest_of(const Mixture& m) {
  double top = 0.0;
  for (const Severity& part : m.parts) top = std::max(top, largest(part));
  return top;
}
double largest_of(const Modified& m) {
  const ClaimTerms& t = m.terms;
  const double top = t.trend * largest(loss_of(m)) - t.deductible;
  return t.coinsurance * std::clamp(top, 0.0, t.limit);
}

}  // namespace

std::vector<Atom> atoms(const Severity& s) {
  return std::visit([](const auto& form) { return atoms_of(form); }, s.form);
}

bool is_discrete(const Severity& s) {
  double mass = 0.0;
  for (const Atom& atom : atoms(s)) mass += atom.p;
  return mass > 1.0 - 1e-12;
}

double largest(const Severity& s) {
  return std::visit([](const auto& form) { return largest_of(form); }, s.form);
}

std::vector<double> kinks(const Severity& s) {
  std::vector<double> out = std::visit([](const auto& form) { return kinks_of(form); }, s.form);
  std::erase_if(out, [](double x) { return !(x > 0.0 && x < kInfinity); });
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Severity spliced(Severity body, Severity tail, double threshold, double tail_weight) {
  Spliced out{.parts = {}, .threshold = threshold, .tail_weight = tail_weight};
  out.body_cut = tails(body, threshold);
  out.tail_upper = survival(tail, threshold);
  out.tail_excess = excess(tail, threshold);
  out.parts.push_back(std::move(body));
  out.parts.push_back(std::move(tail));
  return {std::move(out)};
}

Severity with_terms(Severity loss, const ClaimTerms& terms) {
  const bool scaled_only = terms.deductible == 0.0 && terms.limit == kInfinity;
  const double scale = terms.trend * terms.coinsurance;
  if (scaled_only && scale == 1.0) return loss;
  if (scaled_only) {
    if (auto* f = std::get_if<Exponential>(&loss.form)) return {Exponential{f->mean * scale}};
    if (auto* f = std::get_if<GammaLoss>(&loss.form))
      return {GammaLoss{f->shape, f->scale * scale}};
    if (auto* f = std::get_if<InverseGaussian>(&loss.form))
      return {InverseGaussian{f->mean * scale, f->shape * scale}};
  }
  return {Modified{.loss = {std::move(loss)}, .terms = terms}};
}

}  // namespace anlan::engine
