#include <algorithm>
#include <atomic>
#include <thread>

#include <doctest/doctest.h>
#include <time.h>

#include "platform/accounts.h"
#include "platform/accounts_testing.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

using namespace testing;

// A store with one account whose second factor is confirmed.
struct SecondFactor {
  AccountStore store;
  AccountId id;
  Bytes secret;
  std::vector<std::string> recovery;

  SecondFactor() {
    id = store.add("li");
    secret = store.secret_of(store->begin_second_factor(id).value());
    recovery = store->confirm_second_factor(id, store.code(secret)).value();
    store.pass(60);
  }
};

TEST_CASE("sign-in: the right password begins a session with a token of its own") {
  AccountStore store;
  const AccountId id = store.add("li");
  const SignedIn first = store.sign_in("LI").value();
  const SignedIn second = store.sign_in("li").value();
  CHECK(first.token != second.token);
  CHECK(first.session.id != second.session.id);
  CHECK(first.account == store->account(id).value());
  CHECK(first.session.peer == "10.0.0.1");
  CHECK(first.session.created == kStart);
  CHECK(first.session.ends == plus_minutes(kStart, 30));
  CHECK(store->bearer(first.token).ok());
  CHECK(store->sessions(id)->size() == 2);
}

TEST_CASE("sign-in: an account asks for a code from its confirmation on, not before") {
  AccountStore store;
  const AccountId id = store.add("li");
  const std::string first = store->begin_second_factor(id).value();
  const std::string uri = store->begin_second_factor(id).value();
  CHECK(uri.starts_with("otpauth://totp/Anlan:li?secret="));
  CHECK(uri != first);
  CHECK(store.sign_in("li").ok());
  const Bytes secret = store.secret_of(uri);
  const auto codes = store->confirm_second_factor(id, store.code(secret)).value();
  CHECK(codes.size() == kRecoveryCodes);
  CHECK(store->account(id)->second_factor);
  CHECK(store->account(id)->recovery_codes == kRecoveryCodes);
  CHECK(said(store.sign_in("li")) == "code_required");
  // The code that confirmed it is used; the next is not.
  CHECK(said(store.sign_in("li", store.code(secret))) == "sign_in_wrong");
  CHECK(store.sign_in("li", store.code(secret, 1)).ok());
  REQUIRE(store->remove_second_factor(id).ok());
  CHECK(store.sign_in("li").ok());
}

TEST_CASE("sign-in: a code works once, within a step of its time") {
  SecondFactor on;
  AccountStore& store = on.store;
  CHECK(said(store.sign_in("li", store.code(on.secret, -2))) == "sign_in_wrong");
  CHECK(said(store.sign_in("li", store.code(on.secret, 2))) == "sign_in_wrong");
  CHECK(store.sign_in("li", store.code(on.secret, -1)).ok());
  CHECK(store.sign_in("li", store.code(on.secret)).ok());
  CHECK(said(store.sign_in("li", store.code(on.secret))) == "sign_in_wrong");
  CHECK(store.sign_in("li", store.code(on.secret, 1)).ok());
}

TEST_CASE("sign-in: one code given by eight threads at once lets one of them in") {
  SecondFactor on;
  const std::string code = on.store.code(on.secret);
  std::atomic<int> in = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      if (on.store.sign_in("li", code, "peer " + std::to_string(i)).ok()) ++in;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(in == 1);
}

