#include "platform/artefacts.h"

#include <algorithm>
#include <set>
#include <system_error>

#include "platform/embedded_data.h"
#include "platform/files.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

namespace fs = std::filesystem;

Refusal wrong_folder(const fs::path& folder, std::string reason) {
  return Refusal{.code = refusals::kDataFolder,
                 .path = "data",
                 .value = folder.string(),
                 .args = {{.name = "reason", .value = std::move(reason)}},
                 .at = {}};
}

std::string_view text_of(const EmbeddedFile& file) {
  return {reinterpret_cast<const char*>(file.bytes.data()), file.bytes.size()};
}

}  // namespace

Result<Artefacts> Artefacts::with_folder(const fs::path& folder) {
  Artefacts artefacts;
  std::error_code error;
  if (!fs::is_directory(folder, error)) return wrong_folder(folder, "not a folder");
  for (fs::recursive_directory_iterator entry(folder, error), last; !error && entry != last;
       entry.increment(error)) {
    if (!entry->is_regular_file(error)) continue;
    if (artefacts.replaced_.size() == kDataFilesMax) {
      return wrong_folder(folder, "more than 4,096 files");
    }
    ANLAN_TRY(std::string text, read_file(entry->path().string()));
    artefacts.replaced_.emplace(entry->path().lexically_relative(folder).generic_string(),
                                std::move(text));
  }
  if (error) return wrong_folder(folder, error.message());
  return artefacts;
}

Artefacts Artefacts::only(std::map<std::string, std::string, std::less<>> files) {
  Artefacts artefacts;
  artefacts.replaced_ = std::move(files);
  artefacts.embedded_ = false;
  return artefacts;
}

std::optional<Artefact> Artefacts::find(std::string_view path) const {
  const auto made = [&](std::string_view text) {
    return Artefact{.path = std::string(path), .text = text, .digest = sha256(bytes_of(text))};
  };
  if (const auto own = replaced_.find(path); own != replaced_.end()) return made(own->second);
  if (!embedded_) return std::nullopt;
  const auto files = embedded_files();
  const auto found = std::lower_bound(
      files.begin(), files.end(), path,
      [](const EmbeddedFile& file, std::string_view wanted) { return file.path < wanted; });
  if (found == files.end() || found->path != path) return std::nullopt;
  return made(text_of(*found));
}

std::vector<std::string> Artefacts::list(std::string_view prefix) const {
  std::set<std::string> paths;
  for (const EmbeddedFile& file : embedded_files()) {
    if (embedded_ && file.path.starts_with(prefix)) paths.emplace(file.path);
  }
  for (const auto& [path, text] : replaced_) {
    if (path.starts_with(prefix)) paths.insert(path);
  }
  return {paths.begin(), paths.end()};
}

}  // namespace anlan::platform
