#pragma once

// The files of data/, built into the program so that it needs no folder beside it.

#include <cstddef>
#include <span>
#include <string_view>

namespace anlan::platform {

// One embedded file. Both views live as long as the program.
struct EmbeddedFile {
  std::string_view path;             // relative to data/, with "/": "wordings/ningbo.toml"
  std::span<const std::byte> bytes;  // exactly the bytes of the file; may be empty
};

// All embedded files, sorted by path (byte order). Empty when the tree has no data/ folder. O(1).
std::span<const EmbeddedFile> embedded_files();

}  // namespace anlan::platform
