#include "platform/job_board.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <thread>

#include "platform/clock_system.h"

namespace anlan::platform {
namespace {

constexpr std::int64_t kKeptMinutes = 60;
constexpr int kRefusedFrom = 400;
constexpr int kFailed = 500;

struct Counted {
  std::atomic<std::uint64_t> done = 0;
  std::atomic<std::uint64_t> of = 0;
  std::atomic<bool> cancelled = false;
};

// The counts outlive it.
Progress progress_of(Counted& counts) {
  return {.begin =
              [&counts](std::uint64_t of) {
                counts.of = of;
                counts.done = 0;
              },
          .step = [&counts] { ++counts.done; },
          .cancelled = [&counts] { return counts.cancelled.load(); }};
}

Instant this_moment() { return SystemClock().now(); }

}  // namespace

struct JobBoard::Job {
  Work work;
  Counted counts;
  JobView view;  // all but done and of

  JobView seen() const {
    JobView out = view;
    out.done = counts.done;
    out.of = counts.of;
    return out;
  }
  void end(JobState state) {
    view.state = state;
    view.ended = this_moment();
    work = nullptr;
  }
};

struct JobBoard::State {
  mutable std::mutex lock;  // of all that follows; a job's progress needs none
  std::condition_variable filled;
  std::map<std::uint64_t, std::shared_ptr<Job>> all;
  std::deque<std::shared_ptr<Job>> waiting;
  std::uint64_t last = 0;
  bool ending = false;
  std::vector<std::thread> threads;

  std::shared_ptr<Job> find(const std::string& owner, std::uint64_t number) const {
    const auto found = all.find(number);
    return found != all.end() && found->second->view.owner == owner ? found->second : nullptr;
  }

  // Those that ended long ago, and the oldest where there are too many.
  void forget() {
    const Instant before = plus_minutes(this_moment(), -kKeptMinutes);
    for (auto it = all.begin(); it != all.end();) {
      const std::optional<Instant> ended = it->second->view.ended;
      const bool old = ended && (*ended < before || all.size() > kJobsKeptMax);
      it = old ? all.erase(it) : std::next(it);
    }
    std::size_t bytes = 0;
    for (const auto& [number, job] : all) bytes += job->view.body.size();
    for (auto it = all.begin(); it != all.end() && bytes > kJobsBytesMax;) {
      bytes -= it->second->view.body.size();
      it = it->second->view.ended ? all.erase(it) : std::next(it);
    }
  }

  std::size_t waiting_of(const std::string& owner) const {
    return static_cast<std::size_t>(std::count_if(
        waiting.begin(), waiting.end(), [&](const auto& job) { return job->view.owner == owner; }));
  }
};

JobBoard::JobBoard() : state_(std::make_unique<State>()) {
  for (std::size_t i = 0; i < kJobsAtOnce; ++i)
    state_->threads.emplace_back([state = state_.get()] { work(*state); });
}

JobBoard::~JobBoard() {
  {
    const std::lock_guard guard(state_->lock);
    state_->ending = true;
    for (const auto& [number, job] : state_->all) job->counts.cancelled = true;
  }
  state_->filled.notify_all();
  for (std::thread& thread : state_->threads) thread.join();
}

std::optional<JobView> JobBoard::start(const std::string& owner, const std::string& name,
                                       Work work) {
  auto job = std::make_shared<Job>();
  job->view.owner = owner;
  job->work = std::move(work);
  job->view.name = name;
  job->view.asked = this_moment();
  JobView view;
  {
    const std::lock_guard guard(state_->lock);
    state_->forget();
    if (state_->waiting.size() >= kJobsWaitingMax ||
        state_->waiting_of(owner) >= kJobsWaitingOfOneMax) {
      return std::nullopt;
    }
    job->view.number = ++state_->last;
    state_->all.emplace(job->view.number, job);
    state_->waiting.push_back(job);
    view = job->seen();
  }
  state_->filled.notify_one();
  return view;
}

void JobBoard::work(State& state) {
  std::unique_lock guard(state.lock);
  for (;;) {
    state.filled.wait(guard, [&] { return state.ending || !state.waiting.empty(); });
    if (state.ending) return;
    const std::shared_ptr<Job> job = state.waiting.front();
    state.waiting.pop_front();
    job->view.state = JobState::kRunning;
    guard.unlock();
    HttpReply reply;
    try {
      reply = job->work(progress_of(job->counts));
    } catch (const std::exception&) {
      reply = {.status = kFailed, .headers = {}, .body = {}, .events = {}};
    }
    guard.lock();
    job->view.status = reply.status;
    job->view.body = std::move(reply.body);
    job->end(reply.status < kRefusedFrom ? JobState::kDone
             : job->counts.cancelled     ? JobState::kCancelled
                                         : JobState::kRefused);
  }
}

std::optional<JobView> JobBoard::show(const std::string& owner, std::uint64_t number) const {
  const std::lock_guard guard(state_->lock);
  state_->forget();
  const std::shared_ptr<Job> job = state_->find(owner, number);
  return job ? std::optional(job->seen()) : std::nullopt;
}

std::vector<JobView> JobBoard::list(const std::string& owner) const {
  std::vector<JobView> out = list_of_all(owner);
  std::erase_if(out, [&](const JobView& job) { return job.owner != owner; });
  return out;
}

std::vector<JobView> JobBoard::list_of_all(std::string_view begin) const {
  const std::lock_guard guard(state_->lock);
  state_->forget();
  std::vector<JobView> out;
  for (const auto& [number, job] : state_->all) {
    if (!job->view.owner.starts_with(begin)) continue;
    JobView& view = out.emplace_back();
    view.number = number;
    view.owner = job->view.owner;
    view.name = job->view.name;
    view.state = job->view.state;
    view.done = job->counts.done;
    view.of = job->counts.of;
    view.asked = job->view.asked;
    view.ended = job->view.ended;
    view.status = job->view.status;
  }
  return out;
}

std::optional<JobView> JobBoard::cancel(const std::string& owner, std::uint64_t number) {
  const std::lock_guard guard(state_->lock);
  const std::shared_ptr<Job> job = state_->find(owner, number);
  if (!job) return std::nullopt;
  job->counts.cancelled = true;
  if (job->view.state == JobState::kWaiting) {
    std::erase(state_->waiting, job);
    job->end(JobState::kCancelled);
  }
  return job->seen();
}

}  // namespace anlan::platform
