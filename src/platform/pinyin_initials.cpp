#include "platform/pinyin_initials.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>

#include <iconv.h>

namespace anlan::platform {
namespace {

// The first character of GB/T 2312 level 1 with this letter, row and cell as two bytes above 0xA0.
struct Boundary {
  std::uint16_t from = 0;
  char letter = 0;
};
constexpr std::array kBoundaries{
    Boundary{0xB0A1, 'a'}, Boundary{0xB0C5, 'b'}, Boundary{0xB2C1, 'c'}, Boundary{0xB4EE, 'd'},
    Boundary{0xB6EA, 'e'}, Boundary{0xB7A2, 'f'}, Boundary{0xB8C1, 'g'}, Boundary{0xB9FE, 'h'},
    Boundary{0xBBF7, 'j'}, Boundary{0xBFA6, 'k'}, Boundary{0xC0AC, 'l'}, Boundary{0xC2E8, 'm'},
    Boundary{0xC4C3, 'n'}, Boundary{0xC5B6, 'o'}, Boundary{0xC5BE, 'p'}, Boundary{0xC6DA, 'q'},
    Boundary{0xC8BB, 'r'}, Boundary{0xC8F6, 's'}, Boundary{0xCBFA, 't'}, Boundary{0xCDDA, 'w'},
    Boundary{0xCEF4, 'x'}, Boundary{0xD1B9, 'y'}, Boundary{0xD4D1, 'z'}};
constexpr std::uint16_t kLevelOneLast = 0xD7F9;

class Converter {
 public:
  Converter() : handle_(::iconv_open("GB2312", "UTF-8")) {}
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() {
    if (usable()) ::iconv_close(handle_);
  }
  bool usable() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  // Of one character; nothing where GB/T 2312 has it not, or in one byte.
  std::optional<std::uint16_t> code_of(std::string_view character) {
    std::string in(character);
    std::array<char, 8> out{};
    char* from = in.data();
    char* to = out.data();
    std::size_t left = in.size();
    std::size_t room = out.size();
    ::iconv(handle_, nullptr, nullptr, nullptr, nullptr);
    const std::size_t done = ::iconv(handle_, &from, &left, &to, &room);
    if (done != 0 || left != 0 || out.size() - room != 2) return std::nullopt;
    const auto high = static_cast<unsigned char>(out[0]);
    const auto low = static_cast<unsigned char>(out[1]);
    return static_cast<std::uint16_t>(high << 8 | low);
  }

 private:
  iconv_t handle_;
};

// 0: none.
char letter_of(std::uint16_t code) {
  if (code < kBoundaries.front().from || code > kLevelOneLast) return 0;
  const auto behind =
      std::upper_bound(kBoundaries.begin(), kBoundaries.end(), code,
                       [](std::uint16_t one, const Boundary& each) { return one < each.from; });
  return std::prev(behind)->letter;
}

std::size_t bytes_of_character(unsigned char lead) {
  if (lead >= 0xF0) return 4;
  if (lead >= 0xE0) return 3;
  return lead >= 0xC0 ? 2 : 1;
}

}  // namespace

std::string pinyin_initials(std::string_view text) {
  std::string initials;
  Converter converter;
  if (!converter.usable()) return initials;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size =
        std::min(bytes_of_character(static_cast<unsigned char>(text[at])), text.size() - at);
    const std::string_view character = text.substr(at, size);
    at += size;
    if (size == 1) {
      const char c = character.front();
      if (('a' <= c && c <= 'z') || ('0' <= c && c <= '9')) initials += c;
      if ('A' <= c && c <= 'Z') initials += static_cast<char>(c - 'A' + 'a');
      continue;
    }
    const std::optional<std::uint16_t> code = converter.code_of(character);
    if (const char letter = code ? letter_of(*code) : 0) initials += letter;
  }
  return initials;
}

}  // namespace anlan::platform
