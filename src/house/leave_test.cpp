// A policyholder leaves at any time (Insurance Law art 15), and has the papers of its policy.
#include <doctest/doctest.h>

#include "house/desk_test.h"
#include "house/refusals.h"
#include "underwriting/cancel.h"
#include "underwriting/refusals.h"

namespace anlan::house {
namespace {

using namespace desk;

TEST_CASE("leave: a policyholder cancels by its own wish, and on no other ground") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force(1);
  CancelPolicy command = desk.cancellation(policy, plus_days(date_of(desk.now), 30));
  for (const std::string& ground : {std::string("after_incident"), std::string("danger_increased"),
                                    std::string("a reason of its own")}) {
    CAPTURE(ground);
    command.reason = ground;
    CHECK(desk.refused("holder", command) == underwriting::refusals::kCancelGround.name);
  }
  command.reason = name_of(underwriting::CancelGround::kInsuredWish);
  CancelPolicy today = command;
  today.on = date_of(desk.now);
  CHECK(desk.refused("holder", today) == "out_of_range");
  CancelPolicy more = command;
  more.refund.to_customer += Money::from_minor(1, Currency::kCny);
  CHECK(desk.refused("holder", more) == refusals::kRefundChanged.name);
  CHECK(desk.refused("broker", command) == refusals::kRoleMissing.name);
  desk.must("holder", command);
  CHECK(find_policy(desk.house, policy)->cancelled->on == command.on);
}

TEST_CASE("leave: a policyholder has the papers of its policy and of its claims") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force(1);
  for (const auto kind : {domain::DocumentKind::kPolicy, domain::DocumentKind::kDecision}) {
    IssueDocument command{.document = {.kind = kind, .number = "1", .policy = policy}};
    command.document.signature = Bytes(64);
    desk.must("holder", command);
  }
}

}  // namespace
}  // namespace anlan::house
