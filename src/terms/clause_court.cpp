#include "terms/clause_court.h"

#include "terms/codes.h"

namespace anlan::terms {

bool ClauseCourt::may_act(const std::string& ref) {
  const Clause* clause = find_clause(wording_.clauses, ref);
  if (!clause || !clause->exemption || has_word(evidence_.explained, ref)) return true;
  const bool by_order = has_word(evidence_.overridden, ref);
  add_word_once(by_order ? overridden : unapplied, ref);
  return by_order;
}

ClauseEvidence everything_explained(const Wording& wording) {
  return ClauseEvidence{.explained = exemption_clauses(wording)};
}

bool may_act(const Wording& wording, const std::string& clause, const ClauseEvidence& evidence) {
  return ClauseCourt(wording, evidence).may_act(clause);
}

}  // namespace anlan::terms
