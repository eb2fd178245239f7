// What a submission becomes: each product's quote or refusal, and how it is shown.
#pragma once

#include <string>
#include <vector>

#include "api/pricing.h"
#include "api/session.h"
#include "domain/submission.h"

namespace anlan::api {

struct Offers {
  std::vector<domain::Quote> quotes;
  std::vector<domain::SubmissionResult> refused;
};

// Prices the company under each product, as `quote issue` does, on tables that many submissions
// share. A product that refuses is an answer, not a refusal of the whole.
Offers offers_of(const PricingBasis& basis, const domain::Submission& submission,
                 GrowingTable& tables);
// The data files behind the quotes, kept in the house before a record names them.
Result<Done> keep_files_of(Session& session, const std::vector<domain::Quote>& quotes);

domain::SubmissionResult refused_by(const domain::ProductName& product, const Refusal& refusal);
// The sentence of a refusal that stands on record. It names what `result` holds.
std::string refused_sentence(Session& session, const domain::SubmissionResult& result, Lang lang);
std::string sentence_in(Session& session, const Refusal& refusal, Lang lang);

// Refuses products that there are not (kUnknownArtefact), before anything is recorded.
Result<Done> check_products(Session& session, const std::vector<domain::ProductName>& products);

}  // namespace anlan::api
