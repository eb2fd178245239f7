#include "terms/exclusion.h"

#include <algorithm>

#include "terms/codes.h"
#include "terms/refusals.h"

namespace anlan::terms {
namespace {

bool any_of(const std::vector<std::string>& words, const std::vector<std::string>& wanted) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return has_word(wanted, word); });
}

bool is_attributed(const Exclusion& exclusion, const std::optional<domain::Attribution>& record) {
  const bool blamed = record && record->source != domain::AttributionSource::kNone;
  if (!blamed || record->state.empty()) return false;
  const auto& sources = exclusion.attribution_sources;
  const bool counts =
      sources.empty() || std::find(sources.begin(), sources.end(), record->source) != sources.end();
  return counts && record->confidence >= exclusion.confidence_min;
}

std::vector<domain::AttributionSource> read_sources(NodeReader& reader) {
  std::vector<domain::AttributionSource> sources;
  for (const std::string& word : reader.texts_or_empty("attribution_sources")) {
    const auto source = enum_from<domain::AttributionSource>(word);
    if (source && *source != domain::AttributionSource::kNone) {
      sources.push_back(*source);
      continue;
    }
    std::vector<std::string> known;
    std::string choices;
    for (const auto& entry : enum_names(static_cast<domain::AttributionSource*>(nullptr))) {
      if (entry.value == domain::AttributionSource::kNone) continue;
      known.emplace_back(entry.name);
      choices += (choices.empty() ? "" : " | ") + std::string(entry.name);
    }
    reader.refuse("attribution_sources", anlan::refusals::kUnknownChoice,
                  {{"choices", choices}, {"nearest", nearest(word, known)}});
  }
  return sources;
}

void check_terms(NodeReader& reader, const Exclusion& exclusion) {
  const auto needs = [&](bool stated, bool acts, std::string_view key) {
    if (!stated || acts) return;
    reader.refuse(key, refusals::kExclusionTermVoid,
                  {{"exclusion", exclusion.name}, {"term", std::string(key)}});
  };
  const bool attributed = exclusion.attribution == AttributionRule::kRequired;
  const bool conditional = !exclusion.always();
  needs(attributed, conditional, "attribution");
  needs(!exclusion.attribution_sources.empty(), attributed, "attribution_sources");
  needs(exclusion.confidence_min.ppm() != 0, attributed, "confidence_min");
  needs(exclusion.impairment == ImpairmentRule::kSignificant, conditional, "impairment");
  needs(exclusion.bystanding == BystandingRule::kCovered, conditional, "bystanding");
  const bool other_cause = !any_of(exclusion.except_causes, exclusion.causes);
  needs(!exclusion.except_causes.empty(), conditional && other_cause, "except_causes");
  needs(exclusion.limit.has_value(), conditional && !exclusion.of_heads(), "limit");
  needs(!exclusion.except_heads.empty(), !exclusion.limit, "except_heads");
  for (const std::string& head : exclusion.except_heads) {
    // Mitigation cost is no section's: it is written back to the whole incident only.
    const bool taken_out = !exclusion.of_heads() || names_head(exclusion.heads, head);
    const bool all = has_word(exclusion.heads, head);
    needs(true, taken_out && !all, "except_heads");
  }
}

}  // namespace

bool is_met(const Exclusion& exclusion, const ExclusionFacts& facts) {
  if (!exclusion.always()) {
    const bool met =
        has_word(exclusion.perils, facts.peril) || any_of(facts.causes, exclusion.causes);
    if (!met) return false;
  }
  if (any_of(facts.causes, exclusion.except_causes)) return false;
  const std::optional<domain::Attribution>& record = facts.attribution;
  if (exclusion.attribution == AttributionRule::kRequired && !is_attributed(exclusion, record)) {
    return false;
  }
  if (exclusion.impairment == ImpairmentRule::kSignificant && !(record && record->state_impaired)) {
    return false;
  }
  return exclusion.bystanding != BystandingRule::kCovered || !(record && record->bystanding);
}

bool takes_head(const Exclusion& exclusion, const std::string& head) {
  if (exclusion.of_heads() && !names_head(exclusion.heads, head)) return false;
  return !names_head(exclusion.except_heads, head);
}

bool take_always(const std::vector<Exclusion>& exclusions, const std::string& peril,
                 const std::string& head) {
  const ExclusionFacts facts{.peril = peril, .causes = {}, .attribution = {}};
  return std::any_of(exclusions.begin(), exclusions.end(), [&](const Exclusion& each) {
    return !each.limit && is_met(each, facts) && takes_head(each, head);
  });
}

Exclusion read_exclusion(NodeReader& reader, ClauseBook& book, const Terms& terms) {
  Exclusion exclusion{.name = reader.name<WordTag>("name").text,
                      .causes = reader.texts_or_empty("causes"),
                      .perils = reader.texts_or_empty("perils"),
                      .heads = reader.texts_or_empty("heads"),
                      .clause = book.reference(reader, "clause", true),
                      .except_causes = reader.texts_or_empty("except_causes"),
                      .except_heads = reader.texts_or_empty("except_heads")};
  exclusion.attribution = reader.choice_or("attribution", AttributionRule::kNone);
  exclusion.attribution_sources = read_sources(reader);
  if (reader.has("confidence_min")) exclusion.confidence_min = reader.percent("confidence_min");
  exclusion.impairment = reader.choice_or("impairment", ImpairmentRule::kAny);
  exclusion.bystanding = reader.choice_or("bystanding", BystandingRule::kExcluded);
  const std::optional<Money> limit = reader.money_or_null("limit", terms.currency);
  if (limit) exclusion.limit = limit->minor();
  exclusion.limit_clause = book.reference(reader, "limit_clause", exclusion.limit.has_value());
  reader.finish();
  check_perils(reader, "perils", exclusion.perils);
  check_heads(reader, exclusion.heads, terms);
  std::vector<std::string> of_sections = exclusion.except_heads;
  std::erase(of_sections, kMitigationSubject);
  check_heads(reader, of_sections, terms, "except_heads");
  if (exclusion.always() && !exclusion.of_heads()) {
    reader.refuse("causes", refusals::kExclusionEmpty, {{"exclusion", exclusion.name}});
  }
  check_terms(reader, exclusion);
  return exclusion;
}

}  // namespace anlan::terms
