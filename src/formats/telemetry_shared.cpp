// What the readers of telemetry share: names, times, severities, refusals.
#include <algorithm>
#include <array>

#include "formats/telemetry_readers.h"
#include "formats/telemetry_refusals.h"
#include "formats/telemetry_time.h"

namespace anlan::formats {
namespace {

struct FormatName {
  TelemetryFormat format;
  std::string_view name;
};
constexpr std::array kFormatNames{
    FormatName{TelemetryFormat::kUnknown, "unknown"},
    FormatName{TelemetryFormat::kSuricataEve, "suricata_eve"},
    FormatName{TelemetryFormat::kSyslog, "syslog"},
    FormatName{TelemetryFormat::kCef, "cef"},
    FormatName{TelemetryFormat::kLeef, "leef"},
    FormatName{TelemetryFormat::kZeek, "zeek"},
    FormatName{TelemetryFormat::kCycloneDx, "cyclonedx"},
    FormatName{TelemetryFormat::kHeartbeat, "heartbeat"},
    FormatName{TelemetryFormat::kOcsf, "ocsf"},
    FormatName{TelemetryFormat::kWindows, "windows"},
    FormatName{TelemetryFormat::kWazuh, "wazuh"},
    FormatName{TelemetryFormat::kOsquery, "osquery"},
    FormatName{TelemetryFormat::kAuditd, "auditd"},
    FormatName{TelemetryFormat::kCiscoAsa, "cisco_asa"},
    FormatName{TelemetryFormat::kPaloAlto, "palo_alto"},
    FormatName{TelemetryFormat::kSarif, "sarif"},
    FormatName{TelemetryFormat::kSpdx, "spdx"},
    FormatName{TelemetryFormat::kNuclei, "nuclei"},
    FormatName{TelemetryFormat::kTestssl, "testssl"},
    FormatName{TelemetryFormat::kNmap, "nmap"},
    FormatName{TelemetryFormat::kLynis, "lynis"},
    FormatName{TelemetryFormat::kXccdf, "xccdf"},
    FormatName{TelemetryFormat::kClamav, "clamav"},
};

struct MeaningName {
  TelemetryMeaning meaning;
  std::string_view name;
};
constexpr std::array kMeaningNames{
    MeaningName{TelemetryMeaning::kEvent, "event"},
    MeaningName{TelemetryMeaning::kAlert, "alert"},
    MeaningName{TelemetryMeaning::kBlocked, "blocked"},
    MeaningName{TelemetryMeaning::kConnection, "connection"},
    MeaningName{TelemetryMeaning::kDns, "dns"},
    MeaningName{TelemetryMeaning::kWeb, "web"},
    MeaningName{TelemetryMeaning::kTls, "tls"},
    MeaningName{TelemetryMeaning::kFile, "file"},
    MeaningName{TelemetryMeaning::kProcess, "process"},
    MeaningName{TelemetryMeaning::kLogin, "login"},
    MeaningName{TelemetryMeaning::kLoginFailed, "login_failed"},
    MeaningName{TelemetryMeaning::kAccountChange, "account_change"},
    MeaningName{TelemetryMeaning::kConfigChange, "config_change"},
    MeaningName{TelemetryMeaning::kInventory, "inventory"},
    MeaningName{TelemetryMeaning::kVulnerability, "vulnerability"},
    MeaningName{TelemetryMeaning::kCompliant, "compliant"},
    MeaningName{TelemetryMeaning::kNotCompliant, "not_compliant"},
    MeaningName{TelemetryMeaning::kMalware, "malware"},
    MeaningName{TelemetryMeaning::kClean, "clean"},
    MeaningName{TelemetryMeaning::kUpdate, "update"},
    MeaningName{TelemetryMeaning::kRunning, "running"},
    MeaningName{TelemetryMeaning::kTrouble, "trouble"},
    MeaningName{TelemetryMeaning::kMaintenance, "maintenance"},
    MeaningName{TelemetryMeaning::kBackup, "backup"},
    MeaningName{TelemetryMeaning::kBackupFailed, "backup_failed"},
    MeaningName{TelemetryMeaning::kIndustrial, "industrial"},
    MeaningName{TelemetryMeaning::kOpenPort, "open_port"},
};

constexpr auto kFormats = [] {
  std::array<TelemetryFormat, kFormatNames.size() - 1> out{};
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = kFormatNames[i + 1].format;
  return out;
}();
constexpr auto kMeanings = [] {
  std::array<TelemetryMeaning, kMeaningNames.size()> out{};
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = kMeaningNames[i].meaning;
  return out;
}();

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string_view name_of(TelemetryFormat format) {
  // A number of a later version may stand in what was stored.
  const auto number = static_cast<std::size_t>(format);
  return number < kFormatNames.size() ? kFormatNames[number].name : "unknown";
}
std::string_view name_of(TelemetryMeaning meaning) {
  const auto number = static_cast<std::size_t>(meaning);
  return number < kMeaningNames.size() ? kMeaningNames[number].name : "unknown";
}
std::string_view name_of(TimeNote note) {
  constexpr std::array<std::string_view, 5> kNames{"missing", "stated", "zone_assumed",
                                                   "year_assumed", "ahead"};
  return kNames[static_cast<std::size_t>(note)];
}
std::span<const TelemetryFormat> telemetry_formats() { return kFormats; }
std::span<const TelemetryMeaning> telemetry_meanings() { return kMeanings; }

std::optional<TelemetryFormat> find_telemetry_format(std::string_view name) {
  for (const TelemetryFormat format : kFormats)
    if (name_of(format) == name) return format;
  return std::nullopt;
}

bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

Refusal field_missing(std::string_view field, const TelemetryLine& line) {
  return Refusal{.code = refusals::kTelemetryFieldMissing,
                 .path = std::string(field),
                 .value = {},
                 .args = {{.name = "format", .value = std::string(name_of(line.record.format))}},
                 .at = {}};
}

Result<Done> set_time(std::string_view text, std::string_view field, TelemetryLine& line) {
  if (text.empty()) return field_missing(field, line);
  const auto read = read_telemetry_time(text, line.options);
  if (!read) {
    return Refusal{.code = refusals::kTelemetryTimeUnreadable,
                   .path = std::string(field),
                   .value = std::string(text.substr(0, 80)),
                   .args = {},
                   .at = {}};
  }
  line.record.at = read->at;
  line.record.time_note = read->note;
  return Done{};
}

int severity_of_word(std::string_view word) {
  struct Level {
    std::string_view word;
    int severity;
  };
  constexpr std::array kLevels{
      Level{"info", 1},      Level{"information", 1}, Level{"informational", 1},
      Level{"ok", 1},        Level{"none", 1},        Level{"notice", 1},
      Level{"debug", 1},     Level{"low", 2},         Level{"minor", 2},
      Level{"note", 2},      Level{"medium", 3},      Level{"moderate", 3},
      Level{"warn", 3},      Level{"warning", 3},     Level{"high", 4},
      Level{"major", 4},     Level{"important", 4},   Level{"error", 4},
      Level{"very-high", 5}, Level{"very high", 5},   Level{"critical", 5},
      Level{"alert", 5},     Level{"fatal", 6},       Level{"emergency", 6}};
  for (const Level& level : kLevels)
    if (same_letters(level.word, word)) return level.severity;
  return 0;
}

int severity_of_ten(std::int64_t level) {
  if (level < 0 || level > 10) return 0;
  return level == 0 ? 1 : level <= 3 ? 2 : level <= 6 ? 3 : level <= 8 ? 4 : 5;
}

}  // namespace anlan::formats
