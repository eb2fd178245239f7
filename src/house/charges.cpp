#include "house/charges.h"

#include <algorithm>
#include <map>

#include "house/access.h"

namespace anlan::house {

using namespace domain;

namespace {

constexpr std::array kKinds{ChargeKind::kVat, ChargeKind::kCommission, ChargeKind::kLevy,
                            ChargeKind::kCession, ChargeKind::kCedingCommission};

std::int64_t whole_of(std::int64_t numerator) {
  return static_cast<std::int64_t>(half_up(Int128{numerator}, Int128{Share::kWhole}));
}

// The facultative part goes first; the quota share takes its part of the rest. The commission that
// comes back is that of both, by what each cedes.
void put_in_front(ChargeTerms& terms, const FacultativeCeded& ceded) {
  const std::int64_t first = ceded.share.ppm();
  const std::int64_t second =
      whole_of(static_cast<std::int64_t>(ceded.share.rest().ppm()) * terms.cession.ppm());
  const std::int64_t both = first + second;
  if (both == 0) return;
  const std::int64_t commission =
      first * ceded.ceding_commission.ppm() + second * terms.ceding_commission.ppm();
  terms.cession = Share::from_ppm(static_cast<std::uint32_t>(both));
  terms.ceding_commission =
      Share::from_ppm(static_cast<std::uint32_t>(half_up(Int128{commission}, Int128{both})));
}

// By the broker who asked for the quote; where the insured asked for it, by the one that brought
// it.
bool sold_by_broker(const House& house, const QuoteFile& quote) {
  const auto seller = house.actors.find(quote.issued_by);
  if (seller == house.actors.end()) return false;
  if (has_role(seller->second, Role::kBroker)) return true;
  if (has_role(seller->second, Role::kUnderwriter)) return false;
  const EnterpriseFile* company = find_enterprise(house, quote.quote.enterprise);
  return std::any_of(house.actors.begin(), house.actors.end(), [&](const auto& each) {
    return has_role(each.second, Role::kBroker) && each.second.organisation == company->brought_by;
  });
}

// How an event moves the premium of one policy.
struct Moved {
  std::int64_t kept = 0;
  std::int64_t earned = 0;
};

std::map<std::uint64_t, Moved> moved_by(const ledger::Postings& premium) {
  std::map<std::uint64_t, Moved> moved;
  const auto count = [&](const Account& account, std::int64_t credit) {
    if (account.kind == AccountKind::kEarnedPremium) moved[account.owner].earned += credit;
    if (account.kind == AccountKind::kEarnedPremium ||
        account.kind == AccountKind::kUnearnedPremium)
      moved[account.owner].kept += credit;
  };
  for (const Posting& posting : premium) {
    count(posting.debit, -posting.amount.minor());
    count(posting.credit, posting.amount.minor());
  }
  return moved;
}

void append(ledger::Postings& postings, const ledger::Postings& others) {
  postings.insert(postings.end(), others.begin(), others.end());
}

}  // namespace

std::optional<ChargeTerms> charge_terms(const House& house, QuoteId id) {
  const QuoteFile* quote = find_quote(house, id);
  const auto ceded = house.money.facultative.find(id);
  const bool facultative = ceded != house.money.facultative.end();
  if (!quote || (!house.money.charges && !facultative)) return {};
  ChargeTerms terms;
  if (house.money.charges) {
    const auto& all = house.money.charges->terms;
    const auto of = [&](const ProductName& product) {
      return std::find_if(all.begin(), all.end(),
                          [&](const ChargeTerms& row) { return row.product == product; });
    };
    auto row = of(quote->quote.product);
    if (row == all.end()) row = of(ProductName{});
    if (row != all.end()) terms = *row;
  }
  terms.product = quote->quote.product;
  if (!sold_by_broker(house, *quote)) terms.commission = Share{};
  if (facultative) put_in_front(terms, ceded->second);
  return terms;
}

Money charge_on(const ChargeTerms& terms, ChargeKind kind, Money gross) {
  const Money none = Money::zero(gross.currency());
  if (gross.is_negative()) return none;
  const Money vat = gross.times_ratio(terms.vat.ppm(), Share::kWhole + terms.vat.ppm());
  const auto of_net = [&](Share rate) {
    return (gross - vat).times_ratio(rate.ppm(), Share::kWhole);
  };
  switch (kind) {
    case ChargeKind::kVat:
      return vat;
    case ChargeKind::kCommission:
      return of_net(terms.commission);
    case ChargeKind::kLevy:
      return of_net(terms.levy);
    case ChargeKind::kCession:
      return of_net(terms.cession);
    case ChargeKind::kCedingCommission:
      return of_net(terms.cession).times_ratio(terms.ceding_commission.ppm(), Share::kWhole);
  }
  check_failed("a known charge", __FILE__, __LINE__);
}

PremiumHeld premium_held(const House& house, PolicyId policy) {
  const Currency currency = house.currency();
  const Money earned = -house.ledger.balance(
      {.kind = AccountKind::kEarnedPremium, .owner = policy.number}, currency);
  const Money unearned = -house.ledger.balance(
      {.kind = AccountKind::kUnearnedPremium, .owner = policy.number}, currency);
  return {.kept = earned + unearned, .earned = earned};
}

KeptByPayer kept_by_payer(const PolicyFile& file) {
  const auto kept = [](const PayerBook& book) {
    return book.written - book.returned - book.waived;
  };
  return {.customer = kept(file.life.customer), .government = kept(file.life.government)};
}

KeptByPayer earned_by_payer(const PolicyFile& file) {
  return {.customer = file.life.customer.earned, .government = file.life.government.earned};
}

std::vector<ChargeTotal> charges_of(const House& house, const PolicyFile& file) {
  const PremiumHeld held = premium_held(house, file.policy.id);
  const ChargeTerms terms = file.money.charges.value_or(ChargeTerms{});
  std::vector<ChargeTotal> totals;
  for (const ChargeKind kind : kKinds) {
    totals.push_back({.kind = kind,
                      .written = charge_on(terms, kind, held.kept),
                      .earned = charge_on(terms, kind, held.earned)});
  }
  return totals;
}

ledger::Postings charge_postings(const House& house, const Event& event,
                                 const ledger::Postings& premium) {
  ledger::Postings postings;
  if (!house.money.charges && house.money.facultative.empty()) return postings;
  const Currency currency = house.currency();
  std::map<ChargeKind, Money> earned;
  const auto* bound = std::get_if<PolicyBound>(&event);
  for (const auto& [number, moved] : moved_by(premium)) {
    const PolicyId id{number};
    const PolicyFile* file = find_policy(house, id);
    const auto terms = file    ? file->money.charges
                       : bound ? charge_terms(house, bound->policy.quote)
                               : std::optional<ChargeTerms>{};
    if (!terms) continue;
    const PremiumHeld before = premium_held(house, id);
    const Money kept = before.kept + Money::from_minor(moved.kept, currency);
    const Money run = before.earned + Money::from_minor(moved.earned, currency);
    for (const ChargeKind kind : kKinds) {
      if (moved.kept != 0) {
        append(postings,
               ledger::charge_written(
                   id, kind, charge_on(*terms, kind, kept) - charge_on(*terms, kind, before.kept)));
      }
      earned.try_emplace(kind, Money::zero(currency)).first->second +=
          charge_on(*terms, kind, run) - charge_on(*terms, kind, before.earned);
    }
  }
  for (const auto& [kind, change] : earned) append(postings, ledger::charge_earned(kind, change));
  return postings;
}

}  // namespace anlan::house
