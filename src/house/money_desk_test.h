// Steps of the money around a premium, for the tests of house.
#pragma once

#include <string>
#include <vector>

#include "house/accumulation.h"
#include "house/charges.h"
#include "house/desk_test.h"
#include "house/instalments.h"
#include "house/instruments.h"
#include "house/month.h"

namespace anlan::house::desk {

// VAT 6 %, commission 12 %, levy 0.8 %, quota share 40 % with 30 % back (data/pricing).
inline ChargeTerms rates() {
  return {.product = {},
          .vat = Share::from_percent(6),
          .commission = Share::from_percent(12),
          .levy = Share::from_bp(80),
          .cession = Share::from_percent(40),
          .ceding_commission = Share::from_percent(30)};
}

inline SetCharges charges() {
  return {.terms = {rates()}, .source = sha256(bytes_of("charges.toml"))};
}

// Four quarters of the customer's 1,400.00.
inline AgreeInstalments quarters(PolicyId policy) {
  return {.policy = policy,
          .instalments = {{day("2026-03-10"), yuan(350)},
                          {day("2026-06-10"), yuan(350)},
                          {day("2026-09-10"), yuan(350)},
                          {day("2026-12-10"), yuan(350)}}};
}

inline IssueInvoices invoicing(PolicyId policy, std::string_view through = "2026-01-01") {
  return {.policy = policy,
          .due = day("2026-03-10"),
          .through = day(through),
          .vat = Share::from_percent(6)};
}

inline constexpr DunningDays kDunning{
    .first_reminder = 3, .second_reminder = 10, .lapse_warning = 20};

inline InstrumentTerms tax_deduction() {
  return {.scheme = {"tax"},
          .kind = InstrumentKind::kTaxDeduction,
          .share = Share::from_percent(5),
          .maximum = yuan(500'000),
          .excludes = {},
          .public_share_max = Share::from_percent(100),
          .artefact = sha256(bytes_of("tax.toml"))};
}
inline InstrumentTerms first_set() {
  return {.scheme = {"first-set"},
          .kind = InstrumentKind::kFirstSetCompensation,
          .share = Share::from_percent(80),
          .maximum = yuan(1'000'000),
          .excludes = {kScheme},
          .public_share_max = Share::from_percent(80),
          .artefact = sha256(bytes_of("first.toml"))};
}

}  // namespace anlan::house::desk
