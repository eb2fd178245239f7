// `search` for somebody who does not see all of it.
#pragma once

#include <string>
#include <vector>

#include "api/operation.h"
#include "domain/ids.h"

namespace anlan::api {

// `words`: the operation and its options. Of what is found, the newest that the actor of the
// session sees; `granted` as in Viewer. Refuses as run_operation.
Result<Reply> run_search(Session& session, const std::vector<std::string>& words,
                         const std::vector<domain::EnterpriseId>& granted);

}  // namespace anlan::api
