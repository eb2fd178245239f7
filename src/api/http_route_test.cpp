#include "api/http_route.h"

#include <set>

#include <doctest/doctest.h>

#include "api/http_body.h"
#include "api/openapi.h"
#include "api/refusals.h"
#include "api/visibility.h"

namespace anlan::api {
namespace {

const Route& route_to(std::string_view method, std::string_view path) {
  const RouteFound found = find_route(method, path);
  REQUIRE(found.route != nullptr);
  return *found.route;
}

TEST_CASE("routes: every operation that a server offers has one path of its own") {
  std::set<std::string> seen;
  for (const Route& route : routes()) {
    CAPTURE(route.path);
    CHECK(seen.insert(std::string(method_name(route.method)) + " " + route.path).second);
    CHECK(audience_of(*route.operation) >= Audience::kAll);  // has its line, or ends the program
    std::string path = route.path;
    const std::size_t open = path.find('{');
    if (open != std::string::npos) path.replace(open, path.find('}') - open + 1, "pol_12");
    CHECK(find_route(method_name(route.method), path).route == &route);
  }
  CHECK(routes().size() > 150);
}

TEST_CASE(
    "routes: the path is the words of the command, its subject behind the word that names it") {
  struct Row {
    std::string_view method;
    std::string_view path;
    std::string_view operation;
    std::string_view parameter;
  };
  for (const Row& row :
       {Row{"GET", "/v1/policy/pol_12", "policy show", "pol_12"},
        Row{"GET", "/v1/policy/list", "policy list", ""},
        Row{"POST", "/v1/policy/pol_12/endorse", "policy endorse", "pol_12"},
        Row{"POST", "/v1/policy/bind", "policy bind", ""}, Row{"POST", "/v1/settle", "settle", ""},
        Row{"GET", "/v1/rules/show", "rules show", ""}}) {
    CAPTURE(row.path);
    const RouteFound found = find_route(row.method, row.path);
    REQUIRE(found.route != nullptr);
    CHECK(found.route->operation->name == row.operation);
    CHECK(found.parameter == row.parameter);
  }
  CHECK(find_route("DELETE", "/v1/policy/pol_12").other_method);
  for (const std::string_view none :
       {"/v1", "/v1/", "/v1/policy", "/v1/policy/", "/v1/policy//endorse", "/v1/backup", "/v1/init",
        "/v1/admin/key", "/v2/policy/list"}) {
    CAPTURE(none);
    const RouteFound found = find_route("GET", none);
    CHECK(found.route == nullptr);
    CHECK_FALSE(found.other_method);
  }
}

std::vector<std::string> words_of(const Route& route, std::string_view body) {
  auto words = words_of_body(route, "pol_12", body);
  REQUIRE(words.ok());
  return words->words;
}

TEST_CASE("bodies: values become the words of a command line") {
  const Route& endorse = route_to("POST", "/v1/policy/pol_12/endorse");
  CHECK(words_of(endorse, "") == std::vector<std::string>{"policy", "endorse", "--policy=pol_12"});
  CHECK(words_of(endorse, R"({"kind": "factor", "value": 85, "dry-run": true, "replaces": ["1", 2],
                              "reason": null})") ==
        std::vector<std::string>{"policy", "endorse", "--policy=pol_12", "--kind=factor",
                                 "--value=85", "--dry-run", "--replaces=1", "--replaces=2"});
  const Route& pay = route_to("POST", "/v1/premium/receive");
  CHECK(words_of(pay, R"({"amount": {"amount": 140000, "currency": "CNY"}})") ==
        std::vector<std::string>{"premium", "receive", "--amount=CNY 1400.00"});
}

TEST_CASE("bodies: a file is sent, and no path of the server is ever named") {
  const Route& report = route_to("POST", "/v1/incident/report");
  const auto sent = words_of_body(report, "", R"({"file": "peril = 1"})");
  REQUIRE(sent.ok());
  CHECK(sent->words.back() == "--file=file.toml");
  CHECK(sent->files.at("file.toml") == "peril = 1");
  const auto named = words_of_body(report, "", R"({"file": {"name": "a.csv", "base64": "Zm9v"}})");
  REQUIRE(named.ok());
  CHECK(named->files.at("a.csv") == "foo");
  const auto tree = words_of_body(report, "", R"({"file": {"peril": "P.RANSOM"}})");
  REQUIRE(tree.ok());
  CHECK(tree->words.back() == "--file=file.json");
  const auto shipped = words_of_body(report, "", R"({"file": "@demo/incident.toml"})");
  REQUIRE(shipped.ok());
  CHECK(shipped->words.back() == "--file=@demo/incident.toml");
  for (const std::string_view wrong :
       {R"({"file": {"name": "../a", "text": ""}})", R"({"file": {"name": "-", "text": ""}})",
        R"({"file": {"name": "@demo/x", "text": ""}})", R"({"file": {"name": "", "text": ""}})",
        R"({"file": {"name": "a", "base64": "Z"}})", R"({"file": 1})", R"({"policy": {"a": 1}})",
        R"({"policy": [["x"]]})", R"([])"}) {
    CAPTURE(wrong);
    const auto refused = words_of_body(report, "", wrong);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.refusal().code == refusals::kBodyValue);
  }
  CHECK(words_of_body(report, "", "{").refusal().code.name == "json_syntax");
  // An "=" within the name would make it another option.
  for (const char* within : {R"({"house=/srv": "x"})", R"({"=": "x"})"})
    CHECK(words_of_body(report, "", within).refusal().code == refusals::kUnknownOption);
}

TEST_CASE("openapi: it describes the routes and nothing else") {
  const Node described = openapi({});
  const Node* paths = described.find("paths");
  REQUIRE(paths != nullptr);
  std::size_t count = 0;
  for (const Member& path : paths->members) {
    for (const Member& method : path.value.members)
      count += method.value.find("x-roles") ? 1 : 0;  // accounts and jobs are beside the table
  }
  CHECK(count == routes().size());
  for (const Route& route : routes()) {
    CAPTURE(route.path);
    const Node* path = paths->find(route.path);
    REQUIRE(path != nullptr);
    CHECK(path->find(route.method == HttpMethod::kGet ? "get" : "post") != nullptr);
  }
}

}  // namespace
}  // namespace anlan::api
