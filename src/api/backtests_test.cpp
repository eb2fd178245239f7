// The published figures that the model card holds the model against.
#include "engine/backtests.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>

#include "api/market_fixture_test.h"
#include "api/model_card.h"
#include "base/refusals.h"
#include "engine/claims_experience.h"
#include "engine/mean_loss.h"
#include "engine/refusals.h"
#include "formats/toml.h"

namespace anlan::api {
namespace {

using engine::FigureUse;
using engine::Measure;
using engine::PublishedFigure;

const std::string kPath = "data/hazard/backtests.toml";

const std::string& whole_file() {
  static const std::string text = [] {
    std::ifstream in(std::string(ANLAN_SOURCE_DIR) + "/" + kPath, std::ios::binary);
    REQUIRE(in.good());
    return std::string{std::istreambuf_iterator<char>(in), {}};
  }();
  return text;
}

Result<engine::Backtests> read_text(const std::string& text) {
  ANLAN_TRY(const Node root, formats::parse_toml(text, kPath));
  return engine::read_backtests(root, kPath, fixture::real_hazard());
}

const engine::Backtests& backtests() {
  static const engine::Backtests instance = read_text(whole_file()).value();
  return instance;
}

const engine::ScenarioTable& table() {
  static SerialExecutor serial;
  static const engine::ScenarioTable instance(fixture::real_hazard(), {.points = 1024}, serial);
  return instance;
}

const PublishedFigure& figure(const std::string& id) {
  const auto& all = backtests().figures;
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const PublishedFigure& each) { return each.id == id; });
  REQUIRE(found != all.end());
  return *found;
}

