#include "underwriting/explanation.h"

#include <algorithm>
#include <optional>

#include "domain/cover.h"
#include "engine/expected_loss.h"
#include "terms/plan.h"
#include "underwriting/price.h"

namespace anlan::underwriting {
namespace {

using domain::PerilName;
using engine::RiskInput;
using terms::Group;
using terms::Section;
using terms::Terms;

// What is priced: changed step by step from the start to the target.
struct PriceState {
  RiskInput company;
  Terms terms;
  std::vector<PerilName> perils;
  PriceLoads loads;
};

// One fact that the loss model reads: how it is written, and how it is taken over.
struct ExplainedFact {
  std::string_view name;  // of domain::fact_kinds()
  std::string (*text)(const RiskInput& company);
  void (*take)(const RiskInput& from, RiskInput& to);
};

std::int64_t online_revenue(const RiskInput& company) {
  return company.revenue.times_ratio(company.online_share.ppm(), Share::kWhole).minor();
}

constexpr ExplainedFact kExplainedFacts[] = {
    {"sector", [](const RiskInput& c) { return c.sector; },
     [](const RiskInput& from, RiskInput& to) {
       to.sector = from.sector;
       to.profile = from.profile;
     }},
    {"revenue", [](const RiskInput& c) { return std::to_string(c.revenue.minor()); },
     [](const RiskInput& from, RiskInput& to) { to.revenue = from.revenue; }},
    {"gross_margin", [](const RiskInput& c) { return std::to_string(c.gross_margin.ppm()); },
     [](const RiskInput& from, RiskInput& to) { to.gross_margin = from.gross_margin; }},
    {"employees", [](const RiskInput& c) { return std::to_string(c.employees); },
     [](const RiskInput& from, RiskInput& to) { to.employees = from.employees; }},
    {"records", [](const RiskInput& c) { return std::to_string(c.records); },
     [](const RiskInput& from, RiskInput& to) { to.records = from.records; }},
    {"it_dependence", [](const RiskInput& c) { return std::to_string(c.it_dependence.ppm()); },
     [](const RiskInput& from, RiskInput& to) { to.it_dependence = from.it_dependence; }},
    {"online_revenue", [](const RiskInput& c) { return std::to_string(online_revenue(c)); },
     [](const RiskInput& from, RiskInput& to) { to.online_share = from.online_share; }},
    {"ot_lines", [](const RiskInput& c) { return std::to_string(c.ot_lines); },
     [](const RiskInput& from, RiskInput& to) { to.ot_lines = from.ot_lines; }},
    {"incidents_36m",
     [](const RiskInput& c) {
       return c.history.months > 0 ? std::to_string(c.history.incidents) : std::string();
     },
     [](const RiskInput& from, RiskInput& to) { to.history = from.history; }},
};

struct ExplainedLoad {
  std::string_view name;  // its field of PriceParts
  void (*take)(const PriceLoads& from, PriceLoads& to);
};

constexpr ExplainedLoad kExplainedLoads[] = {
    {"service", [](const PriceLoads& from, PriceLoads& to) { to.service = from.service; }},
    {"claims_handling",
     [](const PriceLoads& from, PriceLoads& to) { to.claim_cost = from.claim_cost; }},
    {"policy_cost",
     [](const PriceLoads& from, PriceLoads& to) { to.policy_cost = from.policy_cost; }},
    {"reinsurance",
     [](const PriceLoads& from, PriceLoads& to) { to.reinsurance = from.reinsurance; }},
    {"capital",
     [](const PriceLoads& from, PriceLoads& to) { to.capital_cost = from.capital_cost; }},
    {"acquisition",
     [](const PriceLoads& from, PriceLoads& to) { to.acquisition = from.acquisition; }},
    {"administration",
     [](const PriceLoads& from, PriceLoads& to) { to.administration = from.administration; }},
    {"margin", [](const PriceLoads& from, PriceLoads& to) { to.margin = from.margin; }},
    {"guarantee_fund",
     [](const PriceLoads& from, PriceLoads& to) { to.guarantee_fund = from.guarantee_fund; }},
    {"vat", [](const PriceLoads& from, PriceLoads& to) { to.vat = from.vat; }},
};

PriceLoads without_loads(const PriceLoads& loads) {
  PriceLoads out{.currency = loads.currency,
                 .service = Money::zero(loads.currency),
                 .claim_cost = Money::zero(loads.currency),
                 .policy_cost = Money::zero(loads.currency),
                 .reinsurance = {},
                 .capital_cost = {},
                 .capital_tail = loads.capital_tail,
                 .capital_share = loads.capital_share,
                 .acquisition = {},
                 .administration = {},
                 .margin = {},
                 .guarantee_fund = {},
                 .vat = {},
                 .sources = loads.sources};
  return out;
}

// ---- the wording without its amounts

// Modes and positions stay: without an amount they do nothing.
Section bare(Section section) {
  section.deductible = 0;
  section.own_retention = 0;
  section.sublimit_occ.reset();
  section.sublimit_agg.reset();
  section.participation_bp = 0;
  section.time.waiting_hours = 0;
  section.time.monetary = 0;
  section.time.indemnity_hours.reset();
  section.time.daily_amount.reset();
  return section;
}

// Where some peril of the model has losses, in the order of the taxonomy.
std::vector<std::string> covers_with_losses(const engine::Hazard& hazard) {
  std::vector<std::string> out;
  const auto loses = [&](std::string_view cover) {
    return std::any_of(hazard.perils.begin(), hazard.perils.end(), [&](const auto& peril) {
      if (peril.outage && std::find(peril.outage->covers.begin(), peril.outage->covers.end(),
                                    cover) != peril.outage->covers.end()) {
        return true;
      }
      return std::any_of(peril.losses.begin(), peril.losses.end(), [&](const auto& part) {
        return std::any_of(part.heads.begin(), part.heads.end(), [&](const auto& head) {
          return domain::section_of_head(head.head) == cover;
        });
      });
    });
  };
  for (const domain::CoverKind& kind : domain::cover_kinds()) {
    if (loses(kind.code)) out.emplace_back(kind.code);
  }
  return out;
}

bool has_section(const Terms& terms, std::string_view code) {
  return std::any_of(terms.sections.begin(), terms.sections.end(),
                     [&](const Section& section) { return section.code == code; });
}

Terms without_amounts(const Terms& terms, const engine::Hazard& hazard) {
  Terms out = terms;
  out.aggregate_limit.reset();
  out.occurrence_limit.reset();
  out.occurrence_retention = 0;
  for (Section& section : out.sections) section = bare(section);
  for (Group& group : out.groups) {
    group.sublimit_occ.reset();
    group.sublimit_agg.reset();
  }
  for (const std::string& cover : covers_with_losses(hazard)) {
    if (!has_section(terms, cover)) out.sections.push_back({.code = cover});
  }
  // Section codes are covers of the taxonomy, each once, and of those there are fewer.
  ANLAN_CHECK(out.sections.size() <= terms::kSectionsMax);
  return out;
}

// ---- steps

// One section or group of `terms` by name; it is there.
template <class Part>
Part& part_of(std::vector<Part>& parts, const std::string& name) {
  const auto found = std::find_if(parts.begin(), parts.end(), [&](const Part& part) {
    if constexpr (std::is_same_v<Part, Section>) {
      return part.code == name;
    } else {
      return part.id == name;
    }
  });
  ANLAN_CHECK(found != parts.end());
  return *found;
}

// A technical price, and the error of the expected payment in it.
struct Priced {
  Money gross;
  Money standard_error;
};

class Explainer {
 public:
  explicit Explainer(const ExplanationInput& input) : input_(input) {
    start_ = {.company = engine::reference_company(*input.setting.hazard),
              .terms = without_amounts(input.terms, *input.setting.hazard),
              .perils = {},
              .loads = without_loads(input.loads)};
    for (const engine::PerilHazard& peril : input.setting.hazard->perils) {
      start_.perils.push_back(peril.peril);
    }
    list_steps();
  }

