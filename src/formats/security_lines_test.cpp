#include "formats/security_lines.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "formats/security_refusals.h"

namespace anlan::formats {
namespace {

struct Reading {
  std::vector<std::string> lines;
  SecurityTally tally;
};

// Feeds `text` in chunks of `chunk` bytes; a line "bad" is refused.
Reading read_in_chunks(std::string_view text, std::size_t chunk) {
  Reading reading;
  SecurityLines lines([&](std::string_view line) -> Result<Done> {
    if (line == "bad") {
      return Refusal{.code = refusals::kEveLineMalformed,
                     .path = "line",
                     .value = std::string(line),
                     .args = {},
                     .at = {}};
    }
    reading.lines.emplace_back(line);
    return Done{};
  });
  for (std::size_t at = 0; at < text.size(); at += chunk) lines.feed(text.substr(at, chunk));
  lines.finish();
  reading.tally = lines.tally();
  return reading;
}

}  // namespace

TEST_CASE("security lines: the size of the chunks changes nothing") {
  const std::string text = "\xEF\xBB\xBFone\r\n\n  \ntwo\nbad\r\nthree\nbad\n\nlast";
  for (std::size_t chunk = 1; chunk <= text.size(); ++chunk) {
    CAPTURE(chunk);
    const Reading reading = read_in_chunks(text, chunk);
    CHECK(reading.lines == std::vector<std::string>{"one", "two", "three", "last"});
    CHECK(reading.tally.lines == 6);
    CHECK(reading.tally.refused == 2);
    REQUIRE(reading.tally.first_refused.has_value());
    CHECK(reading.tally.first_refused->at.line == 5);
    CHECK(reading.tally.first_refused->value == "bad");
  }
}

TEST_CASE("security lines: nothing is read from nothing") {
  for (const std::string_view text : {"", "\n", "\xEF\xBB\xBF\n", " \t\r\n\n"}) {
    const Reading reading = read_in_chunks(text, 2);
    CHECK(reading.lines.empty());
    CHECK(reading.tally == SecurityTally{});
  }
}

TEST_CASE("security lines: the longest line is taken, one byte more is refused, the next is read") {
  const std::string longest(kSecurityLineMax, 'x');
  for (const std::size_t chunk :
       {std::size_t{7}, std::size_t{4096}, kSecurityLineMax, 3 * kSecurityLineMax}) {
    for (const std::string_view end : {"\n", "\r\n"}) {
      CAPTURE(chunk);
      std::string text =
          longest + std::string(end) + longest + "y" + std::string(end) + "next" + std::string(end);
      const Reading reading = read_in_chunks(text, chunk);
      REQUIRE(reading.lines.size() == 2);
      CHECK(reading.lines[0] == longest);
      CHECK(reading.lines[1] == "next");
      CHECK(reading.tally.lines == 3);
      REQUIRE(reading.tally.first_refused.has_value());
      CHECK(reading.tally.first_refused->code == refusals::kSecurityLineTooLong);
      CHECK(reading.tally.first_refused->at.line == 2);
      CHECK(reading.tally.first_refused->value.size() < 100);
      CHECK(reading.tally.first_refused->args ==
            std::vector<RefusalArg>{{.name = "max", .value = "65536"}});
    }
  }
}

TEST_CASE("security lines: a line of 100 MB is refused once and the lines around it are read") {
  std::vector<std::string> seen;
  SecurityLines lines([&](std::string_view line) -> Result<Done> {
    seen.emplace_back(line);
    return Done{};
  });
  const std::string megabyte(1'000'000, 'z');
  lines.feed("before\n");
  for (int i = 0; i < 100; ++i) lines.feed(megabyte);
  lines.feed("\nafter\n");
  lines.finish();
  CHECK(seen == std::vector<std::string>{"before", "after"});
  CHECK(lines.tally().lines == 3);
  CHECK(lines.tally().refused == 1);
  CHECK(lines.tally().first_refused->code == refusals::kSecurityLineTooLong);
}

TEST_CASE("security lines: a log that is one endless line ends in one refusal") {
  const Reading reading = read_in_chunks(std::string(200'000, '\xFF'), 999);
  CHECK(reading.lines.empty());
  CHECK(reading.tally.lines == 1);
  CHECK(reading.tally.refused == 1);
  CHECK(reading.tally.first_refused->at.line == 1);
}

}  // namespace anlan::formats
