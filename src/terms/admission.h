// Admission: what of each head of a claim passes the gates, and why the rest does not.
//
// In this order, each with a step that names the clause: the trigger of the wording and the policy
// period; peril covered; cover bought; territory; exclusions (of the whole incident, then of a
// head); expense windows; late notice; conditions (each takes its share of what is left). An
// exemption clause whose explanation at sale is not evidenced has no effect (Insurance Law art
// 17(2)): it is not applied and is reported, unless an authorised person overrides. The first three
// gates say what is insured at all and need no such evidence.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "base/time.h"
#include "domain/attribution.h"
#include "domain/cover.h"
#include "domain/ids.h"
#include "domain/settlement.h"
#include "terms/clause_court.h"
#include "terms/wording.h"

namespace anlan::terms {

// An invoice of a head, as far as gates ask about it.
struct ClaimItem {
  Money amount = {};                     // quantified, 0 or more, in the wording's currency
  std::optional<Instant> incurred = {};  // none: inside every expense window
  std::string vendor = {};               // who did the work; empty: not stated
  bool operator==(const ClaimItem&) const = default;
};

struct ClaimHead {
  domain::CoverCode head = {};
  Money amount = {};               // quantified, 0 or more, in the wording's currency
  Money lost_by_late_notice = {};  // of it, what could no longer be determined; at most the amount
  std::vector<ClaimItem> items = {};  // of it; their sum is at most the amount
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
  bool suspended = false;     // cover was suspended when it occurred
  std::string location = {};  // ISO 3166-1 alpha-2; empty: inside every territory
  std::optional<domain::Attribution> attribution = {};  // none: nobody was held responsible
  bool operator==(const ClaimFacts&) const = default;
};

struct AdmittedHead {
  domain::CoverCode head = {};
  int section = -1;  // index in the wording's sections; -1: not bought
  Money claimed = {};
  Money admitted = {};
  bool operator==(const AdmittedHead&) const = default;
};

// An exclusion that limits the incident in place of excluding it.
struct IncidentLimit {
  std::int64_t amount = 0;
  std::string clause = {};
  bool operator==(const IncidentLimit&) const = default;
};

struct Admission {
  bool in_period = false;  // the trigger is met
  bool peril_covered = false;
  std::vector<AdmittedHead> heads = {};  // in the order of the facts
  std::vector<std::int64_t> by_section =
      {};  // admitted minor units, in the wording's order of sections
  std::vector<domain::SettlementStep> steps = {};  // subject: the head; empty: the whole incident
  std::optional<IncidentLimit> limit = {};         // the lowest; see limited_terms
  std::vector<std::string> unapplied = {};   // clauses left out: their explanation is not evidenced
  std::vector<std::string> overridden = {};  // clauses applied although it is not
  bool operator==(const Admission&) const = default;
};

// Amounts in another currency are a bug. Cost: heads x (exclusions + windows + conditions).
Admission admit(const Wording& wording, const ClaimFacts& facts);

// What of the mitigation cost of the incident passes. It belongs to the incident, not to a section:
// it passes the gates that ask about the incident, as head FP.MITIG. Exclusions of heads and limits
// do not ask of it; an exclusion of the whole incident takes it, unless FP.MITIG itself is written
// back. Steps and clauses are added to `admission`.
Money admit_mitigation(const Wording& wording, const ClaimFacts& facts, Money cost,
                       Admission& admission);

// The terms under which an incident that an exclusion limits is settled: the limit binds as its
// occurrence limit, and as the sublimit of each section that stands outside the aggregate limit.
// What ladders leave of a limit is still a part of the one that was written; the smaller binds.
Terms limited_terms(Terms terms, const std::optional<IncidentLimit>& limit);

}  // namespace anlan::terms