  Result<std::vector<ExplainStep>> explain(Executor& executor);

 private:
  void add(ExplainKind kind, std::string subject, std::string to, std::string clause) {
    ExplainStep step{.kind = kind, .subject = std::move(subject), .from = {}};
    step.to = std::move(to);
    step.clause = std::move(clause);
    steps_.push_back(std::move(step));
  }
  void list_steps();
  void list_facts_and_controls();
  void list_section(const Section& section);
  void list_whole(const Terms& terms);
  void take(const ExplainStep& step, PriceState& state) const;
  void take_control(const std::string& control, RiskInput& to) const;
  void take_clause(const ExplainStep& step, Terms& to) const;
  void take_of_section(const ExplainStep& step, Section& to) const;
  std::vector<PriceState> states(bool reversed) const;
  Result<std::vector<Priced>> prices(const std::vector<PriceState>& states,
                                     Executor& executor) const;

  const ExplanationInput& input_;
  PriceState start_;
  std::vector<ExplainStep> steps_;  // without the start, the filing and the subsidy
};

void Explainer::list_facts_and_controls() {
  // Online revenue acts as a share of the revenue, which is the company's own by then.
  RiskInput reference = start_.company;
  for (const ExplainedFact& fact : kExplainedFacts) {
    if (fact.name == "online_revenue") reference.revenue = input_.company.revenue;
    add(ExplainKind::kFact, std::string(fact.name), fact.text(input_.company), "");
    steps_.back().from = fact.text(reference);
  }
  // In the order of the questionnaire; what an old assessment holds beside it comes last.
  std::vector<std::string> names;
  for (const engine::ControlPrior& prior : input_.setting.hazard->controls.rows) {
    names.push_back(prior.control.text);
  }
  const auto known = [&](const std::string& name) {
    return std::any_of(
        input_.company.controls.begin(), input_.company.controls.end(), [&](const auto& state) {
          return state.control.text == name && state.source != domain::FactSource::kInferred;
        });
  };
  for (const domain::ControlState& state : input_.company.controls) {
    if (std::find(names.begin(), names.end(), state.control.text) == names.end()) {
      names.push_back(state.control.text);
    }
  }
  for (const std::string& name : names) {
    if (known(name)) add(ExplainKind::kControl, name, "", "");
  }
}

void Explainer::list_section(const Section& section) {
  using K = ExplainKind;
  const terms::TimeTerms& time = section.time;
  const auto amount = [&](K kind, const std::optional<std::int64_t>& cap, const std::string& at) {
    if (cap) add(kind, section.code, std::to_string(*cap), at);
  };
  if (time.waiting_hours != 0 || time.monetary != 0) {
    add(K::kWaiting, section.code, std::to_string(time.waiting_hours),
        time.waiting_hours != 0 ? time.waiting_clause : time.monetary_clause);
    steps_.back().from = name_of(time.mode);
    if (time.monetary != 0) steps_.back().money = std::to_string(time.monetary);
  }
  amount(K::kIndemnity, time.indemnity_hours, time.indemnity_clause);
  amount(K::kDaily, time.daily_amount, time.daily_clause);
  if (section.deductible != 0) {
    amount(K::kDeductible, section.deductible, section.deductible_clause);
  }
  if (section.own_retention != 0) {
    amount(K::kOwnRetention, section.own_retention, section.retention_clause);
  }
  if (section.participation_bp != 0) {
    amount(K::kParticipation, section.participation_bp, section.participation_clause);
  }
  amount(K::kSublimitIncident, section.sublimit_occ, section.sublimit_clause);
  amount(K::kSublimitYear, section.sublimit_agg, section.sublimit_clause);
}

void Explainer::list_whole(const Terms& terms) {
  using K = ExplainKind;
  for (const Group& group : terms.groups) {
    if (group.sublimit_occ) {
      add(K::kSharedIncident, group.id, std::to_string(*group.sublimit_occ), group.clause);
    }
    if (group.sublimit_agg) {
      add(K::kSharedYear, group.id, std::to_string(*group.sublimit_agg), group.clause);
    }
  }
  if (terms.occurrence_retention != 0) {
    add(K::kRetention, "", std::to_string(terms.occurrence_retention), terms.retention_clause);
  }
  if (terms.occurrence_limit) {
    add(K::kIncidentLimit, "", std::to_string(*terms.occurrence_limit), terms.occurrence_clause);
  }
  if (terms.aggregate_limit) {
    add(K::kAggregateLimit, "", std::to_string(*terms.aggregate_limit), terms.aggregate_clause);
  }
}

void Explainer::list_steps() {
  list_facts_and_controls();
  for (const PerilName& peril : start_.perils) {
    if (std::find(input_.perils.begin(), input_.perils.end(), peril) == input_.perils.end()) {
      add(ExplainKind::kPeril, peril.text, "", "");
    }
  }
  for (const Section& section : start_.terms.sections) {
    if (!has_section(input_.terms, section.code)) add(ExplainKind::kCover, section.code, "", "");
  }
  for (const Section& section : input_.terms.sections) list_section(section);
  list_whole(input_.terms);
  for (const ExplainedLoad& load : kExplainedLoads) {
    add(ExplainKind::kLoad, std::string(load.name), "", "");
  }
}

void Explainer::take_control(const std::string& control, RiskInput& to) const {
  for (const domain::ControlState& state : input_.company.controls) {
    if (state.control.text == control) to.controls.push_back(state);
  }
}

void Explainer::take_of_section(const ExplainStep& step, Section& to) const {
  const auto found = std::find_if(input_.terms.sections.begin(), input_.terms.sections.end(),
                                  [&](const Section& s) { return s.code == step.subject; });
  ANLAN_CHECK(found != input_.terms.sections.end());
  const Section& from = *found;
  switch (step.kind) {
    case ExplainKind::kWaiting:
      to.time.waiting_hours = from.time.waiting_hours;
      to.time.monetary = from.time.monetary;
      return;
    case ExplainKind::kIndemnity:
      to.time.indemnity_hours = from.time.indemnity_hours;
      return;
    case ExplainKind::kDaily:
      to.time.daily_amount = from.time.daily_amount;
      return;
    case ExplainKind::kDeductible:
      to.deductible = from.deductible;
      return;
    case ExplainKind::kOwnRetention:
      to.own_retention = from.own_retention;
      return;
    case ExplainKind::kParticipation:
      to.participation_bp = from.participation_bp;
      return;
    case ExplainKind::kSublimitIncident:
      to.sublimit_occ = from.sublimit_occ;
      return;
    case ExplainKind::kSublimitYear:
      to.sublimit_agg = from.sublimit_agg;
      return;
    case ExplainKind::kStart:
    case ExplainKind::kFact:
    case ExplainKind::kControl:
    case ExplainKind::kPeril:
    case ExplainKind::kCover:
    case ExplainKind::kSharedIncident:
    case ExplainKind::kSharedYear:
    case ExplainKind::kRetention:
    case ExplainKind::kIncidentLimit:
    case ExplainKind::kAggregateLimit:
    case ExplainKind::kLoad:
    case ExplainKind::kFiling:
    case ExplainKind::kSubsidy:
      break;
  }
  ANLAN_CHECK(false);
}

void Explainer::take_clause(const ExplainStep& step, Terms& to) const {
  switch (step.kind) {
    case ExplainKind::kCover:
      std::erase_if(to.sections, [&](const Section& s) { return s.code == step.subject; });
      return;
    case ExplainKind::kSharedIncident:
    case ExplainKind::kSharedYear: {
      std::vector<Group> groups = input_.terms.groups;
      const Group& from = part_of(groups, step.subject);
      Group& group = part_of(to.groups, step.subject);
      if (step.kind == ExplainKind::kSharedIncident) group.sublimit_occ = from.sublimit_occ;
      if (step.kind == ExplainKind::kSharedYear) group.sublimit_agg = from.sublimit_agg;
      return;
    }
    case ExplainKind::kRetention:
      to.occurrence_retention = input_.terms.occurrence_retention;
      return;
    case ExplainKind::kIncidentLimit:
      to.occurrence_limit = input_.terms.occurrence_limit;
      return;
    case ExplainKind::kAggregateLimit:
      to.aggregate_limit = input_.terms.aggregate_limit;
      return;
    case ExplainKind::kWaiting:
    case ExplainKind::kIndemnity:
    case ExplainKind::kDaily:
    case ExplainKind::kDeductible:
    case ExplainKind::kOwnRetention:
    case ExplainKind::kParticipation:
    case ExplainKind::kSublimitIncident:
    case ExplainKind::kSublimitYear:
      take_of_section(step, part_of(to.sections, step.subject));
      return;
    case ExplainKind::kStart:
    case ExplainKind::kFact:
    case ExplainKind::kControl:
    case ExplainKind::kPeril:
    case ExplainKind::kLoad:
    case ExplainKind::kFiling:
    case ExplainKind::kSubsidy:
      break;
  }
  ANLAN_CHECK(false);
}

void Explainer::take(const ExplainStep& step, PriceState& state) const {
  const auto named = [&](const auto& entry) { return entry.name == step.subject; };
  if (step.kind == ExplainKind::kFact) {
    std::find_if(std::begin(kExplainedFacts), std::end(kExplainedFacts), named)
        ->take(input_.company, state.company);
  } else if (step.kind == ExplainKind::kControl) {
    take_control(step.subject, state.company);
  } else if (step.kind == ExplainKind::kPeril) {
    std::erase(state.perils, PerilName{step.subject});
  } else if (step.kind == ExplainKind::kLoad) {
    std::find_if(std::begin(kExplainedLoads), std::end(kExplainedLoads), named)
        ->take(input_.loads, state.loads);
  } else {
    take_clause(step, state.terms);
  }
}

// The start and what stands after each step, in the order in which they are taken.
std::vector<PriceState> Explainer::states(bool reversed) const {
  std::vector<PriceState> out{start_};
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    PriceState next = out.back();
    take(steps_[reversed ? steps_.size() - 1 - i : i], next);
    out.push_back(std::move(next));
  }
  return out;
}

bool same_losses(const PriceState& a, const PriceState& b) {
  return a.company == b.company && a.perils == b.perils && a.terms == b.terms;
}

// The technical price of each; losses that did not change are not calculated again.
Result<std::vector<Priced>> Explainer::prices(const std::vector<PriceState>& states,
                                              Executor& executor) const {
  std::vector<std::size_t> source(states.size());
  std::vector<std::size_t> distinct;
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (i == 0 || !same_losses(states[i - 1], states[i])) distinct.push_back(i);
    source[i] = distinct.size() - 1;
  }
  std::vector<std::optional<Result<domain::LossResult>>> losses(distinct.size());
  executor.run(distinct.size(), [&](std::size_t block) {
    const PriceState& state = states[distinct[block]];
    const terms::Plan plan = terms::compile(state.terms);
    engine::YearSetting setting = input_.setting;
    engine::InsuredCover cover = setting.cover ? *setting.cover : engine::InsuredCover{};
    cover.plan = &plan;
    cover.perils = state.perils;
    setting.cover = &cover;
    SerialExecutor serial;
    losses[block] = engine::central_loss(setting, state.company, serial);
  });
  for (const auto& loss : losses) {
    if (!loss->ok()) return loss->refusal();
  }
  std::vector<Priced> out;
  for (std::size_t i = 0; i < states.size(); ++i) {
    const domain::LossResult& loss = losses[source[i]]->value();
    out.push_back({.gross = price_parts(loss, states[i].loads, input_.filed).technical_gross,
                   .standard_error = loss.standard_error});
  }
  return out;
}

