#include "underwriting/product.h"

#include <algorithm>
#include <optional>

#include "base/node_reader.h"
#include "terms/plan.h"
#include "underwriting/refusals.h"
#include "underwriting/timeline.h"

namespace anlan::underwriting {
namespace {

constexpr std::int64_t kCountMax = 100'000'000;  // staff, incidents: above any company
constexpr std::int64_t kDaysMax = 366;  // a quote or a premium open for longer than the cover

std::vector<MinimumControl> read_minimum_controls(NodeReader& reader) {
  std::vector<MinimumControl> controls;
  for (NodeReader& item : reader.list_or_empty("minimum_controls")) {
    controls.push_back({.control = item.name<domain::ControlTag>("control"),
                        .gap_max = item.percent("gap_max"),
                        .consequence = item.choice<domain::QuoteDecision>("consequence")});
    item.finish();
  }
  return controls;
}

Eligibility read_eligibility(NodeReader reader, Currency currency) {
  Eligibility eligibility{.regions = reader.texts_or_empty("regions"),
                          .sectors_excluded = reader.texts_or_empty("sectors_excluded"),
                          .revenue_max = reader.money("revenue_max", currency),
                          .employees_max = reader.whole("employees_max", 1, kCountMax),
                          .incidents_max = reader.whole("incidents_max", 0, kCountMax),
                          .loss_ratio_max = reader.percent("loss_ratio_max"),
                          .minimum_controls = read_minimum_controls(reader)};
  reader.finish();
  return eligibility;
}

// Whole percents, one for each started month: [10, 20, ..., 100].
std::array<Share, 12> read_short_rate(NodeReader& reader) {
  std::array<Share, 12> table{};
  std::vector<NodeReader> months = reader.list("short_rate_percent");
  bool is_valid = months.size() == table.size();
  for (std::size_t i = 0; is_valid && i < table.size(); ++i) {
    table[i] = Share::from_percent(static_cast<std::uint32_t>(months[i].as_whole(0, 100)));
    is_valid = i == 0 || table[i - 1] <= table[i];
  }
  if (!is_valid || table.back().ppm() != Share::kWhole) {
    reader.refuse("short_rate_percent", refusals::kShortRateTable);
  }
  return table;
}

RefundTerms read_refund(NodeReader reader, Currency currency) {
  RefundTerms refund{.rule = reader.choice<domain::RefundRule>("rule"),
                     .earned_by_month = {},
                     .handling_fee = reader.money("handling_fee", currency)};
  if (refund.rule == domain::RefundRule::kShortRate || reader.has("short_rate_percent")) {
    refund.earned_by_month = read_short_rate(reader);
  }
  refund.after_claims = reader.choice_or("after_claims", RefundAfterClaims::kLimitLeft);
  reader.finish();
  return refund;
}

Currency read_currency(NodeReader& reader) {
  const std::string code = reader.text("currency");
  Currency currency = Currency::kCny;
  if (!reader.refused() && !parse_currency_code(code, currency)) {
    reader.refuse(
        "currency", anlan::refusals::kUnknownChoice,
        {{.name = "choices", .value = "CNY | HKD | USD | EUR"}, {.name = "nearest", .value = ""}});
  }
  return currency;
}

// An option, or what a member of a park costs.
template <class Filed>
void check_filed_range(NodeReader& reader, const Filed& option) {
  if (reader.refused()) return;
  const std::vector<RefusalArg> range = {{.name = "low", .value = to_grouped(option.low)},
                                         {.name = "high", .value = to_grouped(option.high)}};
  if (option.low > option.high) return reader.refuse("low", refusals::kFiledRangeReversed, range);
  if (option.premium < option.low || option.premium > option.high)
    reader.refuse("premium", refusals::kPremiumOutsideFiledRange, range);
}

void read_options(NodeReader& filed, Product& product) {
  for (NodeReader& item : filed.list_or_empty("options")) {
    FiledOption option{.id = item.text("id"),
                       .zh = item.text("zh"),
                       .en = item.text("en"),
                       .wording = item.name<domain::WordingTag>("wording"),
                       .premium = item.money("premium", product.currency),
                       .low = item.money("low", product.currency),
                       .high = item.money("high", product.currency),
                       .incident_maximum = item.money("incident_maximum", product.currency)};
    item.finish();
    check_filed_range(item, option);
    product.options.push_back(std::move(option));
  }
}

// "85 %" to "100 %", or above: whole percents.
void read_factors(NodeReader& filed, Product& product) {
  constexpr std::int64_t kPercent = 10'000;
  for (NodeReader& item : filed.list_or_empty("factors")) {
    FiledFactor factor{
        .id = item.text("id"),
        .zh = item.text("zh"),
        .en = item.text("en"),
        .low_ppm = kPercent * item.whole("low_percent", 1, kFactorPpmMax / kPercent),
        .high_ppm = kPercent * item.whole("high_percent", 1, kFactorPpmMax / kPercent),
        .basis = item.text("basis")};
    item.finish();
    if (!item.refused() && (factor.low_ppm > kFactorWhole || factor.high_ppm < kFactorWhole)) {
      item.refuse("low_percent", refusals::kFactorRangeReversed);
    }
    product.factors.push_back(std::move(factor));
  }
  if (product.factors.size() > kFactorsMax) {
    filed.refuse("factors", refusals::kTooManyFactors,
                 {{.name = "max", .value = std::to_string(kFactorsMax)}});
  }
}

void read_certificates(NodeReader& filed, Product& product) {
  if (!filed.has("certificates")) return;
  NodeReader reader = filed.table("certificates");
  product.certificates = {.premium = reader.money("premium", product.currency),
                          .low = reader.money("low", product.currency),
                          .high = reader.money("high", product.currency)};
  reader.finish();
  check_filed_range(reader, *product.certificates);
}

void read_filed(NodeReader filed, Product& product) {
  product.registration = filed.text("registration");
  product.premium = filed.money("premium", product.currency);
  product.filed_low = filed.money("low", product.currency);
  product.filed_high = filed.money("high", product.currency);
  product.incident_maximum = filed.money("incident_maximum", product.currency);
  read_options(filed, product);
  read_factors(filed, product);
  read_certificates(filed, product);
  filed.finish();
  if (filed.refused()) return;
  const std::vector<RefusalArg> range = {{.name = "low", .value = to_grouped(product.filed_low)},
                                         {.name = "high", .value = to_grouped(product.filed_high)}};
  if (product.filed_low > product.filed_high) {
    return filed.refuse("low", refusals::kFiledRangeReversed, range);
  }
  if (product.premium < product.filed_low || product.premium > product.filed_high) {
    filed.refuse("premium", refusals::kPremiumOutsideFiledRange, range);
  }
}

void read_services(NodeReader& reader, Product& product) {
  for (NodeReader& item : reader.list_or_empty("services")) {
    product.services_zh.push_back(item.text("zh"));
    product.services_en.push_back(item.text("en"));
    item.finish();
  }
}

std::int64_t smaller(std::int64_t cap, const std::optional<std::int64_t>& limit) {
  return limit ? std::min(cap, *limit) : cap;
}

std::int64_t section_maximum(const terms::Section& section) {
  return smaller(smaller(terms::kNoCap, section.sublimit_occ), section.sublimit_agg);
}

// Sums of caps stay below kNoCap: an uncapped part makes the whole uncapped.
std::int64_t sum_of(std::int64_t a, std::int64_t b) {
  return a >= terms::kNoCap - b ? terms::kNoCap : a + b;
}

bool is_grouped(const terms::Terms& terms, const std::string& code) {
  return std::any_of(terms.groups.begin(), terms.groups.end(), [&](const terms::Group& group) {
    return std::find(group.codes.begin(), group.codes.end(), code) != group.codes.end();
  });
}

// Of the sections inside the aggregate (or outside it) that stand in a group, the group's maximum.
std::int64_t group_maximum(const terms::Terms& terms, const terms::Group& group, bool inside) {
  std::int64_t members = 0;
  for (const terms::Section& section : terms.sections) {
    const bool is_member =
        std::find(group.codes.begin(), group.codes.end(), section.code) != group.codes.end();
    if (is_member && section.inside_aggregate == inside) {
      members = sum_of(members, section_maximum(section));
    }
  }
  return smaller(smaller(members, group.sublimit_occ), group.sublimit_agg);
}

std::int64_t part_maximum(const terms::Terms& terms, bool inside) {
  std::int64_t sum = 0;
  for (const terms::Section& section : terms.sections) {
    if (section.inside_aggregate != inside || is_grouped(terms, section.code)) continue;
    sum = sum_of(sum, section_maximum(section));
  }
  for (const terms::Group& group : terms.groups) {
    sum = sum_of(sum, group_maximum(terms, group, inside));
  }
  return sum;
}

}  // namespace

Result<Product> read_product(const Node& root, std::string_view file) {
  ReadReport report{std::string(file)};
  NodeReader reader(root, report, "product");
  Product product;
  product.id = reader.name<domain::ProductTag>("id");
  product.zh = reader.text("zh");
  product.en = reader.text("en");
  product.wording = reader.name<domain::WordingTag>("wording");
  product.currency = read_currency(reader);
  read_filed(reader.table("filed"), product);
  product.eligibility = read_eligibility(reader.table("eligibility"), product.currency);
  product.refund = read_refund(reader.table("refund"), product.currency);
  if (reader.has("scheme")) product.scheme = reader.name<domain::SchemeTag>("scheme");
  if (reader.has("package")) product.package = reader.name<domain::PackageTag>("package");
  read_services(reader, product);
  product.quote_days = static_cast<std::int32_t>(reader.whole("quote_days", 0, kDaysMax));
  product.payment_days = static_cast<std::int32_t>(reader.whole("payment_days", 0, kDaysMax));
  product.assumptions = reader.texts_or_empty("assumptions");
  reader.finish();
  return report.result(std::move(product));
}

const FiledOption* find_option(const Product& product, std::string_view id) {
  const auto found = std::find_if(product.options.begin(), product.options.end(),
                                  [&](const FiledOption& option) { return option.id == id; });
  return found == product.options.end() ? nullptr : &*found;
}

const FiledFactor* find_factor(const Product& product, std::string_view id) {
  const auto found = std::find_if(product.factors.begin(), product.factors.end(),
                                  [&](const FiledFactor& factor) { return factor.id == id; });
  return found == product.factors.end() ? nullptr : &*found;
}

std::int64_t incident_maximum(const terms::Terms& terms) {
  const std::int64_t inside =
      smaller(smaller(part_maximum(terms, true), terms.occurrence_limit), terms.aggregate_limit);
  return sum_of(inside, part_maximum(terms, false));
}

Result<Done> check_currency(const Product& product, const terms::Terms& terms) {
  if (product.currency == terms.currency) return Done{};
  const std::string wording(currency_code(terms.currency));
  return Refusal{.code = refusals::kProductCurrency,
                 .path = "product.currency",
                 .value = std::string(currency_code(product.currency)),
                 .args = {{.name = "currency", .value = wording}},
                 .at = {}};
}

Result<Done> check_product(const Product& product, const domain::WordingName& wording,
                           const terms::Terms& terms) {
  if (product.wording != wording) {
    return Refusal{.code = refusals::kProductWording,
                   .path = "product.wording",
                   .value = wording.text,
                   .args = {{.name = "expected", .value = product.wording.text}},
                   .at = {}};
  }
  ANLAN_REQUIRE(check_currency(product, terms));
  const std::int64_t maximum = incident_maximum(terms);
  if (maximum <= product.incident_maximum.minor()) return Done{};
  return Refusal{.code = refusals::kProductIncidentMaximum,
                 .path = "product.filed.incident_maximum",
                 .value = maximum >= terms::kNoCap
                              ? "-"
                              : to_grouped(Money::from_minor(maximum, terms.currency)),
                 .args = {{.name = "max", .value = to_grouped(product.incident_maximum)}},
                 .at = {}};
}

}  // namespace anlan::underwriting
