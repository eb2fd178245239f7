#include <doctest/doctest.h>

#include "platform/accounts.h"
#include "platform/accounts_testing.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

using namespace testing;

TEST_CASE("bearer: a session is its account, a key its account, actor, scope and operations") {
  AccountStore store;
  const AccountId id = store.add("li", true);
  const SignedIn signed_in = store.sign_in("li").value();
  CHECK(store->bearer(signed_in.token).value() == Bearer{.account = id,
                                                         .login = "li",
                                                         .administrator = true,
                                                         .kind = CredentialKind::kSession,
                                                         .scope = KeyScope::kWrite,
                                                         .acts_as = {},
                                                         .operations = {},
                                                         .session = signed_in.session.id,
                                                         .api_key = {},
                                                         .ends = signed_in.session.ends});
  REQUIRE(store->add_membership(id, store.member()).ok());
  const MadeApiKey key =
      store
          ->add_api_key(id, {.name = "sales site",
                             .kind = CredentialKind::kTestKey,
                             .scope = KeyScope::kRead,
                             .acts_as = store.member(),
                             .operations = {"quote show", "policy show", "quote show"}})
          .value();
  CHECK(key.token.starts_with("anl_test_"));
  CHECK(key.key.shown == key.token.substr(0, 14));
  CHECK(store->bearer(key.token).value() == Bearer{.account = id,
                                                   .login = "li",
                                                   .administrator = true,
                                                   .kind = CredentialKind::kTestKey,
                                                   .scope = KeyScope::kRead,
                                                   .acts_as = store.member(),
                                                   .operations = {"policy show", "quote show"},
                                                   .session = {},
                                                   .api_key = key.key.id});
}

TEST_CASE("sessions: unused for 30 minutes one ends, used it goes on to 12 hours, to the second") {
  AccountStore store;
  const AccountId id = store.add("li");
  const std::string unused = store.sign_in("li")->token;
  store.pass(30 * 60 - 1);
  CHECK(store->bearer(unused).ok());
  store.pass(30 * 60);
  CHECK(said(store->bearer(unused)) == "credential_expired");
  CHECK(store->sessions(id)->empty());

  const Instant began = store.clock.now();
  const std::string used = store.sign_in("li")->token;
  for (int i = 1; i < 12 * 4; ++i) {
    store.pass(15 * 60);
    const auto bearer = store->bearer(used);
    REQUIRE(bearer.ok());
    // 30 minutes from now, and never behind the twelfth hour.
    const Instant last = plus_minutes(began, 12 * 60);
    CHECK(bearer->ends == std::min(plus_minutes(began, 15 * i + 30), last));
  }
  store.pass(15 * 60 - 1);
  CHECK(store->bearer(used).ok());
  CHECK(store->sessions(id)->at(0).ends ==
        Instant::from_micros(store.clock.now().micros() + 1'000'000));
  store.pass(1);
  CHECK(said(store->bearer(used)) == "credential_expired");
}

TEST_CASE("sessions: the ends are options") {
  AccountStore store;
  store.add("li");
  store.accounts.reset();
  store.accounts = std::move(Accounts::open(store.file(), {.clock = &store.clock,
                                                           .idle = std::chrono::minutes(2),
                                                           .absolute = std::chrono::minutes(3),
                                                           .cost = kCheapHash}))
                       .value();
  const std::string token = store.sign_in("li")->token;
  store.pass(119);
  CHECK(store->bearer(token).ok());
  store.pass(60);
  CHECK(store->bearer(token).ok());
  store.pass(1);
  CHECK(said(store->bearer(token)) == "credential_expired");
}

