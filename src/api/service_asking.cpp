// An account for whoever wants to buy: asked for without one.
//
// A house opens this by appointing the actor `account-desk` with the role of operator. In a sandbox
// the invitation is the answer: its owner chooses a password and comes in as a policyholder of an
// organisation of its own, so that it sees what it registers itself and nothing else. In a house of
// real money, or beside one on the same server, a person appoints the policyholder, lets the
// account act as it and invites its owner: who asks proves nothing yet.
#include <algorithm>
#include <optional>

#include "api/access_refusals.h"
#include "api/account_routes.h"
#include "api/acting.h"
#include "base/refusals.h"
#include "base/to_node.h"
#include "house/access.h"
#include "house/command.h"
#include "platform/environment.h"

namespace anlan::api {
namespace {

constexpr std::string_view kDesk = "account-desk";
constexpr std::size_t kNameRandom = 16;  // hexadecimal digits: 64 bits

// The house that takes requests; of several the first by name. Nothing: none does.
struct Desk {
  std::string house;
  platform::ServedHouse* served = nullptr;
  bool sandbox = false;
  Currency currency = Currency::kCny;
};
std::optional<Desk> desk_of(const ServedHouses& houses, const std::string& wanted) {
  for (const auto& [name, served] : houses) {
    if (!wanted.empty() && name != wanted) continue;
    const platform::ServedHouse::Hold hold = served->share();
    if (served->broken()) continue;
    const house::House& house = served->house();
    const auto desk = house.actors.find(domain::ActorName{std::string(kDesk)});
    if (desk == house.actors.end() || !house::has_role(desk->second, domain::Role::kOperator))
      continue;
    return Desk{.house = name,
                .served = served,
                .sandbox = house.opening->sandbox,
                .currency = house.currency()};
  }
  return {};
}

// Recorded under a key of its name, which is never given twice, also when accounts begin anew.
Result<platform::Membership> appoint_policyholder(const Desk& desk) {
  const std::string name =
      std::string(kAskedActor) + platform::random_command_key().substr(0, kNameRandom);
  const domain::Actor actor{.name = {name},
                            .organisation = {name},
                            .roles = {domain::Role::kPolicyholder},
                            .authority = Money::zero(desk.currency)};
  ANLAN_REQUIRE(desk.served->submit({.actor = {std::string(kDesk)},
                                     .key = "account/" + name,
                                     .command = house::AppointActor{.actor = actor}}));
  return platform::Membership{.house = desk.house, .actor = actor.name};
}

// Accounts are those of the server: beside a house of real money nobody takes a login by asking.
bool only_sandboxes(const ServedHouses& houses) {
  return std::all_of(houses.begin(), houses.end(),
                     [&](const auto& each) { return is_sandbox(houses, each.first); });
}

Result<Node> ask(AccountCall& call) {
  NodeReader& body = call.body;
  const std::string company = body.text("company");
  const std::string wanted = body.text_or("house", "");
  platform::NewInvitation invitation;
  invitation.login = body.text("login");
  invitation.display_name = body.text("display_name") + ", " + company;
  if (company.empty())
    return Refusal{.code = anlan::refusals::kEmptyText, .path = "company", .value = {}};
  const std::optional<Desk> desk = desk_of(call.houses, wanted);
  if (!desk) return Refusal{.code = refusals::kAskingClosed, .path = "house", .value = wanted};
  ANLAN_TRY(const platform::Invited invited, call.accounts.invite(invitation));
  const bool at_once = desk->sandbox && only_sandboxes(call.houses);
  if (at_once) {
    ANLAN_TRY(const platform::Membership membership, appoint_policyholder(*desk));
    ANLAN_REQUIRE(call.accounts.add_membership(invited.account.id, membership));
  }
  Node node = Node::table();
  node.add("login", Node::string(invited.account.login));
  node.add("house", Node::string(desk->house));
  node.add("sandbox", Node::boolean(desk->sandbox));
  node.add("invitation", at_once ? Node::string(invited.token) : Node::null());
  node.add("until", to_node(invited.account.invited_until));
  return node;
}

}  // namespace

std::vector<AccountRoute> asking_routes() {
  return {
      {.method = HttpMethod::kPost,
       .path = kAskPath,
       .caller = AccountCaller::kAnybody,
       .zh = "申请投保人账号：沙箱直接给出邀请码，真实机构由其人员办理",
       .en = "ask for an account of a policyholder: a sandbox answers with the invitation, a house "
             "of real money has a person see to it",
       .fields = {{"login", "电子邮箱或手机号，用于登录", "e-mail or phone, to sign in with", true},
                  {"display_name", "姓名", "the name", true},
                  {"company", "企业", "the company", true},
                  {"house", "机构，缺省为受理申请的那一家",
                   "the house; default: the one that takes requests"}},
       .run = ask},
  };
}

}  // namespace anlan::api
