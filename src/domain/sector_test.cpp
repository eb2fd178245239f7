#include "domain/sector.h"

#include <doctest/doctest.h>

#include "domain/refusals.h"

using namespace anlan;
using namespace anlan::domain;

TEST_CASE("sector: the 20 sections own the divisions 01 to 97 without a gap (GB/T 4754-2017)") {
  int next = 1;
  char letter = 'A';
  for (const SectorSection& section : sector_sections()) {
    CAPTURE(section.letter);
    CHECK(section.letter == letter++);
    CHECK(section.first == next);
    CHECK(section.last >= section.first);
    CHECK(!section.zh.empty());
    CHECK(!section.en.empty());
    next = section.last + 1;
  }
  CHECK(next == 98);
  CHECK(letter == 'U');
}

TEST_CASE("sector: letter and digits are taken, in upper case") {
  struct Row {
    std::string_view text, canonical;
  };
  for (const Row& row : {Row{"C", "C"}, Row{"C39", "C39"}, Row{"c398", "C398"},
                         Row{"C3982", "C3982"}, Row{"A01", "A01"}, Row{"T97", "T97"}}) {
    CAPTURE(row.text);
    const auto parsed = parse_sector(row.text, "sector");
    REQUIRE(parsed.ok());
    CHECK(parsed.value() == row.canonical);
  }
}

TEST_CASE("sector: anything but a letter and 0, 2, 3 or 4 digits is malformed") {
  for (const std::string_view text :
       {"", "39", "C3", "C39822", "CC39", "C3x", " C39", "制造业", "C-39", "[39"}) {
    CAPTURE(text);
    const auto parsed = parse_sector(text, "facts.sector");
    REQUIRE(!parsed.ok());
    CHECK(parsed.refusal().code == kSectorMalformed);
    CHECK(parsed.refusal().path == "facts.sector");
    CHECK(parsed.refusal().value == text);
  }
}

TEST_CASE("sector: a division of another section is refused with the divisions of this one") {
  const auto parsed = parse_sector("C51", "sector");
  REQUIRE(!parsed.ok());
  CHECK(parsed.refusal().code == kSectorUnknown);
  CHECK(parsed.refusal().args == std::vector<RefusalArg>{{.name = "section", .value = "C13-C43"}});
  CHECK(parse_sector("U01", "sector").refusal().code == kSectorUnknown);
  CHECK(parse_sector("T98", "sector").refusal().code == kSectorUnknown);
  CHECK(parse_sector("A00", "sector").refusal().code == kSectorUnknown);
}
