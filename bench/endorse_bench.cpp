// One endorsement through decide and evolve, on a policy that has had ten; with the state of the
// policy checked after each. Goal: 1 ms.
#include <benchmark/benchmark.h>

#include "house/desk_test.h"
#include "house/evolve.h"

namespace {

using namespace anlan;
using namespace anlan::house;
using namespace anlan::house::desk;

EndorsePolicy lower_from(PolicyId policy, Date from, std::int64_t ppm) {
  Endorsement endorsement{.kind = EndorsementKind::kFactor, .from = from, .reason = "bench"};
  endorsement.factor =
      ChosenFactor{.id = "protection", .ppm = ppm, .low_ppm = 850'000, .high_ppm = 1'000'000};
  return {.policy = policy, .endorsement = endorsement};
}

void one_endorsement(benchmark::State& state) {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force();
  const Date first = day("2026-03-01");
  for (std::int32_t n = 1; n <= 10; ++n)
    desk.must("uw", lower_from(policy, plus_days(first, 30 * n), 1'000'000 - 10'000 * n));
  const EndorsePolicy command = lower_from(policy, plus_days(first, 200), 950'000);
  for (auto _ : state) {
    state.PauseTiming();
    House house = desk.house;
    state.ResumeTiming();
    EventContext context{.seq = house.head.seq + 1, .at = desk.now, .actor = {"uw"}};
    const auto events =
        decide(house, {.at = desk.now, .actor = {"uw"}, .next_seq = context.seq}, command);
    if (!events.ok()) return state.SkipWithError("refused");
    for (const Event& event : *events) {
      evolve(house, context, event);
      ++context.seq;
    }
    if (find_policy(house, policy)->life.changes->endorsements.size() != 11)
      return state.SkipWithError("the endorsement is not there");
  }
}

BENCHMARK(one_endorsement)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
