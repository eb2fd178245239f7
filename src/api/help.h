// Help: from the table of operations, in the caller's language.
#pragma once

#include "api/operation.h"
#include "api/session.h"
#include "base/document.h"

namespace anlan::api {

Document help_document(Session& session);  // all operations
Document help_document(Session& session,
                       const Operation& operation);  // one, with its options and roles

}  // namespace anlan::api
