#include "platform/files.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "formats/refusals.h"
#include "house/journal_refusals.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

// An open file of the system, closed when it ends.
class Handle {
 public:
  explicit Handle(int number) : number_(number) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (number_ > STDIN_FILENO) ::close(number_);
  }
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

Refusal about(const std::string& file, RefusalCode code, std::vector<RefusalArg> args = {}) {
  return Refusal{.code = code, .path = "file", .value = file, .args = std::move(args), .at = {}};
}

Refusal not_written(const std::string& file, int error) {
  if (error == ENOSPC || error == EDQUOT || error == EFBIG) {
    return about(file, house::refusals::kDiskFull);
  }
  if (error == EEXIST) return about(file, refusals::kFileExists);
  return about(file, refusals::kFileNotWritten,
               {{.name = "reason", .value = std::system_category().message(error)}});
}

Refusal unreadable(const std::string& file, int error) {
  if (error == ENOENT || error == ENOTDIR) return about(file, refusals::kFileMissing);
  return about(file, refusals::kFileUnreadable,
               {{.name = "reason", .value = std::system_category().message(error)}});
}

// 0, or errno of the first failure.
int write_all(int handle, BytesView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(handle, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return 0;
}

enum class Target : std::uint8_t { kReplace, kNew };

// The name of a file beside `file` with these bytes, flushed.
Result<std::string> stage(const std::filesystem::path& file, BytesView bytes, unsigned mode) {
  std::string beside = file.string() + ".XXXXXX";
  const Handle handle(::mkostemp(beside.data(), O_CLOEXEC));
  if (!handle.is_open()) return not_written(file.string(), errno);
  int error = ::fchmod(handle.number(), static_cast<mode_t>(mode)) == 0 ? 0 : errno;
  if (error == 0) error = write_all(handle.number(), bytes);
  // A failed flush is not retried: the file beside is thrown away and the target was never touched.
  if (error == 0 && ::fsync(handle.number()) != 0) error = errno;
  if (error != 0) {
    ::unlink(beside.c_str());
    return not_written(file.string(), error);
  }
  return beside;
}

Result<Done> write_beside(const std::filesystem::path& file, BytesView bytes, unsigned mode,
                          Target target) {
  ANLAN_TRY(const std::string beside, stage(file, bytes, mode));
  if (target == Target::kNew) {
    const Result<Done> renamed = rename_new(beside, file);
    if (!renamed.ok()) ::unlink(beside.c_str());
    return renamed;
  }
  if (::rename(beside.c_str(), file.c_str()) != 0) {
    const int error = errno;
    ::unlink(beside.c_str());
    return not_written(file.string(), error);
  }
  return sync_folder(file.parent_path());
}

Result<Done> sync_path(const std::filesystem::path& path, int flags) {
  const std::string name = path.empty() ? "." : path.string();
  const Handle handle(::open(name.c_str(), flags | O_RDONLY | O_CLOEXEC));
  if (!handle.is_open() || ::fsync(handle.number()) != 0) return not_written(name, errno);
  return Done{};
}

}  // namespace

Result<std::string> read_file(const std::string& name, std::size_t bytes_max) {
  const bool standard_input = name == "-";
  const Handle handle(standard_input ? STDIN_FILENO
                                     : ::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!handle.is_open()) return unreadable(name, errno);
  struct stat info {};
  if (!standard_input && ::fstat(handle.number(), &info) != 0) return unreadable(name, errno);
  if (!standard_input && !S_ISREG(info.st_mode)) {
    return about(name, refusals::kFileUnreadable,
                 {{.name = "reason", .value = "not a regular file"}});
  }
  constexpr std::size_t kChunk = std::size_t{64} << 10;
  std::string text;
  for (;;) {
    const std::size_t held = text.size();
    text.resize(held + kChunk);
    const ssize_t count = ::read(handle.number(), text.data() + held, kChunk);
    if (count < 0 && errno != EINTR) return unreadable(name, errno);
    text.resize(held + (count > 0 ? static_cast<std::size_t>(count) : 0));
    if (text.size() > bytes_max) {
      return about(name, formats::refusals::kFileTooLarge,
                   {{.name = "max", .value = std::to_string(bytes_max >> 20)}});
    }
    if (count == 0) return text;
  }
}

Result<Done> write_file(const std::filesystem::path& file, BytesView bytes, unsigned mode) {
  return write_beside(file, bytes, mode, Target::kReplace);
}

Result<Done> write_new_file(const std::filesystem::path& file, BytesView bytes, unsigned mode) {
  return write_beside(file, bytes, mode, Target::kNew);
}

Result<Done> write_once(const std::filesystem::path& file, BytesView bytes) {
  const Result<Done> absent = check_absent(file);
  if (absent.ok()) return write_new_file(file, bytes);
  const Result<std::string> known = read_file(file.string(), bytes.size());
  if (!known.ok()) return absent;
  const BytesView held = bytes_of(*known);
  if (std::equal(held.begin(), held.end(), bytes.begin(), bytes.end())) return Done{};
  return absent;
}

Result<StagedFile> StagedFile::create(const std::filesystem::path& target, BytesView bytes) {
  ANLAN_TRY(std::string beside, stage(target, bytes, kSharedFile));
  return StagedFile(target, std::move(beside));
}

StagedFile::StagedFile(StagedFile&& other) noexcept
    : target_(std::move(other.target_)), beside_(std::move(other.beside_)) {
  other.beside_.clear();
}

StagedFile::~StagedFile() {
  if (!beside_.empty()) ::unlink(beside_.c_str());
}

Result<Done> StagedFile::place() {
  ANLAN_REQUIRE(rename_new(beside_, target_));
  beside_.clear();
  return Done{};
}

Result<Done> check_absent(const std::filesystem::path& file) {
  struct stat info {};
  if (::lstat(file.c_str(), &info) != 0) return Done{};
  return not_written(file.string(), EEXIST);
}

Result<Done> sync_folder(const std::filesystem::path& folder) {
  return sync_path(folder, O_DIRECTORY);
}

Result<Done> sync_file(const std::filesystem::path& file) { return sync_path(file, 0); }

Result<Done> rename_new(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0) {
    return not_written(to.string(), errno);
  }
  return sync_folder(to.parent_path());
}

}  // namespace anlan::platform
