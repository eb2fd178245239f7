// Other terms and answers tried out: they pay what the same terms and answers on record pay, they
// say what they change, and they record nothing.
#include <doctest/doctest.h>

#include "api/desk_fixture_test.h"
#include "api/filed_terms.h"

namespace anlan::api {
namespace {

using fixture::Desk;
using fixture::Words;

double number(const Node& node, const std::string& key) { return std::stod(node.find(key)->text); }

double minor(const Node& node, const std::string& key) { return number(*node.find(key), "amount"); }

bool is_null(const Node& node, const std::string& key) {
  return node.find(key)->kind == Node::Kind::kNull;
}

// A company of these facts whose answers of today are those of the demonstration but for one.
std::string assessed(Desk& desk, int i, const std::string& from, const std::string& to) {
  const Reply company = desk.must(
      "broker", {"enterprise", "register", desk.file("c.toml", fixture::company_text(i, 4))});
  std::string text = desk.session().read_text("@demo/answers.toml").value();
  const auto put = [&](const std::string& what, const std::string& other) {
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    text.replace(at, what.size(), other);
  };
  put("2026-02-20", "2026-02-23");
  if (!from.empty()) put(from, to);
  const std::string id = company.json.find("id")->text;
  desk.must("broker", {"assess", id, "--answers", desk.file("answers.toml", text)});
  return id;
}

Words options_of(const std::string& company, const Words& more) {
  Words words{"quote",   "options", company,       "--product", "ningbo-2023-a",
              "--limit", "400000",  "--retention", "0"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

std::uint64_t head_of(Desk& desk) { return desk.session().house().value()->head.seq; }

TEST_CASE(
    "quote options: a tried answer prices as the same answer on record, and records nothing") {
  Desk desk{Library(platform::Artefacts())};
  const std::string weak = assessed(desk, 40, "", "");
  const std::string strong = assessed(desk, 41, "IAM-01 = 60", "IAM-01 = 100");
  const std::uint64_t head = head_of(desk);
  const Node plain = desk.must("uw", options_of(weak, {})).json.items.at(0);
  const Node tried =
      desk.must("uw", options_of(weak, {"--answers", "IAM-01=100"})).json.items.at(0);
  const Node recorded = desk.must("uw", options_of(strong, {})).json.items.at(0);
  CHECK(minor(*tried.find("loss"), "insured") == minor(*recorded.find("loss"), "insured"));
  CHECK(minor(*tried.find("price"), "technical_gross") ==
        minor(*recorded.find("price"), "technical_gross"));
  CHECK(minor(*tried.find("loss"), "insured") < minor(*plain.find("loss"), "insured"));
  const Node& answer = tried.find("answers")->items.at(0);
  CHECK(answer.find("control")->text == "IAM-01");
  CHECK(answer.find("was")->text == "60");
  CHECK(number(answer, "gap_after") < number(answer, "gap_before"));
  // What is on record already changes nothing.
  const Node same = desk.must("uw", options_of(weak, {"--answers", "IAM-01=60"})).json.items.at(0);
  CHECK(minor(*same.find("loss"), "insured") == minor(*plain.find("loss"), "insured"));
  CHECK(head_of(desk) == head);
}

TEST_CASE("quote options: what cannot be tried is refused by its name") {
  Desk desk{Library(platform::Artefacts())};
  const std::string company = desk.company(4);
  const auto refused = [&](const Words& more) {
    desk.tick("uw");
    const auto reply = run_operation(desk.session(), options_of(company, more));
    REQUIRE(!reply.ok());
    return reply.refusal();
  };
  struct Case {
    Words words;
    const char* code;
    const char* path;
  };
  const Case cases[] = {
      {{"--answers", "IAM-01"}, "tried_answer_malformed", "answers"},
      {{"--answers", "=5"}, "tried_answer_malformed", "answers"},
      {{"--answers", "IAM-99=100"}, "control_unknown", "answers.IAM-99"},
      {{"--answers", "IAM-01=101"}, "answer_out_of_range", "answers.IAM-01"},
      {{"--answers", "NET-02=telnet"}, "answer_not_a_choice", "answers.NET-02"},
      {{"--answers", "IAM-01=100", "--answers", "IAM-01=90"}, "answer_twice", "answers.IAM-01"},
      {{"--answers", "GOV-05=0"}, "tried_answer_fact", "answers.GOV-05"},
      {{"--waiting", "soon"}, "out_of_range", "waiting[0]"},
      {{"--waiting", "87601"}, "out_of_range", "waiting[0]"},
      {{"--waiting", "8", "--without", "FP.BI"}, "no_waiting_hours", "waiting"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.code);
    const Refusal refusal = refused(each.words);
    CHECK(std::string(refusal.code.name) == each.code);
    CHECK(refusal.path == each.path);
  }
  Words many;
  for (int i = 0; i < 201; ++i) many.insert(many.end(), {"--waiting", std::to_string(i)});
  CHECK(std::string(refused(many).code.name) == "too_many_offers");
}

TEST_CASE("quote options: a longer wait pays less, and each row says whose hours it has") {
  Desk desk{Library(platform::Artefacts())};
  const std::string company = desk.company(4);
  const Node rows =
      desk.must("uw", options_of(company, {"--waiting", "0", "--waiting", "8", "--waiting", "72"}))
          .json;
  REQUIRE(rows.items.size() == 3);
  const auto paid = [&](std::size_t i) { return minor(*rows.items[i].find("loss"), "insured"); };
  CHECK(paid(1) < paid(0));
  CHECK(paid(2) < paid(1));
  CHECK(number(rows.items[1], "waiting_hours") == 8.0);
  CHECK(rows.items[1].find("waiting")->items.at(0).find("section")->text == "FP.BI");
  CHECK(number(rows.items[1].find("waiting")->items.at(0), "hours") == 8.0);
  const Node plain = desk.must("uw", options_of(company, {})).json.items.at(0);
  CHECK(is_null(plain, "waiting_hours"));
  CHECK(minor(*plain.find("loss"), "insured") == paid(0));
}

TEST_CASE("quote options: a section that a service serves may be left out, with its service") {
  Desk desk{Library(platform::Artefacts())};
  const std::string company = desk.company(4);
  for (const auto& [product, section] :
       std::vector<std::pair<std::string, std::string>>{{"service-in-kind", "FP.IR"},
                                                        {"park-master", "FP.IR"},
                                                        {"personal-anti-fraud", "FP.LEGAL"}}) {
    CAPTURE(product);
    const Words words{"quote",   "options",     company, "--product", product, "--limit",
                      "1000000", "--retention", "0",     "--without", section};
    const Node rows = desk.must("uw", words).json;
    REQUIRE(rows.items.size() == 1);
    CHECK(minor(*rows.items[0].find("loss"), "insured") >= 0.0);
  }
}

TEST_CASE("quote options: hours do not act where the wait of a section is an amount of money") {
  Desk desk{Library(platform::Artefacts())};
  const std::string company = desk.company(4);
  desk.tick("uw");
  const auto asked =
      run_operation(desk.session(), {"quote", "options", company, "--product", "industrial-ot",
                                     "--limit", "1000000", "--retention", "0", "--waiting", "200"});
  REQUIRE(!asked.ok());
  CHECK(asked.refusal().code.name == std::string_view("no_waiting_hours"));
}

TEST_CASE("quote options: sections keep their own retentions, unless they are to give way") {
  Desk desk{Library(platform::Artefacts())};
  const std::string company = desk.company(4);
  const auto rows = [&](const Words& more) {
    Words words{"quote",   "options", company,       "--product", "sme-comprehensive",
                "--limit", "2000000", "--retention", "0",         "--retention",
                "100000"};
    words.insert(words.end(), more.begin(), more.end());
    return desk.must("uw", words).json;
  };
  const Node kept = rows({});
  CHECK(minor(*kept.items[0].find("loss"), "insured") ==
        minor(*kept.items[1].find("loss"), "insured"));
  CHECK(kept.items[0].find("retention_acts")->text == "false");
  const Node& own = kept.items[0].find("own_retentions")->items.at(0);
  CHECK(own.find("kept")->text == "true");
  CHECK(minor(own, "amount") == 2'500'000.0);
  const Node gone = rows({"--own-retentions", "replace"});
  CHECK(minor(*gone.items[1].find("loss"), "insured") <
        minor(*gone.items[0].find("loss"), "insured"));
  CHECK(minor(*gone.items[0].find("loss"), "insured") >
        minor(*kept.items[0].find("loss"), "insured"));
  CHECK(gone.items[0].find("retention_acts")->text == "true");
  CHECK(gone.items[0].find("own_retentions")->items.at(0).find("kept")->text == "false");
}

TEST_CASE("quote options: a filed premium where the filing has these terms, else what differs") {
  Desk desk{Library(platform::Artefacts())};
  const std::string company = desk.company(4);
  const auto filed = [&](const Words& more) {
    Words words{"quote", "options", company, "--product", "ningbo-2023-a"};
    words.insert(words.end(), more.begin(), more.end());
    return *desk.must("uw", words).json.items.at(0).find("filed");
  };
  const Node own = filed({"--limit", "400000", "--retention", "0"});
  CHECK(own.find("allowed")->text == "true");
  CHECK(minor(own, "premium") == 280'000.0);
  CHECK(own.find("differs")->items.empty());
  const Node twice = filed({"--limit", "800000", "--retention", "0"});
  CHECK(twice.find("allowed")->text == "false");
  CHECK(is_null(twice, "premium"));
  CHECK(twice.find("differs")->items.at(0).find("what")->text == "limit");
  // All but the end of the indemnity period is that of the filed option a8.
  const Node option = filed({"--limit", "400000", "--retention", "5000", "--waiting", "8",
                             "--retention-position", "after_sublimits"});
  CHECK(option.find("option")->text == "a8");
  REQUIRE(option.find("differs")->items.size() == 1);
  CHECK(option.find("differs")->items[0].find("what")->text == "indemnity_period");
  CHECK(option.find("differs")->items[0].find("subject")->text == "FP.BI");
}

TEST_CASE("filed terms: those of an option are filed under its premium, whatever its clauses") {
  Desk desk{Library(platform::Artefacts())};
  Library& library = desk.session().library();
  const auto* product = library.product(domain::ProductName{"ningbo-2023-a"}).value();
  terms::Terms terms = library.wording(domain::WordingName{"ningbo-2023-a8"}).value()->terms;
  terms.retention_clause = "9.9";
  FiledMatch match = filed_match(desk.session(), *product, terms).value();
  REQUIRE(match.filed());
  CHECK(match.premium().minor() == 238'000);
  terms.sections[0].participation_bp = 1'000;
  match = filed_match(desk.session(), *product, terms).value();
  REQUIRE(match.gaps.size() == 1);
  CHECK(match.gaps[0] == FiledGap{.what = FiledDifference::kOther, .subject = "FP.BI"});
}

TEST_CASE("quote options: who bears what is that of the grid") {
  Desk desk{Library(platform::Artefacts())};
  const std::string company = desk.company(4);
  const Words more{"--waiting", "8", "--answers", "IAM-01=100"};
  Words priced = options_of(company, more);
  priced.push_back("--bears");
  const Node row = desk.must("uw", priced).json.items.at(0);
  Words grid = options_of(company, more);
  grid[0] = "risk";
  grid[1] = "grid";
  const Node cell = desk.must("uw", grid).json.items.at(0);
  const Node& bears = *row.find("bears");
  CHECK(minor(bears, "retained") == number(cell, "expected_retained"));
  CHECK(minor(bears, "transferred") == number(cell, "expected_transferred"));
  CHECK(minor(bears, "tail") == number(cell, "retained_tail_mean"));
  CHECK(number(bears, "over_limit") == number(cell, "over_limit"));
  CHECK(is_null(desk.must("uw", options_of(company, more)).json.items.at(0), "bears"));
}

TEST_CASE("risk: a year under other terms and answers is that of the grid's cell") {
  Desk desk{Library(platform::Artefacts())};
  const std::string company = desk.company(4);
  const auto year = [&](const Words& more) {
    Words words{"risk", company, "--product", "ningbo-2023-a"};
    words.insert(words.end(), more.begin(), more.end());
    return desk.must("uw", words).json;
  };
  const Words terms{"--limit",   "800000", "--retention", "20000",
                    "--waiting", "12",     "--answers",   "IAM-01=100"};
  const Node tried = year(terms);
  Words words{"risk", "grid", company, "--product", "ningbo-2023-a"};
  words.insert(words.end(), terms.begin(), terms.end());
  const Node cell = desk.must("uw", words).json.items.at(0);
  CHECK(number(tried, "expected_paid") == number(cell, "expected_transferred"));
  CHECK(number(tried, "expected_left") == number(cell, "expected_retained"));
  CHECK(number(*tried.find("exceeds"), "insurable_above_limit") == number(cell, "over_limit"));
  const Node& said = *tried.find("tried");
  CHECK(minor(said, "limit") == 80'000'000.0);
  CHECK(number(said, "waiting_hours") == 12.0);
  const Node plain = year({});
  CHECK(is_null(*plain.find("tried"), "limit"));
  CHECK(number(plain, "expected_paid") != number(tried, "expected_paid"));
}

}  // namespace
}  // namespace anlan::api
