// Parallel work on oneTBB. Which thread takes which block, and when, never shows in an answer,
// because results are stored by block index (base/executor.h).
#pragma once

#include <memory>

#include "base/executor.h"

namespace anlan::platform {

class TbbExecutor final : public Executor {
 public:
  // At most `threads` threads, the caller's among them; 0: as many as the machine has.
  explicit TbbExecutor(int threads = 0);
  ~TbbExecutor() override;
  // Returns when every block is done. `work` must not throw.
  void run(std::size_t blocks, const std::function<void(std::size_t)>& work) override;

 private:
  struct Arena;
  std::unique_ptr<Arena> arena_;
};

}  // namespace anlan::platform
