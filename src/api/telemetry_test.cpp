// `telemetry explain` on the hand-made files of tests/telemetry.
#include "formats/telemetry.h"

#include <doctest/doctest.h>

#include "api/library.h"
#include "api/operation.h"
#include "api/ops_telemetry.h"
#include "api/session.h"

namespace anlan::api {
namespace {

Reply explain(std::string_view file, Lang lang, std::vector<std::string> more = {}) {
  Session session({.lang = lang}, Library(platform::Artefacts()));
  std::vector<std::string> words{
      "telemetry", "explain",
      std::string(ANLAN_SOURCE_DIR) + "/tests/telemetry/" + std::string(file)};
  words.insert(words.end(), more.begin(), more.end());
  auto reply = run_operation(session, words);
  REQUIRE(reply.ok());
  return std::move(reply).value();
}

std::string text_at(const Node& node, std::string_view key) {
  const Node* found = node.find(key);
  REQUIRE(found != nullptr);
  return found->text;
}

TEST_CASE("telemetry explain: lines, what they say in both languages, and the control they prove") {
  const Reply zh = explain("suricata_eve.log", Lang::kZh);
  CHECK(text_at(zh.json, "lines") == "4");
  CHECK(text_at(zh.json, "unknown") == "0");
  const Node& first = zh.json.find("rows")->items[0];
  CHECK(text_at(first, "class") == "2004");
  CHECK(text_at(first, "host") == "gate-1");
  CHECK(text_at(first, "text") == "已拦截：Made-up scan of SSH");
  REQUIRE(first.find("controls")->items.size() == 1);
  CHECK(text_at(first.find("controls")->items[0], "control") == "NET-04");
  const Reply en = explain("suricata_eve.log", Lang::kEn);
  CHECK(text_at(en.json.find("rows")->items[0], "text") == "stopped: Made-up scan of SSH");
  CHECK(!en.document.blocks.empty());
}

TEST_CASE("telemetry explain: what contradicts a control is told apart from what proves it") {
  const Reply reply = explain("heartbeat.log", Lang::kEn);
  for (const Node& control : reply.json.find("controls")->items) {
    if (text_at(control, "control") != "BKP-01") continue;
    CHECK(text_at(control, "proves") == "1");
    CHECK(text_at(control, "contradicts") == "1");
    return;
  }
  FAIL("no line spoke of backups");
}

TEST_CASE("telemetry explain: an unknown line has its rule, its field and its line") {
  const Reply reply = explain("unknown.log", Lang::kEn);
  CHECK(text_at(reply.json, "unknown") == "6");
  const Node& row = reply.json.find("rows")->items[4];
  CHECK(text_at(row, "error") == "telemetry_word_unknown");
  CHECK(text_at(row, "field") == "state");
  CHECK(text_at(row, "line") == "5");
  CHECK(text_at(row, "text").find("splendid") != std::string::npos);
}

TEST_CASE("telemetry explain: only so many lines are shown, and totals are of all") {
  const Reply reply = explain("syslog.log", Lang::kEn, {"--shown", "2"});
  CHECK(reply.json.find("rows")->items.size() == 2);
  CHECK(text_at(reply.json, "lines") == "6");
  Session session({.lang = Lang::kEn}, Library(platform::Artefacts()));
  const auto refused = run_operation(session, {"telemetry", "explain", "-", "--format", "evee"});
  REQUIRE(!refused.ok());
  CHECK(refused.refusal().path == "format");
}

TEST_CASE("telemetry explain: every meaning and format has its words in both languages") {
  for (const Lang lang : {Lang::kZh, Lang::kEn}) {
    Session session({.lang = lang}, Library(platform::Artefacts()));
    for (const auto meaning : formats::telemetry_meanings())
      CHECK(!session.say("telemetry_says." + std::string(formats::name_of(meaning))).empty());
    for (const auto format : formats::telemetry_formats())
      CHECK(!session.say("telemetry_format." + std::string(formats::name_of(format))).empty());
  }
}

}  // namespace
}  // namespace anlan::api
