// Syslog lines: RFC 3164 (also as log files hold them, without "<PRI>"), the same with an RFC 3339
// time (the file format of rsyslog), and RFC 5424 with structured data.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "formats/security_lines.h"

namespace anlan::formats {

// A parameter of structured data: [element name="value"].
struct SyslogParam {
  std::string element;
  std::string name;
  std::string value;
  bool operator==(const SyslogParam&) const = default;
};

struct SyslogEvent {
  Instant at;
  std::string host;   // empty where RFC 5424 says "-"
  std::string app;    // the tag or APP-NAME, without process id and colon
  int facility = -1;  // 0 to 23; -1: the line has no priority
  int severity = -1;  // 0 emergency to 7 debug; -1: the line has no priority
  std::vector<SyslogParam> params;
  std::string message;
  bool operator==(const SyslogEvent&) const = default;
  // Error or worse (RFC 5424, table 2): 3 error, 2 critical, 1 alert, 0 emergency.
  bool alert() const { return severity >= 0 && severity <= 3; }
};

// The value of the first parameter of that name, or "".
std::string_view param_of(const SyslogEvent& event, std::string_view name);

// RFC 3164 states neither year nor zone. The year is the latest in which the line is not more than
// one day after `received`; the zone is `offset`.
struct SyslogOptions {
  Date received;
  UtcOffset offset;
};

// Refuses kSecurityLineNotUtf8, kSyslogLineMalformed (args expected: the part that is missing) and
// base's kInstantInvalid.
Result<SyslogEvent> parse_syslog_line(std::string_view line, const SyslogOptions& options);

// Reads a log in chunks; `use` sees each event that is understood. Cost: one pass.
class SyslogReader {
 public:
  using Use = std::function<void(const SyslogEvent&)>;
  SyslogReader(SyslogOptions options, Use use);

  void feed(std::string_view chunk) { lines_.feed(chunk); }
  void finish() { lines_.finish(); }
  const SecurityTally& tally() const { return lines_.tally(); }
  std::uint64_t number() const { return lines_.number(); }  // of the line whose event is seen

 private:
  SecurityLines lines_;
};

}  // namespace anlan::formats
