// Events of the scenario table as columns of losses by section, for terms::settle_columns.
#pragma once

#include <cstdint>
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

// A growing block of rows. All amounts are whole minor units. An interruption stands as an hourly
// curve from the hour of the week at which it starts where the section has time terms, else as its
// sum. Not for several threads at once.
class EventColumns {
 public:
  EventColumns(const ScenarioTable& table, const LossModel& model, const SectionMap& sections);

  void clear();
  void append(const EventOf& event);

  std::size_t rows() const { return ground_up_.size(); }
  // Views into this block; valid until it changes.
  terms::ColumnIncidents incidents() const;
  // Of each row: every loss of the event, and the part that some section takes, both before any
  // term.
  const std::vector<double>& ground_up() const { return ground_up_; }
  const std::vector<double>& in_sections() const { return in_sections_; }

 private:
  struct Outages {
    std::vector<double> minutes;
    std::vector<double> hourly;
    std::vector<std::uint32_t> offsets{0};
  };
  double append_interruption(const EventOf& event);
  double append_hours(std::vector<double>& out, const EventOf& event, double minutes);
  void append_parts(const EventOf& event);
  bool open(const EventOf& event, std::optional<std::size_t> gate) const;
  double driver(const EventOf& event, std::size_t dimension) const;
  void add(int section, double amount);

  const ScenarioTable* table_;
  const LossModel* model_;
  const SectionMap* sections_;
  std::vector<double> activity_;  // the week again and again, as long as an outage can be
  std::vector<double> scratch_;
  std::vector<std::vector<double>> lumps_;  // by section
  std::vector<Outages> outages_;            // by section
  std::vector<double> ground_up_;
  std::vector<double> in_sections_;
};

}  // namespace anlan::engine
