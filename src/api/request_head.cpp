#include "api/request_head.h"

#include <algorithm>

#include "platform/environment.h"

namespace anlan::api {

using platform::HttpRequest;

std::string header_or(const HttpRequest& request, std::string_view name,
                      std::string_view otherwise) {
  return std::string(request.header(name).value_or(otherwise));
}

Lang language_of(const HttpRequest& request) {
  return header_or(request, "accept-language").starts_with("en") ? Lang::kEn : Lang::kZh;
}

std::string request_id(const HttpRequest& request) {
  constexpr std::size_t kLongest = 64;
  const std::string given = header_or(request, "x-request-id");
  const bool plain = !given.empty() && given.size() <= kLongest &&
                     std::all_of(given.begin(), given.end(), [](char c) {
                       return ('0' <= c && c <= '9') || ('a' <= c && c <= 'z') ||
                              ('A' <= c && c <= 'Z') || c == '-' || c == '_' || c == '.';
                     });
  return plain ? given : platform::random_command_key();
}

}  // namespace anlan::api
