#include "terms/reaching.h"

#include <numeric>

#include "base/allot.h"
#include "base/check.h"

namespace anlan::terms {
namespace {

constexpr std::string_view kProviderOutage = "provider_outage";

std::int64_t total_of(const Outage& outage) {
  return std::accumulate(outage.hourly.begin(), outage.hourly.end(), std::int64_t{0});
}

Outage reduced_to(const Outage& outage, std::int64_t total) {
  return {.minutes = outage.minutes, .hourly = allot(total, outage.hourly)};
}

}  // namespace

ReachingOutage reaching_outage(const ReInterruption& rule, const Section& section,
                               StatedInterruption stated, Money admitted) {
  ANLAN_CHECK(!stated.stretches.empty());
  std::vector<std::int64_t> totals;
  for (const Outage& stretch : stated.stretches) totals.push_back(total_of(stretch));
  const std::int64_t whole = std::accumulate(totals.begin(), totals.end(), std::int64_t{0});
  ANLAN_CHECK(0 < admitted.minor() && admitted.minor() <= whole);
  const std::vector<std::int64_t> shares = allot(admitted.minor(), totals);
  for (std::size_t n = 0; n < totals.size(); ++n) {
    if (shares[n] == totals[n]) continue;
    stated.stretches[n] = reduced_to(stated.stretches[n], shares[n]);
  }
  JoinedOutage joined = join_stretches(rule, section.time, stated.stretches, stated.gaps);
  ReachingOutage out;
  if (joined.outage.minutes > 0) out.outage = std::move(joined.outage);
  if (out.outage && section.time.parametric_hourly && admitted.minor() != whole) {
    out.outage->passed = admitted.minor();
    out.outage->claimed = whole;
  }
  if (joined.waited_anew == 0) return out;
  out.step = {.stage = domain::SettleStage::kTime,
              .reason = domain::StepReason::kWaitedAnew,
              .clause = section.time.waiting_clause,
              .subject = section.code,
              .before = admitted,
              .after = admitted - Money::from_minor(joined.waited_anew, admitted.currency())};
  return out;
}

std::string counting_provider(const domain::PerilName& peril, const std::string& provider) {
  return peril.text == kProviderOutage ? provider : std::string();
}

bool provider_unknown(const Section& section, const domain::PerilName& peril,
                      const std::string& provider) {
  return !section.provider.empty() && peril.text == kProviderOutage && provider.empty();
}

}  // namespace anlan::terms
