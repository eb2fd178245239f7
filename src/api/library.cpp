#include "api/library.h"

#include <algorithm>
#include <array>

#include "api/refusals.h"
#include "base/node_reader.h"
#include "domain/cover.h"
#include "domain/peril.h"
#include "formats/csv.h"
#include "formats/text.h"
#include "formats/toml.h"
#include "house/refusals.h"
#include "protection/refusals.h"

namespace anlan::api {
namespace {

// The tables of the views whose names a refusal may have to say.
constexpr std::array<std::string_view, 22> kNamesInRefusals{"role",
                                                            "payer",
                                                            "condition",
                                                            "house_kind",
                                                            "command",
                                                            "policy_state",
                                                            "party",
                                                            "decision",
                                                            "ground",
                                                            "claim_state",
                                                            "order_state",
                                                            "group",
                                                            "fact",
                                                            "cause",
                                                            "retention_position",
                                                            "cover_status",
                                                            "clause_kind",
                                                            "quote_state",
                                                            "subjectivity_state",
                                                            "rules_state",
                                                            "cleared_by",
                                                            "matrix"};

// Reads a TOML artefact once into `cache` under its path.
template <class T, class Read>
Result<const T*> cached(std::map<std::string, T>& cache, Library& library, const std::string& path,
                        Read read) {
  const auto found = cache.find(path);
  if (found != cache.end()) return &found->second;
  ANLAN_TRY(const Node tree, library.toml(path));
  ANLAN_TRY(T value, read(tree, path));
  return &cache.emplace(path, std::move(value)).first->second;
}

template <class T, class Read>
Result<const T*> cached(std::optional<T>& cache, Library& library, const std::string& path,
                        Read read) {
  if (!cache) {
    ANLAN_TRY(const Node tree, library.toml(path));
    ANLAN_TRY(T value, read(tree, path));
    cache = std::move(value);
  }
  return &*cache;
}

std::string wording_path(const domain::WordingName& name) {
  return "wordings/" + name.text + ".toml";
}
std::string product_path(const domain::ProductName& name) {
  return "products/" + name.text + ".toml";
}

// The names of the TOML files of a folder of data/, without the folder and the ending.
std::vector<std::string> names_in(const platform::Artefacts& artefacts, const std::string& folder) {
  constexpr std::string_view kEnding = ".toml";
  std::vector<std::string> out;
  for (const std::string& path : artefacts.list(folder)) {
    if (!path.ends_with(kEnding)) continue;
    out.push_back(path.substr(folder.size(), path.size() - folder.size() - kEnding.size()));
  }
  return out;
}

// Tables within tables become keys with dots: [step.sublimit] short = "..." is
// "step.sublimit.short".
void flatten(const Node& node, const std::string& prefix, Texts& texts) {
  for (const Member& member : node.members) {
    const std::string key = prefix.empty() ? member.key : prefix + "." + member.key;
    if (member.value.is_table()) {
      flatten(member.value, key, texts);
    } else {
      texts.by_key[key] = member.value.text;
    }
  }
}

// Findings of a wording name covers and perils by their codes.
template <class Kind>
void add_word(formats::Sentences& sentences, const Kind& kind) {
  sentences.zh.words.emplace(kind.code, kind.zh);
  sentences.en.words.emplace(kind.code, kind.en);
}

}  // namespace

Result<std::string> Library::text(const std::string& path) {
  if (published_rules_ && path == kRulesPath) return *published_rules_;
  const auto artefact = artefacts_.find(path);
  if (artefact) return std::string(artefact->text);
  std::string near = nearest(path, artefacts_.list(path.substr(0, path.find('/') + 1)));
  return Refusal{.code = refusals::kUnknownArtefact,
                 .path = "file",
                 .value = "@" + path,
                 .args = {{.name = "nearest", .value = near.empty() ? near : "@" + near}}};
}

Result<Node> Library::toml(const std::string& path) {
  ANLAN_TRY(const std::string raw, text(path));
  ANLAN_TRY(const std::string decoded, formats::decode_text(bytes_of(raw), path));
  return formats::parse_toml(decoded, path);
}

Result<const underwriting::RuleSet*> Library::rules() {
  return cached(rules_, *this, std::string(kRulesPath),
                [](const Node& tree, const std::string& path) {
                  return underwriting::read_rules(tree, std::string_view(path));
                });
}

std::optional<Digest> Library::published_digest() const {
  if (!published_rules_) return std::nullopt;
  return sha256(bytes_of(*published_rules_));
}

void Library::use_rules(std::optional<std::string> published) {
  if (published == published_rules_) return;
  published_rules_ = std::move(published);
  rules_.reset();
}

Result<Digest> Library::digest(const std::string& path) {
  ANLAN_TRY(const std::string raw, text(path));
  return sha256(bytes_of(raw));
}

Result<Done> Library::check_obligations(const terms::Wording& wording, const std::string& path) {
  if (wording.obligations.empty()) return Done{};
  ANLAN_TRY(const protection::Questionnaire* asked, questionnaire());
  for (std::size_t i = 0; i < wording.obligations.size(); ++i) {
    const std::string& control = wording.obligations[i].control.text;
    if (asked->find(control)) continue;
    std::vector<std::string> known;
    for (const protection::Question& question : asked->questions) {
      known.push_back(question.control.text);
    }
    Refusal refusal{.code = protection::kControlUnknown,
                    .path = "obligations[" + std::to_string(i) + "].control",
                    .value = control,
                    .args = {{.name = "control", .value = control},
                             {.name = "nearest", .value = nearest(control, known)}},
                    .at = {}};
    refusal.at.file = path;
    return refusal;
  }
  return Done{};
}

Result<const terms::Wording*> Library::wording(const domain::WordingName& name) {
  ANLAN_TRY(const terms::Wording* read, cached(wordings_, *this, wording_path(name),
                                               [](const Node& tree, const std::string& path) {
                                                 return terms::read_wording(tree, path);
                                               }));
  ANLAN_REQUIRE(check_obligations(*read, wording_path(name)));
  return read;
}

Result<const terms::Wording*> Library::named_wording(const std::string& name) {
  const std::vector<std::string> known = names_in(artefacts_, "wordings/");
  if (std::find(known.begin(), known.end(), name) != known.end()) return wording({name});
  return Refusal{.code = refusals::kWordingUnknown,
                 .path = "wording",
                 .value = name,
                 .args = {{.name = "nearest", .value = nearest(name, known)}}};
}

std::vector<std::string> Library::script_names() const {
  return names_in(artefacts_, "scenarios/");
}

Result<const terms::Script*> Library::script(const std::string& name) {
  const std::vector<std::string> known = script_names();
  if (std::find(known.begin(), known.end(), name) == known.end()) {
    return Refusal{.code = refusals::kScriptUnknown,
                   .path = "script",
                   .value = name,
                   .args = {{.name = "nearest", .value = nearest(name, known)}}};
  }
  return cached(
      scripts_, *this, "scenarios/" + name + ".toml",
      [](const Node& tree, const std::string& path) { return terms::read_script(tree, path); });
}

Result<Done> Library::check_sold(const std::string& path, const Digest& sold) {
  ANLAN_TRY(const Digest now, digest(path));
  if (now == sold) return Done{};
  return Refusal{.code = refusals::kArtefactChanged,
                 .path = path,
                 .value = short_hex(now),
                 .args = {{.name = "sold", .value = short_hex(sold)}}};
}

Result<const terms::Wording*> Library::wording(const domain::WordingName& name,
                                               const Digest& sold) {
  ANLAN_REQUIRE(check_sold(wording_path(name), sold));
  return wording(name);
}

Result<const underwriting::Product*> Library::product(const domain::ProductName& name,
                                                      const Digest& sold) {
  ANLAN_REQUIRE(check_sold(product_path(name), sold));
  return product(name);
}

Result<Digest> Library::wording_digest(const domain::WordingName& name) {
  return digest(wording_path(name));
}

Result<const underwriting::Product*> Library::product(const domain::ProductName& name) {
  // Who names a product that nobody sells typed a name, not a file.
  if (!artefacts_.find(product_path(name))) {
    const std::vector<std::string> known = names_in(artefacts_, "products/");
    return Refusal{.code = refusals::kInsuranceProductUnknown,
                   .path = "product",
                   .value = name.text,
                   .args = {{.name = "nearest", .value = nearest(name.text, known)}}};
  }
  return cached(products_, *this, product_path(name),
                [](const Node& tree, const std::string& path) {
                  return underwriting::read_product(tree, path);
                });
}

Result<const terms::Wording*> Library::wording_of(const underwriting::Product& product) {
  ANLAN_TRY(const terms::Wording* found, wording(product.wording));
  ANLAN_REQUIRE(underwriting::check_currency(product, found->terms));
  return found;
}

Result<Digest> Library::product_digest(const domain::ProductName& name) {
  return digest(product_path(name));
}

Result<const underwriting::SubsidyScheme*> Library::scheme(const domain::SchemeName& name) {
  return cached(schemes_, *this, "policy_instruments/" + name.text + ".toml",
                [](const Node& tree, const std::string& path) {
                  return underwriting::read_subsidy_scheme(tree, path);
                });
}

Result<const underwriting::InstrumentScheme*> Library::instrument(const domain::SchemeName& name) {
  return cached(instruments_, *this, "policy_instruments/" + name.text + ".toml",
                [](const Node& tree, const std::string& path) {
                  return underwriting::read_instrument(tree, path);
                });
}

// A file that cannot be read is named among both, so that whoever asks for it is told why.
std::vector<std::string> Library::names_of_instruments(bool with_kind) {
  const std::string folder = "policy_instruments/";
  const std::string ending = ".toml";
  std::vector<std::string> names;
  for (const std::string& path : artefacts_.list(folder)) {
    if (!path.ends_with(ending)) continue;
    const auto tree = toml(path);
    if (tree.ok() && (tree->find("kind") != nullptr) != with_kind) continue;
    names.push_back(path.substr(folder.size(), path.size() - folder.size() - ending.size()));
  }
  return names;
}

std::vector<std::string> Library::scheme_names() { return names_of_instruments(false); }
std::vector<std::string> Library::instrument_names() { return names_of_instruments(true); }

Result<const underwriting::ChargeFile*> Library::charges() {
  ANLAN_TRY(const underwriting::PriceLoads* price_loads, loads());
  return cached(charges_, *this, "pricing/charges.toml",
                [&](const Node& tree, const std::string& path) {
                  return underwriting::read_charge_file(tree, *price_loads, path);
                });
}

Result<const underwriting::PriceLoads*> Library::loads() {
  return cached(loads_, *this, "pricing/loads.toml", [](const Node& tree, const std::string& path) {
    return underwriting::read_price_loads(tree, path);
  });
}

Result<const underwriting::Inference*> Library::inference() {
  return cached(inference_, *this, "pricing/inference.toml",
                [](const Node& tree, const std::string& path) {
                  return underwriting::read_inference(tree, path);
                });
}

Result<Node> Library::questions() {
  const std::string path = "controls.csv";
  ANLAN_TRY(const std::string raw, text(path));
  ANLAN_TRY(const std::string decoded, formats::decode_text(bytes_of(raw), path));
  const auto columns = protection::questionnaire_columns();
  return formats::csv_to_node(decoded, path, {.required = {columns.begin(), columns.end()}});
}

Result<const protection::Questionnaire*> Library::questionnaire() {
  if (!questionnaire_) {
    ANLAN_TRY(const Node rows, questions());
    ANLAN_TRY(const Digest version, digest("controls.csv"));
    ANLAN_TRY(questionnaire_, protection::read_questionnaire(rows, "controls.csv", version));
  }
  return &*questionnaire_;
}

Result<const protection::AnswerTable*> Library::answer_table() {
  if (!answer_table_) {
    ANLAN_TRY(const protection::Questionnaire* asked, questionnaire());
    ANLAN_TRY(const Node answers, toml("hazard/answers.toml"));
    ANLAN_TRY(const Node controls, toml("hazard/controls.toml"));
    ANLAN_TRY(answer_table_,
              protection::read_answer_table({.answers = answers, .controls = controls}, *asked));
  }
  return &*answer_table_;
}

Result<const engine::Calibration*> Library::calibration() {
  if (!calibration_) {
    const std::string path = "hazard/calibration.toml";
    ANLAN_TRY(const engine::Hazard* held, hazard());
    ANLAN_TRY(const Node tree, toml(path));
    ANLAN_TRY(calibration_, engine::read_calibration(tree, path, *held));
  }
  return &*calibration_;
}

Result<const engine::Backtests*> Library::backtests() {
  if (!backtests_) {
    const std::string path = "hazard/backtests.toml";
    ANLAN_TRY(const engine::Hazard* held, hazard());
    ANLAN_TRY(const Node tree, toml(path));
    ANLAN_TRY(backtests_, engine::read_backtests(tree, path, *held));
  }
  return &*backtests_;
}

Result<const protection::Catalogue*> Library::catalogue() {
  if (!catalogue_) {
    ANLAN_TRY(const protection::Questionnaire* asked, questionnaire());
    ANLAN_TRY(const Node products, toml("catalogue/products.toml"));
    ANLAN_TRY(const Node packages, toml("catalogue/packages.toml"));
    ANLAN_TRY(const std::string first, text("catalogue/products.toml"));
    ANLAN_TRY(const std::string second, text("catalogue/packages.toml"));
    const Digest both = sha256(bytes_of(first + second));
    ANLAN_TRY(catalogue_,
              protection::read_catalogue(
                  {.products = products, .packages = packages, .digest = both}, *asked));
  }
  return &*catalogue_;
}

Result<const engine::Hazard*> Library::hazard() {
  if (!hazard_) {
    ANLAN_TRY(const Node perils, toml("hazard/perils.toml"));
    ANLAN_TRY(const Node controls, toml("hazard/controls.toml"));
    ANLAN_TRY(const Node vectors, toml("hazard/vectors.toml"));
    ANLAN_TRY(const Node asked, questions());
    engine::HazardFiles files{.perils = {.root = &perils, .name = "hazard/perils.toml"},
                              .controls = {.root = &controls, .name = "hazard/controls.toml"},
                              .vectors = {.root = &vectors, .name = "hazard/vectors.toml"},
                              .questions = {.root = &asked, .name = "controls.csv"}};
    for (engine::HazardFile* file :
         {&files.perils, &files.controls, &files.vectors, &files.questions}) {
      ANLAN_TRY(file->digest, digest(std::string(file->name)));
    }
    ANLAN_TRY(hazard_, engine::read_hazard(files));
  }
  return &*hazard_;
}

Result<underwriting::QuoteDigests> Library::quote_digests(const underwriting::Product& product) {
  underwriting::QuoteDigests digests;
  ANLAN_TRY(digests.product, product_digest(product.id));
  ANLAN_TRY(digests.wording, wording_digest(product.wording));
  ANLAN_TRY(digests.rules, digest(std::string(kRulesPath)));
  underwriting::PricingFiles files;
  ANLAN_TRY(files.loads, digest("pricing/loads.toml"));
  ANLAN_TRY(files.inference, digest("pricing/inference.toml"));
  if (product.scheme.exists()) {
    ANLAN_TRY(files.scheme, digest("policy_instruments/" + product.scheme.text + ".toml"));
  }
  digests.pricing = underwriting::pricing_artefact(files);
  return digests;
}

Result<const claims::WorkCalendar*> Library::work_calendar() {
  if (!work_calendar_) {
    std::vector<claims::WorkCalendar> years;
    for (const std::string& path : artefacts_.list("holidays/")) {
      ANLAN_TRY(const Node tree, toml(path));
      ANLAN_TRY(claims::WorkCalendar year, claims::read_work_calendar(tree, path));
      years.push_back(std::move(year));
    }
    work_calendar_ = claims::joined(std::move(years));
  }
  return &*work_calendar_;
}

Result<const formats::Sentences*> Library::sentences() {
  if (!sentences_) {
    ANLAN_TRY(const Node zh, toml("locales/zh.toml"));
    ANLAN_TRY(const Node en, toml("locales/en.toml"));
    ANLAN_TRY(const Node zh_views, toml("locales/zh_views.toml"));
    ANLAN_TRY(const Node en_views, toml("locales/en_views.toml"));
    sentences_ = formats::load_sentences(zh, en);
    formats::add_names(sentences_->zh, zh, kNamesInRefusals);
    formats::add_names(sentences_->en, en, kNamesInRefusals);
    formats::add_names(sentences_->zh, zh_views, kNamesInRefusals);
    formats::add_names(sentences_->en, en_views, kNamesInRefusals);
    for (const domain::CoverKind& kind : domain::cover_kinds()) add_word(*sentences_, kind);
    for (const domain::CoverKind& kind : domain::sub_heads()) add_word(*sentences_, kind);
    for (const domain::PerilKind& kind : domain::peril_kinds()) add_word(*sentences_, kind);
  }
  return &*sentences_;
}

Result<Texts> Library::texts(Lang lang) {
  const std::string name(name_of(lang));
  Texts texts;
  for (const std::string& path : {"locales/" + name + ".toml", "locales/" + name + "_views.toml"}) {
    ANLAN_TRY(const Node tree, toml(path));
    flatten(tree, "", texts);
  }
  return texts;
}

}  // namespace anlan::api
