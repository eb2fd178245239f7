// A sheet of companies, one a row, and what became of each row.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/session.h"
#include "base/sha256.h"
#include "domain/enterprise_input.h"
#include "domain/submission.h"
#include "formats/sheet.h"

namespace anlan::api {

// Two commands a row, in batches that the writer takes (platform/writer.h).
inline constexpr std::size_t kBulkRowsMax = 5'000;

struct BulkRow {
  const formats::SheetRow* cells = nullptr;
  domain::EnterpriseInput input;
  domain::Submission submission;  // products, day, note, sheet and row; the ids later
  Digest content;                 // what the row says: the same row again is the same request
  std::optional<Refusal> refused;
  domain::EnterpriseId enterprise;
  domain::SubmissionId sent;
  bool repeated = false;  // all of it was recorded before
};

struct BulkDefaults {
  std::vector<domain::ProductName> products;
  std::optional<Date> from;
  Date today;
};

struct BulkSheet {
  formats::SheetTable table;
  std::vector<std::string> head;
  bool oed = false;
  std::vector<BulkRow> rows;
};

// The rows of a sheet: the keys of a company's record or OED columns, and beside them products
// (separated by ";"), from and note. What one row says wrongly is the refusal of that row: a
// formula, a value, no product (kRowWithoutProduct), the company of an earlier row (kRowTwice).
// Refuses the sheet for merged cells, unknown columns and kBulkTooManyRows.
Result<BulkSheet> read_bulk(formats::SheetTable table, const BulkDefaults& defaults,
                            std::string_view file, const Digest& sheet);

// The columns that the answer adds; a sheet that was returned may be sent again.
inline constexpr std::array<std::string_view, 6> kBulkAnswerColumns{
    "status", "reason_zh", "reason_en", "enterprise", "submission", "quotes"};

}  // namespace anlan::api
