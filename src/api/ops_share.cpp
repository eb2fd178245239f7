#include "api/ops_share.h"

#include "api/missing_option.h"
#include "api/render.h"
#include "api/share_desk.h"
#include "platform/accounts.h"

namespace anlan::api {
namespace {

// As the actor of --as in the house of --house. The accounts are held open meanwhile: their lock is
// that of the shares.
Result<Reply> here(Session& session, NodeReader& options, std::string_view operation) {
  const std::string file = options.text_or("accounts", "");
  if (options.refused()) return options.report().refusal();
  if (file.empty()) return missing_option("accounts", operation);
  if (session.options().actor.empty()) return missing_option("as", operation);
  ANLAN_TRY(const house::House* house, session.house());
  platform::Membership by{.house = house->opening->name, .actor = {session.options().actor}};
  if (!house->actors.contains(by.actor))
    return Refusal{
        .code = house::refusals::kUnknownActor, .path = "as", .value = session.options().actor};
  ANLAN_TRY(const std::unique_ptr<platform::Accounts> accounts, platform::Accounts::open(file));
  ANLAN_TRY(const std::unique_ptr<platform::Shares> shares,
            platform::Shares::open(platform::shares_file(file)));
  return run_share({.shares = *shares, .by = std::move(by), .key = session.options().key}, session,
                   operation, options);
}

Result<Reply> make(Session& session, NodeReader& options) {
  return here(session, options, "share make");
}
Result<Reply> list(Session& session, NodeReader& options) {
  return here(session, options, "share list");
}
Result<Reply> views(Session& session, NodeReader& options) {
  return here(session, options, "share views");
}
Result<Reply> revoke(Session& session, NodeReader& options) {
  return here(session, options, "share revoke");
}

Option accounts() {
  return named("accounts", "FILE", "账号文件（在服务停止时使用）",
               "the accounts, while no server has them open");
}
Option link() { return positional("link", "LINK", "链接编号，例如 shr_3", "the link, e.g. shr_3"); }

}  // namespace

std::vector<Operation> share_operations() {
  return {
      {.name = "share make",
       .command = "",
       .zh = "把一份报价或产品比较做成链接，供没有账号的客户查看；链接只显示这一次",
       .en = "a link by which a customer without an account reads a quote or a comparison",
       .options = {named("quote", "QUOTE", "要分享的报价", "the quote to share, e.g. quo_20"),
                   named("enterprise", "ENTERPRISE", "要分享的比较：哪家企业",
                         "or a comparison for this company"),
                   named("products", "A,B,C", "要分享的比较：哪些产品，用逗号分开",
                         "of these products, separated by commas"),
                   named("label", "TEXT", "给客户看的说明", "words for the reader"),
                   named("days", "N", "链接有效天数，1 至 90（默认 14）",
                         "days for which the link is good, 1 to 90 (14)"),
                   accounts()},
       .run = make,
       .writes = true},
      {.name = "share list",
       .command = "",
       .zh = "列出自己分享的链接及查看次数",
       .en = "your links, and how often each was read",
       .options = {accounts()},
       .run = list},
      {.name = "share views",
       .command = "",
       .zh = "某个链接的查看记录",
       .en = "when a link was read, and with what",
       .options = {link(), accounts()},
       .run = views},
      {.name = "share revoke",
       .command = "",
       .zh = "收回链接，立即失效",
       .en = "take a link back; it ends at once",
       .options = {link(), accounts()},
       .run = revoke,
       .writes = true},
  };
}

}  // namespace anlan::api
