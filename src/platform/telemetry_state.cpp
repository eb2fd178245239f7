#include "platform/telemetry_state.h"

#include <algorithm>
#include <cstring>
#include <set>

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/refusals.h"
#include "platform/telemetry_refusals.h"

namespace anlan::platform {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kIndexMagic = "ANLTIX01";
constexpr std::string_view kHoldsMagic = "ANLTHD01";
constexpr std::size_t kDigestBytes = 32;
constexpr std::uint64_t kSegmentsMax = 10'000'000;

// Bytes with their own SHA-256 at the end.
Bytes sealed_bytes(ByteWriter& out) {
  const Digest digest = sha256(out.bytes());
  out.raw(digest.bytes);
  return out.take();
}

bool is_sealed(BytesView bytes, std::string_view magic) {
  if (bytes.size() < magic.size() + kDigestBytes) return false;
  if (std::memcmp(bytes.data(), magic.data(), magic.size()) != 0) return false;
  const Digest digest = sha256(bytes.first(bytes.size() - kDigestBytes));
  return std::memcmp(digest.bytes.data(), bytes.data() + bytes.size() - kDigestBytes,
                     kDigestBytes) == 0;
}

Digest read_digest(ByteReader& in) {
  Digest digest;
  const BytesView bytes = in.raw(kDigestBytes);
  if (bytes.size() == kDigestBytes) std::copy(bytes.begin(), bytes.end(), digest.bytes.begin());
  return digest;
}

// Whether a whole frame stands anywhere behind `offset`: then what is wrong there is no torn end.
bool frame_behind(BytesView bytes, std::uint64_t offset) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  for (std::size_t at = text.find("ATF1", offset + 1); at != std::string_view::npos;
       at = text.find("ATF1", at + 1)) {
    if (at < kSegmentHeadBytes + kDigestBytes) continue;
    Digest before;
    std::memcpy(before.bytes.data(), bytes.data() + at - kDigestBytes, kDigestBytes);
    FrameAt frame;
    if (read_frame(bytes, at, before, frame) == FrameState::kWhole) return true;
  }
  return false;
}

}  // namespace

SealedSegment TelemetrySegment::summary() const {
  SealedSegment out{.number = number,
                    .digest = digest,
                    .lines = 0,
                    .bytes = bytes,
                    .first_received = {},
                    .last_received = {},
                    .expired = expired};
  for (const TelemetryFrame& frame : frames) {
    out.lines += frame.head.lines;
    const bool first = &frame == &frames.front();
    out.first_received =
        first ? frame.head.received : std::min(out.first_received, frame.head.received);
    out.last_received =
        first ? frame.head.received : std::max(out.last_received, frame.head.received);
  }
  return out;
}

fs::path TelemetryPaths::segment(std::uint64_t number) const {
  return folder / fmt::format("{:08}.seg", number);
}
fs::path TelemetryPaths::index(std::uint64_t number) const {
  return folder / fmt::format("{:08}.idx", number);
}
fs::path TelemetryPaths::gone(std::uint64_t number) const {
  return folder / fmt::format("{:08}.gone", number);
}
fs::path TelemetryPaths::torn(std::uint64_t number, std::uint64_t offset) const {
  return folder / fmt::format("torn-{}-{}", number, offset);
}

std::vector<std::uint64_t> TelemetryPaths::numbers() const {
  std::set<std::uint64_t> out;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string ending = entry.path().extension().string();
    if (ending != ".seg" && ending != ".idx" && ending != ".gone") continue;
    const std::string stem = entry.path().stem().string();
    std::uint64_t number = 0;
    const bool digits = !stem.empty() && std::all_of(stem.begin(), stem.end(),
                                                     [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || stem.size() > 12) continue;
    for (const char c : stem) number = number * 10 + static_cast<std::uint64_t>(c - '0');
    if (number > 0 && number < kSegmentsMax) out.insert(number);
  }
  return {out.begin(), out.end()};
}

Bytes index_bytes(const TelemetrySegment& segment) {
  ByteWriter out;
  out.raw(bytes_of(kIndexMagic));
  out.whole(segment.number);
  out.raw(segment.before.bytes);
  out.raw(segment.digest.bytes);
  out.whole(segment.bytes);
  out.whole(static_cast<std::uint32_t>(segment.frames.size()));
  for (const TelemetryFrame& frame : segment.frames) {
    write_head(out, frame.head);
    out.whole(frame.packed_offset);
    out.whole(frame.packed_size);
  }
  return sealed_bytes(out);
}

