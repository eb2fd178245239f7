// What must not reach a handler: raw bytes, and the status that answers them.
#include <atomic>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "platform/http_reader.h"
#include "platform/http_testing.h"

using namespace anlan;
using namespace anlan::platform;
using namespace anlan::platform::testing;
using namespace std::string_literals;

namespace {

struct Hostile {
  int status;
  std::string bytes;
};

HttpLimits corpus_limits() {
  HttpLimits limits;
  limits.body_bytes_max = 1'000;
  limits.connections_max = 2'000;
  limits.connections_per_peer_max = 2'000;
  return limits;
}

std::vector<Hostile> with_line(int status, const std::vector<std::string>& lines) {
  std::vector<Hostile> made;
  for (const std::string& line : lines) made.push_back({status, line + "\r\nHost: a\r\n\r\n"});
  return made;
}

std::vector<Hostile> with_target(int status, const std::vector<std::string>& targets) {
  std::vector<Hostile> made;
  for (const std::string& target : targets) made.push_back({status, get(target)});
  return made;
}

std::vector<Hostile> with_headers(int status, const std::vector<std::string>& headers) {
  std::vector<Hostile> made;
  for (const std::string& text : headers)
    made.push_back({status, "POST /x HTTP/1.1\r\nHost: a\r\n" + text + "\r\n\r\nhello"});
  return made;
}

std::vector<Hostile> with_host_lines(int status, const std::vector<std::string>& headers) {
  std::vector<Hostile> made;
  for (const std::string& text : headers)
    made.push_back({status, "GET /x HTTP/1.1\r\n" + text + "\r\n"});
  return made;
}

std::vector<Hostile> with_chunks(int status, const std::vector<std::string>& bodies) {
  std::vector<Hostile> made;
  for (const std::string& body : bodies)
    made.push_back(
        {status, "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body});
  return made;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::vector<Hostile> request_lines() {
  std::vector<Hostile> all = with_line(400, {"GET  / HTTP/1.1",
                                             "GET /  HTTP/1.1",
                                             "GET /\tHTTP/1.1",
                                             "GET\t/ HTTP/1.1",
                                             "GET / HTTP/1.1 ",
                                             " GET / HTTP/1.1",
                                             "\tGET / HTTP/1.1",
                                             "\r\nGET / HTTP/1.1",
                                             "GET /",
                                             "GET",
                                             "/ HTTP/1.1",
                                             "GET / http/1.1",
                                             "GET / HTTP/1.10",
                                             "GET / HTTP/11",
                                             "GET / HTTP/1,1",
                                             "GET / HTTP/1.",
                                             "GET / XTTP/1.1",
                                             "GET / HTTP/+1.1",
                                             "GET / HTTP/1.1junk",
                                             "GET / HTTP /1.1",
                                             "G(T / HTTP/1.1",
                                             "GE\x80T / HTTP/1.1",
                                             ": / HTTP/1.1",
                                             "G\0T / HTTP/1.1"s,
                                             "GET /\0 HTTP/1.1"s,
                                             "GET / HTTP/1.1\0"s,
                                             "GET / HTTP/1.1\r",
                                             "GET /\rHTTP/1.1",
                                             "GET / HTTP/1.1\nX: y"});
  for (auto& more : {with_line(501, {"CONNECT a:443 HTTP/1.1", "CONNECT / HTTP/1.1"}),
                     with_line(505, {"GET / HTTP/1.2", "GET / HTTP/2.0", "GET / HTTP/0.9",
                                     "GET / HTTP/9.9", "PRI * HTTP/2.0"})})
    all.insert(all.end(), more.begin(), more.end());
  all.push_back({400, "GET / HTTP/1.1\nHost: a\n\n"});
  all.push_back({400, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s});  // a TLS greeting
  all.push_back({400, "\r\n\r\n\r\n\r\n"});
  for (const std::string line : {"G", "GET", "GET ", "GET /", "GET / ", "GET /  ", "GET / HTTP/1."})
    all.push_back({400, line + "\r\n\r\n"});
  return all;
}

std::vector<Hostile> targets() {
  std::vector<Hostile> all = with_target(
      400,
      {"a",        "*",          "?a=1",          "http://b/",     "http://a@a/", "http://a:80/",
       "http:/a/", "http://a",   "https://b/x",   "ftp://a/",      "a:443",       "/#x",
       "/a#",      "/%",         "/%4",           "/%zz",          "/%0g",        "/% 1",
       "/%00",     "/%0a",       "/%0d%0a",       "/%7f",          "/%2f",        "/a%2Fb",
       "/%5c",     "/a\\b",      "/..",           "/../x",         "/a/../b",     "/a/..",
       "/./",      "/.",         "/%2e%2e/",      "/.%2e/x",       "/%2E",        "/%ff",
       "/%c0%af",  "/%ed%a0%80", "/%f5%80%80%80", "/\xe5\x90\x8d", "/a\x7f",      "/?a=%",
       "/?a=%zz",  "/?%00=1",    "/?a=%ff",       "/?a=\x01",      "/?\x80"});
  for (const std::size_t size : {8'193UL, 9'000UL, 16'000UL, 100'000UL})
    all.push_back({414, get("/" + std::string(size - 1, 'a'))});
  all.push_back({414, std::string(9'000, 'A')});
  all.push_back({414, "GET /" + std::string(9'000, 'a')});
  return all;
}

std::vector<Hostile> headers() {
  std::vector<Hostile> all = with_headers(400, {"X : 1",
                                                "X\t: 1",
                                                " X: 1",
                                                "X: a\r\n b",
                                                "X: a\r\n\tb",
                                                "X: a\r\n ",
                                                ": 1",
                                                "no colon",
                                                "X(y: 1",
                                                "X y: 1",
                                                "X\x80: 1",
                                                "X: \0"s,
                                                "X\0y: 1"s,
                                                "X: \x01",
                                                "X: a\x7f",
                                                "X: a\rY: b",
                                                "X: a\nY: b",
                                                "X: a\r\r\nY: b",
                                                "X: a\n\rY: b",
                                                "X: \x0b",
                                                "X: \x0c",
                                                "X: \x1b[31m",
                                                "\"X\": 1",
                                                "X:\r\n\r\r\n",
                                                "Host: b",
                                                "Host: a",
                                                "hOST: a",
                                                "X: a\r\nHost: a",
                                                "Connection: a\x80,,\"",
                                                "X: a\r"});
  for (auto& more :
       {with_host_lines(400, {"", "X: y\r\n", "Host:\r\n", "Host: \r\n", "Host: a b\r\n",
                              "Host: a,b\r\n", "Host: a/b\r\n", "Host: u@a\r\n", "Host: a?b\r\n",
                              "Host: a#b\r\n", "Host: \xc3\xa9\r\n", "Host: a\r\nHost: a\r\n",
                              "Host: a\r\nHost: b\r\n", "Host: a\n", " Host: a\r\n"}),
        with_headers(417, {"Expect: 200-ok", "Expect: 100-continue, x", "Expect:"}),
        with_headers(431, {"X: " + std::string(20'000, 'a'), std::string(20'000, 'a'),
                           repeated("X: y\r\n", 64) + "X: y", repeated("X:\r\n", 5'000) + "X: y"})})
    all.insert(all.end(), more.begin(), more.end());
  all.push_back({400, "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n"});
  return all;
}

std::vector<Hostile> framing() {
  std::vector<Hostile> all =
      with_headers(400, {"Content-Length: abc",
                         "Content-Length: -1",
                         "Content-Length: +5",
                         "Content-Length: 5 5",
                         "Content-Length: 5,5",
                         "Content-Length: 5, 6",
                         "Content-Length:",
                         "Content-Length: 0x5",
                         "Content-Length: 5.0",
                         "Content-Length: 1e3",
                         "Content-Length: 5;",
                         "Content-Length: \xd9\xa5",
                         "Content-Length: 99999999999999999999",
                         "Content-Length : 5",
                         "Content-Length\t: 5",
                         "Content-Length: 5\r\nContent-Length: 5",
                         "Content-Length: 5\r\nContent-Length: 6",
                         "Content-Length: 5\r\nTransfer-Encoding: chunked",
                         "Transfer-Encoding: chunked\r\nContent-Length: 5",
                         "Transfer-Encoding: chunked\r\nContent-Length: 0",
                         "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                         "Transfer-Encoding : chunked",
                         "Transfer-Encoding:\x0b chunked",
                         "Transfer-Encoding:\r\n chunked",
                         "Transfer-Encoding: chunked\r\n\t, gzip"});
  for (auto& more :
       {with_headers(501,
                     {"Transfer-Encoding: gzip", "Transfer-Encoding: gzip, chunked",
                      "Transfer-Encoding: chunked, gzip", "Transfer-Encoding: chunked, chunked",
                      "Transfer-Encoding: identity", "Transfer-Encoding: xchunked",
                      "Transfer-Encoding: chunked;q=1", "Transfer-Encoding: \"chunked\"",
                      "Transfer-Encoding:", "Transfer-Encoding: chunked,",
                      "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked"}),
        with_headers(413, {"Content-Length: 1001", "Content-Length: 18446744073709551615",
                           "Expect: 100-continue\r\nContent-Length: 1001"})})
    all.insert(all.end(), more.begin(), more.end());
  all.push_back({400, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"});
  return all;
}

std::vector<Hostile> chunks() {
  std::vector<Hostile> all = with_chunks(400, {"g\r\n",
                                               "-1\r\n",
                                               "+5\r\nhello\r\n0\r\n\r\n",
                                               "0x5\r\nhello\r\n0\r\n\r\n",
                                               " 5\r\nhello\r\n0\r\n\r\n",
                                               "5 \r\nhello\r\n0\r\n\r\n",
                                               "5,5\r\nhello\r\n0\r\n\r\n",
                                               "5;a=b\r\nhello\r\n0\r\n\r\n",
                                               "5;\r\nhello\r\n0\r\n\r\n",
                                               "5;a=\"\n\"\r\nhello\r\n0\r\n\r\n",
                                               "5\nhello\r\n0\r\n\r\n",
                                               "5\r\nhello\n0\r\n\r\n",
                                               "5\rhello\r\n0\r\n\r\n",
                                               "\r\n5\r\nhello\r\n0\r\n\r\n",
                                               "\n",
                                               "5\r\nhelloX\r\n0\r\n\r\n",
                                               "5\r\nhel\r\n0\r\n\r\n",
                                               "5\r\nhello0\r\n\r\n",
                                               "10000000000000000\r\n",
                                               "00000000000000000000000000",
                                               "0\r\nX: y\r\n\r\n",
                                               "0\r\nContent-Length: 5\r\n\r\n",
                                               "0\r\nGET /y HTTP/1.1\r\nHost: a\r\n\r\n",
                                               "0;x\r\n\r\n",
                                               "0\r\n \r\n\r\n",
                                               "0\n\n",
                                               "0\r\n\n",
                                               "5\0\r\nhello\r\n0\r\n\r\n"s,
                                               "hello"});
  for (auto& more : {with_chunks(413, {"ffffffffffffffff\r\n", "3e9\r\n",
                                       "3e8\r\n" + std::string(1'000, 'a') + "\r\n1\r\na\r\n"})})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

std::vector<Hostile> corpus() {
  std::vector<Hostile> all;
  for (const auto& part : {request_lines(), targets(), headers(), framing(), chunks()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

std::string shown(const std::string& bytes) {
  std::string out;
  for (const char c : bytes.substr(0, 200)) {
    const bool plain = c >= ' ' && c < '\x7f';
    out += plain ? std::string(1, c) : "<" + std::to_string(static_cast<unsigned char>(c)) + ">";
  }
  return out;
}

}  // namespace

TEST_CASE("http: no hostile request of the corpus reaches the handler, each gets its status") {
  std::atomic<int> seen = 0;
  HttpServerOptions options = loopback_options();
  options.limits = corpus_limits();
  const TestServer at(options, [&seen](const HttpRequest& request) {
    ++seen;
    return echo(request);
  });
  const std::vector<Hostile> all = corpus();
  CHECK(all.size() >= 120);
  for (const Hostile& hostile : all) {
    CAPTURE(shown(hostile.bytes));
    Client client(at.port);
    client.send(hostile.bytes);
    const Answer answer = client.read_answer();
    CHECK(answer.status == hostile.status);
    CHECK(answer.says("\r\nConnection: close\r\n"));
    CHECK(client.read_to_end().empty());
  }
  CHECK(seen == 0);
  CHECK(at.server.counters().refused == all.size());
  CHECK(at.server.counters().requests == 0);
}

TEST_CASE("http: no request that is smuggled behind a hostile one reaches the handler") {
  std::atomic<int> seen = 0;
  HttpServerOptions options = loopback_options();
  options.limits = corpus_limits();
  const TestServer at(options, [&seen](const HttpRequest& request) {
    ++seen;
    return echo(request);
  });
  for (const Hostile& hostile : corpus()) {
    Client client(at.port);
    client.send(hostile.bytes + get("/smuggled"));
    client.read_to_end();
  }
  CHECK(seen == 0);
}

TEST_CASE("http reader: hostile bytes one by one are refused as they are in one piece") {
  const HttpLimits limits = corpus_limits();
  for (const Hostile& hostile : corpus()) {
    CAPTURE(shown(hostile.bytes));
    RequestReader reader(limits);
    std::string left;
    for (std::size_t i = 0; i < hostile.bytes.size() && !reader.fault(); ++i) {
      left += hostile.bytes[i];
      left.erase(0, reader.read(left));
      REQUIRE(!reader.whole());
    }
    REQUIRE(reader.fault());
    CHECK(reader.fault()->status == hostile.status);
  }
}
