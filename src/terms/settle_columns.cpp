#include "terms/settle_columns.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/check.h"
#include "base/int128.h"
#include "terms/hours.h"
#include "terms/refusals.h"
#include "terms/settle_columns_input.h"

namespace anlan::terms {
namespace {

// Rows are settled in blocks that stay in the cache; the fixed length lets the compiler use
// vectors.
constexpr std::size_t kBlock = 256;
constexpr double kInfinite = std::numeric_limits<double>::infinity();

using Column = std::array<double, kBlock>;
using Columns = std::vector<Column>;  // one per section

double cap_of(std::int64_t cap) { return cap == kNoCap ? kInfinite : static_cast<double>(cap); }

// Whole part of x, 0 <= x < 2^52: adding 2^52 leaves no bits for a fraction. Vectorises, unlike
// floor().
inline double whole_part(double x) {
  constexpr double kShift = 4'503'599'627'370'496.0;  // 2^52
  const double nearest = (x + kShift) - kShift;
  return nearest > x ? nearest - 1.0 : nearest;
}

// ---- rules, one loop each
// ------------------------------------------------------------------------------

void add_column(Column& sum, const Column& x) {
  for (std::size_t r = 0; r < kBlock; ++r) sum[r] += x[r];
}

// Less the deductible; nothing where the loss does not exceed it.
void take_deductible(Column& x, double deductible) {
  for (std::size_t r = 0; r < kBlock; ++r) x[r] = std::max(0.0, x[r] - deductible);
}

void limit_to(Column& x, double cap) {
  for (std::size_t r = 0; r < kBlock; ++r) x[r] = std::min(x[r], cap);
}

// At most what `used` leaves of the year's cap.
void limit_to_left(Column& x, double cap, const double* used) {
  for (std::size_t r = 0; r < kBlock; ++r) x[r] = std::min(x[r], std::max(0.0, cap - used[r]));
}

// x times bp / 10,000, half-up. The quotient of whole numbers below 2^53 never rounds up to the
// next whole number, so the fast loop is exact where 2 x bp + 10,000 is below 2^53.
void share_of(Column& x, std::int32_t bp) {
  constexpr double kFast = 400'000'000'000.0;
  double largest = 0.0;
  for (std::size_t r = 0; r < kBlock; ++r) largest = std::max(largest, x[r]);
  if (largest > kFast) {
    for (std::size_t r = 0; r < kBlock; ++r) {
      x[r] = static_cast<double>(half_up(static_cast<Int128>(x[r]) * bp, kBasisPoints));
    }
    return;
  }
  const double twice = 2.0 * bp;
  for (std::size_t r = 0; r < kBlock; ++r) {
    x[r] = whole_part((twice * x[r] + kBasisPoints) / (2.0 * kBasisPoints));
  }
}

// x less the row's own share of it, half-up.
void keep_of(Column& x, const Column& taken_bp) {
  for (std::size_t r = 0; r < kBlock; ++r) {
    if (taken_bp[r] == 0.0 || x[r] == 0.0) continue;
    const double bp = kBasisPoints - taken_bp[r];
    x[r] = static_cast<double>(
        half_up(static_cast<Int128>(x[r]) * static_cast<Int128>(bp), kBasisPoints));
  }
}

// x in the proportion of the declared to the actual value, half-up.
void average(Column& x, const Column& declared, const Column& actual) {
  for (std::size_t r = 0; r < kBlock; ++r) {
    if (declared[r] >= actual[r] || x[r] == 0.0) continue;
    x[r] = static_cast<double>(half_up(static_cast<Int128>(x[r]) * static_cast<Int128>(declared[r]),
                                       static_cast<Int128>(actual[r])));
  }
}

// ---- splits
// ----------------------------------------------------------------------------------------------

// One row's amounts to be split: those above zero, in the policy's order.
struct SplitRow {
  std::array<std::int64_t, kSectionsMax> weight;
  std::array<std::int64_t, kSectionsMax> part;
  std::array<std::int64_t, kSectionsMax> rest;
  std::array<std::size_t, kSectionsMax> section;
  std::size_t count = 0;
  std::int64_t sum = 0;
};

// Largest remainder, ties by order, as base/allot.h. The rests are below 2^53, as the sum is.
void allot_row(SplitRow& row, std::int64_t total) {
  std::int64_t left = total;
  for (std::size_t n = 0; n < row.count; ++n) {
    const Int128 product = static_cast<Int128>(total) * row.weight[n];
    row.part[n] = static_cast<std::int64_t>(product / row.sum);
    row.rest[n] = static_cast<std::int64_t>(product % row.sum);
    left -= row.part[n];
  }
  for (; left > 0; --left) {
    std::size_t most = 0;
    for (std::size_t n = 1; n < row.count; ++n) {
      if (row.rest[n] > row.rest[most]) most = n;
    }
    row.part[most] += 1;
    row.rest[most] = -1;
  }
}

struct Split {
  const std::vector<std::size_t>& sections;
  const Column& total;  // to be split; not above the sections' sum
  bool subtract;        // the parts come off the amounts; else they replace them
};

// Of many sections, or where a product leaves 2^53.
void split_row(Columns& amount, const Split& split, std::size_t r) {
  SplitRow row;
  for (const std::size_t s : split.sections) {
    if (amount[s][r] == 0.0) continue;
    row.weight[row.count] = static_cast<std::int64_t>(amount[s][r]);
    row.section[row.count] = s;
    row.sum += row.weight[row.count++];
  }
  allot_row(row, static_cast<std::int64_t>(split.total[r]));
  for (std::size_t n = 0; n < row.count; ++n) {
    const std::int64_t kept = split.subtract ? row.weight[n] - row.part[n] : row.part[n];
    amount[row.section[n]][r] = static_cast<double>(kept);
  }
}

// The rows of a block that are split, side by side: as many columns as sections.
struct SplitRows {
  static constexpr std::size_t kSections = 8;
  std::size_t count = 0;
  std::array<std::uint32_t, kBlock + 1> row;
  Column total;
  Column sum;
  Column left;
  std::array<Column, kSections> weight;
  std::array<Column, kSections> part;
  std::array<Column, kSections> rest;
};

// False where a product is not exact.
bool load_rows(const Columns& amount, const Split& split, SplitRows& rows) {
  const std::size_t n = split.sections.size();
  for (std::size_t i = 0; i < rows.count; ++i) rows.total[i] = split.total[rows.row[i]];
  std::fill_n(rows.sum.begin(), rows.count, 0.0);
  double largest = 0.0;
  for (std::size_t s = 0; s < n; ++s) {
    const Column& from = amount[split.sections[s]];
    Column& weight = rows.weight[s];
    for (std::size_t i = 0; i < rows.count; ++i) weight[i] = from[rows.row[i]];
    for (std::size_t i = 0; i < rows.count; ++i) {
      rows.sum[i] += weight[i];
      largest = std::max(largest, rows.total[i] * weight[i]);
    }
  }
  return largest < kExactMax;
}

// Adds one to the parts of the largest remainders, ties by order, as base/allot.h.
void give_rests(SplitRows& rows, std::size_t n) {
  for (std::size_t s = 0; s < n; ++s) {
    Column before{};  // how many remainders come before that of this section
    for (std::size_t t = 0; t < n; ++t) {
      const Column& rest = rows.rest[s];
      const Column& other = rows.rest[t];
      for (std::size_t i = 0; i < rows.count; ++i) {
        const bool first = t < s ? other[i] >= rest[i] : other[i] > rest[i];
        before[i] += first ? 1.0 : 0.0;
      }
    }
    for (std::size_t i = 0; i < rows.count; ++i) {
      rows.part[s][i] += before[i] < rows.left[i] ? 1.0 : 0.0;
    }
  }
}

void split_rows(Columns& amount, const Split& split, SplitRows& rows) {
  const std::size_t n = split.sections.size();
  std::copy_n(rows.total.begin(), rows.count, rows.left.begin());
  for (std::size_t s = 0; s < n; ++s) {
    for (std::size_t i = 0; i < rows.count; ++i) {
      const double product = rows.total[i] * rows.weight[s][i];
      rows.part[s][i] = whole_part(product / rows.sum[i]);
      rows.rest[s][i] = product - rows.part[s][i] * rows.sum[i];
      rows.left[i] -= rows.part[s][i];
    }
  }
  give_rests(rows, n);
  for (std::size_t s = 0; s < n; ++s) {
    Column& to = amount[split.sections[s]];
    for (std::size_t i = 0; i < rows.count; ++i) {
      const double part = rows.part[s][i];
      to[rows.row[i]] = split.subtract ? rows.weight[s][i] - part : part;
    }
  }
}

// Splits the rows that are marked.
template <class Marked>
void split_where(Columns& amount, const Split& split, const Marked& marked) {
  SplitRows rows;
  for (std::uint32_t r = 0; r < kBlock; ++r) {
    rows.row[rows.count] = r;
    rows.count += marked(r) ? 1 : 0;
  }
  if (rows.count == 0) return;
  if (split.sections.size() <= SplitRows::kSections && load_rows(amount, split, rows)) {
    split_rows(amount, split, rows);
    return;
  }
  for (std::size_t i = 0; i < rows.count; ++i) split_row(amount, split, rows.row[i]);
}

// Cuts the sections of each row whose sum exceeds the room, in proportion.
void cut_to(Columns& amount, const std::vector<std::size_t>& sections, const Column& sum,
            const Column& room) {
  split_where(amount, {.sections = sections, .total = room, .subtract = false},
              [&](std::size_t r) { return sum[r] > room[r]; });
}

// Takes the amount off the sections of each row, in proportion.
void take_off(Columns& amount, const std::vector<std::size_t>& sections, const Column& taken) {
  split_where(amount, {.sections = sections, .total = taken, .subtract = true},
              [&](std::size_t r) { return taken[r] > 0.0; });
}

void sum_sections(const Columns& amount, const std::vector<std::size_t>& sections, Column& sum) {
  sum.fill(0.0);
  for (const std::size_t s : sections) add_column(sum, amount[s]);
}

// The year's columns of a block, padded: what the block reads and what it will write back.
struct BlockYear {
  Column aggregate;
  Columns section;
  Columns group;
  Columns service;
};

// What only some incidents have, loaded where they do.
struct BlockFacts {
  Column extra_participation;
  Column limit_bp;
  Column other_sum_insured;
  Column other_paid;
  Column covered_loss;  // after the time terms, less what was rendered in kind
};

}  // namespace

// A block of rows on its way through the stages.
struct ColumnSettler::Block {
  explicit Block(const Plan& of)
      : plan(&of), deducted(of.section_count()), amount(of.section_count()) {
    if (!of.retention_tops().empty()) best.resize(of.section_count());
    year.section.resize(of.section_count());
    year.group.resize(of.groups().size());
    year.service.resize(of.services().size());
    if (!of.services().empty()) served.resize(of.section_count());
    for (std::size_t s = 0; s < of.section_count(); ++s) {
      all.push_back(s);
      if (of.sections()[s].inside_aggregate) inside.push_back(s);
    }
  }
  const Plan* plan;
  std::size_t first = 0;
  std::size_t rows = 0;  // of kBlock; the rest is zero
  Columns deducted;      // after the time terms and the section deductible
  Columns amount;
  Columns best;    // of the outcomes under single-highest
  Columns served;  // in kind; empty without services
  BlockFacts facts;
  Column covered;
  Column extra;
  BlockYear year;
  bool fresh = false;  // every row in a year of its own, which is not kept
  std::vector<std::size_t> all;
  std::vector<std::size_t> inside;
};

namespace {

using Block = ColumnSettler::Block;

void load(std::span<const double> from, std::size_t first, std::size_t rows, Column& to) {
  const std::size_t filled = from.empty() ? 0 : rows;
  if (filled > 0) {
    std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(first), filled, to.begin());
  }
  std::fill(to.begin() + static_cast<std::ptrdiff_t>(filled), to.end(), 0.0);
}

HourSums<double> sums_of(const HourCuts& cuts, const ColumnOutages& outages, std::size_t row) {
  if (outages.offsets.empty()) {
    return {.waited = outages.waited[row],
            .in_period = outages.in_period[row],
            .gross = outages.gross[row]};
  }
  const std::size_t from = outages.offsets[row];
  const std::size_t until = outages.offsets[row + 1];
  ANLAN_CHECK(static_cast<std::int64_t>(until - from) == cuts.hours);
  return sum_hours(cuts, outages.hourly.subspan(from, until - from));
}

void add_outages(const TimeTerms& time, const ColumnOutages& outages, const Block& block,
                 Column& claimed) {
  for (std::size_t r = 0; r < block.rows; ++r) {
    const std::size_t row = block.first + r;
    const auto minutes = static_cast<std::int64_t>(outages.minutes[row]);
    if (minutes == 0) continue;
    if (time.parametric_hourly) {
      const auto measured = measured_sums<double>(time, minutes);
      claimed[r] += time_loss<double>(time, minutes, measured).payable;
      continue;
    }
    const HourCuts cuts = hour_cuts(time, minutes);
    claimed[r] += time_loss<double>(time, minutes, sums_of(cuts, outages, row)).payable;
  }
}

// The room that a cap of the occurrence and what is left of a cap of the year leave.
void room_left(double cap_occurrence, double cap_year, const Column& used, Column& room) {
  for (std::size_t r = 0; r < kBlock; ++r) {
    room[r] = std::max(0.0, std::min(cap_occurrence, cap_year - used[r]));
  }
}

// Stage 2: what is claimed of one section after the time terms.
void load_claimed(const ColumnIncidents& incidents, std::size_t section, const Block& block,
                  Column& claimed) {
  const std::span<const double> lumps =
      incidents.losses.empty() ? std::span<const double>() : incidents.losses[section];
  load(lumps, block.first, block.rows, claimed);
  if (!incidents.outages.empty() && !incidents.outages[section].minutes.empty()) {
    add_outages(block.plan->terms().sections[section].time, incidents.outages[section], block,
                claimed);
  }
}

void load_covered(const ColumnIncidents& incidents, Block& block) {
  block.covered.fill(1.0);
  for (std::size_t r = 0; r < block.rows && !incidents.peril_covered.empty(); ++r) {
    block.covered[r] = incidents.peril_covered[block.first + r] != 0 ? 1.0 : 0.0;
  }
}

// What services render of each row's losses, by section.
void serve(const ColumnIncidents& incidents, Block& block) {
  const Plan& plan = *block.plan;
  for (Column& column : block.served) column.fill(0.0);
  if (incidents.losses.empty()) return;
  for (std::size_t k = 0; k < plan.services().size(); ++k) {
    const PlanService& service = plan.services()[k];
    Column sum;
    Column room;
    for (const std::size_t s : service.sections) {
      load(incidents.losses[s], block.first, block.rows, block.served[s]);
      if (incidents.peril_covered.empty()) continue;
      for (std::size_t r = 0; r < kBlock; ++r) block.served[s][r] *= block.covered[r];
    }
    sum_sections(block.served, service.sections, sum);
    room_left(cap_of(service.cap_occurrence), cap_of(service.cap_year), block.year.service[k],
              room);
    cut_to(block.served, service.sections, sum, room);
  }
}

void average_section(const ColumnIncidents& incidents, std::size_t s, const Block& block,
                     Column& column) {
  if (incidents.values.empty() || incidents.values[s].actual.empty()) return;
  Column declared;
  Column actual;
  load(incidents.values[s].declared, block.first, block.rows, declared);
  load(incidents.values[s].actual, block.first, block.rows, actual);
  average(column, declared, actual);
}

// Stages 2 to 4. A section without cover and a peril that is not covered take no part.
void take_deductibles(const ColumnIncidents& incidents, Block& block, Columns& out) {
  const Plan& plan = *block.plan;
  const bool sums_loss = !incidents.other_paid.empty();
  if (sums_loss) block.facts.covered_loss.fill(0.0);
  for (std::size_t s = 0; s < plan.section_count(); ++s) {
    Column& column = out[s];
    if (!plan.sections()[s].has_cover) {
      column.fill(0.0);
      continue;
    }
    load_claimed(incidents, s, block, column);
    if (!block.served.empty()) {
      for (std::size_t r = 0; r < kBlock; ++r) column[r] -= block.served[s][r];
    }
    if (sums_loss) add_column(block.facts.covered_loss, column);
    if (plan.sections()[s].average) average_section(incidents, s, block, column);
    const std::int64_t deductible = plan.sections()[s].deductible;
    if (deductible > 0) take_deductible(column, static_cast<double>(deductible));
    if (incidents.peril_covered.empty()) continue;
    for (std::size_t r = 0; r < kBlock; ++r) column[r] *= block.covered[r];
  }
}

// Stage 5: what is due of each row; rows whose franchise is not passed lose their amounts.
void retention_due(const Plan& plan, Block& block, Column& due) {
  const Terms& terms = plan.terms();
  due.fill(static_cast<double>(terms.occurrence_retention));
  if (terms.retention_rule == RetentionRule::kSingleHighest) {
    due.fill(0.0);
    for (std::size_t s = 0; s < plan.section_count(); ++s) {
      const auto own = static_cast<double>(plan.sections()[s].own_retention);
      for (std::size_t r = 0; r < kBlock; ++r) {
        due[r] = std::max(due[r], block.amount[s][r] > 0.0 ? own : 0.0);
      }
    }
  }
  if (terms.retention_kind == RetentionKind::kFranchise) {
    Column passed;
    sum_sections(block.amount, block.all, passed);
    const bool reaches = terms.franchise_at == FranchiseAt::kReaches;
    for (std::size_t r = 0; r < kBlock; ++r) {
      const bool is_passed = reaches ? passed[r] >= due[r] : passed[r] > due[r];
      passed[r] = due[r] == 0.0 || is_passed ? 1.0 : 0.0;
      due[r] = 0.0;
    }
    for (Column& column : block.amount) {
      for (std::size_t r = 0; r < kBlock; ++r) column[r] *= passed[r];
    }
  }
  add_column(due, block.extra);
}

void take_retention(Block& block, const Column& due) {
  Column sum;
  Column taken;
  sum_sections(block.amount, block.all, sum);
  for (std::size_t r = 0; r < kBlock; ++r) taken[r] = std::min(due[r], sum[r]);
  take_off(block.amount, block.all, taken);
}

// Stages 6 and 7. `extra_participation`: of each row, or nullptr.
void cap_section(const PlanSection& section, const Column& used, const Column* extra_participation,
                 Column& x) {
  const bool participates = section.keep_bp != kBasisPoints;
  if (participates && section.participation_early) share_of(x, section.keep_bp);
  if (extra_participation) keep_of(x, *extra_participation);
  if (section.cap_occurrence != kNoCap) limit_to(x, cap_of(section.cap_occurrence));
  if (participates && !section.participation_early) {
    limit_to(x, cap_of(section.cap_year));
    share_of(x, section.keep_bp);
  }
  if (section.cap_year != kNoCap) limit_to_left(x, cap_of(section.cap_year_insurer), used.data());
}

// Stage 8.
void cap_groups(const Plan& plan, Block& block) {
  for (std::size_t g = 0; g < plan.groups().size(); ++g) {
    const PlanGroup& group = plan.groups()[g];
    Column sum;
    Column room;
    sum_sections(block.amount, group.sections, sum);
    room_left(cap_of(group.cap_occurrence), cap_of(group.cap_year), block.year.group[g], room);
    cut_to(block.amount, group.sections, sum, room);
  }
}

// Stage 9.
void cap_aggregate(const Plan& plan, Block& block) {
  if (plan.aggregate_cap() == kNoCap && plan.occurrence_cap() == kNoCap) return;
  Column sum;
  Column room;
  sum_sections(block.amount, block.inside, sum);
  room_left(cap_of(plan.occurrence_cap()), cap_of(plan.aggregate_cap()), block.year.aggregate,
            room);
  cut_to(block.amount, block.inside, sum, room);
}

// What stays of the limit of each row's incident.
void cap_reduced(const Plan& plan, Block& block) {
  Column sum;
  Column room;
  for (std::size_t r = 0; r < kBlock; ++r) {
    const auto bp = static_cast<std::int32_t>(block.facts.limit_bp[r]);
    room[r] = bp == kBasisPoints ? kInfinite : cap_of(plan.reduced_cap(bp));
  }
  sum_sections(block.amount, block.inside, sum);
  cut_to(block.amount, block.inside, sum, room);
}

// What other insurance leaves to this policy.
void share_with_others(const Plan& plan, const ColumnIncidents& incidents, Block& block) {
  const Terms& terms = plan.terms();
  if (!terms.other_insurance) return;
  const bool pro_rata = terms.other_insurance->rule == OtherInsuranceRule::kProRata;
  if ((pro_rata ? incidents.other_sum_insured : incidents.other_paid).empty()) return;
  if (pro_rata && !terms.aggregate_limit) return;
  Column sum;
  Column room;
  sum_sections(block.amount, block.all, sum);
  for (std::size_t r = 0; r < kBlock; ++r) {
    const double others = pro_rata ? block.facts.other_sum_insured[r] : block.facts.other_paid[r];
    room[r] = sum[r];
    if (others == 0.0) continue;
    if (!pro_rata) {
      room[r] = std::max(0.0, block.facts.covered_loss[r] - others);
      continue;
    }
    const Int128 own = *terms.aggregate_limit;
    room[r] = static_cast<double>(
        half_up(static_cast<Int128>(sum[r]) * own, own + static_cast<Int128>(others)));
  }
  cut_to(block.amount, block.all, sum, room);
}

// Whether the insured keeps a part of an occurrence under these terms at all.
bool retains(const Plan& plan, const ColumnIncidents& incidents) {
  return plan.terms().occurrence_retention > 0 || !plan.retention_tops().empty() ||
         !incidents.extra_retention.empty();
}

// Stages 5 to 9 on block.amount.
void outcome(const ColumnIncidents& incidents, Block& block, bool with_retention) {
  const Plan& plan = *block.plan;
  const bool before = plan.terms().retention_position == RetentionPosition::kBeforeSublimits;
  Column due;
  if (with_retention) retention_due(plan, block, due);
  if (with_retention && before) take_retention(block, due);
  for (std::size_t s = 0; s < plan.section_count(); ++s) {
    cap_section(
        plan.sections()[s], block.year.section[s],
        incidents.extra_participation_bp.empty() ? nullptr : &block.facts.extra_participation,
        block.amount[s]);
  }
  cap_groups(plan, block);
  if (with_retention && !before) take_retention(block, due);
  cap_aggregate(plan, block);
  if (!incidents.limit_bp.empty()) cap_reduced(plan, block);
  share_with_others(plan, incidents, block);
}

// Single-highest: of the sections up to some own retention the set that is paid most; of equals the
// larger.
void best_outcome(const ColumnIncidents& incidents, Block& block) {
  const Plan& plan = *block.plan;
  Column most;
  most.fill(-1.0);
  for (const std::int64_t top : plan.retention_tops()) {
    for (std::size_t s = 0; s < plan.section_count(); ++s) {
      block.amount[s] = block.deducted[s];
      if (plan.sections()[s].own_retention > top) block.amount[s].fill(0.0);
    }
    outcome(incidents, block, true);
    Column total;
    sum_sections(block.amount, block.all, total);
    for (std::size_t s = 0; s < plan.section_count(); ++s) {
      for (std::size_t r = 0; r < kBlock; ++r) {
        block.best[s][r] = total[r] > most[r] ? block.amount[s][r] : block.best[s][r];
      }
    }
    for (std::size_t r = 0; r < kBlock; ++r) most[r] = std::max(most[r], total[r]);
  }
  block.amount.swap(block.best);
}

// ---- the year, the instalment, mitigation
// -------------------------------------------------------------------

void load_year(const ColumnYear& year, Block& block) {
  load(year.used_aggregate, block.first, block.rows, block.year.aggregate);
  for (std::size_t s = 0; s < block.year.section.size(); ++s) {
    load(year.used_by_section[s], block.first, block.rows, block.year.section[s]);
  }
  for (std::size_t g = 0; g < block.year.group.size(); ++g) {
    load(year.used_by_group[g], block.first, block.rows, block.year.group[g]);
  }
  for (std::size_t k = 0; k < block.year.service.size(); ++k) {
    load(year.used_by_service[k], block.first, block.rows, block.year.service[k]);
  }
}

void erode(std::vector<double>& used, const Block& block, const Columns& by,
           const std::vector<std::size_t>& sections) {
  if (used.empty()) return;
  for (const std::size_t s : sections) {
    for (std::size_t r = 0; r < block.rows; ++r) used[block.first + r] += by[s][r];
  }
}

void erode_year(const Block& block, ColumnYear& year) {
  const Plan& plan = *block.plan;
  erode(year.used_aggregate, block, block.amount, block.inside);
  for (std::size_t s = 0; s < plan.section_count(); ++s) {
    erode(year.used_by_section[s], block, block.amount, {s});
  }
  for (std::size_t g = 0; g < plan.groups().size(); ++g) {
    erode(year.used_by_group[g], block, block.amount, plan.groups()[g].sections);
  }
  for (std::size_t k = 0; k < plan.services().size(); ++k) {
    erode(year.used_by_service[k], block, block.served, plan.services()[k].sections);
  }
}

// Stage 10 and the results.
void pay(const ColumnIncidents& incidents, Block& block, ColumnPaid& out) {
  Column total;
  sum_sections(block.amount, block.all, total);
  if (incidents.premium_paid_bp != kBasisPoints) {
    Column payable = total;
    share_of(payable, incidents.premium_paid_bp);
    cut_to(block.amount, block.all, total, payable);
    total = payable;
  }
  const auto at = static_cast<std::ptrdiff_t>(block.first);
  std::copy_n(total.begin(), block.rows, out.total.begin() + at);
  for (std::size_t s = 0; s < block.amount.size(); ++s) {
    std::copy_n(block.amount[s].begin(), block.rows, out.by_section[s].begin() + at);
  }
}

void render_services(const Block& block, ColumnPaid& out) {
  if (block.served.empty()) return;
  Column total;
  sum_sections(block.served, block.all, total);
  const auto at = static_cast<std::ptrdiff_t>(block.first);
  std::copy_n(total.begin(), block.rows, out.services.begin() + at);
  for (std::size_t s = 0; s < block.served.size(); ++s) {
    std::copy_n(block.served[s].begin(), block.rows, out.served_by_section[s].begin() + at);
  }
}

// Stage 11.
void pay_mitigation(const ColumnIncidents& incidents, const Block& block, ColumnYear* year,
                    ColumnPaid& out) {
  if (incidents.mitigation.empty()) return;
  ANLAN_CHECK(block.plan->mitigation_cap().has_value());
  const auto cap = static_cast<double>(*block.plan->mitigation_cap());
  Column granted;
  load(incidents.mitigation, block.first, block.rows, granted);
  for (std::size_t r = 0; r < block.rows; ++r) {
    const double used = year ? year->mitigation_used[block.first + r] : 0.0;
    granted[r] = block.covered[r] * std::min(granted[r], std::max(0.0, cap - used));
    if (year) year->mitigation_used[block.first + r] = used + granted[r];
  }
  if (incidents.premium_paid_bp != kBasisPoints) share_of(granted, incidents.premium_paid_bp);
  std::copy_n(granted.begin(), block.rows,
              out.mitigation.begin() + static_cast<std::ptrdiff_t>(block.first));
}

void load_facts(const ColumnIncidents& incidents, Block& block) {
  const auto load_if = [&](std::span<const double> from, Column& to) {
    if (!from.empty()) load(from, block.first, block.rows, to);
  };
  load_if(incidents.extra_participation_bp, block.facts.extra_participation);
  load_if(incidents.limit_bp, block.facts.limit_bp);
  load_if(incidents.other_sum_insured, block.facts.other_sum_insured);
  load_if(incidents.other_paid, block.facts.other_paid);
}

void resize(const ColumnIncidents& incidents, const Plan& plan, ColumnPaid& out) {
  const std::size_t sections = plan.section_count();
  out.served_by_section.resize(plan.services().empty() ? 0 : sections);
  for (std::vector<double>& column : out.served_by_section) column.resize(incidents.rows);
  out.services.resize(plan.services().empty() ? 0 : incidents.rows);
  out.by_section.resize(sections);
  for (std::vector<double>& column : out.by_section) column.resize(incidents.rows);
  out.total.resize(incidents.rows);
  out.mitigation.resize(incidents.mitigation.empty() ? 0 : incidents.rows);
}

}  // namespace

