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

}  // namespace
}  // namespace anlan::api
