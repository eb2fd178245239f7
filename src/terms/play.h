// Play: one scripted incident under one wording, in a fresh policy year: quantified, through the
// gates, settled, with every step; and which term decides between two wordings.
//
// All clauses were explained, the conditions are met as the script states them, the premium is
// paid, no control has lapsed. An outage of FP.SYSFAIL is one of FP.BI where the wording has no
// section of its own for it. The policy begins on the day of the incident; where the trigger asks
// for the discovery and that came a year later or more, on the day of the discovery. A retroactive
// date is taken to lie far back: the same incident is played on wordings of any year.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/attribution.h"
#include "domain/settlement.h"
#include "terms/admission.h"
#include "terms/gates.h"
#include "terms/obligation.h"
#include "terms/script.h"
#include "terms/settle.h"

namespace anlan::terms {

struct PlayOptions {
  bool every_condition_met = false;  // whatever the script states
  // Of lapsed controls and scales, beside what the script's own days unpatched ask for.
  Tightening tightening = {};
  std::string tightening_clause = {};
};

// Amounts in the wording's currency.
struct Played {
  Money stated = {};  // losses, outage and mitigation as stated
  Money paid = {};    // of it, mitigation and services in kind included
  Admission admission = {};
  Incident incident = {};  // what reached the terms
  std::int64_t loss = 0;   // of it, that ladders take shares of; see loss_of
  domain::Settlement settlement = {};
  std::vector<domain::SettlementStep> steps = {};  // corrections, gates, terms: in this order
  std::optional<std::size_t> deciding = {};  // the step that took most; none: nothing was taken
};

// Refuses kPlayCurrency (another currency than the wording's; args currency), kPlayLump (a sum for
// a section with time terms: the script states no hours; args section) and kPlayProvider (an outage
// of a provider that is not named, for a section that measures one provider; args provider). Cost:
// tens of microseconds and the hours of the outage.
Result<Played> play(const Script& script, const Wording& wording, const PlayOptions& options = {});

domain::Attribution attribution_of(const ScriptAttribution& stated);
// The first day of the policy year that a play assumes.
Date play_from(const Script& script, const Trigger& trigger);
// Where the outage of the script falls under this wording.
domain::CoverCode outage_section(const Script& script, const Wording& wording);

// A term and what goes with it: of the difference to a better wording, how much is gone without it.
struct DecidingTerm {
  domain::SettlementStep step = {};  // the one in which the term took most
  Money closes = {};
};

// Why this wording pays less than a better one did for the incident: of the terms in its steps the
// one whose absence would close most of the difference; of equals the first. Found by playing the
// incident again without each; a cover that is not bought, and a term that cannot be left out
// alone, count with what they took, and stand behind an equal that was played. A step that the
// better one has too, and that leaves the same amount, decides nothing. None: this wording pays as
// much, or no step of its own took anything. Cost: one play for each term.
std::optional<DecidingTerm> deciding_term(const Script& script, const Wording& wording,
                                          const Played& played, const Played& better,
                                          const PlayOptions& options = {});

}  // namespace anlan::terms
