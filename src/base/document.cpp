#include "base/document.h"

#include <utility>

namespace anlan {

Document::Document() = default;
Document::Document(const Document& other) = default;
Document::Document(Document&& other) noexcept = default;
Document& Document::operator=(const Document& other) = default;
Document& Document::operator=(Document&& other) noexcept = default;
Document::~Document() = default;

Document& Document::heading(int level, std::string text) {
  blocks.emplace_back(Heading{.level = level, .text = std::move(text)});
  return *this;
}

Document& Document::paragraph(std::string text) {
  blocks.emplace_back(Paragraph{.text = std::move(text)});
  return *this;
}

Document& Document::bullet(std::string text, std::string mark) {
  blocks.emplace_back(Bullet{.mark = std::move(mark), .text = std::move(text)});
  return *this;
}

Document& Document::table(Table table) {
  blocks.emplace_back(std::move(table));
  return *this;
}

Document& Document::chart(Chart chart) {
  blocks.emplace_back(std::move(chart));
  return *this;
}

}  // namespace anlan
