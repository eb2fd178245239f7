// Certificate: a member company of a park under the master policy of the park's operator. It says
// from when to when the member is covered, up to what in the year, and what it costs a year.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "base/time.h"
#include "domain/endorsement.h"
#include "domain/ids.h"

namespace anlan::domain {

// What a certificate may say, as filed: the limit of a member in the wording, the range of its
// annual premium in the product.
struct CertificateTerms {
  Money limit;  // the most
  Money premium_low;
  Money premium_high;
  bool operator==(const CertificateTerms&) const = default;
  template <class T = CertificateTerms>
  static constexpr auto fields() {
    return std::tuple{field("limit", &T::limit), field("premium_low", &T::premium_low),
                      field("premium_high", &T::premium_high)};
  }
};

struct Certificate {
  std::uint32_t number = 0;  // of the master, from 1; the house gives it
  EnterpriseId enterprise;
  Date from;      // first day of cover
  Date until;     // the day after the last
  Money limit;    // of the member in the year, inside the master's aggregate limit
  Money premium;  // a year
  bool operator==(const Certificate&) const = default;
  template <class C = Certificate>
  static constexpr auto fields() {
    return std::tuple{field("number", &C::number), field("enterprise", &C::enterprise),
                      field("from", &C::from),     field("until", &C::until),
                      field("limit", &C::limit),   field("premium", &C::premium)};
  }
};

// "AL-2026-000037-C3"
inline std::string certificate_number(const std::string& policy_number, std::uint32_t number) {
  return policy_number + "-C" + std::to_string(number);
}

// Members of a park under its master policy. `written` is the premium of the master's whole period
// with them, by payer.
struct CertificatesAdded {
  static constexpr std::uint16_t kKind = 130;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "certificates_added";
  PolicyId policy;
  CertificateTerms terms;
  std::vector<Certificate> certificates;
  PremiumParts written;
  bool operator==(const CertificatesAdded&) const = default;
  template <class E = CertificatesAdded>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy), field("terms", &E::terms),
                      field("certificates", &E::certificates), field("written", &E::written)};
  }
};

struct CertificateEnded {
  static constexpr std::uint16_t kKind = 131;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "certificate_ended";
  PolicyId policy;
  std::uint32_t number = 0;
  Date on;  // first day without cover
  std::string reason;
  PremiumParts written;
  bool operator==(const CertificateEnded&) const = default;
  template <class E = CertificateEnded>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy), field("number", &E::number), field("on", &E::on),
                      field("reason", &E::reason), field("written", &E::written)};
  }
};

}  // namespace anlan::domain
