#include "platform/account_checks.h"

#include <algorithm>

#include "base/utf8.h"
#include "platform/access_refusals.h"
#include "platform/accounts.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

bool is_login_sign(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' ||
         c == '+' || c == '@';
}

bool is_shown(char32_t sign) {
  const bool control =
      sign < 0x20 || (sign >= 0x7F && sign < 0xA0) || sign == 0x2028 || sign == 0x2029;
  // Marks that turn the direction of what follows could make one name look like another.
  const bool turns = (sign >= 0x202A && sign <= 0x202E) || (sign >= 0x2066 && sign <= 0x2069) ||
                     sign == 0x200E || sign == 0x200F;
  return !control && !turns;
}

}  // namespace

Refusal about_account(RefusalCode code, std::string_view path, std::string value,
                      std::vector<RefusalArg> args) {
  return Refusal{.code = code,
                 .path = std::string(path),
                 .value = std::move(value),
                 .args = std::move(args),
                 .at = {}};
}

Refusal account_missing(AccountId id) {
  return about_account(refusals::kAccountMissing, "account", to_text(id));
}

Refusal membership_missing(const Account& account, const Membership& membership) {
  return about_account(refusals::kMembershipMissing, "account", account.login,
                       {{.name = "house", .value = membership.house},
                        {.name = "actor", .value = membership.actor.text}});
}

Result<std::string> parse_login(std::string_view text) {
  std::string login(text.substr(0, kLoginBytesMax + 1));
  std::transform(login.begin(), login.end(), login.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const bool starts = !login.empty() && ((login[0] >= 'a' && login[0] <= 'z') ||
                                         (login[0] >= '0' && login[0] <= '9'));
  if (starts && login.size() <= kLoginBytesMax &&
      std::all_of(login.begin(), login.end(), is_login_sign)) {
    return login;
  }
  return about_account(refusals::kLoginMalformed, "login", std::move(login),
                       {{.name = "max", .value = std::to_string(kLoginBytesMax)}});
}

Result<Done> check_shown_name(std::string_view name, std::string_view path) {
  std::size_t signs = 0;
  bool fine = !name.empty();
  for (std::string_view rest = name; !rest.empty() && fine;) {
    const CodePoint sign = first_code_point(rest);
    fine = sign.valid && is_shown(sign.value) && ++signs <= kShownNameSignsMax;
    rest.remove_prefix(sign.bytes);
  }
  if (fine) return Done{};
  return about_account(refusals::kShownNameMalformed, path, shortened(name, 80),
                       {{.name = "max", .value = std::to_string(kShownNameSignsMax)}});
}

Result<Done> check_account_limit(std::size_t count, std::size_t limit, std::string_view what) {
  if (count < limit) return Done{};
  return about_account(refusals::kAccountLimit, what, {},
                       {{.name = "limit", .value = std::to_string(limit)}});
}

Refusal organisation_missing(const domain::OrganisationName& name) {
  return about_account(refusals::kOrganisationMissing, "organisation", name.text);
}

Result<Done> check_organisation(const AccountTables& tables, const domain::OrganisationName& name) {
  if (name.exists() && !tables.organisations().contains(name)) return organisation_missing(name);
  return Done{};
}

const std::vector<domain::Role>& roles_of_kind(OrganisationKind kind) {
  using domain::Role;
  static const std::vector<Role> insurer{Role::kOperator,      Role::kUnderwriter,
                                         Role::kClaimsHandler, Role::kClaimsManager,
                                         Role::kFinance,       Role::kAuditor};
  static const std::vector<Role> seller{Role::kBroker};
  static const std::vector<Role> vendor{Role::kSecurityVendor};
  static const std::vector<Role> insured{Role::kPolicyholder};
  static const std::vector<Role> payer{Role::kSubsidyOfficer};
  static const std::vector<Role> reader{Role::kAuditor};
  static const std::vector<Role> reinsurer{Role::kReinsurer};
  static const std::vector<Role> adjuster{Role::kAdjuster};
  static const std::vector<Role> nobody;
  switch (kind) {
    case OrganisationKind::kInsurer:
      return insurer;
    case OrganisationKind::kBroker:
    case OrganisationKind::kAgent:
      return seller;
    case OrganisationKind::kVendor:
    case OrganisationKind::kServiceOperator:
      return vendor;
    case OrganisationKind::kPark:
    case OrganisationKind::kCompany:
      return insured;
    case OrganisationKind::kSubsidyOffice:
      return payer;
    case OrganisationKind::kRegulator:
      return reader;
    case OrganisationKind::kReinsurer:
      return reinsurer;
    case OrganisationKind::kAdjuster:
      return adjuster;
  }
  ANLAN_CHECK(false);
  return nobody;
}

}  // namespace anlan::platform