Result<std::vector<ExplainStep>> Explainer::explain(Executor& executor) {
  ANLAN_TRY(const std::vector<Priced> forward, prices(states(false), executor));
  ANLAN_TRY(const std::vector<Priced> backward, prices(states(true), executor));
  ANLAN_CHECK(forward.front().gross == backward.front().gross);
  ANLAN_CHECK(forward.back().gross == backward.back().gross);
  std::vector<ExplainStep> out{{.kind = ExplainKind::kStart,
                                .subject = {},
                                .from = {},
                                .to = {},
                                .clause = {},
                                .change = forward.front().gross,
                                .cumulative = forward.front().gross,
                                .standard_error = forward.front().standard_error,
                                .change_reversed = backward.front().gross,
                                .cumulative_reversed = backward.front().gross}};
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const std::size_t turn = steps_.size() - i;  // in the reverse order, from 1
    out.push_back(steps_[i]);
    out.back().change = forward[i + 1].gross - forward[i].gross;
    out.back().cumulative = forward[i + 1].gross;
    out.back().standard_error = forward[i + 1].standard_error;
    out.back().change_reversed = backward[turn].gross - backward[turn - 1].gross;
    out.back().cumulative_reversed = backward[turn].gross;
  }
  Money before = forward.back().gross;
  for (const auto& [kind, after] : {std::pair{ExplainKind::kFiling, input_.filed},
                                    std::pair{ExplainKind::kSubsidy, input_.customer_pays}}) {
    out.push_back({.kind = kind,
                   .subject = {},
                   .from = {},
                   .to = {},
                   .clause = {},
                   .change = after - before,
                   .cumulative = after,
                   .standard_error = forward.back().standard_error,
                   .change_reversed = after - before,
                   .cumulative_reversed = after});
    before = after;
  }
  return out;
}

}  // namespace

Result<std::vector<ExplainStep>> explain_price(const ExplanationInput& input, Executor& executor) {
  return Explainer(input).explain(executor);
}

}  // namespace anlan::underwriting
