#include "house/instalments.h"

#include <algorithm>

#include "house/charges.h"
#include "house/life.h"
#include "house/views.h"

namespace anlan::house {

using namespace domain;

const std::vector<Instalment>& plan_at(const PolicyFile& file, Instant at) {
  static const std::vector<Instalment> kNone;
  const std::vector<Instalment>* found = &kNone;
  for (const AgreedPlan& plan : file.money.plans) {
    if (plan.at <= at) found = &plan.instalments;
  }
  return *found;
}

const std::vector<Instalment>& newest_plan(const PolicyFile& file) {
  static const std::vector<Instalment> kNone;
  return file.money.plans.empty() ? kNone : file.money.plans.back().instalments;
}

namespace {

struct PlanOnDay {
  Money fallen;  // instalments whose last day has passed
  Money whole;
};

PlanOnDay plan_on(const PolicyFile& file, Instant at) {
  const Money none = Money::zero(file.policy.premium.currency());
  PlanOnDay sums{.fallen = none, .whole = none};
  const Date day = date_of(at, file.policy.offset);
  for (const Instalment& instalment : plan_at(file, at)) {
    sums.whole += instalment.amount;
    if (instalment.due < day) sums.fallen += instalment.amount;
  }
  return sums;
}

}  // namespace

bool plan_kept(const PolicyFile& file, Instant at) {
  if (plan_at(file, at).empty()) return false;
  return net_paid(file, Payer::kCustomer) >=
         std::min(customer_owed(file, at), plan_on(file, at).fallen);
}

// Days on which the insurer took nothing are nobody's default.
Money fallen_due(const PolicyFile& file, Instant at, Date last) {
  for (const PremiumFreeze& freeze : file.freezes) {
    if (freeze.from <= at && (!freeze.until || at < *freeze.until)) at = freeze.from;
  }
  const Money none = Money::zero(file.policy.premium.currency());
  const Money owed = customer_owed(file, at, payment_days(file, last));
  const bool over = date_of(at, file.policy.offset) > last;
  if (plan_at(file, at).empty()) return over ? owed : none;
  const PlanOnDay plan = plan_on(file, at);
  const Money beside_plan = over ? std::max(none, owed - plan.whole) : none;
  return std::min(owed, plan.fallen + beside_plan);
}

Date unpaid_since(const PolicyFile& file, Date last) {
  Money planned = Money::zero(file.policy.premium.currency());
  for (const Instalment& instalment : newest_plan(file)) {
    planned += instalment.amount;
    if (planned > net_paid(file, Payer::kCustomer)) return instalment.due;
  }
  return last;
}

Date added_premium_due(const PolicyFile& file, Date last) {
  if (file.life.history.size() < 2) return last;
  const Date recorded = date_of(file.life.history.back().at, file.policy.offset);
  return std::max(last, plus_days(recorded, payment_days(file, last)));
}

namespace {

// The places of the invoices that ask for money, the earliest due first.
std::vector<std::size_t> by_due(const std::vector<Invoice>& invoices) {
  std::vector<std::size_t> places;
  for (std::size_t n = 0; n < invoices.size(); ++n) {
    if (!invoices[n].amount.is_negative()) places.push_back(n);
  }
  std::stable_sort(places.begin(), places.end(),
                   [&](std::size_t a, std::size_t b) { return invoices[a].due < invoices[b].due; });
  return places;
}

Money invoiced(const PolicyFile& file) {
  Money sum = Money::zero(file.policy.premium.currency());
  for (const Invoice& known : file.money.invoices) sum += known.amount;
  return sum;
}

}  // namespace

std::vector<InvoiceState> invoice_states(const PolicyFile& file) {
  const std::vector<Invoice>& invoices = file.money.invoices;
  const Money none = Money::zero(file.policy.premium.currency());
  std::vector<InvoiceState> states;
  Money credit = none;
  for (const Invoice& invoice : invoices) {
    const auto sent = file.money.dunned.find(invoice.number);
    states.push_back({.invoice = invoice,
                      .paid = none,
                      .open = none,
                      .dunned = sent == file.money.dunned.end()
                                    ? std::nullopt
                                    : std::optional(sent->second.step)});
    if (invoice.amount.is_negative()) credit -= invoice.amount;
  }
  const std::vector<std::size_t> places = by_due(invoices);
  std::vector<Money> asked(invoices.size(), none);
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    const Money less = std::min(credit, invoices[*place].amount);
    asked[*place] = invoices[*place].amount - less;
    credit -= less;
  }
  Money paid = net_paid(file, Payer::kCustomer);
  Money owed = owed_by(file, Payer::kCustomer);
  for (const std::size_t place : places) {
    InvoiceState& state = states[place];
    state.paid = std::min(paid, asked[place]);
    paid -= state.paid;
    state.open = std::min(owed, asked[place] - state.paid);
    owed -= state.open;
  }
  return states;
}

