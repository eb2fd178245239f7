#include "underwriting/price.h"

#include <algorithm>
#include <array>

#include "base/allot.h"
#include "base/check.h"
#include "base/int128.h"
#include "domain/peril.h"

namespace anlan::underwriting {
namespace {

using domain::LossResult;
using domain::PerilLoss;
using domain::PriceParts;
using domain::WalkLine;
using domain::WalkStep;

Money part_of(Money amount, Share share) { return amount.times_ratio(share.ppm(), Share::kWhole); }

// a's mean payment per event is larger than b's, compared without a division.
bool pays_more(const PerilLoss& a, const PerilLoss& b) {
  return Int128{a.insured.minor()} * b.frequency_ppm > Int128{b.insured.minor()} * a.frequency_ppm;
}

Money capital_charge(const LossResult& loss, const PriceLoads& loads) {
  const Money tail = stand_alone_tail(loss, loads.capital_tail);
  if (tail <= loss.insured) return Money::zero(loss.insured.currency());
  const std::int64_t rate = std::int64_t{loads.capital_cost.ppm()} * loads.capital_share.ppm();
  return (tail - loss.insured)
      .times_ratio(rate, std::int64_t{Share::kWhole} * std::int64_t{Share::kWhole});
}

Money loaded_sum(const PriceParts& parts) {
  return parts.expected_loss + parts.service + parts.claims_handling + parts.policy_cost +
         parts.reinsurance + parts.capital;
}

void share_out_net_loads(const PriceLoads& loads, PriceParts& parts) {
  const std::array<std::int64_t, 4> weights = {loads.acquisition.ppm(), loads.administration.ppm(),
                                               loads.margin.ppm(), loads.guarantee_fund.ppm()};
  const std::vector<Money> shares = allot(parts.technical_net - loaded_sum(parts), weights);
  parts.acquisition = shares[0];
  parts.administration = shares[1];
  parts.margin = shares[2];
  parts.guarantee_fund = shares[3];
}

std::vector<WalkLine> lines(const std::array<WalkStep, 5>& steps,
                            const std::array<Money, 5>& cumulative) {
  std::vector<WalkLine> walk;
  Money before = Money::zero(cumulative[0].currency());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    walk.push_back(
        {.step = steps[i], .change = cumulative[i] - before, .cumulative = cumulative[i]});
    before = cumulative[i];
  }
  return walk;
}

}  // namespace

Money stand_alone_tail(const LossResult& loss, Share tail) {
  ANLAN_CHECK(tail.ppm() > 0);
  std::vector<PerilLoss> perils = loss.perils;
  std::erase_if(perils, [](const PerilLoss& peril) { return peril.frequency_ppm == 0; });
  std::stable_sort(perils.begin(), perils.end(), pays_more);
  Money sum = Money::zero(loss.insured.currency());
  std::uint32_t open = tail.ppm();
  for (const PerilLoss& peril : perils) {
    const std::uint32_t taken = std::min(open, peril.frequency_ppm);
    sum += peril.insured.times_ratio(taken, peril.frequency_ppm);
    open -= taken;
  }
  return sum.times_ratio(Share::kWhole, tail.ppm());
}

PriceParts price_parts(const LossResult& loss, const PriceLoads& loads, Money filed_gross) {
  PriceParts parts;
  parts.expected_loss = loss.insured;
  parts.service = loads.service;
  parts.claims_handling = loads.claim_cost.times_ratio(loss.paid_frequency_ppm, Share::kWhole);
  parts.policy_cost = loads.policy_cost;
  parts.reinsurance = part_of(loss.insured, loads.reinsurance);
  parts.capital = capital_charge(loss, loads);
  const std::uint32_t kept_ppm = Share::kWhole - loads.net_loads_ppm();
  parts.technical_net = loaded_sum(parts).times_ratio(Share::kWhole, kept_ppm);
  share_out_net_loads(loads, parts);
  parts.vat = part_of(parts.technical_net, loads.vat);
  parts.technical_gross = parts.technical_net + parts.vat;
  parts.filing_adjustment = filed_gross - parts.technical_gross;
  parts.filed_gross = filed_gross;
  ANLAN_CHECK(loaded_sum(parts) + parts.acquisition + parts.administration + parts.margin +
                  parts.guarantee_fund ==
              parts.technical_net);
  return parts;
}

