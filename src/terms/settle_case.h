// Settle cases: the exchange format of `settle` (SETTLE_CASE.md), one JSON object in, one out.
//
// The reply equals the executable reference (settle_ref.py) in every field that it prints; `steps`
// is extra. Refusals name the same path: unknown keys, wrong types, choices, ranges, and the rules
// of the format. Bounds of our own: kSectionsMax sections, kLayersMax layers.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/node.h"
#include "base/result.h"
#include "terms/settle.h"
#include "terms/tower.h"

namespace anlan::terms {

struct PolicyCase {
  Terms terms = {};
  std::vector<Incident> incidents = {};  // in order of time
};

struct TowerCase {
  Tower tower = {};
  std::vector<TowerLoss> losses = {};
};

using SettleCase = std::variant<PolicyCase, TowerCase>;

// `file` is named in the place of a refusal.
Result<SettleCase> read_settle_case(const Node& root, const std::string& file);

// The `tower` of a tower case alone: its `losses` are not asked for and not read. Refuses what
// read_settle_case refuses of a tower.
Result<Tower> read_tower_file(const Node& root, const std::string& file);

// Settles the incidents in order over one fresh year: {"incidents": [...]}. Each incident of a
// policy has paid, paid_total, mitigation_paid, aggregate_left, services (of a policy that has
// some) and steps; of a tower layers,
// paid_total, uninsured.
Node settle_case_reply(const SettleCase& read);

}  // namespace anlan::terms
