// The distribution of one company's losses of a year, before and after a policy: a weighted sample
// of years.
//
// Stratified by the number of incidents of any peril, covered or not (negative binomial). A year
// without one has its exact probability. A year with one is every event of the scenario table,
// weighted by its peril's frequency. Years with two and more are deterministic quasi-random
// sequences of incidents, settled in order with the policy's year. Each replicate of the table is a
// sample of its own; their scatter is the standard error of every figure.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/executor.h"
#include "base/result.h"
#include "engine/year.h"

namespace anlan::engine {

// Insurable: losses of covered perils that some section takes, before its terms. Unpaid: the part
// of it that the terms keep from being paid. Largest insurable: that of the one incident of the
// year of which it is largest, which is what a retention per incident is held against.
enum class LossView : std::uint8_t {
  kGroundUp = 1,
  kPaid = 2,
  kRetained = 3,
  kInsurable = 4,
  kUnpaid = 5,
  kLargestInsurable = 6
};

// A figure and its standard error over the replicates.
struct Sampled {
  double value = 0.0;
  double error = 0.0;
};

// One incident of a year, minor units.
struct YearPart {
  std::uint32_t peril = 0;  // in the order of the hazard
  double ground_up = 0.0;
  double insurable = 0.0;
  double paid = 0.0;
  std::uint32_t row = 0;  // of its amounts by section, in its replicate
  bool passed = true;     // the trigger of the wording; else nothing of the row is paid
};

// Losses of one section of the policy in one incident, minor units.
struct SectionAmounts {
  double insurable = 0.0;  // before its terms
  double paid = 0.0;
};

// What a section adds in the worst years, a year, minor units.
struct SectionTail {
  Sampled insurable;  // before its terms
  Sampled paid;
  Sampled unpaid;
};

class AnnualLosses {
 public:
  // `points` of the table per peril and replicate; at most those of the table. Refuses what
  // settle_columns refuses. The same bits for any executor. Cost: about 25 ms at 256 points.
  static Result<AnnualLosses> sample(const YearSetting& setting, const LossModel& model,
                                     std::size_t points, Executor& executor);

  double no_incident() const { return none_; }
  // P(loss of the year > amount).
  Sampled exceeds(LossView view, double amount) const;
  // The smallest amount that the year's loss exceeds with probability 1 - level or less.
  Sampled quantile(LossView view, double level) const;
  // Mean of the worst 1 - level share of years (Acerbi and Tasche 2002, definition 3.2: an atom at
  // the quantile counts with the part of it that is needed).
  Sampled tail_mean(LossView view, double level) const;
  Sampled mean(LossView view) const;
  // What each peril adds of one view in the worst years of another: E[peril's `what` | the year's
  // `tail` in its worst 1 - level], years at the quantile with the same part. With equal views it
  // sums to tail_mean.
  std::vector<Sampled> tail_by_peril(LossView tail, LossView what, double level) const;
  // The sum over the perils, with the error of the sum.
  Sampled tail_of(LossView tail, LossView what, double level) const;

  // The same by section of the policy, in their order, and behind them what no section takes: of a
  // peril that is not covered, or of a cover that the policy does not have (insurable holds the
  // loss, paid 0). With the view kGroundUp all insurable amounts sum to tail_mean of kGroundUp.
  std::vector<SectionTail> tail_by_section(LossView tail, double level) const;

  // Internal to the module: one sampled year.
  struct Point {
    double ground_up = 0.0;
    double insurable = 0.0;
    double paid = 0.0;
    double largest = 0.0;  // insurable of one incident
    double weight = 0.0;   // of its replicate: the weights of one replicate and `none` sum to 1
    std::uint32_t first_part = 0;
    std::uint32_t parts = 0;
  };

 private:
  friend class AnnualSampler;
  template <class Statistic>
  Sampled over_replicates(LossView view, const Statistic& statistic) const;

  double none_ = 1.0;
  // Of the years of a tail: losses above `start` count in full, those at it with `part`.
  struct TailCut {
    double start = 0.0;
    double part = 0.0;
  };
  // Replicates from..to - 1 taken as one sample.
  struct Span {
    std::size_t from = 0;
    std::size_t to = 0;
  };
  Span all() const { return {.from = 0, .to = replicates_.size()}; }
  TailCut cut(LossView view, double level, Span span) const;
  // Calls add(replicate, part, weight) for each incident of the worst years; the weights of one
  // incident a year sum to 1.
  template <class Add>
  void each_of_tail(LossView view, double level, Span span, const Add& add) const;
  std::vector<double> perils_of_tail(LossView tail, LossView what, double level, Span span) const;
  std::vector<SectionAmounts> sections_of_tail(LossView tail, double level, Span span) const;

  std::size_t perils_ = 0;
  std::size_t sections_ = 0;
  std::vector<std::vector<Point>> replicates_;
  std::vector<std::vector<YearPart>> parts_;          // by replicate
  std::vector<std::vector<SectionAmounts>> amounts_;  // by replicate: row, section
};

}  // namespace anlan::engine
