#include "api/evidence.h"

#include "api/render.h"

namespace anlan::api {

using namespace domain;

std::vector<UnprovenFact> unproven_facts(const std::vector<Fact>& facts) {
  std::vector<UnprovenFact> out;
  for (const FactKind& kind : fact_kinds()) {
    const Fact* stated = find_fact(facts, kind.name);
    if (stated != nullptr && stated->source >= FactSource::kDocumented) continue;
    if (stated == nullptr && kind.type == FactType::kText) continue;
    out.push_back({.kind = &kind, .source = stated ? stated->source : FactSource::kInferred});
  }
  return out;
}

Node unproven_node(Session& session, const std::vector<UnprovenFact>& facts) {
  Node out = Node::list();
  for (const UnprovenFact& fact : facts) {
    Node row = Node::table();
    row.add("fact", Node::string(fact.kind->name));
    row.add("source", to_node(fact.source));
    row.add("question", Node::string(session.lang() == Lang::kZh ? fact.kind->zh : fact.kind->en));
    out.items.push_back(std::move(row));
  }
  return out;
}

std::string unproven_sentence(Session& session, const std::vector<UnprovenFact>& facts) {
  std::string list;
  for (const UnprovenFact& fact : facts) {
    list += (list.empty() ? "" : session.say("slip.and")) +
            fact_name(session, {std::string(fact.kind->name)});
  }
  return list.empty() ? list : session.say("brief.evidence_needed", {{"facts", list}});
}

}  // namespace anlan::api
