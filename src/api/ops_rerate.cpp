// Operation of re-rating: what the book in force would cost under other data files.
#include <algorithm>
#include <map>

#include "api/operation.h"
#include "api/render.h"
#include "api/rerate.h"

namespace anlan::api {
namespace {

using namespace domain;

constexpr std::int64_t kListMax = 1'000;
constexpr std::int64_t kListUsual = 10;
constexpr std::int64_t kThreadsMax = 256;

// Of one product, or of all.
struct Sums {
  std::int64_t policies = 0;
  Money premium;
  Money expected_before;
  Money expected_after;
  Money technical_before;
  Money technical_after;
  std::int64_t short_before = 0;  // technical price above the premium
  std::int64_t short_after = 0;
  template <class S = Sums>
  static constexpr auto fields() {
    return std::tuple{field("policies", &S::policies),
                      field("premium", &S::premium),
                      field("expected_before", &S::expected_before),
                      field("expected_after", &S::expected_after),
                      field("technical_before", &S::technical_before),
                      field("technical_after", &S::technical_after),
                      field("short_before", &S::short_before),
                      field("short_after", &S::short_after)};
  }
};

Sums none_of(Currency currency) {
  const Money none = Money::zero(currency);
  return {.policies = 0,
          .premium = none,
          .expected_before = none,
          .expected_after = none,
          .technical_before = none,
          .technical_after = none};
}

void add(Sums& sums, const Rerate& row) {
  ++sums.policies;
  sums.premium += row.premium;
  sums.expected_before += row.expected_before;
  sums.expected_after += row.expected_after;
  sums.technical_before += row.technical_before;
  sums.technical_after += row.technical_after;
  sums.short_before += row.technical_before > row.premium ? 1 : 0;
  sums.short_after += row.technical_after > row.premium ? 1 : 0;
}

void product_table(Session& session, const std::map<ProductName, Sums>& products, const Sums& all,
                   Document& document) {
  Table table;
  table.columns = {{.title = session.say("rerate.product")},
                   {.title = session.say("rerate.policies"), .align = Align::kRight},
                   {.title = session.say("rerate.premium"), .align = Align::kRight},
                   {.title = session.say("rerate.technical_before"), .align = Align::kRight},
                   {.title = session.say("rerate.technical_after"), .align = Align::kRight},
                   {.title = session.say("rerate.short"), .align = Align::kRight}};
  const auto row = [&](std::string name, const Sums& sums) {
    table.rows.push_back(
        {std::move(name), std::to_string(sums.policies), to_grouped(sums.premium),
         to_grouped(sums.technical_before), to_grouped(sums.technical_after),
         std::to_string(sums.short_before) + " -> " + std::to_string(sums.short_after)});
  };
  for (const auto& [product, sums] : products) row(product_name(session, product), sums);
  if (products.size() > 1) row(session.say("label.sum"), all);
  document.table(std::move(table));
}

// Those whose technical price moves most, the largest move first.
std::vector<Rerate> most_moved(std::vector<Rerate> rows, std::size_t count) {
  const auto move = [](const Rerate& row) {
    const Money change = row.technical_after - row.technical_before;
    return change.is_negative() ? -change : change;
  };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const Rerate& a, const Rerate& b) { return move(a) > move(b); });
  rows.resize(std::min(rows.size(), count));
  return rows;
}

void policy_table(Session& session, const house::House& house, const std::vector<Rerate>& rows,
                  Document& document) {
  Table table;
  table.columns = {{.title = session.say("label.policy")},
                   {.title = session.say("rerate.company")},
                   {.title = session.say("rerate.premium"), .align = Align::kRight},
                   {.title = session.say("rerate.technical_before"), .align = Align::kRight},
                   {.title = session.say("rerate.technical_after"), .align = Align::kRight}};
  for (const Rerate& row : rows) {
    const house::PolicyFile* file = house::find_policy(house, row.policy);
    table.rows.push_back({to_text(row.policy), company_name(house, file->policy.enterprise),
                          to_grouped(row.premium), to_grouped(row.technical_before),
                          to_grouped(row.technical_after)});
  }
  if (!table.rows.empty()) document.table(std::move(table));
}

Result<Reply> rerate(Session& session, NodeReader& options) {
  const std::string folder = options.text("folder");
  const auto list = static_cast<std::size_t>(
      whole_option(options, "list", {.lo = 0, .hi = kListMax, .fallback = kListUsual}));
  const auto threads = static_cast<int>(
      whole_option(options, "threads", {.lo = 0, .hi = kThreadsMax, .fallback = 0}));
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(platform::Artefacts files, platform::Artefacts::with_folder(folder));
  Library changed(std::move(files));
  ANLAN_TRY(const PricingBasis basis, pricing_basis(session));
  ANLAN_TRY(const Rerated found, rerate_book(basis, changed, threads));
  std::map<ProductName, Sums> products;
  Sums all = none_of(basis.house.currency());
  for (const Rerate& row : found.rows) {
    add(products.try_emplace(row.product, none_of(basis.house.currency())).first->second, row);
    add(all, row);
  }
  Reply reply;
  reply.json = to_node(all);
  reply.json.add("left_out", Node::number(static_cast<std::int64_t>(found.left_out.size())));
  Node& by_product = reply.json.add("products", Node::list());
  for (const auto& [product, sums] : products) {
    Node node = to_node(sums);
    node.add("product", to_node(product));
    by_product.items.push_back(std::move(node));
  }
  const std::vector<Rerate> moved = most_moved(found.rows, list);
  reply.json.add("most_moved", to_node(moved));
  reply.brief.push_back(session.say(
      "rerate.line",
      {{"policies", std::to_string(all.policies)},
       {"before", to_grouped(all.expected_before)},
       {"after", to_grouped(all.expected_after)},
       {"left", found.left_out.empty() ? std::string() : std::to_string(found.left_out.size())}}));
  reply.document.heading(1, session.say("rerate.title", {{"folder", folder}}));
  product_table(session, products, all, reply.document);
  reply.document.paragraph(reply.brief.back());
  policy_table(session, basis.house, moved, reply.document);
  for (std::size_t n = 0; n < std::min(found.left_out.size(), list); ++n) {
    reply.document.bullet(
        session.say("rerate.left_out",
                    {{"policy", to_text(found.left_out[n].first)},
                     {"reason", std::string(found.left_out[n].second.code.name)}}),
        "!");
  }
  return reply;
}

}  // namespace

std::vector<Operation> rerate_operations() {
  return {
      {.name = "model rerate",
       .command = "",
       .zh = "用另一套数据文件给全部有效保单重新定价，与现用的并列",
       .en = "price the book in force under other data files, beside those of now",
       .options = {positional("folder", "FOLDER", "放着改过的数据文件的目录（同名者替换）",
                              "folder with the changed data files, by their names"),
                   named("list", "N", "列出变动最大的几张，缺省 10",
                         "how many of the most changed to list (10)"),
                   named("threads", "N", "线程数，0 为全部", "threads; 0: all")},
       .run = rerate,
       .lengthy = true},
  };
}

}  // namespace anlan::api
