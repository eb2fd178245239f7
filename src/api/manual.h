// Pages of the manual, in the language of roff that man(1) reads, made from the table of
// operations.
#pragma once

#include <string>
#include <vector>

#include "api/session.h"

namespace anlan::api {

// `words` is "help", "--man" and at most one first word of commands: without one the page anlan(1),
// with "claim" the page anlan-claim(1), on all that begins so. Refuses kUnknownOperation (args
// nearest).
Result<std::string> manual_page(Session& session, const std::vector<std::string>& words);

}  // namespace anlan::api
