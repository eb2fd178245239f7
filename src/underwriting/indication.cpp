#include "underwriting/indication.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>

#include "base/check.h"
#include "base/maths.h"
#include "base/normal.h"
#include "base/refusals.h"
#include "engine/explained_share.h"
#include "engine/interval.h"
#include "engine/possible_losses.h"
#include "underwriting/price.h"
#include "underwriting/quote.h"
#include "underwriting/refusals.h"

namespace anlan::underwriting {
namespace {

using domain::Fact;
using domain::FactKind;
using domain::LossResult;

constexpr double kTail = 0.05;
constexpr std::int64_t kHistoryMonths = 36;
constexpr std::string_view kIncidents = "incidents_36m";
constexpr double kErrorsAboveNothing = 2.0;

std::int64_t number_of(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  ANLAN_CHECK(error == std::errc());
  ANLAN_CHECK(end == text.data() + text.size());
  return value;
}

Fact fact_of(std::string_view name, std::string value) {
  return {.name = {std::string(name)},
          .value = std::move(value),
          .source = domain::FactSource::kInferred};
}

// assumption: the ends are the 5 % and 95 % points of a lognormal on either side of the central
// value; of a normal where the lower end is zero. Never beyond what the fact may be.
std::int64_t plausible_value(const UnknownFact& fact, double unit) {
  const double ends = maths::normal_quantile(1.0 - kTail);
  const double z = maths::normal_quantile(unit) / ends;
  const auto central = static_cast<double>(fact.central);
  const auto end = static_cast<double>(z < 0.0 ? fact.low : fact.high);
  const double far = z < 0.0 ? -z : z;
  const double value = fact.low > 0 ? central * maths::exp(far * maths::log(end / central))
                                    : central + far * (end - central);
  const double bounded = std::clamp(value, static_cast<double>(fact.kind->minimum),
                                    static_cast<double>(fact.kind->maximum));
  return static_cast<std::int64_t>(maths::nearest_whole(bounded));
}

// A company that it may be, and what was drawn of each unknown fact.
struct Drawn {
  engine::PossibleCompany possible;
  std::vector<double> values;
};

// All of them: price of each, and by unknown fact what each has of it.
struct Sample {
  std::vector<LossResult> losses;
  std::vector<double> prices;
  std::vector<std::vector<double>> values;
  std::vector<double> parameters;  // ln of what each ensemble member alone makes of the payment
};

MoneyRange range_of(const std::vector<double>& values, Money central) {
  std::vector<double> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  const auto at = [&](double p) {
    return Money::rounded(engine::sorted_quantile(sorted, p), central.currency(),
                          Rounding::kHalfUp);
  };
  return {.low = at(kTail), .central = central, .high = at(1.0 - kTail)};
}

// One indication: what all its steps share.
class Indicator {
 public:
  Indicator(const IndicationInput& input, Executor& executor)
      : input_(input),
        executor_(executor),
        hazard_(*input.setting.hazard),
        seed_(input.setting.table->options().seed),
        sector_(hazard_.controls, {}) {}

  Result<Indication> run();

 private:
  // The facts of a company: stated ones, what a quote would ask for at nothing, and these.
  std::vector<Fact> facts_with(const std::vector<Fact>& more) const;
  Result<engine::RiskInput> company(const std::vector<Fact>& more) const;
  Result<Done> find_unknown();
  void draw_controls();
  Result<Drawn> draw(std::size_t member) const;
  Result<Sample> sample(const engine::RiskInput& central) const;
  Result<std::vector<double>> control_scores(const engine::RiskInput& central) const;
  Result<std::vector<Narrowing>> next_questions(const Sample& sample,
                                                const engine::RiskInput& central) const;
  Money gross(const LossResult& loss) const {
    return price_parts(loss, input_.loads, input_.product.premium).technical_gross;
  }
  Triage known_triage(const Profile& profile, const domain::PriceParts& parts,
                      std::vector<engine::BeyondSize> beyond_size) const;

