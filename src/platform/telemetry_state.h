// Behind telemetry_store.h: the files of the store by name, the index of a segment as bytes, and
// the state that the parts of the store share.
#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>

#include "platform/telemetry_store.h"

namespace anlan::platform {

struct TelemetryFrame {
  FrameHead head;
  std::uint64_t packed_offset = 0;
  std::uint64_t packed_size = 0;
  std::uint64_t sequence = 0;  // of the frames that this process wrote; 0: from before
  bool operator==(const TelemetryFrame&) const = default;
};

struct TelemetrySegment {
  std::uint64_t number = 0;
  Digest before;  // digest of the segment before
  Digest digest;  // the chain so far; once sealed the digest of the segment
  std::uint64_t bytes = 0;
  std::vector<TelemetryFrame> frames;
  bool sealed = false;
  bool expired = false;
  SealedSegment summary() const;
};

struct TelemetryPaths {
  std::filesystem::path folder;
  std::filesystem::path segment(std::uint64_t number) const;
  std::filesystem::path index(std::uint64_t number) const;
  std::filesystem::path gone(std::uint64_t number) const;
  std::filesystem::path lock() const { return folder / "lock"; }
  std::filesystem::path holds() const { return folder / "holds"; }
  std::filesystem::path torn(std::uint64_t number, std::uint64_t offset) const;
  // The numbers of all segments that anything is there of, ascending.
  std::vector<std::uint64_t> numbers() const;
};

Bytes index_bytes(const TelemetrySegment& segment);
// nullopt: damaged.
std::optional<TelemetrySegment> read_index(BytesView bytes);
Bytes holds_bytes(const std::vector<LegalHold>& holds);
std::optional<std::vector<LegalHold>> read_holds(BytesView bytes);

// The frames of a segment's bytes, as far as they are whole.
struct TelemetryScan {
  TelemetrySegment segment;
  std::uint64_t good = 0;  // bytes up to here are whole
  bool head_ok = false;
  bool damaged = false;  // what follows is no torn end: a whole frame stands behind it
};
TelemetryScan scan_segment(BytesView bytes, std::uint64_t number);

Result<Bytes> read_all(const std::filesystem::path& file);  // of any size
Refusal telemetry_damaged(const std::filesystem::path& file, std::uint64_t offset);
Digest batch_key(const FrameHead& head);

struct TelemetryStore::State {
  TelemetryPaths paths;
  TelemetryStoreOptions options;
  int lock = -1;
  int file = -1;  // the segment that is written to
  std::mutex mutex;
  std::condition_variable flushed;
  std::deque<TelemetrySegment> segments;
  std::uint64_t written = 0;  // sequence of the last frame in the file
  std::uint64_t synced = 0;   // of the last that is on disk
  bool syncing = false;
  bool broken = false;
  struct Known {
    std::size_t segment = 0;  // in `segments`
    std::uint32_t frame = 0;
  };
  std::map<Digest, Known> known;  // by batch_key
  std::vector<LegalHold> holds;

  ~State();
  void remember(std::size_t segment, std::uint32_t frame);
  Result<Done> load();
  Result<Done> load_segment(std::uint64_t number, bool last);
  Result<Done> begin_segment();
  Result<Done> seal(std::unique_lock<std::mutex>& held);
  Result<Done> write(BytesView frame);
  Result<Done> flush(std::unique_lock<std::mutex>& held, std::uint64_t sequence);
  // Copies of the frames that fit, with where they lie.
  struct Place {
    std::uint64_t segment = 0;
    std::uint32_t frame = 0;
    TelemetryFrame of;
  };
  std::vector<Place> places(const TelemetryQuery& query);
};

}  // namespace anlan::platform
