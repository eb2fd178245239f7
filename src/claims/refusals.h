// Refusals of claims: which loss statements cannot be quantified, which claims cannot be
// adjudicated, and who may not approve or pay.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::claims::refusals {

// quantify
inline constexpr RefusalCode kLossEntries{6001, "loss_entries"};
inline constexpr RefusalCode kBettermentAboveAmount{6002, "betterment_above_amount"};
inline constexpr RefusalCode kItemInInterruption{6003, "item_in_interruption"};
inline constexpr RefusalCode kItemIsMitigation{6004, "item_is_mitigation"};
inline constexpr RefusalCode kRestoredBeforeStarted{6005, "restored_before_started"};
inline constexpr RefusalCode kOutageTooLong{6006, "outage_too_long"};
inline constexpr RefusalCode kProfileNotAWeek{6007, "profile_not_a_week"};
inline constexpr RefusalCode kSalesPeriod{6008, "sales_period"};
inline constexpr RefusalCode kSalesOutsideOutage{6009, "sales_outside_outage"};
// adjudicate
inline constexpr RefusalCode kNothingStated{6010, "nothing_stated"};
inline constexpr RefusalCode kClaimMismatch{6011, "claim_mismatch"};
inline constexpr RefusalCode kPriorMismatch{6012, "prior_mismatch"};
inline constexpr RefusalCode kLumpForTimedSection{6013, "lump_for_timed_section"};
inline constexpr RefusalCode kMitigationWithoutCap{6014, "mitigation_without_cap"};
inline constexpr RefusalCode kOverrideUnknown{6015, "override_unknown"};
inline constexpr RefusalCode kPremiumShare{6016, "premium_share"};
// approve and pay
inline constexpr RefusalCode kApproverIsAdjudicator{6017, "approver_is_adjudicator"};
inline constexpr RefusalCode kApproverRole{6018, "approver_role"};
inline constexpr RefusalCode kApproverAuthority{6019, "approver_authority"};
inline constexpr RefusalCode kPayerRole{6020, "payer_role"};
inline constexpr RefusalCode kPayerDecided{6021, "payer_decided"};
// clocks and calendar
inline constexpr RefusalCode kDocumentsAskedBefore{6022, "documents_asked_before"};
inline constexpr RefusalCode kHolidayOutsideYear{6023, "holiday_outside_year"};
inline constexpr RefusalCode kHolidayPeriod{6024, "holiday_period"};
inline constexpr RefusalCode kWorkDayNotWeekend{6025, "work_day_not_weekend"};
// approve
inline constexpr RefusalCode kApproverInvolved{6026, "approver_involved"};
// quantify, adjudicate
inline constexpr RefusalCode kRateMissing{6027, "rate_missing"};
inline constexpr RefusalCode kStretchOrder{6028, "stretch_order"};
inline constexpr RefusalCode kPartNotRelated{6029, "part_not_related"};
// disclosure
inline constexpr RefusalCode kDisclosureDates{6030, "disclosure_dates"};
inline constexpr RefusalCode kDisclosureName{6031, "disclosure_name"};
// adjudicate
inline constexpr RefusalCode kProviderNotStated{6032, "provider_not_stated"};
inline constexpr RefusalCode kYearUnknown{6033, "year_unknown"};

inline constexpr std::array kRefusals{kLossEntries,
                                      kBettermentAboveAmount,
                                      kItemInInterruption,
                                      kItemIsMitigation,
                                      kRestoredBeforeStarted,
                                      kOutageTooLong,
                                      kProfileNotAWeek,
                                      kSalesPeriod,
                                      kSalesOutsideOutage,
                                      kNothingStated,
                                      kClaimMismatch,
                                      kPriorMismatch,
                                      kLumpForTimedSection,
                                      kMitigationWithoutCap,
                                      kOverrideUnknown,
                                      kPremiumShare,
                                      kApproverIsAdjudicator,
                                      kApproverRole,
                                      kApproverAuthority,
                                      kPayerRole,
                                      kPayerDecided,
                                      kDocumentsAskedBefore,
                                      kHolidayOutsideYear,
                                      kHolidayPeriod,
                                      kWorkDayNotWeekend,
                                      kApproverInvolved,
                                      kRateMissing,
                                      kStretchOrder,
                                      kPartNotRelated,
                                      kDisclosureDates,
                                      kDisclosureName,
                                      kProviderNotStated,
                                      kYearUnknown};

}  // namespace anlan::claims::refusals
