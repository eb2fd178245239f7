#include "house/memory_ports.h"

#include <algorithm>

#include "house/append_check.h"
#include "house/journal_refusals.h"

namespace anlan::house {
namespace {

Refusal failed_on_demand(std::string_view operation) {
  return Refusal{.code = refusals::kStorageFailed,
                 .path = "journal",
                 .value = std::string(operation),
                 .args = {{.name = "reason", .value = "refused on demand"}},
                 .at = {}};
}

}  // namespace

Result<Done> MemoryJournal::append(std::span<const Record> records) {
  ANLAN_TRY(const Head now, head());
  ANLAN_REQUIRE(head_after(now, records));
  records_.insert(records_.end(), records.begin(), records.end());
  return Done{};
}

Result<std::vector<Record>> MemoryJournal::read(std::uint64_t from_seq, std::size_t count) {
  const std::size_t first = from_seq == 0 ? 0 : from_seq - 1;
  if (first >= records_.size()) return std::vector<Record>{};
  const std::size_t taken = std::min(count, records_.size() - first);
  const auto from = records_.begin() + static_cast<std::ptrdiff_t>(first);
  return std::vector<Record>(from, from + static_cast<std::ptrdiff_t>(taken));
}

Result<Head> MemoryJournal::head() {
  if (records_.empty()) return Head{};
  return Head{.seq = records_.back().seq, .chain = records_.back().chain};
}

Result<Done> FaultyJournal::append(std::span<const Record> records) {
  ++appends_seen_;
  if (disk_full_) {
    return Refusal{
        .code = refusals::kDiskFull, .path = "journal", .value = {}, .args = {}, .at = {}};
  }
  if (appends_to_refusal_ > 0 && --appends_to_refusal_ == 0) return failed_on_demand("append");
  return inner_->append(records);
}

Result<std::vector<Record>> FaultyJournal::read(std::uint64_t from_seq, std::size_t count) {
  if (reads_refused_) return failed_on_demand("read");
  return inner_->read(from_seq, count);
}

Result<Head> FaultyJournal::head() {
  if (reads_refused_) return failed_on_demand("head");
  return inner_->head();
}

Result<Digest> MemoryBlobs::put(BytesView bytes) {
  const Digest digest = sha256(bytes);
  blobs_.try_emplace(digest, bytes.begin(), bytes.end());
  return digest;
}

Result<std::optional<Bytes>> MemoryBlobs::find(const Digest& digest) {
  const auto found = blobs_.find(digest);
  if (found == blobs_.end()) return std::optional<Bytes>{};
  return std::optional<Bytes>(found->second);
}

Signature TestSigner::sign(BytesView message) {
  const PublicKey key = public_key();
  ByteWriter before;
  before.raw(key);
  before.raw(message);
  ByteWriter after;
  after.raw(message);
  after.raw(key);
  const Digest first = sha256(before.bytes());
  const Digest second = sha256(after.bytes());
  Signature signature;
  std::copy(first.bytes.begin(), first.bytes.end(), signature.begin());
  std::copy(second.bytes.begin(), second.bytes.end(), signature.begin() + 32);
  return signature;
}

PublicKey TestSigner::public_key() const { return sha256(bytes_of("anlan test signer")).bytes; }

}  // namespace anlan::house
