// Endorsement: a change of a running policy from a day on, and what it sets.
//
// A policy's life is its bind plus its endorsements. Each sets one component from 00:00 of a first
// day (policy time zone) until a later day sets the same component again, or to the end of the
// period (docs/decisions/022-premium-by-day.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "base/sha256.h"
#include "base/time.h"
#include "domain/ids.h"

namespace anlan::domain {

enum class EndorsementKind : std::uint8_t {
  kTerms = 1,          // another filed option: its wording, limits and base premium
  kFactor = 2,         // a filed adjustment factor
  kSuspend = 3,        // no cover and no premium from this day on
  kReinstate = 4,      // cover and premium again, after a suspension
  kBroker = 5,         // another broker looks after the policy
  kControlChange = 6,  // another person holds or controls the insured
  kImprovement = 7,    // Insurance Law art 53: less danger, the factor falls by day
  kDanger = 8,         // Insurance Law art 52: significantly more danger, the factor rises by day
};
constexpr auto enum_names(EndorsementKind*) {
  using K = EndorsementKind;
  return std::array{EnumName<K>{K::kTerms, "terms"},
                    EnumName<K>{K::kFactor, "factor"},
                    EnumName<K>{K::kSuspend, "suspend"},
                    EnumName<K>{K::kReinstate, "reinstate"},
                    EnumName<K>{K::kBroker, "broker"},
                    EnumName<K>{K::kControlChange, "control_change"},
                    EnumName<K>{K::kImprovement, "improvement"},
                    EnumName<K>{K::kDanger, "danger"}};
}

// A filed option as it was chosen: what the product said of it on that day.
struct ChosenOption {
  std::string id;
  WordingName wording;
  Digest wording_artefact;
  Money filed;    // premium of the option as filed, a year
  Money premium;  // base before factors: `filed` x premium as bound / filed premium of the quote
  Money low;      // filed range of the annual premium
  Money high;
  Money aggregate_limit;
  Money incident_maximum;
  bool operator==(const ChosenOption&) const = default;
  template <class O = ChosenOption>
  static constexpr auto fields() {
    return std::tuple{field("id", &O::id),
                      field("wording", &O::wording),
                      field("wording_artefact", &O::wording_artefact),
                      field("filed", &O::filed),
                      field("premium", &O::premium),
                      field("low", &O::low),
                      field("high", &O::high),
                      field("aggregate_limit", &O::aggregate_limit),
                      field("incident_maximum", &O::incident_maximum)};
  }
};

// A filed factor at a value, in parts per million of the base premium.
struct ChosenFactor {
  std::string id;
  std::int64_t ppm = 0;
  std::int64_t low_ppm = 0;  // filed range
  std::int64_t high_ppm = 0;
  bool operator==(const ChosenFactor&) const = default;
  template <class F = ChosenFactor>
  static constexpr auto fields() {
    return std::tuple{field("id", &F::id), field("ppm", &F::ppm), field("low_ppm", &F::low_ppm),
                      field("high_ppm", &F::high_ppm)};
  }
};

// What it sets depends on the kind: terms the option; factor, improvement and danger the factor;
// broker and control_change the name; suspend and reinstate nothing beside the day.
struct Endorsement {
  std::uint32_t number = 0;  // of the policy, from 1, voided ones counted
  EndorsementKind kind = EndorsementKind::kTerms;
  Date from;  // the first day on which it acts
  std::optional<ChosenOption> option;
  std::optional<ChosenFactor> factor;
  std::string name;                // the broker's actor name, or who holds or controls the insured
  std::string reason;              // a code or a sentence
  ObservationId observation;       // the evidence of an improvement; 0: none
  std::optional<Date> noticed_on;  // when the insured gave notice of more danger
  std::vector<std::uint32_t> replaces;  // earlier endorsements of the same component and day
  bool operator==(const Endorsement&) const = default;
  template <class E = Endorsement>
  static constexpr auto fields() {
    return std::tuple{field("number", &E::number),
                      field("kind", &E::kind),
                      field("from", &E::from),
                      field("option", &E::option),
                      field("factor", &E::factor),
                      field("name", &E::name),
                      field("reason", &E::reason),
                      field("observation", &E::observation),
                      field("noticed_on", &E::noticed_on),
                      field("replaces", &E::replaces)};
  }
};

// "AL-2026-000037/2"
inline std::string endorsement_number(const std::string& policy_number, std::uint32_t number) {
  return policy_number + "/" + std::to_string(number);
}

// A premium by who pays it.
struct PremiumParts {
  Money customer;
  Money government;
  bool operator==(const PremiumParts&) const = default;
  template <class E = PremiumParts>
  static constexpr auto fields() {
    return std::tuple{field("customer", &E::customer), field("government", &E::government)};
  }
};

// How a policy goes on after its period.
enum class RenewalChoice : std::uint8_t {
  kManual = 1,           // nobody has chosen: an offer is made and accepted
  kAutomatic = 2,        // the insured wants the next year offered and bound unless it objects
  kInsuredDeclines = 3,  // the insured does not renew
  kInsurerDeclines = 4,  // the insurer does not renew, with notice and reason
};
constexpr auto enum_names(RenewalChoice*) {
  using R = RenewalChoice;
  return std::array{EnumName<R>{R::kManual, "manual"}, EnumName<R>{R::kAutomatic, "automatic"},
                    EnumName<R>{R::kInsuredDeclines, "insured_declines"},
                    EnumName<R>{R::kInsurerDeclines, "insurer_declines"}};
}

// A change of a running policy. `written` is the premium of the whole period after it, by payer.
struct PolicyEndorsed {
  static constexpr std::uint16_t kKind = 70;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "policy_endorsed";
  PolicyId policy;
  Endorsement endorsement;
  PremiumParts written;
  bool operator==(const PolicyEndorsed&) const = default;
  template <class E = PolicyEndorsed>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy), field("endorsement", &E::endorsement),
                      field("written", &E::written)};
  }
};

// A correction: as if the endorsement had not been made; those after it act as they then would.
struct EndorsementVoided {
  static constexpr std::uint16_t kKind = 71;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "endorsement_voided";
  PolicyId policy;
  std::uint32_t number = 0;
  std::string reason;
  PremiumParts written;
  bool operator==(const EndorsementVoided&) const = default;
  template <class E = EndorsementVoided>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy), field("number", &E::number),
                      field("reason", &E::reason), field("written", &E::written)};
  }
};

// A lapsed policy covers again from `on`; the days since the lapse stay without cover and premium.
struct PolicyReinstated {
  static constexpr std::uint16_t kKind = 72;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "policy_reinstated";
  PolicyId policy;
  Date on;
  std::string reason;
  PremiumParts written;
  bool operator==(const PolicyReinstated&) const = default;
  template <class E = PolicyReinstated>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy), field("on", &E::on), field("reason", &E::reason),
                      field("written", &E::written)};
  }
};

// How the policy goes on after its period, as one side chose.
struct RenewalChosen {
  static constexpr std::uint16_t kKind = 73;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "renewal_chosen";
  PolicyId policy;
  RenewalChoice choice = RenewalChoice::kManual;
  std::string reason;
  bool operator==(const RenewalChosen&) const = default;
  template <class E = RenewalChosen>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy), field("choice", &E::choice),
                      field("reason", &E::reason)};
  }
};

}  // namespace anlan::domain
