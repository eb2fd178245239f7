// What the views in money say adds up, and is as exact as they say.
#include <cmath>
#include <map>

#include <doctest/doctest.h>

#include "api/desk_fixture_test.h"

namespace anlan::api {
namespace {

using fixture::Desk;

double number(const Node& node, const std::string& key) { return std::stod(node.find(key)->text); }

double minor(const Node& node, const std::string& key) { return number(*node.find(key), "amount"); }

std::map<std::string, double> sums(const Node& rows) {
  std::map<std::string, double> out;
  for (const Node& row : rows.items) {
    for (const char* key : {"expected_before", "expected_paid", "tail_before", "tail_left"}) {
      out[key] += number(row, key);
    }
  }
  return out;
}

TEST_CASE("risk: the same year by peril and by cover, before and after the policy") {
  Desk desk{Library(platform::Artefacts())};
  for (const std::string product : {"ningbo-2023-a", "ningbo-2023-b"}) {
    const Reply reply = desk.must("uw", {"risk", desk.company(product.back() == 'a' ? 6 : 7),
                                         "--product", product, "--frequency-percent", "130"});
    const auto by_peril = sums(*reply.json.find("perils"));
    const auto by_cover = sums(*reply.json.find("covers"));
    const double rows = 20.0;  // each rounded to the fen
    for (const auto& [key, sum] : by_peril) {
      CAPTURE(key);
      CHECK(sum > 0.0);
      CHECK(std::fabs(sum - by_cover.at(key)) <= rows + 1e-9 * sum);
    }
    CHECK(std::fabs(by_cover.at("expected_before") - number(reply.json, "expected_before")) <=
          rows);
    CHECK(std::fabs(by_cover.at("expected_paid") - number(reply.json, "expected_paid")) <= rows);
    const Node& none = reply.json.find("covers")->items.back();
    CHECK(none.find("cover")->kind == Node::Kind::kNull);
    CHECK(number(none, "expected_paid") == 0.0);
    CHECK(number(none, "tail_left") == number(none, "tail_before"));
  }
}

// `risk` speaks of vulnerability: the part of the threats that become events.
TEST_CASE("risk: own incidents change no vulnerability, and none is above one") {
  Desk desk{Library(platform::Artefacts())};
  const auto vulnerabilities = [&](int i, const char* incidents) {
    std::string text = fixture::company_text(i, 9);
    const std::size_t at = text.find("incidents_36m = ");
    text.replace(at, text.find('\n', at) - at, std::string("incidents_36m = ") + incidents);
    const Reply company = desk.must("broker", {"enterprise", "register", desk.file("c", text)});
    const Reply reply =
        desk.must("uw", {"risk", company.json.find("id")->text, "--product", "ningbo-2023-a"});
    std::map<std::string, double> out;
    for (const Node& row : reply.json.find("perils")->items) {
      out[row.find("peril")->text] = number(row, "vulnerability");
    }
    return out;
  };
  const auto none = vulnerabilities(51, "0");
  const auto twelve = vulnerabilities(53, "12");
  REQUIRE(none.size() == 13);
  for (const auto& [peril, share] : none) {
    CAPTURE(peril);
    CHECK(share <= 1.0 + 1e-9);
    CHECK(std::fabs(share - twelve.at(peril)) < 1e-5);
  }
}

TEST_CASE("risk tower: a cover stands for the heads below it whichever layer names them") {
  Desk desk{Library(platform::Artefacts())};
  const std::string company = desk.company(8);
  const auto priced = [&](const std::string& layers) {
    const std::string file = desk.file(
        "tower.json", "{\"tower\": {\"retention\": 100000, \"layers\": [" + layers + "]}}");
    return desk.must("uw",
                     {"risk", "tower", company, "--product", "ningbo-2023-a", "--tower", file});
  };
  const std::string below =
      R"({"name": "a", "limit": 50000000, "covers": ["FP.EXT"], "shares": [["X", 10000]]})";
  const std::string above =
      R"({"name": "b", "limit": 50000000, "covers": ["FP.EXT.RANSOM"], "shares": [["Y", 10000]]})";
  const Reply alone = priced(below);
  const Reply both = priced(below + ", " + above);
  CHECK(number(alone.json.find("layers")->items[0], "expected") ==
        doctest::Approx(number(both.json.find("layers")->items[0], "expected")).epsilon(1e-6));
  CHECK(number(both.json, "expected_uninsured") <= number(alone.json, "expected_uninsured"));
  const std::string unknown = desk.file(
      "bad.json",
      R"({"tower": {"retention": 1, "layers": [{"name": "a", "limit": 5, "shares": [["X", 10000]],
          "recognises_erosion_by": ["FP.NOPE"]}]}})");
  desk.tick("uw");
  const auto refused = run_operation(
      desk.session(), {"risk", "tower", company, "--product", "ningbo-2023-a", "--tower", unknown});
  REQUIRE(!refused.ok());
  CHECK(refused.refusal().path == "tower.layers[0].recognises_erosion_by");
}

