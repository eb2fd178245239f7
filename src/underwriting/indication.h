// Indication: what a policy would about cost a company of which only a few facts are known, before
// anyone registers or answers anything (MODEL.md 6).
//
// What nobody stated is drawn from its plausible range (inference.h), the controls from those of
// the sector, the past incidents from the model's own distribution, the parameters from the
// ensemble: one price for each of kIndicationDraws companies that it may be. The interval holds 90
// % of them. Deterministic: the same facts give the same bits.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/executor.h"
#include "base/money.h"
#include "base/result.h"
#include "domain/enterprise.h"
#include "domain/quote.h"
#include "engine/year.h"
#include "underwriting/loads.h"
#include "underwriting/product.h"
#include "underwriting/profile.h"
#include "underwriting/triage.h"

namespace anlan::underwriting {

inline constexpr std::size_t kIndicationDraws = 512;
inline constexpr std::size_t kNarrowingDraws = 256;  // of each width that is compared
inline constexpr std::size_t kNextQuestions = 3;

struct MoneyRange {
  Money low;  // 5 % of the companies that it may be lie below
  Money central;
  Money high;  // 5 % lie above
  bool operator==(const MoneyRange&) const = default;
};

// A fact that the loss model reads and nobody stated.
struct UnknownFact {
  const domain::FactKind* kind = nullptr;
  std::int64_t low = 0;  // as a canonical fact value: minor units, ppm, a count
  std::int64_t central = 0;
  std::int64_t high = 0;
  std::string source;  // empty: of the model itself (past incidents)
  bool operator==(const UnknownFact&) const = default;
};

// What the answer to one question would leave of the interval of the technical premium.
struct Narrowing {
  const domain::FactKind* fact = nullptr;  // nullptr: the assessment of the controls
  // At its low, central and high value, each a full recalculation.
  std::array<std::int64_t, 3> values{};  // 0 for the controls
  std::array<MoneyRange, 3> technical;
  Money width;  // that is left, expected: the three widths weighed 0.185, 0.63, 0.185 (D. L. Keefer
                // and S. E. Bodily 1983, Management Science 29(5), extended Pearson-Tukey)
  bool operator==(const Narrowing&) const = default;
};

struct IndicationInput {
  const engine::YearSetting& setting;  // of the product's wording
  const Product& product;
  const PriceLoads& loads;
  const Inference& inference;
  std::vector<domain::Fact> facts;  // canonical; sector, revenue and employees at least
  Money aggregate;                  // the most that the year can take
};

struct Indication {
  MoneyRange ground_up;        // expected a year, before any policy
  MoneyRange insured;          // expected a year, paid
  MoneyRange technical;        // gross
  domain::PriceParts parts;    // of the central price, with the filed premium
  std::uint64_t systemic = 0;  // systemic_share of the central price, ppm
  std::vector<UnknownFact> unknown;
  std::vector<Narrowing> next;  // the best first, at most kNextQuestions; none that widens
  Money width;                  // of the interval that they are compared with
  std::vector<const domain::FactKind*> missing;  // what a quote asks for, all of it
  Triage triage;  // what is already known to refer or decline; authority and controls left out
};

// Refuses kFactsMissing where sector, revenue or employees is missing, kOutOfRange for a revenue of
// nothing, and what the engine refuses. Cost: about 1.3 s of one core, spread over
// the executor.
Result<Indication> indicate(const IndicationInput& input, Executor& executor);

}  // namespace anlan::underwriting
