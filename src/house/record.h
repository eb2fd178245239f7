// Record: one event as the journal keeps it, and the chain over records (docs/JOURNAL.md).
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "base/sha256.h"
#include "base/time.h"
#include "domain/ids.h"

namespace anlan::house {

// Events of one command stand together: ordinal 0 to count - 1. The key and the hash of the
// command's canonical bytes stand in the first of them only.
struct Record {
  std::uint64_t seq = 0;  // from 1, without a gap
  Instant at;             // never before the record ahead of it
  std::uint16_t kind = 0;
  std::uint16_t version = 0;
  std::uint32_t ordinal = 0;
  std::uint32_t count = 1;
  domain::ActorName actor;
  std::string key;  // idempotency key, scoped to the actor
  Digest input;     // SHA-256 of the command's canonical bytes
  Bytes body;       // the event's canonical bytes
  Digest
      chain;  // SHA-256(chain of the record ahead, canonical bytes of this record without `chain`)
  bool operator==(const Record&) const = default;
};

// The end of a chain: enough to find a dropped tail. seq 0: an empty journal, chain all zero.
struct Head {
  std::uint64_t seq = 0;
  Digest chain;
  bool operator==(const Head&) const = default;
};

Bytes record_bytes(const Record& record);  // canonical, without `chain`
Digest chain_after(const Digest& before, const Record& record);
void seal(const Head& head, Record& record);  // sets seq and chain to follow `head`

// Walks a journal record by record; refuses the first that does not follow (args seq, found).
class ChainWalk {
 public:
  Result<Done> accept(const Record& record);
  // At the end of the journal: refuses kCommandTorn when the last command is not whole.
  Result<Done> finish() const;
  const Head& head() const { return head_; }

 private:
  Head head_;
  Instant last_at_;
  std::uint32_t expected_ordinal_ = 0;
  std::uint32_t expected_count_ = 0;
};

}  // namespace anlan::house
