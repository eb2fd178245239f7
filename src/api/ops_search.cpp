// Operations on the projection of the journal: search, and what moved on the accounts by month.
#include "api/refusals.h"
#include "api/render.h"
#include "api/search.h"
#include "api/visibility.h"
#include "base/to_node.h"
#include "platform/projection.h"

namespace anlan::api {
namespace {

using platform::Projection;

constexpr std::size_t kFoundMax = 1'000;

// Up to the last record of the house.
Result<Projection> followed(Session& session) {
  ANLAN_TRY(const house::House* house, session.house());
  const UtcOffset offset = house->offset();
  ANLAN_TRY(const std::filesystem::path file, session.projection_file());
  session.let_go();
  ANLAN_TRY(Projection projection, Projection::open(file));
  const auto read = [&session](std::uint64_t from, std::size_t count) {
    return session.records(from, count);
  };
  ANLAN_REQUIRE(projection.follow(read, offset));
  return projection;
}

Result<Reply> search(Session& session, NodeReader& options, const Projection::Wanted& wanted) {
  const std::string text = options.text("text");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(Projection projection, followed(session));
  ANLAN_TRY(const std::vector<platform::FoundObject> found,
            projection.search(text, kFoundMax, wanted));
  Reply reply;
  reply.json = Node::list();
  Table table{.columns = {{.title = session.say("search.id")},
                          {.title = session.say("search.company")},
                          {.title = session.say("search.day")},
                          {.title = session.say("search.title")}}};
  for (const platform::FoundObject& each : found) {
    Node row = Node::table();
    row.add("id", Node::string(each.id));
    row.add("company", Node::string(each.company));
    row.add("day", Node::string(each.day));
    row.add("title", Node::string(each.title));
    reply.json.items.push_back(std::move(row));
    table.rows.push_back({each.id, each.company, each.day, each.title});
  }
  const std::string count = std::to_string(found.size());
  if (!found.empty()) reply.document.table(std::move(table));
  reply.brief.push_back(
      session.say(found.empty() ? "list.none" : "list.count", {{"count", count}}));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

Result<Reply> search_all(Session& session, NodeReader& options) {
  return search(session, options, {});
}

// "2026-03", or nothing.
std::string month_option(NodeReader& options, std::string_view name) {
  const std::string text = options.text_or(name, "");
  if (text.empty() || parse_date(text + "-01", name).ok()) return text;
  options.report().refuse(parse_date(text + "-01", name).refusal());
  return {};
}

Result<Reply> movements(Session& session, NodeReader& options) {
  const std::string from = month_option(options, "from");
  const std::string until = month_option(options, "until");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(Projection projection, followed(session));
  ANLAN_TRY(const house::House* house, session.house());
  const Currency currency = house->currency();
  ANLAN_TRY(const std::vector<platform::MonthMovement> rows, projection.movements(from, until));
  Reply reply;
  reply.json = Node::list();
  Table table{.columns = {{.title = session.say("search.month")},
                          {.title = session.say("label.account")},
                          {.title = session.say("label.debit"), .align = Align::kRight},
                          {.title = session.say("label.credit"), .align = Align::kRight}}};
  Money debit = Money::zero(currency);
  Money credit = debit;
  for (const platform::MonthMovement& each : rows) {
    const Money on_debit = Money::from_minor(each.debit, currency);
    const Money on_credit = Money::from_minor(each.credit, currency);
    debit += on_debit;
    credit += on_credit;
    Node row = Node::table();
    row.add("month", Node::string(each.month));
    row.add("account", to_node(each.account));
    row.add("debit", to_node(on_debit));
    row.add("credit", to_node(on_credit));
    reply.json.items.push_back(std::move(row));
    table.rows.push_back({each.month, word(session, "account", each.account), to_grouped(on_debit),
                          to_grouped(on_credit)});
  }
  table.rows.push_back({"", session.say("label.sum"), to_grouped(debit), to_grouped(credit)});
  reply.document.table(std::move(table));
  reply.brief.push_back(
      session.say("search.moved", {{"debit", to_grouped(debit)}, {"credit", to_grouped(credit)}}));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

Result<Reply> state(Session& session, NodeReader& options) {
  const bool again = options.flag("again", false);
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  const std::uint64_t last = house->head.seq;
  ANLAN_TRY(const std::filesystem::path file, session.projection_file());
  ANLAN_TRY(Projection projection, Projection::open(file));
  if (again) {
    ANLAN_REQUIRE(projection.clear());
    ANLAN_TRY(projection, followed(session));
  }
  ANLAN_TRY(const std::uint64_t seq, projection.seq());
  const std::uint64_t behind = last > seq ? last - seq : 0;
  Node json = Node::table();
  json.add("seq", to_node(seq));
  json.add("last", to_node(last));
  json.add("behind", to_node(behind));
  return brief_reply(session.say("search.state", {{"seq", std::to_string(seq)},
                                                  {"behind", std::to_string(behind)}}),
                     std::move(json));
}

}  // namespace

Result<Reply> run_search(Session& session, const std::vector<std::string>& words,
                         const std::vector<domain::EnterpriseId>& granted) {
  const NamedOperation named = operation_of(words);
  const std::vector<std::string> rest(words.begin() + static_cast<std::ptrdiff_t>(named.used),
                                      words.end());
  Result<Node> parsed = parse_options(rest, named.operation->options);
  if (!parsed.ok()) {
    Refusal refusal = parsed.refusal();
    refusal.args.push_back({.name = "command", .value = std::string(named.operation->name)});
    return refusal;
  }
  const Node options = std::move(parsed).value();
  ReadReport report("");
  NodeReader reader(options, report, "options");
  const domain::ActorName actor{session.options().actor};
  const auto wanted = [&](std::string_view id) -> Result<bool> {
    ANLAN_TRY(const house::House* house, session.house());
    const auto known = house->actors.find(actor);
    return known != house->actors.end() && sees(*house, {known->second, granted}, id);
  };
  Result<Reply> reply = search(session, reader, wanted);
  if (report.refused()) return report.refusal();
  return reply;
}

std::vector<Operation> search_operations() {
  return {
      {.name = "search",
       .command = "",
       .zh = "按名称、编号、信用代码等查找企业、订单、报价、保单、事件、理赔",
       .en = "find companies, orders, quotes, policies, incidents, claims by their words",
       .options = {positional("text", "TEXT", "要找的文字", "what to look for")},
       .run = search_all},
      {.name = "ledger months",
       .command = "",
       .zh = "各科目每月的借方和贷方",
       .en = "what moved on each account, month by month",
       .options = {named("from", "YYYY-MM", "起始月", "first month"),
                   named("until", "YYYY-MM", "截止月", "last month")},
       .run = movements},
      {.name = "projection",
       .command = "",
       .zh = "检索表跟到了哪条记录；可以重建",
       .en = "how far the search tables follow the journal; makes them again",
       .options = {flag("again", "从日志重建", "from the journal, all of it")},
       .run = state},
  };
}

}  // namespace anlan::api
