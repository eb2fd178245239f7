#include "engine/annual_layer.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/aggregate.h"

namespace anlan::engine {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Estimate scaled(Estimate from, double by) { return {from.value * by, from.error * by}; }

// E[min(max(S - from, 0), to - from)], from whichever side is better known.
Estimate band(Aggregate& total, double from, double to) {
  if (!(to > from)) return {0.0, 0.0};
  const AggregatePoint low = total.at(from);
  if (to == kInfinity) return low.excess;
  const AggregatePoint high = total.at(to);
  const Estimate below{high.limited.value - low.limited.value,
                       high.limited.error + low.limited.error};
  if (low.excess.value == kInfinity) return below;
  const Estimate above{low.excess.value - high.excess.value, low.excess.error + high.excess.error};
  return above.error < below.error ? above : below;
}

}  // namespace

LayerResult annual_layer(const Frequency& frequency, const Severity& severity,
                         const LayerTerms& terms) {
  const ClaimTerms per_claim{.deductible = terms.attach, .limit = terms.limit};
  const Severity claim = with_terms(severity, per_claim);
  const double share = terms.share;
  const double from = terms.annual_deductible / share;
  const double to = from + terms.annual_limit / share;
  Aggregate total(frequency, claim);
  const AggregateMoments all = aggregate_moments(frequency, claim);

  LayerResult out;
  out.claims = moments(frequency).mean * survival(severity, terms.attach);
  out.before_annual_mean = scaled(all.mean, share);
  out.before_annual_sd = scaled(all.sd, share);
  const bool plain = from == 0.0 && to == kInfinity;
  const Estimate gross = plain ? all.mean : band(total, from, to);
  out.expected = scaled(gross, share);
  if (terms.corridor) {
    const double low = from + terms.corridor->from / share;
    const double high = std::min(from + terms.corridor->to / share, to);
    const Estimate kept = scaled(band(total, low, high), share);
    out.expected = {out.expected.value - kept.value, out.expected.error + kept.error};
  }
  // One band per full limit: of the reinstatements, or as far as the annual limit goes.
  constexpr double kBandsMax = 32.0;
  const double limits = std::ceil((to - from) / terms.limit - 1e-9);
  std::size_t count = terms.reinstatements.size() + 1;
  if (terms.reinstatements.empty()) {
    count = limits >= 1.0 && limits <= kBandsMax ? static_cast<std::size_t>(limits) : 0;
  }
  double factor = 1.0;
  double factor_error = 0.0;
  for (std::size_t k = 0; k < count; ++k) {
    const double start = from + static_cast<double>(k) * terms.limit;
    const Estimate one = scaled(band(total, start, std::min(start + terms.limit, to)), share);
    out.bands.push_back(one);
    if (k >= terms.reinstatements.size()) continue;
    const double rate = terms.reinstatements[k] / (terms.limit * share);
    factor += rate * one.value;
    factor_error += rate * one.error;
  }
  if (terms.reinstatements.empty()) return out;
  const double premium = out.expected.value / factor;
  out.base_premium = Estimate{premium, (out.expected.error + premium * factor_error) / factor};
  return out;
}

}  // namespace anlan::engine
