// Who may give a command, asked before anything is read or kept for it.
#pragma once

#include <initializer_list>
#include <string_view>

#include "api/session.h"

namespace anlan::api {

// Whether the actor of the session may give all of these commands (Command::kName). Refuses as
// house::may_command.
Result<Done> check_may(Session& session, std::initializer_list<std::string_view> commands);

}  // namespace anlan::api
