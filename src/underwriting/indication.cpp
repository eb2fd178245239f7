#include "underwriting/indication.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>

#include "base/check.h"
#include "base/maths.h"
#include "base/normal.h"
#include "base/refusals.h"
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
constexpr std::array<double, 3> kPearsonTukey{0.185, 0.63, 0.185};

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

// What is held at one value instead of being drawn.
struct Held {
  const UnknownFact* fact = nullptr;
  std::int64_t value = 0;
  const engine::ControlEffects* effects = nullptr;
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
  Result<engine::PossibleCompany> draw(std::size_t member, const Held& held) const;
  Result<std::vector<LossResult>> losses(const Held& held, std::size_t count) const;
  Result<MoneyRange> technical(const Held& held) const;
  MoneyRange technical_of(std::span<const LossResult> found) const;
  Result<Narrowing> narrowing(const UnknownFact& fact) const;
  Result<Narrowing> narrowing_by_controls() const;
  Result<std::vector<Narrowing>> next_questions(Money width) const;
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

Result<engine::PossibleCompany> Indicator::draw(std::size_t member, const Held& held) const {
  std::vector<Fact> drawn;
  std::optional<double> incidents;
  for (std::size_t i = 0; i < unknown_.size(); ++i) {
    const UnknownFact& fact = unknown_[i];
    // Keyed by the fact, so that a stated one leaves the draws of the others alone.
    const auto key = static_cast<std::uint64_t>(fact.kind - domain::fact_kinds().data());
    const double unit = engine::possible_unit(seed_, member, key);
    if (held.fact == &fact) {
      drawn.push_back(fact_of(fact.kind->name, std::to_string(held.value)));
    } else if (fact.kind->name == kIncidents) {
      incidents = unit;
    } else {
      drawn.push_back(fact_of(fact.kind->name, std::to_string(plausible_value(fact, unit))));
    }
  }
  engine::PossibleCompany out{.company = {},
                              .effects = held.effects ? held.effects : &controls_[member]};
  ANLAN_TRY(out.company, company(drawn));
  if (incidents) {
    const engine::LossModel model = engine::make_loss_model(hazard_, out.company, *out.effects);
    out.company.history = {
        .incidents = engine::possible_incidents(model, kHistoryMonths, *incidents),
        .months = kHistoryMonths};
  }
  return out;
}

Result<std::vector<LossResult>> Indicator::losses(const Held& held, std::size_t count) const {
  std::vector<engine::PossibleCompany> companies(count);
  std::vector<std::optional<Refusal>> refusals(count);
  executor_.run(count, [&](std::size_t m) {
    auto company = draw(m, held);
    if (company.ok()) {
      companies[m] = std::move(company).value();
    } else {
      refusals[m] = company.refusal();
    }
  });
  for (const auto& refusal : refusals) {
    if (refusal) return *refusal;
  }
  return possible_->of(companies, true, executor_);
}

Result<MoneyRange> Indicator::technical(const Held& held) const {
  ANLAN_TRY(const auto found, losses(held, kNarrowingDraws));
  return technical_of(found);
}

// The central price of these is their median.
MoneyRange Indicator::technical_of(std::span<const LossResult> found) const {
  std::vector<double> prices;
  for (const LossResult& loss : found) {
    prices.push_back(static_cast<double>(gross(loss).minor()));
  }
  std::sort(prices.begin(), prices.end());
  const Money middle = Money::rounded(engine::sorted_quantile(prices, 0.5),
                                      input_.aggregate.currency(), Rounding::kHalfUp);
  return range_of(prices, middle);
}

Money expected_width(const std::array<MoneyRange, 3>& at) {
  double sum = 0.0;
  for (std::size_t i = 0; i < at.size(); ++i) {
    sum += kPearsonTukey[i] * static_cast<double>((at[i].high - at[i].low).minor());
  }
  return Money::rounded(sum, at[0].low.currency(), Rounding::kHalfUp);
}

Result<Narrowing> Indicator::narrowing(const UnknownFact& fact) const {
  Narrowing out{.fact = fact.kind,
                .values = {fact.low, fact.central, fact.high},
                .technical = {},
                .width = {}};
  for (std::size_t i = 0; i < out.values.size(); ++i) {
    if (i > 0 && out.values[i] == out.values[i - 1]) {
      out.technical[i] = out.technical[i - 1];
      continue;
    }
    ANLAN_TRY(out.technical[i], technical({.fact = &fact, .value = out.values[i]}));
  }
  out.width = expected_width(out.technical);
  return out;
}

// Low, central and high are the members whose controls alone make the 5 %, 50 % and 95 % price of
// the central company.
Result<Narrowing> Indicator::narrowing_by_controls() const {
  ANLAN_TRY(const engine::RiskInput central, company({}));
  std::vector<engine::PossibleCompany> companies;
  for (std::size_t m = 0; m < kNarrowingDraws; ++m) {
    companies.push_back({.company = central, .effects = &controls_[m]});
  }
  ANLAN_TRY(const auto found, possible_->of(companies, false, executor_));
  std::vector<std::pair<Money, std::size_t>> order;
  for (std::size_t m = 0; m < found.size(); ++m) order.emplace_back(gross(found[m]), m);
  std::sort(order.begin(), order.end());
  Narrowing out;
  constexpr std::array kPlaces{kTail, 0.5, 1.0 - kTail};
  for (std::size_t i = 0; i < kPlaces.size(); ++i) {
    const auto place = static_cast<std::size_t>(kPlaces[i] * static_cast<double>(order.size() - 1));
    ANLAN_TRY(out.technical[i], technical({.effects = &controls_[order[place].second]}));
  }
  out.width = expected_width(out.technical);
  return out;
}

Result<std::vector<Narrowing>> Indicator::next_questions(Money width) const {
  std::vector<Narrowing> all;
  for (const UnknownFact& fact : unknown_) {
    if (fact.low == fact.high) continue;
    ANLAN_TRY(all.emplace_back(), narrowing(fact));
  }
  ANLAN_TRY(all.emplace_back(), narrowing_by_controls());
  std::erase_if(all, [&](const Narrowing& each) { return each.width >= width; });
  std::stable_sort(all.begin(), all.end(),
                   [](const Narrowing& a, const Narrowing& b) { return a.width < b.width; });
  if (all.size() > kNextQuestions) all.resize(kNextQuestions);
  return all;
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
  ANLAN_TRY(const auto found, losses({}, kIndicationDraws));
  std::vector<double> before;
  std::vector<double> after;
  std::vector<double> prices;
  for (const LossResult& loss : found) {
    before.push_back(static_cast<double>(loss.ground_up.minor()));
    after.push_back(static_cast<double>(loss.insured.minor()));
    prices.push_back(static_cast<double>(gross(loss).minor()));
  }
  out.parts = price_parts(middle[0], input_.loads, input_.product.premium);
  out.systemic = systemic_share(middle[0]);
  out.ground_up = range_of(before, middle[0].ground_up);
  out.insured = range_of(after, middle[0].insured);
  out.technical = range_of(prices, out.parts.technical_gross);
  const MoneyRange compared = technical_of(std::span(found).first(kNarrowingDraws));
  out.width = compared.high - compared.low;
  ANLAN_TRY(out.next, next_questions(out.width));
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
