// Time of the engine's part of one quote: the reference company under the Ningbo terms, single
// thread.
#include <fstream>
#include <iterator>
#include <string>

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "base/check.h"
#include "engine/expected_loss.h"
#include "formats/csv.h"
#include "formats/toml.h"
#include "protection/questionnaire.h"

namespace {

using namespace anlan;

// The benchmark is run from the root of the repository.
std::string file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  ANLAN_CHECK(in.good());
  return {std::istreambuf_iterator<char>(in), {}};
}

engine::Hazard load_hazard() {
  const auto toml = [](const std::string& path) {
    return formats::parse_toml(file_text(path), path).value();
  };
  const Node perils = toml("data/hazard/perils.toml");
  const Node controls = toml("data/hazard/controls.toml");
  const Node vectors = toml("data/hazard/vectors.toml");
  formats::CsvColumns columns;
  for (const std::string_view name : protection::questionnaire_columns()) {
    columns.required.emplace_back(name);
  }
  const Node questions =
      formats::csv_to_node(file_text("data/controls.csv"), "controls.csv", columns).value();
  return engine::read_hazard(
             {.perils = {.root = &perils, .name = "perils.toml", .digest = {}},
              .controls = {.root = &controls, .name = "controls.toml", .digest = {}},
              .vectors = {.root = &vectors, .name = "vectors.toml", .digest = {}},
              .questions = {.root = &questions, .name = "controls.csv", .digest = {}}})
      .value();
}

terms::Plan ningbo() {
  terms::Terms terms{.aggregate_limit = 40'000'000};
  terms.sections = {
      {.code = "FP.BI", .sublimit_occ = 10'000'000, .time = {.indemnity_hours = 2160}},
      {.code = "FP.EXT", .sublimit_occ = 3'000'000},
      {.code = "FP.DATA"},
      {.code = "FP.HW"},
      {.code = "FP.IR"}};
  terms.groups = {
      {.id = "restore", .codes = {"FP.DATA", "FP.HW", "FP.IR"}, .sublimit_occ = 2'000'000}};
  return terms::compile(terms);
}

struct Market {
  engine::Hazard hazard = load_hazard();
  SerialExecutor executor;
  engine::ScenarioTable table{hazard, {}, executor};
  terms::Plan plan = ningbo();
  engine::InsuredCover cover{.plan = &plan, .perils = {}};

  Market() {
    for (const engine::PerilHazard& peril : hazard.perils) {
      const std::string& code = peril.peril.text;
      if (code != "funds_fraud" && code != "insider" && code != "vendor_breach") {
        cover.perils.push_back(peril.peril);
      }
    }
  }
};

Market& market() {
  static Market instance;
  return instance;
}

// Once per start of the program.
void scenario_table(benchmark::State& state) {
  for (auto _ : state) {
    const engine::ScenarioTable table(market().hazard, {}, market().executor);
    benchmark::DoNotOptimize(table.options().points);
  }
}
BENCHMARK(scenario_table)->Unit(benchmark::kMillisecond);

engine::RiskInput known_company() {
  engine::RiskInput company = engine::reference_company(market().hazard);
  for (const engine::ControlPrior& prior : market().hazard.controls.rows) {
    company.controls.push_back({.control = prior.control,
                                .gap = Share::from_percent(40),
                                .trust = Share::from_percent(80),
                                .source = domain::FactSource::kDocumented});
  }
  return company;
}

engine::YearSetting setting() {
  return {.hazard = &market().hazard, .table = &market().table, .cover = &market().cover};
}

// The year of one company: what the error target needs.
void year(benchmark::State& state) {
  const engine::LossModel model =
      engine::make_loss_model(market().hazard, known_company(), engine::ControlUse::kOwn);
  for (auto _ : state) {
    const auto loss = engine::year_loss(setting(), model, market().executor);
    benchmark::DoNotOptimize(loss.value().insured);
    double points = 0.0;
    for (const engine::PerilMeans& peril : loss.value().perils) {
      points += static_cast<double>(peril.points * market().table.options().replicates);
    }
    state.counters["error_permille"] = 1000.0 * loss.value().standard_error / loss.value().insured;
    state.counters["events"] = points;
    state.counters["sequences"] = static_cast<double>(loss.value().sequences);
  }
}
BENCHMARK(year)->Unit(benchmark::kMillisecond);

// The range over the parameter ensemble.
void range(benchmark::State& state) {
  const engine::LossModel model =
      engine::make_loss_model(market().hazard, known_company(), engine::ControlUse::kOwn);
  const auto loss = engine::year_loss(setting(), model, market().executor);
  for (auto _ : state) {
    const auto found = engine::payment_range(setting(), model, loss.value(), market().executor);
    benchmark::DoNotOptimize(found.value().low);
  }
}
BENCHMARK(range)->Unit(benchmark::kMillisecond);

