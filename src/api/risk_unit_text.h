// The sentence about a risk that is more than a tenth of the house's own means, where the house
// only warns of it (Insurance Law art 103).
#pragma once

#include "api/operation.h"
#include "api/session.h"
#include "house/house.h"

namespace anlan::api {

// Adds the warning to text and JSON ("risk_unit"); nothing where the risk is within the tenth, or
// no capital is on record.
void warn_of_risk_unit(Session& session, const house::House& house, const house::PolicyFile& file,
                       Reply& reply);

}  // namespace anlan::api
