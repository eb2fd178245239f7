// Clauses of a wording: the numbered text in both languages, and which of them relieve the insurer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/node_reader.h"

namespace anlan::terms {

enum class ClauseKind : std::uint8_t {
  kInsuring = 1,
  kExclusion = 2,
  kDeductible = 3,
  kLimit = 4,
  kCondition = 5,
  kDefinition = 6,
  kGeneral = 7,
};
constexpr auto enum_names(ClauseKind*) {
  using K = ClauseKind;
  return std::array{
      EnumName<K>{K::kInsuring, "insuring"},     EnumName<K>{K::kExclusion, "exclusion"},
      EnumName<K>{K::kDeductible, "deductible"}, EnumName<K>{K::kLimit, "limit"},
      EnumName<K>{K::kCondition, "condition"},   EnumName<K>{K::kDefinition, "definition"},
      EnumName<K>{K::kGeneral, "general"}};
}

struct Clause {
  std::string ref = {};  // "2.1"
  ClauseKind kind = ClauseKind::kGeneral;
  // The clause relieves the insurer of what it would else owe: exclusions, deductibles,
  // participation, waiting periods. Without evidence that it was shown and explained it has no
  // effect (Insurance Law art 17(2); Supreme People's Court, Interpretation II of the Insurance
  // Law, art 9 and 13).
  bool exemption = false;
  bool by_hand =
      false;  // an exemption that a person applies: no term, exclusion or condition refers to it
  std::string zh = {};
  std::string en = {};
  bool operator==(const Clause&) const = default;
};

// While a wording is read: every reference to a clause must find one, and every exemption clause
// must be referred to.
class ClauseBook {
 public:
  // Reads [[clauses]]. Refuses a reference used twice, and exclusions and deductibles that are not
  // marked as exemptions (kExemptionUnmarked).
  explicit ClauseBook(NodeReader& wording);

  // The text of `key` in `reader` as a reference. `required`: the term beside it acts, so the
  // clause must be named. Refuses kClauseUnknown with args clause, nearest.
  std::string reference(NodeReader& reader, std::string_view key, bool required);

  // Refuses kExemptionUnused at each exemption clause that nothing refers to and no person applies,
  // unless a reference could not be read.
  void finish(NodeReader& wording);

  const std::vector<Clause>& clauses() const { return clauses_; }

 private:
  std::vector<Clause> clauses_;
  std::vector<std::string> used_;
  bool complete_ = true;  // every clause of the file has been read with its reference
};

const Clause* find_clause(const std::vector<Clause>& clauses, std::string_view ref);

}  // namespace anlan::terms
