#include "formats/qr.h"

#include <memory>
#include <string>

#include <qrencode.h>

#include "base/check.h"

namespace anlan::formats {
namespace {

struct Free {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

QrCode qr_code(std::string_view text) {
  ANLAN_CHECK(!text.empty());
  ANLAN_CHECK(text.size() <= kQrTextMax);
  constexpr int kSmallestVersion = 0;  // the smallest that holds the text
  constexpr int kCaseMatters = 1;
  const std::unique_ptr<QRcode, Free> made(QRcode_encodeString(
      std::string(text).c_str(), kSmallestVersion, QR_ECLEVEL_M, QR_MODE_8, kCaseMatters));
  ANLAN_CHECK(made != nullptr);
  QrCode code{.side = static_cast<std::size_t>(made->width), .dark = {}};
  code.dark.reserve(code.side * code.side);
  for (std::size_t i = 0; i < code.side * code.side; ++i) {
    code.dark.push_back((made->data[i] & 1U) != 0);  // the lowest bit: dark
  }
  return code;
}

}  // namespace anlan::formats
