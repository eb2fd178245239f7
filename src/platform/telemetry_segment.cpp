#include "platform/telemetry_segment.h"

#include <algorithm>
#include <cstring>

#include <zstd.h>

#include "base/check.h"

namespace anlan::platform {
namespace {

constexpr std::string_view kSegmentMagic = "ANLTEL01";
constexpr std::string_view kFrameMagic = "ATF1";
constexpr std::size_t kFrameFixed = 4 + 4 + 4;
constexpr std::size_t kChainBytes = 32;
constexpr int kZstdLevel = 1;  // docs/decisions/043
constexpr std::uint16_t kClassesMax = 2'000;

std::uint32_t u32_at(BytesView bytes, std::size_t offset) {
  ByteReader in(bytes.subspan(offset, 4));
  return in.whole<std::uint32_t>();
}

Digest digest_at(BytesView bytes, std::size_t offset) {
  Digest digest;
  std::memcpy(digest.bytes.data(), bytes.data() + offset, kChainBytes);
  return digest;
}

// SHA-256 of the chain before and the frame's bytes.
Digest chain_of(const Digest& before, BytesView frame) {
  Bytes all;
  all.reserve(kChainBytes + frame.size());
  all.insert(all.end(), before.bytes.begin(), before.bytes.end());
  all.insert(all.end(), frame.begin(), frame.end());
  return sha256(all);
}

}  // namespace

void write_head(ByteWriter& out, const FrameHead& head) {
  out.whole(head.enterprise.number);
  out.text(head.source);
  out.text(head.batch);
  out.raw(head.content.bytes);
  out.whole(head.received.micros());
  out.whole(head.first_at.micros());
  out.whole(head.last_at.micros());
  out.whole(head.lines);
  out.whole(head.bytes);
  out.whole(static_cast<std::uint16_t>(head.classes.size()));
  for (const auto& [class_uid, lines] : head.classes) {
    out.whole(class_uid);
    out.whole(lines);
  }
}

FrameHead read_head(ByteReader& in) {
  FrameHead head;
  head.enterprise.number = in.whole<std::uint64_t>();
  head.source = in.text();
  head.batch = in.text();
  const BytesView content = in.raw(kChainBytes);
  if (content.size() == kChainBytes)
    std::copy(content.begin(), content.end(), head.content.bytes.begin());
  head.received = Instant::from_micros(in.whole<std::int64_t>());
  head.first_at = Instant::from_micros(in.whole<std::int64_t>());
  head.last_at = Instant::from_micros(in.whole<std::int64_t>());
  head.lines = in.whole<std::uint32_t>();
  head.bytes = in.whole<std::uint32_t>();
  const auto classes = in.whole<std::uint16_t>();
  if (classes > kClassesMax) in.fail();
  for (std::uint16_t i = 0; in.ok() && i < classes; ++i) {
    const auto class_uid = in.whole<std::uint32_t>();
    head.classes.emplace_back(class_uid, in.whole<std::uint32_t>());
  }
  return head;
}

Bytes segment_head(std::uint64_t number, const Digest& before) {
  ByteWriter out;
  out.raw(bytes_of(kSegmentMagic));
  out.whole(number);
  out.raw(before.bytes);
  return out.take();
}

Digest first_chain(BytesView head) { return sha256(head); }

Bytes pack_lines(std::span<const TelemetryEntry> entries) {
  std::size_t size = 0;
  for (const TelemetryEntry& entry : entries) size += entry.text.size() + 18;
  Bytes out(size);
  std::byte* to = out.data();
  // Columns first: values of one kind after each other pack better than rows.
  const auto put = [&to](auto value) {
    for (std::size_t i = 0; i < sizeof value; ++i)
      *to++ = static_cast<std::byte>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xFF);
  };
  std::int64_t before = 0;
  for (const TelemetryEntry& entry : entries) {
    put(entry.at.micros() - before);
    before = entry.at.micros();
  }
  for (const TelemetryEntry& entry : entries) put(entry.class_uid);
  for (const TelemetryEntry& entry : entries) put(entry.severity);
  for (const TelemetryEntry& entry : entries) put(entry.format);
  for (const TelemetryEntry& entry : entries) put(static_cast<std::uint32_t>(entry.text.size()));
  for (const TelemetryEntry& entry : entries) {
    if (!entry.text.empty()) std::memcpy(to, entry.text.data(), entry.text.size());
    to += entry.text.size();
  }
  return out;
}

