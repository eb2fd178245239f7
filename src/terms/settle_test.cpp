#include "terms/settle.h"

#include <doctest/doctest.h>
#include <fmt/core.h>

using namespace anlan;
using namespace anlan::terms;

namespace {

// "sublimit sublimit_occurrence 2.2 FP.BI 13000000 -> 10000000"
std::vector<std::string> lines(const domain::Settlement& settlement) {
  std::vector<std::string> out;
  for (const domain::SettlementStep& step : settlement.steps) {
    out.push_back(fmt::format("{} {} {} {} {} -> {}", name_of(step.stage), name_of(step.reason),
                              step.clause, step.subject, step.before.minor(), step.after.minor()));
  }
  return out;
}

using Lines = std::vector<std::string>;

struct Year {
  explicit Year(const Terms& terms) : plan(compile(terms)), state(fresh_year(plan)) {}
  domain::Settlement operator()(const Incident& incident) { return settle(plan, incident, state); }
  Plan plan;
  YearState state;
};

std::vector<std::int64_t> paid(const domain::Settlement& settlement) {
  std::vector<std::int64_t> out;
  for (const domain::SectionPaid& section : settlement.sections)
    out.push_back(section.paid.minor());
  return out;
}

// The terms of data/wordings/ningbo-2023-a.toml.
Terms ningbo() {
  return Terms{.aggregate_limit = 40000000,
               .mitigation_cap = 40000000,
               .sections = {{.code = "FP.BI", .sublimit_occ = 10000000, .sublimit_clause = "2.2"},
                            {.code = "FP.EXT", .sublimit_occ = 3000000, .sublimit_clause = "2.3"},
                            {.code = "FP.DATA"},
                            {.code = "FP.HW"},
                            {.code = "FP.IR"}},
               .groups = {{.id = "restoration",
                           .codes = {"FP.DATA", "FP.HW", "FP.IR"},
                           .sublimit_occ = 2000000,
                           .clause = "2.4"}},
               .aggregate_clause = "2.1",
               .mitigation_clause = "1.7",
               .instalment_clause = "2.6"};
}

const Incident kRansomware{.losses = {13000000, 5000000, 1500000, 800000, 1200000}};

}  // namespace

TEST_CASE(
    "settle: every clause that lowers an amount is a step, from the claimed loss to what is paid") {
  Year year(ningbo());
  const Lines first = {"sublimit sublimit_occurrence 2.2 FP.BI 13000000 -> 10000000",
                       "sublimit sublimit_occurrence 2.3 FP.EXT 5000000 -> 3000000",
                       "group_sublimit group_sublimit 2.4 FP.DATA 1500000 -> 857143",
                       "group_sublimit group_sublimit 2.4 FP.HW 800000 -> 457143",
                       "group_sublimit group_sublimit 2.4 FP.IR 1200000 -> 685714"};
  CHECK(lines(year(kRansomware)) == first);
  CHECK(lines(year(kRansomware)) == first);
  Lines third = first;
  third.insert(third.end(), {"aggregate_limit aggregate_limit 2.1 FP.BI 10000000 -> 6666667",
                             "aggregate_limit aggregate_limit 2.1 FP.EXT 3000000 -> 2000000",
                             "aggregate_limit aggregate_limit 2.1 FP.DATA 857143 -> 571429",
                             "aggregate_limit aggregate_limit 2.1 FP.HW 457143 -> 304762",
                             "aggregate_limit aggregate_limit 2.1 FP.IR 685714 -> 457142"});
  CHECK(lines(year(kRansomware)) == third);
}

TEST_CASE("settle: a peril that is not covered pays and erodes nothing, mitigation included") {
  Year year(ningbo());
  const auto settlement = year(Incident{.losses = {100, 0, 0, 0, 0},
                                        .mitigation = 50,
                                        .peril_covered = false,
                                        .peril_clause = "1.1"});
  CHECK(settlement.paid_total.minor() == 0);
  CHECK(settlement.mitigation_paid.minor() == 0);
  CHECK(lines(settlement) == Lines{"gate peril_not_covered 1.1 FP.BI 100 -> 0",
                                   "gate peril_not_covered 1.1 FP.MITIG 50 -> 0"});
  CHECK(year.state == fresh_year(year.plan));
}

TEST_CASE("settle: loss in a section without cover satisfies no retention") {
  struct Row {
    const char* why;
    Section section;
    std::vector<Group> groups;
    std::string clause;
  };
  const Row rows[] = {
      {"sublimit 0", {.code = "B", .sublimit_occ = 0, .sublimit_clause = "s"}, {}, "s"},
      {"annual sublimit 0", {.code = "B", .sublimit_agg = 0, .sublimit_clause = "s"}, {}, "s"},
      {"the insured keeps all",
       {.code = "B", .participation_bp = 10000, .participation_clause = "p"},
       {},
       "p"},
      {"its group's sublimit is 0",
       {.code = "B"},
       {{.id = "g", .codes = {"B"}, .sublimit_agg = 0, .clause = "g"}},
       "g"}};
  for (const Row& row : rows) {
    CAPTURE(row.why);
    Year year(Terms{.occurrence_retention = 60,
                    .sections = {{.code = "A"}, row.section},
                    .groups = row.groups,
                    .retention_clause = "r"});
    const auto settlement = year(Incident{.losses = {100, 1000}});
    CHECK(paid(settlement) == std::vector<std::int64_t>{40, 0});
    CHECK(lines(settlement) == Lines{fmt::format("gate no_cover {} B 1000 -> 0", row.clause),
                                     "retention retention r A 100 -> 40"});
  }
}

