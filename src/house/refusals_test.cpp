// Every refusal of house/refusals.h in the order of its numbers, each through decide. 7001 and 7002
// stand in event_codec_test, 7003 to 7006 in record_test, 7062 to 7072 in transactions_test; keys
// (7007, 7008) are the writer's and stand in its tests.
#include "house/refusals.h"

#include <functional>
#include <set>

#include <doctest/doctest.h>

#include "base/alike_test.h"
#include "base/refusals.h"
#include "claims/refusals.h"
#include "house/desk_test.h"
#include "ledger/refusals.h"

namespace anlan::house {
namespace {

using namespace desk;

struct Row {
  RefusalCode code;
  const char* when;
  std::function<std::string_view(Desk&)> refused;
};

template <class Change>
std::string_view changed_quote(Desk& desk, Change change) {
  Quote quote = desk.quote(desk.enterprise());
  change(quote);
  return desk.refused("broker", IssueQuote{.quote = quote});
}

template <class Change>
std::string_view changed_order(Desk& desk, Change change) {
  Order order = Desk::order(desk.enterprise());
  change(order);
  return desk.refused("broker", PlaceOrder{.order = order});
}

template <class Change>
std::string_view changed_registration(Desk& desk, Change change) {
  Enterprise enterprise = Desk::registration();
  change(enterprise);
  return desk.refused("broker", RegisterEnterprise{.enterprise = enterprise});
}

template <class Change>
std::string_view changed_observation(Desk& desk, Change change) {
  const OrderId order{desk.must("broker", PlaceOrder{.order = Desk::order(desk.enterprise())})};
  Observation observation = desk.observation(order);
  change(observation);
  return desk.refused("vendor", RecordObservation{.observation = observation});
}

// Binds after the quote was changed, as it was explained.
template <class Change>
std::string_view changed_bind(Desk& desk, Change change, std::string_view who = "uw") {
  Quote quote = desk.quote(desk.enterprise());
  change(quote);
  const QuoteId id{desk.must("uw", IssueQuote{.quote = quote})};
  if (!quote.to_explain.get().empty()) desk.must("broker", desk.explanation(id));
  return desk.refused(who, BindPolicy{.quote = id});
}

template <class Change>
std::string_view changed_refund(Desk& desk, Change change) {
  const PolicyId policy = desk.policy_in_force();
  CancelPolicy cancel = desk.cancellation(policy, day("2026-03-01"));
  change(cancel.refund);
  return desk.refused("uw", cancel);
}

template <class Change>
std::string_view changed_claim(Desk& desk, Change change) {
  const IncidentId incident = desk.report(desk.policy_in_force());
  desk.state_e02(incident);
  AdjudicateClaim command = desk.adjudication(incident);
  change(command);
  return desk.refused("handler", command);
}

ReceivePremium premium(PolicyId policy, Money amount, Payer payer = Payer::kCustomer) {
  return {.policy = policy, .payer = payer, .amount = amount};
}

AppointActor appointment(std::string_view name, Money authority) {
  return {.actor = {.name = {std::string(name)},
                    .organisation = {"insurer"},
                    .roles = {Role::kFinance},
                    .authority = authority}};
}

const Money kDollar = Money::from_minor(100, Currency::kUsd);

// 7009 to 7018.
const std::vector<Row>& rows_of_access() {
  static const std::vector<Row> kRows{
      {refusals::kHouseNotOpen, "nothing is done before the house is opened",
       [](Desk&) { return Desk().refused("op", appointment("x", yuan(0))); }},
      {refusals::kHouseAlreadyOpen, "a house is opened once",
       [](Desk& d) { return d.refused("op", opening()); }},
      {refusals::kUnknownActor, "nobody acts who was not appointed",
       [](Desk& d) {
         return d.refused("nobody", GrantSubsidyBudget{kScheme, yuan(1)});
       }},
      {refusals::kUnknownActor, "a house is opened by its own operator",
       [](Desk&) { return Desk().refused("somebody", opening()); }},
      {refusals::kRoleMissing, "the auditor reads only",
       [](Desk& d) {
         return d.refused("auditor", GrantSubsidyBudget{kScheme, yuan(1)});
       }},
      {refusals::kRoleMissing, "an operator without the role could appoint nobody",
       [](Desk&) {
         OpenHouse command = opening();
         command.opening.operator_actor.roles = {Role::kUnderwriter};
         return Desk().refused("op", command);
       }},
      {refusals::kRoleMissing, "a vendor proves its own deployments only",
       [](Desk& d) {
         const OrderId order{d.must("broker", PlaceOrder{.order = Desk::order(d.enterprise())})};
         return d.refused("vendor.other", RecordObservation{.observation = d.observation(order)});
       }},
      {refusals::kIdGiven, "the house gives the id of an enterprise",
       [](Desk& d) { return changed_registration(d, [](Enterprise& e) { e.id = {9}; }); }},
      {refusals::kIdGiven, "of an order",
       [](Desk& d) { return changed_order(d, [](Order& o) { o.id = {9}; }); }},
      {refusals::kIdGiven, "of a quote",
       [](Desk& d) { return changed_quote(d, [](Quote& q) { q.id = {9}; }); }},
      {refusals::kIdGiven, "of an observation",
       [](Desk& d) { return changed_observation(d, [](Observation& o) { o.id = {9}; }); }},
      {refusals::kIdGiven, "of an assessment",
       [](Desk& d) { return d.refused("broker", RecordAssessment{.assessment = {.id = {9}}}); }},
      {refusals::kIdGiven, "of an incident",
       [](Desk& d) { return d.refused("holder", ReportIncident{.incident = {.id = {9}}}); }},
      {refusals::kIdGiven, "of a claim",
       [](Desk& d) { return changed_claim(d, [](AdjudicateClaim& c) { c.decision.id = {9}; }); }},
      {refusals::kCreditCodeKnown, "a company is registered once",
       [](Desk& d) {
         d.enterprise();
         return changed_registration(d, [](Enterprise&) {});
       }},
      {refusals::kConsentMissing, "a company is assessed with its consent",
       [](Desk& d) {
         return changed_registration(d, [](Enterprise& e) { e.assess_consent = false; });
       }},
      {refusals::kConsentMissing, "protection is watched with the customer's consent",
       [](Desk& d) {
         Enterprise enterprise = Desk::registration();
         enterprise.monitor_consent = false;
         const EnterpriseId id{d.must("broker", RegisterEnterprise{.enterprise = enterprise})};
         return d.refused("broker", PlaceOrder{.order = Desk::order(id)});
       }},
      {refusals::kNotLicensed, "a marketplace quotes nothing that binds",
       [](Desk&) {
         Desk d;
         d.open(HouseKind::kMarketplace);
         return changed_quote(d, [](Quote&) {});
       }},
      {refusals::kInputsChanged, "a price of other facts is not issued",
       [](Desk& d) { return changed_quote(d, [](Quote& q) { q.inputs = Digest{}; }); }},
      {refusals::kInputsChanged, "a quote is not bound once an assessment came in",
       [](Desk& d) {
         const EnterpriseId enterprise = d.enterprise();
         const QuoteId quote = d.issue(enterprise);
         d.must("broker", d.explanation(quote));
         d.must("broker",
                RecordAssessment{.assessment = {.enterprise = enterprise,
                                                .answers = std::vector<Answer>{
                                                    {.control = {"BKP-01"}, .value = "yes"}}}});
         return d.refused("uw", BindPolicy{.quote = quote});
       }},
      {refusals::kInputsChanged, "a claim is not decided on a loss that was stated anew",
       [](Desk& d) {
         const IncidentId incident = d.report(d.policy_in_force());
         d.state_e02(incident);
         const AdjudicateClaim stale = d.adjudication(incident);
         LossStatement loss = claims::ningbo::e02_loss();
         loss.incident = incident;
         loss.items.pop_back();
         d.must("handler", StateLoss{.statement = loss});
         return d.refused("handler", stale);
       }},
      {refusals::kInputsChanged, "nor on a year that an earlier claim has used",
       [](Desk& d) {
         const PolicyId policy = d.policy_in_force();
         const IncidentId first = d.report(policy);
         d.state_e02(first);
         const AdjudicateClaim stale = d.adjudication(first);
         d.claim(policy);
         return d.refused("handler", stale);
       }},
      {refusals::kInputsChanged, "a claim belongs to the policy of its incident",
       [](Desk& d) {
         return changed_claim(d, [](AdjudicateClaim& c) { c.decision.policy.number += 1; });
       }},
      {refusals::kInputsChanged, "a claim pays what was settled, not a fen more",
       [](Desk& d) {
         return changed_claim(d, [](AdjudicateClaim& c) { c.decision.payable += fen(1); });
       }},
      {refusals::kInputsChanged, "a claim pays at most what is left of the year",
       [](Desk& d) {
         return changed_claim(d, [](AdjudicateClaim& c) {
           c.decision.payable = c.decision.settlement.paid_total = yuan(400'000) + fen(1);
         });
       }},
      {refusals::kInputsChanged, "a denied claim pays nothing",
       [](Desk& d) {
         return changed_claim(
             d, [](AdjudicateClaim& c) { c.decision.outcome = ClaimOutcome::kDenied; });
       }},
  };
  return kRows;
}

// 7019 to 7026.
const std::vector<Row>& rows_of_state() {
  static const std::vector<Row> kRows{
      {refusals::kAlreadyDone, "a quote is bound once",
       [](Desk& d) {
         const PolicyId policy = d.bind(d.enterprise());
         return d.refused("uw", BindPolicy{find_policy(d.house, policy)->policy.quote});
       }},
      {refusals::kAlreadyDone, "a bound quote is not explained any more",
       [](Desk& d) {
         const PolicyId policy = d.bind(d.enterprise());
         return d.refused("broker", d.explanation(find_policy(d.house, policy)->policy.quote));
       }},
      {refusals::kAlreadyDone, "an order is paid once",
       [](Desk& d) {
         const OrderId order{d.must("broker", PlaceOrder{.order = Desk::order(d.enterprise())})};
         d.must("finance", PayOrder{order});
         return d.refused("finance", PayOrder{order});
       }},
      {refusals::kAlreadyDone, "the same log proves once",
       [](Desk& d) {
         const OrderId order{d.must("broker", PlaceOrder{.order = Desk::order(d.enterprise())})};
         const RecordObservation command{.observation = d.observation(order)};
         d.must("vendor", command);
         return d.refused("vendor", command);
       }},
      {refusals::kAlreadyDone, "a subsidy is decided once",
       [](Desk& d) {
         return d.refused("office", DecideSubsidy{d.policy_in_force(), false, "changed mind"});
       }},
      {refusals::kAlreadyDone, "a decided incident takes no further loss",
       [](Desk& d) {
         const ClaimId claim = d.claim(d.policy_in_force());
         LossStatement loss = claims::ningbo::e02_loss();
         loss.incident = find_claim(d.house, claim)->decision.incident;
         return d.refused("holder", StateLoss{.statement = loss});
       }},
      {refusals::kAlreadyDone, "a condition is recorded once",
       [](Desk& d) {
         const IncidentId incident = d.report(d.policy_in_force());
         d.state_e02(incident);
         return d.refused("handler", RecordCondition{.condition = {.incident = incident,
                                                                   .condition = "police_report",
                                                                   .reference = "file 8",
                                                                   .evidence = {}}});
       }},
      {refusals::kAlreadyDone, "a company holds one policy of a product at a time",
       [](Desk& d) {
         const PolicyId first = d.policy_in_force();
         const QuoteId id = d.issue(find_policy(d.house, first)->policy.enterprise);
         d.must("broker", d.explanation(id));
         return d.refused("uw", BindPolicy{.quote = id});
       }},
      {refusals::kAlreadyDone, "an incident is reported once",
       [](Desk& d) {
         const IncidentId first = d.report(d.policy_in_force());
         Incident again = find_incident(d.house, first)->incident;
         again.id = {};
         again.summary = "told by somebody else";
         return d.refused("holder", ReportIncident{.incident = again});
       }},
      {refusals::kAlreadyDone, "a person is erased once",
       [](Desk& d) {
         d.enterprise();
         const ErasePersonalData command{.subject = {7}, .reason = "asked for"};
         d.must("op", command);
         return d.refused("op", command);
       }},
      {refusals::kWrongState, "a claim is paid after its approval",
       [](Desk& d) { return d.refused("finance", PayClaim{d.claim(d.policy_in_force())}); }},
      {refusals::kWrongState, "a claim is approved once",
       [](Desk& d) {
         const ClaimId claim = d.claim(d.policy_in_force());
         d.must("manager", ApproveClaim{claim});
         return d.refused("manager", ApproveClaim{claim});
       }},
      {refusals::kWrongState, "a claim is paid once",
       [](Desk& d) {
         const ClaimId claim = d.claim(d.policy_in_force());
         d.must("manager", ApproveClaim{claim});
         d.must("finance", PayClaim{claim});
         return d.refused("finance", PayClaim{claim});
       }},
      {refusals::kAmountNotDue, "a cancelled policy takes no more than what was earned of it",
       [](Desk& d) {
         const PolicyId policy = d.bind(d.enterprise());
         d.must("uw", d.cancellation(policy, day("2026-03-01")));
         d.must("finance", premium(policy, yuan(50)));  // its half of the handling fee
         return d.refused("finance", premium(policy, fen(1)));
       }},
      {refusals::kWrongState, "a policy that runs is lapsed or paid, its premium not written off",
       [](Desk& d) {
         return d.refused("finance", WriteOffPremium{.policy = d.bind(d.enterprise()),
                                                     .payer = Payer::kCustomer,
                                                     .reason = "r"});
       }},
      {refusals::kWrongState, "a policy that has run to its end lapses no more, its debt stands",
       [](Desk& d) {
         const PolicyId policy = d.bind(d.enterprise());
         d.now = at("2027-03-01T00:00:00+08:00");
         const std::string_view lapse = d.refused("uw", d.lapse(policy, day("2026-03-25")));
         d.must("finance", WriteOffPremium{policy, Payer::kCustomer, "insolvent"});
         return lapse;
       }},
      {refusals::kWrongState, "nothing is written off where nothing is owed",
       [](Desk& d) {
         const PolicyId policy = d.policy_in_force();
         d.must("uw", d.cancellation(policy, day("2026-03-01")));
         return d.refused(
             "finance",
             WriteOffPremium{.policy = policy, .payer = Payer::kCustomer, .reason = "r"});
       }},
      {refusals::kWrongState, "a cancellation of what nobody paid has no refund",
       [](Desk& d) {
         const PolicyId policy = d.bind(d.enterprise());
         d.must("uw", d.cancellation(policy, day("2026-03-01")));
         return d.refused("finance", PayRefund{policy});
       }},
      {refusals::kAlreadyDone, "the same days are earned once",
       [](Desk& d) {
         d.policy_in_force();
         d.now = at("2026-04-02T09:00:00+08:00");
         d.must("finance", EarnPremium{day("2026-04-01")});
         return d.refused("finance", EarnPremium{day("2026-04-01")});
       }},
      {refusals::kWrongState, "a policy is cancelled once",
       [](Desk& d) {
         const PolicyId policy = d.policy_in_force();
         const CancelPolicy cancel = d.cancellation(policy, day("2026-03-01"));
         d.must("uw", cancel);
         return d.refused("uw", cancel);
       }},
      {refusals::kWrongState, "a refund needs a cancellation",
       [](Desk& d) { return d.refused("finance", PayRefund{d.policy_in_force()}); }},
      {refusals::kWrongState, "a refund is paid once",
       [](Desk& d) {
         const PolicyId policy = d.policy_in_force();
         d.must("uw", d.cancellation(policy, day("2026-03-01")));
         d.must("finance", PayRefund{policy});
         return d.refused("finance", PayRefund{policy});
       }},
      {refusals::kWrongState, "the government pays what it has granted",
       [](Desk& d) {
         return d.refused("finance", premium(d.bind(d.enterprise()), yuan(1), Payer::kGovernment));
       }},
      {refusals::kNotBindable, "a declined risk is not bound",
       [](Desk& d) {
         return changed_bind(d, [](Quote& q) { q.decision = QuoteDecision::kDeclined; });
       }},
      {refusals::kQuoteExpired, "a quote is bound by its last day",
       [](Desk& d) {
         return changed_bind(d, [](Quote& q) { q.valid_until = day("2026-02-22"); });
       }},
      {refusals::kClauseUnexplained, "every exemption clause is explained before binding",
       [](Desk& d) {
         const QuoteId quote = d.issue(d.enterprise());
         ExplainClauses command = d.explanation(quote);
         command.clauses.pop_back();
         command.texts.pop_back();
         d.must("broker", command);
         return d.refused("uw", BindPolicy{quote});
       }},
      {refusals::kUnknownClause, "only clauses of the quote are explained",
       [](Desk& d) {
         ExplainClauses command = d.explanation(d.issue(d.enterprise()));
         command.clauses[0] = "9.9";
         return d.refused("broker", command);
       }},
      {refusals::kAboveAuthority, "who may decide 100,000 does not bind 400,000",
       [](Desk& d) {
         return changed_bind(
             d, [](Quote&) {}, "uw.junior");
       }},
      {refusals::kFourEyes, "who sold an order does not prove that it runs",
       [](Desk& d) {
         AppointActor broker = appointment("broker", yuan(0));
         broker.actor.roles = {Role::kBroker};
         broker.actor.organisation = Desk::order({}).vendor;
         d.must("op", broker);
         return changed_observation(d, [](Observation&) {});
       }},
      {refusals::kFourEyes, "a referred risk is bound by another than issued it",
       [](Desk& d) {
         return changed_bind(d, [](Quote& q) { q.decision = QuoteDecision::kReferred; });
       }},
      {refusals::kFourEyes, "an operator does not widen its own roles",
       [](Desk& d) { return d.refused("op", appointment("op", yuan(0))); }},
  };
  return kRows;
}

// 7027 to 7035. 7032 is given by no rule of decide.
const std::vector<Row>& rows_of_amounts() {
  static const std::vector<Row> kRows{
      {refusals::kAmountNotDue, "an order costs the sum of its lines",
       [](Desk& d) { return changed_order(d, [](Order& o) { o.price += fen(1); }); }},
      {refusals::kAmountNotDue, "customer's part and subsidy make up the premium",
       [](Desk& d) { return changed_quote(d, [](Quote& q) { q.customer_pays += fen(1); }); }},
      {refusals::kAmountNotDue, "no more premium is taken than is due",
       [](Desk& d) {
         return d.refused("finance", premium(d.bind(d.enterprise()), yuan(1'400) + fen(1)));
       }},
      {refusals::kAmountNotDue, "nor nothing",
       [](Desk& d) { return d.refused("finance", premium(d.bind(d.enterprise()), fen(0))); }},
      {refusals::kAmountNotDue, "nor less than nothing",
       [](Desk& d) { return d.refused("finance", premium(d.bind(d.enterprise()), fen(-1))); }},
      {refusals::kNoSubsidy, "a policy without a scheme has no subsidy",
       [](Desk& d) {
         Quote quote = d.quote(d.enterprise());
         quote.scheme = {};
         quote.subsidy = yuan(0);
         quote.customer_pays = quote.premium;
         const QuoteId id{d.must("broker", IssueQuote{.quote = quote})};
         d.must("broker", d.explanation(id));
         const PolicyId policy{d.must("uw", BindPolicy{id})};
         return d.refused("office", DecideSubsidy{policy, true, ""});
       }},
      {refusals::kBudgetExhausted, "a scheme without a budget grants nothing",
       [](Desk& d) {
         return d.refused("office", DecideSubsidy{d.bind(d.enterprise()), true, ""});
       }},
      {ledger::refusals::kSubsidyBudgetExceeded, "a budget is not overdrawn",
       [](Desk& d) {
         d.budget(yuan(1'399));
         return d.refused("office", DecideSubsidy{d.bind(d.enterprise()), true, ""});
       }},
      {refusals::kOutsidePeriod, "an order ends after it begins",
       [](Desk& d) { return changed_order(d, [](Order& o) { o.until = o.from; }); }},
      {refusals::kOutsidePeriod, "cover ends after it begins",
       [](Desk& d) { return changed_quote(d, [](Quote& q) { q.until = q.from; }); }},
      {refusals::kOutsidePeriod, "cover does not begin in the past",
       [](Desk& d) { return changed_bind(d, [](Quote& q) { q.from = day("2026-02-22"); }); }},
      {refusals::kOutsidePeriod, "an observation ends after it begins",
       [](Desk& d) {
         return changed_observation(d, [](Observation& o) { o.until = plus_minutes(o.from, -1); });
       }},
      {refusals::kCurrencyOfHouse, "authority is in the house's currency",
       [](Desk& d) { return d.refused("op", appointment("x", kDollar)); }},
      {refusals::kCurrencyOfHouse, "so is an order",
       [](Desk& d) { return changed_order(d, [](Order& o) { o.price = kDollar; }); }},
      {refusals::kCurrencyOfHouse, "and each of its lines",
       [](Desk& d) { return changed_order(d, [](Order& o) { o.lines[1].price = kDollar; }); }},
      {refusals::kCurrencyOfHouse, "so is a premium that is quoted",
       [](Desk& d) { return changed_quote(d, [](Quote& q) { q.premium = kDollar; }); }},
      {refusals::kCurrencyOfHouse, "and its subsidy",
       [](Desk& d) { return changed_quote(d, [](Quote& q) { q.subsidy = kDollar; }); }},
      {refusals::kCurrencyOfHouse, "and its limit",
       [](Desk& d) { return changed_quote(d, [](Quote& q) { q.aggregate_limit = kDollar; }); }},
      {refusals::kCurrencyOfHouse, "so is a premium that is received",
       [](Desk& d) { return d.refused("finance", premium(d.bind(d.enterprise()), kDollar)); }},
      {refusals::kCurrencyOfHouse, "so is a budget",
       [](Desk& d) {
         return d.refused("office", GrantSubsidyBudget{kScheme, kDollar});
       }},
      {refusals::kCurrencyOfHouse, "so is a refund",
       [](Desk& d) { return changed_refund(d, [](Refund& r) { r.to_customer = kDollar; }); }},
      {refusals::kCurrencyOfHouse, "so is what a claim pays",
       [](Desk& d) {
         return changed_claim(d, [](AdjudicateClaim& c) { c.decision.payable = kDollar; });
       }},
      {refusals::kRefundChanged, "nobody gets back more than was paid",
       [](Desk& d) {
         return changed_refund(d, [](Refund& r) {
           r.to_customer = yuan(1'400) + fen(1);
           r.unearned = yuan(2'800);
         });
       }},
      {refusals::kRefundChanged, "the payers' parts are of the unearned premium",
       [](Desk& d) { return changed_refund(d, [](Refund& r) { r.unearned = fen(1); }); }},
      {refusals::kRefundChanged, "what was paid and is unearned goes back",
       [](Desk& d) { return changed_refund(d, [](Refund& r) { r.to_customer -= fen(1); }); }},
      {refusals::kSubsidyTwice, "a company is subsidised once under a scheme",
       [](Desk& d) {
         const PolicyId first = d.policy_in_force();
         const EnterpriseId enterprise = find_policy(d.house, first)->policy.enterprise;
         domain::Quote other = d.quote(enterprise);
         other.product = {"ningbo-2023-b"};  // another product, so that both may be held at once
         const QuoteId id{d.must("broker", IssueQuote{.quote = other})};
         d.must("broker", d.explanation(id));
         const PolicyId second{d.must("uw", BindPolicy{.quote = id})};
         return d.refused("office", DecideSubsidy{second, true, ""});
       }},
      {refusals::kFutureTime, "a fact is not observed tomorrow",
       [](Desk& d) {
         return changed_registration(d, [](Enterprise& e) {
           change(e.facts, [](auto& facts) { facts[0].observed_on = day("2026-02-24"); });
         });
       }},
      {refusals::kFutureTime, "an observation does not end later",
       [](Desk& d) {
         return changed_observation(d, [](Observation& o) { o.until = plus_minutes(o.until, 1); });
       }},
      {refusals::kFutureTime, "an incident is not discovered later",
       [](Desk& d) {
         Incident incident = claims::ningbo::incident();
         incident.id = {};
         incident.policy = d.policy_in_force();
         return d.refused("holder", ReportIncident{.incident = incident});
       }},
      {refusals::kAuthorityTooLarge, "authority stays below the largest amount",
       [](Desk& d) { return d.refused("op", appointment("x", fen(kAmountMax + 1))); }},
      {refusals::kDayNotOver, "today is earned tomorrow",
       [](Desk& d) { return d.refused("finance", EarnPremium{date_of(d.now)}); }},
      {refusals::kAuthorityTooLarge, "an operator decides no amount",
       [](Desk&) {
         OpenHouse command = opening();
         command.opening.operator_actor.authority = yuan(1);
         return Desk().refused("op", command);
       }},
  };
  return kRows;
}

void check_rows(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.when);
    Desk desk;
    desk.open();
    CHECK(row.refused(desk) == row.code.name);
  }
}

TEST_CASE("refusals 7009 to 7018: who may ask, and on what") { check_rows(rows_of_access()); }
TEST_CASE("refusals 7019 to 7026: what has happened before") { check_rows(rows_of_state()); }
TEST_CASE("refusals 7027 to 7061: amounts, periods and budgets") { check_rows(rows_of_amounts()); }

TEST_CASE("refusals: every code of the house has a row here or its own test") {
  std::set<std::uint16_t> tested{7001, 7002, 7003, 7004, 7005, 7006, 7007, 7008,
                                 7051,              // access_test
                                 7052,              // consistency_test
                                 7053, 7054, 7055,  // claim_again_test
                                 7056,              // claim_evidence_test
                                 7057,              // claim_again_test
                                 // transactions_test
                                 7062, 7063, 7064, 7065, 7066, 7067, 7068, 7069, 7070, 7071, 7072,
                                 7082, 7083, 7084, 7085, 7086, 7087,        // rules_test
                                 7101, 7102, 7103, 7104,                    // submission_test
                                 7111, 7112,                                // instruments_test
                                 7121, 7122,                                // instalments_test
                                 7123, 7124,                                // month_test
                                 7125, 7126,                                // accumulation_test
                                 7142, 7143, 7144, 7145, 7146, 7147, 7148,  // nondisclosure_test
                                 7152, 7153, 7154, 7155, 7156, 7157, 7158,  // certificates_test
                                 7172, 7173, 7174,                          // decision_limits_test
                                 7162, 7163, 7164, 7165, 7166, 7167,        // incident_facts_test
                                 7180, 7181, 7182, 7183,                    // filings_test
                                 7184, 7185, 7186};                         // standing_test
  tested.insert(refusals::kNotFound.number);  // below, for every command
  for (const auto* rows : {&rows_of_access(), &rows_of_state(), &rows_of_amounts()}) {
    for (const Row& row : *rows) tested.insert(row.code.number);
  }
  for (const RefusalCode& code : refusals::kHouse) {
    CHECK_MESSAGE(tested.contains(code.number), code.name);
  }
}

TEST_CASE("refusal 7013 not_found: whatever a command names must exist") {
  Desk desk;
  desk.open();
  const EnterpriseId enterprise = desk.enterprise();
  const OrderId order{desk.must("broker", PlaceOrder{.order = Desk::order(enterprise)})};
  Observation other = desk.observation(order);
  other.product = {"not-sold"};
  Quote quote = desk.quote(enterprise);
  quote.enterprise = {999};
  Incident incident = claims::ningbo::incident();
  incident.id = {};
  incident.policy = {999};
  Enterprise unknown_fact = Desk::registration(1);
  change(unknown_fact.facts, [](auto& facts) { facts[0].name = {"shoe_size"}; });
  const std::vector<std::pair<std::string_view, Command>> rows{
      {"broker", RegisterEnterprise{.enterprise = unknown_fact}},
      {"broker", RecordFacts{.enterprise = {999}, .facts = Desk::registration().facts.get()}},
      {"broker", RecordAssessment{.assessment = {.enterprise = {999}}}},
      {"broker", PlaceOrder{.order = Desk::order({999})}},
      {"finance", PayOrder{{999}}},
      {"vendor", RecordObservation{.observation = desk.observation({999})}},
      {"vendor", RecordObservation{.observation = other}},
      {"broker", IssueQuote{.quote = quote}},
      {"broker", ExplainClauses{.quote = {999}}},
      {"uw", BindPolicy{{999}}},
      {"office", DecideSubsidy{.policy = {999}}},
      {"finance", ReceivePremium{.policy = {999}, .amount = yuan(1)}},
      {"holder", ReportIncident{.incident = incident}},
      {"holder", StateLoss{.statement = {.incident = {999}}}},
      {"handler", RecordCondition{.condition = {.incident = {999}}}},
      {"handler", RecordIncidentFacts{.incident = {999}}},
      {"handler", AdjudicateClaim{.decision = {.incident = {999}}}},
      {"manager", ApproveClaim{{999}}},
      {"finance", PayClaim{{999}}},
      {"finance", RecoverClaim{{999}, yuan(1)}},
      {"manager", WriteOffClaim{{999}, "r"}},
      {"handler", RelateIncident{{999}, {998}}},
      {"broker", RecordDrill{.drill = {.policy = {999}}}},
      {"uw", OverrideQuote{.quote = {999}}},
      {"uw", DecideReferral{.quote = {999}}},
      {"uw", WithdrawQuote{{999}, "r"}},
      {"uw", SetSubjectivity{.quote = {999}}},
      {"uw", ClearSubjectivity{{999}, ""}},
      {"uw", WaiveSubjectivity{{999}, "r"}},
      {"uw", FailSubjectivity{{999}}},
      {"uw", PublishRules{9}},
      {"uw", RollBackRules{9, "r"}},
      {"broker", RecordSubmission{.submission = {.enterprise = {999}}}},
      {"broker", SendSubmission{.submission = {999}}},
      {"broker", WithdrawSubmission{.submission = {999}}},
      {"broker", ProposeFacts{.proposal = {.enterprise = {999}}}},
      {"broker", DecideProposal{.proposal = {999}}},
      {"uw", LearnNonDisclosure{.nondisclosure = {.policy = {999}}}},
      {"uw", FindNonDisclosure{.found = {.nondisclosure = {999}}}},
      {"uw", FreezePremium{.policy = {999}}},
      {"uw", RescindPolicy{.nondisclosure = {999}}},
      {"broker", ShowText{.shown = {.quote = {999}}}},
      {"uw", CancelPolicy{.policy = {999}}},
      {"finance", PayRefund{{999}}},
      {"uw", LapsePolicy{.policy = {999}}},
      {"finance", WriteOffPremium{.policy = {999}}},
      {"broker", IssueDocument{.document = {.number = "1", .policy = {999}}}},
      {"finance", AgreeInstalments{.policy = {999}}},
      {"finance", IssueInvoices{.policy = {999}}},
      {"uw", CedeFacultative{{.quote = {999}}}},
      {"holder", ApplyInstrument{.policy = {999}}},
      {"office", DecideInstrument{{999}}},
      {"office", PayInstrument{{999}}},
      {"office", ClawBackInstrument{{999}, "r"}},
  };
  for (const auto& [who, command] : rows) {
    CAPTURE(command_name(command));
    CHECK(desk.refused(who, command) == refusals::kNotFound.name);
  }
}

TEST_CASE("refusals: decide passes on those of base where a field is empty or out of its range") {
  Desk desk;
  desk.open();
  const EnterpriseId enterprise = desk.enterprise();
  const PolicyId policy = desk.policy_in_force(1);
  Enterprise nameless = Desk::registration(2);
  nameless.legal_name.clear();
  Order negative = Desk::order(enterprise);
  negative.lines[0].price = -yuan(1);
  Order no_lines = Desk::order(enterprise);
  no_lines.lines.clear();
  Quote large = desk.quote(enterprise);
  large.aggregate_limit = fen(kAmountMax + 1);
  CancelPolicy late = desk.cancellation(policy, day("2026-06-01"));
  CancelPolicy minus = late;
  late.on = day("2027-03-01");
  minus.refund.to_government = fen(-1);
  const IncidentId incident = desk.report(policy);
  LossStatement bad_item = claims::ningbo::e02_loss();
  bad_item.incident = incident;
  bad_item.items[0].betterment = fen(-1);
  Observation more =
      desk.observation({desk.must("broker", PlaceOrder{.order = Desk::order(enterprise)})});
  more.seen = more.of + 1;
  Incident backwards = claims::ningbo::incident();
  backwards.id = {};
  backwards.policy = policy;
  std::swap(backwards.occurred, backwards.discovered);
  AppointActor roleless = appointment("x", yuan(0));
  roleless.actor.roles.clear();
  struct Case {
    std::string_view who;
    Command command;
    RefusalCode code;
  };
  namespace base = anlan::refusals;
  const std::vector<Case> cases{
      {"op", appointment("x", fen(-1)), base::kMoneyNegative},
      {"op", roleless, base::kEmptyList},
      {"op", ErasePersonalData{.subject = {7}}, base::kEmptyText},
      {"broker", RegisterEnterprise{.enterprise = nameless}, base::kEmptyText},
      {"broker", RecordFacts{.enterprise = enterprise}, base::kEmptyList},
      {"broker", RecordAssessment{.assessment = {.enterprise = enterprise}}, base::kEmptyList},
      {"broker", PlaceOrder{.order = negative}, base::kMoneyNegative},
      {"broker", PlaceOrder{.order = no_lines}, base::kEmptyList},
      {"broker", IssueQuote{.quote = large}, base::kMoneyTooLarge},
      {"broker", ExplainClauses{.quote = desk.issue(enterprise)}, base::kEmptyText},
      {"office", GrantSubsidyBudget{{}, yuan(1)}, base::kEmptyText},
      {"office", GrantSubsidyBudget{kScheme, yuan(0)}, base::kOutOfRange},
      {"office", GrantSubsidyBudget{kScheme, fen(-1)}, base::kMoneyNegative},
      {"office", GrantSubsidyBudget{kScheme, fen(kAmountMax + 1)}, base::kMoneyTooLarge},
      {"finance", PayInCapital{yuan(0)}, base::kOutOfRange},
      {"finance", PayInCapital{fen(-1)}, base::kMoneyNegative},
      {"uw", late, base::kOutOfRange},
      {"uw", minus, base::kMoneyNegative},
      {"vendor", RecordObservation{.observation = more}, base::kOutOfRange},
      {"holder", ReportIncident{.incident = backwards}, base::kOutOfRange},
      {"holder", StateLoss{.statement = {.incident = incident}}, base::kEmptyList},
      {"holder", StateLoss{.statement = bad_item}, base::kMoneyNegative},
      {"handler", RecordCondition{.condition = {.incident = incident}}, base::kEmptyText},
      {"broker", IssueDocument{.document = {.number = "1", .policy = policy}},
       base::kDigestMalformed},
      {"broker", IssueDocument{.document = {.policy = policy}}, base::kEmptyText},
      {"broker", IssueDocument{.document = {.number = std::string(65, '1'), .policy = policy}},
       base::kTextTooLong},
      {"broker",
       IssueDocument{.document = {.kind = DocumentKind::kQuote, .number = "1", .policy = policy}},
       base::kUnknownKey},
      {"broker",
       IssueDocument{
           .document = {.kind = DocumentKind::kDecision, .number = "1", .policy = policy}},
       refusals::kRoleMissing},
      {"handler", IssueDocument{.document = {.number = "1", .policy = policy}},
       refusals::kRoleMissing},
  };
  for (const Case& row : cases) {
    CAPTURE(command_name(row.command));
    CHECK(desk.refused(row.who, row.command) == row.code.name);
  }
}

TEST_CASE("four eyes: above the handler's authority a manager with enough of it approves") {
  Desk desk;
  desk.open();
  const ClaimId claim = desk.claim(desk.policy_in_force());  // 150,000.00
  namespace claim_codes = claims::refusals;
  CHECK(desk.refused("handler", ApproveClaim{claim}) == claim_codes::kApproverIsAdjudicator.name);
  CHECK(desk.refused("manager.junior", ApproveClaim{claim}) ==
        claim_codes::kApproverAuthority.name);
  CHECK(desk.refused("finance", ApproveClaim{claim}) == refusals::kRoleMissing.name);
  desk.must("manager", ApproveClaim{claim});
  // Not even when the manager moves to finance afterwards.
  AppointActor moved = appointment("manager", yuan(1'000'000));
  moved.replace = true;
  desk.must("op", moved);
  CHECK(desk.refused("manager", PayClaim{claim}) == claim_codes::kPayerDecided.name);
  desk.must("finance", PayClaim{claim});
}

TEST_CASE("four eyes: a referred risk is bound by a second underwriter") {
  Desk desk;
  desk.open();
  Quote quote = desk.quote(desk.enterprise());
  quote.decision = QuoteDecision::kReferred;
  const QuoteId id{desk.must("uw.junior", IssueQuote{.quote = quote})};
  desk.must("broker", desk.explanation(id));
  desk.must("uw", BindPolicy{id});
}

}  // namespace
}  // namespace anlan::house
