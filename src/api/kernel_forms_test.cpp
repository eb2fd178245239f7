// The forms of the wording language that act inside settle, each from the text of a small wording:
// the worked examples E11, E16, E17, E19 and E20 (REFERENCE.md 3.5), a parametric section, and what
// is refused. A test changes one line of the text at a time, so that a form that is ignored fails.
#include <doctest/doctest.h>

#include "claims/adjudicate.h"
#include "engine/trigger_share.h"
#include "formats/toml.h"
#include "terms/gates.h"
#include "terms/refusals.h"
#include "terms/settle.h"
#include "terms/wording.h"

using namespace anlan;
using namespace anlan::terms;

namespace {

constexpr std::int64_t kYuan = 100;

// A wording of these terms; `more` follows the policy. Clause 9.1 stands for every term.
std::string text_of(const std::string& policy, const std::string& more = {}) {
  return R"(
id = "forms-1"
version = "1.0"
currency = "CNY"
[title]
zh = "条款"
en = "Forms"
[registration]
number = "N1"
assumption = true
[perils]
covered = ["ransomware", "mass_exploit", "provider_outage"]
clause = "1.1"
[policy]
aggregate_clause = "9.1"
occurrence_clause = "9.1"
retention_clause = "9.1"
mitigation_clause = "9.1"
mitigation_cap = "1000000.00"
)" + policy +
         more + R"(
[[clauses]]
ref = "1.1"
kind = "insuring"
zh = "承保"
en = "Cover"
[[clauses]]
ref = "9.1"
kind = "general"
zh = "一般"
en = "General"
[[clauses]]
ref = "9.2"
kind = "condition"
exemption = true
by_hand = true
zh = "义务"
en = "Duty"
)";
}

Result<Wording> read(const std::string& text) {
  const Result<Node> node = formats::parse_toml(text, "forms-1.toml");
  REQUIRE(node.ok());
  return read_wording(node.value(), "forms-1.toml");
}

Wording wording_of(const std::string& text) {
  const Result<Wording> read_one = read(text);
  if (!read_one.ok()) {
    FAIL(read_one.refusal().code.name << " at " << read_one.refusal().path);
  }
  return read_one.value();
}

domain::Settlement settled(const Wording& wording, Incident incident, YearState* year = nullptr) {
  const Plan plan = compile(wording.terms);
  incident.losses.resize(plan.section_count());
  YearState fresh = fresh_year(plan);
  return settle(plan, incident, year ? *year : fresh);
}

std::int64_t paid(const Wording& wording, const Incident& incident) {
  return settled(wording, incident).paid_total.minor();
}

// A section with a line of its own.
std::string section(const std::string& code, const std::string& line = {}) {
  return "[[policy.sections]]\ncode = \"" + code + "\"\nclause = \"1.1\"\n" + line + "\n";
}

const std::string kService = R"(
[[policy.services]]
code = "FP.SERVICE"
serves = ["FP.IR"]
limit_agg = "1000000.00"
clause = "9.1"
)";

std::string limit(const std::string& amount) { return "aggregate_limit = \"" + amount + "\"\n"; }

