#include "api/risk_unit_text.h"

#include <algorithm>

#include "api/render.h"
#include "house/accumulation.h"

namespace anlan::api {

void warn_of_risk_unit(Session& session, const house::House& house, const house::PolicyFile& file,
                       Reply& reply) {
  const Instant from = std::max(house.last_at, file.policy.from);
  const house::RiskUnit unit = house::most_of_terms(house, file, from).unit;
  if (unit.own_means.is_zero() || !unit.above()) return;
  Node node = Node::table();
  node.add("retained", to_node(unit.retained));
  node.add("limit", to_node(unit.limit));
  reply.json.add("risk_unit", std::move(node));
  reply.brief.push_back(session.say("accumulation.above", {{"policy", to_text(file.policy.id)},
                                                           {"retained", to_grouped(unit.retained)},
                                                           {"limit", to_grouped(unit.limit)}}));
  reply.document.paragraph(reply.brief.back());
}

}  // namespace anlan::api
