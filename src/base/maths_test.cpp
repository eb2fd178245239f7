#include "base/maths.h"

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

#include "base/random.h"
#include "base/sha256.h"

namespace anlan::maths {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::uint64_t kPoints = 80'000;  // of each range, two or three ranges a function

// Where arguments of a function are drawn: evenly in x, or evenly in log2 |x| with both signs.
struct Range {
  double lo;
  double hi;
  bool logarithmic = false;
  bool both_signs = false;
};

double argument(const Range& range, const RandomStream& stream, std::uint64_t i) {
  const double u = stream.unit(2 * i);
  if (!range.logarithmic) return range.lo + (range.hi - range.lo) * u;
  const double x = std::exp2(range.lo + (range.hi - range.lo) * u);
  return range.both_signs && stream.unit(2 * i + 1) < 0.5 ? -x : x;
}

// The first bits of SHA-256 over the bits of 100,000 results.
std::string golden(const Range& range, const std::function<double(double)>& f) {
  const RandomStream stream({.seed = 20260101, .stream = 7});
  ByteWriter bytes;
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    bytes.whole(std::bit_cast<std::uint64_t>(f(argument(range, stream, i))));
  }
  return short_hex(sha256(bytes.bytes()));
}

#ifdef ANLAN_WITH_MPFR

// One multiple-precision number that frees itself.
class Exact {
 public:
  Exact() { mpfr_init2(value_, 128); }
  explicit Exact(double x) : Exact() { mpfr_set_d(value_, x, MPFR_RNDN); }
  ~Exact() { mpfr_clear(value_); }
  Exact(const Exact&) = delete;
  Exact& operator=(const Exact&) = delete;
  mpfr_ptr operator()() { return value_; }

 private:
  mpfr_t value_;
};

// |got - exact| in units of the last place of the exact value's double.
double ulps(double got, Exact& exact) {
  const double rounded = mpfr_get_d(exact(), MPFR_RNDN);
  if (!std::isfinite(rounded) || rounded == 0.0) return got == rounded ? 0.0 : kInfinity;
  const double next = std::nextafter(std::fabs(rounded), kInfinity) - std::fabs(rounded);
  Exact difference(got);
  mpfr_sub(difference(), difference(), exact(), MPFR_RNDN);
  return std::fabs(mpfr_get_d(difference(), MPFR_RNDN)) / next;
}

struct Case {
  std::string name;
  double (*ours)(double);
  int (*exact)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);
  Range range;
  double ulps_max;
};

TEST_CASE("maths: exp, log, log1p and expm1 stay within the stated units of the last place") {
  const Case cases[] = {
      {"exp", exp, mpfr_exp, {-708.0, 709.7}, 0.7},
      {"exp", exp, mpfr_exp, {-1.0, 1.0}, 0.7},
      {"exp", exp, mpfr_exp, {-60.0, 3.0, true, true}, 0.7},
      {"log", log, mpfr_log, {-1074.0, 1023.9, true}, 0.9},
      {"log", log, mpfr_log, {0.5, 2.0}, 0.9},
      {"log", log, mpfr_log, {0.99, 1.01}, 0.9},
      {"log1p", log1p, mpfr_log1p, {-0.999999, 3.0}, 0.9},
      {"log1p", log1p, mpfr_log1p, {-60.0, -1e-6, true, true}, 0.9},
      {"log1p", log1p, mpfr_log1p, {-1.0, 1000.0, true}, 0.9},
      {"expm1", expm1, mpfr_expm1, {-45.0, 709.0}, 1.0},
      {"expm1", expm1, mpfr_expm1, {-2.0, 2.0}, 1.0},
      {"expm1", expm1, mpfr_expm1, {-60.0, 0.0, true, true}, 1.0},
  };
  for (const Case& c : cases) {
    const RandomStream stream({.seed = 1, .stream = 1});
    double worst = 0.0;
    double at = 0.0;
    for (std::uint64_t i = 0; i < kPoints; ++i) {
      const double x = argument(c.range, stream, i);
      Exact exact(x);
      c.exact(exact(), exact(), MPFR_RNDN);
      const double error = ulps(c.ours(x), exact);
      if (error > worst) {
        worst = error;
        at = x;
      }
    }
    INFO(c.name, " on [", c.range.lo, ", ", c.range.hi, "]: worst at ", at);
    CHECK(worst <= c.ulps_max);
  }
}

