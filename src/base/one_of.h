// OneOf<T, std::variant<...>>: T is one of the alternatives.
#pragma once

#include <type_traits>
#include <variant>

namespace anlan {

template <class T, class Variant>
inline constexpr bool kOneOf = false;
template <class T, class... Alternatives>
inline constexpr bool kOneOf<T, std::variant<Alternatives...>> = (std::is_same_v<T, Alternatives> ||
                                                                  ...);

template <class T, class Variant>
concept OneOf = kOneOf<T, Variant>;

}  // namespace anlan
