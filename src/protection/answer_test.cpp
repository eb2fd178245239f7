#include "protection/answer.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "protection/fixture_test.h"
#include "protection/refusals.h"

using namespace anlan;
using namespace anlan::protection;

namespace {

const Date kToday = fixture::date("2026-03-01");

Result<std::string> check(std::string_view control, std::string_view text) {
  static const Questionnaire questionnaire = fixture::questionnaire();
  return check_answer(*questionnaire.find(control), text, kToday,
                      "answers." + std::string(control));
}

}  // namespace

TEST_CASE("answer: every answer type has a canonical form, which is its own canonical form") {
  struct Row {
    std::string_view control, typed, canonical;
  };
  for (const Row& row : {
           Row{"GOV-01", "yes", "yes"},
           Row{"GOV-01", "否", "no"},
           Row{"IAM-04", "na", "na"},
           Row{"GOV-02", "passed;3;2025-11-01", "passed;3;2025-11-01"},
           Row{"GOV-02", "passed ; 3 ; 2025-11-01", "passed;3;2025-11-01"},
           Row{"GOV-02", "passed;;2025-11-01", "passed;;2025-11-01"},
           Row{"GOV-02", "passed;3;", "passed;3"},
           Row{"GOV-02", "filed;;", "filed"},
           Row{"GOV-03", "data+CII", "CII+data"},
           Row{"GOV-03", "data, CII, data", "CII+data"},
           Row{"GOV-03", "none", "none"},
           Row{"AST-03", "030;2", "30;2"},
           Row{"END-01", "80%", "80"},
           Row{"END-01", "80 %;95", "80;95"},
           Row{"END-01", "100", "100"},
           Row{"VUL-01", "7", "7"},
           Row{"NET-04", "block", "block"},
           Row{"BKP-03", "2026-01-15;6", "2026-01-15;6"},
           Row{"BKP-03", "2026-03-01", "2026-03-01"},
           Row{"BKP-03", "none", "none"},
           Row{"IRP-02", "none", "none"},
           Row{"IRP-02", "4", "4"},
           Row{"BCP-01", "48", "48"},
           Row{"SUP-01", "2;云A 华东1; 邮箱B", "2;云A 华东1; 邮箱B"},
       }) {
    CAPTURE(row.typed);
    const auto checked = check(row.control, row.typed);
    REQUIRE(checked.ok());
    CHECK(checked.value() == row.canonical);
    const auto again = check(row.control, checked.value());
    REQUIRE(again.ok());
    CHECK(again.value() == row.canonical);
  }
  // An amount is typed in yuan and kept in minor units, so that it alone is not its own form.
  CHECK(check("BCP-01", "48;120000.50").value() == "48;12000050");
}

