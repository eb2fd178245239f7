// What is said to people, on the files as they are shipped: every refusal has its rule and its fix
// in both languages, both languages say the same things, and every key that code names exists.
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <span>

#include <doctest/doctest.h>

#include "api/access_refusals.h"
#include "api/door_refusals.h"
#include "api/help.h"
#include "api/library.h"
#include "api/machine_refusals.h"
#include "api/offer_refusals.h"
#include "api/operation.h"
#include "api/payment_refusals.h"
#include "api/refusals.h"
#include "api/statement_refusals.h"
#include "api/webhook_refusals.h"
#include "base/refusals.h"
#include "claims/refusals.h"
#include "domain/claim.h"
#include "domain/enterprise.h"
#include "domain/event.h"
#include "domain/input_refusals.h"
#include "domain/party.h"
#include "domain/policy.h"
#include "domain/posting.h"
#include "domain/protection.h"
#include "domain/quote.h"
#include "domain/refusals.h"
#include "engine/refusals.h"
#include "formats/refusals.h"
#include "formats/security_refusals.h"
#include "formats/telemetry_refusals.h"
#include "house/command.h"
#include "house/journal_refusals.h"
#include "house/refusals.h"
#include "ledger/refusals.h"
#include "platform/access_refusals.h"
#include "platform/payment_refusals.h"
#include "platform/refusals.h"
#include "platform/share_refusals.h"
#include "platform/telemetry_refusals.h"
#include "platform/webhook_refusals.h"
#include "protection/refusals.h"
#include "terms/refusals.h"
#include "underwriting/cancel.h"
#include "underwriting/explanation.h"
#include "underwriting/reason.h"
#include "underwriting/refusals.h"

