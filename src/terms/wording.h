// Wording: a policy form as one file (data/wordings/*.toml), its terms and its clause texts in both
// languages. The file that prices a policy is the file that pays its claims and the one that is
// printed.
//
// docs/WORDING.md describes the file. Every reference to a clause must find one, every exemption
// clause must act somewhere, every term that acts names its clause; a term that could never act is
// refused as in a settle case.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/node_reader.h"
#include "base/result.h"
#include "base/time.h"
#include "domain/ids.h"
#include "terms/clause.h"
#include "terms/condition.h"
#include "terms/cover_status.h"
#include "terms/currency_rules.h"
#include "terms/exclusion.h"
#include "terms/expense_window.h"
#include "terms/obligation.h"
#include "terms/occurrence.h"
#include "terms/programme.h"
#include "terms/terms.h"
#include "terms/territory.h"

namespace anlan::terms {

struct BilingualText {
  std::string zh = {};
  std::string en = {};
  bool operator==(const BilingualText&) const = default;
};

// Wordings are filed with the regulator (Insurance Law art 135).
struct Registration {
  std::string number = {};
  bool assumption = false;  // true: not a number that a regulator gave
  bool operator==(const Registration&) const = default;
};

struct CoveredPerils {
  std::vector<std::string> codes = {};  // of domain/peril.h
  std::string clause = {};
  bool operator==(const CoveredPerils&) const = default;
};

// Late notice reduces, it never voids: only the part that became undeterminable is lost (art 21).
struct LateNotice {
  std::int64_t hours = 0;  // from discovery
  std::string clause = {};
  bool operator==(const LateNotice&) const = default;
};

// What must fall into the policy period (REFERENCE.md 3.4, stage 0).
enum class TriggerBasis : std::uint8_t {
  kOccurrence = 1,            // the incident
  kDiscovery = 2,             // its discovery
  kClaimsMade = 3,            // the first claim; of a loss of one's own, its discovery
  kClaimsMadeAndReported = 4  // the first claim, and its report to the insurer
};
constexpr auto enum_names(TriggerBasis*) {
  using B = TriggerBasis;
  return std::array{EnumName<B>{B::kOccurrence, "occurrence"},
                    EnumName<B>{B::kDiscovery, "discovery"},
                    EnumName<B>{B::kClaimsMade, "claims_made"},
                    EnumName<B>{B::kClaimsMadeAndReported, "claims_made_and_reported"}};
}

// Incidents before the retroactive date are out; with neither date nor days it lies infinitely far
// back. The extended reporting period adds time for discoveries, claims and reports after the end,
// not for incidents. A notice of circumstances given in the policy period locks a later claim to
// it.
struct Trigger {
  TriggerBasis basis = TriggerBasis::kOccurrence;
  std::optional<Date> retroactive_date = {};
  std::optional<std::int64_t> retroactive_days = {};  // before inception; 0: inception itself
  std::int64_t extended_reporting_days = 0;
  bool notice_of_circumstances = false;
  std::string clause = {};
  std::string retroactive_clause = {};
  std::string reporting_clause = {};
  std::string circumstances_clause = {};
  bool operator==(const Trigger&) const = default;
};

// The clauses by which a stated loss is measured before any term acts; empty: the wording names
// none.
struct Quantification {
  std::string interruption_clause = {};  // hourly profit, less what was still earned
  std::string betterment_clause = {};    // improvement, recoverable tax and salvage are no loss
  bool operator==(const Quantification&) const = default;
};

struct Wording {
  domain::WordingName id = {};
  std::string version = {};
  BilingualText title = {};
  Registration registration = {};
  std::vector<Clause> clauses = {};
  Terms terms = {};  // the currency is that of the wording
  CoveredPerils perils = {};
  Trigger trigger = {};
  std::vector<Obligation> obligations = {};
  std::vector<Scale> scales = {};
  std::vector<Condition> conditions = {};
  std::vector<Exclusion> exclusions = {};
  std::optional<LateNotice> late_notice = {};
  Quantification quantification = {};
  Related related = {};
  ReInterruption re_interruption = {};
  std::optional<Territory> territory = {};  // none: the world
  std::vector<ExpenseWindow> expense_windows = {};
  CurrencyRules currency_rules = {};
  std::vector<StatedStatus> statuses = {};
  Programme programme = {};
  bool operator==(const Wording&) const = default;
};

// What is refused is in the report: ask it before the wording is used.
Wording read_wording(const Node& root, ReadReport& report);
// `file` is named in the place of a refusal.
Result<Wording> read_wording(const Node& root, const std::string& file);

bool covers_peril(const Wording& wording, std::string_view peril);
// The references of the exemption clauses, in order: what must be shown and explained at sale.
std::vector<std::string> exemption_clauses(const Wording& wording);
// The words that conditions and exclusions know, each once: another word would match nothing.
std::vector<std::string> condition_names(const Wording& wording);
std::vector<std::string> cause_tags(const Wording& wording);

}  // namespace anlan::terms
