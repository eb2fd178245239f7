// Case files of the actuarial calculator: what is refused, with which path, and that every shipped
// case runs.
#include "engine/aggregate_case.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "engine/refusals.h"
#include "formats/json.h"

namespace anlan::api {
namespace {

Result<Node> answer(const std::string& text) {
  ANLAN_TRY(const Node tree, formats::parse_json(text, "case.json"));
  ANLAN_TRY(const engine::AggregateCase given, engine::read_aggregate_case(tree, "case.json"));
  return engine::aggregate_reply(given);
}

struct Bad {
  std::string text;
  RefusalCode code;
  std::string path;
};

std::string with_severity(const std::string& severity) {
  return R"({"frequency": {"kind": "poisson", "mean": 1}, "severity": )" + severity + "}";
}
std::string with_frequency(const std::string& frequency) {
  return R"({"frequency": )" + frequency + R"(, "severity": {"kind": "exponential", "mean": 1}})";
}
std::string with_more(const std::string& more) {
  return R"({"severity": {"kind": "exponential", "mean": 1}, )" + more + "}";
}

std::vector<Bad> bad_cases() {
  namespace own = engine::refusals;
  namespace base = anlan::refusals;
  const std::string heavy = R"({"severity": {"kind": "lomax", "alpha": 0.9, "theta": 1}, )";
  return {
      {with_frequency(R"({"kind": "pmf", "p": [0.5, 0.4]})"), own::kProbabilitySum, "frequency.p"},
      {with_severity(R"({"kind": "discrete", "x": [1, 2], "p": [0.5, 0.51]})"),
       own::kProbabilitySum, "severity.p"},
      {with_severity(R"({"kind": "gamma", "shape": 0, "scale": 5})"), own::kNotAbove,
       "severity.shape"},
      {with_severity(R"({"kind": "gamma", "shape": 1, "scale": -5})"), base::kOutOfRange,
       "severity.scale"},
      {with_severity(R"({"kind": "uniform", "low": 5, "high": 5})"), own::kNotAbove,
       "severity.high"},
      {with_more(R"("ask": {"var": [0.99, 1]})"), own::kNotInside, "ask.var[1]"},
      {heavy + R"("ask": {"mean": true}})", own::kInfiniteMoment, "ask.mean"},
      {heavy + R"("ask": {"tvar": [0.9]}})", own::kInfiniteMoment, "ask.tvar"},
      {R"({"frequency": {"kind": "poisson", "mean": 0}, "severity": {"kind": "exponential", "mean": 1},
           "ask": {"skew": true}})",
       own::kNoSpread, "ask.skew"},
      {R"({"frequency": {"kind": "binomial", "m": 3, "q": 1}, "severity": {"kind": "discrete", "x": [5], "p": [1]},
           "ask": {"skew": true}})",
       own::kNoSpread, "ask.skew"},
      {heavy + R"("layers": [{"attach": 10}]})", own::kInfiniteMoment, "layers[0].limit"},
      {with_more(R"("layers": [{"limit": 5, "corridor": [7, 3]}])"), own::kReversed,
       "layers[0].corridor"},
      {with_severity(R"({"kind": "discrete", "x": [1, 2], "p": [1]})"), own::kLengthsDiffer,
       "severity.p"},
      {with_severity(R"({"kind": "spliced", "threshold": 5, "tail_weight": 0.1,
          "body": {"kind": "uniform", "low": 6, "high": 7}, "tail": {"kind": "gpd", "xi": 0.5, "beta": 1}})"),
       own::kNoMassThere, "severity.body"},
      {with_frequency(R"({"kind": "poisson", "mean": 0, "zero_modified": 0.5})"), own::kNeverAClaim,
       "frequency.zero_modified"},
      {with_more(R"("layers": [{"reinstatements": [1]}])"), own::kLimitNeeded,
       "layers[0].reinstatements"},
      {with_more(R"("increased_limits": {"limits": [1, 2, 3], "filed": [1, 1.5, 1.4]})"),
       own::kFactorsNotRising, "increased_limits.filed[2]"},
      {with_more(R"("increased_limits": {"limits": [1, 2, 3], "filed": [1, 1.2, 1.5]})"),
       own::kFactorsNotConcave, "increased_limits.filed[2]"},
      {with_frequency(R"({"kind": "negbin", "r": 1, "beta": 1, "mean": 2})"), own::kKeysExclude,
       "frequency.mean"},
      {with_severity(R"({"kind": "gamma", "shape": 1, "scale": 5, "limitt": 9})"),
       base::kUnknownKey, "severity.limitt"},
      {with_more(R"("ask": {"varr": [0.9]})"), base::kUnknownKey, "ask.varr"},
      {with_severity(R"({"kind": "lognormall", "mu": 1, "sigma": 1})"), base::kUnknownChoice,
       "severity.kind"},
      {with_severity(R"({"kind": "gamma", "shape": 1, "scale": 1e999})"), base::kOutOfRange,
       "severity.scale"},
      {R"({"frequency": {"kind": "poisson", "mean": 1}})", base::kMissingKey, "severity"},
  };
}

