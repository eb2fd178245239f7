// What one person may not do alone, or by another way: rules and their matrix, approvals that an
// override overtook, conditions left open by the year before, the price of a running policy.
#include <doctest/doctest.h>

#include "house/consistency.h"
#include "house/life.h"
#include "house/offer.h"
#include "house/refusals.h"
#include "house/rules_desk_test.h"

namespace anlan::house {
namespace {

using namespace rules_desk;

DecideReferral accept(QuoteId quote) {
  return {.quote = quote, .outcome = ReferralOutcome::kAccept, .reasons = {"a good plant"}};
}

QuoteState state_now(const Desk& desk, QuoteId id) {
  return quote_state(*find_quote(desk.house, id), date_of(desk.now, desk.house.offset()));
}

TEST_CASE("refusal 7173 overtaken: a roll-back is confirmed while what it leaves is in force") {
  Desk desk = staffed();
  publish(desk);
  publish(desk, rules("rules 2"));
  publish(desk, rules("rules 3"));
  // Not the version immediately before: a second person.
  const std::uint64_t waits = desk.must(kSecond, RollBackRules{1, "too strict"});
  CHECK(desk.house.rules.in_force == 3);
  desk.must(kSecond, RollBackRules{2, "the one before"});
  CHECK(desk.house.rules.in_force == 2);
  CHECK(desk.refused("uw", RollBackRules{0, {}, waits}) == refusals::kOvertaken.name);
  CHECK(*replay(desk.journal) == desk.house);
}

TEST_CASE("approval: an override behind it asks for another one") {
  Desk desk = staffed();
  const QuoteId id = issue_judged(desk, "uw");
  desk.must("broker", desk.explanation(id));
  desk.must(kSecond, accept(id));
  CHECK(state_now(desk, id) == QuoteState::kApproved);
  // Who issued it does not lower its premium alone: the word waits, and the approval stands.
  const std::uint64_t lower = desk.must("uw", premium_to(id, yuan(1'960)));
  CHECK(offered(*find_quote(desk.house, id)).premium == yuan(2'800));
  CHECK(state_now(desk, id) == QuoteState::kApproved);
  const OverrideQuote confirm{.quote = id, .premium = yuan(0), .confirms = lower};
  CHECK(desk.refused("uw", confirm) == refusals::kFourEyes.name);
  desk.must(kSecond, confirm);
  CHECK(offered(*find_quote(desk.house, id)).premium == yuan(1'960));
  CHECK(state_now(desk, id) == QuoteState::kReferred);  // what was accepted was another offer
  CHECK(desk.refused("uw", BindPolicy{id}) == refusals::kFourEyes.name);
  desk.must(kSecond, accept(id));
  desk.must("uw", BindPolicy{id});
  CHECK(*replay(desk.journal) == desk.house);
}

TEST_CASE("approval: a decline stays, whatever is overridden behind it") {
  Desk desk = staffed();
  const QuoteId id = issue_judged(desk);
  desk.must(kSecond,
            DecideReferral{
                .quote = id, .outcome = ReferralOutcome::kDecline, .reasons = {"not this one"}});
  desk.must("uw", premium_to(id, yuan(3'000)));
  CHECK(state_now(desk, id) == QuoteState::kDeclined);
}

TEST_CASE("overrides: the issuer confirms none, and none whose premise has gone") {
  Desk desk = staffed();
  publish(desk);
  const QuoteId id = issue_judged(desk, kSecond);  // 400,000: for two
  const std::uint64_t first = desk.must("uw", premium_to(id, yuan(3'000)));
  const OverrideQuote confirm{.quote = id, .premium = yuan(0), .confirms = first};
  CHECK(desk.refused(kSecond, confirm) == refusals::kFourEyes.name);
  desk.must(kSenior, premium_to(id, yuan(3'200)));
  CHECK(desk.refused(kSenior, confirm) == refusals::kOvertaken.name);
  CHECK(desk.decide_as(kSenior, confirm).refusal().args[1].value == "3200.00");
}

TEST_CASE("overrides: a premium that takes the loss ratio over its limit is for two people") {
  Desk desk = staffed();
  Quote quote = desk.quote(desk.enterprise());
  quote.loss_ratio_max = Share::from_percent(60);
  quote.parts.expected_loss = yuan(1'500);  // 53.6 % of 2,800
  const QuoteId id{desk.must("broker", IssueQuote{.quote = quote})};
  desk.must("uw", premium_to(id, yuan(2'500)));  // 60 %
  CHECK(offered(*find_quote(desk.house, id)).premium == yuan(2'500));
  const std::uint64_t waits = desk.must("uw", premium_to(id, fen(249'900)));
  CHECK(offered(*find_quote(desk.house, id)).premium == yuan(2'500));
  desk.must(kSecond, OverrideQuote{.quote = id, .premium = yuan(0), .confirms = waits});
  CHECK(offered(*find_quote(desk.house, id)).premium == fen(249'900));
}

TEST_CASE("offer: with another premium the cost stays and the walk ends at what is offered") {
  Desk desk = staffed();
  Quote quote = judged(desk, desk.enterprise());
  quote.decision = QuoteDecision::kDeclined;
  quote.applied[0].outcome = RuleOutcome::kDecline;
  quote.parts.technical_gross = yuan(2'000);
  quote.parts.filing_adjustment = yuan(800);
  quote.parts.filed_gross = yuan(2'800);
  quote.walk = std::vector<WalkLine>{{WalkStep::kExpenses, yuan(2'000), yuan(2'000)},
                                     {WalkStep::kFiling, yuan(800), yuan(2'800)}};
  quote.walk_reversed = quote.walk;
  const QuoteId id{desk.must("broker", IssueQuote{.quote = quote})};
  CHECK(offered(*find_quote(desk.house, id)) == find_quote(desk.house, id)->quote);
  desk.must("uw", premium_to(id, yuan(3'000)));
  desk.must("uw", finding_to(id, QuoteDecision::kBindable));
  const Quote offer = offered(*find_quote(desk.house, id));
  CHECK(offer.decision == QuoteDecision::kBindable);
  CHECK(offer.parts.technical_gross == yuan(2'000));
  CHECK(offer.parts.filing_adjustment == yuan(1'000));
  CHECK(offer.parts.filed_gross == yuan(3'000));
  CHECK(offer.walk.get().back() == WalkLine{WalkStep::kFiling, yuan(1'000), yuan(3'000)});
  CHECK(offer.walk_reversed.get().back() == offer.walk.get().back());
}

TEST_CASE("matrix: what one may not bind alone and nothing refers is decided by two") {
  Desk desk = staffed();
  publish(desk);
  Quote quote = judged(desk, desk.enterprise());
  quote.decision = QuoteDecision::kBindable;
  quote.applied.clear();
  const QuoteId id{desk.must("broker", IssueQuote{.quote = quote})};
  desk.must("broker", desk.explanation(id));
  CHECK(desk.refused("uw", BindPolicy{id}) == refusals::kMatrixExceeded.name);
  const auto args = desk.decide_as("uw", BindPolicy{id}).refusal().args;
  CHECK(args[0].value == "limit");
  CHECK(args[1].value == "400,000.00");
  CHECK(args[2].value == "100,000.00");
  // Who may bind it alone has nothing to decide.
  CHECK(desk.refused(kSenior, accept(id)) == refusals::kWrongState.name);
  desk.must("uw", accept(id));
  CHECK(state_now(desk, id) == QuoteState::kIssued);
  CHECK(desk.refused("uw", BindPolicy{id}) == refusals::kMatrixExceeded.name);
  desk.must(kSecond, accept(id));
  CHECK(state_now(desk, id) == QuoteState::kApproved);
  desk.must("uw", BindPolicy{id});
  CHECK(*replay(desk.journal) == desk.house);
}

TEST_CASE("refusal 7172 risk_worse: new evidence that shows a worse risk is quoted again") {
  Desk desk = staffed();
  const EnterpriseId enterprise = desk.enterprise();
  const SubjectivityTerms condition =
      terms("paper", SubjectivityEffect::kBindBlocker, ClearedBy::kFactDocumented, "revenue");
  const QuoteId id{
      desk.must("broker", IssueQuote{.quote = with_condition(desk, enterprise, condition)})};
  desk.must("broker", desk.explanation(id));
  const SubjectivityId open = find_quote(desk.house, id)->decided->subjectivities.back();
  document_revenue(desk, enterprise, "9900000000");
  const PricedAgain same = priced_again(desk, find_quote(desk.house, id)->quote);
  const auto refused = [&](auto change) {
    PricedAgain again = same;
    change(again);
    return desk.refused("uw", ClearSubjectivity{open, {}, again});
  };
  const auto worse = refusals::kRiskWorse.name;
  CHECK(refused([](PricedAgain& a) { a.technical = fen(1); }) == worse);
  CHECK(refused([](PricedAgain& a) { a.decision = QuoteDecision::kReferred; }) == worse);
  CHECK(refused([](PricedAgain& a) { a.reasons = {"many_people"}; }) == worse);
  CHECK(refused([](PricedAgain& a) { a.inputs = sha256(bytes_of("another day")); }) ==
        refusals::kInputsChanged.name);
  // Without a price of now the condition is cleared, and the quote is not bound.
  Desk other = desk;
  other.must("uw", ClearSubjectivity{open, {}, {}});
  CHECK(other.refused("uw", BindPolicy{id}) == refusals::kInputsChanged.name);
  desk.must("uw", ClearSubjectivity{open, {}, same});
  desk.must("uw", BindPolicy{id});
  CHECK(*replay(desk.journal) == desk.house);
}

// ---- the year before

Quote next_year(Desk& desk, EnterpriseId enterprise) {
  desk.now = at("2027-02-01T09:00:00+08:00");
  Quote next = desk.quote(enterprise);
  next.from = day("2027-03-01");
  next.until = day("2028-03-01");
  next.valid_until = day("2027-03-01");
  return next;
}

TEST_CASE("conditions: a quote that names no year before stands under what it left open") {
  Desk desk = staffed();
  const EnterpriseId enterprise = desk.enterprise();
  const QuoteId first = desk.issue(enterprise);
  desk.must("uw", SetSubjectivity{first, terms("visit", SubjectivityEffect::kRenewalCondition)});
  desk.must("broker", desk.explanation(first));
  desk.must("uw", BindPolicy{first});
  const Quote plain = next_year(desk, enterprise);
  REQUIRE(!plain.renewal_of.exists());
  const QuoteId id{desk.must("broker", IssueQuote{.quote = plain})};
  desk.must("broker", desk.explanation(id));
  CHECK(desk.refused("uw", BindPolicy{id}) == refusals::kSubjectivitiesOpen.name);
  // One that is set behind the quote blocks it too.
  Desk late = desk;
  const auto carried = find_quote(late.house, id)->decided->subjectivities;
  REQUIRE(carried.size() == 1);
  late.must(kSecond, ClearSubjectivity{carried[0], "report", {}});  // not who asked for it
  late.must("uw", SetSubjectivity{first, terms("plan", SubjectivityEffect::kEndorseFactor)});
  CHECK(late.refused("uw", BindPolicy{id}) == refusals::kSubjectivitiesOpen.name);
  CHECK(*replay(late.journal) == late.house);
}

TEST_CASE("conditions: the same rule a year later does not forget what it asked for") {
  Desk desk = staffed();
  const EnterpriseId enterprise = desk.enterprise();
  const SubjectivityTerms asked = terms("agents", SubjectivityEffect::kRenewalCondition);
  const QuoteId first{
      desk.must("broker", IssueQuote{.quote = with_condition(desk, enterprise, asked)})};
  desk.must("broker", desk.explanation(first));
  desk.must("uw", BindPolicy{first});
  Quote next = next_year(desk, enterprise);
  next.applied = with_condition(desk, enterprise, asked).applied;
  const QuoteId id{desk.must("broker", IssueQuote{.quote = next})};
  desk.must("broker", desk.explanation(id));
  CHECK(find_quote(desk.house, id)->decided->subjectivities.size() == 2);
  CHECK(desk.refused("uw", BindPolicy{id}) == refusals::kSubjectivitiesOpen.name);
}

TEST_CASE("conditions: a signal that meets one when the renewal is quoted is recorded then") {
  Desk desk = staffed();
  const EnterpriseId enterprise = desk.enterprise();
  Order order = Desk::order(enterprise);
  order.from = day("2026-02-01");
  order.until = day("2028-02-01");
  order.lines[0].devices = 1;
  order.lines[0].seen_min = Share::from_percent(100);
  order.lines[0].signal_days_max = 7;
  order.lines[0].proofs = {{.control = {"NET-01"}, .answer = "yes"}};
  const OrderId placed{desk.must("broker", PlaceOrder{.order = order})};
  const QuoteId first = desk.issue(enterprise);
  const SubjectivityId signals{
      desk.must("uw", SetSubjectivity{first, terms("ips", SubjectivityEffect::kRenewalCondition,
                                                   ClearedBy::kControlProven, "NET-01")})};
  desk.must("broker", desk.explanation(first));
  desk.must("uw", BindPolicy{first});
  next_year(desk, enterprise);
  desk.must("vendor", RecordObservation{.observation = desk.observation(placed)});
  const QuoteId id{desk.must("broker", IssueQuote{.quote = next_year(desk, enterprise)})};
  CHECK(find_subjectivity(desk.house, signals)->state == SubjectivityState::kCleared);
  CHECK(find_quote(desk.house, id)->decided->subjectivities.empty());
  desk.must("broker", desk.explanation(id));
  desk.now = at("2027-02-20T09:00:00+08:00");  // the signal is old by now
  desk.must("uw", BindPolicy{id});
  CHECK(*replay(desk.journal) == desk.house);
}

TEST_CASE("renewal: who is not renewed buys no next year by a quote that names none") {
  Desk desk = staffed();
  const EnterpriseId enterprise = desk.enterprise();
  const PolicyId policy = desk.bind(enterprise);
  desk.must("uw", ChooseRenewal{policy, RenewalChoice::kInsurerDeclines, "losses"});
  const QuoteId id{desk.must("broker", IssueQuote{.quote = next_year(desk, enterprise)})};
  desk.must("broker", desk.explanation(id));
  CHECK(desk.refused("uw", BindPolicy{id}) == refusals::kWrongState.name);
  // The year after it is another matter.
  Quote later = next_year(desk, enterprise);
  desk.now = at("2028-02-20T09:00:00+08:00");
  later = desk.quote(enterprise);
  later.from = day("2028-03-01");
  later.until = day("2029-03-01");
  later.valid_until = later.from;
  const QuoteId again{desk.must("broker", IssueQuote{.quote = later})};
  desk.must("broker", desk.explanation(again));
  desk.must("uw", BindPolicy{again});
}

TEST_CASE("rewriting: open conditions go over to the new policy with their day") {
  Desk desk = staffed();
  const EnterpriseId enterprise = desk.enterprise();
  const QuoteId first = desk.issue(enterprise);
  desk.must("broker", desk.explanation(first));
  const PolicyId policy{desk.must("uw", BindPolicy{first})};
  const SubjectivityId plan{
      desk.must("uw", SetSubjectivity{first, terms("plan", SubjectivityEffect::kEndorseFactor)})};
  desk.now = at("2026-03-10T09:00:00+08:00");
  Quote quote = desk.quote(enterprise);
  quote.from = day("2026-04-01");
  quote.until = day("2027-04-01");
  quote.valid_until = day("2026-04-01");
  const QuoteId second{desk.must("broker", IssueQuote{.quote = quote})};
  const SubjectivityId visit{
      desk.must("uw", SetSubjectivity{first, terms("visit", SubjectivityEffect::kAdvice)})};
  desk.must("broker", desk.explanation(second));
  desk.must("uw", RewritePolicy{policy, second, "moved"});
  const auto carried = subjectivities_of(desk.house, *find_quote(desk.house, second));
  REQUIRE(carried.size() == 2);
  CHECK(carried[0]->subjectivity.carried_from == plan);
  CHECK(carried[0]->subjectivity.due == find_subjectivity(desk.house, plan)->subjectivity.due);
  CHECK(carried[0]->subjectivity.terms.effect == SubjectivityEffect::kEndorseFactor);
  CHECK(carried[1]->subjectivity.carried_from == visit);
  CHECK(*replay(desk.journal) == desk.house);
}

// ---- a running policy

ChosenOption a8(Money premium) {
  return {.id = "a8",
          .wording = {"ningbo-2023-a8"},
          .wording_artefact = sha256(bytes_of("a8")),
          .filed = yuan(2'380),
          .premium = premium,
          .low = yuan(1'666),
          .high = yuan(3'094),
          .aggregate_limit = yuan(400'000),
          .incident_maximum = yuan(150'000)};
}

Endorsement terms_of(ChosenOption option) {
  Endorsement out{.kind = EndorsementKind::kTerms, .from = day("2026-06-01"), .reason = "asked"};
  out.option = std::move(option);
  return out;
}

Endorsement factor_to(std::int64_t ppm, EndorsementKind kind = EndorsementKind::kFactor) {
  Endorsement out{.kind = kind, .from = day("2026-06-01"), .reason = "asked"};
  out.factor =
      ChosenFactor{.id = "protection", .ppm = ppm, .low_ppm = 850'000, .high_ppm = 1'000'000};
  return out;
}

PolicyId bound_at(Desk& desk, Money premium) {
  const QuoteId id = desk.issue(desk.enterprise());
  desk.must(kSecond, premium_to(id, premium));
  desk.must("broker", desk.explanation(id));
  return {desk.must("uw", BindPolicy{id})};
}

TEST_CASE("refusal 7174 option_premium: other terms keep the price that was decided") {
  Desk desk = staffed();
  const PolicyId policy = bound_at(desk, yuan(3'080));  // 110 %
  CHECK(desk.refused("uw", EndorsePolicy{policy, terms_of(a8(yuan(2'380)))}) ==
        refusals::kOptionPremium.name);
  desk.must("uw", EndorsePolicy{policy, terms_of(a8(yuan(2'618)))});  // 2,380 x 3,080 / 2,800
  CHECK(*replay(desk.journal) == desk.house);
}

TEST_CASE("endorsements: art 53 lowers a premium below the filed range, a discount does not") {
  Desk desk = staffed();
  const PolicyId policy = bound_at(desk, yuan(2'000));
  const EnterpriseId company = find_policy(desk.house, policy)->policy.enterprise;
  const OrderId order{desk.must("broker", PlaceOrder{.order = Desk::order(company)})};
  desk.now = at("2026-06-01T10:00:00+08:00");
  const ObservationId seen{
      desk.must("vendor", RecordObservation{.observation = desk.observation(order)})};
  CHECK(desk.refused("uw", EndorsePolicy{policy, factor_to(850'000)}) ==
        refusals::kOutsideFiling.name);
  Endorsement improvement = factor_to(850'000, EndorsementKind::kImprovement);
  improvement.observation = seen;
  desk.must("uw", EndorsePolicy{policy, improvement});  // 1,700 a year, the filed low is 1,960
  const auto segments =
      underwriting::premium_segments(timeline_of(*find_policy(desk.house, policy)));
  CHECK(segments.back().customer + segments.back().government == yuan(1'700));
  CHECK(*replay(desk.journal) == desk.house);
}

TEST_CASE("endorsements: other terms and a discount are decided by whoever the matrix lets") {
  Desk desk = staffed();
  const PolicyId policy = desk.bind(desk.enterprise());
  publish(desk);
  for (const Endorsement& each : {terms_of(a8(yuan(2'380))), factor_to(950'000)}) {
    CHECK(desk.refused("uw", EndorsePolicy{policy, each}) == refusals::kMatrixExceeded.name);
    CHECK(desk.refused("uw.junior", EndorsePolicy{policy, each}) == refusals::kAboveAuthority.name);
    Desk other = desk;
    other.must(kSenior, EndorsePolicy{policy, each});
  }
  // What the law gives the insured asks for no authority.
  const EnterpriseId company = find_policy(desk.house, policy)->policy.enterprise;
  const OrderId order{desk.must("broker", PlaceOrder{.order = Desk::order(company)})};
  desk.now = at("2026-06-01T10:00:00+08:00");
  Endorsement improvement = factor_to(900'000, EndorsementKind::kImprovement);
  improvement.observation = {
      desk.must("vendor", RecordObservation{.observation = desk.observation(order)})};
  desk.must("uw.junior", EndorsePolicy{policy, improvement});
}

// ---- records that no command makes

TEST_CASE("replay: a decision that no command could have made is refused") {
  Desk desk = staffed();
  const QuoteId id = issue_judged(desk, "uw");
  desk.must("broker", desk.explanation(id));
  const SubjectivityId visit{
      desk.must(kSecond, SetSubjectivity{id, terms("visit", SubjectivityEffect::kAdvice)})};
  const SubjectivityId paper{
      desk.must(kSecond, SetSubjectivity{id, terms("paper", SubjectivityEffect::kAdvice,
                                                   ClearedBy::kFactDocumented, "revenue")})};
  const auto found = [&](std::string_view who, const Event& event) -> std::string {
    const auto checked = check_follows(
        desk.house, {.seq = desk.house.head.seq + 1, .at = desk.now, .actor = {std::string(who)}},
        event);
    return checked.ok() ? "follows" : checked.refusal().path;
  };
  const auto made = [&](std::string_view who, const Command& command) {
    const auto events = desk.decide_as(who, command);
    REQUIRE(events.ok());
    return events->front();
  };
  const auto override_with = [&](std::string_view who, const Command& command, auto change) {
    auto event = std::get<QuoteOverridden>(made(who, command));
    change(event);
    return found(who, event);
  };
  const auto dear = premium_to(id, yuan(3'000));
  CHECK(override_with(kSecond, dear, [](auto&) {}) == "follows");
  CHECK(override_with(kSecond, dear, [](auto& e) { e.effective = false; }) == "effective");
  CHECK(override_with(kSecond, dear, [](auto& e) { e.before = "2799.00"; }) == "before");
  CHECK(override_with(kSecond, dear, [](auto& e) { e.confirms = 3; }) == "confirms");
  CHECK(override_with(kSecond, dear, [](auto& e) {
          e.subsidy += yuan(1);
          e.customer_pays -= yuan(1);
        }) == "customer_pays");
  // The issuer's own discount waits.
  CHECK(override_with("uw", premium_to(id, yuan(2'000)), [](auto& e) { e.effective = true; }) ==
        "effective");
  auto accepted = std::get<ReferralDecided>(made(kSecond, accept(id)));
  CHECK(found(kSecond, accepted) == "follows");
  accepted.effective = false;
  CHECK(found(kSecond, accepted) == "effective");
  auto cleared = std::get<SubjectivityCleared>(made(kSenior, ClearSubjectivity{visit, "seen", {}}));
  CHECK(found(kSenior, cleared) == "follows");
  CHECK(found(kSecond, cleared) == "subjectivity");
  cleared.by = ClearedBy::kFactDocumented;
  CHECK(found(kSenior, cleared) == "by");
  cleared.subjectivity = paper;
  CHECK(found(kSenior, cleared) == "reference");
  CHECK(found(kSecond, SubjectivityWaived{visit, "r"}) == "subjectivity");
  CHECK(found("uw", RulesRolledBack{.from = 0, .to = 1, .reason = "r"}) == "to");
  Quote odd = find_quote(desk.house, id)->quote;
  odd.id = QuoteId{desk.house.head.seq + 1};
  CHECK(found("broker", QuoteIssued{odd}) == "follows");
  odd.customer_pays -= yuan(1);
  CHECK(found("broker", QuoteIssued{odd}) == "customer_pays");
  desk.must(kSecond, accept(id));
  auto bound = std::get<PolicyBound>(made("uw", BindPolicy{id}));
  CHECK(found("uw", bound) == "follows");
  bound.policy.premium += yuan(100);
  bound.policy.customer_part += yuan(100);
  CHECK(found("uw", bound) == "policy");
}

}  // namespace
}  // namespace anlan::house
