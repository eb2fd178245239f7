// Passkeys of accounts, with an authenticator of Ed25519 by libsodium.
#include <array>

#include <doctest/doctest.h>
#include <sodium.h>

#include "platform/access_refusals.h"
#include "platform/accounts_testing.h"

namespace anlan::platform {
namespace {

using namespace testing;

constexpr std::string_view kOrigin = "https://anlan.example";

struct PasskeyStore : AccountStore {
  PasskeyStore() { open_with_pages(); }
  void open_with_pages() {
    accounts.reset();
    AccountsOptions options;
    options.clock = &clock;
    options.cost = cost;
    options.party = relying_party({std::string(kOrigin)}).value();
    accounts = std::move(Accounts::open(file(), std::move(options))).value();
  }
};

class Authenticator {
 public:
  Authenticator() {
    REQUIRE(sodium_init() >= 0);
    crypto_sign_keypair(public_.data(), secret_.data());
    id_.resize(16);
    randombytes_buf(id_.data(), id_.size());
  }
  std::uint32_t counter = 0;
  Bytes user;

  RegistrationAnswer create(const PasskeyRequest& request) {
    user = request.user;
    ByteWriter key;  // {1: 1, 3: -8, -1: 6, -2: x}
    for (const unsigned byte :
         {0xA4U, 0x01U, 0x01U, 0x03U, 0x27U, 0x20U, 0x06U, 0x21U, 0x58U, 0x20U})
      key.whole(static_cast<std::uint8_t>(byte));
    key.raw(std::as_bytes(std::span(public_)));
    Bytes data = head(0x45);
    data.resize(data.size() + 16);
    data.push_back(std::byte{0});
    data.push_back(static_cast<std::byte>(id_.size()));
    data.insert(data.end(), id_.begin(), id_.end());
    data.insert(data.end(), key.bytes().begin(), key.bytes().end());
    const std::string_view start =
        "\xA3\x63"
        "fmt"
        "\x64"
        "none"
        "\x67"
        "attStmt"
        "\xA0\x68"
        "authData"
        "\x58";
    Bytes object(bytes_of(start).begin(), bytes_of(start).end());
    object.push_back(static_cast<std::byte>(data.size()));
    object.insert(object.end(), data.begin(), data.end());
    return {.client_data = client_data("webauthn.create", request), .attestation_object = object};
  }

  AssertionAnswer get(const PasskeyRequest& request) {
    AssertionAnswer answer{.credential = id_,
                           .client_data = client_data("webauthn.get", request),
                           .authenticator_data = head(0x05),
                           .signature = Bytes(crypto_sign_BYTES),
                           .user = user};
    Bytes message = answer.authenticator_data;
    const Digest hash = sha256(answer.client_data);
    message.insert(message.end(), hash.bytes.begin(), hash.bytes.end());
    crypto_sign_detached(reinterpret_cast<unsigned char*>(answer.signature.data()), nullptr,
                         reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                         secret_.data());
    return answer;
  }

