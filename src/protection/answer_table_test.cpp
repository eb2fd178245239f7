#include "protection/answer_table.h"

#include <string>

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "protection/fixture_test.h"
#include "protection/refusals.h"

using namespace anlan;
using namespace anlan::protection;

namespace {

const Date kToday = fixture::date("2026-03-01");

std::uint32_t state_ppm(std::string_view control, std::string_view answer) {
  const Questionnaire questionnaire = fixture::questionnaire();
  const AnswerTable table = fixture::answer_table();
  const auto state = state_of(*table.find(control), *questionnaire.find(control), answer, kToday);
  REQUIRE(state.has_value());
  return state->ppm();
}

Result<AnswerTable> read(const Node& answers, const Node& controls) {
  return read_answer_table({.answers = answers, .controls = controls}, fixture::questionnaire());
}

// The row of a control in one of the two files.
Node& row_of(Node& file, std::string_view control) {
  for (Node& row : fixture::member(file, "control").items) {
    if (row.find("id")->text == control) return row;
  }
  return fixture::member(file, "control").items.at(0);
}

}  // namespace

TEST_CASE("answer table: words, numbers, ages of dates and further parts have a state") {
  struct Row {
    std::string_view control, answer;
    std::uint32_t ppm;
  };
  for (const Row& row : {
           Row{"GOV-01", "yes", 1'000'000},
           Row{"NET-04", "detect", 500'000},
           Row{"END-01", "0", 0},
           Row{"END-01", "40", 200'000},
           Row{"END-01", "80", 400'000},
           Row{"END-01", "90", 700'000},
           Row{"END-01", "100", 1'000'000},
           Row{"END-01", "100;80", 400'000},
           Row{"END-01", "40;80", 200'000},
           Row{"AST-03", "5", 500'000},
           Row{"AST-03", "5;0", 500'000},
           Row{"AST-03", "5;1", 500'000},
           Row{"AST-03", "1;1", 500'000},
           Row{"AST-03", "11", 0},
           Row{"VUL-01", "3", 1'000'000},
           Row{"VUL-01", "8", 997'206},  // 1 - 1/358, rounded down
           Row{"BKP-03", "2026-03-01", 1'000'000},
           Row{"BKP-03", "2026-02-19", 900'000},
           Row{"BKP-03", "2020-01-01", 0},
           Row{"BKP-03", "none", 0},
           Row{"IRP-02", "none", 0},
           Row{"IRP-02", "38", 500'000},
           Row{"GOV-02", "filed;3;2025-11-01", 600'000},
       }) {
    CAPTURE(row.control);
    CAPTURE(row.answer);
    CHECK(state_ppm(row.control, row.answer) == row.ppm);
  }
}

TEST_CASE("answer table: an answer to another version of a question has no state") {
  const Questionnaire questionnaire = fixture::questionnaire();
  const AnswerTable table = fixture::answer_table();
  struct Row {
    std::string_view control, answer;
  };
  for (const Row& row : {Row{"GOV-01", "partly"}, Row{"END-01", "most"}, Row{"END-01", "80;most"},
                         Row{"BKP-03", "2026-02-30"}, Row{"VUL-01", ""}, Row{"VUL-01", "-1"},
                         Row{"VUL-01", "7 days"}}) {
    CAPTURE(row.control);
    CAPTURE(row.answer);
    CHECK(!state_of(*table.find(row.control), *questionnaire.find(row.control), row.answer, kToday)
               .has_value());
  }
}

TEST_CASE("answer table: facts have no state and every other control has a typical one") {
  const AnswerTable table = fixture::answer_table();
  REQUIRE(table.controls.size() == 15);
  CHECK(table.find("GOV-03")->fact);
  CHECK(!table.find("END-01")->fact);
  CHECK(table.find("END-01")->typical == Share::from_percent(40));
  CHECK(table.find("END-99") == nullptr);
}

TEST_CASE("answer table: trust falls with age and nothing inferred is trusted") {
  const AnswerTable table = fixture::answer_table();
  CHECK(trust_of(table, domain::FactSource::kDeclared, 0).ppm() == 500'000);
  CHECK(trust_of(table, domain::FactSource::kDeclared, 50).ppm() == 375'000);
  CHECK(trust_of(table, domain::FactSource::kDeclared, 5000).ppm() == 250'000);
  CHECK(trust_of(table, domain::FactSource::kTelemetry, -3).ppm() == 900'000);
  CHECK(trust_of(table, domain::FactSource::kInferred, 0).ppm() == 0);
}

TEST_CASE("answer table: a control, an answer or a curve that is missing is a load error") {
  struct Row {
    std::string_view control, key;
    Node value;
    RefusalCode code;
    std::string_view answer;
  };
  const Row rows[] = {
      {"NET-04", "states", fixture::states({{"none", 0}, {"detect", 1}}), kStateMissing, "block"},
      {"NET-04", "states", fixture::states({{"none", 0}, {"detect", 1}, {"block", 2}, {"burn", 3}}),
       kStateMissing, "burn"},
      {"BKP-03", "states", Node::table(), kStateMissing, "none"},
      {"VUL-01", "points", Node::list(), kStateMissing, "points"},
      {"GOV-01", "points", fixture::points({{0, 0}}), kStateMissing, "points"},
      {"END-01", "parts", fixture::part_row("cloud", fixture::points({{0, 0}})), kStateMissing,
       "cloud"},
      {"END-01", "parts", fixture::part_row("servers", Node::list()), kStateMissing, "servers"},
      {"VUL-01", "points", fixture::points({{7, 1}, {7, 2}}), kPointsNotRising, ""},
      {"VUL-01", "points", fixture::points({{7, 1'000'001}}), refusals::kOutOfRange, ""},
      {"VUL-01", "id", Node::string("VUL-09"), kControlUnknown, ""},
      {"VUL-01", "id", Node::string("END-05"), refusals::kDuplicateValue, ""},
      {"VUL-01", "id", Node::string("GOV-03"), kStateMissing, ""},
      {"VUL-01", "weight", Node::number(1), refusals::kUnknownKey, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.control);
    CAPTURE(row.key);
    Node answers = fixture::answers_file();
    fixture::member(row_of(answers, row.control), row.key) = row.value;
    const auto table = read(answers, fixture::controls_file());
    REQUIRE(!table.ok());
    CHECK(table.refusal().code.name == row.code.name);
    CHECK(table.refusal().at.file == "answers.toml");
    if (!row.answer.empty()) {
      CHECK(table.refusal().args ==
            std::vector<RefusalArg>{{.name = "control", .value = std::string(row.control)},
                                    {.name = "answer", .value = std::string(row.answer)}});
    }
  }
}

TEST_CASE("answer table: a fact with a state, a control without a row, a source without trust") {
  Node with_fact = fixture::answers_file();
  fixture::member(with_fact, "control").items.push_back(fixture::control_row("SUP-01"));
  fixture::member(with_fact, "control").items.back().add("points", fixture::points({{0, 0}}));
  CHECK(read(with_fact, fixture::controls_file()).refusal().code == kStateOfFact);

  Node short_file = fixture::answers_file();
  fixture::member(short_file, "control").items.pop_back();
  const Refusal missing = read(short_file, fixture::controls_file()).refusal();
  CHECK(missing.code == kStateMissing);
  CHECK(missing.args == std::vector<RefusalArg>{{.name = "control", .value = "DAT-02"},
                                                {.name = "answer", .value = "*"}});

  Node controls = fixture::controls_file();
  fixture::member(controls, "control").items.pop_back();
  CHECK(read(fixture::answers_file(), controls).refusal().code == kStateMissing);
  CHECK(read(fixture::answers_file(), controls).refusal().at.file == "controls.toml");

  Node untrusted = fixture::answers_file();
  fixture::member(untrusted, "trust").items.pop_back();
  const Refusal trust = read(untrusted, fixture::controls_file()).refusal();
  CHECK(trust.code == kTrustMissing);
  CHECK(trust.args == std::vector<RefusalArg>{{.name = "source", .value = "telemetry"}});
  Node of_inferred = fixture::answers_file();
  fixture::member(fixture::member(of_inferred, "trust").items[0], "source") =
      Node::string("inferred");
  CHECK(read(of_inferred, fixture::controls_file()).refusal().code == kTrustMissing);
  Node empty_curve = fixture::answers_file();
  fixture::member(fixture::member(empty_curve, "trust").items[0], "points") = Node::list();
  CHECK(read(empty_curve, fixture::controls_file()).refusal().code == kTrustMissing);
}

TEST_CASE("answer table: a typical state is a share of one with at most six decimals") {
  for (const std::string_view text : {"0", "1", "0.4", "0.123456", "1.0"}) {
    Node controls = fixture::controls_file();
    fixture::member(row_of(controls, "END-01"), "typical") = Node::number_text(std::string(text));
    CHECK(read(fixture::answers_file(), controls).ok());
  }
  for (const std::string_view text : {"1.1", "40", "-0.4", "0.1234567", "4e-1", ".4"}) {
    CAPTURE(text);
    Node controls = fixture::controls_file();
    fixture::member(row_of(controls, "END-01"), "typical") = Node::number_text(std::string(text));
    const auto table = read(fixture::answers_file(), controls);
    REQUIRE(!table.ok());
    CHECK(table.refusal().code == refusals::kOutOfRange);
  }
}
