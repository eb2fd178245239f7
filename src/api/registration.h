// Registration of a company, whatever the form in which its record came.
#pragma once

#include <string>

#include "api/operation.h"
#include "api/session.h"
#include "domain/enterprise_input.h"

namespace anlan::api {

// Without id and contact.
domain::Enterprise unregistered(const domain::EnterpriseInput& input);

// The contact person goes to the vault; the event carries the reference only. The subject belongs
// to the command's key, so that a repeated command refers to the same person. Nothing is stored
// where there is no name.
Result<domain::PersonalRef> store_contact(Session& session, const domain::Contact& contact,
                                          const std::string& credit_code, const std::string& key);

// Registers it as the session's actor and key, and says which facts are still missing. Refuses what
// the house refuses; nothing of a person is stored then.
Result<Reply> register_input(Session& session, const domain::EnterpriseInput& input);

}  // namespace anlan::api
