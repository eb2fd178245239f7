#include "terms/obligation.h"

#include <algorithm>

#include "base/int128.h"
#include "base/money.h"
#include "terms/refusals.h"
#include "terms/terms.h"

namespace anlan::terms {
namespace {

LadderStep read_step(NodeReader& reader, Currency currency) {
  LadderStep step;
  step.lapse_days = reader.whole("lapse_days", 1, kLapseDaysMax);
  step.amount = reader.money_or("extra_retention", currency, Money::zero(currency)).minor();
  step.loss_bp = static_cast<std::int32_t>(reader.whole_or("loss_bp", 0, kBasisPoints, 0));
  const std::optional<Money> most = reader.money_or_null("loss_most", currency);
  if (most) step.loss_most = most->minor();
  reader.finish();
  const bool takes = step.amount > 0 || (step.loss_bp > 0 && step.loss_most != 0);
  if (!takes) reader.refuse("extra_retention", refusals::kLadderEmpty);
  if (step.loss_most && step.loss_bp == 0) reader.refuse("loss_most", refusals::kLadderEmpty);
  return step;
}

bool rises(const LadderStep& from, const LadderStep& to) {
  const std::int64_t most_before = from.loss_most.value_or(kAmountMax);
  const std::int64_t most_after = to.loss_most.value_or(kAmountMax);
  const bool share = to.loss_bp >= from.loss_bp && (from.loss_bp == 0 || most_after >= most_before);
  return to.lapse_days > from.lapse_days && to.amount >= from.amount && share;
}

}  // namespace

const LadderStep* ladder_step(const Obligation& obligation, std::int64_t lapse_days) {
  const LadderStep* reached = nullptr;
  for (const LadderStep& step : obligation.steps) {
    if (lapse_days >= step.lapse_days) reached = &step;
  }
  return reached;
}

std::int64_t extra_retention(const LadderStep& step, std::int64_t loss) {
  const std::int64_t share = half_up(static_cast<Int128>(loss) * step.loss_bp, kBasisPoints);
  return std::min(kAmountMax, step.amount + std::min(share, step.loss_most.value_or(kAmountMax)));
}

Obligation read_obligation(NodeReader& reader, ClauseBook& book, Currency currency) {
  Obligation out{.control = reader.name<domain::ControlTag>("control"),
                 .clause = book.reference(reader, "clause", true)};
  for (NodeReader& item : reader.list("steps")) {
    LadderStep step = read_step(item, currency);
    if (!out.steps.empty() && !rises(out.steps.back(), step)) {
      item.refuse("lapse_days", refusals::kLadderNotRising,
                  {{"before", std::to_string(out.steps.back().lapse_days)}});
    }
    out.steps.push_back(step);
  }
  reader.finish();
  return out;
}

}  // namespace anlan::terms
