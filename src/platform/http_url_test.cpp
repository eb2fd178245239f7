#include "platform/http_url.h"

#include <doctest/doctest.h>

using namespace anlan::platform;

TEST_CASE("url: parts of what may be called") {
  const auto url = read_http_url("HTTPS://Hooks.Example.com/a/b?c=d");
  REQUIRE(url);
  CHECK(*url == HttpUrl{.tls = true,
                        .host = "hooks.example.com",
                        .port = 443,
                        .target = "/a/b?c=d",
                        .authority = "hooks.example.com"});
  const auto six = read_http_url("http://[2001:DB8::7]:8080?x");
  REQUIRE(six);
  CHECK(*six == HttpUrl{.tls = false,
                        .host = "2001:db8::7",
                        .port = 8080,
                        .target = "/?x",
                        .authority = "[2001:db8::7]:8080"});
  CHECK(read_http_url("http://a:80")->authority == "a");
  CHECK(read_http_url("https://a:80")->authority == "a:80");
}

TEST_CASE("url: what two readers could understand differently is none") {
  for (const char* const text : {"",
                                 "ftp://a/",
                                 "https:/a",
                                 "//a/b",
                                 "https://",
                                 "https:///x",
                                 "https://u@a/",
                                 "https://a:b@c",
                                 "https://a/#f",
                                 "https://a b/",
                                 "https://a/\r\nX: y",
                                 "https://a:0/",
                                 "https://a:65536/",
                                 "https://a:80x/",
                                 "https://a:/",
                                 "https://[::1/",
                                 "https://[127.0.0.1]/",
                                 "https://[::1]x/",
                                 "https://a\\b/",
                                 "https://\xE5\xAE\x89/",
                                 "https://a%00/",
                                 "https://.a/"}) {
    CAPTURE(text);
    CHECK(!read_http_url(text));
  }
  CHECK(!read_http_url("https://a/" + std::string(kUrlBytesMax, 'x')));
  CHECK(!read_http_url("https://" + std::string(300, 'x')));
}
