#include "house/books.h"

#include <algorithm>

#include "house/charges.h"
#include "house/life.h"
#include "house/views.h"

namespace anlan::house {
namespace {

using namespace domain;
using ledger::Postings;

struct Books {
  const House& house;
  const EventContext& context;

  static void append(Postings& postings, const Postings& others) {
    postings.insert(postings.end(), others.begin(), others.end());
  }

  Postings operator()(const PolicyBound& e) const {
    return ledger::premium_written(e.policy.id, e.policy.customer_part, e.policy.subsidy_part);
  }
  Postings operator()(const OrderPlaced& e) const {
    return ledger::order_placed(e.order.id, e.order.price);
  }
  Postings operator()(const OrderPaid& e) const { return ledger::order_paid(e.order, e.amount); }
  Postings operator()(const CapitalPaidIn& e) const { return ledger::capital_paid_in(e.amount); }
  Postings operator()(const SubsidyBudgetGranted& e) const {
    const auto known = house.subsidy_accounts.find(e.scheme);
    const std::uint64_t owner = known == house.subsidy_accounts.end() ? context.seq : known->second;
    return ledger::subsidy_budget_granted(owner, e.amount);
  }
  Postings operator()(const SubsidyDecided& e) const {
    const PolicyFile& file = *find_policy(house, e.policy);
    if (!e.granted) {
      PolicyFile after = file;
      after.subsidy = e;
      take_subsidy_refused(after, context.at);
      Postings postings = ledger::subsidy_refused(e.policy, file.government_due);
      append(postings, postings_between(file, after, file.government_due));
      return postings;
    }
    return ledger::subsidy_used(house.subsidy_accounts.at(file.policy.scheme), e.amount);
  }
  Postings operator()(const PremiumReceived& e) const {
    return ledger::premium_received(e.policy, e.payer, e.amount);
  }
  Postings operator()(const PremiumEarned& e) const {
    Postings postings;
    for (const EarnedPremium& line : e.lines)
      append(postings, ledger::premium_earned(line.policy, line.amount));
    return postings;
  }
  Postings operator()(const PremiumWrittenOff& e) const {
    Postings postings = ledger::premium_written_off(e.policy, e.payer, e.amount);
    if (e.payer == Payer::kGovernment)
      append(postings, subsidy_back(*find_policy(house, e.policy), e.amount));
    return postings;
  }
  Postings operator()(const PolicyCancelled& e) const { return end_of(e.policy, e.refund); }
  Postings operator()(const PolicyLapsed& e) const { return end_of(e.policy, e.refund); }
  Postings operator()(const RefundPaid& e) const {
    Refund refund;
    refund.to_customer = e.to_customer;
    refund.to_government = e.to_government;
    return ledger::refund_paid(e.policy, refund);
  }
  Postings operator()(const PolicyEndorsed& e) const {
    PolicyFile after = *find_policy(house, e.policy);
    take_endorsement(after, context, e.endorsement);
    return changed(after);
  }
  Postings operator()(const EndorsementVoided& e) const {
    PolicyFile after = *find_policy(house, e.policy);
    take_void(after, context, e);
    return changed(after);
  }
  Postings operator()(const CertificatesAdded& e) const {
    PolicyFile after = *find_policy(house, e.policy);
    take_certificates(after, context, e.certificates);
    return changed(after);
  }
  Postings operator()(const CertificateEnded& e) const {
    PolicyFile after = *find_policy(house, e.policy);
    take_certificate_end(after, context, e);
    return changed(after);
  }
  Postings operator()(const PolicyReinstated& e) const {
    PolicyFile after = *find_policy(house, e.policy);
    take_reinstatement(after, context, e.on);
    return changed(after);
  }
  // The decision holds what it pays beyond what was paid; the reserve before it is released.
  Postings operator()(const ClaimAdjudicated& e) const {
    const ClaimFile* known = find_claim(house, e.decision.id);
    Postings postings = known ? released(*known) : Postings{};
    const Money paid = known ? known->paid : Money::zero(e.decision.payable.currency());
    append(postings, reserved(e.decision, paid));
    return postings;
  }
  // What was final before stands again, with the reserve for what of it was not paid yet.
  Postings operator()(const ClaimReturned& e) const {
    const ClaimFile& file = *find_claim(house, e.claim);
    Postings postings = released(file);
    if (!file.earlier.empty() && file.earlier.back().state == ClaimState::kApproved)
      append(postings, reserved(file.earlier.back().decision, file.paid));
    return postings;
  }
  // What was paid above the decision is owed back. Where a later one pays more again, less is
  // owed, and at last what was given up is no loss any more.
  Postings operator()(const ClaimApproved& e) const {
    const ClaimFile& file = *find_claim(house, e.claim);
    const ClaimDecision& decision = file.decision;
    const Money change = overpaid(file) - file.reversed;
    if (!change.is_negative()) {
      return ledger::claim_overpaid(decision.policy, decision.id, change);
    }
    const Money owed = std::min(-change, file.reversed - file.written_off);
    return ledger::claim_overpaid_less(decision.policy, decision.id, owed, -change - owed);
  }
  Postings operator()(const ClaimPaid& e) const {
    return ledger::claim_paid(*house.ledger.open_reserve(find_claim(house, e.claim)->reserve),
                              e.amount);
  }
  Postings operator()(const ClaimRecovered& e) const {
    return ledger::claim_recovered(e.claim, e.amount);
  }
  Postings operator()(const ClaimWrittenOff& e) const {
    return ledger::claim_written_off(e.claim, e.amount);
  }
  // Everything else moves no money.
  template <class E>
  Postings operator()(const E&) const {
    return {};
  }

