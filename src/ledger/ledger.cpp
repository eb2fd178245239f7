#include "ledger/ledger.h"

#include <algorithm>
#include <set>

#include "ledger/refusals.h"

namespace anlan::ledger {

using domain::Account;
using domain::AccountKind;
using domain::Posting;
using domain::PostingId;
using domain::PostingKind;

namespace {

Refusal refuse(RefusalCode code, std::string_view field, std::string value,
               std::vector<RefusalArg> args = {}) {
  return Refusal{.code = code,
                 .path = "posting." + std::string(field),
                 .value = std::move(value),
                 .args = std::move(args),
                 .at = {}};
}

std::string in_words(Money amount) {
  return to_decimal(amount) + " " + std::string(currency_code(amount.currency()));
}

bool settles_reserve(PostingKind kind) {
  return kind == PostingKind::kPayReserve || kind == PostingKind::kRelease;
}

// What a posting adds to its debit account; its credit account receives the opposite.
struct Change {
  std::int64_t balance = 0;
  std::int64_t held = 0;
};

Change change_of(const Posting& posting, const Posting* reserved) {
  const std::int64_t amount = posting.amount.minor();
  switch (posting.kind) {
    case PostingKind::kPost:
      return {.balance = amount};
    case PostingKind::kReserve:
      return {.held = amount};
    case PostingKind::kPayReserve:
      return {.balance = amount, .held = -reserved->amount.minor()};
    case PostingKind::kRelease:
      return {.held = -reserved->amount.minor()};
  }
  check_failed("a known posting kind", __FILE__, __LINE__);
}

}  // namespace

Ledger::Amounts Ledger::amounts(const Place& place, const Books& later) const {
  Amounts sum;
  for (const Books* books : {&books_, &later}) {
    const auto found = books->amounts.find(place);
    if (found == books->amounts.end()) continue;
    sum.balance += found->second.balance;
    sum.held_debit += found->second.held_debit;
    sum.held_credit += found->second.held_credit;
  }
  return sum;
}

const Ledger::Reserve* Ledger::reserve(PostingId id, const Books& later) const {
  for (const Books* books : {&later, &books_}) {
    const auto found = books->reserves.find(id);
    if (found != books->reserves.end()) return &found->second;
  }
  return nullptr;
}

Result<Done> Ledger::check(const Posting& posting) const { return check_over(Books{}, posting); }

Result<Done> Ledger::check(std::span<const Posting> postings) const {
  Books later;
  for (std::size_t n = 0; n < postings.size(); ++n) {
    const Result<Done> checked = check_over(later, postings[n]);
    if (!checked.ok()) {
      Refusal refusal = checked.refusal();
      refusal.path.insert(std::string_view("posting").size(), "s[" + std::to_string(n) + "]");
      return refusal;
    }
    record(later, postings[n], reserve(postings[n].reserve, later));
  }
  return Done{};
}

Result<Done> Ledger::check_over(const Books& later, const Posting& posting) const {
  if (posting.amount.minor() <= 0 || posting.amount.minor() > kAmountMax) {
    return refuse(refusals::kPostingAmount, "amount", in_words(posting.amount));
  }
  if (posting.debit == posting.credit) {
    return refuse(refusals::kPostingOneAccount, "credit", to_text(posting.credit));
  }
  ANLAN_REQUIRE(check_reserve(later, posting));
  return check_limits(later, posting);
}

Result<Done> Ledger::check_reserve(const Books& later, const Posting& posting) const {
  if (posting.reserve.exists() != settles_reserve(posting.kind)) {
    return refuse(refusals::kPostingNamesReserve, "reserve", to_text(posting.reserve),
                  {{.name = "kind", .value = std::string(name_of(posting.kind))}});
  }
  if (posting.kind == PostingKind::kReserve &&
      (!posting.id.exists() || reserve(posting.id, later))) {
    return refuse(refusals::kReserveIdTaken, "id", to_text(posting.id));
  }
  if (!settles_reserve(posting.kind)) return Done{};

  const Reserve* named = reserve(posting.reserve, later);
  if (!named) return refuse(refusals::kReserveUnknown, "reserve", to_text(posting.reserve));
  if (named->state != ReserveState::kOpen) {
    const std::string_view state = named->state == ReserveState::kPaid ? "paid" : "released";
    return refuse(refusals::kReserveClosed, "reserve", to_text(posting.reserve),
                  {{.name = "state", .value = std::string(state)}});
  }
  const Posting& held = named->posting;
  const RefusalArg reserved{.name = "reserved", .value = in_words(held.amount)};
  if (posting.debit != held.debit || posting.credit != held.credit ||
      posting.amount.currency() != held.amount.currency()) {
    return refuse(refusals::kReserveAccounts, "reserve", to_text(posting.reserve),
                  {{.name = "debit", .value = to_text(held.debit)},
                   {.name = "credit", .value = to_text(held.credit)},
                   reserved});
  }
  if (posting.amount > held.amount) {
    return refuse(refusals::kReserveExceeded, "amount", in_words(posting.amount), {reserved});
  }
  if (posting.kind == PostingKind::kRelease && posting.amount != held.amount) {
    return refuse(refusals::kReleaseAmount, "amount", in_words(posting.amount), {reserved});
  }
  return Done{};
}

Result<Done> Ledger::check_limits(const Books& later, const Posting& posting) const {
  const Currency currency = posting.amount.currency();
  const bool takes_new = !settles_reserve(posting.kind);
  if (takes_new && posting.credit.kind == AccountKind::kSubsidyBudget) {
    const Amounts budget = amounts({posting.credit, currency}, later);
    const std::int64_t left = budget.balance - budget.held_credit;
    if (posting.amount.minor() > left) {
      return refuse(refusals::kSubsidyBudgetExceeded, "amount", in_words(posting.amount),
                    {{.name = "left", .value = in_words(Money::from_minor(left, currency))}});
    }
  }
  // A reserve is counted with the balance when it is made, so that paying it can never be too much.
  if (!takes_new) return Done{};
  for (const Account& account : {posting.debit, posting.credit}) {
    const Amounts now = amounts({account, currency}, later);
    const std::int64_t most =
        std::max(now.balance, -now.balance) + now.held_debit + now.held_credit;
    if (most + posting.amount.minor() > kBalanceMax) {
      return refuse(refusals::kBalanceTooLarge, "amount", in_words(posting.amount),
                    {{.name = "account", .value = to_text(account)}});
    }
  }
  return Done{};
}

void Ledger::record(Books& books, const Posting& posting, const Reserve* named) const {
  const Change change = change_of(posting, named ? &named->posting : nullptr);
  const Currency currency = posting.amount.currency();
  Amounts& debit = books.amounts[{posting.debit, currency}];
  debit.balance += change.balance;
  debit.held_debit += change.held;
  Amounts& credit = books.amounts[{posting.credit, currency}];
  credit.balance -= change.balance;
  credit.held_credit += change.held;
  if (posting.kind == PostingKind::kReserve) {
    books.reserves[posting.id] = Reserve{.posting = posting};
  } else if (settles_reserve(posting.kind)) {
    const ReserveState state =
        posting.kind == PostingKind::kPayReserve ? ReserveState::kPaid : ReserveState::kReleased;
    books.reserves[posting.reserve] = Reserve{.posting = Posting(named->posting), .state = state};
  }
}

void Ledger::post(const Posting& posting) {
  ANLAN_CHECK(check(posting).ok());
  record(books_, posting, reserve(posting.reserve, Books{}));
}

Money Ledger::balance(const Account& account, Currency currency) const {
  return Money::from_minor(amounts({account, currency}, Books{}).balance, currency);
}

Money Ledger::pending(const Account& account, Currency currency) const {
  const Amounts now = amounts({account, currency}, Books{});
  return Money::from_minor(now.held_debit - now.held_credit, currency);
}

std::vector<Posting> Ledger::open_reserves() const {
  std::vector<Posting> open;
  for (const auto& [id, reserve] : books_.reserves) {
    if (reserve.state == ReserveState::kOpen) open.push_back(reserve.posting);
  }
  return open;
}

const Posting* Ledger::open_reserve(PostingId id) const {
  const auto found = books_.reserves.find(id);
  if (found == books_.reserves.end() || found->second.state != ReserveState::kOpen) return nullptr;
  return &found->second.posting;
}

std::vector<AccountBalance> Ledger::balances() const {
  std::vector<AccountBalance> lines;
  lines.reserve(books_.amounts.size());
  for (const auto& [place, now] : books_.amounts) {
    lines.push_back(
        {.account = place.account, .balance = Money::from_minor(now.balance, place.currency)});
  }
  return lines;
}

std::vector<AccountBalance> Ledger::balances_of(std::uint64_t owner) const {
  std::vector<AccountBalance> lines;
  for (const auto& kind : enum_names(static_cast<AccountKind*>(nullptr))) {
    const Account account{.kind = kind.value, .owner = owner};
    for (auto at = books_.amounts.lower_bound({account, Currency{}});
         at != books_.amounts.end() && at->first.account == account; ++at) {
      lines.push_back({.account = account,
                       .balance = Money::from_minor(at->second.balance, at->first.currency)});
    }
  }
  return lines;
}

Money Ledger::sum_of_balances(Currency currency) const {
  Int128 sum = 0;
  for (const auto& [place, now] : books_.amounts) {
    if (place.currency == currency) sum += now.balance;
  }
  ANLAN_CHECK(sum >= -kBalanceMax && sum <= kBalanceMax);
  return Money::from_minor(static_cast<std::int64_t>(sum), currency);
}

std::vector<Currency> Ledger::currencies() const {
  std::set<Currency> found;
  for (const auto& [place, now] : books_.amounts) found.insert(place.currency);
  return {found.begin(), found.end()};
}

}  // namespace anlan::ledger
