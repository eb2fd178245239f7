#include "protection/control_state.h"

#include <algorithm>
#include <vector>

#include <doctest/doctest.h>

#include "protection/fixture_test.h"

using namespace anlan;
using namespace anlan::protection;
using domain::FactSource;

namespace {

const Instant kNow = fixture::instant("2026-03-06T18:00:00+08:00");

domain::Answer answer(std::string_view control, std::string_view value,
                      FactSource source = FactSource::kDeclared,
                      std::string_view on = "2026-03-06") {
  return {.control = {std::string(control)},
          .value = std::string(value),
          .source = source,
          .evidence = {},
          .answered_on = fixture::date(on)};
}

domain::ControlPosture seen(std::string_view control, std::string_view observed, bool measured,
                            std::string_view answered = "") {
  return {.control = {std::string(control)},
          .proven = true,
          .measured = measured,
          .observed = std::string(observed),
          .answered = std::string(answered),
          .source = FactSource::kTelemetry,
          .evidence = domain::ObservationId{5},
          .product = {"p"},
          .last_signal = kNow,
          .age_minutes = 0};
}

domain::ControlState state(std::string_view control, const std::vector<domain::Answer>& answers,
                           const std::vector<domain::ControlPosture>& controls = {}) {
  const domain::Posture posture{.at = kNow, .products = {}, .controls = controls};
  const auto states =
      control_states(fixture::questionnaire(), fixture::answer_table(), answers, posture);
  const auto found = std::find_if(states.begin(), states.end(),
                                  [&](const auto& each) { return each.control.text == control; });
  REQUIRE(found != states.end());
  return *found;
}

}  // namespace

TEST_CASE(
    "control states: every control that is no fact has one, in the order of the questionnaire") {
  const auto states = control_states(fixture::questionnaire(), fixture::answer_table(), {},
                                     domain::Posture{.at = kNow, .products = {}, .controls = {}});
  REQUIRE(states.size() == 12);
  CHECK(states.front().control.text == "GOV-01");
  CHECK(states.back().control.text == "DAT-02");
  for (const domain::ControlState& each : states) {
    CHECK(each == domain::ControlState{.control = each.control,
                                       .gap = Share::from_percent(60),
                                       .trust = {},
                                       .source = FactSource::kInferred});
  }
}

