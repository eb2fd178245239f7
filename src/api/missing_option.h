// The refusal for an option that a command needs and was not given.
#pragma once

#include <string>
#include <string_view>

#include "api/refusals.h"

namespace anlan::api {

// `command`: where its help is looked up, e.g. "webhook add".
inline Refusal missing_option(std::string_view option, std::string_view command) {
  return Refusal{.code = refusals::kMissingOption,
                 .path = std::string(option),
                 .value = {},
                 .args = {{.name = "what", .value = "--" + std::string(option)},
                          {.name = "command", .value = std::string(command)}},
                 .at = {}};
}

}  // namespace anlan::api
