// Drill: a scripted incident played on a policy as it stands: what would be paid and what stays
// with the insured, when by law and wording, and which documents the script would leave missing.
//
// Nothing is decided: a drill has no claim. The amounts are those of adjudicate on the policy's own
// year, clauses and premium; the days assume that everybody takes all the time there is.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/result.h"
#include "claims/adjudicate.h"
#include "claims/clocks.h"
#include "claims/work_calendar.h"
#include "terms/script.h"

namespace anlan::claims {

// The incident with every instant and day moved so that it occurs at `occurred`.
terms::Script moved_to(const terms::Script& script, Instant occurred);

// The script as it would be reported and stated under a policy. The curve is stated as the profit
// of its fullest hour, less what was still earned in the others.
domain::Incident incident_of(const terms::Script& script, domain::PolicyId policy);
domain::LossStatement statement_of(const terms::Script& script, const terms::Wording& wording);
// Values, other policies and days unpatched, as the script states them.
void add_script_facts(const terms::Script& script, AdjudicationInput& input);

enum class DrillClockKind : std::uint8_t {
  kRegulator = 1,     // National Measures on Reporting Cybersecurity Incidents
  kPersonalData = 2,  // Personal Information Protection Law art 57: at once
  kInsurerNotice = 3,
  kDocumentsOnce = 4,
  kDecision = 5,
  kPayment = 6,
  kDenialNotice = 7,
  kProvisionalPayment = 8,
  kLimitation = 9,  // Insurance Law art 26
};
constexpr auto enum_names(DrillClockKind*) {
  using K = DrillClockKind;
  return std::array{EnumName<K>{K::kRegulator, "regulator"},
                    EnumName<K>{K::kPersonalData, "personal_data"},
                    EnumName<K>{K::kInsurerNotice, "insurer_notice"},
                    EnumName<K>{K::kDocumentsOnce, "documents_once"},
                    EnumName<K>{K::kDecision, "decision"},
                    EnumName<K>{K::kPayment, "payment"},
                    EnumName<K>{K::kDenialNotice, "denial_notice"},
                    EnumName<K>{K::kProvisionalPayment, "provisional_payment"},
                    EnumName<K>{K::kLimitation, "limitation"}};
}

// Due at an instant, or on a day.
struct DrillClock {
  DrillClockKind kind = DrillClockKind::kRegulator;
  std::string from = {};  // instant or day, as text
  std::string due = {};
  std::string source = {};  // an article, or a clause of the wording
  bool calendar_known = true;
  bool operator==(const DrillClock&) const = default;
  template <class C = DrillClock>
  static constexpr auto fields() {
    return std::tuple{field("kind", &C::kind), field("from", &C::from), field("due", &C::due),
                      field("source", &C::source), field("calendar_known", &C::calendar_known)};
  }
};

enum class DrillPaper : std::uint8_t {
  kIncidentReport = 1,
  kForensicReport = 2,
  kInvoice = 3,
  kPaymentVoucher = 4,
  kProfitAccounts = 5,  // of the hours of an ordinary week
  kOutageLog = 6,
  kBettermentSplit = 7,
  kCondition = 8,  // evidence of a condition of the wording
  kThirdPartyClaim = 9,
  kPaidToThirdParty = 10,  // Insurance Law art 65
  kMitigationInvoice = 11,
};
constexpr auto enum_names(DrillPaper*) {
  using P = DrillPaper;
  return std::array{EnumName<P>{P::kIncidentReport, "incident_report"},
                    EnumName<P>{P::kForensicReport, "forensic_report"},
                    EnumName<P>{P::kInvoice, "invoice"},
                    EnumName<P>{P::kPaymentVoucher, "payment_voucher"},
                    EnumName<P>{P::kProfitAccounts, "profit_accounts"},
                    EnumName<P>{P::kOutageLog, "outage_log"},
                    EnumName<P>{P::kBettermentSplit, "betterment_split"},
                    EnumName<P>{P::kCondition, "condition"},
                    EnumName<P>{P::kThirdPartyClaim, "third_party_claim"},
                    EnumName<P>{P::kPaidToThirdParty, "paid_to_third_party"},
                    EnumName<P>{P::kMitigationInvoice, "mitigation_invoice"}};
}

struct DrillDocument {
  std::string head = {};  // empty: the whole incident
  DrillPaper paper = DrillPaper::kInvoice;
  std::string condition = {};  // kCondition: its name
  std::string clause = {};     // that asks for it; empty: art 22 does
  bool there = false;          // the script says so
  bool operator==(const DrillDocument&) const = default;
  template <class D = DrillDocument>
  static constexpr auto fields() {
    return std::tuple{field("head", &D::head), field("paper", &D::paper),
                      field("condition", &D::condition), field("clause", &D::clause),
                      field("there", &D::there)};
  }
};

// What a term leaves with the insured, all its steps together.
struct DrillKept {
  domain::StepReason reason = domain::StepReason::kNoCover;
  std::string clause = {};
  std::string subject = {};
  Money amount = {};
  bool operator==(const DrillKept&) const = default;
  template <class K = DrillKept>
  static constexpr auto fields() {
    return std::tuple{field("reason", &K::reason), field("clause", &K::clause),
                      field("subject", &K::subject), field("amount", &K::amount)};
  }
};

// Of a parametric section: the loss is what its hours measure, not the curve.
struct DrillMeasured {
  Money curve = {};
  Money loss = {};
  bool operator==(const DrillMeasured&) const = default;
  template <class M = DrillMeasured>
  static constexpr auto fields() {
    return std::tuple{field("curve", &M::curve), field("loss", &M::loss)};
  }
};

struct Drill {
  domain::ClaimDecision decision = {};  // never recorded; id 0
  Money stated = {};                    // the loss, mitigation included
  Money rendered = {};                  // in kind
  Money kept = {};                      // stated less payable and rendered: the sum of kept_by
  std::optional<DrillMeasured> measured = {};
  std::vector<DrillKept> kept_by = {};
  std::vector<DrillClock> clocks = {};
  std::vector<DrillDocument> documents = {};
};

// The references live as long as the call. `adjudication` holds the policy, its year and evidence;
// its incident and loss are those of `script`, which has been moved to its time.
struct DrillInput {
  const terms::Script& script;
  const AdjudicationInput& adjudication;
  const WorkCalendar& calendar;
  ReportingBody body = ReportingBody::kOther;
  UtcOffset offset = {};
};

// The day from which the clocks of a claim run: the last cost incurred or the end of the outage,
// whichever is later (assumption: the documents are complete on that day).
Date documents_complete(const terms::Script& script, UtcOffset offset);

// Refuses what adjudicate refuses. Cost: one adjudication.
Result<Drill> drill(const DrillInput& input);

}  // namespace anlan::claims
