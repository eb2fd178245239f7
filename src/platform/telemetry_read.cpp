// Reading of the telemetry store: search, counts, verification, export.
#include <algorithm>

#include "formats/json.h"
#include "formats/telemetry.h"
#include "platform/files.h"
#include "platform/telemetry_state.h"

namespace anlan::platform {
namespace {

namespace fs = std::filesystem;

bool may_hold(const FrameHead& head, const TelemetryQuery& query) {
  if (query.enterprise.exists() && head.enterprise != query.enterprise) return false;
  if (query.from && head.last_at < *query.from) return false;
  if (query.until && head.first_at >= *query.until) return false;
  if (!query.class_uid) return true;
  return std::any_of(head.classes.begin(), head.classes.end(),
                     [&](const auto& entry) { return entry.first == *query.class_uid; });
}

bool fits(const TelemetryEntry& entry, const TelemetryQuery& query) {
  if (query.from && entry.at < *query.from) return false;
  if (query.until && entry.at >= *query.until) return false;
  if (query.class_uid && entry.class_uid != *query.class_uid) return false;
  return query.text.empty() || entry.text.find(query.text) != std::string_view::npos;
}

// One segment's bytes at a time.
class SegmentReader {
 public:
  explicit SegmentReader(const TelemetryPaths& paths) : paths_(paths) {}
  Result<BytesView> packed(std::uint64_t number, const TelemetryFrame& frame) {
    if (number != number_) {
      ANLAN_TRY(bytes_, read_all(paths_.segment(number)));
      number_ = number;
    }
    if (frame.packed_offset + frame.packed_size > bytes_.size())
      return telemetry_damaged(paths_.segment(number), bytes_.size());
    return BytesView(bytes_).subspan(frame.packed_offset, frame.packed_size);
  }

