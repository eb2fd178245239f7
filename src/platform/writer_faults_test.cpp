// What the disk can do to a writer: fail a call, fill up, or vanish with the process. Children are
// processes of their own, because a failed flush ends them and a kill must be a real one.
#include <cerrno>
#include <chrono>
#include <set>
#include <thread>

#include <doctest/doctest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include "house/journal_refusals.h"
#include "platform/backup.h"
#include "platform/files.h"
#include "platform/testing.h"

namespace anlan::platform {
namespace {

using namespace testing;

std::unique_ptr<HouseFolder> opened(const fs::path& folder, HouseMode mode = HouseMode::kWrite) {
  return std::move(HouseFolder::open(folder, {.mode = mode, .clock = nullptr})).value();
}

void create_open_house(const fs::path& folder) {
  const house::PublicKey key = create_house_folder(folder, "h").value();
  const auto house = opened(folder);
  for (const auto& answer : house->writer().submit(opening_commands(key))) REQUIRE(answer.ok());
}

// The command of a key: the same one whoever makes it.
house::Envelope command_of(const std::string& key) {
  const domain::EnterpriseId first{4};  // of opening_commands
  return order_command(first, key, 1 + static_cast<std::int64_t>(sha256(bytes_of(key)).bytes[0]));
}

// How often each key stands in the journal, and where.
struct KeysFound {
  std::map<std::string, std::uint64_t> first_seq;
  bool twice = false;
};

KeysFound keys_in(const fs::path& folder) {
  KeysFound found;
  const auto journal =
      std::move(SqliteJournal::open(folder / "journal.db", DatabaseMode::kReadOnly)).value();
  for (std::uint64_t next = 1;;) {
    const auto records = journal->read(next, 4'096).value();
    if (records.empty()) return found;
    for (const auto& record : records) {
      if (record.ordinal != 0) continue;
      const bool first =
          found.first_seq.emplace(record.actor.text + "/" + record.key, record.seq).second;
      found.twice = found.twice || !first;
    }
    next = records.back().seq + 1;
  }
}

// "A key seq" for an acknowledged command, "R key code" for a refused one.
void tell_answers(std::span<const house::Envelope> batch,
                  const std::vector<Result<Answer>>& answers) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (answers[i].ok()) {
      tell_parent("A " + batch[i].key + " " + std::to_string(answers[i]->first_seq));
    } else {
      tell_parent("R " + batch[i].key + " " + std::string(answers[i].refusal().code.name));
    }
  }
}

struct Told {
  std::map<std::string, std::uint64_t> acknowledged;
  std::map<std::string, std::string> refused;
  std::map<std::string, std::string> other;
};

Told read_told(const std::string& said) {
  Told told;
  for (const std::string& line : lines_of(said)) {
    const std::size_t second = line.find(' ', 2);
    const std::string key = line.substr(2, second - 2);
    const std::string rest = second == std::string::npos ? "" : line.substr(second + 1);
    if (line[0] == 'A') {
      told.acknowledged[key] = std::stoull(rest);
    } else if (line[0] == 'R') {
      told.refused[key] = rest;
    } else {
      told.other[line.substr(0, 1)] = key;
    }
  }
  return told;
}

// Every acknowledged command is there once, at the seq that was told.
void check_told(const KeysFound& found, const Told& told) {
  CHECK_FALSE(found.twice);
  for (const auto& [key, seq] : told.acknowledged) {
    CAPTURE(key);
    const auto place = found.first_seq.find("broker/" + key);
    REQUIRE(place != found.first_seq.end());
    CHECK(place->second == seq);
  }
}

bool sums_to_zero(const HouseFolder& house) {
  return house.house().ledger.sum_of_balances(Currency::kCny).is_zero();
}

// ---- a file system that fails on demand ----

struct Plan {
  std::string operation;  // "write", "half", "sync", "read", "truncate", "shm"
  int calls_left = 0;     // to the failing one
  int code = 0;
  int system_error = 0;
  bool hit = false;
};
Plan plan;

bool fails(const char* operation) {
  if (plan.operation != operation || plan.calls_left == 0 || --plan.calls_left > 0) return false;
  plan.hit = true;
  errno = plan.system_error;
  return true;
}

struct FaultyFile {
  sqlite3_file base;
  sqlite3_io_methods methods;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

sqlite3_file* real_of(sqlite3_file* file) { return reinterpret_cast<FaultyFile*>(file)->real(); }
const sqlite3_io_methods& real_calls(sqlite3_file* file) { return *real_of(file)->pMethods; }

int faulty_write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 place) {
  if (fails("write")) return plan.code;
  if (fails("half")) {
    real_calls(file).xWrite(real_of(file), bytes, count / 2, place);
    errno = plan.system_error;
    return plan.code;
  }
  return real_calls(file).xWrite(real_of(file), bytes, count, place);
}

sqlite3_io_methods faulty_methods(int version) {
  sqlite3_io_methods m{};
  m.iVersion = version;
  m.xClose = [](sqlite3_file* f) { return real_calls(f).xClose(real_of(f)); };
  m.xRead = [](sqlite3_file* f, void* to, int count, sqlite3_int64 place) {
    return fails("read") ? plan.code : real_calls(f).xRead(real_of(f), to, count, place);
  };
  m.xWrite = faulty_write;
  m.xTruncate = [](sqlite3_file* f, sqlite3_int64 size) {
    return fails("truncate") ? plan.code : real_calls(f).xTruncate(real_of(f), size);
  };
  m.xSync = [](sqlite3_file* f, int flags) {
    return fails("sync") ? plan.code : real_calls(f).xSync(real_of(f), flags);
  };
  m.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) {
    return real_calls(f).xFileSize(real_of(f), size);
  };
  m.xLock = [](sqlite3_file* f, int lock) { return real_calls(f).xLock(real_of(f), lock); };
  m.xUnlock = [](sqlite3_file* f, int lock) { return real_calls(f).xUnlock(real_of(f), lock); };
  m.xCheckReservedLock = [](sqlite3_file* f, int* out) {
    return real_calls(f).xCheckReservedLock(real_of(f), out);
  };
  m.xFileControl = [](sqlite3_file* f, int what, void* with) {
    return real_calls(f).xFileControl(real_of(f), what, with);
  };
  m.xSectorSize = [](sqlite3_file* f) { return real_calls(f).xSectorSize(real_of(f)); };
  m.xDeviceCharacteristics = [](sqlite3_file* f) {
    return real_calls(f).xDeviceCharacteristics(real_of(f));
  };
  m.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
    return fails("shm") ? plan.code : real_calls(f).xShmMap(real_of(f), page, size, extend, out);
  };
  m.xShmLock = [](sqlite3_file* f, int offset, int count, int flags) {
    return real_calls(f).xShmLock(real_of(f), offset, count, flags);
  };
  m.xShmBarrier = [](sqlite3_file* f) { real_calls(f).xShmBarrier(real_of(f)); };
  m.xShmUnmap = [](sqlite3_file* f, int remove) {
    return real_calls(f).xShmUnmap(real_of(f), remove);
  };
  m.xFetch = [](sqlite3_file* f, sqlite3_int64 place, int count, void** out) {
    return real_calls(f).xFetch(real_of(f), place, count, out);
  };
  m.xUnfetch = [](sqlite3_file* f, sqlite3_int64 place, void* page) {
    return real_calls(f).xUnfetch(real_of(f), place, page);
  };
  return m;
}

