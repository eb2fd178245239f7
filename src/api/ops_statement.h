// Operation `premium statement`: a bank's statement against what is owed.
#pragma once

#include <string>
#include <vector>

#include "api/operation.h"
#include "api/session.h"
#include "house/command.h"

namespace anlan::api {

std::vector<Operation> statement_operations();

// Records a receipt under the bank's number of its transfer, so that no statement records it again,
// nor this whoever repeats it. Refuses kSerialUnusable, kKeyReused where another amount was
// recorded under that number, and what `house::decide` refuses.
Result<Session::Outcome> receive_transfer(Session& session, const house::ReceivePremium& command,
                                          const std::string& serial);

}  // namespace anlan::api
