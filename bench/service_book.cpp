// A book on disk for the measurements of the service: one company is registered, assessed and
// quoted by the commands of the product; the others are its likes with names of their own, brought
// in by house commands through the writer, each quoted, explained, bound, subsidised, paid.
// Usage: bench_service_book FOLDER POLICIES QUOTES; the last QUOTES companies are quoted and not
// bound. Prints as JSON the ids that a load can ask for.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "api/operation.h"
#include "api/session.h"
#include "base/check.h"
#include "house/inputs.h"
#include "house/memory_ports.h"
#include "house/views.h"
#include "platform/testing.h"

namespace {

using namespace anlan;
using namespace anlan::domain;
using platform::testing::credit_code;
using platform::testing::envelope;

constexpr std::size_t kBatch = 2'000;  // companies written together

[[noreturn]] void stop(const std::string& step, const Refusal& refusal) {
  std::fprintf(stderr, "%s: %s %s %s\n", step.c_str(), std::string(refusal.code.name).c_str(),
               refusal.path.c_str(), refusal.value.c_str());
  std::exit(1);
}

// The commands of the first company, as somebody types them.
void begin(const std::string& folder) {
  struct Step {
    std::string as;
    std::string at;
    std::vector<std::string> words;
  };
  const std::vector<Step> steps{
      {"op", "2026-02-23T09:00:00+08:00", {"init", "--name", "bench", "--sandbox"}},
      {"op", "2026-02-23T09:01:00+08:00", {"actor", "appoint", "broker", "--role", "broker"}},
      {"op",
       "2026-02-23T09:02:00+08:00",
       {"actor", "appoint", "uw", "--role", "underwriter", "--authority", "1000000.00"}},
      {"op", "2026-02-23T09:03:00+08:00", {"actor", "appoint", "finance", "--role", "finance"}},
      {"op",
       "2026-02-23T09:04:00+08:00",
       {"actor", "appoint", "office", "--role", "subsidy_officer", "--organisation",
        "ningbo-finance"}},
      {"office",
       "2026-02-23T09:05:00+08:00",
       {"subsidy", "budget", "ningbo-premium-subsidy", "--amount", "900000000.00"}},
      {"broker", "2026-02-24T09:00:00+08:00", {"enterprise", "register", "@demo/enterprise.toml"}},
      {"broker",
       "2026-02-24T09:01:00+08:00",
       {"assess", "ent_8", "--answers", "@demo/answers.toml"}},
      {"uw",
       "2026-02-25T09:00:00+08:00",
       {"quote", "issue", "ent_8", "--product", "ningbo-2023-a", "--from", "2026-03-01"}},
  };
  for (const Step& step : steps) {
    api::SessionOptions options;
    options.folder = folder;
    options.actor = step.as;
    options.at = step.at;
    options.lang = Lang::kEn;
    api::Session session(options, api::Library(platform::Artefacts()));
    const auto reply = api::run_operation(session, step.words);
    if (!reply.ok()) stop(step.words[0], reply.refusal());
  }
}

class Book {
 public:
  explicit Book(const std::string& folder)
      : clock_(parse_instant("2026-02-25T10:00:00+08:00", "now").value()) {
    auto opened = platform::HouseFolder::open(
        folder, {.mode = platform::HouseMode::kWrite, .clock = &clock_});
    if (!opened.ok()) stop("open", opened.refusal());
    folder_ = std::move(opened).value();
    ANLAN_CHECK(house().quotes.size() == 1 && house().enterprises.size() == 1);
    company_ = house().enterprises.begin()->second.enterprise;
    quote_ = house().quotes.begin()->second.quote;
    assessment_ = house().enterprises.begin()->second.assessment.value();
  }

  const house::House& house() const { return folder_->house(); }