sqlite3_vfs* real_vfs = nullptr;

int faulty_open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
  auto* faulty = reinterpret_cast<FaultyFile*>(file);
  faulty->base.pMethods = nullptr;
  const int code = real_vfs->xOpen(real_vfs, name, faulty->real(), flags, out);
  if (code == SQLITE_OK) {
    faulty->methods = faulty_methods(std::min(3, faulty->real()->pMethods->iVersion));
    faulty->base.pMethods = &faulty->methods;
  }
  return code;
}

// From here on every database of this process is on the failing file system.
void use_faulty_files() {
  static sqlite3_vfs faulty;
  real_vfs = sqlite3_vfs_find(nullptr);
  faulty = *real_vfs;
  faulty.zName = "faulty";
  faulty.szOsFile = static_cast<int>(sizeof(FaultyFile)) + real_vfs->szOsFile;
  faulty.xOpen = faulty_open;
  faulty.xGetLastError = [](sqlite3_vfs*, int, char*) { return plan.system_error; };
  REQUIRE(sqlite3_vfs_register(&faulty, 1) == SQLITE_OK);
}

struct Fault {
  const char* operation;
  int code;
  int system_error;
  bool may_end_process;  // an unknown outcome
};

constexpr Fault kFaults[] = {
    {"write", SQLITE_FULL, ENOSPC, false},          {"half", SQLITE_FULL, ENOSPC, false},
    {"write", SQLITE_IOERR_WRITE, EFBIG, false},    {"write", SQLITE_IOERR_WRITE, EIO, true},
    {"half", SQLITE_IOERR_WRITE, EIO, true},        {"sync", SQLITE_IOERR_FSYNC, EIO, true},
    {"sync", SQLITE_IOERR_FSYNC, ENOSPC, true},     {"read", SQLITE_IOERR_READ, EIO, true},
    {"truncate", SQLITE_IOERR_TRUNCATE, EIO, true}, {"shm", SQLITE_IOERR_SHMMAP, ENOSPC, true},
};

