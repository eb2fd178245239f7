#include "base/bytes.h"

#include <algorithm>

#include "base/check.h"

namespace anlan {

void ByteWriter::block(BytesView bytes) {
  ANLAN_CHECK(bytes.size() <= UINT32_MAX);
  whole(static_cast<std::uint32_t>(bytes.size()));
  raw(bytes);
}

std::size_t ByteWriter::open_block() {
  whole(std::uint32_t{0});
  return bytes_.size();
}

void ByteWriter::close_block(std::size_t opened) {
  const std::size_t size = bytes_.size() - opened;
  ANLAN_CHECK(size <= UINT32_MAX);
  for (std::size_t i = 0; i < 4; ++i)
    bytes_[opened - 4 + i] = static_cast<std::byte>((size >> (8 * i)) & 0xFF);
}

BytesView ByteReader::raw(std::size_t count) {
  if (rest_.size() < count) {
    fail();
    return {};
  }
  const BytesView taken = rest_.first(count);
  rest_ = rest_.subspan(count);
  return taken;
}

BytesView ByteReader::block() {
  const auto size = whole<std::uint32_t>();
  return raw(size);
}

std::string ByteReader::text() {
  const BytesView bytes = block();
  std::string text(bytes.size(), '\0');
  std::transform(bytes.begin(), bytes.end(), text.begin(),
                 [](std::byte b) { return static_cast<char>(b); });
  return text;
}

std::string to_hex(BytesView bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::byte b : bytes) {
    text.push_back(kDigits[static_cast<std::uint8_t>(b) >> 4]);
    text.push_back(kDigits[static_cast<std::uint8_t>(b) & 15]);
  }
  return text;
}

bool from_hex(std::string_view text, std::span<std::byte> out) {
  if (text.size() != out.size() * 2) return false;
  const auto digit = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int high = digit(text[2 * i]);
    const int low = digit(text[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    out[i] = static_cast<std::byte>(high * 16 + low);
  }
  return true;
}

}  // namespace anlan
