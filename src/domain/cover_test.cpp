#include "domain/cover.h"

#include <set>

#include <doctest/doctest.h>

using namespace anlan::domain;

TEST_CASE("cover: every code of the taxonomy stands once, with both languages") {
  std::set<std::string_view> codes;
  for (const auto kinds : {cover_kinds(), sub_heads()}) {
    for (const CoverKind& kind : kinds) {
      CAPTURE(kind.code);
      CHECK(codes.insert(kind.code).second);
      CHECK(anlan::parse_name_text(kind.code, "cover").ok());
      CHECK(!kind.zh.empty());
      CHECK(!kind.en.empty());
      CHECK(find_head(kind.code) == &kind);
    }
  }
  CHECK(cover_kinds().size() == 31);
}

TEST_CASE("cover: first-party covers are property, third-party covers liability") {
  for (const CoverKind& kind : cover_kinds()) {
    CAPTURE(kind.code);
    const bool first_party = kind.code.starts_with("FP.");
    CHECK(kind.side == (first_party ? CoverSide::kProperty : CoverSide::kLiability));
  }
}

TEST_CASE("cover: a head belongs to the cover above it, and to no other") {
  struct Row {
    std::string_view head;
    std::string_view section;
  };
  const Row rows[] = {
      {"FP.BI", "FP.BI"},           {"FP.EXT.RANSOM", "FP.EXT"},
      {"FP.EXT.COST", "FP.EXT"},    {"TP.REG.DEF", "TP.REG.DEF"},
      {"FP.CBI", "FP.CBI"},         {"FP.CBI_NONIT", "FP.CBI_NONIT"},
      {"X.UNKNOWN", "X.UNKNOWN"},   {"", ""},
      {"FP.EXT.OTHER.X", "FP.EXT"}, {"FP", "FP"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.head);
    CHECK(section_of_head(row.head) == row.section);
  }
  CHECK(find_cover_kind("FP.EXT.RANSOM") == nullptr);
  CHECK(find_head("FP.EXT.OTHER") == nullptr);
  CHECK(belongs_to("FP.EXT.RANSOM", "FP.EXT"));
  CHECK(belongs_to("FP.EXT", "FP.EXT"));
  CHECK(!belongs_to("FP.EXT", "FP.EXT.RANSOM"));
  CHECK(!belongs_to("FP.CBI_NONIT", "FP.CBI"));
}
