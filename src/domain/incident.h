// Incident: what is reported, what is stated about the loss, which conditions were met.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "base/sha256.h"
#include "base/time.h"
#include "domain/cover.h"
#include "domain/ids.h"

namespace anlan::domain {

struct Incident {
  IncidentId id;
  PolicyId policy;
  PerilName peril;
  std::vector<std::string>
      causes;  // tags that cause-scoped exclusions look at: "war", "unapproved_outsourcer", ...
  Instant occurred;
  Instant discovered;
  std::string summary;
  // Of the same root cause as this one, which was first: the two are one incident. 0: none.
  IncidentId related_to = {};
  bool operator==(const Incident&) const = default;
  static constexpr auto fields() {
    using I = Incident;
    return std::tuple{field("id", &I::id),
                      field("policy", &I::policy),
                      field("peril", &I::peril),
                      field("causes", &I::causes),
                      field("occurred", &I::occurred),
                      field("discovered", &I::discovered),
                      field("summary", &I::summary),
                      field("related_to", &I::related_to)};
  }
};

// One invoice or offer of a head of loss.
struct LossItem {
  CoverCode head;  // "FP.EXT.RANSOM", "FP.IR"
  Money amount;
  Money betterment;  // of it improvement, VAT recoverable, salvage: taken off first
  std::string note;
  Digest evidence;
  std::optional<Instant> paid = {};  // when it was paid; what must come before it is measured by it
  bool operator==(const LossItem&) const = default;
  static constexpr auto fields() {
    using L = LossItem;
    return std::tuple{field("head", &L::head),
                      field("amount", &L::amount),
                      field("betterment", &L::betterment),
                      field("note", &L::note),
                      field("evidence", &L::evidence),
                      field("paid", &L::paid)};
  }
};

// Profit that was earned although the interruption was stated: it contradicts that part of the
// loss.
struct SalesRecord {
  Instant from;
  Instant until;
  Money gross_profit;
  Digest evidence;
  bool operator==(const SalesRecord&) const = default;
  static constexpr auto fields() {
    using S = SalesRecord;
    return std::tuple{field("from", &S::from), field("until", &S::until),
                      field("gross_profit", &S::gross_profit), field("evidence", &S::evidence)};
  }
};

// An interruption as stated: from, to, the profit of each hour of the week, the share that stopped.
struct InterruptionStatement {
  CoverCode section;  // FP.BI or FP.CBI
  Instant started;
  Instant restored;
  std::vector<std::int64_t> weekly_profit;  // 168 hours from Monday 00:00, minor units
  std::uint32_t stopped_ppm = 1'000'000;    // share of the activity that stopped
  std::vector<SalesRecord> sales;
  bool operator==(const InterruptionStatement&) const = default;
  static constexpr auto fields() {
    using S = InterruptionStatement;
    return std::tuple{
        field("section", &S::section),         field("started", &S::started),
        field("restored", &S::restored),       field("weekly_profit", &S::weekly_profit),
        field("stopped_ppm", &S::stopped_ppm), field("sales", &S::sales)};
  }
};

struct LossStatement {
  IncidentId incident;
  std::vector<LossItem> items;
  std::optional<InterruptionStatement> interruption;
  Money mitigation;  // necessary cost to prevent or reduce the loss (art 57)
  bool operator==(const LossStatement&) const = default;
  static constexpr auto fields() {
    using S = LossStatement;
    return std::tuple{field("incident", &S::incident), field("items", &S::items),
                      field("interruption", &S::interruption), field("mitigation", &S::mitigation)};
  }
};

// "prior_written_consent", "police_report", "sanctions_screen": a condition of the wording, met and
// evidenced.
struct ConditionMet {
  IncidentId incident;
  std::string condition;
  std::string reference;  // file number of the police receipt, of the screening, of the consent
  Digest evidence;
  // When it was met. None in a command or a file: the instant of the record. An event says it.
  std::optional<Instant> met = {};
  bool operator==(const ConditionMet&) const = default;
  static constexpr auto fields() {
    using C = ConditionMet;
    return std::tuple{field("incident", &C::incident), field("condition", &C::condition),
                      field("reference", &C::reference), field("evidence", &C::evidence),
                      field("met", &C::met)};
  }
};

}  // namespace anlan::domain
