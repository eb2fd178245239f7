#include <doctest/doctest.h>

#if __has_include(<mpfr.h>)
#include <mpfr.h>
#define ANLAN_WITH_MPFR 1
#endif

#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <string>

#include "base/beta.h"
#include "base/gamma.h"
#include "base/maths.h"
#include "base/normal.h"
#include "base/random.h"
#include "base/sha256.h"

namespace anlan::maths {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The first bits of SHA-256 over the bits of 100,000 results of two uniform numbers.
std::string golden(const std::function<double(double, double)>& f, std::uint64_t count = 100'000) {
  const RandomStream stream({.seed = 20260101, .stream = 8});
  ByteWriter bytes;
  for (std::uint64_t i = 0; i < count; ++i) {
    bytes.whole(std::bit_cast<std::uint64_t>(f(stream.unit(2 * i), stream.unit(2 * i + 1))));
  }
  return short_hex(sha256(bytes.bytes()));
}

#ifdef ANLAN_WITH_MPFR

class Exact {
 public:
  explicit Exact(double x = 0.0, mpfr_prec_t bits = 256) {
    mpfr_init2(value_, bits);
    mpfr_set_d(value_, x, MPFR_RNDN);
  }
  ~Exact() { mpfr_clear(value_); }
  Exact(const Exact&) = delete;
  Exact& operator=(const Exact&) = delete;
  mpfr_ptr operator()() { return value_; }
  double rounded() { return mpfr_get_d(value_, MPFR_RNDN); }

 private:
  mpfr_t value_;
};

double relative(double got, Exact& exact) {
  const double want = exact.rounded();
  if (want == 0.0) return got == 0.0 ? 0.0 : kInfinity;
  Exact difference(got);
  mpfr_sub(difference(), difference(), exact(), MPFR_RNDN);
  mpfr_div(difference(), difference(), exact(), MPFR_RNDN);
  return std::fabs(difference.rounded());
}

// 1 + r1 + r1 r2 + ... to the last bit, where factor(n) writes r_n. All terms are positive.
void add_series(Exact& sum, const std::function<void(int, Exact&)>& factor, mpfr_prec_t bits) {
  Exact term(1.0, bits);
  Exact ratio(0.0, bits);
  mpfr_set_ui(sum(), 1, MPFR_RNDN);
  for (int n = 1; n < 1'000'000; ++n) {
    factor(n, ratio);
    mpfr_mul(term(), term(), ratio(), MPFR_RNDN);
    mpfr_add(sum(), sum(), term(), MPFR_RNDN);
    if (mpfr_cmp_d(ratio(), 0.9) < 0 && mpfr_get_exp(term()) < mpfr_get_exp(sum()) - bits) break;
  }
}

// P and Q by the power series of P with enough bits for the subtraction.
void exact_gamma(double shape, double x, Exact& lower, Exact& upper) {
  const auto bits = static_cast<mpfr_prec_t>(400 + 2.0 * x);
  Exact sum(0.0, bits);
  add_series(
      sum,
      [&](int n, Exact& ratio) {
        mpfr_set_d(ratio(), shape, MPFR_RNDN);
        mpfr_add_ui(ratio(), ratio(), static_cast<unsigned>(n), MPFR_RNDN);
        mpfr_d_div(ratio(), x, ratio(), MPFR_RNDN);
      },
      bits);
  Exact power(x, bits);
  mpfr_log(power(), power(), MPFR_RNDN);
  mpfr_mul_d(power(), power(), shape, MPFR_RNDN);
  mpfr_sub_d(power(), power(), x, MPFR_RNDN);
  Exact log_gamma(shape, bits);
  mpfr_add_ui(log_gamma(), log_gamma(), 1, MPFR_RNDN);
  mpfr_lngamma(log_gamma(), log_gamma(), MPFR_RNDN);
  mpfr_sub(power(), power(), log_gamma(), MPFR_RNDN);
  mpfr_exp(power(), power(), MPFR_RNDN);
  mpfr_mul(sum(), sum(), power(), MPFR_RNDN);
  mpfr_set(lower(), sum(), MPFR_RNDN);
  mpfr_ui_sub(sum(), 1, sum(), MPFR_RNDN);
  mpfr_set(upper(), sum(), MPFR_RNDN);
}

// I_x(a, b) by its series in x (DLMF 8.17.8), x <= 1/2.
void exact_beta_lower(BetaShape s, double x, Exact& out) {
  constexpr mpfr_prec_t kBits = 256;
  Exact sum(0.0, kBits);
  Exact above(0.0, kBits);
  add_series(
      sum,
      [&](int n, Exact& ratio) {
        mpfr_set_d(above(), s.a, MPFR_RNDN);
        mpfr_add_d(above(), above(), s.b, MPFR_RNDN);
        mpfr_add_ui(above(), above(), static_cast<unsigned>(n - 1), MPFR_RNDN);
        mpfr_mul_d(above(), above(), x, MPFR_RNDN);
        mpfr_set_d(ratio(), s.a, MPFR_RNDN);
        mpfr_add_ui(ratio(), ratio(), static_cast<unsigned>(n), MPFR_RNDN);
        mpfr_div(ratio(), above(), ratio(), MPFR_RNDN);
      },
      kBits);
  Exact a(s.a);
  Exact b(s.b);
  Exact log_beta;
  mpfr_beta(log_beta(), a(), b(), MPFR_RNDN);
  mpfr_log(log_beta(), log_beta(), MPFR_RNDN);
  Exact power(x);
  mpfr_log(power(), power(), MPFR_RNDN);
  mpfr_mul_d(power(), power(), s.a, MPFR_RNDN);
  Exact rest(-x);
  mpfr_log1p(rest(), rest(), MPFR_RNDN);
  mpfr_mul_d(rest(), rest(), s.b, MPFR_RNDN);
  mpfr_add(power(), power(), rest(), MPFR_RNDN);
  mpfr_sub(power(), power(), log_beta(), MPFR_RNDN);
  mpfr_exp(power(), power(), MPFR_RNDN);
  mpfr_mul(sum(), sum(), power(), MPFR_RNDN);
  mpfr_div_d(out(), sum(), s.a, MPFR_RNDN);
}

TEST_CASE("erf and erfc have a relative error below 1e-14") {
  const RandomStream stream({.seed = 3});
  double worst_erf = 0.0;
  double worst_erfc = 0.0;
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    const double x = 32.0 * stream.unit(i) - 6.0;
    Exact a(x, 128);
    Exact b(x, 128);
    mpfr_erf(a(), a(), MPFR_RNDN);
    mpfr_erfc(b(), b(), MPFR_RNDN);
    worst_erf = std::fmax(worst_erf, relative(erf(x), a));
    worst_erfc = std::fmax(worst_erfc, relative(erfc(x), b));
  }
  CHECK(worst_erf <= 1e-15);
  CHECK(worst_erfc <= 1e-14);
}

