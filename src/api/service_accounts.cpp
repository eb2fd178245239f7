// Routes of the caller's own account: signing in, sessions, the password, codes, API keys.
#include "api/account_routes.h"
#include "api/acting.h"
#include "api/caller_check.h"
#include "base/to_node.h"
#include "platform/refusals.h"

namespace anlan::api {
namespace {

using platform::AccountId;

constexpr std::int64_t kHourMinutes = 60;

Node done_node() {
  Node node = Node::table();
  node.add("done", Node::boolean(true));
  return node;
}

Node texts_node(std::string_view name, const std::vector<std::string>& values) {
  Node node = Node::table();
  node.add(name, to_node(values));
  return node;
}

Node items_node(Node items) {
  Node node = Node::table();
  node.add("items", std::move(items));
  return node;
}

// ---- sessions

Result<Node> sign_in(AccountCall& call) {
  const std::string login = call.body.text("login");
  const std::string password = call.body.text("password");
  const std::string code = call.body.text_or("code", "");
  ANLAN_TRY(const platform::SignedIn in,
            call.accounts.sign_in(
                {.login = login, .password = password, .code = code, .peer = call.request.peer}));
  call.session_token = in.token;
  Node node = Node::table();
  node.add("token", Node::string(in.token));
  node.add("ends", to_node(in.session.ends));
  return node;
}

Result<Node> sign_out(AccountCall& call) {
  ANLAN_REQUIRE(call.accounts.sign_out(call.token));
  call.session_ended = true;
  return done_node();
}

// As whom the caller may act in the houses that are served here.
Node acting_node(const AccountCall& call, const std::vector<platform::Membership>& memberships) {
  const ServedHouses& houses = call.houses;
  Node list = Node::list();
  for (const platform::Membership& each : memberships) {
    const Result<domain::Actor> actor = actor_of(houses, each);
    if (!actor.ok() || !may_act(call.accounts, call.bearer.organisation, each.house, *actor).ok())
      continue;
    Node node = Node::table();
    node.add("house", Node::string(each.house));
    node.add("actor", to_node(each.actor));
    node.add("organisation", to_node(actor->organisation));
    node.add("roles", to_node(actor->roles));
    node.add("sandbox", Node::boolean(is_sandbox(houses, each.house)));
    list.items.push_back(std::move(node));
  }
  return list;
}

Result<Node> who_am_i(AccountCall& call) {
  const platform::Bearer& bearer = call.bearer;
  ANLAN_TRY(platform::Account account, call.accounts.account(bearer.account));
  // A key is told as whom it may act, not what else its owner may.
  if (bearer.acts_as) account.memberships = {*bearer.acts_as};
  Node node = Node::table();
  node.add("account", account_node(account));
  node.add("kind", to_node(bearer.kind));
  node.add("scope", to_node(bearer.scope));
  node.add("session", to_node(bearer.session));
  node.add("ends", to_node(bearer.ends));
  node.add("acts_as", acting_node(call, account.memberships));
  // Of whoever it is clear as whom he acts: the only one, or the one that the headers name.
  const Result<Caller> acting =
      caller_by(call.accounts, call.houses, bearer, asked_to_act(call.request));
  node.add("may", acting.ok() ? to_node(operations_open_to(call.accounts, call.houses, *acting))
                              : Node::null());
  node.add("api_key", to_node(bearer.api_key));
  node.add("kind_of_organisation", to_node(bearer.kind_of_organisation));
  node.add("second_factor_given", to_node(bearer.second_factor));
  node.add("second_factor_fresh", Node::boolean(bearer.second_factor_fresh));
  node.add("recovery_codes", to_node(account.recovery_codes));
  return node;
}

Result<Node> list_sessions(AccountCall& call) {
  ANLAN_TRY(const auto sessions, call.accounts.sessions(call.bearer.account));
  Node items = Node::list();
  for (const platform::Session& session : sessions) {
    Node node = Node::table();
    node.add("id", to_node(session.id));
    node.add("created", to_node(session.created));
    node.add("used", to_node(session.used));
    node.add("ends", to_node(session.ends));
    node.add("peer", Node::string(session.peer));
    node.add("second_factor_given", to_node(session.second_factor));
    node.add("this", Node::boolean(session.id == call.bearer.session));
    items.items.push_back(std::move(node));
  }
  return items_node(std::move(items));
}

Result<Node> revoke_session(AccountCall& call) {
  ANLAN_TRY(const auto id, parse_id<platform::SessionTag>(call.subject, "session"));
  ANLAN_REQUIRE(call.accounts.end_session(call.bearer.account, id));
  call.session_ended = id == call.bearer.session;
  return done_node();
}

Result<Node> revoke_sessions(AccountCall& call) {
  ANLAN_REQUIRE(call.accounts.end_sessions(call.bearer.account));
  call.session_ended = true;
  return done_node();
}

Result<Node> confirm_session(AccountCall& call) {
  const std::string code = call.body.text("code");
  ANLAN_REQUIRE(call.accounts.confirm_by_code(call.bearer.account, call.bearer.session, code));
  return done_node();
}

// ---- the password and codes

Result<Node> change_password(AccountCall& call) {
  const std::string before = call.body.text("old_password");
  const std::string next = call.body.text("new_password");
  ANLAN_REQUIRE(call.accounts.change_password(
      call.bearer.account,
      {.old_password = before, .new_password = next, .peer = call.request.peer}));
  call.session_ended = true;
  return done_node();
}

Result<Node> begin_codes(AccountCall& call) {
  ANLAN_TRY(const std::string uri, call.accounts.begin_second_factor(call.bearer.account));
  const std::size_t from = uri.find("secret=") + 7;
  Node node = Node::table();
  node.add("secret", Node::string(uri.substr(from, uri.find('&', from) - from)));
  node.add("uri", Node::string(uri));
  return node;
}

// Whoever confirms has just given a code.
Result<Node> confirm_codes(AccountCall& call) {
  ANLAN_TRY(const auto codes,
            call.accounts.confirm_second_factor(call.bearer.account, call.body.text("code"),
                                                call.bearer.session));
  return texts_node("recovery_codes", codes);
}

Result<Node> renew_recovery_codes(AccountCall& call) {
  ANLAN_TRY(const auto codes, call.accounts.new_recovery_codes(call.bearer.account));
  return texts_node("recovery_codes", codes);
}

Result<Node> remove_codes(AccountCall& call) {
  ANLAN_REQUIRE(call.accounts.remove_second_factor(call.bearer.account));
  return done_node();
}

// ---- API keys

Node key_node(const platform::ApiKey& key) {
  Node node = Node::table();
  node.add("id", to_node(key.id));
  node.add("name", Node::string(key.name));
  node.add("kind", to_node(key.kind));
  node.add("scope", to_node(key.scope));
  node.add("house", Node::string(key.acts_as.house));
  node.add("actor", to_node(key.acts_as.actor));
  node.add("operations", to_node(key.operations));
  node.add("shown", Node::string(key.shown));
  node.add("created", to_node(key.created));
  node.add("expires", to_node(key.expires));
  node.add("revoked", to_node(key.revoked));
  node.add("used", to_node(key.used));
  node.add("secret_before_until", to_node(key.secret_before_until));
  return node;
}

Node made_key_node(const platform::MadeApiKey& made) {
  Node node = key_node(made.key);
  node.add("token", Node::string(made.token));
  return node;
}

Result<Node> list_keys(AccountCall& call) {
  ANLAN_TRY(const auto keys, call.accounts.api_keys(call.bearer.account));
  Node items = Node::list();
  for (const platform::ApiKey& key : keys) items.items.push_back(key_node(key));
  return items_node(std::move(items));
}

Result<Node> make_key(AccountCall& call) {
  NodeReader& body = call.body;
  platform::NewApiKey wanted;
  wanted.acts_as.house = body.text("house");
  wanted.acts_as.actor = body.name<domain::ActorTag>("actor");
  wanted.name = body.text("name");
  wanted.kind = body.flag("live", false) ? platform::CredentialKind::kLiveKey
                                         : platform::CredentialKind::kTestKey;
  wanted.scope = body.choice_or("scope", platform::KeyScope::kRead);
  wanted.operations = body.texts_or_empty("operations");
  if (body.has("expires")) wanted.expires = body.instant("expires");
  if (body.refused()) return body.report().refusal();
  ANLAN_TRY(const platform::MadeApiKey made,
            call.accounts.add_api_key(call.bearer.account, std::move(wanted)));
  return made_key_node(made);
}

Result<Node> rotate_key(AccountCall& call) {
  constexpr std::int64_t kOverlapHoursMax = 30 * 24;
  const std::int64_t hours = call.body.whole_or("overlap_hours", 0, kOverlapHoursMax, 0);
  if (call.body.refused()) return call.body.report().refusal();
  ANLAN_TRY(const auto id, parse_id<platform::ApiKeyTag>(call.subject, "key"));
  ANLAN_TRY(const platform::MadeApiKey made,
            call.accounts.rotate_api_key(call.bearer.account, id,
                                         plus_minutes(call.accounts.now(), hours * kHourMinutes)));
  return made_key_node(made);
}

Result<Node> revoke_key(AccountCall& call) {
  ANLAN_TRY(const auto id, parse_id<platform::ApiKeyTag>(call.subject, "key"));
  ANLAN_REQUIRE(call.accounts.revoke_api_key(call.bearer.account, id));
  return done_node();
}

// ---- the tables

std::vector<AccountRoute> session_routes() {
  using enum AccountCaller;
  using enum HttpMethod;
  return {
      {.method = kPost,
       .path = "/v1/session/sign-in",
       .caller = kAnybody,
       .zh = "以登录名和密码登录；得到令牌，浏览器另得到 Cookie",
       .en = "sign in by login and password: a token, and a cookie for browsers",
       .fields = {{"login", "登录名", "the login", true},
                  {"password", "密码", "the password", true},
                  {"code", "验证码或恢复码", "a code of the authenticator, or a recovery code"}},
       .run = sign_in},
      {.method = kPost,
       .path = "/v1/session/sign-out",
       .caller = kSession,
       .zh = "结束本次会话",
       .en = "end this session",
       .fields = {},
       .run = sign_out},
      {.method = kGet,
       .path = "/v1/session",
       .caller = kKnown,
       .zh = "当前的账号、身份与会话",
       .en = "who is asking: the account, whom it may act as, the session",
       .fields = {},
       .run = who_am_i},
      {.method = kGet,
       .path = "/v1/session/list",
       .caller = kSession,
       .zh = "列出本账号未结束的会话",
       .en = "list the sessions of this account that have not ended",
       .fields = {},
       .run = list_sessions},
      {.method = kPost,
       .path = "/v1/session/{session}/revoke",
       .caller = kSession,
       .zh = "结束本账号的一个会话",
       .en = "end a session of this account",
       .fields = {},
       .run = revoke_session},
      {.method = kPost,
       .path = "/v1/session/revoke-all",
       .caller = kSession,
       .zh = "结束本账号的所有会话，包括本次会话",
       .en = "end all sessions of this account, this one too",
       .fields = {},
       .run = revoke_sessions},
      {.method = kPost,
       .path = "/v1/session/confirm",
       .caller = kSession,
       .zh = "在本次会话中再次给出验证码",
       .en = "give a code again within this session",
       .fields = {{"code", "验证码或恢复码", "a code or a recovery code", true}},
       .run = confirm_session},
  };
}

std::vector<AccountRoute> credential_routes() {
  using enum AccountCaller;
  using enum HttpMethod;
  return {
      {.method = kPost,
       .path = "/v1/account/password",
       .caller = kSession,
       .zh = "更改密码；所有会话随之结束",
       .en = "change the password; all sessions end",
       .fields = {{"old_password", "现在的密码", "the password now", true},
                  {"new_password", "新密码", "the new one", true}},
       .run = change_password},
      {.method = kPost,
       .path = "/v1/account/second-factor/begin",
       .caller = kFresh,
       .zh = "开始设置验证码：密钥与身份验证器的地址，只显示这一次",
       .en = "begin codes: the secret and its address for an authenticator, shown this once",
       .fields = {},
       .run = begin_codes},
      {.method = kPost,
       .path = "/v1/account/second-factor/confirm",
       .caller = kSession,
       .zh = "以首个验证码启用；得到恢复码，只显示这一次",
       .en = "confirm codes by the first one: recovery codes, shown this once",
       .fields = {{"code", "验证码", "the code", true}},
       .run = confirm_codes},
      {.method = kPost,
       .path = "/v1/account/second-factor/remove",
       .caller = kFresh,
       .zh = "停用验证码",
       .en = "remove codes",
       .fields = {},
       .run = remove_codes},
      {.method = kPost,
       .path = "/v1/account/recovery-codes",
       .caller = kFresh,
       .zh = "换发恢复码，原有的作废",
       .en = "new recovery codes in place of those that are left",
       .fields = {},
       .run = renew_recovery_codes},
  };
}

std::vector<AccountRoute> key_routes() {
  using enum AccountCaller;
  using enum HttpMethod;
  return {
      {.method = kGet,
       .path = "/v1/account/key/list",
       .caller = kSession,
       .zh = "列出本账号的接口密钥",
       .en = "list the API keys of this account",
       .fields = {},
       .run = list_keys},
      {.method = kPost,
       .path = "/v1/account/key/make",
       .caller = kFresh,
       .zh = "建立接口密钥，只显示这一次",
       .en = "make an API key, shown this once",
       .fields = {{"name", "密钥的名称", "what it is called", true},
                  {"house", "机构名称", "the house that it works in", true},
                  {"actor", "以其身份办理", "the actor that it acts as", true},
                  {"scope", "read 或 write，默认 read", "read or write, else read"},
                  {"live", "用于正式机构；否则只用于沙盒", "for real houses, else sandboxes only",
                   false, AccountFieldKind::kFlag},
                  {"operations", "只用于这些操作", "for these operations only", false,
                   AccountFieldKind::kTexts},
                  {"expires", "到期时间", "when it ends"}},
       .run = make_key},
      {.method = kPost,
       .path = "/v1/account/key/{key}/rotate",
       .caller = kFresh,
       .zh = "换发密钥；原密钥在给定的小时数内仍可使用",
       .en = "a new secret; the one before works for so many hours more",
       .fields = {{"overlap_hours", "重叠的小时数，默认 0", "hours of overlap, else 0", false,
                   AccountFieldKind::kWhole}},
       .run = rotate_key},
      {.method = kPost,
       .path = "/v1/account/key/{key}/revoke",
       .caller = kSession,
       .zh = "撤销密钥，立即生效",
       .en = "revoke an API key, effective at once",
       .fields = {},
       .run = revoke_key},
  };
}

}  // namespace

std::vector<AccountRoute> own_account_routes() {
  std::vector<AccountRoute> all = session_routes();
  for (auto part : {credential_routes(), key_routes()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace anlan::api
