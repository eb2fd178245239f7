#include "house/incident_facts.h"

#include <functional>

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "claims/refusals.h"
#include "domain/input_refusals.h"
#include "house/consistency.h"
#include "house/desk_test.h"
#include "house/refusals.h"

namespace anlan::house {
namespace {

using namespace desk;

const Digest kReport = sha256(bytes_of("report of the adjuster"));

// The Ningbo wording with every term that asks for a fact: it pays less by each of them.
terms::Wording asking() {
  terms::Wording wording = claims::ningbo::wording();
  wording.obligations = {{.control = {"END-01"},
                          .clause = "4.3",
                          .steps = {{.lapse_days = 30, .amount = 10'000'000},
                                    {.lapse_days = 60, .amount = 12'000'000}}}};
  wording.scales = {{.name = "unpatched",
                     .perils = {"ransomware"},
                     .clause = "4.2",
                     .steps = {{.lapse_days = 46, .participation_bp = 1'000}}}};
  wording.terms.sections.back().average = true;  // FP.IR
  wording.terms.other_insurance = {.rule = terms::OtherInsuranceRule::kProRata, .clause = "2.1"};
  wording.territory = terms::Territory{.covered = {"CN"}, .clause = "1.1"};
  return wording;
}

// An incident of 2026-05-11 with the losses of E02, reported on 18 May.
struct Scene {
  Desk desk;
  IncidentId incident;
  Scene() {
    desk.open();
    incident = desk.report(desk.policy_in_force());
    desk.state_e02(incident);
  }
  RecordIncidentFacts record(IncidentFacts facts) const {
    if (facts.note.empty()) facts.note = "report of the adjuster, page 3";
    if (certifies(facts) && facts.evidence == Digest{}) facts.evidence = kReport;
    return {.incident = incident, .facts = std::move(facts)};
  }
  std::uint64_t must(const IncidentFacts& facts, std::string_view who = "manager") {
    return desk.must(who, record(facts));
  }
  claims::AdjudicationInput input(const terms::Wording& wording) const {
    return adjudication_input(desk.house, wording, incident, {});
  }
  ClaimDecision decided(const terms::Wording& wording) const {
    auto decision = claims::adjudicate(input(wording));
    ANLAN_CHECK(decision.ok());
    return decision.value();
  }
  void check_replay() {
    const auto replayed = replay(desk.journal);
    REQUIRE(replayed.ok());
    CHECK(*replayed == desk.house);
  }
};

LapseFound lapse(std::string_view from, std::string_view control = "END-01") {
  return {.control = {std::string(control)}, .from = day(from), .found_by = {"handler"}};
}

struct Injected {
  std::string_view what;
  IncidentFacts facts;
  std::function<void(claims::AdjudicationInput&)> inject;
};

std::vector<Injected> injected() {
  const StatedValue value{.section = {"FP.IR"}, .declared = yuan(60'000), .actual = yuan(100'000)};
  const OtherCover other{.sum_insured = yuan(600'000), .paid = yuan(90'000)};
  const Attribution blamed{.source = AttributionSource::kGovernment,
                           .date = day("2026-05-15"),
                           .confidence = Share::from_percent(80),
                           .state = "XX"};
  return {
      {"days unpatched",
       {.days_unpatched = 47},
       [](claims::AdjudicationInput& in) { in.days_unpatched = 47; }},
      {"values", {.values = {value}}, [=](claims::AdjudicationInput& in) { in.values = {value}; }},
      {"other insurance",
       {.other_insurance = other},
       [=](claims::AdjudicationInput& in) { in.other_insurance = other; }},
      {"a lapse of 40 days",
       {.lapses = {lapse("2026-04-01")}},
       [](claims::AdjudicationInput& in) { in.lapses = {{.control = {"END-01"}, .days = 40}}; }},
      {"a place outside the territory",
       {.location = "US"},
       [](claims::AdjudicationInput& in) { in.incident.location = "US"; }},
      {"an excluded cause",
       {.causes = std::vector<std::string>{"war"}},
       [](claims::AdjudicationInput& in) { in.incident.causes = {"war"}; }},
      {"an attribution",
       {.attribution = blamed},
       [=](claims::AdjudicationInput& in) { in.incident.attribution = blamed; }},
  };
}

TEST_CASE("incident facts: a recorded item decides a claim as the same item of a script does") {
  const terms::Wording wording = asking();
  const ClaimDecision plain = Scene().decided(wording);
  int changed = 0;
  for (const Injected& row : injected()) {
    CAPTURE(row.what);
    Scene scene;
    claims::AdjudicationInput by_hand = scene.input(wording);
    row.inject(by_hand);
    scene.must(row.facts);
    const auto expected = claims::adjudicate(by_hand);
    REQUIRE(expected.ok());
    CHECK(scene.decided(wording) == *expected);
    if (*expected != plain) ++changed;
    scene.check_replay();
  }
  CHECK(changed == 6);  // the attribution alone changes nothing: no exclusion of it asks
}

TEST_CASE("incident facts: the provider of the record counts where the loss names none") {
  Scene scene;
  LossStatement loss = claims::ningbo::hourly_loss();
  loss.incident = scene.incident;
  scene.desk.must("holder", StateLoss{.statement = loss});
  scene.must({.provider = "cloud_one"});
  CHECK(scene.input(asking()).loss.interruption->provider == "cloud_one");
  scene.must({.provider = "cloud_two"});
  CHECK(scene.input(asking()).loss.interruption->provider == "cloud_two");
  loss.interruption->provider = "cloud_three";
  CHECK(scene.desk.refused("holder", StateLoss{.statement = loss}) ==
        refusals::kProviderOnRecord.name);
  loss.interruption->provider = "cloud_two";
  scene.desk.must("holder", StateLoss{.statement = loss});
  CHECK(scene.desk.refused("handler", scene.record({.provider = "cloud_one"})) ==
        refusals::kFactTwice.name);
}

TEST_CASE("incident facts: a lapse on a later part of an incident begins by its first") {
  Scene scene;
  Incident part = claims::ningbo::incident();
  part.id = {};
  part.policy = find_incident(scene.desk.house, scene.incident)->incident.policy;
  part.occurred = plus_minutes(part.occurred, 24 * 60);
  part.discovered = std::max(part.discovered, part.occurred);
  part.related_to = scene.incident;
  const IncidentId second{
      scene.desk.must("handler", ReportIncident{.incident = part, .related_hours = 72})};
  RecordIncidentFacts command = scene.record({.lapses = {lapse("2026-04-01")}});
  scene.desk.must("manager", command);
  command.incident = second;
  command.facts.lapses = {lapse(to_text(date_of(part.occurred, scene.desk.house.offset())))};
  CHECK(scene.desk.refused("manager", command) == refusals::kLapseDays.name);
}

TEST_CASE("incident facts: a record is read by people, so its length is bounded") {
  Scene scene;
  IncidentFacts facts{.days_unpatched = 3};
  facts.note = std::string(4'001, 'x');
  CHECK(scene.desk.refused("manager", RecordIncidentFacts{scene.incident, facts}) ==
        anlan::refusals::kOutOfRange.name);
  facts.note = "seen";
  facts.causes = std::vector<std::string>(101, "war");
  facts.evidence = sha256(bytes_of("report"));
  CHECK(scene.desk.refused("manager", RecordIncidentFacts{scene.incident, facts}) ==
        anlan::refusals::kOutOfRange.name);
}

TEST_CASE("incident facts: of each item the newest record counts, and the older ones stay") {
  Scene scene;
  scene.must({.days_unpatched = 10,
              .values = {{{"FP.IR"}, yuan(1), yuan(2)}, {{"FP.HW"}, yuan(3), yuan(4)}}});
  scene.must({.values = {{{"FP.HW"}, yuan(5), yuan(6)}}, .lapses = {lapse("2026-04-01")}});
  const std::uint64_t last =
      scene.must({.days_unpatched = 20, .lapses = {lapse("2026-03-02", "BKP-01")}}, "handler");
  const claims::AdjudicationInput input = scene.input(asking());
  CHECK(input.days_unpatched == 20);
  REQUIRE(input.values.size() == 2);
  CHECK(input.values[0].declared == yuan(1));
  CHECK(input.values[1].declared == yuan(5));
  REQUIRE(input.lapses.size() == 2);
  CHECK(input.lapses[0].days == 40);
  CHECK(input.lapses[1].days == 70);
  const IncidentFile& file = *find_incident(scene.desk.house, scene.incident);
  REQUIRE(file.facts.size() == 3);
  CHECK(file.facts[2].by.text == "handler");
  CHECK(file.facts[2].at == scene.desk.now);
  CHECK(file.facts[2].seq == last);
  int replaced = 0;
  for (const ItemOnFile& item : items_on_file({&file})) {
    if (item.counts) continue;
    ++replaced;
    CHECK((item.record == &file.facts[0]));
  }
  CHECK(replaced == 2);  // the first days, and the first value of the hardware
  // It was no lapse after all, and it ran again in time.
  LapseFound none = lapse("2026-04-01");
  none.withdrawn = true;
  LapseFound cured = lapse("2026-03-02", "BKP-01");
  cured.cured_on = day("2026-05-11");
  scene.must({.lapses = {none, cured}});
  CHECK(scene.input(asking()).lapses.empty());
  scene.check_replay();
}

TEST_CASE("incident facts: an incident and its parts have one set, each part its own place") {
  Scene scene;
  Desk& desk = scene.desk;
  Incident later = claims::ningbo::incident();
  later.id = {};
  later.policy = find_incident(desk.house, scene.incident)->incident.policy;
  later.occurred = plus_minutes(later.occurred, 600);
  later.discovered = plus_minutes(later.occurred, 10);
  const IncidentId part{desk.must("holder", ReportIncident{.incident = later})};
  desk.must(
      "handler",
      RecordIncidentFacts{
          .incident = part,
          .facts = {.days_unpatched = 47, .location = "US", .note = "n", .evidence = kReport}});
  CHECK(!scene.input(asking()).days_unpatched);
  desk.must("handler", RelateIncident{.incident = part, .first = scene.incident});
  const claims::AdjudicationInput input = scene.input(asking());
  CHECK(input.days_unpatched == 47);
  CHECK(input.incident.location.empty());
  REQUIRE(input.parts.size() == 1);
  CHECK(input.parts[0].incident.location == "US");
  CHECK(find_incident(desk.house, part)->incident.location.empty());  // the report stays
}

TEST_CASE("incident facts: a decision that did not see a record is refused as changed") {
  Scene scene;
  const AdjudicateClaim before = scene.desk.adjudication(scene.incident);
  scene.must({.days_unpatched = 47});
  CHECK(scene.desk.refused("handler", before) == refusals::kInputsChanged.name);
  const ClaimId claim = scene.desk.adjudicate(scene.incident);
  CHECK(scene.desk.refused("manager", scene.record({.days_unpatched = 50})) ==
        refusals::kAlreadyDone.name);
  scene.desk.must("manager", ReturnClaim{claim, "days unpatched are in doubt"});
  scene.must({.days_unpatched = 50});
  scene.desk.adjudicate(scene.incident);
  scene.check_replay();
}

// 20,000.00 are within the handler's own authority of 50,000.00.
TEST_CASE("incident facts: a lapse, a correction or an own record takes a second person") {
  const auto approved = [](const IncidentFacts& facts, std::string_view who) {
    Desk desk;
    desk.open();
    const IncidentId incident = desk.report(desk.policy_in_force());
    desk.must("holder",
              StateLoss{.statement = {.incident = incident,
                                      .items = {claims::ningbo::item("FP.IR", yuan(20'000))},
                                      .mitigation = yuan(0)}});
    desk.must(who, RecordIncidentFacts{.incident = incident, .facts = facts});
    const ClaimId claim = desk.adjudicate(incident);
    return desk.refused("handler", ApproveClaim{claim});
  };
  const auto second = claims::refusals::kApproverIsAdjudicator.name;
  const auto facts = [](auto change) {
    IncidentFacts out{.note = "n", .evidence = kReport};
    change(out);
    return out;
  };
  CHECK(approved(facts([](IncidentFacts& f) { f.days_unpatched = 3; }), "manager") == "accepted");
  CHECK(approved(facts([](IncidentFacts& f) { f.days_unpatched = 3; }), "handler") == second);
  CHECK(approved(facts([](IncidentFacts& f) { f.location = "CN"; }), "manager") == second);
  CHECK(approved(facts([](IncidentFacts& f) { f.causes = std::vector<std::string>{}; }),
                 "manager") == second);
  CHECK(approved(facts([](IncidentFacts& f) { f.lapses = {lapse("2026-04-01")}; }), "manager") ==
        second);
}

// What is wrong with a record, by decide and in a journal that was written by somebody else.
TEST_CASE("refusals 7162 to 7166: what a record of facts must hold to, live and replayed") {
  Scene scene;
  Desk& desk = scene.desk;
  const EnterpriseId company =
      find_policy(desk.house, find_incident(desk.house, scene.incident)->incident.policy)
          ->policy.enterprise;
  Order order = Desk::order(company);
  order.from = day("2026-06-01");
  order.until = day("2027-06-01");
  desk.must("broker", PlaceOrder{.order = order});  // END-01 of guard-vendor
  const auto with = [](auto change) {
    LapseFound out = lapse("2026-04-01");
    change(out);
    return IncidentFacts{.lapses = {out}};
  };
  struct Row {
    RefusalCode code;
    std::string_view path;
    IncidentFacts facts;
  };
  namespace base = anlan::refusals;
  const StatedValue value{.section = {"FP.BI"}, .declared = yuan(1), .actual = yuan(2)};
  const std::vector<Row> rows{
      {refusals::kNoFactsStated, "facts", {}},
      {base::kOutOfRange, "days_unpatched", {.days_unpatched = -1}},
      {base::kOutOfRange, "days_unpatched", {.days_unpatched = kDaysUnpatchedMax + 1}},
      {refusals::kFactTwice, "values.section", {.values = {value, value}}},
      {base::kMoneyNegative,
       "values.declared",
       {.values = {{.section = {"FP.BI"}, .declared = yuan(-1), .actual = yuan(0)}}}},
      {base::kMoneyTooLarge,
       "other_insurance.paid",
       {.other_insurance = OtherCover{.sum_insured = yuan(0), .paid = fen(kAmountMax + 1)}}},
      {kPlaceMalformed, "location", {.location = "china"}},
      {kPlaceMalformed, "attribution.state", {.attribution = Attribution{.state = "x"}}},
      {refusals::kFactTwice,
       "lapses.control",
       {.lapses = {lapse("2026-04-01", "BKP-01"), lapse("2026-04-02", "BKP-01")}}},
      {base::kEmptyText, "lapses.control", {.lapses = {lapse("2026-04-01", "")}}},
      {refusals::kNotFound, "lapses.found_by",
       with([](LapseFound& l) { l.found_by = {"nobody"}; })},
      {refusals::kFinderSellsControl, "lapses.found_by",
       with([](LapseFound& l) { l.found_by = {"vendor"}; })},
      {refusals::kFinderSellsControl, "lapses.found_by",
       with([](LapseFound& l) { l.found_by = {"broker"}; })},  // who sold the order
      {refusals::kLapseDays, "lapses.began",
       with([](LapseFound& l) { l.from = day("2026-05-12"); })},
      {refusals::kLapseDays, "lapses.noticed_on", with([](LapseFound& l) {
         l.noticed_on = day("2026-03-31");
         l.cure_by = day("2026-05-01");
       })},
      {refusals::kLapseDays, "lapses.cure_by",
       with([](LapseFound& l) { l.noticed_on = day("2026-04-11"); })},
      {refusals::kLapseDays, "lapses.cure_by",
       with([](LapseFound& l) { l.cure_by = day("2026-04-11"); })},
      {refusals::kLapseDays, "lapses.cure_by",
       with([](LapseFound& l) { l.noticed_on = l.cure_by = day("2026-04-11"); })},
      {refusals::kLapseDays, "lapses.cured_on",
       with([](LapseFound& l) { l.cured_on = day("2026-04-01"); })},
      {refusals::kFutureTime, "lapses.cured_on",
       with([](LapseFound& l) { l.cured_on = day("2026-05-19"); })},
      {refusals::kFutureTime, "lapses.noticed_on", with([](LapseFound& l) {
         l.noticed_on = day("2026-05-19");
         l.cure_by = day("2026-06-19");
       })},
  };
  const auto check = [&](const Row& row, const RecordIncidentFacts& command) {
    const auto events = desk.decide_as("manager", command);
    REQUIRE(!events.ok());
    CHECK(events.refusal().code.name == row.code.name);
    CHECK(events.refusal().path == row.path);
    const EventContext context{
        .seq = desk.house.head.seq + 1, .at = desk.now, .actor = {"manager"}};
    const auto follows =
        check_follows(desk.house, context,
                      IncidentFactsRecorded{.incident = command.incident, .facts = command.facts});
    REQUIRE(!follows.ok());
    CHECK(follows.refusal().code.name == refusals::kContradiction.name);
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    CAPTURE(row.code.name);
    check(row, scene.record(row.facts));
  }
  RecordIncidentFacts silent = scene.record({.days_unpatched = 1});
  silent.facts.note.clear();
  check({base::kEmptyText, "note", {}}, silent);
  for (IncidentFacts facts :
       {IncidentFacts{.location = "US"}, IncidentFacts{.causes = std::vector<std::string>{}},
        IncidentFacts{.attribution = Attribution{}},
        IncidentFacts{.lapses = {lapse("2026-04-01")}}}) {
    RecordIncidentFacts bare = scene.record(facts);
    bare.facts.evidence = {};
    check({refusals::kFactUnevidenced, "evidence", {}}, bare);
  }
  // Another control of the same order, and somebody who sells none of it.
  scene.must(with([](LapseFound& l) {
    l.control = {"BKP-01"};
    l.found_by = {"vendor"};
  }));
  scene.must(with([](LapseFound& l) {
    l.found_by = {"vendor.other"};
    l.noticed_on = day("2026-05-18");
    l.cure_by = day("2026-06-18");
  }));
  scene.check_replay();
}

}  // namespace
}  // namespace anlan::house
