// Statement: the movements of one owner's accounts, as the owner reads them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "domain/posting.h"

namespace anlan::ledger {

struct StatementLine {
  domain::PostingId posting;
  std::uint64_t business = 0;  // seq of the event that moved it
  domain::Account account;
  Money change;   // debit positive
  Money balance;  // of the account in this currency, after it
  bool operator==(const StatementLine&) const = default;
  template <class S = StatementLine>
  static constexpr auto fields() {
    return std::tuple{field("posting", &S::posting), field("business", &S::business),
                      field("account", &S::account), field("change", &S::change),
                      field("balance", &S::balance)};
  }
};

// The movements of all accounts of `owner` (number of a policy, claim or order; 0: the house), in
// the order of `postings`, which a ledger took in that order. Reserves and releases move nothing
// and make no line. Cost: one pass.
std::vector<StatementLine> statement(std::span<const domain::Posting> postings,
                                     std::uint64_t owner);

}  // namespace anlan::ledger
