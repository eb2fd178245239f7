// Files of an older format: what would be done, doing it, and going back.
#include <algorithm>

#include "api/refusals.h"
#include "api/render.h"
#include "platform/house_folder.h"
#include "platform/refusals.h"
#include "platform/upgrade.h"

namespace anlan::api {
namespace {

using platform::FileKind;
using platform::FilePlan;

enum class Wanted : std::uint8_t { kPlan = 1, kUpgrade = 2, kRollBack = 3 };

struct Asked {
  std::vector<std::string> houses;
  std::string accounts;
  Wanted wanted = Wanted::kUpgrade;
};

Result<FilePlan> treat(Session& session, const std::filesystem::path& file, const FileKind& kind,
                       Wanted wanted) {
  switch (wanted) {
    case Wanted::kPlan:
      return platform::plan_upgrade(file, kind);
    case Wanted::kUpgrade:
      return platform::upgrade_file(file, kind, session.clock().now());
    case Wanted::kRollBack: {
      // One of several files may have nothing to go back to.
      ANLAN_TRY(FilePlan plan, platform::plan_upgrade(file, kind));
      if (plan.kept.empty()) return plan;
      return platform::roll_back_file(file, kind);
    }
  }
  return platform::plan_upgrade(file, kind);
}

// Both files of a house, under its lock where something is written.
Result<Done> treat_house(Session& session, const std::string& folder, Wanted wanted,
                         std::vector<FilePlan>& done) {
  const platform::HousePaths paths{.folder = folder};
  std::optional<platform::FolderLock> lock;
  if (wanted != Wanted::kPlan) {
    ANLAN_TRY(platform::FolderLock taken, platform::FolderLock::take(paths));
    lock.emplace(std::move(taken));
  }
  ANLAN_TRY(FilePlan journal, treat(session, paths.journal(), platform::journal_kind(), wanted));
  done.push_back(std::move(journal));
  ANLAN_TRY(FilePlan vault, treat(session, paths.personal(), platform::vault_kind(), wanted));
  done.push_back(std::move(vault));
  return Done{};
}

Result<Done> treat_accounts(Session& session, const std::string& file, Wanted wanted,
                            std::vector<FilePlan>& done) {
  std::optional<platform::FolderLock> lock;
  if (wanted != Wanted::kPlan) {
    ANLAN_TRY(platform::FolderLock taken, platform::FolderLock::take_accounts(file));
    lock.emplace(std::move(taken));
  }
  ANLAN_TRY(FilePlan accounts, treat(session, file, platform::accounts_kind(), wanted));
  done.push_back(std::move(accounts));
  return Done{};
}

std::string_view step_key(const FilePlan& plan, Wanted wanted) {
  if (wanted == Wanted::kRollBack)
    return plan.kept.empty() ? "upgrade.nothing_kept" : "upgrade.rolled_back";
  if (!plan.due()) return "upgrade.current";
  return wanted == Wanted::kPlan ? "upgrade.due" : "upgrade.done";
}

Reply plans_reply(Session& session, const std::vector<FilePlan>& plans, Wanted wanted) {
  Reply reply;
  reply.json = Node::list();
  for (const FilePlan& plan : plans) {
    Node node = Node::table();
    node.add("file", Node::string(plan.file.string()));
    node.add("kind", Node::string(plan.kind));
    node.add("found", Node::number(plan.found));
    node.add("known", Node::number(plan.known));
    node.add("due", Node::boolean(plan.due()));
    node.add("kept", Node::string(plan.kept.string()));
    reply.json.items.push_back(std::move(node));
    reply.brief.push_back(
        session.say(step_key(plan, wanted), {{"file", plan.file.string()},
                                             {"kind", session.say("file_kind." + plan.kind)},
                                             {"found", std::to_string(plan.found)},
                                             {"known", std::to_string(plan.known)},
                                             {"kept", plan.kept.string()}}));
    reply.document.paragraph(reply.brief.back());
  }
  return reply;
}

Result<Reply> upgrade(Session& session, NodeReader& options) {
  Asked asked;
  asked.houses = options.texts_or_empty("houses");
  asked.accounts = options.text_or("accounts", "");
  const bool plan = options.flag("plan", false);
  const bool back = options.flag("roll-back", false);
  if (options.refused()) return options.report().refusal();
  if (plan) {
    asked.wanted = Wanted::kPlan;
  } else if (back) {
    asked.wanted = Wanted::kRollBack;
  }
  if (asked.houses.empty() && asked.accounts.empty())
    return Refusal{.code = refusals::kNothingExamined, .path = "houses"};
  std::vector<FilePlan> done;
  for (const std::string& folder : asked.houses)
    ANLAN_REQUIRE(treat_house(session, folder, asked.wanted, done));
  if (!asked.accounts.empty())
    ANLAN_REQUIRE(treat_accounts(session, asked.accounts, asked.wanted, done));
  const bool nothing =
      std::all_of(done.begin(), done.end(), [](const FilePlan& each) { return each.kept.empty(); });
  if (asked.wanted == Wanted::kRollBack && nothing)
    return Refusal{.code = platform::refusals::kNothingKept,
                   .path = "file",
                   .value = done.front().file.string(),
                   .args = {},
                   .at = {}};
  return plans_reply(session, done, asked.wanted);
}

}  // namespace

std::vector<Operation> upgrade_operations() {
  Option houses = many("houses", "HOUSE", "机构的数据目录", "folders of houses");
  houses.positional = true;
  return {
      {.name = "upgrade",
       .command = "",
       .zh = "把旧格式的文件升级为本程序的格式；原文件保留",
       .en = "bring files of an older format to this program's; the old ones are kept",
       .options = {houses, named("accounts", "FILE", "账号文件", "the file of the accounts"),
                   flag("plan", "只说明将做什么", "only say what would be done"),
                   flag("roll-back", "退回升级前的文件", "go back to the files of before")},
       .run = upgrade,
       .writes = true},
  };
}

}  // namespace anlan::api
