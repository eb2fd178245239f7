// Twins of the ports for tests and for simulations: in memory, at a given time, failing on demand.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "house/ports.h"

namespace anlan::house {

// A journal that lives as long as the object.
class MemoryJournal final : public Journal {
 public:
  Result<Done> append(std::span<const Record> records) override;
  Result<std::vector<Record>> read(std::uint64_t from_seq, std::size_t count) override;
  Result<Head> head() override;

 private:
  std::vector<Record> records_;
};

// Wraps a journal and refuses on demand. Nothing of a refused append is stored.
class FaultyJournal final : public Journal {
 public:
  explicit FaultyJournal(Journal& inner) : inner_(&inner) {}

  // The nth append from here (1: the next one) is refused with kStorageFailed, once.
  void refuse_append(std::uint64_t nth) { appends_to_refusal_ = nth; }
  // Every append is refused with kDiskFull until free_disk().
  void fill_disk() { disk_full_ = true; }
  void free_disk() { disk_full_ = false; }
  // Every read is refused with kStorageFailed while set.
  void refuse_reads(bool refuse) { reads_refused_ = refuse; }
  std::uint64_t appends_seen() const { return appends_seen_; }

  Result<Done> append(std::span<const Record> records) override;
  Result<std::vector<Record>> read(std::uint64_t from_seq, std::size_t count) override;
  Result<Head> head() override;

 private:
  Journal* inner_;
  std::uint64_t appends_to_refusal_ = 0;  // 0: none is due
  std::uint64_t appends_seen_ = 0;
  bool disk_full_ = false;
  bool reads_refused_ = false;
};

// Stands still until it is set.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(Instant now) : now_(now) {}
  void set(Instant now) { now_ = now; }
  Instant now() override { return now_; }

 private:
  Instant now_;
};

class MemoryBlobs final : public Blobs {
 public:
  Result<Digest> put(BytesView bytes) override;
  Result<std::optional<Bytes>> find(const Digest& digest) override;

 private:
  std::map<Digest, Bytes> blobs_;
};

// Deterministic and without secrets: its 64 bytes are SHA-256(key, message) and SHA-256(message,
// key). No Ed25519 check accepts them; tests recompute them.
class TestSigner final : public Signer {
 public:
  Signature sign(BytesView message) override;
  PublicKey public_key() const override;
};

}  // namespace anlan::house
