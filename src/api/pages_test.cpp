#include "api/pages.h"

#include <array>

#include <doctest/doctest.h>

#include "base/bytes.h"

using namespace anlan;
using namespace anlan::api;
using platform::HttpReply;
using platform::HttpRequest;

namespace {

const PageShelf& shelf() {
  static const std::array kFiles{
      PageFile{.path = "/index.html", .bytes = bytes_of("<p>first"), .squeezed = bytes_of("zip")},
      PageFile{.path = "/assets/a-1.js", .bytes = bytes_of("let a"), .squeezed = {}},
      PageFile{.path = "/sw.js", .bytes = bytes_of("self"), .squeezed = bytes_of("z")},
  };
  static const PageShelf kShelf(kFiles);
  return kShelf;
}

std::string header(const HttpReply& reply, std::string_view name) {
  for (const platform::HttpField& field : reply.headers) {
    if (field.name == name) return field.value;
  }
  return {};
}

HttpRequest get(std::string path, std::vector<platform::HttpField> headers = {}) {
  HttpRequest request;
  request.method = "GET";
  request.path = std::move(path);
  request.headers = std::move(headers);
  return request;
}

const platform::HttpField kPerson{.name = "accept", .value = "text/html,*/*;q=0.8"};

}  // namespace

TEST_CASE("pages: files by their path, the first page for the application's own addresses") {
  CHECK(shelf().answer(get("/index.html"))->body == "<p>first");
  CHECK(shelf().answer(get("/assets/a-1.js"))->body == "let a");
  for (const std::string path : {"/", "/zh/price", "/en/policy/pol_9", "/zh/"})
    CHECK(shelf().answer(get(path, {kPerson}))->body == "<p>first");
  // Whoever asks for no page gets none.
  CHECK(!shelf().answer(get("/zh/price")));
  CHECK(!shelf().answer(get("/assets/a-2.js", {kPerson})));
  CHECK(!shelf().answer(get("/zh/price.html", {kPerson})));
  HttpRequest sent = get("/index.html", {kPerson});
  sent.method = "POST";
  CHECK(!shelf().answer(sent));
  CHECK(!PageShelf({}).answer(get("/", {kPerson})));
}

TEST_CASE("pages: kept for good where the name is the digest, else asked for again") {
  const HttpReply script = *shelf().answer(get("/assets/a-1.js"));
  CHECK(header(script, "Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(header(script, "Content-Type") == "text/javascript; charset=utf-8");
  const HttpReply page = *shelf().answer(get("/index.html"));
  CHECK(header(page, "Cache-Control") == "no-cache");
  CHECK(header(page, "Content-Type") == "text/html; charset=utf-8");
  CHECK(
      header(page, "Content-Security-Policy").starts_with("default-src 'none'; script-src 'self'"));
  CHECK(header(*shelf().answer(get("/sw.js")), "Cache-Control") == "no-cache");
  const std::string tag = header(page, "ETag");
  const HttpReply again =
      *shelf().answer(get("/", {kPerson, {.name = "if-none-match", .value = tag}}));
  CHECK(again.status == 304);
  CHECK(again.body.empty());
  CHECK(header(again, "ETag") == tag);
}

TEST_CASE("pages: shorter for whoever takes gzip, under a tag of its own") {
  const auto with = [](std::string value) {
    return *shelf().answer(
        get("/index.html", {{.name = "accept-encoding", .value = std::move(value)}}));
  };
  for (const std::string taken :
       {"gzip", "gzip, deflate, br", "br,gzip;q=0.5", "*", "identity, gzip"}) {
    CAPTURE(taken);
    CHECK(with(taken).body == "zip");
    CHECK(header(with(taken), "Content-Encoding") == "gzip");
  }
  for (const std::string refused : {"", "br", "gzip;q=0", "gzip;q=0.0", "identity", "xgzip"}) {
    CAPTURE(refused);
    CHECK(with(refused).body == "<p>first");
    CHECK(header(with(refused), "Content-Encoding").empty());
  }
  CHECK(header(with("gzip"), "ETag") != header(with("br"), "ETag"));
  CHECK(header(with("br"), "Vary") == "Accept-Encoding");
  const HttpReply script =
      *shelf().answer(get("/assets/a-1.js", {{.name = "accept-encoding", .value = "gzip"}}));
  CHECK(script.body == "let a");
  CHECK(header(script, "Content-Encoding").empty());
}
