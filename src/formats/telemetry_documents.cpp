// Documents that are read whole: lists of components (CycloneDX, SPDX), findings of scanners
// (SARIF, testssl, nmap, OpenSCAP). Each entry is a record.
#include <algorithm>

#include "formats/json.h"
#include "formats/refusals.h"
#include "formats/telemetry_readers.h"
#include "formats/telemetry_refusals.h"
#include "formats/xml_events.h"

namespace anlan::formats {
namespace {

using enum TelemetryMeaning;

// Hands over the entries of one document, with what they have in common.
class Entries {
 public:
  Entries(TelemetryFormat format, const TelemetryDocument& document)
      : format_(format), document_(document) {}

  std::string time;     // of the document, "" where it states none
  std::string host;     // of the document
  std::string product;  // of the document

  // `fill` puts the fields in and says what they mean.
  template <class Fill>
  void add(int line_number, const Fill& fill) {
    if (document_.tally.lines >= kTelemetryEntriesMax) return;
    fields_.clear();
    TelemetryRecord record;
    record.format = format_;
    record.line =
        line_number > 0 ? static_cast<std::uint64_t>(line_number) : document_.tally.lines + 1;
    record.product = product;
    record.host = host;
    record.severity_id = 1;
    TelemetryLine line{.fields = fields_, .options = document_.options, .record = record};
    Result<Done> read = fill(line);
    if (read.ok() && !record.at && !time.empty()) (void)set_time(time, "time", line);
    hand_over(record, std::move(read));
  }
  // The whole text is one entry that nobody understands.
  void refuse_all(const Refusal& refusal) {
    fields_.clear();
    TelemetryRecord record;
    record.format = format_;
    record.line = 1;
    hand_over(record, refusal);
  }

