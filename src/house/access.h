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

// Commands that bind the insurer or take premium.
bool binds_or_collects(std::string_view command_name);

// Whether the house may bind and collect on this day: it is a sandbox, or the licence on record
// that began last, of several the one recorded last, has not ended. Refuses kNoLicence.
Result<Done> check_licensed(const House& house, Date day);

// Whether the organisation was appointed to the incident, or to the one that it is a part of.
bool is_adjuster_of(const House& house, const IncidentFile& file,
                    const domain::OrganisationName& organisation);

// Whether a share of the quoted risk was ceded to the organisation, beside the quota share.
bool is_reinsurer_of(const House& house, domain::QuoteId quote,
                     const domain::OrganisationName& organisation);

}  // namespace anlan::house
