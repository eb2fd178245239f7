// Policy instruments beside the premium subsidy: a tax deduction for the premium, compensation for
// insuring a first set or first version. The state gives them to the customer; no money of the
// house.
#pragma once

#include <string>
#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "base/sha256.h"
#include "base/share.h"
#include "domain/ids.h"

namespace anlan::domain {

struct InstrumentTag {
  static constexpr std::string_view kPrefix = "ins";
};
using InstrumentId = Id<InstrumentTag>;  // of an application

enum class InstrumentKind : std::uint8_t { kTaxDeduction = 1, kFirstSetCompensation = 2 };
constexpr auto enum_names(InstrumentKind*) {
  using K = InstrumentKind;
  return std::array{EnumName<K>{K::kTaxDeduction, "tax_deduction"},
                    EnumName<K>{K::kFirstSetCompensation, "first_set_compensation"}};
}

// The rules of a scheme as they stood when it was applied for.
struct InstrumentTerms {
  SchemeName scheme;
  InstrumentKind kind = InstrumentKind::kTaxDeduction;
  Share share;                       // of the premium that counts
  Money maximum;                     // for one policy
  std::vector<SchemeName> excludes;  // not beside one of these for the same policy
  Share public_share_max;  // the most that all public money together may be of the premium
  Digest artefact;         // of the scheme's file
  bool operator==(const InstrumentTerms&) const = default;
  template <class T = InstrumentTerms>
  static constexpr auto fields() {
    return std::tuple{
        field("scheme", &T::scheme),     field("kind", &T::kind),
        field("share", &T::share),       field("maximum", &T::maximum),
        field("excludes", &T::excludes), field("public_share_max", &T::public_share_max),
        field("artefact", &T::artefact)};
  }
};

struct InstrumentApplied {
  static constexpr std::uint16_t kKind = 100;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "instrument_applied";
  InstrumentId id;
  PolicyId policy;
  InstrumentTerms terms;
  Money amount;  // applied for
  bool operator==(const InstrumentApplied&) const = default;
  template <class E = InstrumentApplied>
  static constexpr auto fields() {
    return std::tuple{field("id", &E::id), field("policy", &E::policy), field("terms", &E::terms),
                      field("amount", &E::amount)};
  }
};

struct InstrumentDecided {
  static constexpr std::uint16_t kKind = 101;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "instrument_decided";
  InstrumentId application;
  bool granted = false;
  Money amount;
  std::string reason;
  bool operator==(const InstrumentDecided&) const = default;
  template <class E = InstrumentDecided>
  static constexpr auto fields() {
    return std::tuple{field("application", &E::application), field("granted", &E::granted),
                      field("amount", &E::amount), field("reason", &E::reason)};
  }
};

// The customer has it.
struct InstrumentPaid {
  static constexpr std::uint16_t kKind = 102;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "instrument_paid";
  InstrumentId application;
  Money amount;
  bool operator==(const InstrumentPaid&) const = default;
  template <class E = InstrumentPaid>
  static constexpr auto fields() {
    return std::tuple{field("application", &E::application), field("amount", &E::amount)};
  }
};

// The customer owes it back: less premium is left than it was paid for.
struct InstrumentClawedBack {
  static constexpr std::uint16_t kKind = 103;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "instrument_clawed_back";
  InstrumentId application;
  Money amount;
  std::string reason;
  bool operator==(const InstrumentClawedBack&) const = default;
  template <class E = InstrumentClawedBack>
  static constexpr auto fields() {
    return std::tuple{field("application", &E::application), field("amount", &E::amount),
                      field("reason", &E::reason)};
  }
};

}  // namespace anlan::domain
