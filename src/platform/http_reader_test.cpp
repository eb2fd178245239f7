#include "platform/http_reader.h"

#include <doctest/doctest.h>

#include "platform/http_testing.h"

using namespace anlan;
using namespace anlan::platform;
using namespace anlan::platform::testing;

namespace {

// Reads in pieces of the given size; what stays unread is left in `bytes`.
HttpRequest read_in_pieces(std::string& bytes, std::size_t piece) {
  const HttpLimits limits;
  RequestReader reader(limits);
  std::string left;
  std::size_t at = 0;
  while (!reader.whole()) {
    CAPTURE(at);
    REQUIRE(!reader.fault());
    REQUIRE(at < bytes.size());
    left += bytes.substr(at, piece);
    at += std::min(piece, bytes.size() - at);
    left.erase(0, reader.read(left));
  }
  bytes = left + bytes.substr(at);
  return reader.take_request();
}

HttpRequest read_whole(std::string bytes) { return read_in_pieces(bytes, bytes.size()); }

const std::string kChunked =
    "POST /a%20b?x=1&y=%E4%BF%9D HTTP/1.1\r\nHost: a.example:80\r\nX-Two:  b c \r\nx-two: d\r\n"
    "Transfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n9\r\n, 世界!\r\n0\r\n\r\n";

}  // namespace

TEST_CASE("http reader: a request whose pieces are cut at every byte is the same request") {
  const HttpRequest expected{.method = "POST",
                             .target = "/a%20b?x=1&y=%E4%BF%9D",
                             .path = "/a b",
                             .query = {{.name = "x", .value = "1"}, {.name = "y", .value = "保"}},
                             .headers = {{.name = "host", .value = "a.example:80"},
                                         {.name = "x-two", .value = "b c"},
                                         {.name = "x-two", .value = "d"},
                                         {.name = "transfer-encoding", .value = "Chunked"}},
                             .body = "hello, 世界!"};
  for (std::size_t piece = 1; piece <= kChunked.size(); ++piece) {
    std::string bytes = kChunked;
    CHECK(read_in_pieces(bytes, piece) == expected);
    CHECK(bytes.empty());
  }
  CHECK(expected.header("x-two") == "b c");
  CHECK(!expected.header("x-three"));
}

TEST_CASE("http reader: what follows a request is left for the next") {
  std::string bytes = kChunked + post("/second", "body") + get("/third") + "GET /fou";
  CHECK(read_in_pieces(bytes, 7).path == "/a b");
  const HttpRequest second = read_in_pieces(bytes, 7);
  CHECK(second.path == "/second");
  CHECK(second.body == "body");
  CHECK(read_in_pieces(bytes, 7).path == "/third");
  CHECK(bytes == "GET /fou");
}

TEST_CASE("http reader: whether the connection goes on, and whether the client waits for a word") {
  struct Case {
    std::string head;
    bool keeps_alive;
    bool expects;
  };
  const Case cases[] = {
      {"POST / HTTP/1.1\r\nHost: a\r\n", true, false},
      {"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n", false, false},
      {"POST / HTTP/1.1\r\nHost: a\r\nConnection: X, Close\r\n", false, false},
      {"POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\n", true, true},
      {"POST / HTTP/1.0\r\n", false, false},
      {"POST / HTTP/1.0\r\nHost: a\r\nConnection: Keep-Alive\r\n", true, false},
      {"POST / HTTP/1.0\r\nExpect: 100-continue\r\n", false, false},
  };
  const HttpLimits limits;
  for (const Case& row : cases) {
    CAPTURE(row.head);
    RequestReader reader(limits);
    reader.read(row.head + "Content-Length: 3\r\n\r\n");
    CHECK(reader.head_read());
    CHECK(!reader.whole());
    CHECK(reader.keeps_alive() == row.keeps_alive);
    CHECK(reader.expects_continue() == row.expects);
  }
}

TEST_CASE("http reader: what is strict but lawful is taken") {
  CHECK(read_whole("GET /?a+b=c%2Bd&&e&=f HTTP/1.1\r\nHost: [::1]:80\r\n\r\n").query ==
        std::vector<HttpField>{{.name = "a b", .value = "c+d"},
                               {.name = "e", .value = ""},
                               {.name = "", .value = "f"}});
  CHECK(read_whole("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").path == "*");
  CHECK(read_whole("GET HTTP://A.example/x HTTP/1.1\r\nHost: a.example\r\n\r\n").path == "/x");
  CHECK(read_whole("GET /.well-known/a..b HTTP/1.1\r\nHost: a\r\n\r\n").path ==
        "/.well-known/a..b");
  CHECK(read_whole("GET //x HTTP/1.0\r\n\r\n").path == "//x");
  CHECK(read_whole("get / HTTP/1.1\r\nHost:a\r\n\r\n").method == "get");
  CHECK(read_whole("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 000\r\n\r\n").body.empty());
  CHECK(read_whole("GET / HTTP/1.1\r\nHost: a\r\nX: \xe4\xbf\x9d \t\r\n\r\n").header("x") == "保");
}

TEST_CASE("http reader: a limit is reached and not passed") {
  HttpLimits limits;
  limits.target_bytes_max = 10;
  limits.headers_max = 2;
  limits.body_bytes_max = 4;
  const auto status_of = [&limits](const std::string& bytes) {
    RequestReader reader(limits);
    reader.read(bytes);
    REQUIRE((reader.whole() || reader.fault()));
    return reader.fault() ? reader.fault()->status : 200;
  };
  CHECK(status_of(get("/123456789")) == 200);
  CHECK(status_of(get("/1234567890")) == 414);
  CHECK(status_of("GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\n") == 200);
  CHECK(status_of("GET / HTTP/1.1\r\nHost: a\r\nX: y\r\nX: y\r\n\r\n") == 431);
  CHECK(status_of(post("/", "1234")) == 200);
  CHECK(status_of(post("/", "12345")) == 413);
  limits.head_bytes_max = get("/").size();
  CHECK(status_of(get("/")) == 200);
  CHECK(status_of(get("/1")) == 431);
}
