// Operations that put other terms side by side: their prices, and what they leave with the company.
#include <algorithm>
#include <memory>

#include <fmt/core.h>

#include "api/market.h"
#include "api/refusals.h"
#include "api/render.h"
#include "engine/annual_losses.h"
#include "engine/expected_loss.h"
#include "house/views.h"
#include "underwriting/price.h"

namespace anlan::api {
namespace {

using namespace domain;
using engine::LossView;

constexpr double kTailLevel = 0.99;

// ---- terms with other amounts

// Sublimits as asked for, by the code of a section or the id of a group.
using Sublimits = std::vector<std::pair<std::string, Money>>;

std::string known_names(const terms::Terms& terms) {
  std::string list;
  const auto add = [&](const std::string& name) { list += (list.empty() ? "" : ", ") + name; };
  for (const terms::Section& section : terms.sections) add(section.code);
  for (const terms::Group& group : terms.groups) add(group.id);
  return list;
}

Refusal unknown_section(const terms::Terms& terms, std::string_view option, std::string name) {
  return Refusal{.code = refusals::kSectionUnknown,
                 .path = std::string(option),
                 .value = std::move(name),
                 .args = {{.name = "known", .value = known_names(terms)}}};
}

using terms::RetentionPosition;

// The wording with another aggregate limit and retention; sublimits in the proportion of the limit.
terms::Terms with_limits(const terms::Terms& from, Money limit, Money retention) {
  terms::Terms out = from;
  const auto scaled = [&](std::optional<std::int64_t>& cap) {
    if (!cap || !from.aggregate_limit || *from.aggregate_limit == 0) return;
    cap = half_up(static_cast<Int128>(*cap) * limit.minor(), *from.aggregate_limit);
  };
  for (terms::Section& section : out.sections) {
    scaled(section.sublimit_occ);
    scaled(section.sublimit_agg);
  }
  for (terms::Group& group : out.groups) {
    scaled(group.sublimit_occ);
    scaled(group.sublimit_agg);
  }
  scaled(out.occurrence_limit);
  out.aggregate_limit = limit.minor();
  out.occurrence_retention = retention.minor();
  return out;
}

// Every cap that stands takes the new amount; where none stands, the one of the year does.
template <class Capped>
void set_cap(Capped& capped, Money amount) {
  const bool none = !capped.sublimit_occ && !capped.sublimit_agg;
  if (capped.sublimit_occ) capped.sublimit_occ = amount.minor();
  if (capped.sublimit_agg || none) capped.sublimit_agg = amount.minor();
}

void set_sublimits(const Sublimits& sublimits, terms::Terms& terms) {
  for (const auto& [name, amount] : sublimits) {
    for (terms::Section& section : terms.sections) {
      if (section.code == name) set_cap(section, amount);
    }
    for (terms::Group& group : terms.groups) {
      if (group.id == name) set_cap(group, amount);
    }
  }
}

// Without this section; a group that loses its last one goes too. Refuses kSectionUnknown,
// kNoSectionLeft.
Result<terms::Terms> without(terms::Terms terms, const std::string& code) {
  const auto same = [&](const terms::Section& section) { return section.code == code; };
  if (std::none_of(terms.sections.begin(), terms.sections.end(), same)) {
    return unknown_section(terms, "without", code);
  }
  if (terms.sections.size() == 1) {
    return Refusal{.code = refusals::kNoSectionLeft, .path = "without", .value = code};
  }
  std::erase_if(terms.sections, same);
  for (terms::Group& group : terms.groups) std::erase(group.codes, code);
  std::erase_if(terms.groups, [](const terms::Group& group) { return group.codes.empty(); });
  return terms;
}

// "FP.BI=200000". Refuses kSublimitMalformed and what parse_money refuses.
Result<std::pair<std::string, Money>> sublimit_of(const std::string& text) {
  const std::size_t at = text.find('=');
  if (at == std::string::npos || at == 0 || at + 1 == text.size()) {
    return Refusal{.code = refusals::kSublimitMalformed, .path = "sublimit", .value = text};
  }
  ANLAN_TRY(const Money amount, parse_money(text.substr(at + 1), Currency::kCny, "sublimit"));
  return std::pair{text.substr(0, at), amount};
}

bool is_known(const terms::Terms& terms, const std::string& name) {
  return std::any_of(terms.sections.begin(), terms.sections.end(),
                     [&](const terms::Section& section) { return section.code == name; }) ||
         std::any_of(terms.groups.begin(), terms.groups.end(),
                     [&](const terms::Group& group) { return group.id == name; });
}

// What is asked for, checked against the wording: terms without the sections left out, and the
// amounts that are set apart.
struct Wanted {
  terms::Terms terms;
  Sublimits sublimits;
};

Result<Wanted> wanted_of(NodeReader& options, const terms::Terms& from, Money smallest_limit) {
  Wanted out{.terms = from, .sublimits = {}};
  for (NodeReader& item : options.list_or_empty("without")) {
    ANLAN_TRY(out.terms, without(std::move(out.terms), item.as_text()));
  }
  for (NodeReader& item : options.list_or_empty("sublimit")) {
    ANLAN_TRY(auto one, sublimit_of(item.as_text()));
    for (const auto& [name, amount] : out.sublimits) {
      if (name != one.first) continue;
      return Refusal{.code = refusals::kSublimitTwice, .path = "sublimit", .value = name};
    }
    if (!is_known(out.terms, one.first)) return unknown_section(out.terms, "sublimit", one.first);
    if (one.second > smallest_limit) {
      return Refusal{.code = refusals::kSublimitAboveLimit,
                     .path = "sublimit",
                     .value = item.as_text(),
                     .args = {{.name = "limit", .value = to_grouped(smallest_limit)}}};
    }
    out.sublimits.push_back(std::move(one));
  }
  return out;
}

std::vector<Money> amounts_of(NodeReader& options, std::string_view name,
                              const std::vector<Money>& fallback) {
  std::vector<Money> out;
  for (NodeReader& item : options.list_or_empty(name)) {
    const auto amount = parse_money(item.as_text(), Currency::kCny, item.path());
    if (amount.ok()) {
      out.push_back(amount.value());
    } else {
      item.report().refuse(amount.refusal());
    }
  }
  return out.empty() ? fallback : out;
}

// The rows and columns of a table of options.
struct Grid {
  std::vector<Money> limits;
  std::vector<Money> retentions;
  Wanted wanted;
};

Result<Grid> grid_of(NodeReader& options, const terms::Terms& terms) {
  if (!terms.aggregate_limit && !options.has("limit")) {
    return Refusal{.code = refusals::kMissingOption,
                   .path = "limit",
                   .value = {},
                   .args = {{.name = "what", .value = "AMOUNT"}}};
  }
  const Money limit = Money::from_minor(terms.aggregate_limit.value_or(0), terms.currency);
  const Money none = Money::from_minor(0, limit.currency());
  Grid out;
  out.limits = amounts_of(options, "limit", {limit, limit + limit, limit + limit + limit});
  out.retentions = amounts_of(options, "retention",
                              {none, Money::from_minor(500'000, limit.currency()),
                               Money::from_minor(2'000'000, limit.currency())});
  const RetentionPosition position =
      options.choice_or("retention-position", terms.retention_position);
  if (options.refused()) return options.report().refusal();
  const Money smallest = *std::min_element(out.limits.begin(), out.limits.end());
  ANLAN_TRY(out.wanted, wanted_of(options, terms, smallest));
  out.wanted.terms.retention_position = position;
  return out;
}

terms::Plan plan_of(const Grid& grid, Money limit, Money retention) {
  terms::Terms terms = with_limits(grid.wanted.terms, limit, retention);
  set_sublimits(grid.wanted.sublimits, terms);
  return terms::compile(terms);
}

// What a cap holds for.
struct CapPer {
  bool incident = false;
  bool year = false;
};

CapPer cap_per(const terms::Terms& terms, const std::string& name) {
  const auto per = [](const auto& capped) {
    return CapPer{.incident = capped.sublimit_occ.has_value(),
                  .year = capped.sublimit_agg.has_value() || !capped.sublimit_occ};
  };
  for (const terms::Section& section : terms.sections) {
    if (section.code == name) return per(section);
  }
  for (const terms::Group& group : terms.groups) {
    if (group.id == name) return per(group);
  }
  return {};
}

// What was changed besides limit and retention, in words; empty: nothing.
std::string changes_text(Session& session, const terms::Terms& from, const Wanted& wanted) {
  std::string text;
  const auto add = [&](const std::string& one) {
    text += (text.empty() ? "" : session.say("word.list_separator")) + one;
  };
  for (const auto& [name, amount] : wanted.sublimits) {
    const CapPer per = cap_per(wanted.terms, name);
    const std::string which = per.incident && per.year ? "both"
                              : per.incident           ? "incident"
                                                       : "year";
    add(session.say("risk.with_sublimit_" + which,
                    {{"section", name}, {"amount", to_grouped(amount)}}));
  }
  for (const terms::Section& section : from.sections) {
    if (!is_known(wanted.terms, section.code)) {
      add(session.say("risk.without_section", {{"section", section.code}}));
    }
  }
  return text;
}

// The terms of every row besides limit and retention.
void add_terms(const Wanted& wanted, Node& row) {
  row.add("retention_position", to_node(wanted.terms.retention_position));
  Node sublimits = Node::list();
  for (const auto& [name, amount] : wanted.sublimits) {
    const CapPer per = cap_per(wanted.terms, name);
    Node one = Node::table();
    one.add("section", Node::string(name));
    one.add("amount", to_node(amount));
    one.add("per_incident", Node::boolean(per.incident));
    one.add("per_year", Node::boolean(per.year));
    sublimits.items.push_back(std::move(one));
  }
  row.add("sublimits", std::move(sublimits));
}

// What both operations start from: the company under the product, and the table that is asked for.
struct Opened {
  std::unique_ptr<Market> market;
  Grid grid;
  Document document;  // title, note, what else was changed
};

Result<Opened> open_grid(Session& session, NodeReader& options, const std::string& title,
                         const std::string& note) {
  const auto enterprise = options.id<EnterpriseTag>("enterprise");
  const auto name = options.name<ProductTag>("product");
  if (options.refused()) return options.report().refusal();
  Opened out;
  ANLAN_TRY(out.market, market_of(session, enterprise, name));
  const terms::Terms& terms = out.market->risk.wording->terms;
  ANLAN_TRY(out.grid, grid_of(options, terms));
  out.document.heading(1, title);
  out.document.paragraph(note);
  out.document.paragraph(session.say(
      "risk.position_" + std::string(name_of(out.grid.wanted.terms.retention_position))));
  const std::string changes = changes_text(session, terms, out.grid.wanted);
  if (!changes.empty()) {
    out.document.paragraph(session.say("risk.options_changed", {{"changes", changes}}));
  }
  return out;
}

// ---- anlan quote options

struct OptionPrice {
  LossResult loss;
  PriceParts parts;
};

// A standard error of 1 % of the expected payment is enough above a limit of 1,000,000 yuan; below,
// that of a quote is.
constexpr std::int64_t kLargeLimitMinor = 100'000'000;
constexpr double kLargeLimitError = 0.01;

Result<OptionPrice> option_price(Session& session, const Market& market, GrowingTable& tables,
                                 const terms::Plan& plan) {
  const engine::InsuredCover cover = market.cover.with(plan);
  const bool large = plan.aggregate_cap() > kLargeLimitMinor;
  ANLAN_TRY(LossResult loss,
            tables.loss(cover, market.risk.input, large ? kLargeLimitError : kQuoteError));
  ANLAN_TRY(const underwriting::PriceLoads* loads, session.library().loads());
  PriceParts parts = underwriting::price_parts(loss, *loads, market.risk.product->premium);
  return OptionPrice{.loss = std::move(loss), .parts = std::move(parts)};
}

// The standard error as a share of the expected payment; marked above 1 %.
std::string error_text(Session& session, const LossResult& loss) {
  if (loss.insured.is_zero()) return session.say("risk.none_paid");
  const std::uint64_t ppm = underwriting::ratio_ppm(loss.standard_error, loss.insured);
  return fmt::format("{:.2f} %{}", static_cast<double>(ppm) / 1e4, ppm > 10'000 ? " !" : "");
}

// The parts of the technical price; what is filed belongs to the filed terms, not to an option.
Node technical_node(const PriceParts& parts) {
  Node out = to_node(parts);
  std::erase_if(out.members, [](const Member& member) {
    return member.key == "filed_gross" || member.key == "filing_adjustment";
  });
  return out;
}

Result<Reply> quote_options(Session& session, NodeReader& options) {
  ANLAN_TRY(Opened opened, open_grid(session, options, session.say("risk.options_title"),
                                     session.say("risk.options_note")));
  Market& market = *opened.market;
  GrowingTable tables(*market.hazard, session.library().tables(), *market.executor);
  Reply reply;
  reply.document = std::move(opened.document);
  Table table{.columns = {{session.say("risk.limit"), Align::kRight},
                          {session.say("risk.retention"), Align::kRight},
                          {session.say("risk.expected_paid"), Align::kRight},
                          {session.say("risk.error"), Align::kRight},
                          {session.say("risk.range"), Align::kRight},
                          {session.say("risk.left_expected"), Align::kRight},
                          {session.say("risk.technical"), Align::kRight}}};
  reply.json = Node::list();
  for (const Money& limit : opened.grid.limits) {
    for (const Money& retention : opened.grid.retentions) {
      const terms::Plan plan = plan_of(opened.grid, limit, retention);
      ANLAN_TRY(const OptionPrice price, option_price(session, market, tables, plan));
      table.rows.push_back(
          {whole_text(limit), whole_text(retention), to_grouped(price.loss.insured),
           error_text(session, price.loss),
           whole_text(price.loss.insured_low) + " – " + whole_text(price.loss.insured_high),
           whole_text(price.loss.ground_up - price.loss.insured),
           to_grouped(price.parts.technical_gross)});
      Node row = Node::table();
      row.add("limit", to_node(limit));
      row.add("retention", to_node(retention));
      add_terms(opened.grid.wanted, row);
      row.add("loss", to_node(price.loss));
      row.add("price", technical_node(price.parts));
      reply.json.items.push_back(std::move(row));
    }
  }
  reply.document.table(std::move(table));
  add_size_findings(session, market, reply);
  return reply;
}

// ---- anlan risk grid

// One cell: what a limit and a retention leave, a year.
struct Cell {
  Money limit;
  Money retention;
  double retained = 0.0;
  double transferred = 0.0;
  double error = 0.0;              // of either
  engine::Sampled over_retention;  // P(the year's largest insurable incident > retention)
  engine::Sampled over_limit;      // P(the year's insurable losses > limit)
  engine::Sampled tail;            // mean of what is retained in the worst 1 % of years
};

Result<Cell> cell_of(const Market& market, const engine::LossModel& model, const Grid& grid,
                     Money limit, Money retention) {
  const terms::Plan plan = plan_of(grid, limit, retention);
  const engine::InsuredCover cover = market.cover.with(plan);
  const engine::YearSetting setting{
      .hazard = market.hazard, .table = market.table.get(), .cover = &cover};
  ANLAN_TRY(const engine::YearLoss year, engine::year_loss(setting, model, *market.executor));
  ANLAN_TRY(const engine::AnnualLosses losses,
            engine::AnnualLosses::sample(setting, model, kRiskPoints, *market.executor));
  return Cell{
      .limit = limit,
      .retention = retention,
      .retained = year.ground_up - year.insured,
      .transferred = year.insured,
      .error = year.standard_error,
      .over_retention =
          losses.exceeds(LossView::kLargestInsurable, static_cast<double>(retention.minor())),
      .over_limit = losses.exceeds(LossView::kInsurable, static_cast<double>(limit.minor())),
      .tail = losses.tail_mean(LossView::kRetained, kTailLevel)};
}

Node cell_node(const Cell& cell, const Wanted& wanted) {
  Node row = Node::table();
  row.add("limit", to_node(cell.limit));
  row.add("retention", to_node(cell.retention));
  add_terms(wanted, row);
  row.add("expected_retained", amount_node(cell.retained));
  row.add("expected_transferred", amount_node(cell.transferred));
  row.add("expected_error", amount_node(cell.error));
  row.add("over_retention", share_node(cell.over_retention.value));
  row.add("over_retention_error", share_node(cell.over_retention.error));
  row.add("over_limit", share_node(cell.over_limit.value));
  row.add("over_limit_error", share_node(cell.over_limit.error));
  row.add("retained_tail_mean", amount_node(cell.tail.value));
  row.add("retained_tail_mean_error", amount_node(cell.tail.error));
  return row;
}

Result<Reply> risk_grid(Session& session, NodeReader& options) {
  ANLAN_TRY(Opened opened, open_grid(session, options, session.say("risk.grid_title"),
                                     session.say("risk.grid_note")));
  const Market& market = *opened.market;
  const engine::LossModel model =
      engine::make_loss_model(*market.hazard, market.risk.input, engine::ControlUse::kOwn);
  Reply reply;
  reply.document = std::move(opened.document);
  Table table{.columns = {{session.say("risk.limit"), Align::kRight},
                          {session.say("risk.retention"), Align::kRight},
                          {session.say("risk.grid_paid"), Align::kRight},
                          {session.say("risk.grid_left"), Align::kRight},
                          {session.say("risk.above_retention"), Align::kRight},
                          {session.say("risk.above_limit"), Align::kRight},
                          {session.say("risk.grid_tail"), Align::kRight}}};
  reply.json = Node::list();
  for (const Money& limit : opened.grid.limits) {
    for (const Money& retention : opened.grid.retentions) {
      ANLAN_TRY(const Cell cell, cell_of(market, model, opened.grid, limit, retention));
      table.rows.push_back({whole_text(cell.limit), whole_text(cell.retention),
                            rounded_text(cell.transferred), rounded_text(cell.retained),
                            share_text(cell.over_retention.value),
                            share_text(cell.over_limit.value), rounded_text(cell.tail.value)});
      reply.json.items.push_back(cell_node(cell, opened.grid.wanted));
    }
  }
  reply.document.table(std::move(table));
  add_size_findings(session, market, reply);
  return reply;
}

}  // namespace

std::vector<Operation> option_operations() {
  const std::vector<Option> terms = {
      positional("enterprise", "ENTERPRISE", "企业", "the company"),
      named("product", "PRODUCT", "在哪个产品的条款下", "under the terms of which product", true),
      many("limit", "AMOUNT", "年累计限额（可多个）", "annual limit (several)"),
      many("retention", "AMOUNT", "每次事故免赔额（可多个）",
           "retention of each incident (several)"),
      named("retention-position", "POSITION", "免赔额在分项限额之前还是之后扣除（默认同条款）",
            "before_sublimits or after_sublimits: where the retention comes off (default: as in "
            "the wording)"),
      many("sublimit", "SECTION=AMOUNT", "某一保障项的分项限额，如 FP.BI=200000（可多个）",
           "sublimit of a section, e.g. FP.BI=200000 (several)"),
      many("without", "SECTION", "不含某一保障项，如 FP.EXT（可多个）",
           "leave a section out, e.g. FP.EXT (several)")};
  return {
      {.name = "quote options",
       .command = "",
       .zh = "不同限额、免赔额与分项限额的价格并列",
       .en = "prices of other limits, retentions and sublimits side by side",
       .options = terms,
       .run = quote_options},
      {.name = "risk grid",
       .command = "",
       .zh = "不同限额与免赔额下，自担多少、转移多少",
       .en = "what is kept and what is transferred over limits and retentions",
       .options = terms,
       .run = risk_grid},
  };
}

}  // namespace anlan::api
