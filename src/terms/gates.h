// Gates: what of a real claim reaches the terms (REFERENCE.md 3.4, stage 0).
//
// In this order, each with a step that names the clause: the trigger of the wording and the policy
// period; peril covered;
// cover bought; exclusions (of the whole incident, then of a head); late notice; conditions. An
// exemption clause whose explanation at sale is not evidenced has no effect (Insurance Law art
// 17(2)): it is not applied and is reported, unless an authorised person overrides. The first three
// gates say what is insured at all and need no such evidence.
//
// Pricing asks the same functions with every condition met and everything_explained.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "base/time.h"
#include "domain/cover.h"
#include "domain/settlement.h"
#include "terms/wording.h"

namespace anlan::terms {

// Clause references, as evidenced when the policy was sold and as decided in the claim.
struct ClauseEvidence {
  std::vector<std::string> explained = {};
  std::vector<std::string> overridden = {};  // applied on an authorised person's word
  bool operator==(const ClauseEvidence&) const = default;
};

ClauseEvidence everything_explained(const Wording& wording);

// Whether the clause may be held against the insured: it is no exemption clause, or it was
// explained, or an authorised person overrides. For clauses that act outside admit and
// effective_terms, such as the instalment proportion.
bool may_act(const Wording& wording, const std::string& clause, const ClauseEvidence& evidence);

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
  UtcOffset offset = {};  // of the policy, for dates and days
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

struct ClaimHead {
  domain::CoverCode head = {};
  Money amount = {};               // quantified, 0 or more, in the wording's currency
  Money lost_by_late_notice = {};  // of it, what could no longer be determined; at most the amount
  bool operator==(const ClaimHead&) const = default;
};

struct ClaimNotice {
  Instant discovered = {};
  Instant reported = {};
  bool operator==(const ClaimNotice&) const = default;
};

struct ClaimFacts {
  domain::PerilName peril = {};
  std::vector<std::string> causes = {};  // tags, see cause_tags(wording)
  Instant occurred = {};
  Instant from = {};  // the policy period, half-open
  Instant until = {};
  std::vector<ClaimHead> heads = {};
  std::vector<std::string> conditions_met = {};   // with evidence, see condition_names(wording)
  std::vector<std::string> conditions_late = {};  // with evidence, but after the payment: not met
  ClauseEvidence evidence = {};
  std::optional<ClaimNotice> notice = {};  // none: notice was in time
  // For the trigger, see ClaimTimes; absent, the notice says when it was discovered and reported.
  std::optional<Instant> discovered = {};
  std::optional<Instant> first_made = {};
  std::optional<Instant> circumstances = {};
  UtcOffset offset = {};
  bool operator==(const ClaimFacts&) const = default;
};

struct AdmittedHead {
  domain::CoverCode head = {};
  int section = -1;  // index in the wording's sections; -1: not bought
  Money claimed = {};
  Money admitted = {};
  bool operator==(const AdmittedHead&) const = default;
};

struct Admission {
  bool in_period = false;  // the trigger is met
  bool peril_covered = false;
  std::vector<AdmittedHead> heads = {};  // in the order of the facts
  std::vector<std::int64_t> by_section =
      {};  // admitted minor units, in the wording's order of sections
  std::vector<domain::SettlementStep> steps = {};  // subject: the head
  std::vector<std::string> unapplied = {};   // clauses left out: their explanation is not evidenced
  std::vector<std::string> overridden = {};  // clauses applied although it is not
  bool operator==(const Admission&) const = default;
};

// Amounts in another currency are a bug. Cost: heads x (exclusions + conditions).
Admission admit(const Wording& wording, const ClaimFacts& facts);

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