std::vector<Invoice> invoices_to_issue(const PolicyFile& file, const IssueInvoices& command) {
  const Money none = Money::zero(file.policy.premium.currency());
  const ChargeTerms terms = file.money.charges.value_or(ChargeTerms{.vat = command.vat});
  Money before = invoiced(file);
  const auto& plan = newest_plan(file);
  std::size_t planned = by_due(file.money.invoices).size();
  std::vector<Invoice> issued;
  for (std::size_t n = file.money.invoices.size();; ++n, ++planned) {
    const Money left = file.customer_due - before;
    const bool of_plan = planned < plan.size() && left > none;
    const Date due = of_plan ? plan[planned].due : command.due;
    if (left.is_zero() || (!issued.empty() && due > command.through)) return issued;
    const Money amount = of_plan ? std::min(left, plan[planned].amount) : left;
    const Money vat = charge_on(terms, ChargeKind::kVat, before + amount) -
                      charge_on(terms, ChargeKind::kVat, before);
    issued.push_back({.number = file.policy.number + "-" + std::to_string(n + 1),
                      .due = due,
                      .amount = amount,
                      .vat = vat});
    before += amount;
  }
}

namespace {

std::optional<DunningStep> next_step(const InvoiceState& state) {
  if (!state.dunned) return DunningStep::kFirstReminder;
  switch (*state.dunned) {
    case DunningStep::kFirstReminder:
      return DunningStep::kSecondReminder;
    case DunningStep::kSecondReminder:
      return DunningStep::kLapseWarning;
    case DunningStep::kLapseWarning:
      return {};
  }
  check_failed("a known step", __FILE__, __LINE__);
}

std::int32_t days_of(const DunningDays& days, DunningStep step) {
  switch (step) {
    case DunningStep::kFirstReminder:
      return days.first_reminder;
    case DunningStep::kSecondReminder:
      return days.second_reminder;
    case DunningStep::kLapseWarning:
      return days.lapse_warning;
  }
  check_failed("a known step", __FILE__, __LINE__);
}

}  // namespace

namespace {

// A step comes on its day, and as long after the one before it as both lie apart: whoever runs a
// day twice, or late, sends one letter.
Date day_of_step(const PolicyFile& file, const InvoiceState& state, const DunningDays& days,
                 DunningStep step) {
  const Date planned = plus_days(state.invoice.due, std::max(1, days_of(days, step)));
  if (!state.dunned) return planned;
  const std::int32_t apart = days_of(days, step) - days_of(days, *state.dunned);
  return std::max(planned,
                  plus_days(file.money.dunned.at(state.invoice.number).on, std::max(1, apart)));
}

}  // namespace

std::vector<DunningLine> dunning_lines(const House& house, Date as_of, const DunningDays& days) {
  std::vector<DunningLine> lines;
  for (const auto& [id, file] : house.policies) {
    if (file.money.invoices.empty() || file.premium_frozen ||
        owed_by(file, Payer::kCustomer).is_zero())
      continue;
    for (const InvoiceState& state : invoice_states(file)) {
      const auto step = next_step(state);
      if (!step || state.open.is_zero()) continue;
      if (*step == DunningStep::kLapseWarning && refund_of(file) != nullptr) continue;
      if (as_of < day_of_step(file, state, days, *step)) continue;
      lines.push_back({.policy = id,
                       .invoice = state.invoice.number,
                       .step = *step,
                       .due = state.invoice.due,
                       .open = state.open});
    }
  }
  return lines;
}

Debts debts_of(const PolicyFile& file, Date on) {
  const Money none = Money::zero(file.policy.premium.currency());
  Debts debts{.not_due = none,
              .days_30 = none,
              .days_60 = none,
              .days_90 = none,
              .older = none,
              .not_invoiced = std::max(none, owed_by(file, Payer::kCustomer)),
              .government = std::max(none, owed_by(file, Payer::kGovernment))};
  for (const InvoiceState& state : invoice_states(file)) {
    const std::int32_t days = days_between(state.invoice.due, on);
    Money& age = days <= 0    ? debts.not_due
                 : days <= 30 ? debts.days_30
                 : days <= 60 ? debts.days_60
                 : days <= 90 ? debts.days_90
                              : debts.older;
    age += state.open;
    debts.not_invoiced -= state.open;
  }
  return debts;
}

}  // namespace anlan::house
