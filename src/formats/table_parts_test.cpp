#include "formats/table_parts.h"

#include <sstream>

#include <doctest/doctest.h>

#include "formats/display_width.h"
#include "formats/terminal.h"

namespace anlan::formats {
namespace {

Table numbered(std::size_t columns, std::size_t repeated) {
  Table table{.columns = {}, .rows = {{}}, .total = true, .repeated = repeated};
  for (std::size_t i = 0; i < columns; ++i) {
    table.columns.push_back({"c" + std::to_string(i), i == 0 ? Align::kLeft : Align::kRight});
    table.rows[0].push_back(std::to_string(i));
  }
  return table;
}

TEST_CASE("table parts: every column stands once, behind the repeated ones, in equal parts") {
  struct Row {
    std::size_t columns;
    std::size_t repeated;
    std::size_t most;
    std::vector<std::string> parts;  // the cells of each
  };
  const Row rows[] = {
      {4, 1, 3, {"0 1 2 3"}},
      {5, 1, 3, {"0 1 2", "0 3 4"}},
      {6, 2, 3, {"0 1 2 3", "0 1 4 5"}},
      {8, 1, 3, {"0 1 2", "0 3 4", "0 5 6 7"}},
      {6, 0, 3, {"0 1 2 3 4 5"}},
      {2, 5, 1, {"0 1"}},
      {0, 1, 1, {""}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.columns);
    std::vector<std::string> found;
    for (const Table& part : table_parts(numbered(row.columns, row.repeated), row.most)) {
      std::string cells;
      for (std::size_t i = 0; i < part.columns.size(); ++i) {
        CHECK(part.columns[i].title == "c" + part.rows[0][i]);
        cells += (cells.empty() ? "" : " ") + part.rows[0][i];
      }
      CHECK(part.total);
      found.push_back(cells);
    }
    CHECK(found == row.parts);
  }
}

TEST_CASE("table parts: twelve products side by side stay within the terminal") {
  Table table = numbered(13, 1);
  table.rows = {{"网络勒索"}};
  for (int i = 0; i < 12; ++i)
    table.rows[0].push_back("承保 每次 50,000,000 每年 400,000,000 [2.15]");
  for (std::size_t i = 1; i < 13; ++i) table.columns[i].align = Align::kLeft;
  Document document;
  document.table(table);
  std::istringstream lines(to_terminal(document));
  std::size_t shown = 0;
  for (std::string line; std::getline(lines, line);) {
    CHECK(display_width(line) <= 80U);
    shown += line.find("c12") != std::string::npos ? 1 : 0;
  }
  CHECK(shown == 1);
}

}  // namespace
}  // namespace anlan::formats
