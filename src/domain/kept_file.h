// Kept file: one data file behind a price, as the house keeps it under its SHA-256. A quote names
// the list of its files by one digest (QuoteBasis::files): that of the list's canonical bytes.
#pragma once

#include <string>

#include "base/fields.h"
#include "base/sha256.h"

namespace anlan::domain {

struct KeptFile {
  std::string path;  // relative to data/
  Digest digest;
  bool operator==(const KeptFile&) const = default;
  template <class E = KeptFile>
  static constexpr auto fields() {
    return std::tuple{field("path", &E::path), field("digest", &E::digest)};
  }
};

}  // namespace anlan::domain
