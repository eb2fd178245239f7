#include "formats/document_reader.h"

#include <limits>

#include "base/refusals.h"

namespace anlan::formats {
namespace {

enum class BlockKind : unsigned char { kHeading, kParagraph, kBullet, kTable, kChart };
constexpr auto enum_names(BlockKind*) {
  using K = BlockKind;
  return std::array{EnumName<K>{K::kHeading, "heading"}, EnumName<K>{K::kParagraph, "paragraph"},
                    EnumName<K>{K::kBullet, "bullet"}, EnumName<K>{K::kTable, "table"},
                    EnumName<K>{K::kChart, "chart"}};
}

enum class Side : unsigned char { kLeft, kRight };
constexpr auto enum_names(Side*) {
  return std::array{EnumName<Side>{Side::kLeft, "left"}, EnumName<Side>{Side::kRight, "right"}};
}

enum class Form : unsigned char { kBars, kCurve };
constexpr auto enum_names(Form*) {
  return std::array{EnumName<Form>{Form::kBars, "bars"}, EnumName<Form>{Form::kCurve, "curve"}};
}

constexpr std::int64_t kLevelMax = 9;
constexpr std::int64_t kColumnsMax = 1'000;
constexpr double kFigureMax = std::numeric_limits<double>::max();

Table table_of(NodeReader& block) {
  Table table;
  for (NodeReader& column : block.list_or_empty("columns")) {
    const Side side = column.choice<Side>("align");
    table.columns.push_back({.title = column.text_or("title", ""),
                             .align = side == Side::kRight ? Align::kRight : Align::kLeft});
    column.finish();
  }
  for (NodeReader& row : block.list_or_empty("rows")) {
    std::vector<std::string> cells;
    if (!row.node().is_list() || row.node().items.size() != table.columns.size()) {
      row.refuse("", anlan::refusals::kOutOfRange);
      break;
    }
    for (const Node& cell : row.node().items) {
      if (cell.kind != Node::Kind::kText) row.refuse("", anlan::refusals::kWrongType);
      cells.push_back(cell.text);
    }
    table.rows.push_back(std::move(cells));
  }
  table.total = block.flag("total", false);
  table.repeated = static_cast<std::size_t>(block.whole_or("repeated", 0, kColumnsMax, 0));
  return table;
}

Chart chart_of(NodeReader& block) {
  Chart chart;
  chart.kind = block.choice<Form>("form") == Form::kCurve ? ChartKind::kCurve : ChartKind::kBars;
  chart.whole = block.text_or("whole", "");
  chart.part = block.text_or("part", "");
  for (NodeReader& row : block.list_or_empty("rows")) {
    chart.rows.push_back({.label = row.text_or("label", ""),
                          .place = row.real("place", -kFigureMax, kFigureMax),
                          .whole = row.real("whole", 0.0, kFigureMax),
                          .part = row.real("part", 0.0, kFigureMax),
                          .text = row.text_or("text", "")});
    row.finish();
  }
  return chart;
}

Block block_of(NodeReader& block) {
  switch (block.choice<BlockKind>("kind")) {
    case BlockKind::kHeading:
      return Heading{.level = static_cast<int>(block.whole("level", 0, kLevelMax)),
                     .text = block.text_or("text", "")};
    case BlockKind::kParagraph:
      return Paragraph{.text = block.text_or("text", "")};
    case BlockKind::kBullet:
      return Bullet{.mark = block.text_or("mark", ""),
                    .text = block.text_or("text", ""),
                    .strong = block.flag("strong", false)};
    case BlockKind::kTable:
      return table_of(block);
    case BlockKind::kChart:
      return chart_of(block);
  }
  return Paragraph{};
}

}  // namespace

Document document_from_node(NodeReader& root) {
  Document document;
  for (NodeReader& block : root.list_or_empty("blocks")) {
    document.blocks.push_back(block_of(block));
    block.finish();
  }
  return document;
}

}  // namespace anlan::formats
