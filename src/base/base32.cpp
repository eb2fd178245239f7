#include "base/base32.h"

namespace anlan {
namespace {

constexpr std::string_view kSigns = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr unsigned kBits = 5;

}  // namespace

std::string to_base32(BytesView bytes) {
  std::string out;
  unsigned held = 0;
  unsigned count = 0;
  for (const std::byte byte : bytes) {
    held = (held << 8U) | static_cast<unsigned>(byte);
    count += 8;
    while (count >= kBits) {
      count -= kBits;
      out += kSigns[(held >> count) & 0x1FU];
    }
    held &= (1U << count) - 1U;
  }
  if (count > 0) out += kSigns[(held << (kBits - count)) & 0x1FU];
  return out;
}

std::optional<Bytes> from_base32(std::string_view text) {
  Bytes out;
  unsigned held = 0;
  unsigned count = 0;
  for (const char sign : text) {
    const std::size_t value = kSigns.find(sign);
    if (value == std::string_view::npos) return std::nullopt;
    held = (held << kBits) | static_cast<unsigned>(value);
    count += kBits;
    if (count >= 8) {
      count -= 8;
      out.push_back(static_cast<std::byte>((held >> count) & 0xFFU));
      held &= (1U << count) - 1U;
    }
  }
  if (count >= kBits || held != 0) return std::nullopt;
  return out;
}

}  // namespace anlan
