#include "api/help.h"

#include <algorithm>
#include <array>

#include "api/render.h"
#include "api/serve_config.h"
#include "house/access.h"

namespace anlan::api {
namespace {

std::string_view text_of(Session& session, std::string_view zh, std::string_view en) {
  return session.lang() == Lang::kZh ? zh : en;
}

// The groups of help in their order, each with the first words of its commands.
struct Group {
  std::string_view name;
  std::array<std::string_view, 15> words;
};
constexpr std::array kGroups{
    Group{"company", {"enterprise", "questions", "assess", "assessment", "submission", "document"}},
    Group{"protection", {"package", "order", "observe", "telemetry"}},
    Group{"sale",
          {"product", "quote", "sale", "policy", "print", "verify", "wording", "compare", "rules",
           "subjectivity", "filing", "share"}},
    Group{"risk", {"risk", "report", "model", "aggregate"}},
    Group{"money",
          {"premium", "subsidy", "instrument", "charge", "month", "accumulation", "capital",
           "ledger"}},
    Group{"claim", {"incident", "claim", "settle", "drill", "plan", "calendar"}},
    Group{"house",
          {"init", "sandbox", "sample", "licence", "actor", "admin", "webhook", "journal", "backup",
           "restore", "upgrade", "doctor", "personal", "search", "projection"}},
};

std::string_view first_word(std::string_view name) { return name.substr(0, name.find(' ')); }

// What runs beside the table: the demonstration, the batch and the like.
constexpr std::array<std::string_view, 8> kOthers{"demo",       "batch", "serve",   "webhooks",
                                                  "completion", "mcp",   "version", "help"};

Table plain_table() {
  Table table;
  table.columns = {{.title = ""}, {.title = ""}};
  return table;
}

void add_row(Session& session, const Operation& operation, Table& table) {
  table.rows.push_back(
      {std::string(operation.name), std::string(text_of(session, operation.zh, operation.en))});
}

}  // namespace

std::span<const std::string_view> other_commands() { return kOthers; }

std::span<const Option> global_options() {
  static const std::vector<Option> kGlobal{
      named("house", "DIR", "账套目录", "the folder of the house"),
      named("as", "ACTOR", "以此人办理", "who acts"),
      named("key", "KEY", "幂等键：重复同一命令得到同一答复",
            "the same command under the same key gets the same answer"),
      named("at", "INSTANT", "沙盒账套的时刻", "the instant, in a sandbox house only"),
      named("lang", "zh|en", "语言", "the language"),
      named("data", "DIR", "替换内置数据文件的目录", "a folder of files that replace those within"),
      named("pdf", "FILE", "把答复排成 A4 页面", "the answer on A4 pages"),
      named("xlsx", "FILE", "把答复写成电子表格", "the answer as a spreadsheet"),
      flag("json", "以 JSON 答复", "the answer as JSON"),
      flag("help", "说明", "help")};
  return kGlobal;
}

std::vector<Option> options_of_other(std::string_view word) {
  if (word == "serve") return serve_options();
  if (word == "completion")
    return {positional("shell", "bash|zsh|fish", "外壳程序", "for which shell")};
  if (word == "batch") return {positional("file", "FILE", "命令文件", "the commands, one a line")};
  if (word == "demo") return {flag("commands", "同时显示命令", "show the commands too")};
  if (word == "help") {
    return {many("command", "COMMAND", "命令或命令组", "a command or a group of them"),
            flag("man", "输出手册页", "as a page of the manual"),
            flag("openapi", "输出服务的 OpenAPI 描述（JSON）",
                 "the description of the service, OpenAPI as JSON")};
  }
  return {};
}

std::string usage_of(std::string_view name, const std::vector<Option>& options) {
  std::string usage = "anlan " + std::string(name);
  for (const Option& option : options) {
    std::string word =
        option.positional ? std::string(option.value) : "--" + std::string(option.name);
    if (!option.positional && option.kind != OptionKind::kFlag)
      word += " " + std::string(option.value);
    if (option.kind == OptionKind::kMany) word += "...";
    usage += option.required ? " " + word : " [" + word + "]";
  }
  return usage;
}

std::string_view help_group(std::string_view operation) {
  for (const Group& group : kGroups) {
    const auto& words = group.words;
    if (std::find(words.begin(), words.end(), first_word(operation)) != words.end())
      return group.name;
  }
  return {};
}

bool is_command_group(std::string_view word) {
  return std::any_of(operations().begin(), operations().end(), [&](const Operation& operation) {
    return operation.name.size() > word.size() && first_word(operation.name) == word;
  });
}

Document help_document(Session& session) {
  Document document;
  document.heading(1, session.say("help.title"));
  // One table for all, so that the columns of the groups stand under each other.
  Table table = plain_table();
  const auto title = [&](std::string_view group) {
    if (!table.rows.empty()) table.rows.push_back({"", ""});
    table.rows.push_back({"[" + session.say("group." + std::string(group)) + "]", ""});
  };
  for (const Group& group : kGroups) {
    title(group.name);
    for (const std::string_view word : group.words) {
      for (const Operation& operation : operations()) {
        if (first_word(operation.name) == word) add_row(session, operation, table);
      }
    }
  }
  title("other");
  for (const std::string_view other : kOthers)
    table.rows.push_back({std::string(other), session.say("other." + std::string(other))});
  document.table(std::move(table));
  document.paragraph(session.say("help.general"));
  return document;
}

Document help_document(Session& session, std::string_view word) {
  Document document;
  document.heading(1, "anlan " + std::string(word));
  Table table = plain_table();
  for (const Operation& operation : operations()) {
    if (first_word(operation.name) == word) add_row(session, operation, table);
  }
  document.table(std::move(table));
  document.paragraph(session.say("help.one", {{"word", std::string(word)}}));
  return document;
}

Document help_document(Session& session, const Operation& operation) {
  Document document;
  document.heading(1, usage_of(operation.name, operation.options));
  document.paragraph(std::string(text_of(session, operation.zh, operation.en)));
  Table table = plain_table();
  for (const Option& option : operation.options) {
    std::string name =
        option.positional ? std::string(option.value) : "--" + std::string(option.name);
    if (!option.positional && option.kind != OptionKind::kFlag)
      name += " " + std::string(option.value);
    table.rows.push_back({std::move(name), std::string(text_of(session, option.zh, option.en))});
  }
  if (!table.rows.empty()) document.table(std::move(table));
  if (operation.command.empty()) return document;
  std::string roles;
  for (const domain::Role role : house::roles_of_command(operation.command)) {
    if (!roles.empty()) roles += session.say("slip.and");
    roles += word(session, "role", role);
  }
  document.paragraph(session.say("help.roles", {{"roles", roles}}));
  return document;
}

std::string other_help(Session& session, std::string_view word) {
  const bool known = std::find(kOthers.begin(), kOthers.end(), word) != kOthers.end();
  return known ? session.say("other." + std::string(word)) : std::string();
}

}  // namespace anlan::api