domain::Policy policy_of(const Wording& wording, bool explained) {
  domain::Policy out;
  out.id = {30};
  out.wording = wording.id;
  out.from = parse_instant("2026-03-01T00:00:00+08:00", "").value();
  out.until = parse_instant("2027-03-01T00:00:00+08:00", "").value();
  out.premium = Money::from_minor(280'000, Currency::kCny);
  domain::ExplainedClause clause;
  clause.clause = "9.2";
  if (explained) out.explained = std::vector{clause};
  return out;
}

struct Claimed {
  std::string head = "FP.DATA";
  std::int64_t amount = 0;
  std::string peril = "mass_exploit";
  std::optional<std::int64_t> days = {};
  std::vector<claims::LapsedControl> lapses = {};
  std::vector<claims::StatedValue> values = {};
  std::optional<claims::OtherCover> other = {};
  bool explained = true;
};

domain::ClaimDecision decided(const Wording& wording, const Claimed& claimed) {
  const domain::Policy policy = policy_of(wording, claimed.explained);
  domain::Incident incident;
  incident.id = {40};
  incident.policy = {30};
  incident.peril = {claimed.peril};
  incident.occurred = parse_instant("2026-05-11T08:00:00+08:00", "").value();
  incident.discovered = incident.occurred;
  domain::LossItem item;
  item.head = {claimed.head};
  item.amount = Money::from_minor(claimed.amount, Currency::kCny);
  item.betterment = Money::zero(Currency::kCny);
  domain::LossStatement loss;
  loss.incident = {40};
  loss.items = {item};
  loss.mitigation = Money::zero(Currency::kCny);
  const auto decision = claims::adjudicate({.wording = wording,
                                            .policy = policy,
                                            .incident = incident,
                                            .loss = loss,
                                            .lapses = claimed.lapses,
                                            .values = claimed.values,
                                            .other_insurance = claimed.other,
                                            .days_unpatched = claimed.days});
  if (!decision.ok()) FAIL(decision.refusal().code.name << " at " << decision.refusal().path);
  return decision.value();
}

std::int64_t payable(const Wording& wording, const Claimed& claimed) {
  return decided(wording, claimed).payable.minor();
}

}  // namespace

