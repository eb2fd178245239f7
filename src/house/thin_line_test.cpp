// The whole line through decide and evolve: from a company to a paid claim, and every end of a
// policy. Amounts are those of REFERENCE.md 3.5.
#include <algorithm>

#include <doctest/doctest.h>

#include "base/random.h"
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
  desk.now = start_of_day(plus_days(on, -1));
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
  CHECK(policy_state(*find_policy(desk.house, policy), start_of_day(on)) ==
        PolicyState::kCancelled);
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
  desk.now = start_of_day(plus_days(on, -1));
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

TEST_CASE("house: a lapse earns the days on risk, gives back the rest, and its debts can be paid") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.bind(desk.enterprise());
  desk.must("finance",
            ReceivePremium{.policy = policy, .payer = Payer::kCustomer, .amount = yuan(400)});
  const Date due = day("2026-03-24");
  desk.now = at("2026-03-25T09:00:00+08:00");  // 25 days on risk
  desk.must("uw", desk.lapse(policy, due));
  // 191.78 of 2,800.00 was earned; the customer paid 400.00 for its half of that, 95.89.
  CHECK(desk.balance(AccountKind::kEarnedPremium, policy.number) == -fen(19'178));
  CHECK(desk.balance(AccountKind::kCustomerPayable, policy.number) == -fen(30'411));
  CHECK(desk.balance(AccountKind::kCustomerReceivable, policy.number).is_zero());
  CHECK(desk.balance(AccountKind::kGovernmentReceivable, policy.number) == fen(9'589));
  CHECK(policy_state(*find_policy(desk.house, policy), start_of_day(day("2026-03-26"))) ==
        PolicyState::kLapsed);
  CHECK(desk.refused("finance", ReceivePremium{.policy = policy,
                                               .payer = Payer::kCustomer,
                                               .amount = fen(1)}) == refusals::kAmountNotDue.name);
  desk.must("finance", PayRefund{policy});
  CHECK(desk.balance(AccountKind::kCash, 0) == fen(9'589));
  // The subsidy was not decided: it is now, for what the policy earned of it.
  desk.budget(yuan(10'000));
  const std::uint64_t account = desk.house.subsidy_accounts.at(kScheme);
  desk.must("office", DecideSubsidy{.policy = policy, .grant = true, .reason = {}});
  CHECK(desk.balance(AccountKind::kSubsidyBudget, account) == yuan(10'000) - fen(9'589));
  CHECK(subsidy_used(*find_policy(desk.house, policy)));
  desk.must("finance",
            ReceivePremium{.policy = policy, .payer = Payer::kGovernment, .amount = fen(9'589)});
  CHECK(desk.balance(AccountKind::kGovernmentReceivable, policy.number).is_zero());
  CHECK(desk.balance(AccountKind::kCash, 0) == fen(19'178));
  check_replay(desk);
}

TEST_CASE("house: what a cancelled policy still owes is collected to the fen, or written off") {
  for (const bool pays : {true, false}) {
    CAPTURE(pays);
    Desk desk;
    desk.open();
    desk.budget(yuan(10'000));
    const PolicyId policy = desk.bind(desk.enterprise());
    const std::uint64_t account = desk.house.subsidy_accounts.at(kScheme);
    desk.must("office", DecideSubsidy{.policy = policy, .grant = true, .reason = {}});
    desk.must("finance",
              ReceivePremium{.policy = policy, .payer = Payer::kCustomer, .amount = yuan(100)});
    const Date on = plus_days(day("2026-03-01"), 100);
    desk.now = start_of_day(plus_days(on, -1));
    desk.must("uw", desk.cancellation(policy, on));
    // 767.12 was earned, 383.56 of it each payer's; what the government will not pay of its
    // 1,400.00 returns to the budget.
    CHECK(desk.balance(AccountKind::kCustomerReceivable, policy.number) == fen(28'356));
    CHECK(desk.balance(AccountKind::kGovernmentReceivable, policy.number) == fen(38'356));
    CHECK(desk.balance(AccountKind::kSubsidyBudget, account) == yuan(10'000) - fen(38'356));
    const auto pay = [&](Payer payer, Money amount) {
      return ReceivePremium{.policy = policy, .payer = payer, .amount = amount};
    };
    const auto more = desk.decide_as("finance", pay(Payer::kCustomer, fen(28'357)));
    REQUIRE(!more.ok());
    CHECK(more.refusal().code == refusals::kAmountNotDue);
    CHECK(more.refusal().args.at(0).value == "283.56");
    if (pays) {
      desk.must("finance", pay(Payer::kCustomer, fen(28'356)));
      desk.must("finance", pay(Payer::kGovernment, fen(38'356)));
      CHECK(desk.balance(AccountKind::kCash, 0) == fen(76'712));
    } else {
      for (const Payer payer : {Payer::kCustomer, Payer::kGovernment}) {
        desk.must("finance", WriteOffPremium{policy, payer, "insolvent"});
      }
      CHECK(desk.balance(AccountKind::kPremiumWrittenOff, policy.number) == fen(66'712));
      CHECK(desk.balance(AccountKind::kSubsidyBudget, account) == yuan(10'000));
    }
    CHECK(desk.balance(AccountKind::kCustomerReceivable, policy.number).is_zero());
    CHECK(desk.balance(AccountKind::kGovernmentReceivable, policy.number).is_zero());
    check_replay(desk);
  }
}

TEST_CASE("house: an instalment counts for a loss when it came at or before the incident") {
  // The moment of the second half of the customer's premium, and what is paid of 150,000 (E22).
  const Instant occurred = claims::ningbo::incident().occurred;
  const std::pair<Instant, std::int64_t> rows[] = {{plus_minutes(occurred, -1), 150'000},
                                                   {occurred, 150'000},
                                                   {plus_minutes(occurred, 1), 75'000}};
  for (const auto& [second, payable] : rows) {
    CAPTURE(payable);
    Desk desk;
    desk.open();
    const PolicyId policy = desk.bind(desk.enterprise());
    const ReceivePremium half{.policy = policy, .payer = Payer::kCustomer, .amount = yuan(700)};
    desk.must("finance", half);
    desk.now = second;
    desk.must("finance", half);
    const ClaimId claim = desk.claim(policy);
    CHECK(find_claim(desk.house, claim)->decision.payable == yuan(payable));
  }
}

TEST_CASE("house: premium earned on any days, then any end, leaves the balances of the end alone") {
  const RandomStream random(RandomKey{.seed = 20'260'401});
  std::uint64_t draw = 0;
  const auto below = [&](std::uint64_t count) { return random.bits(draw++) % count; };
  for (int round = 0; round < 60; ++round) {
    CAPTURE(round);
    const auto days = static_cast<std::int32_t>(below(364) + 1);
    const RefundRule rule = below(2) == 0 ? RefundRule::kProRata : RefundRule::kShortRate;
    const Money paid = fen(static_cast<std::int64_t>(below(140'000)) + 1);
    const bool lapses = below(3) == 0;
    std::vector<std::int32_t> earned_on;
    for (std::uint64_t n = below(5) + 1; n > 0; --n) {
      earned_on.push_back(static_cast<std::int32_t>(below(static_cast<std::uint64_t>(days))));
    }
    std::sort(earned_on.begin(), earned_on.end());
    std::vector<ledger::AccountBalance> balances[2];
    for (const bool earns : {false, true}) {
      Desk desk;
      desk.open();
      const PolicyId policy = desk.bind(desk.enterprise());
      desk.must("finance",
                ReceivePremium{.policy = policy, .payer = Payer::kCustomer, .amount = paid});
      for (const std::int32_t day_of_run : earned_on) {
        if (!earns) break;
        desk.now = start_of_day(plus_days(day("2026-03-01"), day_of_run));
        const auto given = desk.give("finance", EarnPremium{plus_days(date_of(desk.now), -1)});
        if (given.ok()) {
          CHECK(desk.balance(AccountKind::kEarnedPremium, policy.number) ==
                -underwriting::earned_through(find_policy(desk.house, policy)->policy,
                                              plus_days(date_of(desk.now), -1)));
        }
        CHECK(desk.refused("finance", EarnPremium{plus_days(date_of(desk.now), -1)}) ==
              refusals::kAlreadyDone.name);
      }
      const Date on = plus_days(day("2026-03-01"), days);
      desk.now = start_of_day(plus_days(on, -1));
      if (lapses && paid < yuan(1'400)) {
        desk.must("uw", desk.lapse(policy, plus_days(on, -2)));
      } else {
        desk.must("uw", desk.cancellation(policy, on, rule));
      }
      balances[earns ? 1 : 0] = desk.house.ledger.balances_of(policy.number);
      check_replay(desk);
    }
    CHECK(balances[0] == balances[1]);
  }
}

TEST_CASE("house: a year that runs to its end earns all of its premium, capital covers the claim") {
  Desk desk;
  desk.open();
  desk.must("finance", PayInCapital{yuan(1'000'000)});
  const PolicyId policy = desk.policy_in_force();
  const ClaimId claim = desk.claim(policy);
  desk.must("manager", ApproveClaim{.claim = claim});
  desk.must("finance", PayClaim{.claim = claim});
  CHECK(desk.balance(AccountKind::kCash, 0) == yuan(1'000'000 + 2'800 - 150'000));
  CHECK(desk.balance(AccountKind::kPaidInCapital, 0) == -yuan(1'000'000));
  desk.now = at("2027-03-05T09:00:00+08:00");
  desk.must("finance", EarnPremium{day("2026-12-31")});
  CHECK(desk.balance(AccountKind::kEarnedPremium, policy.number) == -fen(234'740));  // 306 of 365
  desk.must("finance", EarnPremium{day("2027-03-04")});
  CHECK(desk.balance(AccountKind::kEarnedPremium, policy.number) == -yuan(2'800));
  CHECK(desk.balance(AccountKind::kUnearnedPremium, policy.number).is_zero());
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
  const std::vector<Fact> facts = find_enterprise(desk.house, enterprise)->enterprise.facts.get();
  REQUIRE(facts.size() == 2);
  CHECK(facts[0] == revenue);
  CHECK(facts[1] == staff);
  desk.must("op", ErasePersonalData{.subject = {7}, .reason = "asked for"});
  CHECK(desk.house.erased.contains(SubjectId{7}));
  const DocumentIssued schedule{
      .kind = DocumentKind::kSchedule, .number = "1", .policy = policy, .signature = Bytes(64)};
  desk.must("broker", IssueDocument{.document = schedule});
  CHECK(find_policy(desk.house, policy)->documents.size() == 1);
  const DocumentIssued offer{
      .kind = DocumentKind::kQuote, .number = "quo_1/2", .signature = Bytes(64)};
  desk.must("uw", IssueDocument{.document = offer});
  CHECK(desk.house.documents == std::vector{offer});
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
