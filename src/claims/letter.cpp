#include "claims/letter.h"

#include <algorithm>

#include "base/capital_numerals.h"
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

// Nobody is promised money before the claim is approved.
// No decision binds before somebody else has approved it, a denial included.
bool is_proposal(const LetterInput& input) {
  return input.state == domain::ClaimState::kAdjudicated ||
         input.state == domain::ClaimState::kReturned ||
         input.state == domain::ClaimState::kReopened;
}

Money rendered(const LetterInput& input) {
  Money sum = Money::zero(input.decision.payable.currency());
  for (const domain::ServicePaid& service : input.decision.settlement.services_paid) {
    sum += service.rendered;
  }
  return sum;
}

// Nothing is left to pay in money.
bool in_kind_alone(const LetterInput& input) {
  return input.decision.payable.is_zero() && !input.decision.settlement.services_paid.empty();
}

std::string decision_sentence(const LetterInput& input) {
  if (in_kind_alone(input)) {
    const bool partly = input.decision.outcome == ClaimOutcome::kPartly;
    return say(input, is_proposal(input) ? "in_kind_alone_proposed" : "in_kind_alone",
               {{"rendered", to_grouped(rendered(input))}, {"partly", partly ? "yes" : ""}});
  }
  std::string key(key_of(input.decision.outcome));
  if (is_proposal(input)) key += "_proposed";
  if (input.state == domain::ClaimState::kPaid) key += "_paid";
  return say(input, key,
             {{"payable", to_grouped(input.decision.payable)},
              {"words", input.lang == Lang::kZh ? capital_numerals(input.decision.payable) : ""},
              {"dated", to_text(input.dated)}});
}

std::string currency_name(const LetterInput& input) {
  const Currency currency = input.decision.payable.currency();
  return input.texts.say("currency." + std::string(currency_code(currency)));
}

