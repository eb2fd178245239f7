// Time of the actuarial calculator, one thread: a tower of five layers
// with annual aggregates (see ratios.sh for the same beside other programs), a market of 10,000
// different companies, and one full case.
#include <cmath>
#include <vector>

#include <benchmark/benchmark.h>

#include "base/check.h"
#include "base/maths.h"
#include "engine/aggregate.h"
#include "engine/tower_price.h"

namespace {

using namespace anlan;
using namespace anlan::engine;

constexpr double kExpectedTotal = 34273.84508374312;

Severity yardstick(double mu, double sigma) {
  return spliced({Lognormal{mu, sigma}}, {ParetoTail{0.6, 5e5, 1e6}}, 1e6, 0.03);
}

std::vector<TowerLayer> tower_of_five() {
  return {{50e3, 450e3, 0.0, 900e3},
          {500e3, 500e3, 0.0, 1e6},
          {1e6, 1e6, 0.0, 1e6},
          {2e6, 3e6, 0.0, 3e6},
          {5e6, 5e6, 0.0, 5e6}};
}

// To a stated bound of 10^-range of each layer's value.
void tower(benchmark::State& state) {
  const Severity severity = yardstick(10.8, 1.7);
  const std::vector<TowerLayer> layers = tower_of_five();
  TowerPricer pricer({.relative_error = std::pow(10.0, -static_cast<double>(state.range(0)))});
  double total = 0.0;
  double bound = 0.0;
  for (auto _ : state) {
    total = bound = 0.0;
    for (const Estimate& one : pricer.price({Poisson{0.25}, {}}, severity, layers)) {
      total += one.value;
      bound += one.error;
    }
    benchmark::DoNotOptimize(total);
  }
  state.counters["relative_error"] = std::fabs(total / kExpectedTotal - 1.0);
  state.counters["stated_bound"] = bound / kExpectedTotal;
  ANLAN_CHECK(std::fabs(total - kExpectedTotal) <= bound);
}
BENCHMARK(tower)->Arg(6)->Arg(8)->Arg(10)->Unit(benchmark::kMicrosecond);

// Each company its own severity and frequency; an annual deductible on the lowest layer.
void market(benchmark::State& state) {
  constexpr int kCompanies = 10'000;
  std::vector<TowerLayer> layers = tower_of_five();
  layers[0].annual_deductible = 112.5e3;
  TowerPricer pricer({.relative_error = 1e-6});
  double worst = 0.0;
  for (auto _ : state) {
    double total = 0.0;
    for (int i = 0; i < kCompanies; ++i) {
      const double place = (i + 0.5) / kCompanies;
      const Severity severity = yardstick(9.8 + 2.0 * place, 1.4 + 0.6 * (1.0 - place));
      for (const Estimate& one :
           pricer.price({Poisson{0.02 + 0.5 * place}, {}}, severity, layers)) {
        total += one.value;
        worst = std::max(worst, one.error / one.value);
      }
    }
    benchmark::DoNotOptimize(total);
  }
  state.counters["worst_stated_bound"] = worst;
}
BENCHMARK(market)->Unit(benchmark::kMillisecond);

// VaR and TVaR of the ground-up year, to eight digits and more.
void tail_measures(benchmark::State& state) {
  for (auto _ : state) {
    Aggregate total({Poisson{0.25}, {}}, yardstick(10.8, 1.7));
    benchmark::DoNotOptimize(total.tail_value_at_risk(0.99));
  }
}
BENCHMARK(tail_measures)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
