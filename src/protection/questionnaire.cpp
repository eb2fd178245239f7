#include "protection/questionnaire.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "base/node_reader.h"
#include "base/refusals.h"
#include "protection/answer_parts.h"
#include "protection/refusals.h"

namespace anlan::protection {
namespace {

constexpr std::array<std::string_view, 23> kColumns{
    "id",
    "domain_zh",
    "domain_en",
    "question_zh",
    "question_en",
    "answer_type",
    "options_or_unit",
    "tier",
    "min_requirement",
    "warranty_candidate",
    "verification",
    "product_category",
    "mlps2_L3_clause",
    "cis_v8",
    "nist_csf_2_0",
    "iso27001_2022",
    "loss_vectors",
    "rr_side",
    "rr_absent_lo",
    "rr_absent_mid",
    "rr_absent_hi",
    "effect_evidence",
    "evidence_status",
};

constexpr std::uint32_t kRiskMax = 100'000;  // a relative risk of 100; above it a row is a misprint

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

template <NamedEnum E>
std::vector<E> choices(NodeReader& row, std::string_view key, char separator) {
  std::vector<E> found;
  std::string listed;
  for (const auto& entry : enum_names(static_cast<E*>(nullptr))) {
    if (!listed.empty()) listed += " | ";
    listed += entry.name;
  }
  for (const std::string& word : split(row.text(key), separator)) {
    const auto value = enum_from<E>(word);
    if (!value) {
      row.refuse(key, refusals::kUnknownChoice,
                 {{.name = "choices", .value = listed}, {.name = "nearest", .value = ""}});
      return {};
    }
    found.push_back(*value);
  }
  return found;
}

bool yes_or_no(NodeReader& row, std::string_view key) {
  const std::string text = row.text(key);
  if (text != "Y" && text != "N") {
    row.refuse(key, refusals::kUnknownChoice,
               {{.name = "choices", .value = "Y | N"}, {.name = "nearest", .value = ""}});
  }
  return text == "Y";
}

// "1.85" -> 1850; at most three decimals.
std::uint32_t thousandths(NodeReader& row, std::string_view key) {
  const std::string text = row.text(key);
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string decimals = text.substr(std::min(point + 1, text.size()));
  const bool has_three = decimals.size() <= 3;
  decimals.resize(3, '0');
  const std::string digits = text.substr(0, point) + decimals;
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool is_number = error == std::errc() && end == digits.data() + digits.size() && point > 0;
  if (is_number && has_three && value >= 1000 && value <= kRiskMax) return value;
  row.refuse(key, refusals::kOutOfRange,
             {{.name = "min", .value = "1.0"}, {.name = "max", .value = "100.0"}});
  return 1000;
}

RelativeRisk read_risk(NodeReader& row) {
  RelativeRisk risk{.side = row.choice<RiskSide>("rr_side"),
                    .low_thousandths = thousandths(row, "rr_absent_lo"),
                    .mid_thousandths = thousandths(row, "rr_absent_mid"),
                    .high_thousandths = thousandths(row, "rr_absent_hi")};
  if (risk.low_thousandths > risk.mid_thousandths || risk.mid_thousandths > risk.high_thousandths) {
    row.refuse("rr_absent_mid", refusals::kOutOfRange,
               {{.name = "min", .value = row.text("rr_absent_lo")},
                {.name = "max", .value = row.text("rr_absent_hi")}});
  }
  return risk;
}

ClauseIds read_clauses(NodeReader& row) {
  return ClauseIds{.mlps = split(row.text_or("mlps2_L3_clause", ""), ';'),
                   .cis = split(row.text_or("cis_v8", ""), ';'),
                   .csf = split(row.text_or("nist_csf_2_0", ""), ';'),
                   .iso_27001 = split(row.text_or("iso27001_2022", ""), ';')};
}

std::vector<AnswerPart> read_parts(NodeReader& row, AnswerType type) {
  const std::string options = row.text("options_or_unit");
  if (row.refused()) return {};
  auto parts = parse_answer_parts(type, options, row.child("options_or_unit"));
  if (parts.ok()) return std::move(parts).value();
  row.refuse("options_or_unit", parts.refusal().code, parts.refusal().args);
  return {};
}

Question read_question(NodeReader& row) {
  Question question;
  question.control = row.name<domain::ControlTag>("id");
  question.domain_zh = row.text("domain_zh");
  question.domain_en = row.text("domain_en");
  question.zh = row.text("question_zh");
  question.en = row.text("question_en");
  question.type = row.choice<AnswerType>("answer_type");
  question.parts = read_parts(row, question.type);
  question.tiers = choices<Tier>(row, "tier", ';');
  question.minimum_requirement = yes_or_no(row, "min_requirement");
  question.warranty_candidate = yes_or_no(row, "warranty_candidate");
  question.channels = choices<Channel>(row, "verification", '+');
  question.product_categories = split(row.text_or("product_category", ""), ';');
  question.clauses = read_clauses(row);
  question.loss_vectors = split(row.text("loss_vectors"), ';');
  question.risk = read_risk(row);
  question.evidence = row.text("effect_evidence");
  question.evidence_status = row.text("evidence_status");
  row.finish();
  return question;
}

bool fits(Tier tier, const AssessmentScope& scope) {
  switch (tier) {
    case Tier::kSmall:
      return true;
    case Tier::kMedium:
      return scope.employees >= kMediumEmployees;
    case Tier::kLarge:
      return scope.employees >= kLargeEmployees;
    case Tier::kIndustrial:
      return scope.ot_lines > 0;
    case Tier::kData:
      return scope.records >= kDataRecords;
  }
  check_failed("a tier", __FILE__, __LINE__);
}

}  // namespace

bool Question::verified_by(Channel channel) const {
  return std::find(channels.begin(), channels.end(), channel) != channels.end();
}

const Question* Questionnaire::find(std::string_view control) const {
  const auto found =
      std::find_if(questions.begin(), questions.end(),
                   [&](const Question& question) { return question.control.text == control; });
  return found == questions.end() ? nullptr : &*found;
}

std::span<const std::string_view> questionnaire_columns() { return kColumns; }

Result<Questionnaire> read_questionnaire(const Node& rows, std::string_view file,
                                         const Digest& version) {
  ReadReport report{std::string(file)};
  NodeReader root(rows, report);
  Questionnaire questionnaire{.version = version, .questions = {}};
  std::set<std::string> seen;
  for (NodeReader& row : root.list("rows")) {
    Question question = read_question(row);
    if (!seen.insert(question.control.text).second) row.refuse("id", refusals::kDuplicateValue);
    questionnaire.questions.push_back(std::move(question));
  }
  root.finish();
  return report.result(std::move(questionnaire));
}

std::vector<const Question*> questions_for(const Questionnaire& questionnaire,
                                           const AssessmentScope& scope) {
  std::vector<const Question*> asked;
  for (const Question& question : questionnaire.questions) {
    const bool is_asked = std::any_of(question.tiers.begin(), question.tiers.end(),
                                      [&](Tier tier) { return fits(tier, scope); });
    if (is_asked) asked.push_back(&question);
  }
  return asked;
}

std::vector<const Question*> missing_answers(const Questionnaire& questionnaire,
                                             const AssessmentScope& scope,
                                             std::span<const domain::Answer> answers) {
  std::set<std::string_view> answered;
  for (const domain::Answer& answer : answers) answered.insert(answer.control.text);
  std::vector<const Question*> missing = questions_for(questionnaire, scope);
  std::erase_if(
      missing, [&](const Question* question) { return answered.contains(question->control.text); });
  return missing;
}

}  // namespace anlan::protection
