// What the tests of accounts share: a store in a folder that vanishes, with a clock that stands
// still and cheap hashes. Not used by the program.
#pragma once

#include <memory>
#include <string>

#include "base/base32.h"
#include "base/check.h"
#include "house/memory_ports.h"
#include "platform/accounts.h"
#include "platform/files.h"
#include "platform/testing.h"
#include "platform/totp.h"

namespace anlan::platform::testing {

inline constexpr std::string_view kPassword = "seven small ships";
inline constexpr PasswordCost kCheapHash{.passes = 1, .memory_bytes = 8'192};
inline const Instant kStart = Instant::from_micros(1'772'330'400'000'000);  // 2026-03-01T02:00Z

struct AccountStore {
  TempFolder folder;
  house::FixedClock clock{kStart};
  PasswordCost cost = kCheapHash;
  std::unique_ptr<Accounts> accounts;

  AccountStore() {
    ANLAN_CHECK(Accounts::create(file()).ok());
    open_again();
  }
  fs::path file() const { return folder / "accounts.db"; }
  void open_again() {
    accounts.reset();
    accounts = std::move(Accounts::open(file(), {.clock = &clock, .cost = cost})).value();
  }
  Accounts* operator->() { return accounts.get(); }

  void pass(std::int64_t seconds) {
    clock.set(Instant::from_micros(clock.now().micros() + seconds * 1'000'000));
  }
  AccountId add(const std::string& login, bool administrator = false) {
    return accounts
        ->add({.login = login,
               .display_name = "Li Ming",
               .password = std::string(kPassword),
               .administrator = administrator})
        .value();
  }
  Result<SignedIn> sign_in(std::string_view login, std::string_view code = {},
                           std::string_view peer = "10.0.0.1") {
    return accounts->sign_in({.login = login, .password = kPassword, .code = code, .peer = peer});
  }
  Result<SignedIn> fail_sign_in(std::string_view login, std::string_view peer = "10.0.0.1") {
    return accounts->sign_in(
        {.login = login, .password = "eight small ships", .code = {}, .peer = peer});
  }
  // A key of a membership that is added with it.
  MadeApiKey add_key(AccountId id, CredentialKind kind = CredentialKind::kLiveKey) {
    ANLAN_CHECK(accounts->add_membership(id, member()).ok());
    return accounts->add_api_key(id, {.name = "sales site", .kind = kind, .acts_as = member()})
        .value();
  }
  static Membership member(std::string house = "ningbo") {
    return {.house = std::move(house), .actor = {"li.broker"}};
  }
  // The secret behind the address that begin_second_factor gave.
  static Bytes secret_of(const std::string& uri) {
    const std::size_t from = uri.find("secret=") + 7;
    return *from_base32(std::string_view(uri).substr(from, uri.find('&', from) - from));
  }
  std::string code(const Bytes& secret, std::int64_t steps = 0) {
    return totp_code(secret, totp_step(clock.now()) + steps);
  }
  // Every byte that the store keeps.
  std::string bytes() const {
    std::string all;
    for (const std::string name : {"accounts.db", "accounts.db-wal", "accounts.db.lock"}) {
      const auto text = read_file((folder / name).string());
      if (text.ok()) all += *text;
    }
    return all;
  }
};

// The name of a refusal, or "".
template <class T>
std::string_view said(const Result<T>& result) {
  return result.ok() ? std::string_view() : result.refusal().code.name;
}

}  // namespace anlan::platform::testing
