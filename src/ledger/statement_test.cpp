#include "ledger/statement.h"

#include <doctest/doctest.h>

#include "ledger/ledger.h"
#include "ledger/postings.h"

using namespace anlan;
using namespace anlan::ledger;
using domain::AccountKind;
using domain::Payer;

TEST_CASE("statement: the lines of an owner end at the balances of the ledger") {
  constexpr domain::PolicyId kPolicy{12};
  const auto fen = [](std::int64_t minor) { return Money::from_minor(minor, Currency::kCny); };
  Ledger ledger;
  Postings all;
  const auto add = [&](Postings postings, std::uint64_t business) {
    for (domain::Posting& posting : postings) {
      posting.id = {100 + all.size()};
      posting.business = business;
      ledger.post(posting);
      all.push_back(posting);
    }
  };
  add(premium_written(kPolicy, fen(140'000), fen(140'000)), 5);
  add(premium_received(kPolicy, Payer::kCustomer, fen(100'000)), 6);
  add(claim_reserved(kPolicy, domain::ClaimId{40}, fen(900)), 7);
  add(premium_received(kPolicy, Payer::kCustomer, fen(40'000)), 8);

  const auto lines = statement(all, kPolicy.number);
  REQUIRE(lines.size() == 6);  // the reserve moves nothing
  CHECK(lines.back() ==
        StatementLine{.posting = {104},
                      .business = 8,
                      .account = {.kind = AccountKind::kCustomerReceivable, .owner = 12},
                      .change = -fen(40'000),
                      .balance = fen(0)});
  for (const AccountBalance& balance : ledger.balances_of(12)) {
    Money shown = fen(0);
    for (const StatementLine& line : lines) {
      if (line.account == balance.account) shown = line.balance;
    }
    CAPTURE(to_text(balance.account));
    CHECK(shown == balance.balance);
  }
  CHECK(statement(all, 0).size() == 2);
  CHECK(statement(all, 13).empty());
}
