// What the first price of a server would wait for, made before anybody asks.
#pragma once

#include "api/session.h"

namespace anlan::api {

// Reads the data files of a price into the library of this session, and makes the events of the
// smallest table, which every figure begins with; both stay with whoever shares the library's
// tables. Cost: seconds, the first time. Refuses what those files refuse.
Result<Done> warm_prices(Session& session);

}  // namespace anlan::api
