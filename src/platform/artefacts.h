// The data files that decide money (wordings, products, tables): built into the program, and
// replaced file by file by a folder that the caller names. Their digests go into quotes and events.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"

namespace anlan::platform {

inline constexpr std::size_t kDataFilesMax = 4'096;  // a data folder of ours has some hundred

struct Artefact {
  std::string path;       // relative to data/, with "/": "wordings/ningbo.toml"
  std::string_view text;  // its bytes; lives as long as the Artefacts it came from
  Digest digest;          // SHA-256 of them
};

class Artefacts {
 public:
  // The embedded files alone.
  Artefacts() = default;
  // The embedded files, with those of `folder` in place of them by path, or beside them. All of the
  // folder is read now, so that every later look-up sees one state. Refuses kDataFolder (no folder,
  // or too many files), kFileUnreadable, kFileTooLarge.
  static Result<Artefacts> with_folder(const std::filesystem::path& folder);

  // These files by path and no others: what an older calculation read.
  static Artefacts only(std::map<std::string, std::string, std::less<>> files);

  std::optional<Artefact> find(std::string_view path) const;
  // The paths that start with `prefix`, sorted by byte.
  std::vector<std::string> list(std::string_view prefix) const;

 private:
  std::map<std::string, std::string, std::less<>> replaced_;
  bool embedded_ = true;  // whether the embedded files stand behind them
};

}  // namespace anlan::platform