 private:
  void hand_over(TelemetryRecord& record, Result<Done> read) {
    TelemetryTally& tally = document_.tally;
    ++tally.lines;
    if (read.ok()) {
      ++tally.understood;
      for (const TelemetryField& field : fields_.all()) tally.fields_unknown += !field.understood;
    } else {
      ++tally.unknown;
      record.fault = read.refusal();
      if (record.fault->at.line == 0)
        record.fault->at.line =
            static_cast<int>(std::min<std::uint64_t>(record.line, 2'000'000'000));
    }
    record.fields = fields_.all();
    document_.use(record);
  }

  TelemetryFormat format_;
  const TelemetryDocument& document_;
  TelemetryFields fields_;
};

std::string_view text_at(const Node* node, std::string_view key) {
  const Node* found = node && node->is_table() ? node->find(key) : nullptr;
  return found ? std::string_view(found->text) : std::string_view();
}

const Node* at(const Node* node, std::string_view key) {
  return node && node->is_table() ? node->find(key) : nullptr;
}

// The members of an entry as fields; what is a list or a table stays JSON.
void add_members(const Node& node, TelemetryFields& fields) {
  if (!node.is_table()) return;
  for (const Member& member : node.members) {
    const bool inner = member.value.is_table() || member.value.is_list();
    fields.add(member.key, inner ? fields.keep(write_json(member.value)) : member.value.text);
  }
}

// A list that an SBOM has; its entries one by one.
template <class Fill>
void each(const Node* list, Entries& entries, const Fill& fill) {
  if (!list || !list->is_list()) return;
  for (const Node& item : list->items) {
    entries.add(item.line, [&](TelemetryLine& line) {
      add_members(item, line.fields);
      return fill(item, line);
    });
  }
}

Result<Done> component(std::string_view name_key, std::string_view version_key,
                       TelemetryLine& line) {
  const std::string_view name = line.fields.take(name_key);
  if (name.empty()) return field_missing(name_key, line);
  const std::string_view version = line.fields.take(version_key);
  set_class(line.record, ocsf::kSoftware, 1, kInventory);
  line.record.kind = "component";
  line.record.message =
      version.empty() ? name : line.fields.keep(std::string(name) + " " + std::string(version));
  return Done{};
}

// Components may hold components: as deep as the tree of the parser may be.
void read_components(const Node* list, Entries& entries) {
  each(list, entries, [&](const Node&, TelemetryLine& line) {
    for (const std::string_view name : {"type", "group", "purl", "bom-ref", "licenses"})
      line.fields.take(name);
    return component("name", "version", line);
  });
  if (!list || !list->is_list()) return;
  for (const Node& item : list->items) read_components(at(&item, "components"), entries);
}

void read_cyclonedx(const Node& root, Entries& entries) {
  const Node* metadata = at(&root, "metadata");
  entries.time = text_at(metadata, "timestamp");
  entries.product = "cyclonedx";
  entries.host = text_at(at(metadata, "component"), "name");
  entries.add(root.line, [&](TelemetryLine& line) {
    for (const Member& member : root.members)
      if (member.key != "components" && member.key != "vulnerabilities")
        line.fields.add(member.key, member.value.is_table() || member.value.is_list()
                                        ? line.fields.keep(write_json(member.value))
                                        : member.value.text);
    line.fields.take("bomFormat");
    line.record.kind = "document";
    set_class(line.record, ocsf::kSoftware, 1, kInventory);
    line.record.message = line.fields.take("specVersion");
    if (line.record.message.empty()) return Result<Done>(field_missing("specVersion", line));
    return Result<Done>(Done{});
  });
  read_components(at(&root, "components"), entries);
  each(at(&root, "vulnerabilities"), entries, [](const Node& item, TelemetryLine& line) {
    line.record.kind = "vulnerability";
    line.record.message = line.fields.take("id");
    set_class(line.record, ocsf::kVulnerability, 1, kVulnerability);
    const Node* ratings = at(&item, "ratings");
    if (ratings && ratings->is_list() && !ratings->items.empty())
      line.record.severity_id = severity_of_word(text_at(&ratings->items[0], "severity"));
    if (line.record.message.empty()) return Result<Done>(field_missing("id", line));
    return Result<Done>(Done{});
  });
}

void read_spdx(const Node& root, Entries& entries) {
  entries.time = text_at(at(&root, "creationInfo"), "created");
  entries.product = "spdx";
  entries.host = text_at(&root, "name");
  entries.add(root.line, [&](TelemetryLine& line) {
    for (const Member& member : root.members)
      if (member.key != "packages")
        line.fields.add(member.key, member.value.is_table() || member.value.is_list()
                                        ? line.fields.keep(write_json(member.value))
                                        : member.value.text);
    line.record.kind = "document";
    line.record.message = line.fields.take("spdxVersion");
    set_class(line.record, ocsf::kSoftware, 1, kInventory);
    return Result<Done>(Done{});
  });
  each(at(&root, "packages"), entries, [](const Node&, TelemetryLine& line) {
    line.fields.take("SPDXID");
    line.fields.take("licenseConcluded");
    return component("name", "versionInfo", line);
  });
}

void read_sarif(const Node& root, Entries& entries) {
  const Node* runs = at(&root, "runs");
  if (!runs || !runs->is_list()) return;
  for (const Node& run : runs->items) {
    entries.product = text_at(at(at(&run, "tool"), "driver"), "name");
    entries.time.clear();
    const Node* invocations = at(&run, "invocations");
    if (invocations && invocations->is_list() && !invocations->items.empty())
      entries.time = text_at(&invocations->items[0], "endTimeUtc");
    each(at(&run, "results"), entries, [](const Node& item, TelemetryLine& line) {
      line.record.kind = line.fields.take("ruleId");
      line.record.message = text_at(at(&item, "message"), "text");
      const std::string_view level = line.fields.take("level");
      line.fields.take("message");
      line.record.severity_id = severity_of_word(level.empty() ? "warning" : level);
      set_class(line.record, ocsf::kVulnerability, 1, kVulnerability);
      if (line.record.message.empty()) return Result<Done>(field_missing("message.text", line));
      return Result<Done>(Done{});
    });
  }
}

void read_testssl(const Node& root, Entries& entries) {
  entries.product = "testssl";
  const Node* list = root.is_list() ? &root : at(&root, "scanResult");
  each(list, entries, [](const Node&, TelemetryLine& line) {
    line.record.kind = line.fields.take("id");
    if (line.record.kind.empty()) return Result<Done>(field_missing("id", line));
    line.record.host = line.fields.take("ip");
    line.fields.take("port");
    line.record.message = line.fields.take("finding");
    const std::string_view word = line.fields.take("severity");
    line.record.severity_id = severity_of_word(word);
    // What was only told, or could not be tested, is neither.
    const bool told = word == "INFO" || word == "WARN" || word == "FATAL" || word == "DEBUG";
    set_class(line.record, ocsf::kCompliance, 1,
              told           ? kEvent
              : word == "OK" ? kCompliant
                             : kNotCompliant);
    return Result<Done>(Done{});
  });
}

// One port of nmap, or one rule of OpenSCAP, as its elements pass.
struct XmlEntry {
  std::vector<std::pair<std::string, std::string>> fields;
  std::string host;
  std::string time;
};

class NmapReader {
 public:
  explicit NmapReader(Entries& entries) : entries_(entries) {}
  void open(std::string_view name, const XmlAttributes& attributes) {
    if (name == "nmaprun") {
      entries_.product = "nmap";
      entries_.time = xml_attribute(attributes, "start");
    } else if (name == "host") {
      entries_.host.clear();
    } else if (name == "address" && entries_.host.empty()) {
      entries_.host = xml_attribute(attributes, "addr");
    } else if (name == "port") {
      entry_ = {};
      add("port.", attributes);
    } else if (name == "state" || name == "service") {
      add(std::string(name) + ".", attributes);
    }
  }
  void close(std::string_view name) {
    if (name != "port") return;
    entries_.add(0, [&](TelemetryLine& line) {
      for (const auto& [key, value] : entry_.fields) line.fields.add(key, value);
      const bool is_open = line.fields.take("state.state") == "open";
      line.fields.take("port.protocol");
      line.record.kind = line.fields.take("port.portid");
      line.record.message = line.fields.take("service.name");
      set_class(line.record, ocsf::kInventory, 1, is_open ? kOpenPort : kInventory);
      if (line.record.kind.empty()) return Result<Done>(field_missing("portid", line));
      return Result<Done>(Done{});
    });
  }
  void text(std::string_view) {}

 private:
  void add(const std::string& prefix, const XmlAttributes& attributes) {
    for (const auto& [key, value] : attributes)
      entry_.fields.emplace_back(prefix + std::string(key), std::string(value));
  }
  Entries& entries_;
  XmlEntry entry_;
};

class XccdfReader {
 public:
  explicit XccdfReader(Entries& entries) : entries_(entries) { entries_.product = "openscap"; }
  void open(std::string_view name, const XmlAttributes& attributes) {
    if (name == "TestResult") {
      entries_.time = xml_attribute(attributes, "end-time");
    } else if (name == "rule-result") {
      entry_ = {};
      for (const auto& [key, value] : attributes)
        entry_.fields.emplace_back(std::string(key), std::string(value));
      inside_ = true;
    }
    text_.clear();
  }
  void close(std::string_view name) {
    if (name == "target") entries_.host = text_;
    if (inside_ && name != "rule-result") entry_.fields.emplace_back(std::string(name), text_);
    text_.clear();
    if (name != "rule-result") return;
    inside_ = false;
    entries_.add(0, [&](TelemetryLine& line) {
      for (const auto& [key, value] : entry_.fields) line.fields.add(key, value);
      line.record.kind = line.fields.take("idref");
      line.record.message = line.record.kind;
      const std::string_view result = line.fields.take("result");
      const std::string_view severity = line.fields.take("severity");
      const std::string_view time = line.fields.take("time");
      if (result.empty()) return Result<Done>(field_missing("result", line));
      const bool failed = result == "fail" || result == "error";
      const bool passed = result == "pass" || result == "fixed";
      line.record.severity_id = failed ? std::max(2, severity_of_word(severity)) : 1;
      set_class(line.record, ocsf::kCompliance, 1,
                failed   ? kNotCompliant
                : passed ? kCompliant
                         : kEvent);
      if (!time.empty()) return set_time(time, "time", line);
      return Result<Done>(Done{});
    });
  }
  void text(std::string_view piece) {
    constexpr std::size_t kTextMax = 4'096;
    if (text_.size() + piece.size() <= kTextMax) text_ += piece;
  }

 private:
  Entries& entries_;
  XmlEntry entry_;
  std::string text_;
  bool inside_ = false;
};

template <class Reader>
void read_xml(std::string_view text, Entries& entries) {
  Reader reader(entries);
  XmlEvents events({.open = [&](std::string_view name,
                                const XmlAttributes& attributes) { reader.open(name, attributes); },
                    .close = [&](std::string_view name) { reader.close(name); },
                    .text = [&](std::string_view piece) { reader.text(piece); }});
  const char* reason = events.feed(text, true);
  if (!reason) return;
  entries.refuse_all(Refusal{.code = refusals::kArchiveBroken,
                             .path = "document",
                             .value = std::string(text.substr(0, 40)),
                             .args = {{.name = "detail", .value = reason}},
                             .at = {}});
}

// A document type that names a file of the machine is what nmap writes at the top: it is left out,
// entities it could declare are not (XmlEvents refuses those).
std::string without_doctype(std::string_view text) {
  constexpr std::string_view kNmapType = "<!DOCTYPE nmaprun>";
  std::string out(text);
  if (const std::size_t found = out.find(kNmapType); found != std::string::npos && found < 4'096)
    out.erase(found, kNmapType.size());
  return out;
}

}  // namespace

bool read_telemetry_document(TelemetryFormat format, const TelemetryDocument& document) {
  Entries entries(format, document);
  if (format == TelemetryFormat::kNmap) {
    read_xml<NmapReader>(without_doctype(document.text), entries);
    return true;
  }
  if (format == TelemetryFormat::kXccdf) {
    read_xml<XccdfReader>(document.text, entries);
    return true;
  }
  const auto tree = parse_json(document.text, "");
  if (!tree.ok()) {
    entries.refuse_all(tree.refusal());
    return true;
  }
  switch (format) {
    case TelemetryFormat::kCycloneDx:
      read_cyclonedx(*tree, entries);
      return true;
    case TelemetryFormat::kSpdx:
      read_spdx(*tree, entries);
      return true;
    case TelemetryFormat::kSarif:
      read_sarif(*tree, entries);
      return true;
    case TelemetryFormat::kTestssl:
      read_testssl(*tree, entries);
      return true;
    default:
      return false;
  }
}

}  // namespace anlan::formats