TEST_CASE("the normal distribution has a relative error below 1e-14 in both tails") {
  const RandomStream stream({.seed = 4});
  double worst = 0.0;
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    const double x = 45.0 * stream.unit(i) - 37.5;
    Exact want(-x, 160);
    Exact root_two(2.0, 160);
    mpfr_sqrt(root_two(), root_two(), MPFR_RNDN);
    mpfr_div(want(), want(), root_two(), MPFR_RNDN);
    mpfr_erfc(want(), want(), MPFR_RNDN);
    mpfr_div_2ui(want(), want(), 1, MPFR_RNDN);
    worst = std::fmax(worst, relative(normal_cdf(x), want));
  }
  CHECK(worst <= 1e-14);
}

TEST_CASE("the normal quantile undoes the exact distribution to 1e-14 of the argument") {
  const RandomStream stream({.seed = 5});
  double worst = 0.0;
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    const double p = i % 2 == 0 ? stream.unit(i) : std::exp2(-1000.0 * stream.unit(i) - 1.0);
    const double x = normal_quantile(p);
    Exact cdf(-x, 160);
    Exact root_two(2.0, 160);
    mpfr_sqrt(root_two(), root_two(), MPFR_RNDN);
    mpfr_div(cdf(), cdf(), root_two(), MPFR_RNDN);
    mpfr_erfc(cdf(), cdf(), MPFR_RNDN);
    mpfr_div_2ui(cdf(), cdf(), 1, MPFR_RNDN);
    mpfr_sub_d(cdf(), cdf(), p, MPFR_RNDN);
    const double density = std::exp(-0.5 * x * x) / 2.5066282746310005;
    worst = std::fmax(worst, std::fabs(cdf.rounded()) / (density * std::fabs(x)));
  }
  CHECK(worst <= 1e-14);
}