namespace anlan::api {
namespace {

struct ModuleCodes {
  std::string_view module;
  std::span<const RefusalCode> codes;
  int first;  // the reserved range of base/result.h
  int last;
};

const std::vector<ModuleCodes>& modules() {
  static const std::vector<ModuleCodes> kModules{
      {"base", anlan::refusals::kBase, 100, 299},
      {"formats", formats::refusals::kFormats, 300, 349},
      {"formats", formats::refusals::kSecurity, 350, 359},
      {"formats", formats::refusals::kTelemetry, 360, 379},
      {"domain", domain::kRefusals, 500, 539},
      {"domain", domain::kInputRefusals, 540, 999},
      {"terms", terms::refusals::kRefusals, 1000, 1999},
      {"ledger", ledger::refusals::kRefusals, 2000, 2999},
      {"engine", engine::refusals::kRefusals, 3000, 3999},
      {"underwriting", underwriting::refusals::kUnderwriting, 4000, 4999},
      {"protection", protection::kRefusals, 5000, 5999},
      {"claims", claims::refusals::kRefusals, 6000, 6999},
      {"house", house::refusals::kHouse, 7000, 7899},
      {"house", house::refusals::kJournal, 7900, 7999},
      {"platform", platform::refusals::kPlatform, 8000, 8999},
      {"platform", platform::refusals::kAccess, 8120, 8149},
      {"platform", platform::refusals::kWebhook, 8100, 8119},
      {"platform", platform::refusals::kTelemetryStore, 8170, 8189},
      {"platform", platform::refusals::kPayment, 8190, 8199},
      {"platform", platform::refusals::kShare, 8800, 8809},
      {"api", refusals::kApi, 9000, 9999},
      {"api", refusals::kAccess, 9230, 9249},
      {"api", refusals::kWebhook, 9220, 9229},
      {"api", refusals::kStatement, 9300, 9309},
      {"api", refusals::kPayment, 9310, 9319},
      {"api", refusals::kOffer, 9360, 9369},
      {"api", refusals::kMachine, 9340, 9349},
      {"api", refusals::kDoors, 9270, 9289},
  };
  return kModules;
}

using Said = std::map<std::string, std::string>;  // key with dots to text

void flatten(const Node& node, const std::string& prefix, Said& said,
             std::vector<std::string>& twice) {
  for (const Member& member : node.members) {
    const std::string key = prefix.empty() ? member.key : prefix + "." + member.key;
    if (member.value.is_table()) {
      flatten(member.value, key, said, twice);
    } else if (!said.emplace(key, member.value.text).second) {
      twice.push_back(key);
    }
  }
}

struct Language {
  Said said;
  std::vector<std::string> twice;  // keys that stand in both files
};

Language shipped(Lang lang) {
  Library library{platform::Artefacts()};
  Language out;
  for (const std::string ending : {".toml", "_views.toml"}) {
    const std::string path = "locales/" + std::string(name_of(lang)) + ending;
    const auto tree = library.toml(path);
    REQUIRE_MESSAGE(tree.ok(), path);
    flatten(*tree, "", out.said, out.twice);
  }
  return out;
}

const Language& of(Lang lang) {
  static const Language kZh = shipped(Lang::kZh);
  static const Language kEn = shipped(Lang::kEn);
  return lang == Lang::kZh ? kZh : kEn;
}

constexpr std::array kLanguages{Lang::kZh, Lang::kEn};

TEST_CASE("locales: every refusal code has a rule and a fix in both languages") {
  for (const ModuleCodes& module : modules()) {
    for (const RefusalCode& code : module.codes) {
      for (const Lang lang : kLanguages) {
        for (const std::string part : {".rule", ".fix"}) {
          const std::string key = std::string(code.name) + part;
          const auto found = of(lang).said.find(key);
          CHECK_MESSAGE((found != of(lang).said.end() && !found->second.empty()), name_of(lang),
                        " says nothing for ", key, " of ", module.module);
        }
      }
    }
  }
}

TEST_CASE(
    "refusal codes: numbers and names are unique and numbers rise within the module's range") {
  std::map<int, std::string_view> numbers;
  std::set<std::string_view> names;
  for (const ModuleCodes& module : modules()) {
    int before = module.first;
    for (const RefusalCode& code : module.codes) {
      CAPTURE(code.name);
      CHECK(code.number > before - (before == module.first ? 1 : 0));
      CHECK(code.number <= module.last);
      CHECK(numbers.emplace(code.number, code.name).second);
      CHECK(names.insert(code.name).second);
      before = code.number;
    }
  }
}

// Words of a language are looked up by the English word itself, which therefore needs no entry.
bool is_word(const std::string& key) { return key.starts_with("words."); }

TEST_CASE("locales: both languages have the same keys, and no key stands in two files") {
  const auto missing = [](Lang from, Lang in) {
    std::string list;
    for (const auto& [key, text] : of(from).said) {
      if (!is_word(key) && !of(in).said.contains(key)) list += key + " ";
    }
    return list;
  };
  CHECK(missing(Lang::kZh, Lang::kEn) == "");
  CHECK(missing(Lang::kEn, Lang::kZh) == "");
  for (const auto& [key, text] : of(Lang::kEn).said) {
    if (is_word(key)) CHECK_MESSAGE(of(Lang::kZh).said.contains(key), key);
  }
  for (const Lang lang : kLanguages) {
    for (const std::string& key : of(lang).twice) FAIL_CHECK(name_of(lang), " twice: ", key);
  }
}

std::set<std::string> arguments_of(const std::string& text) {
  static const std::regex kArgument(R"(\{[@?#]?(\w+))");
  std::set<std::string> names;
  for (auto i = std::sregex_iterator(text.begin(), text.end(), kArgument);
       i != std::sregex_iterator(); ++i) {
    names.insert((*i)[1]);
  }
  return names;
}

TEST_CASE("locales: a sentence takes the same arguments in both languages, and no text is empty") {
  for (const auto& [key, zh] : of(Lang::kZh).said) {
    CAPTURE(key);
    CHECK(!zh.empty());
    const auto en = of(Lang::kEn).said.find(key);
    if (en == of(Lang::kEn).said.end()) continue;
    CHECK(!en->second.empty());
    CHECK(arguments_of(zh) == arguments_of(en->second));
  }
}

std::string without_names(std::string text) {
  static const std::regex kArgument(R"(\{[@?#]?\w+:?|\})");
  return std::regex_replace(text, kArgument, "");
}

bool has_chinese(const std::string& text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (static_cast<unsigned char>(c) & 0xF0) == 0xE0; });
}

