#include "api/case_lines.h"

#include <algorithm>

#include "formats/json.h"

namespace anlan::api {

Node answer_lines(Session& session, const std::string& text, const std::string& path,
                  AnswerCase answer) {
  Node list = Node::list();
  std::size_t start = 0;
  int line = 0;
  while (start < text.size()) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    ++line;
    const std::string_view one(text.data() + start, end - start);
    start = end + 1;
    if (one.empty()) continue;
    const std::string name = path + ":" + std::to_string(line);
    const Result<Node> tree = formats::parse_json(one, name);
    Result<Node> found = tree.ok() ? answer(*tree, name) : Result<Node>(tree.refusal());
    list.items.push_back(found.ok() ? std::move(found).value()
                                    : session.refusal_node(found.refusal()));
  }
  return list;
}

}  // namespace anlan::api
