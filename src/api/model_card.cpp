#include "api/model_card.h"

#include <algorithm>

#include "base/check.h"
#include "engine/expected_loss.h"
#include "engine/trigger_share.h"
#include "terms/plan.h"
#include "underwriting/profile.h"
#include "underwriting/quote.h"

namespace anlan::api {
namespace {

constexpr double kCardError = 0.0004;  // of the expected payment; a quote aims at engine's target

constexpr double kMarketError = engine::kErrorTarget;

constexpr std::string_view kInterruption = "FP.BI";

// The wording with the changes of one row.
terms::Terms changed(const terms::Wording& wording, const engine::TermsTarget& row) {
  terms::Terms out = wording.terms;
  for (terms::Section& section : out.sections) {
    if (row.waiting_hours && section.code == kInterruption) {
      section.time.waiting_hours = *row.waiting_hours;
    }
    if (section.code == row.without) section.sublimit_occ = 0;
  }
  if (row.retention) {
    out.occurrence_retention = row.retention->minor();
    out.retention_position = terms::RetentionPosition::kAfterSublimits;
  }
  return out;
}

class Card {
 public:
  Card(const CardInput& input, Executor& executor) : input_(input), executor_(executor) {
    for (const std::string& code : input.wording->perils.codes) perils_.push_back({code});
  }

  Result<CardFigures> figures();

 private:
  template <class Use>
  auto priced(const terms::Terms& terms, const Use& use, double error = kCardError) {
    const terms::Plan plan = terms::compile(terms);
    const engine::InsuredCover cover{
        .plan = &plan,
        .perils = perils_,
        .admitted = engine::trigger_shares(*input_.hazard, input_.wording->trigger, plan, {}),
        .obligations = &input_.wording->obligations,
        .scales = &input_.wording->scales,
        .exclusions = &input_.wording->exclusions};
    return use(engine::YearSetting{
        .hazard = input_.hazard, .table = input_.table, .cover = &cover, .error = error});
  }
  Result<MarketRow> market_row(std::size_t group, std::size_t band);
  Result<engine::YearLoss> year(const terms::Terms& terms, const engine::RiskInput& company) {
    return priced(terms, [&](const engine::YearSetting& setting) {
      const engine::LossModel model =
          engine::make_loss_model(*input_.hazard, company, engine::ControlUse::kOwn);
      return engine::year_loss(setting, model, executor_);
    });
  }

