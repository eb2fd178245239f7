// CEF (Micro Focus, "ArcSight Common Event Format", version 26) and LEEF 1.0 and 2.0 (IBM QRadar,
// "LEEF event components"): a header between bars, then pairs of name and value.
#include <array>

#include "formats/telemetry_readers.h"

namespace anlan::formats {
namespace {

using enum TelemetryMeaning;

// The part up to the next bar that is not escaped; without the bar in `rest`.
bool next_part(std::string_view& rest, std::string_view& part, TelemetryFields& fields) {
  std::size_t end = 0;
  bool escaped = false;
  while (end < rest.size() && rest[end] != '|') {
    if (rest[end] == '\\' && end + 1 < rest.size()) {
      escaped = true;
      ++end;
    }
    ++end;
  }
  if (end >= rest.size()) return false;
  part = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  if (!escaped) return true;
  std::string plain;
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (part[i] == '\\' && i + 1 < part.size()) ++i;
    plain += part[i];
  }
  part = fields.keep(std::move(plain));
  return true;
}

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == '[' || c == ']' || c == '-';
}

// Where the name of the next pair begins at or after `from`: letters before an '=' that is not
// escaped, after a blank. npos: there is none.
std::size_t next_name(std::string_view text, std::size_t from) {
  for (std::size_t equals = text.find('=', from); equals != std::string_view::npos;
       equals = text.find('=', equals + 1)) {
    std::size_t begin = equals;
    while (begin > from && is_name(text[begin - 1])) --begin;
    const bool fresh = begin == 0 || text[begin - 1] == ' ' || text[begin - 1] == '\t';
    if (begin < equals && fresh) return begin;
  }
  return std::string_view::npos;
}

// "src=10.0.0.1 msg=two words dst=10.0.0.2": a value runs to the name of the next pair. Words that
// belong to no pair are kept under "extension".
void read_pairs(std::string_view text, TelemetryFields& fields) {
  std::size_t begin = next_name(text, 0);
  if (begin == std::string_view::npos) begin = text.size();
  if (text.substr(0, begin).find_first_not_of(' ') != std::string_view::npos)
    fields.add("extension", text.substr(0, begin));
  while (begin < text.size()) {
    const std::size_t equals = text.find('=', begin);
    const std::size_t next = next_name(text, equals + 1);
    std::string_view value =
        text.substr(equals + 1, next == std::string_view::npos ? next : next - equals - 1);
    while (value.ends_with(' ') || value.ends_with('\r')) value.remove_suffix(1);
    if (!fields.add(text.substr(begin, equals - begin), value)) {
      // What does not fit any more is one field together.
      break;
    }
    if (next == std::string_view::npos) break;
    begin = next;
  }
}

bool is_blocking(std::string_view action) {
  constexpr std::array<std::string_view, 9> kWords{
      "block", "blocked", "deny", "denied", "drop", "dropped", "reject", "reset", "quarantined"};
  for (const std::string_view word : kWords)
    if (same_letters(word, action)) return true;
  return false;
}

// One that was started, stopped or deleted is no backup.
TelemetryMeaning backup_of(std::string_view name) {
  for (const std::string_view word :
       {"ail", "rror", "bort", "ancel", "nsucc", "not ", "ncomplete"}) {
    if (holds(name, word)) return kBackupFailed;
  }
  return holds(name, "ompleted") || holds(name, "ucce") ? kBackup : kEvent;
}

// The class by what product and name speak of; detection is what these formats are for.
void classify(std::string_view name, TelemetryLine& line) {
  TelemetryRecord& record = line.record;
  set_class(record, ocsf::kDetection, 1, kAlert);
  const std::string_view action = line.fields.take_first({"act", "action"});
  if (is_blocking(action)) record.meaning = kBlocked;
  if (holds(name, "ogin") || holds(name, "ogon") || holds(name, "uthentication")) {
    const std::string_view outcome = line.fields.take_first({"outcome", "reason"});
    const bool failed = holds(name, "ail") || same_letters(outcome, "failure");
    set_class(record, ocsf::kAuthentication, 1, failed ? kLoginFailed : kLogin);
  } else if (holds(name, "irus") || holds(name, "alware")) {
    const bool of_signatures = holds(name, "efinition") || holds(name, "ignature");
    record.meaning = !of_signatures ? kMalware : holds(name, "pdated") ? kUpdate : kEvent;
  } else if (holds(name, "ackup")) {
    set_class(record, ocsf::kApplication, 99, backup_of(name));
  } else if (same_letters(name, "TRAFFIC")) {
    set_class(record, ocsf::kNetwork, 6, record.meaning == kBlocked ? kBlocked : kConnection);
  }
}

