#include "claims/running_clocks.h"

#include "claims/clocks.h"

namespace anlan::claims {
namespace {

constexpr int kLimitationYears = 2;            // art 26
constexpr std::int32_t kTerminationDays = 30;  // art 58

std::string article_of(DayClock clock) {
  for (const DayClockRule& rule : day_clocks()) {
    if (rule.clock == clock) return std::string(rule.article);
  }
  check_failed("a known clock", __FILE__, __LINE__);
}

struct Clocks {
  Date today;
  const WorkCalendar& calendar;
  std::vector<RunningClock> out = {};

  void add(ClockKind kind, DayClock law, const ClockRecord& from,
           const std::optional<ClockRecord>& done) {
    const Deadline last = deadline(law, from.on, calendar);
    out.push_back({.kind = kind,
                   .article = article_of(law),
                   .from = from.on,
                   .from_seq = from.seq,
                   .nominal = last.nominal,
                   .due = last.due,
                   .calendar_known = last.calendar_known});
    close(out.back(), done);
  }
  void close(RunningClock& clock, const std::optional<ClockRecord>& done) const {
    if (done) {
      clock.done = done->on;
      clock.done_seq = done->seq;
      clock.state = done->on <= clock.due ? ClockState::kMet : ClockState::kMissed;
    } else {
      clock.state = today <= clock.due ? ClockState::kRunning : ClockState::kOverdue;
    }
  }
  // A period in which somebody may act.
  void add_right(RunningClock clock) {
    clock.due = roll_forward(calendar, clock.nominal);
    clock.calendar_known = is_known(calendar, clock.nominal) && is_known(calendar, clock.due);
    clock.state = today <= clock.due ? ClockState::kRunning : ClockState::kEnded;
    out.push_back(std::move(clock));
  }
};

std::optional<ClockRecord> first_of(const std::optional<ClockRecord>& one,
                                    const std::optional<ClockRecord>& other) {
  if (!one || !other) return one ? one : other;
  return one->seq < other->seq ? one : other;
}

}  // namespace

std::vector<RunningClock> running_clocks(const ClaimRecords& records, Date today,
                                         const WorkCalendar& calendar) {
  Clocks clocks{.today = today, .calendar = calendar};
  if (records.documents) {
    clocks.add(ClockKind::kDecision, DayClock::kDecision, *records.documents, records.decided);
    const std::optional<ClockRecord> settled =
        records.denied ? records.decided : first_of(records.last_paid, records.decided);
    clocks.add(ClockKind::kProvisionalPayment, DayClock::kProvisionalPayment, *records.documents,
               settled);
  }
  if (records.agreed && !records.denied && !records.nothing_to_pay)
    clocks.add(ClockKind::kPayment, DayClock::kPayment, *records.agreed, records.paid);
  if (records.agreed && records.denied)
    clocks.add(ClockKind::kDenialNotice, DayClock::kDenialNotice, *records.agreed, records.notice);
  RunningClock limitation{.kind = ClockKind::kLimitation,
                          .article = "26",
                          .from = records.discovered,
                          .nominal = plus_years_of_law(records.discovered, kLimitationYears)};
  if (records.reported) {
    limitation.done = records.reported->on;
    limitation.done_seq = records.reported->seq;
  }
  clocks.add_right(limitation);
  if (limitation.done) {
    RunningClock& last = clocks.out.back();
    last.state = *limitation.done <= last.due ? ClockState::kMet : ClockState::kMissed;
  }
  if (records.last_paid) {
    clocks.add_right({.kind = ClockKind::kTermination,
                      .article = "58",
                      .from = records.last_paid->on,
                      .from_seq = records.last_paid->seq,
                      .nominal = plus_days(records.last_paid->on, kTerminationDays)});
  }
  return std::move(clocks.out);
}

}  // namespace anlan::claims
