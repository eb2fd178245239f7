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

std::string trimmed(const std::string& text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t from = std::min(text.find_first_not_of(kBlanks), text.size());
  return text.substr(from, text.find_last_not_of(kBlanks) + 1 - from);
}

Money at_currency(std::int64_t minor, const Candidate& candidate) {
  return Money::from_minor(minor, candidate.wording->terms.currency);
}

std::string standing_text(Session& session, const Standing& standing, const Candidate& candidate) {
  std::string text = word(session, "cover_status", standing.word);
  const auto add = [&](const char* key, const std::optional<std::int64_t>& cap) {
    if (!cap) return;
    text += " " + session.say(key, {{"amount", whole_text(at_currency(*cap, candidate))}});
  };
  add("compare.per_incident", standing.incident);
  add("compare.per_year", standing.year);
  if (!standing.clauses.empty()) text += " [" + joined(standing.clauses) + "]";
  return text;
}

// What two wordings promise of a cover, clause numbers apart.
bool same_standing(const Standing& a, const Standing& b) {
  return a.word == b.word && a.incident == b.incident && a.year == b.year;
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
  Table table{.columns = {{session.say("compare.cover")}}, .rows = {}, .repeated = 1};
  for (const Candidate& candidate : candidates) table.columns.push_back({candidate.letter});
  return table;
}

// ---- terms beside the covers

// One line of the table: what it is, and what each candidate says of it.
struct TermRow {
  std::string label;
  std::vector<std::string> cells;
  bool said = false;  // by one of them at least
};

// `cell` gives the text of a candidate; empty: it says nothing.
template <class Cell>
TermRow term_row(std::string label, const std::vector<Candidate>& candidates, Cell cell) {
  TermRow row{.label = std::move(label), .cells = {}};
  for (const Candidate& candidate : candidates) {
    std::string text = cell(candidate);
    row.said = row.said || !text.empty();
    row.cells.push_back(text.empty() ? "–" : std::move(text));
  }
  return row;
}

std::string with_clause(std::string text, const std::string& clause) {
  return clause.empty() ? text : text + " [" + clause + "]";
}

std::string cap_text(const Candidate& candidate, const std::optional<std::int64_t>& cap,
                     const std::string& clause) {
  return cap ? with_clause(whole_text(at_currency(*cap, candidate)), clause) : std::string();
}

const terms::TimeTerms* time_of(const Candidate& candidate, std::string_view code) {
  for (const terms::Section& section : candidate.wording->terms.sections) {
    if (section.code == code) return &section.time;
  }
  return nullptr;
}

std::string hours_text(Session& session, std::int64_t hours, const std::string& clause) {
  return with_clause(session.say("compare.hours", {{"hours", std::to_string(hours)}}), clause);
}

void add_money_rows(Session& session, const std::vector<Candidate>& candidates,
                    std::vector<TermRow>& rows) {
  rows.push_back(term_row(session.say("compare.aggregate"), candidates, [](const Candidate& c) {
    return cap_text(c, c.wording->terms.aggregate_limit, c.wording->terms.aggregate_clause);
  }));
  rows.push_back(term_row(session.say("compare.occurrence"), candidates, [](const Candidate& c) {
    return cap_text(c, c.wording->terms.occurrence_limit, c.wording->terms.occurrence_clause);
  }));
  rows.push_back(term_row(session.say("compare.retention"), candidates, [](const Candidate& c) {
    const terms::Terms& terms = c.wording->terms;
    if (terms.occurrence_retention == 0) return std::string();
    return cap_text(c, terms.occurrence_retention, terms.retention_clause);
  }));
}

void add_time_rows(Session& session, const std::vector<Candidate>& candidates,
                   std::vector<TermRow>& rows) {
  for (const domain::CoverKind& kind : domain::cover_kinds()) {
    const TextArgs args = {{"cover", cover_name(session, kind.code)}};
    rows.push_back(
        term_row(session.say("compare.waiting", args), candidates, [&](const Candidate& c) {
          const terms::TimeTerms* time = time_of(c, kind.code);
          if (!time || time->waiting_hours == 0) return std::string();
          return hours_text(session, time->waiting_hours, time->waiting_clause);
        }));
    rows.push_back(
        term_row(session.say("compare.indemnity", args), candidates, [&](const Candidate& c) {
          const terms::TimeTerms* time = time_of(c, kind.code);
          if (!time || !time->indemnity_hours) return std::string();
          return hours_text(session, *time->indemnity_hours, time->indemnity_clause);
        }));
  }
}

