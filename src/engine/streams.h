// Which stream of random numbers is used for what: one constant each, never reused.
#pragma once

#include <cstdint>

namespace anlan::engine {

inline constexpr std::uint32_t kScenarioStream = 1;  // shifts of the events of each peril
inline constexpr std::uint32_t kSequenceStream =
    2;  // shifts of the sequences of incidents in a year
inline constexpr std::uint32_t kEnsembleStream = 3;  // members of the parameter ensemble
inline constexpr std::uint32_t kAnnualStream = 4;    // sequences of incidents of any peril
inline constexpr std::uint32_t kPossibleStream =
    5;  // what a company may be of which little is known
inline constexpr std::uint32_t kControlStream = 6;  // effects of controls, by parameter set
inline constexpr std::uint32_t kTowerStream = 7;    // sequences of incidents under a tower
inline constexpr std::uint32_t kLapseStream = 8;    // lapses of controls at the events of the table
inline constexpr std::uint32_t kPatchingStream = 10;  // days unpatched, of the events of the table
inline constexpr std::uint32_t kTriggerStream = 9;    // which incidents of a year pass its trigger

}  // namespace anlan::engine
