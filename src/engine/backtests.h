// Back-tests: published figures of claims experience that the model is held against, as
// data/hazard/backtests.toml fixes them. What the model says of each is claims_experience.h's.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "base/node.h"
#include "base/result.h"
#include "engine/hazard.h"

namespace anlan::engine {

// kTest: no constant of the hazard was set from the figure. kAnchor: the calibration knew it.
enum class FigureUse : std::uint8_t { kAnchor = 1, kTest = 2 };
constexpr auto enum_names(FigureUse*) {
  return std::array{EnumName<FigureUse>{FigureUse::kAnchor, "anchor"},
                    EnumName<FigureUse>{FigureUse::kTest, "test"}};
}

// What is compared; the words are explained at the head of the file.
enum class Measure : std::uint8_t {
  kNone = 1,                  // the model has no such figure
  kAnyClaim = 2,              // probability of a claim a year, one gamma for the company
  kFrequency = 3,             // claims a year
  kCountShare = 4,            // claims of `of` to those of `among`
  kMean = 5,                  // minor units
  kMeanRatio = 6,             // mean claim of `of` to that of `among`
  kInterruptionMultiple = 7,  // mean claim with an interruption to that without
  kInterruptionRatio = 8,     // mean interruption, where there is one, to the mean claim of `among`
  kMedianOfRevenue = 9,       // median claim to revenue
  kHoursMedian = 10,
  kHoursMean = 11,
  kPayment = 12,  // expected payment of the calibration's wording to `amount`
};
constexpr auto enum_names(Measure*) {
  using M = Measure;
  return std::array{EnumName<M>{M::kNone, "none"},
                    EnumName<M>{M::kAnyClaim, "any_claim"},
                    EnumName<M>{M::kFrequency, "frequency"},
                    EnumName<M>{M::kCountShare, "count_share"},
                    EnumName<M>{M::kMean, "mean"},
                    EnumName<M>{M::kMeanRatio, "mean_ratio"},
                    EnumName<M>{M::kInterruptionMultiple, "interruption_multiple"},
                    EnumName<M>{M::kInterruptionRatio, "interruption_ratio"},
                    EnumName<M>{M::kMedianOfRevenue, "median_of_revenue"},
                    EnumName<M>{M::kHoursMedian, "hours_median"},
                    EnumName<M>{M::kHoursMean, "hours_mean"},
                    EnumName<M>{M::kPayment, "payment"}};
}

enum class FigureUnit : std::uint8_t { kPercent = 1, kRatio = 2, kDays = 3, kUsd = 4 };
constexpr auto enum_names(FigureUnit*) {
  using U = FigureUnit;
  return std::array{EnumName<U>{U::kPercent, "%"}, EnumName<U>{U::kRatio, "x"},
                    EnumName<U>{U::kDays, "d"}, EnumName<U>{U::kUsd, "USD"}};
}

// Which incidents count: those above the threshold, of interruptions those that passed the waiting
// hours. The default counts every incident.
struct ClaimRule {
  double above = 0.0;  // minor units
  double waiting_hours = 0.0;
};

// Outages of more than `from` and at most `to` hours.
struct HoursBetween {
  double from = 0.0;
  double to = 0.0;
};

struct BothTongues {
  std::string zh;
  std::string en;
};

// Perils are indices into the hazard.
struct PublishedFigure {
  std::string id;
  FigureUse use = FigureUse::kTest;
  Measure measure = Measure::kNone;
  FigureUnit unit = FigureUnit::kPercent;
  BothTongues name;
  std::optional<double> value;  // in `unit`, as the interval
  std::optional<double> low;
  std::optional<double> high;
  std::optional<std::int64_t> sample;  // observations behind it, where the source says
  std::vector<std::size_t> of;
  std::vector<std::size_t> among;
  std::optional<HoursBetween> outage;
  bool every_incident = false;
  Money amount;       // kPayment
  RiskInput company;  // the reference, with what the figure changes
  std::string source;
  std::string source_zh;
  std::int64_t year = 0;
  BothTongues population;
  BothTongues mapping;
  BothTongues miss;  // what it would mean to lie outside

  // The published interval; high is infinite when only a low end is known.
  double published_low() const;
  double published_high() const;
};

struct Backtests {
  ClaimRule claim;
  double usd = 0.0;  // CNY for one
  std::vector<PublishedFigure> figures;
};

// Refuses kPerilUnknown (a name, or hours of a peril without an outage), kOutsideOwnRange (a figure
// with neither value nor interval, or with a value outside it; outage hours that do not rise),
// kDuplicateValue of an id, and the shared reader's codes: so a figure without source, year,
// population or mapping, or with a key that its measure does not use.
Result<Backtests> read_backtests(const Node& root, const std::string& file, const Hazard& hazard);

}  // namespace anlan::engine
