// Gates: what of a real claim reaches the terms (REFERENCE.md 3.4, stage 0).
//
// What must fall into the policy period stands here; what passes the gates, and with which reasons,
// in terms/admission.h; whether a clause may act at all in terms/clause_court.h.
//
// Pricing asks the same functions with every condition met and everything_explained.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "domain/settlement.h"
#include "terms/admission.h"
#include "terms/clause_court.h"
#include "terms/wording.h"

namespace anlan::terms {

// What the trigger asks for. Absent instants: a loss is discovered when it occurs, claimed when it
// is discovered, reported when it is claimed.
struct ClaimTimes {
  Instant occurred = {};
  std::optional<Instant> discovered = {};
  std::optional<Instant> first_made = {};     // the first claim against the insured
  std::optional<Instant> reported = {};       // to the insurer
  std::optional<Instant> circumstances = {};  // notice of what a claim may come from
  Instant from = {};                          // the policy period, half-open
  Instant until = {};
  UtcOffset offset = {};   // of the policy, for dates and days
  bool suspended = false;  // by endorsement, when it occurred
  bool operator==(const ClaimTimes&) const = default;
};

struct TimeRefusal {
  domain::StepReason reason = {};
  std::string clause = {};
  bool operator==(const TimeRefusal&) const = default;
};

// None: the trigger is met. An incident at or after the end is never covered, nor one before the
// retroactive date.
std::optional<TimeRefusal> outside_trigger(const Trigger& trigger, const ClaimTimes& times);

// The terms without those whose exemption clause is neither explained nor overridden: a deductible,
// retention or money amount becomes 0, a participation 0, a waiting period 0 hours, a limit absent;
// average and other insurance do not act.
struct EffectiveTerms {
  Terms terms = {};
  std::vector<std::string> unapplied = {};
  std::vector<std::string> overridden = {};
};
EffectiveTerms effective_terms(const Wording& wording, const ClauseEvidence& evidence);

}  // namespace anlan::terms
