// Requests over HTTP into the words of a command line, so that one reader makes all refusals.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/http_route.h"
#include "base/node.h"
#include "base/result.h"

namespace anlan::api {

// Files of a request by the name under which the operation finds them.
using Attachments = std::map<std::string, std::string, std::less<>>;

struct HttpWords {
  std::vector<std::string> words;  // of the operation and its options
  Attachments files;
};

// `query`: decoded pairs by the names of the options; one that may be repeated is repeated, a flag
// is "true" or "false". `parameter`: of the path. What the table does not know is left for
// parse_options to refuse. Refuses kBodyValue (path: the option, args wanted).
Result<HttpWords> words_of_query(const Route& route, const std::string& parameter,
                                 const std::vector<std::pair<std::string, std::string>>& query);

// `body`: empty, or a JSON object by the names of the options. A text is a text; a number stands
// for its digits; {"amount": 280000, "currency": "CNY"}, as in replies, is an amount in minor
// units; a list where an option may be repeated; true or false for a flag. A file is its text,
// {"name", "text"}, {"name", "base64"} or, where it is JSON, the object itself;
// "@demo/enterprise.toml" is one that ships. Refuses kBodyValue and what parse_json refuses.
Result<HttpWords> words_of_body(const Route& route, const std::string& parameter,
                                std::string_view body);

}  // namespace anlan::api