TEST_CASE("lgamma has a relative error below 2e-15, also beside its zeros") {
  const RandomStream stream({.seed = 6});
  double worst = 0.0;
  for (std::uint64_t i = 0; i < 40'000; ++i) {
    const double u = stream.unit(i);
    const double x = i % 4 == 0   ? std::exp2(60.0 * u - 30.0)
                     : i % 4 == 1 ? 0.9 + 0.2 * u
                     : i % 4 == 2 ? 1.9 + 0.2 * u
                                  : 20.0 * u;
    Exact want(x, 160);
    mpfr_lngamma(want(), want(), MPFR_RNDN);
    worst = std::fmax(worst, relative(lgamma(x), want));
  }
  CHECK(worst <= 2e-15);
}

TEST_CASE("the gamma distribution has a relative error below 1e-12 in both tails") {
  const RandomStream stream({.seed = 7});
  double worst = 0.0;
  double at_shape = 0.0;
  double at_x = 0.0;
  for (std::uint64_t i = 0; i < 3'000; ++i) {
    const double shape = std::exp2(-6.0 + 16.0 * stream.unit(3 * i));
    const double spread = 8.0 * std::sqrt(shape) + 20.0;
    const double x = i % 3 == 0
                         ? shape * std::exp2(-12.0 * stream.unit(3 * i + 1))
                         : std::fmax(1e-6, shape + spread * (2.0 * stream.unit(3 * i + 1) - 1.0));
    Exact lower;
    Exact upper;
    exact_gamma(shape, x, lower, upper);
    const Tails got = GammaDistribution(shape).at(x);
    double error = 0.0;
    if (lower.rounded() > 1e-290) error = std::fmax(error, relative(got.lower, lower));
    if (upper.rounded() > 1e-290) error = std::fmax(error, relative(got.upper, upper));
    if (error > worst) {
      worst = error;
      at_shape = shape;
      at_x = x;
    }
  }
  INFO("shape ", at_shape, " x ", at_x);
  CHECK(worst <= 1e-12);
}

TEST_CASE("the gamma quantile undoes the exact distribution to 1e-12 of the argument") {
  const RandomStream stream({.seed = 8});
  double worst = 0.0;
  double at_shape = 0.0;
  double at_p = 0.0;
  for (std::uint64_t i = 0; i < 3'000; ++i) {
    const double shape = std::exp2(-6.0 + 16.0 * stream.unit(3 * i));
    const double p =
        i % 3 == 0 ? std::exp2(-60.0 * stream.unit(3 * i + 1)) : stream.unit(3 * i + 1);
    const double x = GammaDistribution(shape).quantile(p);
    if (x < 1e-280) continue;
    INFO("shape ", shape, " p ", p, " x ", x);
    REQUIRE(x < 1e5);
    Exact lower;
    Exact upper;
    exact_gamma(shape, x, lower, upper);
    mpfr_sub_d(lower(), lower(), p, MPFR_RNDN);
    const double density = std::exp((shape - 1.0) * std::log(x) - x - std::lgamma(shape));
    const double error = std::fabs(lower.rounded()) / (density * x);
    if (error > worst) {
      worst = error;
      at_shape = shape;
      at_p = p;
    }
  }
  INFO("shape ", at_shape, " p ", at_p);
  CHECK(worst <= 1e-12);
}