ColumnYear fresh_column_year(const Plan& plan, std::size_t rows) {
  ColumnYear year;
  if (plan.aggregate_cap() != kNoCap) year.used_aggregate.resize(rows);
  for (const PlanSection& section : plan.sections()) {
    year.used_by_section.emplace_back(section.cap_year != kNoCap ? rows : 0);
  }
  for (const PlanGroup& group : plan.groups()) {
    year.used_by_group.emplace_back(group.cap_year != kNoCap ? rows : 0);
  }
  for (const PlanService& service : plan.services()) {
    year.used_by_service.emplace_back(service.cap_year != kNoCap ? rows : 0);
  }
  year.mitigation_used.resize(rows);
  return year;
}

ColumnSettler::ColumnSettler(const Plan& plan) : block_(std::make_unique<Block>(plan)) {}
ColumnSettler::~ColumnSettler() = default;
ColumnSettler::ColumnSettler(ColumnSettler&&) noexcept = default;
ColumnSettler& ColumnSettler::operator=(ColumnSettler&&) noexcept = default;

Result<Done> ColumnSettler::settle(const ColumnIncidents& incidents, ColumnYear& year,
                                   ColumnPaid& out) {
  check_year(*block_->plan, year, incidents.rows);
  return settle_rows(incidents, &year, out);
}

