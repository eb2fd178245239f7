// Cisco ASA ("Cisco ASA Series Syslog Messages") and Palo Alto Networks (PAN-OS, "Syslog Field
// Descriptions": comma separated, by position).
#include <array>

#include "formats/telemetry_readers.h"

namespace anlan::formats {
namespace {

using enum TelemetryMeaning;

struct AsaKind {
  std::string_view prefix;  // of the number of the message
  int class_uid;
  int activity_id;
  TelemetryMeaning meaning;
};
// The first prefix that fits decides.
constexpr std::array kAsaKinds{
    AsaKind{"302013", ocsf::kNetwork, 1, kConnection},
    AsaKind{"302015", ocsf::kNetwork, 1, kConnection},
    AsaKind{"302020", ocsf::kNetwork, 1, kConnection},
    AsaKind{"302014", ocsf::kNetwork, 2, kConnection},
    AsaKind{"302016", ocsf::kNetwork, 2, kConnection},
    AsaKind{"302021", ocsf::kNetwork, 2, kConnection},
    AsaKind{"106", ocsf::kNetwork, 5, kBlocked},
    AsaKind{"710003", ocsf::kNetwork, 5, kBlocked},
    AsaKind{"710005", ocsf::kNetwork, 5, kBlocked},
    AsaKind{"4000", ocsf::kDetection, 1, kAlert},
    AsaKind{"7331", ocsf::kDetection, 1, kAlert},
    AsaKind{"113004", ocsf::kAuthentication, 1, kLogin},
    AsaKind{"113005", ocsf::kAuthentication, 1, kLoginFailed},
    AsaKind{"113015", ocsf::kAuthentication, 1, kLoginFailed},
    AsaKind{"605004", ocsf::kAuthentication, 1, kLoginFailed},
    AsaKind{"605005", ocsf::kAuthentication, 1, kLogin},
    AsaKind{"111", ocsf::kConfigState, 1, kConfigChange},
    AsaKind{"502", ocsf::kAccountChange, 0, kAccountChange},
    AsaKind{"104", ocsf::kConfigState, 1, kTrouble},
    AsaKind{"3", ocsf::kNetwork, 6, kConnection},
    AsaKind{"6", ocsf::kNetwork, 6, kConnection},
};

constexpr std::string_view kAsaMark = "%ASA-";

// Names by position of what TRAFFIC and THREAT share, and of THREAT alone.
constexpr std::array<std::string_view, 38> kPaloAltoNames{
    "future_use",     "receive_time",   "serial",       "type",         "subtype",
    "config_version", "generated_time", "src",          "dst",          "nat_src",
    "nat_dst",        "rule",           "src_user",     "dst_user",     "app",
    "vsys",           "from_zone",      "to_zone",      "in_interface", "out_interface",
    "log_action",     "time_logged",    "session_id",   "repeat_count", "src_port",
    "dst_port",       "nat_src_port",   "nat_dst_port", "flags",        "proto",
    "action",         "misc",           "threat",       "category",     "severity",
    "direction",      "sequence",       "action_flags"};
constexpr std::size_t kShared = 31;   // up to "action"
constexpr std::size_t kOfSystem = 7;  // up to "generated_time": SYSTEM and CONFIG go on otherwise
constexpr std::size_t kColumnsMax = 200;

std::string_view next_column(std::string_view& rest, TelemetryFields& fields) {
  if (!rest.starts_with('"')) {
    const std::string_view column = rest.substr(0, std::min(rest.find(','), rest.size()));
    rest.remove_prefix(column.size());
    return column;
  }
  std::string plain;
  std::size_t i = 1;
  for (; i < rest.size(); ++i) {
    if (rest[i] == '"') {
      if (i + 1 >= rest.size() || rest[i + 1] != '"') break;
      ++i;
    }
    plain += rest[i];
  }
  rest.remove_prefix(std::min(rest.size(), i + 1));
  return fields.keep(std::move(plain));
}

}  // namespace

bool is_asa(std::string_view text) { return text.starts_with(kAsaMark); }

Result<Done> read_asa(std::string_view text, TelemetryLine& line) {
  TelemetryRecord& record = line.record;
  text.remove_prefix(kAsaMark.size());
  const std::string_view head = text.substr(0, std::min(text.find(':'), text.size()));
  const std::size_t dash = head.find('-');
  const auto level = whole_of(head.substr(0, dash));
  if (dash == std::string_view::npos || !level || *level < 0 || *level > 7)
    return field_missing("severity", line);
  record.product = "cisco_asa";
  record.kind = head.substr(dash + 1);
  if (!whole_of(record.kind)) return field_missing("message number", line);
  std::string_view message = text.substr(std::min(text.size(), head.size() + 1));
  while (message.starts_with(' ')) message.remove_prefix(1);
  record.message = message;
  constexpr std::array kSeverities{6, 5, 5, 4, 3, 2, 1, 1};
  record.severity_id = kSeverities[static_cast<std::size_t>(*level)];
  set_class(record, ocsf::kNetwork, 0, kEvent);
  for (const AsaKind& kind : kAsaKinds) {
    if (!record.kind.starts_with(kind.prefix)) continue;
    set_class(record, kind.class_uid, kind.activity_id, kind.meaning);
    break;
  }
  if (holds(message, "Deny ") || holds(message, "Denied "))
    set_class(record, ocsf::kNetwork, 5, kBlocked);
  if (holds(message, " permitted ")) set_class(record, ocsf::kNetwork, 6, kConnection);
  if (holds(message, "uthentication failed") || record.kind == "611102")
    set_class(record, ocsf::kAuthentication, 1, kLoginFailed);
  return Done{};
}

bool is_palo_alto(std::string_view text) {
  // "1,2015/01/05 05:38:58,0006C110285,THREAT," - a number, a time, a serial, a type in capitals.
  std::size_t comma = text.find(',');
  if (comma == std::string_view::npos || comma > 2 || text.size() < comma + 22) return false;
  if (text[comma + 5] != '/' || text[comma + 8] != '/') return false;
  for (const std::string_view type :
       {",THREAT,", ",TRAFFIC,", ",SYSTEM,", ",CONFIG,", ",HIP-MATCH,", ",GLOBALPROTECT,",
        ",USERID,", ",AUTHENTICATION,", ",DECRYPTION,", ",CORRELATION,"})
    if (holds(text.substr(0, 80), type)) return true;
  return false;
}

Result<Done> read_palo_alto(std::string_view text, TelemetryLine& line) {
  TelemetryFields& fields = line.fields;
  TelemetryRecord& record = line.record;
  record.product = "pan_os";
  std::string_view rest = text;
  std::string_view type;
  for (std::size_t i = 0; i < kColumnsMax; ++i) {
    const std::string_view value = next_column(rest, fields);
    if (i == 3) type = value;
    const std::size_t named = type.empty() || type == "THREAT" ? kPaloAltoNames.size()
                              : type == "TRAFFIC"              ? kShared
                                                               : kOfSystem;
    if (i < named) {
      fields.add(kPaloAltoNames[i], value);
    } else {
      fields.add(fields.keep("column " + std::to_string(i + 1)), value);
    }
    if (!rest.starts_with(',')) break;
    rest.remove_prefix(1);
  }
  if (!rest.empty()) fields.add("rest", rest);
  if (type.empty()) return field_missing("type", line);
  for (const std::string_view name : {"receive_time", "serial", "type", "src", "dst", "src_port",
                                      "dst_port", "app", "proto", "rule", "from_zone", "to_zone"})
    fields.take(name);
  record.kind = fields.take("subtype");
  const std::string_view action = fields.take("action");
  const bool stopped = holds(action, "deny") || holds(action, "drop") || holds(action, "reset") ||
                       holds(action, "block") || holds(action, "sinkhole");
  record.severity_id = 1;
  if (type == "THREAT") {
    set_class(record, ocsf::kDetection, 1, stopped ? kBlocked : kAlert);
    record.message = fields.take("threat");
    record.severity_id = severity_of_word(fields.take("severity"));
    if (record.kind == "virus") record.meaning = stopped ? kBlocked : kMalware;
    if (record.kind == "url" && !stopped) set_class(record, ocsf::kHttp, 1, kWeb);
  } else if (type == "TRAFFIC") {
    set_class(record, ocsf::kNetwork, stopped ? 5 : 6, stopped ? kBlocked : kConnection);
    record.message = fields.take("app");
  } else if (type == "CONFIG") {
    set_class(record, ocsf::kConfigState, 1, kConfigChange);
  } else {
    set_class(record, ocsf::kBase, 0, kEvent);
    record.message = type;
  }
  if (record.host.empty()) record.host = fields.take("serial");
  const std::string_view generated = fields.take("generated_time");
  return set_time(generated.empty() ? fields.take("receive_time") : generated, "generated_time",
                  line);
}

}  // namespace anlan::formats
