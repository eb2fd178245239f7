// Ledger: balances and reserves of one house, the fold of its postings.
//
// Every posting debits one account and credits another with the same amount, so that the balances
// of a currency always sum to zero. A reserve is a pending posting: it holds an amount and moves
// nothing until it is paid, in full or in part, or released. What was posted is never edited; a
// correction is another posting. (The two-phase transfers of TigerBeetle,
// docs/coding/two-phase-transfers.md.)
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "base/result.h"
#include "ledger/account.h"

namespace anlan::ledger {

// The largest balance, pending included, that an account may reach: a thousand times the largest
// amount, far from the end of int64.
inline constexpr std::int64_t kBalanceMax = 1'000 * kAmountMax;

class Ledger {
 public:
  // Whether the ledger takes this posting, in the order of the rules of ledger/refusals.h:
  //   kPostingAmount          amount above zero and at most kAmountMax
  //   kPostingOneAccount      debit and credit differ
  //   kPostingNamesReserve    a payment or release names its reserve, other postings name none
  //   kReserveIdTaken         a reserve has an id that no other reserve has (args reserve)
  //   kReserveUnknown, kReserveClosed      the named reserve exists and is open (args state)
  //   kReserveAccounts        same accounts and currency as the reserve
  //   kReserveExceeded        a payment is at most the reserve (args reserved)
  //   kReleaseAmount          a release states the reserve's amount (args reserved)
  //   kSubsidyBudgetExceeded  the budget less what is held on it stays at or above zero (args left)
  //   kBalanceTooLarge        no account leaves kBalanceMax
  // `path` of the refusal is the field: posting.amount. Cost: a few look-ups in the maps.
  Result<Done> check(const domain::Posting& posting) const;
  // The same for postings that follow one another, as if each had been posted before the next is
  // checked. The path counts: postings[1].amount. Cost: with the number of postings, not with the
  // size of the ledger.
  Result<Done> check(std::span<const domain::Posting> postings) const;

  // Precondition: check(posting) is ok; anything else is a bug.
  void post(const domain::Posting& posting);

  // Debits less credits; zero for an account that never moved.
  Money balance(const domain::Account& account, Currency currency) const;
  // What open reserves would add to the balance if they were paid in full.
  Money pending(const domain::Account& account, Currency currency) const;

  // The postings that made the reserves still open, by id.
  std::vector<domain::Posting> open_reserves() const;
  // The posting that made this reserve if it is still open, else nullptr; valid until the next
  // post.
  const domain::Posting* open_reserve(domain::PostingId id) const;

  // Every account that ever moved, by kind, owner and currency, zero balances included.
  std::vector<AccountBalance> balances() const;
  // The same for one owner (number of a policy, claim or order; 0: the house).
  std::vector<AccountBalance> balances_of(std::uint64_t owner) const;
  // Summed over all accounts: zero, whatever was posted. Cost: one pass over the accounts.
  Money sum_of_balances(Currency currency) const;
  std::vector<Currency> currencies() const;  // that ever moved

  bool operator==(const Ledger&) const = default;

 private:
  struct Place {
    domain::Account account;
    Currency currency = Currency::kCny;
    auto operator<=>(const Place&) const = default;
  };
  struct Amounts {
    std::int64_t balance = 0;
    std::int64_t held_debit = 0;  // of open reserves
    std::int64_t held_credit = 0;
    bool operator==(const Amounts&) const = default;
  };
  enum class ReserveState : std::uint8_t { kOpen = 1, kPaid = 2, kReleased = 3 };
  struct Reserve {
    domain::Posting posting;
    ReserveState state = ReserveState::kOpen;
    bool operator==(const Reserve&) const = default;
  };
  struct Books {
    std::map<Place, Amounts> amounts;
    std::map<domain::PostingId, Reserve> reserves;
    bool operator==(const Books&) const = default;
  };

  // `later` are postings on top of this ledger that a check of several has already passed.
  Amounts amounts(const Place& place, const Books& later) const;
  const Reserve* reserve(domain::PostingId id, const Books& later) const;
  Result<Done> check_over(const Books& later, const domain::Posting& posting) const;
  Result<Done> check_reserve(const Books& later, const domain::Posting& posting) const;
  Result<Done> check_limits(const Books& later, const domain::Posting& posting) const;
  void record(Books& books, const domain::Posting& posting, const Reserve* named) const;

  Books books_;
};

}  // namespace anlan::ledger
