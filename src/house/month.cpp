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

// Days of cover in [first, end); suspended ones, and those between a lapse and its reinstatement,
// are none. A state holds from one change of the policy to the next.
std::int32_t days_within(const PolicyFile& file, Date first, Date end) {
  const Date from = std::max(first, first_day(file.policy));
  const Date until = std::min(end, date_of(cover_until(file), file.policy.offset));
  if (until <= from) return 0;
  if (file.life.changes->endorsements.empty() && file.life.changes->gaps.empty())
    return days_between(from, until);
  std::vector<Date> changes{from, until};
  const auto add = [&](Date day) {
    if (from < day && day < until) changes.push_back(day);
  };
  for (const EndorsementOnFile& each : file.life.changes->endorsements) add(each.endorsement.from);
  for (const CoverGap& gap : file.life.changes->gaps) {
    add(gap.from);
    add(gap.until);
  }
  std::sort(changes.begin(), changes.end());
  std::int32_t days = 0;
  for (std::size_t n = 1; n < changes.size(); ++n) {
    if (changes[n - 1] < changes[n] && !suspended_on(file, changes[n - 1]))
      days += days_between(changes[n - 1], changes[n]);
  }
  return days;
}

void add(MonthLine& sum, const MonthLine& moved) {
  sum.written_customer += moved.written_customer;
  sum.written_government += moved.written_government;
  sum.earned_customer += moved.earned_customer;
  sum.earned_government += moved.earned_government;
  for (std::size_t n = 0; n < sum.charges.size(); ++n) {
    sum.charges[n].written += moved.charges[n].written;
    sum.charges[n].earned += moved.charges[n].earned;
  }
}

CountedPremium premium_now(const PolicyFile& file) {
  const KeptByPayer kept = kept_by_payer(file);
  const KeptByPayer earned = earned_by_payer(file);
  return {.kept_customer = kept.customer,
          .kept_government = kept.government,
          .earned_customer = earned.customer,
          .earned_government = earned.government};
}

}  // namespace

void count_premium(House& house, PolicyFile& file, Date month) {
  const Money none = Money::zero(house.currency());
  const CountedPremium before = file.money.counted.value_or(CountedPremium{none, none, none, none});
  const CountedPremium now = premium_now(file);
  if (now == before) return;
  auto& lines = house.money.moved[month];
  auto line = lines.find(file.policy.product);
  if (line == lines.end())
    line =
        lines.emplace(file.policy.product, empty_line(file.policy.product, house.currency())).first;
  MonthLine& moved = line->second;
  moved.written_customer += now.kept_customer - before.kept_customer;
  moved.written_government += now.kept_government - before.kept_government;
  moved.earned_customer += now.earned_customer - before.earned_customer;
  moved.earned_government += now.earned_government - before.earned_government;
  file.money.counted = now;
  if (!file.money.charges) return;
  for (ChargeTotal& total : moved.charges) {
    const auto change = [&](Money is, Money was) {
      return charge_on(*file.money.charges, total.kind, is) -
             charge_on(*file.money.charges, total.kind, was);
    };
    total.written += change(now.kept_customer + now.kept_government,
                            before.kept_customer + before.kept_government);
    total.earned += change(now.earned_customer + now.earned_government,
                           before.earned_customer + before.earned_government);
  }
}

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
    line->second.policies += days_within(file, first, end) > 0 ? 1 : 0;
    line->second.exposure_days += days_within(file, first_day(file.policy), end);
  }
  for (const auto& [month, products] : house.money.moved) {
    if (month > first) break;
    for (const auto& [product, moved] : products) add(lines.at(product), moved);
  }
  std::vector<MonthLine> list;
  for (auto& [product, line] : lines) {
    line.unearned = line.written_customer + line.written_government - line.earned_customer -
                    line.earned_government;
    list.push_back(std::move(line));
  }
  return list;
}

Digest trial_balance(const ledger::Ledger& ledger) {
  ByteWriter out;
  for (const ledger::AccountBalance& line : ledger.balances()) encode(out, line);
  return sha256(out.bytes());
}

std::optional<Date> open_month(const House& house) {
  const HouseMoney& money = house.money;
  if (!money.months.empty()) return next_month(money.months.rbegin()->first);
  if (!money.moved.empty()) return money.moved.begin()->first;
  return {};
}

Date booked_in(const House& house, Date day) {
  const Date own = first_of_month(day);
  const auto open = open_month(house);
  return open ? std::max(own, *open) : own;
}

}  // namespace anlan::house