TEST_CASE("the beta distribution has a relative error below 1e-12 in both tails") {
  const RandomStream stream({.seed = 9});
  double worst = 0.0;
  BetaShape at;
  double at_x = 0.0;
  for (std::uint64_t i = 0; i < 3'000; ++i) {
    const BetaShape s{.a = std::exp2(-6.0 + 14.0 * stream.unit(3 * i)),
                      .b = std::exp2(-6.0 + 14.0 * stream.unit(3 * i + 1))};
    const double x =
        i % 2 == 0 ? 0.5 * stream.unit(3 * i + 2) : std::exp2(-1.0 - 40.0 * stream.unit(3 * i + 2));
    Exact lower;
    exact_beta_lower(s, x, lower);
    Exact upper(1.0);
    mpfr_sub(upper(), upper(), lower(), MPFR_RNDN);
    const Tails got = BetaDistribution(s).at(x);
    const Tails mirrored = BetaDistribution({.a = s.b, .b = s.a}).at(1.0 - x);
    double error = 0.0;
    if (lower.rounded() > 1e-290) {
      error = std::fmax(error, relative(got.lower, lower));
      if (i % 2 == 0 && 1.0 - (1.0 - x) == x) {
        error = std::fmax(error, relative(mirrored.upper, lower));
      }
    }
    if (upper.rounded() > 1e-60) error = std::fmax(error, relative(got.upper, upper));
    if (error > worst) {
      worst = error;
      at = s;
      at_x = x;
    }
  }
  INFO("a ", at.a, " b ", at.b, " x ", at_x);
  CHECK(worst <= 1e-12);
}

TEST_CASE("the beta quantile undoes the exact distribution to 1e-12 of the argument") {
  const RandomStream stream({.seed = 10});
  double worst = 0.0;
  BetaShape at;
  double at_p = 0.0;
  for (std::uint64_t i = 0; i < 3'000; ++i) {
    const BetaShape s{.a = std::exp2(-6.0 + 14.0 * stream.unit(3 * i)),
                      .b = std::exp2(-6.0 + 14.0 * stream.unit(3 * i + 1))};
    const double p =
        i % 3 == 0 ? std::exp2(-60.0 * stream.unit(3 * i + 2)) : stream.unit(3 * i + 2);
    const double x = BetaDistribution(s).quantile(p);
    if (x < 1e-280 || x == 1.0) continue;
    Exact cdf;
    double near = x;
    if (x <= 0.5) {
      exact_beta_lower(s, x, cdf);
    } else {
      near = 1.0 - x;
      exact_beta_lower({.a = s.b, .b = s.a}, near, cdf);
      mpfr_ui_sub(cdf(), 1, cdf(), MPFR_RNDN);
    }
    mpfr_sub_d(cdf(), cdf(), p, MPFR_RNDN);
    const double log_beta = std::lgamma(s.a) + std::lgamma(s.b) - std::lgamma(s.a + s.b);
    const double density =
        std::exp((s.a - 1.0) * std::log(x) + (s.b - 1.0) * std::log1p(-x) - log_beta);
    const double error = std::fabs(cdf.rounded()) / density / x;
    if (error > worst) {
      worst = error;
      at = s;
      at_p = p;
    }
  }
  INFO("a ", at.a, " b ", at.b, " p ", at_p);
  CHECK(worst <= 1e-12);
}

#endif  // ANLAN_WITH_MPFR

