#include "claims/adjudicate.h"

#include <doctest/doctest.h>

#include "base/random.h"
#include "base/refusals.h"
#include "claims/ningbo_test.h"
#include "claims/refusals.h"
#include "terms/settle.h"

using namespace anlan;
using namespace anlan::claims;
using domain::ClaimDecision;
using domain::ClaimOutcome;
using domain::SettlementStep;
using domain::StepReason;
using ningbo::at;
using ningbo::Claim;
using ningbo::fen;
using ningbo::item;
using ningbo::yuan;

namespace {

// "FP.BI 100000.00 FP.EXT 30000.00 ..." of what was paid, sections that paid nothing left out.
std::string paid(const ClaimDecision& decision) {
  std::string text;
  for (const domain::SectionPaid& section : decision.settlement.sections) {
    if (section.paid.is_zero()) continue;
    text += (text.empty() ? "" : " ") + section.section.text + " " + to_decimal(section.paid);
  }
  return text;
}

// "reason subject before>after clause" of all steps of one reason.
std::string steps_of(const std::vector<SettlementStep>& steps, StepReason reason) {
  std::string text;
  for (const SettlementStep& step : steps) {
    if (step.reason != reason) continue;
    text += (text.empty() ? "" : "; ") + step.subject + " " + to_decimal(step.before) + ">" +
            to_decimal(step.after) + " " + step.clause;
  }
  return text;
}

Claim with_reading(ningbo::Reading reading) {
  Claim claim;
  claim.wording = ningbo::wording(reading);
  claim.policy = ningbo::policy(claim.wording);
  return claim;
}

}  // namespace

