// Exclusion: what a wording takes out, as a predicate over the facts of an incident, and what of it
// is written back.
//
// The LMA family 5564 to 5567 (January 2023) is data of this form: war by its cause; cyber
// operations with `attribution` required (variant A) or not (variant B); 5565 limits other
// operations to an amount; 5566 excludes only those that significantly impaired a state; 5567 also
// writes bystanding assets back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/node_reader.h"
#include "base/share.h"
#include "domain/attribution.h"
#include "terms/clause.h"
#include "terms/terms.h"

namespace anlan::terms {

// Required: acts only when a source that counts holds a state responsible, with confidence enough.
enum class AttributionRule : std::uint8_t { kNone = 1, kRequired = 2 };
constexpr auto enum_names(AttributionRule*) {
  using R = AttributionRule;
  return std::array{EnumName<R>{R::kNone, "none"}, EnumName<R>{R::kRequired, "required"}};
}

// Significant: acts only when a state was significantly impaired.
enum class ImpairmentRule : std::uint8_t { kAny = 1, kSignificant = 2 };
constexpr auto enum_names(ImpairmentRule*) {
  using R = ImpairmentRule;
  return std::array{EnumName<R>{R::kAny, "any"}, EnumName<R>{R::kSignificant, "significant"}};
}

// Covered: assets outside the affected state are written back.
enum class BystandingRule : std::uint8_t { kExcluded = 1, kCovered = 2 };
constexpr auto enum_names(BystandingRule*) {
  using R = BystandingRule;
  return std::array{EnumName<R>{R::kExcluded, "excluded"}, EnumName<R>{R::kCovered, "covered"}};
}

// With causes or perils only: the whole incident is excluded when one of them is met. With heads
// only: those heads are never paid. With both: those heads, when one of the causes or perils is
// met.
struct Exclusion {
  std::string name = {};                 // "war"
  std::vector<std::string> causes = {};  // tags of an incident
  std::vector<std::string> perils = {};
  std::vector<std::string> heads = {};
  std::string clause = {};
  std::vector<std::string> except_causes = {};  // written back when the incident has one of them
  std::vector<std::string> except_heads = {};   // written back always
  AttributionRule attribution = AttributionRule::kNone;
  std::vector<domain::AttributionSource> attribution_sources = {};  // that count; empty: all
  Share confidence_min = {};                                        // at least
  ImpairmentRule impairment = ImpairmentRule::kAny;
  BystandingRule bystanding = BystandingRule::kExcluded;
  // Not excluded: the incident is limited to this amount, 0 to kAmountMax.
  std::optional<std::int64_t> limit = {};
  std::string limit_clause = {};
  bool operator==(const Exclusion&) const = default;

  bool of_heads() const { return !heads.empty(); }
  bool always() const { return causes.empty() && perils.empty(); }
};

// What of an incident an exclusion asks. The references live as long as the call.
struct ExclusionFacts {
  const std::string& peril;
  const std::vector<std::string>& causes;
  const std::optional<domain::Attribution>& attribution;
};

// Whether the predicate holds of the incident; heads and evidence are the caller's.
bool is_met(const Exclusion& exclusion, const ExclusionFacts& facts);

// Whether the head is one that the exclusion takes, none of those written back.
bool takes_head(const Exclusion& exclusion, const std::string& head);

// Whether one of them takes the head out of every incident of the peril that names no cause and has
// no attribution: what is known of an incident of a model.
bool take_always(const std::vector<Exclusion>& exclusions, const std::string& peril,
                 const std::string& head);

// One entry of [[exclusions]]. Refuses kExclusionEmpty, and kExclusionTermVoid (args exclusion,
// term) where a term could never act: sources and confidence without attribution, impairment and
// bystanding without a cause or peril, an exception that takes nothing out, a limit of heads.
Exclusion read_exclusion(NodeReader& reader, ClauseBook& book, const Terms& terms);

}  // namespace anlan::terms
