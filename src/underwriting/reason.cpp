#include "underwriting/reason.h"

#include "base/check.h"
#include "underwriting/percent.h"

namespace anlan::underwriting {
namespace {

using domain::WalkStep;

constexpr std::int64_t kFindings = 200;

std::string size_of(Money change) { return to_grouped(change.is_negative() ? -change : change); }

// The change of the controls where the terms come first; that of the walk in a quote without one.
Money paid_change(const domain::Quote& quote, const domain::WalkLine& controls) {
  for (const domain::WalkLine& line : quote.walk_reversed.get()) {
    if (line.step == WalkStep::kControls) return line.change;
  }
  return controls.change;
}

Reason reason_of_step(const domain::Quote& quote, const domain::WalkLine& line) {
  if (line.step != WalkStep::kControls)
    return {reason_of(line), {{"amount", size_of(line.change)}}};
  const Money paid = paid_change(quote, line);
  return {reason_of_controls(line.change, paid),
          {{"amount", size_of(line.change)}, {"paid", size_of(paid)}}};
}

}  // namespace

ReasonCode reason_of(const domain::WalkLine& line) {
  const bool lower = line.change.is_negative();
  const bool same = line.change.is_zero();
  switch (line.step) {
    case WalkStep::kFacts:
      return ReasonCode::kFacts;
    case WalkStep::kControls:
      if (same) return ReasonCode::kControlsAverage;
      return lower ? ReasonCode::kControlsLower : ReasonCode::kControlsHigher;
    case WalkStep::kTerms:
      return lower ? ReasonCode::kTermsLower : ReasonCode::kTermsNone;
    case WalkStep::kExpenses:
      return ReasonCode::kExpenses;
    case WalkStep::kFiling:
      if (same) return ReasonCode::kFilingEqual;
      return lower ? ReasonCode::kFilingBelow : ReasonCode::kFilingAbove;
  }
  check_failed("a step of the walk", __FILE__, __LINE__);
}

ReasonCode reason_of_controls(Money before_limits, Money paid) {
  if (before_limits.is_zero() && paid.is_zero()) return ReasonCode::kControlsAverage;
  const bool lower = before_limits.is_negative() || before_limits.is_zero();
  const bool higher = !before_limits.is_negative();
  if (lower && !(paid > Money::zero(paid.currency()))) return ReasonCode::kControlsLower;
  if (higher && !paid.is_negative()) return ReasonCode::kControlsHigher;
  return lower ? ReasonCode::kControlsHigherPaid : ReasonCode::kControlsLowerPaid;
}

ReasonCode reason_of_inferred(const domain::FactName& fact) {
  const auto code = enum_from<ReasonCode>("inferred_" + fact.text);
  ANLAN_CHECK(code.has_value());
  return *code;
}

ReasonCode reason_of(const domain::TriageFinding& finding) {
  return static_cast<ReasonCode>(kFindings + static_cast<std::int64_t>(finding.reason));
}

std::vector<Reason> reasons(const domain::Quote& quote) {
  std::vector<Reason> out;
  for (const domain::WalkLine& line : quote.walk.get()) {
    out.push_back(reason_of_step(quote, line));
  }
  const domain::LossResult loss = quote.loss.get();
  if (loss.history_ppm != Share::kWhole) {
    const bool lower = loss.history_ppm < Share::kWhole;
    out.push_back({lower ? ReasonCode::kHistoryLower : ReasonCode::kHistoryHigher,
                   {{"share", percent_text(loss.history_ppm)},
                    {"weight", percent_text(loss.credibility_ppm)}}});
  }
  out.push_back({ReasonCode::kAssumedLoss, {{"share", percent_text(loss.assumption_share_ppm)}}});
  out.push_back({ReasonCode::kAssumedPrice, {{"share", percent_text(quote.assumed.ppm())}}});
  for (const domain::FactName& fact : quote.inferred.get()) {
    out.push_back({reason_of_inferred(fact), {}});
  }
  for (const domain::TriageFinding& finding : quote.findings) {
    out.push_back({reason_of(finding), {{"value", finding.value}, {"limit", finding.limit}}});
  }
  return out;
}

}  // namespace anlan::underwriting
