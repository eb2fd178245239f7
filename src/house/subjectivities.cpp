#include "house/subjectivities.h"

#include <algorithm>

#include "house/views.h"

namespace anlan::house {

using namespace domain;

const SubjectivityFile* find_subjectivity(const House& house, SubjectivityId id) {
  const auto found = house.subjectivities.find(id);
  return found == house.subjectivities.end() ? nullptr : &found->second;
}

namespace {

std::optional<std::string> documented_answer(const EnterpriseFile& company,
                                             const SubjectivityTerms& terms) {
  if (!company.assessment) return {};
  for (const Answer& answer : company.assessment->answers.get()) {
    // The source is a word that whoever fills in the form writes; the document is what counts.
    const bool shown = answer.source >= FactSource::kDocumented && answer.evidence != Digest{};
    if (answer.control.text != terms.subject || !shown) continue;
    const bool good = terms.answers.empty() || std::find(terms.answers.begin(), terms.answers.end(),
                                                         answer.value) != terms.answers.end();
    if (good) return answer.control.text + " " + answer.value;
  }
  return {};
}

}  // namespace

std::optional<std::string> evidence_for(const House& house, const SubjectivityFile& file,
                                        Instant at) {
  const SubjectivityTerms& terms = file.subjectivity.terms;
  const EnterpriseId id = find_quote(house, file.subjectivity.quote)->quote.enterprise;
  const EnterpriseFile& company = *find_enterprise(house, id);
  switch (terms.clears) {
    case ClearedBy::kPerson:
      return {};
    case ClearedBy::kControlProven:
      for (const ControlName& control : proven_controls(house, id, at)) {
        if (control.text == terms.subject) return terms.subject;
      }
      return {};
    case ClearedBy::kAnswerDocumented:
      return documented_answer(company, terms);
    case ClearedBy::kFactDocumented: {
      const std::vector<Fact> facts = company.enterprise.facts.get();
      const Fact* fact = find_fact(facts, terms.subject);
      const bool shown = fact && company.papers.contains(fact->name);
      if (!shown || fact->source < FactSource::kDocumented) return {};
      return terms.subject + " " + fact->value;
    }
  }
  check_failed("a known evidence", __FILE__, __LINE__);
}

SubjectivityState subjectivity_state(const House& house, const SubjectivityFile& file, Instant at) {
  if (file.state != SubjectivityState::kOpen && file.state != SubjectivityState::kFailed)
    return file.state;
  if (evidence_for(house, file, at)) return SubjectivityState::kEvidenced;
  if (file.state == SubjectivityState::kFailed) return file.state;
  const bool late = date_of(at, house.offset()) > file.subjectivity.due;
  return late ? SubjectivityState::kOverdue : SubjectivityState::kOpen;
}

bool is_unmet(SubjectivityState state) {
  switch (state) {
    case SubjectivityState::kOpen:
    case SubjectivityState::kOverdue:
    case SubjectivityState::kFailed:
      return true;
    case SubjectivityState::kEvidenced:
    case SubjectivityState::kCleared:
    case SubjectivityState::kWaived:
      return false;
  }
  check_failed("a known state", __FILE__, __LINE__);
}

bool blocks_bind(SubjectivityEffect effect) { return effect == SubjectivityEffect::kBindBlocker; }

std::vector<const SubjectivityFile*> subjectivities_of(const House& house, const QuoteFile& quote) {
  std::vector<const SubjectivityFile*> out;
  for (const SubjectivityId id : quote.decided->subjectivities)
    out.push_back(find_subjectivity(house, id));
  return out;
}

std::vector<const SubjectivityFile*> unmet_of(const House& house, const QuoteFile& quote,
                                              Instant at) {
  std::vector<const SubjectivityFile*> out = subjectivities_of(house, quote);
  std::erase_if(out, [&](const SubjectivityFile* file) {
    return !is_unmet(subjectivity_state(house, *file, at));
  });
  return out;
}

const PolicyFile* predecessor_of(const House& house, const Quote& quote) {
  const PolicyFile* newest = nullptr;
  for (const PolicyId id : find_enterprise(house, quote.enterprise)->policies) {
    const PolicyFile* held = find_policy(house, id);
    const bool other = held->policy.product != quote.product || held->policy.quote == quote.id;
    if (other || held->policy.from > start_of_day(quote.from, held->policy.offset)) continue;
    if (!newest || newest->policy.from <= held->policy.from) newest = held;
  }
  return newest;
}

bool is_within(const PolicyFile& before, const Quote& quote) {
  return start_of_day(quote.from, before.policy.offset) < cover_until(before);
}

const SubjectivityFile* carried_on(const House& house, const QuoteFile& quote,
                                   const SubjectivityFile& open) {
  const Subjectivity& from = open.subjectivity;
  for (const SubjectivityFile* each : subjectivities_of(house, quote)) {
    const Subjectivity& own = each->subjectivity;
    const bool anew = own.terms.code == from.terms.code && blocks_bind(own.terms.effect);
    if (own.carried_from == from.id || anew) return each;
  }
  return nullptr;
}

std::vector<const SubjectivityFile*> left_open(const House& house, const QuoteFile& quote,
                                               Instant at) {
  const PolicyFile* before = predecessor_of(house, quote.quote);
  if (!before) return {};
  std::vector<const SubjectivityFile*> out =
      unmet_of(house, *find_quote(house, before->policy.quote), at);
  std::erase_if(out, [&](const SubjectivityFile* file) {
    if (file->subjectivity.terms.effect == SubjectivityEffect::kAdvice) return true;
    const SubjectivityFile* carried = carried_on(house, quote, *file);
    return carried && !is_unmet(subjectivity_state(house, *carried, at));
  });
  return out;
}

SubjectivityTerms renewal_terms(const SubjectivityTerms& terms) {
  SubjectivityTerms out = terms;
  if (terms.effect != SubjectivityEffect::kAdvice) out.effect = SubjectivityEffect::kBindBlocker;
  return out;
}

std::vector<ActorName> makers_of(const House& house, const SubjectivityFile& file) {
  std::vector<ActorName> makers;
  for (const SubjectivityFile* each = &file; each != nullptr;
       each = find_subjectivity(house, each->subjectivity.carried_from)) {
    makers.push_back(each->set_by);
    makers.push_back(find_quote(house, each->subjectivity.quote)->issued_by);
  }
  return makers;
}

}  // namespace anlan::house
