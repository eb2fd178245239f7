// Accounts: organisations, whom they let in, and which companies they may see.
#include <algorithm>

#include "base/utf8.h"
#include "platform/access_refusals.h"
#include "platform/account_checks.h"
#include "platform/accounts.h"
#include "platform/keys.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

constexpr std::int64_t kDayMinutes = 24 * 60;

bool is_own_organisation(std::string_view name) {
  return std::equal(name.begin(), name.end(), kOwnOrganisation.begin(), kOwnOrganisation.end(),
                    [](char one, char other) {
                      return (one >= 'A' && one <= 'Z' ? one - 'A' + 'a' : one) == other;
                    });
}

Refusal wrong_invitation() { return about_account(refusals::kInvitationWrong, "invitation"); }

Result<Done> check_licence(const Organisation& organisation) {
  const std::string& licence = organisation.licence;
  const bool fits = licence.empty() || (organisation.kind == OrganisationKind::kInsurer &&
                                        count_code_points(licence) <= kLicenceSignsMax &&
                                        check_shown_name(licence, "licence").ok());
  if (fits) return Done{};
  return about_account(refusals::kLicenceMalformed, "licence", shortened(licence, kLicenceSignsMax),
                       {{.name = "max", .value = std::to_string(kLicenceSignsMax)}});
}

}  // namespace

// ---- invitations

std::string Accounts::open_invitation(AccountRow& row) const {
  NewToken token = new_token(CredentialKind::kInvitation);
  row.invitation =
      Invitation{.token = token.digest, .ends = plus_minutes(now(), kInvitationDays * kDayMinutes)};
  return std::move(token.text);
}

Result<Invited> Accounts::invite(const NewInvitation& invitation) {
  const SecretKey nobody = random_key();
  ANLAN_TRY(const AccountId id, add({.login = invitation.login,
                                     .display_name = invitation.display_name,
                                     .password = to_hex(nobody.bytes()),
                                     .administrator = invitation.administrator,
                                     .organisation = invitation.organisation}));
  return invite_again(id);
}

Result<Invited> Accounts::invite_again(AccountId id) {
  Invited invited;
  ANLAN_REQUIRE(edit(id, [&](AccountRow& row, AccountChange&) -> Result<Done> {
    invited.token = open_invitation(row);
    row.describe();
    invited.account = row.account;
    return Done{};
  }));
  return invited;
}

Result<Account> Accounts::join(std::string_view token, std::string_view password) {
  const auto read = read_token(token);
  if (!read || read->kind != CredentialKind::kInvitation) return wrong_invitation();
  Account joining;
  {
    const std::lock_guard lock(mutex_);
    const AccountRow* row = tables_.account_of_invitation(read->digest);
    if (!row || row->invitation->ends <= now()) return wrong_invitation();
    if (row->account.disabled)
      return about_account(refusals::kAccountDisabled, "login", row->account.login);
    joining = row->account;
  }
  ANLAN_REQUIRE(check_new_password(password, joining.login));
  ANLAN_TRY(std::string hash, hash_password(password, options_.cost));
  ANLAN_REQUIRE(edit(joining.id, [&](AccountRow& row, AccountChange& change) -> Result<Done> {
    const bool still = row.invitation && row.invitation->token == read->digest;
    if (!still) return wrong_invitation();  // taken up meanwhile
    row.invitation.reset();
    row.password_hash = std::move(hash);
    end_all_sessions(row.account.id, change);
    row.describe();
    joining = row.account;
    return Done{};
  }));
  return joining;
}

// ---- organisations

