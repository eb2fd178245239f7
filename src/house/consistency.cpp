#include "house/consistency.h"

#include <algorithm>
#include <set>

#include "house/certificates.h"
#include "house/consistency_rules.h"
#include "house/endorse_rules.h"
#include "house/event_codec.h"
#include "house/filings.h"
#include "house/incident_facts.h"
#include "house/instruments.h"
#include "house/life.h"
#include "house/month.h"
#include "house/nondisclosure.h"
#include "house/offer.h"
#include "house/refusals.h"
#include "house/views.h"
#include "underwriting/bind.h"

namespace anlan::house {
namespace {

using namespace domain;

Refusal contradiction(std::string_view field, std::string value) {
  return Refusal{.code = refusals::kContradiction,
                 .path = std::string(field),
                 .value = std::move(value),
                 .args = {},
                 .at = {}};
}

Result<Done> require(bool holds, std::string_view field, const std::string& value) {
  if (holds) return Done{};
  return contradiction(field, value);
}

// The first amount of a record, however deep, that is not of the house's currency or is beyond any
// amount that a command may state. A zero has its currency too: sums of two are made of both. What
// was invoiced in another currency, and the step that converts it, may be of any.
class Amounts {
 public:
  explicit Amounts(Currency currency) : currency_(currency) {}
  const std::optional<std::pair<std::string, Money>>& wrong() const { return wrong_; }

  void look(std::string_view name, Money amount) { look(name, amount, currency_); }
  void look(std::string_view, const LossItem& item) {
    look("amount", item.amount, item.amount.currency());
    look("betterment", item.betterment, item.amount.currency());
  }
  void look(std::string_view, const SettlementStep& step) {
    const bool converts = step.reason == StepReason::kConverted;
    look("before", step.before, converts ? step.before.currency() : currency_);
    look("after", step.after);
  }
  template <HasFields T>
  void look(std::string_view, const T& record) {
    for_each_field(record, [&](std::string_view name, const auto& member) { look(name, member); });
  }
  template <class T>
  void look(std::string_view name, const std::vector<T>& list) {
    for (const T& item : list) look(name, item);
  }
  template <class T>
  void look(std::string_view name, const std::optional<T>& value) {
    if (value) look(name, *value);
  }
  template <class T>
  void look(std::string_view, const T&) {}

 private:
  void look(std::string_view name, Money amount, Currency currency) {
    const bool in_range = amount.minor() >= -kAmountMax && amount.minor() <= kAmountMax;
    const bool ok = in_range && amount.currency() == currency;
    if (!ok && !wrong_) wrong_ = {std::string(name), amount};
  }

  Currency currency_;
  std::optional<std::pair<std::string, Money>> wrong_;
};

struct Follows {
  const House& house;
  const EventContext& context;

  template <class Tag>
  Result<Done> own_number(Id<Tag> id) const {
    return require(id.number == context.seq, "id", to_text(id));
  }
  // Exactly the house's currency, not below zero.
  Result<Done> counts(std::string_view field, Money amount) const {
    return require(amount.currency() == house.currency() && !amount.is_negative(), field,
                   to_decimal(amount) + " " + std::string(currency_code(amount.currency())));
  }
  Result<const EnterpriseFile*> enterprise(EnterpriseId id) const {
    const EnterpriseFile* file = find_enterprise(house, id);
    if (file) return file;
    return contradiction("enterprise", to_text(id));
  }
  Result<const OrderFile*> order(OrderId id) const {
    const OrderFile* file = find_order(house, id);
    if (file) return file;
    return contradiction("order", to_text(id));
  }
  Result<const QuoteFile*> quote(QuoteId id) const {
    const QuoteFile* file = find_quote(house, id);
    if (file) return file;
    return contradiction("quote", to_text(id));
  }
  Result<const PolicyFile*> policy(PolicyId id) const {
    const PolicyFile* file = find_policy(house, id);
    if (file) return file;
    return contradiction("policy", to_text(id));
  }
  Result<const IncidentFile*> incident(IncidentId id) const {
    const IncidentFile* file = find_incident(house, id);
    if (file) return file;
    return contradiction("incident", to_text(id));
  }
  Result<const ClaimFile*> claim(ClaimId id, std::initializer_list<ClaimState> states) const {
    const ClaimFile* file = find_claim(house, id);
    if (!file) return contradiction("claim", to_text(id));
    if (std::find(states.begin(), states.end(), file->state) != states.end()) return file;
    return contradiction("claim", to_text(id) + " " + std::string(name_of(file->state)));
  }
  Result<const PolicyFile*> running_policy(PolicyId id) const {
    ANLAN_TRY(const PolicyFile* file, policy(id));
    ANLAN_REQUIRE(require(!file->cancelled && !file->lapsed, "policy", to_text(id)));
    return file;
  }

