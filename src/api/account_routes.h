// The routes of a server's accounts, under /v1/session and /v1/account: one table, from which the
// service answers and the description (/openapi.json) is made.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/http_route.h"
#include "base/node_reader.h"
#include "platform/accounts.h"
#include "platform/http.h"
#include "platform/served_house.h"
#include "platform/shares.h"

namespace anlan::api {

// Whom a route answers, each with what stands above it.
enum class AccountCaller : unsigned char {
  kAnybody = 1,
  kKnown = 2,          // with a session or an API key
  kSession = 3,        // a person: no API key manages an account
  kFresh = 4,          // who has lately given a second factor, where the account has one
  kAdministrator = 5,  // of accounts
};

enum class AccountFieldKind : unsigned char { kText = 1, kFlag = 2, kTexts = 3, kWhole = 4 };
struct AccountField {
  std::string_view name;
  std::string_view zh;
  std::string_view en;
  bool required = false;
  AccountFieldKind kind = AccountFieldKind::kText;
};

using ServedHouses = std::map<std::string, platform::ServedHouse*, std::less<>>;

// One request to one of these routes.
struct AccountCall {
  platform::Accounts& accounts;
  const ServedHouses& houses;
  const platform::HttpRequest& request;
  NodeReader& body;                    // every field of the route, checked when run() is called
  std::string subject;                 // the part of the path in braces; "": there is none
  platform::Bearer bearer;             // kKnown and above
  std::string token;                   // what the caller came with; "": nothing
  platform::Shares* shares = nullptr;  // none: nothing is shared here
  std::string session_token;           // out: of a session that began
  bool session_ended = false;          // out
};

struct AccountRoute {
  HttpMethod method = HttpMethod::kGet;
  std::string_view path;
  AccountCaller caller = AccountCaller::kSession;
  std::string_view zh;
  std::string_view en;
  std::vector<AccountField> fields;
  Result<Node> (*run)(AccountCall& call) = nullptr;
};

// Sign-in, the caller's own account and passkeys, and what an administrator does.
std::span<const AccountRoute> account_routes();
std::vector<AccountRoute> own_account_routes();  // service_accounts.cpp
std::vector<AccountRoute> passkey_routes();      // service_passkeys.cpp
std::vector<AccountRoute> people_routes();       // service_people.cpp
std::vector<AccountRoute> asking_routes();       // service_asking.cpp
inline constexpr std::string_view kAskPath = "/v1/account/ask";
// Whoever was appointed by asking alone is called so, with something behind it.
inline constexpr std::string_view kAskedActor = "asked-";

// Whether the path is under /v1/session or /v1/account.
bool is_account_path(std::string_view path);
struct AccountRouteFound {
  const AccountRoute* route = nullptr;
  std::string subject;
  bool other_method = false;
};
AccountRouteFound find_account_route(std::string_view method, std::string_view path);

// Checks who calls and what the body holds, and runs the route. Refuses kSignInNeeded,
// kSessionNeeded, kFactorNotFresh (args minutes), kAdministratorNeeded, what a NodeReader refuses,
// and as the call of Accounts behind it.
Result<Node> run_account_route(const AccountRoute& route, AccountCall& call);

// ---- what the parts share

Node account_node(const platform::Account& account);

}  // namespace anlan::api