TEST_CASE("sessions: signing out ends one, ending all ends all, at once and for good") {
  AccountStore store;
  const AccountId id = store.add("li");
  const AccountId other = store.add("wang");
  std::vector<std::string> tokens;
  for (int i = 0; i < 4; ++i) tokens.push_back(store.sign_in("li")->token);
  const std::string foreign = store.sign_in("wang")->token;
  REQUIRE(store->sign_out(tokens[0]).ok());
  REQUIRE(store->end_session(id, store->bearer(tokens[1])->session).ok());
  CHECK(said(store->bearer(tokens[0])) == "credential_unknown");
  CHECK(said(store->bearer(tokens[1])) == "credential_unknown");
  CHECK(store->bearer(tokens[2]).ok());
  REQUIRE(store->end_sessions(id).ok());
  CHECK(said(store->bearer(tokens[2])) == "credential_unknown");
  CHECK(store->sessions(id)->empty());
  CHECK(store->bearer(foreign).ok());
  store.open_again();
  CHECK(said(store->bearer(tokens[3])) == "credential_unknown");
  CHECK(store->sessions(other)->size() == 1);
}

TEST_CASE("sessions: the last use is stored once a minute, and at the end") {
  AccountStore store;
  const AccountId id = store.add("li");
  const std::string token = store.sign_in("li")->token;
  const MadeApiKey key = store.add_key(id);
  const auto used_after_restart = [&] {
    store.open_again();
    return minutes_between(kStart, store->sessions(id)->at(0).used);
  };
  store.pass(59);
  REQUIRE(store->bearer(token).ok());
  CHECK(store->sessions(id)->at(0).used == store.clock.now());
  CHECK(used_after_restart() == 0);  // as if killed: the use is forgotten
  store.pass(61);
  REQUIRE(store->bearer(token).ok());
  CHECK(used_after_restart() == 2);
  store.pass(60);
  REQUIRE(store->bearer(key.token).ok());
  store.pass(1);
  REQUIRE(store->bearer(token).ok());
  REQUIRE(store->store_uses().ok());
  CHECK(used_after_restart() == 3);
  CHECK(store->api_keys(id)->at(0).used == plus_minutes(kStart, 3));
}

