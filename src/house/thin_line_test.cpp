// The whole line through decide and evolve: from a company to a paid claim, and every end of a
// policy. Amounts are those of REFERENCE.md 3.5.
#include <doctest/doctest.h>

#include "house/desk_test.h"
#include "house/refusals.h"
#include "house/views.h"

namespace anlan::house {
namespace {

using namespace desk;

void check_replay(Desk& desk) {
  const auto replayed = replay(desk.journal);
  REQUIRE(replayed.ok());
  CHECK(*replayed == desk.house);
}

TEST_CASE("house: from registration to a paid claim, E02 pays 150,000.00 and the books balance") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force();
  CHECK(desk.balance(AccountKind::kCash, 0) == yuan(2'800));
  CHECK(desk.balance(AccountKind::kUnearnedPremium, policy.number) == -yuan(2'800));
  CHECK(desk.balance(AccountKind::kCustomerReceivable, policy.number).is_zero());
  CHECK(policy_state(*find_policy(desk.house, policy), desk.now) == PolicyState::kBound);
  CHECK(policy_state(*find_policy(desk.house, policy), at("2026-03-01T00:00:00+08:00")) ==
        PolicyState::kInForce);
  const ClaimId claim = desk.claim(policy);
  const ClaimFile* file = find_claim(desk.house, claim);
  CHECK(file->decision.payable == yuan(150'000));
  CHECK(desk.balance(AccountKind::kClaimsIncurred, policy.number).is_zero());  // held, not moved
  CHECK(desk.house.ledger.open_reserve(file->reserve) != nullptr);
  desk.must("manager", ApproveClaim{.claim = claim});
  desk.must("finance", PayClaim{.claim = claim});
  CHECK(desk.balance(AccountKind::kClaimsIncurred, policy.number) == yuan(150'000));
  CHECK(desk.balance(AccountKind::kCash, 0) == yuan(2'800 - 150'000));
  CHECK(desk.balance(AccountKind::kClaimsPayable, claim.number).is_zero());
  CHECK(find_claim(desk.house, claim)->state == ClaimState::kPaid);
  CHECK(find_claim(desk.house, claim)->payer.text == "finance");
  check_replay(desk);
}

TEST_CASE(
    "house: three incidents of E02 pay 150,000, 150,000 and 100,000; the year is then used up") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force();
  const std::int64_t payable[] = {150'000, 150'000, 100'000};
  const std::int64_t left[] = {250'000, 100'000, 0};
  for (int i = 0; i < 3; ++i) {
    CAPTURE(i);
    const ClaimId claim = desk.claim(policy);
    CHECK(find_claim(desk.house, claim)->decision.payable == yuan(payable[i]));
    CHECK(aggregate_left(desk.house, *find_policy(desk.house, policy)) == yuan(left[i]));
  }
  const ClaimId fourth = desk.claim(policy);
  CHECK(find_claim(desk.house, fourth)->state == ClaimState::kAdjudicated);
  desk.must("manager.junior", ApproveClaim{.claim = fourth});
  CHECK(find_claim(desk.house, fourth)->state == ClaimState::kDenied);
  CHECK(find_claim(desk.house, fourth)->decision.payable.is_zero());
  CHECK_FALSE(find_claim(desk.house, fourth)->reserve.exists());
  check_replay(desk);
}

TEST_CASE("house: E22, half of the customer's premium received pays half: 75,000 of 150,000") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.bind(desk.enterprise());
  desk.must("finance",
            ReceivePremium{.policy = policy, .payer = Payer::kCustomer, .amount = yuan(700)});
  const ClaimId claim = desk.claim(policy);
  CHECK(find_claim(desk.house, claim)->decision.payable == yuan(75'000));
}

TEST_CASE("house: a refused subsidy is owed by the customer, a granted one by the government") {
  Desk desk;
  desk.open();
  desk.budget(yuan(2'000));
  const PolicyId granted = desk.bind(desk.enterprise(0));
  const PolicyId refused = desk.bind(desk.enterprise(1));
  const std::uint64_t account = desk.house.subsidy_accounts.at(kScheme);
  desk.must("office", DecideSubsidy{.policy = granted, .grant = true, .reason = {}});
  CHECK(desk.balance(AccountKind::kSubsidyBudget, account) == yuan(600));
  desk.must("office",
            DecideSubsidy{.policy = refused, .grant = false, .reason = "not in the list"});
  CHECK(desk.balance(AccountKind::kSubsidyBudget, account) == yuan(600));
  CHECK(find_policy(desk.house, granted)->government_due == yuan(1'400));
  CHECK(find_policy(desk.house, refused)->customer_due == yuan(2'800));
  CHECK(find_policy(desk.house, refused)->government_due.is_zero());
  CHECK(desk.balance(AccountKind::kCustomerReceivable, refused.number) == yuan(2'800));
  desk.must("finance",
            ReceivePremium{.policy = refused, .payer = Payer::kCustomer, .amount = yuan(2'800)});
  CHECK(desk.refused("finance", ReceivePremium{.policy = refused,
                                               .payer = Payer::kGovernment,
                                               .amount = yuan(1)}) == refusals::kWrongState.name);
}

TEST_CASE("house: E21, cancelled on day 100 gives 1,016.44 to each payer and earns the rest") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force();
  const std::uint64_t account = desk.house.subsidy_accounts.at(kScheme);
  const Date on = plus_days(day("2026-03-01"), 100);
  desk.now = start_of_day(on);
  desk.must("uw", desk.cancellation(policy, on));
  CHECK(desk.balance(AccountKind::kUnearnedPremium, policy.number).is_zero());
  CHECK(desk.balance(AccountKind::kEarnedPremium, policy.number) == -fen(76'712));
  CHECK(desk.balance(AccountKind::kCustomerPayable, policy.number) == -fen(101'644));
  CHECK(desk.balance(AccountKind::kGovernmentPayable, policy.number) == -fen(101'644));
  CHECK(desk.balance(AccountKind::kSubsidyBudget, account) == yuan(8'600) + fen(101'644));
  desk.must("finance", PayRefund{.policy = policy});
  CHECK(desk.balance(AccountKind::kCustomerPayable, policy.number).is_zero());
  CHECK(desk.balance(AccountKind::kGovernmentPayable, policy.number).is_zero());
  CHECK(desk.balance(AccountKind::kCash, 0) == fen(76'712));
  CHECK(policy_state(*find_policy(desk.house, policy), desk.now) == PolicyState::kCancelled);
  check_replay(desk);
}

TEST_CASE("house: cancelled before the government paid, its unused subsidy returns to the budget") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.bind(desk.enterprise());
  desk.budget(yuan(10'000));
  const std::uint64_t account = desk.house.subsidy_accounts.at(kScheme);
  desk.must("office", DecideSubsidy{.policy = policy, .grant = true, .reason = {}});
  desk.must("finance",
            ReceivePremium{.policy = policy, .payer = Payer::kCustomer, .amount = yuan(1'400)});
  CHECK(desk.balance(AccountKind::kSubsidyBudget, account) == yuan(8'600));
  const Date on = plus_days(day("2026-03-01"), 100);
  desk.now = start_of_day(on);
  const CancelPolicy cancel = desk.cancellation(policy, on);
  // Each payer owes its half of the 767.12 earned: the customer gets the rest of its own half back.
  CHECK(cancel.refund.to_customer == fen(101'644));
  CHECK(cancel.refund.to_government.is_zero());
  desk.must("uw", cancel);
  CHECK(desk.balance(AccountKind::kGovernmentReceivable, policy.number) == fen(38'356));
  CHECK(desk.balance(AccountKind::kUnearnedPremium, policy.number).is_zero());
  CHECK(desk.balance(AccountKind::kSubsidyBudget, account) == fen(961'644));
}

TEST_CASE("house: cancelled before the start, the premium goes back less the handling fee") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force();
  desk.must("uw", desk.cancellation(policy, day("2026-02-25")));
  CHECK(desk.balance(AccountKind::kEarnedPremium, policy.number) == -yuan(100));
  CHECK(desk.balance(AccountKind::kCustomerPayable, policy.number) == -yuan(1'350));
  CHECK(desk.balance(AccountKind::kGovernmentPayable, policy.number) == -yuan(1'350));
}

TEST_CASE(
    "house: a lapse earns the days on risk, writes off what was not paid and leaves nothing open") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.bind(desk.enterprise());
  desk.must("finance",
            ReceivePremium{.policy = policy, .payer = Payer::kCustomer, .amount = yuan(400)});
  const Date due = day("2026-03-25");
  desk.now = at("2026-03-26T09:00:00+08:00");  // 25 days on risk
  desk.must("uw", LapsePolicy{.policy = policy, .due = due});
  for (const AccountKind kind :
       {AccountKind::kCustomerReceivable, AccountKind::kGovernmentReceivable,
        AccountKind::kUnearnedPremium}) {
    CAPTURE(name_of(kind));
    CHECK(desk.balance(kind, policy.number).is_zero());
  }
  // Unpaid: 1,000 of the customer, 1,400 of the government; for 340 of 365 days nobody owes them.
  const Money waived = fen(93'151) + fen(130'411);
  CHECK(desk.balance(AccountKind::kEarnedPremium, policy.number) == -(yuan(2'800) - waived));
  CHECK(desk.balance(AccountKind::kPremiumWrittenOff, policy.number) == yuan(2'400) - waived);
  CHECK(policy_state(*find_policy(desk.house, policy), desk.now) == PolicyState::kLapsed);
  CHECK(desk.refused(
            "finance",
            ReceivePremium{.policy = policy, .payer = Payer::kCustomer, .amount = yuan(1'000)}) ==
        refusals::kWrongState.name);
  check_replay(desk);
}

TEST_CASE("house: an order is a contract of its own, and only its vendor proves that it runs") {
  Desk desk;
  desk.open();
  const EnterpriseId enterprise = desk.enterprise();
  const OrderId order{desk.must("holder", PlaceOrder{.order = Desk::order(enterprise)})};
  CHECK(desk.balance(AccountKind::kOrderReceivable, order.number) == yuan(2'000));
  const Digest before = pricing_inputs(desk.house, enterprise);
  desk.must("vendor", RecordObservation{.observation = desk.observation(order)});
  CHECK(pricing_inputs(desk.house, enterprise) != before);
  desk.must("finance", PayOrder{.order = order});
  CHECK(desk.balance(AccountKind::kOrderReceivable, order.number).is_zero());
  CHECK(desk.balance(AccountKind::kCash, 0).is_zero());
  check_replay(desk);
}

TEST_CASE("house: newer facts replace older of their name, erased persons and documents are kept") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force();
  const EnterpriseId enterprise = find_policy(desk.house, policy)->policy.enterprise;
  const Fact revenue{.name = {"revenue"}, .value = "1", .observed_on = day("2026-02-01")};
  const Fact staff{.name = {"employees"}, .value = "80", .observed_on = day("2026-02-01")};
  desk.must("broker", RecordFacts{.enterprise = enterprise, .facts = {revenue, staff}});
  const auto& facts = find_enterprise(desk.house, enterprise)->enterprise.facts;
  REQUIRE(facts.size() == 2);
  CHECK(facts[0] == revenue);
  CHECK(facts[1] == staff);
  desk.must("op", ErasePersonalData{.subject = {7}, .reason = "asked for"});
  CHECK(desk.house.erased.contains(SubjectId{7}));
  desk.must("broker", IssueDocument{.document = {.policy = policy, .signature = Bytes(64)}});
  CHECK(find_policy(desk.house, policy)->documents.size() == 1);
  check_replay(desk);
}

TEST_CASE(
    "thin line: cover ends on the day of a cancellation, and a claim after it is outside the "
    "period") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force();
  const PolicyFile before = *find_policy(desk.house, policy);
  CHECK(cover_until(before) == before.policy.until);
  PolicyFile cancelled = before;
  cancelled.cancelled = PolicyCancelled{.policy = policy, .on = day("2026-05-01")};
  CHECK(cover_until(cancelled) == start_of_day(day("2026-05-01")));
  PolicyFile lapsed = before;
  lapsed.lapsed = PolicyLapsed{.policy = policy, .on = day("2026-03-20")};
  CHECK(cover_until(lapsed) == start_of_day(day("2026-03-20")));
  // The incident of 11 May, adjudicated as of a policy that was cancelled on 1 May.
  const IncidentId incident = desk.report(policy);
  desk.state_e02(incident);
  desk.house.policies[policy].cancelled = cancelled.cancelled;
  const terms::Wording wording = claims::ningbo::wording();
  const auto decision =
      claims::adjudicate(adjudication_input(desk.house, wording, incident, {})).value();
  CHECK(decision.outcome == ClaimOutcome::kDenied);
  CHECK(decision.payable.is_zero());
  CHECK(decision.admission.front().reason == StepReason::kOutsidePeriod);
}

}  // namespace
}  // namespace anlan::house