constexpr const char* kFaultChild = "child: a writer on a file system that fails the nth call";

// setup: folder|fault|n
TEST_CASE("child: a writer on a file system that fails the nth call" * doctest::skip()) {
  const std::string setup = child_setup();
  const std::size_t second = setup.find('|');
  const std::size_t third = setup.find('|', second + 1);
  const Fault& fault = kFaults[std::stoul(setup.substr(second + 1, third - second - 1))];
  plan = Plan{.operation = fault.operation,
              .calls_left = std::stoi(setup.substr(third + 1)),
              .code = fault.code,
              .system_error = fault.system_error,
              .hit = false};
  use_faulty_files();
  {
    auto house =
        HouseFolder::open(setup.substr(0, second), {.mode = HouseMode::kWrite, .clock = nullptr});
    if (house.ok()) {
      for (int round = 0; round < 2; ++round) {
        std::vector<house::Envelope> batch;
        for (int i = 0; i < 3; ++i) {
          batch.push_back(command_of("k" + std::to_string(round) + "-" + std::to_string(i)));
        }
        tell_answers(batch, house.value()->writer().submit(batch));
        // Enough log for a checkpoint in the middle.
        house::Envelope large = register_command(100 + static_cast<std::uint64_t>(round), {});
        std::get<house::RegisterEnterprise>(large.command).enterprise.legal_name =
            std::string(2'200'000, 'x');
        large.key = "large" + std::to_string(round);
        tell_answers(std::span(&large, 1), {house.value()->writer().submit(large)});
      }
    }
  }
  tell_parent(plan.hit ? "H hit" : "H missed");
}

