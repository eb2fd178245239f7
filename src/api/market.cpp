#include "api/market.h"

#include <fmt/core.h>

#include "api/render.h"
#include "base/check.h"
#include "base/maths.h"
#include "engine/size_law.h"
#include "engine/trigger_share.h"
#include "underwriting/triage.h"

namespace anlan::api {

using namespace domain;

Result<std::unique_ptr<Market>> market_of(Session& session, EnterpriseId enterprise,
                                          const ProductName& product) {
  ANLAN_TRY(CompanyRisk risk, company_risk(session, enterprise, product));
  ANLAN_TRY(const Instant now, session.now());
  return market_of(session, std::move(risk), date_of(now));
}

Result<std::unique_ptr<Market>> market_of(Session& session, CompanyRisk risk,
                                          std::optional<Date> inception) {
  ANLAN_TRY(const engine::Hazard* hazard, session.library().hazard());
  ANLAN_REQUIRE(engine::check_currency(*hazard, *risk.wording));
  terms::Plan plan = terms::compile(risk.wording->terms);
  auto out = std::unique_ptr<Market>(new Market{.risk = std::move(risk),
                                                .hazard = hazard,
                                                .plan = std::move(plan),
                                                .cover = {},
                                                .executor = nullptr,
                                                .table = nullptr,
                                                .inception = inception});
  out->cover = out->cover_of(out->plan);
  out->executor = std::make_unique<platform::TbbExecutor>(0);
  out->table = session.library().tables().table(*hazard, kRiskPoints, *out->executor);
  return out;
}

void add_size_findings(Session& session, const Market& market, Reply& reply) {
  Node found = Node::list();
  std::vector<Block> remarks;
  for (const TriageFinding& finding :
       underwriting::size_findings(engine::beyond_size_laws(*market.hazard, market.risk.input))) {
    found.items.push_back(to_node(finding));
    remarks.emplace_back(Bullet{
        .mark = "!",
        .text =
            session.say("slip.finding",
                        {{"reason", session.say("triage." + std::string(name_of(finding.reason)))},
                         {"value", finding.value},
                         {"limit", finding.limit}})});
  }
  std::vector<Block>& blocks = reply.document.blocks;
  ANLAN_CHECK(!blocks.empty());  // the title
  blocks.insert(blocks.begin() + 1, remarks.begin(), remarks.end());
  if (reply.json.is_table()) {
    reply.json.add("findings", std::move(found));
    return;
  }
  for (Node& row : reply.json.items) row.add("findings", found);
}

std::string rounded_text(double minor) {
  const double major = maths::nearest_whole(minor / 100.0);
  const std::string text =
      to_grouped(Money::from_minor(static_cast<std::int64_t>(major) * 100, Currency::kCny));
  return text.substr(0, text.size() - 3);
}

std::string whole_text(Money amount) { return rounded_text(static_cast<double>(amount.minor())); }

std::string share_text(double share) {
  return share > 0.0 && share < 0.0001 ? "< 0.01 %" : fmt::format("{:.2f} %", 100.0 * share);
}

Node amount_node(double minor) {
  return Node::number_text(std::to_string(static_cast<std::int64_t>(maths::nearest_whole(minor))));
}

Node share_node(double share) { return Node::number_text(fmt::format("{:.8f}", share)); }

}  // namespace anlan::api
