// Files of cases: one JSON object a line, each answered apart.
#pragma once

#include <string>

#include "api/session.h"
#include "base/node.h"
#include "base/result.h"

namespace anlan::api {

using AnswerCase = Result<Node> (*)(const Node& tree, const std::string& name);

// The list of answers, line by line; a line that is refused has its error object in its place.
// Empty lines are passed over. `path` and the line's number name a case in its refusal.
Node answer_lines(Session& session, const std::string& text, const std::string& path,
                  AnswerCase answer);

}  // namespace anlan::api
