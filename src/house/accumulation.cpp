#include "house/accumulation.h"

#include <algorithm>
#include <set>
#include <utility>

#include "house/charges.h"
#include "house/life.h"
#include "house/views.h"

namespace anlan::house {

using namespace domain;

namespace {

constexpr std::string_view kProviderFact = "providers";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

}  // namespace

std::string provider_key(std::string_view name) {
  std::string key(trimmed(name));
  for (char& c : key) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return key;
}

std::vector<std::string> providers_of(const std::vector<Fact>& facts) {
  std::set<std::string> names;
  for (const Fact& fact : facts) {
    if (fact.name.text != kProviderFact) continue;
    std::string_view rest = fact.value;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      const std::string key = provider_key(rest.substr(0, end));
      rest.remove_prefix(std::min(rest.size(), end + 1));
      if (key.empty()) continue;
      names.insert(key);
      names.insert(key.substr(0, key.find(' ')));
    }
  }
  return {names.begin(), names.end()};
}

namespace {

using LimitChange = std::pair<Instant, Money>;

// Where within [from, until) the terms of a policy begin and change; empty: it covers none of it.
std::vector<Instant> starts_of_terms(const PolicyFile& file, Instant from, Instant until) {
  const Instant begins = std::max(from, file.policy.from);
  const Instant ends = std::min(until, cover_until(file));
  if (begins >= ends) return {};
  std::vector<Instant> starts{begins};
  for (const EndorsementOnFile& each : file.life.changes->endorsements) {
    const Instant start = start_of_day(each.endorsement.from, file.policy.offset);
    if (each.endorsement.option && begins < start && start < ends) starts.push_back(start);
  }
  std::sort(starts.begin(), starts.end());
  return starts;
}

// The yearly limit of one policy within [from, until), as it changes with its endorsements.
void add_limits(std::vector<LimitChange>& changes, const House& house, const PolicyFile& file,
                Instant from, Instant until) {
  Money now = Money::zero(house.currency());
  for (const Instant start : starts_of_terms(file, from, until)) {
    const Money limit = aggregate_limit_on(house, file, date_of(start, file.policy.offset));
    changes.emplace_back(start, limit - now);
    now = limit;
  }
  if (!now.is_zero()) changes.emplace_back(std::min(until, cover_until(file)), -now);
}

}  // namespace

// The sum rises and falls where a cover begins, changes and ends; an end counts before a beginning
// of the same instant, since cover is half-open.
Money limits_in_force(const House& house, const std::string& provider, Instant from, Instant until,
                      PolicyId except) {
  Money most = Money::zero(house.currency());
  const auto users = house.money.users.find(provider);
  if (users == house.money.users.end()) return most;
  std::vector<LimitChange> changes;
  for (const EnterpriseId id : users->second) {
    const EnterpriseFile* company = find_enterprise(house, id);
    if (!company) continue;
    for (const PolicyId policy : company->policies) {
      if (policy != except) add_limits(changes, house, *find_policy(house, policy), from, until);
    }
  }
  std::sort(changes.begin(), changes.end());
  Money now = most;
  for (const auto& [at, change] : changes) {
    now += change;
    most = std::max(most, now);
  }
  return most;
}

std::optional<AccumulationBroken> accumulation_broken(const House& house, const NewCover& cover) {
  if (house.money.provider_limits.empty()) return {};
  const EnterpriseFile* company = find_enterprise(house, cover.enterprise);
  for (const std::string& provider : providers_of(company->enterprise.facts.get())) {
    const auto limit = house.money.provider_limits.find(provider);
    if (limit == house.money.provider_limits.end()) continue;
    const Money in_force =
        limits_in_force(house, provider, cover.from, cover.until, cover.instead_of);
    if (in_force + cover.limit > limit->second)
      return AccumulationBroken{.provider = provider, .limit = limit->second, .in_force = in_force};
  }
  return {};
}

Money own_means(const House& house) {
  const Currency currency = house.currency();
  Money own = -house.ledger.balance({.kind = AccountKind::kPaidInCapital, .owner = 0}, currency);
  if (house.money.risk_unit) own += house.money.risk_unit->reserve_fund;
  return std::max(own, Money::zero(currency));
}

namespace {

RiskUnit unit_of(const House& house, Money incident_maximum,
                 const std::optional<ChargeTerms>& terms) {
  const Money own = own_means(house);
  const Share ceded = terms ? terms->cession : Share{};
  const Money maximum = std::max(incident_maximum, Money::zero(house.currency()));
  return {.maximum = maximum,
          .retained = maximum.times_ratio(ceded.rest().ppm(), Share::kWhole),
          .own_means = own,
          .limit = Money::from_minor(own.minor() / kRiskUnitPart, house.currency())};
}

}  // namespace

RiskUnit risk_unit(const House& house, const Quote& quote) {
  return unit_of(house, quote.incident_maximum, charge_terms(house, quote.id));
}

RiskUnit risk_unit(const House& house, const PolicyFile& file, Date day) {
  const underwriting::StateOfDay state = underwriting::state_on(timeline_of(file), day);
  const Money maximum = state.option ? state.option->incident_maximum
                                     : find_quote(house, file.policy.quote)->quote.incident_maximum;
  return unit_of(house, maximum, file.money.charges);
}

MostOfTerms most_of_terms(const House& house, const PolicyFile& file, Instant from) {
  MostOfTerms most{.limit = Money::zero(house.currency()),
                   .unit = unit_of(house, Money::zero(house.currency()), file.money.charges)};
  for (const Instant start : starts_of_terms(file, from, file.policy.until)) {
    const Date day = date_of(start, file.policy.offset);
    most.limit = std::max(most.limit, aggregate_limit_on(house, file, day));
    const RiskUnit unit = risk_unit(house, file, day);
    if (unit.retained > most.unit.retained) most.unit = unit;
  }
  return most;
}

RiskUnitAction risk_unit_action(const House& house) {
  return house.money.risk_unit ? house.money.risk_unit->action : RiskUnitAction::kWarn;
}

}  // namespace anlan::house
