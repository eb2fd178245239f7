// auditd (Linux Audit documentation, "SPEC: Event record fields"), ClamAV's logs, report.dat of
// lynis.
#include <array>

#include "formats/telemetry_readers.h"
#include "formats/telemetry_time.h"

namespace anlan::formats {
namespace {

using enum TelemetryMeaning;

constexpr std::string_view kAuditMark = "msg=audit(";

struct AuditKind {
  std::string_view type;
  int class_uid;
  int activity_id;
  TelemetryMeaning meaning;
};
constexpr std::array kAuditKinds{
    AuditKind{"USER_LOGIN", ocsf::kAuthentication, 1, kLogin},
    AuditKind{"USER_AUTH", ocsf::kAuthentication, 1, kLogin},
    AuditKind{"USER_ACCT", ocsf::kAuthentication, 0, kLogin},
    AuditKind{"USER_START", ocsf::kAuthentication, 1, kLogin},
    AuditKind{"USER_END", ocsf::kAuthentication, 2, kLogin},
    AuditKind{"CRED_", ocsf::kAuthentication, 0, kLogin},
    AuditKind{"USER_CMD", ocsf::kProcess, 1, kProcess},
    AuditKind{"EXECVE", ocsf::kProcess, 1, kProcess},
    AuditKind{"SYSCALL", ocsf::kProcess, 0, kProcess},
    AuditKind{"PROCTITLE", ocsf::kProcess, 0, kProcess},
    AuditKind{"CWD", ocsf::kProcess, 0, kProcess},
    AuditKind{"PATH", ocsf::kFileActivity, 0, kFile},
    AuditKind{"ADD_", ocsf::kAccountChange, 1, kAccountChange},
    AuditKind{"DEL_", ocsf::kAccountChange, 6, kAccountChange},
    AuditKind{"USER_MGMT", ocsf::kAccountChange, 0, kAccountChange},
    AuditKind{"CONFIG_CHANGE", ocsf::kConfigState, 1, kConfigChange},
    AuditKind{"DAEMON_START", ocsf::kConfigState, 1, kRunning},
    AuditKind{"DAEMON_END", ocsf::kConfigState, 1, kTrouble},
    AuditKind{"SERVICE_START", ocsf::kApplication, 3, kRunning},
    AuditKind{"SERVICE_STOP", ocsf::kApplication, 4, kTrouble},
    AuditKind{"AVC", ocsf::kDetection, 1, kBlocked},
    AuditKind{"ANOM_", ocsf::kDetection, 1, kAlert},
};

// "key=value key='two words'": as fields.
void read_pairs(std::string_view rest, TelemetryFields& fields) {
  while (!rest.empty()) {
    while (rest.starts_with(' ') || rest.starts_with('\x1D')) rest.remove_prefix(1);
    const std::size_t equals = rest.find_first_of("= ");
    if (equals == std::string_view::npos || rest[equals] == ' ') {
      const std::string_view word = rest.substr(0, equals);
      if (!word.empty() && !fields.add("word", word)) return;
      rest.remove_prefix(std::min(rest.size(), word.size() + 1));
      continue;
    }
    const std::string_view name = rest.substr(0, equals);
    rest.remove_prefix(equals + 1);
    const char quote = rest.empty() ? '\0' : rest[0];
    std::string_view value;
    if (quote == '"' || quote == '\'') {
      const std::size_t end = std::min(rest.find(quote, 1), rest.size());
      value = rest.substr(1, end - 1);
      rest.remove_prefix(std::min(rest.size(), end + 1));
      // What user space says stands in msg='...' and is a list of pairs itself.
      if (quote == '\'' && name == "msg") {
        read_pairs(value, fields);
        continue;
      }
    } else {
      value = rest.substr(0, std::min(rest.find(' '), rest.size()));
      rest.remove_prefix(value.size());
    }
    if (!fields.add(name, value)) return;
  }
}

}  // namespace

bool is_auditd(std::string_view text) {
  return (text.starts_with("type=") || text.starts_with("node=")) && holds(text, kAuditMark);
}

Result<Done> read_auditd(std::string_view text, TelemetryLine& line) {
  TelemetryFields& fields = line.fields;
  TelemetryRecord& record = line.record;
  record.product = "auditd";
  const std::size_t mark = text.find(kAuditMark);
  const std::size_t close = mark == std::string_view::npos ? mark : text.find(')', mark);
  if (close == std::string_view::npos) return field_missing("msg", line);
  read_pairs(text.substr(0, mark), fields);
  const std::string_view stamp =
      text.substr(mark + kAuditMark.size(), close - mark - kAuditMark.size());
  std::string_view rest = text.substr(close + 1);
  if (rest.starts_with(':')) rest.remove_prefix(1);
  read_pairs(rest, fields);
  record.kind = fields.take("type");
  if (record.kind.empty()) return field_missing("type", line);
  const std::string_view node = fields.take("node");
  if (!node.empty()) record.host = node;
  record.severity_id = 1;
  set_class(record, ocsf::kEventLog, 0, kEvent);
  for (const AuditKind& kind : kAuditKinds) {
    if (!record.kind.starts_with(kind.type)) continue;
    set_class(record, kind.class_uid, kind.activity_id, kind.meaning);
    break;
  }
  const std::string_view outcome = fields.take_first({"res", "success"});
  if (record.meaning == kLogin && (outcome == "failed" || outcome == "no" || outcome == "0")) {
    record.meaning = kLoginFailed;
    record.severity_id = 3;
  }
  record.message = fields.take_first({"exe", "comm", "name", "acct", "unit", "key"});
  return set_time(stamp.substr(0, stamp.find(':')), "msg", line);
}

namespace {

struct ClamWord {
  std::string_view word;
  int class_uid;
  TelemetryMeaning meaning;
  int severity;
};
constexpr std::array kClamWords{
    ClamWord{" FOUND", ocsf::kDetection, kMalware, 4},
    ClamWord{": OK", ocsf::kScan, kClean, 1},
    ClamWord{"Infected files: 0", ocsf::kScan, kClean, 1},
    ClamWord{"Infected files:", ocsf::kScan, kMalware, 4},
    ClamWord{"updated (version", ocsf::kConfigState, kUpdate, 1},
    ClamWord{"up-to-date", ocsf::kConfigState, kUpdate, 1},
    ClamWord{"up to date", ocsf::kConfigState, kUpdate, 1},
    ClamWord{"Database updated", ocsf::kConfigState, kUpdate, 1},
    ClamWord{"ClamAV update process started", ocsf::kConfigState, kRunning, 1},
    ClamWord{"OUTDATED", ocsf::kConfigState, kTrouble, 3},
    ClamWord{"ERROR: Update failed", ocsf::kConfigState, kTrouble, 3},
    ClamWord{"ERROR: Database update process failed", ocsf::kConfigState, kTrouble, 3},
    ClamWord{"ERROR:", ocsf::kConfigState, kEvent, 3},
    ClamWord{"SelfCheck: Database status OK", ocsf::kConfigState, kRunning, 1},
    ClamWord{"Reading databases from", ocsf::kConfigState, kRunning, 1},
    ClamWord{"Database correctly reloaded", ocsf::kConfigState, kUpdate, 1},
    ClamWord{"SCAN SUMMARY", ocsf::kScan, kRunning, 1},
    ClamWord{"Known viruses:", ocsf::kScan, kRunning, 1},
    ClamWord{"Engine version:", ocsf::kScan, kRunning, 1},
    ClamWord{"Scanned directories:", ocsf::kScan, kRunning, 1},
    ClamWord{"Scanned files:", ocsf::kScan, kRunning, 1},
    ClamWord{"Data scanned:", ocsf::kScan, kRunning, 1},
    ClamWord{"Data read:", ocsf::kScan, kRunning, 1},
    ClamWord{"Start Date:", ocsf::kScan, kRunning, 1},
    ClamWord{"End Date:", ocsf::kScan, kRunning, 1},
    ClamWord{"clamd daemon", ocsf::kConfigState, kRunning, 1},
    ClamWord{"Stopped at", ocsf::kConfigState, kEvent, 3},
};
// Words that only ClamAV writes: by these a line is recognised where no tag names the program.
constexpr std::array<std::string_view, 13> kClamOnly{" FOUND",
                                                     "SCAN SUMMARY",
                                                     "Infected files:",
                                                     "Known viruses:",
                                                     "Scanned directories:",
                                                     "Scanned files:",
                                                     "Engine version:",
                                                     "Data scanned:",
                                                     "ClamAV update process started",
                                                     "clamd daemon",
                                                     "SelfCheck: Database status OK",
                                                     "Database correctly reloaded",
                                                     "is up-to-date (version"};

}  // namespace

bool is_clamav(std::string_view text) {
  for (const std::string_view word : kClamOnly) {
    const std::size_t at = text.find(word);
    if (at == std::string_view::npos) continue;
    if (word != " FOUND" || (text.ends_with(word) && holds(text, ": "))) return true;
  }
  if (text.starts_with('/') && text.ends_with(": OK")) return true;  // a file that was scanned
  return holds(text, ".cvd ") || holds(text, ".cld ");
}

Result<Done> read_clamav(std::string_view text, TelemetryLine& line) {
  TelemetryRecord& record = line.record;
  record.product = "clamav";
  // clamd and freshclam put the time before an arrow.
  const std::size_t arrow = text.find(" -> ");
  if (arrow != std::string_view::npos && arrow < 40) {
    const auto read = read_telemetry_time(text.substr(0, arrow), line.options);
    if (read) {
      record.at = read->at;
      record.time_note = read->note;
      text.remove_prefix(arrow + 4);
    }
  }
  record.message = text;
  record.kind = "log";
  record.severity_id = 1;
  set_class(record, ocsf::kConfigState, 1, kEvent);
  for (const ClamWord& word : kClamWords) {
    const bool at_end = word.word == " FOUND" || word.word == ": OK";
    if (at_end ? !text.ends_with(word.word) : !holds(text, word.word)) continue;
    set_class(record, word.class_uid, 1, word.meaning);
    record.severity_id = word.severity;
    break;
  }
  const std::size_t colon = text.rfind(": ");
  if (colon != std::string_view::npos) {
    line.fields.add("path", text.substr(0, colon), true);
    line.fields.add("result", text.substr(colon + 2), true);
  }
  return Done{};
}

Result<Done> read_lynis(std::string_view text, TelemetryLine& line) {
  TelemetryRecord& record = line.record;
  record.product = "lynis";
  record.severity_id = 1;
  if (text.starts_with('#') || text.starts_with('[')) {
    set_class(record, ocsf::kInventory, 1, kEvent);
    record.message = text;
    return Done{};
  }
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return field_missing("=", line);
  record.kind = text.substr(0, equals);
  record.message = text.substr(equals + 1);
  line.fields.add(record.kind, record.message, true);
  if (record.kind == "warning[]") {
    set_class(record, ocsf::kCompliance, 1, kNotCompliant);
    record.severity_id = 3;
  } else if (record.kind == "suggestion[]") {
    set_class(record, ocsf::kCompliance, 1, kNotCompliant);
    record.severity_id = 2;
  } else if (record.kind == "vulnerable_package[]") {
    set_class(record, ocsf::kVulnerability, 1, kVulnerability);
    record.severity_id = 4;
  } else if (record.kind == "hardening_index") {
    // assumption: lynis calls its hosts hardened from 80 on (docs/TELEMETRY.md).
    const auto index = whole_of(record.message);
    const bool good = index && *index >= 80;
    set_class(record, ocsf::kCompliance, 1, good ? kCompliant : kNotCompliant);
    record.severity_id = good ? 1 : 3;
  } else {
    set_class(record, ocsf::kInventory, 1, kInventory);
  }
  return Done{};
}

}  // namespace anlan::formats
