// Claims that are decided again: returned by whoever should approve, or reopened after they were
// final. Only the difference to what was paid is paid, the books balance, and replay agrees.
#include <doctest/doctest.h>

#include "claims/refusals.h"
#include "house/desk_test.h"
#include "house/refusals.h"

namespace anlan::house {
namespace {

using namespace desk;

struct Story {
  Desk desk;
  PolicyId policy;
  ClaimId claim;

  // E02 decided: 150,000.00.
  Story() {
    desk.open();
    policy = desk.policy_in_force();
    claim = desk.claim(policy);
  }
  const ClaimFile& file() const { return *find_claim(desk.house, claim); }
  IncidentId incident() const { return file().decision.incident; }
  Money incurred() const { return desk.balance(AccountKind::kClaimsIncurred, policy.number); }
  Money payable() const { return desk.balance(AccountKind::kClaimsPayable, claim.number); }
  Money owed_back() const { return desk.balance(AccountKind::kClaimRecoverable, claim.number); }
  Money lost() const { return desk.balance(AccountKind::kClaimWrittenOff, claim.number); }
  Money paid_out() const { return yuan(2'800) - desk.balance(AccountKind::kCash, 0); }
  Money reserved() const {
    const Posting* reserve = desk.house.ledger.open_reserve(file().reserve);
    return reserve ? reserve->amount : yuan(0);
  }
  Money left() const { return aggregate_left(desk.house, *find_policy(desk.house, policy)); }
  void finish() {
    desk.must("manager", ApproveClaim{claim});
    if (file().state == ClaimState::kApproved) desk.must("finance", PayClaim{claim});
  }
  void reopen() { desk.must("handler", ReopenClaim{claim, "another invoice"}); }
  // The loss stated anew: interruption of so much, and nothing else.
  void decide(std::int64_t interruption) {
    const LossStatement loss{.incident = incident(),
                             .items = {claims::ningbo::item("FP.BI", yuan(interruption))},
                             .mitigation = yuan(0)};
    desk.must("handler", StateLoss{.statement = loss});
    desk.must("handler", desk.adjudication(incident()));
  }
  void check_replay() {
    const auto replayed = replay(desk.journal);
    REQUIRE(replayed.ok());
    CHECK(*replayed == desk.house);
  }
};

TEST_CASE(
    "claim return: the reserve is released, the year is whole again, and it is decided anew") {
  Story story;
  CHECK(story.reserved() == yuan(150'000));
  CHECK(story.left() == yuan(250'000));
  CHECK(story.desk.refused("handler", ReturnClaim{story.claim, "x"}) ==
        refusals::kRoleMissing.name);
  CHECK(story.desk.refused("manager", ReturnClaim{story.claim, ""}) == "empty_text");
  story.desk.must("manager", ReturnClaim{story.claim, "the sales of Saturday are missing"});
  CHECK(story.file().state == ClaimState::kReturned);
  CHECK(story.file().turns.back().by.text == "manager");
  CHECK(story.reserved().is_zero());
  CHECK(story.left() == yuan(400'000));
  for (const Command& command :
       {Command(ApproveClaim{story.claim}), Command(ReturnClaim{story.claim, "x"})}) {
    CHECK(story.desk.refused("manager", command) == refusals::kWrongState.name);
  }
  story.decide(60'000);
  CHECK(story.file().decision.id == story.claim);
  CHECK(story.reserved() == yuan(60'000));
  CHECK(story.left() == yuan(340'000));
  CHECK(find_policy(story.desk.house, story.policy)->claims.size() == 1);
  story.finish();
  CHECK(story.paid_out() == yuan(60'000));
  CHECK(story.incurred() == yuan(60'000));
  story.check_replay();
}

TEST_CASE("claim reopen: a paid claim that is decided higher pays the difference, once") {
  Story story;
  story.desk.must("manager", ReturnClaim{story.claim, "only the interruption is evidenced"});
  story.decide(60'000);
  CHECK(story.desk.refused("handler", ReopenClaim{story.claim, "x"}) == refusals::kWrongState.name);
  story.finish();
  CHECK(story.desk.refused("handler", ReopenClaim{story.claim, ""}) == "empty_text");
  story.reopen();
  CHECK(story.file().state == ClaimState::kReopened);
  CHECK(story.left() == yuan(340'000));  // what was paid still counts
  story.decide(90'000);
  CHECK(story.reserved() == yuan(30'000));
  CHECK(story.left() == yuan(310'000));
  // Within the handler's authority, and yet a second person approves what changes a decision.
  story.desk.must("manager", ApproveClaim{story.claim});
  story.desk.must("finance", PayClaim{story.claim});
  CHECK(story.desk.refused("finance", PayClaim{story.claim}) == refusals::kWrongState.name);
  CHECK(story.paid_out() == yuan(90'000));
  CHECK(story.incurred() == yuan(90'000));
  CHECK(story.payable().is_zero());
  CHECK(story.file().earlier.size() == 1);
  story.check_replay();
}

TEST_CASE("claim reopen: a paid claim that is decided lower pays nothing and is owed back") {
  Story story;
  story.finish();
  CHECK(story.paid_out() == yuan(150'000));
  story.reopen();
  story.decide(80'000);
  CHECK(story.reserved().is_zero());
  CHECK(story.incurred() == yuan(150'000));  // nothing moves before the approval
  story.finish();
  CHECK(story.file().state == ClaimState::kPaid);
  CHECK(story.file().reversed == yuan(70'000));
  CHECK(story.paid_out() == yuan(150'000));
  CHECK(story.incurred() == yuan(80'000));
  CHECK(story.payable().is_zero());
  CHECK(story.owed_back() == yuan(70'000));  // by whoever received it
  CHECK(story.left() == yuan(320'000));
  // And up again: what was never paid back counts as paid.
  story.reopen();
  story.decide(100'000);
  story.finish();
  CHECK(story.paid_out() == yuan(150'000));
  CHECK(story.incurred() == yuan(100'000));
  CHECK(story.owed_back() == yuan(50'000));
  CHECK(story.left() == yuan(300'000));
  story.check_replay();
}

TEST_CASE("claim recover: what is owed back comes in or is written off, and nothing is left") {
  Story story;
  Desk& desk = story.desk;
  CHECK(desk.refused("finance", RecoverClaim{story.claim, yuan(1)}) == refusals::kWrongState.name);
  story.finish();
  CHECK(desk.refused("finance", RecoverClaim{story.claim, yuan(1)}) == refusals::kWrongState.name);
  CHECK(desk.refused("manager", WriteOffClaim{story.claim, "r"}) == refusals::kWrongState.name);
  story.reopen();
  story.decide(80'000);
  story.finish();
  for (const Money amount : {yuan(0), yuan(70'000) + fen(1)}) {
    CHECK(desk.refused("finance", RecoverClaim{story.claim, amount}) ==
          refusals::kAmountNotDue.name);
  }
  CHECK(desk.refused("manager", RecoverClaim{story.claim, yuan(1)}) == refusals::kRoleMissing.name);
  CHECK(desk.refused("finance", WriteOffClaim{story.claim, "r"}) == refusals::kRoleMissing.name);
  CHECK(desk.refused("manager", WriteOffClaim{story.claim, ""}) == "empty_text");
  desk.must("finance", RecoverClaim{story.claim, yuan(45'000)});
  CHECK(story.paid_out() == yuan(105'000));
  CHECK(story.owed_back() == yuan(25'000));
  desk.must("manager", WriteOffClaim{story.claim, "insolvent"});
  CHECK(story.owed_back().is_zero());
  CHECK(story.lost() == yuan(25'000));
  CHECK(story.incurred() == yuan(80'000));
  CHECK(desk.refused("manager", WriteOffClaim{story.claim, "r"}) == refusals::kWrongState.name);
  // A decision above what is still with the insured pays the difference, and nothing is lost then.
  story.reopen();
  story.decide(95'000);
  CHECK(desk.refused("finance", RecoverClaim{story.claim, yuan(1)}) == refusals::kWrongState.name);
  desk.must("manager", ApproveClaim{story.claim});
  CHECK(story.lost() == yuan(10'000));
  story.reopen();
  story.decide(100'000);
  story.finish();
  CHECK(story.lost() == yuan(5'000));
  story.reopen();
  desk.must("handler",
            StateLoss{.statement = {.incident = story.incident(),
                                    .items = {claims::ningbo::item("FP.BI", yuan(100'000)),
                                              claims::ningbo::item("FP.IR", yuan(20'000))},
                                    .mitigation = yuan(0)}});
  desk.must("handler", desk.adjudication(story.incident()));
  CHECK(story.reserved() == yuan(15'000));
  story.finish();
  CHECK(story.lost().is_zero());
  CHECK(story.owed_back().is_zero());
  CHECK(story.payable().is_zero());
  CHECK(story.paid_out() == yuan(120'000));
  CHECK(story.incurred() == yuan(120'000));
  story.check_replay();
}

TEST_CASE("claim pay: refusal 7057 reserve_missing where the books hold nothing for it") {
  Story story;
  story.desk.must("manager", ApproveClaim{story.claim});
  story.desk.house.claims[story.claim].reserve = {};
  CHECK(story.desk.refused("finance", PayClaim{story.claim}) == refusals::kReserveMissing.name);
}

TEST_CASE("claim return: what was final before stands again, paid stays paid, denied denied") {
  Story story;
  Desk& desk = story.desk;
  story.finish();
  story.reopen();
  story.decide(90'000);
  desk.must("manager", ReturnClaim{story.claim, "no reason to change it"});
  CHECK(story.file().state == ClaimState::kPaid);
  CHECK(story.file().decision.payable == yuan(150'000));
  CHECK(story.file().approver.text == "manager");
  CHECK(story.reserved().is_zero());
  CHECK(story.file().turns.back().to == ClaimState::kReturned);
  // The limit that the lower decision freed is taken before it is sent back: it cannot be.
  for (int n = 0; n < 2; ++n) desk.must("manager", ApproveClaim{desk.claim(story.policy)});
  CHECK(story.left().is_zero());
  story.reopen();
  story.decide(40'000);
  desk.claim(story.policy);
  CHECK(desk.refused("manager", ReturnClaim{story.claim, "r"}) == refusals::kInputsChanged.name);
  story.check_replay();
}

TEST_CASE("claim reopen: an approved, unpaid claim keeps its reserve until it is restated") {
  Story story;
  story.desk.must("manager", ApproveClaim{story.claim});
  CHECK(story.desk.refused("handler", ReopenClaim{story.claim, "x"}) ==
        refusals::kRoleMissing.name);
  AppointActor both{.actor = {.name = {"handler"},
                              .organisation = {"insurer"},
                              .roles = {Role::kClaimsManager},
                              .authority = yuan(0)}};
  Desk adjudicated = story.desk;
  adjudicated.must("op", both);
  CHECK(adjudicated.refused("handler", ReopenClaim{story.claim, "x"}) == refusals::kFourEyes.name);
  story.desk.must("manager", ReopenClaim{story.claim, "another invoice"});
  CHECK(story.reserved() == yuan(150'000));
  CHECK(story.desk.refused("finance", PayClaim{story.claim}) == refusals::kWrongState.name);
  story.decide(70'000);
  CHECK(story.reserved() == yuan(70'000));
  CHECK(story.desk.house.ledger.open_reserves().size() == 1);
  story.desk.must("manager", ReturnClaim{story.claim, "once more"});
  CHECK(story.reserved() == yuan(150'000));
  CHECK(story.file().state == ClaimState::kApproved);
  CHECK(story.file().decision.payable == yuan(150'000));  // the final one stands
  CHECK(story.left() == yuan(250'000));
  Desk payable = story.desk;
  payable.must("finance", PayClaim{story.claim});
  CHECK(find_claim(payable.house, story.claim)->paid == yuan(150'000));
  story.desk.must("manager", ReopenClaim{story.claim, "another invoice"});
  story.decide(75'000);
  CHECK(story.file().earlier.size() == 1);
  story.finish();
  CHECK(story.paid_out() == yuan(75'000));
  CHECK(story.incurred() == yuan(75'000));
  story.check_replay();
}

TEST_CASE("claim reopen: limits that later claims used stay used, whatever is reopened") {
  Story story;
  story.finish();
  const ClaimId second = story.desk.claim(story.policy);
  story.desk.must("manager", ApproveClaim{second});
  const ClaimId third = story.desk.claim(story.policy);
  CHECK(find_claim(story.desk.house, third)->decision.payable == yuan(100'000));
  CHECK(story.left().is_zero());
  story.reopen();
  story.decide(40'000);
  CHECK(story.left() == yuan(110'000));  // 40,000 + 150,000 + 100,000 of 400,000
  story.desk.must("manager", ApproveClaim{third});
  story.desk.must("finance", PayClaim{third});
  story.check_replay();
}

TEST_CASE("claim denial: final only after another person approved it, and it can be reopened") {
  Story story;
  story.desk.must("manager", ReturnClaim{story.claim, "another cause"});
  Incident excluded = find_incident(story.desk.house, story.incident())->incident;
  story.desk.house.incidents[story.incident()].incident.causes = {"war"};
  story.desk.must("handler", story.desk.adjudication(story.incident()));
  CHECK(story.file().state == ClaimState::kAdjudicated);
  CHECK(story.file().decision.outcome == ClaimOutcome::kDenied);
  CHECK(story.desk.refused("handler", ReopenClaim{story.claim, "x"}) == refusals::kWrongState.name);
  CHECK(story.desk.refused("handler", ApproveClaim{story.claim}) ==
        claims::refusals::kApproverIsAdjudicator.name);
  story.desk.must("manager.junior", ApproveClaim{story.claim});
  CHECK(story.file().state == ClaimState::kDenied);
  story.reopen();
  story.desk.house.incidents[story.incident()].incident = excluded;
  story.decide(50'000);
  story.finish();
  CHECK(story.paid_out() == yuan(50'000));
}

TEST_CASE("four eyes: who reported the incident or stated its loss does not approve the claim") {
  Story story;
  Desk& desk = story.desk;
  AppointActor both{.actor = {.name = {"handler.manager"},
                              .organisation = {"insurer"},
                              .roles = {Role::kClaimsHandler, Role::kClaimsManager},
                              .authority = yuan(1'000'000)}};
  desk.must("op", both);
  const IncidentId incident = desk.report(story.policy);
  LossStatement loss = claims::ningbo::e02_loss();
  loss.incident = incident;
  desk.must("handler.manager", StateLoss{.statement = loss});
  desk.state_e02(incident);  // stated again by the holder: both have had their part
  const ClaimId claim = desk.adjudicate(incident);
  const auto refused = desk.decide_as("handler.manager", ApproveClaim{claim});
  REQUIRE(!refused.ok());
  CHECK(refused.refusal().code.name == claims::refusals::kApproverInvolved.name);
  CHECK(refused.refusal().value == "handler.manager");
  desk.must("manager", ApproveClaim{claim});
}

TEST_CASE("override: an exemption applied without its evidence takes authority over all the loss") {
  Story story;
  Desk& desk = story.desk;
  desk.must("manager", ReturnClaim{story.claim, "clause 4.2"});
  AdjudicateClaim command = desk.adjudication(story.incident());
  command.decision.overridden = {"4.2"};  // stated 215,000.00, payable 150,000.00
  desk.must("handler", command);
  AppointActor exact{.actor = {.name = {"exact"},
                               .organisation = {"insurer"},
                               .roles = {Role::kClaimsManager},
                               .authority = yuan(214'999)}};
  desk.must("op", exact);
  CHECK(desk.refused("exact", ApproveClaim{story.claim}) ==
        claims::refusals::kApproverAuthority.name);
  exact.actor.authority = yuan(215'000);
  desk.must("op", exact);
  desk.must("exact", ApproveClaim{story.claim});
}

// Two incidents of one policy, the second so many minutes after the first.
struct Pair {
  Desk desk;
  PolicyId policy;
  IncidentId first;
  Pair() {
    desk.open();
    policy = desk.policy_in_force();
    first = desk.report(policy);
  }
  ReportIncident second(std::int64_t minutes) const {
    Incident incident = find_incident(desk.house, first)->incident;
    incident.id = {};
    incident.occurred = plus_minutes(incident.occurred, minutes);
    incident.discovered = incident.occurred;
    incident.related_to = first;
    return {.incident = incident};
  }
  void state(IncidentId incident, std::int64_t interruption) {
    desk.must("holder",
              StateLoss{.statement = {.incident = incident,
                                      .items = {claims::ningbo::item("FP.BI", yuan(interruption))},
                                      .mitigation = yuan(100)}});
  }
};

TEST_CASE(
    "related incidents: refusal 7053 not_related outside 72 hours, and only a handler joins") {
  Pair pair;
  Desk& desk = pair.desk;
  CHECK(desk.refused("handler", pair.second(72 * 60 + 1)) == refusals::kNotRelated.name);
  CHECK(desk.refused("handler", pair.second(-1)) == refusals::kNotRelated.name);
  CHECK(desk.refused("holder", pair.second(60)) == refusals::kRoleMissing.name);
  ReportIncident nowhere = pair.second(60);
  nowhere.incident.related_to = {9'999};
  CHECK(desk.refused("handler", nowhere) == refusals::kNotFound.name);
  const IncidentId last{desk.must("handler", pair.second(72 * 60))};
  ReportIncident chained = pair.second(72 * 60 + 30);
  chained.incident.related_to = last;
  CHECK(desk.refused("handler", chained) == refusals::kNotRelated.name);
}

TEST_CASE("related incidents: one sublimit for both, 100,000 and not 150,000, decided together") {
  Pair pair;
  Desk& desk = pair.desk;
  pair.state(pair.first, 130'000);
  const ClaimId claim = desk.adjudicate(pair.first);
  desk.must("manager", ApproveClaim{claim});
  desk.must("finance", PayClaim{claim});
  CHECK(find_claim(desk.house, claim)->paid == yuan(100'100));
  // The second comes to light after the first was paid; decided alone it would pay 50,000.
  const IncidentId second{desk.must("handler", pair.second(60))};
  CHECK(desk.refused("holder", StateLoss{.statement = {.incident = second}}) ==
        refusals::kAlreadyDone.name);
  desk.must("handler", ReopenClaim{claim, "a second wave of the same intrusion"});
  pair.state(second, 50'000);
  CHECK(desk.refused("handler", desk.adjudication(second)) == refusals::kPartOfIncident.name);
  const AdjudicateClaim stale = desk.adjudication(pair.first);
  pair.state(second, 55'000);
  CHECK(desk.refused("handler", stale) == refusals::kInputsChanged.name);
  desk.must("handler", desk.adjudication(pair.first));
  CHECK(find_claim(desk.house, claim)->decision.payable == yuan(100'200));
  // Whoever reported the second part has had a part in the claim.
  AppointActor both{.actor = {.name = {"handler"},
                              .organisation = {"insurer"},
                              .roles = {Role::kClaimsManager},
                              .authority = yuan(1'000'000)}};
  desk.must("op", both);
  CHECK(desk.refused("handler", ApproveClaim{claim}) == claims::refusals::kApproverInvolved.name);
  desk.must("manager", ApproveClaim{claim});
  desk.must("finance", PayClaim{claim});
  CHECK(find_claim(desk.house, claim)->paid == yuan(100'200));
  const auto replayed = replay(desk.journal);
  REQUIRE(replayed.ok());
  CHECK(*replayed == desk.house);
}

TEST_CASE("related incidents: refusal 7055 interruption_twice") {
  Pair pair;
  Desk& desk = pair.desk;
  const IncidentId second{desk.must("handler", pair.second(60))};
  StateLoss loss{.statement = {.incident = second, .mitigation = yuan(0)}};
  loss.statement.interruption = claims::ningbo::interruption();
  desk.must("holder", loss);
  desk.must("holder", loss);  // its own may be stated anew
  loss.statement.incident = pair.first;
  CHECK(desk.refused("holder", loss) == refusals::kInterruptionTwice.name);
}

TEST_CASE("condition: the event says when it was met, at the latest now") {
  Desk desk;
  desk.open();
  const IncidentId incident = desk.report(desk.policy_in_force());
  RecordCondition command{.condition = {.incident = incident,
                                        .condition = "police_report",
                                        .reference = "file 7",
                                        .evidence = {}}};
  command.condition.met = plus_minutes(desk.now, 1);
  CHECK(desk.refused("handler", command) == refusals::kFutureTime.name);
  command.condition.met = plus_minutes(desk.now, -60);
  command.condition.evidence = sha256(bytes_of("scan"));
  desk.must("handler", command);
  command.condition.condition = "prior_written_consent";
  command.condition.met = {};
  desk.must("handler", command);
  const auto& conditions = find_incident(desk.house, incident)->conditions;
  CHECK(*conditions[0].condition.met == plus_minutes(desk.now, -60));
  CHECK(*conditions[1].condition.met == desk.now);
}

}  // namespace
}  // namespace anlan::house