TEST_CASE("locales: the English texts hold no Chinese, and the Chinese rules are in Chinese") {
  for (const auto& [key, text] : of(Lang::kEn).said) {
    const bool chinese = std::regex_search(text, std::regex("[\xE4-\xE9][\x80-\xBF][\x80-\xBF]"));
    CHECK_MESSAGE(!chinese, key, ": ", text);
  }
  for (const auto& [key, text] : of(Lang::kZh).said) {
    if (!key.ends_with(".rule") && !key.ends_with(".fix")) continue;
    CHECK_MESSAGE(has_chinese(without_names(text)), key, ": ", text);
  }
}

// ---- keys that code names

struct Source {
  std::string path;
  std::string text;
};

std::vector<Source> sources() {
  std::vector<Source> out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(ANLAN_SOURCE_DIR "/src")) {
    const std::string path = entry.path().string();
    const bool code = path.ends_with(".cpp") || path.ends_with(".h");
    if (!code || path.ends_with("_test.cpp") || path.ends_with("_test.h")) continue;
    std::ifstream file(path, std::ios::binary);
    out.push_back({path, {std::istreambuf_iterator<char>(file), {}}});
  }
  return out;
}

template <class Use>
void each_match(const Source& source, const std::regex& pattern, Use use) {
  for (auto i = std::sregex_iterator(source.text.begin(), source.text.end(), pattern);
       i != std::sregex_iterator(); ++i) {
    use(*i);
  }
}

