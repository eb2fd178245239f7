// Routes of passkeys: what a page hands to navigator.credentials, and what comes back from it
// (WebAuthn, sections 5.4 and 5.5). Bytes are base64url, as in PublicKeyCredential.toJSON().
#include "api/account_routes.h"
#include "base/to_node.h"
#include "platform/webauthn.h"

namespace anlan::api {
namespace {

using platform::ChallengeFor;

constexpr std::int64_t kTimeoutMilliseconds = platform::kChallengeMinutes * 60 * 1'000;
constexpr std::size_t kHandleBytesMax = 64;

Node base64url_node(BytesView bytes) { return Node::string(platform::to_base64url(bytes)); }

Node credentials_node(const std::vector<Bytes>& credentials) {
  Node list = Node::list();
  for (const Bytes& id : credentials) {
    Node node = Node::table();
    node.add("type", Node::string("public-key"));
    node.add("id", base64url_node(id));
    list.items.push_back(std::move(node));
  }
  return list;
}

Node creation_node(const platform::PasskeyRequest& request) {
  Node party = Node::table();
  party.add("id", Node::string(request.party.id));
  party.add("name", Node::string("Anlan"));
  Node user = Node::table();
  user.add("id", base64url_node(request.user));
  user.add("name", Node::string(request.account.login));
  user.add("displayName", Node::string(request.account.display_name));
  Node parameters = Node::list();
  for (const platform::CoseAlgorithm algorithm : platform::kCoseAlgorithms) {
    Node node = Node::table();
    node.add("type", Node::string("public-key"));
    node.add("alg", Node::number(static_cast<std::int64_t>(algorithm)));
    parameters.items.push_back(std::move(node));
  }
  Node selection = Node::table();
  selection.add("residentKey", Node::string("required"));
  selection.add("requireResidentKey", Node::boolean(true));
  selection.add("userVerification", Node::string("required"));
  Node node = Node::table();
  node.add("rp", std::move(party));
  node.add("user", std::move(user));
  node.add("challenge", base64url_node(request.challenge.bytes));
  node.add("pubKeyCredParams", std::move(parameters));
  node.add("timeout", Node::number(kTimeoutMilliseconds));
  node.add("excludeCredentials", credentials_node(request.credentials));
  node.add("authenticatorSelection", std::move(selection));
  node.add("attestation", Node::string("none"));
  return node;
}

Node request_node(const platform::PasskeyRequest& request) {
  Node node = Node::table();
  node.add("challenge", base64url_node(request.challenge.bytes));
  node.add("timeout", Node::number(kTimeoutMilliseconds));
  node.add("rpId", Node::string(request.party.id));
  node.add("allowCredentials", credentials_node(request.credentials));
  node.add("userVerification", Node::string("required"));
  return node;
}

Node public_key_node(Node options) {
  Node node = Node::table();
  node.add("publicKey", std::move(options));
  return node;
}

Result<Bytes> bytes_field(NodeReader& body, std::string_view name, std::size_t most) {
  return platform::from_base64url(body.text_or(name, ""), name, most);
}

Result<platform::AssertionAnswer> assertion_of(NodeReader& body) {
  platform::AssertionAnswer answer;
  ANLAN_TRY(answer.credential, bytes_field(body, "id", platform::kCredentialBytesMax));
  ANLAN_TRY(answer.client_data, bytes_field(body, "clientDataJSON", platform::kClientDataBytesMax));
  ANLAN_TRY(answer.authenticator_data,
            bytes_field(body, "authenticatorData", platform::kAuthenticatorDataBytesMax));
  ANLAN_TRY(answer.signature, bytes_field(body, "signature", platform::kSignatureBytesMax));
  ANLAN_TRY(answer.user, bytes_field(body, "userHandle", kHandleBytesMax));
  return answer;
}

Node passkey_node(const platform::Passkey& passkey) {
  Node node = Node::table();
  node.add("id", to_node(passkey.id));
  node.add("name", Node::string(passkey.name));
  node.add("credential", base64url_node(passkey.credential));
  node.add("created", to_node(passkey.created));
  node.add("used", to_node(passkey.used));
  return node;
}

Node done_node() {
  Node node = Node::table();
  node.add("done", Node::boolean(true));
  return node;
}

// ---- the routes

Result<Node> begin_sign_in(AccountCall& call) {
  ANLAN_TRY(const auto request, call.accounts.ask_passkey(ChallengeFor::kSignIn, {}));
  return public_key_node(request_node(request));
}

Result<Node> finish_sign_in(AccountCall& call) {
  ANLAN_TRY(const auto answer, assertion_of(call.body));
  ANLAN_TRY(const platform::SignedIn in,
            call.accounts.sign_in_by_passkey(answer, call.request.peer));
  call.session_token = in.token;
  Node node = Node::table();
  node.add("token", Node::string(in.token));
  node.add("ends", to_node(in.session.ends));
  return node;
}

Result<Node> begin_confirmation(AccountCall& call) {
  ANLAN_TRY(const auto request,
            call.accounts.ask_passkey(ChallengeFor::kConfirmation, call.bearer.account));
  return public_key_node(request_node(request));
}

Result<Node> finish_confirmation(AccountCall& call) {
  ANLAN_TRY(const auto answer, assertion_of(call.body));
  ANLAN_REQUIRE(call.accounts.confirm_by_passkey(call.bearer.account, call.bearer.session, answer));
  return done_node();
}

Result<Node> begin_registration(AccountCall& call) {
  ANLAN_TRY(const auto request,
            call.accounts.ask_passkey(ChallengeFor::kRegistration, call.bearer.account));
  return public_key_node(creation_node(request));
}

Result<Node> finish_registration(AccountCall& call) {
  platform::RegistrationAnswer answer;
  ANLAN_TRY(answer.client_data,
            bytes_field(call.body, "clientDataJSON", platform::kClientDataBytesMax));
  ANLAN_TRY(answer.attestation_object,
            bytes_field(call.body, "attestationObject", platform::kAttestationBytesMax));
  ANLAN_TRY(const platform::Passkey made,
            call.accounts.add_passkey(call.bearer.account, call.body.text("name"), answer,
                                      call.bearer.session));
  return passkey_node(made);
}

Result<Node> list_passkeys(AccountCall& call) {
  ANLAN_TRY(const auto passkeys, call.accounts.passkeys(call.bearer.account));
  Node items = Node::list();
  for (const platform::Passkey& each : passkeys) items.items.push_back(passkey_node(each));
  Node node = Node::table();
  node.add("items", std::move(items));
  return node;
}

Result<Node> remove_passkey(AccountCall& call) {
  ANLAN_TRY(const auto id, parse_id<platform::PasskeyTag>(call.subject, "passkey"));
  ANLAN_REQUIRE(call.accounts.remove_passkey(call.bearer.account, id));
  return done_node();
}

std::vector<AccountField> assertion_fields() {
  return {{"id", "凭据的编号", "the id of the credential", true},
          {"clientDataJSON", "浏览器的 clientDataJSON", "as the browser gives it", true},
          {"authenticatorData", "验证器的数据", "of the authenticator", true},
          {"signature", "签名", "its signature", true},
          {"userHandle", "验证器记住的账号", "the account that it remembers"}};
}

}  // namespace

std::vector<AccountRoute> passkey_routes() {
  using enum AccountCaller;
  using enum HttpMethod;
  return {
      {.method = kPost,
       .path = "/v1/session/passkey/begin",
       .caller = kAnybody,
       .zh = "开始以通行密钥登录：交给 navigator.credentials.get 的内容",
       .en = "begin to sign in by a passkey: what navigator.credentials.get takes",
       .fields = {},
       .run = begin_sign_in},
      {.method = kPost,
       .path = "/v1/session/passkey/finish",
       .caller = kAnybody,
       .zh = "以通行密钥的应答登录",
       .en = "sign in by the answer of a passkey",
       .fields = assertion_fields(),
       .run = finish_sign_in},
      {.method = kPost,
       .path = "/v1/session/confirm/begin",
       .caller = kSession,
       .zh = "开始在本次会话中再次出示通行密钥",
       .en = "begin to present a passkey again within this session",
       .fields = {},
       .run = begin_confirmation},
      {.method = kPost,
       .path = "/v1/session/confirm/finish",
       .caller = kSession,
       .zh = "再次出示通行密钥的应答",
       .en = "the answer of that passkey",
       .fields = assertion_fields(),
       .run = finish_confirmation},
      {.method = kGet,
       .path = "/v1/account/passkey/list",
       .caller = kSession,
       .zh = "列出本账号的通行密钥",
       .en = "list the passkeys of this account",
       .fields = {},
       .run = list_passkeys},
      {.method = kPost,
       .path = "/v1/account/passkey/begin",
       .caller = kFresh,
       .zh = "开始登记通行密钥：交给 navigator.credentials.create 的内容",
       .en = "begin to register a passkey: what navigator.credentials.create takes",
       .fields = {},
       .run = begin_registration},
      {.method = kPost,
       .path = "/v1/account/passkey/finish",
       .caller = kFresh,
       .zh = "登记通行密钥",
       .en = "register a passkey",
       .fields = {{"name", "通行密钥的名称", "what it is called", true},
                  {"clientDataJSON", "浏览器的 clientDataJSON", "as the browser gives it", true},
                  {"attestationObject", "验证器的 attestationObject", "of the authenticator",
                   true}},
       .run = finish_registration},
      {.method = kPost,
       .path = "/v1/account/passkey/{passkey}/remove",
       .caller = kFresh,
       .zh = "删除通行密钥",
       .en = "remove a passkey",
       .fields = {},
       .run = remove_passkey},
  };
}

}  // namespace anlan::api
