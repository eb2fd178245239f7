// Operations on the library of incidents: the list, one of them, one under a wording, one under
// several. None needs a house.
#include <algorithm>

#include <fmt/core.h>

#include "api/comparison.h"
#include "api/market.h"
#include "api/render.h"
#include "api/wording_source.h"

namespace anlan::api {
namespace {

using namespace domain;
using terms::Script;

constexpr std::size_t kChartRows = 20;
constexpr double kMinorPerMajor = 100.0;

struct ScriptWord {};

const std::string& in(Session& session, const terms::BilingualText& text) {
  return session.lang() == Lang::kZh ? text.zh : text.en;
}

std::string days_text(const Instant& instant) { return moment_text(to_text(instant)); }

Money hours_lost(const Script& script) {
  std::int64_t sum = 0;
  if (script.outage) {
    for (const std::int64_t hour : script.outage->hourly) sum += hour;
  }
  return Money::from_minor(sum, script.currency);
}

Money stated(const Script& script) {
  Money sum = script.mitigation + hours_lost(script);
  for (const terms::ScriptLoss& loss : script.losses) {
    sum += terms::in_script_currency(script, loss.amount);
  }
  return sum;
}

std::string money_text(Money amount) {
  return std::string(currency_code(amount.currency())) + " " + to_grouped(amount);
}

// ---- anlan incident library

Node script_line(const Script& script) {
  Node row = Node::table();
  row.add("id", Node::string(script.id));
  row.add("kind", to_node(script.kind));
  row.add("zh", Node::string(script.title.zh));
  row.add("en", Node::string(script.title.en));
  row.add("peril", Node::string(script.peril.text));
  row.add("occurred", to_node(script.occurred));
  row.add("currency", Node::string(currency_code(script.currency)));
  row.add("stated", to_node(stated(script)));
  row.add(
      "hours",
      Node::number(script.outage ? static_cast<std::int64_t>(script.outage->hourly.size()) : 0));
  return row;
}

Result<Reply> incident_library(Session& session, NodeReader& options) {
  const std::string peril = options.text_or("peril", "");
  const std::string kind = options.text_or("kind", "");
  if (options.refused()) return options.report().refusal();
  Reply reply;
  reply.json = Node::list();
  Table table{.columns = {{session.say("script.incident")},
                          {session.say("script.peril")},
                          {session.say("script.hours"), Align::kRight},
                          {session.say("script.stated"), Align::kRight}}};
  std::size_t shown = 0;
  for (const std::string& name : session.library().script_names()) {
    ANLAN_TRY(const Script* script, session.library().script(name));
    if (!peril.empty() && script->peril.text != peril) continue;
    if (!kind.empty() && kind != name_of(script->kind)) continue;
    ++shown;
    const std::size_t hours = script->outage ? script->outage->hourly.size() : 0;
    table.rows.push_back(
        {with_id(session, in(session, script->title), script->id),
         peril_name(session, script->peril), hours == 0 ? "–" : std::to_string(hours),
         std::string(currency_code(script->currency)) + " " + whole_text(stated(*script))});
    reply.json.items.push_back(script_line(*script));
  }
  reply.document.heading(1, session.say("script.library"));
  reply.document.paragraph(session.say("script.library_note", {{"count", std::to_string(shown)}}));
  if (shown > 0) reply.document.table(std::move(table));
  return reply;
}

// ---- anlan incident script NAME

// The loss hour by hour, in at most kChartRows stretches of equal length.
Chart curve_of(Session& session, const terms::ScriptOutage& outage) {
  Chart chart{.kind = ChartKind::kCurve, .whole = session.say("script.loss_per_hour"), .part = ""};
  const std::size_t hours = outage.hourly.size();
  const std::size_t each = (hours + kChartRows - 1) / kChartRows;
  for (std::size_t from = 0; from < hours; from += each) {
    const std::size_t until = std::min(hours, from + each);
    double sum = 0.0;
    for (std::size_t h = from; h < until; ++h) sum += static_cast<double>(outage.hourly[h]);
    const double mean = sum / static_cast<double>(until - from);
    chart.rows.push_back(
        {.label = session.say("script.hours_range",
                              {{"from", std::to_string(from)}, {"until", std::to_string(until)}}),
         .place = static_cast<double>(from),
         .whole = mean / kMinorPerMajor,
         .part = 0.0,
         .text = rounded_text(mean)});
  }
  return chart;
}

void add_facts(Session& session, const Script& script, Document& document) {
  FactTable facts;
  const auto list = [&](const std::string& group, const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& one : words) {
      text += (text.empty() ? "" : session.say("word.list_separator")) +
              say_or(session, group + "." + one, one);
    }
    return text.empty() ? std::string("–") : text;
  };
  facts.row(session.say("script.peril"), peril_name(session, script.peril));
  facts.row(session.say("script.causes"), list("cause", script.causes));
  facts.row(session.say("script.occurred"), days_text(script.occurred));
  facts.row(session.say("script.discovered"), days_text(script.discovered));
  if (script.reported) facts.row(session.say("script.reported"), days_text(*script.reported));
  facts.row(session.say("script.location"), script.location);
  facts.row(
      session.say("script.company"),
      session.say("script.company_of", {{"sector", script.company.sector},
                                        {"revenue", money_text(script.company.revenue)},
                                        {"people", std::to_string(script.company.employees)}}));
  facts.row(session.say("script.records"), std::to_string(script.records));
  facts.row(session.say("script.conditions"), list("condition", script.conditions_met));
  if (const auto days = script.days_unpatched()) {
    facts.row(session.say("script.unpatched"),
              session.say("script.days", {{"days", std::to_string(*days)}}));
  }
  if (script.attribution && script.attribution->source != AttributionSource::kNone) {
    facts.row(
        session.say("script.attribution"),
        session.say("script.attributed",
                    {{"source", word(session, "attribution_source", script.attribution->source)},
                     {"state", script.attribution->state},
                     {"confidence", share_text(script.attribution->confidence.ppm() / 1e6)}}));
  }
  document.table(facts.take());
}

void add_losses(Session& session, const Script& script, Document& document) {
  document.heading(2, session.say("script.losses"));
  Table table{.columns = {{session.say("script.head")},
                          {session.say("script.amount"), Align::kRight},
                          {session.say("script.after"), Align::kRight},
                          {session.say("script.note")}}};
  for (const terms::ScriptLoss& loss : script.losses) {
    table.rows.push_back({head_name(session, loss.head.text), to_grouped(loss.amount),
                          std::to_string(loss.after_hours), in(session, loss.note)});
  }
  if (script.outage) {
    table.rows.push_back({head_name(session, script.outage->section.text),
                          to_grouped(hours_lost(script)), "0",
                          session.say("script.outage_note",
                                      {{"hours", std::to_string(script.outage->hourly.size())}})});
  }
  if (!script.mitigation.is_zero()) {
    table.rows.push_back({head_name(session, std::string(terms::kMitigationSubject)),
                          to_grouped(script.mitigation), "–", ""});
  }
  table.rows.push_back({session.say("card.total"), to_grouped(stated(script)), "", ""});
  table.total = true;
  document.table(std::move(table));
}

void add_sources(Session& session, const Script& script, Document& document) {
  if (!script.sources.empty()) document.heading(2, session.say("script.sources"));
  for (const terms::ScriptSource& source : script.sources) {
    document.bullet(session.say("script.source", {{"title", source.title},
                                                  {"publisher", source.publisher},
                                                  {"date", source.date},
                                                  {"note", source.note}}));
  }
  if (script.assumptions.empty()) return;
  std::string list;
  for (const std::string& path : script.assumptions) {
    list += (list.empty() ? "" : session.say("word.list_separator")) + path;
  }
  document.paragraph(session.say("script.assumed", {{"paths", list}}));
}

Node script_node(const Script& script) {
  Node out = script_line(script);
  Node& losses = out.add("losses", Node::list());
  for (const terms::ScriptLoss& loss : script.losses) {
    Node row = Node::table();
    row.add("head", Node::string(loss.head.text));
    row.add("currency", Node::string(currency_code(loss.amount.currency())));
    row.add("amount", to_node(loss.amount));
    row.add("betterment", to_node(loss.betterment));
    row.add("after_hours", Node::number(loss.after_hours));
    losses.items.push_back(std::move(row));
  }
  if (script.outage) {
    Node& outage = out.add("outage", Node::table());
    outage.add("section", Node::string(script.outage->section.text));
    outage.add("provider", Node::string(script.outage->provider));
    Node& hourly = outage.add("hourly", Node::list());
    for (const std::int64_t hour : script.outage->hourly) {
      hourly.items.push_back(Node::number(hour));
    }
  }
  Node& sources = out.add("sources", Node::list());
  for (const terms::ScriptSource& source : script.sources) {
    Node row = Node::table();
    row.add("title", Node::string(source.title));
    row.add("publisher", Node::string(source.publisher));
    row.add("date", Node::string(source.date));
    sources.items.push_back(std::move(row));
  }
  Node& assumed = out.add("assumptions", Node::list());
  for (const std::string& path : script.assumptions) assumed.items.push_back(Node::string(path));
  return out;
}

Result<Reply> incident_script(Session& session, NodeReader& options) {
  const std::string name = options.name<ScriptWord>("name").text;
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Script* script, session.library().script(name));
  Reply reply;
  reply.document.heading(1, with_id(session, in(session, script->title), script->id));
  reply.document.paragraph(in(session, script->story));
  add_facts(session, *script, reply.document);
  add_losses(session, *script, reply.document);
  if (script->outage) {
    reply.document.heading(2, session.say("script.curve"));
    reply.document.chart(curve_of(session, *script->outage));
  }
  add_sources(session, *script, reply.document);
  reply.json = script_node(*script);
  return reply;
}

