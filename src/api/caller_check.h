// Whether whoever asks over HTTP may use an operation at all, before anything is looked at: its
// credential, the roles of its actor, the kind of its organisation, the licence of the house.
#pragma once

#include <string>
#include <vector>

#include "api/caller.h"
#include "api/operation.h"
#include "house/house.h"

namespace anlan::api {

// Of a house that is open. Refuses kScopeMissing (args operation), kCredentialUnknown (a test key
// at a house of real money), kUnknownActor, kRoleMissing (args command, roles) of a view, and as
// may_act and check_licence. Whether a command may be given is house::may_command's question.
Result<Done> check_caller(const platform::Accounts& accounts, const house::House& house,
                          const Operation& operation, const Caller& caller);

// By the same checks that a call will meet, the roles of a command included.
bool may_use(const platform::Accounts& accounts, const house::House& house,
             const Operation& operation, const Caller& caller);

// Names of the operations offered over HTTP that the caller may use in its house, in the order of
// the table. None where the house cannot be read.
std::vector<std::string> operations_open_to(const platform::Accounts& accounts,
                                            const ServedHouses& houses, const Caller& caller);

}  // namespace anlan::api
