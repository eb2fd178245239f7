#include "underwriting/renew.h"

#include <doctest/doctest.h>

#include "underwriting/fixture_test.h"
#include "underwriting/refusals.h"

namespace anlan::underwriting {
namespace {

using namespace samples;
using I = RenewalItem;

domain::Quote quote(std::uint32_t year) {
  domain::Quote quote;
  quote.policy_year = year;
  quote.from = plus_years(day("2026-03-01"), static_cast<int>(year) - 1);
  quote.until = plus_years(quote.from, 1);
  quote.premium = yuan(280'000);
  quote.subsidy = yuan(year == 1 ? 140'000 : 0);
  quote.customer_pays = quote.premium - quote.subsidy;
  quote.aggregate_limit = yuan(40'000'000);
  quote.incident_maximum = yuan(15'000'000);
  quote.loss = domain::LossResult{.insured = yuan(year == 1 ? 69'700 : 48'200)};
  quote.parts.technical_gross = yuan(year == 1 ? 226'515 : 193'000);
  quote.controls = std::vector<domain::ControlState>{
      {.control = {"BKP-02"}, .gap = Share::from_percent(year == 1 ? 80 : 10)},
      {.control = {"END-01"}, .gap = Share::from_percent(50)}};
  return quote;
}

TEST_CASE("renew: the subsidy ends, the customer's price doubles and the change says so") {
  const RenewalChange change = renewal_change(quote(1), quote(2));
  CHECK(change.customer_before == yuan(140'000));
  CHECK(change.customer_after == yuan(280'000));
  CHECK(change.subsidy_lost == yuan(140'000));
  CHECK(change.policy_year == 2);
  CHECK(change.lines == std::vector<RenewalLine>{{I::kCustomerPays, "1,400.00", "2,800.00"},
                                                 {I::kSubsidy, "1,400.00", "0.00"},
                                                 {I::kPremium, "2,800.00", "2,800.00"},
                                                 {I::kAggregateLimit, "400,000.00", "400,000.00"},
                                                 {I::kIncidentMaximum, "150,000.00", "150,000.00"},
                                                 {I::kControls, "35.0 %", "70.0 %"},
                                                 {I::kExpectedLoss, "697.00", "482.00"},
                                                 {I::kTechnicalPrice, "2,265.15", "1,930.00"}});
  CHECK(renewal_change(quote(2), quote(3)).subsidy_lost == yuan(0));
}

TEST_CASE("renew: the sheet begins with what the customer pays, then names the subsidy's end") {
  Texts texts;
  texts.by_key = {{"renewal.title", "year {year} {period}"},
                  {"renewal.change", "from {before} to {after}"},
                  {"renewal.same", "same {after}"},
                  {"renewal.subsidy_ends", "less {lost}"},
                  {"renewal.controls", "controls"}};
  const Speech speech{.texts = texts, .lang = Lang::kEn};
  const Document sheet = renewal_sheet(renewal_change(quote(1), quote(2)), speech);
  REQUIRE(sheet.blocks.size() == 4);
  CHECK(std::get<Heading>(sheet.blocks[0]).text == "year 2 2027-03-01 - 2028-02-29");
  CHECK(std::get<Paragraph>(sheet.blocks[1]).text == "from 1,400.00 to 2,800.00");
  CHECK(std::get<Paragraph>(sheet.blocks[2]).text == "less 1,400.00");
  const Table& table = std::get<Table>(sheet.blocks[3]);
  REQUIRE(table.rows.size() == 8);
  CHECK(table.rows[5] == std::vector<std::string>{"controls", "35.0 %", "70.0 %"});
  const Document third = renewal_sheet(renewal_change(quote(2), quote(3)), speech);
  CHECK(std::get<Paragraph>(third.blocks[1]).text == "same 2,800.00");
  CHECK(third.blocks.size() == 3);
}

TEST_CASE("renew: it follows the running cover without a gap, from 90 days before its end") {
  struct Row {
    std::string_view today;
    bool ended;
    RefusalCode code;
  };
  const Row rows[] = {{"2026-12-15", true, refusals::kPolicyEnded},
                      {"2026-11-30", false, refusals::kRenewalTooEarly},
                      {"2027-03-02", false, refusals::kRenewalTooLate}};
  const domain::Policy running = policy();
  for (const Row& row : rows) {
    CAPTURE(row.today);
    const auto start =
        renewal_start({.policy = running, .ended = row.ended, .today = day(row.today)});
    REQUIRE(!start.ok());
    CHECK(start.refusal().code.name == row.code.name);
  }
  for (const std::string_view today : {"2026-12-01", "2027-03-01"}) {
    const auto start = renewal_start({.policy = running, .today = day(today)});
    REQUIRE(start.ok());
    CHECK(start.value() == day("2027-03-01"));
  }
}

}  // namespace
}  // namespace anlan::underwriting
