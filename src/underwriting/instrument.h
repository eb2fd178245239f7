// Policy instruments beside the premium subsidy, as data: who may have one, how much, and what it
// does not go together with (data/policy_instruments/*.toml with a `kind`).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/node.h"
#include "base/result.h"
#include "domain/instrument.h"
#include "domain/quote.h"

namespace anlan::underwriting {

struct InstrumentScheme {
  domain::InstrumentTerms terms;  // the digest of the file is the caller's to fill in
  std::string zh;
  std::string en;
  std::string grantor_zh;
  std::string grantor_en;
  std::vector<domain::ProductName> products;  // empty: all
  std::vector<std::string> regions;           // GB/T 2260 prefixes; empty: everywhere
  std::int64_t employees_max = 0;
  Money revenue_max;
  std::string source;
  std::vector<std::string> assumptions;
  bool operator==(const InstrumentScheme&) const = default;

  const std::string& name(Lang lang) const { return lang == Lang::kZh ? zh : en; }
  const std::string& grantor(Lang lang) const {
    return lang == Lang::kZh ? grantor_zh : grantor_en;
  }
};

Result<InstrumentScheme> read_instrument(const Node& root, std::string_view file);

// What a scheme asks about a customer and its policy.
struct InstrumentApplicant {
  domain::ProductName product;
  std::string region;  // GB/T 2260, six digits
  std::int64_t employees = 0;
  Money revenue;
};

// All obstacles, in the order of the enum; empty: eligible. kNoScheme: the scheme does not serve
// the product.
std::vector<domain::SubsidyObstacle> instrument_obstacles(const InstrumentScheme& scheme,
                                                          const InstrumentApplicant& applicant);

}  // namespace anlan::underwriting
