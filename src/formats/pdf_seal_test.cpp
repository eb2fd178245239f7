#include "formats/pdf_seal.h"

#include <doctest/doctest.h>

#include "formats/pdf.h"
#include "formats/qr.h"

namespace anlan::formats {
namespace {

std::string text_of(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

TEST_CASE("pdf seal: the attached file and every byte before the signature are found again") {
  Document document;
  document.heading(1, "标题").heading(2, "一节").paragraph("text");
  const auto pdf = to_pdf(document, {.date = "2026-03-08"});
  REQUIRE(pdf.ok());
  const std::string content = "{\"a\":\"内容 endstream\\n\"}";
  const Bytes unsealed =
      with_attachment(pdf->bytes, {.name = "document.json", .content = content}, "CODE:1");
  const std::string file = text_of(with_seal(unsealed, "SIGN"));
  CHECK(file.starts_with(text_of(pdf->bytes)));  // an incremental update changes nothing
  const auto seal = find_seal(file);
  REQUIRE(seal.has_value());
  CHECK(seal->content == content);
  CHECK(seal->code == "CODE:1");
  CHECK(seal->signature == "SIGN");
  CHECK(Bytes(seal->signed_bytes.begin(), seal->signed_bytes.end()) == unsealed);
  // The table of objects says where each one stands.
  const std::size_t xref = file.rfind("startxref\n");
  const std::size_t table = std::stoul(file.substr(xref + 10));
  CHECK(file.substr(table, 5) == "xref\n");
  for (const std::string_view broken :
       {"", "%PDF-1.5\n", "%PDF-1.5\n\n", "%ANLAN-SEAL 1 0 0 A B\n"}) {
    CHECK_FALSE(find_seal(broken).has_value());
  }
}

TEST_CASE("pdf seal: pages with a QR code, a number and a page count are pages as others") {
  const PdfOptions options{.number = "AL-1/7",
                           .page_text = "第 {page} 页，共 {pages} 页",
                           .seal = PdfSeal{.code = "ANLAN1:ABC", .lines = {"签名", "一行"}}};
  const auto pdf = to_pdf(Document().paragraph("a"), options);
  REQUIRE(pdf.ok());
  CHECK(text_of(pdf->bytes).find("/Keywords (ANLAN1:ABC)") != std::string::npos);
  CHECK(to_pdf(Document().paragraph("a"), options)->bytes == pdf->bytes);
  CHECK(pdf_hand().find("cairo") == 0);
  CHECK(pdf_hand() == pdf_hand());
}

TEST_CASE("qr: a code is a square with three finders, and grows with its text") {
  const QrCode small = qr_code("ANLAN1:ABC");
  CHECK(small.side == 21);
  const QrCode large = qr_code("ANLAN1:" + std::string(310, 'A'));
  CHECK(large.side == 61);  // version 11: 366 signs at level M (ISO/IEC 18004 table 7)
  for (const QrCode& code : {small, large}) {
    REQUIRE(code.dark.size() == code.side * code.side);
    const std::size_t end = code.side - 7;
    for (const auto& [row, column] :
         {std::pair<std::size_t, std::size_t>{0, 0}, {0, end}, {end, 0}}) {
      for (std::size_t k = 0; k < 7; ++k) {
        CHECK(code.is_dark(row, column + k));
        CHECK(code.is_dark(row + k, column));
      }
      CHECK_FALSE(code.is_dark(row + 1, column + 1));
      CHECK(code.is_dark(row + 3, column + 3));
    }
  }
  CHECK(qr_code("ANLAN1:ABC").dark == small.dark);
}

}  // namespace
}  // namespace anlan::formats
