// Explanation: a price to the fen, from the average company that the loss model starts with to this
// one: one step for each fact, control, clause and load.
//
// Every cumulative is a full price: the engine on the same events, the loads, rounded as a quote
// rounds. A step is the difference of two such amounts, so the steps add up and none of them is a
// remainder. The order is that of ExplainKind and is published in docs/EXPLANATION.md; the same
// steps are priced a second time in the reverse order (the filing adjustment and the subsidy stay
// last), because what a step is worth depends on what came before it.
#pragma once

#include <string>
#include <vector>

#include "base/executor.h"
#include "base/fields.h"
#include "base/money.h"
#include "base/result.h"
#include "domain/ids.h"
#include "domain/quote.h"
#include "engine/risk_input.h"
#include "engine/year.h"
#include "terms/terms.h"
#include "underwriting/loads.h"

namespace anlan::underwriting {

// In the published order.
enum class ExplainKind : std::uint8_t {
  kStart = 1,       // the average company of the model, everything covered, no loads
  kFact = 2,        // subject: the fact, in the order of kExplainedFacts
  kControl = 3,     // the control, in the order of the questionnaire
  kPeril = 4,       // a peril that the wording does not cover
  kCover = 5,       // a cover that the wording does not have
  kWaiting = 6,     // of a section, as are the next seven: waiting period or its money amount
  kIndemnity = 7,   // indemnity period
  kDaily = 8,       // amount a day
  kDeductible = 9,  //
  kOwnRetention = 10,
  kParticipation = 11,
  kSublimitIncident = 12,
  kSublimitYear = 13,
  kSharedIncident = 14,  // of a group of sections, as is the next
  kSharedYear = 15,
  kRetention = 16,  // of each incident
  kIncidentLimit = 17,
  kAggregateLimit = 18,
  kLoad = 19,    // the load, in the order of PriceParts
  kFiling = 20,  // filed premium less technical price
  kSubsidy = 21,
};
constexpr auto enum_names(ExplainKind*) {
  using K = ExplainKind;
  return std::array{EnumName<K>{K::kStart, "start"},
                    EnumName<K>{K::kFact, "fact"},
                    EnumName<K>{K::kControl, "control"},
                    EnumName<K>{K::kPeril, "peril_not_covered"},
                    EnumName<K>{K::kCover, "cover_not_insured"},
                    EnumName<K>{K::kWaiting, "waiting"},
                    EnumName<K>{K::kIndemnity, "indemnity_period"},
                    EnumName<K>{K::kDaily, "daily_amount"},
                    EnumName<K>{K::kDeductible, "deductible"},
                    EnumName<K>{K::kOwnRetention, "own_retention"},
                    EnumName<K>{K::kParticipation, "participation"},
                    EnumName<K>{K::kSublimitIncident, "sublimit_incident"},
                    EnumName<K>{K::kSublimitYear, "sublimit_year"},
                    EnumName<K>{K::kSharedIncident, "shared_incident"},
                    EnumName<K>{K::kSharedYear, "shared_year"},
                    EnumName<K>{K::kRetention, "retention"},
                    EnumName<K>{K::kIncidentLimit, "incident_limit"},
                    EnumName<K>{K::kAggregateLimit, "aggregate_limit"},
                    EnumName<K>{K::kLoad, "load"},
                    EnumName<K>{K::kFiling, "filing_adjustment"},
                    EnumName<K>{K::kSubsidy, "subsidy"}};
}

struct ExplainStep {
  ExplainKind kind = ExplainKind::kStart;
  std::string subject;  // fact, control, peril, cover, section, group or load; else empty
  // Of a fact: the reference's canonical value. Of a waiting period: its terms::TimeMode. Else
  // empty.
  std::string from;
  // Canonical value of a fact; hours of a waiting or indemnity period; basis points of a
  // participation; amount of another clause in minor units.
  std::string to;
  std::string money = {};  // of a waiting period that takes money: minor units; else empty
  std::string clause;      // of the wording; empty: none stands there
  Money change;            // in the published order
  Money cumulative;
  Money standard_error = {};  // of the expected payment behind the cumulative
  Money change_reversed;      // in the reverse order
  Money cumulative_reversed;
  bool operator==(const ExplainStep&) const = default;
  template <class S = ExplainStep>
  static constexpr auto fields() {
    return std::tuple{field("kind", &S::kind),
                      field("subject", &S::subject),
                      field("from", &S::from),
                      field("to", &S::to),
                      field("money", &S::money),
                      field("clause", &S::clause),
                      field("change", &S::change),
                      field("cumulative", &S::cumulative),
                      field("standard_error", &S::standard_error),
                      field("change_reversed", &S::change_reversed),
                      field("cumulative_reversed", &S::cumulative_reversed)};
  }
};

struct ExplanationInput {
  // The quote's. Of its cover the trigger and the obligations hold in every step; null: none.
  engine::YearSetting setting;
  const engine::RiskInput& company;
  const terms::Terms& terms;
  const std::vector<domain::PerilName>& perils;  // that the wording covers
  const PriceLoads& loads;
  Money filed;          // gross
  Money customer_pays;  // filed less subsidy
};

// In the published order, the start first; its change is its cumulative. A step that changes
// nothing stays in the list with 0.00. The cumulative of the last load is the technical gross price
// of price_parts, in both orders. Refuses what engine::central_loss refuses. Cost: two prices a
// step, most of them about 2 ms of one core; spread over the executor.
Result<std::vector<ExplainStep>> explain_price(const ExplanationInput& input, Executor& executor);

}  // namespace anlan::underwriting
