// A Chart on paper: bars row by row, a curve as one drawing, and what their colours mean.
#pragma once

#include "base/document.h"
#include "formats/pdf_canvas.h"

namespace anlan::formats::pdf {

// Where the bars of a chart stand between their labels and their figures.
struct BarLayout {
  double label = 0.0;   // width of the labels
  double figure = 0.0;  // width of the figures
  double most = 0.0;    // the longest whole
};
BarLayout lay_out_bars(PdfCanvas& canvas, const Chart& chart);

inline constexpr double kBarRow = 15.0;  // height of a bar with its white
inline constexpr double kLegendHeight = 18.0;
inline constexpr double kCurveHeight = 190.0;  // without the legend

void draw_bar(PdfCanvas& canvas, const Chart& chart, const BarLayout& layout, const ChartRow& row,
              double top);
void draw_legend(PdfCanvas& canvas, const Chart& chart, double top);
void draw_curve(PdfCanvas& canvas, const Chart& chart, double top);

}  // namespace anlan::formats::pdf
