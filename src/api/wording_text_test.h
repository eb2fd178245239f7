// Wordings and loss files as texts, for tests of the forms of the wording language: what is read is
// what acts.
#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "claims/adjudicate.h"
#include "domain/incident_input.h"
#include "formats/toml.h"
#include "terms/gates.h"
#include "terms/wording.h"

namespace anlan::api::forms {

inline Money yuan(std::int64_t whole) { return Money::from_minor(whole * 100, Currency::kCny); }
inline Instant at(std::string_view text) { return parse_instant(text, "test").value(); }

// A refusal where none is expected fails the test with its code and path.
template <class T>
const T& must(const Result<T>& result) {
  if (result.ok()) return result.value();
  throw std::runtime_error(std::string(result.refusal().code.name) + " " + result.refusal().path);
}

// A clause to refer to; an exclusion is an exemption always.
inline std::string clause(std::string_view ref, std::string_view kind, bool exemption = false) {
  return "\n[[clauses]]\nref = \"" + std::string(ref) + "\"\nkind = \"" + std::string(kind) +
         "\"\nexemption = " + (exemption || kind == "exclusion" ? "true" : "false") +
         "\nzh = \"条款\"\nen = \"Clause\"\n";
}

// Sections FP.BI (8 hours of waiting), FP.EXT, FP.IR and FP.PR under an aggregate limit of
// 1,000,000. `policy`: keys of [policy] beside these; `more`: tables behind it.
inline std::string wording_text(std::string_view more, std::string_view policy = "") {
  return R"(id = "forms-1"
version = "1.0"
currency = "CNY"
[title]
zh = "条款"
en = "Wording"
[registration]
number = "ASSUMED-FORMS-1"
assumption = true
[perils]
covered = ["ransomware", "data_breach", "wiper"]
clause = "1.1"
[policy]
aggregate_limit = "1000000.00"
aggregate_clause = "2.1"
mitigation_clause = "2.1"
)" + std::string(policy) +
         R"(
[[policy.sections]]
code = "FP.BI"
clause = "1.2"
[policy.sections.time]
waiting_hours = 8
waiting_clause = "2.2"
[[policy.sections]]
code = "FP.EXT"
clause = "1.3"
[[policy.sections]]
code = "FP.IR"
clause = "1.4"
[[policy.sections]]
code = "FP.PR"
clause = "1.5"
)" + clause("1.1", "insuring") +
         clause("1.2", "insuring") + clause("1.3", "insuring") + clause("1.4", "insuring") +
         clause("1.5", "insuring") + clause("2.1", "limit") + clause("2.2", "deductible", true) +
         std::string(more);
}

inline Result<terms::Wording> try_wording(const std::string& text) {
  const auto tree = formats::parse_toml(text, "forms-1.toml");
  must(tree);
  return terms::read_wording(*tree, "forms-1.toml");
}

inline terms::Wording wording(std::string_view more, std::string_view policy = "") {
  const auto read = try_wording(wording_text(more, policy));
  return must(read);
}

// `more`: keys of the incident and its tables; it occurred on 11 May 2026 at 08:00.
inline domain::IncidentInput incident(std::string_view more,
                                      std::string_view occurred = "2026-05-11T08:00:00+08:00") {
  const std::string text = "peril = \"ransomware\"\noccurred = \"" + std::string(occurred) +
                           "\"\ndiscovered = \"" + std::string(occurred) + "\"\nsummary = \"x\"\n" +
                           std::string(more);
  const auto tree = formats::parse_toml(text, "loss.toml");
  must(tree);
  const auto read = domain::read_incident(*tree, "loss.toml", Currency::kCny);
  return must(read);
}

inline std::string item(std::string_view head, std::string_view amount,
                        std::string_view more = "") {
  return "[[items]]\nhead = \"" + std::string(head) + "\"\namount = \"" + std::string(amount) +
         "\"\n" + std::string(more) + "\n";
}

// A claim on a policy of 2026 in China.
struct Claim {
  terms::Wording wording;
  domain::IncidentInput input;
  std::vector<domain::IncidentInput> parts = {};
  std::vector<std::string> unexplained = {};  // exemption clauses without evidence
  std::optional<Instant> reported = {};
  std::optional<std::int64_t> days_unpatched = {};
};

inline Result<domain::ClaimDecision> try_decide(const Claim& claim) {
  domain::Policy policy;
  policy.id = {7};
  policy.wording = claim.wording.id;
  policy.premium = yuan(1000);
  policy.from = at("2026-01-01T00:00:00+08:00");
  policy.until = at("2027-01-01T00:00:00+08:00");
  policy.offset = UtcOffset::from_minutes(480);
  std::vector<domain::ExplainedClause> all;
  for (const std::string& ref : terms::exemption_clauses(claim.wording)) {
    if (std::find(claim.unexplained.begin(), claim.unexplained.end(), ref) !=
        claim.unexplained.end())
      continue;
    domain::ExplainedClause explained;
    explained.clause = ref;
    all.push_back(explained);
  }
  policy.explained = std::move(all);
  domain::Incident first = claim.input.incident;
  first.policy = policy.id;
  first.id = {9};
  domain::LossStatement loss = claim.input.loss;
  loss.incident = first.id;
  claims::AdjudicationInput input{
      .wording = claim.wording, .policy = policy, .incident = first, .loss = loss};
  for (const domain::IncidentInput& part : claim.parts) {
    domain::Incident own = part.incident;
    own.policy = policy.id;
    input.parts.push_back({.incident = own, .loss = part.loss, .reported = claim.reported});
  }
  input.conditions = claim.input.conditions;
  input.reported = claim.reported;
  input.days_unpatched = claim.days_unpatched;
  return claims::adjudicate(input);
}

inline domain::ClaimDecision decide(const Claim& claim) {
  const auto decision = try_decide(claim);
  return must(decision);
}

inline Money payable(const Claim& claim) { return decide(claim).payable; }

// "exclusion 3.1", of every step of the gates and of quantification.
inline std::vector<std::string> reasons(const domain::ClaimDecision& decision) {
  std::vector<std::string> out;
  for (const domain::SettlementStep& step : decision.admission) {
    out.push_back(std::string(name_of(step.reason)) + " " + step.clause);
  }
  return out;
}
using Reasons = std::vector<std::string>;

}  // namespace anlan::api::forms
