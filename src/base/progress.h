// Progress of long work: told by whoever does it, asked by whoever waits for it, who may end it.
#pragma once

#include <cstdint>
#include <functional>

namespace anlan {

// Called from one thread of the work.
struct Progress {
  std::function<void(std::uint64_t of)> begin;  // parts in all
  std::function<void()> step;                   // one of them is done
  // Whether somebody asked for the end. The work looks where it can stop with nothing half done.
  std::function<bool()> cancelled;
};

}  // namespace anlan
