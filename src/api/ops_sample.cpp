#include "api/ops_sample.h"

#include "api/render.h"
#include "api/sample_years.h"
#include "api/test_keys.h"
#include "platform/house_folder.h"

namespace anlan::api {
namespace {

constexpr std::string_view kBookFile = "sample/book.toml";
constexpr std::int64_t kYearsMax = 3;  // more would end after the day on which the book was written

using Counts = std::map<std::string, std::uint64_t>;

Node counts_node(const Counts& counts, std::string_view name) {
  Node list = Node::list();
  for (const auto& [what, number] : counts) {
    Node row = Node::table();
    row.add(name, Node::string(what));
    row.add("number", Node::number(static_cast<std::int64_t>(number)));
    list.items.push_back(std::move(row));
  }
  return list;
}

Table counts_table(const std::string& title, const std::string& number, const Counts& counts) {
  Table table{.columns = {{.title = title}, {.title = number, .align = Align::kRight}}};
  for (const auto& [what, count] : counts) table.rows.push_back({what, std::to_string(count)});
  return table;
}

Reply made_reply(Session& session, const SampleMade& made, const std::string& folder,
                 const TestAccount& account, const std::string& house) {
  Reply reply;
  reply.json = Node::table();
  reply.json.add("until", Node::string(to_text(made.until)));
  reply.json.add("done", counts_node(made.done, "command"));
  reply.json.add("quotes", counts_node(made.quotes, "decision"));
  reply.json.add("refused", counts_node(made.refused, "why"));
  reply.brief.push_back(session.say("sample.made", {{"house", house}, {"folder", folder}}));
  reply.document.paragraph(reply.brief.back());
  const std::string number = session.say("sample.number");
  reply.document.table(counts_table(session.say("sample.command"), number, made.done));
  reply.document.table(counts_table(session.say("sample.decision"), number, made.quotes));
  if (!made.refused.empty())
    reply.document.table(counts_table(session.say("sample.refused"), number, made.refused));
  tell_account(session, account, house, folder, reply);
  return reply;
}

Result<Reply> build_sample(Session& session, NodeReader& options) {
  const std::string folder = options.text("folder");
  ANLAN_TRY(const Node tree, session.library().toml(std::string(kBookFile)));
  ANLAN_TRY(const SampleBook book, read_sample_book(tree, std::string(kBookFile)));
  const std::int64_t firms =
      whole_option(options, "firms", {.lo = 1, .hi = book.max_firms, .fallback = 2'000});
  const std::int64_t years =
      whole_option(options, "years", {.lo = 1, .hi = kYearsMax, .fallback = kYearsMax});
  const std::int64_t seed =
      whole_option(options, "seed", {.lo = 0, .hi = 1'000'000'000, .fallback = 1});
  if (options.refused()) return options.report().refusal();
  SampleMade made;
  TestAccount account;
  const auto fill = [&](const platform::HousePaths& paths) -> Result<Done> {
    SessionOptions own;
    own.folder = paths.folder.string() + "/house";
    own.lang = session.lang();
    own.files.emplace();
    Session years_of(own, Library(session.library().artefacts()));
    ANLAN_TRY(made, make_sample_years(years_of, session, book,
                                      {.firms = static_cast<std::uint64_t>(firms),
                                       .years = years,
                                       .seed = static_cast<std::uint64_t>(seed)}));
    ANLAN_TRY(const house::House* house, years_of.house());
    ANLAN_TRY(account, make_test_account(paths.folder.string() + "/accounts.db", "sample", *house));
    return Done{};
  };
  ANLAN_REQUIRE(platform::build_house_folder(folder, fill));
  return made_reply(session, made, folder, account, book.house);
}

}  // namespace

std::vector<Operation> sample_operations() {
  return {
      {.name = "sample build",
       .command = "",
       .zh = "建立样例业务：虚构企业数年的投保、保全、出险、理赔、续保，均由真实命令办成",
       .en = "build a sample book: years of quotes, changes, losses, claims and renewals of "
             "made-up companies, by real commands",
       .options = {positional("folder", "FOLDER", "新目录", "a new folder"),
                   named("firms", "N", "企业数，默认 2000", "companies; 2,000 unless stated"),
                   named("years", "N", "年数，1 到 3，默认 3", "years, 1 to 3; 3 unless stated"),
                   named("seed", "N", "随机种子：同一种子得到同一本业务，默认 1",
                         "the same seed makes the same book; 1 unless stated")},
       .run = build_sample,
       .writes = true},
  };
}

}  // namespace anlan::api