  const CardInput& input_;
  Executor& executor_;
  std::vector<domain::PerilName> perils_;
};

Result<CardFigures> Card::figures() {
  const engine::Hazard& hazard = *input_.hazard;
  const terms::Terms& terms = input_.wording->terms;
  const engine::RiskInput reference = engine::reference_company(hazard);
  CardFigures out;
  ANLAN_TRY(out.year, year(terms, reference));
  ANLAN_TRY(out.loss, priced(terms, [&](const engine::YearSetting& setting) {
              return engine::expected_loss(setting, reference, executor_);
            }));
  const auto& apart = input_.calibration->apart;
  for (std::size_t p = 0; p < hazard.perils.size(); ++p) {
    if (std::find(apart.begin(), apart.end(), hazard.perils[p].peril) != apart.end()) continue;
    const double frequency = hazard.perils[p].frequency.value;
    out.frequency += frequency;
    out.ground_up += frequency * out.year.perils[p].ground_up;
  }
  for (const engine::TermsTarget& row : input_.calibration->terms) {
    ANLAN_TRY(const engine::YearLoss found, year(changed(*input_.wording, row), reference));
    out.terms.push_back(found.insured);
  }
  ANLAN_TRY(const engine::YearLoss every, year(terms, company_with_gaps(hazard, Share())));
  ANLAN_TRY(const engine::YearLoss none,
            year(terms, company_with_gaps(hazard, Share::from_percent(100))));
  out.every_control = every.insured;
  out.no_control = none.insured;
  for (std::size_t group = 0; group < input_.calibration->groups.size(); ++group) {
    for (std::size_t band = 0; band < input_.calibration->bands.size(); ++band) {
      ANLAN_TRY(out.market.emplace_back(), market_row(group, band));
    }
  }
  const std::vector<engine::PublishedFigure>& published = input_.backtests->figures;
  out.published.resize(published.size());
  executor_.run(published.size(), [&](std::size_t i) {
    out.published[i] = figure_row(input_, published[i], out.loss);
  });
  return out;
}

Result<MarketRow> Card::market_row(std::size_t group, std::size_t band) {
  const engine::Reference& reference = input_.hazard->reference;
  const std::int64_t employees = input_.calibration->bands[band].employees;
  MarketRow out{.group = group, .band = band};
  out.revenue = Money::from_minor(reference.revenue.minor() / reference.employees * employees,
                                  reference.revenue.currency());
  ANLAN_TRY(const engine::RiskInput company,
            company_of(*input_.inference, input_.calibration->groups[group].sector, employees,
                       out.revenue));
  const engine::LossModel model =
      engine::make_loss_model(*input_.hazard, company, engine::ControlUse::kOwn);
  ANLAN_TRY(const engine::YearLoss year, priced(
                                             input_.wording->terms,
                                             [&](const engine::YearSetting& setting) {
                                               return engine::year_loss(setting, model, executor_);
                                             },
                                             kMarketError));
  out.frequency = year.frequency;
  out.mean = year.ground_up / year.frequency;
  out.insured = year.insured;
  return out;
}

// Of the model's own unit in the figure's.
double in_unit(const CardInput& input, engine::FigureUnit unit, double value) {
  switch (unit) {
    case engine::FigureUnit::kPercent:
      return 100.0 * value;
    case engine::FigureUnit::kRatio:
      return value;
    case engine::FigureUnit::kDays:
      return value / 24.0;
    case engine::FigureUnit::kUsd:
      return value / 100.0 / input.backtests->usd;
  }
  ANLAN_CHECK(false);
  return value;
}

}  // namespace

FigureRow figure_row(const CardInput& input, const engine::PublishedFigure& figure,
                     const domain::LossResult& loss) {
  FigureRow out{.figure = &figure, .model = std::nullopt};
  if (figure.measure == engine::Measure::kNone) return out;
  engine::Prediction found;
  if (figure.measure == engine::Measure::kPayment) {
    const auto part = [&](Money payment) {
      return static_cast<double>(payment.minor()) / static_cast<double>(figure.amount.minor());
    };
    found = {.central = part(loss.insured),
             .low = part(loss.insured_low),
             .high = part(loss.insured_high)};
  } else {
    found = engine::predict(
        {.hazard = input.hazard, .table = input.table, .claim = input.backtests->claim}, figure);
  }
  out.model = {.central = in_unit(input, figure.unit, found.central),
               .low = in_unit(input, figure.unit, found.low),
               .high = in_unit(input, figure.unit, found.high)};
  return out;
}

Result<CardFigures> card_figures(const CardInput& input, Executor& executor) {
  return Card(input, executor).figures();
}

Result<engine::RiskInput> company_of(const underwriting::Inference& inference,
                                     const std::string& sector, std::int64_t employees,
                                     Money revenue) {
  std::vector<domain::Fact> facts;
  const auto add = [&](std::string_view name, std::string value) {
    facts.push_back({.name = {std::string(name)},
                     .value = std::move(value),
                     .source = domain::FactSource::kInferred});
  };
  add("sector", sector);
  add("employees", std::to_string(employees));
  add("revenue", std::to_string(revenue.minor()));
  for (const domain::FactKind* kind : underwriting::missing_facts(facts)) {
    add(kind->name, underwriting::is_number(*kind) ? "0" : "");
  }
  ANLAN_TRY(const underwriting::Profile profile, underwriting::make_profile(facts, inference));
  engine::RiskInput out = underwriting::risk_input(profile, {});
  out.history = {};  // nobody said how many incidents there were
  return out;
}

engine::RiskInput company_with_gaps(const engine::Hazard& hazard, Share gap) {
  engine::RiskInput company = engine::reference_company(hazard);
  for (const engine::ControlPrior& prior : hazard.controls.rows) {
    company.controls.push_back({.control = prior.control,
                                .gap = gap,
                                .trust = Share::from_percent(100),
                                .source = domain::FactSource::kTelemetry});
  }
  return company;
}

}  // namespace anlan::api
