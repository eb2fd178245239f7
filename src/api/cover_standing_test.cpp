#include "api/cover_standing.h"

#include <doctest/doctest.h>

#include "api/library.h"
#include "domain/cover.h"

using namespace anlan;
using namespace anlan::api;

namespace {

terms::Wording plain() {
  terms::Wording out;
  out.terms.aggregate_limit = 40'000'000;
  out.terms.mitigation_clause = "1.7";
  out.terms.sections = {
      {.code = "FP.BI", .clause = "1.2"},
      {.code = "FP.EXT", .sublimit_occ = 3'000'000, .sublimit_clause = "2.3"},
      {.code = "FP.DATA"},
      {.code = "TP.PRIV", .participation_bp = 1'000, .participation_clause = "2.8"},
      {.code = "TP.REG.FINE", .sublimit_agg = 0, .sublimit_clause = "2.9"},
      {.code = "FP.PR", .sublimit_occ = 40'000'000, .clause = "1.9", .sublimit_clause = "2.6"},
      {.code = "FP.HW"}};
  out.terms.groups = {
      {.id = "g", .codes = {"FP.DATA"}, .sublimit_agg = 2'000'000, .clause = "2.4"}};
  out.conditions = {{.name = "police_report", .heads = {"FP.EXT.RANSOM"}, .clause = "4.2"},
                    {.name = "list", .heads = {"FP.DATA"}, .clause = "4.3"}};
  out.exclusions = {{.name = "war", .causes = {"war"}, .heads = {"FP.BI"}, .clause = "3.1"},
                    {.name = "better", .heads = {"FP.HW"}, .clause = "3.2"}};
  return out;
}

}  // namespace

TEST_CASE("cover standing: one of six words, with the clauses that make it so") {
  struct Row {
    const char* cover;
    CoverStanding word;
    std::vector<std::string> clauses;
    std::optional<std::int64_t> incident;
    std::optional<std::int64_t> year;
  };
  using S = CoverStanding;
  const std::vector<Row> rows{
      {"FP.BI", S::kCovered, {"1.2"}, {}, {}},  // an exclusion by cause leaves the cover
      {"FP.EXT", S::kLimited, {"2.3", "4.2"}, 3'000'000, {}},  // a condition on a part of it
      {"FP.DATA", S::kConditional, {"4.3"}, {}, 2'000'000},
      {"TP.PRIV", S::kLimited, {"2.8"}, {}, {}},
      {"TP.REG.FINE", S::kExcluded, {"2.9"}, {}, {}},
      {"FP.PR", S::kCovered, {"1.9"}, {}, {}},  // a cap that the year's limit makes idle
      {"FP.HW", S::kExcluded, {"3.2"}, {}, {}},
      {"FP.MITIG", S::kCovered, {"1.7"}, {}, {}},
      {"FP.CBI", S::kNotMentioned, {}, {}, {}},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.cover));
    const Standing found = standing_of(plain(), row.cover);
    CHECK(found.word == row.word);
    std::string clauses;
    for (const std::string& clause : found.clauses) clauses += clause + " ";
    std::string expected;
    for (const std::string& clause : row.clauses) expected += clause + " ";
    CHECK(clauses == expected);
    CHECK(found.incident == row.incident);
    CHECK(found.year == row.year);
  }
}
