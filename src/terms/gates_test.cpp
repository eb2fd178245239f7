#include "terms/gates.h"

#include <doctest/doctest.h>
#include <fmt/core.h>

#include "terms/settle.h"

using namespace anlan;
using namespace anlan::terms;

namespace {

Wording wording() {
  const auto clause = [](std::string ref, ClauseKind kind, bool exemption) {
    return Clause{
        .ref = std::move(ref), .kind = kind, .exemption = exemption, .zh = "条款", .en = "Clause"};
  };
  return Wording{
      .id = {"test-1"},
      .clauses = {clause("1.1", ClauseKind::kInsuring, false),
                  clause("2.2", ClauseKind::kDeductible, true),
                  clause("2.3", ClauseKind::kDeductible, true),
                  clause("3.1", ClauseKind::kExclusion, true),
                  clause("3.2", ClauseKind::kExclusion, true),
                  clause("4.1", ClauseKind::kCondition, false),
                  clause("4.2", ClauseKind::kCondition, true)},
      .terms = {.aggregate_limit = 40000000,
                .sections = {{.code = "FP.EXT", .deductible = 100, .deductible_clause = "2.2"},
                             {.code = "FP.HW",
                              .participation_bp = 5000,
                              .participation_clause = "2.3"}}},
      .perils = {.codes = {"ransomware"}, .clause = "1.1"},
      .conditions = {{.name = "consent", .heads = {"FP.EXT.RANSOM"}, .clause = "4.2"}},
      .exclusions = {{.name = "damage", .causes = {"fire"}, .heads = {"FP.HW"}, .clause = "3.2"},
                     {.name = "war", .causes = {"war"}, .clause = "3.1"}},
      .late_notice = LateNotice{.hours = 48, .clause = "4.1"}};
}

Money fen(std::int64_t minor) { return Money::from_minor(minor, Currency::kCny); }

Instant hour(std::int64_t n) { return Instant::from_micros(n * 3'600'000'000); }

ClaimFacts facts() {
  return ClaimFacts{.peril = {"ransomware"},
                    .occurred = hour(10),
                    .from = hour(0),
                    .until = hour(8760),
                    .heads = {{.head = {"FP.EXT.RANSOM"}, .amount = fen(500)},
                              {.head = {"FP.EXT.COST"}, .amount = fen(200)},
                              {.head = {"FP.HW"}, .amount = fen(70)}},
                    .conditions_met = {"consent"},
                    .evidence = everything_explained(wording())};
}

std::vector<std::string> lines(const Admission& admission) {
  std::vector<std::string> out;
  for (const domain::SettlementStep& step : admission.steps) {
    out.push_back(fmt::format("{} {} {} {} -> {}", name_of(step.reason), step.clause, step.subject,
                              step.before.minor(), step.after.minor()));
  }
  return out;
}

using Lines = std::vector<std::string>;
using Sections = std::vector<std::int64_t>;

}  // namespace

TEST_CASE(
    "gates: what nothing speaks against is admitted, heads summed by section, without steps") {
  const Admission admission = admit(wording(), facts());
  CHECK(admission.in_period);
  CHECK(admission.peril_covered);
  CHECK(admission.by_section == Sections{700, 70});
  CHECK(admission.steps.empty());
  CHECK(admission.unapplied.empty());
}

TEST_CASE("gates: the ransom without consent is not paid, the cost of negotiation is") {
  ClaimFacts claim = facts();
  claim.conditions_met.clear();
  const Admission admission = admit(wording(), claim);
  CHECK(admission.by_section == Sections{200, 70});
  CHECK(lines(admission) == Lines{"condition_not_met 4.2 FP.EXT.RANSOM 500 -> 0"});
}

TEST_CASE(
    "gates: an exclusion by cause voids the whole incident, one with heads only those heads") {
  ClaimFacts claim = facts();
  claim.causes = {"fire"};
  CHECK(lines(admit(wording(), claim)) == Lines{"exclusion 3.2 FP.HW 70 -> 0"});
  claim.causes = {"fire", "war"};
  const Admission admission = admit(wording(), claim);
  CHECK(admission.by_section == Sections{0, 0});
  CHECK(lines(admission) == Lines{"exclusion 3.1 FP.EXT.RANSOM 500 -> 0",
                                  "exclusion 3.1 FP.EXT.COST 200 -> 0",
                                  "exclusion 3.1 FP.HW 70 -> 0"});
}

TEST_CASE(
    "gates: an exemption clause without evidence of its explanation is not applied and is "
    "reported") {
  ClaimFacts claim = facts();
  claim.causes = {"war"};
  claim.conditions_met.clear();
  claim.evidence.explained = {"4.2"};
  const Admission lenient = admit(wording(), claim);
  CHECK(lenient.by_section == Sections{200, 70});
  CHECK(lenient.unapplied == std::vector<std::string>{"3.1"});
  CHECK(lenient.overridden.empty());

  claim.evidence.overridden = {"3.1"};
  const Admission overridden = admit(wording(), claim);
  CHECK(overridden.by_section == Sections{0, 0});
  CHECK(overridden.unapplied.empty());
  CHECK(overridden.overridden == std::vector<std::string>{"3.1"});
}

TEST_CASE(
    "gates: the period is half-open, and what is outside it, not covered or not bought needs no "
    "evidence") {
  ClaimFacts claim = facts();
  claim.evidence = {};
  claim.occurred = claim.from;
  CHECK(admit(wording(), claim).in_period);
  claim.occurred = claim.until;
  CHECK(lines(admit(wording(), claim))[0] == "outside_period  FP.EXT.RANSOM 500 -> 0");
  claim = facts();
  claim.evidence = {};
  claim.peril = {"dos"};
  CHECK(lines(admit(wording(), claim))[0] == "peril_not_covered 1.1 FP.EXT.RANSOM 500 -> 0");
  claim.peril = {"ransomware"};
  claim.heads = {{.head = {"FP.PR"}, .amount = fen(9)}};
  const Admission not_bought = admit(wording(), claim);
  CHECK(lines(not_bought) == Lines{"no_cover  FP.PR 9 -> 0"});
  CHECK(not_bought.heads[0].section == -1);
}

TEST_CASE("gates: late notice costs only the part that became undeterminable") {
  struct Row {
    std::int64_t hours;
    std::int64_t admitted;
  };
  for (const Row& row : {Row{48, 70}, Row{49, 45}}) {
    CAPTURE(row.hours);
    ClaimFacts claim = facts();
    claim.heads = {{.head = {"FP.HW"}, .amount = fen(70), .lost_by_late_notice = fen(25)}};
    claim.notice = ClaimNotice{.discovered = hour(10), .reported = hour(10 + row.hours)};
    const Admission admission = admit(wording(), claim);
    CHECK(admission.heads[0].admitted.minor() == row.admitted);
  }
}

TEST_CASE("gates: terms whose exemption clause was not explained do not act") {
  const EffectiveTerms all = effective_terms(wording(), everything_explained(wording()));
  CHECK(all.terms == wording().terms);
  CHECK(all.unapplied.empty());

  const EffectiveTerms some =
      effective_terms(wording(), ClauseEvidence{.explained = {"2.3"}, .overridden = {}});
  CHECK(some.terms.sections[0].deductible == 0);
  CHECK(some.terms.sections[1].participation_bp == 5000);
  CHECK(some.unapplied == std::vector<std::string>{"2.2"});

  const EffectiveTerms ordered =
      effective_terms(wording(), ClauseEvidence{.explained = {"2.3"}, .overridden = {"2.2"}});
  CHECK(ordered.terms == wording().terms);
  CHECK(ordered.overridden == std::vector<std::string>{"2.2"});
  CHECK(!may_act(wording(), "2.2", {}));
  CHECK(may_act(wording(), "1.1", {}));
}

TEST_CASE(
    "gates: every kind of term lapses with its clause, and a lapsed waiting period lets the outage "
    "be paid") {
  Wording strict = wording();
  strict.clauses.push_back({.ref = "9", .kind = ClauseKind::kDeductible, .exemption = true});
  Terms& terms = strict.terms;
  terms = Terms{.aggregate_limit = 1000,
                .occurrence_limit = 900,
                .occurrence_retention = 5,
                .sections = {{.code = "FP.BI",
                              .deductible = 1,
                              .sublimit_occ = 700,
                              .sublimit_agg = 800,
                              .participation_bp = 1,
                              .time = {.mode = TimeMode::kGreaterOf,
                                       .waiting_hours = 8,
                                       .monetary = 10,
                                       .indemnity_hours = 1,
                                       .daily_amount = 1,
                                       .waiting_clause = "9",
                                       .monetary_clause = "9",
                                       .indemnity_clause = "9",
                                       .daily_clause = "9"},
                              .deductible_clause = "9",
                              .sublimit_clause = "9",
                              .participation_clause = "9"}},
                .groups = {{.id = "g", .codes = {"FP.BI"}, .sublimit_occ = 600, .clause = "9"}},
                .aggregate_clause = "9",
                .occurrence_clause = "9",
                .retention_clause = "9"};
  const EffectiveTerms effective = effective_terms(strict, {});
  CHECK(effective.unapplied == std::vector<std::string>{"9"});
  CHECK(effective.terms.mitigation_cap == 1000);
  const Plan plan = compile(effective.terms);
  YearState year = fresh_year(plan);
  const Incident incident{.outages = {Outage{.minutes = 120, .hourly = {3000, 2000}}}};
  CHECK(settle(plan, incident, year).paid_total.minor() == 5000);
}

namespace {

Instant day(const char* date) { return start_of_day(parse_date(date, "").value()); }

// E27: 2026-01-01 to 2026-12-31, retroactive date 2025-01-01.
Wording claims_made(std::int64_t extended_days) {
  Wording out = wording();
  out.trigger = {.basis = TriggerBasis::kClaimsMadeAndReported,
                 .retroactive_date = parse_date("2025-01-01", "").value(),
                 .extended_reporting_days = extended_days,
                 .notice_of_circumstances = true,
                 .clause = "1.1",
                 .retroactive_clause = "1.2",
                 .reporting_clause = "1.3",
                 .circumstances_clause = "1.4"};
  return out;
}

ClaimFacts claim_of(const char* act, const char* made, const char* reported) {
  ClaimFacts out = facts();
  out.heads.resize(1);
  out.from = day("2026-01-01");
  out.until = day("2027-01-01");
  out.occurred = day(act);
  out.first_made = day(made);
  out.notice = ClaimNotice{.discovered = day(made), .reported = day(reported)};
  return out;
}

}  // namespace

TEST_CASE("gates: the five cases of a claims-made policy (REFERENCE.md 3.5, E27)") {
  struct Row {
    const char* act;
    const char* made;
    const char* reported;
    std::int64_t extended;
    const char* circumstances;
    Lines steps;
  };
  const auto refused = [](const std::string& reason) {
    return Lines{reason + " FP.EXT.RANSOM 500 -> 0"};
  };
  const Row rows[] = {
      {"2024-12-31", "2026-05-01", "2026-05-02", 60, nullptr,
       refused("before_retroactive_date 1.2")},
      {"2025-06-01", "2026-05-01", "2026-05-02", 60, nullptr, {}},
      {"2025-06-01", "2027-01-20", "2027-01-25", 60, nullptr, {}},
      {"2025-06-01", "2027-01-20", "2027-01-25", 0, nullptr, refused("claim_outside_period 1.1")},
      {"2026-12-30", "2027-03-02", "2027-03-02", 60, nullptr, refused("claim_outside_period 1.3")},
      {"2026-12-30", "2027-03-01", "2027-03-01", 60, nullptr, {}},
      {"2026-06-01", "2027-08-01", "2027-08-01", 60, "2026-11-01", {}},
      {"2026-06-01", "2027-08-01", "2027-08-01", 60, "2027-01-02",
       refused("claim_outside_period 1.3")},
      // An act after the end is not insured, however long may be reported.
      {"2027-01-01", "2027-01-02", "2027-01-03", 60, nullptr, refused("outside_period 1.1")},
      {"2025-06-01", "2026-12-30", "2027-03-02", 60, nullptr, refused("reported_too_late 1.3")},
      {"2025-06-01", "2025-12-31", "2026-01-02", 60, nullptr, refused("claim_outside_period 1.1")},
  };
  for (const Row& row : rows) {
    CAPTURE(row.act);
    CAPTURE(row.made);
    ClaimFacts claim = claim_of(row.act, row.made, row.reported);
    if (row.circumstances) claim.circumstances = day(row.circumstances);
    const Admission admission = admit(claims_made(row.extended), claim);
    CHECK(lines(admission) == row.steps);
    CHECK(admission.in_period == row.steps.empty());
  }
}

TEST_CASE("gates: under discovery the finding counts, under claims made the report does not") {
  Wording found = claims_made(0);
  found.trigger.basis = TriggerBasis::kDiscovery;
  found.trigger.notice_of_circumstances = false;
  const ClaimFacts old = claim_of("2025-06-01", "2026-05-01", "2027-05-01");
  CHECK(admit(found, old).in_period);
  CHECK(lines(admit(found, claim_of("2025-06-01", "2027-01-01", "2027-01-01"))) ==
        Lines{"discovered_outside_period 1.1 FP.EXT.RANSOM 500 -> 0"});
  found.trigger.basis = TriggerBasis::kClaimsMade;
  CHECK(admit(found, old).in_period);
  found.trigger.basis = TriggerBasis::kOccurrence;
  CHECK(!admit(found, old).in_period);
}

TEST_CASE("gates: retroactive days count from inception; an unexplained date does not act") {
  Wording relative = claims_made(60);
  relative.trigger.retroactive_date = std::nullopt;
  relative.trigger.retroactive_days = 0;
  const ClaimFacts before = claim_of("2025-12-31", "2026-05-01", "2026-05-02");
  CHECK(lines(admit(relative, before)) ==
        Lines{"before_retroactive_date 1.2 FP.EXT.RANSOM 500 -> 0"});
  relative.trigger.retroactive_days = 1;
  CHECK(admit(relative, before).in_period);
  relative.trigger.retroactive_days = 0;
  relative.trigger.retroactive_clause = "3.1";  // an exemption clause
  ClaimFacts silent = before;
  silent.evidence.explained = {"2.2", "2.3", "3.2", "4.2"};
  const Admission admission = admit(relative, silent);
  CHECK(admission.in_period);
  CHECK(admission.unapplied == std::vector<std::string>{"3.1"});
}
