#include "engine/possible_losses.h"

#include <doctest/doctest.h>

#include "engine/fixture_test.h"

namespace anlan::engine {
namespace {

constexpr std::uint64_t kSeed = 20'230'701;

ControlPrior prior(const std::string& control, double typical) {
  ControlPrior out{.control = {control}, .log_risk = 0.3, .typical = typical};
  out.relevance.fill(1.0);
  return out;
}

struct Market {
  Hazard hazard = fixture::plain_hazard();
  SerialExecutor executor;
  terms::Plan plan = terms::compile(fixture::plain_terms({"FP.DATA"}));
  InsuredCover cover;
  std::optional<ScenarioTable> table;

  explicit Market(double sd) {
    hazard.ensemble.frequency_sd = sd;
    hazard.ensemble.severity_sd = sd;
    hazard.perils = {fixture::peril("wiper", 0.2, {fixture::lump(10'000'000, 0.5, "FP.DATA")}),
                     fixture::peril("ransomware", 0.1, {fixture::lump(5'000'000, 0.5, "FP.DATA")})};
    hazard.controls.rows = {prior("A-01", 0.7), prior("A-02", 0.4), prior("A-03", 0.5)};
    cover = {.plan = &plan, .perils = {{"wiper"}, {"ransomware"}}};
    table.emplace(hazard, ScenarioOptions{.points = 256}, executor);
  }
  YearSetting setting() const { return {.hazard = &hazard, .table = &*table, .cover = &cover}; }
};

TEST_CASE("possible losses: the central company without the ensemble has its own year") {
  Market market(0.6);
  const RiskInput company = reference_company(market.hazard);
  const auto losses = PossibleLosses::around(market.setting(), company, market.executor);
  REQUIRE(losses.ok());
  const ControlEffects effects(market.hazard.controls, {});
  const std::vector<PossibleCompany> one{{.company = company, .effects = &effects}};
  const auto found = losses->of(one, false, market.executor);
  REQUIRE(found.ok());
  const LossModel model = make_loss_model(market.hazard, company, ControlUse::kOwn);
  const YearLoss year = year_loss(market.setting(), model, market.executor).value();
  CHECK(static_cast<double>(found->at(0).insured.minor()) ==
        doctest::Approx(year.insured).epsilon(1e-6));
  CHECK(static_cast<double>(found->at(0).ground_up.minor()) ==
        doctest::Approx(year.ground_up).epsilon(1e-6));
  CHECK(found->at(0).frequency_ppm == 300'000);
}

TEST_CASE("possible losses: members scatter round the central year and the mean stays near it") {
  Market market(0.4);
  const RiskInput company = reference_company(market.hazard);
  const auto losses = PossibleLosses::around(market.setting(), company, market.executor).value();
  const ControlEffects effects(market.hazard.controls, {});
  const std::vector<PossibleCompany> many(512, {.company = company, .effects = &effects});
  const auto found = losses.of(many, true, market.executor).value();
  double sum = 0.0;
  for (const domain::LossResult& loss : found) sum += static_cast<double>(loss.insured.minor());
  const auto central = losses.of(std::span(many).first(1), false, market.executor).value();
  CHECK(sum / 512.0 ==
        doctest::Approx(static_cast<double>(central[0].insured.minor())).epsilon(0.06));
  CHECK(found[0].insured != found[1].insured);
}

TEST_CASE("possible losses: effects worked out before give the company's own model, bit for bit") {
  Market market(0.0);
  RiskInput company = reference_company(market.hazard);
  company.controls = possible_controls(market.hazard.controls, kSeed, 3);
  const ControlEffects effects(market.hazard.controls, company.controls);
  const LossModel a = make_loss_model(market.hazard, company, ControlUse::kOwn);
  const LossModel b = make_loss_model(market.hazard, company, effects);
  for (std::size_t p = 0; p < a.perils.size(); ++p) {
    CHECK(a.perils[p].frequency == b.perils[p].frequency);
    CHECK(a.perils[p].parts[0].median == b.perils[p].parts[0].median);
  }
}

TEST_CASE("possible controls: each works as often as it is typical of the sector") {
  Market market(0.0);
  std::vector<int> working(3);
  constexpr int kMembers = 2000;
  for (int m = 0; m < kMembers; ++m) {
    const auto controls =
        possible_controls(market.hazard.controls, kSeed, static_cast<std::uint64_t>(m));
    for (std::size_t i = 0; i < 3; ++i) working[i] += controls[i].gap.ppm() == 0 ? 1 : 0;
  }
  for (std::size_t i = 0; i < 3; ++i) {
    CAPTURE(i);
    CHECK(working[i] / double{kMembers} ==
          doctest::Approx(market.hazard.controls.rows[i].typical).epsilon(0.08));
  }
}

// Poisson-gamma with shape 4 and mean 0.9: P(0) = (4 / 4.9)^4 = 0.4441, P(1) = 4 x 0.9 / 4.9 x P(0)
// = 0.3263 (Klugman, Panjer and Willmot 2012, B.2.1.5).
TEST_CASE("possible incidents: the quantiles of the negative binomial of three years") {
  Market market(0.0);
  const LossModel model =
      make_loss_model(market.hazard, reference_company(market.hazard), ControlUse::kOwn);
  struct Row {
    double unit;
    std::int64_t count;
  };
  for (const Row& row :
       {Row{0.01, 0}, Row{0.443, 0}, Row{0.446, 1}, Row{0.769, 1}, Row{0.772, 2}}) {
    CAPTURE(row.unit);
    CHECK(possible_incidents(model, 36, row.unit) == row.count);
  }
}

}  // namespace
}  // namespace anlan::engine
