#include "platform/blobs_files.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <sys/stat.h>

#include "platform/files.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

namespace fs = std::filesystem;

Refusal about(std::string value, RefusalCode code, std::vector<RefusalArg> args = {}) {
  return Refusal{
      .code = code, .path = "blob", .value = std::move(value), .args = std::move(args), .at = {}};
}

bool is_temporary(const std::string& name) { return name.find('.') != std::string::npos; }

// Somebody else may have made the file or its folder a moment ago and not flushed their names yet.
Result<Digest> settled(const Digest& digest, const fs::path& file, const fs::path& folder) {
  ANLAN_REQUIRE(sync_folder(file.parent_path()));
  ANLAN_REQUIRE(sync_folder(folder));
  return digest;
}

}  // namespace

fs::path FileBlobs::path_of(const Digest& digest) const {
  const std::string hex = to_hex(digest);
  return folder_ / hex.substr(0, 2) / hex.substr(2);
}

Result<Digest> FileBlobs::put(BytesView bytes) {
  if (bytes.size() > kBlobBytesMax) {
    return about(std::to_string(bytes.size()), refusals::kBlobTooLarge,
                 {{.name = "limit", .value = std::to_string(kBlobBytesMax)}});
  }
  const Digest digest = sha256(bytes);
  const fs::path file = path_of(digest);
  std::error_code error;
  if (fs::exists(file, error)) {
    const auto kept = find(digest);
    if (kept.ok() && kept->has_value()) return settled(digest, file, folder_);
    if (!kept.ok() && kept.refusal().code != refusals::kBlobDamaged) return kept.refusal();
    fs::remove(file, error);  // damaged: what it should hold is at hand
  }
  if (::mkdir(file.parent_path().c_str(), 0700) != 0 && errno != EEXIST) {
    return Refusal{.code = refusals::kFileNotWritten,
                   .path = "file",
                   .value = file.string(),
                   .args = {{.name = "reason", .value = std::system_category().message(errno)}},
                   .at = {}};
  }
  const Result<Done> written = write_new_file(file, bytes, kPrivateFile);
  if (!written.ok() && written.refusal().code != refusals::kFileExists) return written.refusal();
  return settled(digest, file, folder_);
}

Result<std::optional<Bytes>> FileBlobs::find(const Digest& digest) {
  const Result<std::string> text = read_file(path_of(digest).string(), kBlobBytesMax);
  if (!text.ok()) {
    if (text.refusal().code == refusals::kFileMissing) return std::optional<Bytes>{};
    return text.refusal();
  }
  const BytesView bytes = bytes_of(text.value());
  if (sha256(bytes) != digest) return about(to_hex(digest), refusals::kBlobDamaged);
  return std::optional<Bytes>(Bytes(bytes.begin(), bytes.end()));
}

Result<std::vector<Digest>> FileBlobs::all() const {
  std::vector<Digest> found;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder_, error), last; !error && entry != last;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (!entry->is_regular_file(error) || is_temporary(name)) continue;
    Digest digest;
    if (!from_hex(entry->path().parent_path().filename().string() + name, digest.bytes)) {
      return about(entry->path().string(), refusals::kBlobDamaged);
    }
    found.push_back(digest);
  }
  if (error) {
    return Refusal{.code = refusals::kFileUnreadable,
                   .path = "file",
                   .value = folder_.string(),
                   .args = {{.name = "reason", .value = error.message()}},
                   .at = {}};
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace anlan::platform
