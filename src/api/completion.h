// What shells need to complete a command line of the program, made from the table of operations.
#pragma once

#include <string>
#include <vector>

#include "api/session.h"

namespace anlan::api {

// `words` is "completion" and a shell: bash, zsh or fish. A script for it to read. Refuses
// kMissingOption, kTooManyArguments, kUnknownChoice (args choices).
Result<std::string> completion_script(Session& session, const std::vector<std::string>& words);

}  // namespace anlan::api
