#include "terms/obligation.h"

#include <algorithm>

#include "base/int128.h"
#include "base/money.h"
#include "terms/refusals.h"
#include "terms/terms.h"

namespace anlan::terms {
namespace {

struct ScaleTag {};

LadderStep read_step(NodeReader& reader, std::string_view days_key, const Terms& terms) {
  const Currency currency = terms.currency;
  const auto share = [&](std::string_view key, std::int64_t most) {
    return static_cast<std::int32_t>(reader.whole_or(key, 0, most, 0));
  };
  LadderStep step;
  step.lapse_days = reader.whole(days_key, 1, kLapseDaysMax);
  step.amount = reader.money_or("extra_retention", currency, Money::zero(currency)).minor();
  step.loss_bp = share("loss_bp", kBasisPoints);
  const std::optional<Money> most = reader.money_or_null("loss_most", currency);
  if (most) step.loss_most = most->minor();
  step.retention_bp = share("retention_bp", kRetentionShareMax);
  step.participation_bp = share("participation_bp", kBasisPoints - 1);
  step.limit_bp =
      static_cast<std::int32_t>(reader.whole_or("limit_bp", 1, kBasisPoints, kBasisPoints));
  reader.finish();
  const bool takes = step.amount > 0 || (step.loss_bp > 0 && step.loss_most != 0) ||
                     step.retention_bp > 0 || step.participation_bp > 0 ||
                     step.limit_bp < kBasisPoints;
  if (!takes) reader.refuse("extra_retention", refusals::kLadderEmpty);
  if (step.loss_most && step.loss_bp == 0) reader.refuse("loss_most", refusals::kLadderEmpty);
  if (step.retention_bp > 0 && terms.occurrence_retention == 0) {
    reader.refuse("retention_bp", refusals::kRetentionShareVoid);
  }
  if (step.limit_bp < kBasisPoints && !terms.occurrence_limit && !terms.aggregate_limit) {
    reader.refuse("limit_bp", refusals::kReducedLimitVoid);
  }
  return step;
}

bool rises(const LadderStep& from, const LadderStep& to) {
  const std::int64_t most_before = from.loss_most.value_or(kAmountMax);
  const std::int64_t most_after = to.loss_most.value_or(kAmountMax);
  const bool share = to.loss_bp >= from.loss_bp && (from.loss_bp == 0 || most_after >= most_before);
  const bool parts = to.retention_bp >= from.retention_bp &&
                     to.participation_bp >= from.participation_bp && to.limit_bp <= from.limit_bp;
  return to.lapse_days > from.lapse_days && to.amount >= from.amount && share && parts;
}

std::vector<LadderStep> read_steps(NodeReader& reader, std::string_view days_key,
                                   const Terms& terms) {
  std::vector<LadderStep> steps;
  for (NodeReader& item : reader.list("steps")) {
    LadderStep step = read_step(item, days_key, terms);
    if (!steps.empty() && !rises(steps.back(), step)) {
      item.refuse(days_key, refusals::kLadderNotRising,
                  {{"before", std::to_string(steps.back().lapse_days)}});
    }
    steps.push_back(step);
  }
  return steps;
}

std::int64_t share_of(std::int64_t amount, std::int32_t bp) {
  return static_cast<std::int64_t>(half_up(static_cast<Int128>(amount) * bp, kBasisPoints));
}

}  // namespace

const LadderStep* ladder_step(const std::vector<LadderStep>& steps, std::int64_t days) {
  const LadderStep* reached = nullptr;
  for (const LadderStep& step : steps) {
    if (days >= step.lapse_days) reached = &step;
  }
  return reached;
}

std::int64_t extra_retention(const LadderStep& step, std::int64_t loss,
                             std::int64_t occurrence_retention) {
  const std::int64_t of_loss =
      std::min(share_of(loss, step.loss_bp), step.loss_most.value_or(kAmountMax));
  const std::int64_t of_retention = share_of(occurrence_retention, step.retention_bp);
  return std::min(kAmountMax, step.amount + of_loss + of_retention);
}

void tighten(Tightening& all, const LadderStep& step, std::int64_t loss,
             std::int64_t occurrence_retention) {
  all.extra_retention =
      std::min(kAmountMax, all.extra_retention + extra_retention(step, loss, occurrence_retention));
  all.participation_bp = std::min(kBasisPoints, all.participation_bp + step.participation_bp);
  all.limit_bp = std::min(all.limit_bp, step.limit_bp);
}

Obligation read_obligation(NodeReader& reader, ClauseBook& book, const Terms& terms) {
  Obligation out{.control = reader.name<domain::ControlTag>("control"),
                 .clause = book.reference(reader, "clause", true)};
  out.steps = read_steps(reader, "lapse_days", terms);
  reader.finish();
  return out;
}

Scale read_scale(NodeReader& reader, ClauseBook& book, const Terms& terms) {
  Scale out{.name = reader.name<ScaleTag>("name").text,
            .measure = reader.choice<ScaleMeasure>("measure"),
            .perils = reader.texts("perils"),
            .clause = book.reference(reader, "clause", true)};
  out.steps = read_steps(reader, "days", terms);
  reader.finish();
  return out;
}

}  // namespace anlan::terms
