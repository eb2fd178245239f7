#include "claims/disclosure.h"

#include <string>

#include <doctest/doctest.h>

#include "claims/disclosure_case.h"
#include "claims/refusals.h"

using namespace anlan;
using namespace anlan::claims;

namespace {

Date day(std::string_view text) { return parse_date(text, "test").value(); }
std::optional<Date> day_or_none(std::string_view text) {
  return text.empty() ? std::optional<Date>() : day(text);
}

// 2026 and 2028 with the holidays that the rows touch.
WorkCalendar calendar() {
  WorkCalendar out;
  out.known_from = day("2026-01-01");
  out.known_until = day("2029-01-01");
  for (const char* text : {"2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04", "2026-05-05"})
    out.rest_days.push_back(day(text));
  return out;
}

enum class Asked { kYes, kGeneral, kNever };
constexpr char kNotFound = '?';

// Contract of 2026-01-12. `mind`: d deliberate, g gross negligence, n none; `material`, `bore`: y
// or n; ? nobody has found it.
struct Row {
  std::string_view what;
  std::string_view source;
  Asked asked = Asked::kYes;
  std::string_view truth = "40";  // the answer was 100
  char mind = 'g';
  char material = 'y';
  char bore = 'y';
  std::string_view seen = "2026-06-20";  // by somebody of the insurer
  std::string_view collected = "2026-01-14";
  std::string_view rescinded = "";
  std::string_view incident = "2026-06-15";
  std::string_view as_of = "2026-07-06";
  RescissionRight right;
  DisclosureClaim claim;
  DisclosurePremium premium = DisclosurePremium::kStays;
  std::string_view last30 = "2026-07-20";
  std::string_view rescind_by = "";
  DisclosureRule decides;
};

using Right = RescissionRight;
using Claim = DisclosureClaim;
using Premium = DisclosurePremium;
using Rule = DisclosureRule;

std::optional<Finding<bool>> found(char value) {
  if (value == kNotFound) return std::nullopt;
  return Finding<bool>{.value = value == 'y', .by = "li.claims", .on = day("2026-07-03")};
}

DisclosureCase case_of(const Row& row) {
  DisclosureCase out{.answer = "100", .truth = std::string(row.truth)};
  if (row.asked != Asked::kNever) {
    out.question = QuestionAsked{.control = "IAM-01",
                                 .version = "2026-01",
                                 .text_zh = "问",
                                 .text_en = "MFA on all remote access?",
                                 .general = row.asked == Asked::kGeneral};
  }
  out.formed = day("2026-01-12");
  out.as_of = day(row.as_of);
  out.incident = day_or_none(row.incident);
  out.rescinded = day_or_none(row.rescinded);
  out.shown.push_back({.source = "scan"});
  if (!row.seen.empty()) {
    out.shown.push_back({.source = "claim", .seen_by = "wang", .seen_on = day(row.seen)});
  }
  out.collected.push_back(
      {.on = day(row.collected), .amount = Money::from_minor(140'000, Currency::kCny)});
  if (row.mind != kNotFound) {
    const StateOfMind mind = row.mind == 'd'   ? StateOfMind::kDeliberate
                             : row.mind == 'g' ? StateOfMind::kGrossNegligence
                                               : StateOfMind::kNone;
    out.state_of_mind =
        Finding<StateOfMind>{.value = mind, .by = "li.claims", .on = day("2026-07-03")};
  }
  out.material = found(row.material);
  out.bore_on_incident = found(row.bore);
  return out;
}

const DisclosureStep* deciding(const DisclosureProposal& proposal) {
  const DisclosureStep* out = nullptr;
  for (const DisclosureStep& step : proposal.steps) {
    if (!step.decides) continue;
    CHECK(out == nullptr);
    out = &step;
  }
  return out;
}

// The text of Insurance Law art 16 and Interpretation II art 6 to 8, row by row.
const std::vector<Row>& rows() {
  static const std::vector<Row> kRows{
      {.what = "nobody asked",
       .source = "16(1)",
       .asked = Asked::kNever,
       .right = Right::kNone,
       .claim = Claim::kPays,
       .last30 = "",
       .decides = Rule::kAsked},
      {.what = "a catch-all question asks nothing",
       .source = "II 6",
       .asked = Asked::kGeneral,
       .mind = 'd',
       .right = Right::kNone,
       .claim = Claim::kPays,
       .last30 = "",
       .decides = Rule::kAsked},
      {.what = "the answer was true",
       .source = "16(1)",
       .truth = "100",
       .right = Right::kNone,
       .claim = Claim::kPays,
       .last30 = "",
       .decides = Rule::kUntrue},
      {.what = "neither deliberate nor grossly negligent",
       .source = "16(2)",
       .mind = 'n',
       .right = Right::kNone,
       .claim = Claim::kPays,
       .decides = Rule::kFault},
      {.what = "of no weight for the insurer",
       .source = "16(2)",
       .mind = 'd',
       .material = 'n',
       .right = Right::kNone,
       .claim = Claim::kPays,
       .decides = Rule::kMaterial},
      {.what = "the underwriter saw the scan",
       .source = "16(6)",
       .mind = 'd',
       .seen = "2026-01-08",
       .right = Right::kBarred,
       .claim = Claim::kPays,
       .last30 = "2026-02-11",
       .decides = Rule::kKnewAtFormation},
      {.what = "seen on the day of the contract",
       .source = "16(6)",
       .seen = "2026-01-12",
       .right = Right::kBarred,
       .claim = Claim::kPays,
       .last30 = "2026-02-11",
       .decides = Rule::kKnewAtFormation},
      {.what = "rescission of no effect, because the insurer knew",
       .source = "16(6)",
       .seen = "2026-01-08",
       .rescinded = "2026-01-20",
       .right = Right::kBarred,
       .claim = Claim::kPays,
       .last30 = "2026-02-11",
       .decides = Rule::kKnewAtFormation},
      {.what = "learnt, the 30 days run",
       .source = "16(3), II 8",
       .right = Right::kOpen,
       .claim = Claim::kPaysUnlessRescinded,
       .rescind_by = "2026-07-20",
       .decides = Rule::kRescinded},
      {.what = "31 days after knowledge",
       .source = "16(3)",
       .seen = "2026-06-07",
       .as_of = "2026-07-08",
       .right = Right::kExpired,
       .claim = Claim::kPays,
       .last30 = "2026-07-07",
       .decides = Rule::kThirtyDays},
      {.what = "the thirtieth day is the last",
       .source = "16(3), Civil Code 201",
       .seen = "2026-06-06",
       .as_of = "2026-07-06",
       .right = Right::kOpen,
       .claim = Claim::kPaysUnlessRescinded,
       .last30 = "2026-07-06",
       .rescind_by = "2026-07-06",
       .decides = Rule::kRescinded},
      {.what = "the thirtieth day is a Sunday: Monday is the last",
       .source = "Civil Code 203",
       .seen = "2026-06-05",
       .as_of = "2026-07-06",
       .right = Right::kOpen,
       .claim = Claim::kPaysUnlessRescinded,
       .last30 = "2026-07-06",
       .rescind_by = "2026-07-06",
       .decides = Rule::kRescinded},
      {.what = "the thirtieth day is Labour Day: the sixth of May is the last",
       .source = "Civil Code 203",
       .seen = "2026-04-01",
       .rescinded = "2026-05-06",
       .incident = "2026-03-20",
       .right = Right::kExercised,
       .claim = Claim::kPaysNothing,
       .premium = Premium::kRefunded,
       .last30 = "2026-05-06",
       .decides = Rule::kRescinded},
      {.what = "rescinded a day late",
       .source = "16(3)",
       .seen = "2026-04-01",
       .rescinded = "2026-05-07",
       .incident = "2026-03-20",
       .right = Right::kExpired,
       .claim = Claim::kPays,
       .last30 = "2026-05-06",
       .decides = Rule::kThirtyDays},
      {.what = "two years are over, although learnt yesterday",
       .source = "16(3)",
       .mind = 'd',
       .seen = "2028-01-12",
       .as_of = "2028-01-13",
       .right = Right::kExpired,
       .claim = Claim::kPays,
       .last30 = "2028-02-11",
       .decides = Rule::kTwoYears},
      {.what = "the last day of the two years",
       .source = "16(3)",
       .mind = 'd',
       .seen = "2028-01-11",
       .as_of = "2028-01-12",
       .right = Right::kOpen,
       .claim = Claim::kPaysUnlessRescinded,
       .last30 = "2028-02-10",
       .rescind_by = "2028-01-12",
       .decides = Rule::kRescinded},
      {.what = "premium collected with knowledge",
       .source = "II 7",
       .collected = "2026-06-30",
       .right = Right::kWaived,
       .claim = Claim::kPays,
       .decides = Rule::kCollectedKnowing},
      {.what = "premium of the day of knowledge waives nothing",
       .source = "II 7",
       .collected = "2026-06-20",
       .right = Right::kOpen,
       .claim = Claim::kPaysUnlessRescinded,
       .rescind_by = "2026-07-20",
       .decides = Rule::kRescinded},
      {.what = "premium collected after a rescission in time waives nothing",
       .source = "II 7",
       .collected = "2026-07-03",
       .rescinded = "2026-07-02",
       .right = Right::kExercised,
       .claim = Claim::kPaysNothing,
       .premium = Premium::kRefunded,
       .decides = Rule::kRescinded},
      {.what = "deliberate and rescinded",
       .source = "16(4)",
       .mind = 'd',
       .bore = 'n',
       .rescinded = "2026-07-02",
       .right = Right::kExercised,
       .claim = Claim::kPaysNothing,
       .premium = Premium::kKept,
       .decides = Rule::kRescinded},
      {.what = "grossly negligent, bore on the incident, rescinded",
       .source = "16(5)",
       .rescinded = "2026-07-02",
       .right = Right::kExercised,
       .claim = Claim::kPaysNothing,
       .premium = Premium::kRefunded,
       .decides = Rule::kRescinded},
      {.what = "grossly negligent, without bearing on the incident, rescinded",
       .source = "16(5)",
       .bore = 'n',
       .rescinded = "2026-07-02",
       .right = Right::kExercised,
       .claim = Claim::kPays,
       .premium = Premium::kByPolicy,
       .decides = Rule::kRescinded},
      {.what = "the same, not rescinded: nothing hangs on it for this claim",
       .source = "16(5)",
       .bore = 'n',
       .right = Right::kOpen,
       .claim = Claim::kPays,
       .rescind_by = "2026-07-20",
       .decides = Rule::kRescinded},
      {.what = "an incident after the rescission",
       .source = "16(2)",
       .rescinded = "2026-06-25",
       .incident = "2026-07-01",
       .right = Right::kExercised,
       .claim = Claim::kPaysNothing,
       .premium = Premium::kByPolicy,
       .decides = Rule::kRescinded},
      {.what = "no incident yet",
       .source = "16(3)",
       .incident = "",
       .right = Right::kOpen,
       .claim = Claim::kNoIncident,
       .rescind_by = "2026-07-20",
       .decides = Rule::kRescinded},
      {.what = "nobody of the insurer knows: only the two years run",
       .source = "16(3)",
       .seen = "",
       .right = Right::kOpen,
       .claim = Claim::kPaysUnlessRescinded,
       .last30 = "",
       .rescind_by = "2028-01-12",
       .decides = Rule::kRescinded},
      {.what = "knowledge and waiver need no finding",
       .source = "16(6)",
       .mind = kNotFound,
       .material = kNotFound,
       .bore = kNotFound,
       .seen = "2026-01-08",
       .right = Right::kBarred,
       .claim = Claim::kPays,
       .last30 = "2026-02-11",
       .decides = Rule::kKnewAtFormation},
  };
  return kRows;
}

}  // namespace

TEST_CASE("disclosure: each rule of article 16 and its interpretations") {
  for (const Row& row : rows()) {
    CAPTURE(row.what);
    const auto out = propose_disclosure(case_of(row), calendar());
    REQUIRE(out.ok());
    CHECK(out->right == row.right);
    CHECK(out->claim == row.claim);
    CHECK(out->premium == row.premium);
    CHECK((out->thirty_days ? to_text(out->thirty_days->last) : "") == row.last30);
    CHECK((out->rescind_by ? to_text(*out->rescind_by) : "") == row.rescind_by);
    CHECK(to_text(out->two_years.last) == "2028-01-12");
    CHECK(out->missing.empty());
    const DisclosureStep* step = deciding(*out);
    REQUIRE(step != nullptr);
    CHECK(step->rule == row.decides);
    for (const DisclosureStep& each : out->steps) CHECK_FALSE(each.source.empty());
  }
}

TEST_CASE("disclosure: what a person has to find stays open, and is named") {
  struct Open {
    char mind, material, bore;
    Claim claim;
    Claim if_rescinded;
    std::vector<Rule> missing;
  };
  const std::vector<Open> opens{
      {'?', 'y', 'y', Claim::kFindingNeeded, Claim::kNoIncident, {Rule::kFault}},
      {'?', '?', '?', Claim::kFindingNeeded, Claim::kNoIncident, {Rule::kFault, Rule::kMaterial}},
      {'g', '?', 'y', Claim::kFindingNeeded, Claim::kNoIncident, {Rule::kMaterial}},
      {'g', 'y', '?', Claim::kPaysUnlessRescinded, Claim::kFindingNeeded, {Rule::kBoreOnIncident}},
      {'d', 'y', '?', Claim::kPaysUnlessRescinded, Claim::kPaysNothing, {}},
  };
  for (const Open& open : opens) {
    CAPTURE(open.mind);
    CAPTURE(open.material);
    const Row row{.what = "open",
                  .source = "16",
                  .mind = open.mind,
                  .material = open.material,
                  .bore = open.bore,
                  .right = Right::kOpen,
                  .claim = open.claim,
                  .decides = Rule::kRescinded};
    const auto out = propose_disclosure(case_of(row), calendar());
    REQUIRE(out.ok());
    CHECK(out->claim == open.claim);
    CHECK(out->if_rescinded == open.if_rescinded);
    CHECK(out->missing == open.missing);
    CHECK(to_text(out->rescind_by.value()) == "2026-07-20");  // the clock waits for nobody
  }
}

TEST_CASE("disclosure: a period beyond the listed holidays says so") {
  WorkCalendar known = calendar();
  known.known_until = day("2027-01-01");
  const auto out = propose_disclosure(case_of(rows()[8]), known);
  REQUIRE(out.ok());
  CHECK(out->thirty_days->calendar_known);
  CHECK_FALSE(out->two_years.calendar_known);
}

TEST_CASE("refusal 6030 disclosure_dates: days that cannot stand in their order") {
  const DisclosureCase good = case_of(rows()[8]);
  REQUIRE(propose_disclosure(good, calendar()).ok());
  const auto refused = [&](auto change) {
    DisclosureCase bad = good;
    change(bad);
    const auto out = propose_disclosure(bad, calendar());
    REQUIRE_FALSE(out.ok());
    CHECK(out.refusal().code == claims::refusals::kDisclosureDates);
    return out.refusal().path;
  };
  CHECK(refused([](DisclosureCase& c) { c.formed = day("2026-07-07"); }) == "formed");
  CHECK(refused([](DisclosureCase& c) { c.incident = day("2026-07-07"); }) == "incident");
  CHECK(refused([](DisclosureCase& c) { c.rescinded = day("2026-07-07"); }) == "rescinded");
  CHECK(refused([](DisclosureCase& c) { c.rescinded = day("2026-01-11"); }) == "rescinded");
  CHECK(refused([](DisclosureCase& c) { c.rescinded = day("2026-06-19"); }) == "rescinded");
  CHECK(refused([](DisclosureCase& c) { c.shown[1].seen_by.clear(); }) == "shown.seen_on");
  CHECK(refused([](DisclosureCase& c) { c.shown[0].seen_by = "wang"; }) == "shown.seen_on");
  CHECK(refused([](DisclosureCase& c) { c.collected[0].on = day("2026-07-07"); }) ==
        "collected.on");
}

TEST_CASE("refusal 6031 disclosure_name: the id of a case is the name of its file") {
  Node root = Node::table();
  root.add("id", Node::string("mfa"));
  for (const char* key : {"title", "story"}) {
    Node& text = root.add(key, Node::table());
    text.add("zh", Node::string("文"));
    text.add("en", Node::string("text"));
  }
  for (const auto& [key, value] : std::vector<std::pair<std::string, std::string>>{
           {"answer", "100"}, {"truth", "40"}, {"formed", "2026-01-12"}, {"as_of", "2026-07-06"}})
    root.add(key, Node::string(value));
  const auto read = read_disclosure_file(root, "disclosure_cases/mfa.toml");
  REQUIRE(read.ok());
  CHECK(read->facts.truth == "40");
  CHECK_FALSE(read->facts.question.has_value());
  CHECK(read_disclosure_file(root, "-").ok());
  const auto other = read_disclosure_file(root, "disclosure_cases/other.toml");
  REQUIRE_FALSE(other.ok());
  CHECK(other.refusal().code == claims::refusals::kDisclosureName);
}
