// Attribution: who, with what confidence, holds which state responsible for a cyber operation, and
// what the operation did to states. Fact of an incident; what a wording makes of it stands in
// terms/exclusion.h.
#pragma once

#include <string>

#include "base/fields.h"
#include "base/share.h"
#include "base/time.h"

namespace anlan::domain {

enum class AttributionSource : std::uint8_t {
  kGovernment = 1,  // of the state whose assets were hit, or of the insured
  kCourt = 2,
  kInsurer = 3,  // the insurer's own inference, objectively reasonable
  kNone = 4,     // nobody holds a state responsible; what the operation did is known all the same
};
constexpr auto enum_names(AttributionSource*) {
  using S = AttributionSource;
  return std::array{EnumName<S>{S::kGovernment, "government"}, EnumName<S>{S::kCourt, "court"},
                    EnumName<S>{S::kInsurer, "insurer"}, EnumName<S>{S::kNone, "none"}};
}

// The last two do not depend on who blames whom.
struct Attribution {
  AttributionSource source = AttributionSource::kGovernment;
  Date date;  // of kNone: not stated, as the two below
  Share confidence;
  std::string state;            // ISO 3166-1 alpha-2: on whose behalf; empty: nobody's
  bool state_impaired = false;  // a state was significantly impaired in its functions or security
  bool bystanding = false;      // the assets that were hit lie outside the affected state
  bool operator==(const Attribution&) const = default;
  template <class A = Attribution>
  static constexpr auto fields() {
    return std::tuple{field("source", &A::source),
                      field("date", &A::date),
                      field("confidence", &A::confidence),
                      field("state", &A::state),
                      field("state_impaired", &A::state_impaired),
                      field("bystanding", &A::bystanding)};
  }
};

// Two capital letters, the form of ISO 3166-1 alpha-2; whether the country exists is not asked.
constexpr bool is_country_code(std::string_view text) {
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return text.size() == 2 && capital(text[0]) && capital(text[1]);
}

}  // namespace anlan::domain
