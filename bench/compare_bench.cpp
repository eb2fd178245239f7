// Time of comparing five products on 10,000 simulated incidents of one company, one thread.
#include <array>

#include <benchmark/benchmark.h>

#include "api/library.h"
#include "base/check.h"
#include "engine/compare_events.h"
#include "engine/trigger_share.h"
#include "terms/play.h"

namespace {

using namespace anlan;

terms::Plan product(std::int64_t limit, std::int64_t waiting) {
  terms::Terms terms{.aggregate_limit = limit};
  terms.sections = {{.code = "FP.BI",
                     .sublimit_occ = limit / 2,
                     .time = {.waiting_hours = waiting, .indemnity_hours = 2160}},
                    {.code = "FP.EXT", .sublimit_occ = limit / 5},
                    {.code = "FP.DATA", .sublimit_occ = limit / 5},
                    {.code = "FP.IR", .sublimit_occ = limit / 5},
                    {.code = "FP.FTF", .sublimit_occ = limit / 5},
                    {.code = "TP.PRIV", .sublimit_occ = limit / 2}};
  return terms::compile(terms);
}

struct Shop {
  api::Library library{platform::Artefacts{}};
  const engine::Hazard* hazard = library.hazard().value();
  SerialExecutor executor;
  engine::ScenarioTable table{*hazard, {}, executor};
  std::array<terms::Plan, 5> plans{product(40'000'000, 8), product(40'000'000, 24),
                                   product(100'000'000, 8), product(100'000'000, 12),
                                   product(200'000'000, 4)};
  std::vector<engine::InsuredCover> covers;

  Shop() {
    for (const terms::Plan& plan : plans) {
      engine::InsuredCover cover{.plan = &plan, .perils = {}};
      for (const engine::PerilHazard& peril : hazard->perils) cover.perils.push_back(peril.peril);
      covers.push_back(cover);
    }
  }
};

void five_products(benchmark::State& state) {
  Shop shop;
  engine::CompareSetting setting{.hazard = shop.hazard, .table = &shop.table, .covers = {}};
  for (const engine::InsuredCover& cover : shop.covers) setting.covers.push_back(&cover);
  const engine::LossModel model = engine::make_loss_model(
      *shop.hazard, engine::reference_company(*shop.hazard), engine::ControlUse::kOwn);
  for (auto _ : state) {
    const auto found = engine::compare_events(setting, model);
    ANLAN_CHECK(found.ok());
    benchmark::DoNotOptimize(found->ground_up);
    state.counters["events"] = static_cast<double>(found->events.size());
  }
}
BENCHMARK(five_products)->Unit(benchmark::kMillisecond);

// One named incident under one wording, with its steps.
void play(benchmark::State& state) {
  api::Library library{platform::Artefacts{}};
  const terms::Wording* wording = library.wording({"ningbo-2023-a8"}).value();
  const terms::Script* script = library.script("fab-60-hours").value();
  for (auto _ : state) {
    const auto played = terms::play(*script, *wording);
    benchmark::DoNotOptimize(played->paid.minor());
  }
}
BENCHMARK(play)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
