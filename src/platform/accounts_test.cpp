#include "platform/accounts.h"

#include <atomic>
#include <thread>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "platform/accounts_testing.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

using namespace testing;

unsigned mode_of(const fs::path& file) {
  struct stat info {};
  REQUIRE(::stat(file.c_str(), &info) == 0);
  return info.st_mode & 0777;
}

NewAccount account_named(std::string login) {
  return {.login = std::move(login), .display_name = "Li Ming", .password = "seven small ships"};
}

TEST_CASE("accounts: an account is found by its login in any case and by its id") {
  AccountStore store;
  CHECK(store->list().empty());
  const AccountId id = store
                           ->add({.login = "Li.Ming@Example.cn",
                                  .display_name = "李明",
                                  .password = "seven small ships",
                                  .administrator = true})
                           .value();
  const Account found = store->find("LI.MING@example.cn").value();
  CHECK(found == store->account(id).value());
  CHECK(found.login == "li.ming@example.cn");
  CHECK(found.display_name == "李明");
  CHECK(found.administrator);
  CHECK_FALSE(found.disabled);
  CHECK_FALSE(found.second_factor);
  CHECK(found.created == kStart);
  CHECK(to_text(id) == "acc_1");
  REQUIRE(store->rename(id, "Li M.").ok());
  CHECK(store->account(id)->display_name == "Li M.");
  const AccountId other = store.add("wang");
  CHECK(store->list() == std::vector{store->account(id).value(), store->account(other).value()});
}

