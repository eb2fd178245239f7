// What the house keeps of the money around a premium.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/event.h"

namespace anlan::house {

// A plan counts from when it was agreed, until a later one takes its place.
struct AgreedPlan {
  Instant at;
  std::vector<domain::Instalment> instalments;
  bool operator==(const AgreedPlan&) const = default;
  template <class E = AgreedPlan>
  static constexpr auto fields() {
    return std::tuple{field("at", &E::at), field("instalments", &E::instalments)};
  }
};

// The last step sent for an invoice.
struct Dunned {
  domain::DunningStep step = domain::DunningStep::kFirstReminder;
  Date on;
  bool operator==(const Dunned&) const = default;
};

// What of a policy's premium the months have counted so far, by payer.
struct CountedPremium {
  Money kept_customer;
  Money kept_government;
  Money earned_customer;
  Money earned_government;
  bool operator==(const CountedPremium&) const = default;
};

// Of one policy.
struct PolicyMoney {
  std::vector<AgreedPlan> plans;  // none: all is due on one day
  std::vector<domain::Invoice> invoices;
  std::map<std::string, Dunned> dunned;        // by invoice
  std::optional<CountedPremium> counted;       // none: nothing yet
  std::optional<domain::ChargeTerms> charges;  // in force when it was bound
  std::vector<domain::InstrumentId> instruments;
  bool operator==(const PolicyMoney&) const = default;
};

struct InstrumentFile {
  domain::InstrumentApplied application;
  domain::ActorName applied_by;
  Instant applied_at;
  std::optional<domain::InstrumentDecided> decision;
  domain::ActorName decided_by;
  Money paid;
  Money clawed_back;
  bool operator==(const InstrumentFile&) const = default;
};

// Of the house.
struct HouseMoney {
  std::optional<domain::ChargesSet> charges;
  std::map<Date, domain::MonthClosed> months;  // by their first day
  // What each month moved, by product: without policies, exposure and unearned premium.
  std::map<Date, std::map<domain::ProductName, domain::MonthLine>> moved;
  std::map<domain::InstrumentId, InstrumentFile> instruments;
  std::map<std::string, Money> provider_limits;
  // Who names a provider among its facts: under the whole entry and under its first word.
  std::map<std::string, std::set<domain::EnterpriseId>> users;
  std::optional<domain::RiskUnitRuleSet> risk_unit;
  std::map<domain::QuoteId, domain::FacultativeCeded> facultative;
  bool operator==(const HouseMoney&) const = default;
};

}  // namespace anlan::house
