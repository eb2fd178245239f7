#include "claims/adjudicate.h"

#include <algorithm>

#include "base/refusals.h"
#include "claims/policy_year.h"
#include "claims/refusals.h"
#include "terms/codes.h"
#include "terms/gates.h"
#include "terms/reaching.h"
#include "terms/settle.h"
#include "terms/take_step.h"

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
  for (const IncidentPart& part : input.parts) {
    if (part.incident.policy != input.policy.id) {
      return mismatch("incident.policy", to_text(part.incident.policy), to_text(input.policy.id));
    }
  }
  for (const IncidentPart& part : input.parts) {
    const terms::Related& related = input.wording.related;
    if (terms::is_related(related, input.incident.occurred, part.incident.occurred)) continue;
    return refuse(refusals::kPartNotRelated, "incident.occurred",
                  to_text(part.incident.occurred, input.policy.offset),
                  {{.name = "hours", .value = std::to_string(related.hours)}});
  }
  for (const std::string& clause : input.overrides) {
    if (!has(exemptions, clause)) return refuse(refusals::kOverrideUnknown, "overrides", clause);
  }
  return Done{};
}

// The losses of the incident itself, or of one of its parts.
struct Portion {
  const domain::Incident& incident;
  std::optional<Instant> reported;
  std::vector<domain::LossItem> items;
  Quantification quantified = {};
  Admission admission = {};
  Money mitigation = {};      // admitted
  std::string provider = {};  // of the interruption
};

// Everything that one adjudication works with, filled from top to bottom.
struct Case {
  const AdjudicationInput& input;
  ClauseEvidence evidence;
  std::vector<Portion> portions;
  std::vector<std::string> causes;  // of all portions
  std::vector<std::string> met;
  std::vector<std::string> late;
  terms::EffectiveTerms effective;
  ClaimDecision decision;

  Money zero() const { return Money::zero(input.wording.terms.currency); }
};

ClauseEvidence evidence_of(const AdjudicationInput& input) {
  ClauseEvidence evidence{.overridden = input.overrides};
  for (const domain::ExplainedClause& clause : input.policy.explained.get()) {
    evidence.explained.push_back(clause.clause);
  }
  return evidence;
}

// The instant before which the condition had to be met: the first payment of one of its heads. A
// loss of them that does not say when it was paid had been paid by the report of its incident, as
// far as anybody knows. None: no such loss is stated, and no report known.
std::optional<Instant> due_before(const Case& c, const terms::Condition& condition) {
  std::optional<Instant> first;
  for (const Portion& portion : c.portions) {
    for (const domain::LossItem& item : portion.items) {
      const bool meant = std::any_of(
          condition.heads.begin(), condition.heads.end(),
          [&](const std::string& head) { return domain::belongs_to(item.head.text, head); });
      const std::optional<Instant> paid = item.paid ? item.paid : portion.reported;
      if (meant && paid && (!first || *paid < *first)) first = paid;
    }
  }
  return first ? first : c.input.reported;
}

// The first work of a vendor on the heads of the condition: the contact that a notice must follow.
// None: no loss of them says when it was incurred.
std::optional<Instant> first_contact(const Case& c, const terms::Condition& condition) {
  std::optional<Instant> first;
  for (const Portion& portion : c.portions) {
    for (const domain::LossItem& item : portion.items) {
      if (!item.incurred || !terms::names_head(condition.heads, item.head.text)) continue;
      if (!first || *item.incurred < *first) first = item.incurred;
    }
  }
  return first;
}

// The last instant at which the condition can be met; none: nothing known sets one.
std::optional<Instant> last_instant(const Case& c, const terms::Condition& condition) {
  const auto after = [&](std::optional<Instant> from) -> std::optional<Instant> {
    if (!from) return std::nullopt;
    return plus_minutes(*from, condition.within_hours * 60);
  };
  switch (condition.kind) {
    case terms::ConditionKind::kEvidence:
    case terms::ConditionKind::kConsent:
      if (!terms::before_payment(condition)) return std::nullopt;
      return due_before(c, condition);
    case terms::ConditionKind::kRetrospectiveConsent:
      if (condition.within_hours == 0) return std::nullopt;
      return after(due_before(c, condition));
    case terms::ConditionKind::kDesignatedVendor:
      return std::nullopt;
    case terms::ConditionKind::kNotice:
      return after(first_contact(c, condition));
  }
  check_failed("a known kind of condition", __FILE__, __LINE__);
}

