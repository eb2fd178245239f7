// AnswerTable: what an answer is worth: answer -> state of the control, and how far an answer is
// believed by its source and age (data/hazard/answers.toml); the state of a company that did not
// answer (`typical` of data/hazard/controls.toml). Every value is in the files, none here.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/share.h"
#include "protection/questionnaire.h"

namespace anlan::protection {

// A corner of a piecewise linear curve; outside its corners a curve is level.
struct CurvePoint {
  std::int64_t at = 0;  // the number of the answer, or an age in days
  Share value;
  bool operator==(const CurvePoint&) const = default;
};

struct WordState {
  std::string word;
  Share state;
  bool operator==(const WordState&) const = default;
};

// The curve of one further part of an answer; it can only lower the state.
struct PartCurve {
  std::string part;
  std::vector<CurvePoint> points;
  bool operator==(const PartCurve&) const = default;
};

struct ControlWorth {
  domain::ControlName control;
  bool fact = false;  // a fact about exposure: it has no state
  Share typical;      // the state of a company that has not answered
  std::vector<WordState> words;
  std::vector<CurvePoint> points;  // of numbers; of dates by their age in days
  std::vector<PartCurve> parts;
  bool operator==(const ControlWorth&) const = default;
};

struct TrustCurve {
  domain::FactSource source = domain::FactSource::kDeclared;
  std::vector<CurvePoint> points;  // by age in days
  bool operator==(const TrustCurve&) const = default;
};

struct AnswerTable {
  std::vector<ControlWorth> controls;  // in the order of the questionnaire
  std::vector<TrustCurve> trust;
  const ControlWorth* find(std::string_view control) const;
};

struct AnswerTableFiles {
  const Node& answers;
  const Node& controls;  // its own reader, in engine, checks the rest of it
};

// Every control of the questionnaire that is no fact has one row in both files; that of the answers
// gives a state to every word and a curve to every number or date of the question's main part.
// Refuses kControlUnknown (args control, nearest), kStateMissing (args control, answer),
// kStateOfFact, kPointsNotRising, kTrustMissing (args source), and as NodeReader.
Result<AnswerTable> read_answer_table(const AnswerTableFiles& files,
                                      const Questionnaire& questionnaire);

// The state of a canonical answer: the worst of its parts. `on` is the day at which the age of a
// date counts. Rounded down to ppm. Nothing when the answer does not fit the question, as one that
// was given to an earlier version of the questionnaire may.
std::optional<Share> state_of(const ControlWorth& worth, const Question& question,
                              std::string_view canonical, Date on);

// 0 for what is inferred; a negative age counts as none.
Share trust_of(const AnswerTable& table, domain::FactSource source, std::int64_t age_days);

}  // namespace anlan::protection