TEST_CASE("settle: an aggregate of 0 covers only what stands outside it") {
  Year year(Terms{.aggregate_limit = 0,
                  .sections = {{.code = "IN"}, {.code = "OUT", .inside_aggregate = false}},
                  .aggregate_clause = "a"});
  const auto settlement = year(Incident{.losses = {100, 100}});
  CHECK(paid(settlement) == std::vector<std::int64_t>{0, 100});
  CHECK(lines(settlement) == Lines{"gate no_cover a IN 100 -> 0"});
}

TEST_CASE(
    "settle: a loss must exceed the deductible, and a sublimit exhausted earlier still takes "
    "part") {
  Year year(Terms{.occurrence_retention = 30,
                  .sections = {{.code = "A", .sublimit_agg = 50, .deductible_clause = "d"},
                               {.code = "B", .deductible = 100, .deductible_clause = "d"}},
                  .retention_clause = "r"});
  const auto first = year(Incident{.losses = {80, 100}});
  CHECK(paid(first) == std::vector<std::int64_t>{50, 0});
  CHECK(lines(first) ==
        Lines{"deductible below_deductible d B 100 -> 0", "retention retention r A 80 -> 50"});
  // 300 and 100 above the deductible bear 23 and 7 of the retention, although A can pay no more.
  const auto second = year(Incident{.losses = {300, 200}});
  CHECK(paid(second) == std::vector<std::int64_t>{0, 93});
}

TEST_CASE("settle: under single-highest a claim that would cost more than it brings is withdrawn") {
  Year year(Terms{.retention_rule = RetentionRule::kSingleHighest,
                  .sections = {{.code = "A", .own_retention = 10, .retention_clause = "ra"},
                               {.code = "B", .own_retention = 90, .retention_clause = "rb"}}});
  const auto settlement = year(Incident{.losses = {100, 20}});
  CHECK(paid(settlement) == std::vector<std::int64_t>{90, 0});
  CHECK(lines(settlement) ==
        Lines{"retention single_highest rb B 20 -> 0", "retention retention ra A 100 -> 90"});
  // With a loss of 200 in B its claim is worth the higher retention, shared 1 : 2.
  const auto both = year(Incident{.losses = {100, 200}});
  CHECK(paid(both) == std::vector<std::int64_t>{70, 140});
}

TEST_CASE(
    "settle: a franchise not passed pays nothing, one passed takes nothing; the extra is "
    "straight") {
  struct Row {
    std::int64_t loss;
    FranchiseAt at;
    std::int64_t extra;
    std::int64_t paid;
  };
  for (const Row& row :
       {Row{100, FranchiseAt::kExceeds, 0, 0}, Row{100, FranchiseAt::kReaches, 0, 100},
        Row{101, FranchiseAt::kExceeds, 0, 101}, Row{101, FranchiseAt::kExceeds, 30, 71}}) {
    CAPTURE(row.loss);
    CAPTURE(name_of(row.at));
    CAPTURE(row.extra);
    Year year(Terms{.occurrence_retention = 100,
                    .retention_kind = RetentionKind::kFranchise,
                    .franchise_at = row.at,
                    .sections = {{.code = "A"}}});
    const auto settlement = year(Incident{.losses = {row.loss}, .extra_retention = row.extra});
    CHECK(settlement.paid_total.minor() == row.paid);
  }
}

TEST_CASE("settle: the extra retention of an incident is named apart from that of the policy") {
  Year year(Terms{.occurrence_retention = 100,
                  .sections = {{.code = "A"}, {.code = "B"}},
                  .retention_clause = "r"});
  const auto settlement =
      year(Incident{.losses = {600, 300}, .extra_retention = 50, .extra_retention_clause = "x"});
  CHECK(lines(settlement) ==
        Lines{"retention retention r A 600 -> 533", "retention extra_retention x A 533 -> 500",
              "retention retention r B 300 -> 267", "retention extra_retention x B 267 -> 250"});
}

TEST_CASE("settle: a participation after the sublimit comes off the annual sublimit too") {
  const Terms terms{
      .sections = {{.code = "A",
                    .sublimit_agg = 100,
                    .participation_bp = 5000,
                    .participation_position = ParticipationPosition::kAfterSublimit}}};
  Year once(terms);
  CHECK(once(Incident{.losses = {1000}}).paid_total.minor() == 50);
  Year four_times(terms);
  std::int64_t sum = 0;
  for (int n = 0; n < 4; ++n) sum += four_times(Incident{.losses = {50}}).paid_total.minor();
  CHECK(sum == 50);
}

