// Operations on the accounts of a server, on its machine and while it does not run: who may sign
// in, as whom, and with which keys.
#include "api/account_routes.h"
#include "api/render.h"
#include "base/to_node.h"
#include "platform/accounts.h"
#include "platform/accounts_key.h"
#include "platform/files.h"

namespace anlan::api {
namespace {

using platform::Accounts;

Option accounts_file() {
  return named("accounts", "FILE", "账号文件", "the file of the accounts", true);
}
Option login() { return named("login", "LOGIN", "登录名", "the login", true); }

Result<platform::Account> account_of(Accounts& accounts, NodeReader& options) {
  const std::string name = options.text("login");
  if (options.refused()) return options.report().refusal();
  return accounts.find(name);
}

// The first line of a file, so that no password stands in a list of processes.
Result<std::string> read_password(Session& session, const std::string& path) {
  ANLAN_TRY(const std::string text, session.read_text(path));
  return text.substr(0, text.find_first_of("\r\n"));
}

Result<Reply> create(Session& session, NodeReader& options) {
  const std::string file = options.text("accounts");
  platform::NewAccount account;
  account.login = options.text("login");
  account.display_name = options.text_or("name", account.login);
  account.administrator = options.flag("administrator", false);
  const std::string password = options.text("password-file");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(account.password, read_password(session, password));
  const bool first = platform::check_absent(file).ok();
  if (first) {
    // The key first: accounts without it would keep their secrets in clear.
    if (platform::check_absent(file + ".key").ok())
      ANLAN_REQUIRE(platform::create_accounts_key(file + ".key"));
    ANLAN_REQUIRE(Accounts::create(file));
    account.administrator = true;
  }
  ANLAN_TRY(const std::unique_ptr<Accounts> accounts, Accounts::open(file));
  ANLAN_TRY(const platform::AccountId id, accounts->add(account));
  ANLAN_TRY(const platform::Account made, accounts->account(id));
  return brief_reply(
      session.say("admin.created",
                  {{"login", made.login}, {"administrator", made.administrator ? "1" : ""}}),
      account_node(made));
}

Result<Reply> join(Session& session, NodeReader& options) {
  const std::string file = options.text("accounts");
  platform::Membership membership;
  membership.house = options.text("house-name");
  membership.actor = options.name<domain::ActorTag>("actor");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const std::unique_ptr<Accounts> accounts, Accounts::open(file));
  ANLAN_TRY(const platform::Account account, account_of(*accounts, options));
  ANLAN_REQUIRE(accounts->add_membership(account.id, membership));
  ANLAN_TRY(const platform::Account now, accounts->account(account.id));
  return brief_reply(session.say("admin.joined", {{"login", now.login},
                                                  {"house", membership.house},
                                                  {"actor", membership.actor.text}}),
                     account_node(now));
}

Result<Reply> key(Session& session, NodeReader& options) {
  const std::string file = options.text("accounts");
  platform::NewApiKey wanted;
  wanted.acts_as.house = options.text("house-name");
  wanted.acts_as.actor = options.name<domain::ActorTag>("actor");
  wanted.name = options.text_or("name", wanted.acts_as.actor.text);
  const bool reads = options.flag("read-only", false);
  const bool test = options.flag("test", false);
  wanted.scope = reads ? platform::KeyScope::kRead : platform::KeyScope::kWrite;
  wanted.kind = test ? platform::CredentialKind::kTestKey : platform::CredentialKind::kLiveKey;
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const std::unique_ptr<Accounts> accounts, Accounts::open(file));
  ANLAN_TRY(const platform::Account account, account_of(*accounts, options));
  ANLAN_TRY(const platform::MadeApiKey made, accounts->add_api_key(account.id, wanted));
  Node json = Node::table();
  json.add("id", to_node(made.key.id));
  json.add("token", Node::string(made.token));
  json.add("house", Node::string(wanted.acts_as.house));
  json.add("actor", to_node(wanted.acts_as.actor));
  json.add("scope", to_node(made.key.scope));
  return brief_reply(session.say("admin.key", {{"token", made.token},
                                               {"actor", wanted.acts_as.actor.text},
                                               {"house", wanted.acts_as.house}}),
                     std::move(json));
}