TEST_CASE("sessions: one that ended is forgotten a day later") {
  AccountStore store;
  store.add("li");
  const std::string token = store.sign_in("li")->token;
  store.pass(24 * 3'600);
  REQUIRE(store.sign_in("li").ok());
  CHECK(said(store->bearer(token)) == "credential_expired");
  store.pass(3'600);
  REQUIRE(store.sign_in("li").ok());
  CHECK(said(store->bearer(token)) == "credential_unknown");
}

TEST_CASE("keys: a rotated key has a new secret, and the old one works until the given instant") {
  AccountStore store;
  const AccountId id = store.add("li");
  const MadeApiKey first = store.add_key(id);
  const Instant until = plus_minutes(kStart, 60);
  const MadeApiKey second = store->rotate_api_key(id, first.key.id, until).value();
  CHECK(second.key.id == first.key.id);
  CHECK(second.key.shown != first.key.shown);
  CHECK(second.key.secret_before_until == until);
  store.pass(3'599);
  CHECK(store->bearer(first.token).value() == store->bearer(second.token).value());
  store.pass(1);
  CHECK(said(store->bearer(first.token)) == "credential_expired");
  CHECK(store->bearer(second.token).ok());
  // Once more: the first is forgotten altogether; "now" ends the second at once.
  const MadeApiKey third = store->rotate_api_key(id, first.key.id, store.clock.now()).value();
  CHECK(said(store->bearer(first.token)) == "credential_unknown");
  CHECK(said(store->bearer(second.token)) == "credential_unknown");
  CHECK(store->bearer(third.token).ok());
  CHECK(store->api_keys(id).value() == std::vector{[&] {
          ApiKey key = third.key;
          key.used = store.clock.now();
          return key;
        }()});
}

TEST_CASE("keys: a key expires to the second, and a revoked one is unknown at once") {
  AccountStore store;
  const AccountId id = store.add("li");
  REQUIRE(store->add_membership(id, store.member()).ok());
  const Instant end = plus_minutes(kStart, 1);
  const MadeApiKey key =
      store->add_api_key(id, {.name = "a", .acts_as = store.member(), .expires = end}).value();
  const MadeApiKey other = store->add_api_key(id, {.name = "b", .acts_as = store.member()}).value();
  store.pass(59);
  CHECK(store->bearer(key.token).ok());
  store.pass(1);
  CHECK(said(store->bearer(key.token)) == "credential_expired");
  for (int i = 0; i < 2; ++i) REQUIRE(store->revoke_api_key(id, other.key.id).ok());
  CHECK(said(store->bearer(other.token)) == "credential_unknown");
  CHECK(store->api_keys(id)->at(1).revoked == store.clock.now());
  store.open_again();
  CHECK(said(store->bearer(other.token)) == "credential_unknown");
}

// ---- refusals, in the order of their codes

TEST_CASE("refusal 8080 session_missing: also a session of somebody else") {
  AccountStore store;
  const AccountId id = store.add("li");
  const AccountId other = store.add("wang");
  const SignedIn signed_in = store.sign_in("wang").value();
  CHECK(said(store->end_session(id, signed_in.session.id)) == "session_missing");
  CHECK(store->bearer(signed_in.token).ok());
  REQUIRE(store->end_session(other, signed_in.session.id).ok());
  CHECK(said(store->end_session(other, signed_in.session.id)) == "session_missing");
}

TEST_CASE("refusal 8081 api_key_missing: also a key of somebody else") {
  AccountStore store;
  const AccountId id = store.add("li");
  const MadeApiKey key = store.add_key(store.add("wang"));
  CHECK(said(store->revoke_api_key(id, key.key.id)) == "api_key_missing");
  CHECK(said(store->rotate_api_key(id, key.key.id, kStart)) == "api_key_missing");
  CHECK(store->bearer(key.token).ok());
}

TEST_CASE("refusal 8082 api_key_ended: a revoked or expired key gets no new secret") {
  AccountStore store;
  const AccountId id = store.add("li");
  const MadeApiKey revoked = store.add_key(id);
  REQUIRE(store->revoke_api_key(id, revoked.key.id).ok());
  CHECK(said(store->rotate_api_key(id, revoked.key.id, kStart)) == "api_key_ended");
  const MadeApiKey expired =
      store
          ->add_api_key(
              id, {.name = "a", .acts_as = store.member(), .expires = plus_minutes(kStart, 1)})
          .value();
  store.pass(60);
  CHECK(said(store->rotate_api_key(id, expired.key.id, kStart)) == "api_key_ended");
}

TEST_CASE("refusal 8083 expiry_passed: a key does not begin expired") {
  AccountStore store;
  const AccountId id = store.add("li");
  REQUIRE(store->add_membership(id, store.member()).ok());
  const auto refused =
      store->add_api_key(id, {.name = "a", .acts_as = store.member(), .expires = kStart});
  CHECK(said(refused) == "expiry_passed");
  CHECK(refused.refusal().args[0].value == to_text(kStart));
}

TEST_CASE("refusal 8084 credential_unknown: one answer for all that is no token of ours") {
  AccountStore store;
  const AccountId id = store.add("li");
  const std::string token = store.sign_in("li")->token;
  const MadeApiKey key = store.add_key(id);
  const Refusal unknown = store->bearer("").refusal();
  CHECK(unknown.code == refusals::kCredentialUnknown);
  CHECK(unknown.value == "");
  CHECK(unknown.args.empty());
  std::string changed = token;
  changed[10] = changed[10] == 'A' ? 'B' : 'A';
  for (const std::string& wrong :
       {std::string("x"), changed, token + "A", key.key.shown, "anl_test_" + key.token.substr(9),
        new_token(CredentialKind::kSession).text, new_token(CredentialKind::kLiveKey).text,
        std::string(100'000, 'A')}) {
    CHECK(store->bearer(wrong).refusal() == unknown);
  }
  CHECK(store->sign_out(key.token).refusal() == unknown);
  CHECK(store->sign_out("x").refusal() == unknown);
  REQUIRE(store->sign_out(token).ok());
  CHECK(store->bearer(token).refusal() == unknown);
}

TEST_CASE("refusal 8085 credential_expired: says that it was one, and no more") {
  AccountStore store;
  store.add("li");
  const std::string token = store.sign_in("li")->token;
  store.pass(30 * 60);
  const Refusal expired = store->bearer(token).refusal();
  CHECK(expired.code == refusals::kCredentialExpired);
  CHECK(expired.value == "");
  CHECK(expired.args.empty());
  CHECK(store->sign_out(token).ok());
}

}  // namespace
}  // namespace anlan::platform
