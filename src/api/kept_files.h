// Kept files: the data files behind a price stay with the house, each under its SHA-256, so that
// the price can be calculated again when the files of the program have changed. A quote names their
// list by one digest.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/session.h"
#include "base/result.h"
#include "base/sha256.h"
#include "domain/kept_file.h"
#include "house/ports.h"
#include "underwriting/product.h"

namespace anlan::api {

using domain::KeptFile;

// Every file that a price of this product reads, by path. Refuses kUnknownArtefact.
Result<std::vector<KeptFile>> pricing_files(Library& library, const underwriting::Product& product);
// What a quote names them by: SHA-256 of their canonical bytes.
Digest digest_of(const std::vector<KeptFile>& files);

// Puts the files that a price of this product reads, and their list, into the house's blobs; what
// this session has put there before is not looked for again. Refuses as pricing_files and
// Blobs::put.
Result<Done> keep_files(Session& session, const underwriting::Product& product);
// The list that this digest names. Refuses kQuoteInputsMissing (args file), and what Blobs::find
// refuses.
Result<std::vector<KeptFile>> kept_list(house::Blobs& blobs, const Digest& list);
// A library of these files and no others. Refuses as kept_list.
Result<Library> library_of(house::Blobs& blobs, const std::vector<KeptFile>& files);

// A kept file that the library of today no longer has, or has with other bytes.
struct ChangedFile {
  std::string path;
  Digest kept;
  std::optional<Digest> today;
};
std::vector<ChangedFile> changed_files(const std::vector<KeptFile>& kept, Library& today);

}  // namespace anlan::api
