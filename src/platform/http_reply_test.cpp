#include "platform/http_reply.h"

#include <doctest/doctest.h>

using namespace anlan;
using namespace anlan::platform;
using namespace std::string_literals;

namespace {

HttpReply with_header(std::string name, std::string value) {
  return {.status = 200, .headers = {{.name = std::move(name), .value = std::move(value)}}};
}

}  // namespace

TEST_CASE("http reply: what would let a value write headers of its own is unfit") {
  CHECK(reply_fault(with_header("X-A", "b\tc ü")).empty());
  for (const std::string& value : {"a\r\nSet-Cookie: b"s, "a\n"s, "\r"s, "a\0b"s, "\x7f"s, "\x1b"s})
    CHECK(reply_fault(with_header("X-A", value)) == "a control character in X-A");
  for (const std::string name : {"", "X A", "X:", "X\r\nY", "X\xc3\xbc"})
    CHECK(reply_fault(with_header(name, "a")) == "a header whose name is no token");
  for (const std::string name : {"Content-Length", "transfer-encoding", "CONNECTION", "Date"})
    CHECK(reply_fault(with_header(name, "1")) == "a " + name + " of its own");
  for (const int status : {-1, 0, 100, 199, 600})
    CHECK(reply_fault({.status = status}) == "status " + std::to_string(status));
}

TEST_CASE("http reply: the head says how the body ends, and 204 and 304 have none") {
  const ReplyForm form{.keeps_alive = true, .date = "D"};
  HttpReply reply = with_header("X", "y");
  reply.body = "four";
  CHECK(reply_head(reply, form) ==
        "HTTP/1.1 200 OK\r\nDate: D\r\nX: y\r\nContent-Length: 4\r\n\r\n");
  CHECK(has_body(reply, form));
  CHECK(!has_body(reply, {.is_head = true}));
  reply.status = 204;
  CHECK(reply_head(reply, {.date = "D"}) ==
        "HTTP/1.1 204 No Content\r\nDate: D\r\nX: y\r\nConnection: close\r\n\r\n");
  CHECK(!has_body(reply, form));
  reply.status = 299;
  CHECK(reply_head(reply, {.keeps_alive = true, .http_1_0 = true, .date = "D"}) ==
        "HTTP/1.1 299 \r\nDate: D\r\nX: y\r\nContent-Length: 4\r\nConnection: keep-alive\r\n\r\n");
}

TEST_CASE("http reply: errors have the shape of the callback, unless that is unfit") {
  HttpServerOptions options;
  std::string logged;
  options.log = [&logged](std::string_view line) { logged = line; };
  const HttpReply plain = error_reply(options, {503, "why"});
  CHECK(plain.body == "why\n");
  CHECK(plain.headers.back() == HttpField{.name = "Retry-After", .value = "1"});
  options.error_reply = [](int status, std::string_view reason) {
    return HttpReply{.status = 200, .body = std::to_string(status) + std::string(reason)};
  };
  const HttpReply shaped = error_reply(options, {400, "why"});
  CHECK(shaped.status == 400);
  CHECK(shaped.body == "400why");
  CHECK(shaped.headers.empty());
  options.error_reply = [](int, std::string_view) { return with_header("X", "\n"); };
  CHECK(error_reply(options, {400, "why"}).body == "why\n");
  CHECK(logged == "error_reply: a control character in X");
}

TEST_CASE("http reply: dates as RFC 9110 writes them") {
  using namespace std::chrono;
  CHECK(http_date(sys_seconds(784'111'777s)) == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(http_date(sys_seconds(0s)) == "Thu, 01 Jan 1970 00:00:00 GMT");
  CHECK(http_date(sys_seconds(1'835'395'199s)) == "Mon, 28 Feb 2028 23:59:59 GMT");
}
