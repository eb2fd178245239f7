#include "terms/terms_reader.h"

#include <algorithm>

#include "terms/codes.h"
#include "terms/refusals.h"

namespace anlan::terms {
namespace {

class Reading {
 public:
  explicit Reading(const TermsFormat& format) : format_(format) {}

  std::int64_t amount(NodeReader& reader, std::string_view key) const {
    if (!format_.written) return reader.minor(key, 0);
    return reader.money_or(key, *format_.written, Money::zero(*format_.written)).minor();
  }
  std::optional<std::int64_t> cap(NodeReader& reader, std::string_view key) const {
    if (!format_.written) return reader.minor_or_null(key);
    const std::optional<Money> money = reader.money_or_null(key, *format_.written);
    return money ? std::optional(money->minor()) : std::nullopt;
  }
  std::string clause(NodeReader& reader, std::string_view key, bool acts) const {
    return format_.clauses ? format_.clauses->reference(reader, key, acts) : std::string();
  }
  // Sections of a wording are covers of the taxonomy.
  void check_code(NodeReader& reader, const std::string& code) const {
    if (format_.clauses) check_head(reader, "code", code);
  }

 private:
  const TermsFormat& format_;
};

TimeTerms read_time(const Reading& reading, NodeReader reader) {
  TimeTerms time;
  time.mode = reader.choice_or("mode", TimeMode::kDeductHours);
  time.waiting_hours = reader.whole_or("waiting_hours", 0, kHoursMax, 0);
  time.monetary = reading.amount(reader, "monetary");
  time.indemnity_hours = reader.whole_or_null("indemnity_hours", 0, kHoursMax);
  if (reader.node().find("indemnity_start")) {
    time.indemnity_start = reader.choice<IndemnityStart>("indemnity_start");
  }
  time.daily_amount = reading.cap(reader, "daily_amount");
  time.day_counting = reader.choice_or("day_counting", DayCounting::kStarted);
  time.waiting_clause = reading.clause(reader, "waiting_clause", time.waiting_hours != 0);
  time.monetary_clause = reading.clause(reader, "monetary_clause", time.monetary != 0);
  time.indemnity_clause =
      reading.clause(reader, "indemnity_clause", time.indemnity_hours.has_value());
  time.daily_clause = reading.clause(reader, "daily_clause", time.daily_amount.has_value());
  reader.finish();

  const bool takes_money =
      time.mode != TimeMode::kDeductHours && time.mode != TimeMode::kQualifying;
  if (time.monetary != 0 && !takes_money) reader.refuse("monetary", refusals::kTimeMonetaryVoid);
  const bool has_waiting_end =
      time.mode == TimeMode::kDeductHours || time.mode == TimeMode::kGreaterOf;
  if (time.indemnity_start == IndemnityStart::kWaitingEnd && !has_waiting_end) {
    reader.refuse("indemnity_start", refusals::kWaitingEndVoid);
  }
  return time;
}

Section read_section(const Reading& reading, NodeReader& reader, RetentionRule rule) {
  Section section;
  section.code = reader.text("code");
  section.deductible = reading.amount(reader, "deductible");
  section.own_retention = reading.amount(reader, "own_retention");
  section.sublimit_occ = reading.cap(reader, "sublimit_occ");
  section.sublimit_agg = reading.cap(reader, "sublimit_agg");
  section.participation_bp =
      static_cast<std::int32_t>(reader.whole_or("coins_bp", 0, kBasisPoints, 0));
  section.participation_position =
      reader.choice_or("coins_position", ParticipationPosition::kBeforeSublimit);
  section.inside_aggregate = reader.flag("inside_aggregate", true);
  section.clause = reading.clause(reader, "clause", true);
  section.deductible_clause = reading.clause(reader, "deductible_clause", section.deductible != 0);
  section.retention_clause = reading.clause(reader, "retention_clause", section.own_retention != 0);
  const bool limited = section.sublimit_occ || section.sublimit_agg;
  section.sublimit_clause = reading.clause(reader, "sublimit_clause", limited);
  section.participation_clause =
      reading.clause(reader, "participation_clause", section.participation_bp != 0);
  section.time = read_time(reading, reader.table_or_empty("time"));
  reader.finish();
  if (section.own_retention != 0 && rule != RetentionRule::kSingleHighest) {
    reader.refuse("own_retention", refusals::kOwnRetentionVoid);
  }
  return section;
}

const Section* find_section(const std::vector<Section>& sections, std::string_view code) {
  const auto found = std::find_if(sections.begin(), sections.end(),
                                  [&](const Section& section) { return section.code == code; });
  return found != sections.end() ? &*found : nullptr;
}

void read_sections(const Reading& reading, NodeReader& policy, Terms& terms) {
  std::vector<NodeReader> readers = policy.list("sections");
  if (readers.size() > kSectionsMax) {
    policy.refuse("sections", refusals::kTooManyEntries, {{"max", std::to_string(kSectionsMax)}});
    return;
  }
  for (NodeReader& reader : readers) {
    Section section = read_section(reading, reader, terms.retention_rule);
    if (find_section(terms.sections, section.code)) {
      reader.refuse_value("code", anlan::refusals::kDuplicateValue);
    }
    reading.check_code(reader, section.code);
    terms.sections.push_back(std::move(section));
  }
}

bool grouped(const std::vector<Group>& groups, const std::string& code) {
  return std::any_of(groups.begin(), groups.end(), [&](const Group& group) {
    return std::find(group.codes.begin(), group.codes.end(), code) != group.codes.end();
  });
}

void check_members(NodeReader& reader, const Terms& terms, const Group& group) {
  const Section* first = nullptr;
  for (const std::string& code : group.codes) {
    const Section* section = find_section(terms.sections, code);
    if (!section) {
      if (!sections_are_read(reader.report())) continue;
      reader.refuse_item("codes", code, refusals::kGroupSectionUnknown, {{"section", code}});
      continue;
    }
    if (grouped(terms.groups, code)) {
      reader.refuse_item("codes", code, refusals::kGroupSectionTwice, {{"section", code}});
      continue;
    }
    if (!first) first = section;
    if (first->inside_aggregate != section->inside_aggregate) {
      reader.refuse_item("codes", code, refusals::kGroupMixesAggregate, {{"section", code}});
    }
  }
}

void read_groups(const Reading& reading, NodeReader& policy, Terms& terms) {
  for (NodeReader& reader : policy.list_or_empty("groups")) {
    Group group;
    group.id = reader.text("id");
    group.codes = reader.texts("codes");
    group.sublimit_occ = reading.cap(reader, "sublimit_occ");
    group.sublimit_agg = reading.cap(reader, "sublimit_agg");
    group.clause = reading.clause(reader, "clause", true);
    reader.finish();
    const bool taken = find_section(terms.sections, group.id) ||
                       std::any_of(terms.groups.begin(), terms.groups.end(),
                                   [&](const Group& other) { return other.id == group.id; });
    if (taken) reader.refuse_value("id", anlan::refusals::kDuplicateValue);
    check_members(reader, terms, group);
    terms.groups.push_back(std::move(group));
  }
}

}  // namespace

Terms read_terms(NodeReader& policy, const TermsFormat& format) {
  const Reading reading(format);
  Terms terms;
  terms.currency = format.written.value_or(Currency::kCny);
  terms.aggregate_limit = reading.cap(policy, "aggregate_limit");
  terms.occurrence_limit = reading.cap(policy, "occurrence_limit");
  terms.mitigation_cap = reading.cap(policy, "mitigation_cap");
  terms.occurrence_retention = reading.amount(policy, "occurrence_retention");
  terms.retention_position =
      policy.choice_or("retention_position", RetentionPosition::kBeforeSublimits);
  terms.retention_rule = policy.choice_or("retention_rule", RetentionRule::kOccurrence);
  terms.retention_kind = policy.choice_or("retention_kind", RetentionKind::kStraight);
  terms.franchise_at = policy.choice_or("franchise_at", FranchiseAt::kExceeds);
  terms.aggregate_clause =
      reading.clause(policy, "aggregate_clause", terms.aggregate_limit.has_value());
  terms.occurrence_clause =
      reading.clause(policy, "occurrence_clause", terms.occurrence_limit.has_value());
  terms.retention_clause =
      reading.clause(policy, "retention_clause", terms.occurrence_retention != 0);
  terms.mitigation_clause =
      reading.clause(policy, "mitigation_clause", terms.mitigation_cap.has_value());
  terms.instalment_clause = reading.clause(policy, "instalment_clause", false);
  if (terms.retention_rule == RetentionRule::kSingleHighest && terms.occurrence_retention != 0) {
    policy.refuse("occurrence_retention", refusals::kOccurrenceRetentionVoid);
  }
  read_sections(reading, policy, terms);
  read_groups(reading, policy, terms);
  policy.finish();
  return terms;
}

}  // namespace anlan::terms
