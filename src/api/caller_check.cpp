#include "api/caller_check.h"

#include "api/access_refusals.h"
#include "api/acting.h"
#include "api/http_route.h"
#include "api/refusals.h"
#include "api/visibility.h"
#include "house/access.h"
#include "house/refusals.h"
#include "platform/refusals.h"

namespace anlan::api {
namespace {

// What the credential and the actor say, without a look at the accounts.
Result<const domain::Actor*> check_credential(const house::House& house, const Operation& operation,
                                              const Caller& caller) {
  const bool writes = !operation.command.empty() || operation.writes;
  if (!reaches(caller.bearer, operation.name, writes)) {
    return Refusal{.code = refusals::kScopeMissing,
                   .path = "authorization",
                   .value = {},
                   .args = {{.name = "operation", .value = std::string(operation.name)}},
                   .at = {}};
  }
  if (caller.bearer.kind == platform::CredentialKind::kTestKey && !house.opening->sandbox)
    return Refusal{.code = platform::refusals::kCredentialUnknown, .path = "authorization"};
  const auto actor = house.actors.find(caller.actor);
  if (actor == house.actors.end())
    return Refusal{
        .code = house::refusals::kUnknownActor, .path = "as", .value = caller.actor.text};
  const Audience audience = audience_of(operation);
  if (!may_view(actor->second, audience)) {
    return Refusal{.code = house::refusals::kRoleMissing,
                   .path = "as",
                   .value = caller.actor.text,
                   .args = {{.name = "command", .value = std::string(operation.name)},
                            {.name = "roles", .value = std::string(viewers_of(audience))}},
                   .at = {}};
  }
  return &actor->second;
}

}  // namespace

Result<Done> check_caller(const platform::Accounts& accounts, const house::House& house,
                          const Operation& operation, const Caller& caller) {
  ANLAN_TRY(const domain::Actor* actor, check_credential(house, operation, caller));
  ANLAN_REQUIRE(may_act(accounts, caller.bearer.organisation, caller.house, *actor));
  return check_licence(accounts, caller.house, house, operation);
}

bool may_use(const platform::Accounts& accounts, const house::House& house,
             const Operation& operation, const Caller& caller) {
  if (!check_caller(accounts, house, operation, caller).ok()) return false;
  return operation.command.empty() ||
         house::may_command(house, caller.actor, operation.command).ok();
}

std::vector<std::string> operations_open_to(const platform::Accounts& accounts,
                                            const ServedHouses& houses, const Caller& caller) {
  std::vector<std::string> names;
  const auto served = houses.find(caller.house);
  if (served == houses.end()) return names;
  const platform::ServedHouse::Hold hold = served->second->share();
  if (served->second->broken()) return names;
  const house::House& house = served->second->house();
  const auto actor = house.actors.find(caller.actor);
  if (!house.opening || actor == house.actors.end()) return names;
  // The accounts are asked once, not for each of some two hundred operations.
  if (!may_act(accounts, caller.bearer.organisation, caller.house, actor->second).ok())
    return names;
  for (const Route& route : routes()) {
    const Operation& operation = *route.operation;
    const bool commands = !operation.command.empty();
    if (!check_credential(house, operation, caller).ok() ||
        (commands && !house::may_command(house, caller.actor, operation.command).ok()) ||
        !check_licence(accounts, caller.house, house, operation).ok())
      continue;
    names.emplace_back(operation.name);
  }
  return names;
}

}  // namespace anlan::api