 private:
  const TelemetryPaths& paths_;
  std::uint64_t number_ = 0;
  Bytes bytes_;
};

Node line_node(const StoredLine& line) {
  Node node = Node::table();
  node.add("enterprise", Node::string(to_text(line.enterprise)));
  node.add("source", Node::string(line.source));
  node.add("batch", Node::string(line.batch));
  node.add("segment", Node::number(static_cast<std::int64_t>(line.segment)));
  node.add("frame", Node::number(line.frame));
  node.add("line", Node::number(line.line));
  node.add("received", Node::string(to_text(line.received)));
  node.add("at", Node::string(to_text(line.at)));
  node.add("class_uid", Node::number(line.class_uid));
  node.add("severity_id", Node::number(line.severity));
  node.add("format",
           Node::string(formats::name_of(static_cast<formats::TelemetryFormat>(line.format))));
  node.add("text", Node::string(line.text));
  return node;
}

}  // namespace

std::vector<TelemetryStore::State::Place> TelemetryStore::State::places(
    const TelemetryQuery& query) {
  const std::lock_guard held(mutex);
  std::vector<Place> out;
  for (const TelemetrySegment& segment : segments) {
    if (segment.expired) continue;
    for (std::uint32_t i = 0; i < segment.frames.size(); ++i) {
      const TelemetryFrame& frame = segment.frames[i];
      if (frame.sequence <= synced && may_hold(frame.head, query))
        out.push_back({.segment = segment.number, .frame = i, .of = frame});
    }
  }
  return out;
}

Result<Done> TelemetryStore::each(const TelemetryQuery& query,
                                  const std::function<bool(const StoredLine&)>& use) {
  SegmentReader reader(state_->paths);
  for (const State::Place& place : state_->places(query)) {
    const FrameHead& head = place.of.head;
    ANLAN_TRY(const BytesView packed, reader.packed(place.segment, place.of));
    const auto raw = zstd_unpacked(packed, head.bytes);
    const auto entries = raw ? unpack_lines(*raw, head.lines) : std::nullopt;
    if (!entries || sha256(*raw) != head.content)
      return telemetry_damaged(state_->paths.segment(place.segment), place.of.packed_offset);
    for (std::uint32_t i = 0; i < entries->size(); ++i) {
      const TelemetryEntry& entry = (*entries)[i];
      if (!fits(entry, query)) continue;
      const StoredLine line{.enterprise = head.enterprise,
                            .source = head.source,
                            .batch = head.batch,
                            .received = head.received,
                            .at = entry.at,
                            .class_uid = entry.class_uid,
                            .severity = entry.severity,
                            .format = entry.format,
                            .segment = place.segment,
                            .frame = place.frame,
                            .line = i,
                            .text = std::string(entry.text)};
      if (!use(line)) return Done{};
    }
  }
  return Done{};
}

Result<TelemetryFound> TelemetryStore::search(const TelemetryQuery& query) {
  TelemetryFound found;
  ANLAN_REQUIRE(each(query, [&](const StoredLine& line) {
    found.more = found.lines.size() == query.limit;
    if (!found.more) found.lines.push_back(line);
    return !found.more;
  }));
  return found;
}

std::vector<TelemetryCount> TelemetryStore::count(domain::EnterpriseId enterprise, Instant from,
                                                  Instant until) {
  std::map<std::string, TelemetryCount> sources;
  for (const State::Place& place :
       state_->places({.enterprise = enterprise, .from = from, .until = until})) {
    const FrameHead& head = place.of.head;
    const auto [at, fresh] = sources.try_emplace(
        head.source,
        TelemetryCount{
            .source = head.source, .lines = 0, .first_at = head.first_at, .last_at = head.last_at});
    at->second.lines += head.lines;
    at->second.first_at = std::min(at->second.first_at, head.first_at);
    at->second.last_at = std::max(at->second.last_at, head.last_at);
  }
  std::vector<TelemetryCount> out;
  for (auto& [source, entry] : sources) out.push_back(std::move(entry));
  return out;
}

Result<TelemetryVerified> verify_telemetry(const fs::path& folder) {
  const TelemetryPaths paths{.folder = folder};
  TelemetryVerified out;
  Digest before;
  std::uint64_t expected = 1;
  const auto fault = [&](const fs::path& file, std::uint64_t offset, std::string what) {
    out.faults.push_back(
        {.file = file.filename().string(), .offset = offset, .what = std::move(what)});
  };
  for (const std::uint64_t number : paths.numbers()) {
    for (; expected < number; ++expected) fault(paths.segment(expected), 0, "missing");
    ++expected;
    ++out.segments;
    std::optional<TelemetrySegment> index;
    if (fs::exists(paths.index(number))) {
      ANLAN_TRY(const Bytes bytes, read_all(paths.index(number)));
      index = read_index(bytes);
      if (!index) fault(paths.index(number), 0, "index");
    }
    if (index && index->before != before) fault(paths.index(number), 0, "order");
    if (fs::exists(paths.gone(number)) && index) {
      before = index->digest;
      continue;
    }
    if (!fs::exists(paths.segment(number))) {
      fault(paths.segment(number), 0, "missing");
      if (index) before = index->digest;
      continue;
    }
    ANLAN_TRY(const Bytes bytes, read_all(paths.segment(number)));
    const TelemetryScan scan = scan_segment(bytes, number);
    out.frames += scan.segment.frames.size();
    out.lines += scan.segment.summary().lines;
    if (!scan.head_ok)
      fault(paths.segment(number), 0, "frame");
    else if (scan.good < bytes.size())
      fault(paths.segment(number), scan.good, scan.damaged || index ? "frame" : "cut");
    else if (scan.segment.before != before)
      fault(paths.segment(number), 0, "order");
    else if (index && (index->digest != scan.segment.digest || index->bytes != bytes.size()))
      fault(paths.segment(number), bytes.size(), "cut");
    before = index ? index->digest : scan.segment.digest;
  }
  return out;
}

Result<std::uint64_t> export_telemetry(TelemetryStore& store, const TelemetryQuery& query,
                                       const fs::path& folder) {
  ANLAN_REQUIRE(check_absent(folder / "manifest.json"));
  std::error_code error;
  fs::create_directories(folder, error);
  std::string lines;
  std::uint64_t count = 0;
  ANLAN_REQUIRE(store.each(query, [&](const StoredLine& line) {
    lines += formats::write_json(line_node(line));
    lines += '\n';
    ++count;
    return true;
  }));
  ANLAN_REQUIRE(write_new_file(folder / "lines.jsonl", bytes_of(lines)));
  Node manifest = Node::table();
  manifest.add("lines", Node::number(static_cast<std::int64_t>(count)));
  manifest.add("sha256", Node::string(to_hex(sha256(bytes_of(lines)))));
  manifest.add("enterprise",
               query.enterprise.exists() ? Node::string(to_text(query.enterprise)) : Node::null());
  manifest.add("from", query.from ? Node::string(to_text(*query.from)) : Node::null());
  manifest.add("until", query.until ? Node::string(to_text(*query.until)) : Node::null());
  Node& segments = manifest.add("segments", Node::list());
  for (const SealedSegment& segment : store.sealed()) {
    Node node = Node::table();
    node.add("number", Node::number(static_cast<std::int64_t>(segment.number)));
    node.add("digest", Node::string(to_hex(segment.digest)));
    node.add("lines", Node::number(static_cast<std::int64_t>(segment.lines)));
    node.add("expired", Node::boolean(segment.expired));
    segments.items.push_back(std::move(node));
  }
  ANLAN_REQUIRE(write_new_file(folder / "manifest.json",
                               bytes_of(formats::write_json(manifest, {.indent = 2}) + "\n")));
  return count;
}

}  // namespace anlan::platform
