#include "api/comparison.h"

#include <algorithm>

#include "api/market.h"
#include "api/refusals.h"
#include "api/render.h"
#include "domain/cover.h"

namespace anlan::api {
namespace {

constexpr std::size_t kLetters = 26;

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

Money at_currency(std::int64_t minor, const Candidate& candidate) {
  return Money::from_minor(minor, candidate.wording->terms.currency);
}

std::string standing_text(Session& session, const Standing& standing, const Candidate& candidate) {
  std::string text = word(session, "standing", standing.word);
  if (standing.limit) text += " " + whole_text(at_currency(*standing.limit, candidate));
  if (!standing.clauses.empty()) text += " [" + joined(standing.clauses) + "]";
  return text;
}

// What two wordings promise of a cover, clause numbers apart.
bool same_standing(const Standing& a, const Standing& b) {
  return a.word == b.word && a.limit == b.limit;
}

struct CoverRow {
  std::string_view cover;
  std::vector<Standing> standings;
  bool differs = false;
  bool mentioned = false;
};

std::vector<CoverRow> cover_rows(const std::vector<Candidate>& candidates) {
  std::vector<CoverRow> rows;
  for (const domain::CoverKind& kind : domain::cover_kinds()) {
    CoverRow row{.cover = kind.code, .standings = {}};
    for (const Candidate& candidate : candidates) {
      row.standings.push_back(standing_of(*candidate.wording, kind.code));
      const Standing& last = row.standings.back();
      row.mentioned = row.mentioned || last.word != CoverStanding::kNotMentioned;
      row.differs = row.differs || !same_standing(row.standings.front(), last);
    }
    rows.push_back(std::move(row));
  }
  std::stable_partition(rows.begin(), rows.end(), [](const CoverRow& row) { return row.differs; });
  return rows;
}

Table standing_table(Session& session, const std::vector<Candidate>& candidates) {
  Table table{.columns = {{session.say("compare.cover")}}};
  for (const Candidate& candidate : candidates) table.columns.push_back({candidate.letter});
  return table;
}

}  // namespace

std::string letter_of(std::size_t index) {
  std::string out(1, static_cast<char>('A' + index % kLetters));
  if (index >= kLetters) out += std::to_string(index / kLetters + 1);
  return out;
}

Result<std::vector<std::string>> listed_names(const std::string& text, std::string_view path) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    std::string name = text.substr(from, comma - from);
    from = comma + 1;
    if (name.empty()) continue;
    if (std::find(out.begin(), out.end(), name) != out.end()) {
      return Refusal{
          .code = refusals::kCompareTwice, .path = std::string(path), .value = std::move(name)};
    }
    out.push_back(std::move(name));
  }
  if (out.size() >= 2) return out;
  return Refusal{.code = refusals::kCompareTooFew, .path = std::string(path), .value = text};
}

std::string step_text(Session& session, const domain::SettlementStep& step) {
  return session.say("step." + std::string(name_of(step.reason)) + ".text",
                     {{"subject", head_name(session, step.subject)},
                      {"clause", step.clause},
                      {"before", to_grouped(step.before)},
                      {"after", to_grouped(step.after)}});
}

std::string clause_text(Session& session, const terms::Wording& wording, const std::string& ref) {
  const terms::Clause* clause = terms::find_clause(wording.clauses, ref);
  if (!clause) return {};
  return session.say(
      "compare.clause",
      {{"ref", ref}, {"text", session.lang() == Lang::kZh ? clause->zh : clause->en}});
}

Node step_node(const domain::SettlementStep& step) {
  Node out = Node::table();
  out.add("stage", to_node(step.stage));
  out.add("reason", to_node(step.reason));
  out.add("clause", Node::string(step.clause));
  out.add("subject", Node::string(step.subject));
  out.add("before", to_node(step.before));
  out.add("after", to_node(step.after));
  return out;
}

Round play_round(const terms::Script& script, const std::vector<Candidate>& candidates,
                 const terms::PlayOptions& options) {
  Round out{.script = &script, .played = {}, .why = {}, .best = {}, .spread = {}};
  for (const Candidate& candidate : candidates) {
    out.played.push_back(terms::play(script, *candidate.wording, options));
  }
  std::optional<std::size_t> least;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (!out.played[i].ok()) continue;
    if (!out.best || out.played[i]->paid > out.played[*out.best]->paid) out.best = i;
    if (!least || out.played[i]->paid < out.played[*least]->paid) least = i;
  }
  out.why.resize(candidates.size());
  if (out.best) out.spread = out.played[*out.best]->paid - out.played[*least]->paid;
  return out;
}

