// The same incidents of one company under several policies: what each pays, how much of the loss
// that is, and the incidents on which they differ most, which can be played again in row form.
//
// The incidents are the first rows of each peril in the scenario table, as many as its share of the
// frequency asks for and at least one point of each replicate: the same for every policy, so that
// two columns differ only by their terms. Each is settled in a year of its own: what several
// incidents of a year take from each other's limits is not in these figures (year.h has it).
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "engine/loss_model.h"
#include "engine/scenario_table.h"
#include "engine/year.h"
#include "terms/script.h"

namespace anlan::engine {

inline constexpr std::size_t kComparedEvents = 10'000;
inline constexpr std::size_t kContrasts = 5;

// One market and the policies of the company, in order. All must outlive the comparison.
struct CompareSetting {
  const Hazard* hazard = nullptr;
  const ScenarioTable* table = nullptr;  // of this hazard, with at least `events` rows
  std::vector<const InsuredCover*> covers = {};
  std::size_t events = kComparedEvents;

  YearSetting of(std::size_t cover) const {
    return {.hazard = hazard, .table = table, .cover = covers[cover]};
  }
};

// A row of the table.
struct ComparedEvent {
  std::size_t peril = 0;
  std::size_t row = 0;
  double weight = 0.0;  // incidents a year that it stands for
};

// Minor units.
struct PolicyEvents {
  double expected = 0.0;            // paid a year
  double error = 0.0;               // standard error of it, over the replicates
  double share_paid = 0.0;          // of the losses
  double share_of_incidents = 0.0;  // that are paid at all
  double worst_gap = 0.0;           // the largest part of one incident that stays with the company
  std::size_t worst_event = 0;
};

struct EventContrast {
  std::size_t event = 0;
  std::size_t most = 0;  // the policy that pays most, the first of equals
  std::size_t least = 0;
  double difference = 0.0;
};

struct EventComparison {
  std::vector<ComparedEvent> events = {};
  std::vector<double> loss = {};               // of each event, before any policy
  std::vector<std::vector<double>> paid = {};  // by policy, of each event that its trigger admits
  double frequency = 0.0;                      // incidents a year
  double ground_up = 0.0;                      // a year, over these events
  std::vector<PolicyEvents> policies = {};
  // The largest difference of each peril, largest first, kContrasts at most.
  std::vector<EventContrast> contrasts = {};
};

// Refuses what settle_columns refuses. Cost: about 5 ms for 10,000 events and one policy.
Result<EventComparison> compare_events(const CompareSetting& setting, const LossModel& model);

// One event as a script, with the losses that this policy's sections take as sums and hours: played
// under its wording with every condition met it pays what the column form does.
terms::Script event_script(const YearSetting& setting, const LossModel& model,
                           const ComparedEvent& event);

// What lapsed controls and scales take off the event under this policy; `loss` in its sections,
// minor units.
terms::Tightening event_tightening(const YearSetting& setting, const ComparedEvent& event,
                                   double loss);

}  // namespace anlan::engine
