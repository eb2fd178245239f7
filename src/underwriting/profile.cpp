#include "underwriting/profile.h"

#include <algorithm>
#include <charconv>

#include "base/check.h"
#include "underwriting/refusals.h"

namespace anlan::underwriting {
namespace {

using domain::Fact;
using domain::FactKind;

std::int64_t number_of(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  ANLAN_CHECK(error == std::errc());
  ANLAN_CHECK(end == text.data() + text.size());
  return value;
}

// Stated or inferred values by name.
class Values {
 public:
  Values(const std::vector<Fact>& facts, const Inference& inference)
      : facts_(facts), inference_(inference) {
    company_ = {.sector = text("sector"),
                .employees = number_of(text("employees")),
                .revenue_minor = number_of(text("revenue"))};
  }

  std::string text(std::string_view name) const {
    if (const Fact* stated = domain::find_fact(facts_, name)) return stated->value;
    const FactKind* kind = domain::find_fact_kind(name);
    ANLAN_CHECK(kind != nullptr);
    return infer(inference_, *kind, company_);
  }
  std::int64_t count(std::string_view name) const { return number_of(text(name)); }
  Money money(std::string_view name) const {
    return Money::from_minor(number_of(text(name)), Currency::kCny);
  }
  Share share(std::string_view name) const {
    return Share::from_ppm(static_cast<std::uint32_t>(number_of(text(name))));
  }
  std::vector<domain::FactName> inferred() const {
    std::vector<domain::FactName> names;
    for (const FactKind& kind : domain::fact_kinds()) {
      if (!may_be_inferred(kind) || domain::find_fact(facts_, kind.name) != nullptr) continue;
      names.push_back(domain::FactName{std::string(kind.name)});
    }
    return names;
  }

 private:
  const std::vector<Fact>& facts_;
  const Inference& inference_;
  CompanySize company_;
};

// A fact that is a part of another.
struct PartOf {
  std::string_view part;
  std::string_view whole;
};
constexpr PartOf kPartsOf[] = {{.part = "online_revenue", .whole = "revenue"},
                               {.part = "sensitive_records", .whole = "records"}};

// nullptr: nobody said it.
const Fact* stated_fact(const std::vector<Fact>& facts, std::string_view name) {
  const Fact* const fact = domain::find_fact(facts, name);
  return fact && fact->source != domain::FactSource::kInferred ? fact : nullptr;
}

Result<Done> check_facts(const std::vector<Fact>& facts) {
  if (number_of(domain::find_fact(facts, "revenue")->value) == 0) {
    return Refusal{.code = refusals::kRevenueMustBePositive, .path = "revenue", .value = "0"};
  }
  for (const PartOf& pair : kPartsOf) {
    const Fact* const part = stated_fact(facts, pair.part);
    const Fact* const whole = stated_fact(facts, pair.whole);
    if (!part || !whole || number_of(part->value) <= number_of(whole->value)) continue;
    return Refusal{.code = refusals::kFactsContradict,
                   .path = std::string(pair.part),
                   .value = part->value,
                   .args = {{.name = "other", .value = std::string(pair.whole)},
                            {.name = "limit", .value = whole->value}}};
  }
  return Done{};
}

// At least one of each pair is inferred, or they agree: an inferred value gives way.
void reconcile(const std::vector<Fact>& facts, Profile& profile) {
  profile.online_revenue = std::min(profile.online_revenue, profile.revenue);
  if (profile.sensitive_records <= profile.records) return;
  if (stated_fact(facts, "sensitive_records") != nullptr) {
    profile.records = profile.sensitive_records;
  } else {
    profile.sensitive_records = profile.records;
  }
}

}  // namespace

std::vector<const FactKind*> missing_facts(const std::vector<Fact>& facts) {
  std::vector<const FactKind*> missing;
  for (const FactKind& kind : domain::fact_kinds()) {
    if (kind.needed_for_price && domain::find_fact(facts, kind.name) == nullptr) {
      missing.push_back(&kind);
    }
  }
  return missing;
}

Result<Profile> make_profile(const std::vector<Fact>& facts, const Inference& inference) {
  std::string names;
  for (const FactKind* kind : missing_facts(facts)) {
    if (!names.empty()) names += ", ";
    names += kind->name;
  }
  if (!names.empty()) {
    return Refusal{.code = refusals::kFactsMissing,
                   .path = "facts",
                   .value = "",
                   .args = {{.name = "facts", .value = names}},
                   .at = {}};
  }
  ANLAN_REQUIRE(check_facts(facts));
  const Values values(facts, inference);
  Profile profile{.sector = values.text("sector"),
                  .region = values.text("region"),
                  .revenue = values.money("revenue"),
                  .gross_margin = values.share("gross_margin"),
                  .employees = values.count("employees"),
                  .it_dependence = values.share("it_dependence"),
                  .online_revenue = values.money("online_revenue"),
                  .endpoints = values.count("endpoints"),
                  .servers = values.count("servers"),
                  .ot_lines = values.count("ot_lines"),
                  .records = values.count("records"),
                  .sensitive_records = values.count("sensitive_records"),
                  .cii_operator = values.text("cii_operator") == "yes",
                  .other_cyber_sum_insured = values.money("other_cyber_sum_insured"),
                  .incidents_36m = values.count("incidents_36m"),
                  .inferred = values.inferred()};
  reconcile(facts, profile);
  return profile;
}

}  // namespace anlan::underwriting
