// Canonical bytes: little-endian whole numbers and length-prefixed blocks. No floats.
// docs/JOURNAL.md defines the layout; the codec (codec.h) is the only writer of records.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace anlan {

using Bytes = std::vector<std::byte>;
using BytesView = std::span<const std::byte>;

inline BytesView bytes_of(std::string_view text) {
  return std::as_bytes(std::span<const char>(text.data(), text.size()));
}

class ByteWriter {
 public:
  template <std::integral T>
  void whole(T value) {
    auto bits = static_cast<std::make_unsigned_t<T>>(value);
    for (std::size_t i = 0; i < sizeof(T); ++i) {
      bytes_.push_back(static_cast<std::byte>(bits & 0xFF));
      bits = static_cast<std::make_unsigned_t<T>>(sizeof(T) > 1 ? bits >> 8 : 0);
    }
  }
  void raw(BytesView bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
  // A u32 length and the bytes.
  void block(BytesView bytes);
  void text(std::string_view text) { block(bytes_of(text)); }
  // Reserves a u32 length; close_block fills it in.
  std::size_t open_block();
  void close_block(std::size_t opened);

  const Bytes& bytes() const { return bytes_; }
  Bytes take() { return std::move(bytes_); }

 private:
  Bytes bytes_;
};

// Reading never trusts: after the first short or wrong read ok() is false and every value is zero.
class ByteReader {
 public:
  explicit ByteReader(BytesView bytes) : rest_(bytes) {}
  bool ok() const { return ok_; }
  bool done() const { return ok_ && rest_.empty(); }
  std::size_t left() const { return rest_.size(); }
  void fail() {
    ok_ = false;
    rest_ = {};
  }

  template <std::integral T>
  T whole() {
    if (rest_.size() < sizeof(T)) {
      fail();
      return 0;
    }
    std::make_unsigned_t<T> bits = 0;
    for (std::size_t i = sizeof(T); i > 0; --i) {
      bits = static_cast<std::make_unsigned_t<T>>((sizeof(T) > 1 ? bits << 8 : 0) |
                                                  static_cast<std::uint8_t>(rest_[i - 1]));
    }
    rest_ = rest_.subspan(sizeof(T));
    return static_cast<T>(bits);
  }
  BytesView raw(std::size_t count);
  BytesView block();
  std::string text();

 private:
  BytesView rest_;
  bool ok_ = true;
};

// Lower-case hexadecimal.
std::string to_hex(BytesView bytes);
bool from_hex(std::string_view text, std::span<std::byte> out);

}  // namespace anlan
