// Quote slip: a quote as the customer and the underwriter read it: what is covered, what it costs
// and why, what was assumed, what must be explained before it may be bound.
#pragma once

#include <string>

#include "base/document.h"
#include "domain/quote.h"
#include "terms/wording.h"
#include "underwriting/document_parts.h"
#include "underwriting/product.h"

namespace anlan::underwriting {

// The references live as long as the call; product and wording are those of the quote.
struct SlipInput {
  const domain::Quote& quote;
  const Product& product;
  const terms::Wording& wording;
  std::string enterprise;  // legal name
  std::string grantor;     // who pays the subsidy; empty: nobody
};

// In order: product, period and validity; the decision with every finding; limits; premium and who
// pays it; the model's cost in all its parts beside the filed premium; the walk in both orders;
// what the cost rests on; the exemption clauses in full, marked; the services of the policy.
//
// A declined risk gets no slip but a notice: who is declined for what, every reason, and what may
// be done; no premium, no limits and no clauses, which nobody offers.
Document quote_slip(const SlipInput& input, const Speech& speech);

}  // namespace anlan::underwriting
