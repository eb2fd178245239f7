// Instalments, invoices and reminders of the customer's part of a premium.
#pragma once

#include <string>
#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "base/time.h"
#include "domain/ids.h"

namespace anlan::domain {

// `due` is the last day on which the amount is in time.
struct Instalment {
  Date due;
  Money amount;
  bool operator==(const Instalment&) const = default;
  template <class E = Instalment>
  static constexpr auto fields() {
    return std::tuple{field("due", &E::due), field("amount", &E::amount)};
  }
};

// The customer pays its part on these days; the amounts are its part exactly.
struct InstalmentPlanAgreed {
  static constexpr std::uint16_t kKind = 110;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "instalment_plan_agreed";
  PolicyId policy;
  std::vector<Instalment> instalments;
  bool operator==(const InstalmentPlanAgreed&) const = default;
  template <class E = InstalmentPlanAgreed>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy), field("instalments", &E::instalments)};
  }
};

struct Invoice {
  std::string number;  // "AL-2026-000037-1"
  Date due;
  Money amount;  // tax in
  Money vat;     // of it
  bool operator==(const Invoice&) const = default;
  template <class E = Invoice>
  static constexpr auto fields() {
    return std::tuple{field("number", &E::number), field("due", &E::due),
                      field("amount", &E::amount), field("vat", &E::vat)};
  }
};

struct InvoiceIssued {
  static constexpr std::uint16_t kKind = 111;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "invoice_issued";
  PolicyId policy;
  Invoice invoice;
  bool operator==(const InvoiceIssued&) const = default;
  template <class E = InvoiceIssued>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy), field("invoice", &E::invoice)};
  }
};

// One after the other: the next is sent only when the one before it was.
enum class DunningStep : std::uint8_t {
  kFirstReminder = 1,
  kSecondReminder = 2,
  kLapseWarning = 3,
};
constexpr auto enum_names(DunningStep*) {
  using S = DunningStep;
  return std::array{EnumName<S>{S::kFirstReminder, "first_reminder"},
                    EnumName<S>{S::kSecondReminder, "second_reminder"},
                    EnumName<S>{S::kLapseWarning, "lapse_warning"}};
}

struct DunningLine {
  PolicyId policy;
  std::string invoice;
  DunningStep step = DunningStep::kFirstReminder;
  Date due;
  Money open;  // what of the invoice was unpaid
  bool operator==(const DunningLine&) const = default;
  template <class L = DunningLine>
  static constexpr auto fields() {
    return std::tuple{field("policy", &L::policy), field("invoice", &L::invoice),
                      field("step", &L::step), field("due", &L::due), field("open", &L::open)};
  }
};

struct DunningSent {
  static constexpr std::uint16_t kKind = 112;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "dunning_sent";
  Date as_of;
  std::vector<DunningLine> lines;
  bool operator==(const DunningSent&) const = default;
  template <class E = DunningSent>
  static constexpr auto fields() {
    return std::tuple{field("as_of", &E::as_of), field("lines", &E::lines)};
  }
};

}  // namespace anlan::domain
