// A random walk: commands of all kinds by anybody, lawful or not, on a clock that runs on. After
// each accepted one the postings sum to zero and no policy has paid above its limit
// (Desk::check_whole); in the end the replay of the journal is the living house.
#include <algorithm>
#include <map>

#include <doctest/doctest.h>

#include "base/random.h"
#include "house/access.h"
#include "house/desk_test.h"

namespace anlan::house {
namespace {

using namespace desk;

class Walk {
 public:
  explicit Walk(std::uint64_t seed) : random_(RandomKey{.seed = seed}) { desk_.open(); }

  void step() {
    desk_.now = plus_minutes(desk_.now, static_cast<std::int64_t>(below(8 * 60)));
    const std::optional<Command> command = next_command();
    if (!command) return;
    const bool wrong_person = below(20) == 0;
    const std::string_view who =
        wrong_person ? kPeople[below(std::size(kPeople))].name : person_for(*command);
    const auto given = desk_.give(who, *command);
    ++(given.ok() ? accepted_ : refused_)[command_name(*command)];
  }

  const Desk& desk() const { return desk_; }
  Desk& desk() { return desk_; }
  const std::map<std::string_view, int>& accepted() const { return accepted_; }
  const std::map<std::string_view, int>& refused() const { return refused_; }

 private:
  std::uint64_t below(std::uint64_t count) { return random_.bits(draw_++) % count; }
  bool rarely() { return below(10) == 0; }

  // One that exists, or now and then one that does not; 999 when there is none.
  template <class Map>
  typename Map::key_type one_of(const Map& map) {
    if (map.empty() || rarely()) return {999};
    if (below(2) == 0) return map.rbegin()->first;  // what is new has its life before it
    return std::next(map.begin(), static_cast<std::ptrdiff_t>(below(map.size())))->first;
  }

