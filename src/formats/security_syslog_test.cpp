#include "formats/security_syslog.h"

#include <fstream>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "formats/security_refusals.h"

namespace anlan::formats {
namespace {

struct Reading {
  std::vector<SyslogEvent> events;
  SecurityTally tally;
};

SyslogOptions received_on(std::string_view date) {
  return {.received = parse_date(date, "test").value(), .offset = {}};
}

Reading read_file(const char* path, const SyslogOptions& options) {
  Reading reading;
  std::ifstream file(path, std::ios::binary);
  if (!file) return reading;
  SyslogReader reader(options, [&](const SyslogEvent& event) { reading.events.push_back(event); });
  for (std::string chunk(4096, '\0'); file.read(chunk.data(), 4096) || file.gcount() > 0;) {
    reader.feed(std::string_view(chunk).substr(0, static_cast<std::size_t>(file.gcount())));
  }
  reader.finish();
  reading.tally = reader.tally();
  return reading;
}

Instant instant(std::string_view text) { return parse_instant(text, "test").value(); }

}  // namespace

TEST_CASE("syslog: lines of every form are read") {
  struct Row {
    std::string_view line;
    SyslogEvent event;
  };
  const auto received = received_on("2026-03-06");
  const Row rows[] = {
      // RFC 3164, 5.4, example 1 (with its own priority 34 = facility 4, severity 2)
      {"<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8",
       {.at = instant("2025-10-11T22:14:15+08:00"),
        .host = "mymachine",
        .app = "su",
        .facility = 4,
        .severity = 2,
        .params = {},
        .message = "'su root' failed for lonvick on /dev/pts/8"}},
      // a log file without priority, day padded with a space
      {"Mar  2 08:00:01 pc-01 edr-agent[412]: heartbeat",
       {.at = instant("2026-03-02T08:00:01+08:00"),
        .host = "pc-01",
        .app = "edr-agent",
        .facility = -1,
        .severity = -1,
        .params = {},
        .message = "heartbeat"}},
      {"Mar 02 08:00:01 10.22.8.216 %ASA-7-609001: Built local-host",
       {.at = instant("2026-03-02T08:00:01+08:00"),
        .host = "10.22.8.216",
        .app = "%ASA-7-609001",
        .facility = -1,
        .severity = -1,
        .params = {},
        .message = "Built local-host"}},
      // no tag: all that follows the host is the message
      {"Mar  2 08:00:01 pc-01 last message repeated 2 times",
       {.at = instant("2026-03-02T08:00:01+08:00"),
        .host = "pc-01",
        .app = "",
        .facility = -1,
        .severity = -1,
        .params = {},
        .message = "last message repeated 2 times"}},
      // RFC 5424, 6.5, examples 1, 3 and 4
      {"<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \xEF\xBB\xBF'su root' "
       "failed for lonvick on /dev/pts/8",
       {.at = instant("2003-10-11T22:14:15.003Z"),
        .host = "mymachine.example.com",
        .app = "su",
        .facility = 4,
        .severity = 2,
        .params = {},
        .message = "'su root' failed for lonvick on /dev/pts/8"}},
      {"<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 "
       "iut=\"3\" eventSource=\"Application\" eventID=\"1011\"] An application event log entry...",
       {.at = instant("2003-10-11T22:14:15.003Z"),
        .host = "mymachine.example.com",
        .app = "evntslog",
        .facility = 20,
        .severity = 5,
        .params = {{"exampleSDID@32473", "iut", "3"},
                   {"exampleSDID@32473", "eventSource", "Application"},
                   {"exampleSDID@32473", "eventID", "1011"}},
        .message = "An application event log entry..."}},
      {"<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 "
       "iut=\"3\"][examplePriority@32473 class=\"high\"]",
       {.at = instant("2003-10-11T22:14:15.003Z"),
        .host = "mymachine.example.com",
        .app = "evntslog",
        .facility = 20,
        .severity = 5,
        .params = {{"exampleSDID@32473", "iut", "3"}, {"examplePriority@32473", "class", "high"}},
        .message = ""}},
      // RFC 5424, 6.3.3: escapes
      {R"(<13>1 2026-03-02T08:00:00+08:00 - - - - [x@32473 a="1 \"2\" \\ \] 中"] 消息)",
       {.at = instant("2026-03-02T08:00:00+08:00"),
        .host = "",
        .app = "",
        .facility = 1,
        .severity = 5,
        .params = {{"x@32473", "a", "1 \"2\" \\ ] 中"}},
        .message = "消息"}},
      // rsyslog's file format
      {"2026-03-02T08:00:01.250000+08:00 log-01 rsyslogd: action resumed",
       {.at = instant("2026-03-02T08:00:01.25+08:00"),
        .host = "log-01",
        .app = "rsyslogd",
        .facility = -1,
        .severity = -1,
        .params = {},
        .message = "action resumed"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.line);
    const auto parsed = parse_syslog_line(row.line, received);
    REQUIRE(parsed.ok());
    CHECK(parsed.value() == row.event);
  }
}