TEST_CASE("aggregate case: each wrong input is refused at its place, by its rule") {
  std::set<std::uint16_t> seen;
  for (const Bad& bad : bad_cases()) {
    CAPTURE(bad.text);
    const Result<Node> got = answer(bad.text);
    REQUIRE_FALSE(got.ok());
    CHECK(got.refusal().code.name == bad.code.name);
    CHECK(got.refusal().path == bad.path);
    seen.insert(bad.code.number);
  }
  std::string deep = R"({"kind": "exponential", "mean": 1})";
  for (int i = 0; i < 10; ++i) {
    deep = R"({"kind": "mixture", "weights": [1], "parts": [)" + deep + "]}";
  }
  const Result<Node> nested = answer(with_severity(deep));
  REQUIRE_FALSE(nested.ok());
  CHECK(nested.refusal().code.name == engine::refusals::kNestedTooDeep.name);
  seen.insert(engine::refusals::kNestedTooDeep.number);
  for (const RefusalCode& code : engine::refusals::kRefusals) {
    if (code.number <= 3100) continue;  // of the hazard files
    CAPTURE(code.name);
    CHECK(seen.count(code.number) == 1);
  }
  CHECK_FALSE(answer(with_severity(R"({"kind": "gamma", "shape": NaN, "scale": 1})")).ok());
}

double number_at(const Node& node, std::string_view key) { return std::stod(node.find(key)->text); }

TEST_CASE("aggregate case: increased limit tables rise and flatten, whatever the severity") {
  const std::vector<std::string> severities{
      R"({"kind": "lognormal", "mu": 7, "sigma": 2.4})",
      R"({"kind": "pareto", "alpha": 0.8, "theta": 100})",
      R"({"kind": "burr", "alpha": 0.5, "gamma": 1.5, "theta": 900})",
      R"({"kind": "weibull", "shape": 0.3, "scale": 500, "deductible": 200})",
      R"({"kind": "discrete", "x": [10, 5000, 70000], "p": [0.7, 0.2, 0.1]})"};
  for (const std::string& severity : severities) {
    CAPTURE(severity);
    const Result<Node> reply = answer(
        R"({"severity": )" + severity +
        R"(, "increased_limits": {"limits": [100, 250, 500, 1000, 5000, 10000, 100000], "claim_expense": 40}})");
    REQUIRE(reply.ok());
    std::vector<double> limits;
    std::vector<double> factors;
    for (const Node& row : reply->find("increased_limits")->items) {
      limits.push_back(number_at(row, "limit"));
      factors.push_back(number_at(row, "factor"));
    }
    CHECK(factors[0] == 1.0);
    CHECK(engine::check_factors(limits, factors, "made").ok());
  }
}

TEST_CASE("aggregate case: every shipped case runs, with a finite bound on every number") {
  int found = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(ANLAN_SOURCE_DIR "/data/aggregate_cases")) {
    CAPTURE(entry.path().string());
    std::ifstream file(entry.path());
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const Result<Node> reply = answer(text);
    REQUIRE(reply.ok());
    CHECK(formats::write_json(*reply->find("error")).find("null") == std::string::npos);
    ++found;
  }
  CHECK(found >= 3);
}

}  // namespace
}  // namespace anlan::api
