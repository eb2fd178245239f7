// The column form of `settle`: the stages of settle.h over N independent incidents of one plan,
// each rule a loop over a column. For pricing and portfolios.
//
// Amounts are doubles that hold whole minor units, 0 or more; every sum over the sections of a row
// must stay below 2^53, so that additions are exact. Accuracy: equal to the row form, to the minor
// unit. Rounding shares and splits fall back to whole-number arithmetic where a product would leave
// 2^53. Deterministic: rows do not meet, no result depends on block size, instruction set or
// thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "terms/plan.h"

namespace anlan::terms {

// An outage per row for one section, its curve in one of two forms. All empty: no outages.
// Hours: `hourly` holds the hours of all rows one after the other; those of row i are [offsets[i],
// offsets[i + 1]), ceil(minutes[i] / 60) of them.
// Sums: the loss of row i up to the hour_cuts (hours.h) of this section's time terms and
// minutes[i]; 0 <= waited <= in_period <= gross.
struct ColumnOutages {
  std::span<const double> minutes = {};
  std::span<const double> hourly = {};
  std::span<const std::uint32_t> offsets = {};  // rows + 1
  std::span<const double> waited = {};
  std::span<const double> in_period = {};
  std::span<const double> gross = {};
};

// DeclaredValue of one section, by row; empty: none stated.
struct ColumnValues {
  std::span<const double> declared = {};
  std::span<const double> actual = {};
};

// Outages of a section with a provider are those of that provider. For a parametric section only
// the minutes are needed.
struct ColumnIncidents {
  std::size_t rows = 0;
  // One entry per section, or none at all; an empty column is zero. No lump sums where
  // Plan::takes_outage.
  std::vector<std::span<const double>> losses = {};
  std::vector<ColumnOutages> outages = {};
  std::span<const std::uint8_t> peril_covered = {};  // empty: all are
  std::span<const double> mitigation = {};           // empty: none
  std::span<const double> extra_retention = {};      // empty: none
  std::int32_t premium_paid_bp = kBasisPoints;       // of all rows
  std::vector<ColumnValues> values = {};             // one entry per section, or none at all
  std::span<const double> other_sum_insured = {};    // empty: none, as the next
  std::span<const double> other_paid = {};
  std::span<const double> extra_participation_bp = {};  // 0 to 10,000; empty: none
  std::span<const double> limit_bp = {};                // 0 to 10,000; empty: all of the limit
};

// YearState as columns: what earlier incidents of each row's policy year have used. A column exists
// only where an annual limit reads it; the others stay empty.
struct ColumnYear {
  std::vector<double> used_aggregate = {};
  std::vector<std::vector<double>> used_by_section = {};
  std::vector<std::vector<double>> used_by_group = {};
  std::vector<double> mitigation_used = {};
  std::vector<std::vector<double>> used_by_service = {};
  bool operator==(const ColumnYear&) const = default;
};

ColumnYear fresh_column_year(const Plan& plan, std::size_t rows);

struct ColumnPaid {
  std::vector<std::vector<double>> by_section = {};
  std::vector<double> total = {};       // without mitigation
  std::vector<double> mitigation = {};  // empty when none was claimed
  // Rendered in kind, by the section that was served, and in all; empty where the policy has no
  // services.
  std::vector<std::vector<double>> served_by_section = {};
  std::vector<double> services = {};
};

// Counts what was rendered in kind as paid: adds it to by_section and total. For expected payments.
void count_services(ColumnPaid& paid);

// Settles every row and erodes its year; a second and third incident of the same years follow in
// further calls. Refuses kColumnSumTooLarge (args row) where the claimed losses of a row reach 2^53
// minor units; then `year` and `out` are as before. Columns of another length, fractions and
// negative amounts are bugs. `out` is resized; its memory is reused. Cost: about 10 ns a row and
// section without splits.
Result<Done> settle_columns(const Plan& plan, const ColumnIncidents& incidents, ColumnYear& year,
                            ColumnPaid& out);

// The same for many calls of one plan: keeps its working memory. Not for several threads at once.
// The plan must outlive it.
class ColumnSettler {
 public:
  explicit ColumnSettler(const Plan& plan);
  ~ColumnSettler();
  ColumnSettler(ColumnSettler&&) noexcept;
  ColumnSettler& operator=(ColumnSettler&&) noexcept;

  // As settle_columns.
  Result<Done> settle(const ColumnIncidents& incidents, ColumnYear& year, ColumnPaid& out);
  // As settle_columns with fresh_column_year, which is not kept.
  Result<Done> settle_fresh(const ColumnIncidents& incidents, ColumnPaid& out);

  struct Block;  // internal to settle_columns.cpp

 private:
  Result<Done> settle_rows(const ColumnIncidents& incidents, ColumnYear* year, ColumnPaid& out);
  std::unique_ptr<Block> block_;
};

}  // namespace anlan::terms
