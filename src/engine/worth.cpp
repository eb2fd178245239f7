#include "engine/worth.h"

#include <algorithm>

#include "base/maths.h"
#include "engine/loss_model.h"

namespace anlan::engine {
namespace {

constexpr std::size_t kPairedPoints = 128;

std::vector<double> differences(const std::vector<double>& before,
                                const std::vector<double>& after) {
  std::vector<double> out;
  for (std::size_t i = 0; i < before.size(); ++i) out.push_back(after[i] - before[i]);
  return out;
}

}  // namespace

Result<PairedYear> paired_year(const YearSetting& setting, const RiskInput& company,
                               Executor& executor) {
  YearSetting fixed = setting;
  fixed.points = std::min(kPairedPoints, setting.table->options().points);
  const LossModel model = make_loss_model(*setting.hazard, company, ControlUse::kOwn);
  PairedYear out;
  ANLAN_TRY(out.year, year_loss(fixed, model, executor));
  ANLAN_TRY(out.members, ensemble_members(fixed, model, out.year, executor));
  return out;
}

Worth worth(const PairedYear& paired_before, const PairedYear& paired_after) {
  const YearLoss& before = paired_before.year;
  const YearLoss& after = paired_after.year;
  ANLAN_CHECK(before.insured_by_replicate.size() == after.insured_by_replicate.size());
  Worth out{.ground_up = after.ground_up - before.ground_up,
            .insured = after.insured - before.insured};
  out.retained = out.ground_up - out.insured;
  const auto n = static_cast<double>(before.insured_by_replicate.size());
  double squares = 0.0;
  for (std::size_t r = 0; r < before.insured_by_replicate.size(); ++r) {
    const double change = after.insured_by_replicate[r] - before.insured_by_replicate[r];
    squares += (change - out.insured) * (change - out.insured);
  }
  out.error = maths::sqrt(squares / (n * (n - 1.0)));
  out.ground_up_range =
      range_of(differences(paired_before.members.ground_up, paired_after.members.ground_up));
  out.insured_range = range_of(differences(paired_before.members.paid, paired_after.members.paid));
  return out;
}

RiskInput with_controls(RiskInput company, const std::vector<domain::ControlName>& controls) {
  for (const domain::ControlName& control : controls) {
    const domain::ControlState proved{.control = control,
                                      .gap = Share(),
                                      .trust = Share::from_percent(100),
                                      .source = domain::FactSource::kTelemetry};
    const auto found =
        std::find_if(company.controls.begin(), company.controls.end(),
                     [&](const domain::ControlState& state) { return state.control == control; });
    if (found == company.controls.end()) {
      company.controls.push_back(proved);
    } else {
      *found = proved;
    }
  }
  return company;
}

}  // namespace anlan::engine
