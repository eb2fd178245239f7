// Reads the terms of a policy from a parsed tree, for settle cases (minor units, no clauses) and
// for wordings (amounts as people write them, and a clause for every term that acts). One reader,
// so that the rules are the same: a term that could never act is refused.
#pragma once

#include <optional>

#include "base/node_reader.h"
#include "terms/clause.h"
#include "terms/terms.h"

namespace anlan::terms {

struct TermsFormat {
  // Amounts are written "400000.00" in this currency; none: whole minor units.
  std::optional<Currency> written = {};
  // Where each term's clause is looked up; nullptr: terms name no clauses. The clause of a term
  // stands beside it: clause (of a section or group), deductible_clause, retention_clause,
  // sublimit_clause, participation_clause, waiting_clause, monetary_clause, indemnity_clause,
  // daily_clause, parametric_clause, average_clause, aggregate_clause, occurrence_clause,
  // mitigation_clause, instalment_clause.
  ClauseBook* clauses = nullptr;
};

// Reads the table `policy` and refuses, in the report, what SETTLE_CASE.md refuses. Terms are valid
// for `compile` only when nothing was refused.
Terms read_terms(NodeReader& policy, const TermsFormat& format);

}  // namespace anlan::terms
