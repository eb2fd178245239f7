// Adjudicate: the decision on a claim. Gates, quantification, then terms::settle on the state of
// the policy year: no amount is computed anywhere else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "claims/quantify.h"
#include "domain/claim.h"
#include "domain/incident.h"
#include "domain/incident_facts.h"
#include "domain/policy.h"
#include "terms/wording.h"

namespace anlan::claims {

// Of a head, what could no longer be determined because notice came late (Insurance Law art 21).
struct LostByLateNotice {
  domain::CoverCode head;
  Money amount;
};

// A later incident of the same root cause, decided with the first.
struct IncidentPart {
  domain::Incident incident;
  std::optional<domain::LossStatement> loss;
  std::optional<Instant> reported = {};
};

// A control that had lapsed at the incident and bore on it, as a person found: a lost signal alone
// is no lapse (REFERENCE.md 4.2).
struct LapsedControl {
  domain::ControlName control;
  std::int64_t days = 0;  // since the lapse began
};

using domain::OtherCover;
using domain::StatedValue;

// The member of a park that the incident befell, as its certificate says (terms/programme.h).
struct MemberCover {
  domain::EnterpriseId enterprise;
  Money limit;  // of the year
  Money used;   // by its earlier claims
};

// The references live as long as the call.
struct AdjudicationInput {
  const terms::Wording& wording;
  domain::Policy
      policy;  // with the wording of the day, and the clauses whose explanation is evidenced
  std::optional<Instant> cover_until =
      {};                     // none: the policy's own end; earlier after a cancellation or lapse
  bool suspended = false;     // by endorsement, on the day of the incident
  domain::Incident incident;  // with what corrects its report
  domain::LossStatement loss;
  std::vector<IncidentPart> parts = {};
  // Of the incident and its parts together; a record of several that is late beats the others. One
  // that must be met before a payment and says a later instant than it counts as not met.
  std::vector<domain::ConditionMet> conditions = {};
  std::vector<std::string> overrides = {};       // exemption clauses applied on an authorised word
  std::vector<domain::Settlement> earlier = {};  // of this policy year, in the order of decision
  std::int32_t premium_paid_bp = terms::kBasisPoints;     // see premium_paid_bp()
  std::vector<domain::ControlName> proven_controls = {};  // running at the incident, as observed
  std::vector<LapsedControl> lapses = {};                 // see the obligations of the wording
  std::optional<Instant> reported = {};                   // none: notice was in time
  std::vector<LostByLateNotice> lost_by_late_notice = {};
  // What some terms ask for; a wording without them reads nothing of it.
  std::vector<StatedValue> values = {};
  std::optional<OtherCover> other_insurance = {};
  // From the first day on which a fix could be had to the exploitation; none: no known
  // vulnerability was used.
  std::optional<std::int64_t> days_unpatched = {};
  // What is left of the member's limit binds as an occurrence limit on the state of the policy's
  // whole year; `policy` and `cover_until` hold the days of the certificate.
  std::optional<MemberCover> member = {};
};

// The decision, id 0. What decides:
//   steps    `admission` holds the corrections of quantification (from stated to quantified) and
//   the gates
//            (from quantified to admitted), `settlement.steps` the terms. Each step names its
//            clause.
//   outcome  accepted: every head is admitted in full and stands as stated; limits, deductibles,
//   waiting
//            hours and the instalment proportion are what was bought and do not change that.
//            partly: something is paid, but a head was corrected, not admitted, or cut for late
//            notice. denied: nothing is payable; at least one step says why.
//   clauses  an exemption clause whose explanation is not evidenced has no effect and stands in
//            `unapplied`, unless it is overridden; then it acts and stands in `overridden`.
//   parts    the losses of each part pass the gates with its own peril and notice, and with the
//   causes of
//            all: what one of them excludes for the whole incident is excluded for every part. The
//            period is asked of the first occurrence, the limits are those of one incident.
//   lapses   each obligation whose control lapsed takes the additional retention of the step that
//   the days reach, of the admitted loss (terms::loss_of); the step of the settlement names the
//   first such clause. scales   likewise, by days_unpatched and the perils of the scale services
//   what is rendered in kind stands in settlement.services_paid, not in `payable`; a claim
//            that is rendered in kind alone is not denied.
//   payee    the member, where the wording pays members; else nobody beside the policy's insured
//   mitigation cost is paid outside the limits where the incident is insured at all, whether or not
//   any
//            head is admitted (Insurance Law art 57); its head is terms::kMitigationSubject.
//
// Refuses what quantify refuses, and:
//   kClaimMismatch         wording, policy, incident and statement belong together (args expected)
//   kNothingStated         the statement has no amount above zero
//   kPriorMismatch         see year_after
//   kProviderNotStated     a section measures the outages of one provider, and the interruption of
//   an
//                          outage of a provider does not name whose it was (args section, provider)
//   kLumpForTimedSection   a section with time terms takes an interruption, no item (args section)
//   kMitigationWithoutCap  the wording has neither an aggregate limit nor a cap for mitigation
//   kOverrideUnknown       an override names an exemption clause of the wording
//   kPremiumShare          0 to 10,000 basis points
//   kMoneyTooLarge         the heads of one section sum to at most kAmountMax
// Cost: that of the curve, the gates and one settlement; tens of microseconds for an ordinary
// claim.
Result<domain::ClaimDecision> adjudicate(const AdjudicationInput& input);

// The part of the customer's due premium that was received, half-up to a basis point, at most the
// whole. A subsidised part is the government's debt and not counted (E22). due zero: the whole.
std::int32_t premium_paid_bp(Money received, Money due);

}  // namespace anlan::claims
