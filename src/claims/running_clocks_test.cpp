#include "claims/running_clocks.h"

#include <doctest/doctest.h>

using namespace anlan;
using namespace anlan::claims;

namespace {

Date day(std::string_view text) { return parse_date(text, "test").value(); }

// 2026: Qingming and Labour Day, with the Saturday worked for it.
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

ClockRecord record(std::string_view on, std::uint64_t seq) { return {.on = day(on), .seq = seq}; }

const RunningClock* find(const std::vector<RunningClock>& clocks, ClockKind kind) {
  for (const RunningClock& clock : clocks) {
    if (clock.kind == kind) return &clock;
  }
  return nullptr;
}

}  // namespace

// REFERENCE.md 3.5, E28: complete documents on 2026-03-02.
TEST_CASE("running clocks: each clock starts at its record, and says met, missed or overdue") {
  struct Row {
    ClockKind kind;
    ClaimRecords records;
    std::string_view today;
    std::string_view due;
    ClockState state;
    std::uint64_t done_seq;
  };
  const ClockRecord documents = record("2026-03-02", 20);
  const std::vector<Row> rows{
      {ClockKind::kDecision,
       {.documents = documents},
       "2026-04-01",
       "2026-04-01",
       ClockState::kRunning,
       0},
      {ClockKind::kDecision,
       {.documents = documents},
       "2026-04-02",
       "2026-04-01",
       ClockState::kOverdue,
       0},
      {ClockKind::kDecision,
       {.documents = documents,
        .decided = record("2026-04-01", 30),
        .agreed = record("2026-04-01", 30)},
       "2026-06-01",
       "2026-04-01",
       ClockState::kMet,
       30},
      {ClockKind::kDecision,
       {.documents = documents,
        .decided = record("2026-04-02", 30),
        .agreed = record("2026-04-02", 30)},
       "2026-06-01",
       "2026-04-01",
       ClockState::kMissed,
       30},
      // The sixtieth day is Labour Day: the period ends behind the holidays.
      {ClockKind::kProvisionalPayment,
       {.documents = documents},
       "2026-05-06",
       "2026-05-06",
       ClockState::kRunning,
       0},
      {ClockKind::kProvisionalPayment,
       {.documents = documents},
       "2026-05-07",
       "2026-05-06",
       ClockState::kOverdue,
       0},
      {ClockKind::kPayment,
       {.documents = documents,
        .decided = record("2026-04-03", 30),
        .agreed = record("2026-04-03", 30),
        .paid = record("2026-04-14", 40),
        .last_paid = record("2026-04-14", 40)},
       "2026-06-01",
       "2026-04-13",
       ClockState::kMissed,
       40},
      {ClockKind::kDenialNotice,
       {.documents = documents,
        .decided = record("2026-03-20", 30),
        .agreed = record("2026-03-20", 30),
        .denied = true,
        .notice = record("2026-03-23", 31)},
       "2026-06-01",
       "2026-03-23",
       ClockState::kMet,
       31},
      {ClockKind::kTermination,
       {.paid = record("2026-04-01", 40), .last_paid = record("2026-04-01", 40)},
       "2026-05-06",
       "2026-05-06",
       ClockState::kRunning,
       0},
      {ClockKind::kTermination,
       {.paid = record("2026-04-01", 40), .last_paid = record("2026-04-01", 40)},
       "2026-05-07",
       "2026-05-06",
       ClockState::kEnded,
       0},
      {ClockKind::kLimitation,
       {.reported = record("2026-03-01", 10), .discovered = day("2026-03-01")},
       "2026-06-01",
       "2028-03-01",
       ClockState::kMet,
       10},
  };
  for (const Row& row : rows) {
    CAPTURE(name_of(row.kind));
    CAPTURE(row.today);
    const auto clocks = running_clocks(row.records, day(row.today), calendar());
    const RunningClock* clock = find(clocks, row.kind);
    REQUIRE(clock != nullptr);
    CHECK(to_text(clock->due) == row.due);
    CHECK(name_of(clock->state) == name_of(row.state));
    CHECK(clock->done_seq == row.done_seq);
  }
}

TEST_CASE("running clocks: a claim that is paid has no clock of denial, a denied one none of pay") {
  ClaimRecords records{.documents = record("2026-03-02", 20),
                       .decided = record("2026-03-20", 30),
                       .agreed = record("2026-03-20", 30)};
  const auto paid = running_clocks(records, day("2026-03-21"), calendar());
  CHECK(find(paid, ClockKind::kPayment) != nullptr);
  CHECK(find(paid, ClockKind::kDenialNotice) == nullptr);
  records.denied = true;
  const auto denied = running_clocks(records, day("2026-03-21"), calendar());
  CHECK(find(denied, ClockKind::kPayment) == nullptr);
  CHECK(find(denied, ClockKind::kDenialNotice) != nullptr);
  CHECK(find(running_clocks({}, day("2026-03-21"), calendar()), ClockKind::kDecision) == nullptr);
}
