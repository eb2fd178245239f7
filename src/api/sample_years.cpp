#include "api/sample_years.h"

#include <functional>

#include <fmt/format.h>

#include "api/operation.h"
#include "base/check.h"
#include "base/refusals.h"
#include "house/month.h"
#include "house/refusals.h"

namespace anlan::api {
namespace {

constexpr int kDaysOfYear = 365;
constexpr std::int64_t kMorning = 9 * 60;  // minutes of the day, Beijing time
constexpr std::string_view kFile = "sample.toml";
constexpr std::string_view kSignals = "sample.log";
constexpr std::string_view kPackage = "security-guard";
constexpr std::string_view kOptioned = "ningbo-2023-a";  // has filed options besides its own terms
constexpr std::string_view kOption = "a8";

constexpr std::string_view kOperator = "op";
constexpr std::string_view kBroker = "wang.broker";
constexpr std::string_view kUnderwriter = "zhou.uw";
constexpr std::string_view kChief = "xu.chief";
constexpr std::string_view kVendor = "gu.vendor";
constexpr std::string_view kHandler = "li.claims";
constexpr std::string_view kManager = "chen.manager";
constexpr std::string_view kFinance = "qian.finance";
constexpr std::string_view kSubsidy = "sun.subsidy";

using Words = std::vector<std::string>;

std::string text_of(const Node& node, std::string_view key) {
  const Node* found = node.find(key);
  return found ? found->text : std::string();
}

// Minor units of an amount in a reply; 0 where there is none.
std::int64_t minor_of(const Node& node, std::string_view key) {
  const Node* found = node.find(key);
  const Node* amount = found ? found->find("amount") : nullptr;
  return amount ? std::stoll(amount->text) : 0;
}

std::string amount_text(std::int64_t minor) {
  return fmt::format("{}.{:02}", minor / 100, minor % 100);
}

std::int64_t month_of(Date day) { return std::stoll(to_text(day).substr(5, 2)); }

class SampleYears {
 public:
  SampleYears(Session& session, Session& told, const SampleBook& book, const SampleSize& size)
      : session_(session), told_(told), book_(book), size_(size) {
    end_ = start_of_day(
        plus_days(book.first_day, static_cast<std::int32_t>(size.years * kDaysOfYear)));
  }

  Result<SampleMade> make() {
    ANLAN_REQUIRE(open());
    for (std::uint64_t number = 0; number < size_.firms; ++number) come(number);
    months();
    told_.begin_steps(static_cast<std::uint64_t>(size_.years) * 12);
    while (!agenda_.empty()) {
      const auto first = agenda_.begin();
      const Act act = std::move(first->second);
      now_ = first->first;
      agenda_.erase(first);
      ANLAN_REQUIRE(act());
    }
    made_.until = now_;
    session_.close();
    return made_;
  }

 private:
  using Act = std::function<Result<Done>()>;

  struct Firm {
    std::uint64_t number = 0;
    SampleFirm facts;
    std::string enterprise;
    std::uint32_t year = 0;  // of its cover, from 0
    std::string policy;
    bool in_force = false;
  };
  using FirmPtr = std::shared_ptr<Firm>;

  void on(Date day, std::int64_t minute, Act act) {
    at(plus_minutes(start_of_day(day), minute), std::move(act));
  }
  // What would come after the end of the book does not come.
  void at(Instant when, Act act) {
    if (when < end_) agenda_.emplace(when, std::move(act));
  }

  // The reply; where it is refused, nothing, and a refusal that is not `expected` is counted.
  std::optional<Node> give(std::string_view actor, const Words& words, RefusalCode expected = {}) {
    const Result<Reply> reply = run(actor, words);
    const std::string name =
        words[0] +
        (words.size() > 1 && find_operation(words[0]) == nullptr ? " " + words[1] : std::string());
    if (!reply.ok()) {
      if (reply.refusal().code == expected) return std::nullopt;
      ++made_.refused[name + ": " + std::string(reply.refusal().code.name)];
      return std::nullopt;
    }
    ++made_.done[name];
    return reply->json;
  }

  Result<Reply> run(std::string_view actor, const Words& words) {
    SessionOptions& options = session_.options();
    options.actor = actor;
    options.at = to_text(now_);
    options.key = "sample-" + std::to_string(++count_);
    return run_operation(session_, words);
  }

  std::string file(std::string_view name, const std::string& text) {
    session_.options().files->insert_or_assign(std::string(name), text);
    return std::string(name);
  }

