// Two who want the last of something, in one batch of the writer: 10,000 times exactly one gets it.
#include <map>

#include <doctest/doctest.h>

#include "house/inputs.h"
#include "house/memory_ports.h"
#include "house/refusals.h"
#include "platform/testing.h"
#include "platform/writer.h"

namespace anlan::platform {
namespace {

using namespace testing;
using house::Envelope;

constexpr std::size_t kRaces = 10'000;
constexpr std::size_t kRacesABatch = 1'000;
const Instant kNow = Instant::from_micros(1'767'225'600'000'000);  // 2026-01-01T00:00:00Z

Money yuan(std::int64_t whole) { return Money::from_minor(whole * 100, Currency::kCny); }

// Two companies a race on a provider and a scheme of their own.
class Races {
 public:
  Races() {
    give({open_command(house::TestSigner().public_key()),
          appoint_command("broker", domain::Role::kBroker),
          appoint_command("finance", domain::Role::kFinance),
          appoint_command("uw", domain::Role::kUnderwriter),
          appoint_command("uw-two", domain::Role::kUnderwriter),
          appoint_command("office", domain::Role::kSubsidyOfficer)});
  }
  const house::House& house() const { return writer_.house(); }

  std::vector<Result<Answer>> submit(const std::vector<Envelope>& batch) {
    return writer_.submit(batch);
  }
  std::vector<std::uint64_t> give(const std::vector<Envelope>& batch) {
    std::vector<std::uint64_t> first;
    for (const auto& answer : writer_.submit(batch)) {
      REQUIRE(answer.ok());
      first.push_back(answer->first_seq);
    }
    return first;
  }
  Envelope as(std::string who, house::Command command) {
    return envelope(std::move(who), "k" + std::to_string(++keys_), std::move(command));
  }
  Envelope company(std::size_t race) {
    Envelope made = register_command(++companies_, {});
    auto& enterprise = std::get<house::RegisterEnterprise>(made.command).enterprise;
    enterprise.facts = std::vector<domain::Fact>{{.name = {"providers"},
                                                  .value = provider(race),
                                                  .source = domain::FactSource::kDeclared,
                                                  .observed_on = date_of(kNow)}};
    return made;
  }
  Envelope quote(domain::EnterpriseId company, std::size_t race) {
    domain::Quote quote;
    quote.enterprise = company;
    quote.product = {"product"};
    quote.wording = {"wording"};
    quote.from = plus_days(date_of(kNow), 5);
    quote.until = plus_years(quote.from, 1);
    quote.valid_until = quote.from;
    quote.registration = "registered";
    quote.wording_artefact = quote.product_artefact = sha256(bytes_of("filed"));
    quote.filed_low = yuan(1'960);
    quote.filed_high = yuan(3'640);
    quote.premium = quote.filed_premium = yuan(2'800);
    quote.scheme = {"scheme-" + std::to_string(race)};
    quote.subsidy = yuan(1'400);
    quote.customer_pays = yuan(1'400);
    quote.aggregate_limit = yuan(400'000);
    quote.incident_maximum = yuan(150'000);
    quote.inputs = house::pricing_inputs(house(), company);
    return as("uw", house::IssueQuote{.quote = quote});
  }
  static std::string provider(std::size_t race) { return "cloud-" + std::to_string(race); }

 private:
  house::MemoryJournal journal_;
  house::FixedClock clock_{kNow};
  Writer writer_{journal_, clock_, house::House{}};
  std::uint64_t keys_ = 0;
  std::uint64_t companies_ = 0;
};

// The quotes of two companies for each race of this batch.
std::vector<domain::QuoteId> quoted(Races& races, std::size_t from) {
  std::vector<Envelope> batch;
  for (std::size_t n = 0; n < 2 * kRacesABatch; ++n) batch.push_back(races.company(from + n / 2));
  const std::vector<std::uint64_t> companies = races.give(batch);
  batch.clear();
  for (std::size_t n = 0; n < companies.size(); ++n)
    batch.push_back(races.quote({companies[n]}, from + n / 2));
  std::vector<domain::QuoteId> quotes;
  for (const std::uint64_t seq : races.give(batch)) quotes.push_back({seq});
  return quotes;
}

// Of two answers one beside the other, one is ok and the other refused with `code`.
void check_one_winner(const std::vector<Result<Answer>>& answers, std::string_view code) {
  for (std::size_t n = 0; n < answers.size(); n += 2) {
    REQUIRE(answers[n].ok() != answers[n + 1].ok());
    const auto& lost = answers[n].ok() ? answers[n + 1] : answers[n];
    REQUIRE(lost.refusal().code.name == code);
  }
}

TEST_CASE("writer: 10,000 races on the last of an accumulation limit, one winner each") {
  Races races;
  for (std::size_t from = 0; from < kRaces; from += kRacesABatch) {
    const std::vector<domain::QuoteId> quotes = quoted(races, from);
    std::vector<Envelope> batch;
    for (std::size_t n = 0; n < kRacesABatch; ++n) {
      batch.push_back(races.as(
          "finance", house::SetAccumulationLimit{Races::provider(from + n), yuan(400'000)}));
    }
    races.give(batch);
    batch.clear();
    for (std::size_t n = 0; n < quotes.size(); ++n)
      batch.push_back(races.as("uw", house::BindPolicy{quotes[n ^ (n / 2 % 2)]}));
    check_one_winner(races.submit(batch), house::refusals::kAccumulationExceeded.name);
  }
  CHECK(races.house().policies.size() == kRaces);
}

TEST_CASE("writer: 10,000 races of two people on one quote, one winner each") {
  Races races;
  for (std::size_t from = 0; from < kRaces; from += kRacesABatch) {
    const std::vector<domain::QuoteId> quotes = quoted(races, from);
    std::vector<Envelope> batch;
    for (std::size_t n = 0; n < quotes.size(); n += 2) {
      batch.push_back(races.as("uw", house::BindPolicy{quotes[n]}));
      batch.push_back(races.as("uw-two", house::BindPolicy{quotes[n]}));
    }
    check_one_winner(races.submit(batch), house::refusals::kAlreadyDone.name);
  }
  CHECK(races.house().policies.size() == kRaces);
}

TEST_CASE("writer: 10,000 races on the last of a subsidy budget, one winner each") {
  Races races;
  for (std::size_t from = 0; from < kRaces; from += kRacesABatch) {
    const std::vector<domain::QuoteId> quotes = quoted(races, from);
    std::vector<Envelope> batch;
    for (const domain::QuoteId quote : quotes)
      batch.push_back(races.as("uw", house::BindPolicy{quote}));
    const std::vector<std::uint64_t> policies = races.give(batch);
    batch.clear();
    for (std::size_t n = 0; n < kRacesABatch; ++n) {
      batch.push_back(races.as("office", house::GrantSubsidyBudget{
                                             {"scheme-" + std::to_string(from + n)}, yuan(1'400)}));
    }
    races.give(batch);
    batch.clear();
    for (std::size_t n = 0; n < policies.size(); ++n) {
      const domain::PolicyId policy{policies[n ^ (n / 2 % 2)]};
      batch.push_back(races.as("office", house::DecideSubsidy{policy, true, ""}));
    }
    check_one_winner(races.submit(batch), "subsidy_budget_exceeded");
  }
}

}  // namespace
}  // namespace anlan::platform
