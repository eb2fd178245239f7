// Frequencies and severities as they stand in a case file (aggregate_case.h describes the format).
//
// Beside what the shared reader refuses: kProbabilitySum, kNotAbove, kNotInside, kReversed,
// kLengthsDiffer, kNestedTooDeep, kNoMassThere, kNeverAClaim, kKeysExclude.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/node_reader.h"
#include "engine/frequency.h"
#include "engine/severity.h"

namespace anlan::engine {

inline constexpr double kAmountTop = 1e18;  // the largest amount of a case

Frequency read_frequency(NodeReader& r);
Severity read_severity(NodeReader& r);

// A number above `low`, at most `high`.
double read_above(NodeReader& r, std::string_view key, double low, double high);
double read_positive(NodeReader& r, std::string_view key);  // above 0, at most kAmountTop
// A list of numbers in [low, high]; missing is refused, empty too.
std::vector<double> read_numbers(NodeReader& r, std::string_view key, double low, double high);
// Each at least 0, together 1 within 1e-9; then scaled to sum 1 exactly to rounding.
std::vector<double> read_probabilities(NodeReader& r, std::string_view key);
// A number as a refusal or a table shows it: ten digits at most.
std::string shown(double value);

}  // namespace anlan::engine
