// Envelopes of syslog and what programs of Linux say in them.
#include <algorithm>
#include <array>

#include "formats/telemetry_readers.h"
#include "formats/telemetry_time.h"

namespace anlan::formats {
namespace {

using enum TelemetryMeaning;

constexpr int kPriorityMax = 191;      // RFC 5424, 6.2.1
constexpr std::size_t kWordMax = 255;  // bytes of a host or a tag

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view next_word(std::string_view& rest) {
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  const std::string_view word = rest.substr(0, std::min(rest.find(' '), rest.size()));
  rest.remove_prefix(word.size());
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  return word;
}

// "<34>" at the front; nothing is taken where there is none.
bool take_priority(std::string_view& rest, TelemetryRecord& record) {
  const std::size_t end = rest.starts_with('<') ? rest.find('>') : std::string_view::npos;
  if (end == std::string_view::npos || end < 2 || end > 4) return false;
  const auto priority = whole_of(rest.substr(1, end - 1));
  if (!priority || *priority < 0 || *priority > kPriorityMax) return false;
  constexpr std::array kSeverities{6, 5, 5, 4, 3, 2, 1, 1};  // RFC 5424, table 2
  record.severity_id = kSeverities[static_cast<std::size_t>(*priority % 8)];
  rest.remove_prefix(end + 1);
  return true;
}

// The time at the front, in one word ("2026-03-02T08:00:00+08:00"), in three ("Mar  2 08:00:00"),
// or in four with the year.
bool take_time(std::string_view& rest, TelemetryLine& line) {
  const auto use = [&](std::size_t size) {
    if (size == 0 || size > rest.size()) return false;
    std::string_view text = rest.substr(0, size);
    if (text.ends_with(':')) text.remove_suffix(1);  // as Cisco writes it
    const auto read = read_telemetry_time(text, line.options);
    if (!read) return false;
    line.record.at = read->at;
    line.record.time_note = read->note;
    rest.remove_prefix(size);
    if (rest.starts_with(' ')) rest.remove_prefix(1);
    return true;
  };
  if (rest.empty()) return false;
  if (is_digit(rest[0]) && rest.size() > 10 && rest[4] == '-')
    return use(std::min(rest.find(' '), rest.size()));
  if (rest.size() < 15 || rest[3] != ' ') return false;
  // Three words, then four: with a year.
  std::size_t at = 0;
  for (int words = 1; words <= 4; ++words) {
    while (at < rest.size() && rest[at] == ' ') ++at;
    at = std::min(rest.find(' ', at), rest.size());
    if (words >= 3 && use(at)) return true;
  }
  return false;
}

bool is_word(std::string_view word) {
  return !word.empty() && word.size() <= kWordMax &&
         std::all_of(word.begin(), word.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

bool carries_format(std::string_view rest) {
  return is_cef(rest) || is_leef(rest) || is_asa(rest) || is_palo_alto(rest);
}

// "sshd[812]: " at the front: the tag.
std::string_view take_tag(std::string_view& rest) {
  if (carries_format(rest)) return {};
  const std::size_t end = rest.find_first_of("[: ");
  if (end == std::string_view::npos || rest[end] == ' ' || !is_word(rest.substr(0, end))) return {};
  const std::size_t colon = rest.find(':', end);
  if (colon == std::string_view::npos || colon > end + 16) return {};
  const std::string_view tag = rest.substr(0, end);
  rest.remove_prefix(colon + 1);
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  return tag;
}

// Structured data of RFC 5424 as fields "element.name".
bool take_structured_data(std::string_view& rest, TelemetryFields& fields) {
  if (rest.starts_with('-')) {
    rest.remove_prefix(1);
    return rest.empty() || rest[0] == ' ';
  }
  if (!rest.starts_with('[')) return false;
  while (rest.starts_with('[')) {
    rest.remove_prefix(1);
    const std::string_view element =
        rest.substr(0, std::min(rest.find_first_of(" ]"), rest.size()));
    if (!is_word(element)) return false;
    rest.remove_prefix(element.size());
    while (rest.starts_with(' ')) {
      rest.remove_prefix(1);
      const std::size_t equals = rest.find("=\"");
      if (equals == std::string_view::npos || !is_word(rest.substr(0, equals))) return false;
      const std::string_view name = fields.joined(element, rest.substr(0, equals));
      rest.remove_prefix(equals + 2);
      std::size_t end = 0;
      while (end < rest.size() && rest[end] != '"') end += rest[end] == '\\' ? 2 : 1;
      if (end >= rest.size() || name.empty() || !fields.add(name, rest.substr(0, end)))
        return false;
      rest.remove_prefix(end + 1);
    }
    if (!rest.starts_with(']')) return false;
    rest.remove_prefix(1);
  }
  return rest.empty() || rest[0] == ' ';
}

// RFC 5424 after "<PRI>1 "; false: it is none.
bool take_long(std::string_view& rest, TelemetryLine& line, SyslogEnvelope& out) {
  std::string_view time = next_word(rest);
  if (time != "-") {
    const auto read = read_telemetry_time(time, line.options);
    if (!read) return false;
    line.record.at = read->at;
    line.record.time_note = read->note;
  }
  const std::string_view host = next_word(rest);
  const std::string_view app = next_word(rest);
  const std::string_view process = next_word(rest);
  const std::string_view message_id = next_word(rest);
  if (!is_word(host) || !is_word(app) || !is_word(process) || !is_word(message_id)) return false;
  if (host != "-") line.record.host = host;
  if (app != "-") out.program = app;
  if (!take_structured_data(rest, line.fields)) return false;
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (rest.starts_with(kByteOrderMark)) rest.remove_prefix(kByteOrderMark.size());
  return true;
}

}  // namespace

SyslogEnvelope open_syslog(std::string_view text, TelemetryLine& line) {
  SyslogEnvelope out;
  std::string_view rest = text;
  out.priority = take_priority(rest, line.record);
  if (out.priority && rest.starts_with("1 ")) {
    std::string_view inner = rest.substr(2);
    if (take_long(inner, line, out)) {
      out.found = true;
      out.rest = inner;
      return out;
    }
    out.program = {};
  }
  const bool timed = take_time(rest, line);
  if (!timed && !out.priority) return out;
  out.found = true;
  if (timed && !carries_format(rest)) {
    std::string_view after = rest;
    const std::string_view host = next_word(after);
    // "host: %ASA" and "host : %ASA" are forms of Cisco.
    if (is_word(host) && host.find_first_of("[{") == std::string_view::npos) {
      line.record.host = host.ends_with(':') ? host.substr(0, host.size() - 1) : host;
      rest = after;
      if (rest.starts_with(": ")) rest.remove_prefix(2);
    }
  }
  out.program = take_tag(rest);
  out.rest = rest;
  return out;
}

namespace {

// What a message of a program holds: the first part that is there decides.
struct Saying {
  std::string_view program;  // empty: any
  std::string_view part;
  int class_uid;
  int activity_id;
  TelemetryMeaning meaning;
  int severity;
};
constexpr std::array kSayings{
    Saying{"sshd", "Accepted ", ocsf::kAuthentication, 1, kLogin, 1},
    Saying{"sshd", "Failed ", ocsf::kAuthentication, 1, kLoginFailed, 3},
    Saying{"sshd", "Invalid user", ocsf::kAuthentication, 1, kLoginFailed, 3},
    Saying{"", "authentication failure", ocsf::kAuthentication, 1, kLoginFailed, 3},
    Saying{"", "session opened", ocsf::kAuthentication, 1, kLogin, 1},
    Saying{"", "session closed", ocsf::kAuthentication, 2, kLogin, 1},
    Saying{"systemd-logind", "New session", ocsf::kAuthentication, 1, kLogin, 1},
    Saying{"sudo", "COMMAND=", ocsf::kProcess, 1, kProcess, 1},
    Saying{"CRON", "CMD", ocsf::kScheduledJob, 1, kProcess, 1},
    Saying{"useradd", "", ocsf::kAccountChange, 1, kAccountChange, 2},
    Saying{"groupadd", "", ocsf::kAccountChange, 1, kAccountChange, 2},
    Saying{"userdel", "", ocsf::kAccountChange, 6, kAccountChange, 2},
    Saying{"usermod", "", ocsf::kAccountChange, 0, kAccountChange, 2},
    Saying{"chpasswd", "", ocsf::kAccountChange, 3, kAccountChange, 2},
    Saying{"passwd", "", ocsf::kAccountChange, 3, kAccountChange, 2},
    Saying{"fail2ban", "] Ban ", ocsf::kDetection, 1, kBlocked, 3},
    Saying{"fail2ban", "] Found ", ocsf::kDetection, 1, kAlert, 2},
    Saying{"fail2ban", "", ocsf::kConfigState, 1, kRunning, 1},
    Saying{"", "ModSecurity: Access denied", ocsf::kDetection, 1, kBlocked, 3},
    Saying{"", "ModSecurity: Warning", ocsf::kDetection, 1, kAlert, 3},
    Saying{"", "BLOCK", ocsf::kNetwork, 5, kBlocked, 2},
    Saying{"rsyslogd", "", ocsf::kConfigState, 1, kRunning, 1},
    Saying{"chronyd", "Selected source", ocsf::kConfigState, 1, kRunning, 1},
    Saying{"unattended-upgrade", "installed", ocsf::kSoftware, 1, kUpdate, 1},
};

}  // namespace

void read_program(std::string_view program, std::string_view message, TelemetryLine& line) {
  TelemetryRecord& record = line.record;
  record.product = program;
  record.message = message;
  record.kind = program;
  set_class(record, ocsf::kBase, 0, kEvent);
  for (const Saying& saying : kSayings) {
    if (!saying.program.empty() && !program.starts_with(saying.program)) continue;
    if (!holds(message, saying.part)) continue;
    set_class(record, saying.class_uid, saying.activity_id, saying.meaning);
    record.severity_id = std::max(record.severity_id, saying.severity);
    return;
  }
  if (record.severity_id == 0) record.severity_id = 1;
  if (record.severity_id >= 4) record.meaning = kTrouble;
}

}  // namespace anlan::formats
