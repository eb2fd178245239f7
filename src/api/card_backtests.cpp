#include "api/card_backtests.h"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "api/render.h"

namespace anlan::api {
namespace {

using engine::FigureUnit;
using engine::FigureUse;

constexpr double kThousand = 1e3;
constexpr double kMillion = 1e6;

const std::string& tongue(const Session& session, const engine::BothTongues& text) {
  return session.lang() == Lang::kZh ? text.zh : text.en;
}

// Without the unit: three figures that matter, or so.
std::string number_text(FigureUnit unit, double value) {
  if (unit == FigureUnit::kUsd) {
    return value >= kMillion ? fmt::format("{:.2f}m", value / kMillion)
                             : fmt::format("{:.0f}k", value / kThousand);
  }
  if (unit == FigureUnit::kDays) return fmt::format("{:.1f}", value);
  const double size = std::fabs(value);
  return fmt::format("{:.{}f}", value, size >= 9.95 ? 1 : 2);
}

std::string interval_text(FigureUnit unit, double low, double high) {
  return number_text(unit, low) + " – " + number_text(unit, high);
}

std::string published_text(const engine::PublishedFigure& figure) {
  const std::string unit(name_of(figure.unit));
  std::string number;
  if (figure.value) {
    number = number_text(figure.unit, *figure.value);
  } else if (figure.low && figure.high) {
    number = interval_text(figure.unit, *figure.low, *figure.high);
  } else {
    number = figure.high ? "< " + number_text(figure.unit, *figure.high)
                         : "> " + number_text(figure.unit, figure.published_low());
  }
  return figure.unit == FigureUnit::kUsd ? unit + " " + number : number + " " + unit;
}

std::string_view side(const FigureRow& row) {
  if (!row.model) return "not_compared";
  if (row.below()) return "below";
  return row.above() ? "above_range" : "inside";
}

std::vector<const FigureRow*> rows_of(const std::vector<FigureRow>& rows, FigureUse use) {
  std::vector<const FigureRow*> out;
  for (const FigureRow& row : rows) {
    if (row.figure->use == use) out.push_back(&row);
  }
  return out;
}

void add_table(Session& session, const std::vector<const FigureRow*>& rows, Document& document) {
  Table table{.columns = {{session.say("card.figure")},
                          {session.say("card.published"), Align::kRight},
                          {session.say("card.model"), Align::kRight},
                          {session.say("card.range"), Align::kRight},
                          {session.say("card.where")}}};
  for (const FigureRow* const row : rows) {
    const engine::PublishedFigure& figure = *row->figure;
    table.rows.push_back(
        {tongue(session, figure.name), published_text(figure),
         row->model ? number_text(figure.unit, row->model->central) : "",
         row->model ? interval_text(figure.unit, row->model->low, row->model->high) : "",
         session.say(fmt::format("card.{}", side(*row)))});
  }
  document.table(std::move(table));
}

void add_sources(Session& session, const std::vector<const FigureRow*>& rows, Document& document) {
  for (const FigureRow* const row : rows) {
    const engine::PublishedFigure& figure = *row->figure;
    document.bullet(
        session.say("card.figure_from",
                    {{"figure", tongue(session, figure.name)},
                     {"source", session.lang() == Lang::kZh ? figure.source_zh : figure.source},
                     {"population", tongue(session, figure.population)},
                     {"mapping", tongue(session, figure.mapping)}}));
  }
}

void add_misses(Session& session, const std::vector<const FigureRow*>& tests, Document& document) {
  const auto missed = [](const FigureRow* row) { return row->model && !row->inside(); };
  if (std::none_of(tests.begin(), tests.end(), missed)) return;
  document.heading(3, session.say("card.misses"));
  for (const FigureRow* const row : tests) {
    if (!missed(row)) continue;
    document.bullet(
        session.say("card.miss", {{"figure", tongue(session, row->figure->name)},
                                  {"side", session.say(fmt::format("card.{}", side(*row)))},
                                  {"meaning", tongue(session, row->figure->miss)}}),
        "!");
  }
}

Node real_node(double value) { return Node::number_text(fmt::format("{:.6g}", value)); }

Node figure_node(const FigureRow& row) {
  const engine::PublishedFigure& figure = *row.figure;
  Node out = Node::table();
  out.add("id", Node::string(figure.id));
  out.add("use", Node::string(std::string(name_of(figure.use))));
  out.add("measure", Node::string(std::string(name_of(figure.measure))));
  out.add("unit", Node::string(std::string(name_of(figure.unit))));
  out.add("figure", Node::string(figure.name.en));
  if (figure.value) out.add("value", real_node(*figure.value));
  if (figure.low) out.add("low", real_node(*figure.low));
  if (figure.high) out.add("high", real_node(*figure.high));
  if (figure.sample) out.add("sample", Node::number(*figure.sample));
  if (row.model) {
    out.add("model", real_node(row.model->central));
    out.add("model_low", real_node(row.model->low));
    out.add("model_high", real_node(row.model->high));
    out.add("inside", Node::boolean(row.inside()));
  }
  out.add("source", Node::string(figure.source));
  out.add("year", Node::number(figure.year));
  out.add("population", Node::string(figure.population.en));
  out.add("mapping", Node::string(figure.mapping.en));
  out.add("miss", Node::string(figure.miss.en));
  return out;
}

}  // namespace

void add_published(Session& session, const std::vector<FigureRow>& rows, Document& document) {
  const auto anchors = rows_of(rows, FigureUse::kAnchor);
  const auto tests = rows_of(rows, FigureUse::kTest);
  document.heading(2, session.say("card.anchors"));
  document.paragraph(session.say("card.anchors_text"));
  add_table(session, anchors, document);
  add_sources(session, anchors, document);
  document.heading(2, session.say("card.backtests"));
  document.paragraph(session.say("card.backtests_text"));
  add_table(session, tests, document);
  const auto so_many = [&](auto which) {
    return std::to_string(std::count_if(tests.begin(), tests.end(),
                                        [&](const FigureRow* row) { return (row->*which)(); }));
  };
  document.paragraph(session.say("card.backtests_count", {{"inside", so_many(&FigureRow::inside)},
                                                          {"all", std::to_string(tests.size())},
                                                          {"below", so_many(&FigureRow::below)},
                                                          {"above", so_many(&FigureRow::above)}}));
  add_misses(session, tests, document);
  document.heading(3, session.say("card.tests_from"));
  add_sources(session, tests, document);
}

Node published_node(const std::vector<FigureRow>& rows) {
  Node out = Node::list();
  for (const FigureRow& row : rows) out.items.push_back(figure_node(row));
  return out;
}

void add_shared_events(Session& session, const std::vector<engine::SharedEvent>& events,
                       Document& document) {
  const bool zh = session.lang() == Lang::kZh;
  document.heading(2, session.say("card.shared"));
  document.paragraph(session.say("card.shared_text"));
  Table table{.columns = {{session.say("card.event")},
                          {session.say("card.start")},
                          {session.say("card.insured_bn")},
                          {""}}};
  for (const engine::SharedEvent& row : events) {
    const std::string value =
        row.high ? fmt::format("{:g} – {:g}", row.low, *row.high) : fmt::format("> {:g}", row.low);
    table.rows.push_back({row.event, row.start, value, zh ? row.note_zh : row.note_en});
  }
  document.table(std::move(table));
  for (const engine::SharedEvent& row : events) {
    document.bullet(session.say(
        "card.shared_needs", {{"event", row.event}, {"needs", zh ? row.needs_zh : row.needs_en}}));
  }
}

Node shared_events_node(const std::vector<engine::SharedEvent>& events) {
  Node out = Node::list();
  for (const engine::SharedEvent& event : events) {
    Node row = Node::table();
    row.add("event", Node::string(event.event));
    row.add("start", Node::string(event.start));
    row.add("insured_low_bn", real_node(event.low));
    if (event.high) row.add("insured_high_bn", real_node(*event.high));
    row.add("source", Node::string(event.source));
    row.add("run", Node::boolean(false));
    row.add("needs", Node::string(event.needs_en));
    out.items.push_back(std::move(row));
  }
  return out;
}

}  // namespace anlan::api
