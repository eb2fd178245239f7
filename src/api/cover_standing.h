// What a wording says about a cover of the taxonomy, in one of six words, with the clauses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "terms/cover_status.h"
#include "terms/wording.h"

namespace anlan::api {

using CoverStanding = terms::CoverStatus;

// The word and its clauses (terms/cover_status.h), and the caps below the limit of the year.
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