TEST_CASE("syslog: RFC 3164 takes the year that ends at most one day after it was received") {
  struct Row {
    std::string_view received, line, expected;
  };
  for (const Row& row :
       {Row{"2026-03-06", "Mar  6 23:59:59 h a: m", "2026-03-06T23:59:59+08:00"},
        Row{"2026-03-06", "Mar  7 01:00:00 h a: m", "2026-03-07T01:00:00+08:00"},
        Row{"2026-03-06", "Mar  8 00:00:00 h a: m", "2025-03-08T00:00:00+08:00"},
        Row{"2026-01-01", "Dec 31 23:00:00 h a: m", "2025-12-31T23:00:00+08:00"},
        Row{"2025-12-31", "Jan  1 00:10:00 h a: m", "2026-01-01T00:10:00+08:00"},
        Row{"2026-03-01", "Feb 29 00:00:00 h a: m", "2024-02-29T00:00:00+08:00"}}) {
    CAPTURE(row.line);
    const auto parsed = parse_syslog_line(row.line, received_on(row.received));
    REQUIRE(parsed.ok());
    CHECK(parsed.value().at == instant(row.expected));
  }
  const SyslogOptions utc{.received = parse_date("2026-03-06", "test").value(),
                          .offset = UtcOffset::from_minutes(0)};
  CHECK(parse_syslog_line("Mar  2 08:00:00 h a: m", utc).value().at ==
        instant("2026-03-02T08:00:00Z"));
}

TEST_CASE("syslog: error and worse are alerts, a line without priority is none") {
  const auto received = received_on("2026-03-06");
  for (int severity = 0; severity < 8; ++severity) {
    const auto parsed = parse_syslog_line(
        "<" + std::to_string(16 * 8 + severity) + ">Mar  2 08:00:00 h a: m", received);
    REQUIRE(parsed.ok());
    CHECK(parsed.value().severity == severity);
    CHECK(parsed.value().alert() == (severity <= 3));
  }
  CHECK(!parse_syslog_line("Mar  2 08:00:00 h a: m", received).value().alert());
}

TEST_CASE("syslog: what is no syslog line is refused and names what was expected") {
  struct Row {
    std::string_view line, expected;
  };
  for (const Row& row : {
           Row{"<192>Mar  2 08:00:00 h a: m", "priority"},
           Row{"<034>Mar  2 08:00:00 h a: m", "priority"},
           Row{"<>Mar  2 08:00:00 h a: m", "priority"},
           Row{"<1x>Mar  2 08:00:00 h a: m", "priority"},
           Row{"<34", "priority"},
           Row{"hello world", "time"},
           Row{"", "time"},
           Row{"Mar 32 08:00:00 h a: m", "time"},
           Row{"Feb 30 08:00:00 h a: m", "time"},
           Row{"Mar  0 08:00:00 h a: m", "time"},
           Row{"Mrz  2 08:00:00 h a: m", "time"},
           Row{"Mar  2 24:00:00 h a: m", "time"},
           Row{"Mar  2 08:60:00 h a: m", "time"},
           Row{"Mar  2 08:00:61 h a: m", "time"},
           Row{"Mar  2 08:00:00", "time"},
           Row{"Mar  2 08:00:00 ", "host"},
           Row{"Mar  2 08:00:00  a: m", "host"},
           Row{"Mar  2 08:00:00 主机 a: m", "host"},
           Row{"<34>1 2026-03-02T08:00:00Z", "host"},
           Row{"<34>1 2026-03-02T08:00:00Z h a -", "APP-NAME PROCID MSGID"},
           Row{"<34>1 2026-03-02T08:00:00Z h a - -", "STRUCTURED-DATA"},
           Row{"<34>1 2026-03-02T08:00:00Z h a - - x", "STRUCTURED-DATA"},
           Row{"<34>1 2026-03-02T08:00:00Z h a - - [x", "STRUCTURED-DATA"},
           Row{"<34>1 2026-03-02T08:00:00Z h a - - [x a=1]", "STRUCTURED-DATA"},
           Row{"<34>1 2026-03-02T08:00:00Z h a - - [x a=\"1]", "STRUCTURED-DATA"},
           Row{"<34>1 2026-03-02T08:00:00Z h a - - [x a=\"1\"]m", "STRUCTURED-DATA"},
       }) {
    CAPTURE(row.line);
    const auto parsed = parse_syslog_line(row.line, received_on("2026-03-06"));
    REQUIRE(!parsed.ok());
    CHECK(parsed.refusal().code == refusals::kSyslogLineMalformed);
    CHECK(parsed.refusal().args ==
          std::vector<RefusalArg>{{.name = "expected", .value = std::string(row.expected)}});
  }
  CHECK(parse_syslog_line("<34>1 - h a - - - m", received_on("2026-03-06")).refusal().code ==
        anlan::refusals::kInstantInvalid);
  CHECK(
      parse_syslog_line("2026-13-02T08:00:00Z h a: m", received_on("2026-03-06")).refusal().code ==
      anlan::refusals::kInstantInvalid);
  CHECK(parse_syslog_line("Mar  2 08:00:00 h a: \xB0\xA2", received_on("2026-03-06"))
            .refusal()
            .code == refusals::kSecurityLineNotUtf8);
}

