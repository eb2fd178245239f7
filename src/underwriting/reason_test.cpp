#include "underwriting/reason.h"

#include <set>

#include <doctest/doctest.h>

#include "underwriting/fixture_test.h"
#include "underwriting/inference.h"
#include "underwriting/price.h"

namespace anlan::underwriting {
namespace {

using namespace samples;
using domain::WalkStep;

TEST_CASE("reasons: a step of the walk has the code of its direction") {
  struct Row {
    WalkStep step;
    std::int64_t change;
    ReasonCode code;
  };
  const Row rows[] = {{WalkStep::kFacts, 900, ReasonCode::kFacts},
                      {WalkStep::kControls, -1, ReasonCode::kControlsLower},
                      {WalkStep::kControls, 1, ReasonCode::kControlsHigher},
                      {WalkStep::kControls, 0, ReasonCode::kControlsAverage},
                      {WalkStep::kTerms, -1, ReasonCode::kTermsLower},
                      {WalkStep::kTerms, 0, ReasonCode::kTermsNone},
                      {WalkStep::kExpenses, 5, ReasonCode::kExpenses},
                      {WalkStep::kFiling, 3, ReasonCode::kFilingAbove},
                      {WalkStep::kFiling, -3, ReasonCode::kFilingBelow},
                      {WalkStep::kFiling, 0, ReasonCode::kFilingEqual}};
  for (const Row& row : rows) {
    CAPTURE(name_of(row.code));
    CHECK((reason_of({.step = row.step, .change = yuan(row.change), .cumulative = yuan(0)}) ==
           row.code));
  }
}

TEST_CASE("reasons: the controls say both what they change before the limits and of the payment") {
  struct Row {
    std::int64_t before_limits;
    std::int64_t paid;
    ReasonCode code;
  };
  const Row rows[] = {
      {0, 0, ReasonCode::kControlsAverage},    {-1, -1, ReasonCode::kControlsLower},
      {-1, 0, ReasonCode::kControlsLower},     {0, -1, ReasonCode::kControlsLower},
      {1, 1, ReasonCode::kControlsHigher},     {1, 0, ReasonCode::kControlsHigher},
      {0, 1, ReasonCode::kControlsHigher},     {1, -1, ReasonCode::kControlsLowerPaid},
      {-1, 1, ReasonCode::kControlsHigherPaid}};
  for (const Row& row : rows) {
    CAPTURE(row.before_limits);
    CAPTURE(row.paid);
    CHECK((reason_of_controls(yuan(row.before_limits), yuan(row.paid)) == row.code));
  }
  // The pilot company: weaker against losses as a whole, better against what the policy pays.
  domain::Quote quote;
  domain::LossResult found = loss();
  found.insured_full_cover = found.insured_full_sector + yuan(1'035);
  quote.loss = found;
  quote.parts = price_parts(found, loads(), yuan(280'000));
  quote.walk = price_walk(found, quote.parts);
  quote.walk_reversed = price_walk_reversed(found, quote.parts);
  const Reason controls = reasons(quote)[1];
  CHECK((controls.code == ReasonCode::kControlsLowerPaid));
  CHECK(controls.args == TextArgs{{"amount", "10.35"}, {"paid", "43.00"}});
}

TEST_CASE("reasons: every fact that may be inferred and every finding has a code of its own") {
  std::set<std::string_view> names;
  for (const domain::FactKind& kind : domain::fact_kinds()) {
    if (!may_be_inferred(kind)) continue;
    const std::string name(name_of(reason_of_inferred({std::string(kind.name)})));
    CHECK(name == "inferred_" + std::string(kind.name));
    CHECK(names.insert(name_of(reason_of_inferred({std::string(kind.name)}))).second);
  }
  for (const auto& entry : enum_names(static_cast<domain::TriageReason*>(nullptr))) {
    const ReasonCode code = reason_of(domain::TriageFinding{.reason = entry.value});
    CHECK(name_of(code) == "finding_" + std::string(entry.name));
  }
}

TEST_CASE("reasons: a quote has one for each step, assumption share, inferred fact and finding") {
  domain::Quote quote;
  domain::LossResult found = loss();
  found.history_ppm = 970'000;
  found.credibility_ppm = 30'000;
  quote.loss = found;
  quote.parts = price_parts(found, loads(), yuan(280'000));
  quote.walk = price_walk(found, quote.parts);
  quote.inferred = std::vector<domain::FactName>{{"records"}, {"servers"}};
  quote.findings = {{.reason = domain::TriageReason::kAboveAuthority,
                     .consequence = domain::QuoteDecision::kReferred,
                     .value = "400,000.00",
                     .limit = "1.00"}};
  std::vector<std::string> codes;
  for (const Reason& reason : reasons(quote)) codes.emplace_back(name_of(reason.code));
  CHECK(codes == std::vector<std::string>{"facts", "controls_lower", "terms_lower", "expenses",
                                          "filing_above", "history_lower", "assumed_loss",
                                          "assumed_price", "inferred_records", "inferred_servers",
                                          "finding_above_authority"});
  CHECK(reasons(quote).back().args.back().second == "1.00");
  found.history_ppm = 1'200'000;
  quote.loss = found;
  CHECK((reasons(quote)[5].code == ReasonCode::kHistoryHigher));
  found.history_ppm = 1'000'000;
  quote.loss = found;
  CHECK((reasons(quote)[5].code == ReasonCode::kAssumedLoss));
}

}  // namespace
}  // namespace anlan::underwriting
