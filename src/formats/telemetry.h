// Telemetry: what devices and scanners say, each line as one normalised record.
//
// Nothing is dropped: a line that no reader understands is a record too, with the reason, and of a
// line that is understood every field is there, those that were used and those that were not. So
// understood + unknown = lines in. Classes, activities and severities are those of OCSF 1.x
// (schema.ocsf.io); where a format has no class of its own, docs/TELEMETRY.md says what was chosen.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace anlan::formats {

enum class TelemetryFormat : std::uint8_t {
  kUnknown = 0,
  kSuricataEve = 1,
  kSyslog = 2,  // RFC 5424, RFC 3164, and the latter's file forms
  kCef = 3,
  kLeef = 4,
  kZeek = 5,
  kCycloneDx = 6,
  kHeartbeat = 7,
  kOcsf = 8,
  kWindows = 9,
  kWazuh = 10,
  kOsquery = 11,
  kAuditd = 12,
  kCiscoAsa = 13,
  kPaloAlto = 14,
  kSarif = 15,
  kSpdx = 16,
  kNuclei = 17,
  kTestssl = 18,
  kNmap = 19,
  kLynis = 20,
  kXccdf = 21,
  kClamav = 22,
};
// "suricata_eve", "syslog", ...: the word of --format.
std::string_view name_of(TelemetryFormat format);
// kUnknown has no word to ask for it: nullopt.
std::optional<TelemetryFormat> find_telemetry_format(std::string_view name);
std::span<const TelemetryFormat> telemetry_formats();  // all but kUnknown

// What a line says, in so many kinds as people tell apart.
enum class TelemetryMeaning : std::uint8_t {
  kEvent = 0,
  kAlert = 1,
  kBlocked = 2,
  kConnection = 3,
  kDns = 4,
  kWeb = 5,
  kTls = 6,
  kFile = 7,
  kProcess = 8,
  kLogin = 9,
  kLoginFailed = 10,
  kAccountChange = 11,
  kConfigChange = 12,
  kInventory = 13,
  kVulnerability = 14,
  kCompliant = 15,
  kNotCompliant = 16,
  kMalware = 17,
  kClean = 18,
  kUpdate = 19,
  kRunning = 20,
  kTrouble = 21,
  kMaintenance = 22,
  kBackup = 23,
  kBackupFailed = 24,
  kIndustrial = 25,
  kOpenPort = 26,
};
std::string_view name_of(TelemetryMeaning meaning);
std::span<const TelemetryMeaning> telemetry_meanings();

// How sure the time of a record is.
enum class TimeNote : std::uint8_t {
  kMissing = 0,      // it states none, or none that can be read
  kStated = 1,       // with its zone, or as seconds since 1970
  kZoneAssumed = 2,  // local time without a zone: TelemetryOptions::offset
  kYearAssumed = 3,  // no year either: the latest that is not after `received`
  kAhead = 4,        // more than a day after `received`: that clock is wrong
};
std::string_view name_of(TimeNote note);

struct TelemetryField {
  std::string_view name;   // "alert.signature"; of CSV "column 37"
  std::string_view value;  // a text without its quotes; else as written
  bool understood = false;
};

// Views are valid while the record is used, not longer.
struct TelemetryRecord {
  TelemetryFormat format = TelemetryFormat::kUnknown;
  std::string_view text;              // as it came; empty for an entry of a document
  std::uint64_t line = 0;             // from 1; of a document the number of the entry
  std::optional<Refusal> fault = {};  // why it is kept as unknown; none: it is understood
  int class_uid = 0;                  // OCSF; 0 base event
  int activity_id = 0;                // OCSF, of that class; 0 unknown
  int severity_id = 0;  // OCSF: 0 unknown, 1 informational, 2 low, 3 medium, 4 high, 5 critical,
                        // 6 fatal
  TelemetryMeaning meaning = TelemetryMeaning::kEvent;
  std::optional<Instant> at = {};
  TimeNote time_note = TimeNote::kMissing;
  std::string_view host = {};     // the device that speaks; empty: not told
  std::string_view product = {};  // what speaks
  std::string_view kind = {};     // the format's own word: "alert", "302013", "4625"
  std::string_view message = {};
  std::span<const TelemetryField> fields = {};
  bool understood() const { return !fault; }
};

struct TelemetryOptions {
  std::optional<TelemetryFormat> format = {};  // none: found out for each line
  Instant received;                            // for years, and for clocks that are ahead
  UtcOffset offset;                            // of times without a zone
};

struct TelemetryTally {
  std::uint64_t lines = 0;  // not blank; of a document its entries
  std::uint64_t understood = 0;
  std::uint64_t unknown = 0;  // understood + unknown == lines
  std::uint64_t fields_unknown = 0;
  bool operator==(const TelemetryTally&) const = default;
};

// A longer line is kept as unknown and not looked into (the longest event in practice, a Wazuh
// alert with a script block, has 64 KiB).
inline constexpr std::size_t kTelemetryLineMax = std::size_t{1} << 20;
inline constexpr std::size_t kTelemetryFieldsMax = 2'000;  // of one line
inline constexpr int kTelemetryDepthMax = 32;              // objects and lists inside each other
inline constexpr std::size_t kTelemetryEntriesMax = 1'000'000;  // of one document

using UseTelemetry = std::function<void(const TelemetryRecord&)>;

// Every line or entry of a text, in order. Never refuses: what cannot be read is kept as unknown.
// Cost: one pass; EVE at some hundred MB/s of one core (bench/telemetry_bench.cpp).
TelemetryTally read_telemetry(std::string_view text, const TelemetryOptions& options,
                              const UseTelemetry& use);

// Which format a text has, and by what it was recognised: the names of the fields or the words
// that only this format has. kUnknown with "" where nothing was recognised.
struct TelemetryGuess {
  TelemetryFormat format = TelemetryFormat::kUnknown;
  std::string_view marker;
  bool document = false;  // it is read whole, not line by line
};
TelemetryGuess detect_telemetry(std::string_view text);

}  // namespace anlan::formats
