#include "claims/lapse_standing.h"

#include <doctest/doctest.h>

namespace anlan::claims {
namespace {

Date day(std::string_view text) { return parse_date(text, "day").value(); }

// The control stood still from 1 April; the incident is of 11 May, 40 days later.
TEST_CASE("a lapse counts unless it was cured, withdrawn, or still within its cure period") {
  struct Row {
    std::string_view what;
    std::string_view noticed;
    std::string_view cure_by;
    std::string_view cured;
    bool withdrawn;
    LapseStanding standing;
  };
  const Row rows[] = {
      {"found afterwards", "", "", "", false, LapseStanding::kCounts},
      {"told on the day of the incident", "2026-05-11", "2026-05-26", "", false,
       LapseStanding::kCurePeriod},
      {"told a day later", "2026-05-12", "2026-05-26", "", false, LapseStanding::kCounts},
      {"the last day to cure", "2026-04-11", "2026-05-11", "", false, LapseStanding::kCurePeriod},
      {"a day behind it", "2026-04-11", "2026-05-10", "", false, LapseStanding::kCounts},
      {"ran again on that day", "2026-04-11", "2026-04-26", "2026-05-11", false,
       LapseStanding::kCured},
      {"ran again a day later", "2026-04-11", "2026-04-26", "2026-05-12", false,
       LapseStanding::kCounts},
      {"it was none", "", "", "", true, LapseStanding::kWithdrawn},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    domain::LapseFound lapse{.control = {"END-01"}, .from = day("2026-04-01")};
    if (!row.noticed.empty()) lapse.noticed_on = day(row.noticed);
    if (!row.cure_by.empty()) lapse.cure_by = day(row.cure_by);
    if (!row.cured.empty()) lapse.cured_on = day(row.cured);
    lapse.withdrawn = row.withdrawn;
    CHECK(lapse_standing(lapse, day("2026-05-11")) == row.standing);
    CHECK(lapsed_control(lapse, day("2026-05-11")).days == 40);
  }
}

}  // namespace
}  // namespace anlan::claims