Money technical_gross_at(const LossResult& loss, const PriceLoads& loads, Money expected) {
  if (loss.insured.is_zero()) return price_parts(loss, loads, expected).technical_gross;
  LossResult scaled = loss;
  scaled.insured = expected;
  for (PerilLoss& peril : scaled.perils) {
    peril.insured = peril.insured.times_ratio(expected.minor(), loss.insured.minor());
  }
  return price_parts(scaled, loads, expected).technical_gross;
}

std::vector<WalkLine> price_walk(const LossResult& loss, const PriceParts& parts) {
  return lines({WalkStep::kFacts, WalkStep::kControls, WalkStep::kTerms, WalkStep::kExpenses,
                WalkStep::kFiling},
               {loss.insured_full_sector, loss.insured_full_cover, loss.insured,
                parts.technical_gross, parts.filed_gross});
}

std::vector<WalkLine> price_walk_reversed(const LossResult& loss, const PriceParts& parts) {
  return lines({WalkStep::kFacts, WalkStep::kTerms, WalkStep::kControls, WalkStep::kExpenses,
                WalkStep::kFiling},
               {loss.insured_full_sector, loss.insured_sector, loss.insured, parts.technical_gross,
                parts.filed_gross});
}

std::uint64_t ratio_ppm(Money part, Money whole) {
  ANLAN_CHECK(!part.is_negative());
  if (whole.is_zero()) return 0;
  return static_cast<std::uint64_t>(
      half_up(Int128{part.minor()} * Share::kWhole, Int128{whole.minor()}));
}

std::uint64_t systemic_share(const LossResult& loss) {
  Money systemic = Money::from_minor(0, loss.insured.currency());
  Money all = systemic;
  for (const domain::PerilLoss& peril : loss.perils) {
    const domain::PerilKind* const kind = domain::find_peril_kind(peril.peril.text);
    if (kind != nullptr && kind->systemic()) systemic = systemic + peril.insured;
    all = all + peril.insured;
  }
  return ratio_ppm(systemic, all);
}

PriceRatios price_ratios(const PriceParts& parts, Money aggregate, Money incident_maximum) {
  return {.rate_on_line = ratio_ppm(parts.filed_gross, aggregate),
          .rate_on_incident = ratio_ppm(parts.filed_gross, incident_maximum),
          .adequacy = ratio_ppm(parts.technical_gross, parts.filed_gross),
          .loss_ratio = ratio_ppm(parts.expected_loss, parts.filed_gross)};
}

Share assumption_share(const PriceParts& parts, const PriceLoads& loads, const LossResult& loss) {
  const std::array<std::pair<std::string_view, Money>, 9> loaded = {
      {{"service", parts.service},
       {"claim_cost", parts.claims_handling},
       {"policy_cost", parts.policy_cost},
       {"reinsurance", parts.reinsurance},
       {"capital_share", parts.capital},
       {"acquisition", parts.acquisition},
       {"administration", parts.administration},
       {"margin", parts.margin},
       {"guarantee_fund", parts.guarantee_fund}}};
  Money assumed = loss.insured.times_ratio(loss.assumption_share_ppm, Share::kWhole);
  for (const auto& [load, amount] : loaded) {
    if (loads.status(load) == LoadStatus::kAssumption) assumed += amount;
  }
  // VAT is a share of all other parts, so the share of the net price is the share of the gross.
  const std::uint64_t ppm = ratio_ppm(assumed, parts.technical_net);
  return Share::from_ppm(static_cast<std::uint32_t>(std::min<std::uint64_t>(ppm, Share::kWhole)));
}

}  // namespace anlan::underwriting
