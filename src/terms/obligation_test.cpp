#include "terms/obligation.h"

#include <doctest/doctest.h>

#include "base/money.h"

using namespace anlan;
using namespace anlan::terms;

namespace {

Obligation ladder() {
  return {.control = {"EPP-01"},
          .clause = "5.1",
          .steps = {{.lapse_days = 15, .amount = 1'000},
                    {.lapse_days = 30, .amount = 1'000, .loss_bp = 1'000, .loss_most = 5'000},
                    {.lapse_days = 90, .amount = 2'000, .loss_bp = 2'500}}};
}

}  // namespace

TEST_CASE("obligation: a lapse meets the last step whose days it has reached") {
  const Obligation obligation = ladder();
  CHECK(ladder_step(obligation.steps, -1) == nullptr);
  CHECK(ladder_step(obligation.steps, 14) == nullptr);
  CHECK(ladder_step(obligation.steps, 15) == &obligation.steps[0]);
  CHECK(ladder_step(obligation.steps, 89) == &obligation.steps[1]);
  CHECK(ladder_step(obligation.steps, 90) == &obligation.steps[2]);
}

TEST_CASE("obligation: a step takes its amount and its share of the loss, half-up, within bounds") {
  const Obligation obligation = ladder();
  struct Row {
    std::size_t step;
    std::int64_t loss;
    std::int64_t takes;
  };
  const Row rows[] = {
      {0, 0, 1'000},      {0, 99'999, 1'000},  {1, 0, 1'000},
      {1, 44, 1'004},     {1, 45, 1'005},      {1, 49'999, 6'000},
      {1, 80'000, 6'000}, {2, 80'000, 22'000}, {2, kAmountMax, kAmountMax / 4 + 2'000}};
  for (const Row& row : rows) {
    CAPTURE(row.loss);
    CHECK(extra_retention(obligation.steps[row.step], row.loss, 0) == row.takes);
  }
  std::int64_t before = 0;
  for (std::int64_t days = 0; days < 120; ++days) {
    const LadderStep* step = ladder_step(obligation.steps, days);
    const std::int64_t takes = step ? extra_retention(*step, 60'000, 0) : 0;
    CHECK(takes >= before);
    before = takes;
  }
}
