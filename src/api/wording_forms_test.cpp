// The forms of the wording language that decide what of an incident reaches the terms, from texts:
// each flag changes what a claim pays.
#include <doctest/doctest.h>

#include "api/wording_text_test.h"
#include "claims/refusals.h"
#include "terms/refusals.h"

using namespace anlan;
using namespace anlan::api::forms;

namespace {

constexpr std::string_view kCondition = "\n[[conditions]]\nname = \"agreed\"\nclause = \"4.1\"\n";

std::string condition(std::string_view head, std::string_view more) {
  return std::string(kCondition) + "heads = [\"" + std::string(head) + "\"]\n" + std::string(more) +
         clause("4.1", "condition");
}

std::string met(std::string_view instant) {
  return "[[conditions]]\ncondition = \"agreed\"\nreference = \"r\"\nmet = \"" +
         std::string(instant) + "\"\n";
}

}  // namespace

TEST_CASE("form [related] hours: E12, three losses are one occurrence or three as the hours say") {
  struct Row {
    int hours;
    std::vector<std::vector<std::size_t>> occurrences;
    std::int64_t paid;  // E12 of the worked examples
  };
  constexpr std::array<std::string_view, 3> kTimes = {
      "2026-05-11T08:00:00+08:00", "2026-05-12T20:00:00+08:00", "2026-05-14T08:00:00+08:00"};
  constexpr std::array<std::string_view, 3> kLosses = {"120000.00", "80000.00", "30000.00"};
  for (const Row& row : {Row{72, {{0, 1, 2}}, 180'000}, Row{71, {{0, 1}, {2}}, 150'000},
                         Row{0, {{0}, {1}, {2}}, 100'000}}) {
    CAPTURE(row.hours);
    const terms::Wording rule =
        wording("\n[related]\nhours = " + std::to_string(row.hours) + "\nclause = \"5.1\"\n" +
                    clause("5.1", "definition"),
                "occurrence_retention = \"50000.00\"\nretention_clause = \"2.1\"\n");
    std::vector<terms::DatedIncident> incidents;
    for (const std::string_view time : kTimes) {
      incidents.push_back({.occurred = at(time), .root_cause = "worm"});
    }
    const auto occurrences = terms::occurrences_of(rule.related, incidents);
    CHECK(occurrences == row.occurrences);
    Money paid = yuan(0);
    for (const auto& occurrence : occurrences) {
      Claim claim{.wording = rule,
                  .input = incident(item("FP.IR", kLosses[occurrence[0]]), kTimes[occurrence[0]])};
      for (std::size_t n = 1; n < occurrence.size(); ++n) {
        claim.parts.push_back(
            incident(item("FP.IR", kLosses[occurrence[n]]), kTimes[occurrence[n]]));
      }
      paid += payable(claim);
    }
    CHECK(paid == yuan(row.paid));
  }
}

TEST_CASE("refusal 6029 part_not_related: a part beyond the hours of the wording") {
  Claim claim{.wording = wording("\n[related]\nhours = 24\nclause = \"5.1\"\n" +
                                 clause("5.1", "definition")),
              .input = incident(item("FP.IR", "100.00"))};
  claim.parts = {incident(item("FP.IR", "100.00"), "2026-05-12T08:01:00+08:00")};
  CHECK(try_decide(claim).refusal().code.name == claims::refusals::kPartNotRelated.name);
  claim.parts = {incident(item("FP.IR", "100.00"), "2026-05-12T08:00:00+08:00")};
  CHECK(payable(claim) == yuan(200));
}

TEST_CASE("form [[expense_windows]] heads, days, from: later cost of these heads is not paid") {
  const auto window = [](std::string_view days, std::string_view from) {
    return "\n[[expense_windows]]\nheads = [\"FP.PR\"]\ndays = " + std::string(days) +
           "\nfrom = \"" + std::string(from) + "\"\nclause = \"4.2\"\n" +
           clause("4.2", "condition", true);
  };
  // Occurred on 11 May, discovered on 13 May: the item of 10 June at 09:00 is 30 days and one hour
  // after the first, inside 30 days of the second.
  domain::IncidentInput input = incident(
      item("FP.PR", "100.00", "incurred = \"2026-05-20T00:00:00+08:00\"") +
      item("FP.PR", "40.00", "incurred = \"2026-06-10T09:00:00+08:00\"") + item("FP.PR", "7.00") +
      item("FP.IR", "1000.00", "incurred = \"2026-09-01T00:00:00+08:00\""));
  input.incident.discovered = at("2026-05-13T08:00:00+08:00");
  Claim claim{.wording = wording(window("30", "occurrence")), .input = input};
  CHECK(payable(claim) == yuan(1107));
  CHECK(reasons(decide(claim)) == Reasons{"outside_window 4.2"});
  claim.wording = wording(window("31", "occurrence"));
  CHECK(payable(claim) == yuan(1147));
  claim.wording = wording(window("30", "discovery"));
  CHECK(payable(claim) == yuan(1147));
  claim.wording = wording(window("30", "occurrence"));
  claim.unexplained = {"4.2"};
  CHECK(payable(claim) == yuan(1147));
  CHECK(decide(claim).unapplied == std::vector<std::string>{"4.2"});
}

TEST_CASE("form [[conditions]] kind and within_hours: each kind asks for another moment") {
  struct Row {
    std::string_view kind;
    std::string_view met;  // "" : not on record
    std::int64_t paid;
    std::string_view reason;
  };
  const std::string paid_at = "paid = \"2026-05-12T08:00:00+08:00\"\n";
  const std::string_view later = "2026-05-12T20:00:00+08:00";
  for (const Row& row : std::vector<Row>{
           {"kind = \"evidence\"", "", 0, "condition_not_met 4.1"},
           {"kind = \"evidence\"", later, 100, ""},
           {"kind = \"evidence\"\nbefore_payment = true", later, 0, "condition_late 4.1"},
           {"kind = \"consent\"", later, 0, "condition_late 4.1"},
           {"kind = \"consent\"", "2026-05-12T07:00:00+08:00", 100, ""},
           {"kind = \"retrospective_consent\"", later, 100, ""},
           {"kind = \"retrospective_consent\"\nwithin_hours = 12", later, 100, ""},
           {"kind = \"retrospective_consent\"\nwithin_hours = 11", later, 0,
            "consent_too_late 4.1"},
           {"kind = \"retrospective_consent\"", "", 0, "condition_not_met 4.1"},
           {"kind = \"designated_vendor\"", "", 0, "vendor_not_designated 4.1"},
           {"kind = \"designated_vendor\"", later, 100, ""}}) {
    CAPTURE(row.kind);
    CAPTURE(row.met);
    const Claim claim{.wording = wording(condition("FP.EXT.RANSOM", std::string(row.kind) + "\n")),
                      .input = incident(item("FP.EXT.RANSOM", "100.00", paid_at) +
                                        (row.met.empty() ? "" : met(row.met)))};
    const domain::ClaimDecision decision = decide(claim);
    CHECK(decision.payable == yuan(row.paid));
    CHECK(reasons(decision) == (row.reason.empty() ? Reasons{} : Reasons{std::string(row.reason)}));
  }
}

TEST_CASE("form [[conditions]] vendors: only the work of others is lost") {
  const std::string listed =
      condition("FP.IR", "kind = \"designated_vendor\"\nvendors = [\"North CERT\"]\n");
  Claim claim{
      .wording = wording(listed),
      .input = incident(item("FP.IR", "900.00", "vendor = \"North CERT\"") +
                        item("FP.IR", "100.00", "vendor = \"Somebody\"") + item("FP.IR", "50.00"))};
  CHECK(payable(claim) == yuan(900));
  claim.input.loss.items[0].vendor = "Somebody";
  CHECK(payable(claim) == yuan(0));
}

TEST_CASE(
    "form [[conditions]] kind = notice: the insurer knows within hours of the first contact") {
  const std::string notice = condition("FP.IR", "kind = \"notice\"\nwithin_hours = 24\n");
  Claim claim{
      .wording = wording(notice),
      .input = incident(item("FP.IR", "80.00", "incurred = \"2026-05-12T08:00:00+08:00\"") +
                        item("FP.IR", "20.00", "incurred = \"2026-05-30T08:00:00+08:00\""))};
  CHECK(payable(claim) == yuan(100));  // nothing says that notice came late
  claim.reported = at("2026-05-13T08:00:00+08:00");
  CHECK(payable(claim) == yuan(100));
  claim.reported = at("2026-05-13T08:01:00+08:00");
  CHECK(payable(claim) == yuan(0));
  CHECK(reasons(decide(claim)) == Reasons{"vendor_notice_late 4.1"});
  claim.wording = wording(condition("FP.IR", "kind = \"notice\"\nwithin_hours = 48\n"));
  CHECK(payable(claim) == yuan(100));
  // A notice on record that came in time heals a late report.
  claim.wording = wording(notice);
  claim.input.conditions.push_back(
      {.condition = "agreed", .reference = "call 7", .met = at("2026-05-12T09:00:00+08:00")});
  CHECK(payable(claim) == yuan(100));
}

TEST_CASE(
    "form [[conditions]] unmet_bp: a graded consequence takes its share, the next of the rest") {
  const std::string graded = condition("FP.IR", "unmet_bp = 2500\n");
  Claim claim{.wording = wording(graded), .input = incident(item("FP.IR", "1000.00"))};
  CHECK(payable(claim) == yuan(750));
  claim.wording = wording(graded + "\n[[conditions]]\nname = \"other\"\nheads = [\"FP.IR\"]\n" +
                          "clause = \"4.1\"\nunmet_bp = 1000\n");
  CHECK(payable(claim) == yuan(675));
  CHECK(reasons(decide(claim)) == Reasons{"condition_not_met 4.1", "condition_not_met 4.1"});
  claim.wording.clauses.back().exemption = true;
  claim.unexplained = {"4.1"};
  CHECK(payable(claim) == yuan(1000));
}

namespace {

std::string exclusion(std::string_view more, std::string_view ref = "3.1") {
  return "\n[[exclusions]]\nname = \"e" + std::string(ref) + "\"\nclause = \"" + std::string(ref) +
         "\"\n" + std::string(more) + "\n" + clause(ref, "exclusion");
}

Money paid_under(const std::string& forms, std::string_view causes, std::string_view more = "") {
  const Claim claim{
      .wording = wording(forms),
      .input = incident("causes = [" + std::string(causes) + "]\n" + std::string(more) +
                        item("FP.IR", "600.00") + item("FP.EXT.RANSOM", "400.00"))};
  return payable(claim);
}

}  // namespace

TEST_CASE("form [[exclusions]] except_causes, except_heads: what is written back is paid") {
  const std::string bare = "causes = [\"physical_damage\"]";
  CHECK(paid_under(exclusion(bare), "\"physical_damage\"") == yuan(0));
  CHECK(paid_under(exclusion(bare + "\nexcept_causes = [\"cyber\"]"),
                   "\"physical_damage\", \"cyber\"") == yuan(1000));
  CHECK(paid_under(exclusion(bare + "\nexcept_heads = [\"FP.IR\"]"), "\"physical_damage\"") ==
        yuan(600));
  CHECK(paid_under(exclusion("heads = [\"FP.EXT\"]"), "") == yuan(600));
  CHECK(paid_under(exclusion("heads = [\"FP.EXT\"]\nexcept_heads = [\"FP.EXT.RANSOM\"]"), "") ==
        yuan(1000));
}

TEST_CASE("form [[exclusions]] limit: not excluded, the incident is limited to the amount") {
  const std::string limited =
      exclusion("causes = [\"war\"]\nlimit = \"300.00\"\nlimit_clause = \"3.9\"") +
      clause("3.9", "limit", true);
  CHECK(paid_under(limited, "") == yuan(1000));
  CHECK(paid_under(limited, "\"war\"") == yuan(300));
  Claim claim{
      .wording = wording(limited),
      .input = incident("causes = [\"war\"]\nmitigation = \"50.00\"\n" + item("FP.IR", "600.00"))};
  const domain::ClaimDecision decision = decide(claim);
  CHECK(decision.payable == yuan(350));  // mitigation stands outside
  CHECK(reasons(decision) == Reasons{"limited_by_exclusion 3.9"});
  for (const std::string ref : {"3.1", "3.9"}) {
    claim.unexplained = {ref};
    CHECK(payable(claim) == yuan(650));
  }
}

TEST_CASE(
    "form [[exclusions]] attribution, attribution_sources, confidence_min, impairment, "
    "bystanding: the LMA family 5564 to 5567 in both variants") {
  // War is an exclusion of its own in all eight. Lloyd's Market Association, January 2023; the
  // limit of 5565 is ours.
  const std::string a =
      "causes = [\"cyber_operation\"]\nattribution = \"required\"\nattribution_sources = "
      "[\"government\", \"insurer\"]\nconfidence_min = \"60 %\"\n";
  const std::string b = "causes = [\"cyber_operation\"]\n";
  const std::string significant = "impairment = \"significant\"\n";
  const std::string standing = "bystanding = \"covered\"\n";
  const auto family = [&](int number, const std::string& variant) {
    std::string out = exclusion("causes = [\"war\"]");
    if (number == 5564) return out + exclusion(variant, "3.2");
    out += exclusion(variant + significant + (number == 5567 ? standing : ""), "3.2");
    if (number != 5565) return out;
    return out + exclusion(variant + "limit = \"300.00\"\nlimit_clause = \"3.9\"", "3.3") +
           clause("3.9", "limit");
  };
  const auto record = [](std::string_view source, std::string_view confidence, bool impaired,
                         bool bystanding) {
    return "[attribution]\nsource = \"" + std::string(source) +
           "\"\ndate = \"2026-06-01\"\nconfidence = \"" + std::string(confidence) +
           "\"\nstate = \"XX\"\nstate_impaired = " + (impaired ? "true" : "false") +
           "\nbystanding = " + (bystanding ? "true" : "false") + "\n";
  };
  const std::string nobody = "[attribution]\nsource = \"none\"\n";
  struct Row {
    std::string_view name;
    std::string_view cause;
    std::string attribution;
    std::array<int, 8> paid;  // 5564A 5565A 5566A 5567A, then the same of B
  };
  for (const Row& row : std::vector<Row>{{"declared war", "\"war\"", "", {0, 0, 0, 0, 0, 0, 0, 0}},
                                         {"state-backed, a state impaired",
                                          "\"cyber_operation\"",
                                          record("government", "90 %", true, false),
                                          {0, 0, 0, 0, 0, 0, 0, 0}},
                                         {"state-backed, no state impaired",
                                          "\"cyber_operation\"",
                                          record("government", "90 %", false, false),
                                          {0, 300, 1000, 1000, 0, 300, 1000, 1000}},
                                         {"bystanding asset of an operation that impaired a state",
                                          "\"cyber_operation\"",
                                          record("government", "90 %", true, true),
                                          {0, 0, 0, 1000, 0, 0, 0, 1000}},
                                         {"no attribution",
                                          "\"cyber_operation\"",
                                          "",
                                          {1000, 1000, 1000, 1000, 0, 300, 1000, 1000}},
                                         {"nobody is blamed, a state impaired",
                                          "\"cyber_operation\"",
                                          nobody + "state_impaired = true\n",
                                          {1000, 1000, 1000, 1000, 0, 0, 0, 0}},
                                         {"nobody is blamed, a bystanding asset",
                                          "\"cyber_operation\"",
                                          nobody + "state_impaired = true\nbystanding = true\n",
                                          {1000, 1000, 1000, 1000, 0, 0, 0, 1000}},
                                         {"confidence below the least",
                                          "\"cyber_operation\"",
                                          record("government", "59.9 %", true, false),
                                          {1000, 1000, 1000, 1000, 0, 0, 0, 0}},
                                         {"confidence that just suffices",
                                          "\"cyber_operation\"",
                                          record("insurer", "60 %", true, false),
                                          {0, 0, 0, 0, 0, 0, 0, 0}},
                                         {"a source that does not count",
                                          "\"cyber_operation\"",
                                          record("court", "90 %", true, false),
                                          {1000, 1000, 1000, 1000, 0, 0, 0, 0}},
                                         {"a crime",
                                          "\"crime\"",
                                          record("government", "90 %", true, false),
                                          {1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000}}}) {
    for (std::size_t n = 0; n < row.paid.size(); ++n) {
      const int number = 5564 + static_cast<int>(n % 4);
      CAPTURE(row.name);
      CAPTURE(number);
      CAPTURE(n);
      CHECK(paid_under(family(number, n < 4 ? a : b), row.cause, row.attribution) ==
            yuan(row.paid[n]));
    }
  }
}

TEST_CASE("form [territory] covered, except: where it happened, and nothing stated is inside") {
  const auto territory = [](std::string_view keys) {
    return "\n[territory]\n" + std::string(keys) + "\nclause = \"1.9\"\n" +
           clause("1.9", "condition", true);
  };
  const std::string china = territory("covered = [\"CN\", \"HK\"]\nexcept = [\"HK\"]");
  const std::string world = territory("covered = [\"*\"]\nexcept = [\"US\"]");
  CHECK(paid_under(china, "", "location = \"CN\"\n") == yuan(1000));
  CHECK(paid_under(china, "", "location = \"DE\"\n") == yuan(0));
  CHECK(paid_under(china, "", "location = \"HK\"\n") == yuan(0));
  CHECK(paid_under(china, "") == yuan(1000));
  CHECK(paid_under(world, "", "location = \"DE\"\n") == yuan(1000));
  CHECK(paid_under(world, "", "location = \"US\"\n") == yuan(0));
  Claim claim{.wording = wording(world),
              .input = incident("location = \"US\"\n" + item("FP.IR", "10.00"))};
  CHECK(reasons(decide(claim)) == Reasons{"outside_territory 1.9"});
  claim.unexplained = {"1.9"};
  CHECK(payable(claim) == yuan(10));
}

TEST_CASE(
    "gates: in the order of REFERENCE.md 3.4: period, peril, cover, territory, exclusion, window, "
    "condition") {
  const terms::Wording all = wording(
      "\n[territory]\ncovered = [\"CN\"]\nclause = \"1.9\"\n" + clause("1.9", "condition") +
      exclusion("causes = [\"war\"]") +
      "\n[[expense_windows]]\nheads = [\"FP.PR\"]\ndays = 30\nfrom = \"occurrence\"\nclause = "
      "\"4.2\"\n" +
      clause("4.2", "condition") + condition("FP.PR", "unmet_bp = 5000\n"));
  const std::string items =
      item("FP.PR", "100.00", "incurred = \"2026-08-01T00:00:00+08:00\"") + item("FP.PR", "60.00");
  Claim claim{.wording = all, .input = incident("causes = [\"war\"]\nlocation = \"US\"\n" + items)};
  claim.input.incident.peril = {"dos"};
  claim.input.incident.occurred = at("2025-12-31T08:00:00+08:00");
  CHECK(reasons(decide(claim)) == Reasons{"outside_period "});
  claim.input.incident.occurred = at("2026-05-11T08:00:00+08:00");
  CHECK(reasons(decide(claim)) == Reasons{"peril_not_covered 1.1"});
  claim.input.incident.peril = {"ransomware"};
  CHECK(reasons(decide(claim)) == Reasons{"outside_territory 1.9"});
  claim.input.incident.location = "CN";
  CHECK(reasons(decide(claim)) == Reasons{"exclusion 3.1"});
  claim.input.incident.causes = {};
  CHECK(reasons(decide(claim)) == Reasons{"outside_window 4.2", "condition_not_met 4.1"});
  CHECK(payable(claim) == yuan(30));
}

namespace {

constexpr std::string_view kRates =
    "[[rates]]\ncurrency = \"USD\"\ndate = \"2026-05-11\"\nrate = \"7.10\"\nsource = \"PBC\"\n"
    "[[rates]]\ncurrency = \"USD\"\ndate = \"2026-06-01\"\nrate = \"7.205\"\nsource = \"PBC\"\n";

std::string currency_rules(std::string_view costs) {
  return "\n[currency_rules]\ncosts = \"" + std::string(costs) +
         "\"\ninterruption = \"loss_date\"\nclause = \"5.2\"\n" + clause("5.2", "definition");
}

}  // namespace

TEST_CASE(
    "form [currency_rules] costs: 50,000 USD at 7.10 are CNY 355,000, by the date that counts") {
  const std::string invoice =
      item("FP.IR", "50000.00", "currency = \"USD\"\nincurred = \"2026-06-01T10:00:00+08:00\"");
  Claim claim{.wording = wording(currency_rules("loss_date")),
              .input = incident(std::string(kRates) + invoice)};
  CHECK(payable(claim) == yuan(355'000));
  CHECK(reasons(decide(claim)) == Reasons{"converted 5.2"});
  CHECK(decide(claim).admission[0].before == Money::from_minor(5'000'000, Currency::kUsd));
  CHECK(decide(claim).outcome == domain::ClaimOutcome::kAccepted);
  claim.wording = wording(currency_rules("invoice_date"));
  CHECK(payable(claim) == yuan(360'250));
  claim.wording = wording("");  // the default is the date of the invoice
  CHECK(payable(claim) == yuan(360'250));
  claim.input.loss.items[0].incurred = std::nullopt;  // an invoice without a date: that of the loss
  CHECK(payable(claim) == yuan(355'000));
  claim.input.loss.items[0].amount = Money::from_minor(101, Currency::kUsd);  // 7.171 yuan
  claim.input.loss.items[0].betterment = Money::zero(Currency::kUsd);
  CHECK(payable(claim) == Money::from_minor(717, Currency::kCny));
}

TEST_CASE("form [currency_rules] interruption: profit in dollars at the rate of the loss date") {
  const Claim claim{
      .wording = wording(currency_rules("invoice_date")),
      .input = incident(std::string(kRates) +
                        "[interruption]\nsection = \"FP.BI\"\ncurrency = \"USD\"\n"
                        "started = \"2026-05-11T08:00:00+08:00\"\n"
                        "restored = \"2026-05-11T18:00:00+08:00\"\n"
                        "[[interruption.profile]]\ndays = \"mon-sun\"\nhours = \"00-24\"\n"
                        "amount = \"100.00\"\n")};
  CHECK(payable(claim) == yuan(1'420));  // two hours after the wait of eight, at 710 yuan
}

TEST_CASE("refusal 6027 rate_missing: no rate for the date that the wording names") {
  Claim claim{
      .wording = wording(""),
      .input = incident(
          std::string(kRates) +
          item("FP.IR", "1.00", "currency = \"USD\"\nincurred = \"2026-06-02T00:00:00+08:00\""))};
  const auto refused = try_decide(claim);
  CHECK(refused.refusal().code.name == claims::refusals::kRateMissing.name);
  CHECK(refused.refusal().args[1].value == "2026-06-02");
}

namespace {

// Three stretches of 6, 6 and 10 hours at 100 yuan an hour; the first gap is 20 hours, the second
// 30.
domain::IncidentInput came_back() {
  return incident(
      "[interruption]\nsection = \"FP.BI\"\nstarted = \"2026-05-11T08:00:00+08:00\"\n"
      "restored = \"2026-05-11T14:00:00+08:00\"\n"
      "[[interruption.again]]\nstarted = \"2026-05-12T10:00:00+08:00\"\n"
      "restored = \"2026-05-12T16:00:00+08:00\"\n"
      "[[interruption.again]]\nstarted = \"2026-05-13T22:00:00+08:00\"\n"
      "restored = \"2026-05-14T08:00:00+08:00\"\n"
      "[[interruption.profile]]\ndays = \"mon-sun\"\nhours = \"00-24\"\namount = \"100.00\"\n");
}

std::string re_interruption(int hours) {
  return "\n[re_interruption]\nhours = " + std::to_string(hours) + "\nclause = \"5.3\"\n" +
         clause("5.3", "definition");
}

}  // namespace

TEST_CASE(
    "form [re_interruption] hours: one that comes back in time continues the clock, else it waits "
    "anew") {
  struct Row {
    int hours;
    std::int64_t paid;
    std::int64_t waited_anew;
  };
  // The wait is 8 hours. 30: one clock of 22 hours. 24: clocks of 12 and 10 hours. 19: clocks of 6
  // (within the wait), 6 (within the wait) and 10 hours.
  for (const Row& row : {Row{30, 1'400, 0}, Row{24, 600, 800}, Row{19, 200, 1'200}}) {
    CAPTURE(row.hours);
    const Claim claim{.wording = wording(re_interruption(row.hours)), .input = came_back()};
    const domain::ClaimDecision decision = decide(claim);
    CHECK(decision.payable == yuan(row.paid));
    Money waited = yuan(0);
    for (const domain::SettlementStep& step : decision.admission) {
      if (step.reason == domain::StepReason::kWaitedAnew) waited += step.before - step.after;
    }
    CHECK(waited == yuan(row.waited_anew));
  }
  const Claim silent{.wording = wording(""), .input = came_back()};
  CHECK(payable(silent) == yuan(600));  // 24 hours where the wording says nothing
  Claim unexplained{.wording = wording(re_interruption(19)), .input = came_back()};
  unexplained.unexplained = {"2.2"};
  CHECK(payable(unexplained) == yuan(2'200));  // without the wait there is none to wait anew
}

TEST_CASE("refusal 6028 stretch_order: stretches stand in the order of time and do not overlap") {
  Claim claim{.wording = wording(""), .input = came_back()};
  claim.input.loss.interruption->again[1].started = at("2026-05-12T15:59:00+08:00");
  CHECK(try_decide(claim).refusal().code.name == claims::refusals::kStretchOrder.name);
}

TEST_CASE("join_stretches: minutes add up and every fen of the curve is kept") {
  const terms::Outage first{.minutes = 390, .hourly = {60, 60, 60, 60, 60, 60, 30}};
  const terms::Outage second{.minutes = 150, .hourly = {61, 61, 31}};
  const std::vector<terms::Outage> stretches = {first, second};
  const std::vector<std::int64_t> gaps = {24 * 60};
  const auto joined = terms::join_stretches({.hours = 24}, {.waiting_hours = 8}, stretches, gaps);
  CHECK(joined.outage.minutes == 540);
  CHECK(joined.outage.hourly == std::vector<std::int64_t>{60, 60, 60, 60, 60, 60, 61, 61, 61});
  CHECK(joined.waited_anew == 0);
  const auto apart = terms::join_stretches({.hours = 23}, {.waiting_hours = 8}, stretches, gaps);
  CHECK(apart.outage.minutes == 0);
  CHECK(apart.waited_anew == 390 + 153);
}

TEST_CASE("E27: claims-made with a retroactive date, extended reporting and circumstances") {
  const auto trigger = [](std::string_view more) {
    return "\n[trigger]\nbasis = \"claims_made\"\nretroactive_date = \"2025-01-01\"\n"
           "clause = \"1.8\"\nretroactive_clause = \"1.8\"\n" +
           std::string(more) + clause("1.8", "condition");
  };
  const std::string extended = "extended_reporting_days = 60\nreporting_clause = \"1.8\"\n";
  const std::string noticed = "notice_of_circumstances = true\ncircumstances_clause = \"1.8\"\n";
  struct Row {
    std::string_view occurred;
    std::string_view made;
    std::string_view circumstances;
    std::string terms;
    bool covered;
  };
  for (const Row& row : std::vector<Row>{{"2024-12-31", "2026-05-01", "", extended, false},
                                         {"2025-06-01", "2026-05-01", "", "", true},
                                         {"2025-06-01", "2027-01-20", "", extended, true},
                                         {"2025-06-01", "2027-01-20", "", "", false},
                                         {"2026-12-30", "2027-03-02", "", extended, false},
                                         {"2026-06-01", "2027-08-01", "2026-11-01", noticed, true},
                                         {"2026-06-01", "2027-08-01", "2026-11-01", "", false}}) {
    CAPTURE(row.occurred);
    CAPTURE(row.made);
    CAPTURE(row.terms);
    const auto noon = [](std::string_view day) { return std::string(day) + "T12:00:00+08:00"; };
    std::string facts = "first_claim = \"" + noon(row.made) + "\"\n";
    if (!row.circumstances.empty()) {
      facts += "circumstances = \"" + noon(row.circumstances) + "\"\n";
    }
    const Claim claim{.wording = wording(trigger(row.terms)),
                      .input = incident(facts + item("FP.IR", "100.00"), noon(row.occurred))};
    CHECK(payable(claim) == yuan(row.covered ? 100 : 0));
  }
}

TEST_CASE("wording forms: a term that could never act is refused with its code and path") {
  namespace r = terms::refusals;
  struct Row {
    RefusalCode code;
    std::string path;
    std::string text;
  };
  const std::string war = "causes = [\"war\"]\n";
  const auto table = [](std::string_view text, std::string_view kind = "condition") {
    return "\n" + std::string(text) + "\nclause = \"9.1\"\n" + clause("9.1", kind);
  };
  for (const Row& row : std::vector<Row>{
           {r::kExclusionTermVoid, "exclusions[0].attribution_sources",
            exclusion(war + "attribution_sources = [\"court\"]")},
           {r::kExclusionTermVoid, "exclusions[0].confidence_min",
            exclusion(war + "confidence_min = \"60 %\"")},
           {r::kExclusionTermVoid, "exclusions[0].attribution",
            exclusion("heads = [\"FP.PR\"]\nattribution = \"required\"")},
           {r::kExclusionTermVoid, "exclusions[0].impairment",
            exclusion("heads = [\"FP.PR\"]\nimpairment = \"significant\"")},
           {r::kExclusionTermVoid, "exclusions[0].bystanding",
            exclusion("heads = [\"FP.PR\"]\nbystanding = \"covered\"")},
           {r::kExclusionTermVoid, "exclusions[0].except_causes",
            exclusion(war + "except_causes = [\"war\"]")},
           {r::kExclusionTermVoid, "exclusions[0].except_heads",
            exclusion(war + "heads = [\"FP.PR\"]\nexcept_heads = [\"FP.IR\"]")},
           {r::kExclusionTermVoid, "exclusions[0].limit",
            exclusion(war + "heads = [\"FP.PR\"]\nlimit = \"1.00\"\nlimit_clause = \"2.1\"")},
           {r::kConditionTermVoid, "conditions[0].before_payment",
            condition("FP.IR", "kind = \"notice\"\nwithin_hours = 1\nbefore_payment = true\n")},
           {r::kConditionTermVoid, "conditions[0].within_hours",
            condition("FP.IR", "kind = \"consent\"\nwithin_hours = 1\n")},
           {r::kConditionTermVoid, "conditions[0].vendors",
            condition("FP.IR", "vendors = [\"A\"]\n")},
           {r::kCountryMalformed, "territory.covered", table("[territory]\ncovered = [\"China\"]")},
           {r::kTerritoryVoid, "territory.covered",
            table("[territory]\ncovered = [\"*\", \"CN\"]")},
           {r::kTerritoryVoid, "territory.except",
            table("[territory]\ncovered = [\"CN\"]\nexcept = [\"US\"]")},
           {r::kTerritoryVoid, "territory.except",
            table("[territory]\ncovered = [\"CN\"]\nexcept = [\"CN\"]")},
           {r::kInterruptionRateDate, "currency_rules.interruption",
            table("[currency_rules]\ncosts = \"loss_date\"\ninterruption = \"invoice_date\"")},
           {r::kHeadNotInsured, "expense_windows[0].heads",
            table("[[expense_windows]]\nheads = [\"FP.REP\"]\ndays = 1\nfrom = \"discovery\"")},
           {r::kStatusVoid, "statuses[0].status",
            table("[[statuses]]\ncover = \"FP.IR\"\nstatus = \"excluded\"")},
           {r::kStatusVoid, "statuses[0].status",
            table("[[statuses]]\ncover = \"TP.REG.FINE\"\nstatus = \"nominal_only\"")},
           {r::kStatusVoid, "statuses[0].status",
            table("[[statuses]]\ncover = \"FP.IR\"\nstatus = \"limited\"")},
           {r::kProgrammeTermVoid, "certificates.member_limit",
            table("[certificates]\nmember_limit = \"1000000.00\"")},
           {r::kProgrammeTermVoid, "excess.follows",
            table("[excess]\nfollows = \"forms-1\"\nattachment = \"1.00\"")},
           {r::kProgrammeTermVoid, "excess.attachment",
            table("[excess]\nfollows = \"other\"\nattachment = \"0.00\"")},
           {r::kProgrammeTermVoid, "difference_in.conditions",
            table("[difference_in]\nlocal = \"other\"")},
           {r::kProgrammeTermVoid, "beneficiary.role", table("[beneficiary]\nrole = \"member\"")},
           {anlan::refusals::kUnknownKey, "territory.cover",
            table("[territory]\ncovered = [\"CN\"]\ncover = 1")}}) {
    CAPTURE(row.text);
    const auto read = try_wording(wording_text(row.text));
    REQUIRE(!read.ok());
    CHECK(read.refusal().code.name == row.code.name);
    CHECK(read.refusal().path == row.path);
  }
}
