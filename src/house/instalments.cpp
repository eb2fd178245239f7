#include "house/instalments.h"

#include <algorithm>

#include "house/charges.h"
#include "house/life.h"
#include "house/views.h"

namespace anlan::house {

using namespace domain;

Money not_yet_due(const PolicyFile& file, Date day) {
  Money sum = Money::zero(file.policy.premium.currency());
  for (const Instalment& instalment : file.money.plan) {
    if (instalment.due >= day) sum += instalment.amount;
  }
  return sum;
}

Money fallen_due(const PolicyFile& file, Instant at, Date last) {
  const Date day = date_of(at, file.policy.offset);
  const Money none = Money::zero(file.policy.premium.currency());
  const Money owed = customer_owed(file, at, payment_days(file, last));
  if (file.money.plan.empty()) return day > last ? owed : none;
  Money whole = none;
  for (const Instalment& instalment : file.money.plan) whole += instalment.amount;
  const Money planned = whole - not_yet_due(file, day);
  const Money beside_plan = std::max(none, owed - whole);
  return std::min(owed, day > last ? planned + beside_plan : planned);
}

Date unpaid_since(const PolicyFile& file, Date last) {
  Money planned = Money::zero(file.policy.premium.currency());
  for (const Instalment& instalment : file.money.plan) {
    planned += instalment.amount;
    if (planned > net_paid(file, Payer::kCustomer)) return instalment.due;
  }
  return last;
}

std::vector<InvoiceState> invoice_states(const PolicyFile& file) {
  const Money none = Money::zero(file.policy.premium.currency());
  Money paid = net_paid(file, Payer::kCustomer);
  Money owed = std::max(none, owed_by(file, Payer::kCustomer));
  std::vector<InvoiceState> states;
  for (const Invoice& invoice : file.money.invoices) {
    InvoiceState state{.invoice = invoice, .paid = std::min(paid, invoice.amount)};
    paid -= state.paid;
    state.open = std::min(owed, invoice.amount - state.paid);
    owed -= state.open;
    const auto sent = file.money.dunned.find(invoice.number);
    if (sent != file.money.dunned.end()) state.dunned = sent->second;
    states.push_back(std::move(state));
  }
  return states;
}

std::vector<Invoice> invoices_to_issue(const PolicyFile& file, const IssueInvoices& command) {
  const Money none = Money::zero(file.policy.premium.currency());
  const ChargeTerms terms = file.money.charges.value_or(ChargeTerms{.vat = command.vat});
  Money before = none;
  for (const Invoice& known : file.money.invoices) before += known.amount;
  std::vector<Invoice> issued;
  const auto& plan = file.money.plan;
  for (std::size_t n = file.money.invoices.size();; ++n) {
    const Money left = file.customer_due - before;
    const bool planned = n < plan.size();
    const Date due = planned ? plan[n].due : command.due;
    if (left <= none || (!issued.empty() && due > command.through)) return issued;
    const Money amount = planned ? std::min(left, plan[n].amount) : left;
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

std::vector<DunningLine> dunning_lines(const House& house, Date as_of, const DunningDays& days) {
  std::vector<DunningLine> lines;
  for (const auto& [id, file] : house.policies) {
    if (file.money.invoices.empty() || file.premium_frozen ||
        owed_by(file, Payer::kCustomer).minor() <= 0)
      continue;
    for (const InvoiceState& state : invoice_states(file)) {
      const auto step = next_step(state);
      if (!step || state.open.is_zero()) continue;
      if (*step == DunningStep::kLapseWarning && refund_of(file) != nullptr) continue;
      if (as_of < plus_days(state.invoice.due, days_of(days, *step))) continue;
      if (as_of <= state.invoice.due) continue;
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
