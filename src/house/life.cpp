#include "house/life.h"

#include <algorithm>

#include "house/views.h"

namespace anlan::house {

using namespace domain;
using underwriting::PremiumSegment;

namespace {

PayerBook& book(PolicyFile& file, Payer payer) {
  return payer == Payer::kCustomer ? file.life.customer : file.life.government;
}

void sync_due(PolicyFile& file) {
  const auto due = [](const PayerBook& of) { return of.written - of.waived - of.written_off; };
  file.customer_due = due(file.life.customer);
  file.government_due = due(file.life.government);
}

void remember_written(PolicyFile& file, Instant at) {
  const PremiumParts written = written_of(file);
  file.life.history.push_back(
      {.at = at, .customer = written.customer, .whole = written.customer + written.government});
}

// Written and earned as the timeline says; for a policy that has not ended early.
void follow_timeline(PolicyFile& file, Instant at) {
  const std::vector<PremiumSegment> segments = underwriting::premium_segments(timeline_of(file));
  const PremiumParts written = underwriting::premium_written(segments);
  const PremiumParts earned = underwriting::premium_before(segments, file.life.earned_until);
  file.life.customer.written = written.customer;
  file.life.customer.earned = earned.customer;
  file.life.government.written = written.government;
  file.life.government.earned = earned.government;
  sync_due(file);
  remember_written(file, at);
}

void end_book(PayerBook& book, Money returned, Money waived) {
  book.returned = returned;
  book.waived = waived;
  book.earned = book.written - returned - waived;
}

void move_book(PayerBook& from, PayerBook& to) {
  const Money none = Money::zero(from.written.currency());
  to.written += from.written;
  to.earned += from.earned;
  to.waived += from.waived;
  from.written = from.earned = from.waived = none;
}

// Receivable less payable.
Money standing(const PolicyFile& file, Payer payer) {
  const Money due = payer == Payer::kCustomer ? file.customer_due : file.government_due;
  return due - book_of(file, payer).returned - net_paid(file, payer);
}

Money earned_of(const PolicyFile& file) {
  return file.life.customer.earned + file.life.government.earned;
}

struct Sides {
  Money receivable;
  Money payable;
};

// From what stands to `target`: first set off, then against unearned premium.
void settle_payer(ledger::Postings& postings, PolicyId policy, Payer payer, Sides now,
                  Money target) {
  const auto add = [&](const ledger::Postings& more) {
    postings.insert(postings.end(), more.begin(), more.end());
  };
  const Money none = Money::zero(target.currency());
  const Money off = std::min(now.receivable, now.payable);
  add(ledger::premium_set_off(policy, payer, off));
  now = {.receivable = now.receivable - off, .payable = now.payable - off};
  const Money change = target - (now.receivable - now.payable);
  if (change.is_negative()) {
    const Money less = std::min(-change, now.receivable);
    add(ledger::premium_waived(policy, payer, less));
    add(ledger::premium_owed_back(policy, payer, -change - less));
    return;
  }
  const Money less = std::min(std::max(change, none), now.payable);
  add(ledger::premium_kept(policy, payer, less));
  add(ledger::premium_due(policy, payer, change - less));
}

}  // namespace

Date first_day(const Policy& policy) { return date_of(policy.from, policy.offset); }
Date end_day(const Policy& policy) { return date_of(policy.until, policy.offset); }

underwriting::TimelineInput timeline_of(const PolicyFile& file) {
  std::vector<underwriting::RecordedEndorsement> recorded;
  for (const EndorsementOnFile& each : file.life.changes->endorsements) {
    recorded.push_back({.endorsement = &each.endorsement, .voided = each.voided});
  }
  const bool refused = file.subsidy && !file.subsidy->granted;
  underwriting::TimelineInput input{
      .from = first_day(file.policy),
      .until = end_day(file.policy),
      .premium = file.policy.premium,
      .subsidy = refused ? Money::zero(file.policy.premium.currency()) : file.policy.subsidy_part,
      .live = underwriting::live_endorsements(recorded)};
  for (const CoverGap& gap : file.life.changes->gaps) {
    input.gaps.push_back({.from = gap.from, .until = gap.until});
  }
  for (const CertificateOnFile& member : file.life.changes->certificates) {
    input.members.push_back({.from = member.certificate.from,
                             .until = member.until(),
                             .premium = member.certificate.premium});
  }
  return input;
}

void start_life(PolicyFile& file, Instant at) {
  const Money none = Money::zero(file.policy.premium.currency());
  file.customer_paid = file.government_paid = none;
  PayerBook empty{.written = none,
                  .earned = none,
                  .returned = none,
                  .waived = none,
                  .refunded = none,
                  .written_off = none};
  file.life.customer = file.life.government = empty;
  file.life.customer.written = file.policy.customer_part;
  file.life.government.written = file.policy.subsidy_part;
  file.life.earned_until = first_day(file.policy);
  sync_due(file);
  remember_written(file, at);
}

void take_endorsement(PolicyFile& file, const EventContext& context,
                      const Endorsement& endorsement) {
  file.life.changes.edit().endorsements.push_back({.endorsement = endorsement,
                                                   .by = context.actor,
                                                   .at = context.at,
                                                   .voided = false,
                                                   .void_reason = {},
                                                   .voided_by = {},
                                                   .voided_at = {}});
  follow_timeline(file, context.at);
}

void take_void(PolicyFile& file, const EventContext& context, const EndorsementVoided& event) {
  EndorsementOnFile& voided = file.life.changes.edit().endorsements.at(event.number - 1);
  voided.voided = true;
  voided.void_reason = event.reason;
  voided.voided_by = context.actor;
  voided.voided_at = context.at;
  follow_timeline(file, context.at);
}

void take_certificates(PolicyFile& file, const EventContext& context,
                       const std::vector<Certificate>& certificates) {
  for (const Certificate& certificate : certificates) {
    file.life.changes.edit().certificates.push_back({.certificate = certificate,
                                                     .by = context.actor,
                                                     .at = context.at,
                                                     .ended_on = {},
                                                     .end_reason = {},
                                                     .ended_by = {},
                                                     .ended_at = {}});
  }
  follow_timeline(file, context.at);
}

void take_certificate_end(PolicyFile& file, const EventContext& context,
                          const CertificateEnded& event) {
  CertificateOnFile& ended = file.life.changes.edit().certificates.at(event.number - 1);
  ended.ended_on = event.on;
  ended.end_reason = event.reason;
  ended.ended_by = context.actor;
  ended.ended_at = context.at;
  follow_timeline(file, context.at);
}

void take_end(PolicyFile& file, const Refund& refund) {
  end_book(file.life.customer, refund.to_customer, refund.customer_waived);
  end_book(file.life.government, refund.to_government, refund.government_waived);
  sync_due(file);
}

void take_reinstatement(PolicyFile& file, const EventContext& context, Date on) {
  const Date lapsed_on = file.lapsed->on;
  file.life.changes.edit().lapses.push_back(*file.lapsed);
  file.lapsed.reset();
  if (lapsed_on < on) file.life.changes.edit().gaps.push_back({.from = lapsed_on, .until = on});
  file.life.earned_until = std::max(file.life.earned_until, lapsed_on);
  const Money none = Money::zero(file.policy.premium.currency());
  for (const Payer payer : {Payer::kCustomer, Payer::kGovernment}) {
    book(file, payer).returned = book(file, payer).waived = none;
  }
  follow_timeline(file, context.at);
}

void take_subsidy_refused(PolicyFile& file, Instant at) {
  if (refund_of(file) == nullptr) return follow_timeline(file, at);
  move_book(file.life.government, file.life.customer);
  sync_due(file);
  remember_written(file, at);
}

void take_earned(PolicyFile& file, Date through) {
  file.life.earned_until =
      std::clamp(plus_days(through, 1), file.life.earned_until, end_day(file.policy));
  const PremiumParts earned = earned_by_day(file, plus_days(file.life.earned_until, -1));
  file.life.customer.earned = earned.customer;
  file.life.government.earned = earned.government;
}

PremiumParts earned_by_day(const PolicyFile& file, Date through) {
  return underwriting::premium_before(underwriting::premium_segments(timeline_of(file)),
                                      plus_days(through, 1));
}

void take_write_off(PolicyFile& file, Payer payer, Money amount) {
  book(file, payer).written_off += amount;
  sync_due(file);
}

void take_refund(PolicyFile& file, Instant at, const PremiumParts& paid) {
  for (const auto& [payer, amount] : {std::pair{Payer::kCustomer, paid.customer},
                                      std::pair{Payer::kGovernment, paid.government}}) {
    if (amount.is_zero()) continue;
    book(file, payer).refunded += amount;
    file.life.changes.edit().refunds.push_back({.payer = payer, .amount = amount, .at = at});
  }
}

const PayerBook& book_of(const PolicyFile& file, Payer payer) {
  return payer == Payer::kCustomer ? file.life.customer : file.life.government;
}

PremiumParts written_of(const PolicyFile& file) {
  return {.customer = file.life.customer.written, .government = file.life.government.written};
}

Money net_paid(const PolicyFile& file, Payer payer) {
  const Money paid = payer == Payer::kCustomer ? file.customer_paid : file.government_paid;
  return paid - book_of(file, payer).refunded;
}

Money owed_by(const PolicyFile& file, Payer payer) {
  return std::max(standing(file, payer), Money::zero(file.policy.premium.currency()));
}

Money owed_to(const PolicyFile& file, Payer payer) {
  return std::max(-standing(file, payer), Money::zero(file.policy.premium.currency()));
}

Money government_share(const PolicyFile& file) {
  return file.government_due - file.life.government.returned;
}

ledger::Postings postings_between(const PolicyFile& before, const PolicyFile& after,
                                  Money from_refusal) {
  const PolicyId id = before.policy.id;
  ledger::Postings postings;
  for (const Payer payer : {Payer::kCustomer, Payer::kGovernment}) {
    const bool customer = payer == Payer::kCustomer;
    const Money moved = customer ? from_refusal : -from_refusal;
    settle_payer(postings, id, payer,
                 {.receivable = owed_by(before, payer) + moved, .payable = owed_to(before, payer)},
                 standing(after, payer));
  }
  const Money more = earned_of(after) - earned_of(before);
  const ledger::Postings earned =
      more.is_negative() ? ledger::premium_unearned(id, -more) : ledger::premium_earned(id, more);
  postings.insert(postings.end(), earned.begin(), earned.end());
  return postings;
}

WordingOnDay wording_on(const PolicyFile& file, Date day) {
  const underwriting::StateOfDay state = underwriting::state_on(timeline_of(file), day);
  if (state.option) {
    return {.wording = state.option->wording, .artefact = state.option->wording_artefact};
  }
  return {.wording = file.policy.wording, .artefact = file.policy.wording_artefact};
}

bool suspended_on(const PolicyFile& file, Date day) {
  if (file.life.changes->endorsements.empty() && file.life.changes->gaps.empty()) return false;
  return underwriting::state_on(timeline_of(file), day).suspended;
}

}  // namespace anlan::house
