#include "protection/questionnaire.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "protection/answer_parts.h"
#include "protection/fixture_test.h"
#include "protection/refusals.h"

using namespace anlan;
using namespace anlan::protection;

TEST_CASE("questionnaire: a row is typed in every column") {
  Node rows = fixture::question_rows();
  const auto read = read_questionnaire(rows, "controls.csv", sha256(bytes_of("version")));
  REQUIRE(read.ok());
  CHECK(read->version == sha256(bytes_of("version")));
  REQUIRE(read->questions.size() == 15);
  const Question& question = *read->find("AST-03");
  CHECK(question.type == AnswerType::kCount);
  CHECK(question.parts == std::vector<AnswerPart>{{.name = "",
                                                   .optional = false,
                                                   .any_of = false,
                                                   .words = {},
                                                   .number = true,
                                                   .minimum = 0,
                                                   .maximum = 1000},
                                                  {.name = "internet_facing",
                                                   .optional = true,
                                                   .any_of = false,
                                                   .words = {},
                                                   .number = true,
                                                   .minimum = 0,
                                                   .maximum = 1000}});
  CHECK(question.tiers == std::vector{Tier::kSmall});
  CHECK(!question.minimum_requirement);
  CHECK(question.warranty_candidate);
  CHECK(question.channels == std::vector{Channel::kTelemetry, Channel::kOutsideScan});
  CHECK(question.verified_by(Channel::kTelemetry));
  CHECK(!question.verified_by(Channel::kExpert));
  CHECK(question.product_categories == std::vector<std::string>{"EPP_EDR"});
  CHECK(question.clauses.mlps == std::vector<std::string>{"8.1.4.1", "8.1.4.4"});
  CHECK(question.risk == RelativeRisk{.side = RiskSide::kFrequency,
                                      .low_thousandths = 1100,
                                      .mid_thousandths = 1250,
                                      .high_thousandths = 2000});
  CHECK(read->find("END-05")->tiers == std::vector{Tier::kLarge, Tier::kIndustrial});
  CHECK(read->find("GOV-01")->product_categories.empty());
  CHECK(read->find("END-99") == nullptr);
}

TEST_CASE("questionnaire: the tiers decide who is asked what") {
  const Questionnaire questionnaire = fixture::questionnaire();
  struct Row {
    AssessmentScope scope;
    std::size_t asked;
  };
  const Row rows[] = {
      {{.employees = 1}, 11},
      {{.employees = kMediumEmployees - 1}, 11},
      {{.employees = kMediumEmployees}, 13},
      {{.employees = kLargeEmployees}, 14},
      {{.employees = 10, .ot_lines = 1}, 12},
      {{.employees = 10, .ot_lines = 0, .records = kDataRecords - 1}, 11},
      {{.employees = 10, .ot_lines = 0, .records = kDataRecords}, 12},
      {{.employees = kLargeEmployees, .ot_lines = 3, .records = kDataRecords}, 15},
  };
  for (const Row& row : rows) {
    CAPTURE(row.scope.employees);
    CAPTURE(row.scope.ot_lines);
    CAPTURE(row.scope.records);
    CHECK(questions_for(questionnaire, row.scope).size() == row.asked);
  }
}

TEST_CASE("questionnaire: all missing answers are named at once, in order") {
  const Questionnaire questionnaire = fixture::questionnaire();
  const AssessmentScope micro{.employees = 12};
  CHECK(missing_answers(questionnaire, micro, {}).size() == 11);
  std::vector<domain::Answer> answers;
  for (const Question* question : questions_for(questionnaire, micro)) {
    if (question->control.text == "END-01" || question->control.text == "GOV-02") continue;
    answers.push_back({.control = question->control, .value = "1"});
  }
  answers.push_back({.control = {"IAM-04"}, .value = "yes"});  // not asked of a micro firm
  const auto missing = missing_answers(questionnaire, micro, answers);
  REQUIRE(missing.size() == 2);
  CHECK(missing[0]->control.text == "GOV-02");
  CHECK(missing[1]->control.text == "END-01");
}

