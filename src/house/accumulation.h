// Accumulation: what hangs on one provider, and what one risk takes of the house's own means.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/event.h"
#include "house/house.h"

namespace anlan::house {

// What a company's fact "providers" names: "阿里云 华东1;Mail One" is "阿里云 华东1", "阿里云",
// "mail one" and "mail". ASCII letters become small, spaces around are dropped.
std::vector<std::string> providers_of(const std::vector<domain::Fact>& facts);
// The same treatment of a provider's name.
std::string provider_key(std::string_view name);

// The most that the yearly limits of policies of companies that name this provider come to on one
// day of [from, until), `except` left out. Cost: with the companies that name it.
Money limits_in_force(const House& house, const std::string& provider, Instant from, Instant until,
                      domain::PolicyId except = {});

// Cover that is about to begin: of a quote, or of an endorsement that changes the limit.
struct NewCover {
  domain::EnterpriseId enterprise;
  Instant from;
  Instant until;
  Money limit;                  // of the year
  domain::PolicyId instead_of;  // the policy whose limit it takes the place of
};
// The first limit that it would break.
struct AccumulationBroken {
  std::string provider;
  Money limit;
  Money in_force;
};
std::optional<AccumulationBroken> accumulation_broken(const House& house, const NewCover& cover);

// Insurance Law art 103: what the house may lose in one incident of this quote or policy, less what
// is ceded, is at most a tenth of paid-in capital and reserve fund. What costs of mitigation take
// above the limits is not in it.
inline constexpr std::int64_t kRiskUnitPart = 10;  // a tenth
struct RiskUnit {
  Money maximum;   // of one incident
  Money retained;  // of it, not ceded
  Money own_means;
  Money limit;  // a tenth of them
  bool above() const { return retained > limit; }
};
RiskUnit risk_unit(const House& house, const domain::Quote& quote);
// Of a policy by the option in force on that day.
RiskUnit risk_unit(const House& house, const PolicyFile& file, Date day);
// Paid-in capital and reserve fund; never below zero.
Money own_means(const House& house);

// The largest limit of the year, and the largest risk unit, of a policy from an instant on; zero
// where it covers nothing any more.
struct MostOfTerms {
  Money limit;
  RiskUnit unit;
};
MostOfTerms most_of_terms(const House& house, const PolicyFile& file, Instant from);

domain::RiskUnitAction risk_unit_action(const House& house);  // warn, until it is set

}  // namespace anlan::house
