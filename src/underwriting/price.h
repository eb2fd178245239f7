// Price: the technical price of MODEL.md 6 in its published parts, and the walk from the facts to
// the filed premium.
//
//   net   = (EL + service + claims handling + policy cost + net reinsurance
//            + cost of capital x (allocated TVaR - EL)) / (1 - acquisition - administration -
//            margin
//            - guarantee fund)
//   gross = net x (1 + VAT)
//
// Rounding, so that the parts add up to the fen: every amount before the division is rounded
// half-up once; net is that sum divided once, half-up; the percentage parts share net less that sum
// by allot (largest remainder, in the order acquisition, administration, margin, guarantee fund);
// VAT is rounded half-up once. Stamp duty stands apart. Whole numbers throughout, no float.
#pragma once

#include <cstdint>
#include <vector>

#include "base/money.h"
#include "base/share.h"
#include "domain/loss_result.h"
#include "domain/quote.h"
#include "underwriting/loads.h"

namespace anlan::underwriting {

// The mean loss of the worst `tail` share of years of one policy by itself, in minor units, from
// its perils: the years of the tail are filled with the perils of the largest mean payment first,
// each event paying its peril's mean. assumption: the spread within a peril and several events in
// one year are left out, so this is a lower bound of the stand-alone TVaR; limits this small keep
// both effects small. `tail` above zero.
Money stand_alone_tail(const domain::LossResult& loss, Share tail);

// All parts; `filed_gross` is the product's premium. Loss and loads in one currency.
domain::PriceParts price_parts(const domain::LossResult& loss, const PriceLoads& loads,
                               Money filed_gross);

// The technical gross price of the same company under the same wording if its expected loss were
// this: every peril's payment in proportion, frequencies as they are, so expected loss, reinsurance
// and capital move and claims handling does not. For the ends of a quote's range (technical_low,
// technical_high), where the parameter ensemble gives an expected loss and no record by peril. What
// another company, or the same one with other controls, would cost is price_parts of its own loss.
Money technical_gross_at(const domain::LossResult& loss, const PriceLoads& loads, Money expected);

// The published order facts -> controls -> terms -> expenses -> filing adjustment. The first three
// are expected loss (no terms and the sector's controls; its own controls; the wording), then the
// technical gross price, then the filed premium: each cumulative is a full price, each step the
// difference of two, so the steps add up and nothing is left over.
std::vector<domain::WalkLine> price_walk(const domain::LossResult& loss,
                                         const domain::PriceParts& parts);

// The same with the terms before the controls: beside the other it shows what the order does.
std::vector<domain::WalkLine> price_walk_reversed(const domain::LossResult& loss,
                                                  const domain::PriceParts& parts);

// Of the expected payment, what comes from perils that hit many companies at once (domain/peril.h:
// systemic; contagion along the supply graph is none of them), in ppm, half-up; 0 where nothing is
// expected to be paid.
std::uint64_t systemic_share(const domain::LossResult& loss);

// In ppm, half-up; 0 where the divisor is zero.
struct PriceRatios {
  std::uint64_t rate_on_line = 0;      // premium to the aggregate limit
  std::uint64_t rate_on_incident = 0;  // premium to the most that one incident can pay
  std::uint64_t adequacy = 0;    // technical gross to filed gross: above 1 the filed price is short
  std::uint64_t loss_ratio = 0;  // expected loss to filed gross
  bool operator==(const PriceRatios&) const = default;
};
PriceRatios price_ratios(const domain::PriceParts& parts, Money aggregate, Money incident_maximum);

// Half-up; both at least zero. 0 where `whole` is zero.
std::uint64_t ratio_ppm(Money part, Money whole);

// The share of the technical gross price that rests on assumptions: the expected loss by the
// engine's share, the loads by their status, VAT as the rest of the price.
Share assumption_share(const domain::PriceParts& parts, const PriceLoads& loads,
                       const domain::LossResult& loss);

}  // namespace anlan::underwriting