TEST_CASE("E11: a service in kind comes first and outside the cash limit, within its own") {
  const std::string cash = limit("3000000.00") + section("FP.IR") + section("FP.DATA");
  const Wording wording = wording_of(text_of(cash, kService));
  YearState year = fresh_year(compile(wording.terms));
  const auto first = settled(wording, {.losses = {400'000 * kYuan, 2'800'000 * kYuan}}, &year);
  REQUIRE(first.services_paid.size() == 1);
  CHECK(first.services_paid[0].service.text == "FP.SERVICE");
  CHECK(first.services_paid[0].rendered.minor() == 40000000);
  CHECK(first.paid_total.minor() == 280000000);
  CHECK(first.steps[0].reason == domain::StepReason::kServedInKind);
  CHECK(first.steps[0].clause == "9.1");
  CHECK(first.sections[0].claimed.minor() == 40000000);
  CHECK(first.sections[0].paid.is_zero());
  const auto second = settled(wording, {.losses = {700'000 * kYuan, 500'000 * kYuan}}, &year);
  CHECK(second.services_paid[0].rendered.minor() == 60000000);
  CHECK(second.paid_total.minor() == 20000000);
  CHECK(second.aggregate_left->is_zero());
  // Without the service the same loss is cash.
  CHECK(paid(wording_of(text_of(cash)), {.losses = {400'000 * kYuan, 2'800'000 * kYuan}}) ==
        300000000);
}

TEST_CASE("services: no deductible, retention or instalment touches what is rendered in kind") {
  const Wording wording = wording_of(text_of(
      limit("1000.00") + "occurrence_retention = \"100.00\"\ninstalment_clause = \"9.1\"\n" +
          section("FP.IR", "deductible = \"500.00\"\ndeductible_clause = \"9.1\""),
      kService));
  const auto in_kind = settled(wording, {.losses = {3'000 * kYuan}, .premium_paid_bp = 5000});
  CHECK(in_kind.services_paid[0].rendered.minor() == 3'000 * kYuan);
  CHECK(in_kind.paid_total.is_zero());
  const auto refused = settled(wording, {.losses = {3'000 * kYuan}, .peril_covered = false});
  CHECK(refused.services_paid.empty());
}

TEST_CASE("services: a claim rendered in kind alone is not denied, and erodes the year's service") {
  const Wording wording = wording_of(text_of(limit("1000.00") + section("FP.IR"), kService));
  const auto decision =
      decided(wording, {.head = "FP.IR", .amount = 5'000 * kYuan, .peril = "ransomware"});
  CHECK(decision.outcome == domain::ClaimOutcome::kAccepted);
  CHECK(decision.payable.is_zero());
  CHECK(decision.settlement.services_paid[0].rendered.minor() == 5'000 * kYuan);
}

TEST_CASE("E20: under average a loss of 200,000 declared at 3m of 4m counts as 150,000") {
  const std::string flag = "average = true\naverage_clause = \"9.1\"";
  const Incident incident{.losses = {200'000 * kYuan},
                          .values = {{.declared = 300000000, .actual = 400000000}}};
  const Wording wording = wording_of(text_of(section("FP.DATA", flag)));
  CHECK(paid(wording, incident) == 15000000);
  CHECK(settled(wording, incident).steps[0].reason == domain::StepReason::kAverage);
  CHECK(paid(wording_of(text_of(section("FP.DATA"))), incident) == 20000000);
  CHECK(paid(wording, {.losses = {200'000 * kYuan},
                       .values = {{.declared = 500000000, .actual = 400000000}}}) == 20000000);
  const auto yuan = [](std::int64_t minor) { return Money::from_minor(minor, Currency::kCny); };
  CHECK(payable(wording, {.amount = 200'000 * kYuan,
                          .values = {{.section = {"FP.DATA"},
                                      .declared = yuan(300000000),
                                      .actual = yuan(400000000)}}}) == 15000000);
}

TEST_CASE("average: it comes after the time terms and before the deductible, half-up") {
  const Wording wording = wording_of(
      text_of(section("FP.BI",
                      "average = true\naverage_clause = \"9.1\"\ndeductible = \"1.00\"\n"
                      "deductible_clause = \"9.1\"\n[policy.sections.time]\nwaiting_hours = 2\n"
                      "waiting_clause = \"9.1\"")));
  const Incident incident{.losses = {0},
                          .outages = {Outage{.minutes = 240, .hourly = {500, 500, 251, 250}}},
                          .values = {{.declared = 1, .actual = 2}}};
  CHECK(paid(wording, incident) == 151);  // 501 after the wait, 250.5 on average, less 1.00
}

TEST_CASE("parametric: completed hours of the named provider are paid, whatever was lost") {
  const std::string time =
      "[policy.sections.time]\nparametric_hourly = \"5000.00\"\nparametric_clause = \"9.1\"\n";
  const std::string waits = "waiting_hours = 8\nwaiting_clause = \"9.1\"\n";
  const std::string named = "provider = \"Cloud One\"";
  const auto outage = [](std::int64_t minutes, std::string provider) {
    Outage of{.minutes = minutes};
    of.hourly.assign(static_cast<std::size_t>((minutes + 59) / 60), 7);
    return Incident{.losses = {0}, .outages = {of}, .provider = std::move(provider)};
  };
  struct Row {
    std::string terms;
    Incident incident;
    std::int64_t hours;
  };
  const Row rows[] = {
      {section("FP.CBI", time), outage(59, ""), 0},
      {section("FP.CBI", time), outage(60, ""), 1},
      {section("FP.CBI", time), outage(659, ""), 10},
      {section("FP.CBI", time + waits), outage(480, ""), 0},
      {section("FP.CBI", time + waits), outage(659, ""), 2},
      {section("FP.CBI", time + "indemnity_hours = 4\nindemnity_clause = \"9.1\"\n"),
       outage(659, ""), 4},
      {section("FP.CBI", named + "\n" + time), outage(659, "Cloud One"), 10},
      {section("FP.CBI", named + "\n" + time), outage(659, "Cloud Two"), 0},
      {section("FP.CBI", named + "\n" + time), outage(659, ""), 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.terms);
    CAPTURE(row.hours);
    const Wording wording = wording_of(text_of(row.terms));
    CHECK(paid(wording, row.incident) == row.hours * 5'000 * kYuan);
    const auto steps = settled(wording, row.incident).steps;
    REQUIRE(!steps.empty());
    const bool elsewhere = row.terms.find("provider") != std::string::npos && row.hours == 0;
    CHECK(steps[0].reason ==
          (elsewhere ? domain::StepReason::kOtherProvider : domain::StepReason::kMeasuredHours));
  }
}

TEST_CASE("E19: under double insurance of 400,000 and 100,000 a loss of 80,000 is split 64 to 16") {
  const auto policy = [](const std::string& own, const std::string& rule) {
    return wording_of(text_of(limit(own) + section("FP.DATA") +
                              "[policy.other_insurance]\nrule = \"" + rule +
                              "\"\nclause = \"9.1\"\n"));
  };
  const Incident first{.losses = {80'000 * kYuan}, .other_sum_insured = 100'000 * kYuan};
  const Incident second{.losses = {80'000 * kYuan}, .other_sum_insured = 400'000 * kYuan};
  CHECK(paid(policy("400000.00", "pro_rata"), first) == 6400000);
  CHECK(paid(policy("100000.00", "pro_rata"), second) == 1600000);
  CHECK(paid(wording_of(text_of(limit("400000.00") + section("FP.DATA"))), first) == 8000000);
  // In excess: what the other policy leaves of the loss; what is not owed erodes nothing.
  const auto left = settled(policy("400000.00", "excess"),
                            {.losses = {80'000 * kYuan}, .other_paid = 70'000 * kYuan});
  CHECK(left.paid_total.minor() == 1000000);
  CHECK(left.aggregate_left->minor() == 39000000);
  CHECK(left.steps[0].reason == domain::StepReason::kOtherInsuranceExcess);
  const auto yuan = [](std::int64_t minor) { return Money::from_minor(minor, Currency::kCny); };
  const claims::OtherCover other{.sum_insured = yuan(10000000), .paid = yuan(0)};
  CHECK(payable(policy("400000.00", "pro_rata"), {.amount = 80'000 * kYuan, .other = other}) ==
        6400000);
}

TEST_CASE("E16: the scale of unpatched days takes its share before the limit that it cuts") {
  const std::string scale = R"(
[[scales]]
name = "unpatched_vulnerability"
measure = "days_unpatched"
perils = ["mass_exploit"]
clause = "9.2"
steps = [
  { days = 46, limit_bp = 5000, participation_bp = 1000 },
  { days = 91, limit_bp = 2500, participation_bp = 2500 },
  { days = 181, limit_bp = 1000, participation_bp = 5000 },
  { days = 366, limit_bp = 500, participation_bp = 5000 },
]
)";
  const Wording wording = wording_of(text_of(limit("2000000.00") + section("FP.DATA"), scale));
  REQUIRE(wording.scales.size() == 1);
  struct Row {
    std::int64_t days;
    std::int64_t pays;
  };
  for (const Row& row : {Row{45, 90000000}, Row{46, 81000000}, Row{90, 81000000},
                         Row{120, 50000000}, Row{200, 20000000}, Row{400, 10000000}}) {
    CAPTURE(row.days);
    CHECK(payable(wording, {.amount = 900'000 * kYuan, .days = row.days}) == row.pays);
  }
  const Claimed late{.amount = 900'000 * kYuan, .days = 400};
  const auto decision = decided(wording, late);
  CHECK(decision.settlement.steps[0].reason == domain::StepReason::kExtraParticipation);
  CHECK(decision.settlement.steps[0].clause == "9.2");
  CHECK(decision.settlement.steps[1].reason == domain::StepReason::kReducedLimit);
  CHECK(decision.settlement.steps[1].clause == "9.2");
  // No known vulnerability, another peril, or no evidence that the clause was explained.
  Claimed other = late;
  other.days = std::nullopt;
  CHECK(payable(wording, other) == 90000000);
  other = late;
  other.peril = "ransomware";
  CHECK(payable(wording, other) == 90000000);
  other = late;
  other.explained = false;
  CHECK(payable(wording, other) == 90000000);
  CHECK(decided(wording, other).unapplied == std::vector<std::string>{"9.2"});
}

TEST_CASE("E17: the readings of ten per cent more deductible are three terms with three results") {
  const auto with = [](const std::string& part) {
    return wording_of(text_of("occurrence_retention = \"100000.00\"\n" + section("FP.DATA"),
                              part.empty() ? std::string()
                                           : "[[obligations]]\ncontrol = \"EPP-01\"\nclause = "
                                             "\"9.2\"\nsteps = [{ lapse_days = 1, " +
                                                 part + " }]\n"));
  };
  const Claimed breach{.amount = 800'000 * kYuan, .lapses = {{.control = {"EPP-01"}, .days = 30}}};
  CHECK(payable(with("retention_bp = 1000"), breach) == 69000000);
  CHECK(payable(with("loss_bp = 1000"), breach) == 62000000);
  CHECK(payable(with(""), breach) == 70000000);
  // A further participation is yet another: of what the retention left.
  CHECK(payable(with("participation_bp = 1000"), breach) == 63000000);
}

TEST_CASE("ladders: retentions and participations of several add up, of limits the least counts") {
  Tightening all;
  tighten(all, {.amount = 5, .retention_bp = 5000, .participation_bp = 7000, .limit_bp = 6000},
          1'000, 11);
  tighten(all, {.loss_bp = 100, .participation_bp = 7000, .limit_bp = 8000}, 1'000, 11);
  CHECK(all == Tightening{.extra_retention = 21, .participation_bp = 10'000, .limit_bp = 6000});
}

TEST_CASE("forms: a term that could never act is refused where it stands") {
  namespace r = terms::refusals;
  const auto obligation = [](const std::string& part) {
    return "[[obligations]]\ncontrol = \"EPP-01\"\nclause = \"9.2\"\nsteps = [" + part + "]\n";
  };
  const auto scale = [](const std::string& name, const std::string& peril) {
    return "[[scales]]\nname = \"" + name + "\"\nmeasure = \"days_unpatched\"\nperils = [\"" +
           peril + "\"]\nclause = \"9.2\"\nsteps = [{ days = 46, participation_bp = 1000 }]\n";
  };
  const auto service = [](const std::string& code, const std::string& lines) {
    return "[[policy.services]]\ncode = \"" + code + "\"\nclause = \"9.1\"\n" + lines;
  };
  const std::string serves = "serves = [\"FP.DATA\"]\nlimit_occ = \"5.00\"\n";
  const std::string data = section("FP.DATA");
  const std::string other = "[policy.other_insurance]\nrule = \"pro_rata\"\nclause = \"9.1\"\n";
  struct Row {
    RefusalCode code;
    std::string path;
    std::string text;
  };
  const Row rows[] = {
      {r::kServiceSectionUnknown, "policy.services[0].serves",
       text_of(section("FP.IR"), service("FP.SERVICE", serves))},
      {r::kServiceSectionTwice, "policy.services[1].serves",
       text_of(data, service("FP.SERVICE", serves) + service("FP.PR", serves))},
      {r::kServiceSectionTimed, "policy.services[0].serves",
       text_of(section("FP.DATA",
                       "[policy.sections.time]\nwaiting_hours = 8\nwaiting_clause = "
                       "\"9.1\""),
               service("FP.SERVICE", serves))},
      {r::kServiceUnlimited, "policy.services[0].limit_occ",
       text_of(data, service("FP.SERVICE", "serves = [\"FP.DATA\"]\n"))},
      {anlan::refusals::kDuplicateValue, "policy.services[0].code",
       text_of(data, service("FP.DATA", serves))},
      {r::kHeadUnknown, "policy.services", text_of(data, service("FP.SERVISE", serves))},
      {anlan::refusals::kMissingKey, "policy.services[0].clause",
       text_of(data, "[[policy.services]]\ncode = \"FP.SERVICE\"\n" + serves)},
      {r::kOtherInsuranceVoid, "policy.other_insurance.rule", text_of(data, other)},
      {r::kProviderVoid, "policy.sections[0].provider",
       text_of(section("FP.DATA", "provider = \"Cloud One\""))},
      {r::kParametricRange, "policy.sections[0].time.parametric_hourly",
       text_of(section("FP.CBI",
                       "[policy.sections.time]\nparametric_hourly = "
                       "\"200000000.00\"\nparametric_clause = \"9.1\""))},
      {anlan::refusals::kMissingKey, "policy.sections[0].time.parametric_clause",
       text_of(section("FP.CBI", "[policy.sections.time]\nparametric_hourly = \"5.00\""))},
      {anlan::refusals::kMissingKey, "policy.sections[0].average_clause",
       text_of(section("FP.DATA", "average = true"))},
      {r::kRetentionShareVoid, "obligations[0].steps[0].retention_bp",
       text_of(data, obligation("{ lapse_days = 1, retention_bp = 1000 }"))},
      {r::kReducedLimitVoid, "obligations[0].steps[0].limit_bp",
       text_of(data, obligation("{ lapse_days = 1, limit_bp = 5000 }"))},
      {r::kLadderEmpty, "obligations[0].steps[0].extra_retention",
       text_of(data, obligation("{ lapse_days = 1, limit_bp = 10000 }"))},
      {r::kLadderNotRising, "obligations[0].steps[1].lapse_days",
       text_of(data, obligation("{ lapse_days = 1, participation_bp = 2 }, "
                                "{ lapse_days = 2, participation_bp = 1 }"))},
      {r::kLadderNotRising, "obligations[0].steps[1].lapse_days",
       text_of(limit("5.00") + data, obligation("{ lapse_days = 1, limit_bp = 5000 }, "
                                                "{ lapse_days = 2, limit_bp = 5001 }"))},
      {r::kScalePerilNotCovered, "scales[0].perils", text_of(data, scale("s", "funds_fraud"))},
      {r::kPerilUnknown, "scales[0].perils", text_of(data, scale("s", "mass_exploits"))},
      {anlan::refusals::kDuplicateValue, "scales[1].name",
       text_of(data, scale("s", "ransomware") + scale("s", "ransomware"))},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    CAPTURE(row.code.name);
    const Result<Wording> got = read(row.text);
    REQUIRE(!got.ok());
    CHECK(got.refusal().code.name == row.code.name);
    CHECK(got.refusal().path == row.path);
  }
}

TEST_CASE("forms: average, other insurance and a service limit that nobody explained do not act") {
  std::string text = text_of(
      limit("400000.00") + section("FP.DATA", "average = true\naverage_clause = \"9.2\"") +
          section("FP.IR") + "[policy.other_insurance]\nrule = \"excess\"\nclause = \"9.2\"\n",
      kService);
  text.replace(text.rfind("clause = \"9.1\"", text.find("FP.SERVICE") + 200), 14,
               "clause = \"9.2\"");
  const Wording wording = wording_of(text);
  const EffectiveTerms all = effective_terms(wording, everything_explained(wording));
  CHECK(all.terms == wording.terms);
  const EffectiveTerms none = effective_terms(wording, {});
  CHECK(!none.terms.sections[0].average);
  CHECK(!none.terms.other_insurance);
  CHECK(!none.terms.services[0].limit_agg);
  CHECK(none.unapplied == std::vector<std::string>{"9.2"});
}

TEST_CASE("forms: the price of a wording knows its scales") {
  const Wording wording = wording_of(text_of(section("FP.DATA")));
  const Plan plan = compile(wording.terms);
  CHECK(engine::insured_cover(engine::Hazard{}, wording, plan, {}).scales == &wording.scales);
}