void explain_round(const std::vector<Candidate>& candidates, Round& round,
                   const terms::PlayOptions& options) {
  if (!round.best) return;
  const terms::Played& better = *round.played[*round.best];
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (!round.played[i].ok()) continue;
    round.why[i] = terms::deciding_term(*round.script, *candidates[i].wording, *round.played[i],
                                        better, options);
  }
}

Node round_node(const Round& round, const std::vector<Candidate>& candidates) {
  Node out = Node::table();
  out.add("incident", Node::string(round.script->id));
  out.add("peril", Node::string(round.script->peril.text));
  Node& rows = out.add("under", Node::list());
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    Node row = Node::table();
    row.add("name", Node::string(candidates[i].id));
    if (!round.played[i].ok()) {
      row.add("refused", Node::string(round.played[i].refusal().code.name));
      rows.items.push_back(std::move(row));
      continue;
    }
    row.add("stated", to_node(round.played[i]->stated));
    row.add("paid", to_node(round.played[i]->paid));
    if (const auto& why = round.why[i]) {
      Node& term = row.add("deciding", step_node(why->step));
      term.add("closes", to_node(why->closes));
    } else {
      row.add("deciding", Node::null());
    }
    rows.items.push_back(std::move(row));
  }
  return out;
}

void add_legend(Session& session, const std::vector<Candidate>& candidates, Document& document) {
  for (const Candidate& candidate : candidates) {
    document.bullet(with_id(session, candidate.title, candidate.id), candidate.letter);
  }
}

void add_covers(Session& session, const std::vector<Candidate>& candidates, Document& document) {
  document.heading(2, session.say("compare.covers"));
  Table different = standing_table(session, candidates);
  Table same = standing_table(session, {candidates.front()});
  same.columns.back().title = session.say("compare.all");
  std::string unmentioned;
  for (const CoverRow& row : cover_rows(candidates)) {
    if (!row.mentioned) {
      unmentioned += (unmentioned.empty() ? "" : session.say("word.list_separator")) +
                     cover_name(session, row.cover);
      continue;
    }
    std::vector<std::string> cells{cover_name(session, row.cover)};
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      cells.push_back(standing_text(session, row.standings[i], candidates[i]));
      if (!row.differs) break;
    }
    (row.differs ? different : same).rows.push_back(std::move(cells));
  }
  document.paragraph(
      session.say(different.rows.empty() ? "compare.covers_same" : "compare.covers_differ"));
  if (!different.rows.empty()) document.table(std::move(different));
  if (!same.rows.empty()) {
    document.paragraph(session.say("compare.covers_alike"));
    document.table(std::move(same));
  }
  if (!unmentioned.empty()) {
    document.paragraph(session.say("compare.unmentioned", {{"covers", unmentioned}}));
  }
}

Node covers_node(const std::vector<Candidate>& candidates) {
  Node out = Node::list();
  for (const CoverRow& row : cover_rows(candidates)) {
    Node node = Node::table();
    node.add("cover", Node::string(row.cover));
    node.add("differs", Node::boolean(row.differs));
    Node& under = node.add("under", Node::list());
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      Node each = Node::table();
      each.add("name", Node::string(candidates[i].id));
      each.add("status", to_node(row.standings[i].word));
      each.add("limit", row.standings[i].limit
                            ? to_node(at_currency(*row.standings[i].limit, candidates[i]))
                            : Node::null());
      Node& clauses = each.add("clauses", Node::list());
      for (const std::string& clause : row.standings[i].clauses) {
        clauses.items.push_back(Node::string(clause));
      }
      under.items.push_back(std::move(each));
    }
    out.items.push_back(std::move(node));
  }
  return out;
}

void add_why(Session& session, const Round& round, const std::vector<Candidate>& candidates,
             Document& document) {
  std::vector<std::string> seen;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const auto& why = round.why[i];
    if (!why) continue;
    const Money less = round.played[*round.best]->paid - round.played[i]->paid;
    document.bullet(session.say("compare.why", {{"letter", candidates[i].letter},
                                                {"less", to_grouped(less)},
                                                {"best", candidates[*round.best].letter},
                                                {"step", step_text(session, why->step)},
                                                {"closes", to_grouped(why->closes)}}));
    const std::string text = clause_text(session, *candidates[i].wording, why->step.clause);
    if (text.empty() || std::find(seen.begin(), seen.end(), text) != seen.end()) continue;
    seen.push_back(text);
    document.paragraph(text);
  }
}

}  // namespace anlan::api
