// One list of fields per record drives its bytes, its equality and its JSON view.
//
//   struct Observation {
//     ControlName control; ...
//     bool operator==(const Observation&) const = default;
//     template <class E = Observation>
//     static constexpr auto fields() {
//       return std::tuple{field("control", &E::control), ...};
//     }
//   };
//
// (By E, so that a file that only carries a record does not pay for the list: what a template says
// of a name that is known is looked at where it stands, what it says of E where it is used.)
//
// An enum that a record carries lists its names next to it, found by argument-dependent look-up:
//   constexpr auto enum_names(OrderState*) { return
//   std::array{EnumName<OrderState>{OrderState::kPlaced, "placed"}, ...}; }
// Enums that are encoded have a fixed underlying type; a value without a name is refused when read.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "base/check.h"

namespace anlan {

template <class Record, class Member>
struct Field {
  std::string_view name;
  Member Record::*member;
};

template <class Record, class Member>
constexpr Field<Record, Member> field(std::string_view name, Member Record::*member) {
  return {name, member};
}

template <class T>
concept HasFields = requires {
  T::fields();
};

// Calls use(name, member) for every field in declared order.
template <class Record, class Use>
void for_each_field(Record& record, Use&& use) {
  std::apply([&](const auto&... field) { (use(field.name, record.*field.member), ...); },
             std::remove_const_t<Record>::fields());
}

template <class E>
struct EnumName {
  E value;
  std::string_view name;
};

template <class E>
concept NamedEnum = std::is_enum_v<E> && requires {
  enum_names(static_cast<E*>(nullptr));
};

template <NamedEnum E>
constexpr std::string_view name_of(E value) {
  for (const auto& entry : enum_names(static_cast<E*>(nullptr))) {
    if (entry.value == value) return entry.name;
  }
  check_failed("an enum value with a name", __FILE__, __LINE__);
}

template <NamedEnum E>
constexpr std::optional<E> enum_from(std::string_view name) {
  for (const auto& entry : enum_names(static_cast<E*>(nullptr))) {
    if (entry.name == name) return entry.value;
  }
  return std::nullopt;
}

}  // namespace anlan
