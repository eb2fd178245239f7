#include "house/month.h"

#include <doctest/doctest.h>

#include "house/endorse_desk_test.h"
#include "house/money_desk_test.h"
#include "house/refusals.h"

namespace anlan::house {
namespace {

using namespace desk;

TEST_CASE("month: first days, over the ends of years and in a leap year") {
  CHECK(first_of_month(day("2026-03-31")) == day("2026-03-01"));
  CHECK(next_month(day("2026-12-01")) == day("2027-01-01"));
  CHECK(next_month(day("2028-02-01")) == day("2028-03-01"));
  CHECK(next_month(day("2026-01-01")) == day("2026-02-01"));
}

TEST_CASE("month end: earned first, in order, once; the figures are those of the books") {
  Desk desk;
  desk.open();
  desk.must("finance", charges());
  const PolicyId policy = desk.policy_in_force();
  const CloseMonth march{day("2026-03-01")};
  desk.now = at("2026-03-31T09:00:00+08:00");
  CHECK(desk.refused("finance", march) == refusals::kMonthNotNext.name);  // bound in February
  desk.must("finance", CloseMonth{day("2026-02-01")});
  CHECK(desk.refused("finance", march) == refusals::kDayNotOver.name);
  desk.now = at("2026-04-02T09:00:00+08:00");
  CHECK(desk.refused("finance", march) == refusals::kMonthNotEarned.name);
  CHECK(desk.refused("finance", CloseMonth{day("2026-03-02")}) == refusals::kMonthNotNext.name);
  desk.must("finance", EarnPremium{day("2026-03-31")});
  desk.must("finance", march);
  const MonthClosed& closed = desk.house.money.months.at(day("2026-03-01"));
  REQUIRE(closed.lines.size() == 1);
  const MonthLine& line = closed.lines[0];
  CHECK(line.product.text == "ningbo-2023-a");
  CHECK(line.policies == 1);
  CHECK(line.exposure_days == 31);
  CHECK(line.written_customer == yuan(1'400));
  CHECK(line.written_government == yuan(1'400));
  CHECK(line.earned_customer == fen(11'890));  // 1,400 x 31 / 365 of each payer
  CHECK(line.earned_government == fen(11'890));
  CHECK(line.unearned == yuan(2'800) - fen(23'780));
  CHECK(line.charges[1].written == fen(31'698));
  CHECK(closed.trial_balance == trial_balance(desk.house.ledger));
  CHECK(desk.refused("finance", march) == refusals::kMonthNotNext.name);
  CHECK(desk.refused("finance", CloseMonth{day("2026-05-01")}) == refusals::kMonthNotNext.name);
  CHECK(open_month(desk.house) == day("2026-04-01"));
  CHECK(booked_in(desk.house, day("2026-03-20")) == day("2026-04-01"));  // late: the open month
  CHECK(booked_in(desk.house, day("2026-05-20")) == day("2026-05-01"));
  desk.must("uw", desk.cancellation(policy, day("2026-04-03")));
  CHECK(trial_balance(desk.house.ledger) != closed.trial_balance);
}

TEST_CASE("month end: days of cover stop at a cancellation, and a policy of later has none") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force();
  CHECK(month_lines(desk.house, day("2026-02-01"))[0].policies == 0);
  desk.now = at("2026-06-08T09:00:00+08:00");
  desk.must("uw", desk.cancellation(policy, day("2026-06-09")));
  CHECK(month_lines(desk.house, day("2026-06-01"))[0].exposure_days == 31 + 30 + 31 + 8);
  CHECK(month_lines(desk.house, day("2026-07-01"))[0].policies == 0);
  const MonthLine line = month_lines(desk.house, day("2026-06-01"))[0];
  CHECK(line.written_customer + line.written_government == fen(76'712));
  CHECK(line.written_customer == fen(38'356));  // 1,400 less 1,016.44: E21
  CHECK(line.unearned.is_zero());
}

TEST_CASE("month end: what is recorded after its last day is of the month after") {
  Desk desk;
  desk.open();
  desk.must("finance", charges());
  const PolicyId first = desk.policy_in_force();
  desk.now = at("2026-03-02T08:00:00+08:00");
  Quote quote = desk.quote(desk.enterprise(1));
  quote.from = day("2026-03-10");
  quote.until = day("2027-03-10");
  const QuoteId second{desk.must("broker", IssueQuote{.quote = quote})};
  desk.must("broker", desk.explanation(second));
  desk.must("uw", BindPolicy{second});
  desk.now = at("2026-04-12T09:00:00+08:00");
  desk.must("finance", EarnPremium{day("2026-04-10")});
  const auto sums = [&](std::string_view month) {
    const MonthLine line = month_lines(desk.house, day(month))[0];
    return std::pair{line.written_customer + line.written_government,
                     line.earned_customer + line.earned_government};
  };
  CHECK(sums("2026-02-01") == std::pair{yuan(2'800), yuan(0)});
  CHECK(sums("2026-03-01") == std::pair{yuan(5'600), fen(40'656)});  // 31 and 22 days
  CHECK(sums("2026-04-01") == std::pair{yuan(5'600), fen(56'000)});  // 41 and 32 days
  const MonthLine line = month_lines(desk.house, day("2026-03-01"))[0];
  CHECK(line.charges[0].written == charge_on(rates(), ChargeKind::kVat, yuan(2'800)) +
                                       charge_on(rates(), ChargeKind::kVat, yuan(2'800)));
  // Days that a suspension takes back, known in April, are April's correction.
  desk.must("finance", CloseMonth{day("2026-02-01")});
  desk.must("finance", CloseMonth{day("2026-03-01")});
  CHECK(line.exposure_days == 31 + 22);
  desk.must("uw", EndorsePolicy{first, change(EndorsementKind::kSuspend, day("2026-03-22"))});
  CHECK(month_lines(desk.house, day("2026-03-01"))[0].exposure_days == 21 + 22);
  CHECK(sums("2026-03-01") == std::pair{yuan(5'600), fen(40'656)});
  CHECK(sums("2026-04-01").first < yuan(5'600));
  const auto again = replay(desk.journal);
  REQUIRE(again.ok());
  CHECK(*again == desk.house);
}

}  // namespace
}  // namespace anlan::house
