#include "api/tried_answers.h"

#include <algorithm>

#include "api/market.h"
#include "api/offer_refusals.h"
#include "house/views.h"
#include "protection/answer.h"
#include "protection/control_state.h"

namespace anlan::api {
namespace {

using namespace domain;

// "IAM-01=100".
Result<Answer> written_answer(const std::string& text, Date on) {
  const std::size_t at = text.find('=');
  if (at == std::string::npos || at == 0 || at + 1 == text.size()) {
    return Refusal{.code = refusals::kTriedAnswerMalformed, .path = "answers", .value = text};
  }
  return Answer{.control = ControlName{text.substr(0, at)},
                .value = text.substr(at + 1),
                .source = FactSource::kDeclared,
                .evidence = {},
                .answered_on = on};
}

Result<std::vector<Answer>> written_answers(NodeReader& options, Date on) {
  std::vector<Answer> out;
  for (NodeReader& item : options.list_or_empty("answers")) {
    ANLAN_TRY(Answer one, written_answer(item.as_text(), on));
    out.push_back(std::move(one));
  }
  if (options.refused()) return options.report().refusal();
  return out;
}

const Answer* find_answer(const std::vector<Answer>& answers, const ControlName& control) {
  const auto found = std::find_if(answers.begin(), answers.end(),
                                  [&](const Answer& each) { return each.control == control; });
  return found == answers.end() ? nullptr : &*found;
}

// The recorded answers with the tried ones in the place of those to the same questions.
std::vector<Answer> with_tried(const std::vector<Answer>& recorded,
                               const std::vector<Answer>& tried) {
  std::vector<Answer> out;
  for (const Answer& one : recorded) {
    const Answer* const other = find_answer(tried, one.control);
    if (!other || other->value == one.value) out.push_back(one);
  }
  for (const Answer& one : tried) {
    const Answer* const known = find_answer(recorded, one.control);
    if (!known || known->value != one.value) out.push_back(one);
  }
  return out;
}

Share gap_of(const std::vector<ControlState>& states, const ControlName& control) {
  const auto found = std::find_if(states.begin(), states.end(), [&](const ControlState& each) {
    return each.control == control;
  });
  return found == states.end() ? Share{} : found->gap;
}

bool is_measured(const Posture& posture, const ControlName& control) {
  return std::any_of(
      posture.controls.begin(), posture.controls.end(),
      [&](const ControlPosture& each) { return each.control == control && each.measured; });
}

}  // namespace

Result<std::vector<TriedAnswer>> try_answers(Session& session, NodeReader& options,
                                             EnterpriseId enterprise, CompanyRisk& risk) {
  std::vector<TriedAnswer> out;
  if (!options.has("answers")) return out;
  ANLAN_TRY(const Instant now, session.now());
  ANLAN_TRY(const std::vector<Answer> written, written_answers(options, date_of(now)));
  ANLAN_TRY(const protection::Questionnaire* questionnaire, session.library().questionnaire());
  ANLAN_TRY(const protection::AnswerTable* table, session.library().answer_table());
  ANLAN_TRY(const std::vector<Answer> tried, protection::check_answers(*questionnaire, written));
  for (const Answer& one : tried) {
    const protection::ControlWorth* const worth = table->find(one.control.text);
    if (worth && !worth->fact) continue;
    return Refusal{.code = refusals::kTriedAnswerFact,
                   .path = "answers." + one.control.text,
                   .value = one.value,
                   .args = {{.name = "control", .value = one.control.text}}};
  }
  ANLAN_TRY(const house::House* house, session.house());
  const house::EnterpriseFile* const file = house::find_enterprise(*house, enterprise);
  const std::vector<Answer> recorded =
      file->assessment ? file->assessment->answers.get() : std::vector<Answer>{};
  const Posture posture = house::posture(*house, enterprise, now);
  const std::vector<ControlState> after =
      protection::control_states(*questionnaire, *table, with_tried(recorded, tried), posture);
  for (const Answer& one : tried) {
    const Answer* const known = find_answer(recorded, one.control);
    out.push_back({.control = one.control,
                   .value = one.value,
                   .was = known ? known->value : "",
                   .gap_before = gap_of(risk.controls, one.control),
                   .gap_after = gap_of(after, one.control),
                   .measured = is_measured(posture, one.control)});
  }
  risk.controls = after;
  risk.input = underwriting::risk_input(risk.profile, risk.controls);
  return out;
}

std::vector<std::string> answers_text(Session& session, const std::vector<TriedAnswer>& tried) {
  std::vector<std::string> out;
  for (const TriedAnswer& one : tried) {
    const std::string which = one.measured ? "risk.tried_measured" : "risk.tried_answer";
    out.push_back(
        session.say(which, {{"control", one.control.text},
                            {"value", one.value},
                            {"was", one.was.empty() ? session.say("risk.not_answered") : one.was},
                            {"before", share_text(one.gap_before.ppm() / 1e6)},
                            {"after", share_text(one.gap_after.ppm() / 1e6)}}));
  }
  return out;
}

Node answers_node(const std::vector<TriedAnswer>& tried) {
  Node out = Node::list();
  for (const TriedAnswer& one : tried) {
    Node row = Node::table();
    row.add("control", Node::string(one.control.text));
    row.add("value", Node::string(one.value));
    row.add("was", one.was.empty() ? Node::null() : Node::string(one.was));
    row.add("gap_before", share_node(one.gap_before.ppm() / 1e6));
    row.add("gap_after", share_node(one.gap_after.ppm() / 1e6));
    row.add("measured", Node::boolean(one.measured));
    out.items.push_back(std::move(row));
  }
  return out;
}

}  // namespace anlan::api
