// Pricing: from the records of a house to a quote: facts -> profile -> posture -> control states ->
// loss model -> price. A long calculation on a snapshot; the house checks its inputs when it
// records it.
#pragma once

#include "api/session.h"
#include "domain/quote.h"
#include "engine/risk_input.h"
#include "underwriting/profile.h"

namespace anlan::api {

struct PricingRequest {
  domain::EnterpriseId enterprise;
  domain::ProductName product;
  Date from;
  std::uint32_t policy_year = 1;
  domain::PolicyId renewal_of;
  int threads = 0;  // 0: all of the machine; the result is the same for any number
};

// A company under a product as the engine sees it, from the records of the house at this moment.
struct CompanyRisk {
  const underwriting::Product* product = nullptr;
  const terms::Wording* wording = nullptr;
  underwriting::Profile profile;
  std::vector<domain::ControlState> controls;
  engine::RiskInput input;
};

// Refuses kNotFound, kMissingFacts (all of them, with their questions), and what product and
// questionnaire refuse.
Result<CompanyRisk> company_risk(Session& session, domain::EnterpriseId enterprise,
                                 const domain::ProductName& product);

// The id is left 0. Refuses kNotFound, kMissingFacts (all of them, with their questions), and what
// product, engine and underwriting refuse.
Result<domain::Quote> price(Session& session, const PricingRequest& request);

}  // namespace anlan::api
