// Perils: what can befall an enterprise (MODEL.md 2). The codes are the names that loss models,
// incidents and wordings share.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace anlan::domain {

// How one cause reaches companies.
enum class PerilReach : std::uint8_t {
  kOwn = 1,        // each company by itself
  kSystemic = 2,   // one event hits all who share a provider or a product
  kContagion = 3,  // along the graph of suppliers and customers
};

struct PerilKind {
  std::string_view code;
  PerilReach reach;
  std::string_view zh;
  std::string_view en;
  // Counted in accumulations and taken from the shared catalogue of events.
  bool systemic() const { return reach == PerilReach::kSystemic; }
};

std::span<const PerilKind> peril_kinds();                 // 13, in the order of MODEL.md 2
const PerilKind* find_peril_kind(std::string_view code);  // nullptr: not in the table

}  // namespace anlan::domain
