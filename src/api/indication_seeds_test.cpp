// What `quote indicate` asks next on the project's own hazard data must not hang on the seed.
#include <set>

#include <doctest/doctest.h>

#include "api/market.h"
#include "api/market_fixture_test.h"
#include "base/executor.h"
#include "domain/enterprise.h"
#include "engine/scenario_table.h"
#include "engine/trigger_share.h"
#include "platform/artefacts.h"
#include "terms/plan.h"
#include "underwriting/indication.h"

namespace anlan::api {
namespace {

domain::Fact fact(const char* name, const char* value) { return {.name = {name}, .value = value}; }

// The questions of rank 1.
std::set<std::string> first_of(const underwriting::Indication& found) {
  std::set<std::string> out;
  for (const underwriting::Narrowing& each : found.next) {
    if (each.rank == 1) out.insert(each.fact ? std::string(each.fact->name) : "controls");
  }
  return out;
}

TEST_CASE(
    "quote indicate: over eight seeds the first question, or those tied for it, is the same") {
  Library library{platform::Artefacts{}};
  const engine::Hazard& hazard = fixture::real_hazard();
  const domain::ProductName name{"ningbo-2023-b"};
  const underwriting::Product& product = *library.product(name).value();
  const terms::Wording& wording = *library.wording(product.wording).value();
  const terms::Plan plan = terms::compile(wording.terms);
  const engine::InsuredCover cover = engine::insured_cover(hazard, wording, plan, std::nullopt);
  SerialExecutor executor;
  std::set<std::set<std::string>> first;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const engine::ScenarioTable table(hazard, {.points = kRiskPoints, .seed = seed}, executor);
    const engine::YearSetting setting{.hazard = &hazard, .table = &table, .cover = &cover};
    const auto found = underwriting::indicate(
        {.setting = setting,
         .product = product,
         .loads = *library.loads().value(),
         .inference = *library.inference().value(),
         .facts = {fact("sector", "C39"), fact("revenue", "3000000000"), fact("employees", "50")},
         .aggregate = underwriting::quoted_limits(wording).aggregate},
        executor);
    REQUIRE(found.ok());
    for (const underwriting::Narrowing& each : found->next) {
      CHECK(each.explained_error < 10'000);  // one per cent of the variance
    }
    first.insert(first_of(*found));
  }
  CHECK(first.size() == 1);
  CHECK(!first.begin()->empty());
}

}  // namespace
}  // namespace anlan::api
