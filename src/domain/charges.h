// Charges: what of a gross premium is not the insurer's own: tax, commission, the levy of the
// guarantee fund, premium ceded to a reinsurer, and the commission that comes back for it.
#pragma once

#include <string>
#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "base/sha256.h"
#include "base/share.h"
#include "domain/ids.h"

namespace anlan::domain {

enum class ChargeKind : std::uint8_t {
  kVat = 1,
  kCommission = 2,
  kLevy = 3,             // 保险保障基金
  kCession = 4,          // to the reinsurer
  kCedingCommission = 5  // from the reinsurer
};
constexpr auto enum_names(ChargeKind*) {
  using K = ChargeKind;
  return std::array{EnumName<K>{K::kVat, "vat"}, EnumName<K>{K::kCommission, "commission"},
                    EnumName<K>{K::kLevy, "levy"}, EnumName<K>{K::kCession, "cession"},
                    EnumName<K>{K::kCedingCommission, "ceding_commission"}};
}

// Rates of one product, or of all that have none of their own (`product` empty).
struct ChargeTerms {
  ProductName product;
  Share vat;                // on the net premium, inside the gross one
  Share commission;         // of the net premium, where a broker sold the policy
  Share levy;               // of the net premium
  Share cession;            // of the net premium: quota share
  Share ceding_commission;  // of the ceded premium
  bool operator==(const ChargeTerms&) const = default;
  template <class T = ChargeTerms>
  static constexpr auto fields() {
    return std::tuple{
        field("product", &T::product),       field("vat", &T::vat),
        field("commission", &T::commission), field("levy", &T::levy),
        field("cession", &T::cession),       field("ceding_commission", &T::ceding_commission)};
  }
};

// Acts on policies bound afterwards; a policy keeps the rates that it was bound under.
struct ChargesSet {
  static constexpr std::uint16_t kKind = 116;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "charges_set";
  std::vector<ChargeTerms> terms;
  Digest source;  // of the files that they were read from
  bool operator==(const ChargesSet&) const = default;
  template <class E = ChargesSet>
  static constexpr auto fields() {
    return std::tuple{field("terms", &E::terms), field("source", &E::source)};
  }
};

// A part of one risk is ceded beside the quota share, before it is bound: Insurance Law art 103.
struct FacultativeCeded {
  static constexpr std::uint16_t kKind = 117;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "facultative_ceded";
  QuoteId quote;
  OrganisationName reinsurer;
  Share share;  // of the risk and of its net premium, before the quota share takes its part
  Share ceding_commission;
  std::string reference;  // of the reinsurer's slip
  bool operator==(const FacultativeCeded&) const = default;
  template <class E = FacultativeCeded>
  static constexpr auto fields() {
    return std::tuple{field("quote", &E::quote), field("reinsurer", &E::reinsurer),
                      field("share", &E::share), field("ceding_commission", &E::ceding_commission),
                      field("reference", &E::reference)};
  }
};

}  // namespace anlan::domain