TEST_CASE(
    "writer: whichever call of the disk fails, what was acknowledged is there once and the rest "
    "not half") {
  TempFolder temp;
  const fs::path fresh = temp / "fresh";
  create_open_house(fresh);
  int runs = 0;
  int ended = 0;
  for (std::size_t f = 0; f < std::size(kFaults); ++f) {
    bool hit = true;
    for (int n = 1; hit; n = n < 16 ? n + 1 : n * 3 / 2) {
      CAPTURE(kFaults[f].operation);
      CAPTURE(kFaults[f].code);
      CAPTURE(n);
      const fs::path folder = temp / "run";
      fs::copy(fresh, folder, fs::copy_options::recursive);
      Child child(kFaultChild, folder.string() + "|" + std::to_string(f) + "|" + std::to_string(n));
      const Told told = read_told(child.finish());
      const bool stopped = child.exit_status() == kFlushFailedStatus;
      REQUIRE((stopped || child.exit_status() == 0));
      if (stopped) CHECK(kFaults[f].may_end_process);
      hit = stopped || told.other.at("H") == "hit";
      const KeysFound found = keys_in(folder);
      check_told(found, told);
      CHECK(sums_to_zero(*opened(folder)));
      for (const auto& [key, code] : told.refused)
        CHECK_FALSE(found.first_seq.contains("broker/" + key));
      REQUIRE(verify_journal(folder, {}).ok());
      fs::remove_all(folder);
      ++runs;
      ended += stopped ? 1 : 0;
      REQUIRE(n < 100'000);
    }
  }
  MESSAGE(runs << " runs with a failing call, " << ended << " ended the process with status 75");
  CHECK(ended > 5);
}

TEST_CASE(
    "writer: the process ends with status 75 at a failed flush and acknowledges nothing after it") {
  TempFolder temp;
  create_open_house(temp / "h");
  Child child(kFaultChild, (temp / "h").string() + "|5|1");
  const Told told = read_told(child.finish());
  CHECK(child.exit_status() == kFlushFailedStatus);
  CHECK(told.acknowledged.empty());
  check_told(keys_in(temp / "h"), told);
  const auto house = opened(temp / "h");
  CHECK(sums_to_zero(*house));
  CHECK(house->writer().submit(command_of("k0-0")).ok());
}

// ---- a full disk ----

struct DiskFull {
  std::function<void()> fill;
  std::function<void()> free;
};

// Writes until the disk is full, sees the house stay what it was, frees the disk and goes on.
void tell_disk_full_story(const fs::path& folder, const DiskFull& disk) {
  create_open_house(folder);
  const auto house = opened(folder);
  Writer& writer = house->writer();
  std::map<std::string, Answer> acknowledged;
  std::vector<std::string> refused;
  const auto write = [&](const std::string& key) {
    const house::Envelope batch[] = {command_of(key + "a"), command_of(key + "b")};
    const auto answers = writer.submit(batch);
    for (std::size_t i = 0; i < 2; ++i) {
      if (answers[i].ok()) {
        acknowledged[batch[i].key] = answers[i].value();
      } else {
        CHECK(answers[i].refusal().code.name == house::refusals::kDiskFull.name);
        refused.push_back(batch[i].key);
      }
    }
  };
  write("before");
  REQUIRE(acknowledged.size() == 2);
  disk.fill();
  // A smaller commit may still fit where a larger one did not: until nothing fits any more.
  std::size_t full_rounds = 0;
  for (int i = 0; i < 20'000 && full_rounds < 3; ++i) {
    const std::size_t before = refused.size();
    write("k" + std::to_string(i));
    full_rounds = refused.size() == before + 2 ? full_rounds + 1 : 0;
  }
  REQUIRE(full_rounds == 3);
  const house::House committed = writer.house();
  const std::size_t refused_before = refused.size();
  CHECK(writer.read_only());
  for (int i = 0; i < 5; ++i) write("again" + std::to_string(i));
  CHECK(refused.size() == refused_before + 10);
  CHECK(writer.house() == committed);
  CHECK(opened(folder, HouseMode::kRead)->house() == committed);
  Answer known = acknowledged.at("beforea");
  known.repeated = true;
  CHECK(writer.submit(command_of("beforea")).value() == known);

  disk.free();
  const std::vector<std::string> to_repeat = std::exchange(refused, {});
  for (const std::string& key : to_repeat) {
    const auto answer = writer.submit(command_of(key));
    REQUIRE(answer.ok());
    CHECK_FALSE(answer->repeated);
    acknowledged[key] = answer.value();
  }
  CHECK_FALSE(writer.read_only());
  write("after");
  CHECK(refused.empty());
  const KeysFound found = keys_in(folder);
  CHECK_FALSE(found.twice);
  CHECK(found.first_seq.size() == acknowledged.size() + 4);  // with those of the opening
  CHECK(opened(folder, HouseMode::kRead)->house() == writer.house());
  CHECK(verify_journal(folder, {}).ok());
}

TEST_CASE(
    "writer: at a limit of file size it refuses, reads on, and resumes when the limit is lifted") {
  TempFolder temp(Medium::kDisk);
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  auto* const handler = ::signal(SIGXFSZ, SIG_IGN);
  const auto limit = [&](rlim_t bytes) {
    const rlimit wanted{.rlim_cur = bytes, .rlim_max = before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &wanted) == 0);
  };
  tell_disk_full_story(temp / "h",
                       {.fill = [&] { limit(400'000); }, .free = [&] { limit(before.rlim_cur); }});
  limit(before.rlim_cur);
  ::signal(SIGXFSZ, handler);
}

TEST_CASE(
    "writer: on a full disk it refuses, reads on, and resumes when space returns; a backup leaves "
    "nothing") {
  TempFolder temp;
  if (::mount("tmpfs", temp.path().c_str(), "tmpfs", 0, "size=4m") != 0) {
    MESSAGE("a small file system cannot be mounted here (" << errno
                                                           << "): the limit above stands in");
    return;
  }
  const fs::path ballast = temp / "ballast";
  tell_disk_full_story(temp / "h", {.fill =
                                        [&] {
                                          // All but some 300 KiB.
                                          const auto space = fs::space(temp.path()).available;
                                          REQUIRE(write_file(ballast, Bytes(space - 300'000)).ok());
                                        },
                                    .free = [&] { fs::remove(ballast); }});
  {
    const auto space = fs::space(temp.path()).available;
    REQUIRE(write_file(ballast, Bytes(space - 40'000)).ok());
    SystemClock clock;
    const auto refused = backup(temp / "h", temp / "b", clock);
    REQUIRE(!refused.ok());
    CHECK(refused.refusal().code.name == house::refusals::kDiskFull.name);
    for (const auto& entry : fs::directory_iterator(temp.path())) {
      CHECK_FALSE(entry.path().filename().string().starts_with("b."));
    }
    CHECK_FALSE(fs::exists(temp / "b"));
    fs::remove(ballast);
    CHECK(backup(temp / "h", temp / "b", clock).ok());
  }
  REQUIRE(::umount2(temp.path().c_str(), MNT_DETACH) == 0);
}

// ---- kill -9 ----

constexpr const char* kKillChild = "child: a writer that goes on until it is killed";

// setup: folder|round
TEST_CASE("child: a writer that goes on until it is killed" * doctest::skip()) {
  const std::string setup = child_setup();
  const std::size_t second = setup.find('|');
  const auto house = opened(setup.substr(0, second));
  const std::string round = setup.substr(second + 1);
  tell_parent("B ready");
  for (int i = 0;; ++i) {
    std::vector<house::Envelope> batch;
    for (int j = 0; j <= i % 4; ++j) {
      batch.push_back(command_of("r" + round + "-" + std::to_string(i) + "-" + std::to_string(j)));
    }
    tell_answers(batch, house->writer().submit(batch));
  }
}

TEST_CASE("writer: after 200 kills nothing acknowledged is lost and nothing is there twice") {
  TempFolder temp(Medium::kDisk);
  const fs::path folder = temp / "h";
  create_open_house(folder);
  constexpr std::uint64_t kSeed = 200;
  std::mt19937_64 random(kSeed);
  std::size_t acknowledged = 0;
  std::size_t unknown = 0;
  std::size_t silent = 0;
  for (int round = 0; round < 200; ++round) {
    CAPTURE(round);
    Child child(kKillChild, folder.string() + "|" + std::to_string(round));
    // A quarter of the kills fall into starting and recovering, a quarter around the first commit,
    // half into writing.
    if (round % 4 >= 1) child.wait_for_word();
    if (round % 4 >= 2) child.wait_for_word();
    const std::uint64_t longest_us = round % 4 >= 1 ? 6'000 : 25'000;
    std::this_thread::sleep_for(std::chrono::microseconds(random() % longest_us));
    const Told told = read_told(child.stop(SIGKILL));
    REQUIRE(child.was_killed());
    const KeysFound found = keys_in(folder);
    check_told(found, told);
    acknowledged += told.acknowledged.size();
    silent += told.acknowledged.empty() ? 1 : 0;

    // Whoever does not know whether its command got through sends it again.
    const auto house = opened(folder);
    CHECK(sums_to_zero(*house));
    const std::string prefix = "r" + std::to_string(round) + "-";
    for (const auto& [key, seq] : found.first_seq) {
      if (!key.starts_with("broker/" + prefix)) continue;
      const std::string own = key.substr(7);
      unknown += told.acknowledged.contains(own) ? 0 : 1;
      const auto answer = house->writer().submit(command_of(own));
      REQUIRE(answer.ok());
      CHECK(answer->repeated);
      CHECK(answer->first_seq == seq);
    }
    const auto again = house->writer().submit(command_of(prefix + "sent-again"));
    CHECK_FALSE(again->repeated);
    if (round % 20 == 19) REQUIRE(verify_journal(folder, {}).ok());
  }
  MESSAGE("200 kills: " << acknowledged << " acknowledged, " << unknown
                        << " stored but not acknowledged, " << silent
                        << " before the first answer");
  CHECK(acknowledged > 200);
  CHECK(silent <= 100);  // else the kills come too early to show anything
}

}  // namespace
}  // namespace anlan::platform
