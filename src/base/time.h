// Date (no zone, for cover), Instant (UTC, for incidents and the journal), UtcOffset of a policy.
// Calendar arithmetic only; nothing here reads a clock. Intervals are half-open [start, end).
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace anlan {

class Date {
 public:
  constexpr Date() = default;  // 1970-01-01
  static constexpr Date from_days(std::int32_t days_since_1970) { return Date(days_since_1970); }
  constexpr std::int32_t days() const { return days_; }
  std::chrono::year_month_day calendar() const;
  auto operator<=>(const Date&) const = default;

 private:
  explicit constexpr Date(std::int32_t days) : days_(days) {}
  std::int32_t days_ = 0;
};

Result<Date> parse_date(std::string_view text,
                        std::string_view path);  // "2026-03-01"; kDateInvalid
std::string to_text(Date date);
Date plus_days(Date date, std::int32_t days);
// The same day n years later; 29 February becomes 1 March where the year has none.
Date plus_years(Date date, int years);
inline std::int32_t days_between(Date from, Date until) { return until.days() - from.days(); }

class UtcOffset {
 public:
  constexpr UtcOffset() = default;  // +08:00, Beijing
  static constexpr UtcOffset from_minutes(std::int32_t minutes) { return UtcOffset(minutes); }
  constexpr std::int32_t minutes() const { return minutes_; }
  auto operator<=>(const UtcOffset&) const = default;

 private:
  explicit constexpr UtcOffset(std::int32_t minutes) : minutes_(minutes) {}
  std::int32_t minutes_ = 480;
};

// Microseconds since 1970-01-01T00:00:00Z.
class Instant {
 public:
  constexpr Instant() = default;
  static constexpr Instant from_micros(std::int64_t micros) { return Instant(micros); }
  constexpr std::int64_t micros() const { return micros_; }
  auto operator<=>(const Instant&) const = default;

 private:
  explicit constexpr Instant(std::int64_t micros) : micros_(micros) {}
  std::int64_t micros_ = 0;
};

// RFC 3339 with zone: "2026-03-01T02:00:00+08:00", seconds and up to six decimals optional, "Z"
// allowed. Years 1970 to 2199. Refuses kInstantInvalid.
Result<Instant> parse_instant(std::string_view text, std::string_view path);
std::string to_text(Instant instant, UtcOffset offset = {});  // to the second, with zone
Instant start_of_day(Date date, UtcOffset offset = {});
Date date_of(Instant instant, UtcOffset offset = {});
Instant plus_minutes(Instant instant, std::int64_t minutes);
inline std::int64_t minutes_between(Instant from, Instant until) {  // whole minutes, down
  return (until.micros() - from.micros()) / 60'000'000;
}
// Hour of the week 0..167 in the given zone; 0 is Monday 00:00-01:00.
int hour_of_week(Instant instant, UtcOffset offset = {});

}  // namespace anlan
