#include "platform/http_proxy.h"

#include <vector>

#include <doctest/doctest.h>

using namespace anlan::platform;

TEST_CASE("http: whom a proxy asks for, and whom nobody believes") {
  const std::vector<std::string> proxies{"127.0.0.1", "192.0.2.1", "unix"};
  struct Row {
    std::string from;
    std::vector<std::string> lists;  // of X-Forwarded-For, one header each
    std::string peer;
  };
  const std::vector<Row> rows{
      {"198.51.100.7", {}, "198.51.100.7"},
      {"198.51.100.7", {"203.0.113.9"}, "198.51.100.7"},  // no proxy: it says what it likes
      {"127.0.0.1", {}, "127.0.0.1"},
      {"127.0.0.1", {"203.0.113.9"}, "203.0.113.9"},
      {"127.0.0.1", {" 203.0.113.9 "}, "203.0.113.9"},
      {"127.0.0.1", {"2001:db8::7"}, "2001:db8::7"},
      {"unix", {"203.0.113.9"}, "203.0.113.9"},
      {"127.0.0.1", {"::ffff:203.0.113.9"}, "203.0.113.9"},
      {"127.0.0.1", {"203.0.113.9, ::ffff:192.0.2.1"}, "203.0.113.9"},
      {"127.0.0.1", {"2001:0DB8::7"}, "2001:db8::7"},
      // The first was written by the peer itself.
      {"127.0.0.1", {"10.0.0.1, 203.0.113.9"}, "203.0.113.9"},
      {"127.0.0.1", {"10.0.0.1", "203.0.113.9"}, "203.0.113.9"},
      {"127.0.0.1", {"127.0.0.1, 203.0.113.9"}, "203.0.113.9"},
      // A proxy behind another.
      {"127.0.0.1", {"203.0.113.9, 192.0.2.1"}, "203.0.113.9"},
      {"127.0.0.1", {"203.0.113.9", "192.0.2.1"}, "203.0.113.9"},
      {"127.0.0.1", {"192.0.2.1"}, "127.0.0.1"},
      {"127.0.0.1", {"203.0.113.9, unknown"}, "127.0.0.1"},
      {"127.0.0.1", {"203.0.113.9,"}, "127.0.0.1"},
      {"127.0.0.1", {"unix"}, "127.0.0.1"},
      {"127.0.0.1", {"203.0.113.9:4711"}, "127.0.0.1"},
      {"127.0.0.1", {""}, "127.0.0.1"},
  };
  for (const Row& row : rows) {
    HttpRequest request;
    request.headers.push_back({.name = "host", .value = "203.0.113.200"});
    for (const std::string& list : row.lists)
      request.headers.push_back({.name = "x-forwarded-for", .value = list});
    CAPTURE(row.from);
    CAPTURE(row.peer);
    CHECK(peer_asking(proxies, row.from, request) == row.peer);
    CHECK(peer_asking({}, row.from, request) == row.from);
  }
}
