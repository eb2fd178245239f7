#include "protection/telemetry_rules.h"

#include <algorithm>

#include "base/node_reader.h"
#include "base/refusals.h"
#include "protection/refusals.h"

namespace anlan::protection {
namespace {

bool is_among(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool fits(const TelemetryRule& rule, const TelemetrySign& sign) {
  return is_among(rule.meanings, sign.meaning) &&
         (rule.formats.empty() || is_among(rule.formats, sign.format)) &&
         sign.product.starts_with(rule.product) && (rule.kind.empty() || rule.kind == sign.kind);
}

void check_words(NodeReader& row, std::string_view key, const std::vector<std::string>& used,
                 const std::vector<std::string>& known) {
  std::string choices;
  for (const std::string& word : known) choices += (choices.empty() ? "" : " | ") + word;
  for (const std::string& word : used) {
    if (is_among(known, word)) continue;
    row.refuse_item(key, word, refusals::kUnknownChoice,
                    {{.name = "choices", .value = choices},
                     {.name = "nearest", .value = nearest(word, known)}});
  }
}

TelemetryRule read_rule(NodeReader& row, const Questionnaire& asked, const TelemetryWords& words) {
  TelemetryRule rule{.control = row.name<domain::ControlTag>("control"),
                     .formats = row.texts_or_empty("formats"),
                     .meanings = row.texts("meanings"),
                     .product = row.text_or("product", ""),
                     .kind = row.text_or("kind", ""),
                     .contradicts = row.flag("contradicts", false),
                     .zh = row.text("zh"),
                     .en = row.text("en"),
                     .source = row.text("source")};
  row.finish();
  if (row.refused()) return rule;
  if (asked.find(rule.control.text) == nullptr) {
    std::vector<std::string> known;
    for (const Question& question : asked.questions) known.push_back(question.control.text);
    row.refuse("control", kControlUnknown,
               {{.name = "control", .value = rule.control.text},
                {.name = "nearest", .value = nearest(rule.control.text, known)}});
  }
  check_words(row, "formats", rule.formats, words.formats);
  check_words(row, "meanings", rule.meanings, words.meanings);
  return rule;
}

}  // namespace

std::vector<const TelemetryRule*> TelemetryRules::of(const TelemetrySign& sign) const {
  std::vector<const TelemetryRule*> found;
  for (const TelemetryRule& rule : rules) {
    if (!fits(rule, sign)) continue;
    const bool there = std::any_of(found.begin(), found.end(), [&](const TelemetryRule* other) {
      return other->control == rule.control && other->contradicts == rule.contradicts;
    });
    if (!there) found.push_back(&rule);
  }
  return found;
}

Result<TelemetryRules> read_telemetry_rules(const Node& tree, const Questionnaire& asked,
                                            const TelemetryWords& words) {
  ReadReport report("telemetry/controls.toml");
  NodeReader reader(tree, report);
  TelemetryRules out;
  for (NodeReader& row : reader.list("rule")) out.rules.push_back(read_rule(row, asked, words));
  reader.finish();
  return report.result(std::move(out));
}

}  // namespace anlan::protection
