#include "underwriting/bind.h"

#include <fmt/core.h>

#include "base/check.h"

namespace anlan::underwriting {
Digest clause_text_digest(const terms::Clause& clause) { return sha256(bytes_of(clause.zh)); }

std::vector<Digest> texts_to_explain(const terms::Wording& wording,
                                     const std::vector<std::string>& refs) {
  std::vector<Digest> digests;
  for (const std::string& ref : refs) {
    const terms::Clause* clause = terms::find_clause(wording.clauses, ref);
    ANLAN_CHECK(clause != nullptr);
    digests.push_back(clause_text_digest(*clause));
  }
  return digests;
}

std::string policy_number(domain::PolicyId id, Date from) {
  return fmt::format("AL-{}-{:06}", static_cast<int>(from.calendar().year()), id.number);
}

domain::Policy make_policy(const domain::Quote& quote,
                           const Alike<std::vector<domain::ExplainedClause>>& explained,
                           UtcOffset offset, domain::PolicyId id) {
  return {.id = id,
          .number = policy_number(id, quote.from),
          .quote = quote.id,
          .enterprise = quote.enterprise,
          .product = quote.product,
          .wording = quote.wording,
          .wording_artefact = quote.wording_artefact,
          .from = start_of_day(quote.from, offset),
          .until = start_of_day(quote.until, offset),
          .offset = offset,
          .premium = quote.premium,
          .customer_part = quote.customer_pays,
          .subsidy_part = quote.subsidy,
          .scheme = quote.scheme,
          .policy_year = quote.policy_year,
          .renewal_of = quote.renewal_of,
          .explained = explained};
}

}  // namespace anlan::underwriting
