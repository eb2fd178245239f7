// What happens to a policy between its bind and its end, in any order: 10,000 random sequences, the
// same changes entered in another order, the Ningbo year, and input that is refused.
#include <algorithm>
#include <map>

#include <doctest/doctest.h>

#include "base/random.h"
#include "base/refusals.h"
#include "house/access.h"
#include "house/consistency.h"
#include "house/desk_test.h"
#include "house/endorse_desk_test.h"
#include "house/life.h"
#include "house/refusals.h"

namespace anlan::house {
namespace {

using namespace desk;

constexpr std::string_view kFirst = "2026-03-01";

void check_replay(const Desk& desk) {
  Desk copy = desk;
  const auto replayed = replay(copy.journal);
  REQUIRE(replayed.ok());
  REQUIRE(*replayed == desk.house);
}

// A house with one bound policy and a budget: copied for every sequence.
struct Prepared {
  Desk desk;
  PolicyId policy;
  std::vector<EnterpriseId> members = {};  // of the park, where it is one
};
Prepared prepare(std::int64_t budget = 10'000) {
  Prepared prepared;
  prepared.desk.open();
  prepared.desk.budget(yuan(budget));
  prepared.policy = prepared.desk.bind(prepared.desk.enterprise());
  for (const std::size_t which : {1u, 2u, 3u})
    prepared.members.push_back(prepared.desk.enterprise(which));
  return prepared;
}

// ---- the second implementation: day by day, from the records alone

struct DayState {
  Int128 base = 0;
  bool suspended = false;
  std::map<std::string, std::int64_t> factors;
};

bool acts(const PolicyLife& life, std::size_t place) {
  if (life.changes->endorsements[place].voided) return false;
  for (std::size_t later = place + 1; later < life.changes->endorsements.size(); ++later) {
    const auto& replaces = life.changes->endorsements[later].endorsement.replaces;
    const bool names =
        std::find(replaces.begin(), replaces.end(),
                  life.changes->endorsements[place].endorsement.number) != replaces.end();
    if (names && acts(life, later)) return false;
  }
  return true;
}

// In the order of their days.
std::vector<const Endorsement*> acting(const PolicyFile& file) {
  std::vector<const Endorsement*> list;
  for (std::size_t n = 0; n < file.life.changes->endorsements.size(); ++n) {
    if (acts(file.life, n)) list.push_back(&file.life.changes->endorsements[n].endorsement);
  }
  std::stable_sort(list.begin(), list.end(),
                   [](const Endorsement* a, const Endorsement* b) { return a->from < b->from; });
  return list;
}

void set_by(DayState& state, const Endorsement& e) {
  if (e.option) state.base = e.option->premium.minor();
  if (e.factor) state.factors[e.factor->id] = e.factor->ppm;
  if (e.kind == EndorsementKind::kSuspend) state.suspended = true;
  if (e.kind == EndorsementKind::kReinstate) state.suspended = false;
}

PremiumParts by_hand(const PolicyFile& file, Date until) {
  const bool refused = file.subsidy && !file.subsidy->granted;
  const Int128 subsidy = refused ? 0 : file.policy.subsidy_part.minor();
  const auto list = acting(file);
  DayState state{.base = file.policy.premium.minor()};
  std::size_t next = 0;
  Int128 sums[2] = {0, 0};
  const Date first = day(kFirst);
  for (Date d = first; d < std::min(until, plus_days(first, 365)); d = plus_days(d, 1)) {
    for (; next < list.size() && list[next]->from <= d; ++next) set_by(state, *list[next]);
    const bool gap = std::any_of(file.life.changes->gaps.begin(), file.life.changes->gaps.end(),
                                 [&](const CoverGap& g) { return g.from <= d && d < g.until; });
    if (state.suspended || gap) continue;
    Int128 members = 0;
    for (const CertificateOnFile& each : file.life.changes->certificates) {
      const Date last =
          each.ended_on ? std::min(*each.ended_on, each.certificate.until) : each.certificate.until;
      if (each.certificate.from <= d && d < last) members += each.certificate.premium.minor();
    }
    Int128 annual = std::max(state.base, members);
    Int128 over = 1;
    for (const auto& [id, ppm] : state.factors) {
      annual *= ppm;
      over *= 1'000'000;
    }
    annual = half_up(annual, over);
    const Int128 government =
        std::min(subsidy, half_up(subsidy * annual, file.policy.premium.minor()));
    sums[0] += annual - government;
    sums[1] += government;
  }
  return {.customer = fen(static_cast<std::int64_t>(half_up(sums[0], 365))),
          .government = fen(static_cast<std::int64_t>(half_up(sums[1], 365)))};
}

// ---- random sequences

class Sequence {
 public:
  Sequence(const Prepared& prepared, std::uint64_t seed)
      : desk_(prepared.desk),
        policy_(prepared.policy),
        members_(prepared.members),
        random_(RandomKey{.seed = 20'261'122, .subject = seed}) {}

