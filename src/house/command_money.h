// Commands of the money around a premium: instalments, invoices, reminders, charges, the end of a
// month, accumulation, and the policy instruments beside the subsidy.
#pragma once

#include <string>
#include <vector>

#include "base/fields.h"
#include "base/sha256.h"
#include "domain/event.h"

namespace anlan::house {

struct ApplyInstrument {
  static constexpr std::uint16_t kKind = 100;
  static constexpr std::string_view kName = "apply_instrument";
  domain::PolicyId policy;
  domain::InstrumentTerms terms;  // of the scheme's file
  template <class E = ApplyInstrument>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy), field("terms", &E::terms)};
  }
};

struct DecideInstrument {
  static constexpr std::uint16_t kKind = 101;
  static constexpr std::string_view kName = "decide_instrument";
  domain::InstrumentId application;
  bool grant = false;
  std::string reason;
  template <class C = DecideInstrument>
  static constexpr auto fields() {
    return std::tuple{field("application", &C::application), field("grant", &C::grant),
                      field("reason", &C::reason)};
  }
};

// What is granted and still due for the premium that is left.
struct PayInstrument {
  static constexpr std::uint16_t kKind = 102;
  static constexpr std::string_view kName = "pay_instrument";
  domain::InstrumentId application;
  template <class E = PayInstrument>
  static constexpr auto fields() {
    return std::tuple{field("application", &E::application)};
  }
};

// What was paid above that.
struct ClawBackInstrument {
  static constexpr std::uint16_t kKind = 103;
  static constexpr std::string_view kName = "claw_back_instrument";
  domain::InstrumentId application;
  std::string reason;
  template <class E = ClawBackInstrument>
  static constexpr auto fields() {
    return std::tuple{field("application", &E::application), field("reason", &E::reason)};
  }
};

// Takes the place of an earlier plan as long as nothing was invoiced.
struct AgreeInstalments {
  static constexpr std::uint16_t kKind = 110;
  static constexpr std::string_view kName = "agree_instalments";
  domain::PolicyId policy;
  std::vector<domain::Instalment> instalments;
  template <class E = AgreeInstalments>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy), field("instalments", &E::instalments)};
  }
};

// Invoices every instalment up to `through`, and the next one where that is none; without a plan
// all that the customer owes, due on `due`.
struct IssueInvoices {
  static constexpr std::uint16_t kKind = 111;
  static constexpr std::string_view kName = "issue_invoices";
  domain::PolicyId policy;
  Date due;  // the product's last day of payment
  Date through;
  Share vat;  // on the net premium, where the policy was bound without charges
  template <class C = IssueInvoices>
  static constexpr auto fields() {
    return std::tuple{field("policy", &C::policy), field("due", &C::due),
                      field("through", &C::through), field("vat", &C::vat)};
  }
};

// Days after the last day of payment.
struct DunningDays {
  std::int32_t first_reminder = 0;
  std::int32_t second_reminder = 0;
  std::int32_t lapse_warning = 0;
  bool operator==(const DunningDays&) const = default;
  template <class D = DunningDays>
  static constexpr auto fields() {
    return std::tuple{field("first_reminder", &D::first_reminder),
                      field("second_reminder", &D::second_reminder),
                      field("lapse_warning", &D::lapse_warning)};
  }
};

// Everybody who is to be reminded on that day; of kDunningLinesMax at a time.
inline constexpr std::size_t kDunningLinesMax = 4'000;
struct SendDunning {
  static constexpr std::uint16_t kKind = 112;
  static constexpr std::string_view kName = "send_dunning";
  Date as_of;
  DunningDays days;
  template <class E = SendDunning>
  static constexpr auto fields() {
    return std::tuple{field("as_of", &E::as_of), field("days", &E::days)};
  }
};

struct CloseMonth {
  static constexpr std::uint16_t kKind = 113;
  static constexpr std::string_view kName = "close_month";
  Date month;  // its first day
  template <class E = CloseMonth>
  static constexpr auto fields() {
    return std::tuple{field("month", &E::month)};
  }
};

struct SetAccumulationLimit {
  static constexpr std::uint16_t kKind = 114;
  static constexpr std::string_view kName = "set_accumulation_limit";
  std::string provider;
  Money limit;
  template <class E = SetAccumulationLimit>
  static constexpr auto fields() {
    return std::tuple{field("provider", &E::provider), field("limit", &E::limit)};
  }
};

struct SetRiskUnitRule {
  static constexpr std::uint16_t kKind = 115;
  static constexpr std::string_view kName = "set_risk_unit_rule";
  domain::RiskUnitAction action = domain::RiskUnitAction::kWarn;
  Money reserve_fund;
  template <class E = SetRiskUnitRule>
  static constexpr auto fields() {
    return std::tuple{field("action", &E::action), field("reserve_fund", &E::reserve_fund)};
  }
};

struct SetCharges {
  static constexpr std::uint16_t kKind = 116;
  static constexpr std::string_view kName = "set_charges";
  std::vector<domain::ChargeTerms> terms;
  Digest source;
  template <class E = SetCharges>
  static constexpr auto fields() {
    return std::tuple{field("terms", &E::terms), field("source", &E::source)};
  }
};

struct CedeFacultative {
  static constexpr std::uint16_t kKind = 117;
  static constexpr std::string_view kName = "cede_facultative";
  domain::FacultativeCeded cession;
  template <class E = CedeFacultative>
  static constexpr auto fields() {
    return std::tuple{field("cession", &E::cession)};
  }
};

}  // namespace anlan::house