TEST_CASE("quote options: up to a limit of 1,000,000 as exact as a quote, above it to 1 %") {
  Desk desk{Library(platform::Artefacts())};
  fixture::Words words{"quote", "options", desk.company(4), "--product", "ningbo-2023-a"};
  for (const char* limit : {"400000", "1000000", "5000000", "100000000"}) {
    words.insert(words.end(), {"--limit", limit});
  }
  for (const char* retention : {"0", "50000"})
    words.insert(words.end(), {"--retention", retention});
  const Reply reply = desk.must("uw", words);
  REQUIRE(reply.json.items.size() == 8);
  for (const Node& row : reply.json.items) {
    const double paid = minor(*row.find("loss"), "insured");
    const double share = minor(*row.find("loss"), "standard_error") / paid;
    CAPTURE(minor(row, "limit"));
    CAPTURE(minor(row, "retention"));
    CHECK(paid > 0.0);
    CHECK(share <= (minor(row, "limit") > 100'000'000.0 ? 0.01 : 0.00225) + 0.5 / paid);
  }
}

TEST_CASE("risk: every sampled figure has its standard error, and an appetite may be too close") {
  Desk desk{Library(platform::Artefacts())};
  const std::string company = desk.company(4);
  const fixture::Words words{"risk", company, "--product", "ningbo-2023-a"};
  const auto accepted = [&](const std::string& appetite) {
    fixture::Words all = words;
    all.insert(all.end(), {"--appetite", appetite});
    return desk.must("uw", all).json.find("appetite")->items.at(0);
  };
  const Node found = accepted("300000@50%");
  const double left = number(found, "left");
  const double error = number(found, "left_error");
  CHECK(error > 0.0);
  CHECK(number(found, "before_error") > 0.0);
  CHECK(found.find("found")->text == "within");
  const auto at = [&](double share) {
    return accepted("300000@" + std::to_string(100.0 * share).substr(0, 6)).find("found")->text;
  };
  CHECK(at(left + 0.5 * error) == "unclear");
  CHECK(at(left - 0.5 * error) == "unclear");
  CHECK(at(left - 4.0 * error) == "above");
  CHECK(at(left + 4.0 * error) == "within");
  const Reply reply = desk.must("uw", words);
  for (const Node& row : reply.json.find("curve")->items) {
    for (const char* key : {"before", "paid", "left", "before_tail_mean", "left_tail_mean"}) {
      CHECK(number(row, std::string(key) + "_error") >= 0.0);
    }
    CHECK(number(row, "before_tail_mean_error") > 0.0);
  }
  const Node& exceeds = *reply.json.find("exceeds");
  CHECK(number(exceeds, "insurable_above_limit_error") > 0.0);
  for (const char* table : {"perils", "covers"}) {
    double before = 0.0;
    for (const Node& row : reply.json.find(table)->items) {
      CHECK(number(row, "tail_left_error") >= 0.0);
      before += number(row, "tail_before_error");
    }
    CHECK(before > 0.0);
  }
}

TEST_CASE("risk grid: the filed limit is exceeded as often as in risk") {
  Desk desk{Library(platform::Artefacts())};
  const std::string company = desk.company(4);
  const Reply year = desk.must("uw", {"risk", company, "--product", "ningbo-2023-a"});
  const Reply grid = desk.must("uw", {"risk", "grid", company, "--product", "ningbo-2023-a",
                                      "--limit", "400000", "--retention", "0"});
  const Node& cell = grid.json.items.at(0);
  const Node& exceeds = *year.json.find("exceeds");
  CHECK(number(cell, "over_limit") == number(exceeds, "insurable_above_limit"));
  CHECK(number(cell, "over_limit_error") == number(exceeds, "insurable_above_limit_error"));
  CHECK(number(cell, "over_retention") == number(exceeds, "insurable_loss"));
  // Against the largest incident, so never more than against what a year adds up to.
  const Reply large = desk.must("uw", {"risk", "grid", company, "--product", "ningbo-2023-a",
                                       "--limit", "400000", "--retention", "400000"});
  CHECK(number(large.json.items.at(0), "over_retention") < number(cell, "over_limit"));
}

TEST_CASE(
    "quote options: the retention after the sublimits pays less, and a cap says what it is of") {
  Desk desk{Library(platform::Artefacts())};
  const std::string company = desk.company(4);
  const auto options = [&](const std::string& position) {
    fixture::Words words{"quote",   "options", company,       "--product", "ningbo-2023-a",
                         "--limit", "400000",  "--retention", "20000"};
    if (!position.empty()) words.insert(words.end(), {"--retention-position", position});
    words.insert(words.end(), {"--sublimit", "FP.BI=50000"});
    return desk.must("uw", words).json.items.at(0);
  };
  const Node before = options("before_sublimits");
  const Node after = options("after_sublimits");
  CHECK(minor(*after.find("loss"), "insured") < 0.99 * minor(*before.find("loss"), "insured"));
  const Node filed = options("");
  CHECK(filed.find("retention_position")->text == "before_sublimits");
  CHECK(minor(*filed.find("loss"), "insured") == minor(*before.find("loss"), "insured"));
  const Node& cap = filed.find("sublimits")->items.at(0);
  CHECK(cap.find("per_incident")->text == "true");
  CHECK(cap.find("per_year")->text == "false");
}

}  // namespace
}  // namespace anlan::api
