#include "terms/clause.h"

#include <algorithm>

#include <fmt/core.h>

#include "terms/refusals.h"

namespace anlan::terms {

const Clause* find_clause(const std::vector<Clause>& clauses, std::string_view ref) {
  const auto found =
      std::find_if(clauses.begin(), clauses.end(), [&](const Clause& c) { return c.ref == ref; });
  return found != clauses.end() ? &*found : nullptr;
}

ClauseBook::ClauseBook(NodeReader& wording) {
  for (NodeReader& reader : wording.list("clauses")) {
    Clause clause{.ref = reader.text("ref"),
                  .kind = reader.choice<ClauseKind>("kind"),
                  .exemption = reader.flag("exemption", false),
                  .by_hand = reader.flag("by_hand", false),
                  .zh = reader.text("zh"),
                  .en = reader.text("en")};
    reader.finish();
    if (find_clause(clauses_, clause.ref)) {
      reader.refuse("ref", anlan::refusals::kDuplicateValue);
    }
    const bool relieves =
        clause.kind == ClauseKind::kExclusion || clause.kind == ClauseKind::kDeductible;
    if (relieves && !clause.exemption) {
      reader.refuse("exemption", refusals::kExemptionUnmarked, {{"clause", clause.ref}});
    }
    clauses_.push_back(std::move(clause));
  }
}

std::string ClauseBook::reference(NodeReader& reader, std::string_view key, bool required) {
  std::string ref = required ? reader.text(key) : reader.text_or(key, "");
  if (ref.empty() || reader.refused()) return ref;
  if (!find_clause(clauses_, ref)) {
    std::vector<std::string> known;
    for (const Clause& clause : clauses_) known.push_back(clause.ref);
    reader.refuse(key, refusals::kClauseUnknown,
                  {{"clause", ref}, {"nearest", nearest(ref, known)}});
  }
  used_.push_back(ref);
  return ref;
}

void ClauseBook::finish(NodeReader& wording) {
  for (std::size_t i = 0; i < clauses_.size(); ++i) {
    const Clause& clause = clauses_[i];
    if (!clause.exemption || clause.by_hand) continue;
    if (std::find(used_.begin(), used_.end(), clause.ref) != used_.end()) continue;
    wording.refuse(fmt::format("clauses[{}]", i), refusals::kExemptionUnused,
                   {{"clause", clause.ref}});
    return;
  }
}

}  // namespace anlan::terms
