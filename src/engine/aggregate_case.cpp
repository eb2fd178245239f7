#include "engine/aggregate_case.h"

#include <limits>

#include "base/node_reader.h"
#include "engine/aggregate.h"
#include "engine/refusals.h"
#include "engine/severity_reader.h"

namespace anlan::engine {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::vector<double> amounts_or_none(NodeReader& r, std::string_view key) {
  return r.has(key) ? read_numbers(r, key, 0.0, kAmountTop) : std::vector<double>{};
}

std::vector<double> levels_or_none(NodeReader& r, std::string_view key) {
  if (!r.has(key)) return {};
  std::vector<double> out;
  for (NodeReader& item : r.list(key)) {
    out.push_back(item.as_real(0.0, 1.0));
    if (!r.refused() && !(out.back() > 0.0 && out.back() < 1.0)) {
      item.refuse("", refusals::kNotInside,
                  {{.name = "low", .value = "0"}, {.name = "high", .value = "1"}});
    }
  }
  return out;
}

Ask read_ask(NodeReader& r) {
  Ask ask{.mean = r.flag("mean", false), .sd = r.flag("sd", false), .skew = r.flag("skew", false)};
  ask.pmf = amounts_or_none(r, "pmf");
  ask.cdf = amounts_or_none(r, "cdf");
  ask.sf = amounts_or_none(r, "sf");
  ask.density = amounts_or_none(r, "density");
  ask.stop_loss = amounts_or_none(r, "stop_loss");
  ask.lev = amounts_or_none(r, "lev");
  ask.oep = amounts_or_none(r, "oep");
  ask.var = levels_or_none(r, "var");
  ask.tvar = levels_or_none(r, "tvar");
  r.finish();
  return ask;
}

void read_annual_terms(NodeReader& r, LayerTerms& layer) {
  if (r.has("reinstatements")) {
    layer.reinstatements = read_numbers(r, "reinstatements", 0.0, 100.0);
    if (!r.refused() && layer.limit == kInfinity)
      r.refuse("reinstatements", refusals::kLimitNeeded);
    const auto full_limits = static_cast<double>(layer.reinstatements.size() + 1);
    layer.annual_limit = full_limits * layer.limit * layer.share;
  }
  if (r.has("annual_limit")) layer.annual_limit = read_positive(r, "annual_limit");
  if (!r.has("corridor")) return;
  const std::vector<double> band = read_numbers(r, "corridor", 0.0, kAmountTop);
  if (r.refused()) return;
  if (band.size() != 2) {
    r.refuse("corridor", refusals::kLengthsDiffer,
             {{.name = "other", .value = "[from, to]"},
              {.name = "count", .value = "2"},
              {.name = "given", .value = std::to_string(band.size())}});
    return;
  }
  if (band[1] < band[0]) {
    r.refuse(
        "corridor", refusals::kReversed,
        {{.name = "first", .value = shown(band[0])}, {.name = "second", .value = shown(band[1])}});
  }
  layer.corridor = Corridor{band[0], band[1]};
}

LayerTerms read_layer(NodeReader& r) {
  LayerTerms layer{.limit = kInfinity, .annual_limit = kInfinity};
  layer.attach = r.real_or("attach", 0.0, kAmountTop, 0.0);
  if (r.has("limit")) layer.limit = read_positive(r, "limit");
  if (r.has("share")) layer.share = read_above(r, "share", 0.0, 1.0);
  layer.annual_deductible = r.real_or("annual_deductible", 0.0, kAmountTop, 0.0);
  read_annual_terms(r, layer);
  r.finish();
  return layer;
}

void check_rising(NodeReader& r, std::string_view key, const std::vector<double>& values) {
  for (std::size_t i = 1; i < values.size() && !r.refused(); ++i) {
    if (values[i] > values[i - 1]) continue;
    r.refuse(key, refusals::kReversed,
             {{.name = "first", .value = shown(values[i - 1])},
              {.name = "second", .value = shown(values[i])}});
  }
}

LimitTerms read_limits(NodeReader& r, double count) {
  LimitTerms out{.count = count};
  out.limits = read_numbers(r, "limits", 0.0, kAmountTop);
  check_rising(r, "limits", out.limits);
  if (!r.refused() && !(out.limits[0] > 0.0)) {
    r.refuse("limits", refusals::kNotAbove, {{.name = "low", .value = "0"}});
  }
  out.basic_limit =
      r.has("basic_limit") || out.limits.empty() ? read_positive(r, "basic_limit") : out.limits[0];
  out.claim_expense = r.real_or("claim_expense", 0.0, kAmountTop, 0.0);
  out.variable_expense = r.real_or("variable_expense", 0.0, 0.99, 0.0);
  if (r.has("filed")) {
    const std::vector<double> filed = read_numbers(r, "filed", 0.0, 1e9);
    if (!r.refused() && filed.size() != out.limits.size()) {
      r.refuse("filed", refusals::kLengthsDiffer,
               {{.name = "other", .value = "limits"},
                {.name = "count", .value = std::to_string(out.limits.size())},
                {.name = "given", .value = std::to_string(filed.size())}});
    }
    if (!r.refused()) {
      const auto checked = check_factors(out.limits, filed, r.child("filed"));
      if (!checked.ok()) r.report().refuse(checked.refusal());
    }
  }
  r.finish();
  return out;
}

DeductibleTerms read_deductibles(NodeReader& r, double count) {
  DeductibleTerms out{.count = count};
  out.deductibles = read_numbers(r, "deductibles", 0.0, kAmountTop);
  check_rising(r, "deductibles", out.deductibles);
  const double largest = out.deductibles.empty() ? 0.0 : out.deductibles.back();
  out.basic_limit = read_above(r, "basic_limit", largest, kAmountTop);
  out.expense_factor = r.real_or("expense_factor", 1.0, 100.0, 1.0);
  r.finish();
  return out;
}

GammaPrior read_prior(NodeReader& r) {
  GammaPrior prior;
  if (r.has("mean") || r.has("cv")) {
    for (const std::string_view other : {"shape", "rate"}) {
      if (r.has(other)) {
        r.refuse(other, refusals::kKeysExclude, {{.name = "other", .value = "mean, cv"}});
      }
    }
    const double mean = read_above(r, "mean", 0.0, 1e9);
    prior = gamma_prior(mean, read_above(r, "cv", 0.0, 1e3));
  } else {
    prior.shape = read_above(r, "shape", 0.0, 1e9);
    prior.rate = read_above(r, "rate", 0.0, 1e12);
  }
  r.finish();
  return prior;
}

// Claims of each year, or their number and the years.
CredibilityCase read_credibility(NodeReader& r) {
  NodeReader prior = r.table("prior");
  CredibilityCase out{.prior = read_prior(prior)};
  if (r.has("years")) {
    out.claims = static_cast<double>(r.whole("claims", 0, 1'000'000'000));
    out.years = r.real("years", 0.0, 1e6);
  } else {
    for (NodeReader& item : r.list("claims")) {
      out.claims += static_cast<double>(item.as_whole(0, 1'000'000'000));
      out.years += 1.0;
    }
  }
  r.finish();
  return out;
}

void require_finite(NodeReader& r, std::string_view key, double value) {
  if (r.refused() || value < kInfinity) return;
  r.refuse(key, refusals::kInfiniteMoment);
}

// A total that never varies has no skewness.
void require_spread(NodeReader& ask, const AggregateCase& given) {
  if (ask.refused()) return;
  const double sd = aggregate_moments(given.frequency, *given.severity).sd.value;
  if (!(sd > 0.0)) ask.refuse("skew", refusals::kNoSpread);
}

// Every expectation that is asked for must exist.
void check_finite(NodeReader& r, const AggregateCase& given) {
  const double mean = mean_of(*given.severity);
  if (r.has("ask")) {
    NodeReader ask = r.table("ask");
    if (given.ask.mean) require_finite(ask, "mean", mean);
    if (given.ask.sd) require_finite(ask, "sd", limited_moment(*given.severity, 2, kInfinity));
    if (given.ask.skew) require_finite(ask, "skew", limited_moment(*given.severity, 3, kInfinity));
    if (given.ask.skew) require_spread(ask, given);
    if (!given.ask.tvar.empty()) require_finite(ask, "tvar", mean);
    if (!given.ask.stop_loss.empty()) require_finite(ask, "stop_loss", mean);
  }
  if (given.layers.empty()) return;
  std::vector<NodeReader> layers = r.list("layers");
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const LayerTerms& layer = given.layers[i];
    const bool bounded = layer.limit < kInfinity || layer.annual_limit < kInfinity;
    if (!bounded) require_finite(layers[i], "limit", mean);
  }
}

}  // namespace

Result<AggregateCase> read_aggregate_case(const Node& tree, const std::string& file) {
  ReadReport report(file);
  NodeReader r(tree, report, "case");
  AggregateCase out{.file = file, .frequency = {CountTable{{0.0, 1.0}}, {}}};
  if (r.has("frequency")) {
    NodeReader frequency = r.table("frequency");
    out.frequency = read_frequency(frequency);
  }
  if (r.has("severity") || !r.has("credibility")) {
    NodeReader severity = r.table("severity");
    out.severity = read_severity(severity);
  }
  for (NodeReader& layer : r.list_or_empty("layers")) out.layers.push_back(read_layer(layer));
  if (r.has("ask")) {
    NodeReader ask = r.table("ask");
    out.ask = read_ask(ask);
  }
  if (report.refused()) return report.refusal();
  const double count = moments(out.frequency).mean;
  if (r.has("increased_limits")) {
    NodeReader limits = r.table("increased_limits");
    out.limits = read_limits(limits, count);
  }
  if (r.has("deductibles")) {
    NodeReader deductibles = r.table("deductibles");
    out.deductibles = read_deductibles(deductibles, count);
  }
  if (r.has("credibility")) {
    NodeReader credibility = r.table("credibility");
    out.credibility = read_credibility(credibility);
  }
  r.finish();
  if (!report.refused() && out.severity) check_finite(r, out);
  return report.result(std::move(out));
}

}  // namespace anlan::engine