void take_ends(TelemetryFields& fields) {
  for (const std::string_view name : {"src", "spt", "srcPort", "dst", "dpt", "dstPort", "proto",
                                      "suser", "duser", "usrName", "cnt", "cat", "externalId"})
    fields.take(name);
}

std::string_view after(std::string_view text, std::string_view word) {
  text.remove_prefix(word.size());
  while (text.starts_with(' ')) text.remove_prefix(1);
  return text;
}

// A time of the extension, when one can be read; else that of the envelope stays.
void time_of_pairs(std::initializer_list<std::string_view> names, TelemetryLine& line) {
  for (const std::string_view name : names) {
    if (!line.fields.has(name)) continue;
    const auto before = line.record.at;
    if (set_time(line.fields.take(name), name, line).ok()) return;
    line.record.at = before;
  }
}

}  // namespace

bool is_cef(std::string_view text) {
  if (!text.starts_with("CEF:")) return false;
  const std::string_view rest = after(text, "CEF:");
  return !rest.empty() && rest[0] >= '0' && rest[0] <= '9';
}

bool is_leef(std::string_view text) {
  return text.starts_with("LEEF:1") || text.starts_with("LEEF:2");
}

Result<Done> read_cef(std::string_view text, TelemetryLine& line) {
  TelemetryFields& fields = line.fields;
  TelemetryRecord& record = line.record;
  std::string_view rest = after(text, "CEF:");
  constexpr std::array<std::string_view, 7> kNames{
      "cef_version",  "device_vendor", "device_product", "device_version",
      "signature_id", "name",          "severity"};
  std::array<std::string_view, 7> header;
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (!next_part(rest, header[i], fields)) return field_missing(kNames[i], line);
    fields.add(kNames[i], header[i], true);
  }
  read_pairs(rest, fields);
  record.product = header[2].empty() ? header[1] : header[2];
  record.kind = header[4];
  record.message = header[5];
  classify(header[5], line);
  const auto level = whole_of(header[6]);
  record.severity_id = level ? severity_of_ten(*level) : severity_of_word(header[6]);
  take_ends(fields);
  const std::string_view device = fields.take_first({"dvchost", "dvc", "deviceExternalId"});
  if (!device.empty()) record.host = device;
  const std::string_view message = fields.take("msg");
  if (record.message.empty()) record.message = message;
  time_of_pairs({"rt", "end", "start"}, line);
  return Done{};
}

Result<Done> read_leef(std::string_view text, TelemetryLine& line) {
  TelemetryFields& fields = line.fields;
  TelemetryRecord& record = line.record;
  std::string_view rest = after(text, "LEEF:");
  constexpr std::array<std::string_view, 5> kNames{"leef_version", "device_vendor",
                                                   "device_product", "device_version", "event_id"};
  std::array<std::string_view, 5> header;
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (!next_part(rest, header[i], fields)) return field_missing(kNames[i], line);
    fields.add(kNames[i], header[i], true);
  }
  char delimiter = '\t';
  if (header[0].starts_with('2')) {
    std::string_view mark;
    if (!next_part(rest, mark, fields)) return field_missing("delimiter", line);
    fields.add("delimiter", mark, true);
    if (mark.size() == 1) delimiter = mark[0];
    if (mark == "x5E" || mark == "0x5E") delimiter = '^';
    if (mark == "x7C" || mark == "0x7C") delimiter = '|';
  }
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, std::min(rest.find(delimiter), rest.size()));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    const std::size_t equals = pair.find('=');
    const bool named = equals != std::string_view::npos;
    if (pair.empty()) continue;
    if (!fields.add(named ? pair.substr(0, equals) : "extension",
                    named ? pair.substr(equals + 1) : pair))
      break;
  }
  record.product = header[2];
  record.kind = header[4];
  record.message = header[4];
  classify(header[4], line);
  const auto level = whole_of(fields.take("sev"));
  record.severity_id = level ? severity_of_ten(*level) : 0;
  take_ends(fields);
  const std::string_view host = fields.take_first({"identHostName", "devName"});
  if (!host.empty()) record.host = host;
  time_of_pairs({"devTime"}, line);
  return Done{};
}

}  // namespace anlan::formats
