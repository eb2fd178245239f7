// The pages of a PDF file: text in measured lines, rules, areas and lines, in points from the top
// left corner of an A4 page. pdf_canvas.cpp is the one file with Cairo and Pango.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/lang.h"

namespace anlan::formats {

inline constexpr double kPaperWidth = 595.28;  // ISO 216 A4, 210 x 297 mm in 1/72 inch
inline constexpr double kPaperHeight = 841.89;

struct Colour {
  double red = 0.0;  // 0 to 1
  double green = 0.0;
  double blue = 0.0;
};

struct TextStyle {
  double size = 9.5;  // points
  bool bold = false;
  Colour colour = {};
};

struct Spot {
  double x = 0.0;
  double y = 0.0;
};

struct Box {
  double x = 0.0;
  double y = 0.0;
  double width = 0.0;
  double height = 0.0;
};

enum class Anchor : unsigned char { kLeft, kMiddle, kRight };

// What a reader of the file shows beside its pages.
struct PdfFacts {
  std::string title;
  std::string created;        // "2026-03-08", the day of the document; empty: the file states none
  std::string keywords = {};  // ASCII
};

// Not thread-safe. The digits of all texts have one width. Same calls and same fonts, same bytes.
class PdfCanvas {
 public:
  explicit PdfCanvas(Lang lang);
  ~PdfCanvas();

  // The text without what would harm a page (harmless_text); a sign that no installed font can
  // draw becomes U+FFFD, or is remembered in missing() when it is Chinese, Japanese or Korean.
  std::string printable(std::string_view text);
  std::optional<char32_t> missing() const;

  double width(std::string_view line, const TextStyle& style);
  // Lines of at most `width` points: broken between words, beside wide signs, at newlines, and in a
  // word only where it is wider than a line. Never empty; no blanks at the ends of lines.
  std::vector<std::string> wrap(std::string_view text, const TextStyle& style, double width);

  void begin_page();
  // `spot` is on the base line. `line` holds no newline.
  void text(Spot spot, std::string_view line, const TextStyle& style, Anchor anchor);
  void fill(const Box& box, const Colour& colour);
  void fill(std::span<const Spot> outline, const Colour& colour);
  // As one area: no light line where two boxes meet.
  void fill_boxes(std::span<const Box> boxes, const Colour& colour);
  void stroke(std::span<const Spot> line, const Colour& colour, double thickness);
  void mark(std::string_view title, double y);  // an entry of the reader's table of contents

  // The libraries and the two fonts: "cairo 1.16.0, pango 1.50.12, Noto Sans CJK SC 0f3a...
  // 51c2...".
  std::string drawn_with();

  // The whole file. Nothing else is to be called after it.
  Bytes finish(const PdfFacts& facts);

 private:
  struct Pages;
  std::unique_ptr<Pages> pages_;
};

}  // namespace anlan::formats
