// Wordings examined through the operations: the files as they are shipped, and a file with many
// faults.
#include <fstream>
#include <map>

#include <doctest/doctest.h>

#include "api/operation.h"
#include "api/refusals.h"
#include "api/session.h"
#include "api/wording_source.h"
#include "formats/display_width.h"

namespace anlan::api {
namespace {

constexpr const char* kA8 = "wordings/ningbo-2023-a8.toml";

using Files = std::map<std::string, std::string, std::less<>>;

// The shipped files with changes to one wording; every `from` must be there.
Files changed(const std::vector<std::pair<std::string, std::string>>& changes) {
  const platform::Artefacts shipped;
  Files files;
  for (const std::string& path : shipped.list("")) files[path] = shipped.find(path)->text;
  for (const auto& [from, to] : changes) {
    std::string& text = files[kA8];
    const std::size_t at = text.find(from);
    REQUIRE_MESSAGE(at != std::string::npos, from);
    text.replace(at, from.size(), to);
  }
  return files;
}

Reply examined(const Files& files, const std::vector<std::string>& words, Lang lang) {
  Session session(SessionOptions{.lang = lang}, Library(platform::Artefacts::only(files)));
  Result<Reply> reply = run_operation(session, words);
  REQUIRE_MESSAGE(reply.ok(), reply.refusal().code.name);
  return std::move(reply).value();
}

void check_lines(const std::string& text) {
  std::size_t from = 0;
  while (from < text.size()) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    const std::string line = text.substr(from, end - from);
    const bool word = line.find(' ') == std::string::npos;
    CHECK_MESSAGE((word || formats::display_width(line) <= 80), line);
    CHECK_MESSAGE(line.find('{') == std::string::npos, line);
    from = end + 1;
  }
}

TEST_CASE("lint: the shipped wordings are read and have no finding that is an error") {
  const Files files = changed({});
  for (const Lang lang : {Lang::kZh, Lang::kEn}) {
    const Reply reply = examined(files, {"wording", "lint"}, lang);
    CHECK(reply.status == 0);
    CHECK(reply.json.find("refused")->text == "0");
    CHECK_MESSAGE(reply.json.find("errors")->text == "0", reply.text);
    check_lines(reply.text);
  }
}

TEST_CASE("lint: every code has its sentences in both languages and no refusal has its name") {
  Library library{platform::Artefacts()};
  const formats::Sentences* sentences = library.sentences().value();
  std::ifstream page(ANLAN_SOURCE_DIR "/docs/LINT.md", std::ios::binary);
  const std::string described(std::istreambuf_iterator<char>(page), {});
  for (const terms::LintCode& code : terms::all_lint_codes()) {
    const std::string row =
        "| `" + std::string(code.name) + "` | " + std::string(name_of(code.severity)) + " |";
    CHECK_MESSAGE(described.find(row) != std::string::npos, row);
    for (const formats::LanguageSentences* told : {&sentences->zh, &sentences->en}) {
      const auto found = told->by_code.find(code.name);
      REQUIRE_MESSAGE(found != told->by_code.end(), code.name);
      CHECK(!found->second.rule.empty());
      CHECK(!found->second.fix.empty());
    }
    CHECK_MESSAGE(!library.toml("locales/en.toml")->find(code.name), code.name);
  }
}

TEST_CASE("lint: a file with many errors is told all of them, each with its line and a mark") {
  const Files files = changed({{"aggregate_limit = \"400000.00\"", "aggregate_limit = \"4.001\""},
                               {"\"ransomware\", ", "\"ransomeware\", "},
                               {"waiting_hours = 8", "waiting_huors = 8"},
                               {"clause = \"4.4\"", "clause = \"4.44\""}});
  const Reply zh = examined(files, {"wording", "check", std::string("@") + kA8}, Lang::kZh);
  CHECK(zh.status == 2);
  CHECK(zh.json.find("refused")->text == "4");
  const Node& errors = *zh.json.find("files")->items[0].find("errors");
  std::string codes;
  for (const Node& error : errors.items) codes += error.find("code")->text + " ";
  CHECK(codes == "peril_unknown money_decimals unknown_key clause_unknown ");
  check_lines(zh.text);
  const Reply en = examined(files, {"wording", "lint", "ningbo-2023-a8"}, Lang::kEn);
  CHECK(en.status == 2);
  CHECK(en.text.find("wordings/ningbo-2023-a8.toml:42:1 error\n"
                     "  unknown_key: policy.sections[0].time.waiting_huors\n"
                     "  42 | waiting_huors = 8\n"
                     "     | ^\n") != std::string::npos);
  CHECK(en.text.find("Fix: ") != std::string::npos);
  MESSAGE(en.text);
}

TEST_CASE("lint: an error among the findings makes the status 1 and stands before the warnings") {
  const Files files = changed({{"waiting_hours = 8", "waiting_hours = 12"}});
  const Reply reply = examined(files, {"wording", "lint", "ningbo-2023-a8"}, Lang::kEn);
  CHECK(reply.status == 1);
  const std::vector<Node>& findings = reply.json.find("files")->items[0].find("findings")->items;
  REQUIRE(findings.size() > 2);
  CHECK(findings[0].find("code")->text == "number_differs");
  CHECK(findings[0].find("severity")->text == "error");
  CHECK(findings[0].find("line")->text == "42");
  CHECK(findings[0].find("clause")->text == "2.5");
  CHECK(findings[2].find("severity")->text != "error");
  CHECK(reply.text.find("  42 | waiting_hours = 12\n") != std::string::npos);
}

TEST_CASE("wording show: the status of each cover, each term with its clause, each clause") {
  const Files files = changed({});
  for (const Lang lang : {Lang::kZh, Lang::kEn}) {
    const Reply reply = examined(files, {"wording", "show", "ningbo-2023-a8", "--clauses"}, lang);
    CHECK(reply.json.find("covers")->items.size() == 31);
    CHECK(reply.json.find("covers")->items[0].find("status")->text == "limited");
    CHECK(reply.json.find("covers")->items[1].find("status")->text == "not_mentioned");
    CHECK(reply.json.find("clauses")->items.size() == 33);
    CHECK(reply.json.find("terms")->items.size() > 6);
  }
  const Reply list = examined(files, {"wording", "list"}, Lang::kZh);
  CHECK(list.json.items.size() == platform::Artefacts().list("wordings/").size());
  CHECK(list.json.items.size() >= 20);
}

TEST_CASE("wording lint: a name that nobody knows is refused with the nearest one") {
  Session session(SessionOptions{}, Library(platform::Artefacts()));
  const Result<Reply> reply = run_operation(session, {"wording", "lint", "ningbo-2023-c"});
  REQUIRE(!reply.ok());
  CHECK(reply.refusal().code == refusals::kUnknownArtefact);
}

}  // namespace
}  // namespace anlan::api
