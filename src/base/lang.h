// The two languages in which everything is said to people.
#pragma once

#include <array>
#include <cstdint>

#include "base/fields.h"

namespace anlan {

enum class Lang : std::uint8_t { kZh = 1, kEn = 2 };
constexpr auto enum_names(Lang*) {
  return std::array{EnumName<Lang>{Lang::kZh, "zh"}, EnumName<Lang>{Lang::kEn, "en"}};
}

}  // namespace anlan
