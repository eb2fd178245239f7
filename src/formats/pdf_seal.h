// A finished PDF with a file inside it (ISO 32000-1 7.11.4, added by an incremental update, 7.5.6)
// and one line behind its end that holds a code and a signature over all bytes before it:
//   %ANLAN-SEAL 1 <offset of the file> <its length> <code> <signature>
// Readers of PDF skip the line; the signature is the caller's business.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace anlan::formats {

struct AttachedFile {
  std::string_view name;     // "document.json": letters, digits, '.', '-', '_'
  std::string_view content;  // stands in the PDF as it is
};

// The bytes to be signed: the PDF with its file and the line up to the blank before the signature.
// `pdf` is one of to_pdf; `code` and later the signature hold no blank and no newline.
Bytes with_attachment(Bytes pdf, const AttachedFile& file, std::string_view code);
// Ends the line.
Bytes with_seal(Bytes unsealed, std::string_view signature);

struct FoundSeal {
  BytesView signed_bytes;  // those before the signature
  std::string_view content;
  std::string_view code;
  std::string_view signature;
};

// The views are into `file`. Nothing where the file does not end in such a line, or the line names
// bytes that are not there.
std::optional<FoundSeal> find_seal(std::string_view file);

}  // namespace anlan::formats
