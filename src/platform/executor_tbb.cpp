#include "platform/executor_tbb.h"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include "base/check.h"

namespace anlan::platform {

struct TbbExecutor::Arena {
  // More threads than the machine has cores are for tests of equality; oneTBB must be told.
  tbb::global_control limit;
  tbb::task_arena arena;
  explicit Arena(int threads)
      : limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads)),
        arena(threads) {}
};

TbbExecutor::TbbExecutor(int threads) {
  ANLAN_CHECK(threads >= 0);
  arena_ = std::make_unique<Arena>(threads == 0 ? tbb::info::default_concurrency() : threads);
}

TbbExecutor::~TbbExecutor() = default;

void TbbExecutor::run(std::size_t blocks, const std::function<void(std::size_t)>& work) {
  arena_->arena.execute(
      [&] { tbb::parallel_for(std::size_t{0}, blocks, work, tbb::simple_partitioner()); });
}

}  // namespace anlan::platform
