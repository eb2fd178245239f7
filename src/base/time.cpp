#include "base/time.h"

#include <fmt/core.h>

#include "base/check.h"
#include "base/refusals.h"

namespace anlan {
namespace {

constexpr std::int64_t kMicrosPerMinute = 60'000'000;
constexpr std::int64_t kMicrosPerDay = 86'400'000'000;
constexpr int kYearMin = 1970;  // no cover and no incident of this system is older
constexpr int kYearMax = 2199;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a % b < 0) != (b < 0) ? 1 : 0);
}

// Reads exactly `count` digits at `at`; -1 when one is missing.
int digits_at(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

bool read_date(std::string_view text, Date& out) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const int year = digits_at(text, 0, 4);
  const int month = digits_at(text, 5, 2);
  const int day = digits_at(text, 8, 2);
  if (year < kYearMin || year > kYearMax || month < 1 || day < 1) return false;
  const std::chrono::year_month_day calendar{std::chrono::year{year},
                                             std::chrono::month{static_cast<unsigned>(month)},
                                             std::chrono::day{static_cast<unsigned>(day)}};
  if (!calendar.ok()) return false;
  out = Date::from_days(std::chrono::sys_days{calendar}.time_since_epoch().count());
  return true;
}

// "Z" or "+08:00"; minutes east of UTC.
bool read_zone(std::string_view text, int& minutes) {
  if (text == "Z") {
    minutes = 0;
    return true;
  }
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return false;
  const int hours = digits_at(text, 1, 2);
  const int rest = digits_at(text, 4, 2);
  if (hours < 0 || hours > 14 || rest < 0 || rest > 59) return false;
  minutes = (text[0] == '-' ? -1 : 1) * (hours * 60 + rest);
  return true;
}

// Optional ":SS" and ".ffffff" at the front of `text`, which keeps what follows.
bool read_seconds(std::string_view& text, std::int64_t& micros) {
  micros = 0;
  if (text.empty() || text[0] != ':') return true;
  const int seconds = digits_at(text, 1, 2);
  if (seconds < 0 || seconds > 59) return false;
  micros = seconds * 1'000'000LL;
  text.remove_prefix(3);
  if (text.empty() || text[0] != '.') return true;
  std::size_t used = 1;
  std::int64_t scale = 100'000;
  while (used < text.size() && text[used] >= '0' && text[used] <= '9') {
    if (scale == 0) return false;
    micros += (text[used] - '0') * scale;
    scale /= 10;
    ++used;
  }
  text.remove_prefix(used);
  return used > 1;
}

bool read_instant(std::string_view text, Instant& out) {
  Date date;
  if (text.size() < 17 || text[10] != 'T' || !read_date(text.substr(0, 10), date)) return false;
  const int hour = digits_at(text, 11, 2);
  const int minute = digits_at(text, 14, 2);
  if (hour < 0 || hour > 23 || text[13] != ':' || minute < 0 || minute > 59) return false;
  std::string_view rest = text.substr(16);
  std::int64_t micros = 0;
  int zone = 0;
  if (!read_seconds(rest, micros) || !read_zone(rest, zone)) return false;
  out = Instant::from_micros(date.days() * kMicrosPerDay +
                             (hour * 60 + minute - zone) * kMicrosPerMinute + micros);
  return true;
}

Refusal refuse(RefusalCode code, std::string_view path, std::string_view text) {
  return Refusal{
      .code = code, .path = std::string(path), .value = std::string(text), .args = {}, .at = {}};
}

}  // namespace

std::chrono::year_month_day Date::calendar() const {
  return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{days_}}};
}

Result<Date> parse_date(std::string_view text, std::string_view path) {
  Date date;
  if (!read_date(text, date)) return refuse(refusals::kDateInvalid, path, text);
  return date;
}

std::string to_text(Date date) {
  const auto calendar = date.calendar();
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(calendar.year()),
                     static_cast<unsigned>(calendar.month()),
                     static_cast<unsigned>(calendar.day()));
}

Date plus_days(Date date, std::int32_t days) { return Date::from_days(date.days() + days); }

Date plus_years(Date date, int years) {
  const auto moved = date.calendar() + std::chrono::years{years};
  if (moved.ok()) return Date::from_days(std::chrono::sys_days{moved}.time_since_epoch().count());
  // Only 29 February can fail to exist.
  return plus_days(
      Date::from_days(std::chrono::sys_days{moved.year() / moved.month() / std::chrono::day{28}}
                          .time_since_epoch()
                          .count()),
      1);
}

Result<Instant> parse_instant(std::string_view text, std::string_view path) {
  Instant instant;
  if (!read_instant(text, instant)) return refuse(refusals::kInstantInvalid, path, text);
  return instant;
}

std::string to_text(Instant instant, UtcOffset offset) {
  const std::int64_t local = instant.micros() + offset.minutes() * kMicrosPerMinute;
  const std::int64_t day = floor_div(local, kMicrosPerDay);
  const std::int64_t seconds = (local - day * kMicrosPerDay) / 1'000'000;
  const int zone = offset.minutes() < 0 ? -offset.minutes() : offset.minutes();
  return fmt::format("{}T{:02}:{:02}:{:02}{}{:02}:{:02}",
                     to_text(Date::from_days(static_cast<std::int32_t>(day))), seconds / 3600,
                     seconds / 60 % 60, seconds % 60, offset.minutes() < 0 ? '-' : '+', zone / 60,
                     zone % 60);
}

Instant start_of_day(Date date, UtcOffset offset) {
  return Instant::from_micros(date.days() * kMicrosPerDay - offset.minutes() * kMicrosPerMinute);
}

Date date_of(Instant instant, UtcOffset offset) {
  const std::int64_t local = instant.micros() + offset.minutes() * kMicrosPerMinute;
  return Date::from_days(static_cast<std::int32_t>(floor_div(local, kMicrosPerDay)));
}

Instant plus_minutes(Instant instant, std::int64_t minutes) {
  return Instant::from_micros(instant.micros() + minutes * kMicrosPerMinute);
}

int hour_of_week(Instant instant, UtcOffset offset) {
  const std::int64_t local = instant.micros() + offset.minutes() * kMicrosPerMinute;
  const std::int64_t hours = floor_div(local, 60 * kMicrosPerMinute);
  const std::int64_t since_monday = hours + 3 * 24;  // 1970-01-01 was a Thursday
  return static_cast<int>(since_monday - floor_div(since_monday, 168) * 168);
}

}  // namespace anlan