  void run(std::map<std::string_view, int>& accepted) {
    for (std::int64_t n = 8 + below(8); n > 0; --n) {
      if (below(3) == 0) desk_.now = plus_minutes(desk_.now, 1440 * below(45));
      const Command command = next_command();
      const auto given = desk_.give(person_of(command), command);
      if (!given.ok()) continue;
      ++accepted[command_name(command)];
      check();
    }
  }
  const Desk& desk() const { return desk_; }

 private:
  std::int64_t below(std::uint64_t count) {
    return static_cast<std::int64_t>(random_.bits(draw_++) % count);
  }
  const PolicyFile& file() const { return *find_policy(desk_.house, policy_); }
  Date today() const { return date_of(desk_.now); }
  Date some_day() { return plus_days(day(kFirst), static_cast<std::int32_t>(below(380)) - 5); }

  static std::string_view person_of(const Command& command) {
    if (std::holds_alternative<DecideSubsidy>(command)) return "office";
    const auto& roles = roles_of_command(command_name(command));
    return std::find(roles.begin(), roles.end(), Role::kUnderwriter) != roles.end() ? "uw"
                                                                                    : "finance";
  }

  Command endorsement() {
    static constexpr EndorsementKind kKinds[] = {EndorsementKind::kSuspend,
                                                 EndorsementKind::kReinstate};
    Endorsement next = factor_change(some_day(), 850'000 + 10'000 * below(40),
                                     below(2) == 0 ? "protection" : "claims");
    const std::int64_t kind = below(5);
    if (kind == 0) next = terms_change(some_day(), yuan(2'000 + below(1'000)));
    if (kind == 1) next = change(kKinds[below(2)], some_day());
    if (below(6) == 0 && !file().life.changes->endorsements.empty()) {
      const auto& known = file().life.changes->endorsements;
      const Endorsement& other = known[static_cast<std::size_t>(below(known.size()))].endorsement;
      next.kind = other.kind;
      next.from = other.from;
      next.option = other.option;
      next.factor = other.factor;
      if (next.factor) next.factor->ppm = 900'000 + 10'000 * below(20);
      next.replaces = {other.number};
    }
    return EndorsePolicy{.policy = policy_, .endorsement = next};
  }

  Command receipt() {
    const Payer payer = below(2) == 0 ? Payer::kCustomer : Payer::kGovernment;
    const Money owed = owed_by(file(), payer);
    const Money part = below(3) == 0 ? owed.times_ratio(1 + below(99), 100) : owed;
    return ReceivePremium{.policy = policy_, .payer = payer, .amount = part};
  }

  Command cancellation() {
    auto input = cancel_input(desk_.house, file(), today());
    input.on = plus_days(today(), 1 + static_cast<std::int32_t>(below(20)));
    const auto refund = underwriting::cancel_refund(
        input, Desk::refund_terms(below(3) == 0 ? RefundRule::kShortRate : RefundRule::kProRata));
    CancelPolicy command{.policy = policy_, .on = input.on, .refund = {}, .reason = "sequence"};
    if (refund.ok()) command.refund = refund.value();
    return command;
  }

