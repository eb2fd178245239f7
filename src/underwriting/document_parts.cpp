#include "underwriting/document_parts.h"

#include <algorithm>
#include <optional>

#include "base/check.h"
#include "domain/cover.h"

namespace anlan::underwriting {
namespace {

using Row = std::vector<std::string>;

std::string cap_text(const std::optional<std::int64_t>& cap, Currency currency) {
  return cap ? to_grouped(Money::from_minor(*cap, currency)) : "-";
}

bool is_grouped(const terms::Terms& terms, const std::string& code) {
  return std::any_of(terms.groups.begin(), terms.groups.end(), [&](const terms::Group& group) {
    return std::find(group.codes.begin(), group.codes.end(), code) != group.codes.end();
  });
}

std::string group_name(const Speech& speech, const terms::Group& group) {
  std::string name;
  for (const std::string& code : group.codes) {
    if (!name.empty()) name += speech.say("slip.and");
    name += cover_name(speech, code);
  }
  return name;
}

std::string clause_mark(const terms::Clause& clause) {
  return clause.exemption ? std::string(kExemptionMark) : "-";
}

}  // namespace

std::string cover_name(const Speech& speech, std::string_view code) {
  const domain::CoverKind* kind = domain::find_head(code);
  if (kind == nullptr) return std::string(code);
  return std::string(speech.lang == Lang::kZh ? kind->zh : kind->en);
}

std::string period_text(Date from, Date until) {
  return to_text(from) + " - " + to_text(plus_days(until, -1));
}

void add_limits(const Speech& speech, const terms::Terms& terms, Document& document) {
  Table table{.columns = {{.title = speech.say("slip.cover")},
                          {.title = speech.say("slip.per_incident"), .align = Align::kRight},
                          {.title = speech.say("slip.per_year"), .align = Align::kRight},
                          {.title = speech.say("slip.clause"), .align = Align::kRight}},
              .rows = {}};
  const Currency currency = terms.currency;
  for (const terms::Section& section : terms.sections) {
    if (is_grouped(terms, section.code)) continue;
    table.rows.push_back(Row{cover_name(speech, section.code),
                             cap_text(section.sublimit_occ, currency),
                             cap_text(section.sublimit_agg, currency), section.sublimit_clause});
  }
  for (const terms::Group& group : terms.groups) {
    table.rows.push_back(Row{group_name(speech, group), cap_text(group.sublimit_occ, currency),
                             cap_text(group.sublimit_agg, currency), group.clause});
  }
  table.rows.push_back(Row{speech.say("slip.all_covers"),
                           cap_text(terms.occurrence_limit, currency),
                           cap_text(terms.aggregate_limit, currency), terms.aggregate_clause});
  document.table(std::move(table));
  if (!terms.aggregate_limit) return;
  add_words(speech, "slip.limit_words", Money::from_minor(*terms.aggregate_limit, currency),
            document);
}

void add_words(const Speech& speech, std::string_view key, Money amount, Document& document) {
  const std::string words = speech.words(amount);
  if (words.empty()) return;
  document.paragraph(speech.say(key, {{"amount", to_grouped(amount)}, {"words", words}}));
}

void add_clauses(const Speech& speech, const terms::Wording& wording,
                 const std::vector<std::string>& refs, Document& document) {
  for (const std::string& ref : refs) {
    const terms::Clause* clause = terms::find_clause(wording.clauses, ref);
    ANLAN_CHECK(clause != nullptr);
    document.blocks.emplace_back(Bullet{.mark = clause_mark(*clause),
                                        .text = ref + " " + speech.pick(clause->zh, clause->en),
                                        .strong = clause->exemption});
  }
}

void add_services(const Speech& speech, const Product& product, Document& document) {
  const std::vector<std::string>& services = product.services(speech.lang);
  if (services.empty()) return;
  document.heading(2, speech.say("slip.services"));
  for (const std::string& service : services) document.bullet(service);
}

Table amount_table(const std::vector<std::pair<std::string, Money>>& rows) {
  Table table{.columns = {{.title = ""}, {.title = "", .align = Align::kRight}}, .rows = {}};
  for (const auto& [label, amount] : rows) table.rows.push_back(Row{label, to_grouped(amount)});
  return table;
}

}  // namespace anlan::underwriting
