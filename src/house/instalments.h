// Instalments, invoices and reminders: who owes what of a premium on which day. Pure views.
#pragma once

#include <optional>
#include <vector>

#include "domain/event.h"
#include "house/command_money.h"
#include "house/house.h"

namespace anlan::house {

// The plan that was agreed by then; empty: all is due on one day.
const std::vector<domain::Instalment>& plan_at(const PolicyFile& file, Instant at);
const std::vector<domain::Instalment>& newest_plan(const PolicyFile& file);

// There is a plan, and the customer has paid what of it is overdue at that instant, or all it owes.
bool plan_kept(const PolicyFile& file, Instant at);

// What the customer had to have paid before `at`: what the plan let fall due, and beside it, once
// `last` had passed, the part of a refused subsidy and what endorsements added (customer_owed).
// Never more than is owed: what an endorsement takes away is taken off the newest instalments.
// Without a plan all of it once `last` had passed.
Money fallen_due(const PolicyFile& file, Instant at, Date last);

// The last day on which the oldest premium that is unpaid was in time: of the plan, else `last`.
Date unpaid_since(const PolicyFile& file, Date last);

// Until when premium that an endorsement added last is in time: as many days after its record as
// the first premium had; never before `last`.
Date added_premium_due(const PolicyFile& file, Date last);

// Receipts pay the invoice that is due first, and what is still owed is owed on it first; credit
// notes (an amount below zero), and what was waived or written off, are left of the newest.
struct InvoiceState {
  domain::Invoice invoice;
  Money paid;
  Money open;
  std::optional<domain::DunningStep> dunned;
  template <class S = InvoiceState>
  static constexpr auto fields() {
    return std::tuple{field("invoice", &S::invoice), field("paid", &S::paid),
                      field("open", &S::open), field("dunned", &S::dunned)};
  }
};
std::vector<InvoiceState> invoice_states(const PolicyFile& file);

// The invoices that IssueInvoices makes, or the credit note for what is invoiced above what is
// owed; empty: neither.
std::vector<domain::Invoice> invoices_to_issue(const PolicyFile& file,
                                               const IssueInvoices& command);

// Who is to be reminded on that day, by policy and invoice: the step after the last one sent, as
// soon as its day has come, and not on the day of the one before. A policy that has ended is not
// warned of a lapse, and nobody is reminded of a premium that is frozen. Cost: one pass.
std::vector<domain::DunningLine> dunning_lines(const House& house, Date as_of,
                                               const DunningDays& days);

// What is owed, by how long it has been overdue on that day.
struct Debts {
  Money not_due;
  Money days_30;  // up to 30 days
  Money days_60;
  Money days_90;
  Money older;
  Money not_invoiced;
  Money government;  // owed by the government, whose part has no last day
  template <class D = Debts>
  static constexpr auto fields() {
    return std::tuple{field("not_due", &D::not_due),      field("days_30", &D::days_30),
                      field("days_60", &D::days_60),      field("days_90", &D::days_90),
                      field("older", &D::older),          field("not_invoiced", &D::not_invoiced),
                      field("government", &D::government)};
  }
  Money sum() const {
    return not_due + days_30 + days_60 + days_90 + older + not_invoiced + government;
  }
};
Debts debts_of(const PolicyFile& file, Date on);

}  // namespace anlan::house
