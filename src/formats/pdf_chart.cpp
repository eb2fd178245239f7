#include "formats/pdf_chart.h"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "formats/pdf_style.h"

namespace anlan::formats::pdf {
namespace {

constexpr double kLabelMax = 0.38 * kTextWidth;
constexpr double kSpace = 8.0;  // between label, bar and figure

constexpr double kValueMax = 1e18;  // above every amount of money (base/money.h)

double sane(double value) { return value > 0.0 ? std::min(value, kValueMax) : 0.0; }

double part_of(const Chart& chart, const ChartRow& row) {
  return chart.part.empty() ? 0.0 : std::min(sane(row.part), sane(row.whole));
}

double most_of(const Chart& chart) {
  double most = 0.0;
  for (const ChartRow& row : chart.rows) most = std::max(most, sane(row.whole));
  return most;
}

TextStyle label_style() {
  TextStyle style = kSmallText;
  style.colour = kInk;
  return style;
}

// The line as far as it is not wider than `width`, with an ellipsis where it was cut.
std::string fitted(PdfCanvas& canvas, const std::string& line, double width) {
  const TextStyle style = label_style();
  std::string shown = line.substr(0, line.find('\n'));
  if (canvas.width(shown, style) <= width) return shown;
  return canvas.wrap(shown, style, width - style.size).front() + "…";
}

// Steps of 1, 2 or 5 times a power of ten, at most five of them up to `most`.
double step_of(double most) {
  double step = 1.0;
  while (step * 5.0 < most && step < 1e300) step *= 10.0;
  while (step * 0.5 >= most && step > 1e-300) step /= 10.0;
  if (step * 0.2 * 5.0 >= most) return step * 0.2;
  return step * 0.5 * 5.0 >= most ? step * 0.5 : step;
}

// 1234567 as "1,234,567".
std::string grouped(double value) {
  std::string digits = fmt::format("{:.0f}", value);
  if (value > 0.0 && value < 10.0) digits = fmt::format("{:g}", value);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  for (std::size_t at = point; at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

struct Frame {
  Box box;
  double low = 0.0;   // place of the left edge
  double high = 1.0;  // place of the right edge
  double most = 1.0;  // value of the upper edge

  Spot spot(double place, double value) const {
    double across = high > low ? (place - low) / (high - low) : 0.5;
    if (!(across >= 0.0)) across = 0.0;
    return {box.x + box.width * std::min(across, 1.0), box.y + box.height * (1.0 - value / most)};
  }
};

void draw_axes(PdfCanvas& canvas, const Chart& chart, const Frame& frame, double step) {
  for (double value = 0.0; value <= frame.most * 1.001; value += step) {
    const double y = frame.spot(frame.low, value).y;
    const Spot ends[] = {{frame.box.x, y}, {frame.box.x + frame.box.width, y}};
    canvas.stroke(ends, value > 0.0 ? kRule : kMuted, value > 0.0 ? 0.4 : 0.6);
    canvas.text({frame.box.x - kSpace, y + 0.35 * kSmallText.size}, grouped(value), kSmallText,
                Anchor::kRight);
  }
  double free = 0.0;  // where the next label may begin
  for (const ChartRow& row : chart.rows) {
    const double half = canvas.width(row.label, kSmallText) / 2.0;
    const double x = frame.spot(row.place, 0.0).x;
    const double y = frame.box.y + frame.box.height;
    const Spot tick[] = {{x, y}, {x, y + 3.0}};
    canvas.stroke(tick, kMuted, 0.6);
    if (x - half < free) continue;
    canvas.text({x, y + 5.0 + kSmallText.size}, row.label, kSmallText, Anchor::kMiddle);
    free = x + half + 4.0;
  }
}

void draw_line(PdfCanvas& canvas, const Frame& frame, const std::vector<Spot>& line,
               const Colour& area, const Colour& colour) {
  if (line.empty()) return;
  const double bottom = frame.box.y + frame.box.height;
  std::vector<Spot> outline = line;
  outline.push_back({line.back().x, bottom});
  outline.push_back({line.front().x, bottom});
  canvas.fill(outline, area);
  canvas.stroke(line, colour, 1.4);
  for (const Spot& spot : line) canvas.fill({spot.x - 1.6, spot.y - 1.6, 3.2, 3.2}, colour);
}

constexpr Colour kWholeArea{0.90, 0.93, 0.955};
constexpr Colour kPartArea{0.72, 0.79, 0.85};
constexpr Colour kWholeLine{0.45, 0.61, 0.73};

}  // namespace

BarLayout lay_out_bars(PdfCanvas& canvas, const Chart& chart) {
  BarLayout layout{.most = most_of(chart)};
  for (const ChartRow& row : chart.rows) {
    const std::string label = fitted(canvas, row.label, kLabelMax);
    layout.label = std::max(layout.label, canvas.width(label, label_style()));
    const std::string text = fitted(canvas, row.text, kLabelMax);
    layout.figure = std::max(layout.figure, canvas.width(text, label_style()));
  }
  return layout;
}

void draw_bar(PdfCanvas& canvas, const Chart& chart, const BarLayout& layout, const ChartRow& row,
              double top) {
  const TextStyle style = label_style();
  const double y = top + base_line(style.size, kBarRow);
  canvas.text({kSide + 5.0, y}, fitted(canvas, row.label, kLabelMax), style, Anchor::kLeft);
  canvas.text({kSide + kTextWidth, y}, fitted(canvas, row.text, kLabelMax), style, Anchor::kRight);
  const double left = kSide + 5.0 + layout.label + kSpace;
  const double room = kTextWidth - (left - kSide) - layout.figure - kSpace;
  if (layout.most <= 0.0) return;
  const auto bar = [&](double value, const Colour& colour) {
    const double length = room * (value / layout.most);
    if (length > 0.0) canvas.fill({left, top + 3.5, length, kBarRow - 7.0}, colour);
  };
  bar(sane(row.whole), chart.part.empty() ? kDeep : kLight);
  bar(part_of(chart, row), kDeep);
}

void draw_legend(PdfCanvas& canvas, const Chart& chart, double top) {
  double x = kSide + 5.0;
  const double y = top + base_line(kSmallText.size, kLegendHeight);
  const auto entry = [&](const std::string& said, const Colour& colour) {
    const std::string shown = fitted(canvas, said, kLabelMax);
    canvas.fill({x, y - 6.0, 9.0, 6.0}, colour);
    canvas.text({x + 13.0, y}, shown, kSmallText, Anchor::kLeft);
    x += 13.0 + canvas.width(shown, kSmallText) + 16.0;
  };
  entry(chart.whole, chart.part.empty() ? kDeep : kLight);
  if (!chart.part.empty()) entry(chart.part, kDeep);
}

void draw_curve(PdfCanvas& canvas, const Chart& chart, double top) {
  const double most = most_of(chart);
  if (chart.rows.empty() || most <= 0.0) return;
  const double step = step_of(most);
  const double upper = step * std::ceil(most / step - 1e-9);
  const double axis = canvas.width(grouped(upper), kSmallText) + kSpace;
  const double last = canvas.width(chart.rows.back().label, kSmallText) / 2.0;
  const Frame frame{
      .box = {kSide + 5.0 + axis, top + 8.0, kTextWidth - 5.0 - axis - std::min(last, kLabelMax),
              kCurveHeight - 8.0 - 20.0},
      .low = chart.rows.front().place,
      .high = chart.rows.back().place,
      .most = upper};
  std::vector<Spot> whole;
  std::vector<Spot> part;
  for (const ChartRow& row : chart.rows) {
    whole.push_back(frame.spot(row.place, sane(row.whole)));
    part.push_back(frame.spot(row.place, part_of(chart, row)));
  }
  draw_line(canvas, frame, whole, kWholeArea, kWholeLine);
  if (!chart.part.empty()) draw_line(canvas, frame, part, kPartArea, kDeep);
  draw_axes(canvas, chart, frame, step);
}

}  // namespace anlan::formats::pdf
