// Response plan: who calls whom in which hour when an incident is found, from the wording, the
// services of the product, the clocks of the law and the facts of the company.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "claims/clocks.h"
#include "terms/wording.h"

namespace anlan::claims {

enum class PlanRole : std::uint8_t {
  kSecurityOwner = 1,
  kItTeam = 2,
  kManagement = 3,
  kFinance = 4,
  kLegal = 5,
  kInsurer = 6,
  kVendor = 7,
  kRegulator = 8,
  kPolice = 9,
  kPersons = 10,  // whose data it is, and their authority
};
constexpr auto enum_names(PlanRole*) {
  using R = PlanRole;
  return std::array{EnumName<R>{R::kSecurityOwner, "security_owner"},
                    EnumName<R>{R::kItTeam, "it_team"},
                    EnumName<R>{R::kManagement, "management"},
                    EnumName<R>{R::kFinance, "finance"},
                    EnumName<R>{R::kLegal, "legal"},
                    EnumName<R>{R::kInsurer, "insurer"},
                    EnumName<R>{R::kVendor, "vendor"},
                    EnumName<R>{R::kRegulator, "regulator"},
                    EnumName<R>{R::kPolice, "police"},
                    EnumName<R>{R::kPersons, "persons"}};
}

enum class PlanAct : std::uint8_t {
  kIsolate = 1,
  kOpenLog = 2,      // from the first hour: the interruption is measured by it
  kCallHotline = 3,  // of the policy's services
  kCallVendor = 4,   // of the protection that was ordered
  kTellManagement = 5,
  kReportIncident = 6,  // to the authority, in hours
  kTellPersons = 7,     // Personal Information Protection Law art 57
  kNotifyInsurer = 8,   // the hours of the wording
  kMeetCondition = 9,   // before its heads are paid
  kKeepEvidence = 10,
  kWaitingOver = 11,       // from here the interruption counts
  kCollectDocuments = 12,  // asked for once (art 22)
  kHoldPayments = 13,      // what needs consent is not paid before
};
constexpr auto enum_names(PlanAct*) {
  using A = PlanAct;
  return std::array{EnumName<A>{A::kIsolate, "isolate"},
                    EnumName<A>{A::kOpenLog, "open_log"},
                    EnumName<A>{A::kCallHotline, "call_hotline"},
                    EnumName<A>{A::kCallVendor, "call_vendor"},
                    EnumName<A>{A::kTellManagement, "tell_management"},
                    EnumName<A>{A::kReportIncident, "report_incident"},
                    EnumName<A>{A::kTellPersons, "tell_persons"},
                    EnumName<A>{A::kNotifyInsurer, "notify_insurer"},
                    EnumName<A>{A::kMeetCondition, "meet_condition"},
                    EnumName<A>{A::kKeepEvidence, "keep_evidence"},
                    EnumName<A>{A::kWaitingOver, "waiting_over"},
                    EnumName<A>{A::kCollectDocuments, "collect_documents"},
                    EnumName<A>{A::kHoldPayments, "hold_payments"}};
}

// `hour`: from discovery, by which it is done. `source`: a clause of the wording where `by_clause`,
// else a law or a practice by name ("reporting_measures", "pipl_57", "art_22", "practice").
struct PlanStep {
  std::int64_t hour = 0;
  PlanAct act = PlanAct::kIsolate;
  PlanRole caller = PlanRole::kSecurityOwner;
  std::optional<PlanRole> called = {};
  std::string subject = {};  // a condition, a section, a vendor
  std::string source = {};
  bool by_clause = false;
  bool operator==(const PlanStep&) const = default;
  template <class S = PlanStep>
  static constexpr auto fields() {
    return std::tuple{field("hour", &S::hour),          field("act", &S::act),
                      field("caller", &S::caller),      field("called", &S::called),
                      field("subject", &S::subject),    field("source", &S::source),
                      field("by_clause", &S::by_clause)};
  }
};

struct PlanInput {
  const terms::Wording& wording;
  bool hotline = false;                   // the product has services
  std::vector<std::string> vendors = {};  // of the orders that run
  ReportingBody body = ReportingBody::kOther;
  bool personal_data = false;
};

// By hour, in the order in which things are done within one. The hours that no clause and no law
// sets are practice (assumption): at once, within the first hour, within the first day.
std::vector<PlanStep> response_plan(const PlanInput& input);

}  // namespace anlan::claims
