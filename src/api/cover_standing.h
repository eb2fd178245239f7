// What a wording says about a cover of the taxonomy, in one of six words, with the clauses.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "terms/wording.h"

namespace anlan::api {

enum class CoverStanding : std::uint8_t {
  kCovered = 1,
  kLimited = 2,      // a sublimit below the limit of the year, or a share that the insured keeps
  kConditional = 3,  // a condition on the whole cover
  kNominalOnly = 4,  // named, and can pay nothing
  kExcluded = 5,     // an exclusion of the cover whatever the cause
  kNotMentioned = 6,
};
constexpr auto enum_names(CoverStanding*) {
  using S = CoverStanding;
  return std::array{
      EnumName<S>{S::kCovered, "covered"},         EnumName<S>{S::kLimited, "limited"},
      EnumName<S>{S::kConditional, "conditional"}, EnumName<S>{S::kNominalOnly, "nominal_only"},
      EnumName<S>{S::kExcluded, "excluded"},       EnumName<S>{S::kNotMentioned, "not_mentioned"}};
}

struct Standing {
  CoverStanding word = CoverStanding::kNotMentioned;
  std::vector<std::string> clauses = {};
  std::optional<std::int64_t> incident =
      {};                                 // the smallest cap on it, of one incident, minor units
  std::optional<std::int64_t> year = {};  // likewise, of the year
  bool operator==(const Standing&) const = default;
};

// Of a cover of domain::cover_kinds. Mitigation cost is owed by law up to its cap (Insurance Law
// art 57), whether or not it is a section.
Standing standing_of(const terms::Wording& wording, std::string_view cover);

}  // namespace anlan::api
