#include "platform/cbor.h"

#include <limits>

#include "base/utf8.h"

namespace anlan::platform {
namespace {

constexpr int kNumber = 0;
constexpr int kNegative = 1;
constexpr int kBytes = 2;
constexpr int kText = 3;
constexpr int kList = 4;
constexpr int kMap = 5;
constexpr int kSimple = 7;
constexpr std::uint64_t kFalse = 20;
constexpr std::uint64_t kNull = 22;

constexpr unsigned kOneByte = 24;  // the argument is in the next byte, or the next 2, 4, 8
constexpr unsigned kEightBytes = 27;

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const CodePoint sign = first_code_point(text);
    if (!sign.valid) return false;
    text.remove_prefix(sign.bytes);
  }
  return true;
}

}  // namespace

void CborReader::fail() {
  ok_ = false;
  rest_ = {};
}

std::optional<int> CborReader::kind() const {
  if (!ok_ || rest_.empty()) return std::nullopt;
  return static_cast<int>(std::to_integer<unsigned>(rest_[0]) >> 5);
}

std::optional<CborReader::Head> CborReader::head() {
  const std::optional<int> of = kind();
  if (!of) return fail(), std::nullopt;
  const unsigned low = std::to_integer<unsigned>(rest_[0]) & 31U;
  rest_ = rest_.subspan(1);
  if (low < kOneByte) return Head{.kind = *of, .argument = low};
  if (low > kEightBytes) return fail(), std::nullopt;  // 31 would be a length that is not stated
  const std::size_t count = std::size_t{1} << (low - kOneByte);
  if (rest_.size() < count) return fail(), std::nullopt;
  std::uint64_t argument = 0;
  for (std::size_t i = 0; i < count; ++i)
    argument = argument << 8 | std::to_integer<std::uint64_t>(rest_[i]);
  rest_ = rest_.subspan(count);
  const std::uint64_t shorter = count == 1 ? kOneByte - 1 : (std::uint64_t{1} << (4 * count)) - 1;
  if (argument <= shorter) return fail(), std::nullopt;
  return Head{.kind = *of, .argument = argument};
}

std::int64_t CborReader::whole() {
  const auto read = head();
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (!read || read->kind > kNegative || read->argument > kMost) return fail(), 0;
  const auto argument = static_cast<std::int64_t>(read->argument);
  return read->kind == kNegative ? -1 - argument : argument;
}

std::uint64_t CborReader::sized(int kind, std::uint64_t most) {
  const auto read = head();
  if (!read || read->kind != kind || read->argument > most) return fail(), 0;
  return read->argument;
}

BytesView CborReader::taken(std::uint64_t count) {
  if (!ok_ || count > rest_.size()) return fail(), BytesView();
  const BytesView found = rest_.first(static_cast<std::size_t>(count));
  rest_ = rest_.subspan(found.size());
  return found;
}

BytesView CborReader::bytes() { return taken(sized(kBytes, rest_.size())); }

std::string_view CborReader::text() {
  const BytesView found = taken(sized(kText, rest_.size()));
  const std::string_view text(reinterpret_cast<const char*>(found.data()), found.size());
  if (!is_utf8(text)) return fail(), std::string_view();
  return text;
}

std::uint64_t CborReader::map() { return sized(kMap, kCborItemsMax); }

void CborReader::skip_within(int depth) {
  const auto of = kind();
  if (!of) return fail();
  if (*of <= kNegative) return static_cast<void>(whole());
  if (*of == kBytes) return static_cast<void>(bytes());
  if (*of == kText) return static_cast<void>(text());
  if (*of == kSimple) {
    const std::uint64_t value = sized(kSimple, kNull);
    if (value < kFalse) fail();
    return;
  }
  if ((*of != kList && *of != kMap) || depth == 0) return fail();
  const std::uint64_t items = sized(*of, kCborItemsMax) * (*of == kMap ? 2 : 1);
  for (std::uint64_t n = 0; ok_ && n < items; ++n) skip_within(depth - 1);
}

}  // namespace anlan::platform
