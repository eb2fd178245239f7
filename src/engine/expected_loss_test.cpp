#include "engine/expected_loss.h"

#include <thread>

#include <doctest/doctest.h>

#include "engine/fixture_test.h"
#include "engine/refusals.h"

namespace anlan::engine {
namespace {

// Blocks dealt to threads, each taking its own from the last to the first.
class ThreadExecutor final : public Executor {
 public:
  explicit ThreadExecutor(std::size_t threads) : threads_(threads) {}
  void run(std::size_t blocks, const std::function<void(std::size_t)>& work) override {
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < threads_; ++t) {
      threads.emplace_back([&, t] {
        for (std::size_t i = blocks; i-- > 0;) {
          if (i % threads_ == t) work(i);
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }

 private:
  std::size_t threads_;
};

Hazard market() {
  Hazard hazard = fixture::plain_hazard();
  hazard.sources.push_back({.id = "p", .status = Evidence::kPublished, .text = "published"});
  PerilHazard ransomware = fixture::peril(
      "ransomware", 0.05,
      {fixture::lump(3'000'000, 1.0, "FP.EXT.COST"), fixture::lump(2'000'000, 1.2, "FP.DATA")});
  ransomware.outage = fixture::fixed_outage(20.0);
  ransomware.outage->sigma = 1.0;
  PerilHazard wiper = fixture::peril("wiper", 0.02, {fixture::lump(1'000'000, 1.0, "FP.HW")});
  wiper.published = true;
  hazard.perils = {ransomware, wiper,
                   fixture::peril("insider", 0.03, {fixture::lump(1'000'000, 1.0, "FP.THEFT")})};
  ControlPrior control{.control = {"IAM-01"}, .log_risk = 0.4, .typical = 0.5};
  control.relevance[0] = 1.0;
  hazard.controls.rows = {control};
  return hazard;
}

terms::Terms policy() {
  terms::Terms terms = fixture::plain_terms({"FP.BI", "FP.EXT", "FP.DATA", "FP.HW"});
  terms.aggregate_limit = 40'000'000;
  terms.sections[0].time.waiting_hours = 8;
  terms.sections[1].sublimit_occ = 3'000'000;
  terms.groups = {{.id = "restore", .codes = {"FP.DATA", "FP.HW"}, .sublimit_occ = 2'000'000}};
  return terms;
}

Result<domain::LossResult> price(const RiskInput& company, Executor& executor,
                                 const terms::Terms& terms) {
  const Hazard hazard = market();
  const ScenarioTable table(hazard, {.points = 256, .replicates = 16, .seed = 3}, executor);
  const terms::Plan plan = terms::compile(terms);
  const InsuredCover cover{.plan = &plan, .perils = {{"ransomware"}, {"wiper"}}};
  return expected_loss({.hazard = &hazard, .table = &table, .cover = &cover}, company, executor);
}

RiskInput protected_company() {
  RiskInput company = reference_company(market());
  company.controls = {{.control = {"IAM-01"},
                       .gap = Share::from_percent(5),
                       .trust = Share::from_percent(95),
                       .source = domain::FactSource::kTelemetry}};
  return company;
}

TEST_CASE("expected loss: parts by peril and by cover sum to their totals to the fen") {
  SerialExecutor executor;
  const domain::LossResult result = price(protected_company(), executor, policy()).value();
  Money ground_up;
  Money insured;
  Money by_cover;
  for (const domain::PerilLoss& peril : result.perils) {
    ground_up += peril.ground_up;
    insured += peril.insured;
  }
  for (const domain::CoverLoss& cover : result.covers) by_cover += cover.insured;
  CHECK(ground_up == result.ground_up);
  CHECK(insured == result.insured);
  CHECK(by_cover == result.insured);
  CHECK(result.perils[2].insured.is_zero());
  CHECK(result.covers.size() == 4);
  CHECK(result.model_version == "test");
  CHECK(result.seed == 3);
}

TEST_CASE("expected loss: the corners of the walk stand in order") {
  SerialExecutor executor;
  const domain::LossResult own = price(protected_company(), executor, policy()).value();
  CHECK(own.insured < own.insured_sector);
  CHECK(own.insured_full_cover < own.insured_full_sector);
  CHECK(own.insured < own.insured_full_cover);
  CHECK(own.insured_full_cover < own.ground_up);
  CHECK(own.insured_low < own.insured);
  CHECK(own.insured < own.insured_high);
  const domain::LossResult average = price(reference_company(market()), executor, policy()).value();
  CHECK(average.insured == average.insured_sector);
  CHECK(average.insured == own.insured_sector);
  CHECK(average.insured_full_sector == own.insured_full_sector);
}

TEST_CASE("expected loss: the share on assumptions is that of perils without published constants") {
  SerialExecutor executor;
  const domain::LossResult result = price(reference_company(market()), executor, policy()).value();
  const double assumed = static_cast<double>(result.perils[0].insured.minor()) /
                         static_cast<double>(result.insured.minor());
  CHECK(result.assumption_share_ppm / 1e6 == doctest::Approx(assumed).epsilon(1e-4));
  CHECK(result.assumption_share_ppm < 1'000'000);
}

TEST_CASE("expected loss: one, two and five threads give the same bits") {
  SerialExecutor serial;
  const domain::LossResult want = price(protected_company(), serial, policy()).value();
  for (const std::size_t threads : {1U, 2U, 5U}) {
    ThreadExecutor executor(threads);
    CHECK(price(protected_company(), executor, policy()).value() == want);
  }
  RiskInput other = protected_company();
  other.employees = 51;
  CHECK(price(other, serial, policy()).value().bits ==
        want.bits);  // nothing of this market goes by employees
  other.revenue = Money::from_minor(3'000'000'100, Currency::kCny);
  CHECK(price(other, serial, policy()).value().bits != want.bits);
}

TEST_CASE("expected loss: a policy in another currency is refused") {
  SerialExecutor executor;
  terms::Terms terms = policy();
  terms.currency = Currency::kUsd;
  const auto refused = price(protected_company(), executor, terms);
  REQUIRE(!refused.ok());
  CHECK(refused.refusal().code == refusals::kCurrencyMismatch);
  CHECK(refused.refusal().value == "USD");
}

}  // namespace
}  // namespace anlan::engine
