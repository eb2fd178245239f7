// Events of the scenario table as columns of losses by section, for terms::settle_columns.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/loss_model.h"
#include "engine/scenario_table.h"
#include "terms/plan.h"
#include "terms/settle_columns.h"

namespace anlan::engine {

// Where the losses of a hazard's perils go in one policy: index of the section, or -1 where it has
// none for them.
class SectionMap {
 public:
  SectionMap(const Hazard& hazard, const terms::Plan& plan);
  const terms::Plan& plan() const { return *plan_; }
  int outage(std::size_t peril) const { return outages_[peril]; }
  int head(std::size_t peril, std::size_t part, std::size_t head) const {
    return heads_[peril][part][head];
  }

 private:
  const terms::Plan* plan_;
  std::vector<int> outages_;
  std::vector<std::vector<std::vector<int>>> heads_;
};

// Which event of the table, and a factor on all its amounts (the parameter ensemble; 1 elsewhere).
struct EventOf {
  std::size_t peril = 0;
  std::size_t replicate = 0;
  std::size_t point = 0;
  double severity = 1.0;
};

// Points [from, to) of one peril and replicate.
struct EventRange {
  std::size_t peril = 0;
  std::size_t replicate = 0;
  std::size_t from = 0;
  std::size_t to = 0;
  double severity = 1.0;
};

// A growing block of rows. All amounts are whole minor units: each lump sum is rounded, and of an
// interruption its sum up to each hour at which the terms cut it (terms/hours.h). An interruption
// stands as these sums where its section has time terms, else as its whole sum. Not for several
// threads at once. Cost: about 30 ns a row and driver.
class EventColumns {
 public:
  EventColumns(const ScenarioTable& table, const LossModel& model, const SectionMap& sections);

  void clear();
  void append(const EventRange& events);
  void append(const EventOf& event) {
    append(EventRange{.peril = event.peril,
                      .replicate = event.replicate,
                      .from = event.point,
                      .to = event.point + 1,
                      .severity = event.severity});
  }

  std::size_t rows() const { return ground_up_.size(); }
  // Views into this block; valid until it changes. Columns in which nothing was written are empty.
  terms::ColumnIncidents incidents() const;
  // Of each row: every loss of the event, and the part that some section takes, both before any
  // term.
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
  Drawn drawn(const EventRange& events) const;
  void interrupt(const EventRange& events, const terms::TimeTerms* time, Outages* outages);
  void append_interruptions(const EventRange& events);
  void append_parts(const EventRange& events);
  void part_amounts(const EventRange& events, std::size_t part);
  std::span<const double> driver(const EventRange& events, std::size_t dimension) const;
  void add(int section, double share);

  const ScenarioTable* table_;
  const LossModel* model_;
  const SectionMap* sections_;
  std::size_t first_ = 0;                   // of the rows being appended
  std::vector<double> amounts_;             // of one loss part, by row being appended
  std::vector<std::vector<double>> lumps_;  // by section
  std::vector<Outages> outages_;            // by section
  std::vector<bool> written_;               // by section
  std::vector<double> ground_up_;
  std::vector<double> in_sections_;
};

}  // namespace anlan::engine
