#include "api/ops_webhook.h"

#include "api/missing_option.h"
#include "api/render.h"
#include "api/webhook_desk.h"
#include "platform/accounts.h"

namespace anlan::api {
namespace {

using platform::Accounts;

// As the actor of --as in the house of --house; a new one on behalf of the account of --login. The
// accounts are held open meanwhile: their lock is that of the webhooks.
Result<Reply> here(Session& session, NodeReader& options, std::string_view operation) {
  const std::string file = options.text_or("accounts", "");
  const std::string login = options.text_or("login", "");
  if (options.refused()) return options.report().refusal();
  if (file.empty()) return missing_option("accounts", operation);
  if (session.options().actor.empty()) return missing_option("as", operation);
  ANLAN_TRY(const house::House* house, session.house());
  platform::Membership by{.house = house->opening->name, .actor = {session.options().actor}};
  if (!house->actors.contains(by.actor))
    return Refusal{
        .code = house::refusals::kUnknownActor, .path = "as", .value = session.options().actor};
  ANLAN_TRY(const std::unique_ptr<Accounts> accounts, Accounts::open(file));
  platform::AccountId account;
  if (operation == "webhook add") {
    if (login.empty()) return missing_option("login", operation);
    ANLAN_TRY(const platform::Account found, accounts->find(login));
    account = found.id;
  }
  ANLAN_TRY(const std::unique_ptr<platform::Webhooks> webhooks,
            platform::Webhooks::open(platform::webhooks_file(file)));
  // The server decides, when it calls, whether it may call a private address.
  return run_webhook({.webhooks = *webhooks,
                      .by = std::move(by),
                      .account = account,
                      .key = session.options().key,
                      .to_private = true},
                     session, operation, options);
}

Result<Reply> add(Session& session, NodeReader& options) {
  return here(session, options, "webhook add");
}
Result<Reply> list(Session& session, NodeReader& options) {
  return here(session, options, "webhook list");
}
Result<Reply> show(Session& session, NodeReader& options) {
  return here(session, options, "webhook show");
}
Result<Reply> rotate(Session& session, NodeReader& options) {
  return here(session, options, "webhook rotate");
}
Result<Reply> remove(Session& session, NodeReader& options) {
  return here(session, options, "webhook remove");
}
Result<Reply> enable(Session& session, NodeReader& options) {
  return here(session, options, "webhook enable");
}
Result<Reply> replay(Session& session, NodeReader& options) {
  return here(session, options, "webhook replay");
}
Result<Reply> test(Session& session, NodeReader& options) {
  return here(session, options, "webhook test");
}

Option accounts() {
  return named("accounts", "FILE", "账号文件（在服务停止时使用）",
               "the accounts, while no server has them open");
}
Option webhook() {
  return positional("webhook", "WEBHOOK", "编号，例如 whk_3", "the webhook, e.g. whk_3");
}

}  // namespace

std::vector<Operation> webhook_operations() {
  return {
      {.name = "webhook add",
       .command = "",
       .zh = "登记一个接收事件通知的地址；签名密钥只显示这一次",
       .en = "call a URL when something happens; its secret is shown this once",
       .options = {positional("url", "URL", "https 地址", "an https address"),
                   many("events", "KIND", "只要这些事件，可用逗号分隔",
                        "only these kinds, separated by commas"),
                   accounts(),
                   named("login", "LOGIN", "以此账号的名义", "on behalf of this account")},
       .run = add,
       .writes = true},
      {.name = "webhook list",
       .command = "",
       .zh = "列出通知地址",
       .en = "list webhooks",
       .options = {accounts()},
       .run = list},
      {.name = "webhook show",
       .command = "",
       .zh = "查看一个通知地址及其投递记录",
       .en = "show a webhook and what was sent to it",
       .options = {webhook(), accounts()},
       .run = show},
      {.name = "webhook rotate",
       .command = "",
       .zh = "更换签名密钥；旧密钥在 24 小时内仍一并签名",
       .en = "a new secret; the one before goes on signing for 24 hours",
       .options = {webhook(), accounts()},
       .run = rotate,
       .writes = true},
      {.name = "webhook remove",
       .command = "",
       .zh = "删除通知地址",
       .en = "remove a webhook",
       .options = {webhook(), accounts()},
       .run = remove,
       .writes = true},
      {.name = "webhook enable",
       .command = "",
       .zh = "重新启用答复过 410 的通知地址",
       .en = "call a webhook again that had answered 410",
       .options = {webhook(), accounts()},
       .run = enable,
       .writes = true},
      {.name = "webhook replay",
       .command = "",
       .zh = "重新投递某次记录以来的事件，或某一次投递",
       .en = "deliver again what happened since a record, or one delivery",
       .options = {webhook(),
                   named("from", "SEQ", "自此记录起，例如 57（evt_57）",
                         "from this record on, e.g. 57 of evt_57"),
                   named("delivery", "DELIVERY", "某一次投递，例如 dlv_9",
                         "one delivery, e.g. dlv_9"),
                   accounts()},
       .run = replay,
       .writes = true},
      {.name = "webhook test",
       .command = "",
       .zh = "发送一次测试通知",
       .en = "send a test",
       .options = {webhook(), accounts()},
       .run = test,
       .writes = true},
  };
}

}  // namespace anlan::api