  const IndicationInput& input_;
  Executor& executor_;
  const engine::Hazard& hazard_;
  std::uint64_t seed_;
  engine::ControlEffects sector_;                 // nothing known of the controls
  std::vector<engine::ControlEffects> controls_;  // of each member
  std::vector<UnknownFact> unknown_;
  std::optional<engine::PossibleLosses> possible_;
};

std::vector<Fact> Indicator::facts_with(const std::vector<Fact>& more) const {
  std::vector<Fact> facts = input_.facts;
  facts.insert(facts.end(), more.begin(), more.end());
  for (const FactKind* kind : missing_facts(facts)) {
    facts.push_back(fact_of(kind->name, is_number(*kind) ? "0" : ""));
  }
  return facts;
}

// Without a stated number of past incidents nothing is known of them.
Result<engine::RiskInput> Indicator::company(const std::vector<Fact>& more) const {
  ANLAN_TRY(const Profile profile, make_profile(facts_with(more), input_.inference));
  engine::RiskInput out = risk_input(profile, {});
  const bool stated = domain::find_fact(input_.facts, kIncidents) != nullptr ||
                      domain::find_fact(more, kIncidents) != nullptr;
  if (!stated) out.history = {};
  return out;
}

Result<Done> Indicator::find_unknown() {
  const CompanySize size{
      .sector = domain::find_fact(input_.facts, "sector")->value,
      .employees = number_of(domain::find_fact(input_.facts, "employees")->value),
      .revenue_minor = number_of(domain::find_fact(input_.facts, "revenue")->value)};
  ANLAN_TRY(const engine::RiskInput central, company({}));
  for (const FactKind& kind : domain::fact_kinds()) {
    if (domain::find_fact(input_.facts, kind.name) != nullptr) continue;
    if (kind.name == kIncidents) {
      const engine::LossModel model = engine::make_loss_model(hazard_, central, sector_);
      const auto at = [&](double unit) {
        return engine::possible_incidents(model, kHistoryMonths, unit);
      };
      unknown_.push_back({&kind, at(kTail), at(0.5), at(1.0 - kTail), ""});
      continue;
    }
    if (!may_be_inferred(kind) || !is_number(kind)) continue;
    const Inferred range = infer_range(input_.inference, kind, size);
    ANLAN_TRY(const engine::RiskInput low, company({fact_of(kind.name, range.low)}));
    ANLAN_TRY(const engine::RiskInput high, company({fact_of(kind.name, range.high)}));
    if (low == high) continue;  // no price reads it, or it is the same for all
    unknown_.push_back(
        {&kind, number_of(range.low), number_of(range.value), number_of(range.high), range.source});
  }
  return Done{};
}

void Indicator::draw_controls() {
  controls_.assign(kIndicationDraws, sector_);
  executor_.run(kIndicationDraws, [&](std::size_t m) {
    const auto states = engine::possible_controls(hazard_.controls, seed_, m);
    controls_[m] = engine::ControlEffects(hazard_.controls, states);
  });
}

Result<Drawn> Indicator::draw(std::size_t member) const {
  std::vector<Fact> drawn;
  std::optional<double> incidents;
  Drawn out{.possible = {.company = {}, .effects = &controls_[member]},
            .values = std::vector<double>(unknown_.size())};
  std::size_t history = 0;
  for (std::size_t i = 0; i < unknown_.size(); ++i) {
    const UnknownFact& fact = unknown_[i];
    // Keyed by the fact, so that a stated one leaves the draws of the others alone.
    const auto key = static_cast<std::uint64_t>(fact.kind - domain::fact_kinds().data());
    const double unit = engine::possible_unit(seed_, member, key);
    if (fact.kind->name == kIncidents) {
      incidents = unit;
      history = i;
      continue;
    }
    const std::int64_t value = plausible_value(fact, unit);
    out.values[i] = static_cast<double>(value);
    drawn.push_back(fact_of(fact.kind->name, std::to_string(value)));
  }
  ANLAN_TRY(out.possible.company, company(drawn));
  if (incidents) {
    const engine::LossModel model =
        engine::make_loss_model(hazard_, out.possible.company, controls_[member]);
    out.possible.company.history = {
        .incidents = engine::possible_incidents(model, kHistoryMonths, *incidents),
        .months = kHistoryMonths};
    out.values[history] = static_cast<double>(out.possible.company.history.incidents);
  }
  return out;
}

Result<Sample> Indicator::sample(const engine::RiskInput& central) const {
  std::vector<engine::PossibleCompany> companies(kIndicationDraws);
  std::vector<std::optional<Refusal>> refusals(kIndicationDraws);
  Sample out;
  out.values.assign(unknown_.size(), std::vector<double>(kIndicationDraws));
  executor_.run(kIndicationDraws, [&](std::size_t m) {
    auto drawn = draw(m);
    if (!drawn.ok()) {
      refusals[m] = drawn.refusal();
      return;
    }
    for (std::size_t i = 0; i < unknown_.size(); ++i) out.values[i][m] = drawn->values[i];
    companies[m] = std::move(drawn->possible);
  });
  for (const auto& refusal : refusals) {
    if (refusal) return *refusal;
  }
  ANLAN_TRY(out.losses, possible_->of(companies, true, executor_));
  for (const LossResult& loss : out.losses) {
    out.prices.push_back(static_cast<double>(gross(loss).minor()));
  }
  ANLAN_TRY(out.parameters,
            engine::central_under_members(input_.setting, central, kIndicationDraws, executor_));
  // Without any payment there is nothing to take out.
  for (double& paid : out.parameters) paid = paid > 0.0 ? maths::log(paid) : 0.0;
  return out;
}

// The drawn controls of each member as one number: the price that they alone make of the central
// company.
Result<std::vector<double>> Indicator::control_scores(const engine::RiskInput& central) const {
  std::vector<engine::PossibleCompany> companies;
  for (const engine::ControlEffects& effects : controls_) {
    companies.push_back({.company = central, .effects = &effects});
  }
  ANLAN_TRY(const auto found, possible_->of(companies, false, executor_));
  std::vector<double> out;
  for (const LossResult& loss : found) out.push_back(static_cast<double>(gross(loss).minor()));
  return out;
}

// What one question, of which each member has `values`, explains of the prices.
struct Candidate {
  Narrowing narrowing;
  engine::Explained explained;
};

MoneyRange range_of_class(std::span<const double> prices, const engine::FactClasses& classes,
                          std::size_t which, Currency currency) {
  const std::vector<double> found = engine::outcomes_of(prices, classes, which);
  const Money middle =
      Money::rounded(engine::sorted_quantile(found, 0.5), currency, Rounding::kHalfUp);
  return range_of(found, middle);
}

std::int64_t ppm_of(double share) {
  constexpr double kPpm = 1e6;
  return static_cast<std::int64_t>(maths::nearest_whole(share * kPpm));
}

Candidate candidate_of(const Sample& sample, const engine::FactClasses& classes,
                       Currency currency) {
  const auto money = [&](double minor) {
    return Money::rounded(minor, currency, Rounding::kHalfUp);
  };
  Candidate out{.narrowing = {},
                .explained = engine::explained_share(sample.prices, classes, sample.parameters)};
  const engine::Explained& found = out.explained;
  out.narrowing.explained = ppm_of(found.share.value);
  out.narrowing.explained_error = ppm_of(found.share.error());
  out.narrowing.width = money(found.width.value);
  out.narrowing.width_error = money(found.width.error());
  return out;
}

// The largest first, ranked; as many as are shown.
std::vector<Narrowing> ranked(std::vector<Candidate> all) {
  std::erase_if(all, [](const Candidate& each) {
    const engine::Estimate& share = each.explained.share;
    return share.value <= kErrorsAboveNothing * share.error();
  });
  std::stable_sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
    return a.explained.share.value > b.explained.share.value;
  });
  std::vector<engine::Estimate> shares;
  for (const Candidate& each : all) shares.push_back(each.explained.share);
  const std::vector<std::size_t> ranks = engine::ranks_within_error(shares);
  std::vector<Narrowing> out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i >= kNextQuestions && ranks[i] != ranks[i - 1]) break;
    out.push_back(all[i].narrowing);
    out.back().rank = ranks[i];
  }
  return out;
}