FigureRow row_of(const std::string& id) {
  const CardInput input{
      .hazard = &fixture::real_hazard(), .table = &table(), .backtests = &backtests()};
  domain::LossResult loss;
  loss.insured = Money::from_minor(70'000, Currency::kCny);
  loss.insured_low = Money::from_minor(40'000, Currency::kCny);
  loss.insured_high = Money::from_minor(120'000, Currency::kCny);
  return figure_row(input, figure(id), loss);
}

TEST_CASE(
    "back-tests: every figure says its source, year, population and mapping in both tongues") {
  int tests = 0;
  for (const PublishedFigure& each : backtests().figures) {
    INFO(each.id);
    CHECK(!each.source.empty());
    CHECK(each.year >= 2014);
    for (const auto* text : {&each.name, &each.population, &each.mapping, &each.miss}) {
      CHECK(!text->zh.empty());
      CHECK(!text->en.empty());
    }
    if (each.use == FigureUse::kTest) {
      ++tests;
      CHECK(each.measure != Measure::kNone);
      CHECK(each.measure != Measure::kPayment);
    }
  }
  CHECK(tests >= 8);
  // The sampling error of the days to contain, as its source says.
  const double error = std::exp(1.645 * 1.2533 * 1.63 / std::sqrt(96.0));
  CHECK(std::fabs(*figure("ransomware-days").low - 4.0 / error) < 0.06);
  CHECK(std::fabs(*figure("ransomware-days").high - 4.0 * error) < 0.06);
  const double cost = std::exp(7.68 + 0.76 * std::log(8000.0) + 0.523 * 0.523 / 2.0);
  CHECK(std::fabs(*figure("breach-cost-2014").value / cost - 1.0) < 0.01);
}

TEST_CASE("back-tests: the engine's figures are those of closed forms where there are any") {
  const engine::Hazard& hazard = fixture::real_hazard();
  const auto frequency = [&](std::size_t peril) { return hazard.perils[peril].frequency.value; };
  // Shares of incidents of the reference company: the frequencies of the file.
  const PublishedFigure& share = figure("breach-third-party");
  double of = 0.0;
  double among = 0.0;
  for (const std::size_t peril : share.of) of += frequency(peril);
  for (const std::size_t peril : share.among) among += frequency(peril);
  const FigureRow third = row_of("breach-third-party");
  CHECK(std::fabs(third.model->central - 100.0 * of / among) < 1e-9);
  // The mean breach, by the integral instead of the events.
  terms::Terms terms;
  terms.sections = {{.code = "FP.BI"}};
  const terms::Plan plan = terms::compile(terms);
  const engine::SectionMap sections(hazard, plan);
  const PublishedFigure& breach = figure("breach-cost-2014");
  const engine::LossModel model =
      engine::make_loss_model(hazard, breach.company, engine::ControlUse::kSectorAverage);
  const double mean = engine::mean_loss(model, breach.of.front(), sections).ground_up;
  const FigureRow cost = row_of("breach-cost-2014");
  CHECK(std::fabs(cost.model->central / (mean / 100.0 / 7.1) - 1.0) < 0.01);
  // Median outage of ransomware: 108 hours.
  CHECK(std::fabs(row_of("ransomware-days").model->central - 4.5) < 0.01);
  // The rate on line, from the loss that is given.
  const FigureRow rate = row_of("ningbo-year");
  CHECK(std::fabs(rate.model->central - 0.175) < 1e-12);
  CHECK(std::fabs(rate.model->low - 0.1) < 1e-12);
  CHECK(std::fabs(rate.model->high - 0.3) < 1e-12);
  CHECK(rate.below());
  CHECK(!row_of("us-unpaid").model);
}

TEST_CASE("back-tests: inside, below and above are told from the two intervals") {
  PublishedFigure two{.low = 2.0, .high = 3.0};
  PublishedFigure one{.value = 2.5};
  PublishedFigure most{.high = 2.0};
  PublishedFigure least{.low = 2.0};
  struct Row {
    const PublishedFigure* figure;
    double low, high;
    char side;
  };
  const Row rows[] = {{&two, 1.0, 1.9, '<'},  {&two, 1.0, 2.0, '='},   {&two, 3.1, 4.0, '>'},
                      {&one, 2.4, 2.6, '='},  {&one, 2.6, 2.7, '>'},   {&most, 0.1, 0.2, '='},
                      {&most, 2.1, 2.2, '>'}, {&least, 9.0, 9.9, '='}, {&least, 1.0, 1.9, '<'}};
  for (const Row& row : rows) {
    const FigureRow got{.figure = row.figure,
                        .model = engine::Prediction{.low = row.low, .high = row.high}};
    INFO(row.low, " to ", row.high, " ", row.side);
    CHECK(got.inside() == (row.side == '='));
    CHECK(got.below() == (row.side == '<'));
    CHECK(got.above() == (row.side == '>'));
  }
}

TEST_CASE("back-tests data: each mistake in the file is refused by its rule, with path and line") {
  namespace own = engine::refusals;
  namespace base = anlan::refusals;
  struct Row {
    std::string find, replace;
    RefusalCode code;
    std::string path;
  };
  const Row rows[] = {
      {"source = \"Coalition 2025 Cyber Claims Report, claims of 2024\"\nsource_zh", "source_zh",
       base::kMissingKey, "figure[0].source"},
      {"year = 2024\n", "", base::kMissingKey, "figure[0].year"},
      {"population_en = \"policies of one insurer, mostly small and medium companies\"\n", "",
       base::kMissingKey, "figure[0].population_en"},
      {"measure = \"frequency\"", "measure = \"how_often\"", base::kUnknownChoice,
       "figure[0].measure"},
      {"frequency\"\nuse = \"anchor\"", "frequency\"\nuse = \"fit\"", base::kUnknownChoice,
       "figure[0].use"},
      {"value = 1.48", "valeu = 1.48", own::kOutsideOwnRange, "figure[0].low"},
      {"value = 1.48", "value = 1.48\nlow = 2", own::kOutsideOwnRange, "figure[0].value"},
      {"low = 16.2\nhigh = 20.0", "low = 20.0\nhigh = 16.2", own::kOutsideOwnRange,
       "figure[4].low"},
      {"of = [\"ransomware\", \"data", "of = [\"ransomwear\", \"data", own::kPerilUnknown,
       "figure[0].of"},
      {"id = \"us-mean\"", "id = \"us-frequency\"", base::kDuplicateValue, "figure[1].id"},
      {"amount = 400000", "amount = 0", base::kOutOfRange, "figure[5].amount"},
      {"amount = 400000\n", "amount = 400000\namong = [\"dos\"]\n", base::kUnknownKey,
       "figure[5].among"},
      {"outage_hours = [168, 336]", "outage_hours = [336, 168]", own::kOutsideOwnRange,
       "figure[20].outage_hours"},
      {"usd = 7.1", "usd = 0", base::kOutOfRange, "usd"},
  };
  for (const Row& row : rows) {
    INFO(row.find, " -> ", row.replace);
    std::string text = whole_file();
    const std::size_t at = text.find(row.find);
    REQUIRE(at != std::string::npos);
    text.replace(at, row.find.size(), row.replace);
    const auto read = read_text(text);
    REQUIRE(!read.ok());
    CHECK(read.refusal().code.name == row.code.name);
    CHECK(read.refusal().path == row.path);
    CHECK(read.refusal().at.line > 0);
  }
  // Hours are asked of one peril that has an outage.
  std::string text = whole_file();
  const std::size_t hours = text.find("measure = \"hours_median\"");
  const std::size_t peril = text.find("of = [\"ransomware\"]", hours);
  text.replace(peril, std::string("of = [\"ransomware\"]").size(), "of = [\"insider\"]");
  CHECK(read_text(text).refusal().code == own::kPerilUnknown);
}

}  // namespace
}  // namespace anlan::api
