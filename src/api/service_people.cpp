// Routes of an administrator: accounts, organisations, and which company an organisation may see.
//
// An administrator without an organisation manages all of them; one of an organisation manages the
// accounts of that organisation, as if there were no others.
#include <algorithm>

#include "api/access_refusals.h"
#include "api/account_routes.h"
#include "api/acting.h"
#include "api/refusals.h"
#include "api/visibility.h"
#include "base/to_node.h"
#include "house/access.h"
#include "house/refusals.h"
#include "platform/refusals.h"

namespace anlan::api {
namespace {

using platform::Account;
using platform::AccountId;
using platform::Organisation;

bool manages_all(const platform::Bearer& bearer) { return !bearer.organisation.exists(); }

Refusal administrator_needed() {
  return Refusal{.code = refusals::kAdministratorNeeded,
                 .path = "authorization",
                 .value = {},
                 .args = {},
                 .at = {}};
}

// The account of the path; one of another organisation answers as one that is not there.
Result<Account> managed_account(AccountCall& call) {
  ANLAN_TRY(const auto id, parse_id<platform::AccountTag>(call.subject, "account"));
  Result<Account> found = call.accounts.account(id);
  if (!found.ok()) return found;
  if (manages_all(call.bearer) || found->organisation == call.bearer.organisation) return found;
  return Refusal{.code = platform::refusals::kAccountMissing,
                 .path = "account",
                 .value = call.subject,
                 .args = {},
                 .at = {}};
}

Result<Node> account_now(AccountCall& call, AccountId id) {
  ANLAN_TRY(const Account account, call.accounts.account(id));
  return account_node(account);
}

// ---- accounts

Result<Node> list_accounts(AccountCall& call) {
  Node items = Node::list();
  for (const Account& each : call.accounts.list()) {
    if (manages_all(call.bearer) || each.organisation == call.bearer.organisation)
      items.items.push_back(account_node(each));
  }
  Node node = Node::table();
  node.add("items", std::move(items));
  return node;
}

Node invited_node(const platform::Invited& invited) {
  Node node = account_node(invited.account);
  node.add("invitation", Node::string(invited.token));
  return node;
}

Result<Node> invite(AccountCall& call) {
  NodeReader& body = call.body;
  platform::NewInvitation wanted;
  wanted.login = body.text("login");
  wanted.display_name = body.text("display_name");
  wanted.administrator = body.flag("administrator", false);
  wanted.organisation = call.bearer.organisation;
  if (body.has("organisation"))
    wanted.organisation = body.name<domain::OrganisationTag>("organisation");
  if (body.refused()) return body.report().refusal();
  if (!manages_all(call.bearer) && wanted.organisation != call.bearer.organisation)
    return administrator_needed();
  ANLAN_TRY(const platform::Invited invited, call.accounts.invite(wanted));
  return invited_node(invited);
}

Result<Node> invite_again(AccountCall& call) {
  ANLAN_TRY(const Account account, managed_account(call));
  ANLAN_TRY(const platform::Invited invited, call.accounts.invite_again(account.id));
  return invited_node(invited);
}

Result<Node> join(AccountCall& call) {
  ANLAN_TRY(const Account account,
            call.accounts.join(call.body.text("invitation"), call.body.text("password")));
  return account_node(account);
}

Result<platform::Membership> membership_of(NodeReader& body) {
  platform::Membership membership;
  membership.house = body.text("house");
  membership.actor = body.name<domain::ActorTag>("actor");
  if (body.refused()) return body.report().refusal();
  return membership;
}

// Whoever manages one organisation learns of no house or actor but its own: another's is answered
// like one that is not there.
Result<Done> check_grant(AccountCall& call, const Account& account,
                         const platform::Membership& membership) {
  const auto check = [&]() -> Result<Done> {
    ANLAN_TRY(const domain::Actor actor, actor_of(call.houses, membership));
    return may_act(call.accounts, account.organisation, membership.house, actor);
  };
  const Result<Done> checked = check();
  if (checked.ok() || manages_all(call.bearer)) return checked;
  if (checked.refusal().code == refusals::kRoleNotOfKind) return checked;
  return Refusal{.code = refusals::kOtherOrganisation,
                 .path = "as",
                 .value = membership.actor.text,
                 .args = {{.name = "organisation", .value = account.organisation.text}},
                 .at = {}};
}

Result<Node> grant(AccountCall& call) {
  ANLAN_TRY(const Account account, managed_account(call));
  ANLAN_TRY(const platform::Membership membership, membership_of(call.body));
  ANLAN_REQUIRE(check_grant(call, account, membership));
  ANLAN_REQUIRE(call.accounts.add_membership(account.id, membership));
  return account_now(call, account.id);
}

Result<Node> withdraw(AccountCall& call) {
  ANLAN_TRY(const Account account, managed_account(call));
  ANLAN_TRY(const platform::Membership membership, membership_of(call.body));
  ANLAN_REQUIRE(call.accounts.remove_membership(account.id, membership));
  return account_now(call, account.id);
}

Result<Node> set_disabled(AccountCall& call, bool disabled) {
  ANLAN_TRY(const Account account, managed_account(call));
  ANLAN_REQUIRE(call.accounts.set_disabled(account.id, disabled));
  return account_now(call, account.id);
}
Result<Node> disable(AccountCall& call) { return set_disabled(call, true); }
Result<Node> enable(AccountCall& call) { return set_disabled(call, false); }

// ---- organisations

Node organisation_node(const Organisation& organisation) {
  Node node = Node::table();
  node.add("name", to_node(organisation.name));
  node.add("kind", to_node(organisation.kind));
  node.add("licence", Node::string(organisation.licence));
  node.add("houses", to_node(organisation.houses));
  node.add("roles", to_node(platform::roles_of_kind(organisation.kind)));
  return node;
}

Result<Node> list_organisations(AccountCall& call) {
  Node items = Node::list();
  for (const Organisation& each : call.accounts.organisations()) {
    if (manages_all(call.bearer) || each.name == call.bearer.organisation)
      items.items.push_back(organisation_node(each));
  }
  Node node = Node::table();
  node.add("items", std::move(items));
  return node;
}

Result<Node> put_organisation(AccountCall& call) {
  if (!manages_all(call.bearer)) return administrator_needed();
  NodeReader& body = call.body;
  Organisation wanted;
  wanted.name = body.name<domain::OrganisationTag>("name");
  wanted.kind = body.choice<platform::OrganisationKind>("kind");
  wanted.licence = body.text_or("licence", "");
  wanted.houses = body.texts_or_empty("houses");
  if (body.refused()) return body.report().refusal();
  ANLAN_REQUIRE(call.accounts.put_organisation(wanted));
  ANLAN_TRY(const Organisation now, call.accounts.organisation(wanted.name));
  return organisation_node(now);
}

// ---- companies

// Whoever registered a company may show it to others, and whoever runs the house.
Result<platform::CompanyGrant> grant_of(AccountCall& call) {
  NodeReader& body = call.body;
  platform::CompanyGrant wanted;
  wanted.house = body.text("house");
  wanted.organisation = body.name<domain::OrganisationTag>("organisation");
  wanted.enterprise = body.id<domain::EnterpriseTag>("enterprise");
  if (body.refused()) return body.report().refusal();
  const auto served = call.houses.find(wanted.house);
  if (served == call.houses.end() && manages_all(call.bearer))
    return house_not_named(wanted.house, call.houses);
  if (served != call.houses.end()) {
    const auto runner = call.accounts.runner_of(wanted.house);
    const bool all = manages_all(call.bearer) ||
                     (runner && is_same_organisation(runner->name, call.bearer.organisation));
    const platform::ServedHouse::Hold hold = served->second->share();
    const house::EnterpriseFile* file = nullptr;
    if (!served->second->broken())
      file = house::find_enterprise(served->second->house(), wanted.enterprise);
    if (file && (all || is_same_organisation(file->brought_by, call.bearer.organisation)))
      return wanted;
  }
  return Refusal{.code = house::refusals::kNotFound,
                 .path = "enterprise",
                 .value = to_text(wanted.enterprise),
                 .args = {},
                 .at = {}};
}

Node grant_node(const platform::CompanyGrant& grant) {
  Node node = Node::table();
  node.add("house", Node::string(grant.house));
  node.add("organisation", to_node(grant.organisation));
  node.add("enterprise", to_node(grant.enterprise));
  return node;
}

Result<Node> grant_company(AccountCall& call) {
  ANLAN_TRY(const platform::CompanyGrant wanted, grant_of(call));
  ANLAN_REQUIRE(call.accounts.grant_company(wanted, manages_all(call.bearer)
                                                        ? platform::Accounts::GrantTo::kKnown
                                                        : platform::Accounts::GrantTo::kNamed));
  return grant_node(wanted);
}

Result<Node> withdraw_company(AccountCall& call) {
  ANLAN_TRY(const platform::CompanyGrant wanted, grant_of(call));
  ANLAN_REQUIRE(call.accounts.withdraw_company(wanted));
  return grant_node(wanted);
}

// Those of the houses that the organisation runs, of what it registered, and to itself.
Result<Node> list_company_grants(AccountCall& call) {
  Node items = Node::list();
  for (const platform::CompanyGrant& each : call.accounts.company_grants()) {
    const domain::OrganisationName& own = call.bearer.organisation;
    bool shown = manages_all(call.bearer) || is_same_organisation(each.organisation, own);
    const auto runner = call.accounts.runner_of(each.house);
    shown = shown || (runner && is_same_organisation(runner->name, own));
    const auto served = call.houses.find(each.house);
    if (!shown && served != call.houses.end()) {
      const platform::ServedHouse::Hold hold = served->second->share();
      const house::EnterpriseFile* file = nullptr;
      if (!served->second->broken())
        file = house::find_enterprise(served->second->house(), each.enterprise);
      shown = file && is_same_organisation(file->brought_by, own);
    }
    if (shown) items.items.push_back(grant_node(each));
  }
  Node node = Node::table();
  node.add("items", std::move(items));
  return node;
}

// ---- the tables

std::vector<AccountField> membership_fields() {
  return {{"house", "机构名称", "the house", true}, {"actor", "机构中的人", "its actor", true}};
}

std::vector<AccountField> grant_fields() {
  return {{"house", "机构名称", "the house", true},
          {"organisation", "获准查看的单位", "the organisation that may see it", true},
          {"enterprise", "企业编号", "the company", true}};
}

std::vector<AccountRoute> account_management_routes() {
  using enum AccountCaller;
  using enum HttpMethod;
  return {
      {.method = kGet,
       .path = "/v1/account/list",
       .caller = kAdministrator,
       .zh = "列出所管理的账号",
       .en = "list the accounts that one manages",
       .fields = {},
       .run = list_accounts},
      {.method = kPost,
       .path = "/v1/account/invite",
       .caller = kAdministrator,
       .zh = "建立账号并邀请其主人；邀请只显示这一次，七日内有效",
       .en = "make an account and invite its owner: shown this once, good for seven days",
       .fields = {{"login", "登录名", "the login", true},
                  {"display_name", "显示的姓名", "the name that is shown", true},
                  {"organisation", "所属单位", "its organisation"},
                  {"administrator", "管理员", "an administrator", false, AccountFieldKind::kFlag}},
       .run = invite},
      {.method = kPost,
       .path = "/v1/account/join",
       .caller = kAnybody,
       .zh = "凭邀请设定密码",
       .en = "take up an invitation and choose a password",
       .fields = {{"invitation", "邀请", "the invitation", true},
                  {"password", "密码", "the password", true}},
       .run = join},
      {.method = kPost,
       .path = "/v1/account/{account}/invite",
       .caller = kAdministrator,
       .zh = "再次邀请，使其主人重设密码",
       .en = "invite again: its owner chooses a password anew",
       .fields = {},
       .run = invite_again},
      {.method = kPost,
       .path = "/v1/account/{account}/grant",
       .caller = kAdministrator,
       .zh = "准许以某机构中某人的身份办理",
       .en = "let it act as an actor of a house",
       .fields = membership_fields(),
       .run = grant},
      {.method = kPost,
       .path = "/v1/account/{account}/withdraw",
       .caller = kAdministrator,
       .zh = "撤回该身份；以其办理的密钥随之撤销",
       .en = "withdraw that; the keys that act so are revoked",
       .fields = membership_fields(),
       .run = withdraw},
      {.method = kPost,
       .path = "/v1/account/{account}/disable",
       .caller = kAdministrator,
       .zh = "停用账号，立即生效",
       .en = "disable it, effective at once",
       .fields = {},
       .run = disable},
      {.method = kPost,
       .path = "/v1/account/{account}/enable",
       .caller = kAdministrator,
       .zh = "重新启用账号",
       .en = "enable it again",
       .fields = {},
       .run = enable},
  };
}

std::vector<AccountRoute> organisation_routes() {
  using enum AccountCaller;
  using enum HttpMethod;
  return {
      {.method = kGet,
       .path = "/v1/account/organisation/list",
       .caller = kAdministrator,
       .zh = "列出单位",
       .en = "list the organisations",
       .fields = {},
       .run = list_organisations},
      {.method = kPost,
       .path = "/v1/account/organisation/put",
       .caller = kAdministrator,
       .zh = "登记或更新单位",
       .en = "record an organisation, or what has changed of it",
       .fields = {{"name", "名称，与机构中的相同", "its name, as in the houses", true},
                  {"kind", "种类", "its kind", true},
                  {"licence", "保险许可证编号", "the number of its insurance licence"},
                  {"houses", "由其运营的机构", "the houses that it runs", false,
                   AccountFieldKind::kTexts}},
       .run = put_organisation},
      {.method = kGet,
       .path = "/v1/account/company/list",
       .caller = kAdministrator,
       .zh = "列出准许查看的企业",
       .en = "list which organisations may see which companies",
       .fields = {},
       .run = list_company_grants},
      {.method = kPost,
       .path = "/v1/account/company/grant",
       .caller = kAdministrator,
       .zh = "准许一个单位查看他方登记的企业",
       .en = "let an organisation see a company that another one registered",
       .fields = grant_fields(),
       .run = grant_company},
      {.method = kPost,
       .path = "/v1/account/company/withdraw",
       .caller = kAdministrator,
       .zh = "撤回该准许",
       .en = "withdraw that",
       .fields = grant_fields(),
       .run = withdraw_company},
  };
}

}  // namespace

std::vector<AccountRoute> people_routes() {
  std::vector<AccountRoute> all = account_management_routes();
  for (AccountRoute& each : organisation_routes()) all.push_back(std::move(each));
  return all;
}

}  // namespace anlan::api