TEST_CASE("distribution functions give the exact values that have closed forms") {
  struct Row {
    std::string name;
    double got;
    double want;
    double tolerance;
  };
  const Row rows[] = {
      {"erf 0", erf(0.0), 0.0, 0.0},
      {"erf inf", erf(kInfinity), 1.0, 0.0},
      {"erfc -inf", erfc(-kInfinity), 2.0, 0.0},
      {"erfc 30", erfc(30.0), 0.0, 0.0},
      {"cdf 0", normal_cdf(0.0), 0.5, 0.0},
      {"cdf inf", normal_cdf(kInfinity), 1.0, 0.0},
      {"cdf -inf", normal_cdf(-kInfinity), 0.0, 0.0},
      {"quantile 1/2", normal_quantile(0.5), 0.0, 0.0},
      {"quantile 0", normal_quantile(0.0), -kInfinity, 0.0},
      {"quantile 1", normal_quantile(1.0), kInfinity, 0.0},
      {"AS 241 check 0.25", normal_quantile(0.25), -0.6744897501960817, 1e-16},
      {"AS 241 check 0.001", normal_quantile(0.001), -3.090232306167814, 1e-15},
      {"AS 241 check 1e-20", normal_quantile(1e-20), -9.262340089798408, 1e-14},
      {"lgamma 1", lgamma(1.0), 0.0, 0.0},
      {"lgamma 2", lgamma(2.0), 0.0, 0.0},
      {"lgamma 1/2 = ln(pi)/2", lgamma(0.5), 0.5723649429247001, 2e-16},
      {"lgamma 11 = ln 10!", lgamma(11.0), 15.104412573075516, 2e-15},
      {"exponential", GammaDistribution(1.0).at(2.0).upper, 0.1353352832366127, 1e-16},
      {"gamma at 0", GammaDistribution(2.5).at(0.0).lower, 0.0, 0.0},
      {"gamma at inf", GammaDistribution(2.5).at(kInfinity).lower, 1.0, 0.0},
      {"gamma median of the exponential", GammaDistribution(1.0).quantile(0.5), 0.6931471805599453,
       1e-15},
      {"uniform", BetaDistribution({1.0, 1.0}).at(0.3).lower, 0.3, 1e-16},
      {"uniform quantile", BetaDistribution({1.0, 1.0}).quantile(0.3), 0.3, 1e-15},
      {"beta(1, 4): 1 - 0.8^4", BetaDistribution({1.0, 4.0}).at(0.2).lower, 0.5904, 1e-15},
      {"beta(3, 3) at its middle", BetaDistribution({3.0, 3.0}).at(0.5).lower, 0.5, 1e-15},
      {"arc sine", BetaDistribution({0.5, 0.5}).quantile(0.25), 0.14644660940672624, 1e-15},
      {"beta quantile 0", BetaDistribution({2.0, 3.0}).quantile(0.0), 0.0, 0.0},
      {"beta quantile 1", BetaDistribution({2.0, 3.0}).quantile(1.0), 1.0, 0.0},
  };
  for (const Row& row : rows) {
    INFO(row.name, ": got ", row.got, ", want ", row.want);
    CHECK((row.got == row.want || std::fabs(row.got - row.want) <= row.tolerance));
  }
  const double outside[] = {normal_quantile(-0.1), normal_quantile(1.1), lgamma(0.0),
                            GammaDistribution(2.0).quantile(1.5),
                            BetaDistribution({2.0, 2.0}).quantile(-1.0)};
  for (const double value : outside) CHECK(value != value);
}

TEST_CASE("quantiles rise with p") {
  const GammaDistribution gamma(0.3);
  const BetaDistribution beta({1.0, 4.0});
  double before[3] = {-kInfinity, -1.0, -1.0};
  for (int i = 1; i < 10'000; ++i) {
    const double p = i / 20'000.0;
    const double now[3] = {normal_quantile(p), gamma.quantile(p), beta.quantile(p)};
    for (int k = 0; k < 3; ++k) {
      CHECK(now[k] > before[k]);
      before[k] = now[k];
    }
  }
}

TEST_CASE("100,000 results of each distribution function have the bits of the golden hash") {
  const GammaDistribution gammas[] = {GammaDistribution(0.2), GammaDistribution(1.0),
                                      GammaDistribution(4.0), GammaDistribution(300.0)};
  const BetaDistribution betas[] = {BetaDistribution({3.0, 3.0}), BetaDistribution({1.0, 6.0}),
                                    BetaDistribution({0.4, 2.5}), BetaDistribution({50.0, 70.0})};
  const auto pick = [](double v) { return static_cast<std::size_t>(4.0 * v); };
  CHECK(golden([](double u, double) { return erf(6.0 * u - 3.0); }) == "3f6ebec20fad");
  CHECK(golden([](double u, double) { return erfc(30.0 * u - 3.0); }) == "736f4714805a");
  CHECK(golden([](double u, double) { return normal_cdf(45.0 * u - 38.0); }) == "8d4f87e75692");
  CHECK(golden([](double u, double) { return normal_quantile(u); }) == "e28ac26f0474");
  CHECK(golden([](double u, double v) { return lgamma(u * exp(12.0 * v)); }) == "3175a2a2a58e");
  CHECK(golden([&](double u, double v) { return gammas[pick(v)].at(400.0 * u * u * u).lower; }) ==
        "994f3bef3f95");
  CHECK(golden([&](double u, double v) { return gammas[pick(v)].quantile(u); }) == "1a2110d9fe80");
  CHECK(golden([&](double u, double v) { return betas[pick(v)].at(u).upper; }) == "ad5eaf1c7a1d");
  CHECK(golden([&](double u, double v) { return betas[pick(v)].quantile(u); }) == "99354b683cb6");
}

}  // namespace
}  // namespace anlan::maths
