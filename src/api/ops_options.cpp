// Operations that put other terms side by side: their prices, and what they leave with the company.
#include <algorithm>
#include <memory>

#include <fmt/core.h>

#include "api/filed_terms.h"
#include "api/market.h"
#include "api/offer_refusals.h"
#include "api/other_terms.h"
#include "api/refusals.h"
#include "api/render.h"
#include "api/tried_answers.h"
#include "base/maths.h"
#include "engine/annual_losses.h"
#include "engine/expected_loss.h"
#include "underwriting/price.h"

namespace anlan::api {
namespace {

using namespace domain;
using engine::LossView;

constexpr double kTailLevel = 0.99;

// The rows and columns of a table of options.
struct Grid {
  std::vector<Money> limits;
  std::vector<Money> retentions;
  std::vector<std::int64_t> waiting;  // empty: as in the wording
  WantedTerms wanted;

  std::size_t size() const {
    return limits.size() * retentions.size() * std::max<std::size_t>(1, waiting.size());
  }
  // In the order of the rows: limits, of each the retentions, of each the hours.
  std::vector<TermsChoice> rows() const {
    std::vector<TermsChoice> out;
    for (const Money& limit : limits) {
      for (const Money& retention : retentions) {
        if (waiting.empty()) out.push_back({.limit = limit, .retention = retention});
        for (const std::int64_t hours : waiting) {
          out.push_back({.limit = limit, .retention = retention, .waiting = hours});
        }
      }
    }
    return out;
  }
};

// So that an answer stays a table that somebody reads, and ends.
constexpr std::size_t kOffersMax = 200;

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
  if (options.refused()) return options.report().refusal();
  const Money smallest = *std::min_element(out.limits.begin(), out.limits.end());
  ANLAN_TRY(out.wanted, wanted_terms(options, terms, smallest));
  ANLAN_TRY(out.waiting, waiting_of(options, out.wanted.terms));
  if (out.size() <= kOffersMax) return out;
  return Refusal{.code = refusals::kTooManyOffers,
                 .path = "limit",
                 .value = std::to_string(out.size()),
                 .args = {{.name = "max", .value = std::to_string(kOffersMax)}}};
}

// What both operations start from: the company under the product, and the table that is asked for.
struct Opened {
  std::unique_ptr<Market> market;
  Grid grid;
  std::vector<TriedAnswer> tried;
  Document document;  // title, note, what else was changed
};

Result<Opened> open_grid(Session& session, NodeReader& options, const std::string& title,
                         const std::string& note) {
  const auto enterprise = options.id<EnterpriseTag>("enterprise");
  const auto name = options.name<ProductTag>("product");
  if (options.refused()) return options.report().refusal();
  Opened out;
  ANLAN_TRY(CompanyRisk risk, company_risk(session, enterprise, name));
  ANLAN_TRY(out.tried, try_answers(session, options, enterprise, risk));
  ANLAN_TRY(const Instant now, session.now());
  ANLAN_TRY(out.market, market_of(session, std::move(risk), date_of(now)));
  const terms::Terms& terms = out.market->risk.wording->terms;
  ANLAN_TRY(out.grid, grid_of(options, terms));
  const WantedTerms& wanted = out.grid.wanted;
  out.document.heading(1, title);
  out.document.paragraph(note);
  out.document.paragraph(
      session.say("risk.position_" + std::string(name_of(wanted.terms.retention_position))));
  const std::string own = own_retentions_text(session, wanted);
  if (!own.empty()) out.document.paragraph(own);
  const std::string changes = changes_text(session, terms, wanted);
  if (!changes.empty()) {
    out.document.paragraph(session.say("risk.options_changed", {{"changes", changes}}));
  }
  for (const std::string& line : answers_text(session, out.tried)) out.document.bullet(line);
  return out;
}

// The hours of a row as text.
std::string hours_text(Session& session, const TermsChoice& choice) {
  if (!choice.waiting) return session.say("risk.as_in_wording");
  return std::to_string(*choice.waiting);
}

// The columns that name a row; hours only where they are asked for.
Table option_table(Session& session, const Grid& grid, const std::vector<std::string>& more) {
  Table out{.columns = {{session.say("risk.limit"), Align::kRight},
                        {session.say("risk.retention"), Align::kRight}}};
  if (!grid.waiting.empty()) out.columns.push_back({session.say("risk.waiting"), Align::kRight});
  for (const std::string& name : more) {
    out.columns.push_back({session.say("risk." + name), Align::kRight});
  }
  return out;
}

std::vector<std::string> option_row(Session& session, const Grid& grid, const TermsChoice& choice) {
  std::vector<std::string> out{whole_text(*choice.limit), whole_text(*choice.retention)};
  if (!grid.waiting.empty()) out.push_back(hours_text(session, choice));
  return out;
}

// Limit and retention, the other terms, and the answers that were tried.
Node row_node(const Opened& opened, const TermsChoice& choice) {
  Node row = Node::table();
  row.add("limit", to_node(*choice.limit));
  row.add("retention", to_node(*choice.retention));
  add_terms(opened.grid.wanted, choice, row);
  row.add("answers", answers_node(opened.tried));
  return row;
}

// ---- what a row leaves, a year

struct Cell {
  double retained = 0.0;
  double transferred = 0.0;
  double error = 0.0;              // of either
  engine::Sampled over_retention;  // P(the year's largest insurable incident > retention)
  engine::Sampled over_limit;      // P(the year's insurable losses > limit)
  engine::Sampled tail;            // mean of what is retained in the worst 1 % of years
};

Result<Cell> cell_of(const Market& market, const engine::LossModel& model, const terms::Plan& plan,
                     const TermsChoice& choice) {
  const engine::InsuredCover cover = market.cover_of(plan);
  const engine::YearSetting setting{
      .hazard = market.hazard, .table = market.table.get(), .cover = &cover};
  ANLAN_TRY(const engine::YearLoss year, engine::year_loss(setting, model, *market.executor));
  ANLAN_TRY(const engine::AnnualLosses losses,
            engine::AnnualLosses::sample(setting, model, kRiskPoints, *market.executor));
  const auto limit = static_cast<double>(choice.limit->minor());
  const auto retention = static_cast<double>(choice.retention->minor());
  return Cell{.retained = year.ground_up - year.insured,
              .transferred = year.insured,
              .error = year.standard_error,
              .over_retention = losses.exceeds(LossView::kLargestInsurable, retention),
              .over_limit = losses.exceeds(LossView::kInsurable, limit),
              .tail = losses.tail_mean(LossView::kRetained, kTailLevel)};
}

engine::LossModel model_of(const Market& market) {
  return engine::make_loss_model(*market.hazard, market.risk.input, engine::ControlUse::kOwn);
}

void add_cell(const Cell& cell, Node& row) {
  row.add("expected_retained", amount_node(cell.retained));
  row.add("expected_transferred", amount_node(cell.transferred));
  row.add("expected_error", amount_node(cell.error));
  row.add("over_retention", share_node(cell.over_retention.value));
  row.add("over_retention_error", share_node(cell.over_retention.error));
  row.add("over_limit", share_node(cell.over_limit.value));
  row.add("over_limit_error", share_node(cell.over_limit.error));
  row.add("retained_tail_mean", amount_node(cell.tail.value));
  row.add("retained_tail_mean_error", amount_node(cell.tail.error));
}

// The same in the money of the terms.
Node bears_node(const Cell& cell, Currency currency) {
  const auto money = [&](double minor) {
    return to_node(
        Money::from_minor(static_cast<std::int64_t>(maths::nearest_whole(minor)), currency));
  };
  Node out = Node::table();
  out.add("retained", money(cell.retained));
  out.add("transferred", money(cell.transferred));
  out.add("error", money(cell.error));
  out.add("tail", money(cell.tail.value));
  out.add("tail_error", money(cell.tail.error));
  out.add("over_retention", share_node(cell.over_retention.value));
  out.add("over_retention_error", share_node(cell.over_retention.error));
  out.add("over_limit", share_node(cell.over_limit.value));
  out.add("over_limit_error", share_node(cell.over_limit.error));
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
  const engine::InsuredCover cover = market.cover_of(plan);
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
  const bool bears = options.flag("bears", false);
  ANLAN_TRY(Opened opened, open_grid(session, options, session.say("risk.options_title"),
                                     session.say("risk.options_note")));
  Market& market = *opened.market;
  const engine::LossModel model = model_of(market);
  GrowingTable tables(*market.hazard, session.library().tables(), *market.executor);
  Reply reply;
  reply.document = std::move(opened.document);
  Table table =
      option_table(session, opened.grid,
                   {"expected_paid", "error", "range", "left_expected", "technical", "filed"});
  reply.json = Node::list();
  for (const TermsChoice& choice : opened.grid.rows()) {
    const terms::Terms chosen = chosen_terms(opened.grid.wanted, choice);
    const terms::Plan plan = terms::compile(chosen);
    ANLAN_TRY(const OptionPrice price, option_price(session, market, tables, plan));
    ANLAN_TRY(const FiledMatch filed, filed_match(session, *market.risk.product, chosen));
    std::vector<std::string> text = option_row(session, opened.grid, choice);
    for (std::string& cell : std::vector{
             to_grouped(price.loss.insured), error_text(session, price.loss),
             whole_text(price.loss.insured_low) + " – " + whole_text(price.loss.insured_high),
             whole_text(price.loss.ground_up - price.loss.insured),
             to_grouped(price.parts.technical_gross),
             filed.filed() ? to_grouped(filed.premium()) : std::string("-")}) {
      text.push_back(std::move(cell));
    }
    table.rows.push_back(std::move(text));
    Node row = row_node(opened, choice);
    row.add("loss", to_node(price.loss));
    row.add("price", technical_node(price.parts));
    row.add("filed", filed_node(session, filed));
    Node borne = Node::null();
    if (bears) {
      ANLAN_TRY(const Cell cell, cell_of(market, model, plan, choice));
      borne = bears_node(cell, chosen.currency);
    }
    row.add("bears", std::move(borne));
    reply.json.items.push_back(std::move(row));
  }
  reply.document.table(std::move(table));
  add_size_findings(session, market, reply);
  return reply;
}

// ---- anlan risk grid

Result<Reply> risk_grid(Session& session, NodeReader& options) {
  ANLAN_TRY(Opened opened, open_grid(session, options, session.say("risk.grid_title"),
                                     session.say("risk.grid_note")));
  const Market& market = *opened.market;
  const engine::LossModel model = model_of(market);
  Reply reply;
  reply.document = std::move(opened.document);
  Table table =
      option_table(session, opened.grid,
                   {"grid_paid", "grid_left", "above_retention", "above_limit", "grid_tail"});
  reply.json = Node::list();
  for (const TermsChoice& choice : opened.grid.rows()) {
    const terms::Plan plan = terms::compile(chosen_terms(opened.grid.wanted, choice));
    ANLAN_TRY(const Cell cell, cell_of(market, model, plan, choice));
    std::vector<std::string> text = option_row(session, opened.grid, choice);
    for (std::string& each :
         std::vector{rounded_text(cell.transferred), rounded_text(cell.retained),
                     share_text(cell.over_retention.value), share_text(cell.over_limit.value),
                     rounded_text(cell.tail.value)}) {
      text.push_back(std::move(each));
    }
    table.rows.push_back(std::move(text));
    Node row = row_node(opened, choice);
    add_cell(cell, row);
    reply.json.items.push_back(std::move(row));
  }
  reply.document.table(std::move(table));
  add_size_findings(session, market, reply);
  return reply;
}

}  // namespace

