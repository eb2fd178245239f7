#include "platform/telemetry_store.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "house/journal_refusals.h"
#include "platform/files.h"
#include "platform/refusals.h"
#include "platform/telemetry_refusals.h"
#include "platform/telemetry_state.h"

namespace anlan::platform {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kNameMax = 255;

Refusal about(RefusalCode code, std::string value, std::vector<RefusalArg> args = {}) {
  return Refusal{.code = code,
                 .path = "telemetry",
                 .value = std::move(value),
                 .args = std::move(args),
                 .at = {}};
}

Refusal not_written(const fs::path& file) {
  if (errno == ENOSPC || errno == EDQUOT)
    return about(house::refusals::kDiskFull, file.filename().string());
  return Refusal{.code = refusals::kFileNotWritten,
                 .path = "file",
                 .value = file.string(),
                 .args = {{.name = "reason", .value = std::strerror(errno)}},
                 .at = {}};
}

bool write_whole(int file, BytesView bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(file, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return true;
}

// The head of a batch and its lines as bytes.
struct Packed {
  FrameHead head;
  Bytes packed;
};

Result<Packed> pack(const TelemetryBatch& batch) {
  std::size_t bytes = 0;
  for (const TelemetryEntry& entry : batch.lines) bytes += entry.text.size();
  if (batch.lines.empty() || batch.lines.size() > kBatchLinesMax || bytes > kBatchBytesMax ||
      batch.source.size() > kNameMax || batch.batch.size() > kNameMax) {
    return about(refusals::kTelemetryBatchTooLarge, std::to_string(batch.lines.size()),
                 {{.name = "max", .value = std::to_string(kBatchLinesMax)}});
  }
  Packed out;
  const Bytes raw = pack_lines(batch.lines);
  FrameHead& head = out.head;
  head.enterprise = batch.enterprise;
  head.source = batch.source;
  head.content = sha256(raw);
  head.batch = batch.batch.empty() ? to_hex(head.content) : batch.batch;
  head.received = batch.received;
  head.first_at = head.last_at = batch.lines[0].at;
  head.lines = static_cast<std::uint32_t>(batch.lines.size());
  head.bytes = static_cast<std::uint32_t>(raw.size());
  std::map<std::uint32_t, std::uint32_t> classes;
  for (const TelemetryEntry& entry : batch.lines) {
    ++classes[entry.class_uid];
    head.first_at = std::min(head.first_at, entry.at);
    head.last_at = std::max(head.last_at, entry.at);
  }
  constexpr std::size_t kClassesMax = 1'000;
  if (classes.size() > kClassesMax)
    return about(refusals::kTelemetryBatchTooLarge, std::to_string(classes.size()),
                 {{.name = "max", .value = std::to_string(kClassesMax)}});
  head.classes.assign(classes.begin(), classes.end());
  out.packed = zstd_packed(raw);
  return out;
}

}  // namespace

TelemetryStore::State::~State() {
  if (file >= 0) ::close(file);
  if (lock >= 0) ::close(lock);
}

void TelemetryStore::State::remember(std::size_t segment, std::uint32_t frame) {
  known.emplace(batch_key(segments[segment].frames[frame].head),
                Known{.segment = segment, .frame = frame});
}

Result<Done> TelemetryStore::State::load() {
  const std::vector<std::uint64_t> numbers = paths.numbers();
  for (const std::uint64_t number : numbers) {
    if (number != segments.size() + 1) return telemetry_damaged(paths.segment(number), 0);
    ANLAN_REQUIRE(load_segment(number, number == numbers.back()));
    for (std::uint32_t i = 0; i < segments.back().frames.size(); ++i)
      remember(segments.size() - 1, i);
  }
  if (fs::exists(paths.holds())) {
    ANLAN_TRY(const Bytes bytes, read_all(paths.holds()));
    auto read = read_holds(bytes);
    if (!read) return telemetry_damaged(paths.holds(), 0);
    holds = std::move(*read);
  }
  return Done{};
}

Result<Done> TelemetryStore::State::load_segment(std::uint64_t number, bool last) {
  const Digest before = segments.empty() ? Digest{} : segments.back().digest;
  if (fs::exists(paths.index(number))) {
    ANLAN_TRY(const Bytes bytes, read_all(paths.index(number)));
    auto read = read_index(bytes);
    if (!read || read->number != number || read->before != before)
      return telemetry_damaged(paths.index(number), 0);
    read->expired = fs::exists(paths.gone(number));
    if (!read->expired && !fs::exists(paths.segment(number)))
      return telemetry_damaged(paths.segment(number), 0);
    segments.push_back(std::move(*read));
    return Done{};
  }
  if (!last) return telemetry_damaged(paths.index(number), 0);
  ANLAN_TRY(const Bytes bytes, read_all(paths.segment(number)));
  TelemetryScan scan = scan_segment(bytes, number);
  if (scan.damaged || (bytes.size() >= kSegmentHeadBytes && !scan.head_ok))
    return telemetry_damaged(paths.segment(number), scan.good);
  if (!scan.head_ok) {  // the crash came before its first bytes were whole
    std::error_code error;
    fs::remove(paths.segment(number), error);
    return Done{};
  }
  if (scan.segment.before != before) return telemetry_damaged(paths.segment(number), 0);
  // What a crash left unfinished was acknowledged to nobody; it is kept beside all the same.
  if (scan.good < bytes.size())
    ANLAN_REQUIRE(write_file(paths.torn(number, scan.good), BytesView(bytes).subspan(scan.good),
                             kPrivateFile));
  file = ::open(paths.segment(number).c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (file < 0 || ::ftruncate(file, static_cast<off_t>(scan.good)) != 0 || ::fsync(file) != 0)
    return not_written(paths.segment(number));
  segments.push_back(std::move(scan.segment));
  return Done{};
}

Result<Done> TelemetryStore::State::begin_segment() {
  TelemetrySegment next;
  next.number = segments.size() + 1;
  next.before = segments.empty() ? Digest{} : segments.back().digest;
  const Bytes head = segment_head(next.number, next.before);
  next.digest = first_chain(head);
  next.bytes = head.size();
  const fs::path path = paths.segment(next.number);
  const int made =
      ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_TRUNC | O_CLOEXEC, kPrivateFile);
  if (made < 0) return not_written(path);
  if (!write_whole(made, head) || ::fsync(made) != 0) {
    const Refusal refusal = not_written(path);
    ::close(made);
    ::unlink(path.c_str());
    return refusal;
  }
  ANLAN_REQUIRE(sync_folder(paths.folder));
  file = made;
  segments.push_back(std::move(next));
  return Done{};
}

Result<Done> TelemetryStore::State::seal(std::unique_lock<std::mutex>& held) {
  // The lock is let go while a flush runs: others may write more, or seal it meanwhile.
  while (synced < written) ANLAN_REQUIRE(flush(held, written));
  if (file < 0 || segments.back().frames.empty()) return Done{};
  TelemetrySegment& segment = segments.back();
  ANLAN_REQUIRE(write_file(paths.index(segment.number), index_bytes(segment), kPrivateFile));
  ::close(file);
  file = -1;
  segment.sealed = true;
  return Done{};
}

Result<Done> TelemetryStore::State::write(BytesView frame) {
  if (write_whole(file, frame)) return Done{};
  const fs::path path = paths.segment(segments.back().number);
  const Refusal refusal = not_written(path);
  // Nothing of it may stay: the next frame follows the last whole one.
  if (::ftruncate(file, static_cast<off_t>(segments.back().bytes)) != 0) broken = true;
  return refusal;
}

// One thread flushes for all that have written; the others wait for it.
Result<Done> TelemetryStore::State::flush(std::unique_lock<std::mutex>& held,
                                          std::uint64_t sequence) {
  while (synced < sequence) {
    if (broken) return about(refusals::kTelemetryStopped, "");
    if (syncing) {
      flushed.wait(held);
      continue;
    }
    syncing = true;
    const std::uint64_t target = written;
    const int handle = file;
    held.unlock();
    const bool done = ::fdatasync(handle) == 0;
    held.lock();
    syncing = false;
    // A failed flush is not tried again: the system may have dropped the bytes.
    if (done)
      synced = target;
    else
      broken = true;
    flushed.notify_all();
  }
  return Done{};
}

TelemetryStore::TelemetryStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
TelemetryStore::~TelemetryStore() = default;

Result<std::unique_ptr<TelemetryStore>> TelemetryStore::open(const fs::path& folder,
                                                             const TelemetryStoreOptions& options) {
  std::error_code error;
  fs::create_directories(folder, error);
  auto state = std::make_unique<State>();
  state->paths.folder = folder;
  state->options = options;
  state->lock = ::open(state->paths.lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kPrivateFile);
  if (state->lock < 0) return not_written(state->paths.lock());
  if (::flock(state->lock, LOCK_EX | LOCK_NB) != 0)
    return about(refusals::kTelemetryBusy, folder.string());
  ANLAN_REQUIRE(state->load());
  return std::unique_ptr<TelemetryStore>(new TelemetryStore(std::move(state)));
}

Result<TelemetryReceipt> TelemetryStore::append(const TelemetryBatch& batch) {
  ANLAN_TRY(Packed packed, pack(batch));
  const Digest key = batch_key(packed.head);
  State& state = *state_;
  std::unique_lock held(state.mutex);
  const auto known_receipt = [&](const State::Known& place) -> Result<TelemetryReceipt> {
    const TelemetrySegment& segment = state.segments[place.segment];
    const TelemetryFrame& frame = segment.frames[place.frame];
    if (frame.head.content != packed.head.content)
      return about(refusals::kTelemetryBatchDiffers, packed.head.batch);
    const TelemetryReceipt receipt{.segment = segment.number,
                                   .frame = place.frame,
                                   .lines = frame.head.lines,
                                   .repeated = true};
    ANLAN_REQUIRE(state.flush(held, frame.sequence));
    return receipt;
  };
  for (;;) {
    if (state.broken) return about(refusals::kTelemetryStopped, "");
    if (const auto found = state.known.find(key); found != state.known.end())
      return known_receipt(found->second);
    const bool full = state.file >= 0 && state.segments.back().bytes >= state.options.segment_bytes;
    if (!full) break;
    ANLAN_REQUIRE(state.seal(held));  // lets the lock go while it flushes: look again
  }
  if (state.file < 0) ANLAN_REQUIRE(state.begin_segment());
  TelemetrySegment& segment = state.segments.back();
  const Bytes frame = frame_bytes(packed.head, packed.packed, segment.digest);
  ANLAN_REQUIRE(state.write(frame));
  Digest chain;
  std::copy(frame.end() - 32, frame.end(), chain.bytes.begin());
  segment.frames.push_back(
      {.head = std::move(packed.head),
       .packed_offset = segment.bytes + frame.size() - 32 - packed.packed.size(),
       .packed_size = packed.packed.size(),
       .sequence = ++state.written});
  segment.bytes += frame.size();
  segment.digest = chain;
  const auto number = static_cast<std::uint32_t>(segment.frames.size() - 1);
  state.remember(state.segments.size() - 1, number);
  const TelemetryReceipt receipt{.segment = segment.number,
                                 .frame = number,
                                 .lines = segment.frames.back().head.lines,
                                 .repeated = false};
  ANLAN_REQUIRE(state.flush(held, state.written));
  return receipt;
}

Result<Done> TelemetryStore::seal() {
  std::unique_lock held(state_->mutex);
  return state_->seal(held);
}

std::vector<SealedSegment> TelemetryStore::sealed() {
  const std::lock_guard held(state_->mutex);
  std::vector<SealedSegment> out;
  for (const TelemetrySegment& segment : state_->segments)
    if (segment.sealed) out.push_back(segment.summary());
  return out;
}

Result<std::vector<SealedSegment>> TelemetryStore::expire(Instant now, int days) {
  if (days < kRetentionDaysMin) {
    return about(refusals::kRetentionTooShort, std::to_string(days),
                 {{.name = "min", .value = std::to_string(kRetentionDaysMin)}});
  }
  const std::lock_guard held(state_->mutex);
  const Instant limit = plus_minutes(now, -std::int64_t{days} * 24 * 60);
  std::vector<SealedSegment> out;
  for (TelemetrySegment& segment : state_->segments) {
    const SealedSegment summary = segment.summary();
    if (!segment.sealed || segment.expired || summary.last_received >= limit) continue;
    const bool stays =
        std::any_of(segment.frames.begin(), segment.frames.end(), [&](const TelemetryFrame& frame) {
          return std::any_of(state_->holds.begin(), state_->holds.end(),
                             [&](const LegalHold& hold) {
                               return !hold.released_at && hold.enterprise == frame.head.enterprise;
                             });
        });
    if (stays) continue;
    // That it is gone on purpose is on disk before it is gone.
    const std::string note = "{\"expired_at\":\"" + to_text(now) +
                             "\",\"retention_days\":" + std::to_string(days) + ",\"digest\":\"" +
                             to_hex(segment.digest) + "\"}\n";
    ANLAN_REQUIRE(write_file(state_->paths.gone(segment.number), bytes_of(note), kPrivateFile));
    segment.expired = true;
    if (::unlink(state_->paths.segment(segment.number).c_str()) != 0)
      return not_written(state_->paths.segment(segment.number));
    ANLAN_REQUIRE(sync_folder(state_->paths.folder));
    out.push_back(segment.summary());
  }
  return out;
}

Result<LegalHold> TelemetryStore::hold(domain::EnterpriseId enterprise, std::string reason,
                                       std::string by, Instant at) {
  const std::lock_guard held(state_->mutex);
  std::vector<LegalHold> holds = state_->holds;
  holds.push_back({.id = holds.empty() ? 1 : holds.back().id + 1,
                   .enterprise = enterprise,
                   .reason = std::move(reason),
                   .by = std::move(by),
                   .placed_at = at,
                   .released_at = {}});
  ANLAN_REQUIRE(write_file(state_->paths.holds(), holds_bytes(holds), kPrivateFile));
  state_->holds = std::move(holds);
  return state_->holds.back();
}

Result<Done> TelemetryStore::release(std::uint64_t id, Instant at) {
  const std::lock_guard held(state_->mutex);
  std::vector<LegalHold> holds = state_->holds;
  const auto found = std::find_if(holds.begin(), holds.end(), [&](const LegalHold& hold) {
    return hold.id == id && !hold.released_at;
  });
  if (found == holds.end()) return about(refusals::kHoldMissing, std::to_string(id));
  found->released_at = at;
  ANLAN_REQUIRE(write_file(state_->paths.holds(), holds_bytes(holds), kPrivateFile));
  state_->holds = std::move(holds);
  return Done{};
}

std::vector<LegalHold> TelemetryStore::holds() {
  const std::lock_guard held(state_->mutex);
  return state_->holds;
}

}  // namespace anlan::platform
