// The reply to an aggregate case: every number with a bound on its error.
#include <array>
#include <charconv>
#include <cmath>

#include "base/check.h"
#include "engine/aggregate.h"
#include "engine/aggregate_case.h"

namespace anlan::engine {
namespace {

// The shortest digits that read back as the same double.
Node number_node(double value) {
  ANLAN_CHECK(std::isfinite(value));
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return Node::number_text(std::string(text.data(), end));
}

Node number_or_null(double value) {
  return std::isfinite(value) ? number_node(value) : Node::null();
}

// Values and their errors, side by side.
struct Answers {
  Node values = Node::table();
  Node errors = Node::table();

  void add(std::string_view key, Estimate one) {
    values.add(key, number_node(one.value));
    errors.add(key, number_or_null(one.error));
  }
  template <class Of>
  void add_list(std::string_view key, const std::vector<double>& at, Of&& of) {
    if (at.empty()) return;
    Node list = Node::list();
    Node bounds = Node::list();
    for (const double x : at) {
      const Estimate one = of(x);
      list.items.push_back(number_node(one.value));
      bounds.items.push_back(number_or_null(one.error));
    }
    values.add(key, std::move(list));
    errors.add(key, std::move(bounds));
  }
};

Answers ground_up(const AggregateCase& given, Aggregate& total) {
  const Ask& ask = given.ask;
  Answers out;
  const AggregateMoments all = aggregate_moments(given.frequency, *given.severity);
  if (ask.mean) out.add("mean", all.mean);
  if (ask.sd) out.add("sd", all.sd);
  if (ask.skew) out.add("skew", all.skew);
  out.add_list("pmf", ask.pmf, [&](double x) { return total.mass_at(x); });
  out.add_list("cdf", ask.cdf, [&](double x) {
    const Estimate above = total.at(x).survival;
    return Estimate{1.0 - above.value, above.error + 2e-16};
  });
  out.add_list("sf", ask.sf, [&](double x) { return total.at(x).survival; });
  out.add_list("density", ask.density, [&](double x) { return total.at(x).density; });
  out.add_list("stop_loss", ask.stop_loss, [&](double x) { return total.at(x).excess; });
  out.add_list("lev", ask.lev, [&](double x) { return total.at(x).limited; });
  out.add_list("oep", ask.oep, [&](double x) { return total.largest_claim_above(x); });
  out.add_list("var", ask.var, [&](double level) { return total.value_at_risk(level); });
  out.add_list("tvar", ask.tvar, [&](double level) { return total.tail_value_at_risk(level); });
  return out;
}

std::string_view method_name(AggregateMethod method) {
  switch (method) {
    case AggregateMethod::kExact:
      return "exact";
    case AggregateMethod::kLattice:
      return "lattice";
    case AggregateMethod::kGrid:
      return "grid";
  }
  return "";
}

// The parameters of a frequency under the names of the case format.
Node frequency_node(const Frequency& f) {
  Node out = Node::table();
  if (const auto* q = std::get_if<Poisson>(&f.form)) {
    out.add("kind", Node::string("poisson"));
    out.add("mean", number_node(q->mean));
  } else if (const auto* n = std::get_if<NegativeBinomial>(&f.form)) {
    out.add("kind", Node::string("negbin"));
    out.add("r", number_node(n->r));
    out.add("beta", number_node(n->beta));
  } else if (const auto* b = std::get_if<Binomial>(&f.form)) {
    out.add("kind", Node::string("binomial"));
    out.add("m", Node::number(b->m));
    out.add("q", number_node(b->q));
  } else if (const auto* t = std::get_if<CountTable>(&f.form)) {
    out.add("kind", Node::string("pmf"));
    Node p = Node::list();
    for (const double mass : t->p) p.items.push_back(number_node(mass));
    out.add("p", std::move(p));
  } else if (const auto* a = std::get_if<NeymanA>(&f.form)) {
    out.add("kind", Node::string("poisson_poisson"));
    out.add("mean1", number_node(a->clusters));
    out.add("mean2", number_node(a->per_cluster));
  }
  if (f.zero_modified) out.add("zero_modified", number_node(*f.zero_modified));
  return out;
}

// Claims that lead to a payment: how many, and how much each.
Node payments_node(const AggregateCase& given) {
  const double paid = survival(*given.severity, 0.0);
  const Frequency count = thinned(given.frequency, paid);
  const CountMoments m = moments(count);
  Node out = Node::table();
  out.add("probability", number_node(paid));
  out.add("count_mean", number_node(m.mean));
  out.add("count_variance", number_node(m.variance));
  const double mean = mean_of(*given.severity);
  out.add("mean_per_payment", paid > 0.0 ? number_or_null(mean / paid) : Node::null());
  out.add("frequency", frequency_node(count));
  return out;
}

// Parameters that were inferred from what the case gives.
void add_inferred(const Severity& severity, Node& reply) {
  Node out = Node::table();
  if (const auto* f = std::get_if<Lognormal>(&severity.form)) {
    out.add("mu", number_node(f->mu));
    out.add("sigma", number_node(f->sigma));
  } else if (const auto* pert = std::get_if<Pert>(&severity.form)) {
    const double width = pert->high - pert->low;
    out.add("alpha", number_node(1.0 + pert->weight * (pert->mode - pert->low) / width));
    out.add("beta", number_node(1.0 + pert->weight * (pert->high - pert->mode) / width));
  } else {
    return;
  }
  reply.add("severity", std::move(out));
}

Node layer_node(const AggregateCase& given, const LayerTerms& terms) {
  const LayerResult layer = annual_layer(given.frequency, *given.severity, terms);
  Node out = Node::table();
  out.add("expected", number_node(layer.expected.value));
  out.add("error", number_or_null(layer.expected.error));
  out.add("claims", number_node(layer.claims));
  out.add("mean_before_annual", number_or_null(layer.before_annual_mean.value));
  out.add("sd_before_annual", number_or_null(layer.before_annual_sd.value));
  if (layer.bands.empty()) return out;
  Node bands = Node::list();
  Node errors = Node::list();
  for (const Estimate& band : layer.bands) {
    bands.items.push_back(number_node(band.value));
    errors.items.push_back(number_or_null(band.error));
  }
  out.add("bands", std::move(bands));
  out.add("bands_error", std::move(errors));
  if (!layer.base_premium) return out;
  out.add("reinstatement_base_premium", number_node(layer.base_premium->value));
  out.add("reinstatement_base_premium_error", number_or_null(layer.base_premium->error));
  return out;
}

Node limits_node(const Severity& severity, const LimitTerms& terms) {
  Node out = Node::list();
  for (const LimitRow& row : increased_limits(severity, terms)) {
    Node& one = out.items.emplace_back(Node::table());
    one.add("limit", number_node(row.limit));
    one.add("lev", number_node(row.limited_mean));
    one.add("factor", number_node(row.factor));
    one.add("premium", number_node(row.premium));
    one.add("layer_premium", number_node(row.layer_premium));
  }
  return out;
}

Node deductibles_node(const Severity& severity, const DeductibleTerms& terms) {
  Node out = Node::list();
  for (const DeductibleRow& row : deductible_credits(severity, terms)) {
    Node& one = out.items.emplace_back(Node::table());
    one.add("deductible", number_node(row.deductible));
    one.add("eliminated", number_node(row.eliminated));
    one.add("lev", number_node(row.limited_mean));
    one.add("credit", number_node(row.credit));
    one.add("count", number_node(row.count));
    one.add("severity", number_node(row.severity));
    one.add("pure_premium", number_node(row.pure_premium));
  }
  return out;
}

Node credibility_node(const CredibilityCase& given) {
  const Posterior p = posterior_rate(given.prior, given.claims, given.years);
  Node out = Node::table();
  out.add("posterior_mean", number_node(p.mean));
  out.add("posterior_shape", number_node(p.gamma.shape));
  out.add("posterior_rate", number_node(p.gamma.rate));
  out.add("credibility", number_node(p.credibility));
  out.add("predictive", frequency_node({p.next_year, {}}));
  out.add("predictive_p0", number_node(p.none_next_year));
  return out;
}

}  // namespace

Result<Node> aggregate_reply(const AggregateCase& given) {
  Node reply = Node::table();
  if (given.severity) {
    Aggregate total(given.frequency, *given.severity);
    Answers answers = ground_up(given, total);
    reply.add("ground_up", std::move(answers.values));
    Node layers = Node::list();
    for (const LayerTerms& layer : given.layers) {
      layers.items.push_back(layer_node(given, layer));
    }
    if (!given.layers.empty()) reply.add("layers", std::move(layers));
    reply.add("payments", payments_node(given));
    add_inferred(*given.severity, reply);
    if (given.limits) reply.add("increased_limits", limits_node(*given.severity, *given.limits));
    if (given.deductibles) {
      reply.add("deductibles", deductibles_node(*given.severity, *given.deductibles));
    }
    reply.add("method", Node::string(method_name(total.method())));
    reply.add("error", std::move(answers.errors));
  }
  if (given.credibility) reply.add("credibility", credibility_node(*given.credibility));
  return reply;
}

}  // namespace anlan::engine
