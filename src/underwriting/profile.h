// Profile: the facts of a company as a price reads them, stated ones first, the rest inferred and
// flagged.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/money.h"
#include "base/result.h"
#include "base/share.h"
#include "domain/enterprise.h"
#include "domain/ids.h"
#include "underwriting/inference.h"

namespace anlan::underwriting {

struct Profile {
  std::string sector;  // GB/T 4754
  std::string region;  // GB/T 2260, six digits
  Money revenue;       // a year
  Share gross_margin;
  std::int64_t employees = 0;
  Share it_dependence;   // of the revenue that stops with the IT
  Money online_revenue;  // a year, part of the revenue
  std::int64_t endpoints = 0;
  std::int64_t servers = 0;
  std::int64_t ot_lines = 0;
  std::int64_t records = 0;
  std::int64_t sensitive_records = 0;
  bool cii_operator = false;
  Money other_cyber_sum_insured;
  std::int64_t incidents_36m = 0;
  std::vector<domain::FactName> inferred;  // in the order of the form
  bool operator==(const Profile&) const = default;
};

// Every fact that a price needs and nobody stated, in the order of the form: all at once, each with
// its question (FactKind::zh, ::en).
std::vector<const domain::FactKind*> missing_facts(const std::vector<domain::Fact>& facts);

// `facts` hold canonical values (canonical_fact_value), as they were recorded. Refuses
// kFactsMissing (args facts: their names) while missing_facts is not empty; kRevenueMustBePositive;
// kFactsContradict (args other, limit) where a stated part is larger than its stated whole: online
// revenue than revenue, sensitive records than records. Where one of the two is inferred it gives
// way to the stated one and stays flagged as inferred.
Result<Profile> make_profile(const std::vector<domain::Fact>& facts, const Inference& inference);

}  // namespace anlan::underwriting
