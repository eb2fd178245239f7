// Preview: what other rules would decide about the quotes of a house, before anybody publishes
// them. Recorded data are judged again; no loss model is run and nothing is changed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/fields.h"
#include "house/house.h"
#include "underwriting/rules.h"

namespace anlan::house {

enum class PreviewScope : std::uint8_t {
  kOpenAndPolicies = 1,  // quotes that may still be bound, and those of policies in force
  kPolicies = 2,
};

inline constexpr std::size_t kPreviewRowsMax = 20;

// One quote that other rules would decide otherwise: by decision, by premium, or by its conditions.
struct PreviewRow {
  domain::QuoteId quote;
  domain::PolicyId policy;  // 0: not bound
  domain::EnterpriseId enterprise;
  domain::QuoteDecision before = domain::QuoteDecision::kBindable;
  domain::QuoteDecision after = domain::QuoteDecision::kBindable;
  Money premium_before;
  Money premium_after;
  bool outside_range = false;                    // of the premium that the factors would give
  std::vector<domain::RuleFinding> no_longer;    // findings that would go
  std::vector<domain::RuleFinding> from_now_on;  // and come
  bool operator==(const PreviewRow&) const = default;
  template <class P = PreviewRow>
  static constexpr auto fields() {
    return std::tuple{field("quote", &P::quote),
                      field("policy", &P::policy),
                      field("enterprise", &P::enterprise),
                      field("before", &P::before),
                      field("after", &P::after),
                      field("premium_before", &P::premium_before),
                      field("premium_after", &P::premium_after),
                      field("outside_range", &P::outside_range),
                      field("no_longer", &P::no_longer),
                      field("from_now_on", &P::from_now_on)};
  }
};

struct RulesPreview {
  std::size_t judged = 0;
  std::size_t changed = 0;
  // moves[before][after], by QuoteDecision; place 0 is empty.
  std::array<std::array<std::size_t, 4>, 4> moves{};
  std::size_t conditions_before = 0;
  std::size_t conditions_after = 0;
  std::size_t outside_range = 0;
  Money premium_before;  // of all that were judged
  Money premium_after;
  std::vector<PreviewRow> rows;  // the first kPreviewRowsMax of those that change
};

// The decision of one quote by these rules, beside the triage that it recorded.
PreviewRow judged_again(const QuoteFile& file, const underwriting::RuleSet& rules);
bool changes(const PreviewRow& row);

// `at` says which quotes can still be bound and which policies run. One thread;
// bench/rules_bench.cpp measures it.
RulesPreview preview_rules(const House& house, const underwriting::RuleSet& rules,
                           PreviewScope scope, Instant at);

}  // namespace anlan::house
