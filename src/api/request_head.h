// What a request says of itself beside what it asks for.
#pragma once

#include <string>
#include <string_view>

#include "base/lang.h"
#include "platform/http.h"

namespace anlan::api {

std::string header_or(const platform::HttpRequest& request, std::string_view name,
                      std::string_view otherwise = {});
Lang language_of(const platform::HttpRequest& request);
// The caller's own, where it is one that a log can hold.
std::string request_id(const platform::HttpRequest& request);

}  // namespace anlan::api