// ---- anlan wording play, anlan wording compare

// Those read from files live in `kept`.
Result<Candidate> candidate_of(Session& session, const std::string& name, std::size_t index,
                               std::deque<terms::Wording>& kept) {
  ANLAN_TRY(const terms::Wording* wording, usable_wording(session, name, kept));
  return Candidate{.letter = letter_of(index),
                   .id = name,
                   .title = in(session, wording->title),
                   .wording = wording};
}

Node played_node(const terms::Played& played) {
  Node out = Node::table();
  out.add("stated", to_node(played.stated));
  out.add("paid", to_node(played.paid));
  out.add("settlement", to_node(played.settlement));
  Node& steps = out.add("steps", Node::list());
  for (const SettlementStep& step : played.steps) steps.items.push_back(step_node(step));
  out.add("deciding", played.deciding ? step_node(played.steps[*played.deciding]) : Node::null());
  return out;
}

std::string share_paid(const terms::Played& played) {
  return played.stated.is_zero() ? "–"
                                 : share_text(static_cast<double>(played.paid.minor()) /
                                              static_cast<double>(played.stated.minor()));
}

void add_paid(Session& session, const terms::Played& played, Document& document) {
  Table table{.columns = {{session.say("script.head")},
                          {session.say("script.claimed"), Align::kRight},
                          {session.say("script.paid"), Align::kRight}}};
  Money claimed = Money::zero(played.paid.currency());
  for (const SectionPaid& section : played.settlement.sections) {
    claimed += section.claimed;
    table.rows.push_back({cover_name(session, section.section.text), to_grouped(section.claimed),
                          to_grouped(section.paid)});
  }
  for (const ServicePaid& service : played.settlement.services_paid) {
    if (service.rendered.is_zero()) continue;
    table.rows.push_back(
        {cover_name(session, service.service.text), "", to_grouped(service.rendered)});
  }
  if (!played.settlement.mitigation_paid.is_zero()) {
    table.rows.push_back({head_name(session, std::string(terms::kMitigationSubject)), "",
                          to_grouped(played.settlement.mitigation_paid)});
  }
  table.rows.push_back({session.say("card.total"), to_grouped(claimed), to_grouped(played.paid)});
  table.total = true;
  document.table(std::move(table));
}

