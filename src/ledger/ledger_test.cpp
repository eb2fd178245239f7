#include "ledger/ledger.h"

#include <algorithm>
#include <optional>

#include <doctest/doctest.h>

#include "base/random.h"
#include "ledger/refusals.h"

using namespace anlan;
using namespace anlan::ledger;
using domain::Account;
using domain::AccountKind;
using domain::Posting;
using domain::PostingId;
using domain::PostingKind;

namespace {

constexpr Account kCash{.kind = AccountKind::kCash};
constexpr Account kIncurred{.kind = AccountKind::kClaimsIncurred, .owner = 7};
constexpr Account kPayable{.kind = AccountKind::kClaimsPayable, .owner = 9};
constexpr Account kBudget{.kind = AccountKind::kSubsidyBudget};
constexpr Account kGranted{.kind = AccountKind::kSubsidyGranted};

Money yuan(std::int64_t whole) { return Money::from_minor(whole * 100, Currency::kCny); }

struct Accounts {
  Account debit;
  Account credit;
};

Posting transfer(const Accounts& accounts, Money amount) {
  Posting posting;
  posting.debit = accounts.debit;
  posting.credit = accounts.credit;
  posting.amount = amount;
  return posting;
}

Posting reserve_of(std::uint64_t id, Money amount) {
  Posting posting = transfer({kIncurred, kPayable}, amount);
  posting.id = {id};
  posting.kind = PostingKind::kReserve;
  return posting;
}

Posting settle_reserve(const Posting& reserve, PostingKind kind, Money amount) {
  Posting posting = reserve;
  posting.id = {reserve.id.number + 1'000'000};
  posting.kind = kind;
  posting.amount = amount;
  posting.reserve = reserve.id;
  return posting;
}

Posting pay(const Posting& reserve, Money amount) {
  return settle_reserve(reserve, PostingKind::kPayReserve, amount);
}

Posting release(const Posting& reserve) {
  return settle_reserve(reserve, PostingKind::kRelease, reserve.amount);
}

std::string refused(const Ledger& ledger, const Posting& posting) {
  const auto checked = ledger.check(posting);
  return checked.ok() ? "" : std::string(checked.refusal().code.name);
}

std::string arg(const Refusal& refusal, std::string_view name) {
  for (const RefusalArg& found : refusal.args) {
    if (found.name == name) return found.value;
  }
  return "none";
}

}  // namespace

TEST_CASE("ledger: a posting moves its amount from the credit to the debit account") {
  Ledger ledger;
  ledger.post(transfer({kCash, kPayable}, yuan(2800)));
  CHECK(ledger.balance(kCash, Currency::kCny) == yuan(2800));
  CHECK(ledger.balance(kPayable, Currency::kCny) == -yuan(2800));
  CHECK(ledger.balance(kBudget, Currency::kCny) == yuan(0));
  CHECK(ledger.sum_of_balances(Currency::kCny).is_zero());
  CHECK(ledger.balances_of(9) ==
        std::vector<AccountBalance>{{.account = kPayable, .balance = -yuan(2800)}});
}

TEST_CASE("ledger: two currencies stand side by side and each sums to zero") {
  Ledger ledger;
  ledger.post(transfer({kCash, kPayable}, yuan(10)));
  ledger.post(transfer({kCash, kPayable}, Money::from_minor(700, Currency::kUsd)));
  CHECK(ledger.balance(kCash, Currency::kCny) == yuan(10));
  CHECK(ledger.balance(kCash, Currency::kUsd) == Money::from_minor(700, Currency::kUsd));
  CHECK(ledger.currencies() == std::vector{Currency::kCny, Currency::kUsd});
  CHECK(ledger.balances().size() == 4);
  CHECK(ledger.balances_of(0).size() == 2);
  for (const Currency currency : ledger.currencies()) {
    CHECK(ledger.sum_of_balances(currency) == Money::zero(currency));
  }
}

