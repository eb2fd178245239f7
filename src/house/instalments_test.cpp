#include "house/instalments.h"

#include <doctest/doctest.h>

#include "house/endorse_desk_test.h"
#include "house/money_desk_test.h"
#include "house/refusals.h"
#include "underwriting/refusals.h"

namespace anlan::house {
namespace {

using namespace desk;

Desk opened() {
  Desk desk;
  desk.open();
  return desk;
}

// Bound, half subsidised, in four quarters; nothing is paid.
PolicyId in_quarters(Desk& desk) {
  const PolicyId policy = desk.bind(desk.enterprise());
  desk.budget(yuan(10'000));
  desk.must("office", DecideSubsidy{policy, true, ""});
  desk.must("finance", quarters(policy));
  return policy;
}

void pay(Desk& desk, PolicyId policy, Money amount) {
  desk.must("finance", ReceivePremium{policy, Payer::kCustomer, amount});
}

const PolicyFile& file_of(const Desk& desk, PolicyId policy) {
  return *find_policy(desk.house, policy);
}

TEST_CASE("refusals 7121 plan_sum, 7122 plan_dates: a plan is the customer's part on rising days") {
  Desk desk = opened();
  const PolicyId policy = desk.bind(desk.enterprise());
  const auto changed = [&](auto change) {
    AgreeInstalments plan = quarters(policy);
    change(plan.instalments);
    return desk.refused("finance", plan);
  };
  using Plan = std::vector<Instalment>;
  CHECK(changed([](Plan& p) { p[3].amount -= fen(1); }) == refusals::kPlanSum.name);
  CHECK(changed([](Plan& p) { p[3].amount += fen(1); }) == refusals::kPlanSum.name);
  CHECK(changed([](Plan& p) { p[1].due = p[0].due; }) == refusals::kPlanDates.name);
  CHECK(changed([](Plan& p) { p[0].due = day("2026-02-22"); }) == refusals::kPlanDates.name);
  CHECK(changed([](Plan& p) { p[3].due = day("2027-03-01"); }) == refusals::kPlanDates.name);
  CHECK(changed([](Plan& p) { p[0].amount = fen(0); }) == "out_of_range");
  CHECK(changed([](Plan& p) { p[0].amount = fen(-1); }) == "money_negative");
  CHECK(changed([](Plan& p) { p.clear(); }) == "empty_list");
  desk.must("uw", quarters(policy));
  desk.must("finance", invoicing(policy));
  CHECK(desk.refused("finance", quarters(policy)) == refusals::kAlreadyDone.name);
}

TEST_CASE("instalments: a policy is in force while what fell due is paid") {
  Desk desk = opened();
  const PolicyId policy = in_quarters(desk);
  const auto state = [&](std::string_view when) {
    return policy_state(file_of(desk, policy), at(when));
  };
  CHECK(state("2026-03-10T12:00:00+08:00") == PolicyState::kInForce);  // its last day is in time
  CHECK(state("2026-03-11T12:00:00+08:00") == PolicyState::kBound);
  pay(desk, policy, yuan(350));
  CHECK(state("2026-03-11T12:00:00+08:00") == PolicyState::kInForce);
  CHECK(state("2026-06-11T12:00:00+08:00") == PolicyState::kBound);
}

TEST_CASE("invoices: their numbers count, and their VAT sums to that of the whole part") {
  Desk desk = opened();
  const PolicyId policy = in_quarters(desk);
  desk.must("finance", invoicing(policy));
  CHECK(file_of(desk, policy).money.invoices.size() == 1);  // the next one, whatever its day
  desk.must("finance", invoicing(policy, "2026-12-10"));
  const std::vector<Invoice>& all = file_of(desk, policy).money.invoices;
  REQUIRE(all.size() == 4);
  const std::string number = file_of(desk, policy).policy.number;
  Money vat = yuan(0);
  for (std::size_t n = 0; n < all.size(); ++n) {
    CHECK(all[n].number == number + "-" + std::to_string(n + 1));
    CHECK(all[n].amount == yuan(350));
    vat += all[n].vat;
  }
  CHECK(all[0].vat == fen(1'981));  // 350 x 6/106
  CHECK(vat == fen(7'925));         // 1,400 x 6/106 = 79.245: no fen is lost over the four
  CHECK(desk.refused("finance", invoicing(policy)) == refusals::kAlreadyDone.name);
}

TEST_CASE("invoices: without a plan one of all that is owed, and one more for a refused subsidy") {
  Desk desk = opened();
  const PolicyId policy = desk.bind(desk.enterprise());
  desk.must("finance", invoicing(policy));
  desk.must("office", DecideSubsidy{policy, false, "budget_used_up"});
  desk.must("finance", invoicing(policy));
  const auto& all = file_of(desk, policy).money.invoices;
  REQUIRE(all.size() == 2);
  CHECK(all[0].amount == yuan(1'400));
  CHECK(all[1].amount == yuan(1'400));
}

TEST_CASE("invoices: a receipt pays the oldest first, a waiver takes the newest") {
  Desk desk = opened();
  const PolicyId policy = in_quarters(desk);
  desk.must("finance", invoicing(policy, "2026-12-10"));
  pay(desk, policy, yuan(500));
  auto states = invoice_states(file_of(desk, policy));
  CHECK(states[0].open.is_zero());
  CHECK(states[1].paid == yuan(150));
  CHECK(states[1].open == yuan(200));
  CHECK(states[3].open == yuan(350));
  desk.now = at("2026-09-20T09:00:00+08:00");
  desk.must("uw", desk.cancellation(policy, day("2026-09-21")));
  states = invoice_states(file_of(desk, policy));
  Money open = yuan(0);
  for (const InvoiceState& state : states) open += state.open;
  CHECK(open == owed_by(file_of(desk, policy), Payer::kCustomer));
  CHECK(states[1].open == yuan(200));
  CHECK(states[3].open.is_zero());
}

TEST_CASE("dunning: one step after the other, each on its day, and none for what is paid") {
  Desk desk = opened();
  const PolicyId policy = in_quarters(desk);
  desk.must("finance", invoicing(policy, "2026-06-10"));
  const auto steps = [&](std::string_view on) {
    std::vector<DunningStep> found;
    for (const DunningLine& line : dunning_lines(desk.house, day(on), kDunning))
      found.push_back(line.step);
    return found;
  };
  using S = DunningStep;
  CHECK(steps("2026-03-12").empty());
  CHECK(steps("2026-03-13") == std::vector<S>{S::kFirstReminder});
  desk.now = at("2026-04-30T09:00:00+08:00");
  const SendDunning send{.as_of = day("2026-04-30"), .days = kDunning};
  CHECK(desk.refused("finance", SendDunning{day("2026-05-01"), kDunning}) ==
        refusals::kDayNotOver.name);
  CHECK(desk.refused("finance", SendDunning{day("2026-04-30"), {-1, 0, 0}}) == "out_of_range");
  desk.must("finance", send);  // late, and still the first; one letter a run
  CHECK(steps("2026-04-30").empty());
  CHECK(desk.refused("finance", send) == refusals::kAlreadyDone.name);
  CHECK(steps("2026-05-06").empty());
  CHECK(steps("2026-05-07") == std::vector<S>{S::kSecondReminder});  // 10 - 3 days later
  for (const auto& [on, next] :
       {std::pair{"2026-05-07", "2026-05-16"}, {"2026-05-17", "2026-05-17"}}) {
    desk.now = plus_minutes(start_of_day(day(on)), 9 * 60);
    desk.must("finance", SendDunning{.as_of = day(on), .days = kDunning});
    CHECK(steps(next).empty());
  }
  CHECK(steps("2026-06-13") == std::vector<S>{S::kFirstReminder});  // of the second invoice
  pay(desk, policy, yuan(700));
  CHECK(steps("2026-08-13").empty());
}

TEST_CASE("debts: by their age, and their sum is what is owed") {
  Desk desk = opened();
  const PolicyId policy = in_quarters(desk);
  desk.must("finance", invoicing(policy, "2026-09-10"));
  const Debts debts = debts_of(file_of(desk, policy), day("2026-07-11"));
  CHECK(debts.not_due == yuan(350));
  CHECK(debts.days_60 == yuan(350));  // 31 days
  CHECK(debts.older == yuan(350));    // 123 days
  CHECK(debts.not_invoiced == yuan(350));
  CHECK(debts.government == yuan(1'400));
  CHECK(debts.sum() == yuan(2'800));
  CHECK(debts.days_30 + debts.days_90 == yuan(0));
}

TEST_CASE("a claim is paid in the proportion of what had fallen due by the plan") {
  Desk desk = opened();
  const PolicyId policy = in_quarters(desk);
  const terms::Wording wording = claims::ningbo::wording();
  const auto share = [&](std::string_view when) {
    return premium_share(file_of(desk, policy), wording, at(when), day("2026-03-10"));
  };
  CHECK(share("2026-06-11T00:00:00+08:00") == 10'000);  // nothing paid is no proportion
  desk.now = at("2026-03-09T09:00:00+08:00");
  pay(desk, policy, yuan(350));
  CHECK(share("2026-06-10T23:00:00+08:00") == 10'000);  // in time on the last day
  CHECK(share("2026-06-11T00:00:00+08:00") == 5'000);
  CHECK(share("2026-09-11T00:00:00+08:00") == 3'333);
  pay(desk, policy, yuan(700));
  CHECK(share("2026-09-11T00:00:00+08:00") == 10'000);
  CHECK(share("2026-12-11T00:00:00+08:00") == 7'500);
}

TEST_CASE("a plan agreed after the loss heals nothing that was overdue at it") {
  Desk desk = opened();
  const PolicyId policy = desk.bind(desk.enterprise());
  pay(desk, policy, yuan(700));
  const terms::Wording wording = claims::ningbo::wording();
  const Instant loss = at("2026-03-12T09:00:00+08:00");
  const auto share = [&] {
    return premium_share(file_of(desk, policy), wording, loss, day("2026-03-10"));
  };
  CHECK(share() == 5'000);
  desk.now = at("2026-03-20T09:00:00+08:00");
  AgreeInstalments late = quarters(policy);
  late.instalments[0].due = day("2026-03-25");
  desk.must("finance", late);
  CHECK(share() == 5'000);
  CHECK(policy_state(file_of(desk, policy), at("2026-03-20T12:00:00+08:00")) ==
        PolicyState::kInForce);
}

TEST_CASE(
    "instalments: an endorsement that adds is due in its own days, one that takes away frees") {
  Desk desk = opened();
  const PolicyId policy = in_quarters(desk);
  pay(desk, policy, yuan(350));
  const Date last = day("2026-03-10");  // 15 days after the bind on 23 February
  desk.now = at("2026-04-01T09:00:00+08:00");
  Endorsement dearer = factor_change(day("2026-04-01"), 1'200'000);
  desk.must("uw", EndorsePolicy{policy, dearer});
  const Money added = file_of(desk, policy).customer_due - yuan(1'400);
  CHECK(added.minor() > 0);
  const auto fallen = [&](std::string_view when) {
    return fallen_due(file_of(desk, policy), at(when), last);
  };
  CHECK(fallen("2026-04-16T12:00:00+08:00") == yuan(350));  // the last day in time
  CHECK(fallen("2026-04-17T00:00:00+08:00") == yuan(350) + added);
  CHECK(added_premium_due(file_of(desk, policy), last) == day("2026-04-16"));
  CHECK(policy_state(file_of(desk, policy), at("2026-04-02T00:00:00+08:00")) ==
        PolicyState::kInForce);
  desk.must("uw", VoidEndorsement{policy, 1, "mistake"});
  desk.must("uw", EndorsePolicy{policy, change(EndorsementKind::kSuspend, day("2026-04-02"))});
  CHECK(fallen("2026-12-11T00:00:00+08:00") == file_of(desk, policy).customer_due);
  CHECK(file_of(desk, policy).customer_due < yuan(350));
}

TEST_CASE("invoices: what is taken away after it was invoiced is credited, with its VAT") {
  Desk desk = opened();
  const PolicyId policy = desk.bind(desk.enterprise());
  desk.must("finance", invoicing(policy));
  desk.now = at("2026-06-08T09:00:00+08:00");
  desk.must("uw", desk.cancellation(policy, day("2026-06-09")));
  desk.must("finance", invoicing(policy));
  const auto& all = file_of(desk, policy).money.invoices;
  REQUIRE(all.size() == 2);
  CHECK(all[1].amount == fen(-101'644));         // E21
  CHECK(all[0].vat + all[1].vat == fen(2'171));  // 383.56 x 6 / 106
  CHECK(desk.refused("finance", invoicing(policy)) == refusals::kAlreadyDone.name);
  const auto states = invoice_states(file_of(desk, policy));
  CHECK(states[0].open == fen(38'356));
  CHECK(states[1].open.is_zero());
  const auto again = replay(desk.journal);
  REQUIRE(again.ok());
  CHECK(*again == desk.house);
}

TEST_CASE("a refused subsidy joins what is due once the product's last day has passed") {
  Desk desk = opened();
  const PolicyId policy = desk.bind(desk.enterprise());
  desk.must("finance", quarters(policy));
  desk.must("office", DecideSubsidy{policy, false, "region"});
  const PolicyFile& file = file_of(desk, policy);
  const Date last = day("2026-03-20");
  CHECK(fallen_due(file, at("2026-03-15T09:00:00+08:00"), last) == yuan(350));
  CHECK(fallen_due(file, at("2026-03-21T09:00:00+08:00"), last) == yuan(1'750));
  CHECK(fallen_due(file, at("2026-12-11T09:00:00+08:00"), last) == yuan(2'800));
}

TEST_CASE("lapse: a plan that is kept is no default, whatever the product's last day") {
  Desk desk = opened();
  const PolicyId policy = in_quarters(desk);
  pay(desk, policy, yuan(350));
  desk.now = at("2026-06-10T09:00:00+08:00");
  CHECK(desk.refused("finance", desk.lapse(policy, day("2026-03-10"))) ==
        underwriting::refusals::kPremiumNotOverdue.name);
  desk.now = at("2026-06-11T09:00:00+08:00");
  CHECK(unpaid_since(file_of(desk, policy), day("2026-03-10")) == day("2026-06-10"));
  desk.must("finance", desk.lapse(policy, day("2026-03-10")));
}

}  // namespace
}  // namespace anlan::house
