// Segments of the telemetry store: files of frames, a frame a batch.
//
//   segment  "ANLTEL01", u64 number, the chain with which the segment before ends (zeros: none)
//   frame    "ATF1", u32 bytes of the head, u32 bytes of the packed lines, head, lines, chain
//   chain    SHA-256 of the chain before and of all bytes of the frame in front of it; the first
//            chain is the SHA-256 of the segment's beginning
//
// So the last chain of a segment depends on every byte of it and of all segments before: it is the
// segment's digest. Whole numbers are little-endian (base/bytes.h); lines are packed by zstd.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/sha256.h"
#include "base/time.h"
#include "domain/enterprise.h"

namespace anlan::platform {

inline constexpr std::size_t kSegmentHeadBytes = 8 + 8 + 32;
inline constexpr std::size_t kFrameHeadMax = std::size_t{64} << 10;
inline constexpr std::size_t kBatchLinesMax = 100'000;
inline constexpr std::size_t kBatchBytesMax = std::size_t{32} << 20;  // of the lines together

// One line as it is kept: its text as it came, and what was understood of it.
struct TelemetryEntry {
  std::string_view text;
  Instant at;                   // of a line without a time: when it was received
  std::uint32_t class_uid = 0;  // OCSF
  std::uint8_t severity = 0;    // OCSF
  std::uint8_t format = 0;      // formats::TelemetryFormat
};

// What is known of a frame without unpacking it.
struct FrameHead {
  domain::EnterpriseId enterprise;
  std::string source;  // the key of the device or collector
  std::string batch;   // the sender's id of the batch
  Digest content;      // SHA-256 of the lines and what was understood, before packing
  Instant received;
  Instant first_at;
  Instant last_at;
  std::uint32_t lines = 0;
  std::uint32_t bytes = 0;                                       // unpacked
  std::vector<std::pair<std::uint32_t, std::uint32_t>> classes;  // class, lines; ascending
  bool operator==(const FrameHead&) const = default;
};
void write_head(ByteWriter& out, const FrameHead& head);
FrameHead read_head(ByteReader& in);  // in.ok() says whether

Bytes segment_head(std::uint64_t number, const Digest& before);
Digest first_chain(BytesView segment_head);

// The lines as bytes, and back. `entries` of unpack_lines point into `bytes`.
Bytes pack_lines(std::span<const TelemetryEntry> entries);
std::optional<std::vector<TelemetryEntry>> unpack_lines(BytesView bytes, std::uint32_t lines);

Bytes zstd_packed(BytesView bytes);
// nullopt: damaged, or not exactly of that size.
std::optional<Bytes> zstd_unpacked(BytesView bytes, std::size_t size);

// A frame with its chain at the end.
Bytes frame_bytes(const FrameHead& head, BytesView packed, const Digest& chain_before);

// The frame at `offset` of a segment's bytes.
struct FrameAt {
  FrameHead head;
  std::size_t size = 0;           // with its chain
  std::size_t packed_offset = 0;  // within the segment
  std::size_t packed_size = 0;
  Digest chain;
};
enum class FrameState : std::uint8_t { kWhole = 1, kCut = 2, kDamaged = 3 };
// kCut: the bytes end within it. kDamaged: it is no frame, or its chain is not what follows from
// the chain before, which is read from the bytes in front of it (`chain_before` for the first).
FrameState read_frame(BytesView segment, std::size_t offset, const Digest& chain_before,
                      FrameAt& out);

}  // namespace anlan::platform
