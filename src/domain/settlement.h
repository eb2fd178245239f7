// What a policy pays for one incident, and why: the reply of terms::settle, carried by events.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "domain/cover.h"

namespace anlan::domain {

// The stages of REFERENCE.md 3.4, in the order in which they run; the two positions of the
// retention share one stage. The number is that of the reference times ten.
enum class SettleStage : std::uint8_t {
  kGate = 1,
  kQuantify = 10,
  kService = 15,
  kTime = 20,
  kAverage = 30,
  kDeductible = 40,
  kRetention = 50,
  kParticipation = 60,
  kSublimit = 70,
  kGroupSublimit = 80,
  kOccurrenceLimit = 90,
  kAggregateLimit = 91,
  kOtherInsurance = 95,
  kInstalment = 100,
  kOutsideLimits = 110,
};
constexpr auto enum_names(SettleStage*) {
  using S = SettleStage;
  return std::array{EnumName<S>{S::kGate, "gate"},
                    EnumName<S>{S::kQuantify, "quantify"},
                    EnumName<S>{S::kService, "service"},
                    EnumName<S>{S::kTime, "time"},
                    EnumName<S>{S::kAverage, "average"},
                    EnumName<S>{S::kDeductible, "deductible"},
                    EnumName<S>{S::kRetention, "retention"},
                    EnumName<S>{S::kParticipation, "participation"},
                    EnumName<S>{S::kSublimit, "sublimit"},
                    EnumName<S>{S::kGroupSublimit, "group_sublimit"},
                    EnumName<S>{S::kOccurrenceLimit, "occurrence_limit"},
                    EnumName<S>{S::kAggregateLimit, "aggregate_limit"},
                    EnumName<S>{S::kOtherInsurance, "other_insurance"},
                    EnumName<S>{S::kInstalment, "instalment"},
                    EnumName<S>{S::kOutsideLimits, "outside_limits"}};
}

// Why an amount changed; the sentence of each stands in data/locales under "step.<name>".
enum class StepReason : std::uint8_t {
  kPerilNotCovered = 1,
  kNoCover = 2,
  kConditionNotMet = 3,
  kExclusion = 4,
  kOutsidePeriod = 5,
  kOutageWithinWaiting = 6,
  kWaitingHours = 7,
  kTimeMonetary = 8,
  kWaitingOrMonetary = 9,
  kIndemnityPeriod = 10,
  kDailyAmount = 11,
  kDeductible = 12,
  kBelowDeductible = 13,
  kRetention = 14,
  kExtraRetention = 15,
  kFranchise = 16,
  kSingleHighest = 17,
  kParticipation = 18,
  kSublimitOccurrence = 19,
  kSublimitAnnual = 20,
  kGroupSublimit = 21,
  kOccurrenceLimit = 22,
  kAggregateLimit = 23,
  kInstalment = 24,
  kMitigationOutside = 25,
  kMitigationCap = 26,
  kSplit = 27,
  kCorrected = 28,
  kSalesBeyondLoss = 29,  // sales records state more than the loss of their hours
  kConditionLate = 30,    // met, but after the payment that it must come before
  kBeforeRetroactiveDate = 31,
  kDiscoveredOutsidePeriod = 32,
  kClaimOutsidePeriod = 33,  // first made outside the period and the extended reporting period
  kReportedTooLate = 34,     // to the insurer, after both
  kOutsideTerritory = 60,
  kOutsideWindow = 61,  // incurred after the days in which such cost is paid
  kVendorNotDesignated = 62,
  kVendorNoticeLate = 63,    // the insurer knew too long after the first contact with the vendor
  kConsentTooLate = 64,      // consent was given, later than the hours after the payment
  kLimitedByExclusion = 65,  // not excluded, but limited to an amount
  kConverted = 66,           // before: in the currency of the invoice
  kWaitedAnew = 67,          // an interruption that came back too late to continue the same clock
  kServedInKind = 70,        // rendered by a service instead of paid
  kMeasuredHours = 71,       // parametric: completed hours x amount, whatever was lost
  kOtherProvider = 72,       // not an outage of the provider whose hours are measured
  kAverage = 73,             // declared below the actual value
  kExtraParticipation = 74,  // a further share that the insured keeps
  kReducedLimit = 75,        // the limit of this incident, cut by an obligation or a scale
  kOtherInsuranceShare = 76,
  kOtherInsuranceExcess = 77,
  kSuspended = 78,  // cover was suspended on that day
};
constexpr auto enum_names(StepReason*) {
  using R = StepReason;
  return std::array{EnumName<R>{R::kPerilNotCovered, "peril_not_covered"},
                    EnumName<R>{R::kNoCover, "no_cover"},
                    EnumName<R>{R::kConditionNotMet, "condition_not_met"},
                    EnumName<R>{R::kExclusion, "exclusion"},
                    EnumName<R>{R::kOutsidePeriod, "outside_period"},
                    EnumName<R>{R::kOutageWithinWaiting, "outage_within_waiting"},
                    EnumName<R>{R::kWaitingHours, "waiting_hours"},
                    EnumName<R>{R::kTimeMonetary, "time_monetary"},
                    EnumName<R>{R::kWaitingOrMonetary, "waiting_or_monetary"},
                    EnumName<R>{R::kIndemnityPeriod, "indemnity_period"},
                    EnumName<R>{R::kDailyAmount, "daily_amount"},
                    EnumName<R>{R::kDeductible, "deductible"},
                    EnumName<R>{R::kBelowDeductible, "below_deductible"},
                    EnumName<R>{R::kRetention, "retention"},
                    EnumName<R>{R::kExtraRetention, "extra_retention"},
                    EnumName<R>{R::kFranchise, "franchise"},
                    EnumName<R>{R::kSingleHighest, "single_highest"},
                    EnumName<R>{R::kParticipation, "participation"},
                    EnumName<R>{R::kSublimitOccurrence, "sublimit_occurrence"},
                    EnumName<R>{R::kSublimitAnnual, "sublimit_annual"},
                    EnumName<R>{R::kGroupSublimit, "group_sublimit"},
                    EnumName<R>{R::kOccurrenceLimit, "occurrence_limit"},
                    EnumName<R>{R::kAggregateLimit, "aggregate_limit"},
                    EnumName<R>{R::kInstalment, "instalment"},
                    EnumName<R>{R::kMitigationOutside, "mitigation_outside"},
                    EnumName<R>{R::kMitigationCap, "mitigation_cap"},
                    EnumName<R>{R::kSplit, "split"},
                    EnumName<R>{R::kCorrected, "corrected"},
                    EnumName<R>{R::kSalesBeyondLoss, "sales_beyond_loss"},
                    EnumName<R>{R::kConditionLate, "condition_late"},
                    EnumName<R>{R::kBeforeRetroactiveDate, "before_retroactive_date"},
                    EnumName<R>{R::kDiscoveredOutsidePeriod, "discovered_outside_period"},
                    EnumName<R>{R::kClaimOutsidePeriod, "claim_outside_period"},
                    EnumName<R>{R::kReportedTooLate, "reported_too_late"},
                    EnumName<R>{R::kOutsideTerritory, "outside_territory"},
                    EnumName<R>{R::kOutsideWindow, "outside_window"},
                    EnumName<R>{R::kVendorNotDesignated, "vendor_not_designated"},
                    EnumName<R>{R::kVendorNoticeLate, "vendor_notice_late"},
                    EnumName<R>{R::kConsentTooLate, "consent_too_late"},
                    EnumName<R>{R::kLimitedByExclusion, "limited_by_exclusion"},
                    EnumName<R>{R::kConverted, "converted"},
                    EnumName<R>{R::kWaitedAnew, "waited_anew"},
                    EnumName<R>{R::kServedInKind, "served_in_kind"},
                    EnumName<R>{R::kMeasuredHours, "measured_hours"},
                    EnumName<R>{R::kOtherProvider, "other_provider"},
                    EnumName<R>{R::kAverage, "average"},
                    EnumName<R>{R::kExtraParticipation, "extra_participation"},
                    EnumName<R>{R::kReducedLimit, "reduced_limit"},
                    EnumName<R>{R::kOtherInsuranceShare, "other_insurance_share"},
                    EnumName<R>{R::kOtherInsuranceExcess, "other_insurance_excess"},
                    EnumName<R>{R::kSuspended, "suspended"}};
}

// "2,800.00", and of another currency than one's own with its code: "USD 50,000.00".
inline std::string with_currency(Money amount, Currency own) {
  if (amount.currency() == own) return to_grouped(amount);
  return std::string(currency_code(amount.currency())) + " " + to_grouped(amount);
}

struct SettlementStep {
  SettleStage stage = SettleStage::kGate;
  StepReason reason = StepReason::kNoCover;
  std::string clause;  // reference into the wording, e.g. "2.1"; empty where the wording names none
  std::string subject;  // the section's code, a head, or a group's id; empty: the whole incident
  Money before;
  Money after;
  bool operator==(const SettlementStep&) const = default;
  template <class E = SettlementStep>
  static constexpr auto fields() {
    return std::tuple{field("stage", &E::stage),   field("reason", &E::reason),
                      field("clause", &E::clause), field("subject", &E::subject),
                      field("before", &E::before), field("after", &E::after)};
  }
};

struct SectionPaid {
  CoverCode section;
  Money claimed;  // after the time terms, with what was rendered in kind
  Money paid;
  Money eroded;  // what the limits lose: the amount before the instalment proportion
  bool operator==(const SectionPaid&) const = default;
  template <class E = SectionPaid>
  static constexpr auto fields() {
    return std::tuple{field("section", &E::section), field("claimed", &E::claimed),
                      field("paid", &E::paid), field("eroded", &E::eroded)};
  }
};

// Help rendered in kind: what it would have cost.
struct ServicePaid {
  CoverCode service;
  Money rendered;
  bool operator==(const ServicePaid&) const = default;
  template <class E = ServicePaid>
  static constexpr auto fields() {
    return std::tuple{field("service", &E::service), field("rendered", &E::rendered)};
  }
};

struct Settlement {
  std::vector<SectionPaid>
      sections;           // whose loss after the time terms is above zero, in the policy's order
  Money paid_total;       // without mitigation
  Money mitigation_paid;  // outside the limits
  std::optional<Money> aggregate_left;
  std::vector<SettlementStep> steps;
  // Beside paid_total and outside every limit but their own: the services of the policy that
  // rendered something, in its order.
  std::vector<ServicePaid> services_paid = {};
  bool operator==(const Settlement&) const = default;
  template <class E = Settlement>
  static constexpr auto fields() {
    return std::tuple{field("sections", &E::sections),
                      field("paid_total", &E::paid_total),
                      field("mitigation_paid", &E::mitigation_paid),
                      field("aggregate_left", &E::aggregate_left),
                      field("steps", &E::steps),
                      field("services_paid", &E::services_paid)};
  }
};

}  // namespace anlan::domain
