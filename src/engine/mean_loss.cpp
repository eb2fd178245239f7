#include "engine/mean_loss.h"

#include <algorithm>
#include <cmath>

#include "base/beta.h"
#include "base/gamma.h"
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

// E[min(hours, max)] of an outage that the curve then shapes.
double mean_hours(const PerilModel& peril) {
  const Outage& outage = *peril.hazard->outage;
  if (outage.points.empty()) {
    return limited_lognormal(peril.median_hours, outage.sigma, outage.hours_max);
  }
  if (peril.median_hours <= 0.0) return 0.0;
  const double scale = peril.median_hours / survival_quantile(outage.points, 0.5);
  return scale * survival_limited_mean(outage.points, outage.hours_max / scale);
}

double mean_interruption(const LossModel& model, const PerilModel& peril) {
  const Outage& outage = *peril.hazard->outage;
  return probability_of(peril, outage.gate) * model.hourly *
         mean_share(outage.share, peril.share_factor) * mean_hours(peril) *
         mean_level(outage.curve);
}

double mean_part(const PerilModel& peril, std::size_t index) {
  const LossPart& part = peril.hazard->losses[index];
  const double cap = std::min(peril.parts[index].max, static_cast<double>(kAmountMax));
  const double median = peril.parts[index].median;
  const double exponent = records_exponent(*peril.hazard, part);
  const double amount = exponent > 0.0
                            ? limited_records_mean({.median = median,
                                                    .sigma = part.sigma,
                                                    .exponent = exponent,
                                                    .cap = cap,
                                                    .share = peril.hazard->records->share})
                            : limited_lognormal(median, part.sigma, cap);
  return probability_of(peril, part.gate) * amount * (part.settled ? mean_of(*part.settled) : 1.0);
}

// E[S^exponent].
double share_moment(maths::BetaShape shape, double exponent) {
  return maths::exp(maths::lgamma(shape.a + exponent) - maths::lgamma(shape.a) +
                    maths::lgamma(shape.a + shape.b) - maths::lgamma(shape.a + shape.b + exponent));
}

struct Weighed {
  double mass = 0.0;
  double value = 0.0;
};

// The density of S and the limited mean at S, both times dS/dt, at one t.
Weighed at_abscissa(const RecordsCost& cost, double log_beta, double t) {
  constexpr double kPi = 3.14159265358979323846;
  const double up = maths::exp(t);
  const double logit = 0.5 * kPi * (up - 1.0 / up);  // pi sinh t
  const double slope = 0.5 * kPi * (up + 1.0 / up);
  const double size = maths::log1p(maths::exp(-std::fabs(logit)));
  const double log_share = logit < 0.0 ? logit - size : -size;
  const double log_rest = logit < 0.0 ? -size : -logit - size;
  const double mass =
      slope * maths::exp(cost.share.a * log_share + cost.share.b * log_rest - log_beta);
  const double median = cost.median * maths::exp(cost.exponent * log_share);
  return {.mass = mass,
          .value = mass > 0.0 ? mass * limited_lognormal(median, cost.sigma, cost.cap) : 0.0};
}

// The shapes that a hazard may have keep all mass that counts inside |t| < 6.
constexpr double kAbscissaMax = 6.0;
constexpr double kIntegralError = 1e-12;
constexpr int kHalvingsMax = 16;

double integral_over_share(const RecordsCost& cost) {
  const double log_beta = maths::lgamma(cost.share.a) + maths::lgamma(cost.share.b) -
                          maths::lgamma(cost.share.a + cost.share.b);
  Weighed sum = at_abscissa(cost, log_beta, 0.0);
  const auto add = [&](double t) {
    for (const double at : {-t, t}) {
      const Weighed more = at_abscissa(cost, log_beta, at);
      sum.mass += more.mass;
      sum.value += more.value;
    }
  };
  double step = 0.5;
  for (int i = 1; i * step <= kAbscissaMax; ++i) add(i * step);
  double before = 0.0;
  for (int halving = 0; halving < kHalvingsMax; ++halving) {
    before = step * sum.value;
    step *= 0.5;
    for (int i = 1; i * step <= kAbscissaMax; i += 2) add(i * step);
    const bool whole = std::fabs(step * sum.mass - 1.0) <= 1e-10;
    if (whole && std::fabs(step * sum.value - before) <= kIntegralError * before) break;
  }
  return sum.value / sum.mass;  // what lgamma leaves in the scale of the density cancels
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

double limited_records_mean(const RecordsCost& cost) {
  if (cost.median <= 0.0) return 0.0;
  const double whole = cost.median * maths::exp(0.5 * cost.sigma * cost.sigma);
  const double most = limited_lognormal(cost.median, cost.sigma, cost.cap);
  if (whole - most <= 1e-14 * whole) return whole * share_moment(cost.share, cost.exponent);
  return integral_over_share(cost);
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
