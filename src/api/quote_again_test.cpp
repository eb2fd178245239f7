#include "api/quote_again.h"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "api/desk_fixture_test.h"
#include "api/refusals.h"
#include "base/alike_test.h"
#include "base/codec.h"
#include "house/command.h"
#include "platform/refusals.h"
#include "platform/verify.h"

namespace anlan::api {
namespace {

using namespace domain;
using fixture::Desk;

// Every file that a price reads, each with something else in it.
Library changed_library(const std::string& folder) {
  namespace fs = std::filesystem;
  const platform::Artefacts shipped;
  const auto rewrite = [&](const std::string& path, const std::string& from,
                           const std::string& to) {
    std::string text(shipped.find(path)->text);
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    fs::create_directories(fs::path(folder + "/" + path).parent_path());
    std::ofstream(folder + "/" + path) << text;
  };
  rewrite("products/ningbo-2023-a.toml", "premium = \"2800.00\"", "premium = \"2900.00\"");
  rewrite("pricing/loads.toml", "\"480.00\"", "\"490.00\"");
  rewrite("wordings/ningbo-2023-b.toml", "\"400000.00\"", "\"300000.00\"");
  rewrite("hazard/perils.toml", "company_gamma = { value = 4.0", "company_gamma = { value = 3.0");
  return Library(platform::Artefacts::with_folder(folder).value());
}

TEST_CASE("quote again: 50 quotes give the same bytes after facts and files have changed") {
  Desk desk{Library(platform::Artefacts())};
  std::vector<std::pair<QuoteId, std::string>> quotes;
  for (int i = 0; i < 50; ++i) {
    const std::string company = desk.company(i);
    quotes.emplace_back(desk.quote(company, i % 5 == 4 ? "ningbo-2023-b" : "ningbo-2023-a"),
                        company);
  }
  for (int i = 0; i < 50; ++i) {
    const std::string path = desk.file("facts.toml", fixture::company_text(i, 90 - i));
    desk.must("broker", {"enterprise", "facts", quotes[static_cast<std::size_t>(i)].second, path});
  }
  const std::string folder = desk.root() + "/data";
  std::filesystem::create_directories(folder);
  desk.session().close();
  Session later(desk.options(), changed_library(folder));
  later.options().at = desk.session().options().at;
  PastHouses past(later);
  for (const auto& [id, company] : quotes) {
    const auto found = quote_again(later, past, id);
    REQUIRE(found.ok());
    CAPTURE(to_text(id));
    CHECK(found->same());
    CHECK(encoded(found->again) == encoded(found->stored));
    CHECK(found->again.loss.get().bits == found->stored.loss.get().bits);
  }
  // The changes do act: today's price of the same company is another.
  later.options().actor = "uw";
  const auto today =
      price(later, {.enterprise = quotes[0].second.empty()
                                      ? EnterpriseId{}
                                      : parse_id<EnterpriseTag>(quotes[0].second, "").value(),
                    .product = {"ningbo-2023-a"},
                    .from = parse_date("2026-03-10", "from").value()});
  REQUIRE(today.ok());
  CHECK(today->loss.get().bits !=
        quote_again(later, past, quotes[0].first)->stored.loss.get().bits);
  CHECK(today->premium.minor() == 290'000);
  const auto all = run_operation(later, {"quote", "verify"});
  REQUIRE(all.ok());
  REQUIRE(all->json.items.size() == 50);
  CHECK(all->json.items[0].find("same")->text == "true");
  // Of the four changed files a quote names those that it read.
  for (const int number : {0, 4}) {
    std::vector<std::string> named;
    for (const Node& file :
         all->json.items[static_cast<std::size_t>(number)].find("other_files")->items) {
      named.push_back(file.find("path")->text);
    }
    std::vector<std::string> expected = {"hazard/perils.toml", "pricing/loads.toml"};
    expected.emplace_back(number == 0 ? "products/ningbo-2023-a.toml"
                                      : "wordings/ningbo-2023-b.toml");
    CHECK(named == expected);
  }
}

TEST_CASE(
    "refusals 9081 quote_not_reproduced, 9082 quotes_not_vouched: a figure that the recorded "
    "inputs do not give") {
  Desk desk{Library(platform::Artefacts())};
  const EnterpriseId company = parse_id<EnterpriseTag>(desk.company(0), "id").value();
  desk.quote(to_text(company), "ningbo-2023-a");  // its files are kept
  const PricingRequest request{.enterprise = company,
                               .product = {"ningbo-2023-a"},
                               .from = parse_date("2026-03-10", "from").value()};
  const Money fen = Money::from_minor(1, Currency::kCny);
  struct Change {
    void (*change)(Quote&, Money);
    std::string field;
    std::string by;
  };
  const std::vector<Change> changes{
      {[](Quote& q, Money one) { q.parts.capital += one; }, "parts.capital.amount", "-1"},
      {[](Quote& q, Money one) { change(q.loss, [&](LossResult& l) { l.insured -= one; }); },
       "loss.insured.amount", "1"},
      {[](Quote& q, Money) {
         change(q.controls, [](std::vector<ControlState>& all) {
           all[0].gap = Share::from_ppm(all[0].gap.ppm() / 2 + 7);
         });
       },
       "controls[0].gap", ""},
      {[](Quote& q, Money) {
         change(q.loss, [](LossResult& l) { l.bits.bytes[5] ^= std::byte{1}; });
       },
       "loss.bits", ""},
      {[](Quote& q, Money) { q.policy_year = 2; }, "no_subsidy.count", ""},
  };
  for (const Change& row : changes) {
    CAPTURE(row.field);
    desk.tick("uw");
    Quote quote = price(desk.session(), request).value();
    row.change(quote, fen);
    const auto outcome = desk.session().submit(house::IssueQuote{.quote = quote});
    REQUIRE(outcome.ok());
    const std::string id = to_text(QuoteId{outcome->first_seq});
    const auto refused = run_operation(desk.session(), {"quote", "verify", id});
    REQUIRE(!refused.ok());
    CHECK(refused.refusal().code.name == refusals::kQuoteNotReproduced.name);
    CHECK(refused.refusal().value == id);
    PastHouses past(desk.session());
    const auto found = quote_again(desk.session(), past, QuoteId{outcome->first_seq});
    REQUIRE(found.ok());
    bool named = false;
    for (const FieldChange& change : found->changes) {
      if (change.path != row.field) continue;
      named = true;
      if (!row.by.empty()) CHECK(change.by == row.by);
    }
    if (row.field != "no_subsidy.count") CHECK(named);
  }
  // One damaged quote does not hide the others.
  const auto all = run_operation(desk.session(), {"quote", "verify"});
  REQUIRE(!all.ok());
  CHECK(all.refusal().code.name == refusals::kQuotesNotVouched.name);
  CHECK(all.refusal().value == std::to_string(changes.size()));
}

TEST_CASE("refusal 9080 quote_inputs_missing: a quote whose files or records are not there") {
  Desk desk{Library(platform::Artefacts())};
  const EnterpriseId company = parse_id<EnterpriseTag>(desk.company(1), "id").value();
  const PricingRequest request{.enterprise = company,
                               .product = {"ningbo-2023-a"},
                               .from = parse_date("2026-03-10", "from").value()};
  const auto refused_with = [&](const QuoteBasis& basis) {
    desk.tick("uw");
    Quote quote = price(desk.session(), request).value();
    quote.basis = basis;
    const auto outcome = desk.session().submit(house::IssueQuote{.quote = quote});
    REQUIRE(outcome.ok());
    PastHouses past(desk.session());
    const auto found = quote_again(desk.session(), past, QuoteId{outcome->first_seq});
    REQUIRE(!found.ok());
    CHECK(found.refusal().code.name == refusals::kQuoteInputsMissing.name);
    return found.refusal().args.at(0).value;
  };
  desk.tick("uw");
  const QuoteBasis right = price(desk.session(), request)->basis;
  CHECK(refused_with(right) == "list");  // submitted without keeping the files
  CHECK(refused_with({}) == "journal");
  CHECK(refused_with({.after = 1'000, .at = right.at, .files = right.files, .program = "0"}) ==
        "journal");
}

TEST_CASE("refusal 8057 blob_missing: a journal whose quote lost a file that priced it") {
  Desk desk{Library(platform::Artefacts())};
  const QuoteId id = desk.quote(desk.company(1), "ningbo-2023-a");
  const Digest perils = desk.session().library().digest("hazard/perils.toml").value();
  desk.session().close();
  const std::string house = desk.options().folder;
  const std::string backup = desk.root() + "/backup.db";
  CHECK(platform::verify_journal(house, {}).ok());
  const std::string hex = to_hex(perils);
  REQUIRE(std::filesystem::remove(house + "/blobs/" + hex.substr(0, 2) + "/" + hex.substr(2)));
  const auto refused = [&](const Refusal& found) {
    CHECK(found.code == platform::refusals::kBlobMissing);
    CHECK(found.args.at(0).value == std::to_string(id.number));
    CHECK(found.args.at(1).value == "hazard/perils.toml");
  };
  refused(platform::verify_journal(house, {}).refusal());
  desk.tick("op");
  refused(run_operation(desk.session(), {"backup", backup}).refusal());
}

TEST_CASE(
    "refusal 9083 quote_other_program: another version's figures are listed on request only") {
  Desk desk{Library(platform::Artefacts())};
  const EnterpriseId company = parse_id<EnterpriseTag>(desk.company(0), "id").value();
  desk.quote(to_text(company), "ningbo-2023-a");
  desk.tick("uw");
  Quote quote = price(desk.session(), {.enterprise = company,
                                       .product = {"ningbo-2023-a"},
                                       .from = parse_date("2026-03-10", "from").value()})
                    .value();
  quote.basis.program = "0.0.9/000000000000";
  change(quote.loss, [](LossResult& l) { l.insured_low = Money::from_minor(7, Currency::kCny); });
  const auto outcome = desk.session().submit(house::IssueQuote{.quote = quote});
  REQUIRE(outcome.ok());
  const std::string id = to_text(QuoteId{outcome->first_seq});
  for (const std::string command : {"verify", "walk"}) {
    const auto found = run_operation(desk.session(), {"quote", command, id});
    REQUIRE(!found.ok());
    CHECK(found.refusal().code.name == refusals::kQuoteOtherProgram.name);
  }
  const auto listed = run_operation(desk.session(), {"quote", "verify", id, "--other-program"});
  REQUIRE(listed.ok());
  CHECK(listed->json.items[0].find("same")->text == "false");
  CHECK(listed->json.items[0].find("changes")->items[0].find("field")->text ==
        "loss.insured_low.amount");
}

TEST_CASE("quote walk: the operation sums to what the quote records, in both orders") {
  Desk desk{Library(platform::Artefacts())};
  const QuoteId id = desk.quote(desk.company(2), "ningbo-2023-a");
  const Reply shown = desk.must("uw", {"quote", "show", to_text(id)});
  const Reply walked = desk.must("uw", {"quote", "walk", to_text(id)});
  const auto amount = [](const Node& node) { return std::stoll(node.find("amount")->text); };
  const Node& steps = *walked.json.find("steps");
  std::int64_t sum = 0;
  std::int64_t reversed = 0;
  std::int64_t technical = 0;
  for (const Node& step : steps.items) {
    sum += amount(*step.find("change"));
    reversed += amount(*step.find("change_reversed"));
    if (step.find("kind")->text == "load") technical = amount(*step.find("cumulative"));
  }
  CHECK(sum == amount(*shown.json.find("customer_pays")));
  CHECK(reversed == sum);
  CHECK(technical == amount(*shown.json.find("parts")->find("technical_gross")));
  CHECK(steps.items.size() > 40);
}

}  // namespace
}  // namespace anlan::api
