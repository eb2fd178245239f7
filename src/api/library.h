// Library: the artefacts of data/ as typed values, read once, each with the hash that enters
// quotes.
//
// A file given with --data replaces the embedded one of the same path. An artefact with an error is
// refused with file, line, column and key when it is first asked for.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/scenario_tables.h"
#include "base/node.h"
#include "base/result.h"
#include "base/sha256.h"
#include "base/texts.h"
#include "claims/work_calendar.h"
#include "engine/backtests.h"
#include "engine/calibration.h"
#include "engine/hazard.h"
#include "formats/refusal_text.h"
#include "platform/artefacts.h"
#include "protection/answer_table.h"
#include "protection/catalogue.h"
#include "protection/questionnaire.h"
#include "terms/script.h"
#include "terms/wording.h"
#include "underwriting/charge_file.h"
#include "underwriting/inference.h"
#include "underwriting/instrument.h"
#include "underwriting/loads.h"
#include "underwriting/product.h"
#include "underwriting/quote.h"
#include "underwriting/rules.h"
#include "underwriting/subsidy.h"

namespace anlan::api {

inline constexpr std::string_view kRulesPath = "rules/house.toml";

class Library {
 public:
  explicit Library(platform::Artefacts artefacts)
      : Library(std::move(artefacts), std::make_shared<ScenarioTables>()) {}
  // With the tables of other libraries that were made from the same artefacts.
  Library(platform::Artefacts artefacts, std::shared_ptr<ScenarioTables> tables)
      : artefacts_(std::move(artefacts)), tables_(std::move(tables)) {}

  const platform::Artefacts& artefacts() const { return artefacts_; }
  Result<std::string> text(const std::string& path);  // refuses kUnknownArtefact
  Result<Node> toml(const std::string& path);
  Result<Digest> digest(const std::string& path);

  Result<const terms::Wording*> wording(const domain::WordingName& name);
  // The same, refused (kArtefactChanged) when the file is no longer the one that was sold.
  Result<const terms::Wording*> wording(const domain::WordingName& name, const Digest& sold);
  // A wording that somebody typed: refuses kWordingUnknown (args nearest) where there is none.
  Result<const terms::Wording*> named_wording(const std::string& name);
  // A named incident of data/scenarios; refuses kScriptUnknown (args nearest).
  Result<const terms::Script*> script(const std::string& name);
  std::vector<std::string> script_names() const;  // sorted
  // A control that nobody asks for would never lapse: refuses protection's kControlUnknown.
  Result<Done> check_obligations(const terms::Wording& wording, const std::string& path);
  Result<Digest> wording_digest(const domain::WordingName& name);
  Result<const underwriting::Product*> product(const domain::ProductName& name);
  // The same, refused (kArtefactChanged) when the file is no longer the one that was sold.
  Result<const underwriting::Product*> product(const domain::ProductName& name, const Digest& sold);
  // The wording of a product, as it stands now: refuses underwriting's kProductCurrency.
  Result<const terms::Wording*> wording_of(const underwriting::Product& product);
  Result<Digest> product_digest(const domain::ProductName& name);
  Result<const underwriting::SubsidyScheme*> scheme(const domain::SchemeName& name);
  Result<const underwriting::InstrumentScheme*> instrument(const domain::SchemeName& name);
  // Of data/policy_instruments, sorted: the premium subsidies, and those with a kind.
  std::vector<std::string> scheme_names();
  std::vector<std::string> instrument_names();
  Result<const underwriting::PriceLoads*> loads();
  Result<const underwriting::ChargeFile*> charges();
  Result<const underwriting::Inference*> inference();
  Result<const engine::Hazard*> hazard();
  ScenarioTables& tables() { return *tables_; }  // of hazard()
  Result<const engine::Calibration*> calibration();
  Result<const engine::Backtests*> backtests();
  Result<const protection::Catalogue*> catalogue();
  Result<const protection::Questionnaire*> questionnaire();
  Result<const protection::AnswerTable*> answer_table();
  // The rules that judge a quote: those that the house published, once use_rules took their text in
  // the place of kRulesPath, else those of the program.
  Result<const underwriting::RuleSet*> rules();
  void use_rules(std::optional<std::string> published);
  // Of the text that use_rules took.
  std::optional<Digest> published_digest() const;
  // Digests of the files that a price of this product reads; the inputs are the house's to fill in.
  Result<underwriting::QuoteDigests> quote_digests(const underwriting::Product& product);
  // The years of data/holidays, joined.
  Result<const claims::WorkCalendar*> work_calendar();
  Result<const formats::Sentences*> sentences();
  Result<Texts> texts(Lang lang);

 private:
  Result<Done> check_sold(const std::string& path, const Digest& sold);
  Result<Node> questions();  // data/controls.csv as rows
  platform::Artefacts artefacts_;
  std::shared_ptr<ScenarioTables> tables_;
  std::map<std::string, terms::Wording> wordings_;
  std::map<std::string, terms::Script> scripts_;
  std::map<std::string, underwriting::Product> products_;
  std::map<std::string, underwriting::SubsidyScheme> schemes_;
  std::vector<std::string> names_of_instruments(bool with_kind);
  std::map<std::string, underwriting::InstrumentScheme> instruments_;
  std::optional<underwriting::PriceLoads> loads_;
  std::optional<underwriting::RuleSet> rules_;
  std::optional<std::string> published_rules_;
  std::optional<underwriting::ChargeFile> charges_;
  std::optional<underwriting::Inference> inference_;
  std::optional<engine::Hazard> hazard_;
  std::optional<engine::Calibration> calibration_;
  std::optional<engine::Backtests> backtests_;
  std::optional<protection::Catalogue> catalogue_;
  std::optional<protection::Questionnaire> questionnaire_;
  std::optional<protection::AnswerTable> answer_table_;
  std::optional<claims::WorkCalendar> work_calendar_;
  std::optional<formats::Sentences> sentences_;
};

}  // namespace anlan::api
