// Reading and checking one wording of the library: its text to a tree, the tree to a wording, the
// findings; of a wording of usual length and of the longest. The aim is 2 ms for all of it. A
// wording that is refused makes the benchmark fail.
#include <benchmark/benchmark.h>

#include "api/library.h"
#include "formats/toml.h"
#include "terms/lint.h"

namespace {

using namespace anlan;

constexpr const char* kFile = "wordings/ningbo-2023-a8.toml";
constexpr const char* kLongestFile = "wordings/sme-comprehensive.toml";

std::string text_of_file(const char* file = kFile) {
  api::Library library{platform::Artefacts()};
  return library.text(file).value();
}

void parse_tree(benchmark::State& state) {
  const std::string text = text_of_file();
  for (auto _ : state) benchmark::DoNotOptimize(formats::parse_toml(text, kFile).ok());
}

void read_tree(benchmark::State& state) {
  const Node tree = formats::parse_toml(text_of_file(), kFile).value();
  for (auto _ : state) {
    if (!terms::read_wording(tree, kFile).ok()) state.SkipWithError("the wording is refused");
  }
}

void find_faults(benchmark::State& state) {
  const Node tree = formats::parse_toml(text_of_file(), kFile).value();
  const terms::Wording wording = terms::read_wording(tree, kFile).value();
  for (auto _ : state) benchmark::DoNotOptimize(terms::lint(wording).size());
}

void read_and_check(benchmark::State& state, const char* file) {
  const std::string text = text_of_file(file);
  for (auto _ : state) {
    const Result<Node> tree = formats::parse_toml(text, file);
    ReadReport report(file, ReadReport::Keeping::kAll);
    const terms::Wording wording = terms::read_wording(tree.value(), report);
    if (report.refused()) state.SkipWithError("the wording is refused");
    benchmark::DoNotOptimize(terms::lint(wording).size());
  }
}

BENCHMARK(parse_tree)->Unit(benchmark::kMicrosecond);
BENCHMARK(read_tree)->Unit(benchmark::kMicrosecond);
BENCHMARK(find_faults)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(read_and_check, usual, kFile)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(read_and_check, longest, kLongestFile)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
