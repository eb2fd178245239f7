#include "api/test_keys.h"

#include "api/render.h"
#include "base/to_node.h"
#include "platform/accounts.h"
#include "platform/environment.h"

namespace anlan::api {
namespace {

using platform::Accounts;

std::string roles_text(Session& session, const domain::Actor& actor) {
  std::string roles;
  for (const domain::Role role : actor.roles)
    roles += (roles.empty() ? "" : ", ") + word(session, "role", role);
  return roles;
}

}  // namespace

Result<TestAccount> make_test_account(const std::string& file, std::string_view login,
                                      const house::House& house) {
  TestAccount made{
      .login = std::string(login), .password = platform::random_command_key(), .keys = {}};
  ANLAN_REQUIRE(Accounts::create(file));
  ANLAN_TRY(const std::unique_ptr<Accounts> accounts, Accounts::open(file));
  platform::NewAccount account;
  account.login = account.display_name = made.login;
  account.password = made.password;
  account.administrator = true;
  ANLAN_TRY(const platform::AccountId id, accounts->add(account));
  for (const auto& [name, actor] : house.actors) {
    const platform::Membership membership{.house = house.opening->name, .actor = name};
    ANLAN_REQUIRE(accounts->add_membership(id, membership));
    platform::NewApiKey wanted;
    wanted.name = name.text;
    wanted.acts_as = membership;
    wanted.scope = platform::KeyScope::kWrite;
    wanted.kind = platform::CredentialKind::kTestKey;
    ANLAN_TRY(const platform::MadeApiKey key, accounts->add_api_key(id, wanted));
    made.keys.push_back({.actor = actor, .token = key.token});
  }
  return made;
}

void tell_account(Session& session, const TestAccount& account, const std::string& house,
                  const std::string& folder, Reply& reply) {
  const std::string serve =
      "anlan serve " + folder + "/house --accounts " + folder + "/accounts.db";
  reply.json.add("house", Node::string(house));
  reply.json.add("login", Node::string(account.login));
  reply.json.add("password", Node::string(account.password));
  reply.json.add("serve", Node::string(serve));
  Node& list = reply.json.add("keys", Node::list());
  Table table{.columns = {{.title = session.say("label.actor")},
                          {.title = session.say("label.roles")},
                          {.title = session.say("sandbox.key")}}};
  for (const TestKey& key : account.keys) {
    Node row = Node::table();
    row.add("actor", to_node(key.actor.name));
    row.add("roles", to_node(key.actor.roles));
    row.add("token", Node::string(key.token));
    list.items.push_back(std::move(row));
    table.rows.push_back({key.actor.name.text, roles_text(session, key.actor), key.token});
  }
  reply.document.paragraph(
      session.say("sandbox.login", {{"login", account.login}, {"password", account.password}}));
  reply.document.table(std::move(table));
  reply.document.paragraph(session.say("sandbox.serve", {{"command", serve}}));
}

}  // namespace anlan::api
