#include "api/account_routes.h"

#include <algorithm>

#include "api/access_refusals.h"
#include "api/refusals.h"
#include "api/share_desk.h"
#include "base/to_node.h"

namespace anlan::api {
namespace {

Refusal about_caller(RefusalCode code, std::vector<RefusalArg> args = {}) {
  return Refusal{
      .code = code, .path = "authorization", .value = {}, .args = std::move(args), .at = {}};
}

Result<Done> check_account_caller(AccountCaller wanted, AccountCall& call) {
  if (wanted == AccountCaller::kAnybody) return Done{};
  if (call.token.empty()) return about_caller(refusals::kSignInNeeded);
  ANLAN_TRY(call.bearer, call.accounts.bearer(call.token));
  if (wanted == AccountCaller::kKnown) return Done{};
  if (call.bearer.kind != platform::CredentialKind::kSession)
    return about_caller(refusals::kSessionNeeded);
  if (wanted == AccountCaller::kSession) return Done{};
  if (call.bearer.asks_second_factor && !call.bearer.second_factor_fresh)
    return about_caller(refusals::kFactorNotFresh,
                        {{.name = "minutes", .value = std::to_string(platform::kFreshMinutes)}});
  if (wanted == AccountCaller::kAdministrator && !call.bearer.administrator)
    return about_caller(refusals::kAdministratorNeeded);
  return Done{};
}

// That every field has its kind, before any of them is used.
void check_fields(const AccountRoute& route, NodeReader& body) {
  constexpr std::int64_t kWholeMax = 1'000'000'000;
  for (const AccountField& field : route.fields) {
    if (!field.required && !body.has(field.name)) {
      static_cast<void>(body.text_or(field.name, ""));
      continue;
    }
    switch (field.kind) {
      case AccountFieldKind::kText:
        static_cast<void>(body.text(field.name));
        break;
      case AccountFieldKind::kFlag:
        static_cast<void>(body.flag(field.name, false));
        break;
      case AccountFieldKind::kTexts:
        static_cast<void>(body.texts_or_empty(field.name));
        break;
      case AccountFieldKind::kWhole:
        static_cast<void>(body.whole(field.name, 0, kWholeMax));
        break;
    }
  }
  body.finish();
}

bool fits_pattern(std::string_view path, std::string_view pattern, std::string& subject) {
  const std::size_t open = pattern.find('{');
  if (open == std::string_view::npos) return path == pattern;
  const std::string_view before = pattern.substr(0, open);
  const std::string_view behind = pattern.substr(pattern.find('}') + 1);
  if (path.size() <= before.size() + behind.size() || !path.starts_with(before) ||
      !path.ends_with(behind))
    return false;
  const std::string_view found =
      path.substr(before.size(), path.size() - before.size() - behind.size());
  if (found.find('/') != std::string_view::npos) return false;
  subject = found;
  return true;
}

}  // namespace

std::span<const AccountRoute> account_routes() {
  static const std::vector<AccountRoute> table = [] {
    std::vector<AccountRoute> all = own_account_routes();
    for (auto part : {passkey_routes(), people_routes(), asking_routes(), share_routes()})
      all.insert(all.end(), part.begin(), part.end());
    return all;
  }();
  return table;
}

bool is_account_path(std::string_view path) {
  const auto under = [&](std::string_view root) {
    return path == root || (path.starts_with(root) && path[root.size()] == '/');
  };
  return under("/v1/session") || under("/v1/account");
}

AccountRouteFound find_account_route(std::string_view method, std::string_view path) {
  AccountRouteFound found;
  // A path without a subject is meant before one that takes the same word for it.
  for (const bool with_subject : {false, true}) {
    for (const AccountRoute& route : account_routes()) {
      const bool has_subject = route.path.find('{') != std::string_view::npos;
      std::string subject;
      if (has_subject != with_subject || !fits_pattern(path, route.path, subject)) continue;
      if (method_name(route.method) == method) return {.route = &route, .subject = subject};
      found.other_method = true;
    }
  }
  return found;
}

Result<Node> run_account_route(const AccountRoute& route, AccountCall& call) {
  ANLAN_REQUIRE(check_account_caller(route.caller, call));
  check_fields(route, call.body);
  if (call.body.refused()) return call.body.report().refusal();
  return route.run(call);
}

Node account_node(const platform::Account& account) {
  Node node = Node::table();
  node.add("id", to_node(account.id));
  node.add("login", Node::string(account.login));
  node.add("display_name", Node::string(account.display_name));
  node.add("administrator", Node::boolean(account.administrator));
  node.add("disabled", Node::boolean(account.disabled));
  node.add("second_factor", Node::boolean(account.second_factor));
  node.add("passkeys", to_node(account.passkeys));
  node.add("organisation",
           account.organisation.exists() ? to_node(account.organisation) : Node::null());
  node.add("invited_until", to_node(account.invited_until));
  Node& memberships = node.add("memberships", Node::list());
  for (const platform::Membership& each : account.memberships) {
    Node membership = Node::table();
    membership.add("house", Node::string(each.house));
    membership.add("actor", to_node(each.actor));
    memberships.items.push_back(std::move(membership));
  }
  return node;
}

}  // namespace anlan::api