Result<Reply> play_one(Session& session, const std::string& wording, const std::string& name) {
  std::deque<terms::Wording> kept;
  ANLAN_TRY(const Candidate candidate, candidate_of(session, wording, 0, kept));
  ANLAN_TRY(const Script* script, session.library().script(name));
  ANLAN_TRY(const terms::Played played, terms::play(*script, *candidate.wording));
  Reply reply;
  reply.document.heading(1, session.say("script.play", {{"incident", in(session, script->title)},
                                                        {"wording", candidate.title}}));
  reply.document.paragraph(session.say("script.play_result", {{"stated", to_grouped(played.stated)},
                                                              {"paid", to_grouped(played.paid)},
                                                              {"share", share_paid(played)}}));
  add_paid(session, played, reply.document);
  reply.document.heading(2, session.say("script.steps"));
  if (played.steps.empty()) reply.document.paragraph(session.say("script.no_steps"));
  for (std::size_t i = 0; i < played.steps.size(); ++i) {
    reply.document.bullet(step_text(session, played.steps[i]), played.deciding == i ? "!" : "-");
  }
  if (played.deciding) {
    const std::string text =
        clause_text(session, *candidate.wording, played.steps[*played.deciding].clause);
    if (!text.empty()) reply.document.paragraph(text);
  }
  const Date from = terms::play_from(*script, candidate.wording->trigger);
  const bool by_discovery = from != date_of(script->occurred);
  reply.document.paragraph(session.say(
      "script.play_note", {{"from", to_text(from)}, {"discovery", by_discovery ? "yes" : ""}}));
  reply.json = played_node(played);
  reply.json.add("incident", Node::string(script->id));
  reply.json.add("wording", Node::string(candidate.id));
  reply.json.add("policy_from", to_node(from));
  return reply;
}

// `wording`: the option that names it, "wording" or "file".
Result<Reply> play_option(Session& session, NodeReader& options, std::string_view wording) {
  const std::string typed = options.text(wording);
  const std::string name = options.text("script");
  if (options.refused()) return options.report().refusal();
  return play_one(session, typed, name);
}

Result<Reply> wording_play(Session& session, NodeReader& options) {
  return play_option(session, options, "wording");
}

Result<Reply> draft_play(Session& session, NodeReader& options) {
  return play_option(session, options, "file");
}