  Result<Done> open() {
    now_ = plus_minutes(start_of_day(book_.first_day), kMorning);
    const auto appoint = [](std::string_view name, std::string_view role, Words more = {}) {
      Words words{"actor", "appoint", std::string(name), "--role", std::string(role)};
      words.insert(words.end(), more.begin(), more.end());
      return words;
    };
    // Enough for every company in every year.
    const std::int64_t budget = static_cast<std::int64_t>(size_.firms) * size_.years * 300'000;
    const std::vector<std::pair<std::string_view, Words>> commands{
        {kOperator, {"init", "--name", book_.house, "--sandbox"}},
        {kOperator, appoint(kBroker, "broker")},
        {kOperator, appoint(kUnderwriter, "underwriter", {"--authority", "3000000.00"})},
        {kOperator, appoint(kChief, "underwriter", {"--authority", "50000000.00"})},
        {kOperator, appoint(kVendor, "security_vendor", {"--organisation", "guard-vendor"})},
        {kOperator, appoint(kHandler, "claims_handler", {"--authority", "50000.00"})},
        {kOperator, appoint(kManager, "claims_manager", {"--authority", "1000000.00"})},
        {kOperator, appoint(kFinance, "finance")},
        {kOperator, appoint(kSubsidy, "subsidy_officer", {"--organisation", "ningbo-finance"})},
        {kOperator, appoint("he.auditor", "auditor")},
        {kSubsidy,
         {"subsidy", "budget", "ningbo-premium-subsidy", "--amount", amount_text(budget)}},
        {kFinance, {"capital", "pay-in", "200000000.00"}},
    };
    for (const auto& [actor, words] : commands) {
      const Result<Reply> reply = run(actor, words);
      if (!reply.ok()) return reply.refusal();
    }
    return Done{};
  }

  void come(std::uint64_t number) {
    auto firm = std::make_shared<Firm>();
    firm->number = number;
    firm->facts = sample_firm(book_, size_.seed, number, size_.years);
    const auto minute = static_cast<std::int64_t>(kMorning + 60 + number % 120);
    on(firm->facts.came, minute, [this, firm]() -> Result<Done> {
      const auto reply = give(kBroker, {"enterprise", "register", file(kFile, firm->facts.facts)});
      if (!reply) return Done{};
      firm->enterprise = text_of(*reply, "id");
      if (firm->facts.answers)
        give(kBroker, {"assess", firm->enterprise, "--answers", file(kFile, *firm->facts.answers)});
      const Date from = plus_days(today(), 6);
      if (draws(firm, SampleDraw::kOrder).of_hundred(book_.chance.orders)) protect(firm, from);
      on(plus_days(firm->facts.came, 1), kMorning + 30 + firm->number % 60,
         [this, firm, from]() -> Result<Done> {
           offered(firm,
                   give(kUnderwriter, {"quote", "issue", firm->enterprise, "--product",
                                       firm->facts.product, "--from", to_text(from)}),
                   from);
           return Done{};
         });
      return Done{};
    });
  }

  Date today() const { return date_of(now_); }
  SampleDraws draws(const FirmPtr& firm, SampleDraw purpose) const {
    return {size_.seed, firm->number, firm->year, purpose};
  }

  // A quote stands: somebody may have to decide about it, then the company takes it or leaves it.
  void offered(const FirmPtr& firm, const std::optional<Node>& reply, Date from) {
    if (!reply) return;
    const std::string decision = text_of(*reply, "decision");
    const std::string quote = text_of(*reply, "id");
    ++made_.quotes[decision];
    if (decision == "declined") return;
    SampleDraws sale = draws(firm, SampleDraw::kSale);
    const bool accepted = sale.of_hundred(book_.chance.accepted);
    const bool takes = sale.of_hundred(book_.chance.takes);
    const bool subsidised = minor_of(*reply, "subsidy") > 0;
    if (decision == "referred") {
      const Words words{"quote",
                        "decide",
                        quote,
                        "--outcome",
                        accepted ? "accept" : "decline",
                        "--reason",
                        accepted ? "安全措施与规模相称" : "近年事件较多，保障措施不足"};
      on(today(), kMorning + 360, [this, words]() -> Result<Done> {
        give(kChief, words);
        return Done{};
      });
      if (!accepted) return;
    }
    if (!takes) return;
    on(plus_days(today(), 1), kMorning + 60,
       [this, firm, quote, from, subsidised]() -> Result<Done> {
         sell(firm, quote, from, subsidised);
         return Done{};
       });
  }

