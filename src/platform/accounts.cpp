#include "platform/accounts.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "platform/account_checks.h"
#include "platform/keys.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

namespace fs = std::filesystem;

}  // namespace

// Held as long as the accounts are open: what is answered from memory must be what is stored.
class Accounts::FileLock {
 public:
  static Result<std::unique_ptr<FileLock>> take(const fs::path& file) {
    const std::string name = file.string() + ".lock";
    auto lock = std::make_unique<FileLock>();
    lock->handle_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock->handle_ < 0) {
      return about_account(refusals::kFileNotWritten, "file", name,
                           {{.name = "reason", .value = std::system_category().message(errno)}});
    }
    if (::flock(lock->handle_, LOCK_EX | LOCK_NB) != 0) {
      return about_account(refusals::kAccountsBusy, "file", file.string(),
                           {{.name = "pid", .value = lock->holder()}});
    }
    // Only for the sentence above: whether it could be written decides nothing.
    const std::string pid = std::to_string(::getpid()) + "\n";
    if (::ftruncate(lock->handle_, 0) == 0 &&
        ::pwrite(lock->handle_, pid.data(), pid.size(), 0) < 0)
      errno = 0;
    return lock;
  }
  FileLock() = default;
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock() {
    if (handle_ >= 0) ::close(handle_);
  }

 private:
  std::string holder() const {
    std::string text(32, '\0');
    const ssize_t count = ::pread(handle_, text.data(), text.size(), 0);
    text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    text = text.substr(0, text.find('\n'));
    return text.empty() ? "?" : text;
  }
  int handle_ = -1;
};

Result<Done> Accounts::create(const fs::path& file) { return AccountTables::create(file); }

Result<std::unique_ptr<Accounts>> Accounts::open(const fs::path& file, AccountsOptions options) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) {
    return about_account(refusals::kFileMissing, "file", file.string());
  }
  ANLAN_TRY(std::unique_ptr<FileLock> lock, FileLock::take(file));
  ANLAN_TRY(AccountTables tables, AccountTables::open(file));
  const SecretKey nobody = random_key();
  ANLAN_TRY(std::string decoy, hash_password(to_hex(nobody.bytes()), options.cost));
  std::unique_ptr<Accounts> accounts(
      new Accounts(std::move(lock), std::move(tables), std::move(options), std::move(decoy)));
  ANLAN_REQUIRE(accounts->seal_all());
  return accounts;
}

Accounts::Accounts(std::unique_ptr<FileLock> lock, AccountTables tables, AccountsOptions options,
                   std::string decoy_hash)
    : lock_(std::move(lock)),
      options_(std::move(options)),
      clock_(options_.clock ? options_.clock : &system_clock_),
      decoy_hash_(std::move(decoy_hash)),
      tables_(std::move(tables)),
      uses_stored_(now()) {}

Accounts::~Accounts() = default;

Instant Accounts::now() const { return clock_->now(); }

Result<Done> Accounts::edit(AccountId id, const Edit& make) {
  const std::lock_guard lock(mutex_);
  const AccountRow* known = tables_.account(id);
  if (!known) return account_missing(id);
  AccountRow row = *known;
  AccountChange change;
  ANLAN_REQUIRE(make(row, change));
  change.accounts.push_back(std::move(row));
  return tables_.store(std::move(change));
}

Result<AccountId> Accounts::add(const NewAccount& account) {
  ANLAN_TRY(const std::string login, parse_login(account.login));
  ANLAN_REQUIRE(check_shown_name(account.display_name, "display_name"));
  ANLAN_REQUIRE(check_new_password(account.password, login));
  ANLAN_TRY(std::string hash, hash_password(account.password, options_.cost));
  const std::lock_guard lock(mutex_);
  if (tables_.account_of(login)) return about_account(refusals::kLoginTaken, "login", login);
  ANLAN_REQUIRE(check_organisation(tables_, account.organisation));
  ANLAN_REQUIRE(check_account_limit(tables_.accounts().size(), kAccountsMax, "accounts"));
  AccountRow row;
  row.account = {.id = tables_.next_account(),
                 .login = login,
                 .display_name = account.display_name,
                 .administrator = account.administrator,
                 .created = now(),
                 .organisation = account.organisation};
  row.password_hash = std::move(hash);
  const AccountId id = row.account.id;
  AccountChange change;
  change.accounts.push_back(std::move(row));
  ANLAN_REQUIRE(tables_.store(std::move(change)));
  return id;
}