  // Companies of these numbers; `bound`: their policies are bound and paid.
  void add(std::uint64_t from, std::size_t count, bool bound) {
    std::vector<house::Command> commands;
    for (std::size_t n = 0; n < count; ++n) commands.push_back(registration(from + n));
    const std::vector<std::uint64_t> companies = give("broker", commands);
    commands.clear();
    for (const std::uint64_t id : companies) {
      Assessment own = assessment_;
      own.id = {};
      own.enterprise = {id};
      commands.push_back(house::RecordAssessment{.assessment = own});
    }
    give("broker", commands);
    commands.clear();
    for (const std::uint64_t id : companies) {
      Quote own = quote_;
      own.id = {};
      own.enterprise = {id};
      own.inputs = house::pricing_inputs(house(), {id});
      commands.push_back(house::IssueQuote{.quote = own});
    }
    const std::vector<std::uint64_t> quotes = give("uw", commands);
    commands.clear();
    for (const std::uint64_t id : quotes) {
      house::ExplainClauses shown{
          .quote = {id}, .clauses = quote_.to_explain.get(), .texts = {}, .confirmed_by = "e-sign"};
      for (const std::string& clause : shown.clauses)
        shown.texts.push_back(sha256(bytes_of(clause)));
      commands.push_back(std::move(shown));
    }
    give("broker", commands);
    if (bound) bind(quotes);
  }

 private:
  house::RegisterEnterprise registration(std::uint64_t number) const {
    Enterprise own = company_;
    own.id = {};
    own.legal_name = "第" + std::to_string(number) + "号示例制造有限公司";
    own.credit_code = credit_code(number);
    own.contact = {};
    return {.enterprise = own};
  }

  void bind(const std::vector<std::uint64_t>& quotes) {
    std::vector<house::Command> commands;
    for (const std::uint64_t id : quotes) commands.push_back(house::BindPolicy{.quote = {id}});
    const std::vector<std::uint64_t> policies = give("uw", commands);
    commands.clear();
    for (const std::uint64_t id : policies)
      commands.push_back(house::DecideSubsidy{.policy = {id}, .grant = true, .reason = {}});
    give("office", commands);
    commands.clear();
    for (const std::uint64_t id : policies) {
      commands.push_back(house::ReceivePremium{
          .policy = {id}, .payer = Payer::kCustomer, .amount = quote_.customer_pays});
      commands.push_back(house::ReceivePremium{
          .policy = {id}, .payer = Payer::kGovernment, .amount = quote_.subsidy});
    }
    give("finance", commands);
  }

  std::vector<std::uint64_t> give(const std::string& who, std::vector<house::Command>& commands) {
    std::vector<house::Envelope> batch;
    for (house::Command& command : commands)
      batch.push_back(envelope(who, "b" + std::to_string(++keys_), std::move(command)));
    std::vector<std::uint64_t> numbers;
    for (const auto& answer : folder_->writer().submit(batch)) {
      if (!answer.ok()) stop(who, answer.refusal());
      numbers.push_back(answer->first_seq);
    }
    return numbers;
  }

  house::FixedClock clock_;
  std::unique_ptr<platform::HouseFolder> folder_;
  Enterprise company_;
  Quote quote_;
  Assessment assessment_;
  std::uint64_t keys_ = 0;
};

template <class Files>
void print_ids(const char* name, const Files& files) {
  std::printf("\"%s\": [", name);
  bool first = true;
  for (const auto& [id, file] : files) {
    std::printf("%s%llu", first ? "" : ",", static_cast<unsigned long long>(id.number));
    first = false;
  }
  std::printf("]");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: bench_service_book FOLDER POLICIES QUOTES\n");
    return 2;
  }
  const auto policies = static_cast<std::uint64_t>(std::atoll(argv[2]));
  const auto quotes = static_cast<std::uint64_t>(std::atoll(argv[3]));
  begin(argv[1]);
  Book book(argv[1]);
  for (std::uint64_t done = 0; done < policies; done += kBatch)
    book.add(done + 1, std::min<std::uint64_t>(kBatch, policies - done), true);
  for (std::uint64_t done = 0; done < quotes; done += kBatch)
    book.add(policies + done + 1, std::min<std::uint64_t>(kBatch, quotes - done), false);
  std::printf("{\"events\": %llu, ", static_cast<unsigned long long>(book.house().head.seq));
  print_ids("policies", book.house().policies);
  std::printf(", ");
  print_ids("enterprises", book.house().enterprises);
  std::printf(", \"quotes\": [");
  bool first = true;
  for (const auto& [id, file] : book.house().quotes) {
    if (file.policy.number != 0 || file.explained.get().empty()) continue;
    std::printf("%s%llu", first ? "" : ",", static_cast<unsigned long long>(id.number));
    first = false;
  }
  std::printf("]}\n");
  return 0;
}
