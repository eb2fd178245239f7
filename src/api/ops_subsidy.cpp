#include "api/ops_subsidy.h"

#include <algorithm>
#include <map>

#include "api/journal_scan.h"
#include "api/known_scheme.h"
#include "api/render.h"
#include "base/refusals.h"
#include "house/views.h"

namespace anlan::api {
namespace {

using namespace domain;

// Of a whole scheme, or of one month of it.
struct Sums {
  explicit Sums(Currency currency)
      : granted(Money::zero(currency)),
        decided(granted),
        refused(granted),
        paid(granted),
        clawed_back(granted) {}
  Money granted;              // into the budget
  Money decided;              // for policies
  Money refused;              // that policies had asked for
  Money paid;                 // by the office, of what was decided
  Money clawed_back;          // paid back to it
  std::int64_t policies = 0;  // decided, one way or the other
};

Node to_node(const Sums& sums) {
  Node node = Node::table();
  node.add("granted", anlan::to_node(sums.granted));
  node.add("decided", anlan::to_node(sums.decided));
  node.add("refused", anlan::to_node(sums.refused));
  node.add("paid", anlan::to_node(sums.paid));
  node.add("clawed_back", anlan::to_node(sums.clawed_back));
  node.add("policies", Node::number(sums.policies));
  return node;
}

class SchemeBook {
 public:
  explicit SchemeBook(const house::House& house)
      : house_(house), all_(house.currency()), open_(Money::zero(house.currency())) {}

  void grant(Instant at, Money amount) {
    for (Sums* sums : at_month(at)) sums->granted += amount;
  }

  void take(const house::PolicyFile& file) {
    if (!file.subsidy) {
      open_ += file.government_due;
      ++waiting_;
    } else {
      for (Sums* sums : at_month(file.subsidy_at)) {
        sums->decided += file.subsidy->amount;
        if (!file.subsidy->granted) sums->refused += file.policy.subsidy_part;
        ++sums->policies;
      }
    }
    for (const house::Receipt& receipt : file.receipts) {
      if (receipt.payer != Payer::kGovernment) continue;
      for (Sums* sums : at_month(receipt.at)) sums->paid += receipt.amount;
    }
    for (const house::Receipt& refund : file.life.changes->refunds) {
      if (refund.payer != Payer::kGovernment) continue;
      for (Sums* sums : at_month(refund.at)) sums->clawed_back += refund.amount;
    }
  }

  const Sums& all() const { return all_; }
  const std::map<std::string, Sums>& months() const { return months_; }
  Money open() const { return open_; }
  std::int64_t waiting() const { return waiting_; }

 private:
  std::array<Sums*, 2> at_month(Instant at) {
    const std::string month = to_text(date_of(at, house_.offset())).substr(0, 7);
    return {&all_, &months_.try_emplace(month, house_.currency()).first->second};
  }

