#include "terms/codes.h"

#include <algorithm>

#include "domain/attribution.h"
#include "domain/cover.h"
#include "domain/peril.h"
#include "terms/refusals.h"

namespace anlan::terms {

bool sections_are_read(const ReadReport& report) {
  const auto& refused = report.refusals();
  return std::none_of(refused.begin(), refused.end(), [](const Refusal& refusal) {
    const std::string_view path = refusal.path;
    if (path == "policy" || path == "policy.sections") return true;
    return is_within(path, "policy.sections") && (path.ends_with("]") || path.ends_with(".code"));
  });
}

void check_perils(NodeReader& reader, std::string_view key, const std::vector<std::string>& codes) {
  for (const std::string& code : codes) {
    if (domain::find_peril_kind(code)) continue;
    std::vector<std::string> known;
    for (const domain::PerilKind& kind : domain::peril_kinds()) known.emplace_back(kind.code);
    reader.refuse_item(key, code, refusals::kPerilUnknown,
                       {{"peril", code}, {"nearest", nearest(code, known)}});
  }
}

bool check_head(NodeReader& reader, std::string_view key, const std::string& head) {
  if (domain::find_head(head)) return true;
  std::vector<std::string> known;
  for (const domain::CoverKind& kind : domain::cover_kinds()) known.emplace_back(kind.code);
  for (const domain::CoverKind& kind : domain::sub_heads()) known.emplace_back(kind.code);
  reader.refuse_item(key, head, refusals::kHeadUnknown,
                     {{"head", head}, {"nearest", nearest(head, known)}});
  return false;
}

void check_heads(NodeReader& reader, const std::vector<std::string>& heads, const Terms& terms,
                 std::string_view key) {
  for (const std::string& head : heads) {
    if (!check_head(reader, key, head)) continue;
    const std::string_view section = domain::section_of_head(head);
    const bool insured = std::any_of(terms.sections.begin(), terms.sections.end(),
                                     [&](const Section& s) { return s.code == section; });
    if (insured || !sections_are_read(reader.report())) continue;
    reader.refuse_item(key, head, refusals::kHeadNotInsured, {{"head", head}});
  }
}

void check_countries(NodeReader& reader, std::string_view key,
                     const std::vector<std::string>& countries, bool any) {
  for (const std::string& country : countries) {
    if (domain::is_country_code(country) || (any && country == "*")) continue;
    reader.refuse_item(key, country, refusals::kCountryMalformed, {{"country", country}});
  }
}

bool names_head(const std::vector<std::string>& codes, std::string_view head) {
  return std::any_of(codes.begin(), codes.end(),
                     [&](const std::string& code) { return domain::belongs_to(head, code); });
}

bool has_word(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

void add_word_once(std::vector<std::string>& words, const std::string& word) {
  if (!has_word(words, word)) words.push_back(word);
}

}  // namespace anlan::terms