  void sell(const FirmPtr& firm, const std::string& quote, Date from, bool subsidised) {
    if (!give(kBroker, {"quote", "explain", quote, "--confirmed-by",
                        fmt::format("e-sign {} {}", to_text(today()), firm->number + 1)}))
      return;
    auto bound = give(kUnderwriter, {"policy", "bind", quote}, house::refusals::kAboveAuthority);
    if (!bound) bound = give(kChief, {"policy", "bind", quote});
    if (!bound) return;
    firm->policy = text_of(*bound, "id");
    firm->in_force = true;
    SampleDraws year = draws(firm, SampleDraw::kYear);
    const bool pays = year.of_hundred(book_.chance.pays);
    if (subsidised) {
      on(plus_days(today(), 1), kMorning + 300, [this, policy = firm->policy]() -> Result<Done> {
        give(kSubsidy, {"subsidy", "decide", policy});
        return Done{};
      });
    }
    const auto receive = [this, policy = firm->policy](std::string payer, std::int64_t minor) {
      return [this, policy, payer, minor]() -> Result<Done> {
        give(kFinance,
             {"premium", "receive", policy, "--payer", payer, "--amount", amount_text(minor)});
        return Done{};
      };
    };
    const std::int64_t customer = minor_of(*bound, "customer_part");
    const std::int64_t subsidy = minor_of(*bound, "subsidy_part");
    if (pays) {
      on(plus_days(today(), 2), kMorning + 120, receive("customer", customer));
      if (subsidised && subsidy > 0)
        on(plus_days(today(), 24), kMorning + 125, receive("government", subsidy));
    } else {
      on(plus_days(from, 40), kMorning + 200,
         [this, firm, policy = firm->policy]() -> Result<Done> {
           if (give(kUnderwriter, {"policy", "lapse", policy})) firm->in_force = false;
           return Done{};
         });
    }
    live(firm, from, pays, year);
  }

  void protect(const FirmPtr& firm, Date from) {
    const auto order = give(kBroker, {"order", "place", firm->enterprise, "--package",
                                      std::string(kPackage), "--from", to_text(from)});
    if (!order) return;
    const std::string id = text_of(*order, "id");
    on(plus_days(today(), 1), kMorning + 30, [this, id]() -> Result<Done> {
      give(kFinance, {"order", "pay", id});
      return Done{};
    });
    SampleDraws later = draws(firm, SampleDraw::kOrder);
    later.unit();  // whether there is one
    if (!later.of_hundred(book_.chance.proves)) return;
    on(plus_days(from, 9), kMorning, [this, firm, id]() -> Result<Done> {
      give(kVendor, {"observe", id, file(kSignals, sample_signals(firm->facts, today())),
                     "--product", "endpoint"});
      return Done{};
    });
  }

  // A year of cover: its changes, its incidents, its end.
  void live(const FirmPtr& firm, Date from, bool paid, SampleDraws& year) {
    if (!paid) return;
    const auto day = [&](std::int64_t first, std::int64_t last) {
      return plus_days(from, static_cast<std::int32_t>(year.whole(first, last)));
    };
    if (year.of_hundred(book_.chance.changes)) {
      on(day(20, 200), kMorning + 240, [this, firm]() -> Result<Done> {
        change(firm);
        return Done{};
      });
    }
    if (year.of_hundred(book_.chance.leaves)) {
      on(day(210, 320), kMorning + 250, [this, firm]() -> Result<Done> {
        leave(firm);
        return Done{};
      });
    }
    for (const SampleIncident& incident : sample_incidents(
             book_, firm->facts,
             {.seed = size_.seed, .number = firm->number, .year = firm->year, .from = from})) {
      at(incident.reported, [this, firm, incident, policy = firm->policy]() -> Result<Done> {
        if (firm->in_force) report(policy, incident);
        return Done{};
      });
    }
    const bool renews = year.of_hundred(book_.chance.renews);
    const Date end = plus_years(from, 1);
    on(plus_days(end, -28), kMorning + 20 + firm->number % 90,
       [this, firm, end, renews]() -> Result<Done> {
         if (firm->in_force && renews) renew(firm, end);
         return Done{};
       });
  }

  void change(const FirmPtr& firm) {
    if (!firm->in_force) return;
    Words words{"policy",  "endorse", firm->policy, "--from", to_text(plus_days(today(), 1)),
                "--reason"};
    if (firm->facts.product == kOptioned) {
      words.insert(words.end(), {"样例：改用等待期更长的方案", "--kind", "terms", "--option",
                                 std::string(kOption)});
    } else {
      words.insert(words.end(),
                   {"样例：控股股东变更", "--kind", "control_change", "--name", "样例控股"});
    }
    give(kUnderwriter, words);
  }