Result<Done> Accounts::put_organisation(Organisation organisation) {
  ANLAN_REQUIRE(parse_name_text(organisation.name.text, "organisation"));
  if (is_own_organisation(organisation.name.text))
    return about_account(refusals::kOrganisationReserved, "organisation", organisation.name.text);
  ANLAN_REQUIRE(check_licence(organisation));
  std::vector<std::string>& houses = organisation.houses;
  for (const std::string& house : houses) ANLAN_REQUIRE(parse_name_text(house, "house"));
  std::sort(houses.begin(), houses.end());
  houses.erase(std::unique(houses.begin(), houses.end()), houses.end());
  const std::lock_guard lock(mutex_);
  const auto known = tables_.organisations().find(organisation.name);
  if (known == tables_.organisations().end()) {
    ANLAN_REQUIRE(
        check_account_limit(tables_.organisations().size(), kOrganisationsMax, "organisations"));
  } else if (known->second.kind != organisation.kind) {
    return about_account(refusals::kOrganisationKind, "kind",
                         std::string(name_of(organisation.kind)),
                         {{.name = "organisation", .value = organisation.name.text},
                          {.name = "kind", .value = std::string(name_of(known->second.kind))}});
  }
  for (const auto& [name, other] : tables_.organisations()) {
    for (const std::string& house : houses) {
      const bool theirs =
          std::find(other.houses.begin(), other.houses.end(), house) != other.houses.end();
      if (theirs && name != organisation.name)
        return about_account(refusals::kHouseRunByOther, "house", house,
                             {{.name = "organisation", .value = name.text}});
    }
  }
  AccountChange change;
  change.organisations.push_back(std::move(organisation));
  return tables_.store(std::move(change));
}

Result<Organisation> Accounts::organisation(const domain::OrganisationName& name) const {
  const std::lock_guard lock(mutex_);
  const auto found = tables_.organisations().find(name);
  if (found == tables_.organisations().end()) return organisation_missing(name);
  return found->second;
}

std::vector<Organisation> Accounts::organisations() const {
  const std::lock_guard lock(mutex_);
  std::vector<Organisation> all;
  for (const auto& [name, each] : tables_.organisations()) all.push_back(each);
  return all;
}

std::optional<Organisation> Accounts::runner_of(std::string_view house) const {
  const std::lock_guard lock(mutex_);
  for (const auto& [name, each] : tables_.organisations()) {
    if (std::find(each.houses.begin(), each.houses.end(), house) != each.houses.end()) return each;
  }
  return std::nullopt;
}

// ---- companies that somebody else registered

Result<Done> Accounts::grant_company(const CompanyGrant& grant, GrantTo to) {
  ANLAN_REQUIRE(parse_name_text(grant.house, "house"));
  const std::lock_guard lock(mutex_);
  if (to == GrantTo::kKnown && !tables_.organisations().contains(grant.organisation))
    return organisation_missing(grant.organisation);
  if (tables_.grants().contains(grant)) return Done{};
  ANLAN_REQUIRE(check_account_limit(tables_.grants().size(), kCompanyGrantsMax, "grants"));
  AccountChange change;
  change.granted.push_back(grant);
  return tables_.store(std::move(change));
}

Result<Done> Accounts::withdraw_company(const CompanyGrant& grant) {
  const std::lock_guard lock(mutex_);
  if (!tables_.grants().contains(grant)) return Done{};
  AccountChange change;
  change.withdrawn.push_back(grant);
  return tables_.store(std::move(change));
}

std::vector<CompanyGrant> Accounts::company_grants() const {
  const std::lock_guard lock(mutex_);
  return {tables_.grants().begin(), tables_.grants().end()};
}

std::vector<domain::EnterpriseId> Accounts::companies_granted(
    std::string_view house, const domain::OrganisationName& organisation) const {
  const std::lock_guard lock(mutex_);
  std::vector<domain::EnterpriseId> companies;
  const auto& grants = tables_.grants();
  for (auto at = grants.lower_bound(
           {.house = std::string(house), .organisation = organisation, .enterprise = {}});
       at != grants.end() && at->house == house && at->organisation == organisation; ++at)
    companies.push_back(at->enterprise);
  return companies;
}

}  // namespace anlan::platform
