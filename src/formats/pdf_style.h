// The hand of all pages: paper, margins, sizes of type, colours. Points of 1/72 inch.
#pragma once

#include "formats/pdf_canvas.h"

namespace anlan::formats::pdf {

inline constexpr double kSide = 56.7;    // 20 mm left and right
inline constexpr double kTop = 56.7;     // 20 mm
inline constexpr double kBottom = 70.9;  // 25 mm, the footer within
inline constexpr double kTextWidth = kPaperWidth - 2 * kSide;
inline constexpr double kTextHeight = kPaperHeight - kTop - kBottom;

inline constexpr Colour kInk{0.11, 0.13, 0.16};
inline constexpr Colour kDeep{0.07, 0.24, 0.36};     // titles, parts of charts
inline constexpr Colour kLight{0.66, 0.77, 0.85};    // wholes of charts
inline constexpr Colour kPale{0.935, 0.953, 0.966};  // the head of a table
inline constexpr Colour kRule{0.82, 0.85, 0.88};
inline constexpr Colour kMuted{0.38, 0.42, 0.46};
inline constexpr Colour kWarning{0.70, 0.20, 0.12};

inline constexpr TextStyle kTitleText{.size = 17.0, .bold = true, .colour = kDeep};
inline constexpr TextStyle kSectionText{.size = 12.0, .bold = true, .colour = kDeep};
inline constexpr TextStyle kBodyText{.size = 9.5, .colour = kInk};
inline constexpr TextStyle kCellText{.size = 8.5, .colour = kInk};
inline constexpr TextStyle kSmallText{.size = 7.5, .colour = kMuted};

// Chinese needs more white between lines than Latin letters; both get it (CLREQ 2.2: line distance
// of 1.5 to 2 signs for long texts, less for tables).
inline constexpr double kBodyLead = 1.58;
inline constexpr double kCellLead = 1.42;
inline constexpr double kHeadingLead = 1.4;

// The base line of a line of type of this height: capitals and Chinese stand in its middle.
constexpr double base_line(double size, double height) { return height / 2.0 + 0.37 * size; }

}  // namespace anlan::formats::pdf
