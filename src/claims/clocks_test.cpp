#include "claims/clocks.h"

#include <doctest/doctest.h>

#include "claims/refusals.h"

using namespace anlan;
using namespace anlan::claims;

namespace {

Date day(std::string_view text) { return parse_date(text, "test").value(); }

// 2026: Qingming, Labour Day and the Saturday worked for it.
WorkCalendar calendar() {
  WorkCalendar out;
  out.known_from = day("2026-01-01");
  out.known_until = day("2027-01-01");
  for (const char* text : {"2026-04-04", "2026-04-05", "2026-04-06", "2026-05-01", "2026-05-02",
                           "2026-05-03", "2026-05-04", "2026-05-05"}) {
    out.rest_days.push_back(day(text));
  }
  out.work_days = {day("2026-05-09")};
  return out;
}

}  // namespace

// REFERENCE.md 3.5, E28: complete documents on 2026-03-02, agreement on 04-03, denial on 03-20.
TEST_CASE("clocks: the deadlines of E28, the sixtieth day moved past Labour Day") {
  struct Row {
    DayClock clock;
    std::string_view start;
    std::string_view nominal;
    std::string_view due;
  };
  const std::vector<Row> rows{
      {DayClock::kDecision, "2026-03-02", "2026-04-01", "2026-04-01"},
      {DayClock::kProvisionalPayment, "2026-03-02", "2026-05-01", "2026-05-06"},
      {DayClock::kPayment, "2026-04-03", "2026-04-13", "2026-04-13"},
      {DayClock::kDenialNotice, "2026-03-20", "2026-03-23", "2026-03-23"},
      // A Saturday moves to Monday, a Saturday that is worked does not, Qingming moves to Tuesday.
      {DayClock::kDenialNotice, "2026-03-11", "2026-03-14", "2026-03-16"},
      {DayClock::kDenialNotice, "2026-05-06", "2026-05-09", "2026-05-09"},
      {DayClock::kDenialNotice, "2026-04-02", "2026-04-05", "2026-04-07"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.start);
    const Deadline out = deadline(row.clock, day(row.start), calendar());
    CHECK(to_text(out.nominal) == row.nominal);
    CHECK(to_text(out.due) == row.due);
    CHECK(out.calendar_known);
  }
}

TEST_CASE("clocks: a deadline beyond the known holidays says so and still keeps weekends") {
  const Deadline out = deadline(DayClock::kDecision, day("2026-12-03"), calendar());
  CHECK(to_text(out.nominal) == "2027-01-02");  // a Saturday
  CHECK(to_text(out.due) == "2027-01-04");
  CHECK_FALSE(out.calendar_known);
}

TEST_CASE("clocks: each statutory period stands with its article") {
  std::string all;
  for (const DayClockRule& rule : day_clocks()) {
    all += std::string(name_of(rule.clock)) + " " + std::to_string(rule.days) + " art " +
           std::string(rule.article) + "; ";
  }
  CHECK(all ==
        "decision 30 art 23; payment 10 art 23; denial_notice 3 art 24; "
        "provisional_payment 60 art 25; ");
}

TEST_CASE("clocks: incidents are reported within 1, 2 or 4 hours of discovery, holiday or not") {
  const Instant found = parse_instant("2026-05-01T23:30:00+08:00", "test").value();
  CHECK(to_text(incident_report_due(ReportingBody::kCriticalInfrastructure, found)) ==
        "2026-05-02T00:30:00+08:00");
  CHECK(to_text(incident_report_due(ReportingBody::kCentralOrgan, found)) ==
        "2026-05-02T01:30:00+08:00");
  CHECK(to_text(incident_report_due(ReportingBody::kOther, found)) == "2026-05-02T03:30:00+08:00");
}

TEST_CASE("clocks: missing documents are asked for once") {
  CHECK(may_ask_documents({}).ok());
  const auto second = may_ask_documents(day("2026-03-05"));
  REQUIRE_FALSE(second.ok());
  CHECK(second.refusal().code == claims::refusals::kDocumentsAskedBefore);
  CHECK(second.refusal().value == "2026-03-05");
}
