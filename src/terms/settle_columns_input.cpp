#include "terms/settle_columns_input.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/check.h"
#include "terms/hours.h"

namespace anlan::terms {
namespace {

constexpr std::size_t kBlock = 256;
constexpr double kInfinite = std::numeric_limits<double>::infinity();

void check_column(std::span<const double> column, std::size_t rows) {
  ANLAN_CHECK(column.empty() || column.size() == rows);
}

// The largest amount of a column, each of them a whole number of 0 or more; from 2^52 on every
// double is whole. In lanes, for vectors.
double check_amounts(std::span<const double> column) {
  constexpr std::size_t kLanes = 4;
  constexpr double kShift = kExactMax / 2;
  std::array<double, kLanes> bad{};
  std::array<double, kLanes> most{};
  const auto look_at = [&](double x, std::size_t lane) {
    const double below = std::min(x, kShift);
    const double nearest = (below + kShift) - kShift;
    bad[lane] += nearest == below ? 0.0 : 1.0;
    bad[lane] += below >= 0.0 ? 0.0 : 1.0;
    most[lane] = std::max(most[lane], x);
  };
  std::size_t n = 0;
  for (; n + kLanes <= column.size(); n += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) look_at(column[n + lane], lane);
  }
  for (; n < column.size(); ++n) look_at(column[n], 0);
  for (const double count : bad) ANLAN_CHECK(count == 0.0);
  return std::max(std::max(most[0], most[1]), std::max(most[2], most[3]));
}

// Of the curves of one section.
double check_outages(const TimeTerms& time, const ColumnOutages& outages, std::size_t rows) {
  check_column(outages.minutes, rows);
  if (time.parametric_hourly) {
    const double hours = check_amounts(outages.minutes) / 60.0;
    return hours * static_cast<double>(*time.parametric_hourly);
  }
  const bool by_hours = !outages.offsets.empty();
  ANLAN_CHECK(!by_hours || outages.offsets.size() == rows + 1);
  if (by_hours) {
    check_amounts(outages.hourly);
    return kInfinite;  // not worked out
  }
  ANLAN_CHECK(outages.hourly.empty());
  for (const auto sums : {outages.waited, outages.in_period}) {
    ANLAN_CHECK(sums.size() == outages.minutes.size());
    check_amounts(sums);
  }
  ANLAN_CHECK(outages.gross.size() == outages.minutes.size());
  return check_amounts(outages.gross);
}

void check_facts(const ColumnIncidents& incidents, std::size_t sections) {
  ANLAN_CHECK(incidents.values.empty() || incidents.values.size() == sections);
  for (const ColumnValues& value : incidents.values) {
    ANLAN_CHECK(value.declared.size() == value.actual.size());
    for (const auto column : {value.declared, value.actual}) {
      check_column(column, incidents.rows);
      check_amounts(column);
    }
  }
  for (const auto column : {incidents.other_sum_insured, incidents.other_paid}) {
    check_column(column, incidents.rows);
    check_amounts(column);
  }
  for (const auto column : {incidents.extra_participation_bp, incidents.limit_bp}) {
    check_column(column, incidents.rows);
    ANLAN_CHECK(check_amounts(column) <= kBasisPoints);
  }
}

struct Stretch {
  std::size_t first;
  std::size_t rows;
};

void add_curves(const TimeTerms& time, const ColumnOutages& outages, Stretch of,
                std::array<double, kBlock>& sum) {
  const auto [first, rows] = of;
  if (time.parametric_hourly) {
    for (std::size_t r = 0; r < rows && !outages.minutes.empty(); ++r) {
      const auto minutes = static_cast<std::int64_t>(outages.minutes[first + r]);
      sum[r] += measured_sums<double>(time, minutes).gross;
    }
    return;
  }
  if (outages.offsets.empty()) {
    for (std::size_t r = 0; r < rows && !outages.gross.empty(); ++r) {
      sum[r] += outages.gross[first + r];
    }
    return;
  }
  for (std::size_t r = 0; r < rows; ++r) {
    const std::size_t until = outages.offsets[first + r + 1];
    for (std::size_t h = outages.offsets[first + r]; h < until; ++h) sum[r] += outages.hourly[h];
  }
}

}  // namespace

double most_claimed(const Plan& plan, const ColumnIncidents& incidents) {
  const std::size_t sections = plan.section_count();
  ANLAN_CHECK(incidents.losses.empty() || incidents.losses.size() == sections);
  ANLAN_CHECK(incidents.outages.empty() || incidents.outages.size() == sections);
  double most = 0.0;
  for (std::size_t s = 0; s < incidents.losses.size(); ++s) {
    check_column(incidents.losses[s], incidents.rows);
    most += check_amounts(incidents.losses[s]);
    ANLAN_CHECK(incidents.losses[s].empty() || !plan.takes_outage(s));
  }
  for (std::size_t s = 0; s < incidents.outages.size(); ++s) {
    most += check_outages(plan.terms().sections[s].time, incidents.outages[s], incidents.rows);
  }
  ANLAN_CHECK(incidents.peril_covered.empty() || incidents.peril_covered.size() == incidents.rows);
  ANLAN_CHECK(0 <= incidents.premium_paid_bp && incidents.premium_paid_bp <= kBasisPoints);
  check_column(incidents.mitigation, incidents.rows);
  check_amounts(incidents.mitigation);
  check_column(incidents.extra_retention, incidents.rows);
  check_amounts(incidents.extra_retention);
  check_facts(incidents, sections);
  return most;
}

void check_year(const Plan& plan, const ColumnYear& year, std::size_t rows) {
  ANLAN_CHECK(year.used_by_section.size() == plan.section_count());
  ANLAN_CHECK(year.used_by_group.size() == plan.groups().size());
  ANLAN_CHECK(year.used_by_service.size() == plan.services().size());
  check_column(year.used_aggregate, rows);
  ANLAN_CHECK(year.mitigation_used.size() == rows);
}

std::size_t first_too_large(const Plan& plan, const ColumnIncidents& incidents) {
  std::array<double, kBlock> sum;
  for (std::size_t first = 0; first < incidents.rows; first += kBlock) {
    const std::size_t rows = std::min(kBlock, incidents.rows - first);
    sum.fill(0.0);
    for (const std::span<const double> losses : incidents.losses) {
      if (losses.empty()) continue;
      for (std::size_t r = 0; r < rows; ++r) sum[r] += losses[first + r];
    }
    for (std::size_t s = 0; s < incidents.outages.size(); ++s) {
      add_curves(plan.terms().sections[s].time, incidents.outages[s],
                 {.first = first, .rows = rows}, sum);
    }
    const auto found =
        std::find_if(sum.begin(), sum.end(), [](double x) { return x >= kExactMax; });
    if (found != sum.end()) return first + static_cast<std::size_t>(found - sum.begin());
  }
  return incidents.rows;
}

}  // namespace anlan::terms
