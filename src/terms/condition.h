// Condition: what must be met before heads are paid, how late it may be met, and what part of the
// heads is lost when it is not.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/node_reader.h"
#include "terms/clause.h"
#include "terms/terms.h"

namespace anlan::terms {

inline constexpr std::int64_t kConditionHoursMax = 8'760;  // a year

enum class ConditionKind : std::uint8_t {
  kEvidence = 1,              // something is evidenced: a police report, a screening
  kConsent = 2,               // the insurer consented before the payment
  kRetrospectiveConsent = 3,  // the insurer consented, if later within hours of the payment
  kDesignatedVendor = 4,      // the work was done by a vendor of the list, or one agreed to
  kNotice = 5,                // the insurer knew within hours of the first contact with the vendor
};
constexpr auto enum_names(ConditionKind*) {
  using K = ConditionKind;
  return std::array{EnumName<K>{K::kEvidence, "evidence"}, EnumName<K>{K::kConsent, "consent"},
                    EnumName<K>{K::kRetrospectiveConsent, "retrospective_consent"},
                    EnumName<K>{K::kDesignatedVendor, "designated_vendor"},
                    EnumName<K>{K::kNotice, "notice"}};
}

// A head is paid in full only when this is met and evidenced.
struct Condition {
  std::string name = {};                // "prior_written_consent"
  std::vector<std::string> heads = {};  // a head or a cover, which stands for all heads below it
  std::string clause = {};
  bool before_payment = false;  // must be met before the heads are paid to a third party
  ConditionKind kind = ConditionKind::kEvidence;
  std::int64_t within_hours = 0;          // kRetrospectiveConsent (0: any time later), kNotice
  std::int32_t unmet_bp = kBasisPoints;   // of what is left of the heads, lost when unmet
  std::vector<std::string> vendors = {};  // kDesignatedVendor; empty: those that are evidenced
  bool operator==(const Condition&) const = default;
};

// Whether it must come before the payment of its heads.
inline bool before_payment(const Condition& condition) {
  return condition.before_payment || condition.kind == ConditionKind::kConsent;
}

// One entry of [[conditions]]. Refuses kConditionTermVoid (args condition, term): before_payment of
// a kind that looks at another moment, hours or vendors of a kind that asks for none.
Condition read_condition(NodeReader& reader, ClauseBook& book, const Terms& terms);

}  // namespace anlan::terms
