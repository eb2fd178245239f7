// Policy: what was bound, and what happened to it since.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/alike.h"
#include "base/fields.h"
#include "base/lang.h"
#include "base/money.h"
#include "base/sha256.h"
#include "base/time.h"
#include "domain/ids.h"

namespace anlan::domain {

// Evidence that an exemption clause was shown and explained (Insurance Law art 17).
struct ExplainedClause {
  std::string clause;
  Digest text;  // of the exact clause text shown
  ActorName shown_by;
  std::string
      confirmed_by;  // an opaque token of the confirming person's confirmation, no personal data
  Instant at;
  bool operator==(const ExplainedClause&) const = default;
  template <class E = ExplainedClause>
  static constexpr auto fields() {
    return std::tuple{field("clause", &E::clause), field("text", &E::text),
                      field("shown_by", &E::shown_by), field("confirmed_by", &E::confirmed_by),
                      field("at", &E::at)};
  }
};

enum class PolicyState : std::uint8_t {
  kBound = 1,  // premium not yet complete or cover not begun
  kInForce = 2,
  kCancelled = 3,
  kExpired = 4,
  kLapsed = 5,     // premium not paid in time
  kSuspended = 6,  // by endorsement: no cover on these days
};
constexpr auto enum_names(PolicyState*) {
  using S = PolicyState;
  return std::array{
      EnumName<S>{S::kBound, "bound"},         EnumName<S>{S::kInForce, "in_force"},
      EnumName<S>{S::kCancelled, "cancelled"}, EnumName<S>{S::kExpired, "expired"},
      EnumName<S>{S::kLapsed, "lapsed"},       EnumName<S>{S::kSuspended, "suspended"}};
}

enum class Payer : std::uint8_t { kCustomer = 1, kGovernment = 2 };
constexpr auto enum_names(Payer*) {
  return std::array{EnumName<Payer>{Payer::kCustomer, "customer"},
                    EnumName<Payer>{Payer::kGovernment, "government"}};
}

struct Policy {
  PolicyId id;
  std::string number;  // "AL-2026-000037"
  QuoteId quote;
  EnterpriseId enterprise;
  ProductName product;
  WordingName wording;
  Digest wording_artefact;
  Instant from;   // 00:00 of the first day, policy time zone
  Instant until;  // 24:00 of the last day
  UtcOffset offset;
  Money premium;
  Money customer_part;  // payable by the customer
  Money subsidy_part;   // payable by the government once the subsidy is decided
  SchemeName scheme;
  std::uint32_t policy_year = 1;
  PolicyId renewal_of;
  Alike<std::vector<ExplainedClause>> explained;
  bool operator==(const Policy&) const = default;
  template <class P = Policy>
  static constexpr auto fields() {
    return std::tuple{field("id", &P::id),
                      field("number", &P::number),
                      field("quote", &P::quote),
                      field("enterprise", &P::enterprise),
                      field("product", &P::product),
                      field("wording", &P::wording),
                      field("wording_artefact", &P::wording_artefact),
                      field("from", &P::from),
                      field("until", &P::until),
                      field("offset", &P::offset),
                      field("premium", &P::premium),
                      field("customer_part", &P::customer_part),
                      field("subsidy_part", &P::subsidy_part),
                      field("scheme", &P::scheme),
                      field("policy_year", &P::policy_year),
                      field("renewal_of", &P::renewal_of),
                      field("explained", &P::explained)};
  }
};

enum class RefundRule : std::uint8_t { kProRata = 1, kShortRate = 2 };
constexpr auto enum_names(RefundRule*) {
  return std::array{EnumName<RefundRule>{RefundRule::kProRata, "pro_rata"},
                    EnumName<RefundRule>{RefundRule::kShortRate, "short_rate"}};
}

// The premium of a policy that ends early, split by who paid (E21). For each payer, what goes back
// and what is waived are its share of the unearned premium; the rest of what it owed is earned.
struct Refund {
  RefundRule rule = RefundRule::kProRata;
  std::int32_t days_on_risk = 0;
  std::int32_t days_total = 0;
  Money unearned_by_time;  // as the days or the short-rate table leave it
  Money unearned;          // the same, less the part for the limit that claims have used
  Money to_customer;
  Money to_government;
  Money customer_waived;  // unearned, not paid and no longer owed
  Money government_waived;
  bool operator==(const Refund&) const = default;
  template <class R = Refund>
  static constexpr auto fields() {
    return std::tuple{field("rule", &R::rule),
                      field("days_on_risk", &R::days_on_risk),
                      field("days_total", &R::days_total),
                      field("unearned_by_time", &R::unearned_by_time),
                      field("unearned", &R::unearned),
                      field("to_customer", &R::to_customer),
                      field("to_government", &R::to_government),
                      field("customer_waived", &R::customer_waived),
                      field("government_waived", &R::government_waived)};
  }
};

// Premium of one policy for days that have run, beyond what was earned before.
struct EarnedPremium {
  PolicyId policy;
  Money amount;
  bool operator==(const EarnedPremium&) const = default;
  template <class E = EarnedPremium>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy), field("amount", &E::amount)};
  }
};

}  // namespace anlan::domain
