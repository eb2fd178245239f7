#include "engine/trigger_share.h"

#include <algorithm>

#include "domain/cover.h"
#include "engine/event_losses.h"
#include "engine/mean_loss.h"
#include "engine/refusals.h"
#include "terms/territory.h"

namespace anlan::engine {
namespace {

constexpr double kYearDays = 365.0;

// G: the integral of the lag's distribution from 0 to x.
double found_by(const TriggerWindow& window, double x) {
  if (x <= 0.0) return 0.0;
  if (window.lag_median <= 0.0) return x;
  return x - limited_lognormal(window.lag_median, window.lag_sigma, x);
}

bool pays_third_parties(const PerilHazard& peril, std::size_t number, const SectionMap& sections) {
  const std::vector<terms::Section>& insured = sections.plan().terms().sections;
  for (std::size_t part = 0; part < peril.losses.size(); ++part) {
    for (std::size_t head = 0; head < peril.losses[part].heads.size(); ++head) {
      const int section = sections.head(number, part, head);
      if (section < 0) continue;
      const domain::CoverKind* const kind =
          domain::find_cover_kind(insured[static_cast<std::size_t>(section)].code);
      if (kind && kind->side == domain::CoverSide::kLiability) return true;
    }
  }
  return false;
}

}  // namespace

double trigger_share(const TriggerWindow& window) {
  const double after = window.extended - window.report;
  const double late = found_by(window, after);
  if (!window.back_to) return std::max(0.0, window.period + after - late) / window.period;
  const double back = *window.back_to;
  const double all = found_by(window, window.period + after + back);
  return std::max(0.0, all - late - found_by(window, back)) / window.period;
}

std::vector<double> trigger_shares(const Hazard& hazard, const terms::Trigger& trigger,
                                   const terms::Plan& plan, std::optional<Date> inception) {
  using terms::TriggerBasis;
  if (trigger.basis == TriggerBasis::kOccurrence) return {};
  std::optional<double> back_to;
  if (trigger.retroactive_days) back_to = static_cast<double>(*trigger.retroactive_days);
  if (trigger.retroactive_date && inception) {
    back_to = static_cast<double>(days_between(*trigger.retroactive_date, *inception));
  }
  const SectionMap sections(hazard, plan);
  std::vector<double> out;
  for (std::size_t p = 0; p < hazard.perils.size(); ++p) {
    const PerilHazard& peril = hazard.perils[p];
    const bool by_claim =
        trigger.basis != TriggerBasis::kDiscovery && pays_third_parties(peril, p, sections);
    const std::optional<Lag>& lag = by_claim && peril.claim ? peril.claim : peril.discovery;
    TriggerWindow window{.back_to = back_to,
                         .extended = static_cast<double>(trigger.extended_reporting_days)};
    if (lag) {
      window.lag_median = lag->median_days.value;
      window.lag_sigma = lag->sigma;
      if (trigger.basis == TriggerBasis::kClaimsMadeAndReported) window.report = lag->report_days;
    }
    // A retroactive date after inception leaves only a part of the year.
    if (back_to && *back_to < 0.0) {
      const double cut = std::min(kYearDays, -*back_to);
      window.period = kYearDays - cut;
      window.back_to = 0.0;
      out.push_back(window.period > 0.0 ? trigger_share(window) * window.period / kYearDays : 0.0);
      continue;
    }
    out.push_back(trigger_share(window));
  }
  return out;
}

Result<Done> check_currency(const Hazard& hazard, const terms::Wording& wording) {
  const Currency own = hazard.currency;
  if (wording.terms.currency == own) return Done{};
  return Refusal{.code = refusals::kCurrencyMismatch,
                 .path = "currency",
                 .value = std::string(currency_code(wording.terms.currency)),
                 .args = {{.name = "expected", .value = std::string(currency_code(own))}},
                 .at = {}};
}

InsuredCover insured_cover(const Hazard& hazard, const terms::Wording& wording,
                           const terms::Plan& plan, std::optional<Date> inception) {
  InsuredCover out{.plan = &plan,
                   .perils = {},
                   .admitted = trigger_shares(hazard, wording.trigger, plan, inception),
                   .obligations = &wording.obligations,
                   .scales = &wording.scales,
                   .exclusions = &wording.exclusions};
  // As the gate of a claim does (terms::admit).
  if (!terms::is_inside(wording.territory, std::string(kCompanyPlace))) return out;
  for (const std::string& code : wording.perils.codes) out.perils.push_back({code});
  return out;
}

}  // namespace anlan::engine
