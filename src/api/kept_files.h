// Kept files: the data files behind a price stay with the house, each under its SHA-256, so that
// the price can be calculated again when the files of the program have changed. A quote names their
// list by one digest.
#pragma once

#include <string>
#include <vector>

#include "api/library.h"
#include "base/fields.h"
#include "base/result.h"
#include "base/sha256.h"
#include "house/ports.h"
#include "underwriting/product.h"

namespace anlan::api {

struct KeptFile {
  std::string path;  // relative to data/
  Digest digest;
  bool operator==(const KeptFile&) const = default;
  static constexpr auto fields() {
    return std::tuple{field("path", &KeptFile::path), field("digest", &KeptFile::digest)};
  }
};

// Every file that a price of this product reads, by path. Refuses kUnknownArtefact.
Result<std::vector<KeptFile>> pricing_files(Library& library, const underwriting::Product& product);
// What a quote names them by: SHA-256 of their canonical bytes.
Digest digest_of(const std::vector<KeptFile>& files);

// Puts the files and their list into the house's blobs; what is there already is left alone.
// Refuses what Blobs::put refuses.
Result<Done> keep_files(Library& library, house::Blobs& blobs, const std::vector<KeptFile>& files);
// A library of these files and no others. Refuses kQuoteInputsMissing (a file or the list is not
// kept, args file), and what Blobs::find refuses.
Result<Library> library_of(house::Blobs& blobs, const Digest& list);

}  // namespace anlan::api