  void leave(const FirmPtr& firm) {
    if (!firm->in_force) return;
    if (!give(kUnderwriter,
              {"policy", "cancel", firm->policy, "--on", to_text(plus_days(today(), 1))}))
      return;
    firm->in_force = false;
    on(plus_days(today(), 2), kMorning + 40, [this, policy = firm->policy]() -> Result<Done> {
      give(kFinance, {"policy", "refund", policy});
      return Done{};
    });
  }

  void report(const std::string& policy, const SampleIncident& incident) {
    const auto reported = give(kBroker, {"incident", "report", policy, file(kFile, incident.file)});
    if (!reported) return;
    const std::string id = text_of(*reported, "id");
    if (incident.ransom) {
      // Where the wording asks for it.
      const auto condition = [&](std::string_view who, std::string_view name) {
        give(who,
             {"incident", "condition", id, "--condition", std::string(name), "--reference",
              fmt::format("{} {}", to_text(today()), id)},
             anlan::refusals::kUnknownChoice);
      };
      condition(kHandler, "sanctions_screen");
      condition(kHandler, "police_report");
      condition(kManager, "prior_written_consent");
    }
    at(incident.stated, [this, id, incident]() -> Result<Done> {
      if (give(kBroker, {"incident", "loss", id, file(kFile, incident.file)})) settle(id);
      return Done{};
    });
  }

  void settle(const std::string& incident) {
    on(plus_days(today(), 4), kMorning + 70, [this, incident]() -> Result<Done> {
      const auto decided = give(kHandler, {"claim", "adjudicate", incident});
      if (!decided) return Done{};
      const std::string claim = text_of(*decided, "id");
      const bool payable = minor_of(*decided, "payable") > 0;
      if (!give(kManager, {"claim", "approve", claim}) || !payable) return Done{};
      on(plus_days(today(), 3), kMorning + 80, [this, claim]() -> Result<Done> {
        give(kFinance, {"claim", "pay", claim});
        return Done{};
      });
      return Done{};
    });
  }

  void renew(const FirmPtr& firm, Date from) {
    const auto renewed = give(kBroker, {"quote", "renew", firm->policy});
    if (!renewed) return;
    ++firm->year;
    offered(firm, renewed, from);
  }

  // The premium of each month is earned, and the month closed, some days later.
  void months() {
    const std::int64_t first = month_of(book_.first_day);
    std::int64_t year = std::stoll(to_text(book_.first_day).substr(0, 4));
    for (std::int64_t month = first, left = size_.years * 12; left > 0; --left) {
      const std::string name = fmt::format("{}-{:02}", year, month);
      if (++month > 12) month = 1, ++year;
      const auto next = parse_date(fmt::format("{}-{:02}-01", year, month), "month");
      ANLAN_CHECK(next.ok());
      on(plus_days(*next, 3), 20 * 60, [this, name, last = plus_days(*next, -1)]() -> Result<Done> {
        ANLAN_REQUIRE(told_.step());
        return close(name, last);
      });
    }
  }

  // The first month that is closed is the first of which anything was recorded.
  Result<Done> close(const std::string& month, Date last) {
    ANLAN_TRY(const house::House* house, session_.house());
    if (const auto next = house::open_month(*house); !next || *next > last) return Done{};
    for (bool more = true; more;) {
      const Result<Reply> earned = run(kFinance, {"premium", "earn", "--through", to_text(last)});
      if (!earned.ok()) return earned.refusal();
      ++made_.done["premium earn"];
      more = text_of(earned->json, "more") == "true";
    }
    const Result<Reply> closed = run(kFinance, {"month", "close", month});
    if (!closed.ok()) return closed.refusal();
    ++made_.done["month close"];
    return Done{};
  }

  Session& session_;
  Session& told_;
  const SampleBook& book_;
  SampleSize size_;
  Instant end_;
  Instant now_;
  std::uint64_t count_ = 0;
  std::multimap<Instant, Act> agenda_;
  SampleMade made_;
};

}  // namespace

Result<SampleMade> make_sample_years(Session& session, Session& told, const SampleBook& book,
                                     const SampleSize& size) {
  ANLAN_CHECK(session.options().files.has_value());
  return SampleYears(session, told, book, size).make();
}

}  // namespace anlan::api
