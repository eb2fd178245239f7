#include "api/acting.h"

#include <algorithm>

#include "api/access_refusals.h"
#include "api/refusals.h"
#include "house/access.h"
#include "house/refusals.h"

namespace anlan::api {
bool is_same_organisation(const domain::OrganisationName& one,
                          const domain::OrganisationName& other) {
  return one == other && one.text != platform::kOwnOrganisation;
}

Refusal house_not_named(const std::string& asked, const ServedHouses& houses) {
  std::string choices;
  for (const auto& [name, house] : houses) choices += (choices.empty() ? "" : ", ") + name;
  return Refusal{.code = refusals::kHouseNotNamed,
                 .path = "house",
                 .value = asked,
                 .args = {{.name = "choices", .value = choices}},
                 .at = {}};
}

bool is_sandbox(const ServedHouses& houses, std::string_view house) {
  const auto served = houses.find(house);
  if (served == houses.end()) return false;
  const platform::ServedHouse::Hold hold = served->second->share();
  return !served->second->broken() && served->second->house().opening->sandbox;
}

Result<domain::Actor> actor_of(const ServedHouses& houses, const platform::Membership& membership) {
  const auto served = houses.find(membership.house);
  if (served == houses.end()) return house_not_named(membership.house, houses);
  const platform::ServedHouse::Hold hold = served->second->share();
  if (!served->second->broken()) {
    const auto& actors = served->second->house().actors;
    const auto found = actors.find(membership.actor);
    if (found != actors.end()) return found->second;
  }
  return Refusal{.code = house::refusals::kUnknownActor,
                 .path = "actor",
                 .value = membership.actor.text,
                 .args = {},
                 .at = {}};
}

Result<Done> may_act(const platform::Accounts& accounts,
                     const domain::OrganisationName& organisation, const std::string& house,
                     const domain::Actor& actor) {
  if (!organisation.exists()) return Done{};
  ANLAN_TRY(const platform::Organisation known, accounts.organisation(organisation));
  const bool runs =
      std::find(known.houses.begin(), known.houses.end(), house) != known.houses.end();
  const bool own = is_same_organisation(actor.organisation, organisation) ||
                   (runs && actor.organisation.text == platform::kOwnOrganisation);
  if (!own) {
    return Refusal{.code = refusals::kOtherOrganisation,
                   .path = "as",
                   .value = actor.name.text,
                   .args = {{.name = "organisation", .value = organisation.text}},
                   .at = {}};
  }
  const std::vector<domain::Role>& allowed = platform::roles_of_kind(known.kind);
  for (const domain::Role role : actor.roles) {
    if (std::find(allowed.begin(), allowed.end(), role) != allowed.end()) continue;
    return Refusal{.code = refusals::kRoleNotOfKind,
                   .path = "as",
                   .value = actor.name.text,
                   .args = {{.name = "role", .value = std::string(name_of(role))},
                            {.name = "kind", .value = std::string(name_of(known.kind))}},
                   .at = {}};
  }
  return Done{};
}

Result<Done> check_licence(const platform::Accounts& accounts, const std::string& name,
                           const house::House& house, const Operation& operation) {
  const bool needed = house::binds_or_collects(operation.command);
  if (!needed || !house.opening || house.opening->sandbox) return Done{};
  const auto runner = accounts.runner_of(name);
  const bool licensed =
      runner && runner->kind == platform::OrganisationKind::kInsurer && !runner->licence.empty();
  if (licensed) return Done{};
  return Refusal{
      .code = refusals::kHouseUnlicensed, .path = "house", .value = name, .args = {}, .at = {}};
}

}  // namespace anlan::api
