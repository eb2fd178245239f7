// Ports of the house: what it needs from the world. platform/ has the real ones; every port has a
// twin for tests (memory, faulty), and all twins pass one shared test.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/sha256.h"
#include "base/time.h"
#include "house/record.h"

namespace anlan::house {

// The append-only journal of one house. One writer at a time.
class Journal {
 public:
  virtual ~Journal() = default;
  // All records or none, durable when it returns. They must follow the head.
  virtual Result<Done> append(std::span<const Record> records) = 0;
  // At most `count` records from `from_seq` on, in order; fewer only at the end. Chains are not
  // checked here.
  virtual Result<std::vector<Record>> read(std::uint64_t from_seq, std::size_t count) = 0;
  virtual Result<Head> head() = 0;
};

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() = 0;
};

using Signature = std::array<std::byte, 64>;  // Ed25519
using PublicKey = std::array<std::byte, 32>;

class Signer {
 public:
  virtual ~Signer() = default;
  virtual Signature sign(BytesView message) = 0;
  virtual PublicKey public_key() const = 0;
};

// Content-addressed files outside the journal: raw telemetry, evidence, ciphertexts. The journal
// holds digests.
class Blobs {
 public:
  virtual ~Blobs() = default;
  virtual Result<Digest> put(BytesView bytes) = 0;  // durable when it returns
  virtual Result<std::optional<Bytes>> find(const Digest& digest) = 0;
};

}  // namespace anlan::house
