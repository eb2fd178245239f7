// Request: one operation as asked for, from a command line today and from HTTP later. The options
// are a Node, so that the one reader makes all refusals: unknown option, nearest known one, wrong
// value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/node.h"
#include "base/result.h"

namespace anlan::api {

enum class OptionKind : unsigned char {
  kText = 1,  // any text: names, ids, amounts, dates; the operation's reader checks it
  kFlag = 2,  // present or not
  kMany = 3,  // may be repeated: a list of texts
};

struct Option {
  std::string_view name;  // "enterprise" for --enterprise
  OptionKind kind = OptionKind::kText;
  bool required = false;
  bool positional = false;      // may stand without its name, in the order of the table
  bool part_of_request = true;  // false: how it is done, never what is answered
  std::string_view value;       // what stands for it in help: "ID", "FILE", "YYYY-MM-DD"
  std::string_view zh;
  std::string_view en;
};

// --name value, --name=value, flags and positionals to a table of texts in the order given. `known`
// decides which options take no value and where positionals go. Refuses kOptionWithoutValue (also
// an empty value), kUnknownOption (args nearest), kTooManyArguments, kOptionTwice, kMissingOption.
Result<Node> parse_options(const std::vector<std::string>& words, const std::vector<Option>& known);

}  // namespace anlan::api
