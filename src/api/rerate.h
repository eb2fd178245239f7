// Re-rating: what the book in force would cost under other data files, policy by policy, with the
// files of now beside them.
#pragma once

#include <utility>
#include <vector>

#include "api/pricing.h"
#include "base/fields.h"

namespace anlan::api {

struct Rerate {
  domain::PolicyId policy;
  domain::ProductName product;
  Money premium;          // written of the whole period, by all payers
  Money expected_before;  // payment of a year, under the files of now
  Money expected_after;
  Money technical_before;  // gross
  Money technical_after;
  bool operator==(const Rerate&) const = default;
  template <class R = Rerate>
  static constexpr auto fields() {
    return std::tuple{field("policy", &R::policy),
                      field("product", &R::product),
                      field("premium", &R::premium),
                      field("expected_before", &R::expected_before),
                      field("expected_after", &R::expected_after),
                      field("technical_before", &R::technical_before),
                      field("technical_after", &R::technical_after)};
  }
};

struct Rerated {
  std::vector<Rerate> rows;                                    // by policy
  std::vector<std::pair<domain::PolicyId, Refusal>> left_out;  // what no price can be had for
};

// Every policy that is bound, in force or suspended at `now.at`: its company as the house knows it
// at that moment, its product and wording as the files have them, for a year from that day, on a
// small event table (aimed at 2 % of the expected payment of one policy; the same events stand on
// both sides). Policies of one chunk are calculated side by side; the result is the same for any
// number of threads. Cost: some 0.6 ms of one core a policy and side.
Result<Rerated> rerate_book(const PricingBasis& now, Library& then, int threads);

}  // namespace anlan::api
