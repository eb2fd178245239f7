#include "underwriting/quote.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/codec.h"
#include "terms/plan.h"
#include "underwriting/price.h"
#include "underwriting/refusals.h"
#include "underwriting/triage.h"

namespace anlan::underwriting {
namespace {

using domain::Quote;

Result<Done> check_input(const QuoteInput& input) {
  if (input.from < input.today) {
    return Refusal{.code = refusals::kCoverInPast,
                   .path = "from",
                   .value = to_text(input.from),
                   .args = {{.name = "today", .value = to_text(input.today)}},
                   .at = {}};
  }
  return check_product(input.product, input.wording.id, input.wording.terms);
}

void fill_contract(const QuoteInput& input, Quote& quote) {
  quote.enterprise = input.enterprise;
  quote.product = input.product.id;
  quote.product_artefact = input.digests.product;
  quote.wording = input.wording.id;
  quote.wording_artefact = input.digests.wording;
  quote.pricing_artefact = input.digests.pricing;
  quote.from = input.from;
  quote.until = plus_years(input.from, 1);
  quote.valid_until = plus_days(input.today, input.product.quote_days);
  quote.policy_year = input.policy_year;
  quote.renewal_of = input.renewal_of;
  const QuotedLimits limits = quoted_limits(input.wording);
  quote.aggregate_limit = limits.aggregate;
  quote.incident_maximum = limits.incident_maximum;
  quote.to_explain = terms::exemption_clauses(input.wording);
  quote.registration = input.product.registration;
  quote.filed_premium = input.product.premium;
  quote.filed_low = input.product.filed_low;
  quote.filed_high = input.product.filed_high;
  quote.loss_ratio_max = input.product.eligibility.loss_ratio_max;
}

void fill_judged(const QuoteInput& input, Quote& quote) {
  const Profile& profile = input.profile;
  quote.rules_version = input.rules_version;
  quote.rules_artefact = input.digests.rules;
  quote.judged = domain::JudgedRisk{.sector = profile.sector,
                                    .region = profile.region,
                                    .revenue = profile.revenue,
                                    .employees = profile.employees,
                                    .incidents = profile.incidents_36m,
                                    .cii_operator = profile.cii_operator,
                                    .score = control_score(input.controls),
                                    .proven = input.proven,
                                    .conflicts = input.conflicts,
                                    .facts = input.facts};
}

// Factors may move a premium within the range that was filed, never beyond it.
Result<Done> check_range(const Quote& quote) {
  if (quote.filed_low <= quote.premium && quote.premium <= quote.filed_high) return Done{};
  std::string rules;
  for (const domain::RuleFinding& finding : quote.applied) {
    if (finding.outcome != domain::RuleOutcome::kFactor) continue;
    rules += (rules.empty() ? "" : ", ") + finding.code;
  }
  return Refusal{.code = refusals::kFactorOutsideFiledRange,
                 .path = "premium",
                 .value = to_grouped(quote.premium),
                 .args = {{.name = "low", .value = to_grouped(quote.filed_low)},
                          {.name = "high", .value = to_grouped(quote.filed_high)},
                          {.name = "rules", .value = rules}},
                 .at = {}};
}

void fill_subsidy(const QuoteInput& input, Quote& quote) {
  SubsidyOffer offer = subsidy_offer(input.scheme, quote.premium,
                                     {.region = input.profile.region,
                                      .employees = input.profile.employees,
                                      .revenue = input.profile.revenue,
                                      .policy_year = input.policy_year,
                                      .claimed_before = input.subsidy_claimed_before,
                                      .budget_left = input.subsidy_budget_left});
  quote.subsidy = offer.amount;
  quote.no_subsidy = std::move(offer.obstacles);
  if (!quote.subsidy.is_zero()) quote.scheme = input.scheme->id;
  quote.customer_pays = quote.premium - quote.subsidy;
}

void fill_cost(const QuoteInput& input, Quote& quote) {
  quote.parts = price_parts(input.loss, input.loads, quote.premium);
  quote.technical_low = technical_gross_at(input.loss, input.loads, input.loss.insured_low);
  quote.technical_high = technical_gross_at(input.loss, input.loads, input.loss.insured_high);
  quote.assumed = assumption_share(quote.parts, input.loads, input.loss);
  quote.walk = price_walk(input.loss, quote.parts);
  quote.walk_reversed = price_walk_reversed(input.loss, quote.parts);
  quote.loss = input.loss;
  quote.controls = input.controls;
  quote.inferred = input.profile.inferred;
  quote.inputs = input.digests.inputs;
}

}  // namespace

engine::RiskInput risk_input(const Profile& profile,
                             const std::vector<domain::ControlState>& controls) {
  const std::uint64_t online = ratio_ppm(profile.online_revenue, profile.revenue);
  return {.revenue = profile.revenue,
          .gross_margin = profile.gross_margin,
          .employees = profile.employees,
          .records = profile.records,
          .it_dependence = profile.it_dependence,
          .online_share = Share::from_ppm(
              static_cast<std::uint32_t>(std::min<std::uint64_t>(online, Share::kWhole))),
          .ot_lines = profile.ot_lines,
          .sector = profile.sector,
          .profile = {},
          .controls = controls,
          .history = {.incidents = profile.incidents_36m, .months = 36}};
}

Digest pricing_artefact(const PricingFiles& files) {
  ByteWriter out;
  for (const Digest& digest : {files.loads, files.inference, files.scheme}) encode(out, digest);
  return sha256(out.bytes());
}

Result<Quote> make_quote(const QuoteInput& input) {
  ANLAN_REQUIRE(check_input(input));
  Quote quote;
  fill_contract(input, quote);
  quote.premium = input.product.premium;
  fill_cost(input, quote);
  fill_judged(input, quote);
  if (input.rules) quote.applied = judge(*input.rules, quote);
  quote.premium = premium_by(quote.applied, quote.filed_premium);
  ANLAN_REQUIRE(check_range(quote));
  // The walk ends at the premium that is offered.
  if (quote.premium != quote.filed_premium) fill_cost(input, quote);
  fill_subsidy(input, quote);
  Triage result = triage({.product = input.product,
                          .profile = input.profile,
                          .parts = quote.parts,
                          .controls = input.controls,
                          .aggregate = quote.aggregate_limit,
                          .authority = input.authority,
                          .beyond_size = input.beyond_size});
  quote.findings = std::move(result.findings);
  quote.decision = gravest(quote.findings, quote.applied);
  return quote;
}

QuotedLimits quoted_limits(const terms::Wording& wording) {
  const terms::Terms& terms = wording.terms;
  const std::int64_t most = std::min(incident_maximum(terms), kAmountMax);
  return {
      .aggregate = Money::from_minor(terms.aggregate_limit.value_or(kAmountMax), terms.currency),
      .incident_maximum = Money::from_minor(most, terms.currency)};
}

}  // namespace anlan::underwriting
