// Readers of what watches the network: Suricata EVE (docs.suricata.io, "Eve JSON Format"), Zeek in
// JSON (docs.zeek.org, "Log Formats"); OCSF events as they are; our own heartbeat
// (docs/TELEMETRY.md).
#include <array>

#include "formats/telemetry_readers.h"
#include "formats/telemetry_refusals.h"

namespace anlan::formats {
namespace {

struct EveKind {
  std::string_view name;
  int class_uid;
  int activity_id;
  TelemetryMeaning meaning;
};
constexpr std::array kEveKinds{
    EveKind{"alert", ocsf::kDetection, 1, TelemetryMeaning::kAlert},
    EveKind{"flow", ocsf::kNetwork, 6, TelemetryMeaning::kConnection},
    EveKind{"dns", ocsf::kDns, 6, TelemetryMeaning::kDns},
    EveKind{"http", ocsf::kHttp, 0, TelemetryMeaning::kWeb},
    EveKind{"http2", ocsf::kHttp, 0, TelemetryMeaning::kWeb},
    EveKind{"tls", ocsf::kNetwork, 1, TelemetryMeaning::kTls},
    EveKind{"fileinfo", ocsf::kNetworkFile, 0, TelemetryMeaning::kFile},
    EveKind{"stats", ocsf::kConfigState, 1, TelemetryMeaning::kRunning},
    EveKind{"drop", ocsf::kNetwork, 5, TelemetryMeaning::kBlocked},
    EveKind{"netflow", ocsf::kNetwork, 6, TelemetryMeaning::kConnection},
    EveKind{"ssh", ocsf::kSsh, 1, TelemetryMeaning::kConnection},
    EveKind{"smb", ocsf::kSmb, 0, TelemetryMeaning::kConnection},
    EveKind{"rdp", ocsf::kRdp, 0, TelemetryMeaning::kConnection},
    EveKind{"smtp", ocsf::kEmail, 0, TelemetryMeaning::kConnection},
    EveKind{"ftp", ocsf::kFtp, 0, TelemetryMeaning::kConnection},
    EveKind{"dhcp", ocsf::kDhcp, 0, TelemetryMeaning::kConnection},
    EveKind{"modbus", ocsf::kNetwork, 6, TelemetryMeaning::kIndustrial},
    EveKind{"dnp3", ocsf::kNetwork, 6, TelemetryMeaning::kIndustrial},
    EveKind{"anomaly", ocsf::kDetection, 1, TelemetryMeaning::kEvent},
};

// Fields that say who spoke to whom: understood, and shown as they are.
void take_ends(TelemetryFields& fields) {
  for (const std::string_view name : {"src_ip", "src_port", "dest_ip", "dest_port", "proto"})
    fields.take(name);
}

void read_eve_alert(TelemetryLine& line) {
  TelemetryFields& fields = line.fields;
  TelemetryRecord& record = line.record;
  record.message = fields.take("alert.signature");
  if (fields.take("alert.action") == "blocked") {
    record.meaning = TelemetryMeaning::kBlocked;
    record.activity_id = 1;
  }
  fields.take("alert.category");
  fields.take("alert.signature_id");
  const auto severity = whole_of(fields.take("alert.severity"));
  if (severity)
    record.severity_id = *severity == 1 ? 4 : *severity == 2 ? 3 : *severity == 3 ? 2 : 1;
}

}  // namespace

Result<Done> read_eve(TelemetryLine& line) {
  TelemetryFields& fields = line.fields;
  TelemetryRecord& record = line.record;
  record.product = "suricata";
  record.kind = fields.take("event_type");
  if (record.kind.empty()) return field_missing("event_type", line);
  if (auto timed = set_time(fields.take("timestamp"), "timestamp", line); !timed.ok()) return timed;
  record.host = fields.take("host");
  set_class(record, ocsf::kBase, 0, TelemetryMeaning::kEvent);
  record.severity_id = 1;
  for (const EveKind& kind : kEveKinds) {
    if (kind.name != record.kind) continue;
    set_class(record, kind.class_uid, kind.activity_id, kind.meaning);
    break;
  }
  take_ends(fields);
  switch (record.meaning) {
    case TelemetryMeaning::kAlert:
      read_eve_alert(line);
      break;
    case TelemetryMeaning::kDns:
      record.message = fields.take("dns.rrname");
      break;
    case TelemetryMeaning::kWeb:
      fields.take("http.url");
      record.message = fields.take("http.hostname");
      break;
    case TelemetryMeaning::kTls:
      fields.take("tls.version");
      record.message = fields.take("tls.sni");
      break;
    case TelemetryMeaning::kFile:
      record.message = fields.take("fileinfo.filename");
      break;
    case TelemetryMeaning::kRunning:
      fields.take("stats.uptime");
      break;
    default:
      break;
  }
  return Done{};
}

Result<Done> read_zeek(TelemetryLine& line) {
  TelemetryFields& fields = line.fields;
  TelemetryRecord& record = line.record;
  record.product = "zeek";
  if (auto timed = set_time(fields.take("ts"), "ts", line); !timed.ok()) return timed;
  fields.take("uid");
  for (const std::string_view name : {"id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p", "proto"})
    fields.take(name);
  record.kind = fields.take("_path");
  record.host = fields.take_first({"_system_name", "_node_name"});
  record.severity_id = 1;
  const auto as = [&](std::string_view kind, int class_uid, TelemetryMeaning meaning) {
    if (record.kind.empty()) record.kind = kind;
    set_class(record, class_uid, 6, meaning);
  };
  if (fields.has("note")) {
    as("notice", ocsf::kDetection, TelemetryMeaning::kAlert);
    record.activity_id = 1;
    record.severity_id = 3;
    fields.take("note");
    record.message = fields.take_first({"msg", "note"});
  } else if (fields.has("trans_id") || fields.has("qtype_name")) {
    as("dns", ocsf::kDns, TelemetryMeaning::kDns);
    record.message = fields.take("query");
  } else if (fields.has("trans_depth") || fields.has("status_code")) {
    as("http", ocsf::kHttp, TelemetryMeaning::kWeb);
    fields.take("method");
    fields.take("uri");
    record.message = fields.take("host");
  } else if (fields.has("ssl_history") || fields.has("cipher")) {
    as("ssl", ocsf::kNetwork, TelemetryMeaning::kTls);
    fields.take("version");
    fields.take("cipher");
    record.message = fields.take("server_name");
  } else if (fields.has("func") || fields.has("fc_request") || fields.has("fc_reply")) {
    as(fields.has("func") ? "modbus" : "dnp3", ocsf::kNetwork, TelemetryMeaning::kIndustrial);
    record.message = fields.take_first({"func", "fc_request", "fc_reply"});
  } else if (fields.has("conn_state")) {
    as("conn", ocsf::kNetwork, TelemetryMeaning::kConnection);
    fields.take("conn_state");
    record.message = fields.take("service");
  } else {
    as("event", ocsf::kNetwork, TelemetryMeaning::kEvent);
  }
  return Done{};
}

namespace {

struct State {
  std::string_view word;
  int severity;
  TelemetryMeaning meaning;  // of a heartbeat that says no more
};
constexpr std::array kStates{
    State{"ok", 1, TelemetryMeaning::kRunning},
    State{"degraded", 3, TelemetryMeaning::kTrouble},
    State{"failed", 4, TelemetryMeaning::kTrouble},
    State{"stopped", 4, TelemetryMeaning::kTrouble},
    State{"maintenance", 1, TelemetryMeaning::kMaintenance},
};
struct Beat {
  std::string_view kind;
  int class_uid;
  TelemetryMeaning ok;
};
constexpr std::array kBeats{
    Beat{"running", ocsf::kConfigState, TelemetryMeaning::kRunning},
    Beat{"update", ocsf::kConfigState, TelemetryMeaning::kUpdate},
    Beat{"scan", ocsf::kScan, TelemetryMeaning::kClean},
    Beat{"patch", ocsf::kConfigState, TelemetryMeaning::kCompliant},
    Beat{"policy", ocsf::kCompliance, TelemetryMeaning::kCompliant},
    Beat{"inventory", ocsf::kInventory, TelemetryMeaning::kInventory},
    Beat{"backup", ocsf::kApplication, TelemetryMeaning::kBackup},
};

template <class List>
Refusal word_unknown(std::string_view field, std::string_view value, const List& list) {
  std::string choices;
  for (const auto& entry : list) {
    if (!choices.empty()) choices += ", ";
    if constexpr (requires { entry.word; })
      choices += entry.word;
    else
      choices += entry.kind;
  }
  return Refusal{.code = refusals::kTelemetryWordUnknown,
                 .path = std::string(field),
                 .value = std::string(value.substr(0, 80)),
                 .args = {{.name = "choices", .value = std::move(choices)}},
                 .at = {}};
}

}  // namespace

Result<Done> read_heartbeat(TelemetryLine& line) {
  TelemetryFields& fields = line.fields;
  TelemetryRecord& record = line.record;
  fields.take("anlan");  // the version of this format
  for (const std::string_view name : {"source", "host", "product", "kind", "state"})
    if (fields.take(name).empty()) return field_missing(name, line);
  if (auto timed = set_time(fields.take("at"), "at", line); !timed.ok()) return timed;
  record.host = fields.take("host");
  record.product = fields.take("product");
  record.kind = fields.take("kind");
  record.message = fields.take("message");
  const State* state = nullptr;
  for (const State& known : kStates)
    if (known.word == fields.take("state")) state = &known;
  if (!state) return word_unknown("state", fields.take("state"), kStates);
  const Beat* beat = nullptr;
  for (const Beat& known : kBeats)
    if (known.kind == record.kind) beat = &known;
  if (!beat) return word_unknown("kind", record.kind, kBeats);
  const bool good = state->meaning == TelemetryMeaning::kRunning;
  set_class(record, beat->class_uid, 1, good ? beat->ok : state->meaning);
  if (state->meaning == TelemetryMeaning::kTrouble && beat->ok == TelemetryMeaning::kBackup)
    record.meaning = TelemetryMeaning::kBackupFailed;
  if (state->meaning == TelemetryMeaning::kTrouble && beat->ok == TelemetryMeaning::kCompliant)
    record.meaning = TelemetryMeaning::kNotCompliant;
  record.severity_id = state->severity;
  for (const std::string_view name :
       {"version", "definitions_at", "finished_at", "bytes", "copy", "restore_tested_at",
        "patches_missing", "patches_critical", "hosts", "until"})
    fields.take(name);
  return Done{};
}

namespace {

TelemetryMeaning ocsf_meaning(std::int64_t class_uid, std::string_view status, int severity) {
  const bool failed = same_letters(status, "failure") || status == "2";
  switch (class_uid) {
    case 1001:
      return TelemetryMeaning::kFile;
    case 1005:
    case 1006:
    case 1007:
      return TelemetryMeaning::kProcess;
    case 2001:
    case 2004:
      return TelemetryMeaning::kAlert;
    case 2002:
      return TelemetryMeaning::kVulnerability;
    case 2003:
      return failed || severity >= 3 ? TelemetryMeaning::kNotCompliant
                                     : TelemetryMeaning::kCompliant;
    case 3001:
      return TelemetryMeaning::kAccountChange;
    case 3002:
      return failed ? TelemetryMeaning::kLoginFailed : TelemetryMeaning::kLogin;
    case 4001:
    case 4004:
    case 4005:
    case 4006:
    case 4007:
    case 4008:
    case 4009:
      return TelemetryMeaning::kConnection;
    case 4002:
      return TelemetryMeaning::kWeb;
    case 4003:
      return TelemetryMeaning::kDns;
    case 4010:
      return TelemetryMeaning::kFile;
    case 5001:
    case 5020:
      return TelemetryMeaning::kInventory;
    case 5002:
      return TelemetryMeaning::kConfigChange;
    default:
      return TelemetryMeaning::kEvent;
  }
}

}  // namespace

Result<Done> read_ocsf(TelemetryLine& line) {
  TelemetryFields& fields = line.fields;
  TelemetryRecord& record = line.record;
  // Some carry the event inside an envelope of one field.
  const bool inner = !fields.has("class_uid") && fields.has("event.class_uid");
  const auto take = [&](std::string_view name) {
    return inner ? fields.take(fields.joined("event", name)) : fields.take(name);
  };
  const auto class_uid = whole_of(take("class_uid"));
  if (!class_uid || *class_uid < 0 || *class_uid > 99'999'999)
    return field_missing("class_uid", line);
  record.class_uid = static_cast<int>(*class_uid);
  const auto activity = whole_of(take("activity_id"));
  record.activity_id =
      static_cast<int>(activity && *activity >= 0 && *activity < 100 ? *activity : 0);
  const auto severity = whole_of(take("severity_id"));
  record.severity_id =
      static_cast<int>(severity && *severity >= 0 && *severity <= 6 ? *severity : 0);
  record.kind = take("class_name");
  std::string_view status = take("status");
  const std::string_view status_id = take("status_id");
  if (status.empty()) status = status_id;
  record.meaning = ocsf_meaning(*class_uid, status, record.severity_id);
  record.product = take("metadata.product.name");
  take("category_uid");
  take("category_name");
  take("activity_name");
  take("severity");
  take("type_uid");
  record.host = take("device.hostname");
  if (record.host.empty()) record.host = take("device.name");
  record.message = take("message");
  if (record.message.empty()) record.message = take("finding.title");
  if (record.message.empty()) record.message = take("activity_name");
  const std::string_view time = take("time");
  if (time.empty() || time == "null") return Done{};
  return set_time(time, "time", line);
}

}  // namespace anlan::formats
