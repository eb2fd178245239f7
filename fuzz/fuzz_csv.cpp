// parse_csv reads what write_csv writes of its rows.
#include <cstdint>

#include "base/check.h"
#include "formats/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anlan::formats;
  const std::string text(data, data + size);
  const auto parsed = parse_csv(text, "f");
  if (!parsed.ok()) {
    ANLAN_CHECK(parsed.refusal().at.line >= 1);
    return 0;
  }
  std::vector<std::vector<std::string>> rows;
  for (const CsvRow& row : *parsed) rows.push_back(row.fields);
  const auto again = parse_csv(write_csv(rows), "f");
  ANLAN_CHECK(again.ok());
  ANLAN_CHECK(again->size() == rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) ANLAN_CHECK((*again)[i].fields == rows[i]);
  return 0;
}