TEST_CASE("maths: pow stays within the stated units of the last place over the whole range") {
  const RandomStream stream({.seed = 2, .stream = 1});
  double worst = 0.0;
  double at = 0.0;
  for (std::uint64_t i = 0; i < 200'000; ++i) {
    const double reach = 700.0 * (2.0 * stream.unit(3 * i) - 1.0);  // ln of the result
    const double x = i % 2 == 0 ? std::exp2(200.0 * (2.0 * stream.unit(3 * i + 1) - 1.0))
                                : 0.5 + stream.unit(3 * i + 1);
    const double y = x == 1.0 ? 1.0 : reach / std::log(x);
    Exact exact(x);
    Exact power(y);
    mpfr_pow(exact(), exact(), power(), MPFR_RNDN);
    const double error = ulps(pow(x, y), exact);
    if (error > worst) {
      worst = error;
      at = x;
    }
  }
  INFO("worst at x = ", at);
  CHECK(worst <= 0.8);
}

#endif  // ANLAN_WITH_MPFR

TEST_CASE("maths: special arguments give the values of IEEE 754 recommended functions") {
  struct Row {
    std::string name;
    double got;
    double want;
  };
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double least = std::numeric_limits<double>::denorm_min();
  const Row rows[] = {
      {"exp 0", exp(0.0), 1.0},
      {"exp inf", exp(kInfinity), kInfinity},
      {"exp -inf", exp(-kInfinity), 0.0},
      {"exp 710", exp(710.0), kInfinity},
      {"exp of the largest", exp(709.782712893384), 0x1.fffffffffff2ap+1023},
      {"exp -745.2", exp(-745.2), 0.0},
      {"exp -745.1", exp(-745.1), least},
      {"log 0", log(0.0), -kInfinity},
      {"log 1", log(1.0), 0.0},
      {"log inf", log(kInfinity), kInfinity},
      {"log of the least", log(least), -744.4400719213812},
      {"log1p 0", log1p(0.0), 0.0},
      {"log1p -1", log1p(-1.0), -kInfinity},
      {"log1p tiny", log1p(1e-300), 1e-300},
      {"expm1 0", expm1(0.0), 0.0},
      {"expm1 tiny", expm1(-1e-300), -1e-300},
      {"expm1 -100", expm1(-100.0), -1.0},
      {"expm1 800", expm1(800.0), kInfinity},
      {"pow x^0", pow(nan, 0.0), 1.0},
      {"pow 1^y", pow(1.0, nan), 1.0},
      {"pow 0^2", pow(0.0, 2.0), 0.0},
      {"pow 0^-2", pow(0.0, -2.0), kInfinity},
      {"pow 2^10", pow(2.0, 10.0), 1024.0},
      {"pow 2^-1074", pow(2.0, -1074.0), least},
      {"pow 2^1024", pow(2.0, 1024.0), kInfinity},
      {"pow 10^15", pow(10.0, 15.0), 1e15},
      {"pow 9^0.5", pow(9.0, 0.5), 3.0},
      {"pow 0.5^inf", pow(0.5, kInfinity), 0.0},
      {"pow inf^-1", pow(kInfinity, -1.0), 0.0},
      {"nearest 2.5", nearest_whole(2.5), 2.0},
      {"nearest 3.5", nearest_whole(3.5), 4.0},
      {"nearest -0.7", nearest_whole(-0.7), -1.0},
      {"nearest 2^50 - 1/2", nearest_whole(0x1p50 - 0.25), 0x1p50},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(row.got == row.want);
  }
  const double outside[] = {log(-1.0), log1p(-1.5), pow(-2.0, 0.5), exp(nan),
                            log(nan),  log1p(nan),  expm1(nan),     pow(nan, 1.0)};
  for (const double value : outside) CHECK(value != value);
}

TEST_CASE("maths: exp, log and expm1 never fall where their argument rises by one bit") {
  const double places[] = {-700.0, -20.0, -0.34657359027997264, -1e-3, 0.34657359027997264,
                           0.5,    1.0,   1.4142135623730951,   20.0,  700.0};
  for (const double place : places) {
    double x = place;
    for (int i = 0; i < 2000; ++i) {
      const double above = std::nextafter(x, kInfinity);
      CHECK(exp(x) <= exp(above));
      CHECK(expm1(x) <= expm1(above));
      if (x > 0.0) CHECK(log(x) <= log(above));
      x = above;
    }
  }
}

TEST_CASE("maths: 100,000 results of each function have the bits of the golden hash") {
  CHECK(golden({-720.0, 710.0}, exp) == "ea14c612aeb0");
  CHECK(golden({-1074.0, 1023.0, true}, log) == "ed055d943dd2");
  CHECK(golden({-60.0, 60.0, true, true}, log1p) == "1f3cdfcaeca4");
  CHECK(golden({-50.0, 9.0, true, true}, expm1) == "3c778f18d575");
  CHECK(golden({-40.0, 40.0, true}, [](double x) { return pow(x, 1.0 / 3.0); }) == "e38808834c4d");
}

}  // namespace
}  // namespace anlan::maths
