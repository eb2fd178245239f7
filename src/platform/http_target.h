// The target of a request: a path and a query, decoded once and refused when they have two
// readings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http.h"

namespace anlan::platform {

struct HttpTarget {
  std::string path;
  std::vector<HttpField> query;
  bool operator==(const HttpTarget&) const = default;
};

// `target` as it stands in the request: "/path?query", "*" of OPTIONS, or an absolute form whose
// authority is `host`. None for anything else, and for: bytes that are not printable ASCII, a
// fragment, a bad percent escape, text that is not UTF-8, control characters in the path (NUL in
// the query), a path with "\", an escaped "/", or a segment "." or "..".
std::optional<HttpTarget> read_target(std::string_view method, std::string_view target,
                                      std::string_view host);

// A host with or without a port, as a Host header may name it.
bool is_host(std::string_view text);

bool equal_but_for_case(std::string_view a, std::string_view b);  // ASCII
std::string lower_case(std::string_view text);                    // ASCII

}  // namespace anlan::platform
