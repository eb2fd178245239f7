// Rules, overrides, referrals and conditions of underwriting in a house at work, and races for one
// quote.
#include <doctest/doctest.h>

#include "base/alike_test.h"
#include "base/random.h"
#include "base/refusals.h"
#include "house/evolve.h"
#include "house/offer.h"
#include "house/refusals.h"
#include "house/rules_desk_test.h"
#include "house/subjectivities.h"

namespace anlan::house {
namespace {

using namespace rules_desk;

TEST_CASE("rules: a second person publishes, one rolls back, a replay ends in the same house") {
  Desk desk = staffed();
  CHECK(desk.refused("uw", PublishRules{1}) == refusals::kNotFound.name);
  desk.must("uw", rules());
  CHECK(desk.house.rules.in_force == 0);
  CHECK(desk.refused("uw", PublishRules{1}) == refusals::kFourEyes.name);
  desk.must(kSecond, PublishRules{1});
  CHECK(desk.house.rules.in_force == 1);
  CHECK(desk.refused(kSecond, PublishRules{1}) == refusals::kAlreadyDone.name);
  desk.must("uw", rules("rules 2"));
  CHECK(desk.refused("uw", RollBackRules{2, "r"}) == refusals::kWrongState.name);
  desk.must(kSecond, PublishRules{2});
  CHECK(desk.refused("uw", RollBackRules{2, "r"}) == refusals::kAlreadyDone.name);
  CHECK(desk.refused("uw", RollBackRules{9, "r"}) == refusals::kNotFound.name);
  // Who proposed a version does not put it back in force.
  CHECK(desk.refused("uw", RollBackRules{1, "r"}) == refusals::kFourEyes.name);
  desk.must(kSecond, RollBackRules{1, "it refers too much"});
  CHECK(desk.house.rules.in_force == 1);
  const std::uint64_t waits = desk.must("uw", RollBackRules{0, "none at all"});
  CHECK(desk.house.rules.in_force == 1);  // the limits of everybody: not by one person
  const RollBackRules agreed{.to = 0, .reason = {}, .confirms = waits};
  CHECK(desk.refused("uw", agreed) == refusals::kFourEyes.name);
  desk.must(kSecond, agreed);
  CHECK(rules_in_force(desk.house) == nullptr);
  CHECK(desk.refused(kSenior, agreed) == refusals::kAlreadyDone.name);
  CHECK(desk.refused("uw", RollBackRules{0, {}, 1}) == refusals::kNotFound.name);
  CHECK(desk.refused("broker", rules("rules 3")) == refusals::kRoleMissing.name);
  const auto again = replay(desk.journal);
  REQUIRE(again.ok());
  CHECK(*again == desk.house);
}

TEST_CASE("refusal 7082 rules_changed: a quote is judged by the rules that are in force") {
  Desk desk = staffed();
  const EnterpriseId enterprise = desk.enterprise();
  const Quote before = desk.quote(enterprise);
  publish(desk);
  CHECK(desk.refused("broker", IssueQuote{.quote = before}) == refusals::kRulesChanged.name);
  Quote other = desk.quote(enterprise);
  other.rules_artefact = sha256(bytes_of("another file"));
  CHECK(desk.refused("broker", IssueQuote{.quote = other}) == refusals::kRulesChanged.name);
  const QuoteId id{desk.must("broker", IssueQuote{.quote = desk.quote(enterprise)})};
  CHECK(find_quote(desk.house, id)->quote.rules_version == 1);
}

TEST_CASE("refusal 7085 not_as_filed: nothing is quoted or sold that was not filed") {
  Desk desk = staffed();
  const EnterpriseId enterprise = desk.enterprise();
  const auto refused = [&](auto change) {
    Quote quote = desk.quote(enterprise);
    change(quote);
    return desk.refused("broker", IssueQuote{.quote = quote});
  };
  const auto premium = [](Money amount) {
    return [amount](Quote& quote) {
      quote.premium = amount;
      quote.customer_pays = amount - quote.subsidy;
    };
  };
  CHECK(refused(premium(fen(195'999))) == refusals::kNotAsFiled.name);
  CHECK(refused(premium(fen(364'001))) == refusals::kNotAsFiled.name);
  CHECK(refused(premium(yuan(1'960))) == "accepted");
  CHECK(refused(premium(yuan(3'640))) == "accepted");
  CHECK(refused([](Quote& quote) { quote.registration.clear(); }) == refusals::kNotAsFiled.name);
  CHECK(refused([](Quote& quote) { quote.wording_artefact = {}; }) == refusals::kNotAsFiled.name);
  CHECK(refused([](Quote& quote) { quote.product_artefact = {}; }) == refusals::kNotAsFiled.name);
  const QuoteId id = desk.issue(enterprise);
  CHECK(desk.refused("uw", premium_to(id, fen(364'001))) == refusals::kNotAsFiled.name);
}

TEST_CASE("overrides: within authority at once; rule, inputs, old and new value are on record") {
  Desk desk = staffed();
  publish(desk);
  const QuoteId id = issue_judged(desk);
  desk.must(kSenior, premium_to(id, yuan(3'000)));
  const QuoteFile& file = *find_quote(desk.house, id);
  const Quote offer = offered(file);
  CHECK(offer.premium == yuan(3'000));
  CHECK(offer.subsidy == yuan(1'400));  // never more than of the filed premium
  CHECK(offer.customer_pays == yuan(1'600));
  CHECK(file.quote.premium == yuan(2'800));  // as it was calculated
  desk.must(kSenior, premium_to(id, yuan(2'000)));
  CHECK(offered(*find_quote(desk.house, id)).subsidy == yuan(1'000));  // 1,400 x 2,000 / 2,800
  desk.must(kSenior, finding_to(id, QuoteDecision::kBindable));
  const OverrideOnFile& last = find_quote(desk.house, id)->decided->overrides.back();
  CHECK(last.record.before == "referred");
  CHECK(last.record.after == "bindable");
  CHECK(last.record.inputs.front().value == "60.0 %");
  CHECK(decision_of(*find_quote(desk.house, id)) == QuoteDecision::kBindable);
  CHECK(quote_state(*find_quote(desk.house, id), day("2026-02-24")) == QuoteState::kIssued);
  desk.must("broker", desk.explanation(id));
  const PolicyId policy{desk.must(kSenior, BindPolicy{id})};
  CHECK(find_policy(desk.house, policy)->policy.premium == yuan(2'000));
  CHECK(*replay(desk.journal) == desk.house);
}

TEST_CASE("overrides: above what one decides alone they wait for a second person") {
  Desk desk = staffed();
  publish(desk);
  const QuoteId id = issue_judged(desk);  // 400,000: for two
  const std::uint64_t first = desk.must("uw", finding_to(id, QuoteDecision::kBindable));
  CHECK(decision_of(*find_quote(desk.house, id)) == QuoteDecision::kReferred);
  const OverrideQuote confirm{.quote = id, .premium = yuan(0), .confirms = first};
  CHECK(desk.refused("uw", confirm) == refusals::kFourEyes.name);
  desk.must(kSecond, confirm);
  CHECK(decision_of(*find_quote(desk.house, id)) == QuoteDecision::kBindable);
  CHECK(desk.refused(kSenior, confirm) == refusals::kAlreadyDone.name);
  CHECK(desk.refused("uw", OverrideQuote{.quote = id, .confirms = 1}) == refusals::kNotFound.name);
}

TEST_CASE("refusal 7083 matrix_exceeded: limit, sector, score, infrastructure, price above range") {
  struct Row {
    const char* what;
    std::function<void(Quote&)> change;
  };
  const Row rows[] = {
      {"limit", [](Quote& q) { q.aggregate_limit = yuan(500'001); }},
      {"sector", [](Quote& q) { change(q.judged, [](JudgedRisk& j) { j.sector = "D441"; }); }},
      {"score",
       [](Quote& q) {
         change(q.judged, [](JudgedRisk& j) { j.score = Share::from_ppm(199'999); });
       }},
      {"cii", [](Quote& q) { change(q.judged, [](JudgedRisk& j) { j.cii_operator = true; }); }},
      {"outside_range", [](Quote& q) { q.parts.technical_gross = fen(364'001); }},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Desk desk = staffed();
    publish(desk);
    Quote quote = judged(desk, desk.enterprise());
    row.change(quote);
    const QuoteId id{desk.must("broker", IssueQuote{.quote = quote})};
    const OverrideQuote command = finding_to(id, QuoteDecision::kBindable);
    CHECK(desk.refused("uw", command) == refusals::kMatrixExceeded.name);
    CHECK(desk.decide_as("uw", command).refusal().args[0].value == row.what);
    CHECK(desk.refused("uw", DecideReferral{.quote = id,
                                            .outcome = ReferralOutcome::kAccept,
                                            .reasons = {"r"}}) == refusals::kMatrixExceeded.name);
    desk.must(kSenior, command);  // whose row has no such end
  }
}

TEST_CASE("refusal 7086 nothing_to_override: no finding, what is not filed, the same again") {
  Desk desk = staffed();
  Quote quote = judged(desk, desk.enterprise());
  quote.decision = QuoteDecision::kDeclined;
  quote.findings = {{.reason = TriageReason::kSectorExcluded,
                     .consequence = QuoteDecision::kDeclined,
                     .value = "J66",
                     .limit = "J"}};
  const QuoteId id{desk.must("broker", IssueQuote{.quote = quote})};
  const auto code = refusals::kNothingToOverride.name;
  OverrideQuote none = finding_to(id, QuoteDecision::kBindable);
  none.finding = "no_such_rule";
  OverrideQuote unfiled = none;
  unfiled.finding = "sector_excluded";
  CHECK(desk.refused("uw", none) == code);
  CHECK(desk.refused("uw", unfiled) == code);
  CHECK(desk.refused("uw", finding_to(id, QuoteDecision::kReferred)) == code);
  CHECK(desk.refused("uw", premium_to(id, yuan(2'800))) == code);
  OverrideQuote silent = finding_to(id, QuoteDecision::kBindable);
  silent.justification.clear();
  CHECK(desk.refused("uw", silent) == anlan::refusals::kEmptyText.name);
}

TEST_CASE("overrides: who issued a quote does not relieve it of its referral") {
  Desk desk = staffed();
  const QuoteId id = issue_judged(desk, "uw");
  CHECK(desk.refused("uw", finding_to(id, QuoteDecision::kBindable)) == refusals::kFourEyes.name);
  desk.must("uw", finding_to(id, QuoteDecision::kDeclined));  // stricter is everybody's
  CHECK(quote_state(*find_quote(desk.house, id), day("2026-02-24")) == QuoteState::kDeclined);
}

TEST_CASE("referral: decided with reasons and conditions, by two where one may not") {
  Desk desk = staffed();
  publish(desk);
  const QuoteId id = issue_judged(desk);
  desk.must("broker", desk.explanation(id));
  // decide_before_bind: even who may bind it waits for the decision.
  CHECK(desk.refused(kSenior, BindPolicy{id}) == refusals::kWrongState.name);
  DecideReferral decision{.quote = id,
                          .outcome = ReferralOutcome::kConditions,
                          .reasons = {"a good plant"},
                          .conditions = {terms("plan", SubjectivityEffect::kAdvice)}};
  desk.must("uw", decision);
  CHECK(!is_approved(*find_quote(desk.house, id)));
  CHECK(desk.house.subjectivities.empty());
  decision.conditions = {terms("visit", SubjectivityEffect::kRenewalCondition)};
  desk.must(kSecond, decision);
  CHECK(is_approved(*find_quote(desk.house, id)));
  CHECK(desk.house.subjectivities.size() == 2);  // those of both
  CHECK(quote_state(*find_quote(desk.house, id), day("2026-02-24")) == QuoteState::kApproved);
  desk.must("uw.junior", BindPolicy{id});  // approved: any underwriter
  CHECK(*replay(desk.journal) == desk.house);
}

TEST_CASE("referral: a decline ends it, its issuer does not decide it, conditions go with theirs") {
  Desk desk = staffed();
  const QuoteId id = issue_judged(desk, "uw");
  desk.must("broker", desk.explanation(id));
  const auto decide = [&](ReferralOutcome outcome) {
    return DecideReferral{.quote = id, .outcome = outcome, .reasons = {"r"}};
  };
  CHECK(desk.refused("uw", decide(ReferralOutcome::kAccept)) == refusals::kFourEyes.name);
  CHECK(desk.refused(kSecond, decide(ReferralOutcome::kConditions)) ==
        anlan::refusals::kEmptyList.name);
  DecideReferral odd = decide(ReferralOutcome::kAccept);
  odd.conditions = {terms("x", SubjectivityEffect::kAdvice)};
  CHECK(desk.refused(kSecond, odd) == anlan::refusals::kUnknownKey.name);
  desk.must(kSecond, decide(ReferralOutcome::kDecline));
  CHECK(desk.refused(kSecond, BindPolicy{id}) == refusals::kNotBindable.name);
  CHECK(desk.refused(kSenior, decide(ReferralOutcome::kAccept)) == refusals::kWrongState.name);
}

TEST_CASE("quote states: issued, expired, withdrawn, bound") {
  Desk desk = staffed();
  const EnterpriseId enterprise = desk.enterprise();
  const QuoteId first = desk.issue(enterprise);
  const QuoteId second = desk.issue(enterprise);
  const auto state = [&](QuoteId id, std::string_view on) {
    return quote_state(*find_quote(desk.house, id), day(on));
  };
  CHECK(state(first, "2026-03-27") == QuoteState::kIssued);
  CHECK(state(first, "2026-03-28") == QuoteState::kExpired);
  desk.must("broker", WithdrawQuote{first, "another product"});
  CHECK(state(first, "2026-03-01") == QuoteState::kWithdrawn);
  CHECK(desk.refused("uw", BindPolicy{first}) == refusals::kWrongState.name);
  CHECK(desk.refused("broker", WithdrawQuote{first, "again"}) == refusals::kWrongState.name);
  desk.must("broker", desk.explanation(second));
  desk.must("uw", BindPolicy{second});
  CHECK(state(second, "2026-03-01") == QuoteState::kBound);
}

// ---- conditions of underwriting

TEST_CASE("refusal 7084 subjectivities_open: a bind blocker is cleared by a document, and bound") {
  Desk desk = staffed();
  const EnterpriseId enterprise = desk.enterprise();
  SubjectivityTerms condition =
      terms("offline", SubjectivityEffect::kBindBlocker, ClearedBy::kAnswerDocumented, "BKP-02");
  condition.answers = {"offline_or_immutable"};
  const QuoteId id{
      desk.must("broker", IssueQuote{.quote = with_condition(desk, enterprise, condition)})};
  desk.must("broker", desk.explanation(id));
  const SubjectivityId open = find_quote(desk.house, id)->decided->subjectivities.back();
  const auto answered = [&](std::string_view value, FactSource source, std::string_view paper) {
    Answer answer{.control = {"BKP-02"}, .value = std::string(value), .source = source};
    if (!paper.empty()) answer.evidence = sha256(bytes_of(paper));
    desk.must("broker", RecordAssessment{.assessment = {.enterprise = enterprise,
                                                        .answers = std::vector<Answer>{answer}}});
  };
  CHECK(desk.refused("uw", BindPolicy{id}) == refusals::kSubjectivitiesOpen.name);
  // A word in a form is no document, whatever it says of its source.
  for (const auto& [value, source, paper] :
       {std::tuple{"offline_or_immutable", FactSource::kDeclared, "a report"},
        std::tuple{"offline_or_immutable", FactSource::kTelemetry, ""},
        std::tuple{"none", FactSource::kDocumented, "a report"}}) {
    answered(value, source, paper);
    CHECK(state_of(desk, open) == SubjectivityState::kOpen);
  }
  answered("offline_or_immutable", FactSource::kDocumented, "a report");
  CHECK(state_of(desk, open) == SubjectivityState::kEvidenced);
  // The document has changed what the price looks at.
  CHECK(desk.refused("uw", BindPolicy{id}) == refusals::kInputsChanged.name);
  ClearSubjectivity clear{.subjectivity = open, .reference = {}, .again = {}};
  clear.again = priced_again(desk, find_quote(desk.house, id)->quote);
  desk.must("broker", clear);
  CHECK(find_subjectivity(desk.house, open)->why == "BKP-02 offline_or_immutable");
  const PolicyId policy{desk.must("uw", BindPolicy{id})};
  CHECK(find_policy(desk.house, policy)->policy.quote == id);
  CHECK(*replay(desk.journal) == desk.house);
}

TEST_CASE("conditions: one that a fact clears, and one that signals clear while they last") {
  Desk desk = staffed();
  const EnterpriseId enterprise = desk.enterprise();
  Order order = Desk::order(enterprise);
  order.from = day("2026-02-01");
  order.lines[0].devices = 1;
  order.lines[0].seen_min = Share::from_percent(100);
  order.lines[0].signal_days_max = 7;
  order.lines[0].proofs = {{.control = {"NET-01"}, .answer = "yes"}};
  const OrderId placed{desk.must("broker", PlaceOrder{.order = order})};
  const QuoteId id{desk.must("broker", IssueQuote{.quote = desk.quote(enterprise)})};
  const SubjectivityId signals{
      desk.must("uw", SetSubjectivity{id, terms("ips", SubjectivityEffect::kRenewalCondition,
                                                ClearedBy::kControlProven, "NET-01")})};
  const SubjectivityId fact{
      desk.must("uw", SetSubjectivity{id, terms("paper", SubjectivityEffect::kAdvice,
                                                ClearedBy::kFactDocumented, "revenue")})};
  CHECK(state_of(desk, signals) == SubjectivityState::kOpen);
  CHECK(desk.refused("uw", ClearSubjectivity{signals, "trust me", {}}) ==
        refusals::kNotEvidenced.name);
  desk.must("vendor", RecordObservation{.observation = desk.observation(placed)});
  CHECK(state_of(desk, signals) == SubjectivityState::kEvidenced);
  desk.now = plus_minutes(desk.now, 9 * 24 * 60);  // the signal has grown old
  CHECK(state_of(desk, signals) == SubjectivityState::kOpen);
  Fact stated = Desk::registration().facts.get()[0];
  stated.source = FactSource::kTelemetry;
  desk.must("broker", RecordFacts{.enterprise = enterprise, .facts = {stated}});
  CHECK(state_of(desk, fact) == SubjectivityState::kOpen);  // a word in a form
  document_revenue(desk, enterprise, "3100000000");
  CHECK(state_of(desk, fact) == SubjectivityState::kEvidenced);
  stated.value = "9000000000";
  desk.must("broker", RecordFacts{.enterprise = enterprise, .facts = {stated}});
  CHECK(state_of(desk, fact) == SubjectivityState::kOpen);  // the document says another figure
  document_revenue(desk, enterprise, "3100000000");
  desk.must("broker", ClearSubjectivity{fact, "", {}});
  CHECK(find_subjectivity(desk.house, fact)->cleared_by == ClearedBy::kFactDocumented);
}

TEST_CASE(
    "refusal 7087 not_evidenced: a person clears only what no evidence clears, and not alone") {
  Desk desk = staffed();
  const QuoteId id{desk.must("uw", IssueQuote{.quote = desk.quote(desk.enterprise())})};
  const SubjectivityId seen{
      desk.must(kSecond, SetSubjectivity{id, terms("visit", SubjectivityEffect::kBindBlocker)})};
  const ClearSubjectivity clear{seen, "report of 20 February", {}};
  CHECK(desk.refused("broker", clear) == refusals::kNotEvidenced.name);
  CHECK(desk.refused(kSenior, ClearSubjectivity{seen, "", {}}) == anlan::refusals::kEmptyText.name);
  CHECK(desk.refused(kSecond, clear) == refusals::kFourEyes.name);            // who set it
  CHECK(desk.refused("uw", clear) == refusals::kFourEyes.name);               // who issued
  CHECK(desk.refused("uw.junior", clear) == refusals::kMatrixExceeded.name);  // who may not
  desk.must(kSenior, clear);
  CHECK(desk.refused(kSenior, clear) == refusals::kWrongState.name);
}

TEST_CASE("conditions: waived by a second person of enough authority, failed after their day") {
  Desk desk = staffed();
  const QuoteId id = desk.issue(desk.enterprise());
  const SubjectivityId one{
      desk.must("uw", SetSubjectivity{id, terms("visit", SubjectivityEffect::kBindBlocker)})};
  const SubjectivityId two{
      desk.must("uw", SetSubjectivity{id, terms("plan", SubjectivityEffect::kCancelNotice)})};
  CHECK(desk.refused("uw", WaiveSubjectivity{one, "r"}) == refusals::kFourEyes.name);
  CHECK(desk.refused("uw.junior", WaiveSubjectivity{one, "r"}) == refusals::kMatrixExceeded.name);
  desk.must(kSecond, WaiveSubjectivity{one, "seen last year"});
  CHECK(state_of(desk, one) == SubjectivityState::kWaived);
  CHECK(desk.refused("uw", FailSubjectivity{two}) == refusals::kWrongState.name);
  desk.must("broker", desk.explanation(id));
  desk.must("uw", BindPolicy{id});  // a notice does not block
  desk.now = at("2026-03-15T23:59:00+08:00");
  CHECK(state_of(desk, two) == SubjectivityState::kOpen);  // its last day
  desk.now = at("2026-03-16T00:00:00+08:00");
  CHECK(state_of(desk, two) == SubjectivityState::kOverdue);
  desk.must("uw", FailSubjectivity{two});
  CHECK(state_of(desk, two) == SubjectivityState::kFailed);
  CHECK(find_subjectivity(desk.house, two)->why == "cancel_notice");
  CHECK(desk.refused("uw", SetSubjectivity{id, terms("x", SubjectivityEffect::kBindBlocker)}) ==
        refusals::kWrongState.name);  // sold already
}

TEST_CASE("conditions: what is open at the end of a year binds its renewal, advice stays advice") {
  Desk desk = staffed();
  const EnterpriseId enterprise = desk.enterprise();
  const QuoteId id = desk.issue(enterprise);
  desk.must("uw", SetSubjectivity{id, terms("visit", SubjectivityEffect::kRenewalCondition)});
  desk.must("uw", SetSubjectivity{id, terms("hint", SubjectivityEffect::kAdvice)});
  const SubjectivityId met{
      desk.must("uw", SetSubjectivity{id, terms("met", SubjectivityEffect::kCancelNotice)})};
  desk.must(kSecond, ClearSubjectivity{met, "seen", {}});
  desk.must("broker", desk.explanation(id));
  const PolicyId policy{desk.must("uw", BindPolicy{id})};
  desk.now = at("2027-02-01T09:00:00+08:00");
  Quote next = desk.quote(enterprise);
  next.from = day("2027-03-01");
  next.until = day("2028-03-01");
  next.valid_until = day("2027-03-01");
  next.renewal_of = policy;
  const QuoteId renewal{desk.must("broker", IssueQuote{.quote = next})};
  const auto carried = subjectivities_of(desk.house, *find_quote(desk.house, renewal));
  REQUIRE(carried.size() == 2);
  CHECK(carried[0]->subjectivity.terms.effect == SubjectivityEffect::kBindBlocker);
  CHECK(carried[0]->subjectivity.carried_from.exists());
  CHECK(carried[1]->subjectivity.terms.effect == SubjectivityEffect::kAdvice);
  desk.must("broker", desk.explanation(renewal));
  CHECK(desk.refused("uw", BindPolicy{renewal}) == refusals::kSubjectivitiesOpen.name);
  desk.must(kSecond, ClearSubjectivity{carried[0]->subjectivity.id, "report", {}});
  desk.must("uw", BindPolicy{renewal});
}

// ---- races

TEST_CASE("races: of two people who bind one quote exactly one wins, ten thousand times") {
  Desk before = staffed();
  const QuoteId id = before.issue(before.enterprise());
  before.must("broker", before.explanation(id));
  const RandomStream random(RandomKey{.seed = 20'261'122});
  const std::string_view people[] = {"uw", kSecond, kSenior};
  int winners[3] = {};
  // The writer gives one command after the other to decide; who comes first is chance. What decide
  // reads is the house after the commands before it.
  for (std::uint64_t race = 0; race < 10'000; ++race) {
    const std::size_t first = random.bits(2 * race) % 3;
    const std::size_t second = (first + 1 + random.bits(2 * race + 1) % 2) % 3;
    House house = before.house;
    int won = 0;
    for (const std::size_t who : {first, second}) {
      const DecideContext context{
          .at = before.now, .actor = {std::string(people[who])}, .next_seq = house.head.seq + 1};
      const auto events = decide(house, context, BindPolicy{id});
      if (!events.ok()) {
        REQUIRE(events.refusal().code.name == refusals::kAlreadyDone.name);
        continue;
      }
      std::uint64_t seq = context.next_seq;
      for (const Event& event : *events)
        evolve(house, {.seq = seq++, .at = context.at, .actor = context.actor}, event);
      house.head.seq = seq - 1;
      ++won;
      ++winners[who];
    }
    REQUIRE(won == 1);
    REQUIRE(house.policies.size() == 1);
    REQUIRE(house.ledger.sum_of_balances(Currency::kCny).is_zero());
  }
  for (const int count : winners) CHECK(count > 2'500);
}

TEST_CASE("races: binding against withdrawal, override and a condition, whoever comes first") {
  const RandomStream random(RandomKey{.seed = 20'261'123});
  Desk before = staffed();
  const QuoteId id = before.issue(before.enterprise());
  before.must("broker", before.explanation(id));
  const Command others[] = {WithdrawQuote{id, "r"}, premium_to(id, yuan(3'000)),
                            SetSubjectivity{id, terms("visit", SubjectivityEffect::kBindBlocker)}};
  for (std::uint64_t race = 0; race < 300; ++race) {
    Desk desk = before;
    const Command& other = others[random.bits(2 * race) % 3];
    const bool bind_first = random.bits(2 * race + 1) % 2 == 0;
    const auto bind = [&] { return desk.give("uw", BindPolicy{id}).ok(); };
    const auto rest = [&] { return desk.give(kSecond, other).ok(); };
    const bool first = bind_first ? bind() : rest();
    const bool second = bind_first ? rest() : bind();
    REQUIRE(first);
    // Only a premium that was overridden before lets the policy come after it.
    const bool both = !bind_first && std::holds_alternative<OverrideQuote>(other);
    REQUIRE(second == both);
    if (both) {
      REQUIRE(desk.house.policies.begin()->second.policy.premium == yuan(3'000));
    }
  }
}

}  // namespace
}  // namespace anlan::house
