// The jobs of bench/ratios.sh in this program, one of them in each process: prints one line of
// JSON with the time of the best of several runs, the answer, its stated bound and the peak memory.
// Usage: bench_ratios JOB
#include <cmath>
#include <cstdio>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include <sys/resource.h>

#include "engine/lattice.h"
#include "engine/tower_price.h"

namespace {

using namespace anlan;
using namespace anlan::engine;

struct Answer {
  double value = 0.0;
  double bound = 0.0;  // relative
};

// Seconds of the processor, of one call: the best of `runs` times the mean of `calls`.
double seconds(int runs, int calls, const std::function<void()>& job) {
  const auto now = [] {
    rusage use{};
    getrusage(RUSAGE_SELF, &use);
    return static_cast<double>(use.ru_utime.tv_sec) +
           1e-6 * static_cast<double>(use.ru_utime.tv_usec) +
           static_cast<double>(use.ru_stime.tv_sec) +
           1e-6 * static_cast<double>(use.ru_stime.tv_usec);
  };
  double best = 1e300;
  for (int run = 0; run < runs; ++run) {
    const double start = now();
    for (int call = 0; call < calls; ++call) job();
    best = std::fmin(best, (now() - start) / calls);
  }
  return best;
}

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

Answer tower(TowerPricer& pricer, const Severity& severity, double mean,
             const std::vector<TowerLayer>& layers) {
  Answer out;
  for (const Estimate& one : pricer.price({Poisson{mean}, {}}, severity, layers)) {
    out.value += one.value;
    out.bound += one.error;
  }
  out.bound /= out.value;
  return out;
}

Answer market(TowerPricer& pricer, const std::vector<TowerLayer>& layers) {
  constexpr int kCompanies = 10'000;
  Answer out;
  for (int i = 0; i < kCompanies; ++i) {
    const double place = (i + 0.5) / kCompanies;
    const Severity severity = yardstick(9.8 + 2.0 * place, 1.4 + 0.6 * (1.0 - place));
    const Answer one = tower(pricer, severity, 0.02 + 0.5 * place, layers);
    out.value += one.value;
    out.bound = std::fmax(out.bound, one.bound);
  }
  return out;
}

// P(S > 2e6) of claims on the lattice of 5,000, whose masses keep the mean.
Answer lattice(std::size_t count) {
  constexpr double kStep = 5000.0;
  const Severity severity = yardstick(10.8, 1.7);
  const LatticeTotal total =
      lattice_total({Poisson{0.5}, {}}, lattice_masses(severity, kStep, count), kStep, count);
  return {total.upper[400], 0.0};
}

// The most memory this process ever held, KiB; getrusage would count its parent's.
long peak_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (long kib = 0; word == "VmHWM:" && status >> kib) return kib;
  }
  return 0;
}

int report(const std::string& job, double time, const Answer& answer) {
  std::printf(
      "{\"job\": \"%s\", \"seconds\": %.9f, \"value\": %.12g, \"bound\": %.3g, \"kib\": %ld}\n",
      job.c_str(), time, answer.value, answer.bound, peak_kib());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string job = argc == 2 ? argv[1] : "";
  const std::vector<TowerLayer> layers = tower_of_five();
  TowerPricer pricer({.relative_error = 1e-6});
  Answer answer;
  double time = 0.0;
  if (job == "tower") {
    const Severity severity = yardstick(10.8, 1.7);
    time = seconds(9, 20'000, [&] { answer = tower(pricer, severity, 0.25, layers); });
  } else if (job == "market") {
    std::vector<TowerLayer> terms = layers;
    terms[0].annual_deductible = 0.25 * terms[0].limit;
    time = seconds(5, 1, [&] { answer = market(pricer, terms); });
  } else if (job == "fft") {
    time = seconds(5, 2, [&] { answer = lattice(std::size_t{1} << 16); });
  } else if (job == "panjer") {
    time = seconds(5, 5, [&] { answer = lattice(std::size_t{1} << 12); });
  } else if (job == "years") {
    // What 10^6 years of one company are simulated for: the expected payment of a layer.
    const std::vector<TowerLayer> one{layers[0]};
    const Severity severity = yardstick(10.8, 1.7);
    time = seconds(9, 20'000, [&] { answer = tower(pricer, severity, 0.25, one); });
  } else {
    std::puts("usage: bench_ratios tower|market|fft|panjer|years");
    return 2;
  }
  return report(job, time, answer);
}