// typical state 0.4; trust: declared 0.5, documented 0.7, telemetry 0.9, each halved over 100 days.
TEST_CASE("control states: a good answer is believed by its trust, a bad one in full") {
  struct Row {
    domain::Answer answer;
    std::uint32_t gap_ppm, trust_ppm;
    FactSource source;
  };
  for (const Row& row : {
           Row{answer("GOV-01", "yes"), 300'000, 500'000,
               FactSource::kDeclared},  // 0.5 x 1 + 0.5 x 0.4
           Row{answer("GOV-01", "no"), 1'000'000, 500'000, FactSource::kDeclared},  // in full
           Row{answer("GOV-01", "yes", FactSource::kDocumented), 180'000, 700'000,
               FactSource::kDocumented},  // 0.7 + 0.3 x 0.4
           Row{answer("GOV-01", "yes", FactSource::kDeclared, "2026-01-15"), 375'000, 375'000,
               FactSource::kDeclared},                                            // 50 days old
           Row{answer("END-01", "80"), 600'000, 500'000, FactSource::kDeclared},  // exactly typical
           Row{answer("END-01", "79"), 605'000, 500'000,
               FactSource::kDeclared},  // just below: 0.395
           Row{answer("GOV-02", "filed;3"), 500'000, 500'000,
               FactSource::kDeclared},  // 0.5 x 0.6 + 0.5 x 0.4
           Row{answer("BKP-03", "none"), 1'000'000, 500'000, FactSource::kDeclared},
           Row{answer("GOV-01", "partly"), 600'000, 0,
               FactSource::kInferred},  // of an older questionnaire
           Row{answer("GOV-01", "yes", FactSource::kDeclared, "2026-03-07"), 600'000, 0,
               FactSource::kInferred},  // given later
       }) {
    CAPTURE(row.answer.control.text);
    CAPTURE(row.answer.value);
    const domain::ControlState each = state(row.answer.control.text, {row.answer});
    CHECK(each.gap.ppm() == row.gap_ppm);
    CHECK(each.trust.ppm() == row.trust_ppm);
    CHECK(each.source == row.source);
  }
}

TEST_CASE("control states: what runs raises the source to telemetry and never lowers the state") {
  struct Row {
    const char* what;
    std::string_view control;
    std::vector<domain::Answer> answers;
    domain::ControlPosture posture;
    std::uint32_t gap_ppm;
    FactSource source;
  };
  const Row rows[] = {
      {"the same answer, now proven: 0.9 + 0.1 x 0.4",
       "NET-04",
       {answer("NET-04", "block")},
       seen("NET-04", "block", false),
       60'000,
       FactSource::kTelemetry},
      {"an unanswered control",
       "NET-04",
       {},
       seen("NET-04", "block", false),
       60'000,
       FactSource::kTelemetry},
      {"better than the honest answer of before",
       "NET-04",
       {answer("NET-04", "none")},
       seen("NET-04", "detect", false),
       510'000,
       FactSource::kTelemetry},
      {"the answer is worth more than the least that is proven",
       "NET-04",
       {answer("NET-04", "block")},
       seen("NET-04", "detect", false),
       300'000,
       FactSource::kDeclared},
      {"nothing observed",
       "NET-04",
       {answer("NET-04", "block")},
       seen("NET-04", "", false),
       300'000,
       FactSource::kDeclared},
      {"a measured share confirms",
       "END-01",
       {answer("END-01", "100")},
       seen("END-01", "100", true),
       60'000,
       FactSource::kTelemetry},
      {"a measured share contradicts the answer and counts in its place",
       "END-01",
       {answer("END-01", "100")},
       seen("END-01", "40", true),
       800'000,
       FactSource::kTelemetry},
      {"a measured share improves on the answer",
       "END-01",
       {answer("END-01", "0")},
       seen("END-01", "90", true),
       330'000,
       FactSource::kTelemetry},
      {"a roll-out that has begun is not held against a firm that gave no answer",
       "END-01",
       {},
       seen("END-01", "40", true),
       600'000,
       FactSource::kInferred},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const domain::ControlState each = state(row.control, row.answers, {row.posture});
    CHECK(each.gap.ppm() == row.gap_ppm);
    CHECK(each.source == row.source);
  }
  domain::ControlPosture old = seen("NET-04", "block", false);
  old.age_minutes = 50 * 1440;  // trust 0.675: 0.675 + 0.325 x 0.4
  CHECK(state("NET-04", {}, {old}).gap.ppm() == 195'000);
}

TEST_CASE("answer conflicts: an answer that the signals contradict is listed") {
  const auto conflicts_of = [](const std::vector<domain::ControlPosture>& controls) {
    return answer_conflicts(fixture::questionnaire(), fixture::answer_table(),
                            domain::Posture{.at = kNow, .products = {}, .controls = controls});
  };
  struct Row {
    const char* what;
    domain::ControlPosture posture;
    bool listed, answered_better;
  };
  for (const Row& row : {
           Row{"says 100 %, 40 % are seen", seen("END-01", "40", true, "100"), true, true},
           Row{"says 0 %, 93 % are seen", seen("END-01", "93", true, "0"), true, false},
           Row{"the same", seen("END-01", "100", true, "100"), false, false},
           Row{"says none, and it runs", seen("NET-04", "detect", false, "none"), true, false},
           Row{"says more than the least that is proven", seen("NET-04", "detect", false, "block"),
               false, false},
           Row{"not answered", seen("NET-04", "detect", false), false, false},
           Row{"not observed", seen("NET-04", "", false, "block"), false, false},
           Row{"answered to an older questionnaire", seen("NET-04", "detect", false, "maybe"),
               false, false},
           Row{"a fact", seen("GOV-03", "none", false, "CII"), false, false},
       }) {
    CAPTURE(row.what);
    const auto conflicts = conflicts_of({row.posture});
    REQUIRE(conflicts.size() == (row.listed ? 1U : 0U));
    if (!row.listed) continue;
    CHECK(conflicts[0] == domain::AnswerConflict{.control = row.posture.control,
                                                 .answered = row.posture.answered,
                                                 .observed = row.posture.observed,
                                                 .answered_better = row.answered_better,
                                                 .evidence = domain::ObservationId{5}});
  }
  CHECK(
      conflicts_of({seen("NET-04", "detect", false, "none"), seen("END-01", "40", true, "100")})[0]
          .control.text == "END-01");
}

TEST_CASE("control states: the best that a control can be is shown by the best means it knows") {
  const Questionnaire questionnaire = fixture::questionnaire();
  const AnswerTable table = fixture::answer_table();
  struct Row {
    std::string_view control;
    FactSource source;
    std::uint32_t trust_ppm, gap_ppm;
  };
  for (const Row& row : {Row{"IAM-04", FactSource::kTelemetry, 900'000, 60'000},
                         Row{"GOV-01", FactSource::kDocumented, 700'000, 180'000}}) {
    CAPTURE(row.control);
    const auto best = best_state(*questionnaire.find(row.control), table);
    REQUIRE(best.has_value());
    CHECK(best->source == row.source);
    CHECK(best->trust == Share::from_ppm(row.trust_ppm));
    CHECK(best->gap == Share::from_ppm(row.gap_ppm));  // 1 - (trust x 1 + (1 - trust) x 0.4)
  }
  for (const Question& question : questionnaire.questions) {
    const ControlWorth* const worth = table.find(question.control.text);
    CHECK(best_state(question, table).has_value() == (worth != nullptr && !worth->fact));
  }
}
