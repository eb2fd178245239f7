// Operation `sandbox`: a house with a year of business in it, accounts and test keys, for whoever
// builds on the service.
#include "api/demo.h"
#include "api/render.h"
#include "base/to_node.h"
#include "platform/accounts.h"
#include "platform/environment.h"
#include "platform/house_folder.h"

namespace anlan::api {
namespace {

using platform::Accounts;

constexpr std::string_view kLogin = "sandbox";

struct Key {
  domain::Actor actor;
  std::string token;
};

// An account that may act as everybody in the house, and a test key for each of them.
Result<std::vector<Key>> make_keys(const std::string& file, const std::string& password,
                                   const house::House& house) {
  ANLAN_REQUIRE(Accounts::create(file));
  ANLAN_TRY(const std::unique_ptr<Accounts> accounts, Accounts::open(file));
  platform::NewAccount account;
  account.login = account.display_name = std::string(kLogin);
  account.password = password;
  account.administrator = true;
  ANLAN_TRY(const platform::AccountId id, accounts->add(account));
  std::vector<Key> keys;
  for (const auto& [name, actor] : house.actors) {
    const platform::Membership membership{.house = house.opening->name, .actor = name};
    ANLAN_REQUIRE(accounts->add_membership(id, membership));
    platform::NewApiKey wanted;
    wanted.name = name.text;
    wanted.acts_as = membership;
    wanted.scope = platform::KeyScope::kWrite;
    wanted.kind = platform::CredentialKind::kTestKey;
    ANLAN_TRY(const platform::MadeApiKey made, accounts->add_api_key(id, wanted));
    keys.push_back({.actor = actor, .token = made.token});
  }
  return keys;
}

std::string roles_text(Session& session, const domain::Actor& actor) {
  std::string roles;
  for (const domain::Role role : actor.roles)
    roles += (roles.empty() ? "" : ", ") + word(session, "role", role);
  return roles;
}

Result<Reply> sandbox(Session& session, NodeReader& options) {
  const std::string folder = options.text("folder");
  if (options.refused()) return options.report().refusal();
  const std::string password = platform::random_command_key();
  std::vector<Key> keys;
  std::string name;
  const auto fill = [&](const platform::HousePaths& paths) -> Result<Done> {
    SessionOptions own;
    own.folder = paths.folder.string() + "/house";
    own.lang = session.lang();
    Session year(own, Library(session.library().artefacts()));
    ANLAN_REQUIRE(run_demo(year, {"demo"}, [](const std::string&) {}));
    ANLAN_TRY(const house::House* house, year.house());
    name = house->opening->name;
    ANLAN_TRY(keys, make_keys(paths.folder.string() + "/accounts.db", password, *house));
    return Done{};
  };
  ANLAN_REQUIRE(platform::build_house_folder(folder, fill));
  const std::string serve =
      "anlan serve " + folder + "/house --accounts " + folder + "/accounts.db";
  Reply reply;
  reply.json = Node::table();
  reply.json.add("house", Node::string(name));
  reply.json.add("login", Node::string(kLogin));
  reply.json.add("password", Node::string(password));
  reply.json.add("serve", Node::string(serve));
  Node& list = reply.json.add("keys", Node::list());
  Table table{.columns = {{.title = session.say("label.actor")},
                          {.title = session.say("label.roles")},
                          {.title = session.say("sandbox.key")}}};
  for (const Key& key : keys) {
    Node row = Node::table();
    row.add("actor", to_node(key.actor.name));
    row.add("roles", to_node(key.actor.roles));
    row.add("token", Node::string(key.token));
    list.items.push_back(std::move(row));
    table.rows.push_back({key.actor.name.text, roles_text(session, key.actor), key.token});
  }
  reply.brief.push_back(session.say("sandbox.made", {{"house", name}, {"folder", folder}}));
  reply.document.paragraph(reply.brief.back());
  reply.document.paragraph(
      session.say("sandbox.login", {{"login", std::string(kLogin)}, {"password", password}}));
  reply.document.table(std::move(table));
  reply.document.paragraph(session.say("sandbox.serve", {{"command", serve}}));
  return reply;
}

}  // namespace

std::vector<Operation> sandbox_operations() {
  return {
      {.name = "sandbox",
       .command = "",
       .zh = "建立一个沙箱：一年的业务、账号和每人的测试密钥",
       .en = "make a sandbox: a year of business, an account, a test key for each actor",
       .options = {positional("folder", "FOLDER", "新目录", "a new folder")},
       .run = sandbox,
       .writes = true},
  };
}

}  // namespace anlan::api
