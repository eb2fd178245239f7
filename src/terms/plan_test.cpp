#include "terms/plan.h"

#include <doctest/doctest.h>

using namespace anlan::terms;

TEST_CASE("plan: sections are found by code, in the policy's order") {
  const Plan plan = compile(Terms{.sections = {{.code = "FP.BI"}, {.code = "FP.EXT"}}});
  CHECK(plan.section_count() == 2);
  CHECK(plan.section_index("FP.EXT") == 1);
  CHECK(plan.section_index("FP.IR") == -1);
}

TEST_CASE("plan: a section with any time term takes outages only") {
  struct Row {
    TimeTerms time;
    bool takes_outage;
  };
  const Row rows[] = {{{}, false},
                      {{.mode = TimeMode::kQualifying}, false},
                      {{.waiting_hours = 1}, true},
                      {{.mode = TimeMode::kMonetaryOnly, .monetary = 1}, true},
                      {{.indemnity_hours = 0}, true},
                      {{.daily_amount = 0}, true}};
  for (const Row& row : rows) {
    const Plan plan = compile(Terms{.sections = {{.code = "FP.BI", .time = row.time}}});
    CHECK(plan.takes_outage(0) == row.takes_outage);
  }
}

TEST_CASE("plan: the annual sublimit of the insurer is what a late participation leaves of it") {
  const auto cap = [](ParticipationPosition position) {
    const Plan plan = compile(Terms{.sections = {{.code = "A",
                                                  .sublimit_agg = 101,
                                                  .participation_bp = 5000,
                                                  .participation_position = position}}});
    return plan.sections()[0].cap_year_insurer;
  };
  CHECK(cap(ParticipationPosition::kBeforeSublimit) == 101);
  CHECK(cap(ParticipationPosition::kAfterSublimit) == 51);
}

TEST_CASE("plan: own retentions are tried from the highest, each once, under single-highest only") {
  Terms terms{.retention_rule = RetentionRule::kSingleHighest,
              .sections = {{.code = "A", .own_retention = 5},
                           {.code = "B", .own_retention = 9},
                           {.code = "C", .own_retention = 5}}};
  CHECK(compile(terms).retention_tops() == std::vector<std::int64_t>{9, 5});
  terms.retention_rule = RetentionRule::kOccurrence;
  CHECK(compile(terms).retention_tops().empty());
}

TEST_CASE("plan: the cap of mitigation is its own or else the aggregate limit") {
  CHECK(compile(Terms{.aggregate_limit = 7, .mitigation_cap = 3, .sections = {{.code = "A"}}})
            .mitigation_cap() == 3);
  CHECK(compile(Terms{.aggregate_limit = 7, .sections = {{.code = "A"}}}).mitigation_cap() == 7);
  CHECK(!compile(Terms{.sections = {{.code = "A"}}}).mitigation_cap());
}
