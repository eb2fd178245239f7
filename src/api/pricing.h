// Pricing: from the records of a house to a quote: facts -> profile -> posture -> control states ->
// loss model -> price. A long calculation on a snapshot; the house checks its inputs when it
// records it.
#pragma once

#include "api/session.h"
#include "domain/quote.h"

namespace anlan::api {

struct PricingRequest {
  domain::EnterpriseId enterprise;
  domain::ProductName product;
  Date from;
  std::uint32_t policy_year = 1;
  domain::PolicyId renewal_of;
  int threads = 0;  // 0: all of the machine; the result is the same for any number
};

// The id is left 0. Refuses kNotFound, kMissingFacts (all of them, with their questions), and what
// product, engine and underwriting refuse.
Result<domain::Quote> price(Session& session, const PricingRequest& request);

}  // namespace anlan::api
