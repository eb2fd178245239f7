#include "claims/interruption.h"

#include <algorithm>
#include <numeric>

#include "base/allot.h"
#include "base/refusals.h"
#include "base/share.h"
#include "claims/refusals.h"

namespace anlan::claims {
namespace {

using domain::InterruptionStatement;
using domain::SalesRecord;

constexpr std::int64_t kHour = 60;  // minutes
constexpr std::int64_t kMicrosPerMinute = 60'000'000;

Refusal refuse(RefusalCode code, std::string path, std::string value,
               std::vector<RefusalArg> args = {}) {
  return Refusal{.code = code,
                 .path = "interruption." + std::move(path),
                 .value = std::move(value),
                 .args = std::move(args),
                 .at = {}};
}

std::string sales_path(std::size_t n, std::string_view field) {
  return "sales[" + std::to_string(n) + "]." + std::string(field);
}

// Minutes from `from` to `until`, a started minute counted.
std::int64_t minutes_up(Instant from, Instant until) {
  return (until.micros() - from.micros() + kMicrosPerMinute - 1) / kMicrosPerMinute;
}

std::int64_t minute_of_week(Instant instant, UtcOffset offset) {
  const std::int64_t minutes = instant.micros() / kMicrosPerMinute + offset.minutes();
  return hour_of_week(instant, offset) * kHour + (minutes % kHour + kHour) % kHour;
}

Result<Done> check_period(const InterruptionStatement& statement, UtcOffset offset) {
  const std::int64_t minutes = minutes_between(statement.started, statement.restored);
  if (minutes < 1) {
    return refuse(refusals::kRestoredBeforeStarted, "restored", to_text(statement.restored, offset),
                  {{.name = "started", .value = to_text(statement.started, offset)}});
  }
  if (minutes > terms::kMinutesMax) {
    return refuse(refusals::kOutageTooLong, "restored", to_text(statement.restored, offset),
                  {{.name = "minutes", .value = std::to_string(minutes)},
                   {.name = "max", .value = std::to_string(terms::kMinutesMax)}});
  }
  return Done{};
}

Result<Done> check_profile(const InterruptionStatement& statement, Currency currency) {
  if (statement.weekly_profit.size() != kHoursOfWeek) {
    const std::string hours = std::to_string(statement.weekly_profit.size());
    return refuse(refusals::kProfileNotAWeek, "weekly_profit", hours,
                  {{.name = "hours", .value = hours}});
  }
  for (std::size_t hour = 0; hour < kHoursOfWeek; ++hour) {
    ANLAN_REQUIRE(check_amount(Money::from_minor(statement.weekly_profit[hour], currency), currency,
                               "interruption.weekly_profit[" + std::to_string(hour) + "]"));
  }
  if (statement.stopped_ppm > Share::kWhole) {
    return refuse(
        anlan::refusals::kOutOfRange, "stopped_ppm", std::to_string(statement.stopped_ppm),
        {{.name = "min", .value = "0"}, {.name = "max", .value = std::to_string(Share::kWhole)}});
  }
  return Done{};
}

// The stretches of an interruption, each as a statement of its own with the sales records in it.
std::vector<InterruptionStatement> split(const InterruptionStatement& statement) {
  std::vector<InterruptionStatement> parts = {statement};
  parts.front().again.clear();
  for (const domain::InterruptionStretch& again : statement.again) {
    InterruptionStatement& part = parts.emplace_back(parts.front());
    part.started = again.started;
    part.restored = again.restored;
    part.stopped_ppm = again.stopped_ppm;
  }
  if (parts.size() == 1) return parts;
  for (InterruptionStatement& part : parts) part.sales.clear();
  for (const SalesRecord& record : statement.sales) {
    const auto holds = [&](const InterruptionStatement& part) {
      return record.from >= part.started && record.until <= part.restored;
    };
    const auto found = std::find_if(parts.begin(), parts.end(), holds);
    (found != parts.end() ? *found : parts.front()).sales.push_back(record);
  }
  return parts;
}

Result<Done> check_order(const InterruptionStatement& statement, UtcOffset offset) {
  Instant restored = statement.restored;
  for (std::size_t n = 0; n < statement.again.size(); ++n) {
    const domain::InterruptionStretch& again = statement.again[n];
    if (again.started < restored) {
      return refuse(refusals::kStretchOrder, "again[" + std::to_string(n) + "].started",
                    to_text(again.started, offset),
                    {{.name = "restored", .value = to_text(restored, offset)}});
    }
    restored = again.restored;
  }
  const std::int64_t minutes = minutes_between(statement.started, restored);
  if (minutes <= terms::kMinutesMax) return Done{};
  return refuse(refusals::kOutageTooLong, "again", to_text(restored, offset),
                {{.name = "minutes", .value = std::to_string(minutes)},
                 {.name = "max", .value = std::to_string(terms::kMinutesMax)}});
}

Result<Done> check_sales(const InterruptionStatement& statement, Currency currency,
                         UtcOffset offset) {
  if (statement.sales.size() > kLossEntriesMax) {
    return refuse(refusals::kLossEntries, "sales", std::to_string(statement.sales.size()),
                  {{.name = "max", .value = std::to_string(kLossEntriesMax)}});
  }
  for (std::size_t n = 0; n < statement.sales.size(); ++n) {
    const SalesRecord& record = statement.sales[n];
    ANLAN_REQUIRE(check_amount(record.gross_profit, currency,
                               "interruption." + sales_path(n, "gross_profit")));
    if (record.from >= record.until) {
      return refuse(refusals::kSalesPeriod, sales_path(n, "until"), to_text(record.until, offset),
                    {{.name = "from", .value = to_text(record.from, offset)}});
    }
    if (record.from < statement.started || record.until > statement.restored) {
      const bool early = record.from < statement.started;
      return refuse(refusals::kSalesOutsideOutage, sales_path(n, early ? "from" : "until"),
                    to_text(early ? record.from : record.until, offset),
                    {{.name = "started", .value = to_text(statement.started, offset)},
                     {.name = "restored", .value = to_text(statement.restored, offset)}});
    }
  }
  return Done{};
}

// A stretch of the outage that lies in one hour of the curve and is covered by a sales record
// wholly or not at all.
struct Stretch {
  std::int64_t from = 0;  // minutes since the start
  std::int64_t until = 0;
  std::int64_t left = 0;  // of its loss
};

// Minutes at which a stretch begins or ends: full hours of the curve and the edges of sales
// records.
std::vector<std::int64_t> edges_of(const InterruptionStatement& statement, std::int64_t minutes) {
  std::vector<std::int64_t> edges;
  for (std::int64_t minute = 0; minute < minutes; minute += kHour) edges.push_back(minute);
  edges.push_back(minutes);
  for (const SalesRecord& record : statement.sales) {
    edges.push_back(std::min(minutes, minutes_between(statement.started, record.from)));
    edges.push_back(std::min(minutes, minutes_up(statement.started, record.until)));
  }
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

// Profit x minutes of [from, until), exact: at most an hour, so below 60 x kAmountMax.
std::int64_t profit_minutes(const std::vector<std::int64_t>& week, std::int64_t from,
                            std::int64_t until) {
  std::int64_t sum = 0;
  while (from < until) {
    const std::int64_t next = std::min(until, (from / kHour + 1) * kHour);
    sum += week[static_cast<std::size_t>(from / kHour) % kHoursOfWeek] * (next - from);
    from = next;
  }
  return sum;
}

// The loss of the whole curve-hour is rounded once; its stretches share it by their profit.
std::vector<Stretch> stretches_of(const InterruptionStatement& statement, UtcOffset offset,
                                  std::int64_t minutes) {
  const std::int64_t start = minute_of_week(statement.started, offset);
  const std::vector<std::int64_t> edges = edges_of(statement, minutes);
  std::vector<Stretch> stretches;
  std::vector<std::int64_t> weights;
  for (std::size_t n = 0; n + 1 < edges.size();) {
    const std::size_t first = stretches.size();
    const std::int64_t hour_end = std::min(minutes, (edges[n] / kHour + 1) * kHour);
    weights.clear();
    for (; n + 1 < edges.size() && edges[n] < hour_end; ++n) {
      stretches.push_back({.from = edges[n], .until = edges[n + 1]});
      weights.push_back(
          profit_minutes(statement.weekly_profit, start + edges[n], start + edges[n + 1]));
    }
    const std::int64_t profit = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    const Int128 loss = half_up(static_cast<Int128>(profit) * statement.stopped_ppm,
                                static_cast<Int128>(kHour) * Share::kWhole);
    const std::vector<std::int64_t> parts = allot(static_cast<std::int64_t>(loss), weights);
    for (std::size_t i = 0; i < parts.size(); ++i) stretches[first + i].left = parts[i];
  }
  return stretches;
}

terms::Outage curve_of(const std::vector<Stretch>& stretches, std::int64_t minutes) {
  terms::Outage outage{.minutes = minutes};
  outage.hourly.resize(static_cast<std::size_t>((minutes + kHour - 1) / kHour));
  for (const Stretch& stretch : stretches) {
    outage.hourly[static_cast<std::size_t>(stretch.from / kHour)] += stretch.left;
  }
  return outage;
}

// Takes the record's profit off the stretches that it covers; returns what found no loss.
std::int64_t take_sales(const SalesRecord& record, Instant started,
                        std::vector<Stretch>& stretches) {
  const std::int64_t from = minutes_between(started, record.from);
  const std::int64_t until = minutes_up(started, record.until);
  const auto at_or_after = [](const Stretch& stretch, std::int64_t minute) {
    return stretch.from < minute;
  };
  const auto first = std::lower_bound(stretches.begin(), stretches.end(), from, at_or_after);
  const auto last = std::lower_bound(first, stretches.end(), until, at_or_after);
  std::vector<std::int64_t> left;
  for (auto stretch = first; stretch != last; ++stretch) left.push_back(stretch->left);
  const std::int64_t loss = std::accumulate(left.begin(), left.end(), std::int64_t{0});
  const std::int64_t taken = std::min(record.gross_profit.minor(), loss);
  const std::vector<std::int64_t> parts = allot(taken, left);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    first[static_cast<std::ptrdiff_t>(i)].left -= parts[i];
  }
  return record.gross_profit.minor() - taken;
}

Int128 total_of(const terms::Outage& outage) {
  Int128 sum = 0;
  for (const std::int64_t hour : outage.hourly) sum += hour;
  return sum;
}

}  // namespace

Result<Done> check_amount(Money amount, Currency currency, std::string_view path) {
  const auto refused = [&](RefusalCode code, std::string value, std::vector<RefusalArg> args) {
    return Refusal{.code = code,
                   .path = std::string(path),
                   .value = std::move(value),
                   .args = std::move(args),
                   .at = {}};
  };
  if (amount.currency() != currency) {
    return refused(anlan::refusals::kMoneyCurrency,
                   std::string(currency_code(amount.currency())) + " " + to_decimal(amount),
                   {{.name = "currency", .value = std::string(currency_code(currency))}});
  }
  if (amount.is_negative()) {
    return refused(anlan::refusals::kMoneyNegative, to_decimal(amount), {});
  }
  if (amount.minor() > kAmountMax) {
    return refused(anlan::refusals::kMoneyTooLarge, to_decimal(amount), {});
  }
  return Done{};
}

namespace {

Result<InterruptionLoss> loss_of_stretch(const InterruptionStatement& statement, Currency currency,
                                         UtcOffset offset) {
  ANLAN_REQUIRE(check_period(statement, offset));
  ANLAN_REQUIRE(check_profile(statement, currency));
  ANLAN_REQUIRE(check_sales(statement, currency, offset));

  const std::int64_t minutes = minutes_between(statement.started, statement.restored);
  std::vector<Stretch> stretches = stretches_of(statement, offset, minutes);
  InterruptionLoss out{.stated = curve_of(stretches, minutes)};
  const Int128 stated = total_of(out.stated);
  if (stated > kAmountMax) {
    return refuse(anlan::refusals::kMoneyTooLarge, "weekly_profit", std::to_string(minutes));
  }
  for (const SalesRecord& record : statement.sales) {
    out.sales += record.gross_profit.minor();
    out.sales_beyond += take_sales(record, statement.started, stretches);
  }
  out.corrected = curve_of(stretches, minutes);
  out.stated_total = static_cast<std::int64_t>(stated);
  out.corrected_total = static_cast<std::int64_t>(total_of(out.corrected));
  ANLAN_CHECK(out.stated_total - out.corrected_total == out.sales - out.sales_beyond);
  return out;
}

}  // namespace

Result<InterruptionLoss> interruption_loss(const InterruptionStatement& statement,
                                           Currency currency, UtcOffset offset) {
  const std::vector<InterruptionStatement> parts = split(statement);
  if (parts.size() > kLossEntriesMax) {
    return refuse(refusals::kLossEntries, "again", std::to_string(statement.again.size()),
                  {{.name = "max", .value = std::to_string(kLossEntriesMax)}});
  }
  ANLAN_TRY(InterruptionLoss out, loss_of_stretch(parts.front(), currency, offset));
  if (parts.size() == 1) return out;
  ANLAN_REQUIRE(check_order(statement, offset));
  for (std::size_t n = 1; n < parts.size(); ++n) {
    ANLAN_TRY(InterruptionLoss next, loss_of_stretch(parts[n], currency, offset));
    out.stated_total += next.stated_total;
    out.corrected_total += next.corrected_total;
    out.sales += next.sales;
    out.sales_beyond += next.sales_beyond;
    out.gaps.push_back(minutes_between(parts[n - 1].restored, parts[n].started));
    out.again.push_back(std::move(next.corrected));
    if (out.stated_total > kAmountMax) {
      return refuse(anlan::refusals::kMoneyTooLarge, "again", std::to_string(n));
    }
  }
  return out;
}

}  // namespace anlan::claims
