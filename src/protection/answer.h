// Answers: what a person typed, checked against its question and brought into canonical form.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "protection/questionnaire.h"

namespace anlan::protection {

// The parts of an answer stand in the order of the question, separated by ";": "30;2" (count, of
// them internet-facing), "2026-01-15;6" (date, hours), "assessed_pass;3;2025-11-01". An optional
// part may be left empty; empty parts at the end are dropped. Canonical parts are
//   a word of the question ("yes", "offline_or_immutable"); 是 and 否 are read as yes and no
//   words of an any_of part in the order of the question, joined by "+": "II_L2+important_data"
//   a whole number without leading zeros ("80"; a percent may be typed "80%")
//   a date "2026-01-15", not after `on`
//   an amount in minor units ("12000000" for 120,000.00 yuan)
//   a text on one line, which takes the rest of the answer
// Refuses with `path` and args part (where it is not the main one): kAnswerNotAChoice (args
// choices, nearest), kAnswerOutOfRange (args min, max), kAnswerMalformed (args expected),
// kAnswerPartMissing, kAnswerPartUnknown (args max), kAnswerInFuture, and those of parse_money.
Result<std::string> check_answer(const Question& question, std::string_view text, Date on,
                                 std::string_view path);

// The parts of a canonical answer, one per part of the question, empty where not given.
std::vector<std::string> answer_parts(const Question& question, std::string_view canonical);

// Every answer checked, in the order of the questionnaire. Refuses also kControlUnknown (args
// control, nearest) and kAnswerTwice.
Result<std::vector<domain::Answer>> check_answers(const Questionnaire& questionnaire,
                                                  std::span<const domain::Answer> answers);

}  // namespace anlan::protection