  // One or two members of a park, or the end of one of those that there are.
  Command certificates() {
    const auto known = file().life.changes->certificates.size();
    if (known > 0 && below(3) == 0) {
      return EndCertificate{.policy = policy_,
                            .number = static_cast<std::uint32_t>(1 + below(known + 1)),
                            .on = some_day(),
                            .reason = "moved away"};
    }
    AddCertificates command{
        .policy = policy_,
        .terms = {.limit = yuan(200'000), .premium_low = yuan(100), .premium_high = yuan(2'000)},
        .certificates = {}};
    for (std::int64_t n = 1 + below(2); n > 0; --n) {
      const Date from = std::max(today(), some_day());
      command.certificates.push_back(
          {.enterprise = members_[static_cast<std::size_t>(below(members_.size()))],
           .from = from,
           .until = plus_days(from, 1 + static_cast<std::int32_t>(below(200))),
           .limit = yuan(100'000),
           .premium = fen(10'000 + 1 + below(200'000))});
    }
    return command;
  }

  Command next_command() {
    switch (below(28)) {
      case 0:
      case 1:
        return DecideSubsidy{policy_, below(3) != 0, "reason"};
      case 2:
      case 3:
      case 4:
        return receipt();
      case 5:
      case 6:
        return EarnPremium{plus_days(today(), -1)};
      case 7:
      case 8:
        return PayRefund{policy_};
      case 9:
        return cancellation();
      case 10:
        return desk_.lapse(policy_, plus_days(today(), -1));
      case 11:
      case 12:
        return ReinstatePolicy{policy_, plus_days(today(), static_cast<std::int32_t>(below(9))),
                               "paid late"};
      case 13:
      case 14:
      case 15:
        return VoidEndorsement{
            policy_,
            static_cast<std::uint32_t>(1 + below(file().life.changes->endorsements.size() + 1)),
            "mistake"};
      case 16:
        return WriteOffPremium{policy_, below(2) == 0 ? Payer::kCustomer : Payer::kGovernment,
                               "insolvent"};
      case 17:
      case 18:
      case 19:
      case 20:
        return certificates();
      default:
        return endorsement();
    }
  }

  // Beside what the desk checks after every command: the sums of the days.
  void check() const {
    if (refund_of(file()) != nullptr) return;
    REQUIRE(written_of(file()) == by_hand(file(), day("2099-01-01")));
    const PremiumParts earned = by_hand(file(), file().life.earned_until);
    REQUIRE(file().life.customer.earned == earned.customer);
    REQUIRE(file().life.government.earned == earned.government);
  }

  Desk desk_;
  PolicyId policy_;
  std::vector<EnterpriseId> members_;
  RandomStream random_;
  std::uint64_t draw_ = 0;
};

TEST_CASE(
    "transactions: in 10,000 random sequences earned + unearned + refunded + waived is written, "
    "per payer, after every event, and the replay is the house") {
  const Prepared prepared = prepare();
  std::map<std::string_view, int> accepted;
  for (std::uint64_t seed = 1; seed <= 10'000; ++seed) {
    CAPTURE(seed);
    Sequence sequence(prepared, seed);
    sequence.run(accepted);
    check_replay(sequence.desk());
  }
  for (const std::string_view name :
       {AddCertificates::kName, EndCertificate::kName, EndorsePolicy::kName, VoidEndorsement::kName,
        ReinstatePolicy::kName, CancelPolicy::kName, LapsePolicy::kName, DecideSubsidy::kName,
        ReceivePremium::kName, PayRefund::kName, EarnPremium::kName, WriteOffPremium::kName}) {
    CAPTURE(name);
    CHECK(accepted[name] > 100);
  }
}

Endorsement random_change(RandomStream& random, std::uint64_t& draw) {
  const auto below = [&](std::uint64_t count) {
    return static_cast<std::int64_t>(random.bits(draw++) % count);
  };
  const Date from = plus_days(day(kFirst), static_cast<std::int32_t>(below(365)));
  switch (below(4)) {
    case 0:
      return terms_change(from, yuan(2'000 + below(1'000)));
    case 1:
      return change(below(2) == 0 ? EndorsementKind::kSuspend : EndorsementKind::kReinstate, from);
    default:
      return factor_change(from, 800'000 + 10'000 * below(50));
  }
}

