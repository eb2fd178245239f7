#include "api/wording_source.h"

#include "formats/toml.h"

namespace anlan::api {
namespace {

constexpr std::string_view kFolder = "wordings/";
constexpr std::string_view kEnding = ".toml";

bool is_file(std::string_view typed) {
  return typed == "-" || typed.starts_with("@") ||
         typed.find_first_of("./\\") != std::string_view::npos;
}

}  // namespace

std::vector<std::string> wording_names(Session& session) {
  std::vector<std::string> names;
  for (const std::string& path : session.library().artefacts().list(kFolder)) {
    if (!path.ends_with(kEnding)) continue;
    names.push_back(path.substr(kFolder.size(), path.size() - kFolder.size() - kEnding.size()));
  }
  return names;
}

Result<WordingSource> find_wording(Session& session, const std::string& typed) {
  WordingSource source{.file = typed};
  if (is_file(typed)) {
    ANLAN_TRY(source.text, session.read_text(typed));
    return source;
  }
  source.file = std::string(kFolder) + typed + std::string(kEnding);
  source.in_library = true;
  ANLAN_TRY(source.text, session.read_text("@" + source.file));
  return source;
}

ReadWording read_wording(Session& session, WordingSource source) {
  ReadWording read{.source = std::move(source)};
  Result<Node> tree = formats::parse_toml(read.source.text, read.source.file);
  if (!tree.ok()) {
    read.refusals.push_back(tree.refusal());
    return read;
  }
  read.tree = std::move(tree).value();
  ReadReport report(read.source.file, ReadReport::Keeping::kAll);
  terms::Wording wording = terms::read_wording(read.tree, report);
  if (report.refused()) {
    read.refusals = report.in_file_order();
    return read;
  }
  const Result<Done> asked = session.library().check_obligations(wording, read.source.file);
  if (!asked.ok()) {
    Refusal refusal = asked.refusal();
    const Place place = terms::place_of(read.tree, refusal.path);
    refusal.at.line = place.line;
    refusal.at.column = place.column;
    read.refusals.push_back(std::move(refusal));
    return read;
  }
  read.wording = std::move(wording);
  return read;
}

Result<const terms::Wording*> usable_wording(Session& session, const std::string& typed,
                                             std::deque<terms::Wording>& kept) {
  if (!is_file(typed)) return session.library().named_wording(typed);
  ANLAN_TRY(WordingSource source, find_wording(session, typed));
  ReadWording read = read_wording(session, std::move(source));
  if (!read.wording) return read.refusals.front();
  return &kept.emplace_back(std::move(*read.wording));
}

std::vector<terms::FiledProduct> products_of(Session& session, const domain::WordingName& name) {
  constexpr std::string_view kProducts = "products/";
  std::vector<terms::FiledProduct> products;
  for (const std::string& path : session.library().artefacts().list(kProducts)) {
    if (!path.ends_with(kEnding)) continue;
    const std::string id =
        path.substr(kProducts.size(), path.size() - kProducts.size() - kEnding.size());
    const auto product = session.library().product({id});
    if (!product.ok() || (*product)->wording != name) continue;
    products.push_back(
        {.id = id, .registration = (*product)->registration, .currency = (*product)->currency});
  }
  return products;
}

}  // namespace anlan::api