Result<std::vector<Narrowing>> Indicator::next_questions(const Sample& sample,
                                                         const engine::RiskInput& central) const {
  const Currency currency = input_.aggregate.currency();
  std::vector<Candidate> all;
  for (std::size_t f = 0; f < unknown_.size(); ++f) {
    const UnknownFact& fact = unknown_[f];
    const engine::FactClasses classes = engine::fact_classes(sample.values[f]);
    if (classes.largest.size() < 2) continue;
    Narrowing& out = all.emplace_back(candidate_of(sample, classes, currency)).narrowing;
    out.fact = fact.kind;
    out.values = {fact.low, fact.central, fact.high};
    for (std::size_t i = 0; i < out.values.size(); ++i) {
      const std::size_t which = classes.find(static_cast<double>(out.values[i]));
      out.technical[i] = range_of_class(sample.prices, classes, which, currency);
    }
  }
  ANLAN_TRY(const std::vector<double> scores, control_scores(central));
  const engine::FactClasses classes = engine::fact_classes(scores);
  if (classes.largest.size() >= 2) {
    Narrowing& out = all.emplace_back(candidate_of(sample, classes, currency)).narrowing;
    const std::size_t last = classes.largest.size() - 1;
    const std::array places{std::size_t{0}, last / 2, last};
    for (std::size_t i = 0; i < places.size(); ++i) {
      out.technical[i] = range_of_class(sample.prices, classes, places[i], currency);
    }
  }
  return ranked(std::move(all));
}

