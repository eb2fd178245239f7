#include "claims/adjudicate.h"

#include <algorithm>

#include "base/allot.h"
#include "base/refusals.h"
#include "claims/policy_year.h"
#include "claims/refusals.h"
#include "terms/gates.h"
#include "terms/settle.h"

namespace anlan::claims {
namespace {

using domain::ClaimDecision;
using domain::ClaimOutcome;
using domain::QuantifiedHead;
using domain::SettlementStep;
using terms::Admission;
using terms::ClaimFacts;
using terms::ClauseEvidence;

Refusal refuse(RefusalCode code, std::string path, std::string value,
               std::vector<RefusalArg> args = {}) {
  return Refusal{.code = code,
                 .path = std::move(path),
                 .value = std::move(value),
                 .args = std::move(args),
                 .at = {}};
}

bool has(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

void add_once(std::vector<std::string>& words, const std::vector<std::string>& more) {
  for (const std::string& word : more) {
    if (!has(words, word)) words.push_back(word);
  }
}

Refusal mismatch(std::string path, std::string value, std::string expected) {
  return refuse(refusals::kClaimMismatch, std::move(path), std::move(value),
                {{.name = "expected", .value = std::move(expected)}});
}

Result<Done> check_input(const AdjudicationInput& input) {
  const Currency currency = input.wording.terms.currency;
  if (input.policy.wording != input.wording.id) {
    return mismatch("policy.wording", input.policy.wording.text, input.wording.id.text);
  }
  if (input.policy.premium.currency() != currency) {
    return mismatch("policy.premium", std::string(currency_code(input.policy.premium.currency())),
                    std::string(currency_code(currency)));
  }
  if (input.incident.policy != input.policy.id) {
    return mismatch("incident.policy", to_text(input.incident.policy), to_text(input.policy.id));
  }
  if (input.loss.incident != input.incident.id) {
    return mismatch("loss.incident", to_text(input.loss.incident), to_text(input.incident.id));
  }
  if (input.premium_paid_bp < 0 || input.premium_paid_bp > terms::kBasisPoints) {
    return refuse(refusals::kPremiumShare, "premium_paid_bp",
                  std::to_string(input.premium_paid_bp));
  }
  const std::vector<std::string> exemptions = terms::exemption_clauses(input.wording);
  for (const std::string& clause : input.overrides) {
    if (!has(exemptions, clause)) return refuse(refusals::kOverrideUnknown, "overrides", clause);
  }
  return Done{};
}

// Everything that one adjudication works with, filled from top to bottom.
struct Case {
  const AdjudicationInput& input;
  ClauseEvidence evidence;
  Quantification quantified;
  Admission admission;
  Money mitigation;  // admitted
  terms::EffectiveTerms effective;
  ClaimDecision decision;

  Money zero() const { return Money::zero(input.wording.terms.currency); }
};

ClauseEvidence evidence_of(const AdjudicationInput& input) {
  ClauseEvidence evidence{.overridden = input.overrides};
  for (const domain::ExplainedClause& clause : input.policy.explained) {
    evidence.explained.push_back(clause.clause);
  }
  return evidence;
}

// The instant before which the condition had to be met: the first payment of one of its heads that
// the loss states, else the report of the incident. None: neither is known.
std::optional<Instant> due_before(const AdjudicationInput& input,
                                  const terms::Condition& condition) {
  std::optional<Instant> first;
  for (const domain::LossItem& item : input.loss.items) {
    const bool meant = std::any_of(
        condition.heads.begin(), condition.heads.end(),
        [&](const std::string& head) { return domain::belongs_to(item.head.text, head); });
    if (meant && item.paid && (!first || *item.paid < *first)) first = item.paid;
  }
  return first ? first : input.reported;
}

// A condition that had to come before a payment and came after it is not met.
bool met_late(const AdjudicationInput& input, const domain::ConditionMet& met) {
  for (const terms::Condition& condition : input.wording.conditions) {
    if (condition.name != met.condition || !condition.before_payment || !met.met) continue;
    const std::optional<Instant> due = due_before(input, condition);
    if (due && *met.met > *due) return true;
  }
  return false;
}

ClaimFacts facts_of(const Case& c) {
  const AdjudicationInput& input = c.input;
  ClaimFacts facts{.peril = input.incident.peril,
                   .causes = input.incident.causes,
                   .occurred = input.incident.occurred,
                   .from = input.policy.from,
                   .until = input.cover_until.value_or(input.policy.until),
                   .evidence = c.evidence};
  if (input.reported) {
    facts.notice = {.discovered = input.incident.discovered, .reported = *input.reported};
  }
  for (const domain::ConditionMet& met : input.conditions) {
    (met_late(input, met) ? facts.conditions_late : facts.conditions_met).push_back(met.condition);
  }
  for (const QuantifiedHead& head : c.quantified.heads) {
    terms::ClaimHead claim{
        .head = head.head, .amount = head.quantified, .lost_by_late_notice = c.zero()};
    for (const LostByLateNotice& lost : input.lost_by_late_notice) {
      if (lost.head == head.head) claim.lost_by_late_notice = lost.amount;
    }
    facts.heads.push_back(std::move(claim));
  }
  return facts;
}

// Mitigation cost belongs to the incident, not to a section: it passes the gates that ask about the
// incident. They are asked with a head of any section that was bought.
void admit_mitigation(Case& c, ClaimFacts facts) {
  c.mitigation = c.quantified.mitigation;
  if (c.mitigation.is_zero()) return;
  terms::Wording incident_only = c.input.wording;
  incident_only.conditions.clear();
  std::erase_if(incident_only.exclusions,
                [](const terms::Exclusion& exclusion) { return !exclusion.heads.empty(); });
  facts.heads = {{.head = {incident_only.terms.sections.front().code},
                  .amount = c.mitigation,
                  .lost_by_late_notice = c.zero()}};
  const Admission asked = terms::admit(incident_only, facts);
  for (SettlementStep step : asked.steps) {
    step.subject = terms::kMitigationSubject;
    c.admission.steps.push_back(std::move(step));
  }
  c.mitigation = asked.heads.front().admitted;
  add_once(c.admission.unapplied, asked.unapplied);
  add_once(c.admission.overridden, asked.overridden);
}

// Late notice may leave part of an interruption: its hours share what is left.
terms::Outage reduced_to(const terms::Outage& outage, std::int64_t total) {
  return {.minutes = outage.minutes, .hourly = allot(total, outage.hourly)};
}

Result<terms::Incident> incident_of(const Case& c, const terms::Plan& plan) {
  terms::Incident out{.mitigation = c.mitigation.minor()};
  out.losses.resize(plan.section_count());
  out.outages.resize(plan.section_count());
  for (std::size_t n = 0; n < c.admission.heads.size(); ++n) {
    const terms::AdmittedHead& head = c.admission.heads[n];
    if (head.section < 0 || head.admitted.is_zero()) continue;
    const auto section = static_cast<std::size_t>(head.section);
    const bool interrupted = c.quantified.interruption && n + 1 == c.admission.heads.size();
    if (interrupted) {
      out.outages[section] =
          reduced_to(c.quantified.interruption->corrected, head.admitted.minor());
      continue;
    }
    if (plan.takes_outage(section)) {
      return refuse(refusals::kLumpForTimedSection, "items", head.head.text,
                    {{.name = "section", .value = plan.terms().sections[section].code}});
    }
    out.losses[section] += head.admitted.minor();
    if (out.losses[section] > kAmountMax) {
      return refuse(anlan::refusals::kMoneyTooLarge, "items",
                    to_decimal(Money::from_minor(out.losses[section], plan.terms().currency)));
    }
  }
  if (out.mitigation != 0 && !plan.mitigation_cap()) {
    return refuse(refusals::kMitigationWithoutCap, "mitigation", to_decimal(c.mitigation));
  }
  return out;
}

// The proportion of an unpaid instalment acts where the wording has such a clause; it too relieves
// the insurer and may act only when explained (Interpretation II, art 9: proportional clauses).
std::int32_t instalment_share(Case& c) {
  const std::string& ref = c.effective.terms.instalment_clause;
  if (c.input.premium_paid_bp == terms::kBasisPoints || ref.empty()) return terms::kBasisPoints;
  const terms::Clause* clause = terms::find_clause(c.input.wording.clauses, ref);
  if (clause && clause->exemption && !has(c.evidence.explained, ref)) {
    const bool by_order = has(c.evidence.overridden, ref);
    add_once(by_order ? c.effective.overridden : c.effective.unapplied, {ref});
    if (!by_order) return terms::kBasisPoints;
  }
  return c.input.premium_paid_bp;
}

bool stands_as_stated(const Case& c) {
  for (std::size_t n = 0; n < c.quantified.heads.size(); ++n) {
    const QuantifiedHead& head = c.quantified.heads[n];
    if (head.stated != head.quantified) return false;
    if (head.quantified != c.admission.heads[n].admitted) return false;
  }
  return c.mitigation == c.quantified.mitigation;
}

bool states_nothing(const Quantification& quantified) {
  return quantified.mitigation.is_zero() &&
         std::all_of(quantified.heads.begin(), quantified.heads.end(),
                     [](const QuantifiedHead& head) { return head.stated.is_zero(); });
}

void record(Case& c) {
  ClaimDecision& decision = c.decision;
  decision.incident = c.input.incident.id;
  decision.policy = c.input.policy.id;
  decision.heads = c.quantified.heads;
  for (std::size_t n = 0; n < decision.heads.size(); ++n) {
    decision.heads[n].admitted =
        decision.heads[n].quantified.is_zero() || !c.admission.heads[n].admitted.is_zero();
  }
  decision.admission = c.quantified.corrections;
  decision.admission.insert(decision.admission.end(), c.admission.steps.begin(),
                            c.admission.steps.end());
  decision.unapplied = c.admission.unapplied;
  add_once(decision.unapplied, c.effective.unapplied);
  decision.overridden = c.admission.overridden;
  add_once(decision.overridden, c.effective.overridden);
  decision.payable = decision.settlement.paid_total + decision.settlement.mitigation_paid;
  decision.proven_controls = c.input.proven_controls;
  if (decision.payable.is_zero()) {
    decision.outcome = ClaimOutcome::kDenied;
    ANLAN_CHECK(!decision.admission.empty() || !decision.settlement.steps.empty());
  } else {
    decision.outcome = stands_as_stated(c) ? ClaimOutcome::kAccepted : ClaimOutcome::kPartly;
  }
}

}  // namespace

Result<ClaimDecision> adjudicate(const AdjudicationInput& input) {
  ANLAN_REQUIRE(check_input(input));
  Case c{.input = input};
  c.evidence = evidence_of(input);
  ANLAN_TRY(c.quantified, quantify(input.loss, input.wording.terms.currency, input.policy.offset,
                                   input.wording.quantification));
  if (states_nothing(c.quantified)) return refuse(refusals::kNothingStated, "loss", "0.00");
  for (const LostByLateNotice& lost : input.lost_by_late_notice) {
    ANLAN_REQUIRE(check_amount(lost.amount, c.zero().currency(), "lost_by_late_notice"));
  }
  const ClaimFacts facts = facts_of(c);
  c.admission = terms::admit(input.wording, facts);
  admit_mitigation(c, facts);

  c.effective = terms::effective_terms(input.wording, c.evidence);
  const terms::Plan plan = terms::compile(c.effective.terms);
  ANLAN_TRY(terms::YearState year, year_after(plan, input.earlier));
  ANLAN_TRY(terms::Incident incident, incident_of(c, plan));
  incident.premium_paid_bp = instalment_share(c);
  c.decision.settlement = terms::settle(plan, incident, year);
  record(c);
  return c.decision;
}

std::int32_t premium_paid_bp(Money received, Money due) {
  ANLAN_CHECK(!received.is_negative() && !due.is_negative());
  if (received >= due) return terms::kBasisPoints;
  return static_cast<std::int32_t>(
      half_up(static_cast<Int128>(received.minor()) * terms::kBasisPoints, due.minor()));
}

}  // namespace anlan::claims
