#include "formats/telemetry.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "formats/telemetry_readers.h"
#include "formats/telemetry_refusals.h"

namespace anlan::formats {
namespace {

constexpr std::size_t kShownMax = 80;      // code points of a line in a refusal
constexpr std::size_t kLooked = 64 << 10;  // bytes of a text in which a document is recognised
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr int kEnvelopesMax = 3;  // JSON around syslog around JSON

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

Refusal refuse(RefusalCode code, std::string_view text, std::vector<RefusalArg> args) {
  return Refusal{.code = code,
                 .path = "line",
                 .value = shortened(text.substr(0, 4 * kShownMax), kShownMax),
                 .args = std::move(args),
                 .at = {}};
}

Result<Done> read_json_as(TelemetryFormat format, TelemetryLine& line) {
  switch (format) {
    case TelemetryFormat::kSuricataEve:
      return read_eve(line);
    case TelemetryFormat::kZeek:
      return read_zeek(line);
    case TelemetryFormat::kHeartbeat:
      return read_heartbeat(line);
    case TelemetryFormat::kOcsf:
      return read_ocsf(line);
    case TelemetryFormat::kWindows:
      return read_windows(line);
    case TelemetryFormat::kWazuh:
      return read_wazuh(line);
    case TelemetryFormat::kOsquery:
      return read_osquery(line);
    case TelemetryFormat::kNuclei:
      return read_nuclei(line);
    default:
      return refuse(refusals::kTelemetryFormatUnknown, line.record.text, {});
  }
}

bool is_json_format(TelemetryFormat format) {
  return format == TelemetryFormat::kSuricataEve || format == TelemetryFormat::kZeek ||
         format == TelemetryFormat::kHeartbeat || format == TelemetryFormat::kOcsf ||
         format == TelemetryFormat::kWindows || format == TelemetryFormat::kWazuh ||
         format == TelemetryFormat::kOsquery || format == TelemetryFormat::kNuclei;
}

// Reads one line after another; keeps its memory between them.
class LineReader {
 public:
  LineReader(const TelemetryOptions& options, TelemetryTally& tally, const UseTelemetry& use)
      : options_(options), tally_(tally), use_(use) {}

  // `room`: bytes that may be read from the beginning of the line on.
  void take(std::string_view text, std::size_t room, std::uint64_t number) {
    fields_.clear();
    TelemetryRecord record;
    record.text = text;
    record.line = number;
    TelemetryLine line{.fields = fields_, .options = options_, .record = record};
    Result<Done> read = Done{};
    if (text.size() > kTelemetryLineMax) {
      read = refuse(refusals::kTelemetryLineTooLong, text,
                    {{.name = "max", .value = std::to_string(kTelemetryLineMax >> 10)}});
    } else {
      read = read_text(text, room, line, 0);
    }
    if (read.ok() && options_.format && record.format != *options_.format) {
      read = refuse(refusals::kTelemetryFormatDiffers, text,
                    {{.name = "format", .value = std::string(name_of(*options_.format))},
                     {.name = "found", .value = std::string(name_of(record.format))}});
    }
    hand_over(record, std::move(read));
  }
  void read_as_lynis() { lynis_ = true; }