 private:
  static Bytes client_data(std::string_view type, const PasskeyRequest& request) {
    const std::string text = R"({"type":")" + std::string(type) + R"(","challenge":")" +
                             to_base64url(request.challenge.bytes) + R"(","origin":")" +
                             std::string(kOrigin) + "\"}";
    return {bytes_of(text).begin(), bytes_of(text).end()};
  }
  Bytes head(unsigned flags) const {
    const Digest party = sha256(bytes_of("anlan.example"));
    Bytes data(party.bytes.begin(), party.bytes.end());
    data.push_back(static_cast<std::byte>(flags));
    for (int shift = 24; shift >= 0; shift -= 8)
      data.push_back(static_cast<std::byte>(counter >> shift & 0xFF));
    return data;
  }
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret_{};
  Bytes id_;
};

Passkey enrol(PasskeyStore& store, AccountId id, Authenticator& authenticator) {
  const auto request = store->ask_passkey(ChallengeFor::kRegistration, id).value();
  return store->add_passkey(id, "laptop", authenticator.create(request)).value();
}

TEST_CASE("passkeys: registered, kept, signed in with, removed") {
  PasskeyStore store;
  const AccountId id = store.add("li");
  Authenticator laptop;
  const Passkey made = enrol(store, id, laptop);
  CHECK(made.name == "laptop");
  CHECK(store->account(id)->passkeys == 1);
  store.open_with_pages();
  CHECK(store->passkeys(id).value() == std::vector{made});
  laptop.counter = 1;
  store.pass(60);
  const auto request = store->ask_passkey(ChallengeFor::kSignIn, {}).value();
  CHECK(request.credentials.empty());
  const auto in = store->sign_in_by_passkey(laptop.get(request), "10.0.0.1");
  REQUIRE(in.ok());
  CHECK(in->account.login == "li");
  const Bearer bearer = store->bearer(in->token).value();
  CHECK(bearer.second_factor_fresh);
  CHECK(bearer.asks_second_factor);
  store.open_with_pages();
  CHECK(store->passkeys(id)->front().counter == 1);
  CHECK(store->passkeys(id)->front().used == store.clock.now());
  REQUIRE(store->remove_passkey(id, made.id).ok());
  CHECK(said(store->remove_passkey(id, made.id)) == "passkey_unknown");
  const auto again = store->ask_passkey(ChallengeFor::kSignIn, {}).value();
  laptop.counter = 2;
  CHECK(said(store->sign_in_by_passkey(laptop.get(again), "10.0.0.1")) == "passkey_unknown");
}

TEST_CASE("passkeys: a challenge is good once, for its purpose, its account and five minutes") {
  PasskeyStore store;
  const AccountId id = store.add("li");
  const AccountId other = store.add("wang");
  Authenticator laptop;
  enrol(store, id, laptop);
  const auto sign_in = [&](const PasskeyRequest& request) {
    ++laptop.counter;
    return said(store->sign_in_by_passkey(laptop.get(request), "10.0.0.1"));
  };
  const auto request = store->ask_passkey(ChallengeFor::kSignIn, {}).value();
  CHECK(sign_in(request) == "");
  CHECK(sign_in(request) == "passkey_challenge");
  CHECK(sign_in(store->ask_passkey(ChallengeFor::kConfirmation, id).value()) ==
        "passkey_challenge");
  const auto late = store->ask_passkey(ChallengeFor::kSignIn, {}).value();
  store.pass(5 * 60);
  CHECK(sign_in(late) == "passkey_challenge");
  const auto soon = store->ask_passkey(ChallengeFor::kSignIn, {}).value();
  store.pass(5 * 60 - 1);
  CHECK(sign_in(soon) == "");
  // What was refused is spent as well.
  Authenticator stranger;
  const auto tried = store->ask_passkey(ChallengeFor::kSignIn, {}).value();
  CHECK(said(store->sign_in_by_passkey(stranger.get(tried), "10.0.0.1")) == "passkey_unknown");
  CHECK(sign_in(tried) == "passkey_challenge");
  const auto theirs = store->ask_passkey(ChallengeFor::kRegistration, other).value();
  Authenticator phone;
  CHECK(said(store->add_passkey(id, "phone", phone.create(theirs))) == "passkey_challenge");
  CHECK(said(store->add_passkey(other, "phone", phone.create(theirs))) == "passkey_challenge");
}

TEST_CASE("passkeys: a counter that does not rise is refused, and nothing is stored") {
  PasskeyStore store;
  const AccountId id = store.add("li");
  Authenticator laptop;
  enrol(store, id, laptop);
  const auto sign_in = [&](std::uint32_t counter) {
    laptop.counter = counter;
    const auto request = store->ask_passkey(ChallengeFor::kSignIn, {}).value();
    return said(store->sign_in_by_passkey(laptop.get(request), "10.0.0.1"));
  };
  CHECK(sign_in(0) == "");
  CHECK(sign_in(7) == "");
  for (const std::uint32_t counter : {7U, 6U, 0U}) CHECK(sign_in(counter) == "passkey_counter");
  CHECK(store->passkeys(id)->front().counter == 7);
  CHECK(sign_in(8) == "");
}

TEST_CASE("passkeys: a passkey confirms a session of its own account only") {
  PasskeyStore store;
  const AccountId id = store.add("li");
  const AccountId other = store.add("wang");
  Authenticator laptop;
  enrol(store, id, laptop);
  const SignedIn mine = store.sign_in("li").value();
  const SignedIn theirs = store.sign_in("wang").value();
  CHECK_FALSE(store->bearer(mine.token)->second_factor_fresh);
  const auto ask = [&] {
    ++laptop.counter;
    return store->ask_passkey(ChallengeFor::kConfirmation, id).value();
  };
  CHECK(said(store->ask_passkey(ChallengeFor::kConfirmation, other)) == "passkey_unknown");
  CHECK(said(store->confirm_by_passkey(other, theirs.session.id, laptop.get(ask()))) ==
        "passkey_challenge");
  CHECK(said(store->confirm_by_passkey(id, theirs.session.id, laptop.get(ask()))) ==
        "session_missing");
  REQUIRE(store->confirm_by_passkey(id, mine.session.id, laptop.get(ask())).ok());
  CHECK(store->bearer(mine.token)->second_factor_fresh);
  store.pass(kFreshMinutes * 60 - 1);
  CHECK(store->bearer(mine.token)->second_factor_fresh);
  store.pass(1);
  CHECK_FALSE(store->bearer(mine.token)->second_factor_fresh);
  Authenticator phone;
  enrol(store, other, phone);
  CHECK(said(store->confirm_by_passkey(id, mine.session.id, phone.get(ask()))) ==
        "passkey_unknown");
  AssertionAnswer answer = laptop.get(ask());
  answer.user = Bytes(32);
  CHECK(said(store->confirm_by_passkey(id, mine.session.id, answer)) == "passkey_unknown");
}

TEST_CASE("passkeys: one credential belongs to one account, a disabled one does not sign in") {
  PasskeyStore store;
  const AccountId id = store.add("li");
  const AccountId other = store.add("wang");
  Authenticator laptop;
  enrol(store, id, laptop);
  const auto request = store->ask_passkey(ChallengeFor::kRegistration, other).value();
  CHECK(said(store->add_passkey(other, "laptop", laptop.create(request))) == "passkey_there");
  REQUIRE(store->set_disabled(id, true).ok());
  const auto ask = store->ask_passkey(ChallengeFor::kSignIn, {}).value();
  CHECK(said(store->sign_in_by_passkey(laptop.get(ask), "10.0.0.1")) == "passkey_unknown");
  laptop.user.clear();
  const auto ask_again = store->ask_passkey(ChallengeFor::kSignIn, {}).value();
  CHECK(said(store->sign_in_by_passkey(laptop.get(ask_again), "10.0.0.1")) == "account_disabled");
}

TEST_CASE("passkeys: without pages there are none, and there are twenty at most") {
  AccountStore plain;
  const AccountId id = plain.add("li");
  CHECK(said(plain->ask_passkey(ChallengeFor::kRegistration, id)) == "passkeys_not_offered");
  CHECK(said(plain->sign_in_by_passkey({}, "10.0.0.1")) == "passkeys_not_offered");
  PasskeyStore store;
  const AccountId owner = store.add("li");
  for (std::size_t n = 0; n < kPasskeysMax; ++n) {
    Authenticator each;
    enrol(store, owner, each);
  }
  Authenticator more;
  const auto request = store->ask_passkey(ChallengeFor::kRegistration, owner).value();
  CHECK(request.credentials.size() == kPasskeysMax);
  CHECK(said(store->add_passkey(owner, "one more", more.create(request))) == "account_limit");
}

TEST_CASE("challenges: the oldest gives way, and memory is bounded") {
  Challenges challenges;
  const Digest first = challenges.begin(ChallengeFor::kSignIn, {}, kStart);
  for (std::size_t n = 1; n < 3 * kChallengesMax; ++n)
    challenges.begin(ChallengeFor::kSignIn, {}, kStart);
  CHECK(challenges.size() <= kChallengesMax);
  CHECK_FALSE(challenges.take(first, ChallengeFor::kSignIn, {}, kStart));
}

}  // namespace
}  // namespace anlan::platform
