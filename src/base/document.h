// Document: what is said to a person, before any format: headings, paragraphs, tables, charts.
// The texts are already in one language; formats/ lays them out (terminal, JSON, PDF).
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace anlan {

struct Heading {
  int level = 1;  // 1 the title, 2 a section
  std::string text;
};

struct Paragraph {
  std::string text;
};

// One remark per line, indented; `mark` stands before it ("-", "!").
struct Bullet {
  std::string mark = "-";
  std::string text;
  bool strong = false;  // must catch the eye: in bold on paper
};

enum class Align : unsigned char { kLeft, kRight };

struct Column {
  std::string title;  // all titles empty: no head line
  Align align = Align::kLeft;
};

struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  // as many cells as columns
  bool total = false;                          // the last row sums up the others
  // Where the columns behind the first `repeated` are more than a page takes
  // (formats/table_parts.h), they stand in several tables, each with these first ones; 0: it is
  // never taken apart.
  std::size_t repeated = 0;
};

enum class ChartKind : unsigned char {
  kBars,   // one bar for each row
  kCurve,  // the rows are points from left to right, joined by lines
};

struct ChartRow {
  std::string label;
  double place = 0.0;  // kCurve: where the point stands from left to right, ascending
  double whole = 0.0;  // finite, >= 0
  double part = 0.0;   // of the whole, <= whole
  std::string text;    // the whole, in words or figures
};

// Wholes and the part of each that is spoken of: losses, and what of them stays with the company.
struct Chart {
  ChartKind kind = ChartKind::kBars;
  std::string whole;  // what a whole is
  std::string part;   // what the part of it is; empty: no part is shown
  std::vector<ChartRow> rows;
};

using Block = std::variant<Heading, Paragraph, Bullet, Table, Chart>;

struct Document {
  std::vector<Block> blocks;
  std::string date;  // the day of which it speaks, "2026-03-08"; empty: it states none

  Document();
  Document(const Document& other);
  Document(Document&& other) noexcept;
  Document& operator=(const Document& other);
  Document& operator=(Document&& other) noexcept;
  ~Document();

  Document& heading(int level, std::string text);
  Document& paragraph(std::string text);
  Document& bullet(std::string text, std::string mark = "-");
  Document& table(Table table);
  Document& chart(Chart chart);
};

}  // namespace anlan
