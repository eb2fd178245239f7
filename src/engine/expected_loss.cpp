#include "engine/expected_loss.h"

#include <algorithm>
#include <bit>

#include "base/allot.h"
#include "base/maths.h"
#include "engine/refusals.h"

namespace anlan::engine {
namespace {

constexpr double kPpm = 1e6;

std::uint32_t ppm_of(double value) {
  return static_cast<std::uint32_t>(
      std::min(4e9, maths::nearest_whole(std::max(0.0, value) * kPpm)));
}

void add_doubles(ByteWriter& bytes, std::span<const double> values) {
  for (const double value : values) bytes.whole(std::bit_cast<std::uint64_t>(value));
}

void add_year(ByteWriter& bytes, const YearLoss& year) {
  const double totals[] = {year.ground_up,      year.in_sections, year.insured,
                           year.standard_error, year.frequency,   year.paid_frequency};
  add_doubles(bytes, totals);
  for (const PerilMeans& peril : year.perils) {
    const double means[] = {peril.ground_up, peril.in_sections, peril.paid, peril.paid_share};
    add_doubles(bytes, means);
    add_doubles(bytes, peril.paid_by_section);
  }
  add_doubles(bytes, year.insured_by_peril);
  add_doubles(bytes, year.insured_by_section);
  add_doubles(bytes, year.insured_by_replicate);
}

// `total` split in proportion to `parts`, a thousandth of a minor unit fine. Payments are
// non-negative; what a sampled erosion may leave below zero counts as zero.
std::vector<Money> split(Money total, std::span<const double> parts) {
  constexpr double kFine = 1000.0;
  std::vector<std::int64_t> weights;
  for (const double part : parts) {
    weights.push_back(static_cast<std::int64_t>(maths::nearest_whole(std::max(0.0, part) * kFine)));
  }
  return allot(total, weights);
}

Money whole(double amount, Currency currency) {
  return Money::rounded(std::max(0.0, amount), currency, Rounding::kHalfUp);
}

// Share of the expected payment from perils that have a constant without a published source.
std::uint32_t assumption_share(const Hazard& hazard, const YearLoss& year) {
  double assumed = 0.0;
  double total = 0.0;
  for (std::size_t p = 0; p < hazard.perils.size(); ++p) {
    const double payment = std::max(0.0, year.insured_by_peril[p]);
    total += payment;
    if (!hazard.perils[p].published) assumed += payment;
  }
  return total > 0.0 ? ppm_of(assumed / total) : Share::kWhole;
}

bool knows_controls(const RiskInput& company) {
  return std::any_of(company.controls.begin(), company.controls.end(), [](const auto& state) {
    return state.source != domain::FactSource::kInferred;
  });
}

void add_parts(const YearSetting& setting, const YearLoss& own, const LossModel& model,
               domain::LossResult& out) {
  const Hazard& hazard = *setting.hazard;
  std::vector<double> ground_up;
  for (std::size_t p = 0; p < hazard.perils.size(); ++p) {
    ground_up.push_back(model.perils[p].frequency * own.perils[p].ground_up);
  }
  const std::vector<Money> before = split(out.ground_up, ground_up);
  const std::vector<Money> after = split(out.insured, own.insured_by_peril);
  for (std::size_t p = 0; p < hazard.perils.size(); ++p) {
    out.perils.push_back({.peril = hazard.perils[p].peril,
                          .frequency_ppm = ppm_of(model.perils[p].frequency),
                          .ground_up = before[p],
                          .insured = after[p]});
  }
  const std::vector<Money> sections = split(out.insured, own.insured_by_section);
  for (std::size_t s = 0; s < sections.size(); ++s) {
    out.covers.push_back(
        {.section = {setting.cover->plan->terms().sections[s].code}, .insured = sections[s]});
  }
}

Result<Done> check_currency(const YearSetting& setting, const RiskInput& company) {
  const Currency own = setting.hazard->currency;
  const Currency currency = setting.cover->plan->terms().currency;
  if (currency == own && company.revenue.currency() == own) return Done{};
  return Refusal{.code = refusals::kCurrencyMismatch,
                 .path = "currency",
                 .value = std::string(currency_code(currency)),
                 .args = {{.name = "expected", .value = std::string(currency_code(own))}},
                 .at = {}};
}

}  // namespace

Digest engine_digest(const YearLoss& own, const YearLoss& sector, const PaymentRange& range) {
  ByteWriter bytes;
  add_year(bytes, own);
  add_year(bytes, sector);
  const double ends[] = {range.low, range.high, range.mean};
  add_doubles(bytes, ends);
  return sha256(bytes.bytes());
}

domain::LossResult loss_record(const YearSetting& setting, const LossModel& model,
                               const YearLoss& year) {
  const Hazard& hazard = *setting.hazard;
  const Money none = Money::zero(hazard.currency);
  domain::LossResult out{.ground_up = whole(year.ground_up, hazard.currency),
                         .insured = whole(year.insured, hazard.currency),
                         .standard_error = whole(year.standard_error, hazard.currency),
                         .insured_low = none,
                         .insured_high = none,
                         .insured_sector = none,
                         .insured_full_cover = whole(year.in_sections, hazard.currency),
                         .insured_full_sector = none,
                         .frequency_ppm = ppm_of(year.frequency),
                         .paid_frequency_ppm = ppm_of(year.paid_frequency),
                         .assumption_share_ppm = assumption_share(hazard, year),
                         .credibility_ppm = ppm_of(model.history.credibility),
                         .history_ppm = ppm_of(model.history.factor),
                         .perils = {},
                         .covers = {},
                         .model_version = hazard.model,
                         .seed = setting.table->options().seed,
                         .hazard = hazard.digest,
                         .bits = {}};
  add_parts(setting, year, model, out);
  return out;
}

Result<domain::LossResult> central_loss(const YearSetting& setting, const RiskInput& company,
                                        Executor& executor) {
  ANLAN_REQUIRE(check_currency(setting, company));
  const LossModel model = make_loss_model(*setting.hazard, company, ControlUse::kOwn);
  ANLAN_TRY(const YearLoss own, year_loss(setting, model, executor));
  return loss_record(setting, model, own);
}

Result<domain::LossResult> expected_loss(const YearSetting& setting, const RiskInput& company,
                                         Executor& executor) {
  const Hazard& hazard = *setting.hazard;
  ANLAN_REQUIRE(check_currency(setting, company));
  const LossModel model = make_loss_model(hazard, company, ControlUse::kOwn);
  const LossModel average = make_loss_model(hazard, company, ControlUse::kSectorAverage);
  ANLAN_TRY(const YearLoss own, year_loss(setting, model, executor));
  YearLoss sector = own;
  if (knows_controls(company)) {
    ANLAN_TRY(sector, year_loss(setting, average, executor));
  }
  ANLAN_TRY(const PaymentRange range, payment_range(setting, model, own, executor));
  domain::LossResult out = loss_record(setting, model, own);
  out.insured_low = whole(range.low, hazard.currency);
  out.insured_high = whole(range.high, hazard.currency);
  out.insured_sector = whole(sector.insured, hazard.currency);
  out.insured_full_sector = whole(sector.in_sections, hazard.currency);
  out.bits = engine_digest(own, sector, range);
  return out;
}

}  // namespace anlan::engine
