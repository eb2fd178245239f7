// Threads that take jobs from a queue with an end.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace anlan::platform {

// Thread rule: every function from any thread but the workers.
class WorkerPool {
 public:
  using Job = std::function<void()>;  // throws nothing

  // At least one worker. At most queue_max jobs wait.
  WorkerPool(std::size_t workers, std::size_t queue_max);
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;
  ~WorkerPool();  // once the jobs that were taken are done

  // False: the queue is full, and the job was not taken.
  bool offer(Job job);
  std::size_t queued() const;

 private:
  void work();

  const std::size_t queue_max_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  std::size_t idle_ = 0;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace anlan::platform
