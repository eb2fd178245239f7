// Accounts: what each kind is to a bookkeeper, and on which side its balance stands.
#pragma once

#include <string>

#include "base/fields.h"
#include "domain/posting.h"

namespace anlan::ledger {

enum class AccountClass : std::uint8_t {
  kAsset = 1,
  kLiability = 2,
  kIncome = 3,
  kExpense = 4,
  kMemo = 5,  // a right that is counted, no money of the house: the subsidy budget
  kEquity = 6,
};
constexpr auto enum_names(AccountClass*) {
  using C = AccountClass;
  return std::array{EnumName<C>{C::kAsset, "asset"},   EnumName<C>{C::kLiability, "liability"},
                    EnumName<C>{C::kIncome, "income"}, EnumName<C>{C::kExpense, "expense"},
                    EnumName<C>{C::kMemo, "memo"},     EnumName<C>{C::kEquity, "equity"}};
}

// The side that makes the account grow.
enum class Side : std::uint8_t { kDebit = 1, kCredit = 2 };
constexpr auto enum_names(Side*) {
  return std::array{EnumName<Side>{Side::kDebit, "debit"}, EnumName<Side>{Side::kCredit, "credit"}};
}

AccountClass class_of(domain::AccountKind kind);
Side side_of(domain::AccountKind kind);

// "claims_payable/41"; the house's own accounts are "cash".
std::string to_text(const domain::Account& account);

// One line of the list of balances. `balance` is debits less credits, as everywhere in the ledger.
struct AccountBalance {
  domain::Account account;
  Money balance;
  bool operator==(const AccountBalance&) const = default;
  template <class E = AccountBalance>
  static constexpr auto fields() {
    return std::tuple{field("account", &E::account), field("balance", &E::balance)};
  }
};

}  // namespace anlan::ledger
