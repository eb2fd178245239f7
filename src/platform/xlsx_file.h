// The bytes of a spreadsheet file (Office Open XML, ISO/IEC 29500), by libxlsxwriter.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "formats/xlsx.h"

namespace anlan::platform {

// Same workbook, same bytes: the date of the file is that of the workbook, else the first day that
// the format knows. Written in a folder of its own under the system's folder for such files, which
// is gone at the end. Refuses kXlsxNotWritten (args reason, a
// word): what the format cannot hold (a text of
// more than 32,767 signs, more than 1,048,576 rows), no space; and what TemporaryFolder refuses.
Result<Bytes> xlsx_bytes(const formats::Workbook& workbook);

}  // namespace anlan::platform
