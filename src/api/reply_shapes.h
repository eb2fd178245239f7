// What operations reply, as JSON Schema: data/api/replies.toml, a line for each field of a reply.
//
// "walk[].change money" is a field of each item of a list, "balances{} money" a value under
// whatever name, "note? text" may be absent. Types: id prefixes (pol), text, integer, number,
// boolean, money, date, instant, digest, any, null, several separated by "|"; "@name" is a shape
// that several replies share.
#pragma once

#include <map>
#include <string>

#include "base/node.h"
#include "base/result.h"

namespace anlan::api {

struct ReplyShapes {
  std::map<std::string, Node, std::less<>> replies;  // by operation: a schema
  std::map<std::string, Node, std::less<>> shared;   // by the name that "$ref" uses
};

// `tree`: the tables "reply" and "shape", each of texts. Refuses kReplyShape (path: which reply or
// shape, value: the line) for a line without a type, and for a shape that is not there.
Result<ReplyShapes> read_reply_shapes(const Node& tree);

}  // namespace anlan::api
