// The command line: global options, one operation, its reply on standard output, its refusal on
// standard error (with --json on standard output), its exit status.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "api/pages.h"

namespace anlan::cli {

// Where answers and refusals go. `out` is flushed at every call: a batch acknowledges line by line.
// `pages`: of the web application, which `serve` gives.
struct Streams {
  std::function<void(const std::string&)> out;
  std::function<void(const std::string&)> err;
  std::span<const api::PageFile> pages = {};
};

// 0 done; 2 the input alone is wrong; 1 valid input that state or a rule refuses, or the world
// failed.
int run(const std::vector<std::string>& words, const Streams& to);

}  // namespace anlan::cli
