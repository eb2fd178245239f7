// Access: which roles may give which command. One table; the operations of api/ show it.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/party.h"
#include "house/house.h"

namespace anlan::house {

// The roles that may give the command of this name (Command's kName); empty: nobody has to be known
// (only open_house, which names its own operator).
const std::vector<domain::Role>& roles_of_command(std::string_view command_name);

bool has_role(const domain::Actor& actor, domain::Role role);

// The actor if it is appointed and has one of the command's roles; refuses kUnknownActor,
// kRoleMissing.
Result<domain::Actor> may_command(const House& house, const domain::ActorName& actor,
                                  std::string_view command_name);

}  // namespace anlan::house
