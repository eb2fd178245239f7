#include "platform/executor_tbb.h"

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include "base/check.h"

namespace anlan::platform {

struct TbbExecutor::Arena {
  tbb::task_arena arena;
};

TbbExecutor::TbbExecutor(int threads)
    : arena_(new Arena{.arena =
                           tbb::task_arena(threads == 0 ? tbb::task_arena::automatic : threads)}) {
  ANLAN_CHECK(threads >= 0);
}

TbbExecutor::~TbbExecutor() = default;

void TbbExecutor::run(std::size_t blocks, const std::function<void(std::size_t)>& work) {
  arena_->arena.execute(
      [&] { tbb::parallel_for(std::size_t{0}, blocks, work, tbb::simple_partitioner()); });
}

}  // namespace anlan::platform