std::optional<TelemetrySegment> read_index(BytesView bytes) {
  if (!is_sealed(bytes, kIndexMagic)) return std::nullopt;
  ByteReader in(
      bytes.subspan(kIndexMagic.size(), bytes.size() - kIndexMagic.size() - kDigestBytes));
  TelemetrySegment out;
  out.number = in.whole<std::uint64_t>();
  out.before = read_digest(in);
  out.digest = read_digest(in);
  out.bytes = in.whole<std::uint64_t>();
  const auto frames = in.whole<std::uint32_t>();
  for (std::uint32_t i = 0; in.ok() && i < frames; ++i) {
    TelemetryFrame frame;
    frame.head = read_head(in);
    frame.packed_offset = in.whole<std::uint64_t>();
    frame.packed_size = in.whole<std::uint64_t>();
    out.frames.push_back(std::move(frame));
  }
  out.sealed = true;
  if (!in.done()) return std::nullopt;
  return out;
}

Bytes holds_bytes(const std::vector<LegalHold>& holds) {
  ByteWriter out;
  out.raw(bytes_of(kHoldsMagic));
  out.whole(static_cast<std::uint32_t>(holds.size()));
  for (const LegalHold& hold : holds) {
    out.whole(hold.id);
    out.whole(hold.enterprise.number);
    out.text(hold.reason);
    out.text(hold.by);
    out.whole(hold.placed_at.micros());
    out.whole(static_cast<std::uint8_t>(hold.released_at ? 1 : 0));
    out.whole(hold.released_at ? hold.released_at->micros() : std::int64_t{0});
  }
  return sealed_bytes(out);
}

std::optional<std::vector<LegalHold>> read_holds(BytesView bytes) {
  if (!is_sealed(bytes, kHoldsMagic)) return std::nullopt;
  ByteReader in(
      bytes.subspan(kHoldsMagic.size(), bytes.size() - kHoldsMagic.size() - kDigestBytes));
  std::vector<LegalHold> out;
  const auto count = in.whole<std::uint32_t>();
  for (std::uint32_t i = 0; in.ok() && i < count; ++i) {
    LegalHold hold;
    hold.id = in.whole<std::uint64_t>();
    hold.enterprise.number = in.whole<std::uint64_t>();
    hold.reason = in.text();
    hold.by = in.text();
    hold.placed_at = Instant::from_micros(in.whole<std::int64_t>());
    const auto released = in.whole<std::uint8_t>();
    const Instant at = Instant::from_micros(in.whole<std::int64_t>());
    if (released != 0) hold.released_at = at;
    out.push_back(std::move(hold));
  }
  if (!in.done()) return std::nullopt;
  return out;
}

TelemetryScan scan_segment(BytesView bytes, std::uint64_t number) {
  TelemetryScan out;
  out.segment.number = number;
  if (bytes.size() < kSegmentHeadBytes) return out;
  std::memcpy(out.segment.before.bytes.data(), bytes.data() + 16, kDigestBytes);
  const Bytes expected = segment_head(number, out.segment.before);
  out.head_ok = std::equal(expected.begin(), expected.end(), bytes.begin());
  if (!out.head_ok) return out;
  out.segment.digest = first_chain(bytes.first(kSegmentHeadBytes));
  std::size_t at = kSegmentHeadBytes;
  while (at < bytes.size()) {
    FrameAt frame;
    if (read_frame(bytes, at, out.segment.digest, frame) != FrameState::kWhole) break;
    out.segment.frames.push_back({.head = std::move(frame.head),
                                  .packed_offset = frame.packed_offset,
                                  .packed_size = frame.packed_size});
    out.segment.digest = frame.chain;
    at += frame.size;
  }
  out.good = at;
  out.segment.bytes = at;
  out.damaged = at < bytes.size() && frame_behind(bytes, at);
  return out;
}

Result<Bytes> read_all(const fs::path& file) {
  const int handle = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat info {};
  const auto failed = [&]() -> Refusal {
    const std::string reason = std::strerror(errno);
    if (handle >= 0) ::close(handle);
    return Refusal{.code = refusals::kFileUnreadable,
                   .path = "file",
                   .value = file.string(),
                   .args = {{.name = "reason", .value = reason}},
                   .at = {}};
  };
  if (handle < 0 || ::fstat(handle, &info) != 0) return failed();
  Bytes out(static_cast<std::size_t>(info.st_size));
  std::size_t have = 0;
  while (have < out.size()) {
    const ssize_t got = ::read(handle, out.data() + have, out.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed();
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  ::close(handle);
  out.resize(have);
  return out;
}

Refusal telemetry_damaged(const fs::path& file, std::uint64_t offset) {
  return Refusal{.code = refusals::kTelemetryDamaged,
                 .path = "telemetry",
                 .value = file.filename().string(),
                 .args = {{.name = "file", .value = file.filename().string()},
                          {.name = "offset", .value = std::to_string(offset)}},
                 .at = {}};
}

Digest batch_key(const FrameHead& head) {
  ByteWriter out;
  out.whole(head.enterprise.number);
  out.text(head.source);
  out.text(head.batch);
  return sha256(out.bytes());
}

}  // namespace anlan::platform
