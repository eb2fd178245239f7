// Cover status: what a wording does with a cover, in one of six words, and the clauses that make it
// so (REFERENCE.md 0.10).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/node_reader.h"
#include "terms/clause.h"
#include "terms/terms.h"

namespace anlan::terms {

struct Wording;

enum class CoverStatus : std::uint8_t {
  kCovered = 1,
  kLimited = 2,      // a sublimit below the aggregate limit, or a participation
  kConditional = 3,  // a condition on the whole cover
  kNominalOnly = 4,  // named, and hardly ever paid: a fine "where insurable by law"
  kExcluded = 5,     // an exclusion of the head without a cause
  kNotMentioned = 6,
};
constexpr auto enum_names(CoverStatus*) {
  using S = CoverStatus;
  return std::array{
      EnumName<S>{S::kCovered, "covered"},         EnumName<S>{S::kLimited, "limited"},
      EnumName<S>{S::kConditional, "conditional"}, EnumName<S>{S::kNominalOnly, "nominal_only"},
      EnumName<S>{S::kExcluded, "excluded"},       EnumName<S>{S::kNotMentioned, "not_mentioned"}};
}

// What cannot be derived from the terms, as the wording states it: conditional, nominal_only or
// excluded.
struct StatedStatus {
  std::string cover = {};
  CoverStatus status = CoverStatus::kNominalOnly;
  std::string clause = {};
  bool operator==(const StatedStatus&) const = default;
};

struct StatusOfCover {
  CoverStatus status = CoverStatus::kNotMentioned;
  std::vector<std::string> clauses = {};  // those that make it so, each once; none: not mentioned
  bool operator==(const StatusOfCover&) const = default;
};

// Of a cover or a head of the taxonomy. The strongest of what holds, in this order: excluded,
// nominal_only, conditional, limited, covered. A cover of whose heads only some are excluded or
// conditional is limited by them.
StatusOfCover cover_status(const Wording& wording, std::string_view code);

// One entry of [[statuses]]. Refuses kStatusVoid (args cover, status): a status that is derived
// (covered, limited, not_mentioned), `excluded` of a cover that is insured, another of one that is
// not.
StatedStatus read_status(NodeReader& reader, ClauseBook& book, const Terms& terms);

}  // namespace anlan::terms
