// What `risk worth` promises of a product against what the quotes say before and after its
// telemetry came in, on the company of the demonstration; and sizes that the model's laws do not
// reach.
#include <cmath>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include "api/operation.h"
#include "api/session.h"
#include "platform/temporary_folder.h"

namespace anlan::api {
namespace {

using Words = std::vector<std::string>;

class House {
 public:
  House() : session_(options(folder_.path() + "/house"), Library(platform::Artefacts())) {
    run("op", "2026-02-23T09:00:00+08:00", {"init", "--name", "worth", "--sandbox"});
    for (const Words& actor :
         {Words{"broker", "--role", "broker"},
          Words{"writer", "--role", "underwriter", "--authority", "1000000.00"},
          Words{"vendor", "--role", "security_vendor", "--organisation", "guard-vendor"},
          Words{"money", "--role", "finance"}}) {
      Words words{"actor", "appoint"};
      words.insert(words.end(), actor.begin(), actor.end());
      run("op", "2026-02-23T09:10:00+08:00", words);
    }
  }

  Reply run(const std::string& actor, const std::string& at, const Words& words) {
    session_.options().actor = actor;
    session_.options().at = at;
    auto reply = run_operation(session_, words);
    INFO(words[0]);
    if (!reply.ok()) MESSAGE(session_.refusal_sentence(reply.refusal()));
    REQUIRE(reply.ok());
    return std::move(reply).value();
  }
  // A file of the demonstration's company with other records.
  std::string with_records(const std::string& records) {
    std::ifstream from(ANLAN_SOURCE_DIR "/data/demo/enterprise.toml", std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(from), {}};
    const std::string line = "records = 8000";
    REQUIRE(text.find(line) != std::string::npos);
    text.replace(text.find(line), line.size(), "records = " + records);
    const std::string path = folder_.path() + "/company.toml";
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  std::string id(const std::string& actor, const std::string& at, const Words& words) {
    return run(actor, at, words).json.find("id")->text;
  }

 private:
  static SessionOptions options(const std::string& folder) {
    SessionOptions out;
    out.folder = folder;
    out.lang = Lang::kEn;
    return out;
  }
  platform::TemporaryFolder folder_ = platform::TemporaryFolder::create().value();
  Session session_;
};

double number(const Node& node) { return std::stod(node.text); }

const Node& line_of(const Reply& reply, std::string_view list, std::string_view name) {
  for (const Node& row : reply.json.find(list)->items) {
    if (row.find("name")->text == name) return row;
  }
  FAIL("no line " << name);
  return reply.json;
}

double change_of(const Reply& worth, std::string_view name, std::string_view key) {
  return number(*line_of(worth, "products", name).find(key));
}

struct Priced {
  double ground_up = 0.0;
  double insured = 0.0;
  double technical = 0.0;
};

Priced priced(const Reply& quote) {
  const auto minor = [&](const char* table, const char* key) {
    return number(*quote.json.find(table)->find(key)->find("amount"));
  };
  return {.ground_up = minor("loss", "ground_up"),
          .insured = minor("loss", "insured"),
          .technical = minor("parts", "technical_gross")};
}

TEST_CASE("worth: a package is worth what the quote changes when its telemetry comes in") {
  House house;
  const std::string company = house.id("broker", "2026-02-24T10:00:00+08:00",
                                       {"enterprise", "register", "@demo/enterprise.toml"});
  house.run("broker", "2026-02-24T10:20:00+08:00",
            {"assess", company, "--answers", "@demo/answers.toml"});
  const std::string order =
      house.id("broker", "2026-02-24T10:30:00+08:00",
               {"order", "place", company, "--package", "security-guard", "--from", "2026-03-01"});
  house.run("money", "2026-02-24T11:00:00+08:00", {"order", "pay", order});
  const Words ask{"risk", "worth", company, "--product", "ningbo-2023-a"};
  const Words quote{"quote",         "issue",  company,     "--product",
                    "ningbo-2023-a", "--from", "2026-03-08"};
  const Reply before = house.run("writer", "2026-03-07T08:00:00+08:00", ask);
  const Priced old_price = priced(house.run("writer", "2026-03-07T08:30:00+08:00", quote));
  for (const auto& [file, product] :
       {std::pair{"endpoint.log", "endpoint"}, std::pair{"eve.jsonl", "ips"},
        std::pair{"nbm.log", "nbm"}, std::pair{"logcollector.log", "log-compliance"},
        std::pair{"mss.log", "managed-service"}}) {
    house.run("vendor", "2026-03-07T09:00:00+08:00",
              {"observe", order, std::string("@demo/telemetry/") + file, "--product", product});
  }
  const Reply after = house.run("writer", "2026-03-07T10:00:00+08:00", ask);
  const Priced new_price = priced(house.run("writer", "2026-03-07T10:00:00+08:00", quote));

  // The loss before the policy has a closed form; what is paid, and the price, are paired samples
  // of fewer events than a quote takes.
  const double change = new_price.ground_up - old_price.ground_up;
  CHECK(change < -50'000.0);
  CHECK(std::fabs(change_of(before, "Security Guard", "change_before") - change) < 2.0);
  CHECK(change_of(before, "Security Guard", "change_paid") ==
        doctest::Approx(new_price.insured - old_price.insured).epsilon(0.05));
  CHECK(change_of(before, "Security Guard", "change_technical_premium") ==
        doctest::Approx(new_price.technical - old_price.technical).epsilon(0.05));
  for (const Node& row : after.json.find("products")->items) {
    INFO(row.find("name")->text);
    CHECK(number(*row.find("change_before")) == 0.0);
    CHECK(number(*row.find("change_technical_premium")) == 0.0);
    CHECK(number(*row.find("change_before_low")) == 0.0);
  }

  // What a product proves is priced, what it helps with stands apart.
  const Node& ips = line_of(before, "products", "Intrusion prevention");
  REQUIRE(ips.find("proves")->items.size() == 1);
  CHECK(ips.find("proves")->items[0].text == "NET-04");
  CHECK(ips.find("helps_with")->items.size() == 4);
  // Anti-malware updates: a relative risk of 1.0 to 1.5; MFA on mail: of 1.3 to 3.
  CHECK(number(*line_of(before, "controls", "END-03").find("change_before_high")) == 0.0);
  CHECK(number(*line_of(before, "controls", "IAM-03").find("change_before_high")) < 0.0);
  for (const char* list : {"products", "controls"}) {
    for (const Node& row : before.json.find(list)->items) {
      CHECK(std::fabs(number(*row.find("change_before")) - number(*row.find("change_paid")) -
                      number(*row.find("change_left"))) <= 1.0);
      for (const std::string key : {"change_before", "change_paid", "change_left"}) {
        CHECK(number(*row.find(key + "_low")) <= number(*row.find(key + "_high")));
      }
    }
  }
}

bool says_size(const Reply& reply) {
  for (const Block& block : reply.document.blocks) {
    const Bullet* const bullet = std::get_if<Bullet>(&block);
    if (bullet && bullet->text.find("size laws") != std::string::npos) return true;
  }
  return false;
}

bool notes_size(const Node& json) {
  const Node* const findings = json.find("findings");
  REQUIRE(findings != nullptr);
  for (const Node& finding : findings->items) {
    if (finding.find("reason")->text == "beyond_size_laws") return true;
  }
  return false;
}

TEST_CASE("size laws: every command that prices a company says where they end") {
  House house;
  const std::string at = "2026-02-24T10:00:00+08:00";
  const std::string company =
      house.id("broker", at, {"enterprise", "register", "@demo/enterprise.toml"});
  const std::vector<Words> commands{
      {"risk", company, "--product", "ningbo-2023-a"},
      {"risk", "worth", company, "--product", "ningbo-2023-a"},
      {"risk", "grid", company, "--product", "ningbo-2023-a"},
      {"quote", "options", company, "--product", "ningbo-2023-a"},
  };
  const auto check = [&](bool beyond) {
    for (const Words& words : commands) {
      const Reply reply = house.run("writer", at, words);
      INFO(words[0], " ", words[1]);
      CHECK(says_size(reply) == beyond);
      if (reply.json.is_list()) {
        for (const Node& row : reply.json.items) CHECK(notes_size(row) == beyond);
      } else {
        CHECK(notes_size(reply.json) == beyond);
      }
    }
  };
  check(false);
  house.run("broker", at, {"enterprise", "facts", company, house.with_records("10000000000")});
  check(true);
  const Words indicate{"quote",    "indicate", "--product",   "ningbo-2023-a",
                       "--sector", "C39",      "--employees", "50"};
  for (const auto& [revenue, records, beyond] :
       {std::tuple{"30000000", "8000", false}, std::tuple{"30000000", "10000000000", true},
        std::tuple{"0.01", "8000", true}}) {
    Words words = indicate;
    for (const char* word : {"--revenue", revenue, "--records", records}) words.emplace_back(word);
    const Reply reply = house.run("writer", at, words);
    INFO(revenue, " ", records);
    CHECK(says_size(reply) == beyond);
    CHECK(notes_size(reply.json) == beyond);
  }
}

}  // namespace
}  // namespace anlan::api
