#include "ledger/postings.h"

#include <doctest/doctest.h>

#include "ledger/ledger.h"

using namespace anlan;
using namespace anlan::ledger;
using domain::AccountKind;
using domain::Payer;

namespace {

constexpr domain::PolicyId kPolicy{12};
constexpr domain::ClaimId kClaim{40};
constexpr domain::OrderId kOrder{8};
constexpr std::uint64_t kScheme = 3;

Money fen(std::int64_t minor) { return Money::from_minor(minor, Currency::kCny); }

// Posts a business event as the house does: ids in sequence, checked as one list first.
struct Books {
  Ledger ledger;
  std::uint64_t next = 100;

  void add(Postings postings) {
    for (domain::Posting& posting : postings) posting.id = {next++};
    REQUIRE(ledger.check(postings).ok());
    for (const domain::Posting& posting : postings) ledger.post(posting);
    REQUIRE(ledger.sum_of_balances(Currency::kCny).is_zero());
  }
  std::int64_t of(AccountKind kind, std::uint64_t owner = 0) const {
    return ledger.balance({.kind = kind, .owner = owner}, Currency::kCny).minor();
  }
};

domain::Posting reserve_of(std::int64_t amount) {
  domain::Posting reserve = claim_reserved(kPolicy, kClaim, fen(amount)).at(0);
  reserve.id = {77};
  return reserve;
}

}  // namespace