  Result<Done> operator()(const HouseOpened& e) const {
    return require(!house.opening && context.seq == 1 && context.actor == e.operator_actor.name,
                   "name", e.name);
  }
  Result<Done> operator()(const ActorAppointed& e) const {
    return require(e.actor.name != context.actor, "actor", e.actor.name.text);
  }
  Result<Done> operator()(const EnterpriseRegistered& e) const {
    ANLAN_REQUIRE(own_number(e.enterprise.id));
    return require(!house.enterprise_by_credit_code.contains(e.enterprise.credit_code),
                   "credit_code", e.enterprise.credit_code);
  }
  Result<Done> operator()(const FactsRecorded& e) const {
    ANLAN_REQUIRE(enterprise(e.enterprise));
    return Done{};
  }
  Result<Done> operator()(const AssessmentRecorded& e) const {
    ANLAN_REQUIRE(own_number(e.assessment.id));
    ANLAN_REQUIRE(enterprise(e.assessment.enterprise));
    return Done{};
  }
  Result<Done> operator()(const OrderPlaced& e) const {
    ANLAN_REQUIRE(own_number(e.order.id));
    ANLAN_REQUIRE(enterprise(e.order.enterprise));
    return counts("price", e.order.price);
  }
  Result<Done> operator()(const OrderPaid& e) const {
    ANLAN_TRY(const OrderFile* file, order(e.order));
    return require(!file->paid && e.amount == file->order.price, "order", to_text(e.order));
  }
  Result<Done> operator()(const ObservationRecorded& e) const {
    const Observation& seen = e.observation;
    ANLAN_REQUIRE(own_number(seen.id));
    ANLAN_TRY(const OrderFile* file, order(seen.order));
    const auto& lines = file->order.lines;
    const bool sold = std::any_of(lines.begin(), lines.end(), [&](const OrderLine& line) {
      return line.product == seen.product;
    });
    ANLAN_REQUIRE(require(sold, "product", seen.product.text));
    ANLAN_REQUIRE(require(seen.seen <= seen.of, "seen", std::to_string(seen.seen)));
    return require(seen.from <= seen.until && seen.until <= context.at, "until",
                   to_text(seen.until));
  }
  Result<Done> operator()(const DrillRecorded& e) const {
    ANLAN_REQUIRE(own_number(e.drill.id));
    ANLAN_TRY(const PolicyFile* file, policy(e.drill.policy));
    ANLAN_REQUIRE(require(file->policy.enterprise == e.drill.enterprise, "enterprise",
                          to_text(e.drill.enterprise)));
    return require(e.drill.participants > 0 && e.drill.answered <= e.drill.asked, "answered",
                   std::to_string(e.drill.answered));
  }
  Result<Done> operator()(const QuoteIssued& e) const {
    ANLAN_REQUIRE(own_number(e.quote.id));
    ANLAN_REQUIRE(enterprise(e.quote.enterprise));
    ANLAN_REQUIRE(counts("premium", e.quote.premium));
    ANLAN_REQUIRE(
        require(e.quote.filed_low <= e.quote.premium && e.quote.premium <= e.quote.filed_high,
                "premium", to_decimal(e.quote.premium)));
    ANLAN_REQUIRE(counts("subsidy", e.quote.subsidy));
    ANLAN_REQUIRE(counts("customer_pays", e.quote.customer_pays));
    ANLAN_REQUIRE(require(e.quote.customer_pays + e.quote.subsidy == e.quote.premium,
                          "customer_pays", to_decimal(e.quote.customer_pays)));
    ANLAN_REQUIRE(require(e.quote.from < e.quote.until, "until", to_text(e.quote.until)));
    ANLAN_REQUIRE(
        follows_rules(check_quote_filing(house, e.quote, date_of(context.at, house.offset()))));
    ANLAN_REQUIRE(require(e.quote.rules_version == house.rules.in_force, "rules_version",
                          std::to_string(e.quote.rules_version)));
    return counts("aggregate_limit", e.quote.aggregate_limit);
  }
  Result<Done> not_bound(QuoteId id) const {
    ANLAN_TRY(const QuoteFile* file, quote(id));
    return require(!file->policy.exists(), "quote", to_text(id));
  }
  Result<Done> operator()(const ClauseExplained& e) const { return not_bound(e.quote); }
  Result<Done> operator()(const PolicyBound& e) const {
    const Policy& policy = e.policy;
    ANLAN_REQUIRE(own_number(policy.id));
    ANLAN_TRY(const QuoteFile* file, quote(policy.quote));
    ANLAN_REQUIRE(require(!file->policy.exists(), "quote", to_text(policy.quote)));
    ANLAN_REQUIRE(require(file->quote.enterprise == policy.enterprise, "enterprise",
                          to_text(policy.enterprise)));
    ANLAN_REQUIRE(
        follows_rules(check_quote_filing(house, file->quote, date_of(context.at, house.offset()))));
    ANLAN_REQUIRE(counts("premium", policy.premium));
    ANLAN_REQUIRE(counts("customer_part", policy.customer_part));
    ANLAN_REQUIRE(counts("subsidy_part", policy.subsidy_part));
    ANLAN_REQUIRE(require(policy.customer_part + policy.subsidy_part == policy.premium, "premium",
                          to_decimal(policy.premium)));
    ANLAN_REQUIRE(require(policy.from < policy.until, "until", to_text(policy.until)));
    // What was sold is what was offered, to the last field.
    const Policy offer =
        underwriting::make_policy(offered(*file), file->explained, house.offset(), policy.id);
    return require(policy == offer, "policy", to_decimal(policy.premium));
  }
  Result<Done> operator()(const SubsidyBudgetGranted& e) const {
    return counts("amount", e.amount);
  }
  Result<Done> operator()(const SubsidyDecided& e) const {
    ANLAN_TRY(const PolicyFile* file, policy(e.policy));
    ANLAN_REQUIRE(require(!file->subsidy, "policy", to_text(e.policy)));
    if (!e.granted) return Done{};
    ANLAN_REQUIRE(require(house.subsidy_accounts.contains(file->policy.scheme), "scheme",
                          file->policy.scheme.text));
    return require(e.amount == file->government_due, "amount", to_decimal(e.amount));
  }
  Result<Done> operator()(const PremiumReceived& e) const {
    ANLAN_TRY(const PolicyFile* file, policy(e.policy));
    ANLAN_REQUIRE(require(!file->premium_frozen, "policy", to_text(e.policy)));
    ANLAN_REQUIRE(counts("amount", e.amount));
    const Money known = e.payer == Payer::kCustomer ? file->customer_paid : file->government_paid;
    return require(known + e.amount <= Money::from_minor(kAmountMax, known.currency()), "amount",
                   to_decimal(e.amount));
  }
  Result<Done> operator()(const IncidentReported& e) const {
    ANLAN_REQUIRE(own_number(e.incident.id));
    ANLAN_TRY(const PolicyFile* file, policy(e.incident.policy));
    const bool of_member = find_certificate(*file, e.incident.certificate) != nullptr;
    ANLAN_REQUIRE(
        require(file->life.changes->certificates.empty() ? e.incident.certificate == 0 : of_member,
                "certificate", std::to_string(e.incident.certificate)));
    if (e.incident.related_to.exists()) {
      ANLAN_TRY(const IncidentFile* first, incident(e.incident.related_to));
      ANLAN_REQUIRE(require(first->incident.policy == e.incident.policy &&
                                first->incident.certificate == e.incident.certificate &&
                                !first->incident.related_to.exists(),
                            "related_to", to_text(e.incident.related_to)));
    }
    return require(
        e.incident.occurred <= e.incident.discovered && e.incident.discovered <= context.at,
        "discovered", to_text(e.incident.discovered));
  }
  Result<Done> open_incident(IncidentId id) const {
    ANLAN_TRY(const IncidentFile* file, incident(id));
    const IncidentId first = file->incident.related_to;
    const ClaimId decided = first.exists() ? find_incident(house, first)->claim : file->claim;
    if (!decided.exists()) return Done{};
    ANLAN_REQUIRE(claim(decided, {ClaimState::kReturned, ClaimState::kReopened}));
    return Done{};
  }
  Result<Done> operator()(const LossStated& e) const { return open_incident(e.statement.incident); }
  Result<Done> operator()(const ConditionRecorded& e) const {
    ANLAN_REQUIRE(open_incident(e.condition.incident));
    return require(e.condition.met && *e.condition.met <= context.at, "met",
                   e.condition.met ? to_text(*e.condition.met) : std::string());
  }
  Result<Done> operator()(const FilingRecorded& e) const { return record_follows(house, e); }
  Result<Done> operator()(const LicenceRecorded& e) const { return record_follows(house, e); }
  Result<Done> operator()(const ConsentChanged& e) const { return record_follows(house, e); }
  Result<Done> operator()(const AdjusterAppointed& e) const { return record_follows(house, e); }
  Result<Done> operator()(const IncidentFactsRecorded& e) const {
    ANLAN_REQUIRE(open_incident(e.incident));
    return follows_rules(
        check_incident_facts(house, *find_incident(house, e.incident), e.facts, context.at));
  }
  Result<Done> operator()(const IncidentRelated& e) const {
    ANLAN_TRY(const IncidentFile* own, incident(e.incident));
    ANLAN_TRY(const IncidentFile* first, incident(e.first));
    const bool open = !own->claim.exists() && !first->claim.exists() && own->parts.empty();
    const bool apart = !own->incident.related_to.exists() && !first->incident.related_to.exists();
    const bool same = own->incident.policy == first->incident.policy &&
                      own->incident.certificate == first->incident.certificate;
    return require(open && apart && own != first && same, "first", to_text(e.first));
  }
  Result<Done> operator()(const ClaimAdjudicated& e) const {
    const ClaimDecision& decision = e.decision;
    ANLAN_REQUIRE(open_incident(decision.incident));
    ANLAN_TRY(const IncidentFile* file, incident(decision.incident));
    ANLAN_REQUIRE(
        require(!file->incident.related_to.exists(), "incident", to_text(decision.incident)));
    ANLAN_REQUIRE(require(file->incident.policy == decision.policy && file->loss, "policy",
                          to_text(decision.policy)));
    if (file->claim.exists()) {
      ANLAN_REQUIRE(require(decision.id == file->claim, "id", to_text(decision.id)));
    } else {
      ANLAN_REQUIRE(own_number(decision.id));
    }
    ANLAN_REQUIRE(counts("payable", decision.payable));
    ANLAN_REQUIRE(counts("paid_total", decision.settlement.paid_total));
    ANLAN_REQUIRE(counts("mitigation_paid", decision.settlement.mitigation_paid));
    ANLAN_REQUIRE(require(
        decision.payable == decision.settlement.paid_total + decision.settlement.mitigation_paid,
        "payable", to_decimal(decision.payable)));
    const bool denied = decision.outcome == ClaimOutcome::kDenied;
    const bool nothing = decision.payable.is_zero() && decision.settlement.services_paid.empty();
    for (const domain::ServicePaid& service : decision.settlement.services_paid) {
      ANLAN_REQUIRE(counts("services_paid", service.rendered));
    }
    ANLAN_REQUIRE(require(denied == nothing, "outcome", to_decimal(decision.payable)));
    ANLAN_REQUIRE(follows_rules(check_member(house, decision, file->claim)));
    if (!decision.settlement.aggregate_left) return Done{};
    const Money left = *decision.settlement.aggregate_left;
    ANLAN_REQUIRE(counts("aggregate_left", left));
    const Money most = aggregate_left(house, *find_policy(house, decision.policy), file->claim,
                                      incident_day(house, decision.incident));
    return require(left <= most, "aggregate_left", to_decimal(left));
  }
  Result<Done> operator()(const ClaimReturned& e) const {
    ANLAN_REQUIRE(claim(e.claim, {ClaimState::kAdjudicated}));
    return Done{};
  }
  Result<Done> operator()(const ClaimReopened& e) const {
    ANLAN_REQUIRE(claim(e.claim, {ClaimState::kApproved, ClaimState::kPaid, ClaimState::kDenied}));
    return Done{};
  }
  Result<Done> operator()(const ClaimApproved& e) const {
    ANLAN_REQUIRE(claim(e.claim, {ClaimState::kAdjudicated}));
    return Done{};
  }
  Result<Done> operator()(const ClaimPaid& e) const {
    ANLAN_TRY(const ClaimFile* file, claim(e.claim, {ClaimState::kApproved}));
    const Posting* reserve = house.ledger.open_reserve(file->reserve);
    return require(
        e.amount == file->decision.payable - file->paid && reserve && e.amount <= reserve->amount,
        "amount", to_decimal(e.amount));
  }
  Result<Done> owed_back(const ClaimFile& file, Money amount) const {
    ANLAN_REQUIRE(counts("amount", amount));
    return require(amount <= file.reversed - file.written_off, "amount", to_decimal(amount));
  }
  Result<const ClaimFile*> not_in_doubt(ClaimId id) const {
    return claim(id, {ClaimState::kApproved, ClaimState::kPaid, ClaimState::kDenied,
                      ClaimState::kReturned, ClaimState::kReopened});
  }
  Result<Done> operator()(const ClaimRecovered& e) const {
    ANLAN_TRY(const ClaimFile* file, not_in_doubt(e.claim));
    return owed_back(*file, e.amount);
  }
  Result<Done> operator()(const ClaimWrittenOff& e) const {
    ANLAN_TRY(const ClaimFile* file, not_in_doubt(e.claim));
    return owed_back(*file, e.amount);
  }
  // What an end gives back was paid, and what it waives is owed.
  Result<Done> refund(const PolicyFile& file, Date on, const Refund& refund) const {
    if (const NonDisclosureFile* rescinded = rescinded_case(house, file)) {
      const bool as_law = on == rescission_day(file, rescinded->rescinded->reached_on) &&
                          refund == rescission_refund(house, *rescinded, on);
      return require(as_law, "refund", to_decimal(refund.unearned));
    }
    ANLAN_REQUIRE(require(on > date_of(context.at, file.policy.offset), "on", to_text(on)));
    ANLAN_REQUIRE(counts("unearned", refund.unearned));
    const PremiumParts written = written_of(file);
    ANLAN_REQUIRE(require(refund.unearned <= written.customer + written.government, "unearned",
                          to_decimal(refund.unearned)));
    ANLAN_REQUIRE(counts("to_customer", refund.to_customer));
    ANLAN_REQUIRE(counts("to_government", refund.to_government));
    ANLAN_REQUIRE(counts("customer_waived", refund.customer_waived));
    ANLAN_REQUIRE(counts("government_waived", refund.government_waived));
    ANLAN_REQUIRE(require(refund.customer_waived <= file.customer_due, "customer_waived",
                          to_decimal(refund.customer_waived)));
    ANLAN_REQUIRE(require(refund.government_waived <= file.government_due, "government_waived",
                          to_decimal(refund.government_waived)));
    const Money parts = refund.to_customer + refund.customer_waived + refund.to_government +
                        refund.government_waived;
    ANLAN_REQUIRE(require(parts == refund.unearned, "unearned", to_decimal(refund.unearned)));
    const bool of_written = refund.to_customer + refund.customer_waived <= written.customer &&
                            refund.to_government + refund.government_waived <= written.government;
    return require(of_written, "to_customer", to_decimal(refund.to_customer));
  }
  Result<Done> operator()(const PolicyCancelled& e) const {
    ANLAN_TRY(const PolicyFile* file, running_policy(e.policy));
    return refund(*file, e.on, e.refund);
  }
  Result<Done> operator()(const PolicyLapsed& e) const {
    ANLAN_TRY(const PolicyFile* file, running_policy(e.policy));
    return refund(*file, e.on, e.refund);
  }
  Result<Done> operator()(const CapitalPaidIn& e) const { return counts("amount", e.amount); }
  Result<Done> operator()(const PremiumEarned& e) const {
    for (const EarnedPremium& line : e.lines) {
      ANLAN_TRY(const PolicyFile* file, policy(line.policy));
      ANLAN_REQUIRE(counts("amount", line.amount));
      ANLAN_REQUIRE(require(refund_of(*file) == nullptr, "policy", to_text(line.policy)));
      const bool in_order = &line == &e.lines.front() || (&line - 1)->policy < line.policy;
      ANLAN_REQUIRE(require(in_order && e.through >= file->life.earned_until, "policy",
                            to_text(line.policy)));
      const PremiumParts earned = earned_by_day(*file, e.through);
      const Money more = earned.customer + earned.government - earned_premium(house, *file);
      ANLAN_REQUIRE(require(line.amount == more, "amount", to_decimal(line.amount)));
    }
    return Done{};
  }
  Result<Done> operator()(const PremiumWrittenOff& e) const {
    ANLAN_TRY(const PolicyFile* file, policy(e.policy));
    ANLAN_REQUIRE(counts("amount", e.amount));
    const Money due = e.payer == Payer::kCustomer ? file->customer_due : file->government_due;
    return require(e.amount <= due, "amount", to_decimal(e.amount));
  }
  Result<Done> operator()(const RefundPaid& e) const {
    ANLAN_TRY(const PolicyFile* file, policy(e.policy));
    return require(owed_to(*file, Payer::kCustomer) == e.to_customer &&
                       owed_to(*file, Payer::kGovernment) == e.to_government,
                   "policy", to_text(e.policy));
  }
  Result<Done> follows_rules(const Result<Done>& checked) const {
    if (checked.ok()) return Done{};
    return contradiction(checked.refusal().path, checked.refusal().value);
  }
  Result<Done> now_written(const PolicyFile& after, const PremiumParts& written) const {
    return require(written_of(after) == written, "written", to_decimal(written.customer));
  }
  Result<Done> operator()(const PolicyEndorsed& e) const {
    ANLAN_TRY(const PolicyFile* file, running_policy(e.policy));
    ANLAN_REQUIRE(require(e.endorsement.number == file->life.changes->endorsements.size() + 1,
                          "number", std::to_string(e.endorsement.number)));
    ANLAN_REQUIRE(follows_rules(check_endorsement_shape(e.endorsement)));
    ANLAN_REQUIRE(follows_rules(check_endorsement_place(*file, e.endorsement)));
    const Result<PolicyFile> after = endorsed_file(house, *file, context, e.endorsement);
    if (!after.ok()) return contradiction(after.refusal().path, after.refusal().value);
    return now_written(*after, e.written);
  }
  Result<Done> operator()(const EndorsementVoided& e) const {
    ANLAN_TRY(const PolicyFile* file, running_policy(e.policy));
    ANLAN_REQUIRE(follows_rules(check_voidable(*file, e.number)));
    PolicyFile after = *file;
    take_void(after, context, e);
    ANLAN_REQUIRE(follows_rules(check_filed_range(house, after)));
    return now_written(after, e.written);
  }
  Result<Done> operator()(const CertificatesAdded& e) const {
    ANLAN_TRY(const PolicyFile* file, running_policy(e.policy));
    std::vector<Certificate> asked = e.certificates;
    for (Certificate& each : asked) each.number = 0;
    const auto numbered = numbered_certificates(
        house, {.file = *file, .at = context.at, .terms = e.terms}, std::move(asked));
    if (!numbered.ok()) return contradiction(numbered.refusal().path, numbered.refusal().value);
    ANLAN_REQUIRE(require(*numbered == e.certificates, "number", to_text(e.policy)));
    const Result<PolicyFile> after = file_with_certificates(house, *file, context, *numbered);
    if (!after.ok()) return contradiction(after.refusal().path, after.refusal().value);
    return now_written(*after, e.written);
  }
  Result<Done> operator()(const CertificateEnded& e) const {
    ANLAN_TRY(const PolicyFile* file, running_policy(e.policy));
    ANLAN_REQUIRE(follows_rules(check_certificate_end(*file, context.at, e.number, e.on)));
    PolicyFile after = *file;
    take_certificate_end(after, context, e);
    return now_written(after, e.written);
  }
  Result<Done> operator()(const PolicyReinstated& e) const {
    ANLAN_TRY(const PolicyFile* file, policy(e.policy));
    const bool within = file->lapsed && file->lapsed->on <= e.on && e.on < end_day(file->policy) &&
                        !rescinded_case(house, *file);
    ANLAN_REQUIRE(require(within, "on", to_text(e.on)));
    PolicyFile after = *file;
    take_reinstatement(after, context, e.on);
    return now_written(after, e.written);
  }
  Result<Done> operator()(const RenewalChosen& e) const {
    ANLAN_REQUIRE(running_policy(e.policy));
    return Done{};
  }
  Result<Done> operator()(const DocumentIssued& e) const {
    const bool free = e.kind == DocumentKind::kQuote || e.kind == DocumentKind::kModelCard;
    ANLAN_REQUIRE(require(free != e.policy.exists(), "policy", to_text(e.policy)));
    if (!free) ANLAN_REQUIRE(policy(e.policy));
    return require(e.head_seq < context.seq, "head_seq", std::to_string(e.head_seq));
  }
  Result<const QuoteFile*> unbound(QuoteId id) const {
    ANLAN_TRY(const QuoteFile* file, quote(id));
    ANLAN_REQUIRE(
        require(!file->policy.exists() && !file->decided->withdrawn, "quote", to_text(id)));
    return file;
  }
  Result<const RulesOnFile*> rules(std::uint32_t version) const {
    const auto& versions = house.rules.versions;
    if (version >= 1 && version <= versions.size()) return &versions[version - 1];
    return contradiction("version", std::to_string(version));
  }
  Result<Done> operator()(const RulesProposed& e) const {
    return require(e.version == house.rules.versions.size() + 1 && !e.authority.empty(), "version",
                   std::to_string(e.version));
  }
  Result<Done> operator()(const RulesPublished& e) const {
    ANLAN_TRY(const RulesOnFile* file, rules(e.version));
    return require(!file->published && file->proposed_by != context.actor, "version",
                   std::to_string(e.version));
  }
  Result<Done> operator()(const RulesRolledBack& e) const {
    return decision_follows(house, context, e);
  }
  Result<Done> operator()(const QuoteOverridden& e) const {
    ANLAN_REQUIRE(unbound(e.quote));
    ANLAN_REQUIRE(counts("premium", e.premium));
    ANLAN_REQUIRE(counts("subsidy", e.subsidy));
    return decision_follows(house, context, e);
  }
  Result<Done> operator()(const ReferralDecided& e) const {
    ANLAN_REQUIRE(unbound(e.quote));
    return decision_follows(house, context, e);
  }
  Result<Done> operator()(const SubjectivitySet& e) const {
    ANLAN_REQUIRE(own_number(e.subjectivity.id));
    ANLAN_REQUIRE(quote(e.subjectivity.quote));
    return Done{};
  }
  Result<Done> unclosed(SubjectivityId id) const {
    const auto found = house.subjectivities.find(id);
    const bool open = found != house.subjectivities.end() &&
                      found->second.state != SubjectivityState::kCleared &&
                      found->second.state != SubjectivityState::kWaived;
    return require(open, "subjectivity", to_text(id));
  }
  Result<Done> operator()(const SubjectivityCleared& e) const {
    ANLAN_REQUIRE(unclosed(e.subjectivity));
    return decision_follows(house, context, e);
  }
  Result<Done> operator()(const SubjectivityWaived& e) const {
    ANLAN_REQUIRE(unclosed(e.subjectivity));
    return decision_follows(house, context, e);
  }
  Result<Done> operator()(const SubjectivityFailed& e) const { return unclosed(e.subjectivity); }
  Result<Done> operator()(const QuoteWithdrawn& e) const {
    ANLAN_REQUIRE(unbound(e.quote));
    return Done{};
  }
  Result<const NonDisclosureFile*> nondisclosure(NonDisclosureId id) const {
    const NonDisclosureFile* file = find_nondisclosure(house, id);
    if (file) return file;
    return contradiction("nondisclosure", to_text(id));
  }
  Result<Done> operator()(const NonDisclosureLearned& e) const {
    const NonDisclosure& learned = e.nondisclosure;
    ANLAN_REQUIRE(own_number(learned.id));
    ANLAN_REQUIRE(policy(learned.policy));
    ANLAN_REQUIRE(require(learned.answered != learned.truth, "truth", learned.truth));
    ANLAN_REQUIRE(
        require(house.actors.contains(learned.learned_by), "learned_by", learned.learned_by.text));
    return require(learned.learned_on <= date_of(context.at, house.offset()), "learned_on",
                   to_text(learned.learned_on));
  }
  Result<Done> operator()(const NonDisclosureFound& e) const {
    ANLAN_TRY(const NonDisclosureFile* file, nondisclosure(e.nondisclosure));
    const bool of_person = e.state_of_mind || e.material;
    ANLAN_REQUIRE(
        require(!of_person || !file->rescinded, "nondisclosure", to_text(e.nondisclosure)));
    ANLAN_REQUIRE(require(
        e.incident.exists() == e.bore_on_incident.has_value() && (of_person || e.bore_on_incident),
        "incident", to_text(e.incident)));
    if (!e.incident.exists()) return Done{};
    ANLAN_TRY(const IncidentFile* found, incident(e.incident));
    return require(found->incident.policy == file->nondisclosure.policy, "incident",
                   to_text(e.incident));
  }
  Result<Done> operator()(const PremiumFrozen& e) const {
    ANLAN_TRY(const PolicyFile* file, policy(e.policy));
    return require(file->premium_frozen != e.frozen && !file->nondisclosures.empty(), "policy",
                   to_text(e.policy));
  }
  Result<Done> operator()(const RescissionNoticed& e) const {
    ANLAN_TRY(const NonDisclosureFile* file, nondisclosure(e.nondisclosure));
    ANLAN_REQUIRE(
        require(file->nondisclosure.policy == e.policy && file->state_of_mind && file->material,
                "policy", to_text(e.policy)));
    for (const NonDisclosureId id : find_policy(house, e.policy)->nondisclosures)
      ANLAN_REQUIRE(require(!find_nondisclosure(house, id)->rescinded, "nondisclosure",
                            to_text(e.nondisclosure)));
    return require(file->nondisclosure.learned_on <= e.reached_on &&
                       e.reached_on <= date_of(context.at, house.offset()),
                   "reached_on", to_text(e.reached_on));
  }
  Result<Done> operator()(const TextShown& e) const {
    ANLAN_REQUIRE(quote(e.shown.quote));
    return require(e.shown.at <= context.at && house.actors.contains(e.shown.shown_by), "shown_by",
                   e.shown.shown_by.text);
  }
  Result<Done> operator()(const PersonalDataErased& e) const {
    return require(!house.erased.contains(e.subject), "subject", to_text(e.subject));
  }
  Result<const SubmissionFile*> open_submission(SubmissionId id) const {
    const SubmissionFile* file = find_submission(house, id);
    ANLAN_REQUIRE(require(file && !file->withdrawn, "submission", to_text(id)));
    return file;
  }
  Result<Done> operator()(const SubmissionRecorded& e) const {
    ANLAN_REQUIRE(own_number(e.submission.id));
    ANLAN_REQUIRE(enterprise(e.submission.enterprise));
    return require(!e.submission.products.empty(), "products", "");
  }
  Result<Done> operator()(const SubmissionSent& e) const {
    ANLAN_TRY(const SubmissionFile* file, open_submission(e.submission));
    const Submission& sent = file->submission;
    ANLAN_REQUIRE(require(!file->sent && e.results.size() == sent.products.size(), "results",
                          std::to_string(e.results.size())));
    for (std::size_t i = 0; i < e.results.size(); ++i) {
      const SubmissionResult& result = e.results[i];
      ANLAN_REQUIRE(require(
          result.product == sent.products[i] && result.quote.exists() == result.refusal.empty(),
          "product", result.product.text));
      if (!result.quote.exists()) continue;
      ANLAN_TRY(const QuoteFile* offer, quote(result.quote));
      ANLAN_REQUIRE(require(
          offer->quote.enterprise == sent.enterprise && offer->quote.product == result.product,
          "quote", to_text(result.quote)));
    }
    return Done{};
  }
  Result<Done> operator()(const SubmissionWithdrawn& e) const {
    ANLAN_REQUIRE(open_submission(e.submission));
    return Done{};
  }
  Result<Done> operator()(const FactsProposed& e) const {
    ANLAN_REQUIRE(own_number(e.proposal.id));
    ANLAN_REQUIRE(enterprise(e.proposal.enterprise));
    return require(!e.proposal.items.empty(), "items", "");
  }
  Result<Done> operator()(const ProposalDecided& e) const {
    const ProposalFile* file = find_proposal(house, e.proposal);
    ANLAN_REQUIRE(require(file && !e.items.empty(), "proposal", to_text(e.proposal)));
    std::set<std::uint32_t> once;
    for (const std::uint32_t item : e.items) {
      const bool open = item >= 1 && item <= file->states.size() &&
                        file->states[item - 1] == ProposedState::kOpen && once.insert(item).second;
      ANLAN_REQUIRE(require(open, "items", std::to_string(item)));
    }
    return Done{};
  }
  // ---- the money around a premium
  Result<Done> operator()(const InstalmentPlanAgreed& e) const {
    ANLAN_TRY(const PolicyFile* file, policy(e.policy));
    ANLAN_REQUIRE(require(!e.instalments.empty() && file->money.invoices.empty(), "policy",
                          to_text(e.policy)));
    Money sum = Money::zero(house.currency());
    for (std::size_t n = 0; n < e.instalments.size(); ++n) {
      const Instalment& instalment = e.instalments[n];
      ANLAN_REQUIRE(counts("amount", instalment.amount));
      ANLAN_REQUIRE(require(n == 0 || e.instalments[n - 1].due < instalment.due, "due",
                            to_text(instalment.due)));
      sum += instalment.amount;
      ANLAN_REQUIRE(require(sum <= file->customer_due, "amount", to_decimal(instalment.amount)));
    }
    return require(sum == file->customer_due, "instalments", to_decimal(sum));
  }
  Result<Done> operator()(const InvoiceIssued& e) const {
    ANLAN_TRY(const PolicyFile* file, policy(e.policy));
    const auto& known = file->money.invoices;
    const bool credit = e.invoice.amount.is_negative();
    ANLAN_REQUIRE(counts("amount", credit ? -e.invoice.amount : e.invoice.amount));
    ANLAN_REQUIRE(counts("vat", credit ? -e.invoice.vat : e.invoice.vat));
    const bool within =
        credit ? e.invoice.vat >= e.invoice.amount : e.invoice.vat <= e.invoice.amount;
    ANLAN_REQUIRE(require(within, "vat", to_decimal(e.invoice.vat)));
    Money invoiced = e.invoice.amount;
    for (const Invoice& invoice : known) invoiced += invoice.amount;
    ANLAN_REQUIRE(
        require(!credit || invoiced == file->customer_due, "amount", to_decimal(e.invoice.amount)));
    ANLAN_REQUIRE(
        require(e.invoice.number == file->policy.number + "-" + std::to_string(known.size() + 1),
                "number", e.invoice.number));
    return require(invoiced <= file->customer_due, "amount", to_decimal(e.invoice.amount));
  }
  Result<Done> operator()(const DunningSent& e) const {
    for (const DunningLine& line : e.lines) {
      ANLAN_TRY(const PolicyFile* file, policy(line.policy));
      const auto& invoices = file->money.invoices;
      const bool known = std::any_of(invoices.begin(), invoices.end(), [&](const Invoice& invoice) {
        return invoice.number == line.invoice;
      });
      ANLAN_REQUIRE(require(known && line.due < e.as_of, "invoice", line.invoice));
      ANLAN_REQUIRE(counts("open", line.open));
    }
    return Done{};
  }
  Result<Done> operator()(const MonthClosed& e) const {
    const auto open = open_month(house);
    const bool next = e.month == first_of_month(e.month) && (!open || e.month == *open);
    ANLAN_REQUIRE(require(next, "month", to_text(e.month)));
    ANLAN_REQUIRE(require(next_month(e.month) <= date_of(context.at, house.offset()), "month",
                          to_text(e.month)));
    ANLAN_REQUIRE(require(e.trial_balance == trial_balance(house.ledger), "trial_balance",
                          to_hex(e.trial_balance)));
    return require(e.lines == month_lines(house, e.month), "lines", to_text(e.month));
  }
  Result<Done> operator()(const ChargesSet&) const { return Done{}; }
  Result<Done> operator()(const FacultativeCeded& e) const { return not_bound(e.quote); }
  Result<Done> operator()(const AccumulationLimitSet& e) const { return counts("limit", e.limit); }
  Result<Done> operator()(const RiskUnitRuleSet& e) const {
    return counts("reserve_fund", e.reserve_fund);
  }
  Result<const InstrumentFile*> instrument(InstrumentId id) const {
    const InstrumentFile* file = find_instrument(house, id);
    if (file) return file;
    return contradiction("application", to_text(id));
  }
  Result<Done> operator()(const InstrumentApplied& e) const {
    ANLAN_REQUIRE(own_number(e.id));
    ANLAN_REQUIRE(policy(e.policy));
    ANLAN_REQUIRE(counts("maximum", e.terms.maximum));
    ANLAN_REQUIRE(counts("amount", e.amount));
    return require(e.amount <= e.terms.maximum, "amount", to_decimal(e.amount));
  }
  Result<Done> operator()(const InstrumentDecided& e) const {
    ANLAN_TRY(const InstrumentFile* file, instrument(e.application));
    ANLAN_REQUIRE(require(!file->decision, "application", to_text(e.application)));
    ANLAN_REQUIRE(counts("amount", e.amount));
    return require(e.amount <= file->application.amount && (e.granted || e.amount.is_zero()),
                   "amount", to_decimal(e.amount));
  }
  Result<Done> operator()(const InstrumentPaid& e) const {
    ANLAN_TRY(const InstrumentFile* file, instrument(e.application));
    ANLAN_REQUIRE(counts("amount", e.amount));
    return require(
        file->decision && file->paid - file->clawed_back + e.amount <= file->decision->amount,
        "amount", to_decimal(e.amount));
  }
  Result<Done> operator()(const InstrumentClawedBack& e) const {
    ANLAN_TRY(const InstrumentFile* file, instrument(e.application));
    ANLAN_REQUIRE(counts("amount", e.amount));
    return require(e.amount <= file->paid - file->clawed_back, "amount", to_decimal(e.amount));
  }
  // The posting that the event before it moves: the first field that says otherwise.
  static Result<Done> is_owed(const Posting& posting, const Posting& owed) {
    ANLAN_REQUIRE(
        require(posting.business == owed.business, "business", std::to_string(posting.business)));
    ANLAN_REQUIRE(
        require(posting.kind == owed.kind, "posting.kind", std::string(name_of(posting.kind))));
    ANLAN_REQUIRE(
        require(posting.amount == owed.amount, "posting.amount", to_decimal(posting.amount)));
    ANLAN_REQUIRE(
        require(posting.debit == owed.debit, "posting.debit", ledger::to_text(posting.debit)));
    ANLAN_REQUIRE(
        require(posting.credit == owed.credit, "posting.credit", ledger::to_text(posting.credit)));
    return require(posting == owed, "posting.reserve", to_text(posting.reserve));
  }
  Result<Done> operator()(const MoneyPosted& e) const {
    const Posting& posting = e.posting;
    ANLAN_REQUIRE(own_number(posting.id));
    ANLAN_REQUIRE(require(!house.owed.empty(), "business", std::to_string(posting.business)));
    ANLAN_REQUIRE(is_owed(posting, house.owed.front()));
    const Result<Done> taken = house.ledger.check(posting);
    if (taken.ok()) return Done{};
    return contradiction(taken.refusal().path, taken.refusal().value);
  }
};

}  // namespace

Result<Done> check_follows(const House& house, const EventContext& context, const Event& event) {
  Result<Done> follows = Done{};
  const auto* opening = std::get_if<HouseOpened>(&event);
  Amounts amounts(opening ? opening->currency : house.currency());
  std::visit([&](const auto& e) { amounts.look("", e); }, event);
  if (!opening && !house.opening) {
    follows = contradiction("house", "");
  } else if (!opening && !house.actors.contains(context.actor)) {
    follows = contradiction("actor", context.actor.text);
  } else if (amounts.wrong()) {
    const Money amount = amounts.wrong()->second;
    follows =
        contradiction(amounts.wrong()->first,
                      to_decimal(amount) + " " + std::string(currency_code(amount.currency())));
  } else if (!house.owed.empty() && !std::holds_alternative<MoneyPosted>(event)) {
    follows = contradiction("posting", to_decimal(house.owed.front().amount));
  } else {
    follows = std::visit(Follows{house, context}, event);
  }
  if (follows.ok()) return Done{};
  Refusal refusal = follows.refusal();
  refusal.args.push_back({.name = "event", .value = std::string(event_name(event))});
  return refusal;
}

Result<Done> check_booked(const House& house, const Event& last) {
  if (house.owed.empty()) return Done{};
  Refusal refusal = contradiction("posting", to_decimal(house.owed.front().amount));
  refusal.args.push_back({.name = "event", .value = std::string(event_name(last))});
  return refusal;
}

}  // namespace anlan::house
