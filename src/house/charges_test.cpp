#include "house/charges.h"

#include <doctest/doctest.h>

#include "base/random.h"
#include "house/money_desk_test.h"
#include "house/refusals.h"

namespace anlan::house {
namespace {

using namespace desk;
using A = AccountKind;

struct ChargeRow {
  ChargeKind kind;
  A payable;
  A deferred;
  A result;
  int sign;  // of what is owed: 1 by the house
};
constexpr ChargeRow kRows[] = {
    {ChargeKind::kVat, A::kVatPayable, A::kVatDeferred, A::kVatOfPremium, 1},
    {ChargeKind::kCommission, A::kCommissionPayable, A::kCommissionDeferred, A::kCommissionExpense,
     1},
    {ChargeKind::kLevy, A::kLevyPayable, A::kLevyDeferred, A::kLevyExpense, 1},
    {ChargeKind::kCession, A::kReinsurerPayable, A::kCessionDeferred, A::kCededPremium, 1},
    {ChargeKind::kCedingCommission, A::kReinsurerPayable, A::kCedingCommissionDeferred,
     A::kCedingCommission, -1},
};

// What the ledger must hold, whatever happened: owed by policy on the premium kept, counted for the
// house on the premium earned, deferred the difference, each to the fen.
void check_charges(const Desk& desk) {
  std::map<A, Money> owed;
  for (const ChargeRow& row : kRows) {
    Money written = yuan(0);
    Money earned = yuan(0);
    for (const auto& [id, file] : desk.house.policies) {
      const ChargeTotal total = charges_of(desk.house, file)[std::size_t(row.kind) - 1];
      written += total.written;
      earned += total.earned;
      const Money signed_part = row.sign > 0 ? total.written : -total.written;
      owed.try_emplace(row.payable, yuan(0)).first->second += signed_part;
    }
    const auto of = [&](A account) {
      const Money balance = desk.balance(account, 0);
      return row.sign > 0 ? balance : -balance;
    };
    CHECK(of(row.result) == earned);
    CHECK(of(row.deferred) == written - earned);
  }
  for (const auto& [account, amount] : owed) {
    Money balance = yuan(0);
    for (const auto& [id, file] : desk.house.policies) balance += desk.balance(account, id.number);
    CHECK(-balance == amount);
  }
}

TEST_CASE("charges: closed forms on 2,800.00") {
  const ChargeTerms terms = rates();
  const Money gross = yuan(2'800);
  CHECK(charge_on(terms, ChargeKind::kVat, gross) == fen(15'849));         // 2,800 x 6/106
  CHECK(charge_on(terms, ChargeKind::kCommission, gross) == fen(31'698));  // 12 % of 2,641.51
  CHECK(charge_on(terms, ChargeKind::kLevy, gross) == fen(2'113));         // 0.8 %
  CHECK(charge_on(terms, ChargeKind::kCession, gross) == fen(105'660));    // 40 %
  CHECK(charge_on(terms, ChargeKind::kCedingCommission, gross) == fen(31'698));
  CHECK(charge_on(terms, ChargeKind::kVat, fen(-1)).is_zero());
}

TEST_CASE("charges: a house without rates books the premium alone, and policies keep theirs") {
  Desk desk;
  desk.open();
  const PolicyId before = desk.policy_in_force(0);
  desk.must("finance", charges());
  const PolicyId after = desk.policy_in_force(1);
  CHECK(desk.balance(A::kVatPayable, before.number).is_zero());
  CHECK(desk.balance(A::kVatPayable, after.number) == -fen(15'849));
  CHECK(desk.balance(A::kReinsurerPayable, after.number) == -fen(105'660 - 31'698));
  CHECK(desk.balance(A::kUnearnedPremium, after.number) == -yuan(2'800));  // gross as before
  check_charges(desk);
}

TEST_CASE("charges: no broker, no commission; a product's own rates come first") {
  Desk desk;
  desk.open();
  SetCharges set = charges();
  set.terms.push_back(rates());
  set.terms[1].product = {"ningbo-2023-a"};
  set.terms[1].commission = Share::from_percent(8);
  CHECK(desk.refused("finance", SetCharges{}) == "empty_list");
  desk.must("finance", set);
  set.terms.push_back(set.terms[1]);
  CHECK(desk.refused("finance", set) == refusals::kAlreadyDone.name);
  const EnterpriseId company = desk.enterprise();
  const QuoteId brokered = desk.issue(company);
  const QuoteId direct{desk.must("uw", IssueQuote{.quote = desk.quote(company)})};
  CHECK(charge_terms(desk.house, brokered)->commission == Share::from_percent(8));
  CHECK(charge_terms(desk.house, direct)->commission == Share{});
  CHECK(charge_terms(desk.house, direct)->cession == Share::from_percent(40));
  // The insured asks itself: its broker has brought it all the same.
  const QuoteId asked{desk.must("holder", IssueQuote{.quote = desk.quote(company)})};
  CHECK(charge_terms(desk.house, asked)->commission == Share::from_percent(8));
  const EnterpriseId own{
      desk.must("holder", RegisterEnterprise{.enterprise = Desk::registration(1)})};
  const QuoteId alone{desk.must("holder", IssueQuote{.quote = desk.quote(own)})};
  CHECK(charge_terms(desk.house, alone)->commission == Share{});
}

TEST_CASE("charges: a facultative cession stands in front of the quota share") {
  Desk desk;
  desk.open();
  const QuoteId quote = desk.issue(desk.enterprise());
  const CedeFacultative cede{{.quote = quote,
                              .reinsurer = {"re-one"},
                              .share = Share::from_percent(50),
                              .ceding_commission = Share::from_percent(20),
                              .reference = "slip 7"}};
  desk.must("uw", cede);
  CHECK(charge_terms(desk.house, quote)->cession == Share::from_percent(50));
  desk.must("finance", charges());
  const ChargeTerms both = *charge_terms(desk.house, quote);
  CHECK(both.cession == Share::from_percent(70));             // 50 % and 40 % of the rest
  CHECK(both.ceding_commission == Share::from_ppm(228'571));  // (50 x 20 + 20 x 30) / 70
  CedeFacultative bad = cede;
  bad.cession.share = Share{};
  CHECK(desk.refused("uw", bad) == "out_of_range");
  bad = cede;
  bad.cession.reference.clear();
  CHECK(desk.refused("uw", bad) == "empty_text");
  bad = cede;
  bad.cession.reinsurer = {};
  CHECK(desk.refused("uw", bad) == "empty_text");
  desk.must("broker", desk.explanation(quote));
  desk.must("uw", BindPolicy{quote});
  CHECK(desk.refused("uw", cede) == refusals::kAlreadyDone.name);
  check_charges(desk);
}

TEST_CASE("charges: a refund takes the commission back, and nothing is left deferred") {
  Desk desk;
  desk.open();
  desk.must("finance", charges());
  const PolicyId policy = desk.policy_in_force();
  desk.now = at("2026-06-08T09:00:00+08:00");
  desk.must("uw", desk.cancellation(policy, day("2026-06-09")));  // 100 days, 767.12 earned
  const Money commission = charge_on(rates(), ChargeKind::kCommission, fen(76'712));
  CHECK(desk.balance(A::kCommissionPayable, policy.number) == -commission);
  CHECK(desk.balance(A::kCommissionExpense, 0) == commission);
  for (const ChargeRow& row : kRows) CHECK(desk.balance(row.deferred, 0).is_zero());
  check_charges(desk);
}

// Numbers that look like chance and are the same on every run.
class Steps {
 public:
  explicit Steps(std::uint64_t seed) : stream_({.seed = seed}) {}
  std::uint64_t next() { return stream_.bits(draw_++); }

 private:
  RandomStream stream_;
  std::uint64_t draw_ = 0;
};

// What may happen to a policy, tried in any order; what is refused changes nothing.
void one_step(Desk& desk, Steps& random, PolicyId policy) {
  const PolicyFile& file = *find_policy(desk.house, policy);
  const Date today = date_of(desk.now);
  const auto part = [&](Money of) {
    return Money::from_minor(1 + std::int64_t(random.next() % std::uint64_t(of.minor())),
                             Currency::kCny);
  };
  switch (random.next() % 7) {
    case 0:
      if (owed_by(file, Payer::kCustomer).minor() > 0)
        (void)desk.give("finance", ReceivePremium{policy, Payer::kCustomer,
                                                  part(owed_by(file, Payer::kCustomer))});
      return;
    case 1:
      (void)desk.give("office", DecideSubsidy{policy, random.next() % 2 == 0, "region"});
      return;
    case 2:
    case 3:
      (void)desk.give("finance", EarnPremium{plus_days(today, -1)});
      return;
    case 4:
      if (random.next() % 8 == 0 && !refund_of(file) && plus_days(today, 1) < day("2027-03-01"))
        (void)desk.give("uw", desk.cancellation(policy, plus_days(today, 1)));
      return;
    case 5:
      (void)desk.give("finance", WriteOffPremium{policy, Payer::kCustomer, "lost"});
      return;
    default:
      if (!refund_of(file)) (void)desk.give("finance", desk.lapse(policy, day("2026-03-10")));
  }
}

TEST_CASE("charges: after any 40 steps of three policies the books hold every charge to the fen") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    Steps random(seed);
    Desk desk;
    desk.open();
    desk.must("finance", charges());
    desk.budget(yuan(3'000));
    std::vector<PolicyId> policies;
    for (std::size_t n = 0; n < 3; ++n) policies.push_back(desk.bind(desk.enterprise(n)));
    for (int step = 0; step < 40; ++step) {
      desk.now = plus_minutes(desk.now, std::int64_t(random.next() % (20 * 24 * 60)));
      one_step(desk, random, policies[random.next() % policies.size()]);
    }
    check_charges(desk);
    const auto replayed = replay(desk.journal);
    REQUIRE(replayed.ok());
    CHECK(*replayed == desk.house);
  }
}

}  // namespace
}  // namespace anlan::house
