// As whom an account may act in a house, beyond what the house itself says: within the kind of its
// organisation, and where a house binds and collects, under a licence on record.
#pragma once

#include <string>

#include "api/account_routes.h"
#include "api/operation.h"
#include "domain/party.h"
#include "house/house.h"
#include "platform/accounts.h"

namespace anlan::api {

// Whether both are this organisation: what stands for the people of a house itself is none.
bool is_same_organisation(const domain::OrganisationName& one,
                          const domain::OrganisationName& other);

// The actor of a served house. Refuses kHouseNotNamed (args choices), kUnknownActor.
Result<domain::Actor> actor_of(const ServedHouses& houses, const platform::Membership& membership);
bool is_sandbox(const ServedHouses& houses, std::string_view house);
Refusal house_not_named(const std::string& asked, const ServedHouses& houses);

// Whether people of this organisation may act as this actor of this house: the actor belongs to the
// organisation, or to the house that it runs, and all its roles are of its kind. An account of no
// organisation may act as anybody that it was given. Refuses kOrganisationMissing,
// kOtherOrganisation (args organisation), kRoleNotOfKind (args role, kind).
Result<Done> may_act(const platform::Accounts& accounts,
                     const domain::OrganisationName& organisation, const std::string& house,
                     const domain::Actor& actor);

// What binds cover or collects premium in a house that is no sandbox needs an insurer that runs it
// and has a licence on record (Insurance Law of the PRC, art 6 and 67). Refuses kHouseUnlicensed.
Result<Done> check_licence(const platform::Accounts& accounts, const std::string& name,
                           const house::House& house, const Operation& operation);

}  // namespace anlan::api
