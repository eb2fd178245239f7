#include "platform/http_target.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/utf8.h"

namespace anlan::platform {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_control(char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    if (!point.valid) return false;
    text.remove_prefix(point.bytes);
  }
  return true;
}

enum class Part : std::uint8_t { kPath, kQuery };

// What an escape may not bring in: it would be read otherwise by whoever looks at the text again.
bool may_stand(char decoded, Part part) {
  return part == Part::kQuery ? decoded != '\0' : !is_control(decoded) && decoded != '/';
}

std::optional<std::string> decoded(std::string_view text, Part part) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += part == Part::kQuery && text[i] == '+' ? ' ' : text[i];
      continue;
    }
    std::array<std::byte, 1> byte{};
    if (!from_hex(lower_case(text.substr(i + 1, 2)), byte)) return std::nullopt;
    const char c = static_cast<char>(byte[0]);
    if (!may_stand(c, part)) return std::nullopt;
    out += c;
    i += 2;
  }
  if (!is_utf8(out)) return std::nullopt;
  return out;
}

bool has_dot_segment(std::string_view path) {
  while (!path.empty()) {
    path.remove_prefix(1);  // "/"
    const std::string_view segment = path.substr(0, path.find('/'));
    if (segment == "." || segment == "..") return true;
    path.remove_prefix(segment.size());
  }
  return false;
}

std::optional<std::vector<HttpField>> parse_query(std::string_view text) {
  std::vector<HttpField> query;
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto name = decoded(pair.substr(0, equals), Part::kQuery);
    auto value = decoded(pair.substr(std::min(equals + 1, pair.size())), Part::kQuery);
    if (!name || !value) return std::nullopt;
    query.push_back({.name = std::move(*name), .value = std::move(*value)});
  }
  return query;
}

// What is left of an absolute form behind the authority, or the text as it is.
std::optional<std::string_view> without_authority(std::string_view target, std::string_view host) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!equal_but_for_case(target.substr(0, scheme.size()), scheme)) continue;
    target.remove_prefix(scheme.size());
    const std::string_view authority = target.substr(0, target.find_first_of("/?"));
    if (!equal_but_for_case(authority, host)) return std::nullopt;
    return target.substr(authority.size());
  }
  return target;
}

}  // namespace

std::optional<HttpTarget> read_target(std::string_view method, std::string_view target,
                                      std::string_view host) {
  if (target == "*" && method == "OPTIONS") return HttpTarget{.path = "*", .query = {}};
  const bool lawful =
      std::all_of(target.begin(), target.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  if (!lawful || target.find('#') != std::string_view::npos) return std::nullopt;
  const auto local = without_authority(target, host);
  if (!local || !local->starts_with('/')) return std::nullopt;
  const std::size_t mark = std::min(local->find('?'), local->size());
  auto path = decoded(local->substr(0, mark), Part::kPath);
  if (!path || path->find('\\') != std::string::npos || has_dot_segment(*path)) return std::nullopt;
  auto query = parse_query(local->substr(std::min(mark + 1, local->size())));
  if (!query) return std::nullopt;
  return HttpTarget{.path = std::move(*path), .query = std::move(*query)};
}

bool is_host(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) || std::string_view("-._~:[]").find(c) != std::string::npos;
  });
}

bool equal_but_for_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

}  // namespace anlan::platform