  const house::House& house_;
  Sums all_;
  std::map<std::string, Sums> months_;
  Money open_;  // asked for by policies that run, and not decided
  std::int64_t waiting_ = 0;
};

// Whether somebody may still decide it: of a policy that is over, what the days of its cover cost.
bool is_waiting(const house::PolicyFile& file) {
  const bool over = file.cancelled || file.lapsed;
  return !file.subsidy && !(over && file.government_due.is_zero());
}

Result<SchemeName> asked_scheme(Session& session, NodeReader& options) {
  const auto scheme = options.name<SchemeTag>("scheme");
  if (options.refused()) return options.report().refusal();
  return known_scheme(scheme, session.library().scheme_names());
}

Result<Done> read_grants(Session& session, const SchemeName& scheme, SchemeBook& book) {
  return scan_journal(session, 1, [&](const house::Record& record, const Event& event) {
    const auto* grant = std::get_if<SubsidyBudgetGranted>(&event);
    if (grant && grant->scheme == scheme) book.grant(record.at, grant->amount);
  });
}

Table months_table(Session& session, const SchemeBook& book) {
  Table table;
  table.columns = {{.title = session.say("search.month")}};
  for (const std::string_view key : {"granted", "decided", "refused", "paid", "clawed_back"})
    table.columns.push_back(
        {.title = session.say("scheme." + std::string(key)), .align = Align::kRight});
  const auto row = [&](const std::string& month, const Sums& sums) {
    table.rows.push_back({month, to_grouped(sums.granted), to_grouped(sums.decided),
                          to_grouped(sums.refused), to_grouped(sums.paid),
                          to_grouped(sums.clawed_back)});
  };
  for (const auto& [month, sums] : book.months()) row(month, sums);
  row(session.say("label.sum"), book.all());
  return table;
}

Result<Reply> show(Session& session, NodeReader& options) {
  ANLAN_TRY(const SchemeName name, asked_scheme(session, options));
  ANLAN_TRY(const underwriting::SubsidyScheme* scheme, session.library().scheme(name));
  ANLAN_TRY(const house::House* house, session.house());
  SchemeBook book(*house);
  for (const auto& [id, file] : house->policies) {
    const bool its = file.policy.scheme == name;
    if (its && (file.subsidy || is_waiting(file))) book.take(file);
  }
  const Money left =
      house::subsidy_budget_left(*house, name).value_or(Money::zero(house->currency()));
  ANLAN_REQUIRE(read_grants(session, name, book));
  Reply reply;
  reply.json = Node::table();
  reply.json.add("scheme", anlan::to_node(name));
  reply.json.add("name", Node::string(scheme->name(session.lang())));
  reply.json.add("grantor", Node::string(scheme->grantor(session.lang())));
  for (Member& member : to_node(book.all()).members)
    reply.json.add(member.key, std::move(member.value));
  reply.json.add("left", anlan::to_node(left));
  reply.json.add("open", anlan::to_node(book.open()));
  reply.json.add("waiting", Node::number(book.waiting()));
  Node& months = reply.json.add("months", Node::list());
  for (const auto& [month, sums] : book.months()) {
    Node row = Node::table();
    row.add("month", Node::string(month));
    for (Member& member : to_node(sums).members) row.add(member.key, std::move(member.value));
    months.items.push_back(std::move(row));
  }
  reply.document.heading(
      1, session.say("scheme.title", {{"name", scheme->name(session.lang())},
                                      {"grantor", scheme->grantor(session.lang())}}));
  reply.document.table(months_table(session, book));
  reply.brief.push_back(session.say("scheme.brief", {{"granted", to_grouped(book.all().granted)},
                                                     {"decided", to_grouped(book.all().decided)},
                                                     {"left", to_grouped(left)},
                                                     {"waiting", std::to_string(book.waiting())},
                                                     {"open", to_grouped(book.open())}}));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

}  // namespace

Node subsidy_node(const house::House& house, const house::PolicyFile& file) {
  if (!file.policy.scheme.exists()) return Node::null();
  const bool decided = file.subsidy.has_value();
  const bool granted = decided && file.subsidy->granted;
  Node node = Node::table();
  node.add("scheme", anlan::to_node(file.policy.scheme));
  node.add("state", Node::string(granted            ? "granted"
                                 : decided          ? "refused"
                                 : is_waiting(file) ? "open"
                                                    : "over"));
  const Money asked = decided ? file.policy.subsidy_part : file.government_due;
  node.add("amount", anlan::to_node(granted ? file.subsidy->amount : asked));
  node.add("day",
           decided ? anlan::to_node(date_of(file.subsidy_at, house.offset())) : Node::null());
  node.add("reason", Node::string(decided ? file.subsidy->reason : std::string()));
  return node;
}

std::vector<Operation> subsidy_operations() {
  return {
      {.name = "subsidy show",
       .command = "",
       .zh = "一项补贴的额度、已批、已拨、追回与剩余，逐月列出",
       .en = "what a subsidy's budget holds, decided, paid and got back, month by month",
       .options = {positional("scheme", "SCHEME", "补贴方案", "the scheme")},
       .run = show},
  };
}

}  // namespace anlan::api
