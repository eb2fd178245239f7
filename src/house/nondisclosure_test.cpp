#include "house/nondisclosure.h"

#include <functional>

#include <doctest/doctest.h>

#include "house/desk_test.h"
#include "house/refusals.h"

namespace anlan::house {
namespace {

using namespace desk;

LearnNonDisclosure knowledge(PolicyId policy, std::string_view on) {
  return {.nondisclosure = {.policy = policy,
                            .about = AskedAbout::kFact,
                            .subject = "revenue",
                            .answered = "3000000000",
                            .truth = "9000000000",
                            .source = KnowledgeSource::kDocument,
                            .note = "the audited accounts of 2025",
                            .learned_by = {"handler"},
                            .learned_on = day(on)}};
}

FindNonDisclosure finding(NonDisclosureId id, StateOfMind mind) {
  return {.found = {.nondisclosure = id,
                    .state_of_mind = mind,
                    .material = true,
                    .reason = "statement of the accountant"}};
}

// Bound on 2026-02-23 with its premium paid that day; the truth seen on 2026-03-10.
struct Case {
  Desk desk;
  PolicyId policy;
  NonDisclosureId id;

  explicit Case(StateOfMind mind = StateOfMind::kDeliberate, bool paid = true) {
    desk.open();
    policy = paid ? desk.policy_in_force() : desk.bind(desk.enterprise());
    desk.now = at("2026-03-10T09:00:00+08:00");
    id = {desk.must("handler", knowledge(policy, "2026-03-10"))};
    if (mind != StateOfMind::kNone) desk.must("manager", finding(id, mind));
  }
  void go_to(std::string_view date) { desk.now = plus_minutes(start_of_day(day(date)), 9 * 60); }
  const Refund& refund() const { return *refund_of(*find_policy(desk.house, policy)); }
  std::string_view rescind(std::string_view on, std::vector<Date> rest = {},
                           std::vector<Date> work = {}) const {
    return desk.refused("uw", RescindPolicy{.nondisclosure = id,
                                            .reached_on = day(on),
                                            .rest_days = std::move(rest),
                                            .work_days = std::move(work)});
  }
};

TEST_CASE("non-disclosure: knowledge freezes the premium, and a receipt after a release waives") {
  Case c(StateOfMind::kDeliberate, false);
  const ReceivePremium receipt{c.policy, Payer::kCustomer, yuan(1'400)};
  CHECK(find_policy(c.desk.house, c.policy)->premium_frozen);
  CHECK(c.desk.refused("finance", receipt) == refusals::kPremiumFrozen.name);
  CHECK(c.desk.refused("uw", FreezePremium{c.policy, true, "again"}) ==
        refusals::kAlreadyDone.name);
  c.desk.must("uw", FreezePremium{c.policy, false, "we go on"});
  c.go_to("2026-03-11");
  const PolicyFile& file = *find_policy(c.desk.house, c.policy);
  CHECK(waived_by_receipt(c.desk.house, file, day("2026-03-10")) == nullptr);  // the same day
  CHECK(waived_by_receipt(c.desk.house, file, day("2026-03-11")) != nullptr);
  CHECK(c.rescind("2026-03-11") == "accepted");
  c.desk.must("finance", receipt);
  CHECK(c.rescind("2026-03-11") == refusals::kNoRescission.name);  // waived
}

TEST_CASE("non-disclosure: knowledge from before the contract bars the right and freezes nothing") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force();
  desk.now = at("2026-03-10T09:00:00+08:00");
  const NonDisclosureId id{desk.must("handler", knowledge(policy, "2026-02-20"))};
  desk.must("manager", finding(id, StateOfMind::kDeliberate));
  CHECK(!find_policy(desk.house, policy)->premium_frozen);
  CHECK(desk.refused("uw", RescindPolicy{.nondisclosure = id, .reached_on = day("2026-03-10")}) ==
        refusals::kNoRescission.name);
}

// 30 days from 2026-03-10 end on Thursday 2026-04-09.
TEST_CASE("non-disclosure: the notice must arrive within the thirty days and the two years") {
  struct Row {
    std::string_view reached;
    std::vector<Date> rest;
    std::string_view expected;
  };
  const std::vector<Row> rows{
      {"2026-03-10", {}, "accepted"},
      {"2026-04-09", {}, "accepted"},
      {"2026-04-10", {}, refusals::kNoRescission.name},
      {"2026-04-10", {day("2026-04-09")}, "accepted"},  // a holiday moves the last day on
      {"2026-04-13", {day("2026-04-09"), day("2026-04-10")}, "accepted"},  // and the weekend
      {"2026-04-14", {day("2026-04-09"), day("2026-04-10")}, refusals::kNoRescission.name},
      {"2026-04-10", {day("2026-05-09")}, refusals::kCalendarDays.name},
      {"2026-04-10", {day("2026-04-08")}, refusals::kCalendarDays.name},
      {"2026-03-09", {}, "disclosure_dates"},  // before anybody knew
  };
  for (const Row& row : rows) {
    CAPTURE(row.reached);
    Case c;
    c.go_to("2026-04-20");
    CHECK(c.rescind(row.reached, row.rest) == row.expected);
  }
  Case c;
  CHECK(c.rescind("2026-03-11") == refusals::kFutureTime.name);
  // Knowledge two years later: the shorter of both periods is over.
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force();
  desk.now =
      at("2028-02-25T09:00:00+08:00");  // formed 2026-02-23, the second anniversary Wednesday
  const NonDisclosureId id{desk.must("handler", knowledge(policy, "2028-02-22"))};
  desk.must("manager", finding(id, StateOfMind::kDeliberate));
  CHECK(desk.refused("uw", RescindPolicy{.nondisclosure = id, .reached_on = day("2028-02-23")}) ==
        "accepted");
  CHECK(desk.refused("uw", RescindPolicy{.nondisclosure = id, .reached_on = day("2028-02-24")}) ==
        refusals::kNoRescission.name);
}

TEST_CASE("non-disclosure: what goes back is nothing, all, or the unearned part by day (art 16)") {
  struct Row {
    StateOfMind mind;
    bool bore;
    Money each;  // to the customer, and to the government
  };
  // Rescinded on 2026-04-01: cover until 2026-04-02, 32 of 365 days; 1,400.00 x 333 / 365.
  const std::vector<Row> rows{{StateOfMind::kDeliberate, false, yuan(0)},
                              {StateOfMind::kDeliberate, true, yuan(0)},
                              {StateOfMind::kGrossNegligence, true, yuan(1'400)},
                              {StateOfMind::kGrossNegligence, false, fen(127'726)}};
  for (const Row& row : rows) {
    CAPTURE(name_of(row.mind));
    CAPTURE(row.bore);
    Case c(row.mind);
    c.go_to("2026-03-20");
    Incident incident = claims::ningbo::incident();
    incident.id = {};
    incident.policy = c.policy;
    incident.occurred = at("2026-03-18T02:00:00+08:00");
    incident.discovered = at("2026-03-18T08:00:00+08:00");
    const IncidentId reported{c.desk.must("holder", ReportIncident{.incident = incident})};
    c.go_to("2026-04-01");
    if (row.mind == StateOfMind::kGrossNegligence)
      CHECK(c.rescind("2026-04-01") == refusals::kBearingNotFound.name);
    c.desk.must("manager", FindNonDisclosure{.found = {.nondisclosure = c.id,
                                                       .incident = reported,
                                                       .bore_on_incident = row.bore,
                                                       .reason = "forensic report"}});
    c.desk.must("uw", RescindPolicy{.nondisclosure = c.id, .reached_on = day("2026-04-01")});
    CHECK(c.refund().to_customer == row.each);
    CHECK(c.refund().to_government == row.each);
    const PolicyFile& file = *find_policy(c.desk.house, c.policy);
    CHECK(policy_state(file, at("2026-04-02T00:00:00+08:00")) == PolicyState::kCancelled);
    CHECK(!file.premium_frozen);
    if (!row.each.is_zero()) c.desk.must("finance", PayRefund{c.policy});
    const auto facts = disclosure_case(c.desk.house, *find_nondisclosure(c.desk.house, c.id),
                                       day("2026-04-02"), reported);
    const auto proposal = claims::propose_disclosure(facts, {});
    REQUIRE(proposal.ok());
    CHECK(name_of(proposal->right) == name_of(claims::RescissionRight::kExercised));
    CHECK(c.rescind("2026-04-01") == refusals::kAlreadyDone.name);
    CHECK(c.desk.refused("manager", finding(c.id, StateOfMind::kNone)) ==
          refusals::kAlreadyDone.name);
    MemoryJournal& journal = c.desk.journal;
    const auto again = replay(journal);
    REQUIRE(again.ok());
    CHECK(*again == c.desk.house);
  }
}

TEST_CASE(
    "non-disclosure: deliberate keeps what was paid, and claims nothing for days after the end") {
  Case c(StateOfMind::kDeliberate, false);
  c.go_to("2026-04-05");
  CHECK(c.desk.refused("finance", c.desk.lapse(c.policy, day("2026-03-10"))) ==
        refusals::kPremiumFrozen.name);
  // The notice arrived on 1 April: cover until then, whenever it is recorded.
  c.desk.must("uw", RescindPolicy{.nondisclosure = c.id, .reached_on = day("2026-04-01")});
  const PolicyFile& file = *find_policy(c.desk.house, c.policy);
  CHECK(file.cancelled->on == day("2026-04-02"));
  CHECK(c.refund().customer_waived == fen(127'726));  // 1,400.00 x 333 / 365
  CHECK(c.refund().government_waived == fen(127'726));
  CHECK(c.refund().to_customer.is_zero());
  CHECK(owed_by(file, Payer::kCustomer) == fen(12'274));
  const auto again = replay(c.desk.journal);
  REQUIRE(again.ok());
  CHECK(*again == c.desk.house);
}

TEST_CASE("non-disclosure: the first knowledge runs the clock, whichever case is rescinded") {
  Case c;
  c.go_to("2026-04-02");
  c.desk.must("handler", knowledge(c.policy, "2026-03-01"));  // 30 days end on 2026-03-31
  CHECK(nominal_last_days(c.desk.house, *find_nondisclosure(c.desk.house, c.id)).thirty_days ==
        day("2026-03-31"));
  CHECK(c.rescind("2026-04-02") == refusals::kNoRescission.name);
}

TEST_CASE("non-disclosure: a lapsed policy that was rescinded is not taken up again") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.bind(desk.enterprise());
  desk.now = at("2026-03-20T09:00:00+08:00");
  desk.must("uw", desk.lapse(policy, day("2026-03-15")));
  const NonDisclosureId id{desk.must("handler", knowledge(policy, "2026-03-20"))};
  desk.must("manager", finding(id, StateOfMind::kDeliberate));
  desk.must("uw", RescindPolicy{.nondisclosure = id, .reached_on = day("2026-03-20")});
  CHECK(desk.refused("uw", ReinstatePolicy{policy, day("2026-03-21"), "paid"}) ==
        refusals::kWrongState.name);
}

TEST_CASE("non-disclosure: a person finds first, and another person rescinds") {
  Case c(StateOfMind::kNone);
  CHECK(c.rescind("2026-03-10") == refusals::kNoRescission.name);  // nothing is found yet
  c.desk.must("uw", finding(c.id, StateOfMind::kDeliberate));
  CHECK(c.rescind("2026-03-10") == refusals::kFourEyes.name);
  const RescindPolicy command{.nondisclosure = c.id, .reached_on = day("2026-03-10")};
  CHECK(c.desk.refused("uw.junior", command) == "accepted");
  CHECK(c.desk.refused("broker", command) == refusals::kRoleMissing.name);
  c.desk.must("uw", finding(c.id, StateOfMind::kNone));
  CHECK(c.desk.refused("uw.junior", command) == refusals::kNoRescission.name);
}

TEST_CASE("refusals 7142 to 7148: what knowledge and findings must say") {
  Case c;
  const auto changed = [&](const std::function<void(NonDisclosure&)>& change) {
    LearnNonDisclosure command = knowledge(c.policy, "2026-03-10");
    change(command.nondisclosure);
    return c.desk.refused("handler", command);
  };
  CHECK(changed([](NonDisclosure& n) { n.truth = n.answered; }) == refusals::kNotUntrue.name);
  CHECK(changed([](NonDisclosure&) {}) == refusals::kLearnedBefore.name);
  CHECK(changed([](NonDisclosure& n) { n.learned_on = day("2026-03-09"); }) == "accepted");
  CHECK(changed([](NonDisclosure& n) { n.learned_on = day("2026-03-11"); }) ==
        refusals::kFutureTime.name);
  CHECK(changed([](NonDisclosure& n) { n.subject = "shoe_size"; }) == refusals::kNotFound.name);
  CHECK(changed([](NonDisclosure& n) { n.about = AskedAbout::kAnswer; }) ==
        refusals::kNotFound.name);
  CHECK(changed([](NonDisclosure& n) { n.learned_by = {"nobody"}; }) == refusals::kNotFound.name);
  CHECK(changed([](NonDisclosure& n) { n.id = {7}; }) == refusals::kIdGiven.name);
  CHECK(changed([](NonDisclosure& n) { n.note.clear(); }) == "empty_text");
  FindNonDisclosure nothing{.found = {.nondisclosure = c.id, .reason = "r"}};
  CHECK(c.desk.refused("manager", nothing) == refusals::kNothingFound.name);
  nothing.found.bore_on_incident = true;
  CHECK(c.desk.refused("manager", nothing) == refusals::kNothingFound.name);
  nothing.found.incident = {999};
  CHECK(c.desk.refused("manager", nothing) == refusals::kNotFound.name);
  FindNonDisclosure unreasoned = finding(c.id, StateOfMind::kDeliberate);
  unreasoned.found.reason.clear();
  CHECK(c.desk.refused("manager", unreasoned) == "empty_text");
}

TEST_CASE("texts shown: kept with digest, version, person and time, before and after binding") {
  Desk desk;
  desk.open();
  const QuoteId quote = desk.issue(desk.enterprise());
  ShowText command{.shown = {.quote = quote,
                             .kind = ShownKind::kWording,
                             .text = sha256(bytes_of("wording")),
                             .version = "ningbo-2023-a",
                             .shown_to = "token-1",
                             .confirmed = true}};
  desk.must("broker", command);
  const ShownText& kept = find_quote(desk.house, quote)->shown.front();
  CHECK(kept.shown_by.text == "broker");
  CHECK(kept.at == desk.now);
  CHECK(desk.refused("finance", command) == refusals::kRoleMissing.name);
  ShowText empty = command;
  empty.shown.text = {};
  CHECK(desk.refused("broker", empty) == "empty_text");
  empty = command;
  empty.shown.shown_to.clear();
  CHECK(desk.refused("broker", empty) == "empty_text");
  empty = command;
  empty.shown.version.clear();
  CHECK(desk.refused("broker", empty) == "empty_text");
}

}  // namespace
}  // namespace anlan::house
