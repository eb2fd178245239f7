// Settling the Ningbo policy: row form with and without steps, column form. Each run checks what
// was paid; a wrong sum makes the benchmark fail. Goal: a million settlements in row form in less
// than 2 s on one core.
#include <benchmark/benchmark.h>

#include "terms/settle.h"
#include "terms/settle_columns.h"

namespace {

using namespace anlan::terms;

constexpr std::int64_t kSettlements = 1'000'000;
// Incidents come three to a year and pay 150,000, 150,000 and 100,000 yuan (E03A).
constexpr std::int64_t kPaidExpected = (kSettlements / 3) * 40'000'000 + 15'000'000;

Plan ningbo() {
  return compile(Terms{.aggregate_limit = 40'000'000,
                       .mitigation_cap = 40'000'000,
                       .sections = {{.code = "FP.BI", .sublimit_occ = 10'000'000},
                                    {.code = "FP.EXT", .sublimit_occ = 3'000'000},
                                    {.code = "FP.DATA"},
                                    {.code = "FP.HW"},
                                    {.code = "FP.IR"}},
                       .groups = {{.id = "restoration",
                                   .codes = {"FP.DATA", "FP.HW", "FP.IR"},
                                   .sublimit_occ = 2'000'000}}});
}

Incident ransomware() { return Incident{.losses = {13'000'000, 5'000'000, 0, 0, 3'500'000}}; }

// Settles with `one`, which returns what was paid, and checks the sum.
template <class One>
void settle_million(benchmark::State& state, One&& one) {
  const Plan plan = ningbo();
  const Incident incident = ransomware();
  const YearState fresh = fresh_year(plan);
  for (auto _ : state) {
    YearState year = fresh;
    std::int64_t paid = 0;
    for (std::int64_t n = 0; n < kSettlements; ++n) {
      if (n % 3 == 0) year = fresh;
      paid += one(plan, incident, year);
    }
    if (paid != kPaidExpected) state.SkipWithError("the sum paid is wrong");
  }
  state.SetItemsProcessed(state.iterations() * kSettlements);
}

void million_rows(benchmark::State& state) {
  std::vector<std::int64_t> by_section(5);
  settle_million(state, [&](const Plan& plan, const Incident& incident, YearState& year) {
    return settle_amounts(plan, incident, year, by_section).total;
  });
}

void million_rows_with_steps(benchmark::State& state) {
  settle_million(state, [](const Plan& plan, const Incident& incident, YearState& year) {
    return settle(plan, incident, year).paid_total.minor();
  });
}

// A million policy-losses as columns: three incidents of the same years, one after the other.
void million_in_columns(benchmark::State& state) {
  constexpr std::size_t kYears = 4096;
  constexpr std::size_t kCalls = 3;
  const Plan plan = ningbo();
  std::vector<std::vector<double>> columns;
  for (const std::int64_t loss : ransomware().losses) {
    columns.emplace_back(kYears, static_cast<double>(loss));
  }
  ColumnIncidents incidents{.rows = kYears};
  for (const std::vector<double>& column : columns) incidents.losses.emplace_back(column);
  ColumnPaid paid;
  for (auto _ : state) {
    for (std::size_t settled = 0; settled < static_cast<std::size_t>(kSettlements);) {
      ColumnYear year = fresh_column_year(plan, kYears);
      double sum = 0;
      for (std::size_t call = 0; call < kCalls; ++call) {
        if (!settle_columns(plan, incidents, year, paid).ok()) state.SkipWithError("refused");
        for (const double total : paid.total) sum += total;
      }
      if (sum != 40'000'000.0 * kYears) state.SkipWithError("the sum paid is wrong");
      settled += kYears * kCalls;
    }
  }
  state.SetItemsProcessed(state.iterations() * kSettlements);
}

BENCHMARK(million_rows)->Unit(benchmark::kMillisecond);
BENCHMARK(million_rows_with_steps)->Unit(benchmark::kMillisecond);
BENCHMARK(million_in_columns)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
