#include "api/help.h"

#include "house/access.h"

namespace anlan::api {
namespace {

std::string_view text_of(Session& session, std::string_view zh, std::string_view en) {
  return session.lang() == Lang::kZh ? zh : en;
}

std::string usage_of(const Operation& operation) {
  std::string usage = "anlan " + std::string(operation.name);
  for (const Option& option : operation.options) {
    std::string word =
        option.positional ? std::string(option.value) : "--" + std::string(option.name);
    if (!option.positional && option.kind != OptionKind::kFlag)
      word += " " + std::string(option.value);
    if (option.kind == OptionKind::kMany) word += "...";
    usage += option.required ? " " + word : " [" + word + "]";
  }
  return usage;
}

}  // namespace

Document help_document(Session& session) {
  Document document;
  document.heading(1, session.say("help.title"));
  Table table;
  table.columns = {{.title = ""}, {.title = ""}};
  for (const Operation& operation : operations()) {
    table.rows.push_back(
        {std::string(operation.name), std::string(text_of(session, operation.zh, operation.en))});
  }
  document.table(std::move(table));
  document.paragraph(session.say("help.general"));
  return document;
}

Document help_document(Session& session, const Operation& operation) {
  Document document;
  document.heading(1, usage_of(operation));
  document.paragraph(std::string(text_of(session, operation.zh, operation.en)));
  Table table;
  table.columns = {{.title = ""}, {.title = ""}};
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
    if (!roles.empty()) roles += ", ";
    roles += name_of(role);
  }
  document.paragraph(session.say("help.roles", {{"roles", roles}}));
  return document;
}

}  // namespace anlan::api
