// The starting calibration of MODEL.md 9, reproduced from the data files by the engine and the
// clause evaluator.
#include "engine/calibration.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <thread>
#include <utility>

#include <doctest/doctest.h>

#include "api/model_card.h"
#include "api/version.h"
#include "base/sha256.h"
#include "domain/refusals.h"
#include "engine/expected_loss.h"
#include "engine/refusals.h"
#include "engine/scenario_table.h"
#include "formats/csv.h"
#include "formats/refusals.h"
#include "formats/toml.h"
#include "protection/questionnaire.h"
#include "terms/plan.h"
#include "terms/wording.h"
#include "underwriting/inference.h"

namespace anlan::engine {
namespace {

std::string file_text(const std::string& path) {
  std::ifstream in(std::string(ANLAN_SOURCE_DIR) + "/" + path, std::ios::binary);
  REQUIRE(in.good());
  return {std::istreambuf_iterator<char>(in), {}};
}

// The four files as text, so that a test can spoil one.
struct HazardTexts {
  std::string perils = file_text("data/hazard/perils.toml");
  std::string controls = file_text("data/hazard/controls.toml");
  std::string vectors = file_text("data/hazard/vectors.toml");
  std::string questions = file_text("data/controls.csv");
};

Result<Hazard> read_texts(const HazardTexts& texts) {
  ANLAN_TRY(const Node perils, formats::parse_toml(texts.perils, "perils.toml"));
  ANLAN_TRY(const Node controls, formats::parse_toml(texts.controls, "controls.toml"));
  ANLAN_TRY(const Node vectors, formats::parse_toml(texts.vectors, "vectors.toml"));
  formats::CsvColumns columns;
  for (const std::string_view name : protection::questionnaire_columns())
    columns.required.emplace_back(name);
  ANLAN_TRY(const Node questions, formats::csv_to_node(texts.questions, "controls.csv", columns));
  const auto file = [](const Node& root, std::string_view name, std::string_view text) {
    return HazardFile{.root = &root, .name = name, .digest = sha256(bytes_of(text))};
  };
  return read_hazard({.perils = file(perils, "perils.toml", texts.perils),
                      .controls = file(controls, "controls.toml", texts.controls),
                      .vectors = file(vectors, "vectors.toml", texts.vectors),
                      .questions = file(questions, "controls.csv", texts.questions)});
}

// Blocks dealt to threads, each taking its own from the last to the first.
class ThreadExecutor final : public Executor {
 public:
  explicit ThreadExecutor(unsigned threads) : threads_(threads) {}
  void run(std::size_t blocks, const std::function<void(std::size_t)>& work) override {
    std::vector<std::thread> threads;
    for (unsigned t = 0; t < threads_; ++t) {
      threads.emplace_back([&, t] {
        for (std::size_t i = blocks; i-- > 0;) {
          if (i % threads_ == t) work(i);
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }

 private:
  unsigned threads_;
};

struct Market {
  Hazard hazard = read_texts({}).value();
  ThreadExecutor executor{2};
  ScenarioTable table{hazard, ScenarioOptions{}, executor};
};

Market& market() {
  static Market instance;
  return instance;
}

terms::Wording wording_of(const std::string& id) {
  const std::string path = "data/wordings/" + id + ".toml";
  const Node root = formats::parse_toml(file_text(path), path).value();
  return terms::read_wording(root, path).value();
}

// Runs `use(setting)` for a wording.
template <class Use>
auto priced(const terms::Wording& wording, const Use& use) {
  const terms::Plan plan = terms::compile(wording.terms);
  InsuredCover cover{.plan = &plan, .perils = {}};
  for (const std::string& code : wording.perils.codes) cover.perils.push_back({code});
  return use(YearSetting{
      .hazard = &market().hazard, .table = &market().table, .cover = &cover, .error = 0.0004});
}

YearLoss year_of(const terms::Wording& wording) {
  const RiskInput company = reference_company(market().hazard);
  const LossModel model = make_loss_model(market().hazard, company, ControlUse::kSectorAverage);
  return priced(wording, [&](const YearSetting& setting) {
    return year_loss(setting, model, market().executor).value();
  });
}

double yuan(double minor) { return minor / 100.0; }

Calibration calibration() {
  const std::string path = "data/hazard/calibration.toml";
  const Node root = formats::parse_toml(file_text(path), path).value();
  return read_calibration(root, path, market().hazard).value();
}

const underwriting::Inference& inference() {
  static const underwriting::Inference instance = [] {
    const std::string path = "data/pricing/inference.toml";
    return underwriting::read_inference(formats::parse_toml(file_text(path), path).value(), path)
        .value();
  }();
  return instance;
}

const Backtests& backtests() {
  static const Backtests instance = [] {
    const std::string path = "data/hazard/backtests.toml";
    return read_backtests(formats::parse_toml(file_text(path), path).value(), path, market().hazard)
        .value();
  }();
  return instance;
}

struct Carded {
  Calibration calibration;
  api::CardFigures figures;
};

// What `anlan model card` prints.
const Carded& card() {
  static const Carded instance = [] {
    Carded out{.calibration = calibration(), .figures = {}};
    const terms::Wording wording = wording_of(out.calibration.wording.text);
    out.figures = api::card_figures({.hazard = &market().hazard,
                                     .table = &market().table,
                                     .calibration = &out.calibration,
                                     .backtests = &backtests(),
                                     .wording = &wording,
                                     .inference = &inference()},
                                    market().executor)
                      .value();
    return out;
  }();
  return instance;
}

// Within a share of the target.
bool near(double minor, double target, Share share) {
  return std::fabs(yuan(minor) - target) <= share.ppm() / 1e6 * target;
}

TEST_CASE(
    "calibration: each insured expected loss of the table is within 10 %, the totals within "
    "5 %") {
  const Calibration& target = card().calibration;
  const YearLoss& year = card().figures.year;
  REQUIRE(target.perils.size() == 12);
  CHECK(target.tolerance == Share::from_percent(5));
  CHECK(target.peril_tolerance == Share::from_percent(10));
  CHECK(target.insured == 696.0);
  CHECK(target.ground_up == 7128.0);
  for (std::size_t p = 0; p < target.perils.size(); ++p) {
    const PerilTarget& row = target.perils[p];
    INFO(row.peril.text, ": mean ", yuan(year.perils[p].ground_up), ", insured ",
         yuan(year.insured_by_peril[p]));
    CHECK(market().hazard.perils[p].peril == row.peril);
    CHECK(near(year.insured_by_peril[p], row.insured, target.peril_tolerance));
    CHECK(near(year.perils[p].ground_up, row.mean, target.tolerance));
  }
  CHECK(near(year.insured, target.insured, target.tolerance));
  CHECK(near(card().figures.ground_up, target.ground_up, target.tolerance));
  CHECK(year.standard_error <= 0.0006 * year.insured);
  CHECK(year.insured_by_peril.back() == 0.0);  // fines are no part of the Ningbo product
  CHECK(year.perils.back().ground_up > 0.0);
}

TEST_CASE("calibration: other terms of the same product give the totals of the table within 5 %") {
  const Carded& all = card();
  REQUIRE(all.figures.terms.size() == 5);
  for (std::size_t i = 0; i < all.figures.terms.size(); ++i) {
    INFO(all.calibration.terms[i].en, ": ", yuan(all.figures.terms[i]));
    CHECK(near(all.figures.terms[i], all.calibration.terms[i].insured, all.calibration.tolerance));
  }
  // The row with 8 hours and 5,000 off is the product's other wording.
  CHECK(std::fabs(year_of(wording_of("ningbo-2023-a8")).insured - all.figures.terms[3]) < 1e-6);
}

TEST_CASE(
    "calibration: sublimits of the year instead of the incident lower the price by 0.2 to 0.8 %") {
  const double by_incident = year_of(wording_of("ningbo-2023-a")).insured;
  const double by_year = year_of(wording_of("ningbo-2023-b")).insured;
  CHECK(1.0 - by_year / by_incident >= 0.002);
  CHECK(1.0 - by_year / by_incident <= 0.008);
}

domain::LossResult record_of(const RiskInput& company, Executor& executor) {
  return priced(wording_of("ningbo-2023-a"), [&](const YearSetting& setting) {
    return expected_loss(setting, company, executor).value();
  });
}

TEST_CASE(
    "calibration: the range over the parameter ensemble lies in CNY 300 to 1,700 round the "
    "estimate") {
  const domain::LossResult& loss = card().figures.loss;
  INFO("range ", loss.insured_low.minor(), " to ", loss.insured_high.minor());
  CHECK(loss.insured_low.minor() >= 30'000);
  CHECK(loss.insured_low.minor() <= 50'000);
  CHECK(loss.insured_high.minor() >= 100'000);
  CHECK(loss.insured_high.minor() <= 170'000);
  CHECK(loss.assumption_share_ppm == 1'000'000);  // no peril rests on published constants alone
  CHECK(loss.insured == loss.insured_sector);
}

TEST_CASE(
    "calibration: good controls at least halve the expected payment, absent ones raise it, within "
    "bounds") {
  const double average = card().figures.year.insured;
  const double best = card().figures.every_control;
  const double worst = card().figures.no_control;
  INFO("best ", best, ", average ", average, ", worst ", worst);
  CHECK(best * 2.0 < average);
  CHECK(best * 20.0 > average);
  CHECK(worst * 10.0 > average * 13.0);
  CHECK(worst < average * 4.0);
}

RiskInput company_with(std::uint32_t gap_percent) {
  return api::company_with_gaps(market().hazard, Share::from_percent(gap_percent));
}

TEST_CASE("calibration: the ends of a range scatter by less than 3 % from seed to seed") {
  SerialExecutor executor;
  const terms::Wording wording = wording_of("ningbo-2023-a");
  const terms::Plan plan = terms::compile(wording.terms);
  InsuredCover cover{.plan = &plan, .perils = {}};
  for (const std::string& code : wording.perils.codes) cover.perils.push_back({code});
  const LossModel model = make_loss_model(market().hazard, reference_company(market().hazard),
                                          ControlUse::kSectorAverage);
  std::vector<double> lows;
  std::vector<double> highs;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const ScenarioTable table(market().hazard, {.points = 64, .seed = seed}, executor);
    const YearSetting setting{.hazard = &market().hazard, .table = &table, .cover = &cover};
    const YearLoss year = year_loss(setting, model, executor).value();
    const auto range = payment_range(setting, model, year, executor).value();
    lows.push_back(range.low);
    highs.push_back(range.high);
  }
  const auto scatter = [](const std::vector<double>& values) {
    double mean = 0.0;
    double squares = 0.0;
    for (const double value : values) mean += value / static_cast<double>(values.size());
    for (const double value : values) squares += (value - mean) * (value - mean);
    return std::sqrt(squares / static_cast<double>(values.size() - 1)) / mean;
  };
  MESSAGE("scatter of the low end ", scatter(lows), ", of the high end ", scatter(highs));
  CHECK(scatter(lows) < 0.03);
  CHECK(scatter(highs) < 0.03);
}

TEST_CASE("calibration: a record has the same bits from one thread and from three") {
  SerialExecutor serial;
  ThreadExecutor three(3);
  const RiskInput company = company_with(40);
  const domain::LossResult want = record_of(company, serial);
  CHECK(record_of(company, three) == want);
  const ScenarioTable table(market().hazard, ScenarioOptions{}, serial);
  for (std::size_t p = 0; p < market().hazard.perils.size(); ++p) {
    for (std::size_t d = 0; d < table.places(p).count; ++d) {
      const auto a = table.drivers(p, d);
      const auto b = market().table.drivers(p, d);
      CHECK(std::equal(a.begin(), a.end(), b.begin(), b.end()));
    }
  }
  // One value for every compiler, optimisation and processor; it changes with the model and its
  // data only.
  INFO("bits ", to_hex(want.bits));
  CHECK(short_hex(want.bits) == api::kReferenceBits);
  CHECK(api::kPricer == std::string(api::kVersion) + "/" + std::string(api::kReferenceBits));
}

TEST_CASE(
    "hazard data: all 60 controls of the questionnaire are mapped, five of them facts that move no "
    "rate") {
  const ControlPriors& controls = market().hazard.controls;
  CHECK(controls.rows.size() == 60);
  int facts = 0;
  for (const ControlPrior& row : controls.rows) {
    INFO(row.control.text);
    CHECK(std::any_of(row.relevance.begin(), row.relevance.end(),
                      [](double weight) { return weight > 0.0; }));
    if (row.log_risk == 0.0) ++facts;
  }
  CHECK(facts == 5);
}

// The row of the longest prefix.
template <class Rows>
std::string row_of(const Rows& rows, const std::string& sector) {
  std::string best;
  for (const auto& row : rows) {
    if (sector.starts_with(row.sector) && row.sector.size() > best.size()) best = row.sector;
  }
  return best;
}

TEST_CASE("model card: eight groups of sectors stand apart by a frequency or a week of their own") {
  const std::vector<SectorGroup>& groups = card().calibration.groups;
  const Hazard& hazard = market().hazard;
  REQUIRE(groups.size() == 8);
  std::set<std::string> frequencies;
  std::set<std::pair<double, WeekProfile>> seen;
  for (const SectorGroup& group : groups) {
    const std::string frequency = row_of(hazard.sector_frequencies, group.sector);
    CHECK(frequencies.insert(frequency).second);  // no two share a row
    RiskInput company = reference_company(hazard);
    company.sector = group.sector;
    const LossModel model = make_loss_model(hazard, company, ControlUse::kSectorAverage);
    seen.insert({model.perils[0].frequency, model.activity.week()});
  }
  CHECK(seen.size() == 8);
}

TEST_CASE("model card: the table of sectors and sizes is what the engine computes, row by row") {
  const Calibration& target = card().calibration;
  const std::vector<api::MarketRow>& rows = card().figures.market;
  REQUIRE(target.bands.size() == 4);
  REQUIRE(rows.size() == 32);
  std::set<std::pair<double, double>> different;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const api::MarketRow& row = rows[i];
    CHECK(row.group == i / 4);
    CHECK(row.band == i % 4);
    CHECK(row.revenue.minor() == 60'000'000 * target.bands[row.band].employees);
    CHECK(row.frequency > 0.0);
    CHECK(row.insured < row.frequency * row.mean);
    if (row.band > 0) CHECK(row.insured > rows[i - 1].insured);
    different.insert({row.frequency, row.insured});
  }
  CHECK(different.size() == rows.size());
  // A medium health company again, by another way into the engine.
  const api::MarketRow& health = rows[3 * 4 + 2];
  RiskInput company = reference_company(market().hazard);
  company.sector = "Q84";
  company.employees = 120;
  company.revenue = Money::from_minor(120 * 60'000'000LL, Currency::kCny);
  company.gross_margin = Share::from_percent(30);
  company.records = 100'000;
  company.ot_lines = 0;
  const domain::LossResult loss = record_of(company, market().executor);
  CHECK(std::fabs(health.insured - static_cast<double>(loss.insured.minor())) <=
        0.006 * health.insured);
  CHECK(std::fabs(health.frequency * health.mean - static_cast<double>(loss.ground_up.minor())) <=
        1.0);
  CHECK(std::fabs(health.frequency * 1e6 - loss.frequency_ppm) <= 1.0);
}

TEST_CASE("model card: each published figure stands beside what the engine says of it") {
  const std::vector<api::FigureRow>& rows = card().figures.published;
  REQUIRE(rows.size() == backtests().figures.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const PublishedFigure& figure = backtests().figures[i];
    INFO(figure.id);
    CHECK(rows[i].figure == &figure);
    REQUIRE(rows[i].model.has_value() == (figure.measure != Measure::kNone));
    if (figure.measure == Measure::kNone) continue;
    CHECK(rows[i].model->low < rows[i].model->central);
    CHECK(rows[i].model->central < rows[i].model->high);
    if (figure.measure != Measure::kPayment) continue;
    const double paid = card().figures.year.insured / static_cast<double>(figure.amount.minor());
    CHECK(std::fabs(rows[i].model->central - 100.0 * paid) < 0.001);
  }
  // A count share again, from the frequencies of the file.
  const auto is = [](std::string_view id) {
    return [id](const api::FigureRow& row) { return row.figure->id == id; };
  };
  const auto share = std::find_if(rows.begin(), rows.end(), is("breach-ransomware"));
  REQUIRE(share != rows.end());
  double among = 0.0;
  for (const std::size_t peril : share->figure->among) {
    among += market().hazard.perils[peril].frequency.value;
  }
  CHECK(std::fabs(share->model->central - 100.0 * 0.0045 / among) < 1e-9);
}

TEST_CASE("calibration: the outages of providers are the headline outages, capped at 14 days") {
  const Hazard& hazard = market().hazard;
  const auto peril =
      std::find_if(hazard.perils.begin(), hazard.perils.end(),
                   [](const PerilHazard& each) { return each.peril.text == "provider_outage"; });
  REQUIRE(peril != hazard.perils.end());
  const auto index = static_cast<std::size_t>(peril - hazard.perils.begin());
  const DriverPlaces& at = market().table.places(index);
  for (const auto& [hours, above] : {std::pair{8.0, 0.25}, {12.0, 0.20}, {24.0, 0.08}}) {
    std::size_t longer = 0;
    for (const double drawn : market().table.drivers(index, at.hours)) {
      if (drawn * peril->outage->median_hours.value > hours) ++longer;
    }
    CHECK(std::fabs(static_cast<double>(longer) / (16.0 * 1024.0) - above) < 0.001);
  }
  CHECK(peril->outage->hours_max == 14.0 * 24.0);
}

TEST_CASE(
    "calibration: a policy with dependent interruption takes the outage of a provider there") {
  terms::Wording wording = wording_of("ningbo-2023-a");
  const auto own = std::find_if(wording.terms.sections.begin(), wording.terms.sections.end(),
                                [](const terms::Section& each) { return each.code == "FP.BI"; });
  REQUIRE(own != wording.terms.sections.end());
  const auto place = static_cast<std::size_t>(own - wording.terms.sections.begin());
  const YearLoss without = year_of(wording);
  terms::Section dependent = *own;
  dependent.code = "FP.CBI";
  wording.terms.sections.push_back(dependent);
  for (terms::Group& group : wording.terms.groups) {
    const auto& codes = group.codes;
    if (std::find(codes.begin(), codes.end(), "FP.BI") != codes.end()) {
      group.codes.emplace_back("FP.CBI");
    }
  }
  const YearLoss with = year_of(wording);
  const double moved = with.insured_by_section.back();
  // Hours 9.99 in the mean, 3/4 of the share of 1/5, CNY 856 each: 0.03 x 1,283 a year.
  CHECK(std::fabs(yuan(moved) - 38.5) < 1.0);
  CHECK(std::fabs(with.insured_by_section[place] + moved - without.insured_by_section[place]) <
        0.004 * without.insured_by_section[place]);
}

struct Spoiled {
  std::string HazardTexts::*file;
  std::string find;
  std::string replace;
  RefusalCode code;
  std::string path;
};

TEST_CASE("hazard data: each mistake in the files is refused by its rule, with path and line") {
  namespace own = refusals;
  namespace base = anlan::refusals;
  constexpr auto kPerils = &HazardTexts::perils;
  constexpr auto kControls = &HazardTexts::controls;
  constexpr auto kVectors = &HazardTexts::vectors;
  constexpr auto kQuestions = &HazardTexts::questions;
  const Spoiled rows[] = {
      {kPerils, "code = \"dos\"", "code = \"doz\"", own::kPerilUnknown, "peril[3].code"},
      {kPerils, "not_modelled = []", "not_modelled = [\"regulatory\"]", own::kPerilNotModelled,
       "peril"},
      {kPerils, "unit = \"CNY\"\nsize", "unit = \"USD\"\nsize", own::kNameUnknown,
       "peril[0].loss[1].unit"},
      {kPerils, "gate = \"encrypted\"", "gate = \"encrypt\"", own::kNameUnknown,
       "peril[0].outage.gate"},
      {kPerils, "unit = \"per year\", source = \"calibration\"",
       "unit = \"per year\", source = \"guess\"", own::kNameUnknown, "peril[0].frequency.source"},
      {kPerils, "head = \"FP.FTF\"", "head = \"FP.FFT\"", own::kHeadUnknown,
       "peril[2].loss[0].heads[0].head"},
      {kPerils, "head = \"FP.DATA\", percent = 70", "head = \"FP.DATA\", percent = 60",
       own::kHeadPercentSum, "peril[0].loss[2].heads"},
      {kPerils, "value = 0.0045, range = [0.0015", "value = 0.0045, range = [0.0055",
       own::kOutsideOwnRange, "peril[0].frequency.value"},
      {kPerils, "sunday   = [0.15, ", "sunday   = [", own::kActivityMalformed,
       "activity[0].sunday"},
      {kPerils, "until = 0.5", "until = 1.0", own::kCurveMalformed, "peril[0].outage.curve"},
      {kPerils, "{ section = \"T\", frequency = 1.0", "{ section = \"S\", frequency = 1.0",
       own::kSectorMissing, "sectors"},
      {kControls, "  { id = \"GOV-01\", typical = 0.6 },\n", "", own::kControlUnmapped,
       "rows[0].id"},
      {kControls, "id = \"GOV-01\"", "id = \"GOV-99\"", own::kControlUnknown, "control"},
      {kVectors, "id = \"THIRD\"", "id = \"FOURTH\"", own::kVectorUnmapped,
       "rows[28].loss_vectors"},
      {kVectors, "TRAINING = \"service\"", "COACHING = \"service\"", own::kCategoryUnmapped,
       "rows[56].product_category"},
      {kVectors, "MSS = \"managed_service\"", "MSS = \"mss\"", base::kUnknownChoice,
       "categories.MSS"},
      {kVectors, "weights = { dos = 1.0 }", "weights = { doz = 1.0 }", own::kPerilUnknown,
       "vector[8].weights.doz"},
      {kControls, "{ id = \"NET-03\", typical = 0.4, drivers = [\"share_hit\"] }",
       "{ id = \"NET-03\", typical = 0.4 }", own::kDriversOfSide, "rows[28].rr_side"},
      {kQuestions, "ALL,freq,1.0,1.1,1.3", "ALL,freq,1.0,0.1,1.3", base::kOutOfRange,
       "rows[0].rr_absent_mid"},
      {kQuestions, "ALL,freq,1.0,1.1,1.3", "ALL,freq,1.2,1.1,1.3", base::kOutOfRange,
       "rows[0].rr_absent_mid"},
      {kQuestions, "ALL,freq,1.0,1.1,1.3", "ALL,freq,1.0,1.1,0.9", base::kOutOfRange,
       "rows[0].rr_absent_hi"},
      {kPerils, "value = 4.0, range = [1.0", "value = 0.0, range = [0.0", base::kOutOfRange,
       "company_gamma.value"},
      {kPerils, "[ensemble]\n", "[ensemble]\nfrequnecy_sd = 0.5\n", base::kUnknownKey,
       "ensemble.frequnecy_sd"},
      {kPerils, "code = \"dos\"", "code = \"ransomware\"", base::kDuplicateValue, "peril[3].code"},
      // Nothing without a mean or outside what it can be: probabilities, tails, NaN, infinity.
      {kPerils, "probability = 0.8", "probability = 1.2", base::kOutOfRange,
       "peril[0].gate[0].probability"},
      {kPerils, "probability = 0.8", "probability = -0.1", base::kOutOfRange,
       "peril[0].gate[0].probability"},
      {kPerils, "probability = 0.8", "probability = nan", formats::refusals::kNumberMalformed,
       "peril[0].gate[0].probability"},
      {kPerils, "value = 0.0045", "value = inf", formats::refusals::kNumberMalformed,
       "peril[0].frequency.value"},
      {kPerils, "sigma = 1.25", "sigma = 40", base::kOutOfRange, "peril[0].outage.hours.sigma"},
      {kPerils, "sigma = 1.4", "sigma = nan", formats::refusals::kNumberMalformed,
       "peril[0].loss[0].sigma"},
      {kPerils, "max = 2160", "max = inf", formats::refusals::kNumberMalformed,
       "peril[0].outage.hours.max"},
      {kPerils, "share = { a = 3, b = 3", "share = { a = 0, b = 3", base::kOutOfRange,
       "peril[0].outage.share.a"},
      {kPerils, "median = 0.06", "median = -0.06", base::kOutOfRange, "peril[0].loss[0].median"},
      // Records taken and hours by points.
      {kPerils, "records_taken = { a = 0.8, b = 0.4", "records_taken = { a = 0.8, b = 0",
       base::kOutOfRange, "peril[0].records_taken.b"},
      {kPerils, "records_taken = { a = 0.8, b = 0.4", "records_taken = { a = -1, b = 0.4",
       base::kOutOfRange, "peril[0].records_taken.a"},
      {kPerils, "records_taken = { a = 0.8, b = 0.4", "records_taken = { a = 0.8, c = 0.4, b = 0.4",
       base::kUnknownKey, "peril[0].records_taken.c"},
      {kPerils, "source = \"records-share\" }", "source = \"guess\" }", own::kNameUnknown,
       "peril[0].records_taken.source"},
      {kPerils, "code = \"dos\"\n",
       "code = \"dos\"\nrecords_taken = { a = 1, b = 1, unit = \"of records held\", source = "
       "\"prior\" }\n",
       own::kRecordsUnused, "peril[3].records_taken"},
      {kPerils, "{ hours = 0.25, above = 1.0 }, ", "", own::kPointsMalformed,
       "peril[8].outage.hours.points"},
      {kPerils, "{ hours = 24, above = 0.08 }", "{ hours = 24, above = 0.2 }",
       own::kPointsMalformed, "peril[8].outage.hours.points"},
      {kPerils, "{ hours = 24, above = 0.08 }", "{ hours = 24, above = 0 }", own::kPointsMalformed,
       "peril[8].outage.hours.points"},
      {kPerils, "{ hours = 24, above = 0.08 }", "{ hours = 24, above = 1.08 }", base::kOutOfRange,
       "peril[8].outage.hours.points[6].above"},
      {kPerils, "{ hours = 24, above = 0.08 }", "{ hours = 400, above = 0.08 }",
       own::kPointsMalformed, "peril[8].outage.hours.points"},
      {kPerils, "], max = 336, range = [1.9", "], range = [1.9", base::kMissingKey,
       "peril[8].outage.hours.max"},
      {kPerils, "], max = 336, range = [1.9", "], sigma = 1.36, max = 336, range = [1.9",
       base::kUnknownKey, "peril[8].outage.hours.sigma"},
      {kPerils, "range = [1.9, 7.6]", "range = [4.9, 7.6]", own::kOutsideOwnRange,
       "peril[8].outage.hours.points"},
  };
  for (const Spoiled& row : rows) {
    INFO(row.find, " -> ", row.replace);
    HazardTexts texts;
    std::string& text = texts.*row.file;
    const std::size_t at = text.find(row.find);
    REQUIRE(at != std::string::npos);
    text.replace(at, row.find.size(), row.replace);
    const auto hazard = read_texts(texts);
    REQUIRE(!hazard.ok());
    CHECK(hazard.refusal().code.name == row.code.name);
    CHECK(hazard.refusal().path == row.path);
    CHECK(hazard.refusal().at.line > 0);
  }
}

TEST_CASE("calibration data: sectors that do not exist and bands that do not rise are refused") {
  const std::string path = "data/hazard/calibration.toml";
  const std::string whole = file_text(path);
  struct Row {
    std::string find, replace;
    RefusalCode code;
    std::string path;
  };
  const Row rows[] = {
      {"sector = \"I64\"", "sector = \"I99\"", domain::kSectorUnknown, "group[0].sector"},
      {"below = 10\nemployees = 5", "below = 10\nemployees = 10", refusals::kOutsideOwnRange,
       "band[0].employees"},
      {"below = 50\nemployees = 25", "below = 50\nemployees = 9", refusals::kOutsideOwnRange,
       "band[1].employees"},
      {"below = 50\nemployees = 25", "employees = 25", refusals::kOutsideOwnRange,
       "band[2].employees"},
      {"employees = 400", "below = 500\nemployees = 400", refusals::kOutsideOwnRange, "band"},
      {"source = \"PCS\"", "", anlan::refusals::kMissingKey, "shared_event[0].source"},
      {"needs_en = \"which insured ran the poisoned software, and the property policies that held "
       "about 90 % of it\"",
       "", anlan::refusals::kMissingKey, "shared_event[0].needs_en"},
  };
  for (const Row& row : rows) {
    std::string text = whole;
    const std::size_t at = text.find(row.find);
    REQUIRE(at != std::string::npos);
    text.replace(at, row.find.size(), row.replace);
    const Node root = formats::parse_toml(text, path).value();
    const auto read = read_calibration(root, path, market().hazard);
    REQUIRE(!read.ok());
    CHECK(read.refusal().code.name == row.code.name);
    CHECK(read.refusal().path == row.path);
  }
}

TEST_CASE("hazard data: a peril with more than 16 random numbers an event is refused") {
  HazardTexts texts;
  const std::string place = "# ---- data_breach";
  std::string more;
  for (int i = 0; i < 8; ++i) {
    more += fmt::format(
        "[[peril.loss]]\nname = \"l{}\"\nmedian = 1\nsigma = 1\nrange = [1, 1]\nunit = \"CNY\"\n"
        "heads = [{{ head = \"FP.IR\", percent = 100 }}]\nsource = \"prior\"\n\n",
        i);
  }
  texts.perils.insert(texts.perils.find(place), more);
  const auto hazard = read_texts(texts);
  REQUIRE(!hazard.ok());
  CHECK(hazard.refusal().code == refusals::kTooManyDrivers);
}

}  // namespace
}  // namespace anlan::engine
