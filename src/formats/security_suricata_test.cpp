#include "formats/security_suricata.h"

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
  std::vector<EveEvent> events;
  SecurityTally tally;
};

Reading read_eve(std::string_view text, EveOptions options = {}) {
  Reading reading;
  EveReader reader(options, [&](const EveEvent& event) { reading.events.push_back(event); });
  reader.feed(text);
  reader.finish();
  reading.tally = reader.tally();
  return reading;
}

Instant instant(std::string_view text) { return parse_instant(text, "test").value(); }

}  // namespace

TEST_CASE("eve: an alert tells host, severity, action and signature; stats tell that it runs") {
  const Reading reading = read_eve(
      R"({"timestamp":"2026-03-02T08:15:00.123456+0800","event_type":"alert","host":"ips-gw-01","src_ip":"203.0.113.9","alert":{"action":"blocked","severity":1,"signature":"ET SCAN 扫描"}})"
      "\n"
      R"({"timestamp":"2026-03-02T00:20:00+0000","event_type":"stats","host":"ips-gw-01","stats":{"uptime":300}})"
      "\n"
      R"({"timestamp":"2026-03-02T00:25:00Z","event_type":"flow"})"
      "\n"
      R"({"timestamp":"2026-03-02T08:30:00.5+08:00","event_type":"alert","alert":{"action":"allowed","severity":900}})");
  REQUIRE(reading.events.size() == 4);
  CHECK(reading.tally == SecurityTally{.lines = 4, .refused = 0, .first_refused = {}});
  CHECK(reading.events[0] == EveEvent{.at = instant("2026-03-02T08:15:00.123456+08:00"),
                                      .host = "ips-gw-01",
                                      .event_type = "alert",
                                      .alert = true,
                                      .severity = 1,
                                      .blocked = true,
                                      .signature = "ET SCAN 扫描"});
  CHECK(reading.events[1].at == instant("2026-03-02T08:20:00+08:00"));
  CHECK(!reading.events[1].alert);
  CHECK(reading.events[2].host.empty());
  CHECK(reading.events[3].alert);
  CHECK(reading.events[3].severity == 0);
  CHECK(!reading.events[3].blocked);
}

TEST_CASE("eve: zones are read in every form, and local time is taken where the zone is lost") {
  struct Row {
    std::string_view written, expected;
  };
  for (const Row& row : {Row{"2015-03-29T11:01:38.221126-0600", "2015-03-29T17:01:38.221126Z"},
                         Row{"2026-03-02T08:00:00+0000", "2026-03-02T08:00:00Z"},
                         Row{"2026-03-02T08:00:00+08:00", "2026-03-02T00:00:00Z"},
                         Row{"2026-03-02T08:00:00Z", "2026-03-02T08:00:00Z"},
                         Row{"2026-03-02T08:00:00.098186", "2026-03-02T00:00:00.098186Z"},
                         Row{"2026-03-02T08:00:00", "2026-03-02T00:00:00Z"}}) {
    CAPTURE(row.written);
    const Reading reading =
        read_eve("{\"timestamp\":\"" + std::string(row.written) + "\",\"event_type\":\"stats\"}");
    REQUIRE(reading.events.size() == 1);
    CHECK(reading.events[0].at == instant(row.expected));
  }
}

TEST_CASE("eve: a bad line is counted with its reason and the others are read") {
  struct Row {
    std::string line;
    RefusalCode code;
    std::string_view path;
  };
  const std::string time = R"("timestamp":"2026-03-02T08:00:00+0800")";
  const Row rows[] = {
      {"not json", refusals::kEveLineMalformed, "line"},
      {"[1,2]", refusals::kEveLineMalformed, "line"},
      {"{" + time + ",\"event_type\":\"stats\"", refusals::kEveLineMalformed, "line"},
      {"{" + time + ",\"event_type\":\"stats\"} trailing", refusals::kEveLineMalformed, "line"},
      {std::string(5000, '['), refusals::kEveLineMalformed, "line"},
      {"{\"event_type\":\"\xB0\xA2\"}", refusals::kSecurityLineNotUtf8, "line"},
      {"{}", anlan::refusals::kMissingKey, "timestamp"},
      {"{" + time + "}", anlan::refusals::kMissingKey, "event_type"},
      {"{" + time + ",\"event_type\":5}", anlan::refusals::kWrongType, "event_type"},
      {"{" + time + ",\"event_type\":\"stats\",\"host\":[]}", anlan::refusals::kWrongType, "host"},
      {"{" + time + ",\"event_type\":\"stats\",\"host\":\"" + std::string(256, 'h') + "\"}",
       anlan::refusals::kWrongType, "host"},
      {R"({"timestamp":"yesterday","event_type":"stats"})", anlan::refusals::kInstantInvalid,
       "timestamp"},
      {R"({"timestamp":"2026-02-30T08:00:00+0800","event_type":"stats"})",
       anlan::refusals::kInstantInvalid, "timestamp"},
      {R"({"timestamp":"","event_type":"stats"})", anlan::refusals::kInstantInvalid, "timestamp"},
      {std::string(kSecurityLineMax + 1, ' ') + "{}", refusals::kSecurityLineTooLong, "line"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.line.substr(0, 80));
    const std::string good = "{" + time + ",\"event_type\":\"stats\"}";
    const Reading reading = read_eve(good + "\n" + row.line + "\n" + good + "\n");
    CHECK(reading.events.size() == 2);
    CHECK(reading.tally.lines == 3);
    CHECK(reading.tally.refused == 1);
    REQUIRE(reading.tally.first_refused.has_value());
    CHECK(reading.tally.first_refused->code.name == row.code.name);
    CHECK(reading.tally.first_refused->path == row.path);
    CHECK(reading.tally.first_refused->at.line == 2);
  }
}

TEST_CASE("eve: the demonstration log is one gateway with alerts over five days") {
  std::ifstream file(ANLAN_SOURCE_DIR "/data/demo/telemetry/eve.jsonl", std::ios::binary);
  REQUIRE(file);
  const Reading reading = read_eve(std::string(std::istreambuf_iterator<char>(file), {}));
  CHECK(reading.tally.refused == 0);
  std::set<std::string> hosts;
  std::set<std::string> types;
  for (const EveEvent& event : reading.events) {
    hosts.insert(event.host);
    types.insert(event.event_type);
    CHECK(event.at >= instant("2026-03-02T00:00:00+08:00"));
    CHECK(event.at < instant("2026-03-07T00:00:00+08:00"));
  }
  CHECK(hosts == std::set<std::string>{"ips-gw-01"});
  CHECK(types.contains("alert"));
  CHECK(types.contains("stats"));
}

TEST_CASE("eve: real alerts of a public sample are all understood") {
  std::ifstream file(ANLAN_SOURCE_DIR "/../shared/data/telemetry/suricata_eve_alerts.jsonl",
                     std::ios::binary);
  if (!file) {
    MESSAGE("skipped: the public Suricata sample is not on this machine");
    return;
  }
  const Reading reading = read_eve(std::string(std::istreambuf_iterator<char>(file), {}));
  CHECK(reading.tally.lines == 548);
  CHECK(reading.tally.refused == 0);
  CHECK(reading.events.size() == 548);
  for (const EveEvent& event : reading.events) {
    CHECK(event.alert);
    CHECK(event.severity >= 1);
    CHECK(event.at < instant("2021-01-01T00:00:00Z"));
  }
}

}  // namespace anlan::formats
