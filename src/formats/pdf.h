// A Document as pages of A4 that can be printed, searched and filed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/document.h"
#include "base/lang.h"
#include "base/result.h"

namespace anlan::formats {

// The block with which a signed document ends: a QR code, and what it stands for.
struct PdfSeal {
  std::string code;                // 1 to kQrTextMax printable ASCII signs
  std::vector<std::string> lines;  // beside it; the first one is its title
};

struct PdfOptions {
  Lang lang = Lang::kZh;
  std::string title;   // of the file and in the footer, where the document has no heading
  std::string issued;  // a line below the title, e.g. the day and the house; empty: none
  std::string date;    // "2026-03-08", the day of the document; empty: it has none
  std::string number;  // of the document, in the foot of every page; empty: it has none
  std::string page_text = "{page} / {pages}";  // in the foot (fill_text)
  std::optional<PdfSeal> seal = {};            // its code is a keyword of the file, too
};

struct Pdf {
  Bytes bytes;
  std::size_t pages = 0;
};

// Lays the document out: lines are measured, cells wrap and their rows grow, the head of a table is
// repeated on each page, no line of a paragraph and no row of a table stands alone, figures of a
// column stand under each other. Fonts are embedded, texts can be searched and copied; headings of
// level 2 make the table of contents. The footer holds title, number, date and page. What is strong
// is bold. The block of a seal stands on one page.
//
// Same document, options and fonts, same bytes: no clock is read. Refuses kPdfFontMissing (value:
// the sign) when no installed font can draw a Chinese, Japanese or Korean sign of the document;
// other signs without a font become U+FFFD. Cost: about 20 ms, and 1 ms for a page of a table.
Result<Pdf> to_pdf(const Document& document, const PdfOptions& options = {});

// Refuses kPdfFontMissing where no font for Chinese is installed: to be asked before work that
// to_pdf would waste.
Result<Done> check_pdf_fonts();

// What decides the bytes beside the document: the versions of the libraries and the fonts. Two
// machines with the same answer draw the same file. Cost: as a short file.
std::string pdf_hand();

}  // namespace anlan::formats
