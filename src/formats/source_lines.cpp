#include "formats/source_lines.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/utf8.h"
#include "formats/display_width.h"
#include "formats/harmless_text.h"

namespace anlan::formats {
namespace {

constexpr std::size_t kColumns = 80;
constexpr std::size_t kBefore = 40;  // columns shown before the place when the line is cut

std::optional<std::string_view> line_of(std::string_view text, int line) {
  for (int number = 1; number < line; ++number) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    text.remove_prefix(end + 1);
  }
  std::string_view found = text.substr(0, text.find('\n'));
  if (found.ends_with('\r')) found.remove_suffix(1);
  return found;
}

struct Letter {
  std::string text;
  std::size_t width = 0;
};

std::vector<Letter> letters_of(std::string_view line) {
  std::vector<Letter> out;
  while (!line.empty()) {
    const CodePoint next = first_code_point(line);
    std::string text = harmless_text(line.substr(0, next.bytes));
    if (next.value == '\t') text = " ";
    const std::size_t width = display_width(text);
    out.push_back({std::move(text), width});
    line.remove_prefix(next.bytes);
  }
  return out;
}

}  // namespace

std::string source_excerpt(std::string_view text, const Place& at) {
  if (at.line < 1) return {};
  const std::optional<std::string_view> line = line_of(text, at.line);
  if (!line) return {};
  const std::vector<Letter> letters = letters_of(*line);
  const std::size_t place = std::min<std::size_t>(
      at.column < 1 ? 0 : static_cast<std::size_t>(at.column - 1), letters.size());
  const std::string number = std::to_string(at.line);
  const std::string margin = std::string(number.size() < 4 ? 4 - number.size() : 0, ' ') + number;
  const std::size_t room = kColumns - margin.size() - 3 - 2;  // " | " and two signs "…"
  std::size_t first = place;
  std::size_t before = 0;
  while (first > 0 && before + letters[first - 1].width <= kBefore)
    before += letters[--first].width;
  std::string shown = first > 0 ? "…" : "";
  const std::size_t mark = before + (first > 0 ? 1 : 0);
  std::size_t width = 0;
  std::size_t end = first;
  while (end < letters.size() && width + letters[end].width <= room) {
    width += letters[end].width;
    shown += letters[end++].text;
  }
  if (end < letters.size()) shown += "…";
  return margin + " | " + shown + "\n" + std::string(margin.size(), ' ') + " | " +
         std::string(mark, ' ') + "^";
}

}  // namespace anlan::formats
