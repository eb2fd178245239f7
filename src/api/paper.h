// An answer on paper: --pdf FILE.
#pragma once

#include <string>

#include "api/invocation.h"
#include "api/operation.h"
#include "api/session.h"

namespace anlan::api {

// Where pages may be written: refuses kPdfToOutput ("-"; args option), kPdfInsideHouse (in the
// folder of the session's house, by whatever way the path leads there).
Result<Done> check_page_file(Session& session, const std::string& file, std::string_view option);

// A file's name as it can be shown on a line.
std::string shown_name(std::string_view file);

// Before the operation runs: refuses kPdfNotOffered (commands that record something or have no
// pages, value: the command), as check_page_file, kFileExists of platform, kPdfFontMissing of
// formats. Nothing is asked without --pdf.
Result<Done> check_paper(Session& session, const Invocation& invocation);

// Writes the pages of an answer to invocation.pdf, whole or not at all, and returns the line that
// says so. Below the title stand the day and, where a house was read, its name and the number of
// its last record. The day is the document's own; without one, that of the last record. Refuses
// kPdfNotOffered for an answer that is a file to fill in, kPdfFontMissing, and as
// platform::write_new_file does.
Result<std::string> write_paper(Session& session, const Invocation& invocation, const Reply& reply);

// The same for --xlsx FILE: an answer as sheets of a spreadsheet. Refuses kXlsxNotOffered where
// check_paper and write_paper refuse kPdfNotOffered, kFileExists, and what xlsx_bytes refuses.
Result<Done> check_spreadsheet(Session& session, const Invocation& invocation);
Result<std::string> write_spreadsheet(Session& session, const Invocation& invocation,
                                      const Reply& reply);

}  // namespace anlan::api
