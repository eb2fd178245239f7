#include "underwriting/instrument.h"

#include <algorithm>

#include "base/node_reader.h"

namespace anlan::underwriting {

using domain::SubsidyObstacle;

namespace {

constexpr std::int64_t kEmployeesMax = 10'000'000;

template <class Tag>
std::vector<Name<Tag>> read_names(NodeReader& reader, std::string_view key) {
  std::vector<Name<Tag>> names;
  for (const std::string& text : reader.texts_or_empty(key)) {
    const auto name = parse_name<Tag>(text, reader.child(key));
    if (name.ok()) {
      names.push_back(name.value());
    } else {
      reader.refuse_item(key, text, name.refusal().code, name.refusal().args);
    }
  }
  return names;
}

}  // namespace

Result<InstrumentScheme> read_instrument(const Node& root, std::string_view file) {
  ReadReport report{std::string(file)};
  NodeReader reader(root, report, "scheme");
  InstrumentScheme scheme;
  scheme.terms.kind = reader.choice<domain::InstrumentKind>("kind");
  scheme.terms.scheme = reader.name<domain::SchemeTag>("id");
  scheme.zh = reader.text("zh");
  scheme.en = reader.text("en");
  scheme.grantor_zh = reader.text("grantor_zh");
  scheme.grantor_en = reader.text("grantor_en");
  scheme.terms.share = reader.percent("share");
  scheme.terms.maximum = reader.money("policy_maximum", Currency::kCny);
  scheme.terms.public_share_max = reader.percent("public_share_max");
  scheme.terms.excludes = read_names<domain::SchemeTag>(reader, "excludes");
  scheme.products = read_names<domain::ProductTag>(reader, "products");
  scheme.regions = reader.texts_or_empty("regions");
  scheme.employees_max = reader.whole("employees_max", 1, kEmployeesMax);
  scheme.revenue_max = reader.money("revenue_max", Currency::kCny);
  scheme.source = reader.text("source");
  scheme.assumptions = reader.texts_or_empty("assumptions");
  reader.finish();
  return report.result(std::move(scheme));
}

std::vector<SubsidyObstacle> instrument_obstacles(const InstrumentScheme& scheme,
                                                  const InstrumentApplicant& applicant) {
  using O = SubsidyObstacle;
  std::vector<O> found;
  const bool somewhere =
      std::any_of(scheme.regions.begin(), scheme.regions.end(),
                  [&](const std::string& prefix) { return applicant.region.starts_with(prefix); });
  if (!scheme.regions.empty() && !somewhere) found.push_back(O::kRegion);
  if (applicant.employees > scheme.employees_max) found.push_back(O::kEmployees);
  if (applicant.revenue > scheme.revenue_max) found.push_back(O::kRevenue);
  const auto& products = scheme.products;
  const bool served = products.empty() || std::find(products.begin(), products.end(),
                                                    applicant.product) != products.end();
  if (!served) found.push_back(O::kNoScheme);
  return found;
}

}  // namespace anlan::underwriting