  Postings released(const ClaimFile& file) const {
    const Posting* reserve = house.ledger.open_reserve(file.reserve);
    return reserve ? ledger::claim_reserve_released(*reserve) : Postings{};
  }
  static Postings reserved(const ClaimDecision& decision, Money paid) {
    if (decision.payable <= paid) return {};
    return ledger::claim_reserved(decision.policy, decision.id, decision.payable - paid);
  }
  // What a change of the policy moves; a granted subsidy uses more or less of the budget.
  Postings changed(const PolicyFile& after) const {
    const PolicyFile& before = *find_policy(house, after.policy.id);
    const Money none = Money::zero(after.policy.premium.currency());
    Postings postings = postings_between(before, after, none);
    const Money more = government_share(after) - government_share(before);
    if (more.is_negative()) {
      append(postings, subsidy_back(after, -more));
    } else if (after.subsidy && after.subsidy->granted) {
      append(postings, ledger::subsidy_used(house.subsidy_accounts.at(after.policy.scheme), more));
    }
    return postings;
  }
  // A subsidy that was granted and that the government pays no more, or gets back, returns to the
  // budget.
  Postings subsidy_back(const PolicyFile& file, Money amount) const {
    if (!file.subsidy || !file.subsidy->granted) return {};
    return ledger::subsidy_returned(house.subsidy_accounts.at(file.policy.scheme), amount);
  }
  // The premium was earned up to the end, goes back to who paid the rest, and is no longer owed
  // where nobody paid. What was earned as the days ran counts; where the rule of the refund earns
  // less than the days did, the difference goes back too.
  Postings end_of(PolicyId id, const Refund& refund) const {
    const PolicyFile& file = *find_policy(house, id);
    const PremiumParts written = written_of(file);
    const Money more =
        written.customer + written.government - refund.unearned - earned_premium(house, file);
    Postings postings =
        more.is_negative() ? ledger::premium_unearned(id, -more) : ledger::premium_earned(id, more);
    append(postings, ledger::refund_due(id, refund));
    append(postings, ledger::premium_waived(id, Payer::kCustomer, refund.customer_waived));
    append(postings, ledger::premium_waived(id, Payer::kGovernment, refund.government_waived));
    append(postings, subsidy_back(file, refund.to_government + refund.government_waived));
    return postings;
  }
};

}  // namespace

ledger::Postings postings_of(const House& house, const EventContext& context, const Event& event) {
  Postings postings = std::visit(Books{house, context}, event);
  const Postings charges = charge_postings(house, event, postings);
  postings.insert(postings.end(), charges.begin(), charges.end());
  for (std::size_t n = 0; n < postings.size(); ++n) {
    postings[n].id = PostingId{context.seq + 1 + n};
    postings[n].business = context.seq;
  }
  return postings;
}

}  // namespace anlan::house
