#include "underwriting/triage.h"

#include <algorithm>

#include <fmt/core.h>

#include "underwriting/percent.h"
#include "underwriting/price.h"

namespace anlan::underwriting {
namespace {

using domain::QuoteDecision;
using domain::TriageFinding;
using domain::TriageReason;

bool has_prefix_in(const std::string& code, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return code.starts_with(prefix); });
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += ", ";
    text += word;
  }
  return text;
}

class Findings {
 public:
  void decline(TriageReason reason, std::string value, std::string limit) {
    add(reason, QuoteDecision::kDeclined, std::move(value), std::move(limit));
  }
  void refer(TriageReason reason, std::string value, std::string limit) {
    add(reason, QuoteDecision::kReferred, std::move(value), std::move(limit));
  }
  void add(TriageReason reason, QuoteDecision consequence, std::string value, std::string limit) {
    triage_.findings.push_back({.reason = reason,
                                .consequence = consequence,
                                .value = std::move(value),
                                .limit = std::move(limit)});
    triage_.decision = std::max(triage_.decision, consequence);
  }
  Triage take() { return std::move(triage_); }

 private:
  Triage triage_;
};

void find_eligibility(const Product& product, const Profile& profile, Findings& findings) {
  const Eligibility& rules = product.eligibility;
  if (profile.revenue > rules.revenue_max) {
    findings.decline(TriageReason::kRevenueAboveProduct, to_grouped(profile.revenue),
                     to_grouped(rules.revenue_max));
  }
  if (profile.employees > rules.employees_max) {
    findings.decline(TriageReason::kEmployeesAboveProduct, std::to_string(profile.employees),
                     std::to_string(rules.employees_max));
  }
  if (!rules.regions.empty() && !has_prefix_in(profile.region, rules.regions)) {
    findings.decline(TriageReason::kRegionNotEligible, profile.region, joined(rules.regions));
  }
  if (has_prefix_in(profile.sector, rules.sectors_excluded)) {
    findings.decline(TriageReason::kSectorExcluded, profile.sector, joined(rules.sectors_excluded));
  }
  if (profile.incidents_36m > rules.incidents_max) {
    findings.decline(TriageReason::kTooManyIncidents, std::to_string(profile.incidents_36m),
                     std::to_string(rules.incidents_max));
  }
}

Share gap_of(const std::vector<domain::ControlState>& controls,
             const domain::ControlName& control) {
  for (const domain::ControlState& state : controls) {
    if (state.control == control) return state.gap;
  }
  return Share::from_ppm(Share::kWhole);
}

void find_controls(const Product& product, const std::vector<domain::ControlState>& controls,
                   Findings& findings) {
  for (const MinimumControl& minimum : product.eligibility.minimum_controls) {
    const Share gap = gap_of(controls, minimum.control);
    if (gap <= minimum.gap_max) continue;
    findings.add(TriageReason::kMinimumControlMissing, minimum.consequence,
                 fmt::format("{} {}", minimum.control.text, percent_text(gap.rest().ppm())),
                 percent_text(minimum.gap_max.rest().ppm()));
  }
}

void find_critical(const Profile& profile, Findings& findings) {
  if (profile.cii_operator) findings.refer(TriageReason::kCriticalInfrastructure, "yes", "no");
}

void find_referrals(const TriageInput& input, Findings& findings) {
  const Product& product = input.product;
  const std::uint64_t loss_ratio = ratio_ppm(input.parts.expected_loss, input.parts.filed_gross);
  if (loss_ratio > product.eligibility.loss_ratio_max.ppm()) {
    findings.refer(TriageReason::kLossRatioAboveTarget, percent_text(loss_ratio),
                   percent_text(product.eligibility.loss_ratio_max.ppm()));
  }
  if (input.authority && input.aggregate > *input.authority) {
    findings.refer(TriageReason::kAboveAuthority, to_grouped(input.aggregate),
                   to_grouped(*input.authority));
  }
  if (input.parts.technical_gross > product.filed_high) {
    findings.refer(TriageReason::kOutsideFiledRange, to_grouped(input.parts.technical_gross),
                   to_grouped(product.filed_high));
  }
}

std::string size_text(engine::SizeBy by, double value) {
  const auto whole = static_cast<std::int64_t>(std::min(value, static_cast<double>(kAmountMax)));
  const std::string number = by == engine::SizeBy::kRevenue
                                 ? to_grouped(Money::from_minor(whole, Currency::kCny))
                                 : std::to_string(whole);
  return fmt::format("{} {}", name_of(by), number);
}

void find_size(const std::vector<engine::BeyondSize>& sizes, Findings& findings) {
  for (const engine::BeyondSize& size : sizes) {
    findings.add(TriageReason::kBeyondSizeLaws,
                 size.above ? QuoteDecision::kReferred : QuoteDecision::kBindable,
                 size_text(size.by, size.value), size_text(size.by, size.limit));
  }
}

}  // namespace

std::vector<TriageFinding> size_findings(const std::vector<engine::BeyondSize>& sizes) {
  Findings findings;
  find_size(sizes, findings);
  return findings.take().findings;
}

Triage eligibility(const Product& product, const Profile& profile,
                   const std::vector<domain::ControlState>& controls,
                   const std::vector<engine::BeyondSize>& beyond_size) {
  Findings findings;
  find_eligibility(product, profile, findings);
  find_controls(product, controls, findings);
  find_critical(profile, findings);
  find_size(beyond_size, findings);
  return findings.take();
}

Triage triage(const TriageInput& input) {
  Findings findings;
  find_eligibility(input.product, input.profile, findings);
  find_controls(input.product, input.controls, findings);
  find_critical(input.profile, findings);
  find_referrals(input, findings);
  find_size(input.beyond_size, findings);
  return findings.take();
}

}  // namespace anlan::underwriting
