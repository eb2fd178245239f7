// Occurrence: when incidents of one root cause are one, and when an interruption that comes back is
// the same interruption.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/node_reader.h"
#include "base/time.h"
#include "terms/clause.h"
#include "terms/hours.h"

namespace anlan::terms {

inline constexpr std::int64_t kRelatedHoursMax = 8'760;
inline constexpr std::int64_t kReInterruptionHoursMax = 8'760;

enum class RelatedScope : std::uint8_t { kRootCause = 1 };
constexpr auto enum_names(RelatedScope*) {
  using S = RelatedScope;
  return std::array{EnumName<S>{S::kRootCause, "root_cause"}};
}

// Incidents of one root cause that occurred within so many hours of the first, the last minute
// included, are one occurrence.
struct Related {
  std::int64_t hours = 72;  // where the wording says nothing: assumption
  RelatedScope scope = RelatedScope::kRootCause;
  std::string clause = {};
  bool operator==(const Related&) const = default;
};

bool is_related(const Related& related, Instant first, Instant later);

struct DatedIncident {
  Instant occurred = {};
  std::string root_cause = {};  // empty: related to no other
  bool operator==(const DatedIncident&) const = default;
};

// The occurrences in the order of their first incidents, each with the places of its incidents in
// `incidents`, earliest first (ties as given). The first incident of an occurrence is its date.
std::vector<std::vector<std::size_t>> occurrences_of(const Related& related,
                                                     std::span<const DatedIncident> incidents);

// [related] of the wording.
Related read_related(NodeReader& root, ClauseBook& book);

// An interruption that comes back within so many hours of recovery continues the same clock.
struct ReInterruption {
  std::int64_t hours = 24;  // where the wording says nothing: assumption of the reference
  std::string clause = {};
  bool operator==(const ReInterruption&) const = default;
};

// Stretches of one interruption as one outage for `settle`. `stretches` stand in the order of time;
// `gaps[i]` is the time from the end of stretch i to the start of stretch i + 1, in minutes; both
// on the hours of their own clock. A stretch that comes back within the hours continues the clock:
// its hours follow at once, hours of recovery are neither waited nor indemnified. One that comes
// later waits anew: under a waiting period its first hours (deduct_hours, greater_of) or, when it
// does not exceed the wait, all of it are taken off here; a money amount and an indemnity period
// act once for the incident.
struct JoinedOutage {
  Outage outage = {};
  std::int64_t waited_anew = 0;  // the loss that later waiting periods took off
};
JoinedOutage join_stretches(const ReInterruption& rule, const TimeTerms& time,
                            std::span<const Outage> stretches, std::span<const std::int64_t> gaps);

// [re_interruption] of the wording.
ReInterruption read_re_interruption(NodeReader& root, ClauseBook& book);

}  // namespace anlan::terms
