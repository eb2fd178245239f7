#include "house/evolve.h"

#include <algorithm>

#include "base/check.h"
#include "house/accumulation.h"
#include "house/books.h"
#include "house/charges.h"
#include "house/filings.h"
#include "house/life.h"
#include "house/month.h"
#include "house/views.h"

namespace anlan::house {
namespace {

using namespace domain;

template <class Map, class Key>
auto& at(Map& map, const Key& key) {
  const auto found = map.find(key);
  ANLAN_CHECK(found != map.end());
  return found->second;
}

// A newer fact replaces the older of its name; new names go to the end.
void merge_facts(std::vector<Fact>& facts, const std::vector<Fact>& newer) {
  for (const Fact& fact : newer) {
    bool replaced = false;
    for (Fact& known : facts) {
      if (known.name != fact.name) continue;
      known = fact;
      replaced = true;
    }
    if (!replaced) facts.push_back(fact);
  }
}

struct Evolver {
  House& house;
  const EventContext& context;

  void operator()(const HouseOpened& e) const {
    ANLAN_CHECK(!house.opening);
    house.opening = e;
    house.actors[e.operator_actor.name] = e.operator_actor;
  }
  void operator()(const ActorAppointed& e) const { house.actors[e.actor.name] = e.actor; }
  void operator()(const EnterpriseRegistered& e) const {
    EnterpriseFile& file = house.enterprises[e.enterprise.id];
    file.enterprise = e.enterprise;
    const auto actor = house.actors.find(context.actor);
    if (actor != house.actors.end()) file.brought_by = actor->second.organisation;
    house.enterprise_by_credit_code[e.enterprise.credit_code] = e.enterprise.id;
    keep_facts(file.enterprise, file.enterprise.facts.get());
    names_providers(e.enterprise.id);
  }
  void operator()(const FactsRecorded& e) const {
    Enterprise& enterprise = at(house.enterprises, e.enterprise).enterprise;
    std::vector<Fact> facts = enterprise.facts.get();
    for (const std::string& provider : providers_of(facts))
      house.money.users[provider].erase(e.enterprise);
    merge_facts(facts, e.facts);
    keep_facts(enterprise, facts);
    for (const Fact& fact : e.facts) {
      std::map<FactName, Digest>& papers = at(house.enterprises, e.enterprise).papers;
      if (e.document == Digest{}) {
        papers.erase(fact.name);
      } else {
        papers[fact.name] = e.document;
      }
    }
    names_providers(e.enterprise);
  }
  void operator()(const AssessmentRecorded& e) const {
    auto& held = at(house.enterprises, e.assessment.enterprise).assessment;
    held = e.assessment;
    held->answers = house.alike.answers.keep(held->questionnaire, held->answers);
  }
  void operator()(const OrderPlaced& e) const {
    house.orders[e.order.id] =
        OrderFile{.order = e.order, .sold_by = context.actor, .paid = false, .observations = {}};
    at(house.enterprises, e.order.enterprise).orders.push_back(e.order.id);
  }
  void operator()(const OrderPaid& e) const { at(house.orders, e.order).paid = true; }
  void operator()(const ObservationRecorded& e) const {
    at(house.orders, e.observation.order).observations.push_back(e.observation);
  }
  void operator()(const QuoteIssued& e) const {
    QuoteFile& file = house.quotes[e.quote.id];
    file.quote = e.quote;
    keep_alike(file.quote);
    file.issued_by = context.actor;
    file.issued_at = context.at;
    at(house.enterprises, e.quote.enterprise).quotes.push_back(e.quote.id);
    if (!filing_under(house, e.quote.product, e.quote.registration)) {
      house.filings[e.quote.product].push_back(
          {.filing = filing_of(e.quote), .recorded = false, .by = context.actor, .at = context.at});
    }
  }
  void operator()(const ClauseExplained& e) const {
    QuoteFile& file = at(house.quotes, e.quote);
    std::vector<domain::ExplainedClause> explained = file.explained.get();
    explained.push_back(e.evidence);
    file.explained = std::move(explained);
  }
  void operator()(const PolicyBound& e) const {
    PolicyFile& file = house.policies[e.policy.id];
    file.policy = e.policy;
    file.policy.explained = house.alike.explained.keep(e.policy.product, e.policy.explained);
    file.bound_by = context.actor;
    file.bound_at = context.at;
    start_life(file, context.at);
    file.money.charges = charge_terms(house, e.policy.quote);
    QuoteFile& sold = at(house.quotes, e.policy.quote);
    sold.policy = e.policy.id;
    sold.explained = file.policy.explained;
    at(house.enterprises, e.policy.enterprise).policies.push_back(e.policy.id);
  }
  void operator()(const SubsidyBudgetGranted& e) const {
    house.subsidy_accounts.emplace(e.scheme, context.seq);  // the first grant names the account
  }
  void operator()(const SubsidyDecided& e) const {
    PolicyFile& file = at(house.policies, e.policy);
    file.subsidy = e;
    file.subsidy_at = context.at;
    if (!e.granted) take_subsidy_refused(file, context.at);
  }
  void operator()(const PremiumReceived& e) const {
    PolicyFile& file = at(house.policies, e.policy);
    file.receipts.push_back({.payer = e.payer, .amount = e.amount, .at = context.at});
    switch (e.payer) {
      case Payer::kCustomer:
        file.customer_paid += e.amount;
        break;
      case Payer::kGovernment:
        file.government_paid += e.amount;
        break;
    }
  }
  void operator()(const IncidentReported& e) const {
    IncidentFile& file = house.incidents[e.incident.id];
    file.incident = e.incident;
    file.reported_by = context.actor;
    file.reported_at = context.at;
    at(house.policies, e.incident.policy).incidents.push_back(e.incident.id);
    if (e.incident.related_to.exists())
      at(house.incidents, e.incident.related_to).parts.push_back(e.incident.id);
  }
  void operator()(const LossStated& e) const {
    IncidentFile& file = at(house.incidents, e.statement.incident);
    file.loss = e.statement;
    if (std::find(file.stated_by.begin(), file.stated_by.end(), context.actor) ==
        file.stated_by.end())
      file.stated_by.push_back(context.actor);
  }
  void operator()(const ConditionRecorded& e) const {
    at(house.incidents, e.condition.incident)
        .conditions.push_back({.condition = e.condition,
                               .by = context.actor,
                               .at = context.at,
                               .correct = e.correct,
                               .seq = context.seq});
  }
  void operator()(const IncidentRelated& e) const {
    IncidentFile& file = at(house.incidents, e.incident);
    file.incident.related_to = e.first;
    file.joined = true;
    at(house.incidents, e.first).parts.push_back(e.incident);
  }
  // A claim that is decided again keeps its number and goes to the end of the policy's decisions.
  void operator()(const ClaimAdjudicated& e) const {
    PolicyFile& policy = at(house.policies, e.decision.policy);
    const Money none = Money::zero(policy.policy.premium.currency());
    const auto [place, first] = house.claims.try_emplace(e.decision.id);
    ClaimFile& file = place->second;
    if (first) {
      file.paid = file.reversed = file.written_off = file.recovered = none;
    } else if (file.stands) {
      file.earlier.push_back({.decision = file.decision,
                              .aggregate_used = file.aggregate_used,
                              .state = file.reopened_from,
                              .adjudicator = file.adjudicator,
                              .approver = file.approver,
                              .adjudicated_at = file.adjudicated_at,
                              .approved_at = file.approved_at});
    }
    file.stands = false;
    std::erase(policy.claims, e.decision.id);
    const std::optional<Money>& left = e.decision.settlement.aggregate_left;
    const Date on = incident_day(house, e.decision.incident);
    file.aggregate_used = left ? aggregate_left(house, policy, {}, on) - *left : none;
    file.decision = e.decision;
    file.state = ClaimState::kAdjudicated;
    file.adjudicator = context.actor;
    file.adjudicated_at = context.at;
    at(house.incidents, e.decision.incident).claim = e.decision.id;
    policy.claims.push_back(e.decision.id);
  }
  // What was decided before, if anything was, stands again; a first decision is as if never made.
  void operator()(const ClaimReturned& e) const {
    ClaimFile& file = at(house.claims, e.claim);
    take_turn(file, ClaimState::kReturned, e.reason);
    if (file.earlier.empty()) {
      std::erase(at(house.policies, file.decision.policy).claims, e.claim);
      return;
    }
    PastDecision& past = file.earlier.back();
    file.decision = std::move(past.decision);
    file.aggregate_used = past.aggregate_used;
    file.state = past.state;
    file.adjudicator = past.adjudicator;
    file.approver = past.approver;
    file.adjudicated_at = past.adjudicated_at;
    file.approved_at = past.approved_at;
    file.earlier.pop_back();
    file.stands = true;
  }
  void operator()(const ClaimReopened& e) const {
    ClaimFile& file = at(house.claims, e.claim);
    file.reopened_from = file.state;
    take_turn(file, ClaimState::kReopened, e.reason);
  }
  void operator()(const ClaimApproved& e) const {
    ClaimFile& file = at(house.claims, e.claim);
    const bool denied = file.decision.outcome == ClaimOutcome::kDenied;
    const bool settled = file.paid >= file.decision.payable;
    file.state = denied ? ClaimState::kDenied : settled ? ClaimState::kPaid : ClaimState::kApproved;
    file.stands = true;
    file.reversed = overpaid(file);
    file.written_off = std::min(file.written_off, file.reversed);
    file.approver = context.actor;
    file.approved_at = context.at;
    // Rendered in kind alone: nothing is left to pay, the claim is settled with its approval.
    if (file.state == ClaimState::kPaid && file.paid_at == Instant{}) file.paid_at = context.at;
  }
  void operator()(const ClaimPaid& e) const {
    ClaimFile& file = at(house.claims, e.claim);
    file.state = ClaimState::kPaid;
    file.paid += e.amount;
    file.payer = context.actor;
    file.paid_at = context.at;
  }
  void operator()(const ClaimRecovered& e) const {
    ClaimFile& file = at(house.claims, e.claim);
    file.paid -= e.amount;
    file.reversed -= e.amount;
    file.recovered += e.amount;
  }
  void operator()(const ClaimWrittenOff& e) const {
    at(house.claims, e.claim).written_off += e.amount;
  }
  void operator()(const PolicyCancelled& e) const {
    PolicyFile& file = at(house.policies, e.policy);
    file.cancelled = e;
    take_end(file, e.refund);
  }
  void operator()(const PolicyLapsed& e) const {
    PolicyFile& file = at(house.policies, e.policy);
    file.lapsed = e;
    take_end(file, e.refund);
  }
  void operator()(const PremiumWrittenOff& e) const {
    take_write_off(at(house.policies, e.policy), e.payer, e.amount);
  }
  void operator()(const PremiumEarned& e) const {
    for (const EarnedPremium& line : e.lines) {
      PolicyFile& file = at(house.policies, line.policy);
      const Date end = end_day(file.policy);
      // Days of several months are of each of them.
      for (Date month = next_month(file.life.earned_until); month <= e.through && month < end;
           month = next_month(month)) {
        take_earned(file, plus_days(month, -1));
        count_premium(house, file, booked_in(house, plus_days(month, -1)));
      }
      take_earned(file, e.through);
      count_premium(house, file, booked_in(house, e.through));
    }
  }
  void operator()(const CapitalPaidIn&) const {}  // the ledger holds what was paid in
  void operator()(const RefundPaid& e) const {
    take_refund(at(house.policies, e.policy), context.at,
                {.customer = e.to_customer, .government = e.to_government});
  }
  void operator()(const PolicyEndorsed& e) const {
    take_endorsement(at(house.policies, e.policy), context, e.endorsement);
  }
  void operator()(const EndorsementVoided& e) const {
    take_void(at(house.policies, e.policy), context, e);
  }
  void operator()(const CertificatesAdded& e) const {
    take_certificates(at(house.policies, e.policy), context, e.certificates);
    for (const Certificate& certificate : e.certificates) {
      std::vector<PolicyId>& masters = at(house.enterprises, certificate.enterprise).masters;
      if (std::find(masters.begin(), masters.end(), e.policy) == masters.end())
        masters.push_back(e.policy);
    }
  }
  void operator()(const CertificateEnded& e) const {
    take_certificate_end(at(house.policies, e.policy), context, e);
  }
  void operator()(const PolicyReinstated& e) const {
    take_reinstatement(at(house.policies, e.policy), context, e.on);
  }
  void operator()(const RenewalChosen& e) const {
    PolicyChanges& life = at(house.policies, e.policy).life.changes.edit();
    life.renewal = e.choice;
    life.renewal_reason = e.reason;
    life.renewal_by = context.actor;
    life.renewal_at = context.at;
  }
  void operator()(const DocumentIssued& e) const {
    (e.policy.exists() ? at(house.policies, e.policy).documents : house.documents).push_back(e);
  }
  void operator()(const DrillRecorded& e) const {
    house.drills[e.drill.id] = {
        .drill = e.drill, .recorded_by = context.actor, .recorded_at = context.at};
  }
  void operator()(const RulesProposed& e) const {
    house.rules.versions.push_back(
        {.rules = e, .proposed_by = context.actor, .proposed_at = context.at});
  }
  void operator()(const RulesPublished& e) const {
    RulesOnFile& file = house.rules.versions[e.version - 1];
    file.published = true;
    file.published_by = context.actor;
    file.published_at = context.at;
    put_in_force(e.version);
  }
  void operator()(const RulesRolledBack& e) const {
    house.rules.roll_backs.push_back(
        {.record = e, .by = context.actor, .at = context.at, .seq = context.seq});
    if (e.effective) put_in_force(e.to);
  }
  void operator()(const QuoteOverridden& e) const {
    at(house.quotes, e.quote)
        .decided.edit()
        .overrides.push_back(
            {.record = e, .by = context.actor, .at = context.at, .seq = context.seq});
  }
  void operator()(const ReferralDecided& e) const {
    at(house.quotes, e.quote)
        .decided.edit()
        .referrals.push_back(
            {.record = e, .by = context.actor, .at = context.at, .seq = context.seq});
  }
  void operator()(const SubjectivitySet& e) const {
    SubjectivityFile& file = house.subjectivities[e.subjectivity.id];
    file.subjectivity = e.subjectivity;
    file.set_by = context.actor;
    file.set_at = context.at;
    at(house.quotes, e.subjectivity.quote)
        .decided.edit()
        .subjectivities.push_back(e.subjectivity.id);
  }
  void operator()(const SubjectivityCleared& e) const {
    SubjectivityFile& file = close(e.subjectivity, SubjectivityState::kCleared, e.reference);
    file.cleared_by = e.by;
    if (e.again) at(house.quotes, file.subjectivity.quote).decided.edit().again = e.again;
  }
  void operator()(const SubjectivityWaived& e) const {
    close(e.subjectivity, SubjectivityState::kWaived, e.reason);
  }
  void operator()(const SubjectivityFailed& e) const {
    close(e.subjectivity, SubjectivityState::kFailed, std::string(name_of(e.proposed)));
  }
  void operator()(const QuoteWithdrawn& e) const {
    at(house.quotes, e.quote).decided.edit().withdrawn = e;
  }
  void operator()(const NonDisclosureLearned& e) const {
    NonDisclosureFile& file = house.nondisclosures[e.nondisclosure.id];
    file.nondisclosure = e.nondisclosure;
    file.recorded_at = context.at;
    at(house.policies, e.nondisclosure.policy).nondisclosures.push_back(e.nondisclosure.id);
  }
  void operator()(const NonDisclosureFound& e) const {
    NonDisclosureFile& file = at(house.nondisclosures, e.nondisclosure);
    if (e.state_of_mind)
      file.state_of_mind = {.value = *e.state_of_mind, .by = context.actor, .at = context.at};
    if (e.material) file.material = {.value = *e.material, .by = context.actor, .at = context.at};
    if (e.bore_on_incident) {
      file.bore_on[e.incident] = {
          .value = *e.bore_on_incident, .by = context.actor, .at = context.at};
    }
  }
  void operator()(const PremiumFrozen& e) const { freeze(e.policy, e.frozen); }
  void operator()(const RescissionNoticed& e) const {
    at(house.nondisclosures, e.nondisclosure).rescinded = e;
    freeze(e.policy, false);  // there is no right left to give up
  }
  void freeze(PolicyId policy, bool frozen) const {
    PolicyFile& file = at(house.policies, policy);
    if (frozen && !file.premium_frozen) file.freezes.push_back({.from = context.at, .until = {}});
    if (!frozen && file.premium_frozen) file.freezes.back().until = context.at;
    file.premium_frozen = frozen;
  }
  void operator()(const TextShown& e) const {
    at(house.quotes, e.shown.quote).shown.push_back(e.shown);
  }
  void operator()(const LicenceRecorded& e) const {
    house.licences.push_back({.licence = e, .by = context.actor, .at = context.at});
  }
  void operator()(const ConsentChanged& e) const {
    domain::Enterprise& company = at(house.enterprises, e.enterprise).enterprise;
    company.assess_consent = e.assess;
    company.monitor_consent = e.monitor;
  }
  void operator()(const AdjusterAppointed& e) const {
    at(house.incidents, e.incident).adjusters.push_back(e.adjuster);
  }
  void operator()(const FilingRecorded& e) const {
    house.filings[e.filing.product].push_back(
        {.filing = e.filing, .recorded = true, .by = context.actor, .at = context.at});
  }
  void operator()(const IncidentFactsRecorded& e) const {
    at(house.incidents, e.incident)
        .facts.push_back(
            {.facts = e.facts, .by = context.actor, .at = context.at, .seq = context.seq});
  }
  void operator()(const PersonalDataErased& e) const { house.erased.insert(e.subject); }
  void operator()(const SubmissionRecorded& e) const {
    SubmissionFile& file = house.submissions[e.submission.id];
    file.submission = e.submission;
    file.recorded_by = context.actor;
    file.recorded_at = context.at;
  }
  void operator()(const SubmissionSent& e) const {
    SubmissionFile& file = at(house.submissions, e.submission);
    file.sent = e;
    file.sent_by = context.actor;
    file.sent_at = context.at;
  }
  void operator()(const SubmissionWithdrawn& e) const {
    at(house.submissions, e.submission).withdrawn = e;
  }
  void operator()(const FactsProposed& e) const {
    ProposalFile& file = house.proposals[e.proposal.id];
    file.proposal = e.proposal;
    file.proposed_by = context.actor;
    file.proposed_at = context.at;
    file.states.assign(e.proposal.items.size(), ProposedState::kOpen);
    file.decided_by.assign(e.proposal.items.size(), {});
  }
  void operator()(const ProposalDecided& e) const {
    ProposalFile& file = at(house.proposals, e.proposal);
    for (const std::uint32_t item : e.items) {
      file.states.at(item - 1) = e.confirmed ? ProposedState::kConfirmed : ProposedState::kRejected;
      file.decided_by.at(item - 1) = context.actor;
    }
  }
  void operator()(const MoneyPosted& e) const {
    house.ledger.post(e.posting);
    if (!house.owed.empty()) house.owed.pop_front();
    // A claim keeps the number of its reserve, so that payment and release find it.
    if (e.posting.kind != PostingKind::kReserve ||
        e.posting.credit.kind != AccountKind::kClaimsPayable)
      return;
    at(house.claims, ClaimId{e.posting.credit.owner}).reserve = e.posting.id;
  }

