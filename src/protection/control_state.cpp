#include "protection/control_state.h"

#include <algorithm>

namespace anlan::protection {
namespace {

constexpr std::int64_t kMinutesPerDay = 24 * 60;

// A value of a control with what stands behind it.
struct Claim {
  Share state;
  Share trust;
  domain::FactSource source = domain::FactSource::kInferred;
};

// trust x state + (1 - trust) x typical for a good answer, the state itself for a bad one.
Share credited(const Claim& claim, Share typical) {
  if (claim.state <= typical) return claim.state;
  const std::uint64_t whole = Share::kWhole;
  const std::uint64_t sum = std::uint64_t{claim.trust.ppm()} * claim.state.ppm() +
                            std::uint64_t{claim.trust.rest().ppm()} * typical.ppm();
  return Share::from_ppm(static_cast<std::uint32_t>((sum + whole / 2) / whole));
}

const domain::ControlPosture* find_posture(const domain::Posture& posture,
                                           const domain::ControlName& control) {
  const auto found =
      std::find_if(posture.controls.begin(), posture.controls.end(),
                   [&](const domain::ControlPosture& each) { return each.control == control; });
  return found == posture.controls.end() ? nullptr : &*found;
}

const domain::Answer* find_answer(std::span<const domain::Answer> answers,
                                  const domain::ControlName& control, Date on) {
  const auto found = std::find_if(answers.begin(), answers.end(), [&](const domain::Answer& each) {
    return each.control == control && each.answered_on <= on;
  });
  return found == answers.end() ? nullptr : &*found;
}

domain::ControlState state_with(const ControlWorth& worth, const Claim& claim) {
  return domain::ControlState{.control = worth.control,
                              .gap = credited(claim, worth.typical).rest(),
                              .trust = claim.trust,
                              .source = claim.source};
}

}  // namespace

std::vector<domain::ControlState> control_states(const Questionnaire& questionnaire,
                                                 const AnswerTable& table,
                                                 std::span<const domain::Answer> answers,
                                                 const domain::Posture& posture) {
  const Date on = date_of(posture.at);
  std::vector<domain::ControlState> states;
  for (const Question& question : questionnaire.questions) {
    const ControlWorth* const worth = table.find(question.control.text);
    if (worth == nullptr || worth->fact) continue;
    const domain::Answer* const answer = find_answer(answers, question.control, on);
    const auto answered =
        answer ? state_of(*worth, question, answer->value, on) : std::optional<Share>();
    domain::ControlState best = state_with(*worth, Claim{.state = worth->typical, .trust = {}});
    if (answered) {
      const std::int64_t age = days_between(answer->answered_on, on);
      best = state_with(*worth, {.state = *answered,
                                 .trust = trust_of(table, answer->source, age),
                                 .source = answer->source});
    }
    const domain::ControlPosture* const seen = find_posture(posture, question.control);
    const auto observed = seen != nullptr && !seen->observed.empty()
                              ? state_of(*worth, question, seen->observed, on)
                              : std::optional<Share>();
    if (observed) {
      const auto telemetry = domain::FactSource::kTelemetry;
      const std::int64_t age = seen->age_minutes / kMinutesPerDay;
      const domain::ControlState proven = state_with(
          *worth,
          {.state = *observed, .trust = trust_of(table, telemetry, age), .source = telemetry});
      if ((seen->measured && answered) || proven.gap <= best.gap) best = proven;
    }
    states.push_back(best);
  }
  return states;
}

std::optional<domain::ControlState> best_state(const Question& question, const AnswerTable& table) {
  const ControlWorth* const worth = table.find(question.control.text);
  if (worth == nullptr || worth->fact) return std::nullopt;
  std::vector<domain::FactSource> sources{domain::FactSource::kDeclared};
  if (question.verified_by(Channel::kTelemetry)) sources.push_back(domain::FactSource::kTelemetry);
  if (question.verified_by(Channel::kOutsideScan)) sources.push_back(domain::FactSource::kScanned);
  if (question.verified_by(Channel::kDocument)) sources.push_back(domain::FactSource::kDocumented);
  Claim best{.state = Share::from_percent(100), .trust = {}, .source = sources.front()};
  for (const domain::FactSource source : sources) {
    const Share trust = trust_of(table, source, 0);
    if (trust <= best.trust) continue;
    best.trust = trust;
    best.source = source;
  }
  return state_with(*worth, best);
}

std::vector<domain::AnswerConflict> answer_conflicts(const Questionnaire& questionnaire,
                                                     const AnswerTable& table,
                                                     const domain::Posture& posture) {
  const Date on = date_of(posture.at);
  std::vector<domain::AnswerConflict> conflicts;
  for (const Question& question : questionnaire.questions) {
    const ControlWorth* const worth = table.find(question.control.text);
    const domain::ControlPosture* const seen = find_posture(posture, question.control);
    if (worth == nullptr || worth->fact || seen == nullptr) continue;
    if (seen->observed.empty() || seen->answered.empty()) continue;
    const auto answered = state_of(*worth, question, seen->answered, on);
    const auto observed = state_of(*worth, question, seen->observed, on);
    if (!answered || !observed) continue;
    const bool contradicts = seen->measured ? *answered != *observed : *answered < *observed;
    if (!contradicts) continue;
    conflicts.push_back({.control = question.control,
                         .answered = seen->answered,
                         .observed = seen->observed,
                         .answered_better = *answered > *observed,
                         .evidence = seen->evidence});
  }
  return conflicts;
}

}  // namespace anlan::protection
