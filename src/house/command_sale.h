// Commands up to the sale, and the sale: the house and its actors, companies, protection, quotes.
#pragma once

#include <string>
#include <vector>

#include "base/fields.h"
#include "base/sha256.h"
#include "domain/event.h"

namespace anlan::house {

struct OpenHouse {
  static constexpr std::uint16_t kKind = 1;
  static constexpr std::string_view kName = "open_house";
  domain::HouseOpened opening;
  template <class E = OpenHouse>
  static constexpr auto fields() {
    return std::tuple{field("opening", &E::opening)};
  }
};

struct AppointActor {
  static constexpr std::uint16_t kKind = 2;
  static constexpr std::string_view kName = "appoint_actor";
  domain::Actor actor;
  // Of somebody already appointed: the roles become these. Otherwise they are added.
  bool replace = false;
  template <class E = AppointActor>
  static constexpr auto fields() {
    return std::tuple{field("actor", &E::actor), field("replace", &E::replace)};
  }
};

// id must be 0 in what is registered, ordered, quoted, reported: the house gives it.
struct RegisterEnterprise {
  static constexpr std::uint16_t kKind = 3;
  static constexpr std::string_view kName = "register_enterprise";
  domain::Enterprise enterprise;
  template <class E = RegisterEnterprise>
  static constexpr auto fields() {
    return std::tuple{field("enterprise", &E::enterprise)};
  }
};

struct RecordFacts {
  static constexpr std::uint16_t kKind = 4;
  static constexpr std::string_view kName = "record_facts";
  domain::EnterpriseId enterprise;
  std::vector<domain::Fact> facts;
  template <class E = RecordFacts>
  static constexpr auto fields() {
    return std::tuple{field("enterprise", &E::enterprise), field("facts", &E::facts)};
  }
};

struct RecordAssessment {
  static constexpr std::uint16_t kKind = 5;
  static constexpr std::string_view kName = "record_assessment";
  domain::Assessment assessment;
  template <class E = RecordAssessment>
  static constexpr auto fields() {
    return std::tuple{field("assessment", &E::assessment)};
  }
};

struct PlaceOrder {
  static constexpr std::uint16_t kKind = 6;
  static constexpr std::string_view kName = "place_order";
  domain::Order order;
  template <class E = PlaceOrder>
  static constexpr auto fields() {
    return std::tuple{field("order", &E::order)};
  }
};

struct RecordObservation {
  static constexpr std::uint16_t kKind = 7;
  static constexpr std::string_view kName = "record_observation";
  domain::Observation observation;
  template <class E = RecordObservation>
  static constexpr auto fields() {
    return std::tuple{field("observation", &E::observation)};
  }
};

struct IssueQuote {
  static constexpr std::uint16_t kKind = 8;
  static constexpr std::string_view kName = "issue_quote";
  domain::Quote quote;
  template <class E = IssueQuote>
  static constexpr auto fields() {
    return std::tuple{field("quote", &E::quote)};
  }
};

// The text digests are of the wording's clauses as shown, in the order of the quote's to_explain.
struct ExplainClauses {
  static constexpr std::uint16_t kKind = 9;
  static constexpr std::string_view kName = "explain_clauses";
  domain::QuoteId quote;
  std::vector<std::string> clauses;
  std::vector<Digest> texts;
  std::string confirmed_by;
  template <class C = ExplainClauses>
  static constexpr auto fields() {
    return std::tuple{field("quote", &C::quote), field("clauses", &C::clauses),
                      field("texts", &C::texts), field("confirmed_by", &C::confirmed_by)};
  }
};

struct BindPolicy {
  static constexpr std::uint16_t kKind = 10;
  static constexpr std::string_view kName = "bind_policy";
  domain::QuoteId quote;
  template <class E = BindPolicy>
  static constexpr auto fields() {
    return std::tuple{field("quote", &E::quote)};
  }
};

}  // namespace anlan::house
