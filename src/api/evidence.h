// Which facts behind a price nobody has shown a document for.
#pragma once

#include <string>
#include <vector>

#include "api/session.h"
#include "base/node.h"
#include "domain/enterprise.h"

namespace anlan::api {

// A fact whose source is weaker than FactSource::kDocumented: declared, or inferred because nobody
// stated it. In the order of the form; words that no price reads are left out where nobody stated
// them.
struct UnprovenFact {
  const domain::FactKind* kind = nullptr;
  domain::FactSource source = domain::FactSource::kInferred;
};
std::vector<UnprovenFact> unproven_facts(const std::vector<domain::Fact>& facts);

// [{"fact", "source", "question"}], the question in the session's language.
Node unproven_node(Session& session, const std::vector<UnprovenFact>& facts);
// Their names in the session's language, in one sentence; empty where there are none.
std::string unproven_sentence(Session& session, const std::vector<UnprovenFact>& facts);

}  // namespace anlan::api
