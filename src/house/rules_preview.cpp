#include "house/rules_preview.h"

#include <algorithm>

#include "base/check.h"
#include "house/offer.h"
#include "house/views.h"

namespace anlan::house {

using namespace domain;

namespace {

bool is_among(const RuleFinding& finding, const std::vector<RuleFinding>& others) {
  return std::find(others.begin(), others.end(), finding) != others.end();
}

std::vector<RuleFinding> without(const std::vector<RuleFinding>& findings,
                                 const std::vector<RuleFinding>& others) {
  std::vector<RuleFinding> out;
  for (const RuleFinding& finding : findings) {
    if (!is_among(finding, others)) out.push_back(finding);
  }
  return out;
}

std::size_t conditions_of(const std::vector<RuleFinding>& findings) {
  return static_cast<std::size_t>(std::count_if(
      findings.begin(), findings.end(),
      [](const RuleFinding& finding) { return finding.outcome == RuleOutcome::kCondition; }));
}

struct Again {
  PreviewRow row;
  std::size_t conditions = 0;
};

// What people decided about the quote stays: only the rules are others.
Again judge_again(const QuoteFile& file, const underwriting::RuleSet& rules) {
  const Quote& quote = file.quote;
  const std::vector<RuleFinding> found = underwriting::judge(rules, quote);
  const Quote before = offered(file);
  QuoteFile by_rules = file;
  by_rules.quote.applied = found;
  by_rules.quote.decision = underwriting::gravest(quote.findings, found);
  by_rules.quote.premium = underwriting::premium_by(found, quote.filed_premium);
  const Quote after = offered(by_rules);
  Again out{.row = {.quote = quote.id,
                    .policy = file.policy,
                    .enterprise = quote.enterprise,
                    .before = before.decision,
                    .after = after.decision,
                    .premium_before = before.premium,
                    .premium_after = after.premium},
            .conditions = conditions_of(found)};
  out.row.outside_range =
      out.row.premium_after < quote.filed_low || out.row.premium_after > quote.filed_high;
  if (found == quote.applied) return out;
  out.row.no_longer = without(quote.applied, found);
  out.row.from_now_on = without(found, quote.applied);
  return out;
}

bool is_judged(const House& house, const QuoteFile& file, PreviewScope scope, Instant at) {
  if (file.policy.exists()) {
    const PolicyFile* policy = find_policy(house, file.policy);
    return policy && !policy->cancelled && !policy->lapsed && at < policy->policy.until;
  }
  if (scope == PreviewScope::kPolicies) return false;
  return !file.decided->withdrawn && date_of(at, house.offset()) <= file.quote.valid_until;
}

}  // namespace

PreviewRow judged_again(const QuoteFile& file, const underwriting::RuleSet& rules) {
  return judge_again(file, rules).row;
}

bool changes(const PreviewRow& row) {
  return row.before != row.after || row.premium_before != row.premium_after ||
         !row.no_longer.empty() || !row.from_now_on.empty();
}

RulesPreview preview_rules(const House& house, const underwriting::RuleSet& rules,
                           PreviewScope scope, Instant at) {
  RulesPreview out;
  out.premium_before = out.premium_after = Money::zero(house.currency());
  for (const auto& [id, file] : house.quotes) {
    if (!is_judged(house, file, scope, at)) continue;
    Again again = judge_again(file, rules);
    PreviewRow& row = again.row;
    ++out.judged;
    ++out.moves[static_cast<std::size_t>(row.before)][static_cast<std::size_t>(row.after)];
    out.conditions_before += conditions_of(file.quote.applied);
    out.conditions_after += again.conditions;
    out.premium_before += row.premium_before;
    out.premium_after += row.premium_after;
    out.outside_range += row.outside_range ? 1 : 0;
    if (!changes(row)) continue;
    ++out.changed;
    if (out.rows.size() < kPreviewRowsMax) out.rows.push_back(std::move(row));
  }
  return out;
}

}  // namespace anlan::house