Result<Account> Accounts::account(AccountId id) const {
  const std::lock_guard lock(mutex_);
  const AccountRow* row = tables_.account(id);
  if (!row) return account_missing(id);
  return row->account;
}

Result<Account> Accounts::find(std::string_view login) const {
  ANLAN_TRY(const std::string kept, parse_login(login));
  const std::lock_guard lock(mutex_);
  const AccountRow* row = tables_.account_of(kept);
  if (!row) return about_account(refusals::kAccountMissing, "login", kept);
  return row->account;
}

std::vector<Account> Accounts::list() const {
  const std::lock_guard lock(mutex_);
  std::vector<Account> accounts;
  for (const auto& [id, row] : tables_.accounts()) accounts.push_back(row.account);
  return accounts;
}

Result<Done> Accounts::rename(AccountId id, std::string display_name) {
  ANLAN_REQUIRE(check_shown_name(display_name, "display_name"));
  return edit(id, [&](AccountRow& row, AccountChange&) -> Result<Done> {
    row.account.display_name = std::move(display_name);
    return Done{};
  });
}

Result<Done> Accounts::set_disabled(AccountId id, bool disabled) {
  return edit(id, [&](AccountRow& row, AccountChange& change) -> Result<Done> {
    if (disabled) ANLAN_REQUIRE(keep_an_administrator(row.account));
    // Until then they tell their holders why they are refused.
    if (!disabled) end_all_sessions(id, change);
    row.account.disabled = disabled;
    return Done{};
  });
}

Result<Done> Accounts::set_administrator(AccountId id, bool administrator) {
  return edit(id, [&](AccountRow& row, AccountChange&) -> Result<Done> {
    if (!administrator) ANLAN_REQUIRE(keep_an_administrator(row.account));
    row.account.administrator = administrator;
    return Done{};
  });
}

Result<Done> Accounts::keep_an_administrator(const Account& account) const {
  const auto manages = [](const Account& each) {
    return each.administrator && !each.disabled && !each.organisation.exists();
  };
  if (!manages(account)) return Done{};
  for (const auto& [id, row] : tables_.accounts()) {
    if (id != account.id && manages(row.account)) return Done{};
  }
  return about_account(refusals::kLastAdministrator, "account", account.login);
}

void Accounts::end_all_sessions(AccountId id, AccountChange& change) const {
  for (const SessionRow& row : tables_.sessions_of(id)) change.ended.push_back(row.session);
}

Result<Done> Accounts::add_membership(AccountId id, const Membership& membership) {
  ANLAN_REQUIRE(parse_name_text(membership.house, "house"));
  ANLAN_REQUIRE(parse_name_text(membership.actor.text, "actor"));
  return edit(id, [&](AccountRow& row, AccountChange&) -> Result<Done> {
    std::vector<Membership>& all = row.account.memberships;
    const auto place = std::lower_bound(all.begin(), all.end(), membership);
    if (place != all.end() && *place == membership) return Done{};
    ANLAN_REQUIRE(check_account_limit(all.size(), kMembershipsMax, "memberships"));
    all.insert(place, membership);
    return Done{};
  });
}

Result<Done> Accounts::remove_membership(AccountId id, const Membership& membership) {
  return edit(id, [&](AccountRow& row, AccountChange& change) -> Result<Done> {
    if (std::erase(row.account.memberships, membership) == 0) {
      return membership_missing(row.account, membership);
    }
    // They would otherwise work again if the membership came back.
    for (ApiKeyRow& key : tables_.api_keys_of(id)) {
      if (key.key.acts_as != membership || key.key.revoked) continue;
      key.key.revoked = now();
      change.api_keys.push_back(std::move(key));
    }
    return Done{};
  });
}

}  // namespace anlan::platform