TEST_CASE("locales: every key that code says literally exists, every group has keys") {
  static const std::regex kWhole(R"re(\bsay\(\s*"([^"]+)"\s*[,)])re");
  static const std::regex kChoice(R"re(\bsay\([^"();]*\?\s*"([^"]+)"\s*:\s*"([^"]+)")re");
  static const std::regex kLetter(R"re(\bsay\(input,\s*"([^"]+)"\s*[,)])re");
  static const std::regex kGroup(
      R"re(\bsay\(\s*"([a-z_]+\.)"\s*\+|\bword\(session,\s*"([a-z_]+)")re");
  const Said& said = of(Lang::kEn).said;
  int found = 0;
  const auto needs = [&](const Source& source, const std::string& key) {
    ++found;
    CHECK_MESSAGE(said.contains(key), source.path, " says ", key);
  };
  for (const Source& source : sources()) {
    each_match(source, kWhole, [&](const std::smatch& m) { needs(source, m[1]); });
    each_match(source, kChoice, [&](const std::smatch& m) {
      // The letter says its keys within its own group.
      const std::string group = source.path.ends_with("claims/letter.cpp") ? "letter." : "";
      needs(source, group + m[1].str());
      needs(source, group + m[2].str());
    });
    each_match(source, kLetter,
               [&](const std::smatch& m) { needs(source, "letter." + m[1].str()); });
    each_match(source, kGroup, [&](const std::smatch& m) {
      const std::string group = m[1].matched ? m[1].str() : m[2].str() + ".";
      const auto next = said.lower_bound(group);
      CHECK_MESSAGE((next != said.end() && next->first.starts_with(group)), source.path,
                    " says a text of ", group);
    });
  }
  CHECK(found > 100);  // the patterns still match how code names its texts
}

// The names of an enum stand in this group; one without a group does not compile below.
struct NameGroup {
  std::string_view group;
  std::string_view ending = {};
};
constexpr NameGroup group_of(Currency*) { return {"currency"}; }
constexpr NameGroup group_of(domain::HouseKind*) { return {"house_kind"}; }
constexpr NameGroup group_of(domain::Role*) { return {"role"}; }
constexpr NameGroup group_of(domain::FactSource*) { return {"fact_source"}; }
constexpr NameGroup group_of(domain::Payer*) { return {"payer"}; }
constexpr NameGroup group_of(domain::DocumentKind*) { return {"document_kind"}; }
constexpr NameGroup group_of(domain::ClaimOutcome*) { return {"outcome"}; }
constexpr NameGroup group_of(domain::QuoteDecision*) { return {"decision"}; }
constexpr NameGroup group_of(domain::AttributionSource*) { return {"attribution_source"}; }
constexpr NameGroup group_of(domain::TriageReason*) { return {"triage"}; }
constexpr NameGroup group_of(domain::WalkStep*) { return {"walk"}; }
constexpr NameGroup group_of(domain::StepReason*) { return {"step", ".short"}; }
constexpr NameGroup group_of(domain::SettleStage*) { return {"settle_stage"}; }
constexpr NameGroup group_of(domain::RefundRule*) { return {"refund_rule"}; }
constexpr NameGroup group_of(domain::ProductCategory*) { return {"product_category"}; }
constexpr NameGroup group_of(domain::SignalFormat*) { return {"signal_format"}; }
constexpr NameGroup group_of(domain::SubsidyObstacle*) { return {"subsidy"}; }
constexpr NameGroup group_of(domain::AccountKind*) { return {"account"}; }
constexpr NameGroup group_of(domain::EndorsementKind*) { return {"endorsement_kind"}; }
constexpr NameGroup group_of(domain::RenewalChoice*) { return {"renewal_choice"}; }
constexpr NameGroup group_of(domain::DunningStep*) { return {"dunning_step"}; }
constexpr NameGroup group_of(domain::ChargeKind*) { return {"charge"}; }
constexpr NameGroup group_of(domain::RiskUnitAction*) { return {"risk_unit"}; }
constexpr NameGroup group_of(domain::InstrumentKind*) { return {"instrument_kind"}; }
constexpr NameGroup group_of(domain::PostingKind*) { return {"posting_kind"}; }
constexpr NameGroup group_of(domain::RuleOutcome*) { return {"rule_outcome"}; }
constexpr NameGroup group_of(domain::SubjectivityEffect*) { return {"subjectivity_effect"}; }
constexpr NameGroup group_of(domain::ClearedBy*) { return {"cleared_by"}; }
constexpr NameGroup group_of(domain::OverrideField*) { return {"override_field"}; }
constexpr NameGroup group_of(domain::OverrideReason*) { return {"override_reason"}; }
constexpr NameGroup group_of(domain::ReferralOutcome*) { return {"referral_outcome"}; }
constexpr NameGroup group_of(domain::DocumentForm*) { return {"document_form"}; }
constexpr NameGroup group_of(domain::ProposedKind*) { return {"proposed_kind"}; }
constexpr NameGroup group_of(domain::StateOfMind*) { return {"state_of_mind"}; }
constexpr NameGroup group_of(domain::AskedAbout*) { return {"asked_about"}; }
constexpr NameGroup group_of(domain::KnowledgeSource*) { return {"knowledge_source"}; }
constexpr NameGroup group_of(domain::ShownKind*) { return {"shown_kind"}; }

void check_said(const std::string& key) {
  for (const Lang lang : kLanguages)
    CHECK_MESSAGE(of(lang).said.contains(key), name_of(lang), " has no ", key);
}

template <NamedEnum E>
void check_group(const NameGroup& names) {
  for (const auto& entry : enum_names(static_cast<E*>(nullptr))) {
    check_said(std::string(names.group) + "." + std::string(entry.name) +
               std::string(names.ending));
  }
}

// Every enum that a record carries at any depth, as its list of fields tells.
template <class T>
int walk_names(const T*);

template <class T>
int walk_names(const std::vector<T>*) {
  return walk_names(static_cast<const T*>(nullptr));
}
template <class T>
int walk_names(const std::optional<T>*) {
  return walk_names(static_cast<const T*>(nullptr));
}
template <class T>
int walk_names(const T*) {
  if constexpr (NamedEnum<T>) {
    check_group<T>(group_of(static_cast<T*>(nullptr)));
    return 1;
  } else if constexpr (HasFields<T>) {
    return std::apply(
        []<class... Member>(const Field<T, Member>&...) {
          return (0 + ... + walk_names(static_cast<const Member*>(nullptr)));
        },
        T::fields());
  } else {
    return 0;
  }
}

template <class... Record>
int walk_variant(const std::variant<Record...>*) {
  return (0 + ... + walk_names(static_cast<const Record*>(nullptr)));
}

TEST_CASE("locales: every enum that an event or a command carries has its names") {
  CHECK(walk_variant(static_cast<const domain::Event*>(nullptr)) > 20);
  CHECK(walk_variant(static_cast<const house::Command*>(nullptr)) > 20);
  check_group<domain::ProductState>({"product_state"});
  check_group<domain::ProposedState>({"proposed_state"});
  check_group<terms::ClauseKind>({"clause_kind"});
  check_group<protection::AnswerType>({"answer_type"});
  check_group<underwriting::CancelParty>({"party"});
  check_group<underwriting::CancelGround>({"ground"});
  check_group<terms::RetentionPosition>({"retention_position"});
  check_group<underwriting::ReasonCode>({"reason"});
  check_group<underwriting::ExplainKind>({"explain"});
}

template <class... Record>
void check_kinds(const std::variant<Record...>*, const std::string& group) {
  (check_said(group + "." + std::string(Record::kName)), ...);
}

TEST_CASE("locales: the sentence of a reason takes no argument that reasons do not carry") {
  const std::set<std::string> carried{"amount", "paid", "share", "weight", "value", "limit"};
  int walked = 0;
  for (const auto& [key, text] : of(Lang::kEn).said) {
    if (!key.starts_with("reason.")) continue;
    ++walked;
    CAPTURE(key);
    CHECK(enum_from<underwriting::ReasonCode>(key.substr(7)).has_value());
    for (const std::string& name : arguments_of(text)) CHECK(carried.contains(name));
  }
  CHECK(walked ==
        static_cast<int>(enum_names(static_cast<underwriting::ReasonCode*>(nullptr)).size()));
}

TEST_CASE("locales: every event and every command has a name") {
  check_kinds(static_cast<const domain::Event*>(nullptr), "event");
  check_kinds(static_cast<const house::Command*>(nullptr), "command");
}

TEST_CASE("locales: what an answer may be, a condition asks for and a cause says has a name") {
  Library library{platform::Artefacts()};
  const protection::Questionnaire* asked = library.questionnaire().value();
  for (const protection::Question& question : asked->questions) {
    for (const protection::AnswerPart& part : question.parts) {
      if (!part.name.empty()) check_said("answer_part." + part.name);
      for (const std::string& choice : part.words) check_said("answer." + choice);
    }
  }
  for (const std::string& path : library.artefacts().list("wordings/")) {
    const std::string id = path.substr(9, path.size() - 14);
    const terms::Wording* wording = library.wording({id}).value();
    for (const std::string& name : terms::condition_names(*wording))
      check_said("condition." + name);
    for (const std::string& tag : terms::cause_tags(*wording)) check_said("cause." + tag);
  }
}

template <NamedEnum E>
void check_words(const std::string& group, const std::string& ending = "") {
  for (const auto& entry : enum_names(static_cast<E*>(nullptr))) {
    const std::string key = group + "." + std::string(entry.name) + ending;
    CHECK_MESSAGE(of(Lang::kEn).said.contains(key), key);
  }
}

TEST_CASE("locales: every value of an enum that is shown has its word") {
  check_words<domain::ClaimOutcome>("outcome");
  check_words<domain::WalkStep>("walk");
  check_words<domain::WalkStep>("walk_brief");
  check_words<domain::TriageReason>("triage");
  check_words<domain::StepReason>("step", ".text");
  check_words<domain::StepReason>("step", ".short");
  check_words<domain::AccountKind>("account");
  check_words<domain::ClaimState>("claim_state");
  check_words<domain::FactSource>("fact_source");
  check_words<domain::HouseKind>("house_kind");
  check_words<domain::OrderState>("order_state");
  check_words<domain::Payer>("payer");
  check_words<domain::PolicyState>("policy_state");
  check_words<domain::Role>("role");
  check_words<domain::QuoteDecision>("slip");
  for (const domain::FactKind& kind : domain::fact_kinds()) {
    CHECK_MESSAGE(of(Lang::kEn).said.contains("fact." + std::string(kind.name)), kind.name);
  }
}

// Where a refusal points at: literal paths of code that reads no file, and every option.
TEST_CASE("locales: every place that a refusal of the house or an option points at has a name") {
  static const std::regex kPath(R"re(\brefuse\((?:\w+::)*k\w+,\s*"([a-z_.]+)"\s*[,)])re");
  for (const Source& source : sources()) {
    if (source.path.find("/src/house/") == std::string::npos) continue;
    each_match(source, kPath, [&](const std::smatch& m) { check_said("path." + m[1].str()); });
  }
  for (const Operation& operation : operations()) {
    for (const Option& option : operation.options)
      if (option.kind != OptionKind::kFlag) check_said("path." + std::string(option.name));
  }
}

bool has_half_width(std::string_view text) {
  static const std::regex kMixed(
      "[\xE4-\xE9][\x80-\xBF][\x80-\xBF][ ]?[,;:?!()]|[,;:?!()][ "
      "]?[\xE4-\xE9][\x80-\xBF][\x80-\xBF]");
  return std::regex_search(std::string(text), kMixed);
}

TEST_CASE("locales: Chinese texts have Chinese punctuation") {
  for (const auto& [key, text] : of(Lang::kZh).said) {
    if (key.starts_with("words.[")) continue;  // the grammar of a data file
    CHECK_MESSAGE(!has_half_width(without_names(text)), key, ": ", text);
  }
  for (const Operation& operation : operations()) {
    CHECK_MESSAGE(!has_half_width(operation.zh), operation.zh);
    for (const Option& option : operation.options)
      CHECK_MESSAGE(!has_half_width(option.zh), option.zh);
  }
  Library library{platform::Artefacts()};
  for (const protection::Question& question : library.questionnaire().value()->questions)
    CHECK_MESSAGE(!has_half_width(question.zh), question.zh);
  for (const protection::Product& product : library.catalogue().value()->products)
    CHECK_MESSAGE(!has_half_width(product.line_zh), product.line_zh);
  for (const domain::FactKind& kind : domain::fact_kinds()) CHECK(!has_half_width(kind.zh));
}

TEST_CASE("operations: every one stands in a group of help that has a name") {
  for (const Operation& operation : operations()) {
    const std::string group(help_group(operation.name));
    CHECK_MESSAGE(!group.empty(), operation.name);
    check_said("group." + group);
  }
}

TEST_CASE("operations: every one has help in both languages, and its name once") {
  std::set<std::string_view> names;
  for (const Operation& operation : operations()) {
    CAPTURE(operation.name);
    CHECK(names.insert(operation.name).second);
    CHECK(!operation.zh.empty());
    CHECK(!operation.en.empty());
    CHECK((operation.run != nullptr));
    std::set<std::string_view> options;
    for (const Option& option : operation.options) {
      CAPTURE(option.name);
      CHECK(options.insert(option.name).second);
      CHECK(!option.zh.empty());
      CHECK(!option.en.empty());
    }
  }
}

}  // namespace
}  // namespace anlan::api