TEST_CASE("postings: each business event debits and credits the accounts of the table") {
  struct Row {
    std::string name;
    Postings postings;
    std::string moves;  // debit < credit: amount
  };
  const domain::Refund refund{
      .unearned = fen(300), .to_customer = fen(200), .to_government = fen(100)};
  const std::vector<Row> rows{
      {"premium_written", premium_written(kPolicy, fen(140), fen(60)),
       "customer_receivable/12 < unearned_premium/12: 1.40; "
       "government_receivable/12 < unearned_premium/12: 0.60; "},
      {"premium_written without subsidy", premium_written(kPolicy, fen(200), fen(0)),
       "customer_receivable/12 < unearned_premium/12: 2.00; "},
      {"subsidy_refused", subsidy_refused(kPolicy, fen(60)),
       "customer_receivable/12 < government_receivable/12: 0.60; "},
      {"premium_received", premium_received(kPolicy, Payer::kGovernment, fen(60)),
       "cash < government_receivable/12: 0.60; "},
      {"premium_earned", premium_earned(kPolicy, fen(200)),
       "unearned_premium/12 < earned_premium/12: 2.00; "},
      {"premium_waived", premium_waived(kPolicy, Payer::kCustomer, fen(50)),
       "unearned_premium/12 < customer_receivable/12: 0.50; "},
      {"premium_due", premium_due(kPolicy, Payer::kCustomer, fen(30)),
       "customer_receivable/12 < unearned_premium/12: 0.30; "},
      {"premium_kept", premium_kept(kPolicy, Payer::kGovernment, fen(30)),
       "government_payable/12 < unearned_premium/12: 0.30; "},
      {"premium_owed_back", premium_owed_back(kPolicy, Payer::kCustomer, fen(30)),
       "unearned_premium/12 < customer_payable/12: 0.30; "},
      {"premium_set_off", premium_set_off(kPolicy, Payer::kCustomer, fen(30)),
       "customer_payable/12 < customer_receivable/12: 0.30; "},
      {"refund_due", refund_due(kPolicy, refund),
       "unearned_premium/12 < customer_payable/12: 2.00; "
       "unearned_premium/12 < government_payable/12: 1.00; "},
      {"refund_paid", refund_paid(kPolicy, refund),
       "customer_payable/12 < cash: 2.00; government_payable/12 < cash: 1.00; "},
      {"premium_unearned", premium_unearned(kPolicy, fen(20)),
       "earned_premium/12 < unearned_premium/12: 0.20; "},
      {"premium_written_off", premium_written_off(kPolicy, Payer::kCustomer, fen(130)),
       "premium_written_off/12 < customer_receivable/12: 1.30; "},
      {"capital_paid_in", capital_paid_in(fen(500)), "cash < paid_in_capital: 5.00; "},
      {"claim_reserved", claim_reserved(kPolicy, kClaim, fen(900)),
       "reserve claims_incurred/12 < claims_payable/40: 9.00; "},
      {"claim_paid", claim_paid(reserve_of(900), fen(800)),
       "pay_reserve claims_incurred/12 < claims_payable/40: 8.00; "
       "claims_payable/40 < cash: 8.00; "},
      {"claim_reserve_released", claim_reserve_released(reserve_of(900)),
       "release claims_incurred/12 < claims_payable/40: 9.00; "},
      {"claim_overpaid", claim_overpaid(kPolicy, kClaim, fen(300)),
       "claim_recoverable/40 < claims_incurred/12: 3.00; "},
      {"claim_overpaid_less", claim_overpaid_less(kPolicy, kClaim, fen(100), fen(20)),
       "claims_incurred/12 < claim_recoverable/40: 1.00; "
       "claims_incurred/12 < claim_written_off/40: 0.20; "},
      {"claim_recovered", claim_recovered(kClaim, fen(50)), "cash < claim_recoverable/40: 0.50; "},
      {"claim_written_off", claim_written_off(kClaim, fen(60)),
       "claim_written_off/40 < claim_recoverable/40: 0.60; "},
      {"subsidy_budget_granted", subsidy_budget_granted(kScheme, fen(500)),
       "subsidy_budget/3 < subsidy_granted/3: 5.00; "},
      {"subsidy_used", subsidy_used(kScheme, fen(60)),
       "subsidy_granted/3 < subsidy_budget/3: 0.60; "},
      {"subsidy_returned", subsidy_returned(kScheme, fen(30)),
       "subsidy_budget/3 < subsidy_granted/3: 0.30; "},
      {"order_placed", order_placed(kOrder, fen(700)),
       "order_receivable/8 < vendor_payable/8: 7.00; "},
      {"order_paid", order_paid(kOrder, fen(700)), "vendor_payable/8 < order_receivable/8: 7.00; "},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    std::string moves;
    for (const domain::Posting& p : row.postings) {
      if (p.kind != domain::PostingKind::kPost) moves += std::string(name_of(p.kind)) + " ";
      moves += to_text(p.debit) + " < " + to_text(p.credit) + ": " + to_decimal(p.amount) + "; ";
      CHECK_FALSE(p.id.exists());
      CHECK(p.business == 0);
      const bool settles =
          p.kind == domain::PostingKind::kPayReserve || p.kind == domain::PostingKind::kRelease;
      CHECK(p.reserve == domain::PostingId{settles ? 77u : 0u});
    }
    CHECK(moves == row.moves);
  }
  CHECK(premium_earned(kPolicy, fen(0)).empty());
  CHECK(claim_reserved(kPolicy, kClaim, fen(0)).empty());
}

