#include "protection/answer_table.h"

#include <algorithm>
#include <charconv>

#include "base/node_reader.h"
#include "base/refusals.h"
#include "protection/answer.h"
#include "protection/refusals.h"

namespace anlan::protection {
namespace {

constexpr std::int64_t kNumberMax = 1'000'000'000'000;  // above every answer that is a number

Share read_share(NodeReader& reader, std::string_view key) {
  return Share::from_ppm(static_cast<std::uint32_t>(reader.whole(key, 0, Share::kWhole)));
}

// [{ at = 0, ppm = 0 }, { at = 80, ppm = 600000 }], `at` rising.
std::vector<CurvePoint> read_points(NodeReader& table, std::string_view key) {
  std::vector<CurvePoint> points;
  for (NodeReader& item : table.list_or_empty(key)) {
    const CurvePoint point{.at = item.whole("at", 0, kNumberMax), .value = read_share(item, "ppm")};
    item.finish();
    if (!points.empty() && point.at <= points.back().at) item.refuse("at", kPointsNotRising);
    points.push_back(point);
  }
  return points;
}

std::vector<WordState> read_words(NodeReader& table) {
  std::vector<WordState> words;
  for (NodeReader::Entry& entry : table.entries()) {
    const std::int64_t ppm = entry.value.as_whole(0, Share::kWhole);
    words.push_back({.word = entry.key, .state = Share::from_ppm(static_cast<std::uint32_t>(ppm))});
  }
  return words;
}

ControlWorth read_control(NodeReader& row) {
  ControlWorth worth;
  worth.control = row.name<domain::ControlTag>("id");
  NodeReader states = row.table_or_empty("states");
  worth.words = read_words(states);
  worth.points = read_points(row, "points");
  for (NodeReader& part : row.list_or_empty("parts")) {
    worth.parts.push_back({.part = part.text("part"), .points = read_points(part, "points")});
    part.finish();
  }
  row.finish();
  return worth;
}

// "0.6" of a whole; at most six decimals are ppm exactly.
Share read_fraction(NodeReader& row, std::string_view key) {
  const Node* const found = row.node().find(key);
  if (found == nullptr) return row.percent(key);  // which refuses the missing key
  const std::string_view text = found->text;
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string digits(text.substr(0, point));
  std::string decimals(text.substr(std::min(point + 1, text.size())));
  const bool fits = point == 1 && decimals.size() <= 6;
  decimals.resize(6, '0');
  digits += decimals;
  std::uint32_t ppm = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), ppm);
  const bool is_number = error == std::errc() && end == digits.data() + digits.size();
  if (fits && is_number && ppm <= Share::kWhole) return Share::from_ppm(ppm);
  row.refuse(key, refusals::kOutOfRange,
             {{.name = "min", .value = "0"}, {.name = "max", .value = "1"}});
  return {};
}

// id -> fact or typical state, as data/hazard/controls.toml says.
std::vector<ControlWorth> read_typical(NodeReader& root) {
  std::vector<ControlWorth> rows;
  for (NodeReader& row : root.list("control")) {
    ControlWorth worth;
    worth.control = row.name<domain::ControlTag>("id");
    worth.fact = row.flag("fact", false);
    if (!worth.fact) worth.typical = read_fraction(row, "typical");
    rows.push_back(std::move(worth));
  }
  return rows;
}

bool has_part(const Question& question, const PartCurve& curve) {
  return std::any_of(question.parts.begin() + 1, question.parts.end(), [&](const AnswerPart& part) {
    return part.name == curve.part && part.number;
  });
}

// What of the question has no state, or what has a state and is not of the question; "" when it
// fits.
std::string unmatched(const ControlWorth& worth, const Question& question) {
  const AnswerPart& main = question.parts.front();
  if (main.any_of) return "any_of";  // several words at once have no single state
  for (const std::string& word : main.words) {
    const auto has_state = [&](const WordState& state) { return state.word == word; };
    if (std::none_of(worth.words.begin(), worth.words.end(), has_state)) return word;
  }
  if (worth.words.size() > main.words.size()) return worth.words.back().word;
  if ((main.number || main.date) == worth.points.empty()) return "points";
  for (const PartCurve& curve : worth.parts) {
    if (!has_part(question, curve) || curve.points.empty()) return curve.part;
  }
  return "";
}

void check_row(NodeReader& row, const ControlWorth& worth, const Questionnaire& questionnaire) {
  const Question* const question = questionnaire.find(worth.control.text);
  if (question == nullptr) {
    std::vector<std::string> known;
    for (const Question& each : questionnaire.questions) known.push_back(each.control.text);
    return row.refuse("id", kControlUnknown,
                      {{.name = "control", .value = worth.control.text},
                       {.name = "nearest", .value = nearest(worth.control.text, known)}});
  }
  const std::string answer = unmatched(worth, *question);
  if (answer.empty()) return;
  row.refuse(
      "id", kStateMissing,
      {{.name = "control", .value = worth.control.text}, {.name = "answer", .value = answer}});
}

std::vector<TrustCurve> read_trust(NodeReader& root) {
  std::vector<TrustCurve> curves;
  for (NodeReader& row : root.list("trust")) {
    const auto source = row.choice<domain::FactSource>("source");
    TrustCurve curve{.source = source, .points = read_points(row, "points")};
    row.finish();
    if (curve.points.empty()) {
      row.refuse("points", kTrustMissing,
                 {{.name = "source", .value = std::string(name_of(source))}});
    }
    curves.push_back(std::move(curve));
  }
  return curves;
}

