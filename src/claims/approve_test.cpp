#include "claims/approve.h"

#include <doctest/doctest.h>

#include "claims/refusals.h"

using namespace anlan;
using namespace anlan::claims;
using domain::Actor;
using domain::Role;

namespace {

Money yuan(std::int64_t whole) { return Money::from_minor(whole * 100, Currency::kCny); }

Actor actor(std::string name, std::vector<Role> roles, Money authority) {
  return {.name = {std::move(name)}, .roles = std::move(roles), .authority = authority};
}

const ClaimPeople kPeople{.reporters = {{"sun.broker"}},
                          .staters = {{"sun.broker"}, {"he.claims"}},
                          .adjudicator = {"wang.claims"}};

std::string refused(const Result<Done>& result) {
  return result.ok() ? "" : std::string(result.refusal().code.name);
}

}  // namespace

TEST_CASE("approve: four eyes above authority, by a claims manager whose authority suffices") {
  const Actor manager = actor("li.manager", {Role::kClaimsManager}, yuan(200'000));
  struct Row {
    std::string_view what;
    Actor approver;
    FourEyes rule;
    Money payable;
    std::string_view refusal;
  };
  const Actor handler = actor("wang.claims", {Role::kClaimsHandler}, yuan(50'000));
  const Actor adjudicating_manager = actor("wang.claims", {Role::kClaimsManager}, yuan(500'000));
  const std::vector<Row> rows{
      {"a manager with authority", manager, FourEyes::kAboveAuthority, yuan(150'000), ""},
      {"a manager at the very authority", manager, FourEyes::kAlways, yuan(200'000), ""},
      {"the amount above the manager's authority", manager, FourEyes::kAboveAuthority,
       yuan(200'001), "approver_authority"},
      {"the adjudicator within the own authority", handler, FourEyes::kAboveAuthority, yuan(50'000),
       ""},
      {"the adjudicator above the own authority", handler, FourEyes::kAboveAuthority, yuan(50'001),
       "approver_is_adjudicator"},
      {"the adjudicator where the house always asks for two", handler, FourEyes::kAlways, yuan(1),
       "approver_is_adjudicator"},
      {"a manager who adjudicated, within authority", adjudicating_manager,
       FourEyes::kAboveAuthority, yuan(150'000), ""},
      {"another handler", actor("zhao.claims", {Role::kClaimsHandler}, yuan(900'000)),
       FourEyes::kAboveAuthority, yuan(10), "approver_role"},
      {"finance", actor("qian.finance", {Role::kFinance}, yuan(900'000)), FourEyes::kAboveAuthority,
       yuan(10), "approver_role"},
      {"an authority in another currency",
       actor("li.manager", {Role::kClaimsManager}, Money::from_minor(kAmountMax, Currency::kUsd)),
       FourEyes::kAboveAuthority, yuan(10), "approver_authority"},
      {"whoever reported the incident, whatever the authority",
       actor("sun.broker", {Role::kClaimsManager}, yuan(9'000'000)), FourEyes::kAboveAuthority,
       yuan(10), "approver_involved"},
      {"whoever stated the loss", actor("he.claims", {Role::kClaimsManager}, yuan(9'000'000)),
       FourEyes::kAboveAuthority, yuan(10), "approver_involved"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(refused(may_approve(row.payable, kPeople, row.approver, row.rule)) == row.refusal);
  }
}

TEST_CASE("approve: a refusal carries the amount and the authority") {
  const auto refusal = may_approve(yuan(150'000), kPeople,
                                   actor("li.manager", {Role::kClaimsManager}, yuan(100'000)))
                           .refusal();
  CHECK(refusal.code == claims::refusals::kApproverAuthority);
  CHECK(refusal.value == "li.manager");
  CHECK(refusal.args == std::vector<RefusalArg>{{.name = "payable", .value = "150,000.00"},
                                                {.name = "authority", .value = "100,000.00"},
                                                {.name = "currency", .value = "CNY"}});
}

TEST_CASE("approve: finance pays, and never somebody who adjudicated or approved") {
  const domain::ActorName wang{"wang.claims"};
  const domain::ActorName li{"li.manager"};
  CHECK(may_pay(wang, li, actor("qian.finance", {Role::kFinance}, yuan(0))).ok());
  CHECK(refused(may_pay(wang, li, actor("zhao.claims", {Role::kClaimsManager}, yuan(0)))) ==
        "payer_role");
  CHECK(refused(may_pay(wang, li, actor("li.manager", {Role::kFinance}, yuan(0)))) ==
        "payer_decided");
  CHECK(refused(may_pay(wang, li, actor("wang.claims", {Role::kFinance}, yuan(0)))) ==
        "payer_decided");
}

TEST_CASE("approve: refusal 6026 approver_involved names the part that the approver had") {
  const auto part = [](std::string name) {
    const auto result =
        may_approve(yuan(1), kPeople, actor(std::move(name), {Role::kClaimsManager}, yuan(100)));
    return result.refusal().args[0].value;
  };
  CHECK(part("he.claims") == "stated");
  ClaimPeople people = kPeople;
  people.staters.clear();
  const auto reported =
      may_approve(yuan(1), people, actor("sun.broker", {Role::kClaimsManager}, yuan(100)));
  CHECK(reported.refusal().code == claims::refusals::kApproverInvolved);
  CHECK(reported.refusal().args[0].value == "reported");
}

TEST_CASE("approve: an override takes a second person with authority over the full stated loss") {
  domain::ClaimDecision decision;
  decision.payable = yuan(1'000);
  decision.heads = {{.stated = yuan(30'000), .quantified = yuan(20'000)},
                    {.stated = yuan(5'000), .quantified = yuan(5'000)}};
  CHECK(amount_at_stake(decision, yuan(700)) == yuan(1'000));
  CHECK(rule_for(decision, false, FourEyes::kAboveAuthority) == FourEyes::kAboveAuthority);
  CHECK(rule_for(decision, true, FourEyes::kAboveAuthority) == FourEyes::kAlways);
  decision.overridden = {"3.6"};
  CHECK(amount_at_stake(decision, yuan(700)) == yuan(35'700));
  CHECK(rule_for(decision, false, FourEyes::kAboveAuthority) == FourEyes::kAlways);
  decision.overridden.clear();
  decision.outcome = domain::ClaimOutcome::kDenied;
  CHECK(rule_for(decision, false, FourEyes::kAboveAuthority) == FourEyes::kAlways);
}