Result<Reply> revoke(Session& session, NodeReader& options) {
  const std::string file = options.text("accounts");
  const auto id = options.id<platform::ApiKeyTag>("key-id");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const std::unique_ptr<Accounts> accounts, Accounts::open(file));
  ANLAN_TRY(const platform::Account account, account_of(*accounts, options));
  ANLAN_REQUIRE(accounts->revoke_api_key(account.id, id));
  Node json = Node::table();
  json.add("id", to_node(id));
  return brief_reply(session.say("admin.revoked", {{"id", to_text(id)}}), std::move(json));
}

Result<Reply> list(Session& session, NodeReader& options) {
  const std::string file = options.text("accounts");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const std::unique_ptr<Accounts> accounts, Accounts::open(file));
  Reply reply;
  reply.json = Node::list();
  Table table;
  table.columns = {{.title = session.say("admin.login")},
                   {.title = session.say("admin.acts_as")},
                   {.title = session.say("admin.state")}};
  for (const platform::Account& account : accounts->list()) {
    reply.json.items.push_back(account_node(account));
    std::string acts_as;
    for (const platform::Membership& each : account.memberships)
      acts_as += (acts_as.empty() ? "" : ", ") + each.house + "/" + each.actor.text;
    const std::string_view state = account.disabled        ? "admin.disabled"
                                   : account.administrator ? "admin.administrator"
                                                           : "admin.active";
    table.rows.push_back({account.login, acts_as, session.say(state)});
  }
  reply.document.table(std::move(table));
  return reply;
}

}  // namespace

std::vector<Operation> admin_operations() {
  const Option house_name = named("house-name", "NAME", "机构名称", "the name of the house", true);
  const Option actor = named("actor", "ACTOR", "以该机构中的此人办理", "as this actor of it", true);
  return {
      {.name = "admin create",
       .command = "",
       .zh = "建立账号；首个账号是管理员，同时建立账号文件",
       .en = "make an account; the first one makes the file and is an administrator",
       .options = {accounts_file(), login(),
                   named("password-file", "FILE", "首行为密码的文件；- 为标准输入",
                         "file whose first line is the password; - for standard input", true),
                   named("name", "TEXT", "显示的姓名", "the name that is shown"),
                   flag("administrator", "管理员", "an administrator")},
       .run = create,
       .writes = true},
      {.name = "admin join",
       .command = "",
       .zh = "使账号可以某机构中某人的身份办理",
       .en = "let an account act as an actor of a house",
       .options = {accounts_file(), login(), house_name, actor},
       .run = join,
       .writes = true},
      {.name = "admin key",
       .command = "",
       .zh = "为账号建立接口密钥，只显示这一次",
       .en = "make an API key for an account; it is shown this once",
       .options = {accounts_file(), login(), house_name, actor,
                   named("name", "TEXT", "密钥的名称", "what the key is called"),
                   flag("read-only", "只读", "reads only"),
                   flag("test", "只用于沙盒", "for sandbox houses only")},
       .run = key,
       .writes = true},
      {.name = "admin revoke",
       .command = "",
       .zh = "撤销接口密钥，立即生效",
       .en = "revoke an API key, effective at once",
       .options = {accounts_file(), login(),
                   named("key-id", "KEY", "密钥编号，例如 key_3", "the key, e.g. key_3", true)},
       .run = revoke,
       .writes = true},
      {.name = "admin list",
       .command = "",
       .zh = "列出账号",
       .en = "list the accounts",
       .options = {accounts_file()},
       .run = list,
       .writes = true},
  };
}

}  // namespace anlan::api