// A condition that had to come before an instant and came after it is not met.
bool met_late(const Case& c, const domain::ConditionMet& met) {
  for (const terms::Condition& condition : c.input.wording.conditions) {
    if (condition.name != met.condition || !met.met) continue;
    const std::optional<Instant> last = last_instant(c, condition);
    if (last && *met.met > *last) return true;
  }
  return false;
}

// The report of the incident is a notice too. Where nothing says that it came late, it did not.
void weigh_notices(Case& c) {
  for (const terms::Condition& condition : c.input.wording.conditions) {
    if (condition.kind != terms::ConditionKind::kNotice) continue;
    if (has(c.late, condition.name) || has(c.met, condition.name)) continue;
    const std::optional<Instant> last = last_instant(c, condition);
    const bool late = last && c.input.reported && *c.input.reported > *last;
    add_once(late ? c.late : c.met, {condition.name});
  }
}

// Of several records of one condition a late one decides: another beside it heals nothing.
void weigh_conditions(Case& c) {
  for (const domain::ConditionMet& met : c.input.conditions) {
    if (met_late(c, met)) add_once(c.late, {met.condition});
  }
  for (const domain::ConditionMet& met : c.input.conditions) {
    if (!has(c.late, met.condition)) add_once(c.met, {met.condition});
  }
  weigh_notices(c);
}

ClaimFacts facts_of(const Case& c, const Portion& portion) {
  const AdjudicationInput& input = c.input;
  ClaimFacts facts{.peril = portion.incident.peril,
                   .causes = c.causes,
                   .occurred = input.incident.occurred,
                   .from = input.policy.from,
                   .until = input.cover_until.value_or(input.policy.until),
                   .conditions_met = c.met,
                   .conditions_late = c.late,
                   .evidence = c.evidence};
  facts.discovered = input.incident.discovered;
  facts.offset = input.policy.offset;
  facts.suspended = input.suspended;
  facts.first_made = input.incident.first_claim;
  facts.circumstances = input.incident.circumstances;
  const domain::Incident& own = portion.incident;
  facts.location = own.location.empty() ? input.incident.location : own.location;
  facts.attribution = own.attribution ? own.attribution : input.incident.attribution;
  if (portion.reported) {
    facts.notice = {.discovered = portion.incident.discovered, .reported = *portion.reported};
  }
  for (const QuantifiedHead& head : portion.quantified.heads) {
    terms::ClaimHead claim{
        .head = head.head, .amount = head.quantified, .lost_by_late_notice = c.zero()};
    for (const LostByLateNotice& lost : input.lost_by_late_notice) {
      if (lost.head == head.head) claim.lost_by_late_notice = lost.amount;
    }
    for (const QuantifiedItem& item : portion.quantified.items) {
      if (item.head == head.head) claim.items.push_back(item.item);
    }
    facts.heads.push_back(std::move(claim));
  }
  return facts;
}

// What of the interruption reaches its section; the wording says how its clocks run.
Result<Done> add_interruption(const Case& c, Portion& portion, const terms::Section& section,
                              Money admitted, std::optional<terms::Outage>& out) {
  const domain::PerilName& peril = portion.incident.peril;
  if (terms::provider_unknown(section, peril, portion.provider)) {
    return refuse(refusals::kProviderNotStated, "interruption.provider", "",
                  {{.name = "section", .value = section.code},
                   {.name = "provider", .value = section.provider}});
  }
  const InterruptionLoss& loss = *portion.quantified.interruption;
  terms::StatedInterruption stated{.stretches = {loss.corrected}, .gaps = loss.gaps};
  stated.stretches.insert(stated.stretches.end(), loss.again.begin(), loss.again.end());
  terms::ReachingOutage reaching =
      terms::reaching_outage(c.input.wording.re_interruption, section, std::move(stated), admitted);
  out = std::move(reaching.outage);
  if (reaching.step) portion.admission.steps.push_back(std::move(*reaching.step));
  return Done{};
}