TEST_CASE("questionnaire: a row that is wrong is a load error that names column and rule") {
  struct Row {
    std::string_view column, text;
    RefusalCode code;
  };
  const Row rows[] = {
      {"answer_type", "number", refusals::kUnknownChoice},
      {"answer_type", "", refusals::kUnknownChoice},
      {"options_or_unit", "0-100 percent", kOptionsMalformed},
      {"tier", "XL", refusals::kUnknownChoice},
      {"tier", "S;XL", refusals::kUnknownChoice},
      {"verification", "A+Z", refusals::kUnknownChoice},
      {"min_requirement", "yes", refusals::kUnknownChoice},
      {"warranty_candidate", "", refusals::kEmptyText},
      {"rr_side", "both", refusals::kUnknownChoice},
      {"rr_absent_lo", "0.9", refusals::kOutOfRange},
      {"rr_absent_lo", "1.3", refusals::kOutOfRange},
      {"rr_absent_mid", "2.5", refusals::kOutOfRange},
      {"rr_absent_hi", "1000", refusals::kOutOfRange},
      {"rr_absent_hi", "2,0", refusals::kOutOfRange},
      {"rr_absent_hi", "2.0001", refusals::kOutOfRange},
      {"id", "END 01", refusals::kNameMalformed},
      {"id", "GOV-01", refusals::kDuplicateValue},
      {"question_zh", "", refusals::kEmptyText},
      {"status", "x", refusals::kUnknownKey},
  };
  for (const Row& row : rows) {
    CAPTURE(row.column);
    CAPTURE(row.text);
    Node file = fixture::question_rows();
    fixture::member(fixture::member(file, "rows").items[5], row.column) = Node::string(row.text);
    const auto read = read_questionnaire(file, "controls.csv", Digest{});
    REQUIRE(!read.ok());
    CHECK(read.refusal().code.name == row.code.name);
    if (row.code.number < 5000 && row.column != "rr_absent_lo")
      CHECK(read.refusal().path == "rows[5]." + std::string(row.column));
    CHECK(read.refusal().at.file == "controls.csv");
  }
}

TEST_CASE("answer parts: the grammar of options is read") {
  struct Row {
    AnswerType type;
    std::string_view options;
    std::size_t parts;
  };
  for (const Row& row :
       {Row{AnswerType::kBool, "yes|no", 1}, Row{AnswerType::kBool, "yes|no|na", 1},
        Row{AnswerType::kEnum, "none|24x7", 1}, Row{AnswerType::kEnum, "any_of none|CII", 1},
        Row{AnswerType::kPercent, "none|0-100; times:0-365?", 2},
        Row{AnswerType::kHours, "none|0-72", 1},
        Row{AnswerType::kDate, "none|date; rto_hours:0-8760?", 2},
        Row{AnswerType::kCount, "0-10; a:0-5; b:money?; c:text?", 4},
        Row{AnswerType::kDays, "0-0", 1}}) {
    CAPTURE(row.options);
    const auto parts = parse_answer_parts(row.type, row.options, "options");
    REQUIRE(parts.ok());
    CHECK(parts->size() == row.parts);
  }
}

TEST_CASE("answer parts: what does not fit the answer type or the grammar is refused") {
  struct Row {
    AnswerType type;
    std::string_view options, expected;
  };
  constexpr std::string_view kGrammar = "[name:]word|0-100|date|money|text[?]";
  for (const Row& row : {
           Row{AnswerType::kBool, "no|yes", "yes|no or yes|no|na"},
           Row{AnswerType::kBool, "0-1", "yes|no or yes|no|na"},
           Row{AnswerType::kEnum, "one", "at least two words"},
           Row{AnswerType::kEnum, "one|0-5", "at least two words"},
           Row{AnswerType::kPercent, "0-365", "a range within 0-100"},
           Row{AnswerType::kPercent, "low|high", "a range within 0-100"},
           Row{AnswerType::kCount, "none|some", "a range"},
           Row{AnswerType::kDays, "date", "a range"},
           Row{AnswerType::kHours, "hours", "a range"},
           Row{AnswerType::kDate, "0-10", "date"},
           Row{AnswerType::kCount, "0-5?", "a main part without name and \"?\""},
           Row{AnswerType::kCount, "n:0-5", "a main part without name and \"?\""},
           Row{AnswerType::kCount, "0-5; 0-7", "a name for every part but the first"},
           Row{AnswerType::kCount, "0-5; a:0-7; a:0-8", "each name once"},
           Row{AnswerType::kCount, "0-5; a:text?; b:0-8?", "a text as the last part only"},
           Row{AnswerType::kCount, "0-5; a:0-7?; b:0-8", "optional parts last"},
           Row{AnswerType::kCount, "", kGrammar},
           Row{AnswerType::kCount, "5-0", kGrammar},
           Row{AnswerType::kCount, "0-", kGrammar},
           Row{AnswerType::kCount, "-5-0", kGrammar},
           Row{AnswerType::kCount, "0-5|7-9", kGrammar},
           Row{AnswerType::kCount, "0-5;a:0-7", kGrammar},
           Row{AnswerType::kCount, "0-5; a b:0-7", kGrammar},
           Row{AnswerType::kEnum, "a||b", kGrammar},
           Row{AnswerType::kEnum, "a|b|a", kGrammar},
           Row{AnswerType::kEnum, "any_of a|0-5", kGrammar},
           Row{AnswerType::kDate, "date|date", kGrammar},
       }) {
    CAPTURE(row.options);
    const auto parts = parse_answer_parts(row.type, row.options, "options");
    REQUIRE(!parts.ok());
    CHECK(parts.refusal().code == kOptionsMalformed);
    CHECK(parts.refusal().value == row.options);
    CHECK(parts.refusal().args ==
          std::vector<RefusalArg>{{.name = "expected", .value = std::string(row.expected)}});
  }
}
