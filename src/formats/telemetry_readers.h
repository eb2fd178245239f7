// The readers behind telemetry.h: one function a format, each with the fields that it understands.
#pragma once

#include "formats/telemetry_fields.h"

namespace anlan::formats {

// What a reader works with: the fields of the line, the options, and the record that it fills in.
struct TelemetryLine {
  TelemetryFields& fields;
  const TelemetryOptions& options;
  TelemetryRecord& record;
};

// Of formats whose lines are JSON objects; the fields are there. Each fills in the record and
// refuses what its format must have: kTelemetryFieldMissing, kTelemetryTimeUnreadable,
// kTelemetryWordUnknown.
Result<Done> read_eve(TelemetryLine& line);
Result<Done> read_zeek(TelemetryLine& line);
Result<Done> read_heartbeat(TelemetryLine& line);
Result<Done> read_ocsf(TelemetryLine& line);
Result<Done> read_windows(TelemetryLine& line);
Result<Done> read_wazuh(TelemetryLine& line);
Result<Done> read_osquery(TelemetryLine& line);
Result<Done> read_nuclei(TelemetryLine& line);

// Of formats of text. `text` is what follows an envelope of syslog, whose host and time stand in
// the record already.
Result<Done> read_cef(std::string_view text, TelemetryLine& line);
Result<Done> read_leef(std::string_view text, TelemetryLine& line);
Result<Done> read_asa(std::string_view text, TelemetryLine& line);
Result<Done> read_palo_alto(std::string_view text, TelemetryLine& line);
Result<Done> read_auditd(std::string_view text, TelemetryLine& line);
Result<Done> read_clamav(std::string_view text, TelemetryLine& line);
Result<Done> read_lynis(std::string_view text, TelemetryLine& line);

// The message of a program that writes to syslog: sign-ins, accounts, bans, scans. `program` is the
// tag of the line.
void read_program(std::string_view program, std::string_view message, TelemetryLine& line);

// True where the text looks like one of that format.
bool is_cef(std::string_view text);
bool is_leef(std::string_view text);
bool is_asa(std::string_view text);
bool is_palo_alto(std::string_view text);
bool is_auditd(std::string_view text);
bool is_clamav(std::string_view text);

// Which format of JSON lines has these fields, and the field by which it is known.
TelemetryGuess json_format(TelemetryFields& fields);

// An envelope of syslog taken off.
struct SyslogEnvelope {
  bool found = false;
  bool priority = false;     // it begins with <34>
  std::string_view program;  // the tag, without process id
  std::string_view rest;     // what the envelope carries
};
SyslogEnvelope open_syslog(std::string_view text, TelemetryLine& line);

// Documents that are read whole. False: it is not one of that format.
struct TelemetryDocument {
  std::string_view text;
  const TelemetryOptions& options;
  TelemetryTally& tally;
  const UseTelemetry& use;
};
bool read_telemetry_document(TelemetryFormat format, const TelemetryDocument& document);

// Shared by the readers.
Result<Done> set_time(std::string_view text, std::string_view field, TelemetryLine& line);
Refusal field_missing(std::string_view field, const TelemetryLine& line);
// Severities of OCSF from the words of many formats ("high", "Critical", "WARN"); 0: no such word.
int severity_of_word(std::string_view word);
// From 1 (none) to 10.
int severity_of_ten(std::int64_t level);
bool same_letters(std::string_view a, std::string_view b);  // ASCII, without case
bool holds(std::string_view text, std::string_view part);

inline void set_class(TelemetryRecord& record, int class_uid, int activity_id,
                      TelemetryMeaning meaning) {
  record.class_uid = class_uid;
  record.activity_id = activity_id;
  record.meaning = meaning;
}

// Classes of OCSF 1.x that are used here (schema.ocsf.io/classes).
namespace ocsf {
inline constexpr int kBase = 0;
inline constexpr int kFileActivity = 1001;
inline constexpr int kModule = 1005;
inline constexpr int kScheduledJob = 1006;
inline constexpr int kProcess = 1007;
inline constexpr int kEventLog = 1008;
inline constexpr int kVulnerability = 2002;
inline constexpr int kCompliance = 2003;
inline constexpr int kDetection = 2004;
inline constexpr int kAccountChange = 3001;
inline constexpr int kAuthentication = 3002;
inline constexpr int kNetwork = 4001;
inline constexpr int kHttp = 4002;
inline constexpr int kDns = 4003;
inline constexpr int kDhcp = 4004;
inline constexpr int kRdp = 4005;
inline constexpr int kSmb = 4006;
inline constexpr int kSsh = 4007;
inline constexpr int kFtp = 4008;
inline constexpr int kEmail = 4009;
inline constexpr int kNetworkFile = 4010;
inline constexpr int kInventory = 5001;
inline constexpr int kConfigState = 5002;
inline constexpr int kSoftware = 5020;
inline constexpr int kApplication = 6002;
inline constexpr int kScan = 6007;
inline constexpr int kRegistry = 201001;
}  // namespace ocsf

}  // namespace anlan::formats