TEST_CASE(
    "postings: a subsidised policy with a paid claim and a full term leaves cash and result") {
  Books books;
  books.add(subsidy_budget_granted(kScheme, fen(10'000'000)));
  books.add(premium_written(kPolicy, fen(140'000), fen(140'000)));
  books.add(subsidy_used(kScheme, fen(140'000)));
  books.add(premium_received(kPolicy, Payer::kCustomer, fen(140'000)));
  books.add(premium_received(kPolicy, Payer::kGovernment, fen(140'000)));
  books.add(claim_reserved(kPolicy, kClaim, fen(15'000'000)));
  CHECK(books.of(AccountKind::kClaimsIncurred, 12) == 0);
  books.add(claim_paid(books.ledger.open_reserves().front(), fen(15'000'000)));
  books.add(premium_earned(kPolicy, fen(280'000)));

  CHECK(books.of(AccountKind::kCash) == 280'000 - 15'000'000);
  CHECK(books.of(AccountKind::kEarnedPremium, 12) == -280'000);
  CHECK(books.of(AccountKind::kClaimsIncurred, 12) == 15'000'000);
  CHECK(books.of(AccountKind::kSubsidyBudget, kScheme) == 9'860'000);
  CHECK(books.of(AccountKind::kCustomerReceivable, 12) == 0);
  CHECK(books.of(AccountKind::kGovernmentReceivable, 12) == 0);
  CHECK(books.of(AccountKind::kUnearnedPremium, 12) == 0);
  CHECK(books.of(AccountKind::kClaimsPayable, 40) == 0);
  CHECK(books.ledger.open_reserves().empty());
}

// Amounts of example E21 (REFERENCE.md 3.5): unearned 2,032.88 of 2,800, half of it each.
TEST_CASE("postings: a cancellation returns the unearned premium to both payers and the budget") {
  Books books;
  const domain::Refund refund{
      .unearned = fen(203'288), .to_customer = fen(101'644), .to_government = fen(101'644)};
  books.add(subsidy_budget_granted(kScheme, fen(140'000)));
  books.add(premium_written(kPolicy, fen(140'000), fen(140'000)));
  books.add(subsidy_used(kScheme, fen(140'000)));
  books.add(premium_received(kPolicy, Payer::kCustomer, fen(140'000)));
  books.add(premium_received(kPolicy, Payer::kGovernment, fen(140'000)));
  books.add(premium_earned(kPolicy, fen(280'000 - 203'288)));
  books.add(refund_due(kPolicy, refund));
  books.add(subsidy_returned(kScheme, refund.to_government));
  books.add(refund_paid(kPolicy, refund));

  CHECK(books.of(AccountKind::kCash) == 76'712);
  CHECK(books.of(AccountKind::kSubsidyBudget, kScheme) == 101'644);
  for (const AccountBalance& line : books.ledger.balances_of(kPolicy.number)) {
    CAPTURE(to_text(line.account));
    const bool earned = line.account.kind == AccountKind::kEarnedPremium;
    CHECK(line.balance == fen(earned ? -76'712 : 0));
  }
}

TEST_CASE("postings: what a cancelled policy's payer had not paid is waived, not collected") {
  Books books;
  books.add(premium_written(kPolicy, fen(140'000), fen(140'000)));
  books.add(premium_received(kPolicy, Payer::kCustomer, fen(140'000)));
  books.add(premium_earned(kPolicy, fen(76'712)));
  books.add(refund_due(kPolicy, {.unearned = fen(101'644), .to_customer = fen(101'644)}));
  books.add(premium_waived(kPolicy, Payer::kGovernment, fen(101'644)));
  CHECK(books.of(AccountKind::kUnearnedPremium, 12) == 0);
  CHECK(books.of(AccountKind::kGovernmentReceivable, 12) == 38'356);
}

TEST_CASE("postings: debts written off leave no receivable, and a result of what was paid") {
  Books books;
  books.add(premium_written(kPolicy, fen(140'000), fen(140'000)));
  books.add(premium_received(kPolicy, Payer::kCustomer, fen(40'000)));
  books.add(premium_written_off(kPolicy, Payer::kCustomer, fen(100'000)));
  books.add(premium_written_off(kPolicy, Payer::kGovernment, fen(140'000)));
  books.add(premium_earned(kPolicy, fen(280'000)));
  CHECK(books.of(AccountKind::kCustomerReceivable, 12) == 0);
  CHECK(books.of(AccountKind::kGovernmentReceivable, 12) == 0);
  CHECK(books.of(AccountKind::kUnearnedPremium, 12) == 0);
  CHECK(books.of(AccountKind::kEarnedPremium, 12) + books.of(AccountKind::kPremiumWrittenOff, 12) ==
        -40'000);
  CHECK(books.of(AccountKind::kCash) == 40'000);
}
