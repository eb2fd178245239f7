// Other terms: a wording with other amounts, waiting hours and sections, to be tried out.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/operation.h"
#include "api/session.h"
#include "base/money.h"
#include "base/node_reader.h"
#include "base/result.h"
#include "terms/terms.h"

namespace anlan::api {

// Amounts as asked for, by the code of a section or the id of a group.
using Sublimits = std::vector<std::pair<std::string, Money>>;

// Where a wording takes the largest own retention of the sections that respond: whether those
// stand, and the retention of an incident then does not act, or give way to it.
enum class OwnRetentions : std::uint8_t { kKeep = 1, kReplace = 2 };
constexpr auto enum_names(OwnRetentions*) {
  using O = OwnRetentions;
  return std::array{EnumName<O>{O::kKeep, "keep"}, EnumName<O>{O::kReplace, "replace"}};
}

// What all rows of a table have in common: terms without the sections left out, and the amounts
// that are set apart.
struct WantedTerms {
  terms::Terms terms;
  Sublimits sublimits;
  OwnRetentions own = OwnRetentions::kKeep;
};

// What one row has for itself; none: as in the wording.
struct TermsChoice {
  std::optional<Money> limit = {};
  std::optional<Money> retention = {};
  std::optional<std::int64_t> waiting = {};  // hours, 0 to terms::kHoursMax
};

// What is asked for besides limit, retention and hours, checked against the wording. No sublimit
// may be above `smallest_limit`; none: nothing bounds it. Refuses kSectionUnknown, kNoSectionLeft,
// kSublimitMalformed, kSublimitTwice, kSublimitAboveLimit, and what NodeReader refuses.
Result<WantedTerms> wanted_terms(NodeReader& options, const terms::Terms& from,
                                 std::optional<Money> smallest_limit);

// Amounts of an option that may be given several times; `fallback` where it is not given. What is
// no amount is refused in the report.
std::vector<Money> amounts_of(NodeReader& options, std::string_view name,
                              const std::vector<Money>& fallback);
std::optional<Money> amount_of(NodeReader& options, std::string_view name);

// Hours of the option "waiting", several or one; empty: not given. Refuses kNoWaitingHours where
// no section of the terms pays an interruption by the hour; what is no number of hours within
// terms::kHoursMax is refused in the report.
Result<std::vector<std::int64_t>> waiting_of(NodeReader& options, const terms::Terms& from);

// The options "limit", "retention" and "waiting", each given once or not at all. Refuses as
// waiting_of; what is no amount or no hours is refused in the report.
Result<TermsChoice> choice_of(NodeReader& options, const terms::Terms& from);

// Sublimits and the limit of an incident in the proportion of the limit. The hours are those of
// every section that pays an interruption. The retention acts where no own retention of a section
// stands in its place.
terms::Terms chosen_terms(const WantedTerms& wanted, const TermsChoice& choice);

// Whether the retention of an incident acts under these terms.
bool retention_acts(const terms::Terms& terms);

// What was changed besides limit, retention and hours, in words; empty: nothing.
std::string changes_text(Session& session, const terms::Terms& from, const WantedTerms& wanted);
// Which sections keep or lose a retention of their own, in words; empty: none has one.
std::string own_retentions_text(Session& session, const WantedTerms& wanted);

// The terms of a row besides limit and retention: "retention_position", "retention_acts",
// "own_retentions" (section, amount, kept), "sublimits", "waiting_hours" (null: as in the wording)
// and "waiting" (section, hours).
void add_terms(const WantedTerms& wanted, const TermsChoice& choice, Node& row);

// The options that wanted_terms and waiting_of read, and "answers" (tried_answers.h).
std::vector<Option> other_terms_options();

}  // namespace anlan::api
