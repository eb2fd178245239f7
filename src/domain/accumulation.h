// Accumulation: how much of the book may hang on one provider, and on one risk.
#pragma once

#include <string>

#include "base/fields.h"
#include "base/money.h"

namespace anlan::domain {

// From now on nothing is bound that brings the limits in force of all who name this provider above
// `limit`.
struct AccumulationLimitSet {
  static constexpr std::uint16_t kKind = 114;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "accumulation_limit_set";
  std::string provider;
  Money limit;
  bool operator==(const AccumulationLimitSet&) const = default;
  template <class E = AccumulationLimitSet>
  static constexpr auto fields() {
    return std::tuple{field("provider", &E::provider), field("limit", &E::limit)};
  }
};

enum class RiskUnitAction : std::uint8_t { kWarn = 1, kRefuse = 2 };
constexpr auto enum_names(RiskUnitAction*) {
  using A = RiskUnitAction;
  return std::array{EnumName<A>{A::kWarn, "warn"}, EnumName<A>{A::kRefuse, "refuse"}};
}

// What happens where one risk unit takes more than a tenth of capital and reserve fund (Insurance
// Law art 103), and how large that fund is.
struct RiskUnitRuleSet {
  static constexpr std::uint16_t kKind = 115;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "risk_unit_rule_set";
  RiskUnitAction action = RiskUnitAction::kWarn;
  Money reserve_fund;
  bool operator==(const RiskUnitRuleSet&) const = default;
  template <class E = RiskUnitRuleSet>
  static constexpr auto fields() {
    return std::tuple{field("action", &E::action), field("reserve_fund", &E::reserve_fund)};
  }
};

}  // namespace anlan::domain
