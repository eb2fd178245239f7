// Jobs: long work that a request began and a thread of this board finishes. In memory: a job is
// known for an hour after its end, or until replies take kJobsBytesMax, and not over a restart.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/progress.h"
#include "base/time.h"
#include "platform/http.h"

namespace anlan::platform {

inline constexpr std::size_t kJobsAtOnce = 2;  // threads; more wait
inline constexpr std::size_t kJobsWaitingMax = 64;
inline constexpr std::size_t kJobsWaitingOfOneMax = 8;  // of one owner
inline constexpr std::size_t kJobsKeptMax = 1'000;
inline constexpr std::size_t kJobsBytesMax = std::size_t{64} << 20;  // of their replies

enum class JobState : std::uint8_t {
  kWaiting = 1,
  kRunning = 2,
  kDone = 3,
  kRefused = 4,
  kCancelled = 5,
};
constexpr auto enum_names(JobState*) {
  using S = JobState;
  return std::array{EnumName<S>{S::kWaiting, "waiting"}, EnumName<S>{S::kRunning, "running"},
                    EnumName<S>{S::kDone, "done"}, EnumName<S>{S::kRefused, "refused"},
                    EnumName<S>{S::kCancelled, "cancelled"}};
}

// A job at one moment.
struct JobView {
  std::uint64_t number = 0;
  std::string owner;
  std::string name;
  JobState state = JobState::kWaiting;
  std::uint64_t done = 0;
  std::uint64_t of = 0;  // 0: nobody knows
  Instant asked;
  std::optional<Instant> ended;
  int status = 0;    // of the reply; 0: there is none
  std::string body;  // of the reply
};

// Thread rule: any number of threads.
class JobBoard {
 public:
  JobBoard();
  ~JobBoard();  // asks all to end and waits for them

  using Work = std::function<HttpReply(const Progress& progress)>;
  // `owner`: whoever may see it. Nothing when kJobsWaitingMax wait,
  // or kJobsWaitingOfOneMax of this owner.
  std::optional<JobView> start(const std::string& owner, const std::string& name, Work work);
  // Nothing where the owner has no job of this number.
  std::optional<JobView> show(const std::string& owner, std::uint64_t number) const;
  // Without their replies.
  std::vector<JobView> list(const std::string& owner) const;
  // The same of all owners whose names begin so.
  std::vector<JobView> list_of_all(std::string_view begin) const;
  // Asks it to end; one that waits ends at once, one that has ended stays as it is.
  std::optional<JobView> cancel(const std::string& owner, std::uint64_t number);

 private:
  struct Job;
  struct State;
  static void work(State& state);
  std::unique_ptr<State> state_;
};

}  // namespace anlan::platform
