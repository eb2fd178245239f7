// Events up to the sale: the house and its actors, companies, protection, quotes.
#pragma once

#include <string>
#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "base/sha256.h"
#include "base/time.h"
#include "domain/control.h"
#include "domain/enterprise.h"
#include "domain/party.h"
#include "domain/policy.h"
#include "domain/protection.h"
#include "domain/quote.h"

namespace anlan::domain {

struct HouseOpened {
  static constexpr std::uint16_t kKind = 1;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "house_opened";
  std::string name;
  HouseKind kind = HouseKind::kLicensedInsurer;
  Currency currency = Currency::kCny;
  UtcOffset offset;
  bool sandbox = false;  // its clock may be set; never a house of real money
  Digest public_key;     // the first Ed25519 key (32 bytes)
  Actor operator_actor;
  bool operator==(const HouseOpened&) const = default;
  template <class E = HouseOpened>
  static constexpr auto fields() {
    return std::tuple{field("name", &E::name),
                      field("kind", &E::kind),
                      field("currency", &E::currency),
                      field("offset", &E::offset),
                      field("sandbox", &E::sandbox),
                      field("public_key", &E::public_key),
                      field("operator", &E::operator_actor)};
  }
};

struct ActorAppointed {
  static constexpr std::uint16_t kKind = 2;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "actor_appointed";
  Actor actor;
  bool operator==(const ActorAppointed&) const = default;
  template <class E = ActorAppointed>
  static constexpr auto fields() {
    return std::tuple{field("actor", &E::actor)};
  }
};

struct EnterpriseRegistered {
  static constexpr std::uint16_t kKind = 3;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "enterprise_registered";
  Enterprise enterprise;
  bool operator==(const EnterpriseRegistered&) const = default;
  template <class E = EnterpriseRegistered>
  static constexpr auto fields() {
    return std::tuple{field("enterprise", &E::enterprise)};
  }
};

struct FactsRecorded {
  static constexpr std::uint16_t kKind = 4;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "facts_recorded";
  EnterpriseId enterprise;
  std::vector<Fact> facts;
  Digest document;  // that they were confirmed from; zero: none
  bool operator==(const FactsRecorded&) const = default;
  template <class E = FactsRecorded>
  static constexpr auto fields() {
    return std::tuple{field("enterprise", &E::enterprise), field("facts", &E::facts),
                      field("document", &E::document)};
  }
};

struct AssessmentRecorded {
  static constexpr std::uint16_t kKind = 5;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "assessment_recorded";
  Assessment assessment;
  bool operator==(const AssessmentRecorded&) const = default;
  template <class E = AssessmentRecorded>
  static constexpr auto fields() {
    return std::tuple{field("assessment", &E::assessment)};
  }
};

struct OrderPlaced {
  static constexpr std::uint16_t kKind = 6;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "order_placed";
  Order order;
  bool operator==(const OrderPlaced&) const = default;
  template <class E = OrderPlaced>
  static constexpr auto fields() {
    return std::tuple{field("order", &E::order)};
  }
};

struct ObservationRecorded {
  static constexpr std::uint16_t kKind = 7;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "observation_recorded";
  Observation observation;
  bool operator==(const ObservationRecorded&) const = default;
  template <class E = ObservationRecorded>
  static constexpr auto fields() {
    return std::tuple{field("observation", &E::observation)};
  }
};

// Also the record of a risk that was referred or declined: the quote says which and why.
struct QuoteIssued {
  static constexpr std::uint16_t kKind = 8;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "quote_issued";
  Quote quote;
  bool operator==(const QuoteIssued&) const = default;
  template <class E = QuoteIssued>
  static constexpr auto fields() {
    return std::tuple{field("quote", &E::quote)};
  }
};

struct ClauseExplained {
  static constexpr std::uint16_t kKind = 9;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "clause_explained";
  QuoteId quote;
  ExplainedClause evidence;
  bool operator==(const ClauseExplained&) const = default;
  template <class E = ClauseExplained>
  static constexpr auto fields() {
    return std::tuple{field("quote", &E::quote), field("evidence", &E::evidence)};
  }
};

}  // namespace anlan::domain
