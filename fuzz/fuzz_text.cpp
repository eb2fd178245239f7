// decode_text takes text once and for all; whatever it takes can be laid out for a terminal.
#include <cstdint>

#include "base/check.h"
#include "base/utf8.h"
#include "formats/terminal.h"
#include "formats/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anlan::formats;
  const auto* const bytes = reinterpret_cast<const std::byte*>(data);
  const auto decoded = decode_text(anlan::BytesView(bytes, size), "f");
  if (!decoded.ok()) {
    ANLAN_CHECK(decoded.refusal().at.line >= 1);
    return 0;
  }
  const std::string shown = anlan::shortened(*decoded, 80);
  ANLAN_CHECK(anlan::count_code_points(shown) <= 80);
  anlan::Document document;
  document.heading(1, *decoded).paragraph(*decoded).bullet(*decoded);
  document.table({.columns = {{"a", anlan::Align::kLeft}, {"b", anlan::Align::kRight}},
                  .rows = {{*decoded, "1"}}});
  const std::string laid_out = to_terminal(document);
  ANLAN_CHECK(laid_out.find('\x1b') == std::string::npos);
  ANLAN_CHECK(laid_out.find(" \n") == std::string::npos);
  return 0;
}