TEST_CASE("settle: each time term is a step of its own") {
  const Terms terms{.sections = {{.code = "BI",
                                  .time = {.waiting_hours = 2,
                                           .indemnity_hours = 30,
                                           .daily_amount = 500,
                                           .waiting_clause = "w",
                                           .indemnity_clause = "i",
                                           .daily_clause = "d"}}}};
  Year year(terms);
  const Outage outage{.minutes = 40 * 60, .hourly = std::vector<std::int64_t>(40, 100)};
  CHECK(lines(year(Incident{.outages = {outage}})) ==
        Lines{"time indemnity_period i BI 4000 -> 3200", "time waiting_hours w BI 3200 -> 3000",
              "time daily_amount d BI 3000 -> 1000"});
  const Outage shorter{.minutes = 120, .hourly = {100, 100}};
  const auto within = year(Incident{.outages = {shorter}});
  CHECK(lines(within) == Lines{"time outage_within_waiting w BI 200 -> 0"});
  CHECK(within.sections.empty());
}

TEST_CASE("settle: greater-of names the clause of the greater") {
  const auto settle_with = [](std::int64_t monetary) {
    Year year(Terms{.sections = {{.code = "BI",
                                  .time = {.mode = TimeMode::kGreaterOf,
                                           .waiting_hours = 1,
                                           .monetary = monetary,
                                           .waiting_clause = "w",
                                           .monetary_clause = "m"}}}});
    return lines(year(Incident{.outages = {Outage{.minutes = 180, .hourly = {50, 50, 50}}}}));
  };
  CHECK(settle_with(20) == Lines{"time waiting_or_monetary w BI 150 -> 100"});
  CHECK(settle_with(70) == Lines{"time waiting_or_monetary m BI 150 -> 80"});
  CHECK(settle_with(700) == Lines{"time waiting_or_monetary m BI 150 -> 0"});
}

TEST_CASE("settle: an unpaid instalment reduces the payment in proportion, never the erosion") {
  Year year(Terms{.aggregate_limit = 1000,
                  .sections = {{.code = "A"}, {.code = "B"}, {.code = "C"}},
                  .instalment_clause = "p"});
  const auto settlement = year(Incident{.losses = {10, 10, 10}, .premium_paid_bp = 3333});
  CHECK(settlement.paid_total.minor() == 10);  // 9.999, half-up
  CHECK(paid(settlement) == std::vector<std::int64_t>{4, 3, 3});
  CHECK(settlement.sections[0].eroded.minor() == 10);
  CHECK(settlement.aggregate_left->minor() == 970);
  CHECK(lines(settlement)[0] == "instalment instalment p A 10 -> 4");
}

TEST_CASE("settle: mitigation cost has an annual ledger of its own") {
  Terms terms = ningbo();
  terms.mitigation_cap = 100;
  Year year(terms);
  const auto first = year(Incident{.mitigation = 70});
  CHECK(first.mitigation_paid.minor() == 70);
  CHECK(lines(first) == Lines{"outside_limits mitigation_outside 1.7 FP.MITIG 70 -> 70"});
  const auto second = year(Incident{.mitigation = 70, .premium_paid_bp = 5000});
  CHECK(second.mitigation_paid.minor() == 15);
  CHECK(lines(second) == Lines{"outside_limits mitigation_cap 1.7 FP.MITIG 70 -> 30",
                               "instalment instalment 2.6 FP.MITIG 30 -> 15"});
  CHECK(second.aggregate_left->minor() == 40000000);
}

TEST_CASE("settle: the largest amounts of 64 sections are settled without overflow") {
  Terms terms;
  Incident incident;
  for (std::size_t i = 0; i < kSectionsMax; ++i) {
    terms.sections.push_back({.code = "S" + std::to_string(i), .participation_bp = 1});
    incident.losses.push_back(kAmountMax);
  }
  Year year(terms);
  for (int n = 0; n < 100; ++n) {
    CHECK(year(incident).paid_total.minor() == 64 * (kAmountMax - kAmountMax / 10000));
  }
  terms.aggregate_limit = kAmountMax;
  Year limited(terms);
  CHECK(paid(limited(incident)) == std::vector<std::int64_t>(64, kAmountMax / 64));
}

TEST_CASE("settle: the fast form pays what the form with steps pays") {
  Year year(ningbo());
  YearState fast_year = fresh_year(year.plan);
  std::vector<std::int64_t> fast(year.plan.section_count());
  for (int n = 0; n < 4; ++n) {
    const auto settlement = year(kRansomware);
    const PaidAmounts amounts = settle_amounts(year.plan, kRansomware, fast_year, fast);
    CHECK(amounts.total == settlement.paid_total.minor());
    CHECK(fast == paid(settlement));
    CHECK(fast_year == year.state);
  }
}
