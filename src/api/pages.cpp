#include "api/pages.h"

#include <algorithm>
#include <array>

#include "api/service_reply.h"
#include "base/bytes.h"

namespace anlan::api {
namespace {

using platform::HttpReply;
using platform::HttpRequest;

constexpr std::string_view kFirstPage = "/index.html";
constexpr std::string_view kKeptForGood = "/assets/";
constexpr std::string_view kForAYear = "public, max-age=31536000, immutable";

// Its own files and its own server only: no script, style, font or frame of anybody else, and none
// written into a page.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'";

struct Kind {
  std::string_view ending;
  std::string_view type;
};
constexpr std::array kKinds{
    Kind{".html", "text/html; charset=utf-8"},
    Kind{".js", "text/javascript; charset=utf-8"},
    Kind{".css", "text/css; charset=utf-8"},
    Kind{".json", "application/json; charset=utf-8"},
    Kind{".svg", "image/svg+xml"},
    Kind{".png", "image/png"},
    Kind{".webmanifest", "application/manifest+json; charset=utf-8"},
};

std::string_view type_of(std::string_view path) {
  const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                  [&](const Kind& kind) { return path.ends_with(kind.ending); });
  return found == kKinds.end() ? "application/octet-stream" : found->type;
}

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// "gzip", "deflate, gzip;q=0.5"; not "gzip;q=0".
bool takes_gzip(const HttpRequest& request) {
  std::string_view list = request.header("accept-encoding").value_or("");
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    std::string_view one = list.substr(0, comma);
    list.remove_prefix(std::min(comma + 1, list.size()));
    one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
    const std::string_view name = one.substr(0, one.find_first_of("; "));
    if (name != "gzip" && name != "*") continue;
    const std::size_t weight = one.find("q=");
    return weight == std::string_view::npos ||
           one.find_first_of("123456789", weight) != std::string_view::npos;
  }
  return false;
}

}  // namespace

PageShelf::PageShelf(std::span<const PageFile> pages) {
  for (const PageFile& page : pages)
    pages_.emplace(page.path, Page{.file = &page,
                                   .tag = entity_tag(text_of(page.bytes)),
                                   .squeezed_tag = entity_tag(text_of(page.squeezed))});
}

const PageShelf::Page* PageShelf::find(const HttpRequest& request) const {
  if (const auto found = pages_.find(request.path); found != pages_.end()) return &found->second;
  const bool is_address = request.path.find('.', request.path.rfind('/')) == std::string::npos;
  const std::string_view wanted = request.header("accept").value_or("");
  if (!is_address || wanted.find("text/html") == std::string_view::npos) return nullptr;
  const auto first = pages_.find(kFirstPage);
  return first == pages_.end() ? nullptr : &first->second;
}

std::optional<HttpReply> PageShelf::answer(const HttpRequest& request) const {
  if (request.method != "GET" && request.method != "HEAD") return std::nullopt;
  const Page* page = find(request);
  if (!page) return std::nullopt;
  const PageFile& file = *page->file;
  const bool squeezed = !file.squeezed.empty() && takes_gzip(request);
  const std::string& tag = squeezed ? page->squeezed_tag : page->tag;
  const bool for_good = file.path.starts_with(kKeptForGood);
  HttpReply reply;
  reply.headers = {
      {.name = "Content-Type", .value = std::string(type_of(file.path))},
      {.name = "Content-Security-Policy", .value = std::string(kPolicy)},
      {.name = "X-Content-Type-Options", .value = "nosniff"},
      {.name = "Referrer-Policy", .value = "no-referrer"},
      {.name = "Cache-Control", .value = std::string(for_good ? kForAYear : "no-cache")},
      {.name = "Vary", .value = "Accept-Encoding"},
      {.name = "ETag", .value = tag}};
  if (squeezed) reply.headers.push_back({.name = "Content-Encoding", .value = "gzip"});
  if (request.header("if-none-match") == tag) {
    reply.status = 304;
  } else {
    reply.body = text_of(squeezed ? file.squeezed : file.bytes);
  }
  return reply;
}

}  // namespace anlan::api