Result<Done> add_losses(const Case& c, Portion& portion, const terms::Plan& plan,
                        terms::Incident& out) {
  const Admission& admission = portion.admission;
  for (std::size_t n = 0; n < admission.heads.size(); ++n) {
    const terms::AdmittedHead& head = admission.heads[n];
    if (head.section < 0 || head.admitted.is_zero()) continue;
    const auto section = static_cast<std::size_t>(head.section);
    const bool interrupted = portion.quantified.interruption && n + 1 == admission.heads.size();
    if (interrupted) {
      ANLAN_REQUIRE(add_interruption(c, portion, plan.terms().sections[section], head.admitted,
                                     out.outages[section]));
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
  out.mitigation += portion.mitigation.minor();
  return Done{};
}

Result<terms::Incident> incident_of(Case& c, const terms::Plan& plan) {
  terms::Incident out;
  out.losses.resize(plan.section_count());
  out.outages.resize(plan.section_count());
  for (Portion& portion : c.portions) ANLAN_REQUIRE(add_losses(c, portion, plan, out));
  const Money mitigation = Money::from_minor(out.mitigation, plan.terms().currency);
  if (out.mitigation > kAmountMax) {
    return refuse(anlan::refusals::kMoneyTooLarge, "mitigation", to_decimal(mitigation));
  }
  if (out.mitigation != 0 && !plan.mitigation_cap()) {
    return refuse(refusals::kMitigationWithoutCap, "mitigation", to_decimal(mitigation));
  }
  return out;
}

// The clause may be held against the insured; what was left out, or applied by order, is noted.
bool may_hold(Case& c, const std::string& ref) {
  const terms::Clause* const clause = terms::find_clause(c.input.wording.clauses, ref);
  if (!clause || !clause->exemption || has(c.evidence.explained, ref)) return true;
  const bool by_order = has(c.evidence.overridden, ref);
  add_once(by_order ? c.effective.overridden : c.effective.unapplied, {ref});
  return by_order;
}

// What lapsed controls and scales take off the admitted loss. An obligation or a scale whose
// explanation is not evidenced takes nothing.
void add_ladders(Case& c, std::int64_t whole, terms::Incident& out) {
  const std::int64_t retention = c.effective.terms.occurrence_retention;
  for (const terms::Obligation& obligation : c.input.wording.obligations) {
    for (const LapsedControl& lapse : c.input.lapses) {
      const terms::LadderStep* const step = terms::ladder_step(obligation.steps, lapse.days);
      if (lapse.control != obligation.control || !step) continue;
      if (!may_hold(c, obligation.clause)) continue;
      terms::take_step(*step, obligation.clause, whole, retention, out);
    }
  }
  for (const terms::Scale& scale : c.input.wording.scales) {
    const terms::LadderStep* const step =
        terms::ladder_step(scale.steps, c.input.days_unpatched.value_or(-1));
    const bool meant = std::any_of(
        c.portions.begin(), c.portions.end(),
        [&](const Portion& portion) { return has(scale.perils, portion.incident.peril.text); });
    if (!step || !meant || !may_hold(c, scale.clause)) continue;
    terms::take_step(*step, scale.clause, whole, retention, out);
  }
}

// Values, other insurance and provider, as stated.
Result<Done> add_facts(const Case& c, const terms::Plan& plan, terms::Incident& out) {
  const AdjudicationInput& input = c.input;
  const Currency currency = plan.terms().currency;
  out.values.resize(plan.section_count());
  for (const StatedValue& value : input.values) {
    ANLAN_REQUIRE(check_amount(value.declared, currency, "values.declared"));
    ANLAN_REQUIRE(check_amount(value.actual, currency, "values.actual"));
    const int section = plan.section_index(value.section.text);
    if (section < 0) continue;
    out.values[static_cast<std::size_t>(section)] = {.declared = value.declared.minor(),
                                                     .actual = value.actual.minor()};
  }
  if (input.other_insurance) {
    const OtherCover& other = *input.other_insurance;
    ANLAN_REQUIRE(check_amount(other.sum_insured, currency, "other_insurance.sum_insured"));
    ANLAN_REQUIRE(check_amount(other.paid, currency, "other_insurance.paid"));
    out.other_sum_insured = other.sum_insured.minor();
    out.other_paid = other.paid.minor();
  }
  for (const Portion& portion : c.portions) {
    if (!portion.quantified.interruption) continue;
    out.provider = terms::counting_provider(portion.incident.peril, portion.provider);
  }
  return Done{};
}

// The proportion of an unpaid instalment acts where the wording has such a clause; it too relieves
// the insurer and may act only when explained (Interpretation II, art 9: proportional clauses).
std::int32_t instalment_share(Case& c) {
  const std::string& ref = c.effective.terms.instalment_clause;
  if (c.input.premium_paid_bp == terms::kBasisPoints || ref.empty()) return terms::kBasisPoints;
  return may_hold(c, ref) ? c.input.premium_paid_bp : terms::kBasisPoints;
}

bool stands_as_stated(const Portion& portion) {
  for (std::size_t n = 0; n < portion.quantified.heads.size(); ++n) {
    const QuantifiedHead& head = portion.quantified.heads[n];
    if (head.stated != head.quantified) return false;
    if (head.quantified != portion.admission.heads[n].admitted) return false;
  }
  return portion.mitigation == portion.quantified.mitigation;
}

bool states_nothing(const Portion& portion) {
  const Quantification& quantified = portion.quantified;
  return quantified.mitigation.is_zero() &&
         std::all_of(quantified.heads.begin(), quantified.heads.end(),
                     [](const QuantifiedHead& head) { return head.stated.is_zero(); });
}

// The heads of each portion in turn: those of another peril may pass where others do not.
void record_portion(ClaimDecision& decision, const Portion& portion) {
  for (std::size_t n = 0; n < portion.quantified.heads.size(); ++n) {
    QuantifiedHead head = portion.quantified.heads[n];
    head.admitted = head.quantified.is_zero() || !portion.admission.heads[n].admitted.is_zero();
    decision.heads.push_back(std::move(head));
  }
  const auto append = [&](const std::vector<SettlementStep>& steps) {
    decision.admission.insert(decision.admission.end(), steps.begin(), steps.end());
  };
  append(portion.quantified.corrections);
  append(portion.admission.steps);
  add_once(decision.unapplied, portion.admission.unapplied);
  add_once(decision.overridden, portion.admission.overridden);
}

void record(Case& c) {
  ClaimDecision& decision = c.decision;
  decision.incident = c.input.incident.id;
  decision.policy = c.input.policy.id;
  for (const Portion& portion : c.portions) record_portion(decision, portion);
  add_once(decision.unapplied, c.effective.unapplied);
  add_once(decision.overridden, c.effective.overridden);
  decision.payable = decision.settlement.paid_total + decision.settlement.mitigation_paid;
  decision.proven_controls = c.input.proven_controls;
  if (decision.payable.is_zero() && decision.settlement.services_paid.empty()) {
    decision.outcome = ClaimOutcome::kDenied;
    ANLAN_CHECK(!decision.admission.empty() || !decision.settlement.steps.empty());
  } else {
    const bool stands = std::all_of(c.portions.begin(), c.portions.end(), stands_as_stated);
    decision.outcome = stands ? ClaimOutcome::kAccepted : ClaimOutcome::kPartly;
  }
}

// What the member has left of its own limit binds, and it is the one that is paid where the wording
// says so.
void apply_member(Case& c) {
  if (!c.input.member) return;
  const MemberCover& member = *c.input.member;
  const terms::Programme& programme = c.input.wording.programme;
  const terms::Certificates own{
      .member_limit = member.limit.minor(),
      .clause = programme.certificates ? programme.certificates->clause : std::string()};
  c.effective.terms = terms::member_terms(own, std::move(c.effective.terms), member.used.minor());
  const bool paid =
      programme.beneficiary && programme.beneficiary->role == terms::BeneficiaryRole::kMember;
  if (paid) c.decision.payee = member.enterprise;
}

// The loss of the incident with those of its parts, as one.
domain::LossStatement whole_loss(const AdjudicationInput& input) {
  domain::LossStatement whole = input.loss;
  for (const IncidentPart& part : input.parts) {
    if (!part.loss) continue;
    whole.items.insert(whole.items.end(), part.loss->items.begin(), part.loss->items.end());
    whole.mitigation += part.loss->mitigation;
    if (part.loss->interruption) whole.interruption = part.loss->interruption;
    whole.rates.insert(whole.rates.end(), part.loss->rates.begin(), part.loss->rates.end());
  }
  return whole;
}

// What can be claimed of all is asked of all: an interruption is not stated once more as an item of
// another part. What is claimed of each part is then measured by itself.
Result<Done> take_portions(Case& c) {
  const AdjudicationInput& input = c.input;
  const Currency currency = input.wording.terms.currency;
  const auto measure = [&](const domain::LossStatement& loss) {
    return quantify(loss, currency, input.policy.offset, input.wording.quantification,
                    {.rules = input.wording.currency_rules, .occurred = input.incident.occurred});
  };
  const auto take = [&](const domain::Incident& incident, const domain::LossStatement& loss,
                        std::optional<Instant> reported) -> Result<Done> {
    ANLAN_TRY(Quantification quantified, measure(loss));
    c.portions.push_back({.incident = incident,
                          .reported = reported,
                          .items = loss.items,
                          .quantified = std::move(quantified)});
    if (loss.interruption) c.portions.back().provider = loss.interruption->provider;
    add_once(c.causes, incident.causes);
    return Done{};
  };
  if (!input.parts.empty()) ANLAN_REQUIRE(measure(whole_loss(input)));
  ANLAN_REQUIRE(take(input.incident, input.loss, input.reported));
  for (const IncidentPart& part : input.parts) {
    add_once(c.causes, part.incident.causes);
    if (part.loss) ANLAN_REQUIRE(take(part.incident, *part.loss, part.reported));
  }
  return Done{};
}

}  // namespace

Result<ClaimDecision> adjudicate(const AdjudicationInput& input) {
  ANLAN_REQUIRE(check_input(input));
  Case c{.input = input};
  c.evidence = evidence_of(input);
  ANLAN_REQUIRE(take_portions(c));
  weigh_conditions(c);
  if (std::all_of(c.portions.begin(), c.portions.end(), states_nothing))
    return refuse(refusals::kNothingStated, "loss", "0.00");
  for (const LostByLateNotice& lost : input.lost_by_late_notice) {
    ANLAN_REQUIRE(check_amount(lost.amount, c.zero().currency(), "lost_by_late_notice"));
  }
  for (Portion& portion : c.portions) {
    const ClaimFacts facts = facts_of(c, portion);
    portion.admission = terms::admit(input.wording, facts);
    portion.mitigation = terms::admit_mitigation(input.wording, facts,
                                                 portion.quantified.mitigation, portion.admission);
  }

  c.effective = terms::effective_terms(input.wording, c.evidence);
  for (const Portion& portion : c.portions) {
    c.effective.terms = terms::limited_terms(std::move(c.effective.terms), portion.admission.limit);
  }
  apply_member(c);
  const terms::Plan plan = terms::compile(c.effective.terms);
  ANLAN_TRY(terms::YearState year, year_after(plan, input.earlier));
  ANLAN_TRY(terms::Incident incident, incident_of(c, plan));
  ANLAN_REQUIRE(add_facts(c, plan, incident));
  add_ladders(c, terms::loss_of(plan, incident, year), incident);
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