// A quote whose controls are known: the years with its own and with average controls, the ensemble,
// the corners of the walk.
void quote(benchmark::State& state) {
  const engine::RiskInput company = known_company();
  for (auto _ : state) {
    const auto loss = engine::expected_loss(setting(), company, market().executor);
    ANLAN_CHECK(loss.ok());
    benchmark::DoNotOptimize(loss.value().insured);
  }
}
BENCHMARK(quote)->Unit(benchmark::kMillisecond);

// Three limits x three retentions of the same company, each with its interval.
void options(benchmark::State& state) {
  const engine::RiskInput company = known_company();
  std::vector<terms::Plan> plans;
  for (const std::int64_t times : {1, 2, 5}) {
    for (const std::int64_t retention : {0, 500'000, 2'000'000}) {
      terms::Terms terms = ningbo().terms();
      *terms.aggregate_limit *= times;
      for (terms::Section& section : terms.sections) {
        if (section.sublimit_occ) *section.sublimit_occ *= times;
      }
      *terms.groups[0].sublimit_occ *= times;
      terms.occurrence_retention = retention;
      plans.push_back(terms::compile(terms));
    }
  }
  for (auto _ : state) {
    for (const terms::Plan& plan : plans) {
      engine::InsuredCover cover{.plan = &plan, .perils = market().cover.perils};
      engine::YearSetting option = setting();
      option.cover = &cover;
      const auto loss = engine::expected_loss(option, company, market().executor);
      ANLAN_CHECK(loss.ok());
      benchmark::DoNotOptimize(loss.value().insured_high);
    }
  }
}
BENCHMARK(options)->Unit(benchmark::kMillisecond);

// All 13 perils, six sections with sublimits, a waiting period and an annual limit.
terms::Plan sme(std::int64_t limit, std::int64_t retention) {
  terms::Terms terms{.aggregate_limit = limit, .occurrence_retention = retention};
  terms.sections = {{.code = "FP.BI",
                     .sublimit_occ = limit / 2,
                     .time = {.waiting_hours = 8, .indemnity_hours = 2160}},
                    {.code = "FP.EXT", .sublimit_occ = limit / 5},
                    {.code = "FP.DATA", .sublimit_occ = limit / 5},
                    {.code = "FP.IR", .sublimit_occ = limit / 5},
                    {.code = "FP.FTF", .sublimit_occ = limit / 5},
                    {.code = "TP.PRIV", .sublimit_occ = limit / 2}};
  return terms::compile(terms);
}

engine::InsuredCover everything(const terms::Plan& plan) {
  engine::InsuredCover cover{.plan = &plan, .perils = {}};
  for (const engine::PerilHazard& peril : market().hazard.perils) {
    cover.perils.push_back(peril.peril);
  }
  return cover;
}

// What the walk of a quote needs: the company's own year and that with its sector's controls; the
// corners before the terms are in closed form. Argument: the limit of the year, in yuan.
void sme_walk(benchmark::State& state) {
  const engine::RiskInput company = known_company();
  const terms::Plan plan = sme(state.range(0) * 100, 0);
  const engine::InsuredCover cover = everything(plan);
  engine::YearSetting of = setting();
  of.cover = &cover;
  of.error = state.range(0) > 1'000'000 ? 0.01 : engine::kErrorTarget;
  for (auto _ : state) {
    for (const engine::ControlUse controls :
         {engine::ControlUse::kOwn, engine::ControlUse::kSectorAverage}) {
      const auto model = engine::make_loss_model(market().hazard, company, controls);
      const auto loss = engine::year_loss(of, model, market().executor);
      ANLAN_CHECK(loss.ok());
      state.counters["error_permille"] = 1000.0 * loss->standard_error / loss->insured;
    }
  }
}
BENCHMARK(sme_walk)->Arg(400'000)->Arg(1'000'000)->Arg(10'000'000)->Unit(benchmark::kMillisecond);

// The same with its range, for three limits and three retentions.
void sme_options(benchmark::State& state) {
  const engine::RiskInput company = known_company();
  for (auto _ : state) {
    for (const std::int64_t limit : {40'000'000, 100'000'000, 200'000'000}) {
      for (const std::int64_t retention : {0, 500'000, 2'000'000}) {
        const terms::Plan plan = sme(limit, retention);
        const engine::InsuredCover cover = everything(plan);
        engine::YearSetting of = setting();
        of.cover = &cover;
        of.error = limit > 100'000'000 ? 0.01 : engine::kErrorTarget;
        const auto loss = engine::expected_loss(of, company, market().executor);
        ANLAN_CHECK(loss.ok());
        benchmark::DoNotOptimize(loss->insured_high);
      }
    }
  }
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  state.counters["peak_MB"] = static_cast<double>(used.ru_maxrss) / 1024.0;
}
BENCHMARK(sme_options)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
