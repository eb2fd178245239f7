#include "claims/policy_year.h"

#include <doctest/doctest.h>

#include "base/random.h"
#include "claims/ningbo_test.h"
#include "claims/refusals.h"

using namespace anlan;
using namespace anlan::claims;

TEST_CASE("policy year: rebuilt from the settlements it equals the state that settling left") {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    const RandomStream stream(RandomKey{.seed = seed, .stream = 6002});
    std::uint64_t drawn = 0;
    const auto below = [&](std::int64_t end) {
      return static_cast<std::int64_t>(stream.bits(drawn++) % static_cast<std::uint64_t>(end));
    };
    terms::Terms written =
        ningbo::terms_of(seed % 2 == 0 ? ningbo::Reading::kA : ningbo::Reading::kB);
    written.sections[4].inside_aggregate = written.sections[3].inside_aggregate =
        written.sections[2].inside_aggregate = seed % 3 != 0;
    written.occurrence_retention = below(2) * below(1'000'000);
    const terms::Plan plan = terms::compile(written);
    terms::YearState live = terms::fresh_year(plan);
    std::vector<domain::Settlement> earlier;
    for (int n = 0; n < 5; ++n) {
      terms::Incident incident;
      for (std::size_t i = 0; i < plan.section_count(); ++i) {
        incident.losses.push_back(below(2) * below(15'000'000));
      }
      incident.mitigation = below(2) * below(30'000'000);
      incident.peril_covered = below(5) != 0;
      incident.premium_paid_bp = below(2) == 0 ? 10'000 : static_cast<std::int32_t>(below(10'001));
      earlier.push_back(terms::settle(plan, incident, live));
      REQUIRE(year_after(plan, earlier).value() == live);
    }
  }
}

TEST_CASE("policy year: a settlement of another policy is refused") {
  const terms::Plan plan = terms::compile(ningbo::terms_of(ningbo::Reading::kA));
  CHECK(year_after(plan, {}).value() == terms::fresh_year(plan));
  std::vector<domain::Settlement> earlier(2);
  earlier[1].sections = {{.section = {"TP.SEC"}, .eroded = ningbo::yuan(1)}};
  const auto unknown = year_after(plan, earlier);
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.refusal().code == claims::refusals::kPriorMismatch);
  CHECK(unknown.refusal().path == "earlier[1]");
  earlier[1].sections = {{.section = {"FP.BI"}, .eroded = Money::from_minor(1, Currency::kUsd)}};
  CHECK(year_after(plan, earlier).refusal().code == claims::refusals::kPriorMismatch);
}
