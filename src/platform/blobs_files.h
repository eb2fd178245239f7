// Blobs as files named by the SHA-256 of their bytes: blobs/ab/cdef....
#pragma once

#include <filesystem>
#include <vector>

#include "house/ports.h"

namespace anlan::platform {

inline constexpr std::size_t kBlobBytesMax = std::size_t{64} << 20;  // read and hashed in memory

class FileBlobs final : public house::Blobs {
 public:
  explicit FileBlobs(std::filesystem::path folder) : folder_(std::move(folder)) {}
  // Durable when it returns: written beside, flushed, renamed, folder flushed. The same bytes are
  // stored once. Refuses kBlobTooLarge (args limit), kDiskFull, kFileNotWritten.
  Result<Digest> put(BytesView bytes) override;
  // Refuses kBlobDamaged when the file is not what its name says, kFileUnreadable.
  Result<std::optional<Bytes>> find(const Digest& digest) override;
  // Every blob, sorted. Refuses kBlobDamaged for a file that is no blob.
  Result<std::vector<Digest>> all() const;

 private:
  std::filesystem::path path_of(const Digest& digest) const;
  std::filesystem::path folder_;
};

}  // namespace anlan::platform
