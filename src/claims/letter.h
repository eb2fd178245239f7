// Letter: the decision on a claim as the customer reads it. Every sentence comes from a step, every
// clause that changed an amount is named and quoted, nothing is computed here.
#pragma once

#include "base/document.h"
#include "base/lang.h"
#include "base/texts.h"
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
  const Texts& texts;  // of `lang`: keys letter.*, and step.<reason>.text with args clause,
                       // subject, before, after
  Lang lang = Lang::kZh;
};

// In order: what was decided and what is paid; each head as stated, quantified and admitted; each
// section as claimed and paid; each step with its clause, before and after; the clauses quoted in
// full; exemption clauses that were left out or applied on authority; what is left of the aggregate
// limit; what happens next (payment within 10 days of agreement, art 23; for a denial its notice,
// art 24) and the right to complain.
Document letter(const LetterInput& input);

}  // namespace anlan::claims
