#include "engine/mean_loss.h"

#include <algorithm>

#include "base/beta.h"
#include "base/maths.h"
#include "base/money.h"
#include "base/normal.h"

namespace anlan::engine {
namespace {

double probability_of(const PerilModel& peril, std::optional<std::size_t> gate) {
  return gate ? std::min(1.0, peril.probability[*gate]) : 1.0;
}

double mean_of(maths::BetaShape shape) { return shape.a / (shape.a + shape.b); }

// E[min(1, factor x B)].
double mean_share(maths::BetaShape shape, double factor) {
  if (factor <= 1.0) return factor * mean_of(shape);
  const double cut = 1.0 / factor;
  const maths::BetaDistribution plain(shape);
  const maths::BetaDistribution weighted({.a = shape.a + 1.0, .b = shape.b});
  return factor * mean_of(shape) * weighted.at(cut).lower + plain.at(cut).upper;
}

double mean_level(const std::vector<CurveStage>& curve) {
  double from = 0.0;
  double level = 0.0;
  for (const CurveStage& stage : curve) {
    level += stage.level * (stage.until - from);
    from = stage.until;
  }
  return level;
}

double mean_interruption(const LossModel& model, const PerilModel& peril) {
  const Outage& outage = *peril.hazard->outage;
  return probability_of(peril, outage.gate) * model.hourly *
         mean_share(outage.share, peril.share_factor) *
         limited_lognormal(peril.median_hours, outage.sigma, outage.hours_max) *
         mean_level(outage.curve);
}

double mean_part(const PerilModel& peril, std::size_t index) {
  const LossPart& part = peril.hazard->losses[index];
  const double cap = std::min(peril.parts[index].max, static_cast<double>(kAmountMax));
  return probability_of(peril, part.gate) *
         limited_lognormal(peril.parts[index].median, part.sigma, cap) *
         (part.settled ? mean_of(*part.settled) : 1.0);
}

}  // namespace

double limited_lognormal(double median, double sigma, double cap) {
  if (median <= 0.0) return 0.0;
  if (sigma == 0.0) return std::min(median, cap);
  const double z = maths::log(cap / median) / sigma;
  const double below = median * maths::exp(0.5 * sigma * sigma) * maths::normal_cdf(z - sigma);
  const double above = maths::normal_cdf(-z);
  return above > 0.0 ? below + cap * above : below;
}

std::vector<HeadMean> mean_by_head(const LossModel& model, std::size_t peril) {
  const PerilModel& of = model.perils[peril];
  std::vector<HeadMean> out;
  if (of.hazard->outage) {
    out.push_back(
        {.head = of.hazard->outage->covers.front(), .amount = mean_interruption(model, of)});
  }
  for (std::size_t part = 0; part < of.parts.size(); ++part) {
    const double amount = mean_part(of, part);
    for (const HeadShare& head : of.hazard->losses[part].heads) {
      out.push_back({.head = head.head, .amount = amount * head.share});
    }
  }
  return out;
}

namespace {

// add(section, amount) for each loss of the peril; section -1: no section takes it.
template <class Add>
void each_mean(const LossModel& model, std::size_t peril, const SectionMap& sections,
               const Add& add) {
  const PerilModel& of = model.perils[peril];
  if (of.hazard->outage) add(sections.outage(peril), mean_interruption(model, of));
  for (std::size_t part = 0; part < of.parts.size(); ++part) {
    const double amount = mean_part(of, part);
    const std::vector<HeadShare>& heads = of.hazard->losses[part].heads;
    for (std::size_t h = 0; h < heads.size(); ++h) {
      add(sections.head(peril, part, h), amount * heads[h].share);
    }
  }
}

}  // namespace

MeanLoss mean_loss(const LossModel& model, std::size_t peril, const SectionMap& sections) {
  MeanLoss out;
  each_mean(model, peril, sections, [&](int section, double amount) {
    out.ground_up += amount;
    if (section >= 0) out.in_sections += amount;
  });
  return out;
}

std::vector<double> mean_by_section(const LossModel& model, std::size_t peril,
                                    const SectionMap& sections) {
  std::vector<double> out(sections.plan().section_count() + 1);
  each_mean(model, peril, sections, [&](int section, double amount) {
    if (section >= 0) {
      out[static_cast<std::size_t>(section)] += amount;
    } else {
      out.back() += amount;
    }
  });
  return out;
}

}  // namespace anlan::engine
