#include "house/month.h"

#include <algorithm>
#include <map>

#include "base/codec.h"
#include "house/charges.h"
#include "house/life.h"
#include "house/views.h"

namespace anlan::house {

using namespace domain;

namespace {

MonthLine empty_line(const ProductName& product, Currency currency) {
  const Money none = Money::zero(currency);
  MonthLine line{.product = product,
                 .policies = 0,
                 .exposure_days = 0,
                 .written_customer = none,
                 .written_government = none,
                 .earned_customer = none,
                 .earned_government = none,
                 .unearned = none,
                 .charges = {}};
  for (const auto& kind : enum_names(static_cast<ChargeKind*>(nullptr)))
    line.charges.push_back({.kind = kind.value, .written = none, .earned = none});
  return line;
}

// Days of cover of the month; suspended ones, and those between a lapse and its reinstatement, are
// none.
std::int32_t days_within(const PolicyFile& file, Date first, Date end) {
  const Date from = std::max(first, first_day(file.policy));
  const Date until = std::min(end, date_of(cover_until(file), file.policy.offset));
  std::int32_t days = std::max(0, days_between(from, until));
  if (file.life.endorsements.empty() && file.life.gaps.empty()) return days;
  for (Date day = from; day < until; day = plus_days(day, 1))
    days -= suspended_on(file, day) ? 1 : 0;
  return days;
}

void add(MonthLine& line, const House& house, const PolicyFile& file) {
  const PremiumHeld held = premium_held(house, file.policy.id);
  const KeptByPayer kept = kept_by_payer(file);
  const KeptByPayer earned = earned_by_payer(file);
  line.written_customer += kept.customer;
  line.written_government += kept.government;
  line.earned_customer += earned.customer;
  line.earned_government += earned.government;
  line.unearned += held.kept - held.earned;
  if (!file.money.charges) return;
  const std::vector<ChargeTotal> charges = charges_of(house, file);
  for (std::size_t n = 0; n < charges.size(); ++n) {
    line.charges[n].written += charges[n].written;
    line.charges[n].earned += charges[n].earned;
  }
}

}  // namespace

Date first_of_month(Date day) {
  return plus_days(day, 1 - static_cast<std::int32_t>(unsigned{day.calendar().day()}));
}

Date next_month(Date first) { return first_of_month(plus_days(first_of_month(first), 31)); }

std::vector<MonthLine> month_lines(const House& house, Date first) {
  const Date end = next_month(first);
  std::map<ProductName, MonthLine> lines;
  for (const auto& [id, file] : house.policies) {
    const ProductName& product = file.policy.product;
    auto line = lines.find(product);
    if (line == lines.end())
      line = lines.emplace(product, empty_line(product, house.currency())).first;
    const std::int32_t days = days_within(file, first, end);
    line->second.policies += days > 0 ? 1 : 0;
    line->second.exposure_days += days;
    add(line->second, house, file);
  }
  std::vector<MonthLine> list;
  for (auto& [product, line] : lines) list.push_back(std::move(line));
  return list;
}

Digest trial_balance(const ledger::Ledger& ledger) {
  ByteWriter out;
  for (const ledger::AccountBalance& line : ledger.balances()) encode(out, line);
  return sha256(out.bytes());
}

std::optional<Date> open_month(const House& house) {
  if (house.money.months.empty()) return {};
  return next_month(house.money.months.rbegin()->first);
}

Date booked_in(const House& house, Date day) {
  const Date own = first_of_month(day);
  const auto open = open_month(house);
  return open ? std::max(own, *open) : own;
}

}  // namespace anlan::house
