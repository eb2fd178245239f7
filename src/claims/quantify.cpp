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

// Turns amounts of a statement into the policy's currency.
class Converter {
 public:
  Converter(const LossStatement& statement, Currency own, UtcOffset offset,
            const Conversion& conversion)
      : statement_(statement), own_(own), offset_(offset), conversion_(conversion) {}

  Result<LossStatement> run() {
    LossStatement out = statement_;
    for (std::size_t n = 0; n < out.items.size(); ++n) {
      ANLAN_REQUIRE(convert(out.items[n], n));
    }
    if (out.interruption && out.interruption->currency) {
      ANLAN_REQUIRE(convert(*out.interruption));
    }
    return out;
  }

  std::vector<SettlementStep> steps;

 private:
  bool is_rated(Currency currency) const {
    return currency != own_ &&
           std::any_of(statement_.rates.begin(), statement_.rates.end(),
                       [&](const domain::ExchangeRate& r) { return r.currency == currency; });
  }

  Result<std::int64_t> rate_of(Currency currency, Instant at, std::string path) const {
    const Date date = date_of(at, offset_);
    for (const domain::ExchangeRate& rate : statement_.rates) {
      if (rate.currency == currency && rate.date == date) return rate.rate_ppm;
    }
    return refuse(refusals::kRateMissing, std::move(path), std::string(currency_code(currency)),
                  {{.name = "currency", .value = std::string(currency_code(currency))},
                   {.name = "date", .value = to_text(date)}});
  }

  std::int64_t at_rate(std::int64_t minor, std::int64_t rate_ppm) const {
    constexpr std::int64_t kMillion = 1'000'000;
    const Int128 exact = half_up(static_cast<Int128>(minor) * rate_ppm, kMillion);
    return static_cast<std::int64_t>(std::min<Int128>(exact, kAmountMax + 1));
  }

  void note(std::string subject, Money before, Money after) {
    steps.push_back({.stage = SettleStage::kQuantify,
                     .reason = StepReason::kConverted,
                     .clause = conversion_.rules.clause,
                     .subject = std::move(subject),
                     .before = before,
                     .after = after});
  }

  // What has no rate at all is left as it is, to be refused for its currency.
  Result<Done> convert(LossItem& item, std::size_t n) {
    const Currency currency = item.amount.currency();
    if (!is_rated(currency)) return Done{};
    ANLAN_REQUIRE(check_amount(item.amount, currency, item_path(n, "amount")));
    ANLAN_REQUIRE(check_amount(item.betterment, currency, item_path(n, "betterment")));
    const bool by_invoice =
        conversion_.rules.costs == terms::RateDate::kInvoiceDate && item.incurred;
    const Instant at = by_invoice ? *item.incurred : conversion_.occurred;
    ANLAN_TRY(const std::int64_t rate, rate_of(currency, at, item_path(n, "amount")));
    const Money before = item.amount;
    item.amount = Money::from_minor(at_rate(item.amount.minor(), rate), own_);
    item.betterment = Money::from_minor(at_rate(item.betterment.minor(), rate), own_);
    ANLAN_REQUIRE(check_amount(item.amount, own_, item_path(n, "amount")));
    note(item.head.text, before, item.amount);
    return Done{};
  }

  Result<Done> convert(domain::InterruptionStatement& stated) {
    const Currency currency = *stated.currency;
    ANLAN_TRY(const InterruptionLoss before, interruption_loss(stated, currency, offset_));
    ANLAN_TRY(const std::int64_t rate,
              rate_of(currency, conversion_.occurred, "interruption.currency"));
    for (std::int64_t& hour : stated.weekly_profit) hour = at_rate(hour, rate);
    for (domain::SalesRecord& record : stated.sales) {
      record.gross_profit = Money::from_minor(at_rate(record.gross_profit.minor(), rate), own_);
    }
    stated.currency = std::nullopt;
    ANLAN_TRY(const InterruptionLoss after, interruption_loss(stated, own_, offset_));
    note(stated.section.text, Money::from_minor(before.stated_total, currency),
         Money::from_minor(after.stated_total, own_));
    return Done{};
  }

  const LossStatement& statement_;
  Currency own_;
  UtcOffset offset_;
  const Conversion& conversion_;
};

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

Result<Done> add_items(const LossStatement& statement, Currency currency, Quantification& out) {
  if (statement.items.size() > kLossEntriesMax) {
    return refuse(refusals::kLossEntries, "items", std::to_string(statement.items.size()),
                  {{.name = "max", .value = std::to_string(kLossEntriesMax)}});
  }
  for (std::size_t n = 0; n < statement.items.size(); ++n) {
    ANLAN_REQUIRE(check_item(statement, n, currency));
    const LossItem& item = statement.items[n];
    QuantifiedHead& head = head_of(out.heads, item.head, currency);
    head.stated += item.amount;
    head.quantified += item.amount - item.betterment;
    out.items.push_back({.head = item.head,
                         .item = {.amount = item.amount - item.betterment,
                                  .incurred = item.incurred,
                                  .vendor = item.vendor}});
    // At most kLossEntriesMax amounts of kAmountMax: the sum is far from the end of int64.
    if (head.stated.minor() > kAmountMax) {
      return refuse(anlan::refusals::kMoneyTooLarge, item_path(n, "amount"),
                    to_decimal(head.stated));
    }
  }
  return Done{};
}

}  // namespace

Result<Quantification> quantify(const LossStatement& stated_loss, Currency currency,
                                UtcOffset offset, const terms::Quantification& clauses,
                                const Conversion& conversion) {
  Converter converter(stated_loss, currency, offset, conversion);
  ANLAN_TRY(const LossStatement statement, converter.run());
  Quantification out{.mitigation = statement.mitigation, .corrections = converter.steps};
  ANLAN_REQUIRE(check_amount(statement.mitigation, currency, "mitigation"));
  ANLAN_REQUIRE(add_items(statement, currency, out));
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
