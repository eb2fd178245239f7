// Parties: the house itself, its actors with their roles and authority, and references to personal
// data.
#pragma once

#include <string>
#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "base/sha256.h"
#include "domain/ids.h"

namespace anlan::domain {

// Only a licensed insurer's house may quote to bind and collect premium (Order 2020 No. 13, art 3).
enum class HouseKind : std::uint8_t {
  kLicensedInsurer = 1,
  kLicensedBroker = 2,
  kLicensedAgent = 3,
  kVendor = 4,
  kParkOrGovernment = 5,
  kMarketplace = 6,
};
constexpr auto enum_names(HouseKind*) {
  using K = HouseKind;
  return std::array{EnumName<K>{K::kLicensedInsurer, "licensed_insurer"},
                    EnumName<K>{K::kLicensedBroker, "licensed_broker"},
                    EnumName<K>{K::kLicensedAgent, "licensed_agent"},
                    EnumName<K>{K::kVendor, "vendor"},
                    EnumName<K>{K::kParkOrGovernment, "park_or_government"},
                    EnumName<K>{K::kMarketplace, "marketplace"}};
}

// REFERENCE.md 4.4. A role says which commands an actor may give; authority says up to which
// amount.
enum class Role : std::uint8_t {
  kOperator = 1,  // opens the house, appoints actors; touches no business data
  kPolicyholder = 2,
  kBroker = 3,
  kUnderwriter = 4,
  kSecurityVendor = 5,
  kClaimsHandler = 6,
  kClaimsManager = 7,
  kFinance = 8,
  kSubsidyOfficer = 9,
  kAuditor = 10,    // reads only
  kReinsurer = 11,  // reads the risks of which it carries a share
  kAdjuster = 12,   // finds out about the incidents to which it was appointed
};
constexpr auto enum_names(Role*) {
  using R = Role;
  return std::array{EnumName<R>{R::kOperator, "operator"},
                    EnumName<R>{R::kPolicyholder, "policyholder"},
                    EnumName<R>{R::kBroker, "broker"},
                    EnumName<R>{R::kUnderwriter, "underwriter"},
                    EnumName<R>{R::kSecurityVendor, "security_vendor"},
                    EnumName<R>{R::kClaimsHandler, "claims_handler"},
                    EnumName<R>{R::kClaimsManager, "claims_manager"},
                    EnumName<R>{R::kFinance, "finance"},
                    EnumName<R>{R::kSubsidyOfficer, "subsidy_officer"},
                    EnumName<R>{R::kAuditor, "auditor"},
                    EnumName<R>{R::kReinsurer, "reinsurer"},
                    EnumName<R>{R::kAdjuster, "adjuster"}};
}

// Personal data never stands in an event: the vault keeps it encrypted under the subject's own key.
struct PersonalRef {
  SubjectId subject;       // 0: none given
  std::uint32_t slot = 0;  // which item of the subject
  Digest cipher;           // SHA-256 of the ciphertext
  bool operator==(const PersonalRef&) const = default;
  template <class E = PersonalRef>
  static constexpr auto fields() {
    return std::tuple{field("subject", &E::subject), field("slot", &E::slot),
                      field("cipher", &E::cipher)};
  }
};

struct Actor {
  ActorName name;
  OrganisationName organisation;
  std::vector<Role> roles;
  Money authority;  // the largest amount that the actor may decide or approve alone
  bool operator==(const Actor&) const = default;
  template <class E = Actor>
  static constexpr auto fields() {
    return std::tuple{field("name", &E::name), field("organisation", &E::organisation),
                      field("roles", &E::roles), field("authority", &E::authority)};
  }
};

}  // namespace anlan::domain