// More than stand side by side on paper: all of a library on one incident, by a program.
constexpr std::size_t kWordingsMax = 64;

Result<Reply> compare_all(Session& session, const std::vector<std::string>& names,
                          const std::string& name) {
  std::deque<terms::Wording> kept;
  std::vector<Candidate> candidates;
  for (const std::string& each : names) {
    ANLAN_TRY(Candidate candidate, candidate_of(session, each, candidates.size(), kept));
    candidates.push_back(std::move(candidate));
  }
  ANLAN_TRY(const Script* script, session.library().script(name));
  Round round = play_round(*script, candidates);
  explain_round(candidates, round);
  for (const Result<terms::Played>& played : round.played) {
    if (!played.ok()) return played.refusal();
  }
  Reply reply;
  Document& document = reply.document;
  document.heading(1, session.say("compare.wordings", {{"incident", in(session, script->title)}}));
  add_legend(session, candidates, document);
  Table table{.columns = {{session.say("compare.wording")},
                          {session.say("script.stated"), Align::kRight},
                          {session.say("script.paid"), Align::kRight},
                          {session.say("compare.share"), Align::kRight}}};
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    table.rows.push_back({candidates[i].letter, to_grouped(round.played[i]->stated),
                          to_grouped(round.played[i]->paid), share_paid(*round.played[i])});
  }
  document.table(std::move(table));
  std::vector<std::string> seen;
  add_why(session, round, candidates, seen, document);
  if (round.spread.is_zero()) document.paragraph(session.say("compare.no_difference"));
  add_covers(session, candidates, document);
  add_terms(session, candidates, document);
  reply.json = round_node(round, candidates);
  reply.json.add("covers", covers_node(candidates));
  return reply;
}

Result<Reply> wording_compare(Session& session, NodeReader& options) {
  const std::string list = options.text("wordings");
  const std::string name = options.text("script");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const std::vector<std::string> names,
            listed_names(list, "wordings", {.most = kWordingsMax}));
  return compare_all(session, names, name);
}

// The draft stands first.
Result<Reply> draft_compare(Session& session, NodeReader& options) {
  const std::string file = options.text("file");
  const std::string list = options.text("wordings");
  const std::string name = options.text("script");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(std::vector<std::string> names,
            listed_names(list, "wordings", {.least = 1, .most = kWordingsMax - 1}));
  names.insert(names.begin(), file);
  return compare_all(session, names, name);
}

}  // namespace

std::vector<Operation> script_operations() {
  const Option script = named("script", "NAME", "事件库中的事件（见 incident library）",
                              "an incident of the library (see incident library)", true);
  const Option draft = positional("file", "FILE", "条款文件（TOML）", "wording file (TOML)");
  return {
      {.name = "incident library",
       .command = "",
       .zh = "事件库：已命名的公开事件和日常事件",
       .en = "the library of named incidents, public and everyday",
       .options = {named("peril", "PERIL", "只列这类事件，如 ransomware",
                         "only of this peril, e.g. ransomware"),
                   named("kind", "KIND", "只列 public（公开事件）或 everyday（日常事件）",
                         "only public or everyday ones")},
       .run = incident_library},
      {.name = "incident script",
       .command = "",
       .zh = "事件库中的一个事件：经过、来源、逐小时损失",
       .en = "one incident of the library: story, sources, loss by the hour",
       .options = {positional("name", "NAME", "事件名称", "its name")},
       .run = incident_script},
      {.name = "wording play",
       .command = "",
       .zh = "一个事件按一份条款怎么赔，逐步说明",
       .en = "what one wording pays for one incident, step by step",
       .options = {positional("wording", "NAME|FILE", "条款名称或者文件",
                              "a wording by name, or a file"),
                   script},
       .run = wording_play},
      {.name = "wording compare",
       .command = "",
       .zh = "同一事件按几份条款各赔多少，差别在哪一条",
       .en = "what several wordings pay for one incident, and which clause decides",
       .options = {positional("wordings", "A,B,C", "条款名称或者文件，用逗号分开",
                              "wordings by name or file, separated by commas"),
                   script},
       .run = wording_compare},
      {.name = "wording draft play",
       .command = "",
       .zh = "一个事件按一份条款草案怎么赔，逐步说明",
       .en = "what a draft pays for one incident, step by step",
       .options = {draft, script},
       .run = draft_play},
      {.name = "wording draft compare",
       .command = "",
       .zh = "同一事件按条款草案与其他条款各赔多少，差别在哪一条",
       .en = "what a draft and other wordings pay for one incident, and which clause decides",
       .options = {draft,
                   named("wordings", "A,B,C", "条款名称或者文件，用逗号分开",
                         "wordings by name or file, separated by commas", true),
                   script},
       .run = draft_compare},
  };
}

}  // namespace anlan::api