TEST_CASE("accounts: the file is private, is made once, and nothing else is taken for it") {
  AccountStore store;
  store.add("li");
  for (const std::string name : {"accounts.db", "accounts.db-wal", "accounts.db.lock"}) {
    CHECK(mode_of(store.folder / name) == 0600);
  }
  CHECK(said(Accounts::create(store.file())) == "file_exists");
  CHECK(said(Accounts::open(store.folder / "none.db")) == "file_missing");
  CHECK_FALSE(fs::exists(store.folder / "none.db.lock"));
  REQUIRE(write_file(store.folder / "text.db", bytes_of(std::string(5'000, 'x'))).ok());
  CHECK(said(Accounts::open(store.folder / "text.db")) == "database_damaged");
  REQUIRE(Vault::create(store.folder / "vault.db", random_key()).ok());
  CHECK(said(Accounts::open(store.folder / "vault.db")) == "database_format");
}

TEST_CASE("accounts: rows and tables that cannot have been written here are refused") {
  for (const std::string change :
       {"CREATE TABLE more(x INTEGER) STRICT", "UPDATE accounts SET disabled = 2",
        "UPDATE accounts SET second_factor_confirmed = 1", "UPDATE accounts SET account = -1",
        "UPDATE accounts SET second_factor = x'00'", "UPDATE sessions SET token = x'00'",
        "UPDATE sessions SET account = 7", "UPDATE api_keys SET account = 7",
        "UPDATE api_keys SET kind = 1", "UPDATE api_keys SET scope = 3",
        "UPDATE memberships SET house = 'a b'", "UPDATE memberships SET account = 7",
        "INSERT INTO recovery_codes VALUES(7, zeroblob(32))"}) {
    CAPTURE(change);
    AccountStore store;
    store.add_key(store.add("li"));
    REQUIRE(store.sign_in("li").ok());
    store.accounts.reset();
    {
      Database database = Database::open(store.file(), DatabaseMode::kReadWrite).value();
      REQUIRE(database.run(change).ok());
    }
    CHECK(said(Accounts::open(store.file())) == "database_damaged");
  }
}

TEST_CASE("accounts: opened again, everything is as it was") {
  AccountStore store;
  const AccountId id = store.add("li", true);
  const AccountId disabled = store.add("wang");
  REQUIRE(store->set_disabled(disabled, true).ok());
  REQUIRE(store->add_membership(id, store.member("wuhu")).ok());
  const MadeApiKey key = store.add_key(id, CredentialKind::kTestKey);
  const MadeApiKey limited = store
                                 ->add_api_key(id, {.name = "two calls",
                                                    .kind = CredentialKind::kLiveKey,
                                                    .scope = KeyScope::kWrite,
                                                    .acts_as = store.member(),
                                                    .operations = {"quote.show", "quote issue"},
                                                    .expires = plus_minutes(kStart, 60)})
                                 .value();
  const Instant until = plus_minutes(kStart, 10);
  const MadeApiKey rotated = store->rotate_api_key(id, limited.key.id, until).value();
  const Bytes secret = store.secret_of(store->begin_second_factor(id).value());
  REQUIRE(store->confirm_second_factor(id, store.code(secret)).ok());
  store.pass(30);
  const SignedIn signed_in = store.sign_in("li", store.code(secret)).value();
  REQUIRE(store->bearer(key.token).ok());
  REQUIRE(store->store_uses().ok());

  const auto accounts = store->list();
  const auto sessions = store->sessions(id).value();
  const auto keys = store->api_keys(id).value();
  const auto session_bearer = store->bearer(signed_in.token).value();
  store.open_again();
  CHECK(store->list() == accounts);
  CHECK(store->sessions(id).value() == sessions);
  CHECK(store->api_keys(id).value() == keys);
  CHECK(store->bearer(signed_in.token).value() == session_bearer);
  CHECK(store->bearer(limited.token)->operations ==
        std::vector<std::string>{"quote issue", "quote.show"});
  CHECK(store->bearer(rotated.token).value() == store->bearer(limited.token).value());
  // A code that was used stays used.
  CHECK(said(store.sign_in("li", store.code(secret))) == "sign_in_wrong");
  CHECK(store.add("chen") == AccountId{3});
}

TEST_CASE("accounts: what could not be stored did not happen") {
  AccountStore store;
  const AccountId id = store.add("li");
  {
    Database other = Database::open(store.file(), DatabaseMode::kReadWrite).value();
    for (const std::string table : {"accounts", "sessions", "api_keys"}) {
      REQUIRE(other
                  .run("CREATE TRIGGER no_" + table + " BEFORE INSERT ON " + table +
                       " BEGIN SELECT RAISE(ABORT, 'no'); END")
                  .ok());
    }
  }
  const auto before = store->list();
  CHECK(said(store.sign_in("li")) == "storage_failed");
  CHECK(said(store->rename(id, "Wang")) == "storage_failed");
  CHECK(said(store->add(account_named("wang"))) == "storage_failed");
  CHECK(said(store->add_membership(id, store.member())) == "storage_failed");
  CHECK(store->list() == before);
  CHECK(store->sessions(id)->empty());
}

TEST_CASE("accounts: no secret stands in the file, in clear or in base32") {
  AccountStore store;
  const AccountId id = store.add("li");
  const MadeApiKey key = store.add_key(id);
  const MadeApiKey second = store->rotate_api_key(id, key.key.id, plus_minutes(kStart, 5)).value();
  const std::string uri = store->begin_second_factor(id).value();
  const Bytes secret = store.secret_of(uri);
  const auto codes = store->confirm_second_factor(id, store.code(secret)).value();
  const SignedIn signed_in = store.sign_in("li", store.code(secret, 1)).value();
  REQUIRE(store->set_password(id, "nine large ships").ok());

  const std::string kept = store.bytes();
  const auto holds = [&](std::string_view text) { return kept.find(text) != std::string::npos; };
  CHECK(holds(second.key.shown));  // the search finds what is there
  for (const std::string& text : {std::string(kPassword), std::string("nine large ships"),
                                  key.token, second.token, signed_in.token, codes[0], codes[9]}) {
    CAPTURE(text);
    CHECK_FALSE(holds(text));
    CHECK_FALSE(holds(text.substr(text.size() - 12)));
  }
  for (const std::string& token : {key.token, second.token, signed_in.token}) {
    const Bytes raw = *from_base32(std::string_view(token).substr(token.rfind('_') + 1));
    CHECK_FALSE(holds({reinterpret_cast<const char*>(raw.data()), raw.size()}));
  }
  // The secret of the second factor is needed to calculate codes; once removed, nothing is left.
  const std::string_view factor(reinterpret_cast<const char*>(secret.data()), secret.size());
  CHECK(holds(factor));
  REQUIRE(store->remove_second_factor(id).ok());
  store.accounts.reset();
  CHECK(store.bytes().find(factor) == std::string::npos);
}

TEST_CASE("accounts: eight threads at once lose nothing and mix nothing up") {
  AccountStore store;
  constexpr int kThreads = 8;
  constexpr int kRounds = 40;
  std::vector<AccountId> ids;
  std::vector<std::string> keys;
  for (int i = 0; i < kThreads; ++i) {
    ids.push_back(store.add("user" + std::to_string(i)));
    keys.push_back(store.add_key(ids.back()).token);
  }
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      const std::string login = "user" + std::to_string(i);
      for (int round = 0; round < kRounds; ++round) {
        const auto signed_in = store.sign_in(login, {}, login);
        const auto bearer =
            signed_in.ok() ? store->bearer(signed_in->token) : Result<Bearer>(signed_in.refusal());
        if (!bearer.ok() || bearer->login != login) ++wrong;
        const auto key = store->bearer(keys[static_cast<std::size_t>((i + round) % kThreads)]);
        if (!key.ok() || key->account != ids[static_cast<std::size_t>((i + round) % kThreads)])
          ++wrong;
        if (round % 2 == 0 && !store->sign_out(signed_in->token).ok()) ++wrong;
        if (round % 10 == 0 && store->list().size() != kThreads) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
  for (const AccountId id : ids) CHECK(store->sessions(id)->size() == kRounds / 2);
  store.open_again();
  for (const AccountId id : ids) CHECK(store->sessions(id)->size() == kRounds / 2);
}

TEST_CASE("accounts: a membership is given, shown in order, and taken away with its keys") {
  AccountStore store;
  const AccountId id = store.add("li");
  const MadeApiKey kept = store.add_key(id);
  const Membership other = store.member("anhui");
  for (int i = 0; i < 2; ++i) REQUIRE(store->add_membership(id, other).ok());
  const MadeApiKey gone = store->add_api_key(id, {.name = "a", .acts_as = other}).value();
  CHECK(store->account(id)->memberships == std::vector{other, store.member()});
  REQUIRE(store->remove_membership(id, other).ok());
  CHECK(store->account(id)->memberships == std::vector{store.member()});
  REQUIRE(store->add_membership(id, other).ok());
  CHECK(said(store->bearer(gone.token)) == "credential_unknown");
  CHECK(store->bearer(kept.token)->acts_as == store.member());
  CHECK(said(store->add_membership(id, store.member("a b"))) == "name_malformed");
  CHECK(said(store->add_membership(id, {.house = "a", .actor = {""}})) == "name_malformed");
}

TEST_CASE("accounts: a disabled account can do nothing at once; enabled, its sessions are gone") {
  AccountStore store;
  const AccountId id = store.add("li");
  const std::string token = store.sign_in("li")->token;
  const std::string key = store.add_key(id).token;
  REQUIRE(store->set_disabled(id, true).ok());
  CHECK(store->account(id)->disabled);
  CHECK(said(store->bearer(token)) == "account_disabled");
  CHECK(said(store->bearer(key)) == "account_disabled");
  CHECK(said(store.sign_in("li")) == "account_disabled");
  CHECK(said(store.fail_sign_in("li")) == "sign_in_wrong");
  REQUIRE(store->set_disabled(id, false).ok());
  CHECK(said(store->bearer(token)) == "credential_unknown");
  CHECK(store->bearer(key).ok());
  CHECK(store.sign_in("li").ok());
}

// ---- refusals, in the order of their codes

TEST_CASE("refusal 8060 accounts_busy: one process at a time") {
  AccountStore store;
  const auto refused = Accounts::open(store.file());
  CHECK(said(refused) == "accounts_busy");
  CHECK(refused.refusal().args[0].value == std::to_string(::getpid()));
  store.open_again();
}

TEST_CASE("refusal 8061 account_missing: by every call with an account") {
  AccountStore store;
  const AccountId id{7};
  const ApiKeyId key{1};
  for (const std::string_view name : {said(store->account(id)),
                                      said(store->find("li")),
                                      said(store->rename(id, "x")),
                                      said(store->set_disabled(id, true)),
                                      said(store->set_administrator(id, true)),
                                      said(store->add_membership(id, store.member())),
                                      said(store->remove_membership(id, store.member())),
                                      said(store->set_password(id, "nine large ships")),
                                      said(store->change_password(id, {})),
                                      said(store->begin_second_factor(id)),
                                      said(store->confirm_second_factor(id, "1")),
                                      said(store->new_recovery_codes(id)),
                                      said(store->remove_second_factor(id)),
                                      said(store->sessions(id)),
                                      said(store->end_session(id, {1})),
                                      said(store->end_sessions(id)),
                                      said(store->add_api_key(id, {.name = "x"})),
                                      said(store->rotate_api_key(id, key, kStart)),
                                      said(store->revoke_api_key(id, key)),
                                      said(store->api_keys(id))}) {
    CHECK(name == "account_missing");
  }
}

TEST_CASE("refusal 8062 login_malformed: letters, digits and . _ - + @, 100 at most") {
  AccountStore store;
  for (const std::string& login :
       {std::string(), std::string("a b"), std::string("李明"), std::string("-li"),
        std::string("li\n"), std::string("li'--"), std::string(101, 'a'), std::string(1, '\0')}) {
    CAPTURE(login);
    CHECK(said(store->add(account_named(login))) == "login_malformed");
    CHECK(said(store->find(login)) == "login_malformed");
  }
  CHECK(store->add(account_named(std::string(100, 'a'))).ok());
  CHECK(store->add(account_named("a")).ok());
  CHECK(store->add(account_named("li.ming+a_b-c@example.cn")).ok());
}

TEST_CASE("refusal 8063 login_taken: also in capitals") {
  AccountStore store;
  store.add("li");
  CHECK(said(store->add(account_named("LI"))) == "login_taken");
  CHECK(store->list().size() == 1);
}

TEST_CASE("refusal 8064 shown_name_malformed: one line of 1 to 100 signs") {
  AccountStore store;
  const AccountId id = store.add("li");
  for (const std::string& name :
       {std::string(), std::string("a\nb"), std::string("\xFF"), std::string(101, 'a'),
        std::string("a\u202Eb"), std::string("a\u2028b"), std::string("\x7F")}) {
    CAPTURE(name);
    CHECK(said(store->rename(id, name)) == "shown_name_malformed");
  }
  std::string hundred;
  for (int i = 0; i < 100; ++i) hundred += "安";
  CHECK(store->rename(id, hundred).ok());
}

TEST_CASE("refusal 8065 account_limit: memberships and keys of an account, operations of a key") {
  AccountStore store;
  const AccountId id = store.add("li");
  const auto member = [&](std::size_t i) { return store.member("house" + std::to_string(i)); };
  for (std::size_t i = 0; i < kMembershipsMax; ++i) {
    REQUIRE(store->add_membership(id, member(i)).ok());
  }
  const auto refused = store->add_membership(id, member(kMembershipsMax));
  CHECK(said(refused) == "account_limit");
  CHECK(refused.refusal().path == "memberships");
  CHECK(refused.refusal().args[0].value == "100");
  NewApiKey key{.name = "x", .acts_as = member(0)};
  for (std::size_t i = 0; i <= kOperationsMax; ++i) {
    key.operations.push_back("operation" + std::to_string(i));
  }
  CHECK(said(store->add_api_key(id, key)) == "account_limit");
  key.operations.pop_back();
  for (std::size_t i = 0; i < kApiKeysMax; ++i) {
    REQUIRE(store->add_api_key(id, key).ok());
    key.operations.clear();
  }
  CHECK(said(store->add_api_key(id, key)) == "account_limit");
}

TEST_CASE("refusal 8066 last_administrator: one that is not disabled must remain") {
  AccountStore store;
  const AccountId first = store.add("li", true);
  const AccountId second = store.add("wang", true);
  REQUIRE(store->set_disabled(second, true).ok());
  CHECK(said(store->set_disabled(first, true)) == "last_administrator");
  CHECK(said(store->set_administrator(first, false)) == "last_administrator");
  CHECK(store->account(first)->administrator);
  // One that is disabled does not count, and may lose the mark.
  REQUIRE(store->set_administrator(second, false).ok());
  REQUIRE(store->set_disabled(second, false).ok());
  CHECK(said(store->set_administrator(first, false)) == "last_administrator");
  REQUIRE(store->set_administrator(second, true).ok());
  CHECK(store->set_administrator(first, false).ok());
}

TEST_CASE("refusal 8072 membership_missing: what an account may not act as") {
  AccountStore store;
  const AccountId id = store.add("li");
  const auto refused = store->remove_membership(id, store.member());
  CHECK(said(refused) == "membership_missing");
  CHECK(refused.refusal().args[0].value == "ningbo");
  CHECK(said(store->add_api_key(id, {.name = "x", .acts_as = store.member()})) ==
        "membership_missing");
}

}  // namespace
}  // namespace anlan::platform
