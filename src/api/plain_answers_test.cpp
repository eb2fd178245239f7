// What somebody meets who reads the answers for the first time: lines within a terminal, names for
// what is meant, files where names are taken, and a way on from every refusal.
#include <algorithm>
#include <fstream>

#include <doctest/doctest.h>

#include "api/desk_fixture_test.h"
#include "api/refusals.h"
#include "api/render.h"
#include "api/show.h"
#include "domain/cover.h"
#include "domain/peril.h"
#include "formats/display_width.h"
#include "platform/artefacts.h"

namespace anlan::api {
namespace {

using fixture::Desk;
using fixture::Words;

constexpr Lang kBoth[] = {Lang::kZh, Lang::kEn};

struct Insured {
  Desk desk{Library(platform::Artefacts())};
  std::string company = desk.company(0);
  std::string policy;

  Insured() {
    const std::string quote = to_text(desk.quote(company, "ningbo-2023-a"));
    desk.must("broker", {"quote", "explain", quote, "--confirmed-by", "e-sign"});
    policy = desk.must("uw", {"policy", "bind", quote}).json.find("id")->text;
  }
};

std::string page(const char* path) {
  std::ifstream file(std::string(ANLAN_SOURCE_DIR) + path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string shown(const Reply& reply) {
  return reply.text.empty() ? terminal_text(reply.document) : reply.text;
}

Result<Reply> run(Lang lang, const Words& words) {
  Session session(SessionOptions{.lang = lang}, Library(platform::Artefacts()));
  return run_operation(session, words);
}

std::string refused(Lang lang, const Words& words) {
  Session session(SessionOptions{.lang = lang}, Library(platform::Artefacts()));
  const Result<Reply> reply = run_operation(session, words);
  REQUIRE(!reply.ok());
  const Node node = session.refusal_node(reply.refusal());
  return node.find("error")->find(lang == Lang::kZh ? "zh" : "en")->text;
}

void check_width(const std::string& text, const std::string& what) {
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    const std::string line = text.substr(from, end - from);
    CHECK_MESSAGE(formats::display_width(line) <= 80, what, ": ", line);
    from = end + 1;
  }
}

std::vector<std::string> cells_of(const Document& document) {
  std::vector<std::string> out;
  for (const Block& block : document.blocks) {
    const Table* table = std::get_if<Table>(&block);
    if (!table) continue;
    for (const auto& row : table->rows) out.insert(out.end(), row.begin(), row.end());
  }
  return out;
}

bool has(const std::vector<std::string>& cells, std::string_view text) {
  return std::find(cells.begin(), cells.end(), text) != cells.end();
}

std::string example_of_wording() {
  const std::string docs = page("/docs/WORDING.md");
  const std::size_t section = docs.find("## The smallest wording");
  const std::size_t from = docs.find("```toml\n", section) + 8;
  return docs.substr(from, docs.find("```", from) - from);
}

}  // namespace

TEST_CASE("answers: no line is wider than 80 columns, in either language") {
  Insured insured;
  for (const Lang lang : kBoth) {
    insured.desk.session().options().lang = lang;
    for (const Words& words :
         std::vector<Words>{{"product", "list"},
                            {"wording", "list"},
                            {"wording", "codes"},
                            {"wording", "lint", "ningbo-2023-a8"},
                            {"plan", "response", insured.company},
                            {"drill", "sheet"},
                            {"drill", insured.policy, "--incident", "everyday-ransom"},
                            {"risk", "worth", insured.company, "--product", "ningbo-2023-a"}}) {
      check_width(shown(insured.desk.must("uw", words)), words[0] + " " + words[1]);
    }
  }
}

TEST_CASE("plan response: what is not paid before a condition is named, of a policy as well") {
  Insured insured;
  const Node of_policy = insured.desk.must("broker", {"plan", "response", insured.policy}).json;
  const Reply en = insured.desk.must("broker", {"plan", "response", insured.company});
  CHECK(of_policy.find("steps")->items.size() == en.json.find("steps")->items.size());
  CHECK(of_policy.find("enterprise")->text == insured.company);
  CHECK(has(cells_of(en.document), "do not pay ransom before: insurer's prior written consent"));
  CHECK(has(cells_of(en.document), "obtain and keep: police report (for ransom)"));
  insured.desk.session().options().lang = Lang::kZh;
  const Reply zh = insured.desk.must("broker", {"plan", "response", insured.policy});
  CHECK(has(cells_of(zh.document), "未取得“保险人事先书面同意”之前不付赎金"));
  CHECK(has(cells_of(zh.document), "《保险法》第二十二条"));
}

TEST_CASE("wording play and compare: a file stands where a name may stand") {
  Insured insured;
  const std::string path = insured.desk.file("small.toml", example_of_wording());
  for (const Words& words :
       {Words{"wording", "play", path, "--script", "sme-payroll-vendor-breach"},
        Words{"wording", "compare", "sme-comprehensive," + path, "--script",
              "sme-payroll-vendor-breach"}}) {
    const Result<Reply> reply = run(Lang::kEn, words);
    REQUIRE(reply.ok());
    std::string said;
    for (const Block& block : reply->document.blocks) {
      if (const auto* heading = std::get_if<Heading>(&block)) said += heading->text;
      if (const auto* bullet = std::get_if<Bullet>(&block)) said += bullet->text;
    }
    CHECK_MESSAGE(said.find("Insurance of a data breach at a vendor") != std::string::npos, said);
  }
  const std::string wrong = insured.desk.file("wrong.toml", "id = 1\n");
  CHECK(run(Lang::kEn, {"wording", "play", wrong, "--script", "everyday-ransom"})
            .refusal()
            .code.name == "missing_key");
  CHECK(run(Lang::kEn, {"wording", "play", "sme-comprehensiv", "--script", "everyday-ransom"})
            .refusal()
            .code.name == refusals::kWordingUnknown.name);
}

TEST_CASE("docs: the smallest wording lints without a finding, and every code stands there") {
  Insured insured;
  const std::string path = insured.desk.file("small.toml", example_of_wording());
  const Result<Reply> reply = run(Lang::kEn, {"wording", "check", path});
  REQUIRE(reply.ok());
  CHECK(reply->status == 0);
  for (const char* const count : {"refused", "errors", "warnings", "notes"}) {
    CHECK_MESSAGE(reply->json.find(count)->text == "0", reply->text);
  }
  const std::string docs = page("/docs/WORDING.md");
  const Reply codes = run(Lang::kEn, {"wording", "codes"}).value();
  const std::vector<std::string> cells = cells_of(codes.document);
  const auto stands = [&](std::string_view code, std::string_view en, std::string_view zh) {
    const std::string row =
        "| `" + std::string(code) + "` | " + std::string(en) + " | " + std::string(zh) + " |";
    CHECK_MESSAGE(docs.find(row) != std::string::npos, row);
    CHECK(has(cells, code));
    CHECK(has(cells, en));
  };
  for (const auto& kind : domain::peril_kinds()) stands(kind.code, kind.en, kind.zh);
  for (const auto& kind : domain::cover_kinds()) stands(kind.code, kind.en, kind.zh);
  for (const auto& kind : domain::sub_heads()) stands(kind.code, kind.en, kind.zh);
}

TEST_CASE("refusals: all that is missing at once, the command to read on, the nearest name") {
  const std::string missing = refused(Lang::kEn, {"quote", "indicate", "--sector", "C34"});
  for (const char* const part :
       {"--product PRODUCT", "--revenue AMOUNT", "--employees N", "anlan help quote indicate"}) {
    CHECK_MESSAGE(missing.find(part) != std::string::npos, missing);
  }
  CHECK(refused(Lang::kEn, {"quote", "indicate", "--sectr", "C34"})
            .find("Did you mean --sector? See: anlan help quote indicate.") != std::string::npos);
  CHECK(refused(Lang::kEn, {"quot"})
            .find("Did you mean \"quote\"? Its commands: anlan help quote.") != std::string::npos);
  CHECK(refused(Lang::kEn, {"verson"}).find("Did you mean \"version\"?") != std::string::npos);
}

TEST_CASE("refusal 9096 insurance_product_unknown: the nearest product and the list are named") {
  const Words words{"quote", "indicate",  "--product", "ningbo-2023", "--sector",
                    "C34",   "--revenue", "30000000",  "--employees", "48"};
  CHECK(run(Lang::kEn, words).refusal().code.name == refusals::kInsuranceProductUnknown.name);
  const std::string en = refused(Lang::kEn, words);
  CHECK_MESSAGE(
      en.find("Did you mean \"ningbo-2023-a\"? See all: anlan product list.") != std::string::npos,
      en);
  CHECK(refused(Lang::kZh, words).find("anlan product list") != std::string::npos);
}

TEST_CASE("quote indicate: says what was stated and of which day") {
  Session session(SessionOptions{.at = "2026-03-01T08:00:00+08:00", .lang = Lang::kEn},
                  Library(platform::Artefacts()));
  const auto line = basis_line(
      session, {{.name = {"sector"}, .value = "C34"}, {.name = {"employees"}, .value = "48"}});
  REQUIRE(line.ok());
  CHECK(*line ==
        "Stated: sector Manufacturing (C34); staff 48. What is not stated is assumed as for the "
        "sector. As of 2026-03-01; nobody was registered.");
}

TEST_CASE("report executive: every control of the model has an instruction in both languages") {
  for (const Lang lang : kBoth) {
    Session session(SessionOptions{.lang = lang}, Library(platform::Artefacts()));
    const engine::Hazard* hazard = session.library().hazard().value();
    for (const engine::ControlPrior& row : hazard->controls.rows) {
      if (row.log_risk == 0.0) continue;  // it asks for a fact
      const std::string key = "control_do." + row.control.text;
      REQUIRE_MESSAGE(session.texts().has(key), key);
      CHECK(session.say(key).find_first_of("?.") == std::string::npos);
    }
  }
}

TEST_CASE("report executive: instructions, the peril that nobody insures, titles of clauses") {
  Insured insured;
  const Reply reply = insured.desk.must(
      "uw", {"report", "executive", insured.company, "--product", "ningbo-2023-a"});
  const std::string text = terminal_text(reply.document);
  CHECK(text.find("?") == std::string::npos);
  CHECK(has(cells_of(reply.document), "Not insured, most of all Funds fraud"));
  for (const char* const title : {"3.1 war", "4.3 police report"}) {
    CHECK_MESSAGE(text.find(title) != std::string::npos, text);
  }
}

TEST_CASE("model card: the sources are told in the language of the reader") {
  Session zh(SessionOptions{.lang = Lang::kZh}, Library(platform::Artefacts()));
  Session en(SessionOptions{.lang = Lang::kEn}, Library(platform::Artefacts()));
  const engine::Hazard* hazard = zh.library().hazard().value();
  for (const engine::Source& source : hazard->sources) {
    const std::string key = "model_source." + source.id;
    for (Session* session : {&zh, &en}) {
      REQUIRE_MESSAGE(session->texts().has(key), key);
      CHECK(session->say(key).find("MODEL.md") == std::string::npos);
    }
  }
  CHECK(model_name(zh, hazard->model) == "anlan-loss 0.1，标定 sme-50");
  CHECK(model_name(en, hazard->model) == hazard->model);
  for (const engine::PublishedFigure& figure : zh.library().backtests().value()->figures) {
    CHECK(std::any_of(figure.source_zh.begin(), figure.source_zh.end(),
                      [](char c) { return static_cast<unsigned char>(c) > 0x7F; }));
  }
}

TEST_CASE("moments: in the zone of the house, to the minute, seconds where there are some") {
  CHECK(moment_text("2026-03-09T08:00:00+08:00") == "2026-03-09 08:00");
  CHECK(moment_text("2026-03-06T11:17:44+08:00") == "2026-03-06 11:17:44");
  CHECK(moment_text("2026-03-06") == "2026-03-06");
}

TEST_CASE("wordings that are no TOML: the fault is told in Chinese, without escapes") {
  Insured insured;
  for (const char* const text :
       {"[title\nzh = 1\n", "a = \n", "a = \"x\nb = 1\n", "a = 1 b = 2\n", "= 1\n", "a = [1 2]\n",
        "a 1\n", "a = \"\\q\"\n", "a = 1__2\n", "a = {b = 1\n"}) {
    const std::string path = insured.desk.file("bad.toml", text);
    const std::string said =
        refused(Lang::kZh, {"wording", "play", path, "--script", "everyday-ransom"});
    CAPTURE(said);
    CHECK(said.find("TOML 语法有误") != std::string::npos);
    for (const char* const part : {"rror", "expected", "\\u00", "不合 TOML"}) {
      CHECK(said.find(part) == std::string::npos);
    }
  }
}

}  // namespace anlan::api