// Every source but `inferred`, which is believed by definition of nothing.
void check_trust(NodeReader& root, const std::vector<TrustCurve>& curves) {
  for (const auto& entry : enum_names(static_cast<domain::FactSource*>(nullptr))) {
    const auto count = std::count_if(curves.begin(), curves.end(), [&](const TrustCurve& curve) {
      return curve.source == entry.value;
    });
    const int expected = entry.value == domain::FactSource::kInferred ? 0 : 1;
    if (count == expected) continue;
    root.refuse("trust", kTrustMissing, {{.name = "source", .value = std::string(entry.name)}});
  }
}

void refuse_missing(NodeReader& root, const domain::ControlName& control) {
  root.refuse("control", kStateMissing,
              {{.name = "control", .value = control.text}, {.name = "answer", .value = "*"}});
}

// The row of one control from both files. `typical` and `states` are the roots of their files.
ControlWorth joined(const domain::ControlName& control,
                    const std::vector<ControlWorth>& typical_rows, const AnswerTable& states,
                    NodeReader& typical_root, NodeReader& states_root) {
  const auto typical =
      std::find_if(typical_rows.begin(), typical_rows.end(),
                   [&](const ControlWorth& worth) { return worth.control == control; });
  if (typical == typical_rows.end()) {
    refuse_missing(typical_root, control);
    return {};
  }
  const ControlWorth* const stated = states.find(control.text);
  if (typical->fact) {
    if (stated != nullptr) {
      states_root.refuse("control", kStateOfFact, {{.name = "control", .value = control.text}});
    }
    return *typical;
  }
  if (stated == nullptr) {
    refuse_missing(states_root, control);
    return {};
  }
  ControlWorth worth = *stated;
  worth.typical = typical->typical;
  return worth;
}

// Linear between two corners, level outside, rounded down.
Share value_at(std::span<const CurvePoint> points, std::int64_t at) {
  if (at <= points.front().at) return points.front().value;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const CurvePoint& left = points[i - 1];
    const CurvePoint& right = points[i];
    if (at > right.at) continue;
    const std::int64_t width = right.at - left.at;
    const std::int64_t rise = std::int64_t{right.value.ppm()} - std::int64_t{left.value.ppm()};
    const std::int64_t base = std::int64_t{left.value.ppm()} * width + rise * (at - left.at);
    return Share::from_ppm(static_cast<std::uint32_t>(base / width));
  }
  return points.back().value;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

std::optional<Share> main_state(const ControlWorth& worth, const Question& question,
                                std::string_view text, Date on) {
  for (const WordState& state : worth.words) {
    if (state.word == text) return state.state;
  }
  if (worth.points.empty()) return std::nullopt;
  if (question.parts.front().date) {
    const auto date = parse_date(text, "answer");
    if (!date.ok()) return std::nullopt;
    return value_at(worth.points, std::max(0, days_between(date.value(), on)));
  }
  const auto number = whole_number(text);
  return number ? std::optional(value_at(worth.points, *number)) : std::nullopt;
}

}  // namespace

const ControlWorth* AnswerTable::find(std::string_view control) const {
  const auto found = std::find_if(controls.begin(), controls.end(), [&](const ControlWorth& worth) {
    return worth.control.text == control;
  });
  return found == controls.end() ? nullptr : &*found;
}

Result<AnswerTable> read_answer_table(const AnswerTableFiles& files,
                                      const Questionnaire& questionnaire) {
  ReadReport controls_report{"controls.toml"};
  NodeReader controls_root(files.controls, controls_report);
  const std::vector<ControlWorth> typical = read_typical(controls_root);
  ReadReport report{"answers.toml"};
  NodeReader root(files.answers, report);
  root.text("status");  // says where the values come from; people read it
  AnswerTable unsorted{.controls = {}, .trust = read_trust(root)};
  check_trust(root, unsorted.trust);
  for (NodeReader& row : root.list("control")) {
    ControlWorth worth = read_control(row);
    if (unsorted.find(worth.control.text) != nullptr) row.refuse("id", refusals::kDuplicateValue);
    if (!report.refused()) check_row(row, worth, questionnaire);
    unsorted.controls.push_back(std::move(worth));
  }
  root.finish();
  AnswerTable table{.controls = {}, .trust = unsorted.trust};
  for (const Question& question : questionnaire.questions) {
    table.controls.push_back(joined(question.control, typical, unsorted, controls_root, root));
  }
  if (controls_report.refused()) return controls_report.refusal();
  return report.result(std::move(table));
}

std::optional<Share> state_of(const ControlWorth& worth, const Question& question,
                              std::string_view canonical, Date on) {
  ANLAN_CHECK(!worth.fact);
  const std::vector<std::string> texts = answer_parts(question, canonical);
  std::optional<Share> state = main_state(worth, question, texts.front(), on);
  for (const PartCurve& curve : worth.parts) {
    for (std::size_t i = 1; i < texts.size() && state; ++i) {
      if (question.parts[i].name != curve.part || texts[i].empty()) continue;
      const auto number = whole_number(texts[i]);
      state =
          number ? std::optional(std::min(*state, value_at(curve.points, *number))) : std::nullopt;
    }
  }
  return state;
}

Share trust_of(const AnswerTable& table, domain::FactSource source, std::int64_t age_days) {
  for (const TrustCurve& curve : table.trust) {
    if (curve.source == source) return value_at(curve.points, std::max<std::int64_t>(0, age_days));
  }
  return Share{};
}

}  // namespace anlan::protection