 private:
  void hand_over(TelemetryRecord& record, Result<Done> read) {
    ++tally_.lines;
    if (read.ok()) {
      ++tally_.understood;
      for (const TelemetryField& field : fields_.all()) tally_.fields_unknown += !field.understood;
    } else {
      ++tally_.unknown;
      record.fault = read.refusal();
      record.fault->at.line = static_cast<int>(std::min<std::uint64_t>(record.line, 2'000'000'000));
    }
    record.fields = fields_.all();
    use_(record);
  }

  Result<Done> read_text(std::string_view text, std::size_t room, TelemetryLine& line, int depth) {
    if (depth > kEnvelopesMax) return refuse(refusals::kTelemetryFormatUnknown, text, {});
    while (text.starts_with(' ') || text.starts_with('\t')) {
      text.remove_prefix(1);
      --room;
    }
    if (text.starts_with('{')) return read_json(text, room, line, depth);
    TelemetryRecord& record = line.record;
    if (lynis_) {
      record.format = TelemetryFormat::kLynis;
      return read_lynis(text, line);
    }
    const TelemetryFormat format = text_format(text);
    if (format != TelemetryFormat::kUnknown) return read_as(format, text, line);
    const SyslogEnvelope envelope = open_syslog(text, line);
    if (envelope.found) return read_envelope(envelope, line, depth);
    if (is_clamav(text)) return read_as(TelemetryFormat::kClamav, text, line);
    return refuse(refusals::kTelemetryFormatUnknown, text, {});
  }

  static TelemetryFormat text_format(std::string_view text) {
    if (is_cef(text)) return TelemetryFormat::kCef;
    if (is_leef(text)) return TelemetryFormat::kLeef;
    if (is_asa(text)) return TelemetryFormat::kCiscoAsa;
    if (is_palo_alto(text)) return TelemetryFormat::kPaloAlto;
    if (is_auditd(text)) return TelemetryFormat::kAuditd;
    return TelemetryFormat::kUnknown;
  }

  static Result<Done> read_as(TelemetryFormat format, std::string_view text, TelemetryLine& line) {
    line.record.format = format;
    switch (format) {
      case TelemetryFormat::kCef:
        return read_cef(text, line);
      case TelemetryFormat::kLeef:
        return read_leef(text, line);
      case TelemetryFormat::kCiscoAsa:
        return read_asa(text, line);
      case TelemetryFormat::kPaloAlto:
        return read_palo_alto(text, line);
      case TelemetryFormat::kAuditd:
        return read_auditd(text, line);
      default:
        return read_clamav(text, line);
    }
  }

  // What the envelope carries; a message that is of no other format is syslog itself.
  Result<Done> read_envelope(const SyslogEnvelope& envelope, TelemetryLine& line, int depth) {
    const std::string_view rest = envelope.rest;
    const TelemetryFormat format = text_format(rest);
    if (format != TelemetryFormat::kUnknown) return read_as(format, rest, line);
    if (rest.starts_with('{')) {
      const auto inner = read_json(rest, rest.size(), line, depth + 1);
      if (inner.ok()) return inner;
    }
    const std::string_view program = envelope.program;
    if (program == "clamd" || program == "freshclam" || program == "clamscan" ||
        (program.empty() && is_clamav(rest)))
      return read_as(TelemetryFormat::kClamav, rest, line);
    line.record.format = TelemetryFormat::kSyslog;
    read_program(program, rest, line);
    return Done{};
  }

  Result<Done> read_json(std::string_view text, std::size_t room, TelemetryLine& line, int depth) {
    JsonFields& json = depth == 0 ? json_ : inner_json_;
    if (auto read = json.read(text, room, line.fields); !read.ok()) return read;
    TelemetryGuess guess = json_format(line.fields);
    if (options_.format && is_json_format(*options_.format)) guess.format = *options_.format;
    line.record.format = guess.format;
    if (guess.format != TelemetryFormat::kUnknown) return read_json_as(guess.format, line);
    // Logstash and rsyslog put the line into a field and the host beside it.
    const bool wrapped = line.fields.has("message") && depth == 0 &&
                         (line.fields.has("@timestamp") || line.fields.has("host"));
    if (!wrapped) return refuse(refusals::kTelemetryFormatUnknown, text, {});
    const std::string_view host = line.fields.take("host");
    const std::string_view time = line.fields.take("@timestamp");
    const std::string_view message = line.fields.take("message");
    if (auto read = read_text(message, message.size(), line, depth + 1); !read.ok()) return read;
    if (line.record.host.empty()) line.record.host = host;
    // The collector's clock states year and zone, which the line did not.
    if (line.record.time_note != TimeNote::kStated && !time.empty())
      return set_time(time, "@timestamp", line);
    return Done{};
  }

  const TelemetryOptions& options_;
  TelemetryTally& tally_;
  const UseTelemetry& use_;
  TelemetryFields fields_;
  JsonFields json_;
  JsonFields inner_json_;
  bool lynis_ = false;
};

struct DocumentMark {
  TelemetryFormat format;
  std::string_view marker;
  char first;  // the first sign of the text
};
constexpr std::array kDocuments{
    DocumentMark{TelemetryFormat::kCycloneDx, "\"bomFormat\"", '{'},
    DocumentMark{TelemetryFormat::kSpdx, "\"spdxVersion\"", '{'},
    DocumentMark{TelemetryFormat::kSarif, "\"runs\"", '{'},
    DocumentMark{TelemetryFormat::kTestssl, "\"finding\"", '['},
    DocumentMark{TelemetryFormat::kNmap, "<nmaprun", '<'},
    DocumentMark{TelemetryFormat::kXccdf, "<TestResult", '<'},
    DocumentMark{TelemetryFormat::kXccdf, ":TestResult", '<'},
    DocumentMark{TelemetryFormat::kXccdf, "xccdf", '<'},
};

bool is_document(TelemetryFormat format) {
  return std::any_of(kDocuments.begin(), kDocuments.end(),
                     [&](const DocumentMark& mark) { return mark.format == format; });
}

std::string_view without_mark(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return text;
}

// A report.dat of lynis begins with one of these.
bool is_lynis(std::string_view text) {
  return text.starts_with("# Lynis Report") || text.starts_with("report_version_major=") ||
         text.starts_with("lynis_version=");
}

TelemetryGuess document_of(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  const std::string_view head = text.substr(0, kLooked);
  for (const DocumentMark& mark : kDocuments) {
    if (text[first] != mark.first || !holds(head, mark.marker)) continue;
    // "<34>" begins a line of syslog, whatever it tells.
    const char next = first + 1 < text.size() ? text[first + 1] : ' ';
    if (mark.first == '<' && next >= '0' && next <= '9') continue;
    // JSON lines: every line closes what it opens.
    const std::string_view line = text.substr(first, text.find('\n', first) - first);
    const bool whole_line = line.find_last_not_of(" \t\r") != std::string_view::npos &&
                            line[line.find_last_not_of(" \t\r")] == '}';
    const bool more =
        text.find_first_not_of(" \t\r\n", first + line.size()) != std::string_view::npos;
    if (mark.first == '{' && whole_line && more) continue;
    return {.format = mark.format, .marker = mark.marker, .document = true};
  }
  return {};
}

}  // namespace

TelemetryTally read_telemetry(std::string_view text, const TelemetryOptions& options,
                              const UseTelemetry& use) {
  TelemetryTally tally;
  text = without_mark(text);
  const TelemetryGuess whole = document_of(text);
  const TelemetryFormat asked = options.format.value_or(whole.format);
  if (is_document(asked)) {
    const TelemetryDocument document{.text = text, .options = options, .tally = tally, .use = use};
    if (read_telemetry_document(asked, document)) return tally;
  }
  LineReader reader(options, tally, use);
  if (asked == TelemetryFormat::kLynis || (!options.format && is_lynis(text)))
    reader.read_as_lynis();
  std::uint64_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!is_blank(line)) reader.take(line, text.size(), number);
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return tally;
}

TelemetryGuess detect_telemetry(std::string_view text) {
  text = without_mark(text);
  if (const TelemetryGuess whole = document_of(text); whole.document) return whole;
  if (is_lynis(text))
    return {.format = TelemetryFormat::kLynis, .marker = "lynis", .document = false};
  TelemetryGuess guess;
  const std::string_view line = text.substr(0, std::min(text.find('\n'), kTelemetryLineMax));
  // Late enough for any time without a year: only the format counts.
  constexpr Instant kLate = Instant::from_micros(std::int64_t{7'200'000'000} * 1'000'000);
  read_telemetry(line, {.format = {}, .received = kLate, .offset = {}},
                 [&](const TelemetryRecord& record) { guess.format = record.format; });
  constexpr auto marker_of = [](TelemetryFormat format) -> std::string_view {
    switch (format) {
      case TelemetryFormat::kSuricataEve:
        return "event_type";
      case TelemetryFormat::kOcsf:
        return "class_uid";
      case TelemetryFormat::kZeek:
        return "ts";
      case TelemetryFormat::kHeartbeat:
        return "kind";
      case TelemetryFormat::kWindows:
        return "EventID";
      case TelemetryFormat::kWazuh:
        return "rule.level";
      case TelemetryFormat::kOsquery:
        return "hostIdentifier";
      case TelemetryFormat::kNuclei:
        return "template-id";
      case TelemetryFormat::kCef:
        return "CEF:";
      case TelemetryFormat::kLeef:
        return "LEEF:";
      case TelemetryFormat::kCiscoAsa:
        return "%ASA-";
      case TelemetryFormat::kPaloAlto:
        return "THREAT / TRAFFIC";
      case TelemetryFormat::kAuditd:
        return "msg=audit(";
      case TelemetryFormat::kClamav:
        return "FOUND / freshclam";
      case TelemetryFormat::kSyslog:
        return "<PRI> / Mmm dd hh:mm:ss";
      default:
        return "";
    }
  };
  guess.marker = marker_of(guess.format);
  return guess;
}

}  // namespace anlan::formats