// The balances of the policy after the changes in this order; none when one is refused.
std::optional<std::vector<ledger::AccountBalance>> entered(const Prepared& prepared,
                                                           const std::vector<Endorsement>& list) {
  Desk desk = prepared.desk;
  desk.must("finance", ReceivePremium{prepared.policy, Payer::kCustomer, yuan(1'400)});
  desk.now = start_of_day(plus_days(day(kFirst), 200));
  desk.must("finance", EarnPremium{plus_days(date_of(desk.now), -1)});
  for (const Endorsement& each : list) {
    if (!desk.give("uw", EndorsePolicy{prepared.policy, each}).ok()) return {};
  }
  std::vector<ledger::AccountBalance> balances =
      desk.house.ledger.balances_of(prepared.policy.number);
  std::erase_if(balances, [](const auto& line) { return line.balance.is_zero(); });
  return balances;
}

TEST_CASE("transactions: changes entered in any order equal those in the order of their days") {
  const Prepared prepared = prepare();
  RandomStream random(RandomKey{.seed = 20'261'123});
  std::uint64_t draw = 0;
  int compared = 0;
  for (int round = 0; round < 400; ++round) {
    CAPTURE(round);
    std::vector<Endorsement> list;
    for (int n = 0; n < 5; ++n) list.push_back(random_change(random, draw));
    const auto shuffled = entered(prepared, list);
    std::stable_sort(list.begin(), list.end(),
                     [](const auto& a, const auto& b) { return a.from < b.from; });
    const auto sorted = entered(prepared, list);
    if (!shuffled || !sorted) continue;
    ++compared;
    REQUIRE(*shuffled == *sorted);
  }
  CHECK(compared > 100);
}

// ---- the Ningbo year

TEST_CASE(
    "transactions: an improvement proved on day 60 lowers the premium by day for each payer") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force();
  const EnterpriseId company = find_policy(desk.house, policy)->policy.enterprise;
  const OrderId order{desk.must("broker", PlaceOrder{.order = Desk::order(company)})};
  const Date proved = plus_days(day(kFirst), 60);
  desk.now = plus_minutes(start_of_day(proved), 600);
  const ObservationId seen{
      desk.must("vendor", RecordObservation{.observation = desk.observation(order)})};
  Endorsement improvement = change(EndorsementKind::kImprovement, proved);
  improvement.factor = factor_at("protection", 850'000);
  improvement.observation = seen;
  desk.must("uw", EndorsePolicy{policy, improvement});
  const PolicyFile& file = *find_policy(desk.house, policy);
  // (1,400 x 60 + 1,190 x 305) / 365 each
  CHECK(written_of(file) == PremiumParts{fen(122'452), fen(122'452)});
  CHECK(owed_to(file, Payer::kCustomer) == fen(17'548));
  CHECK(owed_to(file, Payer::kGovernment) == fen(17'548));
  CHECK(desk.balance(AccountKind::kSubsidyBudget, desk.house.subsidy_accounts.at(kScheme)) ==
        yuan(10'000) - fen(122'452));
  desk.must("finance", PayRefund{policy});
  CHECK(desk.refused("finance", PayRefund{policy}) == refusals::kWrongState.name);
  // Day 100: (1,400 x 60 + 1,190 x 40) / 365 = 360.55 is earned of each; 863.97 goes back.
  const Date on = plus_days(day(kFirst), 100);
  desk.now = start_of_day(plus_days(on, -1));
  const CancelPolicy cancel = desk.cancellation(policy, on);
  CHECK(cancel.refund.to_customer == fen(86'397));
  CHECK(cancel.refund.to_government == fen(86'397));
  desk.must("uw", cancel);
  desk.must("finance", PayRefund{policy});
  CHECK(desk.balance(AccountKind::kCash, 0) == fen(72'110));
  CHECK(desk.refused("uw", EndorsePolicy{policy, factor_change(on, 900'000)}) ==
        refusals::kWrongState.name);
  check_replay(desk);
}

TEST_CASE("transactions: a lapse undone leaves its days without cover and restores what is due") {
  Prepared prepared = prepare();
  Desk& desk = prepared.desk;
  desk.now = at("2026-03-20T09:00:00+08:00");
  desk.must("uw", desk.lapse(prepared.policy, day("2026-03-15")));
  CHECK(desk.refused("uw", ReinstatePolicy{prepared.policy, day("2026-03-20"), "paid"}) ==
        anlan::refusals::kOutOfRange.name);
  desk.now = at("2026-03-30T09:00:00+08:00");
  desk.must("uw", ReinstatePolicy{prepared.policy, day("2026-03-31"), "paid"});
  const PolicyFile& file = *find_policy(desk.house, prepared.policy);
  // Ten days of 365 without cover, 21 to 30 March: 1,400 x 355 / 365 each
  CHECK(written_of(file) == PremiumParts{fen(136'164), fen(136'164)});
  CHECK(owed_by(file, Payer::kCustomer) == fen(136'164));
  CHECK(suspended_on(file, day("2026-03-21")));
  CHECK(!suspended_on(file, day("2026-03-20")));
  CHECK(!suspended_on(file, day("2026-03-31")));
  check_replay(desk);
}

TEST_CASE("transactions: rewriting gives back the days left and binds the new quote in one") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force();
  const EnterpriseId company = find_policy(desk.house, policy)->policy.enterprise;
  desk.now = at("2026-06-08T09:00:00+08:00");
  Quote quote = desk.quote(company);
  quote.from = day("2026-06-09");
  quote.until = day("2027-06-09");
  quote.valid_until = day("2026-06-30");
  quote.scheme = {};
  quote.subsidy = yuan(0);
  quote.customer_pays = yuan(2'800);
  const QuoteId id{desk.must("broker", IssueQuote{.quote = quote})};
  desk.must("broker", desk.explanation(id));
  CHECK(desk.refused("uw", BindPolicy{id}) == refusals::kAlreadyDone.name);
  desk.must("uw", RewritePolicy{policy, id, "the company grew"});
  const PolicyFile& old = *find_policy(desk.house, policy);
  REQUIRE(old.cancelled);
  CHECK(old.cancelled->refund.to_customer == fen(101'644));  // day 100, as in E21
  CHECK(old.cancelled->refund.to_government == fen(101'644));
  const PolicyId next = find_quote(desk.house, id)->policy;
  CHECK(find_policy(desk.house, next)->policy.number != old.policy.number);
  check_replay(desk);
}

TEST_CASE("transactions: an incident on a suspended day is not covered, and says why") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force();
  const Date of_incident = date_of(claims::ningbo::incident().occurred);
  desk.must("uw", EndorsePolicy{policy, change(EndorsementKind::kSuspend, of_incident)});
  desk.must("uw",
            EndorsePolicy{policy, change(EndorsementKind::kReinstate, plus_days(of_incident, 1))});
  CHECK(policy_state(*find_policy(desk.house, policy), start_of_day(of_incident)) ==
        PolicyState::kSuspended);
  const ClaimId claim = desk.claim(policy);
  const ClaimDecision& decision = find_claim(desk.house, claim)->decision;
  CHECK(decision.outcome == ClaimOutcome::kDenied);
  CHECK(decision.admission.front().reason == StepReason::kSuspended);
  // What is known stays: the suspension of that day is not taken back, nor its terms changed.
  CHECK(desk.refused("uw", VoidEndorsement{policy, 1, "mistake"}) == refusals::kIncidentOnDay.name);
  CHECK(desk.refused("uw", EndorsePolicy{policy, terms_change(day("2026-04-01"))}) ==
        refusals::kIncidentOnDay.name);
  desk.must("uw", EndorsePolicy{policy, terms_change(plus_days(of_incident, 2))});
  check_replay(desk);
}

TEST_CASE("transactions: a claim is decided by the wording in force on its day") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force();
  desk.must("uw", EndorsePolicy{policy, terms_change(day("2026-04-01"))});
  const IncidentId incident = desk.report(policy);
  desk.state_e02(incident);
  const terms::Wording wording = claims::ningbo::wording();
  const auto input = adjudication_input(desk.house, wording, incident, {});
  CHECK(input.policy.wording.text == "ningbo-2023-a8");
  CHECK(!input.suspended);
  CHECK(wording_on(*find_policy(desk.house, policy), day("2026-03-31")).wording.text ==
        "ningbo-2023-a");
}

TEST_CASE("transactions: an added premium is no default before its own days have run") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force();
  desk.now = at("2026-05-04T09:00:00+08:00");
  desk.must("uw", EndorsePolicy{policy, factor_change(day("2026-05-10"), 1'200'000)});
  const Date due = plus_days(day("2026-02-23"), 15);
  desk.now = at("2026-05-19T09:00:00+08:00");
  CHECK(desk.refused("uw", desk.lapse(policy, due)) == "premium_not_overdue");
  desk.now = at("2026-05-20T09:00:00+08:00");
  desk.must("uw", desk.lapse(policy, due));
}

// ---- renewal

TEST_CASE("transactions: the insurer gives notice with a reason 30 days before, or renews") {
  Prepared prepared = prepare();
  Desk& desk = prepared.desk;
  const auto choose = [&](RenewalChoice choice, std::string reason) {
    return ChooseRenewal{prepared.policy, choice, std::move(reason)};
  };
  desk.must("holder", choose(RenewalChoice::kAutomatic, ""));
  CHECK(desk.refused("holder", choose(RenewalChoice::kAutomatic, "")) ==
        refusals::kAlreadyDone.name);
  CHECK(desk.refused("holder", choose(RenewalChoice::kInsurerDeclines, "no")) ==
        refusals::kRoleMissing.name);
  CHECK(desk.refused("uw", choose(RenewalChoice::kInsurerDeclines, "")) ==
        anlan::refusals::kEmptyText.name);
  desk.now = at("2027-01-30T09:00:00+08:00");
  CHECK(desk.decide_as("uw", choose(RenewalChoice::kInsurerDeclines, "claims")).ok());
  desk.now = at("2027-01-31T09:00:00+08:00");
  CHECK(desk.refused("uw", choose(RenewalChoice::kInsurerDeclines, "claims")) ==
        refusals::kRenewalNotice.name);
}

// ---- refused

struct BadInput {
  RefusalCode code;
  const char* when;
  Endorsement endorsement;
};

TEST_CASE("transactions: what an endorsement may not say is refused, nothing half done") {
  Prepared prepared = prepare();
  Desk& desk = prepared.desk;
  desk.must("uw", EndorsePolicy{prepared.policy, factor_change(day("2026-06-01"), 900'000)});
  const auto with = [](Endorsement endorsement, auto&& edit) {
    edit(endorsement);
    return endorsement;
  };
  const Endorsement good = factor_change(day("2026-07-01"), 900'000);
  const BadInput rows[] = {
      {refusals::kIdGiven, "the house numbers them",
       with(good, [](Endorsement& e) { e.number = 7; })},
      {refusals::kEndorsementShape, "a factor is not told by its terms",
       with(good, [](Endorsement& e) { e.kind = EndorsementKind::kTerms; })},
      {refusals::kEndorsementShape, "danger says when notice was given",
       with(good, [](Endorsement& e) { e.kind = EndorsementKind::kDanger; })},
      {refusals::kEndorsementShape, "a broker has a name",
       change(EndorsementKind::kBroker, day("2026-07-01"))},
      {anlan::refusals::kEmptyText, "a change has a reason",
       with(good, [](Endorsement& e) { e.reason.clear(); })},
      {refusals::kEndorsementOutsidePeriod, "before inception",
       factor_change(day("2026-02-28"), 900'000)},
      {refusals::kEndorsementOutsidePeriod, "after the end",
       factor_change(day("2027-03-01"), 900'000)},
      {refusals::kEndorsementOverlap, "two from one day",
       factor_change(day("2026-06-01"), 950'000)},
      {refusals::kNotReplaceable, "replaces one of another day",
       with(good, [](Endorsement& e) { e.replaces = {1}; })},
      {refusals::kNotReplaceable, "replaces what is not there",
       with(good, [](Endorsement& e) { e.replaces = {9}; })},
      {refusals::kFactorOutsideFiling, "outside the filed range of the factor",
       factor_change(day("2026-07-01"), 1'300'001)},
      {refusals::kOutsideFiling, "a premium below the filed range is never cut to it",
       factor_change(day("2026-05-01"), 700'000 - 0, "claims")},
      {refusals::kImprovementUnproven, "an improvement without an observation",
       with(good,
            [](Endorsement& e) {
              e.kind = EndorsementKind::kImprovement;
              e.observation = {999};
            })},
      {refusals::kWrongDirection, "danger that lowers",
       with(good,
            [](Endorsement& e) {
              e.kind = EndorsementKind::kDanger;
              e.noticed_on = day("2026-02-20");
            })},
      {refusals::kNotFound, "a broker whom nobody appointed",
       with(change(EndorsementKind::kBroker, day("2026-07-01")),
            [](Endorsement& e) { e.name = "nobody"; })},
  };
  for (const BadInput& row : rows) {
    CAPTURE(row.when);
    CHECK(desk.refused("uw", EndorsePolicy{prepared.policy, row.endorsement}) == row.code.name);
  }
  CHECK(
      desk.refused("uw.junior", EndorsePolicy{prepared.policy, terms_change(day("2026-07-01"))}) ==
      refusals::kAboveAuthority.name);
  desk.must("uw", EndorsePolicy{prepared.policy, with(factor_change(day("2026-06-01"), 950'000),
                                                      [](Endorsement& e) { e.replaces = {1}; })});
  CHECK(desk.refused("uw", VoidEndorsement{prepared.policy, 1, "x"}) == refusals::kWrongState.name);
  desk.must("uw", VoidEndorsement{prepared.policy, 2, "mistake"});
  CHECK(desk.refused("uw", VoidEndorsement{prepared.policy, 2, "x"}) ==
        refusals::kAlreadyDone.name);
  CHECK(desk.refused("uw", VoidEndorsement{prepared.policy, 3, "x"}) == refusals::kNotFound.name);
}

TEST_CASE("transactions: the proof's day is the first day of an improvement, no other") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force();
  const OrderId order{desk.must(
      "broker",
      PlaceOrder{.order = Desk::order(find_policy(desk.house, policy)->policy.enterprise)})};
  desk.now = at("2026-05-01T09:00:00+08:00");
  Endorsement improvement = change(EndorsementKind::kImprovement, day("2026-05-02"));
  improvement.observation =
      ObservationId{desk.must("vendor", RecordObservation{.observation = desk.observation(order)})};
  improvement.factor = factor_at("protection", 900'000);
  CHECK(desk.refused("uw", EndorsePolicy{policy, improvement}) == refusals::kProofDay.name);
  improvement.from = day("2026-05-01");
  desk.must("uw", EndorsePolicy{policy, improvement});
}

TEST_CASE("transactions: terms over 29 February count its day once") {
  for (const auto& [from, days, change_on] :
       {std::tuple{"2028-02-29", 366, "2028-03-01"}, std::tuple{"2027-03-01", 366, "2028-02-29"}}) {
    CAPTURE(from);
    Desk desk;
    desk.open();
    desk.now = plus_minutes(start_of_day(day(from)), -1440);
    Quote quote = desk.quote(desk.enterprise());
    quote.from = day(from);
    quote.until = plus_years(quote.from, 1);
    quote.valid_until = quote.from;
    const QuoteId id{desk.must("broker", IssueQuote{.quote = quote})};
    desk.must("broker", desk.explanation(id));
    const PolicyId policy{desk.must("uw", BindPolicy{id})};
    const PolicyFile& file = *find_policy(desk.house, policy);
    CHECK(days_between(first_day(file.policy), end_day(file.policy)) == days);
    desk.must("uw", EndorsePolicy{policy, change(EndorsementKind::kSuspend, day(change_on))});
    const std::int32_t before = days_between(day(from), day(change_on));
    CHECK(written_of(file).customer == yuan(1'400).times_ratio(before, days));
  }
}

TEST_CASE("transactions: of two people who bind one quote exactly one does") {
  Desk desk;
  desk.open();
  const QuoteId id = desk.issue(desk.enterprise());
  desk.must("broker", desk.explanation(id));
  // Both see the same house; the writer takes one after the other.
  CHECK(desk.decide_as("uw", BindPolicy{id}).ok());
  desk.must("uw", BindPolicy{id});
  CHECK(desk.refused("uw", BindPolicy{id}) == refusals::kAlreadyDone.name);
}

TEST_CASE("transactions: a record of a refund above what is owed back contradicts the house") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force();
  desk.must("uw", EndorsePolicy{policy, factor_change(day("2026-03-01"), 900'000)});
  const EventContext context{.seq = desk.house.head.seq + 1, .at = desk.now, .actor = {"finance"}};
  const auto follows = [&](Money customer) {
    return check_follows(
               desk.house, context,
               RefundPaid{.policy = policy, .to_customer = customer, .to_government = yuan(140)})
        .ok();
  };
  CHECK(follows(yuan(140)));
  CHECK(!follows(yuan(140) + fen(1)));
  CHECK(!follows(yuan(1'400)));
}

}  // namespace
}  // namespace anlan::house
