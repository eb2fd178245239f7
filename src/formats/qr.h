// A text as a QR code (ISO/IEC 18004:2015), error correction M: about 15 % of it may be lost.
// qr.cpp is the one file with libqrencode.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace anlan::formats {

inline constexpr std::size_t kQrTextMax = 1000;  // signs; a text of capitals and digits fits twice

// Squares of modules, without the white border of four modules that a reader needs.
struct QrCode {
  std::size_t side = 0;
  std::vector<bool> dark;  // row by row from the top left
  bool is_dark(std::size_t row, std::size_t column) const { return dark[row * side + column]; }
};

// `text` is of 1 to kQrTextMax printable ASCII signs; those of capitals, digits and $%*+-./: take
// the least room. The same text gives the same code. Cost: about 1 ms.
QrCode qr_code(std::string_view text);

}  // namespace anlan::formats
