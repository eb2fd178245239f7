// TelemetryStore: the raw lines of telemetry, kept for as long as the law asks and found again.
//
// Batches are appended to segment files (telemetry_segment.h) and are on disk when append()
// returns; a batch that is sent again, by the same source under the same id, changes nothing and
// gets the first answer. A sealed segment never changes; its digest covers every byte of it and of
// all segments before, so that one changed or missing byte shows (verify_telemetry). The journal of
// the house takes the digests from sealed().
//
//   telemetry/00000001.seg  00000001.idx   sealed: the frames, and what is known of them
//   telemetry/00000002.seg                 the one that is written to
//   telemetry/00000000.gone                expired: its index stays, its lines are gone
//   telemetry/holds                        legal holds
//   telemetry/torn-2-4096                  bytes that a crash left unfinished, never acknowledged
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/telemetry_segment.h"

namespace anlan::platform {

// Six months of the calendar are at most 184 days (Cybersecurity Law, article 21 (3): network logs
// not shorter than six months).
inline constexpr int kRetentionDaysMin = 184;

struct TelemetryStoreOptions {
  std::size_t segment_bytes = std::size_t{64} << 20;  // sealed once it is larger
};

struct TelemetryBatch {
  domain::EnterpriseId enterprise;
  std::string source;  // at most 255 bytes
  std::string batch;   // the sender's id; at most 255 bytes; empty: the digest of the lines
  Instant received;
  std::span<const TelemetryEntry> lines;
};

struct TelemetryReceipt {
  std::uint64_t segment = 0;
  std::uint32_t frame = 0;  // within it, from 0
  std::uint32_t lines = 0;
  bool repeated = false;  // it was there before
  bool operator==(const TelemetryReceipt&) const = default;
};

struct SealedSegment {
  std::uint64_t number = 0;
  Digest digest;
  std::uint64_t lines = 0;
  std::uint64_t bytes = 0;
  Instant first_received;
  Instant last_received;
  bool expired = false;  // its lines are gone; the digest stays
  bool operator==(const SealedSegment&) const = default;
};

struct TelemetryQuery {
  domain::EnterpriseId enterprise = {};  // none: all
  std::optional<Instant> from = {};      // of the lines, not of their receipt
  std::optional<Instant> until = {};     // half-open
  std::optional<std::uint32_t> class_uid = {};
  std::string text = {};  // a part of the line, as it stands; "": any
  std::size_t limit = 100;
};

struct StoredLine {
  domain::EnterpriseId enterprise;
  std::string source;
  std::string batch;
  Instant received;
  Instant at;
  std::uint32_t class_uid = 0;
  std::uint8_t severity = 0;
  std::uint8_t format = 0;
  std::uint64_t segment = 0;
  std::uint32_t frame = 0;
  std::uint32_t line = 0;  // within the batch, from 0
  std::string text;
};

struct TelemetryFound {
  std::vector<StoredLine> lines;  // in the order of receipt
  bool more = false;              // the limit was reached
};

// Nobody's lines expire while one of these stands.
struct LegalHold {
  std::uint64_t id = 0;
  domain::EnterpriseId enterprise;
  std::string reason;
  std::string by;
  Instant placed_at;
  std::optional<Instant> released_at;
  bool operator==(const LegalHold&) const = default;
};

// Lines of an enterprise over a time: what a coverage report is made of.
struct TelemetryCount {
  std::string source;
  std::uint64_t lines = 0;
  Instant first_at;
  Instant last_at;
};

class TelemetryStore {
 public:
  // Makes the folder where there is none. Refuses kTelemetryBusy (another process has it),
  // kTelemetryDamaged, kFileNotWritten.
  static Result<std::unique_ptr<TelemetryStore>> open(const std::filesystem::path& folder,
                                                      const TelemetryStoreOptions& options = {});
  ~TelemetryStore();
  TelemetryStore(const TelemetryStore&) = delete;
  TelemetryStore& operator=(const TelemetryStore&) = delete;

  // Any thread. On disk when it returns; batches of several threads share a flush. Refuses
  // kTelemetryBatchTooLarge, kTelemetryBatchDiffers (the id is known, the lines are others),
  // kDiskFull (nothing was kept), kTelemetryStopped (a flush failed before: open anew).
  Result<TelemetryReceipt> append(const TelemetryBatch& batch);

  // Any thread. Refuses kTelemetryDamaged.
  Result<TelemetryFound> search(const TelemetryQuery& query);
  // Every line that fits, one after another, without a limit; for exports. Stops when `use` says
  // false.
  Result<Done> each(const TelemetryQuery& query, const std::function<bool(const StoredLine&)>& use);
  // By source, from the heads of the batches alone.
  std::vector<TelemetryCount> count(domain::EnterpriseId enterprise, Instant from, Instant until);

  // Closes the segment that is written to, where it has a batch.
  Result<Done> seal();
  // All sealed segments in order: what the journal of the house records.
  std::vector<SealedSegment> sealed();

  // Removes the lines of sealed segments that were all received more than `days` before `now` and
  // of whose enterprises none has a hold. Refuses kRetentionTooShort. Gives what is gone.
  Result<std::vector<SealedSegment>> expire(Instant now, int days);
  Result<LegalHold> hold(domain::EnterpriseId enterprise, std::string reason, std::string by,
                         Instant at);
  Result<Done> release(std::uint64_t id, Instant at);  // refuses kHoldMissing
  std::vector<LegalHold> holds();

 private:
  struct State;
  explicit TelemetryStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The first thing that is not as it was written.
struct TelemetryFault {
  std::string file;
  std::uint64_t offset = 0;
  std::string what;  // "frame", "cut", "index", "missing", "order"
};
struct TelemetryVerified {
  std::uint64_t segments = 0;
  std::uint64_t frames = 0;
  std::uint64_t lines = 0;
  std::vector<TelemetryFault> faults;  // of each file the first
};
// Reads every byte. Nobody need have the folder; one that is written to meanwhile may show its last
// frame as cut.
Result<TelemetryVerified> verify_telemetry(const std::filesystem::path& folder);

// Every line that fits as JSON lines, and beside them manifest.json with the SHA-256 of the file,
// what was asked for, and the digests of the segments: what an inspector can check. Refuses
// kFileExists.
Result<std::uint64_t> export_telemetry(TelemetryStore& store, const TelemetryQuery& query,
                                       const std::filesystem::path& folder);

}  // namespace anlan::platform