Triage Indicator::known_triage(const Profile& profile, const domain::PriceParts& parts,
                               std::vector<engine::BeyondSize> beyond_size) const {
  Triage all = triage({.product = input_.product,
                       .profile = profile,
                       .parts = parts,
                       .controls = {},
                       .aggregate = input_.aggregate,
                       .authority = input_.aggregate,
                       .beyond_size = std::move(beyond_size)});
  Triage out;
  const bool region = domain::find_fact(input_.facts, "region") != nullptr;
  for (domain::TriageFinding& finding : all.findings) {
    if (finding.reason == domain::TriageReason::kMinimumControlMissing) continue;
    if (finding.reason == domain::TriageReason::kRegionNotEligible && !region) continue;
    out.decision = std::max(out.decision, finding.consequence);
    out.findings.push_back(std::move(finding));
  }
  return out;
}

Result<Indication> Indicator::run() {
  Indication out;
  ANLAN_REQUIRE(find_unknown());
  draw_controls();
  ANLAN_TRY(const engine::RiskInput central, company({}));
  ANLAN_TRY(possible_, engine::PossibleLosses::around(input_.setting, central, executor_));
  const std::vector<engine::PossibleCompany> one{{.company = central, .effects = &sector_}};
  ANLAN_TRY(const auto middle, possible_->of(one, false, executor_));
  ANLAN_TRY(const Sample found, sample(central));
  std::vector<double> before;
  std::vector<double> after;
  for (const LossResult& loss : found.losses) {
    before.push_back(static_cast<double>(loss.ground_up.minor()));
    after.push_back(static_cast<double>(loss.insured.minor()));
  }
  out.parts = price_parts(middle[0], input_.loads, input_.product.premium);
  out.systemic = systemic_share(middle[0]);
  out.ground_up = range_of(before, middle[0].ground_up);
  out.insured = range_of(after, middle[0].insured);
  out.technical = range_of(found.prices, out.parts.technical_gross);
  ANLAN_TRY(out.next, next_questions(found, central));
  out.unknown = unknown_;
  out.missing = missing_facts(input_.facts);
  ANLAN_TRY(const Profile profile, make_profile(facts_with({}), input_.inference));
  out.triage =
      known_triage(profile, out.parts, engine::beyond_size_laws(*input_.setting.hazard, central));
  return out;
}

Result<Done> check_facts(const std::vector<Fact>& facts) {
  std::string names;
  for (const std::string_view needed : {"sector", "revenue", "employees"}) {
    if (domain::find_fact(facts, needed) != nullptr) continue;
    names += (names.empty() ? "" : ", ") + std::string(needed);
  }
  if (!names.empty()) {
    return Refusal{.code = refusals::kFactsMissing,
                   .path = "facts",
                   .value = "",
                   .args = {{.name = "facts", .value = names}},
                   .at = {}};
  }
  if (number_of(domain::find_fact(facts, "revenue")->value) > 0) return Done{};
  return Refusal{.code = anlan::refusals::kOutOfRange,
                 .path = "revenue",
                 .value = "0",
                 .args = {{.name = "min", .value = "0.01"},
                          {.name = "max", .value = std::to_string(kAmountMax / 100)}},
                 .at = {}};
}

}  // namespace

Result<Indication> indicate(const IndicationInput& input, Executor& executor) {
  ANLAN_REQUIRE(check_facts(input.facts));
  return Indicator(input, executor).run();
}

}  // namespace anlan::underwriting
