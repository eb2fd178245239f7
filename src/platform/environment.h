// What the process is told by its environment.
#pragma once

#include <string>

namespace anlan::platform {

// LC_ALL, LC_MESSAGES or LANG, the first that is set and not empty; else "".
std::string locale_name();

// A key for a command whose caller gave none: 128 random bits, so that no two calls share one.
std::string random_command_key();

}  // namespace anlan::platform
