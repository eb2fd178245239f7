#include "claims/letter.h"

#include <algorithm>

#include "terms/clause.h"

namespace anlan::claims {
namespace {

using domain::ClaimOutcome;
using domain::SettlementStep;

std::string say(const LetterInput& input, std::string_view key, const TextArgs& args = {}) {
  return input.texts.say("letter." + std::string(key), args);
}

// The name of a head or section; a code outside the taxonomy is its own name.
std::string name_of_head(const LetterInput& input, const std::string& code) {
  if (code.empty()) return say(input, "whole_incident");
  const domain::CoverKind* kind = domain::find_head(code);
  if (!kind) return code;
  return std::string(input.lang == Lang::kZh ? kind->zh : kind->en);
}

std::string_view key_of(ClaimOutcome outcome) {
  switch (outcome) {
    case ClaimOutcome::kAccepted:
      return "accepted";
    case ClaimOutcome::kPartly:
      return "partly";
    case ClaimOutcome::kDenied:
      return "denied";
  }
  check_failed("a known outcome", __FILE__, __LINE__);
}

void add_opening(const LetterInput& input, Document& document) {
  const domain::ClaimDecision& decision = input.decision;
  const UtcOffset offset = input.policy.offset;
  document.heading(1, say(input, "title"));
  document.paragraph(
      say(input, "reference",
          {{"policy", input.policy.number},
           {"claim", decision.id.exists() ? to_text(decision.id) : std::string()},
           {"incident", to_text(input.incident.id)},
           {"occurred", to_text(date_of(input.incident.occurred, offset))},
           {"wording", input.lang == Lang::kZh ? input.wording.title.zh : input.wording.title.en},
           {"currency", std::string(currency_code(decision.payable.currency()))}}));
  document.paragraph(
      say(input, key_of(decision.outcome), {{"payable", to_grouped(decision.payable)}}));
}

// After the gates: what the last step of a head's admission left of it.
Money admitted(const LetterInput& input, const domain::QuantifiedHead& head) {
  Money amount = head.quantified;
  for (const SettlementStep& step : input.decision.admission) {
    if (step.stage == domain::SettleStage::kGate && step.subject == head.head.text) {
      amount = step.after;
    }
  }
  return amount;
}

void add_heads(const LetterInput& input, Document& document) {
  if (input.decision.heads.empty()) return;
  document.heading(2, say(input, "heads"));
  Table table;
  table.columns = {{.title = say(input, "head")},
                   {.title = say(input, "stated"), .align = Align::kRight},
                   {.title = say(input, "quantified"), .align = Align::kRight},
                   {.title = say(input, "admitted"), .align = Align::kRight}};
  for (const domain::QuantifiedHead& head : input.decision.heads) {
    table.rows.push_back({name_of_head(input, head.head.text), to_grouped(head.stated),
                          to_grouped(head.quantified), to_grouped(admitted(input, head))});
  }
  document.table(std::move(table));
}

void add_payment(const LetterInput& input, Document& document) {
  const domain::Settlement& settlement = input.decision.settlement;
  document.heading(2, say(input, "payment"));
  Table table;
  table.columns = {{.title = say(input, "section")},
                   {.title = say(input, "claimed"), .align = Align::kRight},
                   {.title = say(input, "paid"), .align = Align::kRight}};
  for (const domain::SectionPaid& section : settlement.sections) {
    table.rows.push_back({name_of_head(input, section.section.text), to_grouped(section.claimed),
                          to_grouped(section.paid)});
  }
  if (!settlement.mitigation_paid.is_zero()) {
    table.rows.push_back({say(input, "mitigation"), "", to_grouped(settlement.mitigation_paid)});
  }
  table.rows.push_back({say(input, "total"), "", to_grouped(input.decision.payable)});
  document.table(std::move(table));
}

// Steps of admission, then of the settlement: the order in which they acted.
template <class Use>
void for_each_step(const LetterInput& input, Use&& use) {
  for (const SettlementStep& step : input.decision.admission) use(step);
  for (const SettlementStep& step : input.decision.settlement.steps) use(step);
}

void add_steps(const LetterInput& input, Document& document) {
  bool any = false;
  for_each_step(input, [&](const SettlementStep& step) {
    if (!any) document.heading(2, say(input, "steps"));
    any = true;
    document.bullet(input.texts.say("step." + std::string(name_of(step.reason)) + ".text",
                                    {{"clause", step.clause},
                                     {"subject", name_of_head(input, step.subject)},
                                     {"before", to_grouped(step.before)},
                                     {"after", to_grouped(step.after)}}));
  });
}

std::string quoted(const LetterInput& input, const std::string& ref) {
  const terms::Clause* clause = terms::find_clause(input.wording.clauses, ref);
  if (!clause) return say(input, "clause", {{"clause", ref}, {"text", ""}});
  return say(input, "clause",
             {{"clause", ref}, {"text", input.lang == Lang::kZh ? clause->zh : clause->en}});
}

// Each clause that a step names, once, in the order in which they acted.
void add_clauses(const LetterInput& input, Document& document) {
  std::vector<std::string> refs;
  for_each_step(input, [&](const SettlementStep& step) {
    const bool known = std::find(refs.begin(), refs.end(), step.clause) != refs.end();
    if (!step.clause.empty() && !known) refs.push_back(step.clause);
  });
  if (refs.empty()) return;
  document.heading(2, say(input, "clauses"));
  for (const std::string& ref : refs) document.bullet(quoted(input, ref));
}

void add_exemptions(const LetterInput& input, Document& document) {
  const domain::ClaimDecision& decision = input.decision;
  if (!decision.unapplied.empty()) {
    document.paragraph(say(input, "unapplied"));
    for (const std::string& ref : decision.unapplied) document.bullet(quoted(input, ref));
  }
  if (!decision.overridden.empty()) {
    document.paragraph(say(input, "overridden"));
    for (const std::string& ref : decision.overridden) document.bullet(quoted(input, ref));
  }
}

std::string joined_names(const std::vector<domain::ControlName>& names) {
  std::string text;
  for (const domain::ControlName& name : names) text += (text.empty() ? "" : ", ") + name.text;
  return text;
}

void add_closing(const LetterInput& input, Document& document) {
  const domain::ClaimDecision& decision = input.decision;
  if (decision.settlement.aggregate_left) {
    document.paragraph(
        say(input, "aggregate_left", {{"left", to_grouped(*decision.settlement.aggregate_left)}}));
  }
  if (!decision.proven_controls.empty()) {
    document.paragraph(
        say(input, "controls", {{"controls", joined_names(decision.proven_controls)}}));
  }
  document.heading(2, say(input, "next"));
  const bool denied = decision.outcome == ClaimOutcome::kDenied;
  document.paragraph(say(input, denied ? "denial_notice" : "payment_due"));
  document.paragraph(say(input, "complaint"));
}

}  // namespace

Document letter(const LetterInput& input) {
  Document document;
  add_opening(input, document);
  add_heads(input, document);
  add_payment(input, document);
  add_steps(input, document);
  add_clauses(input, document);
  add_exemptions(input, document);
  add_closing(input, document);
  return document;
}

}  // namespace anlan::claims
