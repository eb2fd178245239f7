// Indication: what a policy would about cost a company of which only a few facts are known, before
// anyone registers or answers anything (MODEL.md 6).
//
// What nobody stated is drawn from its plausible range (inference.h), the controls from those of
// the sector, the past incidents from the model's own distribution, the parameters from the
// ensemble: one price for each of kIndicationDraws companies that it may be. The interval holds 90
// % of them. What to ask next is read off the same companies (engine/explained_share.h): the facts
// by the share of the spread of the price that each explains, with the same rank where the sample
// cannot tell that the difference matters. Deterministic: the same facts give the same bits.
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

inline constexpr std::size_t kIndicationDraws = 2048;
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

// What the answer to one question would tell of the technical premium.
struct Narrowing {
  const domain::FactKind* fact = nullptr;  // nullptr: the assessment of the controls
  std::size_t rank = 1;                    // shared where no difference that matters is sure
  // Share of the variance of the logarithm of the premium, ppm, and its standard error.
  std::int64_t explained = 0;
  std::int64_t explained_error = 0;
  // Low, central and high answer, and the premium of the companies near it. The controls have no
  // values; the price that they alone make of the central company orders them.
  std::array<std::int64_t, 3> values{};
  std::array<MoneyRange, 3> technical;
  Money width;  // of the interval that is left, expected over the answers
  Money width_error;
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
  // Those whose share is above two standard errors, the largest first: kNextQuestions of them and
  // whoever shares the rank of the last.
  std::vector<Narrowing> next;
  std::vector<const domain::FactKind*> missing;  // what a quote asks for, all of it
  Triage triage;  // what is already known to refer or decline; authority and controls left out
};

// Refuses kFactsMissing where sector, revenue or employees is missing, kOutOfRange for a revenue of
// nothing, and what the engine refuses. Cost: about 0.8 s of one core, spread over the executor.
Result<Indication> indicate(const IndicationInput& input, Executor& executor);

}  // namespace anlan::underwriting
