#include "engine/loss_curve.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/lanes.h"
#include "base/maths.h"

namespace anlan::engine {
namespace {

using maths::kLanes;
using maths::Lanes;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

}  // namespace

void LossCurve::reset(const Severity& severity) {
  severity_ = &severity;
  splice_ = nullptr;
  in_lanes_ = find_form();
  if (!in_lanes_) return;
  const double sigma = lognormal_.sigma;
  lognormal_mean_ = maths::exp(lognormal_.mu + 0.5 * sigma * sigma);
  in_lanes_ = lognormal_mean_ < kInfinity;
  limited_at_threshold_ = -1.0;
}

bool LossCurve::find_form() {
  if (const auto* f = std::get_if<Lognormal>(&severity_->form)) {
    lognormal_ = *f;
    return true;
  }
  // Near an infinite mean E[min(X, x)] is not to be had from it.
  constexpr double kIndexMax = 0.9;
  const auto* splice = std::get_if<Spliced>(&severity_->form);
  if (!splice) return false;
  const auto* body = std::get_if<Lognormal>(&splice->parts[0].form);
  const auto* tail = std::get_if<ParetoTail>(&splice->parts[1].form);
  if (!body || !tail) return false;
  const bool heavy = tail->xi > 0.0 && tail->xi < kIndexMax;
  if (!heavy || tail->threshold > splice->threshold) return false;
  lognormal_ = *body;
  splice_ = splice;
  tail_ = *tail;
  body_factor_ = (1.0 - splice->tail_weight) / splice->body_cut.lower;
  tail_factor_ = splice->tail_weight / splice->tail_upper;
  return true;
}

// Upper tail and partial means of the lognormal alone.
void LossCurve::bodies(std::span<const double> x, std::vector<Body>& out) const {
  constexpr double kTiny = 1e-300;  // stands for 0
  out.resize((x.size() + kLanes - 1) / kLanes * kLanes);
  const double inverse_sigma = 1.0 / lognormal_.sigma;
  for (std::size_t first = 0; first < x.size(); first += kLanes) {
    std::array<double, kLanes> amounts;
    for (std::size_t i = 0; i < kLanes; ++i) {
      amounts[i] = std::max(x[std::min(first + i, x.size() - 1)], kTiny);
    }
    const Lanes amount = Lanes::from(amounts.data());
    const Lanes z = (maths::log_lanes(amount, Lanes::all(0.0)) - lognormal_.mu) * inverse_sigma;
    const Lanes w = z - lognormal_.sigma;
    const Lanes weight = maths::exp_lanes(z * z * -0.5);
    const Lanes one = Lanes::all(1.0);
    const Lanes mean = Lanes::all(lognormal_mean_);
    const Lanes near_z = weight * maths::normal_tail_lanes(maths::magnitude(z));
    const Lanes near_w = amount * weight * maths::normal_tail_lanes(maths::magnitude(w));
    std::array<double, kLanes> upper;
    std::array<double, kLanes> above;
    std::array<double, kLanes> below;
    maths::where_negative(z, one - near_z, near_z).to(upper.data());
    maths::where_negative(w, mean - near_w, near_w).to(above.data());
    maths::where_negative(w, near_w, mean - near_w).to(below.data());
    for (std::size_t i = 0; i < kLanes; ++i) out[first + i] = {upper[i], above[i], below[i]};
  }
}

LossPoint LossCurve::of_body(double x, const Body& body) const {
  if (!splice_) {
    return {.limited = body.below + x * body.upper, .excess = body.above - x * body.upper};
  }
  const Spliced& s = *splice_;
  const double width = s.threshold - x;
  const double upper = s.tail_weight + body_factor_ * (body.upper - s.body_cut.upper);
  // Of the body: the integral of its cut survival function from x to the threshold.
  const double from_here = body.above - x * body.upper;
  const double from_threshold = at_threshold_.above - s.threshold * at_threshold_.upper;
  const double strip = (from_here - from_threshold) - width * s.body_cut.upper;
  return {.limited = body_factor_ * body.below + x * upper,
          .excess = body_factor_ * strip + s.tail_weight * width + tail_factor_ * s.tail_excess};
}

// Above the threshold.
void LossCurve::tails_at(std::span<const std::size_t> places, std::span<const double> x,
                         std::span<LossPoint> out) const {
  const double whole = tail_factor_ * splice_->tail_excess;
  const double inverse_index = 1.0 / tail_.xi;
  const double factor = tail_factor_ / (1.0 - tail_.xi);
  for (std::size_t first = 0; first < places.size(); first += kLanes) {
    std::array<double, kLanes> over;
    for (std::size_t i = 0; i < kLanes; ++i) {
      over[i] = x[places[std::min(first + i, places.size() - 1)]] - tail_.threshold;
    }
    const Lanes y = Lanes::from(over.data());
    const Lanes rate = maths::log1p_lanes(y * (tail_.xi / tail_.beta)) * inverse_index;
    const Lanes upper = maths::exp_lanes(Lanes::all(0.0) - rate);
    std::array<double, kLanes> above;
    ((y * tail_.xi + tail_.beta) * factor * upper).to(above.data());
    for (std::size_t i = 0; i < kLanes && first + i < places.size(); ++i) {
      out[places[first + i]] = {.limited = limited_at_threshold_ + (whole - above[i]),
                                .excess = above[i]};
    }
  }
}

void LossCurve::at(std::span<const double> x, std::span<LossPoint> out) {
  if (!in_lanes_) {
    for (std::size_t i = 0; i < x.size(); ++i) {
      out[i] = {.limited = limited_expected(*severity_, x[i]), .excess = excess(*severity_, x[i])};
    }
    return;
  }
  amounts_.clear();
  below_.clear();
  above_.clear();
  const bool new_threshold = splice_ && limited_at_threshold_ < 0.0;
  if (new_threshold) amounts_.push_back(splice_->threshold);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const bool in_tail = splice_ && x[i] >= splice_->threshold;
    (in_tail ? above_ : below_).push_back(i);
    if (!in_tail) amounts_.push_back(x[i]);
  }
  bodies(amounts_, bodies_);
  std::size_t next = 0;
  if (new_threshold) {
    at_threshold_ = bodies_[next++];
    limited_at_threshold_ =
        body_factor_ * at_threshold_.below + splice_->threshold * splice_->tail_weight;
  }
  for (const std::size_t i : below_) out[i] = of_body(x[i], bodies_[next++]);
  if (!above_.empty()) tails_at(above_, x, out);
}

}  // namespace anlan::engine
