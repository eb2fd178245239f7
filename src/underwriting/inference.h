// Inference: what is assumed about a company that did not say, from its sector and size
// (data/pricing/inference.toml). An inferred fact is flagged, never asked for twice, and never
// blocks a price (MODEL.md 1).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/node.h"
#include "base/result.h"
#include "domain/enterprise.h"

namespace anlan::underwriting {

enum class InferBy : std::uint8_t {
  kValue = 1,            // the value itself
  kOfRevenue = 2,        // a share of the revenue, for amounts
  kPer100Employees = 3,  // a count for each hundred employees, half-up
};
constexpr auto enum_names(InferBy*) {
  return std::array{EnumName<InferBy>{InferBy::kValue, "value"},
                    EnumName<InferBy>{InferBy::kOfRevenue, "of_revenue"},
                    EnumName<InferBy>{InferBy::kPer100Employees, "per_100_employees"}};
}

struct InferenceRow {
  domain::FactName fact;
  std::string sector;                         // GB/T 4754 prefix; empty: every sector
  std::optional<std::int64_t> employees_max;  // none: every size
  InferBy by = InferBy::kValue;
  std::string value;   // canonical text; of kOfRevenue ppm, of kPer100Employees a count
  std::string low;     // likewise: of such companies 5 % lie below
  std::string high;    // and 5 % above; both are the value itself for words and flags
  std::string source;  // or why it is assumed
  bool operator==(const InferenceRow&) const = default;
};

struct Inference {
  std::vector<InferenceRow> rows;
  bool operator==(const Inference&) const = default;
};

// Facts that may be inferred: those that a price does not ask for and that are no free text.
bool may_be_inferred(const domain::FactKind& kind);

// Reads data/pricing/inference.toml. Refuses kInferenceMissing (a fact that may be inferred has no
// row for every sector and size), kInferenceRange (not low <= value <= high), domain's
// kFactUnknown, and what the fact's value refuses. A fact that is a number has low and high, a word
// or a flag neither.
Result<Inference> read_inference(const Node& root, std::string_view file);

struct CompanySize {
  std::string sector;
  std::int64_t employees = 0;
  std::int64_t revenue_minor = 0;
};

// Whether the fact is a number: money, a share or a count.
bool is_number(const domain::FactKind& kind);

// Canonical texts of the fact, and where they come from.
struct Inferred {
  std::string low;
  std::string value;
  std::string high;
  std::string source;
};

// Canonical text of the fact. The row of the longest sector prefix counts; of these the one of the
// smallest size that still holds the company. `kind` may be inferred.
std::string infer(const Inference& inference, const domain::FactKind& kind,
                  const CompanySize& company);

// The same with its plausible range.
Inferred infer_range(const Inference& inference, const domain::FactKind& kind,
                     const CompanySize& company);

}  // namespace anlan::underwriting
