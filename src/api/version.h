// The program's version, as `anlan version` and every quote state it.
#pragma once

#include <string_view>

namespace anlan::api {

inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace anlan::api
