// The files of data/ that the assessment and the protection stand on, and the line from a log to a
// proven control, on the files as they are shipped.
#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "domain/refusals.h"
#include "formats/csv.h"
#include "formats/security_refusals.h"
#include "formats/security_suricata.h"
#include "formats/security_syslog.h"
#include "formats/toml.h"
#include "protection/answer.h"
#include "protection/catalogue.h"
#include "protection/control_state.h"
#include "protection/observation.h"
#include "protection/order.h"
#include "protection/posture.h"
#include "protection/refusals.h"

namespace anlan::protection {
namespace {

std::string file_text(const std::string& name) {
  std::ifstream file(ANLAN_SOURCE_DIR "/data/" + name, std::ios::binary);
  REQUIRE_MESSAGE(file, name);
  return {std::istreambuf_iterator<char>(file), {}};
}

Node toml(const std::string& name) {
  auto tree = formats::parse_toml(file_text(name), name);
  REQUIRE_MESSAGE(tree.ok(), name);
  return std::move(tree).value();
}

Questionnaire shipped_questionnaire() {
  formats::CsvColumns columns;
  for (const std::string_view name : questionnaire_columns()) columns.required.emplace_back(name);
  const std::string text = file_text("controls.csv");
  const auto rows = formats::csv_to_node(text, "controls.csv", columns);
  REQUIRE(rows.ok());
  auto questionnaire = read_questionnaire(*rows, "controls.csv", sha256(bytes_of(text)));
  if (!questionnaire.ok())
    MESSAGE(questionnaire.refusal().path, " ", questionnaire.refusal().code.name);
  REQUIRE(questionnaire.ok());
  return std::move(questionnaire).value();
}

AnswerTable shipped_answers(const Questionnaire& questionnaire) {
  const Node answers = toml("hazard/answers.toml");
  const Node controls = toml("hazard/controls.toml");
  auto table = read_answer_table({.answers = answers, .controls = controls}, questionnaire);
  if (!table.ok()) MESSAGE(table.refusal().path, " ", table.refusal().code.name);
  REQUIRE(table.ok());
  return std::move(table).value();
}

Catalogue shipped_catalogue(const Questionnaire& questionnaire) {
  const Node products = toml("catalogue/products.toml");
  const Node packages = toml("catalogue/packages.toml");
  auto catalogue = read_catalogue(
      {.products = products, .packages = packages, .digest = sha256(bytes_of("catalogue"))},
      questionnaire);
  if (!catalogue.ok()) MESSAGE(catalogue.refusal().path, " ", catalogue.refusal().code.name);
  REQUIRE(catalogue.ok());
  return std::move(catalogue).value();
}

Instant instant(std::string_view text) { return parse_instant(text, "test").value(); }

// The demonstration: 30 endpoints from 2 March 2026, the logs of that week.
domain::Order demo_order(const Catalogue& catalogue) {
  const Date from = parse_date("2026-03-02", "test").value();
  auto order = place_order(catalogue, {.enterprise = domain::EnterpriseId{1},
                                       .package = {"security-guard"},
                                       .endpoints = 30,
                                       .from = from,
                                       .until = plus_years(from, 1)});
  REQUIRE(order.ok());
  order.value().id = domain::OrderId{2};
  return order.value();
}

domain::Observation observe_log(const domain::Order& order, const domain::OrderLine& line,
                                const std::string& name) {
  const Instant received = instant("2026-03-07T09:00:00+08:00");
  auto observer = Observer::start(
      order, {.product = line.product, .format = line.format, .devices = {}, .received = received});
  REQUIRE(observer.ok());
  const std::string text = file_text("demo/telemetry/" + name);
  formats::SecurityTally tally;
  if (line.format == domain::SignalFormat::kSuricataEve) {
    formats::EveReader reader({}, [&](const formats::EveEvent& event) {
      observer.value().add({.at = event.at, .device = event.host, .alert = event.alert});
    });
    reader.feed(text);
    reader.finish();
    tally = reader.tally();
  } else {
    formats::SyslogReader reader(
        {.received = date_of(received), .offset = {}}, [&](const formats::SyslogEvent& event) {
          const std::string_view device = line.device_param.empty()
                                              ? std::string_view(event.host)
                                              : param_of(event, line.device_param);
          observer.value().add({.at = event.at, .device = device, .alert = event.alert()});
        });
    reader.feed(text);
    reader.finish();
    tally = reader.tally();
  }
  auto observation = observer.value().finish(
      {.digest = sha256(bytes_of(text)), .lines = tally.lines, .refused = tally.refused});
  REQUIRE(observation.ok());
  return observation.value();
}

std::vector<domain::Observation> demo_observations(const domain::Order& order) {
  const std::vector<std::string> logs{"logcollector.log", "eve.jsonl", "nbm.log", "endpoint.log",
                                      "mss.log"};
  std::vector<domain::Observation> observations;
  REQUIRE(order.lines.size() == logs.size());
  for (std::size_t i = 0; i < logs.size(); ++i) {
    observations.push_back(observe_log(order, order.lines[i], logs[i]));
    observations.back().id = domain::ObservationId{10 + i};
  }
  return observations;
}

domain::Posture demo_posture(const domain::Order& order,
                             const std::vector<domain::Observation>& observations,
                             std::string_view at) {
  const std::vector<domain::Order> orders{order};
  return posture_at(
      {.orders = orders, .observations = observations, .answers = {}, .at = instant(at)});
}

TEST_CASE("controls.csv: 60 questions, 36 of them for a micro firm") {
  const Questionnaire questionnaire = shipped_questionnaire();
  CHECK(questionnaire.questions.size() == 60);
  CHECK(questions_for(questionnaire, {.employees = 8}).size() == 36);
  CHECK(questions_for(questionnaire, {.employees = 48, .ot_lines = 0, .records = 8000}).size() ==
        36);
  CHECK(questions_for(questionnaire, {.employees = 5000, .ot_lines = 4, .records = 1'000'000})
            .size() == 60);
  std::set<std::string> minimum;
  std::size_t warranties = 0;
  std::set<std::string> domains;
  for (const Question& question : questionnaire.questions) {
    if (question.minimum_requirement) minimum.insert(question.control.text);
    if (question.warranty_candidate) ++warranties;
    domains.insert(question.domain_zh);
  }
  // REFERENCE.md 5: 11 minimum requirements by name. It counts 22 warranty candidates and 17
  // domains.
  CHECK(minimum == std::set<std::string>{"GOV-01", "IAM-01", "IAM-02", "END-01", "CFG-02", "VUL-01",
                                         "NET-01", "BKP-01", "BKP-02", "LOG-01", "ICS-02"});
  CHECK(warranties == 22);
  CHECK(domains.size() == 17);
}

TEST_CASE(
    "answers.toml: every answer that a person can choose has a state, and better answers never "
    "count less") {
  const Questionnaire questionnaire = shipped_questionnaire();
  const AnswerTable table = shipped_answers(questionnaire);
  const Date on = parse_date("2026-03-01", "test").value();
  std::size_t facts = 0;
  for (const Question& question : questionnaire.questions) {
    CAPTURE(question.control.text);
    const ControlWorth& worth = *table.find(question.control.text);
    facts += worth.fact ? 1 : 0;
    if (worth.fact) continue;
    const AnswerPart& main = question.parts.front();
    std::set<std::uint32_t> states;
    const auto add_state = [&](const std::string& typed) {
      const auto canonical = check_answer(question, typed, on, "answer");
      REQUIRE(canonical.ok());
      const auto state = state_of(worth, question, canonical.value(), on);
      REQUIRE(state.has_value());
      states.insert(state->ppm());
    };
    for (const std::string& word : main.words) add_state(word);
    if (main.number) {
      for (const std::int64_t number :
           {main.minimum, (main.minimum + main.maximum) / 2, main.maximum})
        add_state(std::to_string(number));
    }
    if (main.date) add_state("2026-02-01");
    CHECK(*states.begin() == 0);         // there is an answer that says: absent
    CHECK(*states.rbegin() >= 900'000);  // and one that says: works
    // A curve goes one way: more of a good thing never counts less, nor less of a bad one.
    for (std::size_t i = 2; i < worth.points.size(); ++i) {
      const bool rises = worth.points.front().value <= worth.points.back().value;
      CHECK((rises ? worth.points[i - 1].value <= worth.points[i].value
                   : worth.points[i - 1].value >= worth.points[i].value));
    }
  }
  CHECK(facts == 5);
  for (const domain::FactSource source :
       {domain::FactSource::kDeclared, domain::FactSource::kDocumented,
        domain::FactSource::kScanned}) {
    CHECK(trust_of(table, source, 0) < trust_of(table, domain::FactSource::kTelemetry, 0));
  }
}

TEST_CASE(
    "catalogue: five products, one per category, each with every control that names its category") {
  const Questionnaire questionnaire = shipped_questionnaire();
  const Catalogue catalogue = shipped_catalogue(questionnaire);
  CHECK(catalogue.products.size() == 5);
  std::set<domain::ProductCategory> categories;
  for (const Product& product : catalogue.products) {
    CAPTURE(product.name.text);
    categories.insert(product.category);
    CHECK(!product.proofs.empty());
    std::set<std::string> named;
    for (const Question& question : questionnaire.questions) {
      const auto& codes = question.product_categories;
      if (std::find(codes.begin(), codes.end(), product.code) != codes.end())
        named.insert(question.control.text);
    }
    std::set<std::string> supplied;
    for (const domain::ControlName& control : product.controls) supplied.insert(control.text);
    CHECK(supplied == named);
  }
  CHECK(categories.size() == 5);
  CHECK(!categories.contains(domain::ProductCategory::kService));
  REQUIRE(catalogue.find_package("security-guard") != nullptr);
  CHECK(catalogue.find_package("security-guard")->zh == "安全守护");
  CHECK(catalogue.find_package("security-guard")->products.size() == 5);
}

TEST_CASE("demonstration: the logs of one week prove that the package runs") {
  const Questionnaire questionnaire = shipped_questionnaire();
  const domain::Order order = demo_order(shipped_catalogue(questionnaire));
  CHECK(order.price ==
        Money::from_minor(700'000, Currency::kCny));  // 1,200 + 1,600 + 30 x 20 + 30 x 60 + 1,800
  const auto observations = demo_observations(order);
  for (const domain::Observation& observation : observations) {
    CAPTURE(observation.product.text);
    CHECK(observation.seen == observation.of);
    CHECK(observation.refused == 0);
  }
  struct Row {
    std::string_view at;
    domain::OrderState state;
    std::size_t proven;
  };
  for (const Row& row : {Row{"2026-03-01T12:00:00+08:00", domain::OrderState::kOrdered, 0},
                         Row{"2026-03-06T23:59:00+08:00", domain::OrderState::kVerifiedRunning, 9},
                         Row{"2026-03-13T08:00:00+08:00", domain::OrderState::kVerifiedRunning, 9},
                         Row{"2026-03-20T08:00:00+08:00", domain::OrderState::kDegraded, 0},
                         Row{"2027-03-02T00:00:00+08:00", domain::OrderState::kEnded, 0}}) {
    CAPTURE(row.at);
    CHECK(name_of(order_state(order, observations, instant(row.at))) == name_of(row.state));
    CHECK(proven_controls(demo_posture(order, observations, row.at)).size() == row.proven);
  }
}

TEST_CASE("demonstration: four agents gone silent leave the package provisioned, not verified") {
  const Questionnaire questionnaire = shipped_questionnaire();
  const domain::Order order = demo_order(shipped_catalogue(questionnaire));
  auto observations = demo_observations(order);
  observations[3].seen = 26;
  CHECK(order_state(order, observations, instant("2026-03-06T23:59:00+08:00")) ==
        domain::OrderState::kProvisioned);
  observations[3].seen = 27;
  CHECK(order_state(order, observations, instant("2026-03-06T23:59:00+08:00")) ==
        domain::OrderState::kVerifiedRunning);
}

TEST_CASE("demonstration: a running package closes the gaps that an honest answer left open") {
  const Questionnaire questionnaire = shipped_questionnaire();
  const AnswerTable table = shipped_answers(questionnaire);
  const domain::Order order = demo_order(shipped_catalogue(questionnaire));
  std::vector<domain::Answer> answers;
  for (const auto& [control, value] :
       {std::pair{"NET-04", "none"}, {"END-01", "0"}, {"LOG-01", "local"}, {"BKP-02", "offsite"}}) {
    answers.push_back({.control = {control},
                       .value = value,
                       .evidence = {},
                       .answered_on = parse_date("2026-03-01", "test").value()});
  }
  const auto before = control_states(questionnaire, table, answers,
                                     demo_posture(order, {}, "2026-03-06T23:59:00+08:00"));
  const auto posture = demo_posture(order, demo_observations(order), "2026-03-06T23:59:00+08:00");
  const auto after = control_states(questionnaire, table, answers, posture);
  REQUIRE(before.size() == 55);
  REQUIRE(after.size() == 55);
  const auto proven = proven_controls(posture);
  for (std::size_t i = 0; i < after.size(); ++i) {
    CAPTURE(after[i].control.text);
    const bool is_proven =
        std::find(proven.begin(), proven.end(), after[i].control) != proven.end();
    CHECK((is_proven ? after[i].gap < before[i].gap : after[i] == before[i]));
    CHECK((after[i].source == domain::FactSource::kTelemetry) == is_proven);
  }
}

TEST_CASE(
    "refusals: each of domain, protection and the security logs has a rule and a fix in both "
    "languages") {
  std::vector<RefusalCode> codes(domain::kRefusals.begin(), domain::kRefusals.end());
  codes.insert(codes.end(), kRefusals.begin(), kRefusals.end());
  codes.insert(codes.end(), formats::refusals::kSecurity.begin(),
               formats::refusals::kSecurity.end());
  for (const char* name : {"locales/zh.toml", "locales/en.toml"}) {
    const Node sentences = toml(name);
    for (const RefusalCode& code : codes) {
      CAPTURE(name);
      CAPTURE(code.name);
      const Node* const sentence = sentences.find(code.name);
      REQUIRE(sentence != nullptr);
      REQUIRE(sentence->find("rule") != nullptr);
      REQUIRE(sentence->find("fix") != nullptr);
      CHECK(!sentence->find("rule")->text.empty());
      CHECK(!sentence->find("fix")->text.empty());
    }
  }
  for (std::size_t i = 1; i < kRefusals.size(); ++i)
    CHECK(kRefusals[i - 1].number < kRefusals[i].number);
}

}  // namespace
}  // namespace anlan::protection
