// Clause court: whether a clause may be held against the insured. An exemption clause acts only
// when it was explained at sale (Insurance Law art 17(2)) or an authorised person overrides; where
// that was not plain, the court remembers it.
#pragma once

#include <string>
#include <vector>

#include "terms/wording.h"

namespace anlan::terms {

// Clause references, as evidenced when the policy was sold and as decided in the claim.
struct ClauseEvidence {
  std::vector<std::string> explained = {};
  std::vector<std::string> overridden = {};  // applied on an authorised person's word
  bool operator==(const ClauseEvidence&) const = default;
};

ClauseEvidence everything_explained(const Wording& wording);

// The references live as long as the court.
class ClauseCourt {
 public:
  ClauseCourt(const Wording& wording, const ClauseEvidence& evidence)
      : wording_(wording), evidence_(evidence) {}

  bool may_act(const std::string& ref);

  std::vector<std::string> unapplied;   // each once, in the order in which it was asked
  std::vector<std::string> overridden;  // likewise

 private:
  const Wording& wording_;
  const ClauseEvidence& evidence_;
};

// Whether the clause may be held against the insured: it is no exemption clause, or it was
// explained, or an authorised person overrides. For clauses that act outside admit and
// effective_terms, such as the instalment proportion.
bool may_act(const Wording& wording, const std::string& clause, const ClauseEvidence& evidence);

}  // namespace anlan::terms