// E02 and E03 of REFERENCE.md 3.5.
TEST_CASE(
    "adjudicate: the Ningbo incident is accepted with 150,000, each limit named by its clause") {
  const ClaimDecision decision = Claim{}.adjudicate().value();
  CHECK(decision.outcome == ClaimOutcome::kAccepted);
  CHECK(decision.payable == yuan(150'000));
  CHECK(decision.incident == domain::IncidentId{40});
  CHECK(decision.policy == domain::PolicyId{30});
  CHECK_FALSE(decision.id.exists());
  CHECK(decision.admission.empty());
  CHECK(decision.unapplied.empty());
  CHECK(decision.settlement.aggregate_left == yuan(250'000));
  CHECK(steps_of(decision.settlement.steps, StepReason::kSublimitOccurrence) ==
        "FP.BI 130000.00>100000.00 2.2; FP.EXT 50000.00>30000.00 2.3");
  CHECK(steps_of(decision.settlement.steps, StepReason::kGroupSublimit) ==
        "FP.DATA 15000.00>8571.43 2.4; FP.HW 8000.00>4571.43 2.4; FP.IR 12000.00>6857.14 2.4");
  CHECK(decision.proven_controls == std::vector<domain::ControlName>{{"BKP-02"}});
}

TEST_CASE(
    "adjudicate: an interruption stated by its hours pays the same; its correction makes it "
    "partly") {
  Claim claim;
  claim.loss = ningbo::hourly_loss();
  const ClaimDecision decision = claim.adjudicate().value();
  CHECK(decision.outcome == ClaimOutcome::kPartly);
  CHECK(decision.payable == yuan(150'000));
  CHECK(steps_of(decision.admission, StepReason::kCorrected) == "FP.BI 145200.00>130000.00 5.1");
  CHECK(decision.settlement.sections.front().claimed == yuan(130'000));
  claim.loss.interruption->sales.clear();
  CHECK(claim.adjudicate().value().outcome == ClaimOutcome::kAccepted);
}

TEST_CASE("adjudicate: three identical incidents pay 150,000, 150,000 and 100,000 in proportion") {
  Claim claim;
  std::vector<std::string> totals;
  for (int n = 0; n < 3; ++n) {
    const ClaimDecision decision = claim.adjudicate().value();
    totals.push_back(to_decimal(decision.payable));
    claim.earlier.push_back(decision.settlement);
  }
  CHECK(totals == std::vector<std::string>{"150000.00", "150000.00", "100000.00"});
  const domain::Settlement& third = claim.earlier.back();
  CHECK(third.aggregate_left == yuan(0));
  CHECK(third.sections[0].paid == fen(6'666'667));  // FP.BI 66,666.67
  CHECK(third.sections[1].paid == fen(2'000'000));  // FP.EXT 20,000.00
  CHECK(third.sections[2].paid + third.sections[3].paid + third.sections[4].paid ==
        fen(1'333'333));  // restoration 13,333.33
  const ClaimDecision fourth = claim.adjudicate().value();
  CHECK(fourth.outcome == ClaimOutcome::kDenied);
  CHECK(steps_of(fourth.settlement.steps, StepReason::kAggregateLimit).starts_with("FP.BI"));
}

TEST_CASE(
    "adjudicate: with annual sublimits the second identical incident pays nothing, by clause") {
  Claim claim = with_reading(ningbo::Reading::kB);
  const ClaimDecision first = claim.adjudicate().value();
  CHECK(first.payable == yuan(150'000));
  claim.earlier = {first.settlement};
  const ClaimDecision second = claim.adjudicate().value();
  CHECK(second.payable == yuan(0));
  CHECK(second.outcome == ClaimOutcome::kDenied);
  CHECK(steps_of(second.settlement.steps, StepReason::kSublimitAnnual) ==
        "FP.BI 130000.00>0.00 2.2; FP.EXT 50000.00>0.00 2.3");
  CHECK(second.settlement.aggregate_left == yuan(250'000));
}

TEST_CASE("adjudicate: each claim is decided as the wording says") {
  using Change = void (*)(Claim&);
  struct Row {
    std::string what;
    Change change;
    ClaimOutcome outcome;
    std::string paid;
    StepReason reason;  // of an admission step
    std::string steps;
  };
  const std::vector<Row> rows{
      {"a transfer of funds is no covered peril",
       [](Claim& c) {
         c.incident.peril = {"funds_fraud"};
         c.loss.items = {item("FP.FTF", yuan(86'000))};
       },
       ClaimOutcome::kDenied, "", StepReason::kPerilNotCovered, "FP.FTF 86000.00>0.00 1.1"},
      {"ransom without consent is not paid, the negotiator is",
       [](Claim& c) { c.conditions.erase(c.conditions.begin()); }, ClaimOutcome::kPartly,
       "FP.BI 100000.00 FP.EXT 12000.00 FP.DATA 8571.43 FP.HW 4571.43 FP.IR 6857.14",
       StepReason::kConditionNotMet, "FP.EXT.RANSOM 38000.00>0.00 4.2"},
      {"ransom alone without a police report is denied",
       [](Claim& c) {
         c.loss.items = {item("FP.EXT.RANSOM", yuan(38'000))};
         c.conditions.pop_back();
       },
       ClaimOutcome::kDenied, "", StepReason::kConditionNotMet, "FP.EXT.RANSOM 38000.00>0.00 4.3"},
      {"ransom paid before the insurer consented",
       [](Claim& c) {
         c.loss.items[2].paid = ningbo::at("2026-05-12T10:00:00+08:00");
         c.conditions[0].met = ningbo::at("2026-05-12T10:00:01+08:00");
         c.conditions[1].met = ningbo::at("2026-05-12T10:00:00+08:00");
       },
       ClaimOutcome::kPartly,
       "FP.BI 100000.00 FP.EXT 12000.00 FP.DATA 8571.43 FP.HW 4571.43 FP.IR 6857.14",
       StepReason::kConditionLate, "FP.EXT.RANSOM 38000.00>0.00 4.2"},
      {"a payment that the loss does not date counts from the report",
       [](Claim& c) {
         c.reported = ningbo::at("2026-05-12T09:00:00+08:00");
         c.conditions[0].met = ningbo::at("2026-05-12T09:00:00+08:00");
         c.conditions[1].met = ningbo::at("2026-05-12T09:00:01+08:00");
       },
       ClaimOutcome::kPartly,
       "FP.BI 100000.00 FP.EXT 12000.00 FP.DATA 8571.43 FP.HW 4571.43 FP.IR 6857.14",
       StepReason::kConditionLate, "FP.EXT.RANSOM 38000.00>0.00 4.3"},
      {"war excludes the whole incident",
       [](Claim& c) {
         c.incident.causes = {"war"};
         c.loss.items = {item("FP.BI", yuan(10)), item("FP.IR", yuan(20))};
       },
       ClaimOutcome::kDenied, "", StepReason::kExclusion,
       "FP.BI 10.00>0.00 3.1; FP.IR 20.00>0.00 3.1"},
      {"an exclusion of one head leaves the others",
       [](Claim& c) {
         c.incident.causes = {"funds_transfer"};
         c.loss.items = {item("FP.DATA", yuan(10)), item("FP.IR", yuan(20))};
       },
       ClaimOutcome::kPartly, "FP.DATA 10.00", StepReason::kExclusion, "FP.IR 20.00>0.00 3.6"},
      {"an incident before the policy period",
       [](Claim& c) {
         c.incident.occurred = ningbo::at("2026-02-28T23:59:59+08:00");
         c.loss.items = {item("FP.IR", yuan(20))};
       },
       ClaimOutcome::kDenied, "", StepReason::kOutsidePeriod, "FP.IR 20.00>0.00 "},
      {"a breach whose notification was not bought",
       [](Claim& c) {
         c.incident.peril = {"data_breach"};
         c.loss.items = {item("FP.IR", yuan(46'000)), item("FP.NOTIFY", yuan(9'000))};
       },
       ClaimOutcome::kPartly, "FP.IR 20000.00", StepReason::kNoCover, "FP.NOTIFY 9000.00>0.00 "},
      {"an item that is all improvement",
       [](Claim& c) { c.loss.items = {item("FP.HW", yuan(500), yuan(500))}; },
       ClaimOutcome::kDenied, "", StepReason::kCorrected, "FP.HW 500.00>0.00 5.2"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Claim claim;
    row.change(claim);
    const ClaimDecision decision = claim.adjudicate().value();
    CHECK(decision.outcome == row.outcome);
    CHECK(paid(decision) == row.paid);
    CHECK(steps_of(decision.admission, row.reason) == row.steps);
  }
}

TEST_CASE(
    "adjudicate: an exemption clause without evidence of its explanation has no effect and is "
    "listed") {
  Claim claim;
  claim.conditions.erase(claim.conditions.begin());  // no consent to the ransom
  claim.forget_explanation("4.2");
  const ClaimDecision decision = claim.adjudicate().value();
  CHECK(decision.outcome == ClaimOutcome::kAccepted);
  CHECK(decision.payable == yuan(150'000));
  CHECK(decision.unapplied == std::vector<std::string>{"4.2"});
  CHECK(decision.overridden.empty());

  claim.overrides = {"4.2"};
  const ClaimDecision overridden = claim.adjudicate().value();
  CHECK(overridden.outcome == ClaimOutcome::kPartly);
  CHECK(overridden.payable == yuan(132'000));
  CHECK(overridden.unapplied.empty());
  CHECK(overridden.overridden == std::vector<std::string>{"4.2"});
}

// E22: half the payable premium received pays 75,000 of 150,000; the limits lose the whole.
TEST_CASE(
    "adjudicate: an unpaid instalment lowers the payment, not the erosion, if its clause was "
    "explained") {
  Claim claim;
  claim.premium_paid_bp = premium_paid_bp(yuan(700), yuan(1'400));
  const ClaimDecision decision = claim.adjudicate().value();
  CHECK(decision.payable == yuan(75'000));
  CHECK(decision.outcome == ClaimOutcome::kAccepted);
  CHECK(decision.settlement.aggregate_left == yuan(250'000));
  CHECK(steps_of(decision.settlement.steps, StepReason::kInstalment)
            .starts_with("FP.BI 100000.00>50000.00 2.6"));

  claim.forget_explanation("2.6");
  const ClaimDecision unexplained = claim.adjudicate().value();
  CHECK(unexplained.payable == yuan(150'000));
  CHECK(unexplained.unapplied == std::vector<std::string>{"2.6"});
  claim.overrides = {"2.6"};
  const ClaimDecision overridden = claim.adjudicate().value();
  CHECK(overridden.payable == yuan(75'000));
  CHECK(overridden.overridden == std::vector<std::string>{"2.6"});
  claim.overrides = {};
  claim.wording.terms.instalment_clause.clear();  // the form has no such clause
  const ClaimDecision without = claim.adjudicate().value();
  CHECK(without.payable == yuan(150'000));
  CHECK(without.unapplied.empty());
}

TEST_CASE(
    "adjudicate: the part of the premium is counted in basis points, half-up, at most the whole") {
  struct Row {
    std::int64_t received;
    std::int64_t due;
    std::int32_t bp;
  };
  for (const Row& row :
       {Row{0, 140'000, 0}, Row{70'000, 140'000, 5'000}, Row{1, 3, 3'333}, Row{2, 3, 6'667},
        Row{140'000, 140'000, 10'000}, Row{5, 0, 10'000}, Row{150'000, 140'000, 10'000}}) {
    CAPTURE(row.received);
    CHECK(premium_paid_bp(fen(row.received), fen(row.due)) == row.bp);
  }
}

// E18: interruption 140,000 under a sublimit of 100,000, and 30,000 of mitigation.
TEST_CASE(
    "adjudicate: mitigation is paid outside the limits, as far as the incident is insured at all") {
  Claim claim;
  claim.loss.items = {item("FP.BI", yuan(140'000))};
  claim.loss.mitigation = yuan(30'000);
  const ClaimDecision decision = claim.adjudicate().value();
  CHECK(decision.settlement.paid_total == yuan(100'000));
  CHECK(decision.settlement.mitigation_paid == yuan(30'000));
  CHECK(decision.payable == yuan(130'000));

  // No head is admitted, the incident is insured all the same.
  claim.loss.items = {item("FP.EXT.RANSOM", yuan(38'000))};
  claim.conditions.clear();
  CHECK(claim.adjudicate().value().payable == yuan(30'000));
  CHECK(claim.adjudicate().value().outcome == ClaimOutcome::kPartly);

  claim.incident.causes = {"war"};
  const ClaimDecision excluded = claim.adjudicate().value();
  CHECK(excluded.payable == yuan(0));
  CHECK(steps_of(excluded.admission, StepReason::kExclusion) ==
        "FP.EXT.RANSOM 38000.00>0.00 3.1; FP.MITIG 30000.00>0.00 3.1");
  claim.loss.items.clear();
  CHECK(claim.adjudicate().value().outcome == ClaimOutcome::kDenied);
  claim.forget_explanation("3.1");
  const ClaimDecision unexplained = claim.adjudicate().value();
  CHECK(unexplained.payable == yuan(30'000));
  CHECK(unexplained.outcome == ClaimOutcome::kAccepted);
  CHECK(unexplained.unapplied == std::vector<std::string>{"3.1"});
}

TEST_CASE(
    "adjudicate: mitigation of earlier incidents uses its own annual cap, not the paid part of "
    "it") {
  Claim claim;
  claim.loss.items.clear();
  claim.loss.mitigation = yuan(300'000);
  claim.premium_paid_bp = 5'000;
  const ClaimDecision first = claim.adjudicate().value();
  CHECK(first.payable == yuan(150'000));
  claim.earlier = {first.settlement};
  claim.premium_paid_bp = 10'000;
  CHECK(claim.adjudicate().value().payable == yuan(100'000));  // 400,000 - 300,000
}

TEST_CASE(
    "adjudicate: late notice costs only what it made undeterminable, of an interruption too") {
  Claim claim;
  claim.loss = ningbo::hourly_loss();
  claim.loss.items.clear();
  claim.loss.interruption->sales.clear();
  claim.lost = {{.head = {"FP.BI"}, .amount = yuan(95'200)}};
  claim.reported = plus_minutes(claim.incident.discovered, 48 * 60);
  CHECK(claim.adjudicate().value().payable == yuan(100'000));  // in time: nothing is lost

  claim.reported = plus_minutes(claim.incident.discovered, 48 * 60 + 1);
  const ClaimDecision late = claim.adjudicate().value();
  CHECK(late.outcome == ClaimOutcome::kPartly);
  CHECK(late.payable == yuan(50'000));
  CHECK(steps_of(late.admission, StepReason::kConditionNotMet) == "FP.BI 145200.00>50000.00 4.1");
}

TEST_CASE("adjudicate: time terms act on the corrected hours of the interruption") {
  Claim claim;
  claim.wording.terms.sections[0].time.waiting_hours = 12;
  claim.wording.terms.sections[0].sublimit_occ = {};
  claim.loss = ningbo::hourly_loss();
  claim.loss.items.clear();
  const ClaimDecision decision = claim.adjudicate().value();
  // The first twelve hours hold ten at 2,200 and two at 550: 23,100 of 130,000.
  CHECK(steps_of(decision.settlement.steps, StepReason::kWaitingHours) ==
        "FP.BI 130000.00>106900.00 ");
  CHECK(decision.payable == yuan(106'900));

  claim.loss = ningbo::e02_loss();
  const auto lump = claim.adjudicate();
  REQUIRE_FALSE(lump.ok());
  CHECK(lump.refusal().code == claims::refusals::kLumpForTimedSection);
}

TEST_CASE("adjudicate: every rule refuses its claim with the path") {
  using Change = void (*)(Claim&);
  struct Row {
    RefusalCode code;
    std::string path;
    Change change;
  };
  const std::vector<Row> rows{
      {claims::refusals::kNothingStated, "loss", [](Claim& c) { c.loss.items.clear(); }},
      {claims::refusals::kNothingStated, "loss",
       [](Claim& c) { c.loss.items = {item("FP.IR", yuan(0))}; }},
      {claims::refusals::kClaimMismatch, "policy.wording",
       [](Claim& c) { c.policy.wording = {"other"}; }},
      {claims::refusals::kClaimMismatch, "policy.premium",
       [](Claim& c) { c.policy.premium = Money::from_minor(1, Currency::kUsd); }},
      {claims::refusals::kClaimMismatch, "incident.policy",
       [](Claim& c) { c.incident.policy = {31}; }},
      {claims::refusals::kClaimMismatch, "loss.incident", [](Claim& c) { c.loss.incident = {41}; }},
      {claims::refusals::kPriorMismatch, "earlier[0]",
       [](Claim& c) {
         c.earlier.resize(1);
         c.earlier[0].sections = {{.section = {"TP.PRIV"}, .eroded = yuan(1)}};
       }},
      {claims::refusals::kMitigationWithoutCap, "mitigation",
       [](Claim& c) {
         c.wording.terms.aggregate_limit = c.wording.terms.mitigation_cap = std::nullopt;
         c.loss.mitigation = yuan(1);
       }},
      {claims::refusals::kOverrideUnknown, "overrides", [](Claim& c) { c.overrides = {"2.2"}; }},
      {claims::refusals::kOverrideUnknown, "overrides", [](Claim& c) { c.overrides = {"9.9"}; }},
      {claims::refusals::kPremiumShare, "premium_paid_bp",
       [](Claim& c) { c.premium_paid_bp = 10'001; }},
      {claims::refusals::kPremiumShare, "premium_paid_bp",
       [](Claim& c) { c.premium_paid_bp = -1; }},
      {anlan::refusals::kMoneyTooLarge, "items",
       [](Claim& c) {
         c.loss.items = {item("FP.EXT.COST", fen(kAmountMax)), item("FP.EXT.RANSOM", fen(1))};
       }},
      {anlan::refusals::kMoneyNegative, "lost_by_late_notice",
       [](Claim& c) { c.lost = {{.head = {"FP.BI"}, .amount = -yuan(1)}}; }},
      {claims::refusals::kBettermentAboveAmount, "items[0].betterment",
       [](Claim& c) { c.loss.items = {item("FP.HW", yuan(1), yuan(2))}; }},
  };
  for (const Row& row : rows) {
    CAPTURE(row.code.name);
    CAPTURE(row.path);
    Claim claim;
    row.change(claim);
    const auto out = claim.adjudicate();
    REQUIRE_FALSE(out.ok());
    CHECK(out.refusal().code.name == row.code.name);
    CHECK(out.refusal().path == row.path);
  }
}

namespace {

// What the steps of `subject` leave of `amount`; each must start where the one before ended.
Money follow(const std::vector<SettlementStep>& steps, const std::string& subject, Money amount) {
  for (const SettlementStep& step : steps) {
    if (step.subject != subject || step.reason == StepReason::kSalesBeyondLoss) continue;
    CHECK(step.before == amount);
    amount = step.after;
  }
  return amount;
}

void check_chain(const Claim& claim, const ClaimDecision& decision) {
  Money paid_total = fen(0);
  for (const domain::SectionPaid& section : decision.settlement.sections) {
    Money admitted = fen(0);
    for (const domain::QuantifiedHead& head : decision.heads) {
      if (domain::section_of_head(head.head.text) != section.section.text) continue;
      admitted += follow(decision.admission, head.head.text, head.stated);
    }
    const Money end = follow(decision.settlement.steps, section.section.text, admitted);
    CHECK(end == section.paid);
    CHECK(section.paid <= section.eroded);
    paid_total += section.paid;
  }
  CHECK(paid_total == decision.settlement.paid_total);
  CHECK(follow(decision.settlement.steps, std::string(terms::kMitigationSubject),
               follow(decision.admission, std::string(terms::kMitigationSubject),
                      claim.loss.mitigation)) == decision.settlement.mitigation_paid);
  CHECK(decision.payable == paid_total + decision.settlement.mitigation_paid);
  CHECK((decision.outcome == ClaimOutcome::kDenied) == decision.payable.is_zero());
  if (decision.outcome == ClaimOutcome::kAccepted) CHECK(decision.admission.empty());
}

}  // namespace

TEST_CASE("adjudicate: in random years the steps lead from every stated amount to every payment") {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    const RandomStream stream(RandomKey{.seed = seed, .stream = 6001});
    std::uint64_t drawn = 0;
    const auto below = [&](std::int64_t end) {
      return static_cast<std::int64_t>(stream.bits(drawn++) % static_cast<std::uint64_t>(end));
    };
    Claim claim = with_reading(seed % 2 == 0 ? ningbo::Reading::kA : ningbo::Reading::kB);
    Money total = fen(0);
    for (int n = 0; n < 4; ++n) {
      claim.loss = below(2) == 0 ? ningbo::e02_loss() : ningbo::hourly_loss();
      if (claim.loss.interruption) {
        claim.loss.interruption->sales[0].gross_profit = fen(below(5'000'000));
      }
      for (domain::LossItem& entry : claim.loss.items) {
        entry.amount = fen(below(3) == 0 ? below(20'000'000) : below(1'000'000));
        entry.betterment = below(3) == 0 ? fen(below(entry.amount.minor() + 1)) : fen(0);
      }
      claim.loss.items.push_back(item("FP.NOTIFY", fen(1 + below(1'000))));
      claim.loss.mitigation = fen(below(2) * below(10'000'000));
      claim.conditions = ningbo::conditions_met();
      if (below(3) == 0) claim.conditions.pop_back();
      claim.incident.causes.clear();
      if (below(4) == 0) claim.incident.causes = {below(2) == 0 ? "war" : "funds_transfer"};
      claim.premium_paid_bp = below(2) == 0 ? 10'000 : static_cast<std::int32_t>(below(10'001));
      const ClaimDecision decision = claim.adjudicate().value();
      check_chain(claim, decision);
      total += decision.settlement.paid_total;
      claim.earlier.push_back(decision.settlement);
    }
    CHECK(total <= yuan(400'000));
  }
}

TEST_CASE("adjudicate: a lapsed control takes the step that its days reach, and voids nothing") {
  Claim claim;
  claim.wording.obligations = {
      {.control = {"EPP-01"},
       .clause = "4.3",
       .steps = {{.lapse_days = 30, .amount = 10'000'000},
                 {.lapse_days = 90, .amount = 10'000'000, .loss_bp = 1'000}}}};
  const auto payable = [&](std::int64_t days) {
    claim.lapses = {{.control = {"EPP-01"}, .days = days}};
    return claim.adjudicate().value().payable;
  };
  CHECK(payable(29) == yuan(150'000));
  CHECK(payable(30) == yuan(115'000));  // 215,000 less 100,000: no sublimit cuts what is left
  CHECK(payable(90) == yuan(93'500));   // less 10 % of 215,000 as well
  claim.lapses = {{.control = {"BKP-02"}, .days = 400}};
  CHECK(claim.adjudicate().value().payable == yuan(150'000));
  claim.lapses = {{.control = {"EPP-01"}, .days = 30}};
  const ClaimDecision decision = claim.adjudicate().value();
  CHECK(steps_of(decision.settlement.steps, StepReason::kExtraRetention).ends_with(" 4.3"));
  claim.forget_explanation("4.3");
  const ClaimDecision silent = claim.adjudicate().value();
  CHECK(silent.payable == yuan(150'000));
  CHECK(silent.unapplied == std::vector<std::string>{"4.3"});
}

TEST_CASE("adjudicate: under a claims-made trigger an old incident found in the year is covered") {
  Claim claim;
  claim.incident.occurred = at("2026-02-20T08:00:00+08:00");
  CHECK(claim.adjudicate().value().outcome == ClaimOutcome::kDenied);
  claim.wording.trigger = {.basis = terms::TriggerBasis::kClaimsMade, .clause = "1.1"};
  CHECK(claim.adjudicate().value().payable == yuan(150'000));
  claim.wording.trigger.retroactive_days = 0;
  claim.wording.trigger.retroactive_clause = "2.1";
  const ClaimDecision before = claim.adjudicate().value();
  CHECK(before.outcome == ClaimOutcome::kDenied);
  CHECK(steps_of(before.admission, StepReason::kBeforeRetroactiveDate).starts_with("FP.BI"));
}
