// Answers as if a company had given them: tried out beside its records, never recorded.
#pragma once

#include <string>
#include <vector>

#include "api/pricing.h"
#include "base/node_reader.h"

namespace anlan::api {

// What one tried answer does. Gaps are those of the control's state: 0 works fully, 1,000,000 ppm
// absent.
struct TriedAnswer {
  domain::ControlName control;
  std::string value;  // canonical
  std::string was;    // recorded; empty: none
  Share gap_before;
  Share gap_after;
  bool measured = false;  // signals decide the state of this control, whatever is answered
};

// Reads the option "answers" (CONTROL=ANSWER, several) and puts the answers into the risk: its
// controls and what the engine reads. An answer counts as declared today; one that says what is on
// record keeps the source that it has there. Refuses kTriedAnswerMalformed, kTriedAnswerFact, and
// as protection::check_answers (path "answers.CONTROL").
Result<std::vector<TriedAnswer>> try_answers(Session& session, NodeReader& options,
                                             domain::EnterpriseId enterprise, CompanyRisk& risk);

// In words, one a line; empty: none.
std::vector<std::string> answers_text(Session& session, const std::vector<TriedAnswer>& tried);
// List of control, value, was (null), gap_before and gap_after (shares), measured.
Node answers_node(const std::vector<TriedAnswer>& tried);

}  // namespace anlan::api
