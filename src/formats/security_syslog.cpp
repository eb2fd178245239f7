#include "formats/security_syslog.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/utf8.h"
#include "formats/security_refusals.h"

namespace anlan::formats {
namespace {

constexpr std::size_t kHostMax = 255;  // RFC 5424, 6: HOSTNAME
constexpr std::size_t kParamsMax = 64;
constexpr int kPriorityMax = 191;  // RFC 5424, 6.2.1
constexpr int kYearsSearched = 8;  // 29 February comes back within eight years

Refusal malformed(std::string_view line, std::string_view expected) {
  return Refusal{.code = refusals::kSyslogLineMalformed,
                 .path = "line",
                 .value = std::string(line),
                 .args = {{.name = "expected", .value = std::string(expected)}},
                 .at = {}};
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    if (static_cast<unsigned char>(text[0]) < 0x80) {
      text.remove_prefix(1);
      continue;
    }
    const CodePoint next = first_code_point(text);
    if (!next.valid) return false;
    text.remove_prefix(next.bytes);
  }
  return true;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The word up to the next space, which is taken off too.
std::string_view next_word(std::string_view& rest) {
  const std::size_t end = std::min(rest.find(' '), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

bool is_printable(std::string_view word) {
  return !word.empty() && word.size() <= kHostMax &&
         std::all_of(word.begin(), word.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

// "<34>" at the front; false: it begins like one and is none.
bool read_priority(std::string_view& rest, SyslogEvent& event) {
  if (!rest.starts_with('<')) return true;
  const std::size_t end = rest.find('>');
  if (end == std::string_view::npos || end < 2 || end > 4) return false;
  const std::string_view digits = rest.substr(1, end - 1);
  if (!std::all_of(digits.begin(), digits.end(), is_digit)) return false;
  if (digits.size() > 1 && digits[0] == '0') return false;
  int priority = 0;
  for (const char c : digits) priority = priority * 10 + (c - '0');
  if (priority > kPriorityMax) return false;
  event.facility = priority / 8;
  event.severity = priority % 8;
  rest.remove_prefix(end + 1);
  return true;
}

int month_number(std::string_view name) {
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto* const found = std::find(kMonths.begin(), kMonths.end(), name);
  return found == kMonths.end() ? 0 : static_cast<int>(found - kMonths.begin()) + 1;
}

// Two digits, the first of which may be a space: -1 when they are none.
int two_digits(std::string_view text) {
  if (text.size() != 2 || !is_digit(text[1])) return -1;
  if (text[0] == ' ') return text[1] - '0';
  return is_digit(text[0]) ? (text[0] - '0') * 10 + (text[1] - '0') : -1;
}

// The latest date of that month and day that is not after `last`; false: there is none.
bool date_before(int month, int day, Date last, Date& out) {
  const int newest = static_cast<int>(last.calendar().year());
  for (int year = newest; year > newest - kYearsSearched; --year) {
    const std::chrono::year_month_day calendar{std::chrono::year{year},
                                               std::chrono::month{static_cast<unsigned>(month)},
                                               std::chrono::day{static_cast<unsigned>(day)}};
    if (!calendar.ok()) continue;
    out = Date::from_days(std::chrono::sys_days{calendar}.time_since_epoch().count());
    if (out <= last) return true;
  }
  return false;
}

// "Mar  2 08:00:01 " at the front (RFC 3164, 4.1.2).
bool read_short_time(std::string_view& rest, const SyslogOptions& options, Instant& at) {
  constexpr std::size_t kLength = 15;  // "Mmm dd hh:mm:ss"
  if (rest.size() < kLength + 1 || rest[kLength] != ' ') return false;
  if (rest[3] != ' ' || rest[6] != ' ' || rest[9] != ':' || rest[12] != ':') return false;
  const int month = month_number(rest.substr(0, 3));
  const int day = two_digits(rest.substr(4, 2));
  const int hour = two_digits(rest.substr(7, 2));
  const int minute = two_digits(rest.substr(10, 2));
  const int second = two_digits(rest.substr(13, 2));
  if (month < 1 || day < 1 || hour < 0 || hour > 23 || minute < 0 || minute > 59) return false;
  if (second < 0 || second > 59) return false;
  Date date;
  if (!date_before(month, day, plus_days(options.received, 1), date)) return false;
  const Instant start = start_of_day(date, options.offset);
  at = Instant::from_micros(start.micros() + ((hour * 60 + minute) * 60 + second) * 1'000'000LL);
  rest.remove_prefix(kLength + 1);
  return true;
}

// RFC 3164 and its file forms, after the priority: time, host, tag and message.
Result<SyslogEvent> read_short(std::string_view line, std::string_view rest,
                               const SyslogOptions& options, SyslogEvent event) {
  if (!rest.empty() && is_digit(rest[0])) {
    ANLAN_TRY(event.at, parse_instant(next_word(rest), "timestamp"));
  } else if (!read_short_time(rest, options, event.at)) {
    return malformed(line, "time");
  }
  const std::string_view host = next_word(rest);
  if (!is_printable(host)) return malformed(line, "host");
  event.host = host;
  const std::size_t end = rest.find_first_of("[: ");
  if (end != std::string_view::npos && rest[end] != ' ' && is_printable(rest.substr(0, end))) {
    event.app = rest.substr(0, end);
    const std::size_t colon = rest.find(':', end);
    if (colon != std::string_view::npos) rest.remove_prefix(colon + 1);
    if (rest.starts_with(' ')) rest.remove_prefix(1);
  }
  event.message = rest;
  return event;
}

// `name="value"` at the front, with \" \\ and \] escaped (RFC 5424, 6.3.3).
bool read_param(std::string_view& rest, SyslogParam& param) {
  const std::size_t equals = rest.find('=');
  if (equals == std::string_view::npos || !is_printable(rest.substr(0, equals))) return false;
  param.name = rest.substr(0, equals);
  rest.remove_prefix(equals + 1);
  if (!rest.starts_with('"')) return false;
  rest.remove_prefix(1);
  while (!rest.empty() && rest[0] != '"') {
    const bool escapes =
        rest.size() > 1 && rest[0] == '\\' && (rest[1] == '"' || rest[1] == '\\' || rest[1] == ']');
    if (escapes) rest.remove_prefix(1);
    if (!escapes && rest[0] == ']') return false;
    param.value += rest[0];
    rest.remove_prefix(1);
  }
  if (rest.empty()) return false;
  rest.remove_prefix(1);
  return true;
}

// "-" or one or more "[id name="value" ...]" at the front.
bool read_structured_data(std::string_view& rest, std::vector<SyslogParam>& params) {
  if (rest.starts_with('-')) {
    rest.remove_prefix(1);
    return rest.empty() || rest[0] == ' ';
  }
  if (!rest.starts_with('[')) return false;
  while (rest.starts_with('[')) {
    rest.remove_prefix(1);
    const std::size_t end = rest.find_first_of(" ]");
    if (end == std::string_view::npos || !is_printable(rest.substr(0, end))) return false;
    const std::string element(rest.substr(0, end));
    rest.remove_prefix(end);
    while (rest.starts_with(' ')) {
      rest.remove_prefix(1);
      SyslogParam param{.element = element, .name = "", .value = ""};
      if (params.size() == kParamsMax || !read_param(rest, param)) return false;
      params.push_back(std::move(param));
    }
    if (!rest.starts_with(']')) return false;
    rest.remove_prefix(1);
  }
  return rest.empty() || rest[0] == ' ';
}

std::string_view unless_nil(std::string_view word) {
  return word == "-" ? std::string_view() : word;
}

// RFC 5424 after "<PRI>1 ": TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA [MSG].
Result<SyslogEvent> read_long(std::string_view line, std::string_view rest, SyslogEvent event) {
  ANLAN_TRY(event.at, parse_instant(next_word(rest), "timestamp"));
  const std::string_view host = next_word(rest);
  const std::string_view app = next_word(rest);
  const std::string_view process = next_word(rest);
  const std::string_view message_id = next_word(rest);
  if (!is_printable(host)) return malformed(line, "host");
  if (!is_printable(app) || !is_printable(process) || !is_printable(message_id)) {
    return malformed(line, "APP-NAME PROCID MSGID");
  }
  event.host = unless_nil(host);
  event.app = unless_nil(app);
  if (!read_structured_data(rest, event.params)) return malformed(line, "STRUCTURED-DATA");
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (rest.starts_with(kByteOrderMark)) rest.remove_prefix(kByteOrderMark.size());
  event.message = rest;
  return event;
}

}  // namespace

std::string_view param_of(const SyslogEvent& event, std::string_view name) {
  for (const SyslogParam& param : event.params) {
    if (param.name == name) return param.value;
  }
  return {};
}

Result<SyslogEvent> parse_syslog_line(std::string_view line, const SyslogOptions& options) {
  if (!is_utf8(line)) {
    return Refusal{.code = refusals::kSecurityLineNotUtf8,
                   .path = "line",
                   .value = std::string(line),
                   .args = {},
                   .at = {}};
  }
  SyslogEvent event;
  std::string_view rest = line;
  if (!read_priority(rest, event)) return malformed(line, "priority");
  if (event.severity >= 0 && rest.starts_with("1 ")) {
    return read_long(line, rest.substr(2), std::move(event));
  }
  return read_short(line, rest, options, std::move(event));
}

SyslogReader::SyslogReader(SyslogOptions options, Use use)
    : lines_([options, use = std::move(use)](std::string_view line) -> Result<Done> {
        ANLAN_TRY(const SyslogEvent event, parse_syslog_line(line, options));
        use(event);
        return Done{};
      }) {}

}  // namespace anlan::formats
