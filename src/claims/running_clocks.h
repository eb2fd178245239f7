// Running clocks: which periods of law run for a claim, from which record, until when, and whether
// they were kept (Insurance Law art 23 to 26, 58). Pure: dates in, clocks out.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/time.h"
#include "claims/work_calendar.h"

namespace anlan::claims {

// A record that a clock starts from or stops at: its day and its number in the journal.
struct ClockRecord {
  Date on = {};
  std::uint64_t seq = 0;
  bool operator==(const ClockRecord&) const = default;
  template <class E = ClockRecord>
  static constexpr auto fields() {
    return std::tuple{field("on", &E::on), field("seq", &E::seq)};
  }
};

// What the records of a claim say. Its documents are there with the first statement of loss: a
// later one restarts no clock of the insurer (assumption: no record says that documents are
// missing, art 22). An approval stands for the agreement on the amount (assumption). A claim that
// is decided again was decided when it was decided first; what is paid, and told, follows the
// newest approval.
struct ClaimRecords {
  std::optional<ClockRecord> reported = {};  // of the incident
  Date discovered = {};                      // of the incident
  std::optional<ClockRecord> documents = {};
  std::optional<ClockRecord> decided = {};  // approved first: what binds the insurer
  std::optional<ClockRecord> agreed = {};   // approved last
  bool denied = false;                      // that nothing is payable
  bool nothing_to_pay = false;              // in kind, or paid before
  std::optional<ClockRecord> notice = {};   // of the newest decision, as a signed document
  std::optional<ClockRecord> paid = {};     // after the newest approval
  std::optional<ClockRecord> last_paid = {};
};

enum class ClockKind : std::uint8_t {
  kDecision = 1,            // art 23: 30 days from the documents
  kProvisionalPayment = 2,  // art 25: 60 days from the documents
  kPayment = 3,             // art 23: 10 days from the agreement
  kDenialNotice = 4,        // art 24: 3 days from the decision
  kLimitation = 5,          // art 26: two years from the knowledge of the incident, to claim
  kTermination = 6,         // art 58: 30 days from the payment, to end the contract
};
constexpr auto enum_names(ClockKind*) {
  using K = ClockKind;
  return std::array{EnumName<K>{K::kDecision, "decision"},
                    EnumName<K>{K::kProvisionalPayment, "provisional_payment"},
                    EnumName<K>{K::kPayment, "payment"},
                    EnumName<K>{K::kDenialNotice, "denial_notice"},
                    EnumName<K>{K::kLimitation, "limitation"},
                    EnumName<K>{K::kTermination, "termination"}};
}

enum class ClockState : std::uint8_t {
  kRunning = 1,
  kMet = 2,      // done on the last day or before
  kMissed = 3,   // done later
  kOverdue = 4,  // the last day is over, and it is not done
  kEnded = 5,    // of a right: its last day is over
};
constexpr auto enum_names(ClockState*) {
  using S = ClockState;
  return std::array{EnumName<S>{S::kRunning, "running"}, EnumName<S>{S::kMet, "met"},
                    EnumName<S>{S::kMissed, "missed"}, EnumName<S>{S::kOverdue, "overdue"},
                    EnumName<S>{S::kEnded, "ended"}};
}

struct RunningClock {
  ClockKind kind = ClockKind::kDecision;
  std::string article = {};  // of the Insurance Law
  Date from = {};
  std::uint64_t from_seq = 0;  // of the record; 0: of no record of its own
  Date nominal = {};
  Date due = {};                // the nominal day, or the next working day
  bool calendar_known = false;  // false: a public holiday that nobody listed could move the day
  std::optional<Date> done = {};
  std::uint64_t done_seq = 0;
  ClockState state = ClockState::kRunning;
  bool operator==(const RunningClock&) const = default;
  template <class C = RunningClock>
  static constexpr auto fields() {
    return std::tuple{field("clock", &C::kind),
                      field("article", &C::article),
                      field("from", &C::from),
                      field("from_seq", &C::from_seq),
                      field("nominal", &C::nominal),
                      field("due", &C::due),
                      field("calendar_known", &C::calendar_known),
                      field("done", &C::done),
                      field("done_seq", &C::done_seq),
                      field("state", &C::state)};
  }
};

// In the order of the enum; a clock whose record is not there yet is not in the list.
std::vector<RunningClock> running_clocks(const ClaimRecords& records, Date today,
                                         const WorkCalendar& calendar);

}  // namespace anlan::claims