TEST_CASE("answer: what is no answer is refused by its rule") {
  struct Row {
    std::string_view control, typed;
    RefusalCode code;
    std::vector<RefusalArg> args;
  };
  const std::string long_text = "2;" + std::string(1001, 'x');
  const Row rows[] = {
      {"GOV-01", "maybe", kAnswerNotAChoice, {{"choices", "yes | no"}, {"nearest", ""}}},
      {"GOV-01", "Yes", kAnswerNotAChoice, {{"choices", "yes | no"}, {"nearest", "yes"}}},
      {"GOV-01", "na", kAnswerNotAChoice, {{"choices", "yes | no"}, {"nearest", "no"}}},
      {"NET-04",
       "blok",
       kAnswerNotAChoice,
       {{"choices", "none | detect | block"}, {"nearest", "block"}}},
      {"NET-04", "7", kAnswerNotAChoice, {{"choices", "none | detect | block"}, {"nearest", ""}}},
      {"GOV-03",
       "CII+steel",
       kAnswerNotAChoice,
       {{"choices", "none | CII | II_L1 | data"}, {"nearest", ""}}},
      {"GOV-03",
       "none+CII",
       kAnswerNotAChoice,
       {{"choices", "none | CII | II_L1 | data"}, {"nearest", "none"}}},
      {"IRP-02", "soon", kAnswerNotAChoice, {{"choices", "none | 0-72"}, {"nearest", ""}}},
      {"BKP-03",
       "yesterday",
       kAnswerNotAChoice,
       {{"choices", "none | 2026-01-31"}, {"nearest", ""}}},
      {"END-01", "101", kAnswerOutOfRange, {{"min", "0"}, {"max", "100"}}},
      {"END-01", "80;101", kAnswerOutOfRange, {{"min", "0"}, {"max", "100"}, {"part", "servers"}}},
      {"IRP-02", "73", kAnswerOutOfRange, {{"min", "0"}, {"max", "72"}}},
      {"VUL-01", "99999999999999999999", kAnswerOutOfRange, {{"min", "0"}, {"max", "365"}}},
      {"VUL-01", "a week", kAnswerMalformed, {{"expected", "whole number"}}},
      {"VUL-01", "-7", kAnswerMalformed, {{"expected", "whole number"}}},
      {"VUL-01", "7%", kAnswerMalformed, {{"expected", "whole number"}}},
      {"END-01", "80.5", kAnswerMalformed, {{"expected", "whole number"}}},
      {"BKP-03", "2026-02-30", kAnswerMalformed, {{"expected", "date"}}},
      {"GOV-02", "passed;3;soon", kAnswerMalformed, {{"expected", "date"}, {"part", "on"}}},
      {"SUP-01", "2;two\nlines", kAnswerMalformed, {{"expected", "text"}, {"part", "list"}}},
      {"SUP-01", long_text, kAnswerMalformed, {{"expected", "text"}, {"part", "list"}}},
      {"SUP-01", "2;\xB0\xA2", kAnswerMalformed, {{"expected", "text"}, {"part", "list"}}},
      {"END-01", "", kAnswerPartMissing, {}},
      {"END-01", ";90", kAnswerPartMissing, {}},
      {"END-01", "80;90;100", kAnswerPartUnknown, {{"max", "2"}}},
      {"VUL-01", "7;", kAnswerPartUnknown, {{"max", "1"}}},
      {"BKP-03", "2026-03-02", kAnswerInFuture, {{"on", "2026-03-01"}}},
      {"GOV-02", "passed;3;2027-01-01", kAnswerInFuture, {{"on", "2026-03-01"}, {"part", "on"}}},
      {"BCP-01", "48;-1", refusals::kMoneyNegative, {}},
      {"BCP-01", "48;1.234", refusals::kMoneyDecimals, {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.control);
    CAPTURE(row.typed);
    const auto checked = check(row.control, row.typed);
    REQUIRE(!checked.ok());
    CHECK(checked.refusal().code.name == row.code.name);
    CHECK(checked.refusal().path == "answers." + std::string(row.control));
    if (row.code.number >= 5000) CHECK(checked.refusal().args == row.args);
  }
}

TEST_CASE("answer: a canonical answer falls into the parts of its question") {
  const Questionnaire questionnaire = fixture::questionnaire();
  CHECK(answer_parts(*questionnaire.find("GOV-02"), "passed;;2025-11-01") ==
        std::vector<std::string>{"passed", "", "2025-11-01"});
  CHECK(answer_parts(*questionnaire.find("SUP-01"), "2;a; b") ==
        std::vector<std::string>{"2", "a; b"});
  CHECK(answer_parts(*questionnaire.find("END-01"), "80") == std::vector<std::string>{"80", ""});
  CHECK(answer_parts(*questionnaire.find("GOV-01"), "yes;9") == std::vector<std::string>{"yes"});
}

TEST_CASE("answers: they come out in the order of the questionnaire") {
  const Questionnaire questionnaire = fixture::questionnaire();
  const std::vector<domain::Answer> answers{
      {.control = {"NET-04"}, .value = "block", .answered_on = kToday},
      {.control = {"GOV-01"}, .value = "是", .answered_on = kToday},
      {.control = {"END-01"}, .value = "090%", .answered_on = kToday}};
  const auto checked = check_answers(questionnaire, answers);
  REQUIRE(checked.ok());
  REQUIRE(checked->size() == 3);
  CHECK((*checked)[0].value == "yes");
  CHECK((*checked)[1].value == "90");
  CHECK((*checked)[2].value == "block");
}

TEST_CASE("answers: an unknown control, a second answer and a bad answer are refused") {
  const Questionnaire questionnaire = fixture::questionnaire();
  const auto refusal_of = [&](const std::vector<domain::Answer>& answers) {
    return check_answers(questionnaire, answers).refusal();
  };
  const Refusal unknown =
      refusal_of({{.control = {"END-1"}, .value = "90", .answered_on = kToday}});
  CHECK(unknown.code == kControlUnknown);
  CHECK(unknown.path == "answers.END-1");
  CHECK(unknown.args == std::vector<RefusalArg>{{.name = "control", .value = "END-1"},
                                                {.name = "nearest", .value = "END-01"}});
  const Refusal twice = refusal_of({{.control = {"END-01"}, .value = "90", .answered_on = kToday},
                                    {.control = {"END-01"}, .value = "80", .answered_on = kToday}});
  CHECK(twice.code == kAnswerTwice);
  CHECK(twice.path == "answers.END-01");
  CHECK(refusal_of({{.control = {"END-01"}, .value = "lots", .answered_on = kToday}}).code ==
        kAnswerMalformed);
}
