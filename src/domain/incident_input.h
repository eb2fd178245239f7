// Incident input: the file in which somebody writes down an incident, its losses and the evidence
// of conditions, as TOML or JSON.
//
//   peril = "ransomware"                         # a code of domain/peril.h
//   causes = []                                  # tags that cause-scoped exclusions look at
//   occurred = "2026-05-11T08:00:00+08:00"
//   discovered = "2026-05-11T08:20:00+08:00"
//   summary = "..."
//   mitigation = "0.00"                          # may be left out, as all down to [[items]]
//   location = "CN"                              # ISO 3166-1 alpha-2: where it happened
//   first_claim = "..."                          # when a third party first claimed
//   circumstances = "..."                        # when notice was given of what may lead to claims
//   [attribution]                                # who holds which state responsible
//   source = "government"                        # government | court | insurer | none: nobody,
//                                                # without the three keys of the next line
//   date = "2026-06-01"  confidence = "80 %"  state = "XX"
//   state_impaired = false  bystanding = false
//   [[rates]]                                    # of each currency and date that is needed
//   currency = "USD"  date = "2026-05-11"  rate = "7.10"  source = "..."
//   [[items]]                                    # one invoice or offer each
//   head = "FP.EXT.RANSOM"                       # a cover of domain/cover.h, or a sub-head of one
//   amount = "38000.00"
//   betterment = "0.00"                          # may be left out
//   note = "..."
//   currency = "USD"                             # may be left out, as the two below
//   incurred = "..."                             # when: the date of the invoice
//   vendor = "..."                               # who did the work
//   evidence = "<SHA-256>"                       # may be left out, here and below
//   [interruption]                               # may be left out
//   section = "FP.BI"
//   provider = "cloud_one"                       # whose service failed; may be left out
//   started = "2026-05-11T08:00:00+08:00"
//   restored = "2026-05-17T08:00:00+08:00"
//   stopped = "100 %"                            # share of the activity that stopped
//   currency = "USD"                             # of profit and sales; may be left out
//   [[interruption.again]]                       # it came back: started, restored, stopped
//   [[interruption.profile]]                     # gross profit an hour; hours not named earn
//   nothing days = "mon-sat"                             # a day, a range, or several with commas
//   hours = "08-18"                              # local hours of the policy's zone, half-open
//   amount = "2200.00"
//   [[interruption.sales]]                       # profit that was earned all the same
//   from = "..."  until = "..."  gross_profit = "15200.00"
//   [[conditions]]                               # a condition of the wording, met
//   condition = "police_report"  reference = "..."
#pragma once

#include <string_view>
#include <vector>

#include "base/money.h"
#include "base/node.h"
#include "base/result.h"
#include "domain/incident.h"
#include "domain/incident_facts.h"

namespace anlan::domain {

// What was written; every id is 0, the house gives them.
struct IncidentInput {
  Incident incident;
  LossStatement loss;
  std::vector<ConditionMet> conditions;
  bool operator==(const IncidentInput&) const = default;
};

// Reads, and refuses only what no claim could be made of; whether the loss holds together is
// quantified by claims. Refuses, besides what NodeReader refuses: kIncidentPerilUnknown (args
// nearest), kDiscoveredBeforeIncident, kIncidentHeadUnknown (args nearest), kWeekdaysMalformed,
// kHoursMalformed, kHourStatedTwice (args day, hour), kPlaceMalformed, kRateMalformed (args most),
// kRateTwice, kRateNotStated (args currency: of an amount whose currency no rate has).
Result<IncidentInput> read_incident(const Node& root, std::string_view file, Currency currency);

// The file in which somebody writes down what was found about an incident; every key may be left
// out but `note`:
//
//   note = "report of the adjuster, 2026-06-02"  # which document, or who, says so
//   days_unpatched = 47                          # 0: no known vulnerability was used
//   provider = "cloud_one"                       # whose service failed
//   location = "CN"                              # corrects the report, as the two below
//   causes = []                                  # all of them
//   [attribution]                                # as in an incident
//   [other_insurance]
//   sum_insured = "500000.00"  paid = "0.00"     # paid may be left out
//   [[values]]                                   # of a section with underinsurance average
//   section = "FP.BI"  declared = "800000.00"  actual = "1000000.00"
//   [[lapses]]                                   # a control that did not run and bore on it
//   control = "END-01"
//   from = "2026-03-28"                          # the first day on which it did not run
//   found_by = "li.claims"                       # may be left out, as all below
//   noticed_on = "2026-04-11"  cure_by = "2026-04-26"
//   cured_on = "2026-04-20"                      # the first day on which it ran again
//   withdrawn = true                             # it was none after all
//
// Refuses, besides what NodeReader refuses: kIncidentHeadUnknown (args nearest), kPlaceMalformed.
// What a record must hold to is the house's to say. `found_by` and `evidence` are empty where the
// file does not state them.
Result<IncidentFacts> read_incident_facts(const Node& root, std::string_view file,
                                          Currency currency);

}  // namespace anlan::domain
