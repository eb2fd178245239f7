#include "formats/security_suricata.h"

#include <algorithm>

#include <simdjson.h>

#include "base/refusals.h"
#include "base/utf8.h"
#include "formats/security_refusals.h"

namespace anlan::formats {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::size_t kNameMax = 255;       // bytes of a host or event type (RFC 1035)
constexpr std::size_t kSignatureMax = 200;  // code points

Refusal refuse(RefusalCode code, std::string_view path, std::string_view value,
               std::vector<RefusalArg> args = {}) {
  return Refusal{.code = code,
                 .path = std::string(path),
                 .value = std::string(value),
                 .args = std::move(args),
                 .at = {}};
}

// A text member; "" where it is missing and may be.
Result<std::string_view> text_member(const object& event, std::string_view key, bool required) {
  element found;
  if (event.at_key(key).get(found) != simdjson::SUCCESS) {
    if (required) return refuse(anlan::refusals::kMissingKey, key, "");
    return std::string_view();
  }
  std::string_view text;
  if (found.get(text) == simdjson::SUCCESS && text.size() <= kNameMax) return text;
  return refuse(anlan::refusals::kWrongType, key, "",
                {{.name = "expected", .value = "text"}, {.name = "found", .value = "other"}});
}

// "2026-03-02T08:00:00.123456+0800" is RFC 3339 but for the colon of the zone.
Result<Instant> eve_instant(std::string_view text, UtcOffset offset_if_missing) {
  std::string with_zone(text);
  const std::size_t sign = with_zone.find_first_of("+-Z", std::min<std::size_t>(11, text.size()));
  if (sign == std::string::npos) {
    with_zone += 'Z';
    ANLAN_TRY(const Instant local, parse_instant(with_zone, "timestamp"));
    return plus_minutes(local, -offset_if_missing.minutes());
  }
  if (with_zone[sign] != 'Z' && with_zone.size() == sign + 5) with_zone.insert(sign + 3, 1, ':');
  return parse_instant(with_zone, "timestamp");
}

void read_alert(const object& event, EveEvent& read) {
  object alert;
  if (!read.alert || event.at_key("alert").get(alert) != simdjson::SUCCESS) return;
  std::int64_t severity = 0;
  if (alert.at_key("severity").get(severity) == simdjson::SUCCESS && severity >= 0 &&
      severity <= 255) {
    read.severity = severity;
  }
  std::string_view text;
  if (alert.at_key("action").get(text) == simdjson::SUCCESS) read.blocked = text == "blocked";
  if (alert.at_key("signature").get(text) == simdjson::SUCCESS && !text.empty()) {
    read.signature = shortened(text, kSignatureMax);
  }
}

Result<EveEvent> read_event(const object& event, const EveOptions& options) {
  ANLAN_TRY(const std::string_view timestamp, text_member(event, "timestamp", true));
  ANLAN_TRY(const std::string_view event_type, text_member(event, "event_type", true));
  ANLAN_TRY(const std::string_view host, text_member(event, "host", false));
  ANLAN_TRY(const Instant at, eve_instant(timestamp, options.offset_if_missing));
  EveEvent read{.at = at,
                .host = std::string(host),
                .event_type = std::string(event_type),
                .alert = event_type == "alert",
                .severity = 0,
                .blocked = false,
                .signature = ""};
  read_alert(event, read);
  return read;
}

}  // namespace

// Kept between lines: its buffers grow to the longest line once.
struct EveReader::Parser {
  simdjson::dom::parser json{kSecurityLineMax};
  EveOptions options;
  Use use;

  Result<Done> read(std::string_view line) {
    object event;
    const auto error = json.parse(line.data(), line.size()).get(event);
    if (error == simdjson::UTF8_ERROR) return refuse(refusals::kSecurityLineNotUtf8, "line", line);
    if (error != simdjson::SUCCESS) {
      return refuse(refusals::kEveLineMalformed, "line", line,
                    {{.name = "reason", .value = simdjson::error_message(error)}});
    }
    ANLAN_TRY(const EveEvent read, read_event(event, options));
    use(read);
    return Done{};
  }
};

EveReader::EveReader(EveOptions options, Use use)
    : parser_(std::make_unique<Parser>()),
      lines_([parser = parser_.get()](std::string_view line) { return parser->read(line); }) {
  parser_->options = options;
  parser_->use = std::move(use);
}

EveReader::~EveReader() = default;

}  // namespace anlan::formats
