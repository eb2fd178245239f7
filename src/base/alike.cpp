#include "base/alike.h"

namespace anlan::alike {

// The number of flag bytes, the flags, what they flag.
Bytes Writer::take() {
  Writer head;
  head.number(flags_.size());
  ByteWriter out;
  out.raw(head.payload_.bytes());
  out.raw(flags_);
  out.raw(payload_.bytes());
  return out.take();
}

Reader::Reader(BytesView bytes) : payload_(bytes) {
  const auto count = static_cast<std::size_t>(number());
  flags_ = payload_.raw(count);
}

bool Reader::bit() {
  ANLAN_CHECK(bits_ / 8 < flags_.size());
  const auto byte = static_cast<unsigned>(flags_[bits_ / 8]);
  return (byte >> (bits_++ % 8) & 1U) != 0;
}

std::uint64_t Reader::number() {
  std::uint64_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    const auto byte = payload_.whole<std::uint8_t>();
    value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if (byte < 0x80) break;
  }
  ANLAN_CHECK(payload_.ok());
  return value;
}

BytesView Reader::raw(std::size_t count) {
  const BytesView bytes = payload_.raw(count);
  ANLAN_CHECK(payload_.ok());
  return bytes;
}

}  // namespace anlan::alike
