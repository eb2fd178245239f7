// Binding: the policy that a quote becomes. Whether it may be bound now, the house decides from its
// own records (house/decide).
#pragma once

#include <string>
#include <vector>

#include "base/sha256.h"
#include "base/time.h"
#include "domain/policy.h"
#include "domain/quote.h"
#include "terms/wording.h"

namespace anlan::underwriting {

// The exact clause texts that a sale must show, in the order of quote.to_explain: what an
// ExplainedClause's `text` is the digest of. The Chinese text is the contract's.
Digest clause_text_digest(const terms::Clause& clause);
std::vector<Digest> texts_to_explain(const terms::Wording& wording,
                                     const std::vector<std::string>& refs);

// "AL-2026-000037": the year of the first day of cover and the policy's number, six digits or more.
std::string policy_number(domain::PolicyId id, Date from);

// Cover runs [00:00 of the first day, 00:00 of the day after the last) at `offset`. The customer
// owes its part; the subsidy is the government's part once it is granted.
domain::Policy make_policy(const domain::Quote& quote,
                           const Alike<std::vector<domain::ExplainedClause>>& explained,
                           UtcOffset offset, domain::PolicyId id);

}  // namespace anlan::underwriting
