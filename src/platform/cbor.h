// The part of CBOR (RFC 8949) that authenticators write (CTAP 2, section 6: definite lengths, the
// shortest form of every number, no tags, no floats). Anything else is refused, so that one value
// has one reading.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace anlan::platform {

inline constexpr int kCborDepthMax = 4;  // of maps and lists within each other: CTAP 2, section 6
inline constexpr std::uint64_t kCborItemsMax = 64;  // of one map or list

// Reading never trusts: after the first wrong read ok() is false and every value is empty or zero.
// Views live as long as the bytes.
class CborReader {
 public:
  explicit CborReader(BytesView bytes) : rest_(bytes) {}
  bool ok() const { return ok_; }
  bool done() const { return ok_ && rest_.empty(); }
  std::size_t left() const { return rest_.size(); }

  std::int64_t whole();  // of either sign; beyond int64 is wrong
  BytesView bytes();
  std::string_view text();  // UTF-8
  std::uint64_t map();      // how many pairs follow
  // Reads one value of any kind and forgets it.
  void skip() { skip_within(kCborDepthMax); }
  // The kind of what comes next: 0 number, 1 negative, 2 bytes, 3 text, 4 list, 5 map, 7 simple.
  std::optional<int> kind() const;

 private:
  struct Head {
    int kind = 0;
    std::uint64_t argument = 0;
  };
  std::optional<Head> head();
  std::uint64_t sized(int kind, std::uint64_t most);
  BytesView taken(std::uint64_t count);
  void skip_within(int depth);
  void fail();

  BytesView rest_;
  bool ok_ = true;
};

}  // namespace anlan::platform
