// Telemetry of every format, from the hand-made files of tests/telemetry and in single lines.
#include "formats/telemetry.h"

#include <filesystem>
#include <fstream>
#include <map>

#include <doctest/doctest.h>

#include "formats/refusals.h"
#include "formats/telemetry_refusals.h"
#include "formats/telemetry_time.h"

namespace anlan::formats {
namespace {

namespace fs = std::filesystem;

TelemetryOptions noon() {
  return {.format = {},
          .received = parse_instant("2026-03-05T12:00:00+08:00", "t").value(),
          .offset = {}};
}

std::string contents(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  REQUIRE(in.good());
  return {std::istreambuf_iterator<char>(in), {}};
}

// A record with texts of its own.
struct Kept {
  TelemetryFormat format;
  int class_uid;
  int severity;
  TelemetryMeaning meaning;
  std::string at;
  TimeNote note;
  std::string host, product, kind, message;
  std::map<std::string, std::string> known, unknown;
  std::string fault;
  std::string path;
  int line;
};

std::vector<Kept> all_of(std::string_view text, TelemetryTally* tally = nullptr,
                         const TelemetryOptions& options = noon()) {
  std::vector<Kept> out;
  const auto counted = read_telemetry(text, options, [&](const TelemetryRecord& record) {
    Kept kept{.format = record.format,
              .class_uid = record.class_uid,
              .severity = record.severity_id,
              .meaning = record.meaning,
              .at = record.at ? to_text(*record.at) : "",
              .note = record.time_note,
              .host = std::string(record.host),
              .product = std::string(record.product),
              .kind = std::string(record.kind),
              .message = std::string(record.message),
              .known = {},
              .unknown = {},
              .fault = record.fault ? std::string(record.fault->code.name) : "",
              .path = record.fault ? record.fault->path : "",
              .line = static_cast<int>(record.line)};
    for (const TelemetryField& field : record.fields)
      (field.understood ? kept.known : kept.unknown)
          .emplace(std::string(field.name), std::string(field.value));
    out.push_back(std::move(kept));
  });
  CHECK(counted.lines == out.size());
  CHECK(counted.understood + counted.unknown == counted.lines);
  if (tally) *tally = counted;
  return out;
}

std::string sample(std::string_view name) {
  return contents(fs::path(ANLAN_SOURCE_DIR) / "tests/telemetry" / name);
}

fs::path sample_of(TelemetryFormat format) {
  const std::string stem(name_of(format));
  for (const auto& entry : fs::directory_iterator(fs::path(ANLAN_SOURCE_DIR) / "tests/telemetry"))
    if (entry.path().stem() == stem) return entry.path();
  return {};
}

TEST_CASE("telemetry: a file of each format is recognised and every line of it understood") {
  for (const TelemetryFormat format : telemetry_formats()) {
    const fs::path file = sample_of(format);
    CAPTURE(name_of(format));
    REQUIRE(!file.empty());
    const std::string text = contents(file);
    TelemetryTally tally;
    const auto records = all_of(text, &tally);
    CHECK(tally.lines > 0);
    CHECK(tally.unknown == 0);
    for (const Kept& record : records) {
      CAPTURE(record.line);
      CHECK(record.fault == "");
      CHECK(name_of(record.format) == name_of(format));
    }
    CHECK(name_of(detect_telemetry(text).format) == name_of(format));
    CHECK(!detect_telemetry(text).marker.empty());
    TelemetryOptions asked = noon();
    asked.format = format;
    TelemetryTally same;
    all_of(text, &same, asked);
    CHECK(same == tally);
  }
}

TEST_CASE("telemetry: lines that nobody understands are kept, each with its reason and line") {
  TelemetryTally tally;
  const auto records = all_of(sample("unknown.log"), &tally);
  REQUIRE(tally.lines == 6);
  CHECK(tally.unknown == 6);
  const std::vector<std::string> faults{
      "telemetry_format_unknown",  "telemetry_format_unknown", "json_syntax",
      "telemetry_time_unreadable", "telemetry_word_unknown",   "telemetry_field_missing"};
  for (std::size_t i = 0; i < faults.size(); ++i) {
    CHECK(records[i].fault == faults[i]);
    CHECK(records[i].line == static_cast<int>(i) + 1);
  }
  CHECK(records[3].path == "timestamp");
  CHECK(records[4].path == "state");
  CHECK(records[5].path == "device_product");
  CHECK(records[1].unknown.at("neither") == "nor");
}

TEST_CASE("telemetry: EVE says what it says, and what is not used is kept") {
  const auto records = all_of(sample("suricata_eve.log"));
  REQUIRE(records.size() == 4);
  CHECK(records[0].meaning == TelemetryMeaning::kBlocked);
  CHECK(records[0].class_uid == 2004);
  CHECK(records[0].severity == 3);
  CHECK(records[0].host == "gate-1");
  CHECK(records[0].message == "Made-up scan of SSH");
  CHECK(records[0].at == "2026-03-02T08:00:00+08:00");
  CHECK(records[0].unknown.at("flow_id") == "11");
  CHECK(records[0].unknown.at("alert.rev") == "1");
  CHECK(records[1].meaning == TelemetryMeaning::kDns);
  CHECK(records[1].message == "example.test");
  CHECK(records[2].note == TimeNote::kZoneAssumed);
  CHECK(records[2].unknown.at("stats.decoder.pkts") == "10");
  CHECK(records[3].known.at("http.url") == "/a\"b");
}

TEST_CASE("telemetry: syslog with and without envelope parts") {
  const auto records = all_of(sample("syslog.log"));
  REQUIRE(records.size() == 6);
  CHECK(records[0].meaning == TelemetryMeaning::kLoginFailed);
  CHECK(records[0].host == "server-1");
  CHECK(records[0].unknown.at("origin@32473.ip") == "192.0.2.1");
  CHECK(records[1].meaning == TelemetryMeaning::kLogin);
  CHECK(records[1].note == TimeNote::kYearAssumed);
  CHECK(records[1].at == "2026-03-02T08:00:01+08:00");
  CHECK(records[2].meaning == TelemetryMeaning::kAccountChange);
  CHECK(records[3].meaning == TelemetryMeaning::kBlocked);
  CHECK(records[4].note == TimeNote::kMissing);
  CHECK(records[4].product == "notify-17.alert");
  CHECK(records[5].host == "sensor-1");
  CHECK(records[5].at == "2026-03-02T08:00:05+08:00");  // the collector's, which has a zone
}

TEST_CASE("telemetry: CEF and LEEF by their headers, escapes and delimiters") {
  const auto cef = all_of(sample("cef.log"));
  CHECK(cef[0].product == "Gate|way");
  CHECK(cef[0].meaning == TelemetryMeaning::kBlocked);
  CHECK(cef[0].severity == 4);
  CHECK(cef[0].at == "2026-03-02T16:00:00+08:00");
  CHECK(cef[0].host == "gate-1");
  CHECK(cef[0].unknown.at("cs1") == "Trusted to untrusted");
  CHECK(cef[1].meaning == TelemetryMeaning::kLoginFailed);
  CHECK(cef[1].host == "gate-2");
  CHECK(cef[2].meaning == TelemetryMeaning::kMalware);
  CHECK(cef[2].at == "2026-03-02T20:00:02+08:00");
  const auto leef = all_of(sample("leef.log"));
  CHECK(leef[0].severity == 5);
  CHECK(leef[1].meaning == TelemetryMeaning::kBlocked);
  CHECK(leef[1].host == "gate-1");
}

TEST_CASE("telemetry: what hosts and scanners say") {
  const auto windows = all_of(sample("windows.log"));
  CHECK(windows[0].meaning == TelemetryMeaning::kLoginFailed);
  CHECK(windows[1].meaning == TelemetryMeaning::kProcess);
  CHECK(windows[2].meaning == TelemetryMeaning::kMalware);
  CHECK(windows[3].meaning == TelemetryMeaning::kTrouble);
  CHECK(windows[3].at == "2026-03-02T08:00:03+08:00");
  const auto beats = all_of(sample("heartbeat.log"));
  CHECK(beats[1].meaning == TelemetryMeaning::kUpdate);
  CHECK(beats[2].meaning == TelemetryMeaning::kBackup);
  CHECK(beats[3].meaning == TelemetryMeaning::kBackupFailed);
  CHECK(beats[4].meaning == TelemetryMeaning::kMaintenance);
  const auto audit = all_of(sample("auditd.log"));
  CHECK(audit[0].meaning == TelemetryMeaning::kLoginFailed);
  CHECK(audit[0].unknown.at("addr") == "198.51.100.7");
  CHECK(audit[2].host == "server-1");
  const auto clam = all_of(sample("clamav.log"));
  CHECK(clam[0].meaning == TelemetryMeaning::kMalware);
  CHECK(clam[1].meaning == TelemetryMeaning::kUpdate);
  CHECK(clam[4].meaning == TelemetryMeaning::kMalware);
  CHECK(all_of(sample("nmap.xml"))[0].meaning == TelemetryMeaning::kOpenPort);
  CHECK(all_of(sample("xccdf.xml"))[0].meaning == TelemetryMeaning::kNotCompliant);
  CHECK(all_of(sample("xccdf.xml"))[1].meaning == TelemetryMeaning::kCompliant);
  CHECK(all_of(sample("testssl.json"))[0].meaning == TelemetryMeaning::kNotCompliant);
  const auto bom = all_of(sample("cyclonedx.json"));
  REQUIRE(bom.size() == 5);
  CHECK(bom[1].message == "made-up-json 1.2.3");
  CHECK(bom[3].message == "inner 0.1");
  CHECK(bom[4].severity == 5);
}

TEST_CASE("telemetry: no line proves more than it says") {
  using enum TelemetryMeaning;
  struct Case {
    const char* line;
    TelemetryMeaning meaning;
  };
  const Case cases[] = {
      {"CEF:0|A|B|1|7|Backup aborted|5|rt=1772438400000", kBackupFailed},
      {"CEF:0|A|B|1|7|Backup unsuccessful|5|rt=1772438400000", kBackupFailed},
      {"CEF:0|A|B|1|7|Backup not completed|5|rt=1772438400000", kBackupFailed},
      {"CEF:0|A|B|1|7|Backup started|1|rt=1772438400000", kEvent},
      {"CEF:0|A|B|1|7|Backup completed|1|rt=1772438400000", kBackup},
      {"CEF:0|A|B|1|7|Antivirus definitions updated|1|rt=1772438400000", kUpdate},
      {"<166>Mar  2 16:00:00 fw-1 : %ASA-6-106100: access-list x permitted tcp a/1 -> b/2",
       kConnection},
      {"<166>Mar  2 16:00:00 fw-1 : %ASA-3-313001: Denied ICMP type=8, code=0 from a", kBlocked},
      {"/srv/LOST AND FOUND/a: OK", kClean},
      {"/srv/a.exe: Test.Signature FOUND", kMalware},
  };
  for (const Case& each : cases) {
    CAPTURE(each.line);
    TelemetryOptions options = noon();
    if (each.line[0] == '/') options.format = TelemetryFormat::kClamav;
    const auto records = all_of(each.line, nullptr, options);
    REQUIRE(records.size() == 1);
    CHECK(name_of(records[0].meaning) == name_of(each.meaning));
  }
}

TEST_CASE("telemetry: a line of syslog is no document, and a number too long is no time") {
  const std::string line = "<34>Mar  2 16:00:00 a sudo: COMMAND=/usr/bin/oscap xccdf eval x\n";
  CHECK(all_of(line + line + line).size() == 3);
  const auto records = all_of(R"({"ts":9999999999999999999,"uid":"x"})");
  REQUIRE(records.size() == 1);
  CHECK(records[0].at.empty());
  CHECK(name_of(static_cast<TelemetryFormat>(250)) == "unknown");
  CHECK(name_of(static_cast<TelemetryMeaning>(250)) == "unknown");
}

TEST_CASE("telemetry: hostile lines are kept and stop nobody") {
  const std::string good = R"({"timestamp":"2026-03-02T08:00:00+0800","event_type":"flow"})"
                           "\n";
  TelemetryTally tally;
  auto records = all_of(std::string(kTelemetryLineMax + 1, 'a') + "\n" + good, &tally);
  CHECK(records[0].fault == "telemetry_line_too_long");
  CHECK(records[1].fault == "");
  std::string deep;
  for (int i = 0; i < 5'000; ++i) deep += R"({"a":)";
  records = all_of(deep + "\n" + good, &tally);
  CHECK((records[0].fault == "telemetry_too_deep" || records[0].fault == "too_deep"));
  CHECK(records[1].fault == "");
  records = all_of(R"({"a":)" + std::string(60, '[') + std::string(60, ']') + "}\n" + good);
  CHECK(records[0].fault == "telemetry_too_deep");
  std::string wide = R"({"timestamp":"2026-03-02T08:00:00+0800","event_type":"flow")";
  for (int i = 0; i < 3'000; ++i) wide += ",\"f" + std::to_string(i) + "\":1";
  records = all_of(wide + "}\n" + good);
  CHECK(records[0].fault == "telemetry_too_many_fields");
  CHECK(records[1].fault == "");
  records = all_of("\xFF\xFE\n{\"timestamp\":\"\xC3\",\"event_type\":\"a\"}\n" + good);
  CHECK(records[0].fault == "telemetry_format_unknown");
  CHECK(records[1].fault == "not_utf8");
  CHECK(records[2].fault == "");
  CHECK(all_of("<nmaprun><!DOCTYPE a [<!ENTITY b 'c'>]></nmaprun>")[0].fault == "archive_broken");
}

TEST_CASE("telemetry: a line of another format than was asked for is kept as unknown") {
  TelemetryOptions asked = noon();
  asked.format = TelemetryFormat::kCef;
  TelemetryTally tally;
  const auto records = all_of(sample("suricata_eve.log"), &tally, asked);
  CHECK(tally.unknown == 4);
  CHECK(records[0].fault == "telemetry_format_differs");
}

TEST_CASE("telemetry time: the forms of logs, with what had to be assumed") {
  struct Row {
    std::string_view text;
    std::string_view at;
    TimeNote note;
  };
  const std::vector<Row> rows{
      {"2026-03-02T08:00:00.123456+0800", "2026-03-02T08:00:00+08:00", TimeNote::kStated},
      {"2026-03-02T00:00:00Z", "2026-03-02T08:00:00+08:00", TimeNote::kStated},
      {"2026-03-02 08:00:00", "2026-03-02T08:00:00+08:00", TimeNote::kZoneAssumed},
      {"2026/03/02 08:00:00", "2026-03-02T08:00:00+08:00", TimeNote::kZoneAssumed},
      {"1772409600", "2026-03-02T08:00:00+08:00", TimeNote::kStated},
      {"1772409600.25", "2026-03-02T08:00:00+08:00", TimeNote::kStated},
      {"1772409600000", "2026-03-02T08:00:00+08:00", TimeNote::kStated},
      {"1772409600000000", "2026-03-02T08:00:00+08:00", TimeNote::kStated},
      {"1772409600000000000", "2026-03-02T08:00:00+08:00", TimeNote::kStated},
      {"Mar  2 08:00:00", "2026-03-02T08:00:00+08:00", TimeNote::kYearAssumed},
      {"Mar  6 08:00:00", "2026-03-06T08:00:00+08:00", TimeNote::kYearAssumed},
      {"Dec 31 08:00:00", "2025-12-31T08:00:00+08:00", TimeNote::kYearAssumed},
      {"Feb 29 08:00:00", "2024-02-29T08:00:00+08:00", TimeNote::kYearAssumed},
      {"Mar 02 2026 00:00:00 GMT", "2026-03-02T08:00:00+08:00", TimeNote::kStated},
      {"2 March 2026 08:00:00", "2026-03-02T08:00:00+08:00", TimeNote::kZoneAssumed},
      {"Mon Mar  2 08:00:00 2026", "2026-03-02T08:00:00+08:00", TimeNote::kZoneAssumed},
      {"2031-03-02T00:00:00Z", "2031-03-02T08:00:00+08:00", TimeNote::kAhead},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto read = read_telemetry_time(row.text, noon());
    REQUIRE(read);
    CHECK(to_text(read->at) == row.at);
    CHECK(name_of(read->note) == name_of(row.note));
  }
  for (const std::string_view text :
       {"", "yesterday", "2026-13-02T00:00:00Z", "2026-02-30T00:00:00Z", "2026-03-02T25:00:00Z",
        "12", "Mar 32 08:00:00", "-5", "2026-03-02T00:00:00+9900", "99999999999999999999"}) {
    CAPTURE(text);
    CHECK(!read_telemetry_time(text, noon()));
  }
}

// The files that lie beside the project are no part of it; where they are, nothing of them is lost.
TEST_CASE("telemetry: real files are imported without losing a line") {
  const fs::path data = fs::path(ANLAN_SOURCE_DIR).parent_path() / "shared/data";
  if (!fs::is_directory(data / "telemetry")) {
    MESSAGE("skipped: the real files are not on this machine");
    return;
  }
  std::string table = "file | lines in | entries | understood | kept as unknown | unknown fields\n";
  std::uint64_t understood = 0;
  std::uint64_t kept = 0;
  for (const char* folder : {"telemetry", "sbom"}) {
    for (const auto& entry : fs::directory_iterator(data / folder)) {
      const std::string text = contents(entry.path());
      std::uint64_t lines = 0;
      for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines += text.find_first_not_of(" \t\r", at) < end;
        at = end + 1;
      }
      TelemetryTally tally;
      std::uint64_t seen = 0;
      tally = read_telemetry(text, noon(), [&](const TelemetryRecord& record) {
        ++seen;
        CHECK((record.text.empty() || text.find(record.text) != std::string::npos));
      });
      CAPTURE(entry.path().filename().string());
      CHECK(tally.understood + tally.unknown == tally.lines);
      CHECK(seen == tally.lines);
      if (std::string_view(folder) == "telemetry") CHECK(tally.lines == lines);
      understood += tally.understood;
      kept += tally.unknown;
      table += entry.path().filename().string() + " | " + std::to_string(lines) + " | " +
               std::to_string(tally.lines) + " | " + std::to_string(tally.understood) + " | " +
               std::to_string(tally.unknown) + " | " + std::to_string(tally.fields_unknown) + "\n";
    }
  }
  CHECK(understood > 100 * kept);
  MESSAGE(table);
}

}  // namespace
}  // namespace anlan::formats
