#include "formats/text.h"

#include <algorithm>

#include "base/utf8.h"
#include "formats/refusals.h"

namespace anlan::formats {
namespace {

constexpr std::size_t kShownMax = 80;  // code points: one line

std::uint8_t byte_at(std::string_view text, std::size_t at) {
  return static_cast<std::uint8_t>(text[at]);
}

bool is_within(std::string_view text, std::size_t at, std::uint8_t lo, std::uint8_t hi) {
  return at < text.size() && byte_at(text, at) >= lo && byte_at(text, at) <= hi;
}

// Whether all bytes above 0x7F form two-byte or four-byte sequences of GB 18030-2022 (GBK is its
// two-byte part). Latin-1 text fails, since there a letter follows an accented one.
bool reads_as_gb18030(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (byte_at(text, at) < 0x80) {
      ++at;
    } else if (!is_within(text, at, 0x81, 0xFE)) {
      return false;
    } else if (is_within(text, at + 1, 0x40, 0x7E) || is_within(text, at + 1, 0x80, 0xFE)) {
      at += 2;
    } else if (is_within(text, at + 1, 0x30, 0x39) && is_within(text, at + 2, 0x81, 0xFE) &&
               is_within(text, at + 3, 0x30, 0x39)) {
      at += 4;
    } else {
      return false;
    }
  }
  return true;
}

// The offset of the first byte that is not UTF-8, or npos.
std::size_t first_invalid(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (byte_at(text, at) < 0x80) {
      ++at;
      continue;
    }
    const CodePoint next = first_code_point(text.substr(at));
    if (!next.valid) return at;
    at += next.bytes;
  }
  return std::string_view::npos;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

Refusal limit_refusal(RefusalCode code, const Place& at, std::size_t bytes_max) {
  return Refusal{.code = code,
                 .path = "",
                 .value = "",
                 .args = {{.name = "max", .value = std::to_string(bytes_max >> 20)}},
                 .at = at};
}

// Where the first line above the limit starts, or npos.
std::size_t first_long_line(std::string_view text) {
  std::size_t start = 0;
  while (text.size() - start > kLineBytesMax) {
    const std::size_t newline = text.find('\n', start);
    const std::size_t size = (newline == std::string_view::npos ? text.size() : newline) - start;
    if (size > kLineBytesMax) return start;
    start = newline + 1;
  }
  return std::string_view::npos;
}

}  // namespace

void PlaceCursor::advance(std::size_t offset) {
  for (; offset_ < offset; ++offset_) {
    const auto byte = byte_at(text_, offset_);
    if (byte == '\n') {
      ++line_;
      column_ = 1;
    } else if ((byte & 0xC0) != 0x80) {
      ++column_;
    }
  }
}

Place place_at(std::string_view text, std::size_t offset, std::string_view file) {
  PlaceCursor cursor(text);
  cursor.advance(std::min(offset, text.size()));
  return {.file = std::string(file), .line = cursor.line(), .column = cursor.column()};
}

std::string offending_text(std::string_view text, std::size_t offset) {
  constexpr std::string_view kAlone = "[]{},:";
  if (offset >= text.size()) return "";
  if (kAlone.find(text[offset]) != std::string_view::npos) return std::string(1, text[offset]);
  std::size_t end = offset + 1;
  while (end < text.size() && end < offset + 4 * kShownMax + 4 && !is_blank(text[end]) &&
         kAlone.find(text[end]) == std::string_view::npos) {
    ++end;
  }
  return shortened(text.substr(offset, end - offset), kShownMax);
}

Refusal refusal_in_text(RefusalCode code, std::string_view text, std::size_t offset,
                        std::string_view file) {
  return Refusal{.code = code,
                 .path = "",
                 .value = offending_text(text, offset),
                 .args = {},
                 .at = place_at(text, offset, file)};
}

Result<std::string> decode_text(BytesView bytes, std::string_view file) {
  const Place start{.file = std::string(file), .line = 1, .column = 1};
  if (bytes.size() > kFileBytesMax)
    return limit_refusal(refusals::kFileTooLarge, start, kFileBytesMax);
  std::string text(bytes.size(), '\0');
  std::transform(bytes.begin(), bytes.end(), text.begin(),
                 [](std::byte b) { return static_cast<char>(b); });
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return Refusal{
        .code = refusals::kLooksLikeUtf16, .path = "", .value = "", .args = {}, .at = start};
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  if (std::all_of(text.begin(), text.end(), is_blank)) {
    return Refusal{.code = refusals::kFileEmpty, .path = "", .value = "", .args = {}, .at = start};
  }
  if (const std::size_t at = first_long_line(text); at != std::string::npos) {
    return limit_refusal(refusals::kLineTooLong, place_at(text, at, file), kLineBytesMax);
  }
  if (const std::size_t at = text.find('\0'); at != std::string::npos) {
    return Refusal{.code = refusals::kNulByte,
                   .path = "",
                   .value = "",
                   .args = {},
                   .at = place_at(text, at, file)};
  }
  if (const std::size_t at = first_invalid(text); at != std::string::npos) {
    return Refusal{.code = reads_as_gb18030(text) ? refusals::kLooksLikeGbk : refusals::kNotUtf8,
                   .path = "",
                   .value = to_hex(BytesView(bytes_of(text)).subspan(at, 1)),
                   .args = {},
                   .at = place_at(text, at, file)};
  }
  return text;
}

}  // namespace anlan::formats
