// Parallel work without a thread in sight: run(blocks, work) calls work(0..blocks-1), each once, in
// any order. Whoever sums results stores them by block index and sums in index order, so that the
// number of threads never shows in a bit of the answer.
#pragma once

#include <cstddef>
#include <functional>

namespace anlan {

class Executor {
 public:
  virtual ~Executor() = default;
  virtual void run(std::size_t blocks, const std::function<void(std::size_t)>& work) = 0;
};

class SerialExecutor final : public Executor {
 public:
  void run(std::size_t blocks, const std::function<void(std::size_t)>& work) override {
    for (std::size_t i = 0; i < blocks; ++i) work(i);
  }
};

}  // namespace anlan
