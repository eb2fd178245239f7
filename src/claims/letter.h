// Letter: the decision on a claim as the customer reads it. Every sentence comes from a step, every
// clause that changed an amount is named and quoted, nothing is computed here.
#pragma once

#include <optional>

#include "base/document.h"
#include "base/lang.h"
#include "base/texts.h"
#include "base/time.h"
#include "domain/claim.h"
#include "domain/incident.h"
#include "domain/policy.h"
#include "terms/wording.h"

namespace anlan::claims {

// The references live as long as the call.
struct LetterInput {
  const domain::ClaimDecision& decision;
  const domain::Policy& policy;
  const domain::Incident& incident;
  const terms::Wording& wording;
  const Texts& texts;  // of `lang`: keys letter.*, clause_kind.*, and step.<reason>.text with args
                       // clause, subject, before, after
  Lang lang = Lang::kZh;
  std::string insurer = {};  // who decides
  std::string insured = {};  // who is written to
  domain::ClaimState state = domain::ClaimState::kAdjudicated;
  Date dated = {};  // of the adjudication, the approval or the payment, as the state says
  std::optional<Money> paid_before = {};  // by earlier decisions on the claim
  std::string payee = {};        // a member of a park; empty: the insured that is written to
  std::string certificate = {};  // its number
  std::optional<Date> due = {};  // of what comes next: the payment, or the notice of a denial
};

// In order: who writes to whom; what is proposed (adjudicated, not yet approved), decided or paid,
// and, under the master policy of a park, to which member by which certificate; each head as
// stated, quantified and admitted; each section as claimed and paid; each step with its clause,
// before and after; the clauses quoted in full, with their kind; a head outside the policy period
// names the clause that grants cover, one that was not bought the clauses of the covers that were;
// exemption clauses that were left out or applied on authority; what is left of the aggregate
// limit; what happens next (approval; payment within 10 days of agreement, art 23; for a denial its
// notice, art 24); the right to object, to complain and to sue (two years, art 26).
Document letter(const LetterInput& input);

}  // namespace anlan::claims