TEST_CASE("ledger: a reserve holds, a part payment moves its part and releases the rest") {
  Ledger ledger;
  const Posting reserve = reserve_of(3, yuan(150'000));
  ledger.post(reserve);
  CHECK(ledger.balance(kIncurred, Currency::kCny).is_zero());
  CHECK(ledger.pending(kIncurred, Currency::kCny) == yuan(150'000));
  CHECK(ledger.pending(kPayable, Currency::kCny) == -yuan(150'000));
  CHECK(ledger.open_reserves() == std::vector{reserve});
  REQUIRE(ledger.open_reserve({3}));
  CHECK(*ledger.open_reserve({3}) == reserve);

  ledger.post(pay(reserve, yuan(100'000)));
  CHECK(ledger.balance(kIncurred, Currency::kCny) == yuan(100'000));
  CHECK(ledger.balance(kPayable, Currency::kCny) == -yuan(100'000));
  CHECK(ledger.pending(kIncurred, Currency::kCny).is_zero());
  CHECK(ledger.pending(kPayable, Currency::kCny).is_zero());
  CHECK(ledger.open_reserves().empty());
  CHECK(ledger.open_reserve({3}) == nullptr);
}

TEST_CASE("ledger: a release drops the reserve and moves nothing") {
  Ledger ledger;
  const Posting reserve = reserve_of(3, yuan(500));
  ledger.post(reserve);
  ledger.post(release(reserve));
  CHECK(ledger.balance(kIncurred, Currency::kCny).is_zero());
  CHECK(ledger.pending(kIncurred, Currency::kCny).is_zero());
  CHECK(ledger.open_reserves().empty());
}

TEST_CASE("ledger: each rule refuses its posting, in the order of the codes") {
  Ledger ledger;
  const Posting open = reserve_of(1, yuan(100));
  const Posting paid = reserve_of(2, yuan(100));
  const Posting released = reserve_of(3, yuan(100));
  for (const Posting& reserve : {open, paid, released}) ledger.post(reserve);
  ledger.post(pay(paid, yuan(40)));
  ledger.post(release(released));
  ledger.post(transfer({kBudget, kGranted}, yuan(1000)));
  Posting held = transfer({kGranted, kBudget}, yuan(300));
  held.id = {4};
  held.kind = PostingKind::kReserve;
  ledger.post(held);
  const auto with = [](Posting posting, auto change) {
    change(posting);
    return posting;
  };
  struct Case {
    RefusalCode code;
    Posting posting;
    std::string_view path;
  };
  const Posting unknown = reserve_of(77, yuan(5));
  const std::vector<Case> cases{
      {ledger::refusals::kPostingAmount, transfer({kCash, kPayable}, yuan(0)), "posting.amount"},
      {ledger::refusals::kPostingAmount, transfer({kCash, kPayable}, -yuan(1)), "posting.amount"},
      {ledger::refusals::kPostingAmount,
       transfer({kCash, kPayable}, Money::from_minor(kAmountMax + 1, Currency::kCny)),
       "posting.amount"},
      {ledger::refusals::kPostingOneAccount, transfer({kCash, kCash}, yuan(1)), "posting.credit"},
      {ledger::refusals::kPostingNamesReserve,
       with(transfer({kIncurred, kPayable}, yuan(1)), [](Posting& p) { p.reserve = {1}; }),
       "posting.reserve"},
      {ledger::refusals::kPostingNamesReserve,
       with(pay(open, yuan(1)), [](Posting& p) { p.reserve = {}; }), "posting.reserve"},
      {ledger::refusals::kReserveIdTaken, open, "posting.id"},
      {ledger::refusals::kReserveIdTaken, paid, "posting.id"},
      {ledger::refusals::kReserveIdTaken, reserve_of(0, yuan(1)), "posting.id"},
      {ledger::refusals::kReserveUnknown, pay(unknown, yuan(1)), "posting.reserve"},
      {ledger::refusals::kReserveClosed, pay(paid, yuan(60)), "posting.reserve"},
      {ledger::refusals::kReserveClosed, release(paid), "posting.reserve"},
      {ledger::refusals::kReserveClosed, pay(released, yuan(1)), "posting.reserve"},
      {ledger::refusals::kReserveAccounts,
       with(pay(open, yuan(1)), [](Posting& p) { p.credit = kCash; }), "posting.reserve"},
      {ledger::refusals::kReserveAccounts, pay(open, Money::from_minor(1, Currency::kUsd)),
       "posting.reserve"},
      {ledger::refusals::kReserveExceeded, pay(open, Money::from_minor(100'01, Currency::kCny)),
       "posting.amount"},
      {ledger::refusals::kReleaseAmount,
       with(release(open), [](Posting& p) { p.amount = yuan(99); }), "posting.amount"},
      {ledger::refusals::kSubsidyBudgetExceeded,
       transfer({kGranted, kBudget}, Money::from_minor(700'01, Currency::kCny)), "posting.amount"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.code.name);
    const auto checked = ledger.check(row.posting);
    REQUIRE_FALSE(checked.ok());
    CHECK(checked.refusal().code.name == row.code.name);
    CHECK(checked.refusal().path == row.path);
  }
  CHECK(arg(ledger.check(pay(paid, yuan(1))).refusal(), "state") == "paid");
  CHECK(arg(ledger.check(pay(released, yuan(1))).refusal(), "state") == "released");
  CHECK(arg(ledger.check(pay(open, yuan(101))).refusal(), "reserved") == "100.00 CNY");
  CHECK(arg(ledger.check(transfer({kGranted, kBudget}, yuan(701))).refusal(), "left") ==
        "700.00 CNY");
  CHECK(ledger.check(transfer({kGranted, kBudget}, yuan(700))).ok());
  CHECK(ledger.check(pay(open, yuan(100))).ok());
}

TEST_CASE("ledger: a balance never leaves its bound, however many postings come") {
  Ledger ledger;
  const Money most = Money::from_minor(kAmountMax, Currency::kCny);
  for (int n = 0; n < 999; ++n) ledger.post(transfer({kCash, kPayable}, most));
  Posting reserve = transfer({kCash, kPayable}, most);
  reserve.kind = PostingKind::kReserve;
  reserve.id = {1};
  ledger.post(reserve);
  CHECK(refused(ledger, transfer({kCash, kPayable}, Money::from_minor(1, Currency::kCny))) ==
        ledger::refusals::kBalanceTooLarge.name);
  ledger.post(pay(reserve, most));
  CHECK(ledger.balance(kCash, Currency::kCny).minor() == kBalanceMax);
  CHECK(refused(ledger, transfer({kCash, kPayable}, Money::from_minor(1, Currency::kCny))) ==
        ledger::refusals::kBalanceTooLarge.name);
}

TEST_CASE("ledger: postings that follow one another are checked as if each had been posted") {
  Ledger ledger;
  const Posting reserve = reserve_of(5, yuan(100));
  const std::vector<Posting> claim{reserve, pay(reserve, yuan(80)),
                                   transfer({kPayable, kCash}, yuan(80))};
  CHECK(ledger.check(claim).ok());
  CHECK(ledger == Ledger{});

  const std::vector<Posting> twice{reserve, pay(reserve, yuan(80)), pay(reserve, yuan(20))};
  const auto checked = ledger.check(twice);
  REQUIRE_FALSE(checked.ok());
  CHECK(checked.refusal().code == ledger::refusals::kReserveClosed);
  CHECK(checked.refusal().path == "postings[2].reserve");

  const std::vector<Posting> overspent{transfer({kBudget, kGranted}, yuan(100)),
                                       transfer({kGranted, kBudget}, yuan(60)),
                                       transfer({kGranted, kBudget}, yuan(60))};
  CHECK(ledger.check(overspent).refusal().code == ledger::refusals::kSubsidyBudgetExceeded);
  CHECK(ledger.check(overspent).refusal().path == "postings[2].amount");
}

namespace {

// A second ledger, as plain as possible: keeps the list and sums it again for every question.
struct NaiveLedger {
  std::vector<Posting> taken;

  const Posting* settled_by(PostingId reserve) const {
    for (const Posting& p : taken) {
      if (p.reserve == reserve && p.reserve.exists()) return &p;
    }
    return nullptr;
  }
  const Posting* made(PostingId reserve) const {
    for (const Posting& p : taken) {
      if (p.kind == PostingKind::kReserve && p.id == reserve) return &p;
    }
    return nullptr;
  }
  std::int64_t balance(const Account& account, Currency currency) const {
    std::int64_t sum = 0;
    for (const Posting& p : taken) {
      if (p.amount.currency() != currency) continue;
      if (p.kind == PostingKind::kReserve || p.kind == PostingKind::kRelease) continue;
      if (p.debit == account) sum += p.amount.minor();
      if (p.credit == account) sum -= p.amount.minor();
    }
    return sum;
  }
  std::vector<Posting> open() const {
    std::vector<Posting> found;
    for (const Posting& p : taken) {
      if (p.kind == PostingKind::kReserve && !settled_by(p.id)) found.push_back(p);
    }
    return found;
  }
  std::int64_t pending(const Account& account, Currency currency) const {
    std::int64_t sum = 0;
    for (const Posting& p : open()) {
      if (p.amount.currency() != currency) continue;
      if (p.debit == account) sum += p.amount.minor();
      if (p.credit == account) sum -= p.amount.minor();
    }
    return sum;
  }
  bool takes(const Posting& p) const {
    if (p.amount.minor() <= 0 || p.debit == p.credit) return false;
    if (p.kind == PostingKind::kPost || p.kind == PostingKind::kReserve) {
      if (p.kind == PostingKind::kReserve && made(p.id)) return false;
      if (p.credit != kBudget) return true;
      std::int64_t left = balance(kBudget, p.amount.currency());
      for (const Posting& held : open()) {
        if (held.credit == kBudget && held.amount.currency() == p.amount.currency()) {
          left -= held.amount.minor();
        }
      }
      return p.amount.minor() <= left;
    }
    const Posting* reserve = made(p.reserve);
    if (!reserve || settled_by(p.reserve)) return false;
    if (reserve->debit != p.debit || reserve->credit != p.credit) return false;
    if (reserve->amount.currency() != p.amount.currency()) return false;
    if (p.kind == PostingKind::kRelease) return p.amount == reserve->amount;
    return p.amount.minor() <= reserve->amount.minor();
  }
};

struct RandomPostings {
  RandomStream stream;
  std::uint64_t drawn = 0;

  std::uint64_t below(std::uint64_t end) { return stream.bits(drawn++) % end; }
  Account account() {
    constexpr AccountKind kKinds[] = {AccountKind::kCash, AccountKind::kClaimsIncurred,
                                      AccountKind::kClaimsPayable, AccountKind::kSubsidyBudget};
    const AccountKind kind = kKinds[below(4)];
    const bool house = kind == AccountKind::kCash || kind == AccountKind::kSubsidyBudget;
    return {.kind = kind, .owner = house ? 0 : 1 + below(3)};
  }
  // Half of the payments and releases fit a reserve that is open, the others are arbitrary.
  Posting next(std::uint64_t id, const std::vector<Posting>& open) {
    const Currency currency = below(5) == 0 ? Currency::kUsd : Currency::kCny;
    Posting p = transfer({account(), account()},
                         Money::from_minor(static_cast<std::int64_t>(below(1000)), currency));
    p.id = {id};
    p.kind = static_cast<PostingKind>(1 + below(4));
    if (p.kind == PostingKind::kPost) return p;
    if (p.kind == PostingKind::kReserve) {
      if (below(10) == 0) p.id = {1 + below(id)};
      return p;
    }
    p.reserve = {1 + below(id)};
    if (open.empty() || below(4) == 0) return p;
    const Posting& reserve = open[below(open.size())];
    p.reserve = reserve.id;
    p.debit = reserve.debit;
    p.credit = reserve.credit;
    if (p.kind == PostingKind::kRelease || below(3) == 0) p.amount = reserve.amount;
    return p;
  }
};

void compare(const Ledger& ledger, const NaiveLedger& naive) {
  for (const Currency currency : {Currency::kCny, Currency::kUsd}) {
    CHECK(ledger.sum_of_balances(currency).is_zero());
    for (const AccountBalance& line : ledger.balances()) {
      if (line.balance.currency() != currency) continue;
      CHECK(line.balance.minor() == naive.balance(line.account, currency));
      CHECK(ledger.pending(line.account, currency).minor() ==
            naive.pending(line.account, currency));
    }
    CHECK(ledger.balance(kBudget, currency).minor() >= 0);
  }
  std::vector<Posting> open = naive.open();
  std::sort(open.begin(), open.end(),
            [](const Posting& a, const Posting& b) { return a.id < b.id; });
  CHECK(ledger.open_reserves() == open);
}

}  // namespace

TEST_CASE("ledger: random postings agree with a list that is summed again, money is conserved") {
  int accepted = 0;
  int refusals = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    RandomPostings random{.stream = RandomStream(RandomKey{.seed = seed, .stream = 2000})};
    Ledger ledger;
    NaiveLedger naive;
    for (std::uint64_t id = 1; id <= 60; ++id) {
      CAPTURE(id);
      const Posting posting = random.next(id, naive.open());
      const bool taken = ledger.check(posting).ok();
      REQUIRE(taken == naive.takes(posting));
      REQUIRE(ledger.check(std::span(&posting, 1)).ok() == taken);
      if (taken) {
        ledger.post(posting);
        naive.taken.push_back(posting);
      }
      (taken ? accepted : refusals) += 1;
    }
    compare(ledger, naive);

    // Replaying what was taken, checked as one list, gives the same ledger.
    Ledger again;
    CHECK(again.check(naive.taken).ok());
    for (const Posting& posting : naive.taken) again.post(posting);
    CHECK(again == ledger);
  }
  CHECK(accepted > 6000);
  CHECK(refusals > 3000);
}