  void put_in_force(std::uint32_t version) const {
    house.rules.before = house.rules.in_force;
    house.rules.in_force = version;
  }
  SubjectivityFile& close(SubjectivityId id, SubjectivityState state, std::string why) const {
    SubjectivityFile& file = at(house.subjectivities, id);
    file.state = state;
    file.why = std::move(why);
    file.closed_by = context.actor;
    file.closed_at = context.at;
    return file;
  }

  // ---- the money around a premium
  void operator()(const InstalmentPlanAgreed& e) const {
    at(house.policies, e.policy)
        .money.plans.push_back({.at = context.at, .instalments = e.instalments});
  }
  void operator()(const InvoiceIssued& e) const {
    at(house.policies, e.policy).money.invoices.push_back(e.invoice);
  }
  void operator()(const DunningSent& e) const {
    for (const DunningLine& line : e.lines)
      at(house.policies, line.policy).money.dunned[line.invoice] = {.step = line.step,
                                                                    .on = e.as_of};
  }
  void operator()(const MonthClosed& e) const { house.money.months[e.month] = e; }
  void operator()(const ChargesSet& e) const { house.money.charges = e; }
  void operator()(const FacultativeCeded& e) const { house.money.facultative[e.quote] = e; }
  void operator()(const AccumulationLimitSet& e) const {
    house.money.provider_limits[e.provider] = e.limit;
  }
  void operator()(const RiskUnitRuleSet& e) const { house.money.risk_unit = e; }
  void operator()(const InstrumentApplied& e) const {
    const Money none = Money::zero(e.amount.currency());
    InstrumentFile& file = house.money.instruments[e.id];
    file.application = e;
    file.applied_by = context.actor;
    file.applied_at = context.at;
    file.paid = none;
    file.clawed_back = none;
    at(house.policies, e.policy).money.instruments.push_back(e.id);
  }
  void operator()(const InstrumentDecided& e) const {
    InstrumentFile& file = at(house.money.instruments, e.application);
    file.decision = e;
    file.decided_by = context.actor;
  }
  void operator()(const InstrumentPaid& e) const {
    at(house.money.instruments, e.application).paid += e.amount;
  }
  void operator()(const InstrumentClawedBack& e) const {
    at(house.money.instruments, e.application).clawed_back += e.amount;
  }

