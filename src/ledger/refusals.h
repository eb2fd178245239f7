// Refusals of the ledger: which postings it does not take.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::ledger::refusals {

inline constexpr RefusalCode kPostingAmount{2001, "posting_amount"};
inline constexpr RefusalCode kPostingOneAccount{2002, "posting_one_account"};
inline constexpr RefusalCode kPostingNamesReserve{2003, "posting_names_reserve"};
inline constexpr RefusalCode kReserveIdTaken{2004, "reserve_id_taken"};
inline constexpr RefusalCode kReserveUnknown{2005, "reserve_unknown"};
inline constexpr RefusalCode kReserveClosed{2006, "reserve_closed"};
inline constexpr RefusalCode kReserveAccounts{2007, "reserve_accounts"};
inline constexpr RefusalCode kReserveExceeded{2008, "reserve_exceeded"};
inline constexpr RefusalCode kReleaseAmount{2009, "release_amount"};
inline constexpr RefusalCode kSubsidyBudgetExceeded{2010, "subsidy_budget_exceeded"};
inline constexpr RefusalCode kBalanceTooLarge{2011, "balance_too_large"};

inline constexpr std::array kRefusals{
    kPostingAmount,  kPostingOneAccount,     kPostingNamesReserve, kReserveIdTaken,
    kReserveUnknown, kReserveClosed,         kReserveAccounts,     kReserveExceeded,
    kReleaseAmount,  kSubsidyBudgetExceeded, kBalanceTooLarge};

}  // namespace anlan::ledger::refusals
