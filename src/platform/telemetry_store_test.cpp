// The telemetry store: batches once and for all, search, what is changed or missing found,
// retention with holds, and kills at any instant.
#include "platform/telemetry_store.h"

#include <chrono>
#include <fstream>
#include <set>
#include <thread>

#include <doctest/doctest.h>
#include <signal.h>

#include "platform/telemetry_refusals.h"
#include "platform/testing.h"

namespace anlan::platform {
namespace {

using namespace testing;

Instant at_minute(std::int64_t minute) {
  return Instant::from_micros(1'772'409'600'000'000 + minute * 60'000'000);
}

// A batch with texts of its own.
struct Made {
  std::vector<std::string> texts;
  std::vector<TelemetryEntry> entries;
  TelemetryBatch batch;
};
std::unique_ptr<Made> make(std::uint64_t enterprise, const std::string& id, int lines,
                           std::int64_t minute = 0) {
  auto made = std::make_unique<Made>();
  for (int i = 0; i < lines; ++i)
    made->texts.push_back("line " + std::to_string(i) + " of " + id + " 中文");
  for (int i = 0; i < lines; ++i)
    made->entries.push_back({.text = made->texts[static_cast<std::size_t>(i)],
                             .at = at_minute(minute + i),
                             .class_uid = i % 2 == 0 ? 2004U : 4001U,
                             .severity = 3,
                             .format = 1});
  made->batch = {.enterprise = {enterprise},
                 .source = "gate",
                 .batch = id,
                 .received = at_minute(minute),
                 .lines = made->entries};
  return made;
}

std::unique_ptr<TelemetryStore> open_store(const fs::path& folder,
                                           const TelemetryStoreOptions& options = {}) {
  auto opened = TelemetryStore::open(folder, options);
  REQUIRE(opened.ok());
  return std::move(opened).value();
}

std::string bytes_in(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
void put_bytes(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

template <class T>
std::string said(const Result<T>& result) {
  return result.ok() ? "" : std::string(result.refusal().code.name);
}

TEST_CASE("telemetry store: a batch is kept once, found again, and outlives the process") {
  const TempFolder temp;
  const auto first = make(7, "day-1", 10);
  {
    const auto store = open_store(temp / "t");
    CHECK(said(TelemetryStore::open(temp / "t")) == "telemetry_busy");
    const auto receipt = store->append(first->batch);
    REQUIRE(receipt.ok());
    CHECK(!receipt->repeated);
    CHECK(store->append(first->batch)->repeated);
    auto other = make(7, "day-1", 9);
    CHECK(said(store->append(other->batch)) == "telemetry_batch_differs");
    CHECK(!store->append(make(8, "day-1", 5)->batch)->repeated);  // of somebody else
  }
  const auto store = open_store(temp / "t");
  CHECK(store->append(first->batch)->repeated);
  const auto all = store->search({.enterprise = {7}});
  REQUIRE(all.ok());
  REQUIRE(all->lines.size() == 10);
  for (std::size_t i = 0; i < 10; ++i) {
    CHECK(all->lines[i].text == first->texts[i]);
    CHECK(all->lines[i].at == first->entries[i].at);
    CHECK(all->lines[i].line == i);
  }
  CHECK(store->search({.class_uid = 4001})->lines.size() == 7);
  CHECK(store->search({.from = at_minute(2), .until = at_minute(4)})->lines.size() == 4);
  CHECK(store->search({.text = "line 3 of"})->lines.size() == 2);
  const auto few = store->search({.limit = 3});
  CHECK(few->lines.size() == 3);
  CHECK(few->more);
  CHECK(!store->search({.enterprise = {7}, .limit = 10})->more);
  const auto counted = store->count({7}, at_minute(0), at_minute(100));
  REQUIRE(counted.size() == 1);
  CHECK(counted[0].lines == 10);
}

TEST_CASE("telemetry store: what is too large or empty is refused and nothing is kept") {
  const TempFolder temp;
  const auto store = open_store(temp / "t");
  CHECK(said(store->append(make(1, "none", 0)->batch)) == "telemetry_batch_too_large");
  auto named = make(1, std::string(300, 'x'), 1);
  CHECK(said(store->append(named->batch)) == "telemetry_batch_too_large");
  CHECK(store->search({})->lines.empty());
  // Without an id the lines themselves are it.
  auto bare = make(1, "", 3);
  CHECK(!store->append(bare->batch)->repeated);
  CHECK(store->append(bare->batch)->repeated);
}

TEST_CASE("telemetry store: segments are sealed by size, and each byte of them is watched over") {
  const TempFolder temp;
  {
    const auto store = open_store(temp / "t", {.segment_bytes = 600});
    for (int i = 0; i < 6; ++i)
      REQUIRE(store->append(make(1, "b" + std::to_string(i), 4, i)->batch).ok());
    REQUIRE(store->seal().ok());
    CHECK(store->sealed().size() >= 2);
    CHECK(store->search({})->lines.size() == 24);
  }
  const auto whole = verify_telemetry(temp / "t");
  REQUIRE(whole.ok());
  CHECK(whole->faults.empty());
  CHECK(whole->lines == 24);
  for (const char* name : {"00000001.seg", "00000001.idx"}) {
    const fs::path file = temp.path() / "t" / name;
    const std::string good = bytes_in(file);
    REQUIRE(good.size() > 100);
    for (std::size_t i = 0; i < good.size(); ++i) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] ^ 1);
      put_bytes(file, bad);
      CAPTURE(name);
      CAPTURE(i);
      REQUIRE(!verify_telemetry(temp / "t")->faults.empty());
    }
    put_bytes(file, good.substr(0, good.size() - 1));
    CHECK(!verify_telemetry(temp / "t")->faults.empty());
    put_bytes(file, good);
  }
  CHECK(verify_telemetry(temp / "t")->faults.empty());
  fs::rename(temp.path() / "t/00000001.seg", temp.path() / "away");
  CHECK(verify_telemetry(temp / "t")->faults[0].what == "missing");
  CHECK(said(TelemetryStore::open(temp / "t")) == "telemetry_damaged");
}

TEST_CASE("telemetry store: a torn end is set aside, damage in the middle stops the store") {
  const TempFolder temp;
  std::uintmax_t before = 0;
  const fs::path file = temp.path() / "t/00000001.seg";
  {
    const auto store = open_store(temp / "t");
    REQUIRE(store->append(make(1, "a", 3)->batch).ok());
    before = fs::file_size(file);
    REQUIRE(store->append(make(1, "b", 3)->batch).ok());
  }
  const std::string good = bytes_in(file);
  for (std::size_t size = before; size < good.size(); size += 7) {
    CAPTURE(size);
    put_bytes(file, good.substr(0, size));
    const auto store = open_store(temp / "t");
    CHECK(store->search({})->lines.size() == 3);
    CHECK(!store->append(make(1, "b", 3)->batch)->repeated);
    CHECK(store->search({})->lines.size() == 6);
  }
  std::string bad = good;
  bad[before - 40] = static_cast<char>(bad[before - 40] ^ 1);  // within the first frame
  put_bytes(file, bad);
  CHECK(said(TelemetryStore::open(temp / "t")) == "telemetry_damaged");
}

TEST_CASE("telemetry store: lines expire after six months at the earliest, and not under a hold") {
  const TempFolder temp;
  const auto store = open_store(temp / "t");
  REQUIRE(store->append(make(1, "a", 3)->batch).ok());
  REQUIRE(store->seal().ok());
  REQUIRE(store->append(make(2, "b", 3)->batch).ok());
  REQUIRE(store->seal().ok());
  constexpr std::int64_t kDay = 24 * 60;
  CHECK(said(store->expire(at_minute(1'000 * kDay), 183)) == "retention_too_short");
  CHECK(store->expire(at_minute(184 * kDay), 184)->empty());
  const auto hold = store->hold({1}, "a claim is open", "li", at_minute(0));
  REQUIRE(hold.ok());
  const auto gone = store->expire(at_minute(185 * kDay), 184);
  REQUIRE(gone.ok());
  REQUIRE(gone->size() == 1);
  CHECK((*gone)[0].number == 2);
  CHECK(store->search({.enterprise = {2}})->lines.empty());
  CHECK(store->search({.enterprise = {1}})->lines.size() == 3);
  CHECK(store->append(make(2, "b", 3)->batch)->repeated);  // sent again, it stays gone
  CHECK(verify_telemetry(temp / "t")->faults.empty());
  CHECK(said(store->release(9, at_minute(1))) == "hold_missing");
  REQUIRE(store->release(hold->id, at_minute(1)).ok());
  CHECK(store->expire(at_minute(185 * kDay), 184)->size() == 1);
  CHECK(store->holds()[0].released_at.has_value());
  CHECK(store->sealed()[0].expired);
}

TEST_CASE("telemetry store: an export has every line and a manifest that names their digest") {
  const TempFolder temp;
  const auto store = open_store(temp / "t");
  REQUIRE(store->append(make(1, "a", 3)->batch).ok());
  REQUIRE(store->seal().ok());
  const auto count = export_telemetry(*store, {.enterprise = {1}}, temp / "out");
  REQUIRE(count.ok());
  CHECK(*count == 3);
  const std::string lines = bytes_in(temp / "out/lines.jsonl");
  CHECK(std::count(lines.begin(), lines.end(), '\n') == 3);
  const std::string manifest = bytes_in(temp / "out/manifest.json");
  CHECK(manifest.find(to_hex(sha256(bytes_of(lines)))) != std::string::npos);
  CHECK(manifest.find(to_hex(store->sealed()[0].digest)) != std::string::npos);
  CHECK(said(export_telemetry(*store, {}, temp / "out")) == "file_exists");
}

TEST_CASE("telemetry store: threads together, each batch once, segments sealed meanwhile") {
  const TempFolder temp;
  const auto store = open_store(temp / "t", {.segment_bytes = 2'000});
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&store] {
      // All send the same day.
      for (int i = 0; i < 60; ++i)
        if (!store->append(make(1, "b" + std::to_string(i), 5)->batch).ok()) return;
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::pair<std::string, std::uint32_t>> seen;
  std::size_t lines = 0;
  REQUIRE(store
              ->each({},
                     [&](const StoredLine& line) {
                       seen.emplace(line.batch, line.line);
                       ++lines;
                       return true;
                     })
              .ok());
  CHECK(lines == 300);
  CHECK(seen.size() == 300);
  REQUIRE(store->seal().ok());
  CHECK(verify_telemetry(temp / "t")->faults.empty());
}

constexpr int kBatchLines = 20;

TEST_CASE("telemetry store child" * doctest::skip()) {
  const std::string folder = child_setup();
  if (folder.empty()) return;
  const auto store = open_store(folder, {.segment_bytes = 4'000});
  std::vector<std::thread> threads;
  for (int t = 0; t < 2; ++t) {
    threads.emplace_back([&store, t] {
      for (int i = t;; i += 2) {
        const std::string id = "batch-" + std::to_string(i);
        const auto receipt = store->append(make(1, id, kBatchLines)->batch);
        if (receipt.ok() && !receipt->repeated) tell_parent(id);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_CASE("telemetry store: killed at any instant, every acknowledged line is there once") {
  const TempFolder temp(Medium::kDisk);
  std::set<std::string> acknowledged;
  for (int round = 0; round < 12; ++round) {
    CAPTURE(round);
    Child child("telemetry store child", (temp / "t").string());
    child.wait_for_word();
    std::this_thread::sleep_for(std::chrono::microseconds(2'300 * round));
    for (const std::string& id : lines_of(child.stop(SIGKILL))) acknowledged.insert(id);
    REQUIRE(child.was_killed());
    CHECK(verify_telemetry(temp / "t").ok());
    const auto store = open_store(temp / "t", {.segment_bytes = 4'000});
    std::map<std::string, int> found;
    REQUIRE(store
                ->each({},
                       [&](const StoredLine& line) {
                         ++found[line.batch];
                         return true;
                       })
                .ok());
    for (const std::string& id : acknowledged) {
      CAPTURE(id);
      CHECK(found[id] == kBatchLines);
    }
    for (const auto& [id, lines] : found) CHECK(lines == kBatchLines);
    // The whole day again changes nothing.
    for (const std::string& id : acknowledged)
      CHECK(store->append(make(1, id, kBatchLines)->batch)->repeated);
  }
  CHECK(acknowledged.size() > 12);
  CHECK(verify_telemetry(temp / "t")->faults.empty());
}

}  // namespace
}  // namespace anlan::platform
