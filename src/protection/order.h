// Orders: a package becomes a contract of its own beside the policy, priced by itself (a product
// that is given away with a policy can be a rebate: Insurance Law art 116, 131).
#pragma once

#include "protection/catalogue.h"

namespace anlan::protection {

struct OrderRequest {
  domain::EnterpriseId enterprise;
  domain::PackageName package;
  std::uint32_t endpoints = 0;  // devices to be covered, at least one
  Date from;
  Date until;  // the first day after the order
};

inline constexpr int kOrderYearsMax = 5;  // assumption: no longer contract is offered

// The order with one line a product, the rule of what counts as running, and prices by day: a year
// costs base + endpoints x price per endpoint, another period its share of days, half-up, so that
// the lines sum to the price. The id stays 0. Refuses kPackageUnknown (args nearest),
// kEndpointsMissing, kOrderPeriod (args years).
Result<domain::Order> place_order(const Catalogue& catalogue, const OrderRequest& request);

}  // namespace anlan::protection
