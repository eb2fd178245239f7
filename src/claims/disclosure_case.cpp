#include "claims/disclosure_case.h"

#include "base/node_reader.h"
#include "claims/refusals.h"

namespace anlan::claims {
namespace {

std::optional<Date> date_or_none(NodeReader& reader, std::string_view key) {
  if (!reader.has(key)) return std::nullopt;
  return reader.date(key);
}

void read_pair(NodeReader& parent, std::string_view key, std::string& zh, std::string& en) {
  NodeReader reader = parent.table(key);
  zh = reader.text("zh");
  en = reader.text("en");
  reader.finish();
}

QuestionAsked read_question(NodeReader reader) {
  QuestionAsked out{.control = reader.text_or("control", ""),
                    .version = reader.text("version"),
                    .text_zh = reader.text("zh"),
                    .text_en = reader.text("en"),
                    .general = reader.flag("general", false)};
  reader.finish();
  return out;
}

std::optional<Finding<bool>> read_finding(NodeReader& parent, std::string_view key) {
  if (!parent.has(key)) return std::nullopt;
  NodeReader reader = parent.table(key);
  Finding<bool> out{
      .value = reader.flag("value", false), .by = reader.text("by"), .on = reader.date("on")};
  reader.finish();
  return out;
}

std::optional<Finding<StateOfMind>> read_state_of_mind(NodeReader& parent) {
  if (!parent.has("state_of_mind")) return std::nullopt;
  NodeReader reader = parent.table("state_of_mind");
  Finding<StateOfMind> out{.value = reader.choice<StateOfMind>("value"),
                           .by = reader.text("by"),
                           .on = reader.date("on")};
  reader.finish();
  return out;
}

void read_facts(NodeReader& reader, DisclosureCase& facts) {
  if (reader.has("question")) facts.question = read_question(reader.table("question"));
  facts.answer = reader.text("answer");
  facts.truth = reader.text("truth");
  facts.formed = reader.date("formed");
  facts.as_of = reader.date("as_of");
  facts.incident = date_or_none(reader, "incident");
  facts.rescinded = date_or_none(reader, "rescinded");
  for (NodeReader& item : reader.list_or_empty("shown")) {
    facts.shown.push_back({.source = item.text("source"),
                           .text_zh = item.text("zh"),
                           .text_en = item.text("en"),
                           .seen_by = item.text_or("seen_by", ""),
                           .seen_on = date_or_none(item, "seen_on")});
    item.finish();
  }
  for (NodeReader& item : reader.list_or_empty("collected")) {
    facts.collected.push_back(
        {.on = item.date("on"), .amount = item.money("amount", Currency::kCny)});
    item.finish();
  }
  facts.state_of_mind = read_state_of_mind(reader);
  facts.material = read_finding(reader, "material");
  facts.bore_on_incident = read_finding(reader, "bore_on_incident");
}

// "disclosure_cases/mfa-everywhere.toml" -> "mfa-everywhere"
std::string stem_of(const std::string& file) {
  const std::size_t slash = file.rfind('/');
  std::string name = slash == std::string::npos ? file : file.substr(slash + 1);
  const std::size_t dot = name.rfind('.');
  if (dot != std::string::npos) name.resize(dot);
  if (name.starts_with("@")) name.erase(0, 1);
  return name;
}

}  // namespace

Result<DisclosureFile> read_disclosure_file(const Node& root, const std::string& file) {
  ReadReport report(file);
  NodeReader reader(root, report);
  DisclosureFile out;
  out.id = reader.text("id");
  read_pair(reader, "title", out.title_zh, out.title_en);
  read_pair(reader, "story", out.story_zh, out.story_en);
  read_facts(reader, out.facts);
  reader.finish();
  if (!report.refused() && file != "-" && out.id != stem_of(file)) {
    reader.refuse("id", refusals::kDisclosureName, {{.name = "file", .value = stem_of(file)}});
  }
  return report.result(std::move(out));
}

}  // namespace anlan::claims
