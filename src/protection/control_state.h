// Control states: how far each control is from working, from what was answered and what is seen.
#pragma once

#include <optional>
#include <vector>

#include "protection/answer_table.h"

namespace anlan::protection {

// One for every control that is no fact, in the order of the questionnaire: gap = 1 - state, where
//   a good answer (state above the typical one) counts trust x state + (1 - trust) x typical,
//   a bad answer counts in full, and no answer counts as the typical state (MODEL.md 3):
//   nobody is punished for honesty and nobody is paid for an unproved yes.
// What a running product proves counts with the trust of telemetry where that gives more than the
// answer; a measured share counts in the answer's place. `posture` is that of posture_at, and its
// instant is the one at which ages count. Rounded half-up to ppm.
std::vector<domain::ControlState> control_states(const Questionnaire& questionnaire,
                                                 const AnswerTable& table,
                                                 std::span<const domain::Answer> answers,
                                                 const domain::Posture& posture);

// A control that works in full and is shown today by the best means that its question knows: by
// telemetry, a scan, a document, or else the company's word, each with its trust. Nothing for a
// fact and for a control that is not in the table.
std::optional<domain::ControlState> best_state(const Question& question, const AnswerTable& table);

// Answers that the signals contradict, in the order of the questionnaire: a measured share with
// another state than the answer's, or a running product that does more than was answered. The
// answers stay as they are.
std::vector<domain::AnswerConflict> answer_conflicts(const Questionnaire& questionnaire,
                                                     const AnswerTable& table,
                                                     const domain::Posture& posture);

}  // namespace anlan::protection