Result<Done> ColumnSettler::settle_fresh(const ColumnIncidents& incidents, ColumnPaid& out) {
  return settle_rows(incidents, nullptr, out);
}

// A null year: fresh ones, not kept.
Result<Done> ColumnSettler::settle_rows(const ColumnIncidents& incidents, ColumnYear* year,
                                        ColumnPaid& out) {
  Block& block = *block_;
  const Plan& plan = *block.plan;
  if (most_claimed(plan, incidents) >= kExactMax) {
    if (const std::size_t row = first_too_large(plan, incidents); row < incidents.rows) {
      return Refusal{.code = refusals::kColumnSumTooLarge,
                     .path = "losses",
                     .value = {},
                     .args = {{"row", std::to_string(row)}},
                     .at = {}};
    }
  }
  resize(incidents, plan, out);
  if (!year && !block.fresh) {
    block.year = BlockYear{.aggregate = {},
                           .section = Columns(plan.section_count()),
                           .group = Columns(plan.groups().size()),
                           .service = Columns(plan.services().size())};
  }
  block.fresh = !year;
  const bool with_retention = retains(plan, incidents);
  for (block.first = 0; block.first < incidents.rows; block.first += kBlock) {
    block.rows = std::min(kBlock, incidents.rows - block.first);
    load(incidents.extra_retention, block.first, block.rows, block.extra);
    load_covered(incidents, block);
    load_facts(incidents, block);
    if (year) load_year(*year, block);
    if (!block.served.empty()) serve(incidents, block);
    if (plan.retention_tops().empty()) {
      take_deductibles(incidents, block, block.amount);
      outcome(incidents, block, with_retention);
    } else {
      take_deductibles(incidents, block, block.deducted);
      best_outcome(incidents, block);
    }
    if (year) erode_year(block, *year);
    pay(incidents, block, out);
    render_services(block, out);
    pay_mitigation(incidents, block, year, out);
  }
  return Done{};
}

void count_services(ColumnPaid& paid) {
  if (paid.services.empty()) return;
  for (std::size_t r = 0; r < paid.total.size(); ++r) paid.total[r] += paid.services[r];
  for (std::size_t s = 0; s < paid.by_section.size(); ++s) {
    for (std::size_t r = 0; r < paid.total.size(); ++r) {
      paid.by_section[s][r] += paid.served_by_section[s][r];
    }
  }
}

Result<Done> settle_columns(const Plan& plan, const ColumnIncidents& incidents, ColumnYear& year,
                            ColumnPaid& out) {
  return ColumnSettler(plan).settle(incidents, year, out);
}

}  // namespace anlan::terms
