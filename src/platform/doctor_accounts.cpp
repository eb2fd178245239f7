#include <algorithm>

#include "platform/account_rows.h"
#include "platform/doctor_checks.h"
#include "platform/refusals.h"
#include "platform/schema.h"

namespace anlan::platform {
namespace {

namespace fs = std::filesystem;

struct AccountsLook {
  const Installation& installation;
  const std::vector<ExaminedHouse>& houses;
  std::vector<Finding>& found;

  void add(const FindingKind& kind, std::vector<RefusalArg> args = {},
           std::optional<Refusal> cause = {}) {
    found.push_back({.kind = kind,
                     .subject = installation.accounts.string(),
                     .args = std::move(args),
                     .cause = std::move(cause)});
  }

  // Whether the file is one of ours in the format of this program.
  Result<bool> check_format(Database& database) {
    ANLAN_TRY(const std::int64_t id, database.whole_of("PRAGMA application_id"));
    ANLAN_TRY(const std::int64_t format, database.whole_of("PRAGMA user_version"));
    if (id != static_cast<std::int32_t>(schema::kAccountsId)) {
      add(findings::kAccountsForeign);
      return false;
    }
    if (format == schema::kAccountsFormat) return true;
    add(format > schema::kAccountsFormat ? findings::kAccountsNewer : findings::kAccountsOlder,
        {{.name = "found", .value = std::to_string(format)},
         {.name = "known", .value = std::to_string(schema::kAccountsFormat)}});
    return false;
  }

  void check_memberships(const Account& account) {
    for (const Membership& each : account.memberships) {
      const auto house = std::find_if(houses.begin(), houses.end(), [&](const ExaminedHouse& one) {
        return one.name == each.house;
      });
      const bool unread = std::any_of(houses.begin(), houses.end(), [](const ExaminedHouse& one) {
        return one.name.empty() || !one.report;
      });
      if (unread) return;  // of a house that could not be read nothing is known
      const bool known = house != houses.end() &&
                         std::find(house->report->actors.begin(), house->report->actors.end(),
                                   each.actor.text) != house->report->actors.end();
      if (known) continue;
      add(findings::kActsNowhere, {{.name = "login", .value = account.login},
                                   {.name = "house", .value = each.house},
                                   {.name = "actor", .value = each.actor.text}});
    }
  }

  void check_rows(const std::vector<AccountRow>& rows) {
    bool administered = false;
    for (const AccountRow& row : rows) {
      const Account& account = row.account;
      if (account.administrator && !account.disabled) {
        administered = true;
        if (!row.confirmed) add(findings::kOneFactor, {{.name = "login", .value = account.login}});
      }
      if (!account.disabled && !houses.empty()) check_memberships(account);
    }
    if (!administered) add(findings::kNoAdministrator);
  }

  Result<Done> check_database(bool in_use) {
    ANLAN_TRY(Database database,
              Database::open(installation.accounts,
                             in_use ? DatabaseMode::kReadOnly : DatabaseMode::kUntouched));
    ANLAN_TRY(const bool known, check_format(database));
    if (!known) return Done{};
    ANLAN_REQUIRE(database.check_schema(schema::kAccounts));
    ANLAN_REQUIRE(database.check_integrity());
    ANLAN_TRY(const std::vector<AccountRow> rows, read_account_rows(database));
    check_rows(rows);
    return Done{};
  }
};

}  // namespace

bool examine_accounts(const Installation& installation, const std::vector<ExaminedHouse>& houses,
                      std::vector<Finding>& found) {
  AccountsLook look{.installation = installation, .houses = houses, .found = found};
  struct stat info {};
  if (::stat(installation.accounts.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) {
    look.add(findings::kAccountsMissing);
    return false;
  }
  if ((info.st_mode & 0077) != 0)
    look.add(findings::kAccountsOpen, {{.name = "mode", .value = octal_mode(info)}});
  const auto holder = lock_holder(installation.accounts.string() + ".lock");
  if (holder) look.add(findings::kAccountsInUse, {{.name = "pid", .value = *holder}});
  const Result<Done> checked = look.check_database(holder.has_value());
  if (!checked.ok()) look.add(findings::kAccountsDamaged, {}, checked.refusal());
  return holder.has_value();
}

}  // namespace anlan::platform
