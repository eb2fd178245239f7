// What the house keeps of the money around a premium.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/event.h"

namespace anlan::house {

// Of one policy.
struct PolicyMoney {
  std::vector<domain::Instalment> plan;  // empty: all is due on one day
  std::vector<domain::Invoice> invoices;
  std::map<std::string, domain::DunningStep> dunned;  // the last step sent, by invoice
  std::optional<domain::ChargeTerms> charges;         // in force when it was bound
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
  std::map<domain::InstrumentId, InstrumentFile> instruments;
  std::map<std::string, Money> provider_limits;
  // Who names a provider among its facts: under the whole entry and under its first word.
  std::map<std::string, std::set<domain::EnterpriseId>> users;
  std::optional<domain::RiskUnitRuleSet> risk_unit;
  std::map<domain::QuoteId, domain::FacultativeCeded> facultative;
  bool operator==(const HouseMoney&) const = default;
};

}  // namespace anlan::house
