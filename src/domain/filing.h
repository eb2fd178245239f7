// Filing: the wording and the rates that a house may use, as the regulator holds them (Insurance
// Law art 135), kept by the house beside the paper that says so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "base/sha256.h"
#include "base/time.h"
#include "domain/ids.h"

namespace anlan::domain {

// A price and its range, a year, all taxes in.
struct FiledRate {
  Money premium;
  Money low;
  Money high;
  bool operator==(const FiledRate&) const = default;
  template <class R = FiledRate>
  static constexpr auto fields() {
    return std::tuple{field("premium", &R::premium), field("low", &R::low),
                      field("high", &R::high)};
  }
};

// Terms that may be chosen by endorsement.
struct FiledTerms {
  std::string id;
  WordingName wording;
  Digest wording_artefact;
  FiledRate rate;
  bool operator==(const FiledTerms&) const = default;
  template <class T = FiledTerms>
  static constexpr auto fields() {
    return std::tuple{field("id", &T::id), field("wording", &T::wording),
                      field("wording_artefact", &T::wording_artefact), field("rate", &T::rate)};
  }
};

// The range of an adjustment, in parts per million of the base premium.
struct FiledAdjustment {
  std::string id;
  std::int64_t low_ppm = 0;
  std::int64_t high_ppm = 0;
  bool operator==(const FiledAdjustment&) const = default;
  template <class A = FiledAdjustment>
  static constexpr auto fields() {
    return std::tuple{field("id", &A::id), field("low_ppm", &A::low_ppm),
                      field("high_ppm", &A::high_ppm)};
  }
};

// One number stands for one content, for good: another content has another number.
struct Filing {
  ProductName product;
  std::string registration;
  WordingName wording;
  Digest wording_artefact;
  Digest product_artefact;  // the version of the rate table that was read
  FiledRate rate;
  std::vector<FiledTerms> options;
  std::vector<FiledAdjustment> factors;
  std::optional<FiledRate> certificates;  // of a member of a park
  Date from;                              // contracts are made under it from this day
  Digest evidence;                        // the regulator's paper
  bool operator==(const Filing&) const = default;
  template <class F = Filing>
  static constexpr auto fields() {
    return std::tuple{field("product", &F::product),
                      field("registration", &F::registration),
                      field("wording", &F::wording),
                      field("wording_artefact", &F::wording_artefact),
                      field("product_artefact", &F::product_artefact),
                      field("rate", &F::rate),
                      field("options", &F::options),
                      field("factors", &F::factors),
                      field("certificates", &F::certificates),
                      field("from", &F::from),
                      field("evidence", &F::evidence)};
  }
};

// The insurer's own licence, as the regulator gave it. A house of real money neither binds nor
// collects on a day that none on record covers (Order 2020 No. 13, art 3).
struct LicenceRecorded {
  static constexpr std::uint16_t kKind = 141;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "licence_recorded";
  std::string number;
  Date from;                  // first day
  std::optional<Date> until;  // the day after the last; none: until another is recorded
  Digest evidence;            // of the paper
  bool operator==(const LicenceRecorded&) const = default;
  template <class E = LicenceRecorded>
  static constexpr auto fields() {
    return std::tuple{field("number", &E::number), field("from", &E::from),
                      field("until", &E::until), field("evidence", &E::evidence)};
  }
};

struct FilingRecorded {
  static constexpr std::uint16_t kKind = 140;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "filing_recorded";
  Filing filing;
  bool operator==(const FilingRecorded&) const = default;
  template <class E = FilingRecorded>
  static constexpr auto fields() {
    return std::tuple{field("filing", &E::filing)};
  }
};

}  // namespace anlan::domain
