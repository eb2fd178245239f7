// The journal on a real disk: commands a second through the writer, alone and in batches, beside
// raw fdatasync of the same disk in the same run (the ratio is what counts), then replay and
// verification. Goals: alone at least 0.5 x fdatasync/s, 500,000 records
// verified a second.
#include <array>
#include <string>

#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include "house/replay.h"
#include "platform/testing.h"
#include "platform/verify.h"

namespace {

using namespace anlan;
using namespace anlan::platform;
using namespace anlan::platform::testing;

void raw_fdatasync(benchmark::State& state) {
  const TempFolder temp(Medium::kDisk);
  const int file = ::open((temp / "raw").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  const std::array<char, 4'096> page{1};
  off_t place = 0;
  for (auto _ : state) {
    if (::pwrite(file, page.data(), page.size(), place) != static_cast<ssize_t>(page.size()) ||
        ::fdatasync(file) != 0) {
      state.SkipWithError("the disk refused");
    }
    place += static_cast<off_t>(page.size());
  }
  ::close(file);
  state.SetItemsProcessed(state.iterations());
}

// A house with actors and one enterprise; its id is that of the fourth command.
std::unique_ptr<HouseFolder> open_new_house(const fs::path& folder) {
  const house::PublicKey key = create_house_folder(folder, "bench").value();
  auto opened =
      std::move(HouseFolder::open(folder, {.mode = HouseMode::kWrite, .clock = nullptr})).value();
  for (const auto& answer : opened->writer().submit(opening_commands(key)))
    ANLAN_CHECK(answer.ok());
  return opened;
}

// Orders with their postings, `size` commands to a batch.
std::uint64_t submit_orders(Writer& writer, std::size_t size, std::uint64_t first) {
  std::vector<house::Envelope> batch;
  for (std::size_t i = 0; i < size; ++i) {
    batch.push_back(order_command({4}, "o" + std::to_string(first + i), 5'000));
  }
  std::uint64_t stored = 0;
  for (const auto& answer : writer.submit(batch)) stored += answer.ok() ? 1 : 0;
  return stored;
}

void commands_in_batches(benchmark::State& state) {
  const TempFolder temp(Medium::kDisk);
  const auto opened = open_new_house(temp / "h");
  const auto size = static_cast<std::size_t>(state.range(0));
  std::uint64_t stored = 0;
  const std::uint64_t before = opened->house().head.seq;
  for (auto _ : state) stored += submit_orders(opened->writer(), size, stored);
  if (stored != static_cast<std::uint64_t>(state.iterations()) * size) {
    state.SkipWithError("a command was not stored");
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(stored));
  state.counters["events"] = benchmark::Counter(
      static_cast<double>(opened->house().head.seq - before), benchmark::Counter::kIsRate);
}

// A closed house of about 300,000 events, made once.
struct LargeHouse {
  TempFolder temp;
  house::Head head;
  LargeHouse() {
    const auto opened = open_new_house(temp / "h");
    for (std::uint64_t stored = 0; opened->house().head.seq < 300'000;) {
      stored += submit_orders(opened->writer(), 5'000, stored);
    }
    head = opened->house().head;
  }
};
const LargeHouse& large_house() {
  static const LargeHouse house;
  return house;
}

void replay_events(benchmark::State& state) {
  const LargeHouse& large = large_house();
  const auto journal =
      std::move(SqliteJournal::open(HousePaths{.folder = large.temp / "h"}.journal(),
                                    DatabaseMode::kReadOnly))
          .value();
  for (auto _ : state) {
    const auto house = house::replay(*journal);
    if (!house.ok() || house->head != large.head) state.SkipWithError("replay ends elsewhere");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(large.head.seq));
}

void verify_records(benchmark::State& state) {
  const LargeHouse& large = large_house();
  for (auto _ : state) {
    const auto report = verify_journal(large.temp / "h", {});
    if (!report.ok() || report->head != large.head) state.SkipWithError("verify refuses");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(large.head.seq));
}

BENCHMARK(raw_fdatasync)->Unit(benchmark::kMicrosecond)->UseRealTime();
BENCHMARK(commands_in_batches)->Arg(1)->Arg(100)->Unit(benchmark::kMicrosecond)->UseRealTime();
BENCHMARK(replay_events)->Unit(benchmark::kMillisecond);
BENCHMARK(verify_records)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
