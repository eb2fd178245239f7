// Access: which roles may give which command. One table; the operations of api/ show it.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "domain/party.h"
#include "house/house.h"

namespace anlan::house {

// The roles that may give the command of this name (Command's kName); empty: nobody has to be known
// (only open_house, which names its own operator).
const std::vector<domain::Role>& roles_of_command(std::string_view command_name);

// The first two of these roles that do not go together in one person; none when all do. The table
// stands in access.cpp, each pair with its source.
std::optional<std::pair<domain::Role, domain::Role>> first_roles_apart(
    const std::vector<domain::Role>& roles);

bool has_role(const domain::Actor& actor, domain::Role role);

// The actor if it is appointed and has one of the command's roles; refuses kUnknownActor,
// kRoleMissing.
Result<domain::Actor> may_command(const House& house, const domain::ActorName& actor,
                                  std::string_view command_name);

}  // namespace anlan::house
