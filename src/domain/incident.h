// Incident: what is reported, what is stated about the loss, which conditions were met.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "base/sha256.h"
#include "base/time.h"
#include "domain/attribution.h"
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
  std::string location = {};  // ISO 3166-1 alpha-2; empty: not stated, inside every territory
  std::optional<Attribution> attribution = {};
  std::optional<Instant> first_claim = {};    // the first claim of a third party
  std::optional<Instant> circumstances = {};  // notice of what a claim may come from
  std::uint32_t certificate = 0;  // of the member of a park that it befell; 0: the policy has none
  bool operator==(const Incident&) const = default;
  template <class I = Incident>
  static constexpr auto fields() {
    return std::tuple{field("id", &I::id),
                      field("policy", &I::policy),
                      field("peril", &I::peril),
                      field("causes", &I::causes),
                      field("occurred", &I::occurred),
                      field("discovered", &I::discovered),
                      field("summary", &I::summary),
                      field("related_to", &I::related_to),
                      field("location", &I::location),
                      field("attribution", &I::attribution),
                      field("first_claim", &I::first_claim),
                      field("circumstances", &I::circumstances),
                      field("certificate", &I::certificate)};
  }
};

// The rate of a day as the loss file states it: units of the policy's currency for one of
// `currency`, in millionths.
struct ExchangeRate {
  Currency currency = Currency::kUsd;
  Date date;
  std::int64_t rate_ppm = 0;  // "7.10" is 7,100,000
  std::string source;         // who published it
  bool operator==(const ExchangeRate&) const = default;
  template <class E = ExchangeRate>
  static constexpr auto fields() {
    return std::tuple{field("currency", &E::currency), field("date", &E::date),
                      field("rate_ppm", &E::rate_ppm), field("source", &E::source)};
  }
};

// One invoice or offer of a head of loss, in any currency that the statement has a rate of.
struct LossItem {
  CoverCode head;  // "FP.EXT.RANSOM", "FP.IR"
  Money amount;
  Money betterment;  // of it improvement, VAT recoverable, salvage: taken off first
  std::string note;
  Digest evidence;
  std::optional<Instant> paid = {};  // when it was paid; what must come before it is measured by it
  std::optional<Instant> incurred = {};  // when the cost was incurred, the date of the invoice
  std::string vendor = {};               // who did the work
  bool operator==(const LossItem&) const = default;
  template <class L = LossItem>
  static constexpr auto fields() {
    return std::tuple{field("head", &L::head),
                      field("amount", &L::amount),
                      field("betterment", &L::betterment),
                      field("note", &L::note),
                      field("evidence", &L::evidence),
                      field("paid", &L::paid),
                      field("incurred", &L::incurred),
                      field("vendor", &L::vendor)};
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
  template <class S = SalesRecord>
  static constexpr auto fields() {
    return std::tuple{field("from", &S::from), field("until", &S::until),
                      field("gross_profit", &S::gross_profit), field("evidence", &S::evidence)};
  }
};

// The interruption came back: another stretch of it.
struct InterruptionStretch {
  Instant started;
  Instant restored;
  std::uint32_t stopped_ppm = 1'000'000;
  bool operator==(const InterruptionStretch&) const = default;
  template <class S = InterruptionStretch>
  static constexpr auto fields() {
    return std::tuple{field("started", &S::started), field("restored", &S::restored),
                      field("stopped_ppm", &S::stopped_ppm)};
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
  std::vector<InterruptionStretch> again = {};  // later stretches, in the order of time
  std::optional<Currency> currency = {};        // of profit and sales; none: the policy's
  std::string provider = {};  // whose service failed; empty: not stated, or nobody's but its own
  bool operator==(const InterruptionStatement&) const = default;
  template <class S = InterruptionStatement>
  static constexpr auto fields() {
    return std::tuple{field("section", &S::section),
                      field("started", &S::started),
                      field("restored", &S::restored),
                      field("weekly_profit", &S::weekly_profit),
                      field("stopped_ppm", &S::stopped_ppm),
                      field("sales", &S::sales),
                      field("again", &S::again),
                      field("currency", &S::currency),
                      field("provider", &S::provider)};
  }
};

struct LossStatement {
  IncidentId incident;
  std::vector<LossItem> items;
  std::optional<InterruptionStatement> interruption;
  Money mitigation;  // necessary cost to prevent or reduce the loss (art 57)
  std::vector<ExchangeRate> rates = {};
  bool operator==(const LossStatement&) const = default;
  template <class S = LossStatement>
  static constexpr auto fields() {
    return std::tuple{field("incident", &S::incident), field("items", &S::items),
                      field("interruption", &S::interruption), field("mitigation", &S::mitigation),
                      field("rates", &S::rates)};
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
  template <class C = ConditionMet>
  static constexpr auto fields() {
    return std::tuple{field("incident", &C::incident), field("condition", &C::condition),
                      field("reference", &C::reference), field("evidence", &C::evidence),
                      field("met", &C::met)};
  }
};

}  // namespace anlan::domain
