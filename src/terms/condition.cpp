#include "terms/condition.h"

#include "terms/codes.h"
#include "terms/refusals.h"

namespace anlan::terms {
namespace {

void check_terms(NodeReader& reader, const Condition& condition) {
  const auto needs = [&](bool stated, bool acts, std::string_view key) {
    if (!stated || acts) return;
    reader.refuse(key, refusals::kConditionTermVoid,
                  {{"condition", condition.name}, {"term", std::string(key)}});
  };
  const ConditionKind kind = condition.kind;
  const bool timed = kind == ConditionKind::kRetrospectiveConsent || kind == ConditionKind::kNotice;
  needs(condition.before_payment,
        kind == ConditionKind::kEvidence || kind == ConditionKind::kConsent, "before_payment");
  needs(condition.within_hours != 0, timed, "within_hours");
  needs(!condition.vendors.empty(), kind == ConditionKind::kDesignatedVendor, "vendors");
}

}  // namespace

Condition read_condition(NodeReader& reader, ClauseBook& book, const Terms& terms) {
  Condition condition{.name = reader.name<WordTag>("name").text,
                      .heads = reader.texts("heads"),
                      .clause = book.reference(reader, "clause", true),
                      .before_payment = reader.flag("before_payment", false),
                      .kind = reader.choice_or("kind", ConditionKind::kEvidence)};
  condition.within_hours = condition.kind == ConditionKind::kNotice
                               ? reader.whole("within_hours", 1, kConditionHoursMax)
                               : reader.whole_or("within_hours", 1, kConditionHoursMax, 0);
  condition.unmet_bp =
      static_cast<std::int32_t>(reader.whole_or("unmet_bp", 1, kBasisPoints, kBasisPoints));
  condition.vendors = reader.texts_or_empty("vendors");
  reader.finish();
  check_heads(reader, condition.heads, terms);
  check_terms(reader, condition);
  return condition;
}

}  // namespace anlan::terms
