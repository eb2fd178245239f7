// Posting: one transfer between two accounts, so that every posting sums to zero by itself.
// A reserve is a pending posting that is later paid (in full or in part) or released; nothing is
// edited.
#pragma once

#include "base/fields.h"
#include "base/money.h"
#include "domain/ids.h"

namespace anlan::domain {

enum class AccountKind : std::uint8_t {
  kCash = 1,                  // owner 0
  kCustomerReceivable = 2,    // owner: policy
  kGovernmentReceivable = 3,  // owner: policy
  kUnearnedPremium = 4,       // owner: policy
  kCustomerPayable = 5,       // owner: policy
  kGovernmentPayable = 6,     // owner: policy
  kClaimsIncurred = 7,        // owner: policy
  kClaimsPayable = 8,         // owner: claim
  kSubsidyBudget = 9,         // owner 0: granted and not yet used
  kSubsidyGranted = 10,       // owner 0: counter account of the grant
  kVendorPayable = 11,        // owner: order
  kOrderReceivable = 12,      // owner: order
  kEarnedPremium = 13,        // owner: policy
  kPremiumWrittenOff = 14,    // owner: policy, a debt that nobody will pay
  kPaidInCapital = 15,        // owner 0
  kClaimRecoverable = 16,     // owner: claim, paid above what a later decision pays
  kClaimWrittenOff = 17,      // owner: claim, of it what will not come back
  // Charges on premium (domain/charges.h): owed by policy, spread over the cover for the house.
  kVatPayable = 18,         // owner: policy
  kCommissionPayable = 19,  // owner: policy
  kLevyPayable = 20,        // owner: policy
  kReinsurerPayable = 21,   // owner: policy, ceded premium less ceding commission
  kVatDeferred = 22,        // owner 0: on premium that is not earned yet
  kCommissionDeferred = 23,
  kLevyDeferred = 24,
  kCessionDeferred = 25,
  kCedingCommissionDeferred = 26,
  kVatOfPremium = 27,  // owner 0: on premium that is earned
  kCommissionExpense = 28,
  kLevyExpense = 29,
  kCededPremium = 30,
  kCedingCommission = 31,
};
constexpr auto enum_names(AccountKind*) {
  using K = AccountKind;
  return std::array{EnumName<K>{K::kCash, "cash"},
                    EnumName<K>{K::kCustomerReceivable, "customer_receivable"},
                    EnumName<K>{K::kGovernmentReceivable, "government_receivable"},
                    EnumName<K>{K::kUnearnedPremium, "unearned_premium"},
                    EnumName<K>{K::kCustomerPayable, "customer_payable"},
                    EnumName<K>{K::kGovernmentPayable, "government_payable"},
                    EnumName<K>{K::kClaimsIncurred, "claims_incurred"},
                    EnumName<K>{K::kClaimsPayable, "claims_payable"},
                    EnumName<K>{K::kSubsidyBudget, "subsidy_budget"},
                    EnumName<K>{K::kSubsidyGranted, "subsidy_granted"},
                    EnumName<K>{K::kVendorPayable, "vendor_payable"},
                    EnumName<K>{K::kOrderReceivable, "order_receivable"},
                    EnumName<K>{K::kEarnedPremium, "earned_premium"},
                    EnumName<K>{K::kPremiumWrittenOff, "premium_written_off"},
                    EnumName<K>{K::kPaidInCapital, "paid_in_capital"},
                    EnumName<K>{K::kClaimRecoverable, "claim_recoverable"},
                    EnumName<K>{K::kClaimWrittenOff, "claim_written_off"},
                    EnumName<K>{K::kVatPayable, "vat_payable"},
                    EnumName<K>{K::kCommissionPayable, "commission_payable"},
                    EnumName<K>{K::kLevyPayable, "levy_payable"},
                    EnumName<K>{K::kReinsurerPayable, "reinsurer_payable"},
                    EnumName<K>{K::kVatDeferred, "vat_deferred"},
                    EnumName<K>{K::kCommissionDeferred, "commission_deferred"},
                    EnumName<K>{K::kLevyDeferred, "levy_deferred"},
                    EnumName<K>{K::kCessionDeferred, "cession_deferred"},
                    EnumName<K>{K::kCedingCommissionDeferred, "ceding_commission_deferred"},
                    EnumName<K>{K::kVatOfPremium, "vat_of_premium"},
                    EnumName<K>{K::kCommissionExpense, "commission_expense"},
                    EnumName<K>{K::kLevyExpense, "levy_expense"},
                    EnumName<K>{K::kCededPremium, "ceded_premium"},
                    EnumName<K>{K::kCedingCommission, "ceding_commission"}};
}

struct Account {
  AccountKind kind = AccountKind::kCash;
  std::uint64_t owner = 0;  // number of the policy, claim or order; 0: the house
  auto operator<=>(const Account&) const = default;
  template <class E = Account>
  static constexpr auto fields() {
    return std::tuple{field("kind", &E::kind), field("owner", &E::owner)};
  }
};

enum class PostingKind : std::uint8_t {
  kPost = 1,
  kReserve = 2,     // pending: holds the amount, moves nothing
  kPayReserve = 3,  // posts up to the reserve's amount; the rest of the reserve is released
  kRelease = 4,     // drops the reserve
};
constexpr auto enum_names(PostingKind*) {
  using K = PostingKind;
  return std::array{EnumName<K>{K::kPost, "post"}, EnumName<K>{K::kReserve, "reserve"},
                    EnumName<K>{K::kPayReserve, "pay_reserve"},
                    EnumName<K>{K::kRelease, "release"}};
}

struct Posting {
  PostingId id;  // the seq of its event
  PostingKind kind = PostingKind::kPost;
  Account debit;
  Account credit;
  Money amount;
  PostingId reserve;           // of kPayReserve and kRelease: which
  std::uint64_t business = 0;  // seq of the event that moved it
  bool operator==(const Posting&) const = default;
  template <class E = Posting>
  static constexpr auto fields() {
    return std::tuple{field("id", &E::id),
                      field("kind", &E::kind),
                      field("debit", &E::debit),
                      field("credit", &E::credit),
                      field("amount", &E::amount),
                      field("reserve", &E::reserve),
                      field("business", &E::business)};
  }
};

}  // namespace anlan::domain
