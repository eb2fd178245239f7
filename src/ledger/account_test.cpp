#include "ledger/account.h"

#include <set>

#include <doctest/doctest.h>

using namespace anlan;
using namespace anlan::ledger;
using domain::AccountKind;

TEST_CASE("account: assets and expenses grow by debits, liabilities, income, equity by credits") {
  std::set<AccountClass> seen;
  for (const auto& kind : enum_names(static_cast<AccountKind*>(nullptr))) {
    CAPTURE(kind.name);
    const AccountClass is = class_of(kind.value);
    seen.insert(is);
    if (is == AccountClass::kMemo) continue;
    CHECK((side_of(kind.value) == Side::kDebit) ==
          (is == AccountClass::kAsset || is == AccountClass::kExpense));
  }
  CHECK(seen.size() == 6);
  CHECK(side_of(AccountKind::kSubsidyBudget) == Side::kDebit);
  CHECK(side_of(AccountKind::kSubsidyGranted) == Side::kCredit);
}

TEST_CASE("account: the text names the kind and the owner, the house's own accounts no owner") {
  CHECK(to_text({.kind = AccountKind::kCash}) == "cash");
  CHECK(to_text({.kind = AccountKind::kClaimsPayable, .owner = 41}) == "claims_payable/41");
}
