#include "terms/hours.h"

#include <doctest/doctest.h>

using namespace anlan;
using namespace anlan::terms;

namespace {

Outage flat(std::int64_t minutes, std::int64_t hourly) {
  return Outage{
      .minutes = minutes,
      .hourly = std::vector<std::int64_t>(static_cast<std::size_t>((minutes + 59) / 60), hourly)};
}

}  // namespace

TEST_CASE("hours: the outage in minutes, not the number of started hours, must exceed the wait") {
  const TimeTerms time{.waiting_hours = 12};
  CHECK(time_loss(time, flat(720, 10)).payable == 0);
  CHECK(time_loss(time, flat(720, 10)).within_waiting);
  CHECK(time_loss(time, flat(721, 10)).payable == 10);
}

TEST_CASE("hours: an indemnity period counts from the outage or from the end of the wait") {
  struct Row {
    TimeTerms time;
    std::int64_t payable;
  };
  // 100 hours at 10, a wait of 10 hours, an indemnity period of 24.
  const Row rows[] = {
      {{.waiting_hours = 10, .indemnity_hours = 24}, 240},
      {{.waiting_hours = 10,
        .indemnity_hours = 24,
        .indemnity_start = IndemnityStart::kOutageStart},
       140},
      {{.mode = TimeMode::kQualifying, .waiting_hours = 10, .indemnity_hours = 24}, 240},
      {{.mode = TimeMode::kGreaterOf, .waiting_hours = 10, .monetary = 5, .indemnity_hours = 24},
       140},
      {{.mode = TimeMode::kGreaterOf,
        .waiting_hours = 10,
        .monetary = 5,
        .indemnity_hours = 24,
        .indemnity_start = IndemnityStart::kWaitingEnd},
       240},
      {{.mode = TimeMode::kMonetaryOnly, .waiting_hours = 10, .monetary = 5, .indemnity_hours = 24},
       235},
      {{.waiting_hours = 10, .indemnity_hours = 0}, 0},
      {{.waiting_hours = 30,
        .indemnity_hours = 24,
        .indemnity_start = IndemnityStart::kOutageStart},
       0},
  };
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    CAPTURE(i);
    CHECK(time_loss(rows[i].time, flat(6000, 10)).payable == rows[i].payable);
  }
}

TEST_CASE("hours: the daily amount counts days that are payable, started or completed") {
  struct Row {
    TimeTerms time;
    std::int64_t minutes;
    std::int64_t payable;
  };
  const auto started = DayCounting::kStarted;
  const auto completed = DayCounting::kCompleted;
  // 1,000 an hour, so the daily amount of 100 always decides where a day counts.
  const Row rows[] = {
      {{.daily_amount = 100, .day_counting = started}, 1440, 100},
      {{.daily_amount = 100, .day_counting = started}, 1441, 200},
      {{.daily_amount = 100, .day_counting = completed}, 1439, 0},
      {{.daily_amount = 100, .day_counting = completed}, 2880, 200},
      {{.waiting_hours = 12, .daily_amount = 100, .day_counting = started}, 1441 + 720, 200},
      {{.waiting_hours = 12, .daily_amount = 100, .day_counting = completed}, 1440 + 719, 0},
      {{.mode = TimeMode::kQualifying, .waiting_hours = 12, .daily_amount = 100}, 1441, 200},
      {{.indemnity_hours = 24, .daily_amount = 100}, 6000, 100},
  };
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    CAPTURE(i);
    CHECK(time_loss(rows[i].time, flat(rows[i].minutes, 1000)).payable == rows[i].payable);
  }
}

TEST_CASE("hours: the daily amount never pays more than the actual loss") {
  CHECK(time_loss(TimeTerms{.daily_amount = 1'000'000}, flat(1440, 10)).payable == 240);
}

TEST_CASE("hours: no outage is no loss") {
  const TimeLoss<std::int64_t> loss = time_loss(TimeTerms{.waiting_hours = 8}, Outage{});
  CHECK(loss.gross == 0);
  CHECK(loss.payable == 0);
}

TEST_CASE("hours: the column form computes the same in floating point") {
  const TimeTerms time{.mode = TimeMode::kGreaterOf, .waiting_hours = 3, .monetary = 100};
  const std::vector<double> hourly = {10, 20, 30, 400, 500};
  CHECK(time_loss<double>(time, 300, hourly).payable == 860.0);
}
