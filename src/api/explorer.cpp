#include "api/explorer.h"

#include <array>

#include "api/refusals.h"
#include "api/service_reply.h"

namespace anlan::api {
namespace {

struct PageFile {
  std::string_view path;
  std::string_view file;
  std::string_view type;
};

constexpr std::array kPages{
    PageFile{"/explorer", "explorer/explorer.html", "text/html; charset=utf-8"},
    PageFile{"/explorer/explorer.css", "explorer/explorer.css", "text/css; charset=utf-8"},
    PageFile{"/explorer/explorer.js", "explorer/explorer.js", "text/javascript; charset=utf-8"},
};

// Its own files and its own server only: no script, style, picture or frame of anybody else.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

}  // namespace

Result<platform::HttpReply> explorer(Library library, const platform::HttpRequest& request) {
  for (const PageFile& page : kPages) {
    const bool reads = request.method == "GET" || request.method == "HEAD";
    if (request.path != page.path || !reads) continue;
    platform::HttpReply reply;
    ANLAN_TRY(reply.body, library.text(std::string(page.file)));
    const std::string tag = entity_tag(reply.body);
    reply.headers = {{.name = "Content-Type", .value = std::string(page.type)},
                     {.name = "Content-Security-Policy", .value = std::string(kPolicy)},
                     {.name = "X-Content-Type-Options", .value = "nosniff"},
                     {.name = "Referrer-Policy", .value = "no-referrer"},
                     {.name = "Cache-Control", .value = "no-cache"},
                     {.name = "ETag", .value = tag}};
    if (request.header("if-none-match") == tag) {
      reply.status = 304;
      reply.body.clear();
    }
    return reply;
  }
  return Refusal{.code = refusals::kNoSuchPath, .path = "path", .value = request.path};
}

}  // namespace anlan::api
