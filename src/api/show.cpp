#include "api/show.h"

#include "api/help.h"
#include "api/refusals.h"
#include "api/version.h"
#include "base/node_reader.h"
#include "formats/json.h"
#include "formats/terminal.h"
#include "house/access.h"

namespace anlan::api {

std::string json_text(const Node& node) { return formats::write_json(node, {.indent = 1}) + "\n"; }

std::string json_line(const Node& node) { return formats::write_json(node, {.indent = 0}) + "\n"; }

std::string terminal_text(const Document& document) { return formats::to_terminal(document, {}); }

std::string refusal_text(Session& session, const Refusal& refusal) {
  const auto width = static_cast<std::size_t>(formats::TerminalStyle{}.width);
  return formats::hanging_text(session.refusal_sentence(refusal), width) + "\n";
}

std::string version_text(bool json) {
  if (!json) return "anlan " + std::string(kVersion) + "\n";
  Node node = Node::table();
  node.add("version", Node::string(kVersion));
  return json_text(node);
}

Node operations_node() {
  Node list = Node::list();
  for (const Operation& operation : operations()) {
    Node node = Node::table();
    node.add("name", Node::string(operation.name));
    node.add("zh", Node::string(operation.zh));
    node.add("en", Node::string(operation.en));
    Node& roles = node.add("roles", Node::list());
    for (const domain::Role role : house::roles_of_command(operation.command)) {
      roles.items.push_back(Node::string(name_of(role)));
    }
    Node& options = node.add("options", Node::list());
    for (const Option& option : operation.options) {
      Node entry = Node::table();
      entry.add("name", Node::string(option.name));
      entry.add("required", Node::boolean(option.required));
      entry.add("positional", Node::boolean(option.positional));
      entry.add("zh", Node::string(option.zh));
      entry.add("en", Node::string(option.en));
      options.items.push_back(std::move(entry));
    }
    list.items.push_back(std::move(node));
  }
  return list;
}

Result<Document> help(Session& session, const std::vector<std::string>& words) {
  if (words.size() < 2) return help_document(session);
  std::string name = words[1];
  if (words.size() > 2 && !words[2].starts_with("-")) name += " " + words[2];
  const Operation* operation = operation_of({words.begin() + 1, words.end()}).operation;
  if (operation) return help_document(session, *operation);
  if (is_command_group(words[1])) return help_document(session, words[1]);
  const std::string other = other_help(session, words[1]);
  if (!other.empty()) return Document().heading(1, "anlan " + words[1]).paragraph(other);
  std::vector<std::string> names;
  for (const Operation& known : operations()) names.emplace_back(known.name);
  return Refusal{.code = refusals::kUnknownOperation,
                 .path = "command",
                 .value = name,
                 .args = {{.name = "nearest", .value = nearest(name, names)}}};
}

}  // namespace anlan::api