std::optional<std::vector<TelemetryEntry>> unpack_lines(BytesView bytes, std::uint32_t lines) {
  ByteReader in(bytes);
  if (lines > kBatchLinesMax) return std::nullopt;
  std::vector<TelemetryEntry> out(lines);
  std::vector<std::uint32_t> sizes(lines);
  std::uint64_t before = 0;
  for (TelemetryEntry& entry : out) {
    before += static_cast<std::uint64_t>(in.whole<std::int64_t>());
    entry.at = Instant::from_micros(static_cast<std::int64_t>(before));
  }
  for (TelemetryEntry& entry : out) entry.class_uid = in.whole<std::uint32_t>();
  for (TelemetryEntry& entry : out) entry.severity = in.whole<std::uint8_t>();
  for (TelemetryEntry& entry : out) entry.format = in.whole<std::uint8_t>();
  for (std::uint32_t& size : sizes) size = in.whole<std::uint32_t>();
  for (std::size_t i = 0; i < out.size(); ++i) {
    const BytesView text = in.raw(sizes[i]);
    out[i].text = {reinterpret_cast<const char*>(text.data()), text.size()};
  }
  if (!in.done()) return std::nullopt;
  return out;
}

Bytes zstd_packed(BytesView bytes) {
  Bytes out(ZSTD_compressBound(bytes.size()));
  const std::size_t size =
      ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), kZstdLevel);
  ANLAN_CHECK(ZSTD_isError(size) == 0);
  out.resize(size);
  return out;
}

std::optional<Bytes> zstd_unpacked(BytesView bytes, std::size_t size) {
  if (size > kBatchBytesMax + kBatchLinesMax * 18) return std::nullopt;
  Bytes out(size);
  const std::size_t got = ZSTD_decompress(out.data(), out.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(got) != 0 || got != size) return std::nullopt;
  return out;
}

Bytes frame_bytes(const FrameHead& head, BytesView packed, const Digest& chain_before) {
  ByteWriter inner;
  write_head(inner, head);
  ByteWriter out;
  out.raw(bytes_of(kFrameMagic));
  out.whole(static_cast<std::uint32_t>(inner.bytes().size()));
  out.whole(static_cast<std::uint32_t>(packed.size()));
  out.raw(inner.bytes());
  out.raw(packed);
  const Digest chain = chain_of(chain_before, out.bytes());
  out.raw(chain.bytes);
  return out.take();
}

FrameState read_frame(BytesView segment, std::size_t offset, const Digest& chain_before,
                      FrameAt& out) {
  if (segment.size() - offset < kFrameFixed) return FrameState::kCut;
  if (std::memcmp(segment.data() + offset, kFrameMagic.data(), kFrameMagic.size()) != 0)
    return FrameState::kDamaged;
  const std::size_t head_size = u32_at(segment, offset + 4);
  const std::size_t packed_size = u32_at(segment, offset + 8);
  if (head_size > kFrameHeadMax || packed_size > 2 * kBatchBytesMax) return FrameState::kDamaged;
  const std::size_t body = kFrameFixed + head_size + packed_size;
  if (segment.size() - offset < body + kChainBytes) return FrameState::kCut;
  out.chain = digest_at(segment, offset + body);
  if (chain_of(chain_before, segment.subspan(offset, body)) != out.chain)
    return FrameState::kDamaged;
  ByteReader in(segment.subspan(offset + kFrameFixed, head_size));
  out.head = read_head(in);
  if (!in.done()) return FrameState::kDamaged;
  out.size = body + kChainBytes;
  out.packed_offset = offset + kFrameFixed + head_size;
  out.packed_size = packed_size;
  return FrameState::kWhole;
}

}  // namespace anlan::platform
