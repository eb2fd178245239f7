// What a claim is judged by: the cover in force when it happened, the peril of each part, the
// instants of conditions and payments, and the premium that was overdue.
#include <doctest/doctest.h>

#include "base/refusals.h"
#include "claims/refusals.h"
#include "house/desk_test.h"
#include "house/refusals.h"
#include "underwriting/refusals.h"

namespace anlan::house {
namespace {

using namespace desk;

struct Scene {
  Desk desk;
  PolicyId policy;
  explicit Scene(bool paid = true) {
    desk.open();
    policy = paid ? desk.policy_in_force() : desk.bind(desk.enterprise());
  }
  Incident happened(std::string_view occurred, std::string_view peril = "ransomware") const {
    Incident incident = claims::ningbo::incident();
    incident.id = {};
    incident.policy = policy;
    incident.peril = {std::string(peril)};
    incident.occurred = incident.discovered = at(occurred);
    return incident;
  }
  IncidentId report(const Incident& incident, std::string_view who = "holder") {
    desk.now = std::max(desk.now, plus_minutes(incident.occurred, 60));
    return {desk.must(who, ReportIncident{.incident = incident})};
  }
  void state(IncidentId incident, std::vector<LossItem> items) {
    desk.must("holder", StateLoss{.statement = {.incident = incident,
                                                .items = std::move(items),
                                                .mitigation = yuan(0)}});
  }
  RecordCondition condition(IncidentId incident, std::string_view name) const {
    return {.condition = {.incident = incident,
                          .condition = std::string(name),
                          .reference = "file 7",
                          .evidence = sha256(bytes_of("scan"))}};
  }
  const ClaimDecision& decided(IncidentId incident) {
    const ClaimId claim = desk.adjudicate(incident);
    return find_claim(desk.house, claim)->decision;
  }
  void check_replay() {
    const auto replayed = replay(desk.journal);
    REQUIRE(replayed.ok());
    CHECK(*replayed == desk.house);
  }
};

TEST_CASE("cover: no end reaches back over the day on which it is decided") {
  Scene scene(false);
  Desk& desk = scene.desk;
  const IncidentId before = scene.report(scene.happened("2026-03-26T08:00:00+08:00"));
  scene.state(before, {claims::ningbo::item("FP.IR", yuan(20'000))});
  desk.now = at("2026-03-26T10:00:00+08:00");
  CancelPolicy today{.policy = scene.policy, .on = day("2026-03-26"), .refund = {}, .reason = "r"};
  const auto refused = desk.decide_as("uw", today);
  REQUIRE(!refused.ok());
  CHECK(refused.refusal().code == anlan::refusals::kOutOfRange);
  CHECK(refused.refusal().args.at(0).value == "2026-03-27");
  desk.must("uw", desk.lapse(scene.policy, day("2026-03-25")));
  const PolicyFile& file = *find_policy(desk.house, scene.policy);
  CHECK(file.lapsed->on == day("2026-03-27"));
  CHECK(policy_state(file, desk.now) != PolicyState::kLapsed);
  CHECK(policy_state(file, at("2026-03-27T00:00:00+08:00")) == PolicyState::kLapsed);
  CHECK(scene.decided(before).payable == yuan(20'000));
  // The evening of the same day is covered, the next day is not.
  const IncidentId evening = scene.report(scene.happened("2026-03-26T21:00:00+08:00"));
  scene.state(evening, {claims::ningbo::item("FP.IR", yuan(1'000))});
  CHECK(scene.decided(evening).payable == yuan(1'000));
  const IncidentId after = scene.report(scene.happened("2026-03-27T00:00:00+08:00"));
  scene.state(after, {claims::ningbo::item("FP.IR", yuan(1'000))});
  CHECK(scene.decided(after).admission.front().reason == StepReason::kOutsidePeriod);
  // Reopened after the lapse, what happened before it is still covered.
  const ClaimId claim = find_incident(desk.house, before)->claim;
  desk.must("manager", ApproveClaim{claim});
  desk.must("finance", PayClaim{claim});
  desk.must("handler", ReopenClaim{claim, "another invoice"});
  desk.must("handler", desk.adjudication(before));
  CHECK(find_claim(desk.house, claim)->decision.payable == yuan(20'000));
  scene.check_replay();
}

TEST_CASE("related incidents: each part passes the gates with its own peril") {
  Scene scene;
  const IncidentId first = scene.report(scene.happened("2026-05-11T08:00:00+08:00"));
  Incident fraud = scene.happened("2026-05-11T09:00:00+08:00", "funds_fraud");
  fraud.related_to = first;
  const IncidentId part = scene.report(fraud, "handler");
  scene.state(first, {claims::ningbo::item("FP.IR", yuan(1'000))});
  scene.state(part, {claims::ningbo::item("FP.IR", yuan(15'000))});
  const ClaimDecision decision = scene.decided(first);
  CHECK(decision.payable == yuan(1'000));
  CHECK(decision.outcome == ClaimOutcome::kPartly);
  REQUIRE(decision.heads.size() == 2);
  CHECK(decision.heads[0].admitted);
  CHECK(!decision.heads[1].admitted);
  REQUIRE(!decision.admission.empty());
  CHECK(decision.admission.front().reason == StepReason::kPerilNotCovered);
  CHECK(decision.admission.front().clause == claims::ningbo::wording().perils.clause);
  CHECK(decision.admission.front().before == yuan(15'000));
}

TEST_CASE("related incidents: a cause that excludes one part excludes the incident") {
  Scene scene;
  const IncidentId first = scene.report(scene.happened("2026-05-11T08:00:00+08:00"));
  Incident war = scene.happened("2026-05-11T09:00:00+08:00");
  war.causes = {"war"};
  war.related_to = first;
  scene.report(war, "handler");
  scene.state(first, {claims::ningbo::item("FP.IR", yuan(1'000))});
  const ClaimDecision decision = scene.decided(first);
  CHECK(decision.payable.is_zero());
  CHECK(decision.admission.front().reason == StepReason::kExclusion);
}

TEST_CASE(
    "condition: its instant lies between the incident and now, and an earlier one has proof") {
  Scene scene;
  Desk& desk = scene.desk;
  const IncidentId incident = scene.report(scene.happened("2026-05-11T08:00:00+08:00"));
  RecordCondition command = scene.condition(incident, "police_report");
  command.condition.met = at("2026-05-11T07:59:59+08:00");
  CHECK(desk.refused("handler", command) == anlan::refusals::kOutOfRange.name);
  command.condition.met = at("2026-05-11T08:00:00+08:00");
  command.condition.evidence = {};
  CHECK(desk.refused("handler", command) == refusals::kEvidenceMissing.name);
  command.condition.evidence = sha256(bytes_of("scan"));
  desk.must("handler", command);
  const ConditionOnFile& record = find_incident(desk.house, incident)->conditions.front();
  CHECK(record.by.text == "handler");
  CHECK(record.at == desk.now);
}

TEST_CASE("condition: said to be earlier, or recorded by the adjudicator, takes a second person") {
  struct Row {
    const char* what;
    std::string_view recorded_by;
    std::int64_t minutes_before;
    bool alone;
  };
  for (const Row& row : {Row{"as it happens, by the manager", "manager", 0, true},
                         Row{"an hour before, by the manager", "manager", 60, false},
                         Row{"as it happens, by the adjudicator", "handler", 0, false}}) {
    CAPTURE(row.what);
    Scene scene;
    Desk& desk = scene.desk;
    const IncidentId incident = scene.report(scene.happened("2026-05-11T08:00:00+08:00"));
    RecordCondition command = scene.condition(incident, "police_report");
    if (row.minutes_before > 0) command.condition.met = plus_minutes(desk.now, -row.minutes_before);
    desk.must(row.recorded_by, command);
    scene.state(incident, {claims::ningbo::item("FP.IR", yuan(1'000))});
    const ClaimId claim = desk.adjudicate(incident);
    CHECK(desk.refused("handler", ApproveClaim{claim}) ==
          (row.alone ? "accepted" : claims::refusals::kApproverIsAdjudicator.name));
    desk.must("manager", ApproveClaim{claim});
  }
}

TEST_CASE("loss: an item is paid after the incident and not in the future") {
  Scene scene;
  const IncidentId incident = scene.report(scene.happened("2026-05-11T08:00:00+08:00"));
  LossItem ransom = claims::ningbo::item("FP.EXT.RANSOM", yuan(5'000));
  const auto stated = [&](Instant paid) {
    ransom.paid = paid;
    return scene.desk.refused(
        "holder",
        StateLoss{.statement = {.incident = incident, .items = {ransom}, .mitigation = yuan(0)}});
  };
  CHECK(stated(plus_minutes(scene.desk.now, 1)) == refusals::kFutureTime.name);
  CHECK(stated(at("2026-05-11T07:59:00+08:00")) == anlan::refusals::kOutOfRange.name);
  CHECK(stated(at("2026-05-11T08:00:00+08:00")) == "accepted");
}

// A ransom paid an hour after the report; both conditions that it takes, of which the police report
// comes two hours after.
struct Ransom : Scene {
  IncidentId incident;
  Ransom() {
    incident = report(happened("2026-05-11T08:00:00+08:00"));
    desk.must("manager", condition(incident, "prior_written_consent"));
    LossItem ransom = claims::ningbo::item("FP.EXT.RANSOM", yuan(20'000));
    ransom.paid = plus_minutes(desk.now, 60);
    desk.now = plus_minutes(desk.now, 120);
    state(incident, {ransom});
    desk.must("manager", condition(incident, "police_report"));
  }
  Money payable() {
    return claims::adjudicate(
               adjudication_input(desk.house, claims::ningbo::wording(), incident, {}))
        .value()
        .payable;
  }
};

TEST_CASE("condition: a loss that does not say when it was paid is measured by the report") {
  Ransom ransom;
  LossItem early = claims::ningbo::item("FP.EXT.RANSOM", yuan(1'000));
  LossItem later = early;
  later.paid = ransom.desk.now;
  ransom.state(ransom.incident, {later});
  CHECK(ransom.payable() == yuan(1'000));
  ransom.state(ransom.incident, {later, early});
  CHECK(ransom.payable().is_zero());
}

TEST_CASE("condition: a late one is not cured by a part, only by a manager's correction") {
  Ransom ransom;
  Desk& desk = ransom.desk;
  CHECK(ransom.payable().is_zero());
  Incident empty = ransom.happened("2026-05-11T08:01:00+08:00");
  empty.related_to = ransom.incident;
  const IncidentId part = ransom.report(empty, "handler");
  RecordCondition again = ransom.condition(part, "police_report");
  again.condition.met = at("2026-05-11T08:30:00+08:00");
  CHECK(desk.refused("handler", again) == refusals::kAlreadyDone.name);
  again.correct = true;
  CHECK(desk.refused("handler", again) == refusals::kRoleMissing.name);
  RecordCondition unknown = ransom.condition(part, "sanctions_screen");
  unknown.correct = true;
  CHECK(desk.refused("manager", unknown) == refusals::kNotFound.name);
  desk.must("manager", again);
  CHECK(ransom.payable() == yuan(20'000));
  // Both records are kept.
  CHECK(find_incident(desk.house, ransom.incident)->conditions.size() == 2);
  CHECK(find_incident(desk.house, part)->conditions.front().correct);
  const ClaimId claim = desk.adjudicate(ransom.incident);
  CHECK(desk.refused("handler", ApproveClaim{claim}) ==
        claims::refusals::kApproverInvolved.name);  // it reported the part
  desk.must("manager", ApproveClaim{claim});
  ransom.check_replay();
}

TEST_CASE("incident relate: within the hours of the wording that the command carries") {
  Scene scene;
  Desk& desk = scene.desk;
  const IncidentId first = scene.report(scene.happened("2026-05-11T08:00:00+08:00"));
  const IncidentId second = scene.report(scene.happened("2026-05-12T08:00:00+08:00"));
  const auto relate = [&](std::int64_t hours) {
    return RelateIncident{.incident = second, .first = first, .related_hours = hours};
  };
  CHECK(desk.refused("handler", relate(23)) == refusals::kNotRelated.name);
  desk.must("handler", relate(24));
  Incident third = scene.happened("2026-05-14T08:00:01+08:00");
  third.related_to = first;
  desk.now = at("2026-05-15T08:00:00+08:00");
  CHECK(desk.refused("handler", ReportIncident{.incident = third}) == refusals::kNotRelated.name);
  desk.must("handler", ReportIncident{.incident = third, .related_hours = 73});
  scene.check_replay();
}

TEST_CASE(
    "loss in another currency: stated with a rate, converted, and the journal reads it again") {
  Scene scene;
  Desk& desk = scene.desk;
  const IncidentId incident = scene.report(scene.happened("2026-05-11T08:00:00+08:00"));
  LossStatement loss{.incident = incident,
                     .items = {claims::ningbo::item("FP.IR", yuan(0))},
                     .mitigation = yuan(0)};
  loss.items[0].amount = Money::from_minor(100'000, Currency::kUsd);
  loss.items[0].betterment = Money::zero(Currency::kUsd);
  CHECK(desk.refused("holder", StateLoss{.statement = loss}) == refusals::kCurrencyOfHouse.name);
  loss.rates = {{.currency = Currency::kUsd,
                 .date = day("2026-05-11"),
                 .rate_ppm = 7'100'000,
                 .source = "PBC"}};
  desk.must("holder", StateLoss{.statement = loss});
  const ClaimDecision decision = scene.decided(incident);
  CHECK(decision.payable == yuan(7'100));
  CHECK(decision.admission.at(0).reason == StepReason::kConverted);
  CHECK(decision.admission.at(0).before == Money::from_minor(100'000, Currency::kUsd));
  scene.check_replay();
}

TEST_CASE("incident relate: reported apart, joined before a decision, approved by two persons") {
  Scene scene;
  Desk& desk = scene.desk;
  const IncidentId first = scene.report(scene.happened("2026-05-11T08:00:00+08:00"));
  const IncidentId second = scene.report(scene.happened("2026-05-12T08:00:00+08:00"));
  const IncidentId later = scene.report(scene.happened("2026-05-14T08:00:01+08:00"));
  CHECK(desk.refused("manager", RelateIncident{second, first}) == refusals::kRoleMissing.name);
  CHECK(desk.refused("handler", RelateIncident{first, second}) == refusals::kNotRelated.name);
  CHECK(desk.refused("handler", RelateIncident{first, first}) == refusals::kNotRelated.name);
  CHECK(desk.refused("handler", RelateIncident{later, first}) == refusals::kNotRelated.name);
  CHECK(desk.refused("handler", RelateIncident{{999}, first}) == refusals::kNotFound.name);
  CHECK(desk.refused("handler", RelateIncident{second, {999}}) == refusals::kNotFound.name);
  desk.must("handler", RelateIncident{second, first});
  CHECK(desk.refused("handler", RelateIncident{second, first}) == refusals::kAlreadyDone.name);
  CHECK(desk.refused("handler", RelateIncident{later, second}) == refusals::kNotRelated.name);
  scene.state(first, {claims::ningbo::item("FP.IR", yuan(18'000))});
  scene.state(second, {claims::ningbo::item("FP.IR", yuan(18'000))});
  CHECK(desk.refused("handler", desk.adjudication(second)) == refusals::kPartOfIncident.name);
  CHECK(scene.decided(first).payable == yuan(20'000));  // one sublimit for both
  const ClaimId claim = find_incident(desk.house, first)->claim;
  CHECK(desk.refused("handler", ApproveClaim{claim}) ==
        claims::refusals::kApproverIsAdjudicator.name);
  CHECK(desk.refused("handler", RelateIncident{later, first}) == refusals::kAlreadyDone.name);
  desk.must("manager", ApproveClaim{claim});
  scene.check_replay();
}

TEST_CASE("instalments: premium counts as unpaid once its last day had passed at the incident") {
  struct Row {
    const char* what;
    std::string_view due;
    std::int64_t paid;
    bool subsidy_refused;
    std::int32_t share;
  };
  for (const Row& row :
       {Row{"not due yet", "2026-05-11", 700, false, 10'000},
        Row{"due the day before, half of it paid", "2026-05-10", 700, false, 5'000},
        Row{"all of it paid", "2026-05-10", 1'400, false, 10'000},
        Row{"nothing paid: the clause is silent", "2026-05-10", 0, false, 10'000},
        Row{"half of the whole, after a refused subsidy", "2026-05-10", 1'400, true, 5'000}}) {
    CAPTURE(row.what);
    Scene scene(false);
    Desk& desk = scene.desk;
    if (row.subsidy_refused) {
      desk.must("office", DecideSubsidy{.policy = scene.policy, .grant = false, .reason = "r"});
    }
    if (row.paid > 0) {
      desk.must("finance",
                ReceivePremium{
                    .policy = scene.policy, .payer = Payer::kCustomer, .amount = yuan(row.paid)});
    }
    const IncidentId incident = scene.report(scene.happened("2026-05-11T08:00:00+08:00"));
    scene.state(incident, {claims::ningbo::item("FP.IR", yuan(1'000))});
    const terms::Wording wording = claims::ningbo::wording();
    const auto input = adjudication_input(desk.house, wording, incident, {}, day(row.due));
    CHECK(input.premium_paid_bp == row.share);
  }
}

TEST_CASE(
    "cancellation: by wish only once every incident is decided, and the newest payment counts") {
  Scene scene;
  Desk& desk = scene.desk;
  const IncidentId first = scene.report(scene.happened("2026-05-11T08:00:00+08:00"));
  scene.state(first, {claims::ningbo::item("FP.IR", yuan(1'000))});
  const auto wish = [&] {
    auto input =
        cancel_input(desk.house, *find_policy(desk.house, scene.policy), date_of(desk.now));
    return underwriting::cancel_refund(input, Desk::refund_terms());
  };
  const auto open = wish();
  REQUIRE(!open.ok());
  CHECK(open.refusal().code == underwriting::refusals::kIncidentsUndecided);
  CHECK(open.refusal().args.at(0).value == to_text(first));
  const CancelPolicy command{.policy = scene.policy,
                             .on = plus_days(date_of(desk.now), 1),
                             .refund = {},
                             .reason = "insured_wish"};
  CHECK(desk.refused("uw", command) == underwriting::refusals::kIncidentsUndecided.name);
  const auto pay = [&](IncidentId incident) {
    const ClaimId claim = desk.adjudicate(incident);
    desk.must("manager", ApproveClaim{claim});
    desk.must("finance", PayClaim{claim});
  };
  const IncidentId second = scene.report(scene.happened("2026-05-12T08:00:00+08:00"));
  scene.state(second, {claims::ningbo::item("FP.IR", yuan(1'000))});
  pay(second);
  const ClaimId claim = desk.adjudicate(first);
  desk.must("manager", ApproveClaim{claim});
  CHECK(wish().ok());
  // The claim that was decided first is paid last, and after that the other is decided anew.
  desk.now = at("2026-06-20T09:00:00+08:00");
  desk.must("finance", PayClaim{claim});
  const ClaimId other = find_incident(desk.house, second)->claim;
  desk.must("handler", ReopenClaim{other, "look again"});
  desk.must("handler", desk.adjudication(second));
  const auto input =
      cancel_input(desk.house, *find_policy(desk.house, scene.policy), date_of(desk.now));
  CHECK(input.claim_paid_on == day("2026-06-20"));
}

}  // namespace
}  // namespace anlan::house
