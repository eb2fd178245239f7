#include "terms/clause.h"

#include <algorithm>

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
      reader.refuse_value("ref", anlan::refusals::kDuplicateValue);
    }
    const bool relieves =
        clause.kind == ClauseKind::kExclusion || clause.kind == ClauseKind::kDeductible;
    if (relieves && !clause.exemption) {
      reader.refuse("exemption", refusals::kExemptionUnmarked, {{"clause", clause.ref}});
    }
    clauses_.push_back(std::move(clause));
  }
  for (const Refusal& refusal : wording.report().refusals()) {
    const bool unread = is_within(refusal.path, "clauses") &&
                        (refusal.path.ends_with("]") || refusal.path.ends_with("clauses") ||
                         refusal.path.ends_with(".ref"));
    if (unread) complete_ = false;
  }
}

std::string ClauseBook::reference(NodeReader& reader, std::string_view key, bool required) {
  std::string ref = required ? reader.text(key) : reader.text_or(key, "");
  if (ref.empty()) return ref;
  if (complete_ && !find_clause(clauses_, ref)) {
    std::vector<std::string> known;
    for (const Clause& clause : clauses_) known.push_back(clause.ref);
    reader.refuse_value(key, refusals::kClauseUnknown,
                        {{"clause", ref}, {"nearest", nearest(ref, known)}});
  }
  used_.push_back(ref);
  return ref;
}

void ClauseBook::finish(NodeReader& wording) {
  // A reference that was not read would make its clause look unused.
  for (const Refusal& refusal : wording.report().refusals()) {
    namespace r = anlan::refusals;
    for (const RefusalCode& code : {r::kUnknownKey, r::kMissingKey, r::kWrongType, r::kEmptyText,
                                    refusals::kClauseUnknown, refusals::kTooManyEntries}) {
      if (refusal.code == code) return;
    }
  }
  std::vector<NodeReader> readers = wording.list_or_empty("clauses");
  for (std::size_t i = 0; i < clauses_.size(); ++i) {
    const Clause& clause = clauses_[i];
    if (!clause.exemption || clause.by_hand) continue;
    if (std::find(used_.begin(), used_.end(), clause.ref) != used_.end()) continue;
    readers[i].refuse_value("", refusals::kExemptionUnused, {{"clause", clause.ref}});
  }
}

}  // namespace anlan::terms
