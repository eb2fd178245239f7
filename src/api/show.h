// How replies leave the program: as JSON, as terminal text.
#pragma once

#include <string>
#include <vector>

#include "api/operation.h"
#include "api/session.h"
#include "base/document.h"
#include "base/node.h"

namespace anlan::api {

std::string json_text(const Node& node);              // indented by one, with a newline
std::string json_line(const Node& node);              // one line, with a newline
std::string terminal_text(const Document& document);  // 80 columns
std::string refusal_text(Session& session, const Refusal& refusal);  // 80 columns, with a newline
std::string version_text(bool json);
Node operations_node();  // the table of operations
Result<Document> help(Session& session, const std::vector<std::string>& words);

}  // namespace anlan::api
