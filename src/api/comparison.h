// Wordings side by side, as texts, tables and JSON: the standing of every cover, one incident under
// each, and the term that decides between two.
#pragma once

#include <string>
#include <vector>

#include "api/cover_standing.h"
#include "api/operation.h"
#include "api/session.h"
#include "terms/play.h"
#include "terms/script.h"

namespace anlan::api {

// One wording that is compared. `letter` is its name in tables: "A".
struct Candidate {
  std::string letter;
  std::string id;     // of the wording or the product
  std::string title;  // in the session's language
  const terms::Wording* wording = nullptr;
};

std::string letter_of(std::size_t index);  // "A", "B", ... "Z", "A2", ...

// Products or wordings that can be read side by side. assumption: four tables of three on a
// terminal, two pages of eight and four columns on paper.
inline constexpr std::size_t kComparedMax = 12;

struct NameCount {
  std::size_t least = 2;
  std::size_t most = kComparedMax;
};
// "a, b,c" as names, blanks around them left out. Refuses kCompareTwice (a name that stands there
// twice), kCompareTooFew (args least) and kCompareTooMany (args most).
Result<std::vector<std::string>> listed_names(const std::string& text, std::string_view path,
                                              const NameCount& count = {});

// The texts of a step: what, which clause, from and to; with the words of the clause where the
// wording has it.
std::string step_text(Session& session, const domain::SettlementStep& step);
std::string clause_text(Session& session, const terms::Wording& wording, const std::string& ref);
Node step_node(const domain::SettlementStep& step);

// What each candidate makes of one incident; the entry of one that cannot play it is a refusal.
struct Round {
  const terms::Script* script = nullptr;
  std::vector<Result<terms::Played>> played;
  // Of those that pay less than the best, why; empty until explain_round.
  std::vector<std::optional<terms::DecidingTerm>> why;
  std::optional<std::size_t> best;  // the first that pays most
  Money spread;                     // between the most and the least that is paid
};
Round play_round(const terms::Script& script, const std::vector<Candidate>& candidates,
                 const terms::PlayOptions& options = {});
void explain_round(const std::vector<Candidate>& candidates, Round& round,
                   const terms::PlayOptions& options = {});

Node round_node(const Round& round, const std::vector<Candidate>& candidates);

// Legend of letters; a grid of covers, those that differ first; a line for each that one of them
// treats another way.
void add_legend(Session& session, const std::vector<Candidate>& candidates, Document& document);
void add_covers(Session& session, const std::vector<Candidate>& candidates, Document& document);
// Limits, retention, time terms, trigger and excluded causes, those that differ first.
void add_terms(Session& session, const std::vector<Candidate>& candidates, Document& document);
Node covers_node(const std::vector<Candidate>& candidates);

// For each that pays less than the best: how much, and why; where the absence of no one clause
// changes that, so it says. The words of a clause once: `seen`
// holds those that stand in the document.
void add_why(Session& session, const Round& round, const std::vector<Candidate>& candidates,
             std::vector<std::string>& seen, Document& document);

}  // namespace anlan::api