void add_rule_rows(Session& session, const std::vector<Candidate>& candidates,
                   std::vector<TermRow>& rows) {
  rows.push_back(term_row(session.say("compare.trigger"), candidates, [&](const Candidate& c) {
    return with_clause(word(session, "trigger_basis", c.wording->trigger.basis),
                       c.wording->trigger.clause);
  }));
  for (const std::string_view cause : terms::known_causes()) {
    const std::string name = say_or(session, "cause." + std::string(cause), cause);
    rows.push_back(term_row(
        session.say("compare.exclusion", {{"cause", name}}), candidates, [&](const Candidate& c) {
          for (const terms::Exclusion& each : c.wording->exclusions) {
            const auto& causes = each.causes;
            const auto found = std::find(causes.begin(), causes.end(), cause);
            if (found == causes.end()) continue;
            return with_clause(word(session, "cover_status", CoverStanding::kExcluded),
                               each.clause);
          }
          return std::string();
        }));
  }
}

}  // namespace

std::string letter_of(std::size_t index) {
  std::string out(1, static_cast<char>('A' + index % kLetters));
  if (index >= kLetters) out += std::to_string(index / kLetters + 1);
  return out;
}

Result<std::vector<std::string>> listed_names(const std::string& text, std::string_view path,
                                              const NameCount& count) {
  const auto refused = [&](RefusalCode code, const char* what, std::size_t limit) {
    return Refusal{.code = code,
                   .path = std::string(path),
                   .value = text,
                   .args = {{.name = what, .value = std::to_string(limit)}}};
  };
  std::vector<std::string> out;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    std::string name = trimmed(text.substr(from, comma - from));
    from = comma + 1;
    if (name.empty()) continue;
    if (std::find(out.begin(), out.end(), name) != out.end()) {
      return Refusal{
          .code = refusals::kCompareTwice, .path = std::string(path), .value = std::move(name)};
    }
    out.push_back(std::move(name));
  }
  if (out.size() < count.least) return refused(refusals::kCompareTooFew, "least", count.least);
  if (out.size() > count.most) return refused(refusals::kCompareTooMany, "most", count.most);
  return out;
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
      const auto add = [&](const char* key, const std::optional<std::int64_t>& cap) {
        each.add(key, cap ? to_node(at_currency(*cap, candidates[i])) : Node::null());
      };
      add("limit_incident", row.standings[i].incident);
      add("limit_year", row.standings[i].year);
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

void add_terms(Session& session, const std::vector<Candidate>& candidates, Document& document) {
  std::vector<TermRow> rows;
  add_money_rows(session, candidates, rows);
  add_time_rows(session, candidates, rows);
  add_rule_rows(session, candidates, rows);
  std::erase_if(rows, [](const TermRow& row) { return !row.said; });
  const auto differs = [](const TermRow& row) {
    return std::any_of(row.cells.begin(), row.cells.end(),
                       [&](const std::string& cell) { return cell != row.cells.front(); });
  };
  document.heading(2, session.say("compare.terms"));
  Table different = standing_table(session, candidates);
  Table same = standing_table(session, {candidates.front()});
  different.columns[0].title = same.columns[0].title = session.say("compare.term");
  same.columns.back().title = session.say("compare.all");
  for (TermRow& row : rows) {
    std::vector<std::string> cells{row.label};
    if (differs(row)) {
      cells.insert(cells.end(), row.cells.begin(), row.cells.end());
      different.rows.push_back(std::move(cells));
    } else {
      cells.push_back(row.cells.front());
      same.rows.push_back(std::move(cells));
    }
  }
  if (!different.rows.empty()) {
    document.paragraph(session.say("compare.covers_differ"));
    document.table(std::move(different));
  }
  if (same.rows.empty()) return;
  document.paragraph(session.say("compare.covers_alike"));
  document.table(std::move(same));
}

void add_why(Session& session, const Round& round, const std::vector<Candidate>& candidates,
             std::vector<std::string>& seen, Document& document) {
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const auto& why = round.why[i];
    if (!why) continue;
    const Money less = round.played[*round.best]->paid - round.played[i]->paid;
    const char* const key = why->closes.is_zero() ? "compare.why_no_one" : "compare.why";
    document.bullet(session.say(key, {{"letter", candidates[i].letter},
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
