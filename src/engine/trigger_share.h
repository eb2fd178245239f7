// Which share of a peril's events a policy year pays for, by the trigger of its wording.
//
// Incidents come at a constant rate, before the year as in it. The incident at time t is found (or
// claimed) a lag later with distribution F, and passes the gates (terms::outside_trigger) when
// t >= -rho (the retroactive date), t < T (the end of the year) and 0 <= t + lag < T + e - r, with
// e the extended reporting period and r the days from the claim to its report where the report
// counts. The expected number over that of the incidents of the year is
//
//   1/T integral from -rho to T of F(T + e - r - t) - F(-t) dt
//     = [G(T + e - r + rho) - G(e - r) - G(rho)] / T,  G(x) = x - E[min(lag, x)], 0 below 0;
//
// without a retroactive date [T + e - r - G(e - r)] / T. A first year whose retroactive date is its
// inception has less than 1, a mature one without extended reporting 1, extended reporting adds.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "engine/hazard.h"
#include "engine/year.h"
#include "terms/wording.h"

namespace anlan::engine {

// One lag and one window, days.
struct TriggerWindow {
  double lag_median = 0.0;  // 0: at once
  double lag_sigma = 0.0;
  double report = 0.0;                 // r
  double period = 365.0;               // T
  std::optional<double> back_to = {};  // rho; none: infinitely far
  double extended = 0.0;               // e
};
double trigger_share(const TriggerWindow& window);

// By peril of the hazard; empty under the trigger occurrence: all events of the year. Without an
// inception a retroactive date (not retroactive days) is taken to lie far back. The lag of a peril
// is that of a third party's claim where a liability section of the plan takes a loss of it, else
// of its discovery, as the gate asks of a loss of one's own. assumption: where both are insured the
// claim dates the whole incident. Not priced: notices of circumstances, which lock a later claim to
// the policy (the price is low by what they save).
std::vector<double> trigger_shares(const Hazard& hazard, const terms::Trigger& trigger,
                                   const terms::Plan& plan, std::optional<Date> inception);

// Where the companies of the model are, and what befalls them: ISO 3166-1 alpha-2.
inline constexpr std::string_view kCompanyPlace = "CN";

// The amounts of the wording are those of the hazard: refuses kCurrencyMismatch (args expected). To
// be asked where the two first meet.
Result<Done> check_currency(const Hazard& hazard, const terms::Wording& wording);

// What the wording promises of a policy that begins on `inception`, for a year of 365 days: no
// peril is covered where its territory leaves kCompanyPlace out. `plan` is that of the wording, or
// of its terms with other amounts; both must outlive the cover.
InsuredCover insured_cover(const Hazard& hazard, const terms::Wording& wording,
                           const terms::Plan& plan, std::optional<Date> inception);

}  // namespace anlan::engine
