// A Document as lines of a terminal, and as a tree for --json.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/document.h"
#include "base/node.h"
#include "formats/display_width.h"

namespace anlan::formats {

struct TerminalStyle {
  int width = 80;     // columns, at least 20
  bool bold = false;  // ANSI bold for headings instead of underlines
};

// Lines of at most `width` columns (see display_width), each ended by a newline, without trailing
// blanks. Headings are underlined with = (level 1) or -. Tables are aligned with two blanks between
// columns; one that is too wide wraps the cells of its widest left-aligned column, then of the
// next. A word or number is never broken: alone wider than the line, it sticks out. Control
// characters and bidirectional overrides of texts become U+FFFD, so that no text can drive the
// terminal. A chart is a line of signs for each row: full ones for the part, light ones for the
// rest.
std::string to_terminal(const Document& document, const TerminalStyle& style = {});

// Lines of at most `width` columns (>= 1): breaks at blanks and beside wide characters, not before
// closing nor after opening punctuation (GB/T 15834-2011 5.1); a newline of the text breaks always.
// Never empty.
std::vector<std::string> wrap_text(std::string_view text, std::size_t width);

// The lines of `text`, each wrapped to `width` columns: it keeps its leading blanks, and what it
// continues on stands two columns deeper. No newline at the end.
std::string hanging_text(std::string_view text, std::size_t width);

// {"blocks": [{"kind": "heading", "level", "text"} | {"kind": "paragraph", "text"} | {"kind":
// "bullet", "mark", "text", "strong" (where it is)} | {"kind": "table", "columns": [{"title",
// "align"}], "rows": [[cell]], "total"} | {"kind": "chart", "form": "bars" | "curve", "whole",
// "part", "rows": [{"label", "place", "whole", "part", "text"}]}]}
Node document_to_node(const Document& document);

}  // namespace anlan::formats
