// Filed terms: whether a set of terms is one that a product has filed, and at which premium.
//
// Filed wordings and rates may only be used as filed (Insurance Law art 135): terms that differ in
// anything from every filed set have no filed premium, only the model's.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/session.h"
#include "base/fields.h"
#include "terms/terms.h"
#include "underwriting/product.h"

namespace anlan::api {

enum class FiledDifference : std::uint8_t {
  kLimit = 1,
  kIncidentLimit = 2,
  kRetention = 3,
  kRetentionPosition = 4,
  kSections = 5,  // another set of them
  kSublimit = 6,
  kOwnRetention = 7,
  kWaiting = 8,
  kIndemnityPeriod = 9,
  kOther = 10,
};
constexpr auto enum_names(FiledDifference*) {
  using D = FiledDifference;
  return std::array{EnumName<D>{D::kLimit, "limit"},
                    EnumName<D>{D::kIncidentLimit, "incident_limit"},
                    EnumName<D>{D::kRetention, "retention"},
                    EnumName<D>{D::kRetentionPosition, "retention_position"},
                    EnumName<D>{D::kSections, "sections"},
                    EnumName<D>{D::kSublimit, "sublimit"},
                    EnumName<D>{D::kOwnRetention, "own_retention"},
                    EnumName<D>{D::kWaiting, "waiting"},
                    EnumName<D>{D::kIndemnityPeriod, "indemnity_period"},
                    EnumName<D>{D::kOther, "other"}};
}

struct FiledGap {
  FiledDifference what = FiledDifference::kOther;
  std::string subject;  // section or group; empty: the whole policy
  bool operator==(const FiledGap&) const = default;
};

// In what `terms` differ from `filed`, clause numbers apart; empty: they pay the same.
std::vector<FiledGap> filed_gaps(const terms::Terms& terms, const terms::Terms& filed);

// The filed set that is nearest: by the number of differences, the product's own terms before its
// options, those in the order of the file.
struct FiledMatch {
  const underwriting::Product* product = nullptr;
  const underwriting::FiledOption* option = nullptr;  // nullptr: the product's own terms
  std::vector<FiledGap> gaps;                         // empty: these are the terms

  bool filed() const { return gaps.empty(); }
  Money premium() const { return option ? option->premium : product->premium; }
  Money low() const { return option ? option->low : product->filed_low; }
  Money high() const { return option ? option->high : product->filed_high; }
};
// Refuses what Library::wording refuses of an option's wording.
Result<FiledMatch> filed_match(Session& session, const underwriting::Product& product,
                               const terms::Terms& terms);

// Why there is a filed premium, or why there is none.
std::string filed_text(Session& session, const FiledMatch& match);
// registration, allowed, premium, low and high (null where nothing is filed), option (of the
// nearest filed set; null: the product's own terms), differs (what, subject, text), text.
Node filed_node(Session& session, const FiledMatch& match);

}  // namespace anlan::api
