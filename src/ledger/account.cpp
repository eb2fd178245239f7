#include "ledger/account.h"

namespace anlan::ledger {

using domain::AccountKind;

AccountClass class_of(AccountKind kind) {
  switch (kind) {
    case AccountKind::kCash:
    case AccountKind::kCustomerReceivable:
    case AccountKind::kGovernmentReceivable:
    case AccountKind::kOrderReceivable:
    case AccountKind::kClaimRecoverable:
    case AccountKind::kVatDeferred:
    case AccountKind::kCommissionDeferred:
    case AccountKind::kLevyDeferred:
    case AccountKind::kCessionDeferred:
      return AccountClass::kAsset;
    case AccountKind::kUnearnedPremium:
    case AccountKind::kCustomerPayable:
    case AccountKind::kGovernmentPayable:
    case AccountKind::kClaimsPayable:
    case AccountKind::kVendorPayable:
    case AccountKind::kVatPayable:
    case AccountKind::kCommissionPayable:
    case AccountKind::kLevyPayable:
    case AccountKind::kReinsurerPayable:
    case AccountKind::kCedingCommissionDeferred:
      return AccountClass::kLiability;
    case AccountKind::kEarnedPremium:
    case AccountKind::kCedingCommission:
      return AccountClass::kIncome;
    case AccountKind::kClaimsIncurred:
    case AccountKind::kPremiumWrittenOff:
    case AccountKind::kClaimWrittenOff:
    case AccountKind::kVatOfPremium:
    case AccountKind::kCommissionExpense:
    case AccountKind::kLevyExpense:
    case AccountKind::kCededPremium:
      return AccountClass::kExpense;
    case AccountKind::kSubsidyBudget:
    case AccountKind::kSubsidyGranted:
      return AccountClass::kMemo;
    case AccountKind::kPaidInCapital:
      return AccountClass::kEquity;
  }
  check_failed("a known account kind", __FILE__, __LINE__);
}

Side side_of(AccountKind kind) {
  switch (class_of(kind)) {
    case AccountClass::kAsset:
    case AccountClass::kExpense:
      return Side::kDebit;
    case AccountClass::kLiability:
    case AccountClass::kIncome:
    case AccountClass::kEquity:
      return Side::kCredit;
    case AccountClass::kMemo:
      return kind == AccountKind::kSubsidyBudget ? Side::kDebit : Side::kCredit;
  }
  check_failed("a known account class", __FILE__, __LINE__);
}

std::string to_text(const domain::Account& account) {
  std::string text(name_of(account.kind));
  if (account.owner != 0) text += "/" + std::to_string(account.owner);
  return text;
}

}  // namespace anlan::ledger
