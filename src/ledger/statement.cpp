#include "ledger/statement.h"

#include <map>

namespace anlan::ledger {

using domain::Account;
using domain::Posting;
using domain::PostingKind;

std::vector<StatementLine> statement(std::span<const Posting> postings, std::uint64_t owner) {
  std::map<std::pair<Account, Currency>, Money> balances;
  std::vector<StatementLine> lines;
  const auto add_line = [&](const Posting& posting, const Account& account, Money change) {
    if (account.owner != owner) return;
    Money& balance =
        balances.try_emplace({account, change.currency()}, Money::zero(change.currency()))
            .first->second;
    balance += change;
    lines.push_back({.posting = posting.id,
                     .business = posting.business,
                     .account = account,
                     .change = change,
                     .balance = balance});
  };
  for (const Posting& posting : postings) {
    if (posting.kind == PostingKind::kReserve || posting.kind == PostingKind::kRelease) continue;
    add_line(posting, posting.debit, posting.amount);
    add_line(posting, posting.credit, -posting.amount);
  }
  return lines;
}

}  // namespace anlan::ledger
