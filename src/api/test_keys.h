// Whoever tries a made-up house: an account that may act as everybody in it, and a test key for
// each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/operation.h"
#include "api/session.h"
#include "domain/party.h"

namespace anlan::api {

struct TestKey {
  domain::Actor actor;
  std::string token;
};

struct TestAccount {
  std::string login;
  std::string password;
  std::vector<TestKey> keys;  // by the actors' names
};

// Makes the file of accounts `file`, with an account of that login and a new password. Refuses what
// platform::Accounts refuses.
Result<TestAccount> make_test_account(const std::string& file, std::string_view login,
                                      const house::House& house);

// Adds to the reply the house, how to sign in, the keys, and the command that serves `folder`/house
// with `folder`/accounts.db.
void tell_account(Session& session, const TestAccount& account, const std::string& house,
                  const std::string& folder, Reply& reply);

}  // namespace anlan::api