TEST_CASE("syslog: every prefix and every changed byte of a line is read or refused, never more") {
  const std::string line =
      R"(<165>1 2026-03-02T08:00:00.003Z h app 1 ID [e@1 a="x\"y" b="2"][f c="3"] msg)";
  for (std::size_t i = 0; i <= line.size(); ++i) {
    const auto parsed = parse_syslog_line(line.substr(0, i), received_on("2026-03-06"));
    if (parsed.ok()) CHECK(parsed.value().message.size() <= i);
    for (int byte = 0; byte < 256 && i < line.size(); ++byte) {
      std::string changed = line;
      changed[i] = static_cast<char>(byte);
      const auto read = parse_syslog_line(changed, received_on("2026-03-06"));
      if (read.ok()) CHECK(read.value().params.size() <= 3);
    }
  }
}

TEST_CASE("syslog: the demonstration logs are read without a refusal") {
  struct Row {
    std::string_view name;
    std::size_t hosts;    // that write
    std::size_t devices;  // that they name
  };
  for (const Row& row : {Row{"endpoint.log", 30, 0}, Row{"nbm.log", 1, 30},
                         Row{"logcollector.log", 1, 0}, Row{"mss.log", 1, 0}}) {
    CAPTURE(row.name);
    const std::string path = ANLAN_SOURCE_DIR "/data/demo/telemetry/" + std::string(row.name);
    const Reading reading = read_file(path.c_str(), received_on("2026-03-06"));
    CHECK(reading.tally.lines > 0);
    CHECK(reading.tally.refused == 0);
    std::set<std::string> hosts;
    std::set<std::string_view> devices;
    for (const SyslogEvent& event : reading.events) {
      hosts.insert(event.host);
      if (!param_of(event, "device").empty()) devices.insert(param_of(event, "device"));
      CHECK(event.at >= instant("2026-03-02T00:00:00+08:00"));
      CHECK(event.at < instant("2026-03-07T00:00:00+08:00"));
    }
    CHECK(hosts.size() == row.hosts);
    CHECK(devices.size() == row.devices);
  }
}

TEST_CASE("syslog: a real log of a public sample is understood to the last line") {
  const Reading reading =
      read_file(ANLAN_SOURCE_DIR "/../shared/data/telemetry/linux_auth_syslog.log",
                received_on("2019-04-01"));
  if (reading.tally.lines == 0) {
    MESSAGE("skipped: the public syslog sample is not on this machine");
    return;
  }
  CHECK(reading.tally.lines == 4000);
  CHECK(reading.tally.refused == 0);
  std::set<std::string> hosts;
  std::set<std::string> apps;
  for (const SyslogEvent& event : reading.events) {
    hosts.insert(event.host);
    apps.insert(event.app);
  }
  CHECK(hosts == std::set<std::string>{"ip-10-77-20-248"});
  CHECK(apps.contains("sshd"));
  CHECK(apps.contains("sudo"));
  CHECK(apps.contains("CRON"));
  CHECK(reading.events.front().at == instant("2019-03-27T13:06:56+08:00"));
}

TEST_CASE("syslog: logs of other devices end in events and refusals, and every line is counted") {
  for (const char* name : {"cisco_asa_syslog.log", "paloalto_syslog.log", "fireeye_cef_syslog.log",
                           "lancope_syslog.log", "sourcefire_syslog.log", "cef_samples.log"}) {
    const std::string path = std::string(ANLAN_SOURCE_DIR "/../shared/data/telemetry/") + name;
    const Reading reading = read_file(path.c_str(), received_on("2015-02-01"));
    if (reading.tally.lines == 0) {
      MESSAGE("skipped: ", name, " is not on this machine");
      continue;
    }
    CAPTURE(name);
    CHECK(reading.events.size() + reading.tally.refused == reading.tally.lines);
    if (std::string_view(name) == "paloalto_syslog.log") CHECK(reading.tally.refused == 0);
    if (std::string_view(name) == "lancope_syslog.log") CHECK(reading.events.empty());
  }
}

}  // namespace anlan::formats
