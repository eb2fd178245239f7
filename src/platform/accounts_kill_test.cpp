// A process that is killed while it changes accounts: what it acknowledged is there afterwards.
#include <chrono>
#include <set>
#include <thread>

#include <doctest/doctest.h>
#include <signal.h>

#include "platform/accounts_testing.h"

namespace anlan::platform {
namespace {

using namespace testing;

constexpr std::size_t kAlive = 3;  // sessions, until the oldest is signed out

// Says "S token" for a session, "O token" for one that was signed out, "K token" for a key.
TEST_CASE("accounts child" * doctest::skip()) {
  const std::string file = child_setup();
  if (file.empty()) return;
  const auto accounts = std::move(Accounts::open(file, {.cost = kCheapHash})).value();
  const AccountId id = accounts->find("li")->id;
  std::vector<std::string> alive;
  for (;;) {
    const auto signed_in =
        accounts->sign_in({.login = "li", .password = kPassword, .peer = "10.0.0.1"});
    tell_parent("S " + signed_in->token);
    alive.push_back(signed_in->token);
    const auto key = accounts->add_api_key(id, {.name = "x", .acts_as = AccountStore::member()});
    if (key.ok()) tell_parent("K " + key->token);
    if (alive.size() <= kAlive) continue;
    if (accounts->sign_out(alive.front()).ok()) tell_parent("O " + alive.front());
    alive.erase(alive.begin());
  }
}

struct Told {
  std::vector<std::string> sessions;  // in order
  std::set<std::string> signed_out;
  std::vector<std::string> keys;
};

Told read_told(const std::string& text) {
  Told told;
  for (const std::string& line : lines_of(text)) {
    const std::string token = line.substr(2);
    if (line[0] == 'S') told.sessions.push_back(token);
    if (line[0] == 'O') told.signed_out.insert(token);
    if (line[0] == 'K') told.keys.push_back(token);
  }
  return told;
}

TEST_CASE(
    "accounts: killed at any instant, all that was acknowledged is there and all else works") {
  for (int round = 0; round < 12; ++round) {
    CAPTURE(round);
    AccountStore store;
    const AccountId id = store.add("li");
    REQUIRE(store->add_membership(id, store.member()).ok());
    store.accounts.reset();
    Child child("accounts child", store.file().string());
    child.wait_for_word();
    std::this_thread::sleep_for(std::chrono::microseconds(1'700 * round));
    const Told told = read_told(child.stop(SIGKILL));
    REQUIRE(child.was_killed());
    REQUIRE(!told.sessions.empty());

    store.accounts = std::move(Accounts::open(store.file(), {.cost = kCheapHash})).value();
    for (const std::string& key : told.keys) CHECK(store->bearer(key).ok());
    std::size_t next_out = told.signed_out.size();  // its sign-out may be stored and not told
    for (std::size_t i = 0; i < told.sessions.size(); ++i) {
      const std::string& token = told.sessions[i];
      const auto bearer = store->bearer(token);
      if (told.signed_out.contains(token)) {
        CHECK(said(bearer) == "credential_unknown");
      } else if (i != next_out) {
        CHECK(bearer.ok());
      }
    }
    CHECK(store.sign_in("li").ok());
  }
}

}  // namespace
}  // namespace anlan::platform