  void keep_facts(domain::Enterprise& enterprise, const std::vector<Fact>& facts) const {
    enterprise.facts = house.alike.facts.keep(facts.size(), facts);
  }
  void keep_alike(domain::Quote& quote) const {
    KeptAlike& alike = house.alike;
    quote.walk = alike.walks.keep(quote.product, quote.walk);
    quote.walk_reversed = alike.reversed_walks.keep(quote.product, quote.walk_reversed);
    quote.controls = alike.controls.keep(quote.product, quote.controls);
    quote.loss = alike.losses.keep(quote.product, quote.loss);
    quote.judged = alike.judged.keep(quote.product, quote.judged);
    quote.inferred = alike.inferred.keep(quote.product, quote.inferred);
    quote.to_explain = alike.to_explain.keep(quote.product, quote.to_explain);
  }
  void names_providers(EnterpriseId id) const {
    for (const std::string& provider :
         providers_of(at(house.enterprises, id).enterprise.facts.get()))
      house.money.users[provider].insert(id);
  }
  void take_turn(ClaimFile& file, ClaimState to, const std::string& reason) const {
    file.state = to;
    file.turns.push_back({.to = to, .reason = reason, .by = context.actor, .at = context.at});
  }
};

template <class Map, class Key>
auto find_in(const Map& map, const Key& key) -> const typename Map::mapped_type* {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

}  // namespace

namespace {

// The policy whose premium an event changes by more than the days that pass; nullptr: none.
PolicyFile* premium_of(House& house, const Event& event) {
  const PolicyId policy = std::visit(
      [](const auto& e) -> PolicyId {
        using E = std::remove_cvref_t<decltype(e)>;
        if constexpr (std::is_same_v<E, PolicyBound>) {
          return e.policy.id;
        } else if constexpr (std::is_same_v<E, SubsidyDecided> ||
                             std::is_same_v<E, PolicyCancelled> ||
                             std::is_same_v<E, PolicyLapsed> || std::is_same_v<E, PolicyEndorsed> ||
                             std::is_same_v<E, EndorsementVoided> ||
                             std::is_same_v<E, PolicyReinstated> ||
                             std::is_same_v<E, CertificatesAdded> ||
                             std::is_same_v<E, CertificateEnded>) {
          return e.policy;
        } else {
          return {};
        }
      },
      event);
  return policy.exists() ? &at(house.policies, policy) : nullptr;
}

}  // namespace

void evolve(House& house, const EventContext& context, const domain::Event& event) {
  std::vector<Posting> owed = postings_of(house, context, event);
  std::visit(Evolver{house, context}, event);
  if (PolicyFile* file = premium_of(house, event))
    count_premium(house, *file, booked_in(house, date_of(context.at, house.offset())));
  if (!owed.empty()) house.owed.assign(owed.begin(), owed.end());
}

const EnterpriseFile* find_enterprise(const House& house, EnterpriseId id) {
  return find_in(house.enterprises, id);
}
const OrderFile* find_order(const House& house, OrderId id) { return find_in(house.orders, id); }
const QuoteFile* find_quote(const House& house, QuoteId id) { return find_in(house.quotes, id); }
const PolicyFile* find_policy(const House& house, PolicyId id) {
  return find_in(house.policies, id);
}
const IncidentFile* find_incident(const House& house, IncidentId id) {
  return find_in(house.incidents, id);
}
const ClaimFile* find_claim(const House& house, ClaimId id) { return find_in(house.claims, id); }
const SubmissionFile* find_submission(const House& house, SubmissionId id) {
  return find_in(house.submissions, id);
}
const ProposalFile* find_proposal(const House& house, FactProposalId id) {
  return find_in(house.proposals, id);
}
const NonDisclosureFile* find_nondisclosure(const House& house, NonDisclosureId id) {
  return find_in(house.nondisclosures, id);
}

}  // namespace anlan::house
