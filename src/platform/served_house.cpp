#include "platform/served_house.h"

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <variant>

#include "platform/refusals.h"

namespace anlan::platform {

// The clock of the house, or the instant that the command being written names.
class ServedHouse::ServedClock final : public house::Clock {
 public:
  explicit ServedClock(house::Clock* clock) : clock_(clock ? clock : &system_) {}
  Instant now() override { return fixed ? *fixed : clock_->now(); }
  std::optional<Instant> fixed;  // the writer's: under the exclusive lock

 private:
  SystemClock system_;
  house::Clock* clock_;
};

namespace {

struct Waiting {
  house::Envelope envelope;
  std::optional<Instant> at;
  std::promise<Result<Answer>> answer;
};

}  // namespace

struct ServedHouse::Queue {
  std::shared_mutex state;  // of the house: shared to read, alone to write
  std::mutex turn;          // passed by whoever wants `state`: readers do not keep a writer waiting
  std::mutex lock;          // of what follows
  std::condition_variable filled;
  std::deque<Waiting> waiting;
  bool ending = false;
  Counts counts;
  std::mutex journal;  // of the connection that reads
  std::thread writer;
};

struct ServedHouse::Hold::Lock {
  std::variant<std::shared_lock<std::shared_mutex>, std::unique_lock<std::shared_mutex>> held;
};

ServedHouse::Hold::Hold(std::unique_ptr<Lock> lock) : lock_(std::move(lock)) {}
ServedHouse::Hold::Hold(Hold&&) noexcept = default;
ServedHouse::Hold& ServedHouse::Hold::operator=(Hold&&) noexcept = default;
ServedHouse::Hold::~Hold() = default;

ServedHouse::ServedHouse() : queue_(std::make_unique<Queue>()) {}

ServedHouse::~ServedHouse() {
  {
    const std::lock_guard guard(queue_->lock);
    queue_->ending = true;
  }
  queue_->filled.notify_all();
  if (queue_->writer.joinable()) queue_->writer.join();
}

Result<std::unique_ptr<ServedHouse>> ServedHouse::open(const std::filesystem::path& folder,
                                                       house::Clock* clock) {
  std::unique_ptr<ServedHouse> served(new ServedHouse());
  served->clock_ = std::make_unique<ServedClock>(clock);
  ANLAN_TRY(served->folder_,
            HouseFolder::open(folder, {.mode = HouseMode::kWrite, .clock = served->clock_.get()}));
  ANLAN_TRY(served->reader_,
            SqliteJournal::open(served->folder_->paths().journal(), DatabaseMode::kReadOnly));
  served->queue_->writer = std::thread([house = served.get()] { house->write_waiting(); });
  return served;
}

ServedHouse::Hold ServedHouse::share() {
  const std::lock_guard turn(queue_->turn);
  return Hold(std::make_unique<Hold::Lock>(
      Hold::Lock{.held = std::shared_lock<std::shared_mutex>(queue_->state)}));
}

ServedHouse::Hold ServedHouse::whole() {
  const std::lock_guard turn(queue_->turn);
  return Hold(std::make_unique<Hold::Lock>(
      Hold::Lock{.held = std::unique_lock<std::shared_mutex>(queue_->state)}));
}

bool ServedHouse::broken() const { return folder_->writer().broken(); }
bool ServedHouse::read_only() const { return folder_->writer().read_only(); }

Result<Answer> ServedHouse::submit(const house::Envelope& envelope, std::optional<Instant> at) {
  std::future<Result<Answer>> answer;
  {
    const std::lock_guard guard(queue_->lock);
    if (queue_->waiting.size() >= kWaitingMax || queue_->ending) {
      return Refusal{.code = refusals::kHouseLoaded,
                     .path = "house",
                     .value = std::to_string(queue_->waiting.size())};
    }
    queue_->waiting.push_back({.envelope = envelope, .at = at, .answer = {}});
    answer = queue_->waiting.back().answer.get_future();
  }
  queue_->filled.notify_one();
  return answer.get();
}

Result<Answer> ServedHouse::submit_alone(const house::Envelope& envelope,
                                         std::optional<Instant> at) {
  return submit_alone(std::span(&envelope, 1), at).front();
}

std::vector<Result<Answer>> ServedHouse::submit_alone(std::span<const house::Envelope> envelopes,
                                                      std::optional<Instant> at) {
  clock_->fixed = at;
  std::vector<Result<Answer>> answers = folder_->writer().submit(envelopes);
  clock_->fixed.reset();
  const std::lock_guard guard(queue_->lock);
  queue_->counts.commands += envelopes.size();
  ++queue_->counts.commits;
  return answers;
}

Result<std::vector<house::Record>> ServedHouse::read(std::uint64_t from_seq, std::size_t count) {
  const std::lock_guard guard(queue_->journal);
  return reader_->read(from_seq, count);
}

ServedHouse::Counts ServedHouse::counts() const {
  const std::lock_guard guard(queue_->lock);
  Counts counts = queue_->counts;
  counts.waiting = queue_->waiting.size();
  return counts;
}

namespace {

// What is written in one transaction: commands in the order of their coming that name one instant.
std::vector<Waiting> take_batch(std::deque<Waiting>& waiting) {
  std::vector<Waiting> batch;
  const std::optional<Instant> at = waiting.front().at;
  while (!waiting.empty() && waiting.front().at == at && batch.size() < kBatchCommandsMax) {
    batch.push_back(std::move(waiting.front()));
    waiting.pop_front();
  }
  return batch;
}

}  // namespace

void ServedHouse::write_waiting() {
  for (;;) {
    std::vector<Waiting> batch;
    {
      std::unique_lock guard(queue_->lock);
      queue_->filled.wait(guard, [&] { return queue_->ending || !queue_->waiting.empty(); });
      if (queue_->waiting.empty()) return;
      batch = take_batch(queue_->waiting);
      queue_->counts.commands += batch.size();
      ++queue_->counts.commits;
    }
    std::vector<house::Envelope> envelopes;
    for (Waiting& each : batch) envelopes.push_back(std::move(each.envelope));
    std::vector<Result<Answer>> answers;
    {
      const Hold alone = whole();
      clock_->fixed = batch.front().at;
      answers = folder_->writer().submit(envelopes);
      clock_->fixed.reset();
    }
    for (std::size_t n = 0; n < batch.size(); ++n) batch[n].answer.set_value(std::move(answers[n]));
  }
}

}  // namespace anlan::platform
