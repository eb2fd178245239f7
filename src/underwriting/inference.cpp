#include "underwriting/inference.h"

#include <algorithm>
#include <charconv>

#include "base/check.h"
#include "base/int128.h"
#include "base/money.h"
#include "base/node_reader.h"
#include "base/share.h"
#include "domain/refusals.h"
#include "domain/sector.h"
#include "underwriting/refusals.h"

namespace anlan::underwriting {
namespace {

using domain::FactKind;
using domain::FactType;

constexpr std::int64_t kEmployeesMax = 10'000'000;
constexpr std::int64_t kPer100Max = 1'000'000;

std::int64_t number_of(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  ANLAN_CHECK(error == std::errc());
  ANLAN_CHECK(end == text.data() + text.size());
  return value;
}

std::string read_value(NodeReader& reader, std::string_view key, const FactKind& kind) {
  const std::string text = reader.text(key);
  if (reader.refused()) return "";
  const auto value = domain::canonical_fact_value(kind, text, reader.child(key));
  if (value.ok()) return value.value();
  reader.refuse(key, value.refusal().code, value.refusal().args);
  return "";
}

std::string read_amount(NodeReader& reader, std::string_view key, InferBy by,
                        const FactKind& kind) {
  switch (by) {
    case InferBy::kValue:
      return read_value(reader, key, kind);
    case InferBy::kOfRevenue:
      return std::to_string(reader.percent(key).ppm());
    case InferBy::kPer100Employees:
      return std::to_string(reader.whole(key, 0, kPer100Max));
  }
  check_failed("a way to infer", __FILE__, __LINE__);
}

std::string read_sector(NodeReader& reader) {
  const std::string text = reader.text_or("sector", "");
  if (reader.refused() || text.empty()) return "";
  const auto sector = domain::parse_sector(text, reader.child("sector"));
  if (sector.ok()) return sector.value();
  reader.refuse("sector", sector.refusal().code, sector.refusal().args);
  return "";
}

void read_range(NodeReader& reader, const FactKind& kind, InferenceRow& row) {
  row.low = row.value;
  row.high = row.value;
  if (!is_number(kind)) return;
  row.low = read_amount(reader, "low", row.by, kind);
  row.high = read_amount(reader, "high", row.by, kind);
  if (reader.refused()) return;
  const std::int64_t value = number_of(row.value);
  if (number_of(row.low) <= value && value <= number_of(row.high)) return;
  reader.refuse("value", refusals::kInferenceRange, {{.name = "fact", .value = row.fact.text}});
}

InferenceRow read_row(NodeReader& reader) {
  InferenceRow row;
  row.fact = reader.name<domain::FactTag>("fact");
  const FactKind* kind = domain::find_fact_kind(row.fact.text);
  if (kind == nullptr || !may_be_inferred(*kind)) {
    reader.refuse("fact", domain::kFactUnknown, {{.name = "nearest", .value = ""}});
    return row;
  }
  row.sector = read_sector(reader);
  row.employees_max = reader.whole_or_null("employees_max", 1, kEmployeesMax);
  row.by = reader.choice_or<InferBy>("by", InferBy::kValue);
  row.value = read_amount(reader, "value", row.by, *kind);
  read_range(reader, *kind, row);
  row.source = reader.text("source");
  reader.finish();
  return row;
}

bool holds_for_all(const InferenceRow& row, const FactKind& kind) {
  return row.fact.text == kind.name && row.sector.empty() && !row.employees_max;
}

bool fits(const InferenceRow& row, const FactKind& kind, const CompanySize& company) {
  return row.fact.text == kind.name && company.sector.starts_with(row.sector) &&
         (!row.employees_max || company.employees <= *row.employees_max);
}

// `a` says more about the company than `b`; both fit it.
bool is_nearer(const InferenceRow& a, const InferenceRow& b) {
  if (a.sector.size() != b.sector.size()) return a.sector.size() > b.sector.size();
  if (!a.employees_max) return false;
  return !b.employees_max || *a.employees_max < *b.employees_max;
}

std::string bounded(Int128 value, const FactKind& kind) {
  const Int128 low{kind.minimum};
  const Int128 high{kind.maximum};
  return std::to_string(static_cast<std::int64_t>(std::clamp(value, low, high)));
}

// `text` of the row as it stands for this company.
std::string for_company(const InferenceRow& row, const std::string& text, const FactKind& kind,
                        const CompanySize& company) {
  switch (row.by) {
    case InferBy::kValue:
      return text;
    case InferBy::kOfRevenue:
      return bounded(
          half_up(Int128{company.revenue_minor} * number_of(text), Int128{Share::kWhole}), kind);
    case InferBy::kPer100Employees:
      return bounded(half_up(Int128{company.employees} * number_of(text), Int128{100}), kind);
  }
  check_failed("a way to infer", __FILE__, __LINE__);
}

}  // namespace

bool may_be_inferred(const FactKind& kind) {
  return !kind.needed_for_price && kind.type != FactType::kText;
}

Result<Inference> read_inference(const Node& root, std::string_view file) {
  ReadReport report{std::string(file)};
  NodeReader reader(root, report, "inference");
  Inference inference;
  for (NodeReader& item : reader.list("infer")) inference.rows.push_back(read_row(item));
  reader.finish();
  for (const FactKind& kind : domain::fact_kinds()) {
    const bool is_covered =
        !may_be_inferred(kind) ||
        std::any_of(inference.rows.begin(), inference.rows.end(),
                    [&](const InferenceRow& row) { return holds_for_all(row, kind); });
    if (!is_covered) {
      reader.refuse("infer", refusals::kInferenceMissing,
                    {{.name = "fact", .value = std::string(kind.name)}});
    }
  }
  return report.result(std::move(inference));
}

bool is_number(const FactKind& kind) {
  return kind.type == FactType::kMoney || kind.type == FactType::kShare ||
         kind.type == FactType::kCount;
}

Inferred infer_range(const Inference& inference, const FactKind& kind, const CompanySize& company) {
  const InferenceRow* nearest = nullptr;
  for (const InferenceRow& row : inference.rows) {
    if (!fits(row, kind, company)) continue;
    if (nearest == nullptr || is_nearer(row, *nearest)) nearest = &row;
  }
  ANLAN_CHECK(nearest != nullptr);
  const auto of = [&](const std::string& text) {
    return for_company(*nearest, text, kind, company);
  };
  return {.low = of(nearest->low),
          .value = of(nearest->value),
          .high = of(nearest->high),
          .source = nearest->source};
}

std::string infer(const Inference& inference, const FactKind& kind, const CompanySize& company) {
  return infer_range(inference, kind, company).value;
}

}  // namespace anlan::underwriting
