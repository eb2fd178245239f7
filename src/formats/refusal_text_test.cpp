#include "formats/refusal_text.h"

#include <fstream>
#include <iterator>
#include <set>

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "formats/csv.h"
#include "formats/json.h"
#include "formats/refusals.h"
#include "formats/text.h"
#include "formats/toml.h"

namespace anlan::formats {
namespace {

Node locale(const std::string& name) {
  std::ifstream in(std::string(ANLAN_SOURCE_DIR) + "/data/locales/" + name, std::ios::binary);
  REQUIRE(in.good());
  const std::string raw{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const auto text = decode_text(bytes_of(raw), name);
  REQUIRE(text.ok());
  const auto parsed = parse_toml(*text, name);
  if (!parsed.ok())
    FAIL(name << ":" << parsed.refusal().at.line << " " << parsed.refusal().code.name);
  return *parsed;
}

const Sentences& shipped() {
  static const Sentences sentences = load_sentences(locale("zh.toml"), locale("en.toml"));
  return sentences;
}

std::vector<RefusalCode> codes() {
  std::vector<RefusalCode> all(anlan::refusals::kBase.begin(), anlan::refusals::kBase.end());
  all.insert(all.end(), refusals::kFormats.begin(), refusals::kFormats.end());
  return all;
}

Refusal sample_refusal() {
  return Refusal{.code = anlan::refusals::kOutOfRange,
                 .path = "policy.sections[2].coins_bp",
                 .value = "10001",
                 .args = {{.name = "min", .value = "0"}, {.name = "max", .value = "10000"}},
                 .at = {.file = "case.json", .line = 3, .column = 17}};
}

TEST_CASE("locales: every code of base and formats has a rule and a fix in both languages") {
  std::uint16_t before = 0;
  for (const RefusalCode& code : codes()) {
    CAPTURE(code.name);
    CHECK(code.number > before);
    before = code.number;
    for (const LanguageSentences* language : {&shipped().zh, &shipped().en}) {
      const auto found = language->by_code.find(code.name);
      REQUIRE(found != language->by_code.end());
      CHECK_FALSE(found->second.rule.empty());
      CHECK_FALSE(found->second.fix.empty());
    }
  }
}

TEST_CASE("locales: both languages hold the same tables and use the same arguments") {
  const auto names_of = [](const LanguageSentences& language) {
    std::set<std::string> names;
    for (const auto& [name, sentence] : language.by_code) names.insert(name);
    return names;
  };
  CHECK(names_of(shipped().zh) == names_of(shipped().en));
  const auto arguments_of = [](const std::string& text) {
    std::set<std::string> names;
    for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
      const std::size_t first =
          at + (text[at + 1] == '?' || text[at + 1] == '@' || text[at + 1] == '#' ? 2 : 1);
      names.insert(text.substr(first, text.find_first_of(":}", first) - first));
    }
    return names;
  };
  for (const auto& [name, zh] : shipped().zh.by_code) {
    CAPTURE(name);
    const auto en = shipped().en.by_code.find(name);
    if (en == shipped().en.by_code.end()) continue;
    CHECK(arguments_of(zh.rule + zh.fix) == arguments_of(en->second.rule + en->second.fix));
  }
}

TEST_CASE("locales: no sentence keeps a brace, whatever the refusal carries") {
  for (const RefusalCode& code : codes()) {
    for (const Lang lang : {Lang::kZh, Lang::kEn}) {
      const std::string bare = refusal_sentence(
          Refusal{.code = code, .path = "", .value = "", .args = {}, .at = {}}, shipped(), lang);
      CAPTURE(bare);
      CHECK(bare.find_first_of("{}") == std::string::npos);
      Refusal full = sample_refusal();
      full.code = code;
      CHECK(refusal_sentence(full, shipped(), lang)
                .starts_with(lang == Lang::kZh ? "case.json:3:17：policy"
                                               : "case.json:3:17: policy"));
    }
  }
}

TEST_CASE("locales: what the readers say in detail has Chinese words") {
  for (const std::string_view text : {"[", "[1 2]", "{\"a\":1 2}", "[,]", "{a}", "{\"a\"1}", "[\"a",
                                      "[\"\t\"]", "[\"\\x\"]", "[\"\\u1\"]"}) {
    CAPTURE(text);
    const auto parsed = parse_json(text, "f");
    REQUIRE_FALSE(parsed.ok());
    REQUIRE(parsed.refusal().args.size() == 1);
    CHECK(shipped().zh.words.count(parsed.refusal().args[0].value) == 1);
  }
  for (const std::string_view text : {"\"a", "a\"b", "\"a\"b"}) {
    CAPTURE(text);
    const auto parsed = parse_csv(text, "f");
    REQUIRE_FALSE(parsed.ok());
    REQUIRE(parsed.refusal().args.size() == 1);
    CHECK(shipped().zh.words.count(parsed.refusal().args[0].value) == 1);
  }
}

TEST_CASE("refusal sentence: place, path, rule and fix, in both languages") {
  CHECK(refusal_sentence(sample_refusal(), shipped(), Lang::kEn) ==
        "case.json:3:17: policy.sections[2].coins_bp: 10001 is not between 0 and 10000. Fix: Write "
        "a number from 0 to 10000.");
  CHECK(refusal_sentence(sample_refusal(), shipped(), Lang::kZh) ==
        "case.json:3:17：policy.sections[2].coins_bp：10001 不在 0 至 10000 之间。改法：请填写 0 "
        "至 10000 之间的数字。");
  Refusal refusal = sample_refusal();
  refusal.at.column = 0;
  CHECK(refusal_sentence(refusal, shipped(), Lang::kEn).starts_with("case.json:3: policy"));
  refusal.at.line = 0;
  CHECK(refusal_sentence(refusal, shipped(), Lang::kEn).starts_with("case.json: policy"));
  refusal.at.file.clear();
  refusal.path.clear();
  CHECK(refusal_sentence(refusal, shipped(), Lang::kEn).starts_with("10001 is not"));
}

TEST_CASE("refusal sentence: optional parts, words and arguments are filled in") {
  const auto sentences = [](std::string rule, std::string fix) {
    Node root = Node::table();
    Node& entry = root.add("out_of_range", Node::table());
    entry.add("rule", Node::string(rule));
    entry.add("fix", Node::string(fix));
    Node& words = root.add("words", Node::table());
    words.add("10000", Node::string("ten thousand"));
    root.add("step.deductible", Node::string("not a refusal"));
    return load_sentences(root, root);
  };
  struct Row {
    std::string_view text;
    std::string_view shown;
  };
  constexpr Row kRows[] = {
      {"{value} {min} {max} {path}", "10001 0 10000 policy.sections[2].coins_bp"},
      {"{@max} {@min} {max}", "ten thousand 0 10000"},
      {"a{?nearest: b {nearest}} c", "a c"},
      {"a{?max: b {?min:{max} {@max}} {?nearest:x}}.", "a b 10000 ten thousand ."},
      {"{file}:{line}:{column}", "case.json:3:17"},
      {"{nothing}|{}|{?}|{?x}|{@}", "||||"},
      {"open { brace", "open { brace"},
      {"close } brace", "close } brace"}};
  for (const Row& row : kRows) {
    CAPTURE(row.text);
    const Node node =
        refusal_node(sample_refusal(), sentences(std::string(row.text), "f"), Lang::kEn);
    CHECK(node.find("error")->find("rule")->text == row.shown);
  }
}

TEST_CASE("refusal sentence: names of lists and places are said in the language") {
  LanguageSentences language;
  language.by_code["role_missing"] = {.rule = "须由{@roles}办理。", .fix = "可填：{#choices}。"};
  Node names = Node::table();
  Node& roles = names.add("role", Node::table());
  roles.add("finance", Node::string("财务"));
  roles.add("broker", Node::string("经纪人"));
  names.add("path", Node::table()).add("as", Node::string("人员"));
  const std::string_view groups[] = {"role"};
  add_names(language, names, groups);
  Refusal refusal{.code = {1, "role_missing"},
                  .path = "as",
                  .value = "li",
                  .args = {{.name = "roles", .value = "finance, broker"},
                           {.name = "choices", .value = "broker | x"}}};
  const Sentences sentences{.zh = language, .en = {}};
  CHECK(refusal_sentence(refusal, sentences, Lang::kZh) ==
        "人员：须由财务、经纪人办理。改法：可填：broker（经纪人）、x。");
  // What stands in a file keeps the place that its writer knows.
  refusal.at.file = "a.toml";
  CHECK(refusal_sentence(refusal, sentences, Lang::kZh).starts_with("a.toml：as："));
}

TEST_CASE("refusal sentence: a code without a sentence is told by its name") {
  CHECK(refusal_sentence(sample_refusal(), Sentences{}, Lang::kEn) ==
        "case.json:3:17: policy.sections[2].coins_bp: out_of_range (10001)");
  CHECK(refusal_sentence(
            Refusal{.code = {65000, "new_rule"}, .path = "", .value = "", .args = {}, .at = {}},
            shipped(), Lang::kZh) == "new_rule");
}

TEST_CASE("refusal sentence: no file can drive the terminal") {
  Refusal refusal = sample_refusal();
  refusal.value =
      "\x1b[2J\n\x7f\xC2\x9B"
      "31m\xFF";
  refusal.path = "a\x1b]0;x";
  const std::string sentence = refusal_sentence(refusal, shipped(), Lang::kEn);
  CHECK(sentence.starts_with(
      "case.json:3:17: a\\u001b]0;x: \\u001b[2J\\u000a\\u007f\\u009b31m\uFFFD is not between"));
}

TEST_CASE("refusal node: the error object of --json") {
  CHECK(
      write_json(refusal_node(sample_refusal(), shipped(), Lang::kZh)) ==
      R"({"error":{"code":"out_of_range","path":"policy.sections[2].coins_bp","value":"10001",)"
      R"("rule":"10001 不在 0 至 10000 之间。","fix":"请填写 0 至 10000 之间的数字。",)"
      R"("zh":"case.json:3:17：policy.sections[2].coins_bp：10001 不在 0 至 10000 之间。改法：请填写 0 至 10000 之间的数字。",)"
      R"("en":"case.json:3:17: policy.sections[2].coins_bp: 10001 is not between 0 and 10000. Fix: Write a number from 0 to 10000."}})");
}

TEST_CASE("refusal text: an amount has its unit in the language of the sentence") {
  Sentences sentences;
  sentences.zh.by_code["x"] = {.rule = "{payable} {currency} 超过 {value}",
                               .fix = "CNY CNYX 1 CNYX"};
  sentences.en.by_code["x"] = {.rule = "{payable} {currency}, {value}", .fix = "CNY"};
  const Refusal refusal{
      .code = {1, "x"},
      .path = "",
      .value = "0.01 CNY",
      .args = {{.name = "payable", .value = "150,000.00"}, {.name = "currency", .value = "CNY"}},
      .at = {}};
  CHECK(refusal_sentence(refusal, sentences, Lang::kZh) ==
        "150,000.00 元超过 0.01 元改法：CNY CNYX 1 CNYX");
  CHECK(refusal_sentence(refusal, sentences, Lang::kEn) == "150,000.00 CNY, 0.01 CNY Fix: CNY");
}

}  // namespace
}  // namespace anlan::formats