std::vector<Operation> option_operations() {
  std::vector<Option> terms = {
      positional("enterprise", "ENTERPRISE", "企业", "the company"),
      named("product", "PRODUCT", "在哪个产品的条款下", "under the terms of which product", true),
      many("limit", "AMOUNT", "年累计限额（可多个）", "annual limit (several)"),
      many("retention", "AMOUNT", "每次事故免赔额（可多个）",
           "retention of each incident (several)"),
      many("waiting", "HOURS", "营业中断的等待期，小时（可多个；默认同条款）",
           "waiting hours of an interruption (several; default: as in the wording)")};
  for (Option& option : other_terms_options()) terms.push_back(std::move(option));
  std::vector<Option> priced = terms;
  priced.push_back(flag("bears", "同时给出自担多少、转移多少（见 risk grid）",
                        "with what is kept and what is transferred, as risk grid has it"));
  return {
      {.name = "quote options",
       .command = "",
       .zh = "不同限额、免赔额、等待期与答复的价格并列，只试算",
       .en = "prices of other limits, retentions, waiting hours and answers side by side",
       .options = std::move(priced),
       .run = quote_options},
      {.name = "risk grid",
       .command = "",
       .zh = "不同限额与免赔额下，自担多少、转移多少",
       .en = "what is kept and what is transferred over limits and retentions",
       .options = std::move(terms),
       .run = risk_grid},
  };
}

}  // namespace anlan::api
