// Document: what is said to a person, before any format: headings, paragraphs, tables.
// The texts are already in one language; formats/ lays them out (terminal, JSON, later PDF and
// XLSX).
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
};

enum class Align : unsigned char { kLeft, kRight };

struct Column {
  std::string title;  // all titles empty: no head line
  Align align = Align::kLeft;
};

struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  // as many cells as columns
};

using Block = std::variant<Heading, Paragraph, Bullet, Table>;

struct Document {
  std::vector<Block> blocks;
  Document& heading(int level, std::string text) {
    blocks.emplace_back(Heading{.level = level, .text = std::move(text)});
    return *this;
  }
  Document& paragraph(std::string text) {
    blocks.emplace_back(Paragraph{.text = std::move(text)});
    return *this;
  }
  Document& bullet(std::string text, std::string mark = "-") {
    blocks.emplace_back(Bullet{.mark = std::move(mark), .text = std::move(text)});
    return *this;
  }
  Document& table(Table table) {
    blocks.emplace_back(std::move(table));
    return *this;
  }
};

}  // namespace anlan
