// The text of a PDF, by poppler's pdftotext in a process of its own: a foreign parser of foreign
// bytes stays outside of ours, within limits of time and memory.
#pragma once

#include <chrono>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace anlan::platform {

struct PdfTextOptions {
  std::string program = "pdftotext";  // looked up in PATH
  std::chrono::seconds wall{20};      // then it is killed
  std::size_t text_bytes_max = std::size_t{8} << 20;
};

// UTF-8, lines as they stand on the page, a form feed behind each page. The child sees one file in
// a folder of its own, no input and no environment but PATH; it may use 1 GiB and 10 s of a
// processor. Refuses kPdfToolMissing, kPdfNotRead (args reason: what it said), kPdfLimit (args
// seconds, max), and what TemporaryFolder and write_file refuse.
Result<std::string> pdf_text(BytesView bytes, const PdfTextOptions& options = {});

}  // namespace anlan::platform
