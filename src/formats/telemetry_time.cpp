#include "formats/telemetry_time.h"

#include <array>
#include <chrono>
#include <limits>

namespace anlan::formats {
namespace {

constexpr std::int64_t kMicros = 1'000'000;
constexpr std::int64_t kYearFirst = 1970;
constexpr std::int64_t kYearLast = 2199;
constexpr int kYearsSearched = 8;  // 29 February comes back within eight years

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// What is left of a text, read from its front.
class Front {
 public:
  explicit Front(std::string_view text) : rest_(text) {}
  bool done() const { return rest_.empty(); }
  char peek() const { return rest_.empty() ? '\0' : rest_[0]; }
  bool skip(char c) {
    if (peek() != c || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void blanks() {
    while (peek() == ' ') rest_.remove_prefix(1);
  }
  // Between `least` and `most` digits; -1: there are fewer.
  std::int64_t digits(std::size_t least, std::size_t most) {
    constexpr std::uint64_t kMax = std::numeric_limits<std::int64_t>::max();
    std::uint64_t value = 0;  // 19 digits fit
    std::size_t count = 0;
    while (count < most && count < rest_.size() && is_digit(rest_[count]))
      value = value * 10 + static_cast<std::uint64_t>(rest_[count++] - '0');
    if (count < least || value > kMax) return -1;
    rest_.remove_prefix(count);
    return static_cast<std::int64_t>(value);
  }
  std::string_view letters() {
    std::size_t count = 0;
    const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    while (count < rest_.size() && letter(rest_[count])) ++count;
    const std::string_view word = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return word;
  }
  // Decimals after a point, in millionths.
  std::int64_t fraction() {
    if (!skip('.') && !skip(',')) return 0;
    std::int64_t value = 0;
    std::int64_t unit = kMicros;
    while (is_digit(peek())) {
      if (unit > 1) {
        unit /= 10;
        value += (peek() - '0') * unit;
      }
      rest_.remove_prefix(1);
    }
    return value;
  }

 private:
  std::string_view rest_;
};

struct Clock {
  std::int64_t micros = 0;  // of the day
  bool ok = false;
};

Clock read_clock(Front& front) {
  const std::int64_t hour = front.digits(1, 2);
  if (hour < 0 || hour > 23 || !front.skip(':')) return {};
  const std::int64_t minute = front.digits(2, 2);
  if (minute < 0 || minute > 59 || !front.skip(':')) return {};
  const std::int64_t second = front.digits(2, 2);
  if (second < 0 || second > 60) return {};
  return {.micros = ((hour * 60 + minute) * 60 + second) * kMicros + front.fraction(), .ok = true};
}

// Minutes east, where a zone stands at the front; false: something else does.
bool read_zone(Front& front, std::optional<std::int64_t>& minutes) {
  front.blanks();
  if (front.done()) return true;
  if (front.skip('Z')) {
    minutes = 0;
    return front.done();
  }
  const char sign = front.peek();
  if (sign == '+' || sign == '-') {
    front.skip(sign);
    const std::int64_t hours = front.digits(2, 2);
    front.skip(':');
    const std::int64_t part = front.digits(2, 2);
    if (hours < 0 || hours > 23 || part < 0 || part > 59) return false;
    minutes = (sign == '-' ? -1 : 1) * (hours * 60 + part);
    return true;
  }
  const std::string_view word = front.letters();
  if (word != "UTC" && word != "GMT") return false;
  minutes = 0;
  return true;
}

std::optional<std::int64_t> day_number(std::int64_t year, std::int64_t month, std::int64_t day) {
  if (year < kYearFirst || year > kYearLast) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(year)},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date}.time_since_epoch().count();
}

std::optional<TelemetryTime> put_together(std::int64_t day, const Clock& clock, Front& front,
                                          const TelemetryOptions& options) {
  std::optional<std::int64_t> zone;
  if (!read_zone(front, zone)) return std::nullopt;
  const std::int64_t offset = zone.value_or(options.offset.minutes());
  const std::int64_t micros = day * 86'400 * kMicros + clock.micros - offset * 60 * kMicros;
  if (micros < 0) return std::nullopt;
  return TelemetryTime{.at = Instant::from_micros(micros),
                       .note = zone ? TimeNote::kStated : TimeNote::kZoneAssumed};
}

std::optional<TelemetryTime> read_iso(std::string_view text, const TelemetryOptions& options) {
  Front front(text);
  const std::int64_t year = front.digits(4, 4);
  const char mark = front.peek();
  if (year < 0 || (mark != '-' && mark != '/') || !front.skip(mark)) return std::nullopt;
  const std::int64_t month = front.digits(1, 2);
  if (month < 1 || month > 12 || !front.skip(mark)) return std::nullopt;
  const std::int64_t day = front.digits(1, 2);
  const auto number = day_number(year, month, day < 0 ? 0 : day);
  if (!number || (!front.skip('T') && !front.skip(' '))) return std::nullopt;
  const Clock clock = read_clock(front);
  if (!clock.ok) return std::nullopt;
  return put_together(*number, clock, front, options);
}

std::optional<TelemetryTime> read_epoch(std::string_view text) {
  Front front(text);
  const std::int64_t whole = front.digits(9, 19);
  if (whole < 0 || text.size() > 40) return std::nullopt;
  std::int64_t micros = whole;
  if (whole < 100'000'000'000) {
    micros = whole * kMicros + front.fraction();
  } else if (whole < 100'000'000'000'000) {
    micros = whole * 1'000;
    front.fraction();
  } else if (whole >= 100'000'000'000'000'000) {
    micros = whole / 1'000;
  }
  constexpr std::int64_t kLast = std::int64_t{7'258'118'400} * kMicros;  // 2200
  if (!front.done() || micros >= kLast) return std::nullopt;
  return TelemetryTime{.at = Instant::from_micros(micros), .note = TimeNote::kStated};
}

int month_of(std::string_view word) {
  constexpr std::array<std::string_view, 12> kMonths{
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  for (std::size_t i = 0; i < kMonths.size(); ++i)
    if (word == kMonths[i] || word == kMonths[i].substr(0, 3)) return static_cast<int>(i) + 1;
  return 0;
}

// The latest year in which this is not more than one day after `received`.
std::optional<TelemetryTime> without_year(std::int64_t month, std::int64_t day, const Clock& clock,
                                          const TelemetryOptions& options) {
  const Instant last = plus_minutes(options.received, 24 * 60);
  const int newest = static_cast<int>(date_of(last, options.offset).calendar().year());
  for (int year = newest; year > newest - kYearsSearched; --year) {
    const auto number = day_number(year, month, day);
    if (!number) continue;
    const Instant at = Instant::from_micros(*number * 86'400 * kMicros + clock.micros -
                                            std::int64_t{options.offset.minutes()} * 60 * kMicros);
    if (at <= last && at.micros() >= 0)
      return TelemetryTime{.at = at, .note = TimeNote::kYearAssumed};
  }
  return std::nullopt;
}

// "Mar  2 2026 08:00:00 UTC", "Mar  2 08:00:00", "Tue Mar  3 10:00:00 2026".
std::optional<TelemetryTime> read_named(std::string_view text, const TelemetryOptions& options) {
  Front front(text);
  std::int64_t day = front.digits(1, 2);
  front.blanks();
  int month = month_of(front.letters());
  if (month == 0 && day < 0) {  // the day of the week
    front.skip(',');
    front.blanks();
    day = front.digits(1, 2);
    front.blanks();
    month = month_of(front.letters());
  }
  if (month == 0) return std::nullopt;
  front.blanks();
  if (day < 0) day = front.digits(1, 2);
  if (day < 1) return std::nullopt;
  front.skip(',');
  front.blanks();
  Front ahead = front;
  std::int64_t year = ahead.digits(4, 4);
  if (year >= 0) {
    front = ahead;
    front.blanks();
  }
  const Clock clock = read_clock(front);
  if (!clock.ok) return std::nullopt;
  if (year < 0) {
    front.blanks();
    year = front.digits(4, 4);
  }
  if (year < 0) {
    if (!front.done()) return std::nullopt;
    return without_year(month, day, clock, options);
  }
  const auto number = day_number(year, month, day);
  if (!number) return std::nullopt;
  return put_together(*number, clock, front, options);
}

}  // namespace

std::optional<TelemetryTime> read_telemetry_time(std::string_view text,
                                                 const TelemetryOptions& options) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  if (text.empty()) return std::nullopt;
  std::optional<TelemetryTime> read;
  if (is_digit(text[0]) && text.size() > 4 && (text[4] == '-' || text[4] == '/')) {
    read = read_iso(text, options);
  } else if (is_digit(text[0])) {
    read = read_epoch(text);
    if (!read) read = read_named(text, options);
  } else {
    read = read_named(text, options);
  }
  if (read && read->at > plus_minutes(options.received, 24 * 60)) read->note = TimeNote::kAhead;
  return read;
}

}  // namespace anlan::formats
