#include "underwriting/subsidy.h"

#include <algorithm>

#include "base/node_reader.h"

namespace anlan::underwriting {

using domain::SubsidyObstacle;

namespace {

constexpr std::int64_t kPolicyYearMax = 100;
constexpr std::int64_t kEmployeesMax = 10'000'000;

bool has_prefix_in(const std::string& code, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return code.starts_with(prefix); });
}

std::vector<std::uint32_t> read_years(NodeReader& reader) {
  std::vector<std::uint32_t> years;
  for (NodeReader& item : reader.list("policy_years")) {
    years.push_back(static_cast<std::uint32_t>(item.as_whole(1, kPolicyYearMax)));
  }
  return years;
}

}  // namespace

Result<SubsidyScheme> read_subsidy_scheme(const Node& root, std::string_view file) {
  ReadReport report{std::string(file)};
  NodeReader reader(root, report, "scheme");
  SubsidyScheme scheme;
  scheme.id = reader.name<domain::SchemeTag>("id");
  scheme.zh = reader.text("zh");
  scheme.en = reader.text("en");
  scheme.grantor_zh = reader.text("grantor_zh");
  scheme.grantor_en = reader.text("grantor_en");
  scheme.share = reader.percent("share");
  scheme.policy_years = read_years(reader);
  scheme.regions = reader.texts_or_empty("regions");
  scheme.employees_max = reader.whole("employees_max", 1, kEmployeesMax);
  scheme.revenue_max = reader.money("revenue_max", scheme.currency);
  scheme.policy_maximum = reader.money("policy_maximum", scheme.currency);
  scheme.budget = reader.money("budget", scheme.currency);
  scheme.assumptions = reader.texts_or_empty("assumptions");
  reader.finish();
  return report.result(std::move(scheme));
}

std::vector<SubsidyObstacle> subsidy_obstacles(const SubsidyScheme& scheme,
                                               const SubsidyApplicant& applicant) {
  using O = SubsidyObstacle;
  std::vector<O> found;
  const auto& years = scheme.policy_years;
  if (std::find(years.begin(), years.end(), applicant.policy_year) == years.end()) {
    found.push_back(O::kPolicyYear);
  }
  if (!scheme.regions.empty() && !has_prefix_in(applicant.region, scheme.regions)) {
    found.push_back(O::kRegion);
  }
  if (applicant.employees > scheme.employees_max) found.push_back(O::kEmployees);
  if (applicant.revenue > scheme.revenue_max) found.push_back(O::kRevenue);
  if (applicant.claimed_before) found.push_back(O::kClaimedBefore);
  return found;
}

Money subsidy_for(const SubsidyScheme& scheme, Money premium, const SubsidyApplicant& applicant) {
  if (!subsidy_obstacles(scheme, applicant).empty()) return Money::zero(premium.currency());
  const Money share = premium.times_ratio(scheme.share.ppm(), Share::kWhole);
  return std::min(share, scheme.policy_maximum);
}

SubsidyOffer subsidy_offer(const SubsidyScheme* scheme, Money premium,
                           const SubsidyApplicant& applicant) {
  using O = SubsidyObstacle;
  const Money none = Money::zero(premium.currency());
  if (scheme == nullptr) return {.amount = none, .obstacles = {O::kNoScheme}};
  std::vector<O> obstacles = subsidy_obstacles(*scheme, applicant);
  if (!obstacles.empty()) return {.amount = none, .obstacles = std::move(obstacles)};
  const Money amount = subsidy_for(*scheme, premium, applicant);
  if (amount.is_zero()) return {.amount = none, .obstacles = {O::kNoScheme}};  // pays 0 %
  if (applicant.budget_left && *applicant.budget_left < amount) {
    return {.amount = none, .obstacles = {O::kBudgetUsedUp}};
  }
  return {.amount = amount, .obstacles = {}};
}

}  // namespace anlan::underwriting
