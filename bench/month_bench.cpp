// The end of a month of a book of 100,000 policies in memory: its premium is earned in slices and
// the month is closed, with every record sealed, checked and taken into the house as a writer does.
// Goal: 10 s. bench_month [--benchmark_filter=...]
#include <string>

#include <benchmark/benchmark.h>

#include "house/decide.h"
#include "house/event_codec.h"
#include "house/evolve.h"
#include "house/replay.h"
#include "ledger/postings.h"

namespace {

using namespace anlan;
using namespace anlan::domain;

constexpr std::uint64_t kPolicies = 100'000;
const Instant kBound = parse_instant("2026-02-23T09:00:00+08:00", "bound").value();
const Instant kMonthEnd = parse_instant("2026-04-01T09:00:00+08:00", "end").value();
const Instant kNextEnd = parse_instant("2026-05-01T09:00:00+08:00", "end").value();

Money yuan(std::int64_t whole) { return Money::from_minor(whole * 100, Currency::kCny); }
Date day(std::string_view text) { return parse_date(text, "day").value(); }

// A book built event by event, without a journal behind it.
class Book {
 public:
  house::House house;

  void take(const ActorName& actor, const Event& event) {
    house::evolve(house, {.seq = ++seq_, .at = kBound, .actor = actor}, event);
    while (!house.owed.empty()) {
      const Event posted = MoneyPosted{.posting = house.owed.front()};
      house::evolve(house, {.seq = ++seq_, .at = kBound, .actor = actor}, posted);
    }
  }
  std::uint64_t next() const { return seq_ + 1; }

  // The records that follow hang on a head of this seq.
  house::House finish() {
    house.head = {.seq = seq_, .chain = {}};
    house.last_at = kBound;
    return std::move(house);
  }

 private:
  std::uint64_t seq_ = 0;
};

void open_book(Book& book) {
  const Actor op{
      .name = {"op"}, .organisation = {"house"}, .roles = {Role::kOperator}, .authority = yuan(0)};
  book.take({"op"}, HouseOpened{.name = "bench",
                                .kind = HouseKind::kLicensedInsurer,
                                .currency = Currency::kCny,
                                .offset = {},
                                .sandbox = true,
                                .public_key = {},
                                .operator_actor = op});
  for (const auto& [name, role] :
       {std::pair{"broker", Role::kBroker}, std::pair{"finance", Role::kFinance}}) {
    book.take(
        {"op"},
        ActorAppointed{
            {.name = {name}, .organisation = {"house"}, .roles = {role}, .authority = yuan(0)}});
  }
  book.take({"finance"}, ChargesSet{.terms = {{.product = {},
                                               .vat = Share::from_percent(6),
                                               .commission = Share::from_percent(12),
                                               .levy = Share::from_bp(80),
                                               .cession = Share::from_percent(40),
                                               .ceding_commission = Share::from_percent(30)}},
                                    .source = {}});
}

// Every third is subsidised by half; products, first days and premiums differ.
void bind_one(Book& book, std::uint64_t n) {
  const EnterpriseId company{book.next()};
  Enterprise enterprise;
  enterprise.id = company;
  enterprise.legal_name = "Company " + std::to_string(n);
  enterprise.credit_code = std::to_string(n);
  book.take({"broker"}, EnterpriseRegistered{enterprise});
  Quote quote;
  quote.id = {book.next()};
  quote.enterprise = company;
  quote.product = {"product-" + std::to_string(n % 7)};
  quote.premium = Money::from_minor(200'000 + static_cast<std::int64_t>(n % 9'973), Currency::kCny);
  quote.aggregate_limit = yuan(400'000);
  book.take({"broker"}, QuoteIssued{quote});
  Policy policy;
  policy.id = {book.next()};
  policy.number = "AL-2026-" + std::to_string(n);
  policy.quote = quote.id;
  policy.enterprise = company;
  policy.product = quote.product;
  const Date from = plus_days(day("2026-03-01"), static_cast<std::int32_t>(n % 20));
  policy.from = start_of_day(from);
  policy.until = start_of_day(plus_years(from, 1));
  policy.premium = quote.premium;
  policy.subsidy_part =
      n % 3 == 0 ? Money::from_minor(quote.premium.minor() / 2, Currency::kCny) : yuan(0);
  policy.customer_part = quote.premium - policy.subsidy_part;
  book.take({"broker"}, PolicyBound{policy});
}

const house::House& book_of_policies() {
  static const house::House kHouse = [] {
    Book book;
    open_book(book);
    for (std::uint64_t n = 0; n < kPolicies; ++n) bind_one(book, n);
    return book.finish();
  }();
  return kHouse;
}

// Decides, seals and accepts; false where it is refused as done.
bool give(house::House& house, Instant at, const house::Command& command) {
  const house::DecideContext context{
      .at = at, .actor = {"finance"}, .next_seq = house.head.seq + 1};
  const auto events = house::decide(house, context, command);
  if (!events.ok()) return false;
  house::Head head = house.head;
  std::uint32_t ordinal = 0;
  const std::string key = "k" + std::to_string(house.head.seq);
  for (const Event& event : *events) {
    house::Record record{.seq = 0,
                         .at = at,
                         .kind = house::event_kind(event),
                         .version = house::event_version(event),
                         .ordinal = ordinal++,
                         .count = static_cast<std::uint32_t>(events->size()),
                         .actor = {"finance"},
                         .key = ordinal == 1 ? key : "",
                         .input = ordinal == 1 ? sha256(house::command_bytes(command)) : Digest{},
                         .body = house::event_bytes(event),
                         .chain = {}};
    house::seal(head, record);
    head = {.seq = record.seq, .chain = record.chain};
    ANLAN_CHECK(house::accept_record(house, record).ok());
  }
  return true;
}

std::size_t end_month(house::House& house, Instant at, Date month) {
  const Date last = plus_days(date_of(at), -1);
  std::size_t slices = 0;
  while (give(house, at, house::EarnPremium{.through = last})) ++slices;
  ANLAN_CHECK(give(house, at, house::CloseMonth{.month = month}));
  return slices;
}

// The first month of the book, in which every policy begins to be earned.
void month_end(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    house::House house = book_of_policies();
    state.ResumeTiming();
    state.counters["slices"] = static_cast<double>(end_month(house, kMonthEnd, day("2026-03-01")));
    ANLAN_CHECK(house.ledger.sum_of_balances(Currency::kCny).is_zero());
  }
  state.counters["policies"] = static_cast<double>(kPolicies);
}

void next_month_end(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    house::House house = book_of_policies();
    end_month(house, kMonthEnd, day("2026-03-01"));
    state.ResumeTiming();
    end_month(house, kNextEnd, day("2026-04-01"));
  }
}

BENCHMARK(month_end)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(next_month_end)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
