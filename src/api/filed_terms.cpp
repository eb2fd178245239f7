#include "api/filed_terms.h"

#include <algorithm>

#include "api/render.h"

namespace anlan::api {
namespace {

using terms::Group;
using terms::Section;
using terms::Terms;

// Without the numbers of clauses, which pay nothing.
terms::TimeTerms bare(terms::TimeTerms time) {
  time.waiting_clause = time.monetary_clause = time.indemnity_clause = "";
  time.daily_clause = time.parametric_clause = "";
  return time;
}

Section bare(Section section) {
  section.clause = section.deductible_clause = section.retention_clause = "";
  section.sublimit_clause = section.participation_clause = section.average_clause = "";
  section.time = bare(section.time);
  return section;
}

Group bare(Group group) {
  group.clause = "";
  return group;
}

Terms bare(Terms terms) {
  for (Section& section : terms.sections) section = bare(section);
  for (Group& group : terms.groups) group = bare(group);
  for (terms::Service& service : terms.services) service.clause = "";
  if (terms.other_insurance) terms.other_insurance->clause = "";
  terms.aggregate_clause = terms.occurrence_clause = terms.retention_clause = "";
  terms.mitigation_clause = terms.instalment_clause = "";
  // What does not act makes no difference.
  if (terms.retention_rule == terms::RetentionRule::kSingleHighest) terms.occurrence_retention = 0;
  if (terms.occurrence_retention == 0 &&
      terms.retention_rule == terms::RetentionRule::kOccurrence) {
    terms.retention_position = terms::RetentionPosition::kBeforeSublimits;
  }
  return terms;
}

template <class Capped>
bool same_caps(const Capped& a, const Capped& b) {
  return a.sublimit_occ == b.sublimit_occ && a.sublimit_agg == b.sublimit_agg;
}

void add_section_gaps(const Section& a, const Section& b, std::vector<FiledGap>& gaps) {
  const auto gap = [&](FiledDifference what) { gaps.push_back({.what = what, .subject = a.code}); };
  if (!same_caps(a, b)) gap(FiledDifference::kSublimit);
  if (a.own_retention != b.own_retention) gap(FiledDifference::kOwnRetention);
  if (a.time.waiting_hours != b.time.waiting_hours) gap(FiledDifference::kWaiting);
  if (a.time.indemnity_hours != b.time.indemnity_hours) gap(FiledDifference::kIndemnityPeriod);
  Section rest = a;
  rest.sublimit_occ = b.sublimit_occ;
  rest.sublimit_agg = b.sublimit_agg;
  rest.own_retention = b.own_retention;
  rest.time.waiting_hours = b.time.waiting_hours;
  rest.time.indemnity_hours = b.time.indemnity_hours;
  if (rest != b) gap(FiledDifference::kOther);
}

bool same_sections(const Terms& a, const Terms& b) {
  return std::equal(a.sections.begin(), a.sections.end(), b.sections.begin(), b.sections.end(),
                    [](const Section& x, const Section& y) { return x.code == y.code; });
}

bool same_groups(const Terms& a, const Terms& b) {
  return std::equal(
      a.groups.begin(), a.groups.end(), b.groups.begin(), b.groups.end(),
      [](const Group& x, const Group& y) { return x.id == y.id && x.codes == y.codes; });
}

std::string gap_text(Session& session, const FiledGap& gap) {
  const std::string what = session.say("filed_terms." + std::string(name_of(gap.what)));
  return gap.subject.empty() ? what : gap.subject + " " + what;
}

std::string option_name(Session& session, const FiledMatch& match) {
  if (!match.option) return session.say("filed_terms.own");
  return session.lang() == Lang::kZh ? match.option->zh : match.option->en;
}

}  // namespace

std::vector<FiledGap> filed_gaps(const Terms& terms, const Terms& filed) {
  const Terms a = bare(terms);
  const Terms b = bare(filed);
  std::vector<FiledGap> gaps;
  const auto gap = [&](bool differs, FiledDifference what) {
    if (differs) gaps.push_back({.what = what, .subject = {}});
  };
  gap(a.aggregate_limit != b.aggregate_limit, FiledDifference::kLimit);
  gap(a.occurrence_limit != b.occurrence_limit, FiledDifference::kIncidentLimit);
  gap(a.occurrence_retention != b.occurrence_retention || a.retention_rule != b.retention_rule ||
          a.retention_kind != b.retention_kind || a.franchise_at != b.franchise_at,
      FiledDifference::kRetention);
  gap(a.retention_position != b.retention_position, FiledDifference::kRetentionPosition);
  const bool sections = same_sections(a, b);
  gap(!sections || !same_groups(a, b), FiledDifference::kSections);
  if (sections) {
    for (std::size_t i = 0; i < a.sections.size(); ++i) {
      add_section_gaps(a.sections[i], b.sections[i], gaps);
    }
  }
  if (same_groups(a, b)) {
    for (std::size_t i = 0; i < a.groups.size(); ++i) {
      if (same_caps(a.groups[i], b.groups[i])) continue;
      gaps.push_back({.what = FiledDifference::kSublimit, .subject = a.groups[i].id});
    }
  }
  gap(a.currency != b.currency || a.mitigation_cap != b.mitigation_cap ||
          a.services != b.services || a.other_insurance != b.other_insurance,
      FiledDifference::kOther);
  return gaps;
}

Result<FiledMatch> filed_match(Session& session, const underwriting::Product& product,
                               const Terms& terms) {
  ANLAN_TRY(const terms::Wording* own, session.library().wording_of(product));
  FiledMatch best{.product = &product, .option = nullptr, .gaps = filed_gaps(terms, own->terms)};
  for (const underwriting::FiledOption& option : product.options) {
    ANLAN_TRY(const terms::Wording* wording, session.library().wording(option.wording));
    std::vector<FiledGap> gaps = filed_gaps(terms, wording->terms);
    if (gaps.size() >= best.gaps.size()) continue;
    best.option = &option;
    best.gaps = std::move(gaps);
  }
  return best;
}

std::string filed_text(Session& session, const FiledMatch& match) {
  if (match.filed()) {
    return session.say("filed_terms.allowed", {{"which", option_name(session, match)},
                                               {"registration", match.product->registration},
                                               {"premium", to_grouped(match.premium())},
                                               {"low", to_grouped(match.low())},
                                               {"high", to_grouped(match.high())}});
  }
  std::string list;
  for (const FiledGap& gap : match.gaps) {
    list += (list.empty() ? "" : session.say("word.list_separator")) + gap_text(session, gap);
  }
  return session.say("filed_terms.none", {{"which", option_name(session, match)},
                                          {"registration", match.product->registration},
                                          {"premium", to_grouped(match.premium())},
                                          {"differs", list}});
}

Node filed_node(Session& session, const FiledMatch& match) {
  const auto money = [&](Money amount) { return match.filed() ? to_node(amount) : Node::null(); };
  const Node option = match.option ? Node::string(match.option->id) : Node::null();
  Node out = Node::table();
  out.add("registration", Node::string(match.product->registration));
  out.add("allowed", Node::boolean(match.filed()));
  out.add("premium", money(match.premium()));
  out.add("low", money(match.low()));
  out.add("high", money(match.high()));
  out.add("option", option);
  Node& differs = out.add("differs", Node::list());
  for (const FiledGap& gap : match.gaps) {
    Node one = Node::table();
    one.add("what", to_node(gap.what));
    one.add("subject", gap.subject.empty() ? Node::null() : Node::string(gap.subject));
    one.add("text", Node::string(gap_text(session, gap)));
    differs.items.push_back(std::move(one));
  }
  out.add("text", Node::string(filed_text(session, match)));
  return out;
}

}  // namespace anlan::api
