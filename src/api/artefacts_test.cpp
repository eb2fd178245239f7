// Every file of data/ that the program ships is read by the reader of its kind, and none is left
// over that no reader knows.
#include <algorithm>
#include <functional>
#include <set>

#include <doctest/doctest.h>

#include "api/library.h"
#include "api/operation.h"
#include "api/ops_telemetry.h"
#include "api/refusals.h"
#include "api/reply_shapes.h"
#include "api/sample_book.h"
#include "claims/disclosure_case.h"
#include "claims/work_calendar.h"
#include "domain/enterprise_input.h"
#include "domain/incident_input.h"
#include "engine/aggregate_case.h"
#include "formats/json.h"
#include "protection/answer.h"
#include "terms/settle_case.h"

namespace anlan::api {
namespace {

std::string explain(const Refusal& refusal) {
  return std::string(refusal.code.name) + " " + refusal.at.file + ":" +
         std::to_string(refusal.at.line) + " " + refusal.path + " " + refusal.value;
}

// "" when it was read, else why not.
template <class T>
std::string read(const Result<T>& result) {
  return result.ok() ? std::string() : explain(result.refusal());
}

// "wordings/ningbo-2023-a.toml" -> "ningbo-2023-a"
std::string stem(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return path.substr(slash + 1, path.rfind('.') - slash - 1);
}

using Read = std::function<std::string(Library&, const std::string&)>;

template <class ReadTree>
Read tree_reader(ReadTree read_tree) {
  return [read_tree](Library& library, const std::string& path) {
    const auto tree = library.toml(path);
    return tree.ok() ? read(read_tree(*tree, path)) : explain(tree.refusal());
  };
}

std::string read_demo_answers(Library& library, const std::string& path) {
  const auto tree = library.toml(path);
  if (!tree.ok()) return explain(tree.refusal());
  const auto written = domain::read_answers(*tree, path);
  if (!written.ok()) return explain(written.refusal());
  const auto asked = library.questionnaire();
  if (!asked.ok()) return explain(asked.refusal());
  return read(protection::check_answers(**asked, *written));
}

std::string read_settle_file(Library& library, const std::string& path) {
  const auto text = library.text(path);
  if (!text.ok()) return explain(text.refusal());
  const auto tree = formats::parse_json(*text, path);
  return tree.ok() ? read(terms::read_settle_case(*tree, path)) : explain(tree.refusal());
}

std::string read_aggregate_file(Library& library, const std::string& path) {
  const auto text = library.text(path);
  if (!text.ok()) return explain(text.refusal());
  const auto tree = formats::parse_json(*text, path);
  return tree.ok() ? read(engine::read_aggregate_case(*tree, path)) : explain(tree.refusal());
}

std::string read_locale(Library& library, const std::string&) {
  for (const Lang lang : {Lang::kZh, Lang::kEn}) {
    if (const std::string why = read(library.texts(lang)); !why.empty()) return why;
  }
  return read(library.sentences());
}

// The first row whose prefix a path starts with reads it.
struct Kind {
  std::string_view prefix;
  Read read;
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> kKinds{
      {"aggregate_cases/", read_aggregate_file},
      {"api/replies.toml",
       tree_reader([](const Node& tree, const std::string&) { return read_reply_shapes(tree); })},
      {"catalogue/", [](Library& l, const std::string&) { return read(l.catalogue()); }},
      {"controls.csv", [](Library& l, const std::string&) { return read(l.questionnaire()); }},
      {"demo/answers", read_demo_answers},
      {"explorer/",  // a page: tests/api_docs.py looks at it
       [](Library& l, const std::string& path) { return read(l.text(path)); }},
      {"demo/enterprise", tree_reader([](const Node& tree, const std::string& path) {
         return domain::read_enterprise(tree, path);
       })},
      {"demo/incident", tree_reader([](const Node& tree, const std::string& path) {
         return domain::read_incident(tree, path, Currency::kCny);
       })},
      {"demo/script.toml",  // what it says is checked below
       [](Library& l, const std::string& path) { return read(l.toml(path)); }},
      {"demo/telemetry/", [](Library& l, const std::string& path) { return read(l.text(path)); }},
      {"disclosure_cases/", tree_reader([](const Node& tree, const std::string& path) {
         return claims::read_disclosure_file(tree, path);
       })},
      {"hazard/answers.toml",
       [](Library& l, const std::string&) { return read(l.answer_table()); }},
      {"hazard/", [](Library& l, const std::string&) { return read(l.hazard()); }},
      {"holidays/", tree_reader([](const Node& tree, const std::string& path) {
         return claims::read_work_calendar(tree, path);
       })},
      {"locales/", read_locale},
      {"policy_instruments/",
       [](Library& l, const std::string& path) {
         const auto names = l.instrument_names();
         const bool kind = std::find(names.begin(), names.end(), stem(path)) != names.end();
         return kind ? read(l.instrument({stem(path)})) : read(l.scheme({stem(path)}));
       }},
      {"pricing/charges.toml", [](Library& l, const std::string&) { return read(l.charges()); }},
      {"pricing/inference.toml",
       [](Library& l, const std::string&) { return read(l.inference()); }},
      {"pricing/loads.toml", [](Library& l, const std::string&) { return read(l.loads()); }},
      {"products/",
       [](Library& l, const std::string& path) { return read(l.product({stem(path)})); }},
      {"rules/", tree_reader([](const Node& tree, const std::string& path) {
         return underwriting::read_rules(tree, std::string_view(path));
       })},
      {"sample/", tree_reader([](const Node& tree, const std::string& path) {
         return read_sample_book(tree, path);
       })},
      {"scenarios/",
       [](Library& l, const std::string& path) { return read(l.script(stem(path))); }},
      {"settle_cases/", read_settle_file},
      {"telemetry/", [](Library& l, const std::string&) { return read(telemetry_rules(l)); }},
      {"wordings/",
       [](Library& l, const std::string& path) { return read(l.wording({stem(path)})); }},
  };
  return kKinds;
}

TEST_CASE("artefacts: every shipped file is read by the reader of its kind") {
  Library library{platform::Artefacts()};
  std::set<std::string_view> used;
  for (const std::string& path : library.artefacts().list("")) {
    CAPTURE(path);
    const auto kind = std::find_if(kinds().begin(), kinds().end(),
                                   [&](const Kind& row) { return path.starts_with(row.prefix); });
    REQUIRE_MESSAGE(kind != kinds().end(), "no reader for ", path);
    CHECK(kind->read(library, path) == "");
    used.insert(kind->prefix);
  }
  for (const Kind& row : kinds()) CHECK_MESSAGE(used.contains(row.prefix), row.prefix);
}

TEST_CASE("artefacts: a wording and a product are named as their file, and name each other") {
  Library library{platform::Artefacts()};
  for (const std::string& path : library.artefacts().list("wordings/")) {
    CHECK((*library.wording({stem(path)}))->id.text == stem(path));
  }
  for (const std::string& path : library.artefacts().list("products/")) {
    CAPTURE(path);
    const auto product = library.product({stem(path)});
    REQUIRE(product.ok());
    CHECK((*product)->id.text == stem(path));
    CHECK(read(library.wording((*product)->wording)) == "");
    if ((*product)->scheme.exists()) CHECK(read(library.scheme((*product)->scheme)) == "");
    const auto digests = library.quote_digests(**product);
    REQUIRE(digests.ok());
    CHECK(digests->wording == *library.digest("wordings/" + (*product)->wording.text + ".toml"));
  }
}

TEST_CASE("artefacts: every command of the demonstration exists and names files that ship") {
  Library library{platform::Artefacts()};
  const auto script = library.toml("demo/script.toml");
  REQUIRE(script.ok());
  int commands = 0;
  for (const Node& step : script->find("step")->items) {
    for (const Node& run : step.find("run")->items) {
      std::vector<std::string> words;
      for (const Node& word : run.find("words")->items) words.push_back(word.text);
      CAPTURE(run.line);
      REQUIRE(!words.empty());
      const bool two = words.size() > 1 && find_operation(words[0] + " " + words[1]);
      CHECK((two || find_operation(words[0])));
      for (const std::string& word : words) {
        if (word.starts_with("@")) CHECK(read(library.text(word.substr(1))) == "");
      }
      ++commands;
    }
  }
  CHECK(commands > 20);
}

TEST_CASE("refusal 9007 unknown_artefact: the nearest file that ships is named") {
  Library library{platform::Artefacts()};
  const auto text = library.text("demo/incidnt.toml");
  REQUIRE(!text.ok());
  CHECK(text.refusal().code.name == refusals::kUnknownArtefact.name);
  CHECK(text.refusal().value == "@demo/incidnt.toml");
  CHECK(text.refusal().args[0].value == "@demo/incident.toml");
  CHECK(library.wording({"nowhere"}).refusal().code.name == refusals::kUnknownArtefact.name);
}

TEST_CASE("refusal 9012 artefact_changed: a wording is used as it was sold") {
  Library library{platform::Artefacts()};
  const domain::WordingName name{"ningbo-2023-a"};
  const Digest sold = *library.wording_digest(name);
  CHECK(library.wording(name, sold).ok());
  CHECK(library.wording(name, Digest{}).refusal().code.name == refusals::kArtefactChanged.name);
}

}  // namespace
}  // namespace anlan::api
