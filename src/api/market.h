// Market: a company under a product, ready for the engine, and how its figures are written.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "api/operation.h"
#include "api/pricing.h"
#include "base/node.h"
#include "engine/scenario_table.h"
#include "engine/trigger_share.h"
#include "engine/year.h"
#include "platform/executor_tbb.h"
#include "terms/plan.h"

namespace anlan::api {

// Events of each peril and replicate behind every figure.
inline constexpr std::size_t kRiskPoints = 256;

// What a wording is priced on. The plan and the table are its own.
struct Market {
  CompanyRisk risk;
  const engine::Hazard* hazard = nullptr;
  terms::Plan plan;
  engine::InsuredCover cover;
  std::unique_ptr<platform::TbbExecutor> executor;
  std::shared_ptr<const engine::ScenarioTable> table;
  std::optional<Date> inception = {};

  // The wording's promises under another plan of it, its trigger asked of the sections that are
  // left. The plan must outlive the cover.
  engine::InsuredCover cover_of(const terms::Plan& other) const {
    return engine::insured_cover(*hazard, *risk.wording, other, inception);
  }
  engine::YearSetting setting() const {
    return {.hazard = hazard, .table = table.get(), .cover = &cover};
  }
};

// Refuses what company_risk refuses.
Result<std::unique_ptr<Market>> market_of(Session& session, domain::EnterpriseId enterprise,
                                          const domain::ProductName& product);
// The same for a risk put together already; `inception` as insured_cover asks.
Result<std::unique_ptr<Market>> market_of(Session& session, CompanyRisk risk,
                                          std::optional<Date> inception = {});

// Where the company is larger or smaller than the model's size laws reach: a remark under the
// title, and "findings" (TriageFinding) of the answer, or of each row where that is a list.
void add_size_findings(Session& session, const Market& market, Reply& reply);

// Whole major units: what a model says about a year is not known to the fen.
std::string rounded_text(double minor);
std::string whole_text(Money amount);
std::string share_text(double share);
Node amount_node(double minor);  // minor units
Node share_node(double share);

}  // namespace anlan::api
