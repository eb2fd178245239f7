// Desk: a house at work in memory, for the tests of house. Commands go the way of the writer
// (decide, seal, append, accept_record); after each the house is checked as a whole.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "claims/adjudicate.h"
#include "claims/ningbo_test.h"
#include "house/decide.h"
#include "house/event_codec.h"
#include "house/inputs.h"
#include "house/life.h"
#include "house/memory_ports.h"
#include "house/offer.h"
#include "house/replay.h"
#include "house/views.h"

namespace anlan::house::desk {

using namespace domain;

inline Money yuan(std::int64_t whole) { return Money::from_minor(whole * 100, Currency::kCny); }
inline Money fen(std::int64_t minor) { return Money::from_minor(minor, Currency::kCny); }
inline Instant at(std::string_view text) { return parse_instant(text, "test").value(); }
inline Date day(std::string_view text) { return parse_date(text, "test").value(); }

inline const SchemeName kScheme{"ningbo-premium-subsidy"};
inline const OrganisationName kVendor{"guard-vendor"};
// Check digits by GB 32100-2015 (data/demo).
inline constexpr std::string_view kCreditCodes[] = {"91330206MA2EXAMP50", "91330203MA2EXAMPB7",
                                                    "91330205MA2EXAMPC7", "91330203MA2DEMB767"};

struct Person {
  std::string_view name;
  Role role;
  std::int64_t authority;  // yuan
  std::string_view organisation;
};
inline constexpr Person kPeople[] = {
    {"broker", Role::kBroker, 0, "broker-house"},
    {"holder", Role::kPolicyholder, 0, "factory"},
    {"uw", Role::kUnderwriter, 1'000'000, "insurer"},
    {"uw.junior", Role::kUnderwriter, 100'000, "insurer"},
    {"vendor", Role::kSecurityVendor, 0, "guard-vendor"},
    {"vendor.other", Role::kSecurityVendor, 0, "other-vendor"},
    {"handler", Role::kClaimsHandler, 50'000, "insurer"},
    {"manager", Role::kClaimsManager, 1'000'000, "insurer"},
    {"manager.junior", Role::kClaimsManager, 60'000, "insurer"},
    {"finance", Role::kFinance, 0, "insurer"},
    {"office", Role::kSubsidyOfficer, 0, "ningbo-finance"},
    {"auditor", Role::kAuditor, 0, "insurer"},
};

inline Actor actor_of(const Person& person) {
  return Actor{.name = {std::string(person.name)},
               .organisation = {std::string(person.organisation)},
               .roles = {person.role},
               .authority = yuan(person.authority)};
}

inline OpenHouse opening(HouseKind kind = HouseKind::kLicensedInsurer) {
  return OpenHouse{.opening = {.name = "desk",
                               .kind = kind,
                               .currency = Currency::kCny,
                               .offset = {},
                               .sandbox = true,
                               .public_key = sha256(bytes_of("key")),
                               .operator_actor = {.name = {"op"},
                                                  .organisation = {"insurer"},
                                                  .roles = {Role::kOperator},
                                                  .authority = yuan(0)}}};
}

// A step that the test takes for granted was refused: the program stops and says which.
[[noreturn]] inline void stop(std::string_view step, const Refusal& refusal) {
  const std::string text = std::string(step) + " was refused: " + std::string(refusal.code.name) +
                           " " + refusal.path + " " + refusal.value;
  check_failed(text.c_str(), __FILE__, __LINE__);
}

class Desk {
 public:
  House house;
  MemoryJournal journal;
  Instant now = at("2026-02-23T09:00:00+08:00");
  Money granted = yuan(0);  // of subsidy budgets, in all

  Result<std::vector<Event>> decide_as(std::string_view who, const Command& command) const {
    return decide(
        house,
        DecideContext{.at = now, .actor = {std::string(who)}, .next_seq = house.head.seq + 1},
        command);
  }

  // The seq of the command's first event, which is the number of the new thing.
  Result<std::uint64_t> give(std::string_view who, const Command& command) {
    ANLAN_TRY(const std::vector<Event> events, decide_as(who, command));
    std::vector<Record> records;
    Head head = house.head;
    for (const Event& event : events) {
      const bool first = records.empty();
      Record record{.seq = 0,
                    .at = now,
                    .kind = event_kind(event),
                    .version = event_version(event),
                    .ordinal = static_cast<std::uint32_t>(records.size()),
                    .count = static_cast<std::uint32_t>(events.size()),
                    .actor = {std::string(who)},
                    .key = first ? "k" + std::to_string(house.head.seq + 1) : "",
                    .input = first ? sha256(command_bytes(command)) : Digest{},
                    .body = event_bytes(event),
                    .chain = {}};
      seal(head, record);
      head = Head{.seq = record.seq, .chain = record.chain};
      records.push_back(std::move(record));
    }
    ANLAN_REQUIRE(journal.append(records));
    for (const Record& record : records) ANLAN_REQUIRE(accept_record(house, record));
    for (const Event& event : events) {
      if (const auto* grant = std::get_if<SubsidyBudgetGranted>(&event)) granted += grant->amount;
    }
    check_whole();
    return records.front().seq;
  }

  // What must hold after every command.
  void check_whole() const {
    for (const Currency currency : house.ledger.currencies()) {
      ANLAN_CHECK(house.ledger.sum_of_balances(currency).is_zero());
    }
    // A budget is used by what the government pays in the end, and by nothing else.
    Money left = granted;
    for (const auto& [id, file] : house.policies) {
      if (file.subsidy && file.subsidy->granted) left -= file.government_due;
      if (const Refund* refund = refund_of(file)) left += refund->to_government;
    }
    for (const auto& [scheme, account] : house.subsidy_accounts) {
      ANLAN_CHECK(balance(AccountKind::kSubsidyBudget, account) == left);  // there is one scheme
    }
    for (const auto& [id, file] : house.policies) {
      check_premium(file);
      Money paid = Money::zero(file.policy.premium.currency());
      for (const ClaimId claim : file.claims) {
        paid += find_claim(house, claim)->decision.settlement.paid_total;
      }
      ANLAN_CHECK(paid <= find_quote(house, file.policy.quote)->quote.aggregate_limit);
    }
  }

  std::uint64_t must(std::string_view who, const Command& command) {
    const auto given = give(who, command);
    if (!given.ok()) {
      stop(command_name(command), given.refusal());
    }
    return given.value();
  }

  // Of each payer what is earned, unearned, returned and waived is what is written; the ledger says
  // the same; after an early end nothing is unearned.
  void check_premium(const PolicyFile& file) const {
    const std::uint64_t owner = file.policy.id.number;
    const Refund* refund = refund_of(file);
    const PremiumParts written = written_of(file);
    Money whole =
        file.customer_due + file.government_due + balance(AccountKind::kPremiumWrittenOff, owner);
    if (refund) whole += refund->customer_waived + refund->government_waived;
    ANLAN_CHECK(whole == written.customer + written.government);
    Money unearned = yuan(0);
    for (const Payer payer : {Payer::kCustomer, Payer::kGovernment}) {
      const PayerBook& book = book_of(file, payer);
      const Money left = book.written - book.earned - book.returned - book.waived;
      ANLAN_CHECK(!left.is_negative());
      ANLAN_CHECK(!refund || left.is_zero());
      ANLAN_CHECK(!book.earned.is_negative());
      unearned += left;
    }
    ANLAN_CHECK(file.life.customer.earned + file.life.government.earned ==
                earned_premium(house, file));
    ANLAN_CHECK(balance(AccountKind::kCustomerPayable, owner) == -owed_to(file, Payer::kCustomer));
    ANLAN_CHECK(balance(AccountKind::kGovernmentPayable, owner) ==
                -owed_to(file, Payer::kGovernment));
    ANLAN_CHECK(balance(AccountKind::kCustomerReceivable, owner) ==
                owed_by(file, Payer::kCustomer));
    ANLAN_CHECK(balance(AccountKind::kGovernmentReceivable, owner) ==
                owed_by(file, Payer::kGovernment));
    ANLAN_CHECK(-balance(AccountKind::kUnearnedPremium, owner) == unearned);
  }

  // The code by which the command is refused; nothing of the house may change by asking.
  std::string_view refused(std::string_view who, const Command& command) const {
    const House before = house;
    const auto events = decide_as(who, command);
    ANLAN_CHECK(house == before);
    return events.ok() ? std::string_view("accepted") : events.refusal().code.name;
  }

  Money balance(AccountKind kind, std::uint64_t owner) const {
    return house.ledger.balance({.kind = kind, .owner = owner}, Currency::kCny);
  }

  // ---- steps of the thin line

  void open(HouseKind kind = HouseKind::kLicensedInsurer) {
    must("op", opening(kind));
    for (const Person& person : kPeople) must("op", AppointActor{.actor = actor_of(person)});
  }

  EnterpriseId enterprise(std::size_t which = 0) {
    return {must("broker", RegisterEnterprise{.enterprise = registration(which)})};
  }

  static Enterprise registration(std::size_t which = 0) {
    return {.id = {},
            .legal_name = "宁波示例制造有限公司",
            .credit_code = std::string(kCreditCodes[which]),
            .contact = {.subject = {7}},
            .assess_consent = true,
            .monitor_consent = true,
            .facts = std::vector<Fact>{{.name = {"revenue"},
                                        .value = "3000000000",
                                        .source = FactSource::kDeclared,
                                        .observed_on = day("2026-01-31")}}};
  }

  static Order order(EnterpriseId enterprise) {
    return {.id = {},
            .enterprise = enterprise,
            .package = {"security-guard"},
            .vendor = kVendor,
            .lines = {{.product = {"ips"}, .controls = {{"NET-01"}}, .price = yuan(1'200)},
                      {.product = {"endpoint"}, .controls = {{"END-01"}}, .price = yuan(800)}},
            .price = yuan(2'000),
            .endpoints = 30,
            .from = day("2026-03-01"),
            .until = day("2027-03-01"),
            .catalogue = sha256(bytes_of("catalogue"))};
  }

  Observation observation(OrderId order) const {
    return {.id = {},
            .order = order,
            .product = {"ips"},
            .seen = 1,
            .of = 1,
            .from = plus_minutes(now, -60),
            .until = now,
            .lines = 10,
            .source = sha256(bytes_of("log"))};
  }

  // The Ningbo product: 2,800.00, half of it subsidised, 400,000.00 a year.
  Quote quote(EnterpriseId enterprise) const {
    const terms::Wording wording = claims::ningbo::wording();
    Quote quote;
    quote.enterprise = enterprise;
    quote.product = {"ningbo-2023-a"};
    quote.wording = wording.id;
    quote.from = day("2026-03-01");
    quote.until = day("2027-03-01");
    quote.valid_until = day("2026-03-27");
    quote.premium = yuan(2'800);
    quote.registration = "NB-1";
    quote.filed_premium = quote.premium;
    quote.filed_low = yuan(1'960);
    quote.filed_high = yuan(3'640);
    quote.product_artefact = sha256(bytes_of("product"));
    quote.wording_artefact = sha256(bytes_of("wording"));
    quote.rules_version = house.rules.in_force;
    if (const RulesOnFile* rules = rules_in_force(house))
      quote.rules_artefact = rules->rules.artefact;
    quote.scheme = kScheme;
    quote.subsidy = yuan(1'400);
    quote.customer_pays = yuan(1'400);
    quote.aggregate_limit = yuan(400'000);
    quote.incident_maximum = yuan(150'000);
    quote.inputs = pricing_inputs(house, enterprise);
    quote.to_explain = terms::exemption_clauses(wording);
    return quote;
  }

  QuoteId issue(EnterpriseId enterprise) {
    return {must("broker", IssueQuote{.quote = quote(enterprise)})};
  }

  ExplainClauses explanation(QuoteId quote) const {
    ExplainClauses command{.quote = quote,
                           .clauses = find_quote(house, quote)->quote.to_explain.get(),
                           .texts = {},
                           .confirmed_by = "token-1"};
    for (const std::string& clause : command.clauses) {
      command.texts.push_back(sha256(bytes_of(clause)));
    }
    return command;
  }

  PolicyId bind(EnterpriseId enterprise) {
    const QuoteId id = issue(enterprise);
    must("broker", explanation(id));
    return {must("uw", BindPolicy{.quote = id})};
  }

  void budget(Money amount) {
    must("office", GrantSubsidyBudget{.scheme = kScheme, .amount = amount});
  }

  // Bound, half paid by a budget of 10,000.00, half by the customer, and in force.
  PolicyId policy_in_force(std::size_t which = 0) {
    const PolicyId id = bind(enterprise(which));
    if (!house.subsidy_accounts.contains(kScheme)) budget(yuan(10'000));
    must("office", DecideSubsidy{.policy = id, .grant = true, .reason = {}});
    must("finance", ReceivePremium{.policy = id, .payer = Payer::kCustomer, .amount = yuan(1'400)});
    must("finance",
         ReceivePremium{.policy = id, .payer = Payer::kGovernment, .amount = yuan(1'400)});
    return id;
  }

  IncidentId report(PolicyId policy) {
    now = std::max(now, at("2026-05-18T09:00:00+08:00"));
    Incident incident = claims::ningbo::incident();
    incident.id = {};
    incident.policy = policy;
    // One moment is one incident: the next of the same policy happens a minute later.
    const auto before = static_cast<std::int64_t>(find_policy(house, policy)->incidents.size());
    incident.occurred = plus_minutes(incident.occurred, before);
    return {must("holder", ReportIncident{.incident = incident})};
  }

  // E02: claimed 215,000; 100,000 + 30,000 + 20,000 are payable.
  void state_e02(IncidentId incident) {
    LossStatement loss = claims::ningbo::e02_loss();
    loss.incident = incident;
    must("holder", StateLoss{.statement = loss});
    for (const std::string_view name : {"prior_written_consent", "police_report"}) {
      must("handler", RecordCondition{.condition = {.incident = incident,
                                                    .condition = std::string(name),
                                                    .reference = "file 7",
                                                    .evidence = {}}});
    }
  }

  AdjudicateClaim adjudication(IncidentId incident) const {
    const terms::Wording wording = claims::ningbo::wording();
    // Notice within the 48 hours of the wording: what a late one costs is tested in claims.
    auto decision = claims::adjudicate(adjudication_input(house, wording, incident, {}));
    if (!decision.ok()) stop("adjudicate", decision.refusal());
    return {.decision = decision.value(), .based_on = adjudication_inputs(house, incident)};
  }

  ClaimId adjudicate(IncidentId incident) { return {must("handler", adjudication(incident))}; }

  // Decided on E02, not yet approved.
  ClaimId claim(PolicyId policy) {
    const IncidentId incident = report(policy);
    state_e02(incident);
    return adjudicate(incident);
  }

  static underwriting::RefundTerms refund_terms(RefundRule rule = RefundRule::kProRata) {
    underwriting::RefundTerms terms{.rule = rule, .handling_fee = yuan(100)};
    // Twelve months from 5 % on: below the days at first, so that a cancellation gives back more
    // than they left, and above them later.
    for (std::uint32_t month = 0; month < 12; ++month) {
      terms.earned_by_month[month] = Share::from_percent(month < 6 ? 5 : 90 + 10 * (month / 11));
    }
    return terms;
  }

  LapsePolicy lapse(PolicyId policy, Date due) const {
    const auto input = cancel_input(house, *find_policy(house, policy), date_of(now));
    return {
        .policy = policy, .due = due, .refund = underwriting::lapse_refund(input, refund_terms())};
  }

  // What a cancellation on this day gives back, from what was paid.
  CancelPolicy cancellation(PolicyId policy, Date on,
                            RefundRule rule = RefundRule::kProRata) const {
    auto input = cancel_input(house, *find_policy(house, policy), date_of(now));
    input.on = on;
    const underwriting::RefundTerms terms = refund_terms(rule);
    const auto refund = underwriting::cancel_refund(input, terms);
    if (!refund.ok()) stop("cancel_refund", refund.refusal());
    return {.policy = policy, .on = on, .refund = refund.value(), .reason = "insured's wish"};
  }
};

}  // namespace anlan::house::desk