TEST_CASE("sign-in: a recovery code works once, however it is typed, and new ones replace all") {
  SecondFactor on;
  AccountStore& store = on.store;
  std::string typed = on.recovery[3];
  std::transform(typed.begin(), typed.end(), typed.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  CHECK(store.sign_in("li", typed).ok());
  CHECK(store->account(on.id)->recovery_codes == kRecoveryCodes - 1);
  store.open_again();
  CHECK(said(store.sign_in("li", on.recovery[3])) == "sign_in_wrong");
  CHECK(store.sign_in("li", on.recovery[4]).ok());
  const auto fresh = store->new_recovery_codes(on.id).value();
  CHECK(store->account(on.id)->recovery_codes == kRecoveryCodes);
  CHECK(said(store.sign_in("li", on.recovery[5])) == "sign_in_wrong");
  CHECK(store.sign_in("li", fresh[0]).ok());
}

TEST_CASE("sign-in: a hash of old parameters is replaced at the next sign-in") {
  AccountStore store;
  store.add("li");
  store.cost = {.passes = 2, .memory_bytes = 16'384};
  store.open_again();
  CHECK(store.bytes().find("$m=16,t=2") == std::string::npos);
  CHECK(store.sign_in("li").ok());
  CHECK(store.bytes().find("$m=16,t=2") != std::string::npos);
  CHECK(store.sign_in("li").ok());
  store.open_again();
  CHECK(store.sign_in("li").ok());
}

TEST_CASE("sign-in: a new password, by its owner or an administrator, ends all sessions") {
  AccountStore store;
  const AccountId id = store.add("li");
  const std::string token = store.sign_in("li")->token;
  PasswordChange change{.old_password = kPassword, .new_password = "nine large ships", .peer = "p"};
  REQUIRE(store->change_password(id, change).ok());
  CHECK(said(store->bearer(token)) == "credential_unknown");
  CHECK(said(store.sign_in("li")) == "sign_in_wrong");
  CHECK(said(store->change_password(id, change)) == "sign_in_wrong");
  REQUIRE(store->set_password(id, kPassword).ok());
  const std::string again = store.sign_in("li")->token;
  CHECK(said(store->set_password(id, "short")) == "password_too_short");
  CHECK(said(store->set_password(id, "123456789012")) == "password_usual");
  CHECK(store->bearer(again).ok());
  change.old_password = kPassword;
  change.new_password = "aaaabbbbaaaabbbb";
  CHECK(said(store->change_password(id, change)) == "password_usual");
}

TEST_CASE("sign-in: guesses of the old password in a change are counted too") {
  AccountStore store;
  const AccountId id = store.add("li");
  const PasswordChange guess{
      .old_password = "eight small ships", .new_password = "nine large ships", .peer = "p"};
  for (int i = 0; i < 5; ++i) CHECK(said(store->change_password(id, guess)) == "sign_in_wrong");
  CHECK(said(store->change_password(id, guess)) == "sign_in_delayed");
}

TEST_CASE("sign-in: of too many sessions of an account the longest unused gives way") {
  AccountStore store;
  const AccountId id = store.add("li");
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < kSessionsMax; ++i) {
    tokens.push_back(store.sign_in("li")->token);
    store.pass(1);
  }
  CHECK(store->bearer(tokens[0]).ok());
  CHECK(store.sign_in("li").ok());
  CHECK(store->sessions(id)->size() == kSessionsMax);
  CHECK(store->bearer(tokens[0]).ok());
  CHECK(said(store->bearer(tokens[1])) == "credential_unknown");
}

double milliseconds_of_this_thread() {
  timespec at{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
  return static_cast<double>(at.tv_sec) * 1e3 + static_cast<double>(at.tv_nsec) / 1e6;
}

TEST_CASE("sign-in: an unknown login takes as long as a wrong password, within a fifth") {
  AccountStore store;
  store.cost = PasswordCost{};
  store.open_again();
  store.add("li");
  std::vector<double> known;
  std::vector<double> unknown;
  std::vector<double> malformed;
  const auto measure = [&](std::vector<double>& times, std::string_view login, int round) {
    const double from = milliseconds_of_this_thread();
    CHECK(said(store.fail_sign_in(login, "peer " + std::to_string(round))) == "sign_in_wrong");
    times.push_back(milliseconds_of_this_thread() - from);
  };
  for (int round = 0; round < 9; ++round) {
    measure(known, "li", round);
    measure(unknown, "wang", round);
    measure(malformed, "no login", round);
  }
  const auto median = [](std::vector<double> times) {
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
  };
  CAPTURE(median(known));
  CAPTURE(median(unknown));
  CAPTURE(median(malformed));
  CHECK(std::abs(median(unknown) / median(known) - 1) < 0.2);
  CHECK(std::abs(median(malformed) / median(known) - 1) < 0.2);
}

// ---- refusals, in the order of their codes

TEST_CASE("refusal 8073 sign_in_delayed: after five failures, for this login from this peer") {
  AccountStore store;
  store.add("li");
  for (int i = 0; i < 5; ++i) {
    CHECK(said(store.fail_sign_in("li")) == "sign_in_wrong");
    store.pass(10);
  }
  const auto refused = store.sign_in("li");
  CHECK(said(refused) == "sign_in_delayed");
  CHECK(refused.refusal().args[0].name == "seconds");
  CHECK(refused.refusal().args[0].value == "850");
  CHECK(store.sign_in("li", {}, "10.0.0.2").ok());
  store.pass(849);
  CHECK(said(store.sign_in("li")) == "sign_in_delayed");
  store.pass(1);
  CHECK(store.sign_in("li").ok());
  // A success forgets what was before it; unknown logins are counted alike.
  for (int i = 0; i < 5; ++i) CHECK(said(store.fail_sign_in("li")) == "sign_in_wrong");
  for (int i = 0; i < 5; ++i) CHECK(said(store.fail_sign_in("nobody")) == "sign_in_wrong");
  CHECK(said(store.fail_sign_in("nobody")) == "sign_in_delayed");
}

TEST_CASE("refusal 8073 sign_in_delayed: eight threads at once make no more than five guesses") {
  AccountStore store;
  store.add("li");
  std::atomic<int> guesses = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 4; ++j) {
        if (said(store.fail_sign_in("li")) == "sign_in_wrong") ++guesses;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(guesses == 5);
}

TEST_CASE("refusal 8073 sign_in_delayed: codes are counted over all peers") {
  SecondFactor on;
  AccountStore& store = on.store;
  std::string wrong = store.code(on.secret, 5);
  const auto from = [](std::size_t peer) { return "10.0.1." + std::to_string(peer); };
  for (std::size_t i = 0; i < kCodeTriesMax; ++i) {
    CHECK(said(store.sign_in("li", wrong, from(i / 4))) == "sign_in_wrong");
  }
  const auto refused = store.sign_in("li", store.code(on.secret), from(99));
  CHECK(said(refused) == "sign_in_delayed");
  CHECK(refused.refusal().args[0].value == "900");
  store.pass(900);
  CHECK(store.sign_in("li", store.code(on.secret), from(99)).ok());
}

TEST_CASE("refusal 8073 sign_in_delayed: a line of IPv6 is one peer, whatever address it takes") {
  AccountStore store;
  store.add("li");
  for (int i = 1; i <= 5; ++i) {
    CHECK(said(store.fail_sign_in("li", "2001:db8:0:7::" + std::to_string(i))) == "sign_in_wrong");
  }
  CHECK(said(store.sign_in("li", {}, "2001:db8:0:7:9::9")) == "sign_in_delayed");
  CHECK(store.sign_in("li", {}, "2001:db8:0:8::1").ok());
}

TEST_CASE("refusal 8073 sign_in_delayed: the code that confirms a factor cannot be guessed at") {
  AccountStore store;
  const AccountId id = store.add("li");
  const Bytes secret = store.secret_of(store->begin_second_factor(id).value());
  for (std::size_t i = 0; i < kCodeTriesMax; ++i) {
    CHECK(said(store->confirm_second_factor(id, store.code(secret, 5))) == "second_factor_wrong");
  }
  // To begin again is no way around it.
  const Bytes next = store.secret_of(store->begin_second_factor(id).value());
  CHECK(said(store->confirm_second_factor(id, store.code(next))) == "sign_in_delayed");
  store.pass(900);
  CHECK(store->confirm_second_factor(id, store.code(next)).ok());
}

TEST_CASE("refusal 8074 sign_in_wrong: the same whatever was wrong, and without what was typed") {
  SecondFactor on;
  AccountStore& store = on.store;
  const Refusal wrong_password = store.fail_sign_in("li").refusal();
  CHECK(wrong_password.code == refusals::kSignInWrong);
  CHECK(wrong_password.value == "");
  CHECK(wrong_password.args.empty());
  CHECK(store.fail_sign_in("nobody").refusal() == wrong_password);
  CHECK(store.fail_sign_in(kPassword).refusal() == wrong_password);
  CHECK(store.fail_sign_in("").refusal() == wrong_password);
  CHECK(store.sign_in("li", "000").refusal() == wrong_password);
  CHECK(store->sign_in({.login = "li", .password = std::string(1 << 20, 'x'), .peer = "10.0.0.7"})
            .refusal() == wrong_password);
}

TEST_CASE("refusal 8075 code_required: only with the right password, and no failure") {
  SecondFactor on;
  AccountStore& store = on.store;
  for (int i = 0; i < 20; ++i) CHECK(said(store.sign_in("li")) == "code_required");
  CHECK(said(store.fail_sign_in("li")) == "sign_in_wrong");
  for (int i = 0; i < 4; ++i) CHECK(said(store.sign_in("li", "000000x")) == "sign_in_wrong");
  CHECK(said(store.sign_in("li")) == "sign_in_delayed");
}

TEST_CASE("refusal 8076 account_disabled: only with the right password, and no failure") {
  AccountStore store;
  REQUIRE(store->set_disabled(store.add("li"), true).ok());
  for (int i = 0; i < 20; ++i) CHECK(said(store.sign_in("li")) == "account_disabled");
  CHECK(said(store.fail_sign_in("li")) == "sign_in_wrong");
}

TEST_CASE("refusal 8077 second_factor_there: a confirmed one is removed before it is replaced") {
  SecondFactor on;
  CHECK(said(on.store->begin_second_factor(on.id)) == "second_factor_there");
  CHECK(said(on.store->confirm_second_factor(on.id, "1")) == "second_factor_there");
  REQUIRE(on.store->remove_second_factor(on.id).ok());
  CHECK(on.store->account(on.id)->recovery_codes == 0);
  CHECK(on.store->begin_second_factor(on.id).ok());
}

TEST_CASE("refusal 8078 second_factor_missing: nothing to confirm or to make codes for") {
  AccountStore store;
  const AccountId id = store.add("li");
  CHECK(said(store->confirm_second_factor(id, "123456")) == "second_factor_missing");
  REQUIRE(store->begin_second_factor(id).ok());
  CHECK(said(store->new_recovery_codes(id)) == "second_factor_missing");
}

TEST_CASE("refusal 8079 second_factor_wrong: a first code that is not of now") {
  AccountStore store;
  const AccountId id = store.add("li");
  const Bytes secret = store.secret_of(store->begin_second_factor(id).value());
  CHECK(said(store->confirm_second_factor(id, store.code(secret, 2))) == "second_factor_wrong");
  CHECK(said(store->confirm_second_factor(id, "")) == "second_factor_wrong");
  CHECK_FALSE(store->account(id)->second_factor);
  CHECK(store->confirm_second_factor(id, store.code(secret, -1)).ok());
}

}  // namespace
}  // namespace anlan::platform