  Money amount(Money due) {
    switch (below(8)) {
      case 0:
        return due + fen(1);
      case 1:
        return fen(static_cast<std::int64_t>(below(100'000)) - 20'000);
      case 2:
        return Money::from_minor(due.minor(), Currency::kUsd);
      default:
        return due;
    }
  }

  std::string_view person_for(const Command& command) {
    const auto& roles = roles_of(command);
    std::vector<std::string_view> able;
    for (const Person& person : kPeople) {
      if (std::find(roles.begin(), roles.end(), person.role) != roles.end())
        able.push_back(person.name);
    }
    return able.empty() ? "op" : able[below(able.size())];
  }
  static const std::vector<Role>& roles_of(const Command& command) {
    return roles_of_command(command_name(command));
  }

  std::optional<Command> next_command() {
    switch (below(21)) {
      case 20:
        return books();
      case 0:
        return RegisterEnterprise{.enterprise = Desk::registration(below(4))};
      case 1:
      case 2:
        return quote();
      case 3:
      case 4:
        return explanation();
      case 5:
      case 6:
        return BindPolicy{one_of(house().quotes)};
      case 7:
        return GrantSubsidyBudget{kScheme, amount(yuan(1'000))};
      case 8:
        return DecideSubsidy{one_of(house().policies), below(2) == 0, rarely() ? "" : "reason"};
      case 9:
      case 10:
        return premium();
      case 11:
        return incident();
      case 12:
        return loss();
      case 13:
        return RecordCondition{
            .condition = {.incident = one_of(house().incidents),
                          .condition = below(2) == 0 ? "police_report" : "prior_written_consent",
                          .reference = rarely() ? "" : "file",
                          .evidence = {}}};
      case 14:
        return adjudication();
      case 15:
        return approval();
      case 16:
        return PayClaim{one_of(house().claims)};
      case 17:
        if (below(2) == 0) return ReopenClaim{one_of(house().claims), rarely() ? "" : "new facts"};
        return below(3) == 0 ? cancellation() : std::optional<Command>();
      case 18:
        return below(2) == 0 ? Command(PayRefund{one_of(house().policies)}) : lapse();
      default:
        return order();
    }
  }

  const House& house() const { return desk_.house; }
  Date today() const { return date_of(desk_.now); }

  std::optional<Command> quote() {
    if (house().enterprises.empty()) return {};
    const EnterpriseId enterprise = house().enterprises.begin()->first;
    Quote quote = desk_.quote(enterprise);
    quote.enterprise = one_of(house().enterprises);
    if (find_enterprise(house(), quote.enterprise))
      quote.inputs = pricing_inputs(house(), quote.enterprise);
    quote.from = plus_days(today(), static_cast<std::int32_t>(below(20)));
    quote.until = plus_years(quote.from, 1);
    quote.valid_until = plus_days(today(), 30);
    quote.decision = rarely() ? QuoteDecision::kDeclined : QuoteDecision::kBindable;
    if (below(3) == 0) {
      quote.scheme = {};
      quote.customer_pays = quote.premium;
      quote.subsidy = yuan(0);
    }
    if (rarely()) quote.customer_pays = amount(quote.customer_pays);
    return IssueQuote{.quote = quote};
  }

  std::optional<Command> explanation() {
    const QuoteId id = one_of(house().quotes);
    if (!find_quote(house(), id)) return ExplainClauses{.quote = id};
    return desk_.explanation(id);
  }

  std::optional<Command> premium() {
    const PolicyId id = one_of(house().policies);
    const PolicyFile* file = find_policy(house(), id);
    const Payer payer = below(2) == 0 ? Payer::kCustomer : Payer::kGovernment;
    Money due = yuan(1);
    if (file) {
      due = payer == Payer::kCustomer ? file->customer_due - file->customer_paid
                                      : file->government_due - file->government_paid;
    }
    if (below(3) == 0) due = due.times_ratio(1, 3);
    return ReceivePremium{.policy = id, .payer = payer, .amount = amount(due)};
  }

  std::optional<Command> incident() {
    Incident incident = claims::ningbo::incident();
    incident.id = {};
    incident.policy = one_of(house().policies);
    incident.occurred = plus_minutes(desk_.now, -static_cast<std::int64_t>(below(20'000)));
    incident.discovered = plus_minutes(desk_.now, rarely() ? 10 : -5);
    return ReportIncident{.incident = incident};
  }

  std::optional<Command> loss() {
    LossStatement loss = claims::ningbo::e02_loss();
    loss.incident = one_of(house().incidents);
    for (LossItem& item : loss.items) {
      item.amount = item.amount.times_ratio(static_cast<std::int64_t>(below(300)), 100);
    }
    if (rarely()) loss.items[0].amount = fen(-5);
    return StateLoss{.statement = loss};
  }

  std::optional<Command> adjudication() {
    const IncidentId id = one_of(house().incidents);
    const IncidentFile* file = find_incident(house(), id);
    if (!file || !file->loss) return {};
    const terms::Wording wording = claims::ningbo::wording();
    auto decision = claims::adjudicate(adjudication_input(house(), wording, id, {}));
    if (!decision.ok()) return {};
    AdjudicateClaim command{.decision = decision.value(),
                            .based_on = adjudication_inputs(house(), id)};
    if (rarely()) command.decision.payable = amount(command.decision.payable);
    return command;
  }

  Command lapse() {
    const PolicyId id = one_of(house().policies);
    if (!find_policy(house(), id)) return LapsePolicy{.policy = id};
    LapsePolicy command = desk_.lapse(id, plus_days(today(), -1));
    if (rarely()) command.refund.government_waived = amount(command.refund.government_waived);
    return command;
  }

  std::optional<Command> books() {
    switch (below(5)) {
      case 3:
        return RecoverClaim{one_of(house().claims), rarely() ? yuan(-1) : fen(7)};
      case 4:
        if (below(2) == 0) {
          return RelateIncident{one_of(house().incidents), one_of(house().incidents)};
        }
        return WriteOffClaim{one_of(house().claims), rarely() ? "" : "insolvent"};
      case 0:
        return PayInCapital{amount(yuan(1'000))};
      case 1:
        return EarnPremium{plus_days(today(), -static_cast<std::int32_t>(below(20)))};
      default:
        return WriteOffPremium{.policy = one_of(house().policies),
                               .payer = below(2) == 0 ? Payer::kCustomer : Payer::kGovernment,
                               .reason = rarely() ? "" : "insolvent"};
    }
  }

  Command approval() {
    const ClaimId claim = one_of(house().claims);
    if (below(4) == 0) return ReturnClaim{claim, rarely() ? "" : "look again"};
    return ApproveClaim{claim};
  }

  std::optional<Command> cancellation() {
    const PolicyId id = one_of(house().policies);
    const PolicyFile* file = find_policy(house(), id);
    if (!file) return CancelPolicy{.policy = id};
    auto input = cancel_input(house(), *file, today());
    input.on = plus_days(today(), static_cast<std::int32_t>(below(40)));
    input.undecided.clear();  // the insurer ends policies too
    const auto refund = underwriting::cancel_refund(
        input, Desk::refund_terms(below(2) == 0 ? RefundRule::kProRata : RefundRule::kShortRate));
    CancelPolicy command{.policy = id, .on = input.on, .refund = {}, .reason = "walk"};
    if (refund.ok()) command.refund = refund.value();
    if (rarely()) command.refund.to_customer = amount(command.refund.to_customer);
    return command;
  }

  std::optional<Command> order() {
    if (below(2) == 0) return PayOrder{one_of(house().orders)};
    Order order = Desk::order(one_of(house().enterprises));
    if (rarely()) order.lines[0].price = amount(order.lines[0].price);
    return PlaceOrder{.order = order};
  }

  Desk desk_;
  RandomStream random_;
  std::uint64_t draw_ = 0;
  std::map<std::string_view, int> accepted_;
  std::map<std::string_view, int> refused_;
};

TEST_CASE("walk: after any commands the books balance, limits hold and the replay is the house") {
  std::map<std::string_view, int> accepted;
  std::map<std::string_view, int> refused;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    Walk walk(seed);
    for (int i = 0; i < 700; ++i) walk.step();
    const auto replayed = replay(walk.desk().journal);
    REQUIRE(replayed.ok());
    REQUIRE(*replayed == walk.desk().house);
    for (const auto& [name, count] : walk.accepted()) accepted[name] += count;
    for (const auto& [name, count] : walk.refused()) refused[name] += count;
  }
  // The walk went through all of the line, and met a refusal everywhere.
  for (const std::string_view name :
       {IssueQuote::kName,      ExplainClauses::kName, BindPolicy::kName,   DecideSubsidy::kName,
        ReceivePremium::kName,  ReportIncident::kName, StateLoss::kName,    RecordCondition::kName,
        AdjudicateClaim::kName, ApproveClaim::kName,   PayClaim::kName,     ReturnClaim::kName,
        ReopenClaim::kName,     CancelPolicy::kName,   PayRefund::kName,    LapsePolicy::kName,
        PlaceOrder::kName,      PayOrder::kName,       PayInCapital::kName, EarnPremium::kName,
        WriteOffPremium::kName}) {
    CAPTURE(name);
    CHECK(accepted[name] > 0);
    CHECK(refused[name] > 0);
  }
}

}  // namespace
}  // namespace anlan::house
