// Lint: what is wrong with a wording that can be read: contradictions, gaps, terms that never act,
// texts that say something else than the terms, phrases with two meanings, terms that the law
// voids. docs/LINT.md lists the codes; their sentences stand in data/locales, section [lint].
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/result.h"
#include "terms/wording.h"

namespace anlan::terms {

enum class Severity : std::uint8_t {
  kNote = 1,     // a choice to be made knowingly
  kWarning = 2,  // likely a fault, or a dispute to come
  kError = 3,    // pays something else than it says, or what the law does not allow
};
constexpr auto enum_names(Severity*) {
  using S = Severity;
  return std::array{EnumName<S>{S::kNote, "note"}, EnumName<S>{S::kWarning, "warning"},
                    EnumName<S>{S::kError, "error"}};
}

struct LintCode {
  std::string_view name;  // of the sentences: "lint.<name>"
  Severity severity = Severity::kNote;
};

namespace lint_codes {
using enum Severity;
// Contradictions.
inline constexpr LintCode kExcludedAndConditional{"excluded_and_conditional", kError};
inline constexpr LintCode kConditionRepeatsExclusion{"condition_repeats_exclusion", kWarning};
inline constexpr LintCode kStatusContradicted{"status_contradicted", kError};
inline constexpr LintCode kWrittenBackAndExcluded{"written_back_and_excluded", kWarning};
// Covers that never pay, terms that never act.
inline constexpr LintCode kExclusionSwallowsCover{"exclusion_swallows_cover", kError};
inline constexpr LintCode kExclusionSwallowsPeril{"exclusion_swallows_peril", kError};
inline constexpr LintCode kCoverPaysNothing{"cover_pays_nothing", kError};
inline constexpr LintCode kRetentionReachesLimit{"retention_reaches_limit", kWarning};
inline constexpr LintCode kSublimitAboveAggregate{"sublimit_above_aggregate", kWarning};
inline constexpr LintCode kSublimitAboveGroup{"sublimit_above_group", kWarning};
inline constexpr LintCode kSublimitAboveYear{"sublimit_above_year", kWarning};
// Gaps.
inline constexpr LintCode kPropertyOnly{"property_only", kNote};
inline constexpr LintCode kLiabilityOnly{"liability_only", kNote};
inline constexpr LintCode kPerilWithoutSection{"peril_without_section", kError};
inline constexpr LintCode kSectionWithoutPeril{"section_without_peril", kWarning};
inline constexpr LintCode kHeadNotTaken{"head_not_taken", kNote};
// Clauses.
inline constexpr LintCode kExemptionNotMarked{"exemption_not_marked", kError};
inline constexpr LintCode kExemptionInText{"exemption_in_text", kWarning};
inline constexpr LintCode kExemptionByHand{"exemption_by_hand", kWarning};
inline constexpr LintCode kClauseUnused{"clause_unused", kWarning};
// Texts.
inline constexpr LintCode kIncreaseAmbiguous{"increase_ambiguous", kWarning};
inline constexpr LintCode kWaitingOrMoney{"waiting_or_money", kWarning};
inline constexpr LintCode kInsurerDecides{"insurer_decides", kWarning};
inline constexpr LintCode kOpenWord{"open_word", kNote};
inline constexpr LintCode kTranslationMissing{"translation_missing", kError};
inline constexpr LintCode kTranslationShort{"translation_short", kWarning};
inline constexpr LintCode kTranslationNumbers{"translation_numbers", kWarning};
inline constexpr LintCode kNumberDiffers{"number_differs", kError};
inline constexpr LintCode kNumberMissing{"number_missing", kWarning};
// The law.
inline constexpr LintCode kVoidByLaw{"void_by_law", kError};
inline constexpr LintCode kMitigationInsideLimit{"mitigation_inside_limit", kError};
inline constexpr LintCode kNoticeCostsAll{"notice_costs_all", kWarning};
inline constexpr LintCode kRegistrationAssumed{"registration_assumed", kWarning};
inline constexpr LintCode kProductMissing{"product_missing", kNote};
inline constexpr LintCode kProductFiledOtherwise{"product_filed_otherwise", kError};
// Terms where a tougher value can pay more.
inline constexpr LintCode kTougherPaysMore{"tougher_pays_more", kNote};
}  // namespace lint_codes

// In the order above.
std::span<const LintCode> all_lint_codes();

struct Finding {
  LintCode code;
  std::string path = {};    // of the file: "policy.sections[0].sublimit_occ"
  std::string clause = {};  // the reference; empty: none
  std::vector<RefusalArg> args = {};
};

// A product that names the wording, as filed.
struct FiledProduct {
  std::string id = {};
  std::string registration = {};
  Currency currency = Currency::kCny;
};

// `products`: those that name the wording; nullptr: not known, and nothing is said of them. The
// findings stand in the order of the codes. Cost: O(text) + O(terms^2).
std::vector<Finding> lint(const Wording& wording,
                          const std::vector<FiledProduct>* products = nullptr);

// Where `path` stands in the tree of the file, or where the nearest table around it does: a term
// may be what it is by default. No file name.
Place place_of(const Node& root, std::string_view path);

}  // namespace anlan::terms
