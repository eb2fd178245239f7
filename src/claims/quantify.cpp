#include "claims/quantify.h"

#include <algorithm>

#include "base/refusals.h"
#include "claims/refusals.h"
#include "terms/settle.h"

namespace anlan::claims {
namespace {

using domain::LossItem;
using domain::LossStatement;
using domain::QuantifiedHead;
using domain::SettlementStep;
using domain::SettleStage;
using domain::StepReason;

std::string item_path(std::size_t n, std::string_view field) {
  return "items[" + std::to_string(n) + "]." + std::string(field);
}

Refusal refuse(RefusalCode code, std::string path, std::string value,
               std::vector<RefusalArg> args = {}) {
  return Refusal{.code = code,
                 .path = std::move(path),
                 .value = std::move(value),
                 .args = std::move(args),
                 .at = {}};
}

Result<Done> check_item(const LossStatement& statement, std::size_t n, Currency currency) {
  const LossItem& item = statement.items[n];
  if (!item.head.exists()) return refuse(anlan::refusals::kEmptyText, item_path(n, "head"), "");
  ANLAN_REQUIRE(check_amount(item.amount, currency, item_path(n, "amount")));
  ANLAN_REQUIRE(check_amount(item.betterment, currency, item_path(n, "betterment")));
  if (item.betterment > item.amount) {
    return refuse(refusals::kBettermentAboveAmount, item_path(n, "betterment"),
                  to_decimal(item.betterment),
                  {{.name = "amount", .value = to_decimal(item.amount)}});
  }
  if (item.head.text == terms::kMitigationSubject) {
    return refuse(refusals::kItemIsMitigation, item_path(n, "head"), item.head.text);
  }
  if (statement.interruption && statement.interruption->section == item.head) {
    return refuse(refusals::kItemInInterruption, item_path(n, "head"), item.head.text);
  }
  return Done{};
}

QuantifiedHead& head_of(std::vector<QuantifiedHead>& heads, const domain::CoverCode& code,
                        Currency currency) {
  const auto found = std::find_if(heads.begin(), heads.end(),
                                  [&](const QuantifiedHead& head) { return head.head == code; });
  if (found != heads.end()) return *found;
  return heads.emplace_back(QuantifiedHead{
      .head = code, .stated = Money::zero(currency), .quantified = Money::zero(currency)});
}

SettlementStep correction(StepReason reason, const std::string& clause,
                          const QuantifiedHead& head) {
  return SettlementStep{.stage = SettleStage::kQuantify,
                        .reason = reason,
                        .clause = clause,
                        .subject = head.head.text,
                        .before = head.stated,
                        .after = head.quantified};
}

void add_corrections(Quantification& out, const terms::Quantification& clauses) {
  for (std::size_t n = 0; n < out.heads.size(); ++n) {
    const QuantifiedHead& head = out.heads[n];
    if (head.stated == head.quantified) continue;
    const bool timed = out.interruption && n + 1 == out.heads.size();
    out.corrections.push_back(
        correction(StepReason::kCorrected,
                   timed ? clauses.interruption_clause : clauses.betterment_clause, head));
  }
  if (!out.interruption || out.interruption->sales_beyond == 0) return;
  SettlementStep beyond =
      correction(StepReason::kSalesBeyondLoss, clauses.interruption_clause, out.heads.back());
  const InterruptionLoss& loss = *out.interruption;
  beyond.before = Money::from_minor(loss.sales, beyond.before.currency());
  beyond.after = Money::from_minor(loss.sales - loss.sales_beyond, beyond.before.currency());
  out.corrections.push_back(std::move(beyond));
}

Result<Done> add_items(const LossStatement& statement, Currency currency,
                       std::vector<QuantifiedHead>& heads) {
  if (statement.items.size() > kLossEntriesMax) {
    return refuse(refusals::kLossEntries, "items", std::to_string(statement.items.size()),
                  {{.name = "max", .value = std::to_string(kLossEntriesMax)}});
  }
  for (std::size_t n = 0; n < statement.items.size(); ++n) {
    ANLAN_REQUIRE(check_item(statement, n, currency));
    const LossItem& item = statement.items[n];
    QuantifiedHead& head = head_of(heads, item.head, currency);
    head.stated += item.amount;
    head.quantified += item.amount - item.betterment;
    // At most kLossEntriesMax amounts of kAmountMax: the sum is far from the end of int64.
    if (head.stated.minor() > kAmountMax) {
      return refuse(anlan::refusals::kMoneyTooLarge, item_path(n, "amount"),
                    to_decimal(head.stated));
    }
  }
  return Done{};
}

}  // namespace

Result<Quantification> quantify(const LossStatement& statement, Currency currency, UtcOffset offset,
                                const terms::Quantification& clauses) {
  Quantification out{.mitigation = statement.mitigation};
  ANLAN_REQUIRE(check_amount(statement.mitigation, currency, "mitigation"));
  ANLAN_REQUIRE(add_items(statement, currency, out.heads));
  if (statement.interruption) {
    const domain::InterruptionStatement& stated = *statement.interruption;
    if (!stated.section.exists()) {
      return refuse(anlan::refusals::kEmptyText, "interruption.section", "");
    }
    ANLAN_TRY(InterruptionLoss loss, interruption_loss(stated, currency, offset));
    QuantifiedHead& head = head_of(out.heads, stated.section, currency);
    head.stated = Money::from_minor(loss.stated_total, currency);
    head.quantified = Money::from_minor(loss.corrected_total, currency);
    out.interruption = std::move(loss);
  }
  add_corrections(out, clauses);
  return out;
}

}  // namespace anlan::claims