void add_opening(const LetterInput& input, Document& document) {
  const domain::ClaimDecision& decision = input.decision;
  const UtcOffset offset = input.policy.offset;
  document.heading(1, say(input, is_proposal(input) ? "title_proposed" : "title"));
  document.paragraph(say(input, "to", {{"insured", input.insured}}));
  document.paragraph(
      say(input, "reference",
          {{"policy", input.policy.number},
           {"claim", decision.id.exists() ? to_text(decision.id) : std::string()},
           {"incident", to_text(input.incident.id)},
           {"occurred", to_text(date_of(input.incident.occurred, offset))},
           {"wording", input.lang == Lang::kZh ? input.wording.title.zh : input.wording.title.en},
           {"currency", currency_name(input)}}));
  document.paragraph(decision_sentence(input));
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

// The clause that grants the cover, which a head paid in full has no other step to name.
std::string clause_of_cover(const LetterInput& input, const std::string& code) {
  for (const terms::Section& section : input.wording.terms.sections) {
    if (section.code == code) return section.clause;
  }
  return {};
}

std::string clause_of_service(const LetterInput& input, const std::string& code) {
  for (const terms::Service& service : input.wording.terms.services) {
    if (service.code == code) return service.clause;
  }
  return {};
}

void add_payment(const LetterInput& input, Document& document) {
  const domain::Settlement& settlement = input.decision.settlement;
  if (settlement.sections.empty() && settlement.services_paid.empty() &&
      settlement.mitigation_paid.is_zero()) {
    return;  // nothing was claimed under any cover: the opening says that nothing is payable
  }
  document.heading(2, say(input, is_proposal(input) ? "payment_proposed" : "payment"));
  Table table;
  table.columns = {
      {.title = say(input, "section")},
      {.title = say(input, "claimed"), .align = Align::kRight},
      {.title = say(input, is_proposal(input) ? "paid_proposed" : "paid"), .align = Align::kRight},
      {.title = say(input, "under_clause"), .align = Align::kRight}};
  for (const domain::SectionPaid& section : settlement.sections) {
    table.rows.push_back({name_of_head(input, section.section.text), to_grouped(section.claimed),
                          to_grouped(section.paid), clause_of_cover(input, section.section.text)});
  }
  for (const domain::ServicePaid& service : settlement.services_paid) {
    table.rows.push_back({name_of_head(input, service.service.text), to_grouped(service.rendered),
                          say(input, "in_kind"), clause_of_service(input, service.service.text)});
  }
  if (!settlement.mitigation_paid.is_zero()) {
    table.rows.push_back({say(input, "mitigation"), "", to_grouped(settlement.mitigation_paid),
                          input.wording.terms.mitigation_clause});
  }
  table.rows.push_back({say(input, "total"), "", to_grouped(input.decision.payable), ""});
  table.total = true;
  document.table(std::move(table));
  // Decided again: what is to be paid now is not the whole of it.
  if (!input.paid_before || input.paid_before->is_zero()) return;
  const Money payable = input.decision.payable;
  const Money paid = *input.paid_before;
  if (paid > payable) return;  // what comes back is told by who asks for it
  document.paragraph(say(input, "paid_before",
                         {{"payable", to_grouped(payable)},
                          {"paid", to_grouped(paid)},
                          {"now", paid == payable ? "" : to_grouped(payable - paid)},
                          {"nothing", paid == payable ? "yes" : ""}}));
}

// Under the master policy of a park, which member is paid, and the clause that says so.
void add_payee(const LetterInput& input, Document& document) {
  if (input.payee.empty() || input.decision.payable.is_zero()) return;
  const auto& beneficiary = input.wording.programme.beneficiary;
  document.paragraph(say(input, is_proposal(input) ? "payee_proposed" : "payee",
                         {{"payee", input.payee},
                          {"certificate", input.certificate},
                          {"clause", beneficiary ? beneficiary->clause : std::string()}}));
}

// Steps of admission, then of the settlement: the order in which they acted.
template <class Use>
void for_each_step(const LetterInput& input, Use&& use) {
  for (const SettlementStep& step : input.decision.admission) use(step);
  for (const SettlementStep& step : input.decision.settlement.steps) use(step);
}

// The clauses of the covers that were bought, in the order of the policy.
std::vector<std::string> cover_clauses(const LetterInput& input) {
  std::vector<std::string> refs;
  for (const terms::Section& section : input.wording.terms.sections) {
    const bool known = std::find(refs.begin(), refs.end(), section.clause) != refs.end();
    if (!section.clause.empty() && !known) refs.push_back(section.clause);
  }
  return refs;
}

// The clauses that a step rests on. A gate that no clause of its own closes rests on the clauses
// that grant cover: that of the incidents and the period, or those of the covers.
std::vector<std::string> clauses_of(const LetterInput& input, const SettlementStep& step) {
  if (!step.clause.empty()) return {step.clause};
  if (step.reason == domain::StepReason::kNoCover) return cover_clauses(input);
  if (step.reason == domain::StepReason::kOutsidePeriod && !input.wording.perils.clause.empty())
    return {input.wording.perils.clause};
  return {};
}

std::string step_sentence(const LetterInput& input, const SettlementStep& step) {
  std::string clauses;
  for (const std::string& ref : clauses_of(input, step))
    clauses += (clauses.empty() ? "" : say(input, "and")) + ref;
  const TextArgs args{
      {"clause", clauses},
      {"subject", name_of_head(input, step.subject)},
      {"before", domain::with_currency(step.before, input.decision.payable.currency())},
      {"after", to_grouped(step.after)}};
  if (step.reason == domain::StepReason::kNoCover && step.clause.empty() && !clauses.empty())
    return say(input, "not_among_covers", args);
  return input.texts.say("step." + std::string(name_of(step.reason)) + ".text", args);
}

void add_steps(const LetterInput& input, Document& document) {
  bool any = false;
  for_each_step(input, [&](const SettlementStep& step) {
    if (!any) document.heading(2, say(input, "steps"));
    any = true;
    document.bullet(step_sentence(input, step));
  });
}

std::string quoted(const LetterInput& input, const std::string& ref) {
  const terms::Clause* clause = terms::find_clause(input.wording.clauses, ref);
  if (!clause) return say(input, "clause", {{"clause", ref}, {"title", ""}, {"text", ""}});
  return say(input, "clause",
             {{"clause", ref},
              {"title", input.texts.say("clause_kind." + std::string(name_of(clause->kind)))},
              {"text", input.lang == Lang::kZh ? clause->zh : clause->en}});
}

// Each clause that a step names, once, in the order in which they acted.
void add_clauses(const LetterInput& input, Document& document) {
  std::vector<std::string> refs;
  for_each_step(input, [&](const SettlementStep& step) {
    for (const std::string& ref : clauses_of(input, step)) {
      if (std::find(refs.begin(), refs.end(), ref) == refs.end()) refs.push_back(ref);
    }
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

std::string joined_names(const LetterInput& input) {
  std::string text;
  for (const domain::ControlName& name : input.decision.proven_controls)
    text += (text.empty() ? "" : say(input, "and")) + name.text;
  return text;
}

std::string_view next_key(const LetterInput& input) {
  if (is_proposal(input)) return "approval_due";
  if (in_kind_alone(input)) return "nothing_to_pay";
  switch (input.state) {
    case domain::ClaimState::kPaid:
      return "payment_made";
    case domain::ClaimState::kDenied:
      return "denial_notice";
    case domain::ClaimState::kAdjudicated:
    case domain::ClaimState::kApproved:
    case domain::ClaimState::kReturned:
    case domain::ClaimState::kReopened:
      break;
  }
  return input.decision.outcome == ClaimOutcome::kDenied ? "denial_notice" : "payment_due";
}

void add_closing(const LetterInput& input, Document& document) {
  const domain::ClaimDecision& decision = input.decision;
  if (decision.settlement.aggregate_left) {
    document.paragraph(
        say(input, "aggregate_left", {{"left", to_grouped(*decision.settlement.aggregate_left)}}));
  }
  if (!decision.proven_controls.empty()) {
    document.paragraph(say(input, "controls",
                           {{"controls", joined_names(input)},
                            {"count", std::to_string(decision.proven_controls.size())}}));
  }
  document.heading(2, say(input, "next"));
  document.paragraph(say(
      input, next_key(input),
      {{"dated", to_text(input.dated)}, {"due", input.due ? to_text(*input.due) : std::string()}}));
  document.paragraph(say(input, "complaint"));
  document.paragraph(
      say(input, "signed", {{"insurer", input.insurer}, {"dated", to_text(input.dated)}}));
}

}  // namespace

Document letter(const LetterInput& input) {
  Document document;
  add_opening(input, document);
  add_heads(input, document);
  add_payment(input, document);
  add_payee(input, document);
  add_steps(input, document);
  add_clauses(input, document);
  add_exemptions(input, document);
  add_closing(input, document);
  return document;
}

}  // namespace anlan::claims
