#include "api/kept_files.h"

#include <algorithm>

#include "api/refusals.h"
#include "base/codec.h"

namespace anlan::api {
namespace {

Bytes bytes_of_list(const std::vector<KeptFile>& files) {
  ByteWriter out;
  encode(out, files);
  return out.bytes();
}

Refusal not_kept(const Digest& digest, std::string file) {
  return Refusal{.code = refusals::kQuoteInputsMissing,
                 .path = "quote",
                 .value = short_hex(digest),
                 .args = {{.name = "file", .value = std::move(file)}}};
}

}  // namespace

Result<std::vector<KeptFile>> pricing_files(Library& library,
                                            const underwriting::Product& product) {
  std::vector<std::string> paths = {
      "controls.csv",          "hazard/answers.toml",
      "hazard/controls.toml",  "hazard/perils.toml",
      "hazard/vectors.toml",   "pricing/inference.toml",
      "pricing/loads.toml",    "products/" + product.id.text + ".toml",
      std::string(kRulesPath), "wordings/" + product.wording.text + ".toml"};
  if (product.scheme.exists()) {
    paths.push_back("policy_instruments/" + product.scheme.text + ".toml");
  }
  std::sort(paths.begin(), paths.end());
  std::vector<KeptFile> files;
  for (const std::string& path : paths) {
    ANLAN_TRY(const Digest digest, library.digest(path));
    files.push_back({.path = path, .digest = digest});
  }
  return files;
}

Digest digest_of(const std::vector<KeptFile>& files) { return sha256(bytes_of_list(files)); }

Result<Done> keep_files(Session& session, const underwriting::Product& product) {
  ANLAN_TRY(const std::vector<KeptFile> files, pricing_files(session.library(), product));
  const Digest list = digest_of(files);
  if (session.kept_lists().contains(list)) return Done{};
  for (const KeptFile& file : files) {
    ANLAN_TRY(const std::string text, session.library().text(file.path));
    ANLAN_REQUIRE(session.keep(bytes_of(text)));
  }
  ANLAN_REQUIRE(session.keep(bytes_of_list(files)));
  if (!session.options().rehearse) session.kept_lists().insert(list);
  return Done{};
}

Result<std::vector<KeptFile>> kept_list(house::Blobs& blobs, const Digest& list) {
  ANLAN_TRY(const std::optional<Bytes> found, blobs.find(list));
  if (!found) return not_kept(list, "list");
  auto files = decoded<std::vector<KeptFile>>(*found);
  if (!files) return not_kept(list, "list");
  return std::move(*files);
}

Result<Library> library_of(house::Blobs& blobs, const std::vector<KeptFile>& files) {
  std::map<std::string, std::string, std::less<>> texts;
  for (const KeptFile& file : files) {
    ANLAN_TRY(const std::optional<Bytes> bytes, blobs.find(file.digest));
    if (!bytes) return not_kept(file.digest, file.path);
    texts.emplace(file.path,
                  std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size()));
  }
  return Library(platform::Artefacts::only(std::move(texts)));
}

std::vector<ChangedFile> changed_files(const std::vector<KeptFile>& kept, Library& today) {
  std::vector<ChangedFile> out;
  for (const KeptFile& file : kept) {
    const Result<Digest> digest = today.digest(file.path);
    if (digest.ok() && *digest == file.digest) continue;
    out.push_back({.path = file.path,
                   .kept = file.digest,
                   .today = digest.ok() ? std::optional(*digest) : std::nullopt});
  }
  return out;
}

}  // namespace anlan::api
