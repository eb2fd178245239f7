// Readers of what watches hosts: Windows events and Sysmon in JSON (as nxlog, winlogbeat and
// wevtutil write them), Wazuh alerts, results of osquery, findings of nuclei.
#include <array>

#include "formats/telemetry_readers.h"

namespace anlan::formats {
namespace {

using enum TelemetryMeaning;

struct WindowsEvent {
  std::int64_t id;
  int class_uid;
  int activity_id;
  int severity;
  TelemetryMeaning meaning;
};

// Microsoft, "Sysmon - Events".
constexpr std::array kSysmon{
    WindowsEvent{1, ocsf::kProcess, 1, 1, kProcess},
    WindowsEvent{3, ocsf::kNetwork, 1, 1, kConnection},
    WindowsEvent{4, ocsf::kConfigState, 1, 1, kConfigChange},
    WindowsEvent{5, ocsf::kProcess, 2, 1, kProcess},
    WindowsEvent{6, ocsf::kModule, 1, 1, kProcess},
    WindowsEvent{7, ocsf::kModule, 1, 1, kProcess},
    WindowsEvent{8, ocsf::kProcess, 4, 2, kProcess},
    WindowsEvent{9, ocsf::kFileActivity, 2, 1, kFile},
    WindowsEvent{10, ocsf::kProcess, 3, 1, kProcess},
    WindowsEvent{11, ocsf::kFileActivity, 1, 1, kFile},
    WindowsEvent{12, ocsf::kRegistry, 1, 1, kConfigChange},
    WindowsEvent{13, ocsf::kRegistry, 3, 1, kConfigChange},
    WindowsEvent{14, ocsf::kRegistry, 5, 1, kConfigChange},
    WindowsEvent{16, ocsf::kConfigState, 1, 1, kConfigChange},
    WindowsEvent{22, ocsf::kDns, 1, 1, kDns},
    WindowsEvent{23, ocsf::kFileActivity, 4, 1, kFile},
    WindowsEvent{25, ocsf::kProcess, 4, 4, kAlert},
    WindowsEvent{26, ocsf::kFileActivity, 4, 1, kFile},
};
// Microsoft, "Appendix L: Events to Monitor" and the pages of the single events.
constexpr std::array kSecurity{
    WindowsEvent{1102, ocsf::kEventLog, 1, 4, kAlert},
    WindowsEvent{4624, ocsf::kAuthentication, 1, 1, kLogin},
    WindowsEvent{4625, ocsf::kAuthentication, 1, 3, kLoginFailed},
    WindowsEvent{4634, ocsf::kAuthentication, 2, 1, kLogin},
    WindowsEvent{4647, ocsf::kAuthentication, 2, 1, kLogin},
    WindowsEvent{4648, ocsf::kAuthentication, 1, 2, kLogin},
    WindowsEvent{4656, ocsf::kFileActivity, 14, 1, kFile},
    WindowsEvent{4658, ocsf::kFileActivity, 0, 1, kFile},
    WindowsEvent{4663, ocsf::kFileActivity, 2, 1, kFile},
    WindowsEvent{4672, ocsf::kAuthentication, 1, 1, kLogin},
    WindowsEvent{4688, ocsf::kProcess, 1, 1, kProcess},
    WindowsEvent{4689, ocsf::kProcess, 2, 1, kProcess},
    WindowsEvent{4690, ocsf::kFileActivity, 0, 1, kFile},
    WindowsEvent{4697, ocsf::kConfigState, 1, 3, kConfigChange},
    WindowsEvent{4698, ocsf::kScheduledJob, 1, 2, kConfigChange},
    WindowsEvent{4703, ocsf::kAccountChange, 0, 1, kAccountChange},
    WindowsEvent{4719, ocsf::kConfigState, 1, 4, kConfigChange},
    WindowsEvent{4720, ocsf::kAccountChange, 1, 2, kAccountChange},
    WindowsEvent{4726, ocsf::kAccountChange, 6, 2, kAccountChange},
    WindowsEvent{4732, ocsf::kAccountChange, 0, 3, kAccountChange},
    WindowsEvent{4740, ocsf::kAccountChange, 9, 3, kAccountChange},
    WindowsEvent{4771, ocsf::kAuthentication, 1, 2, kLoginFailed},
    WindowsEvent{5156, ocsf::kNetwork, 1, 1, kConnection},
    WindowsEvent{5157, ocsf::kNetwork, 5, 2, kBlocked},
    WindowsEvent{5158, ocsf::kNetwork, 1, 1, kConnection},
};
// Microsoft, "Review event logs and error codes to troubleshoot Microsoft Defender Antivirus".
constexpr std::array kDefender{
    WindowsEvent{1000, ocsf::kScan, 1, 1, kRunning},
    WindowsEvent{1001, ocsf::kScan, 2, 1, kClean},
    WindowsEvent{1002, ocsf::kScan, 3, 2, kTrouble},
    WindowsEvent{1006, ocsf::kDetection, 1, 4, kMalware},
    WindowsEvent{1116, ocsf::kDetection, 1, 4, kMalware},
    WindowsEvent{1117, ocsf::kDetection, 2, 3, kMalware},
    WindowsEvent{1150, ocsf::kConfigState, 1, 1, kRunning},
    WindowsEvent{2000, ocsf::kConfigState, 1, 1, kUpdate},
    WindowsEvent{2001, ocsf::kConfigState, 1, 3, kTrouble},
    WindowsEvent{5001, ocsf::kConfigState, 1, 4, kTrouble},
    WindowsEvent{5010, ocsf::kConfigState, 1, 4, kTrouble},
    WindowsEvent{5012, ocsf::kConfigState, 1, 4, kTrouble},
};

template <class List>
const WindowsEvent* find_event(const List& list, std::int64_t id) {
  for (const WindowsEvent& event : list)
    if (event.id == id) return &event;
  return nullptr;
}

const WindowsEvent* windows_event(std::string_view channel, std::int64_t id) {
  if (holds(channel, "Sysmon")) return find_event(kSysmon, id);
  if (holds(channel, "Defender")) return find_event(kDefender, id);
  if (same_letters(channel, "Security")) return find_event(kSecurity, id);
  return nullptr;
}

}  // namespace

Result<Done> read_windows(TelemetryLine& line) {
  TelemetryFields& fields = line.fields;
  TelemetryRecord& record = line.record;
  record.product = "windows";
  record.kind =
      fields.take_first({"EventID", "winlog.event_id", "event.code", "Event.System.EventID",
                         "Event.System.EventID.#text", "EventId"});
  if (record.kind.empty()) return field_missing("EventID", line);
  const std::string_view channel = fields.take_first(
      {"Channel", "winlog.channel", "Event.System.Channel", "LogName", "SourceName"});
  record.host = fields.take_first({"Hostname", "winlog.computer_name", "Event.System.Computer",
                                   "Computer", "MachineName", "host.name"});
  if (holds(channel, "Sysmon")) record.product = "sysmon";
  if (holds(channel, "Defender")) record.product = "windows_defender";
  const auto id = whole_of(record.kind);
  const WindowsEvent* event = id ? windows_event(channel, *id) : nullptr;
  set_class(record, ocsf::kEventLog, 0, kEvent);
  record.severity_id = 1;
  if (event) {
    set_class(record, event->class_uid, event->activity_id, event->meaning);
    record.severity_id = event->severity;
  }
  record.message = fields.take_first({"Image", "winlog.event_data.Image", "TargetUserName",
                                      "winlog.event_data.TargetUserName", "Category", "message"});
  // The time with a zone first: EventTime is local and says of which zone nothing.
  const std::string_view time =
      fields.take_first({"@timestamp", "UtcTime", "Event.System.TimeCreated.#attributes.SystemTime",
                         "Event.System.TimeCreated.SystemTime", "TimeCreated", "EventTime"});
  return set_time(time, "EventTime", line);
}

Result<Done> read_wazuh(TelemetryLine& line) {
  TelemetryFields& fields = line.fields;
  TelemetryRecord& record = line.record;
  record.product = "wazuh";
  if (auto timed = set_time(fields.take("timestamp"), "timestamp", line); !timed.ok()) return timed;
  const auto level = whole_of(fields.take("rule.level"));
  if (!level) return field_missing("rule.level", line);
  // documentation.wazuh.com, "Rules classification": 0 to 15.
  record.severity_id = *level <= 3 ? 1 : *level <= 6 ? 2 : *level <= 11 ? 3 : *level <= 14 ? 4 : 5;
  record.kind = fields.take("rule.id");
  record.message = fields.take("rule.description");
  record.host = fields.take("agent.name");
  const std::string_view manager = fields.take("manager.name");
  if (record.host.empty()) record.host = manager;
  const std::string_view groups = fields.take("rule.groups");
  set_class(record, ocsf::kDetection, 1, kAlert);
  if (holds(groups, "\"authentication_failed\"")) {
    set_class(record, ocsf::kAuthentication, 1, kLoginFailed);
  } else if (holds(groups, "\"authentication_success\"")) {
    set_class(record, ocsf::kAuthentication, 1, kLogin);
  } else if (holds(groups, "\"syscheck\"")) {
    set_class(record, ocsf::kFileActivity, 3, kFile);
    record.message = fields.take_first({"syscheck.path", "rule.description"});
  } else if (holds(groups, "\"sca\"")) {
    // A summary, and a check that does not apply, say neither.
    const std::string_view result = fields.take("data.sca.check.result");
    set_class(record, ocsf::kCompliance, 1,
              result == "passed"   ? kCompliant
              : result == "failed" ? kNotCompliant
                                   : kEvent);
  } else if (holds(groups, "\"vulnerability-detector\"")) {
    const bool solved = same_letters(fields.take("data.vulnerability.status"), "solved");
    set_class(record, ocsf::kVulnerability, solved ? 3 : 1, solved ? kEvent : kVulnerability);
  } else if (*level <= 3) {
    set_class(record, ocsf::kBase, 0, kEvent);
  }
  return Done{};
}

Result<Done> read_osquery(TelemetryLine& line) {
  TelemetryFields& fields = line.fields;
  TelemetryRecord& record = line.record;
  record.product = "osquery";
  record.kind = fields.take("name");
  record.host = fields.take("hostIdentifier");
  if (record.kind.empty()) return field_missing("name", line);
  const std::string_view calendar = fields.take("calendarTime");
  std::string_view time = fields.take("unixTime");
  if (time.empty()) time = calendar;
  if (auto timed = set_time(time, "unixTime", line); !timed.ok()) return timed;
  fields.take("action");
  record.severity_id = 1;
  const bool software = holds(record.kind, "package") || holds(record.kind, "program") ||
                        holds(record.kind, "apps") || holds(record.kind, "patches");
  set_class(record, software ? ocsf::kSoftware : ocsf::kInventory, 1, kInventory);
  if (holds(record.kind, "usb")) set_class(record, ocsf::kInventory, 1, kInventory);
  record.message = fields.take_first({"columns.name", "columns.path", "columns.hotfix_id"});
  return Done{};
}

Result<Done> read_nuclei(TelemetryLine& line) {
  TelemetryFields& fields = line.fields;
  TelemetryRecord& record = line.record;
  record.product = "nuclei";
  record.kind = fields.take_first({"template-id", "templateID"});
  if (record.kind.empty()) return field_missing("template-id", line);
  record.message = fields.take("info.name");
  record.host = fields.take_first({"host", "ip", "matched-at"});
  fields.take("type");
  record.severity_id = severity_of_word(fields.take("info.severity"));
  set_class(record, ocsf::kVulnerability, 1, record.severity_id >= 2 ? kVulnerability : kInventory);
  const std::string_view time = fields.take("timestamp");
  return set_time(time, "timestamp", line);
}

TelemetryGuess json_format(TelemetryFields& fields) {
  const auto known = [](TelemetryFormat format, std::string_view marker) {
    return TelemetryGuess{.format = format, .marker = marker, .document = false};
  };
  if (fields.has("event_type") && fields.has("timestamp"))
    return known(TelemetryFormat::kSuricataEve, "event_type");
  if (fields.has("class_uid") || fields.has("event.class_uid"))
    return known(TelemetryFormat::kOcsf, "class_uid");
  if (fields.has("ts") && (fields.has("uid") || fields.has("_path") || fields.has("note")))
    return known(TelemetryFormat::kZeek, "ts");
  if (fields.has("source") && fields.has("product") && fields.has("kind") && fields.has("state"))
    return known(TelemetryFormat::kHeartbeat, "kind");
  if (fields.has("EventID") || fields.has("winlog.event_id") ||
      fields.has_prefix("Event.System.Ev"))
    return known(TelemetryFormat::kWindows, "EventID");
  if (fields.has("rule.level") && fields.has("rule.id"))
    return known(TelemetryFormat::kWazuh, "rule.level");
  if (fields.has("hostIdentifier")) return known(TelemetryFormat::kOsquery, "hostIdentifier");
  if (fields.has("template-id") || fields.has("templateID"))
    return known(TelemetryFormat::kNuclei, "template-id");
  return {};
}

}  // namespace anlan::formats
