// A Table on paper: the widths of its columns, the lines of its cells, its rows as strips.
#pragma once

#include <string>
#include <vector>

#include "base/document.h"
#include "formats/pdf_canvas.h"

namespace anlan::formats::pdf {

using Lines = std::vector<std::string>;

struct TableColumn {
  double left = 0.0;  // from the left edge of the text
  double width = 0.0;
  Align align = Align::kLeft;
};

// A row that was broken into lines; its cells are as high as the highest.
struct TableRow {
  std::vector<Lines> cells;
  std::size_t height = 1;  // lines
};

struct TableLayout {
  std::vector<TableColumn> columns;
  TextStyle style;
  bool has_head = false;
  TableRow head;
  std::vector<TableRow> rows;
  double width = 0.0;
};

// A column takes what its widest cell needs. Where that is too much for the page, columns of words
// wrap, the widest first; if that does not do, the type becomes smaller; at last columns of figures
// wrap, too. Rows have as many cells as there are columns. Texts are printable (PdfCanvas).
TableLayout lay_out(PdfCanvas& canvas, const Table& table);

enum class RowKind : unsigned char { kHead, kBody, kTotal };

// The lines [from, until) of a row, drawn below `top`.
struct RowPart {
  RowKind kind = RowKind::kBody;
  std::size_t from = 0;
  std::size_t until = 0;
};
double height_of(const TableLayout& table, const TableRow& row, const RowPart& part);
void draw(PdfCanvas& canvas, const TableLayout& table, const TableRow& row, const RowPart& part,
          double top);

}  // namespace anlan::formats::pdf
