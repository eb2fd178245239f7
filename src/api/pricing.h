// Pricing: from the records of a house to a quote: facts -> profile -> posture -> control states ->
// loss model -> price. A long calculation on a snapshot; the house checks its inputs when it
// records it.
#pragma once

#include <array>
#include <memory>

#include "api/session.h"
#include "domain/quote.h"
#include "engine/risk_input.h"
#include "engine/scenario_table.h"
#include "engine/year.h"
#include "underwriting/profile.h"

namespace anlan::api {

// What a price reads besides its request: the records of a house at one moment, the data files, and
// who asks.
struct PricingBasis {
  const house::House& house;
  Library& library;
  Instant at;
  domain::ActorName actor;     // whose authority counts
  Lang lang = Lang::kZh;       // of the questions
  Session* session = nullptr;  // of whoever waits for many prices; none: nobody
};

// The house, the files and the clock of the session, with the rules that the house published.
Result<PricingBasis> pricing_basis(Session& session);

// Takes the rules in force into the session's library. Refuses kRulesMissing (args version) where
// the house no longer has the file.
Result<Done> adopt_rules(Session& session);
// The text of one version. Refuses as adopt_rules.
Result<std::string> published_rules(Session& session, const house::RulesOnFile& rules);

struct PricingRequest {
  domain::EnterpriseId enterprise;
  domain::ProductName product;
  Date from;
  std::uint32_t policy_year = 1;
  domain::PolicyId renewal_of;
  int threads = 0;  // 0: all of the machine; the result is the same for any number
};

// A company under a product as the engine sees it, from the records of the house at this moment.
struct CompanyRisk {
  const underwriting::Product* product = nullptr;
  const terms::Wording* wording = nullptr;
  underwriting::Profile profile;
  std::vector<domain::ControlState> controls;
  std::vector<domain::Fact> facts;             // known to the house
  std::vector<domain::ControlName> proven;     // by products that run
  std::vector<domain::ControlName> conflicts;  // answers that say more than the signals show
  engine::RiskInput input;
};

// Refuses kNotFound, kMissingFacts (all of them, with their questions), and what product and
// questionnaire refuse.
Result<CompanyRisk> company_risk(const PricingBasis& basis, domain::EnterpriseId enterprise,
                                 const domain::ProductName& product);
Result<CompanyRisk> company_risk(Session& session, domain::EnterpriseId enterprise,
                                 const domain::ProductName& product);

// Events for prices: a small table answers most, one whose losses scatter more gets a larger one.
// Tables are made when they are first needed and kept in `tables`, which outlives it.
class GrowingTable {
 public:
  GrowingTable(const engine::Hazard& hazard, ScenarioTables& tables, Executor& executor)
      : hazard_(hazard), shared_(tables), executor_(executor) {}

  // engine::expected_loss on the first table whose standard error is at most `error` of the
  // expected payment, else on the largest.
  Result<domain::LossResult> loss(const engine::InsuredCover& cover,
                                  const engine::RiskInput& company, double error);
  // The table of the last loss.
  const engine::ScenarioTable& table() const { return *table_; }

 private:
  const engine::Hazard& hazard_;
  ScenarioTables& shared_;
  Executor& executor_;
  std::shared_ptr<const engine::ScenarioTable> table_;
};

// The id is left 0. Refuses kNotFound, kMissingFacts (all of them, with their questions), and what
// product, engine and underwriting refuse.
Result<domain::Quote> price(const PricingBasis& basis, const PricingRequest& request);
Result<domain::Quote> price(Session& session, const PricingRequest& request);
// With tables of the caller's, for many prices in a row; the result is the same.
Result<domain::Quote> price(const PricingBasis& basis, const PricingRequest& request,
                            GrowingTable& tables);

// What a quote is priced with: the engine's aim.
inline constexpr double kQuoteError = engine::kErrorTarget;

}  // namespace anlan::api
