// Events of the scenario table as columns of losses by section, for terms::settle_columns.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/lapses.h"
#include "engine/loss_model.h"
#include "engine/scenario_table.h"
#include "terms/exclusion.h"
#include "terms/plan.h"
#include "terms/settle_columns.h"

namespace anlan::engine {

// Where the losses of a hazard's perils go in one policy: index of the section, or -1 where it has
// none for them, or where an exclusion takes them out whatever caused the incident.
class SectionMap {
 public:
  SectionMap(const Hazard& hazard, const terms::Plan& plan,
             const std::vector<terms::Exclusion>& exclusions = {});
  const terms::Plan& plan() const { return *plan_; }
  int outage(std::size_t peril) const { return outages_[peril]; }
  int head(std::size_t peril, std::size_t part, std::size_t head) const {
    return heads_[peril][part][head];
  }
  // Whether some section takes a share of this lump sum.
  bool takes(std::size_t peril, std::size_t part) const;

 private:
  const terms::Plan* plan_;
  std::vector<int> outages_;
  std::vector<std::vector<std::vector<int>>> heads_;
};

// Rows [from, to) of one peril in the table, and a factor on all their amounts (the parameter
// ensemble; 1 elsewhere).
struct EventRange {
  std::size_t peril = 0;
  std::size_t from = 0;
  std::size_t to = 0;
  double severity = 1.0;
};

// Any rows of one peril, and the rows of the block that they become.
struct EventPick {
  std::size_t peril = 0;
  std::span<const std::uint32_t> from;  // rows of the table
  std::span<const std::uint32_t> to;    // rows of the block, of the same number
};

// The places of an EventPick, gathered one by one.
struct EventPlaces {
  std::vector<std::uint32_t> from;
  std::vector<std::uint32_t> to;
  void add(std::size_t table_row, std::uint32_t block_row) {
    from.push_back(static_cast<std::uint32_t>(table_row));
    to.push_back(block_row);
  }
  EventPick of(std::size_t peril) const { return {.peril = peril, .from = from, .to = to}; }
};

// A growing block of rows. All amounts are whole minor units: each lump sum is rounded, and of an
// interruption its sum up to each hour at which the terms cut it (terms/hours.h). An interruption
// stands as these sums where its section has time terms, else as its whole sum. Not for several
// threads at once. Cost: about 5 ns a row and driver.
class EventColumns {
 public:
  // kSections: what the terms need, and no totals of rows.
  enum class Totals : std::uint8_t { kRows = 1, kNone = 2 };
  EventColumns(const ScenarioTable& table, const LossModel& model, const SectionMap& sections,
               Totals totals = Totals::kRows);

  void clear() { resize(0); }
  // So many rows without a loss.
  void resize(std::size_t rows);
  // Adds rows behind those that stand.
  void append(const EventRange& events);
  // Adds to rows that stand; each of them once.
  void put(const EventPick& events);

  std::size_t rows() const { return rows_; }
  // Views into this block; valid until it changes. Columns in which nothing was written are empty.
  // `lapses`: what they take of each row, or nullptr; must outlive the use.
  const terms::ColumnIncidents& incidents(const LapseColumns* lapses = nullptr);
  // Of each row: every loss of the event, and the part that some section takes, both before any
  // term. Empty under Totals::kNone.
  const std::vector<double>& ground_up() const { return ground_up_; }
  const std::vector<double>& in_sections() const { return in_sections_; }

 private:
  struct Outages {
    std::vector<double> minutes;
    std::vector<double> waited;
    std::vector<double> in_period;
    std::vector<double> gross;
    void resize(std::size_t rows);
  };
  struct Drawn;
  Drawn drawn();
  std::span<const double> driver(std::size_t dimension, std::vector<double>& gathered);
  void extend(std::size_t rows);
  void losses();
  void interrupt(const terms::TimeTerms* time, Outages* outages);
  void interruptions();
  void part_amounts(std::size_t part);
  void add(int section, double share);
  template <class Place>
  void add_at(const Place& place, int section, double share);
  std::size_t place(std::size_t i) const { return events_.to.empty() ? first_ + i : events_.to[i]; }

  const ScenarioTable* table_;
  const LossModel* model_;
  const SectionMap* sections_;
  bool totals_;
  std::size_t rows_ = 0;
  // The events being added: a stretch of the table, or the rows that were picked.
  EventRange range_;
  EventPick events_;
  std::size_t first_ = 0;  // row of the block where a stretch begins
  std::size_t count_ = 0;
  std::vector<double> amounts_;                  // of one loss part, by event being added
  std::array<std::vector<double>, 4> gathered_;  // drivers of picked rows
  std::vector<std::vector<double>> lumps_;       // by section
  std::vector<Outages> outages_;                 // by section
  std::vector<std::uint8_t> written_;            // by section
  std::vector<double> ground_up_;
  std::vector<double> in_sections_;
  terms::ColumnIncidents incidents_;
};

// Events of one peril after the other, each settled in a year of its own. Keeps its working memory;
// not for several threads at once. The plan of `sections` must outlive it.
class FreshPayments {
 public:
  FreshPayments(const ScenarioTable& table, const LossModel& model, const SectionMap& sections,
                const Lapses* lapses = nullptr)
      : events_(table, model, sections, EventColumns::Totals::kNone),
        plan_(&sections.plan()),
        settler_(sections.plan()),
        lapses_(lapses) {}

  // Rows in the order of the range, services in kind counted as paid; valid until the next call.
  // Refuses what settle_columns refuses.
  Result<const terms::ColumnPaid*> settle(const EventRange& events);

 private:
  EventColumns events_;
  const terms::Plan* plan_;
  terms::ColumnSettler settler_;
  const Lapses* lapses_;  // nullptr: none
  LapseColumns taken_;
  terms::ColumnPaid paid_;
};

}  // namespace anlan::engine
