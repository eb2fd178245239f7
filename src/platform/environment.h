// What the process is told by its environment.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace anlan::platform {

// LC_ALL, LC_MESSAGES or LANG, the first that is set and not empty; else "".
std::string locale_name();

// The file of a credential that systemd hands to the service ($CREDENTIALS_DIRECTORY/name); "":
// none are handed to it.
std::string credential_file(std::string_view name);

// The variables whose names begin so, with the rest of their names, in order.
std::vector<std::pair<std::string, std::string>> variables_of(std::string_view prefix);

// The value of a variable; empty where it is not set.
std::string environment_text(const std::string& name);

// A key for a command whose caller gave none: 128 random bits, so that no two calls share one.
std::string random_command_key();

}  // namespace anlan::platform
