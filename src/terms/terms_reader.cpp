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
  // An amount as the format writes it.
  std::string shown(std::int64_t minor) const {
    return format_.written ? to_decimal(Money::from_minor(minor, *format_.written))
                           : std::to_string(minor);
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
  time.parametric_hourly = reading.cap(reader, "parametric_hourly");
  time.waiting_clause = reading.clause(reader, "waiting_clause", time.waiting_hours != 0);
  time.monetary_clause = reading.clause(reader, "monetary_clause", time.monetary != 0);
  time.indemnity_clause =
      reading.clause(reader, "indemnity_clause", time.indemnity_hours.has_value());
  time.daily_clause = reading.clause(reader, "daily_clause", time.daily_amount.has_value());
  time.parametric_clause =
      reading.clause(reader, "parametric_clause", time.parametric_hourly.has_value());
  reader.finish();

  if (time.parametric_hourly &&
      (*time.parametric_hourly == 0 || *time.parametric_hourly > kParametricHourlyMax)) {
    reader.refuse("parametric_hourly", refusals::kParametricRange,
                  {{"max", reading.shown(kParametricHourlyMax)}});
  }
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
  section.average = reader.flag("average", false);
  section.average_clause = reading.clause(reader, "average_clause", section.average);
  if (reader.has("provider")) section.provider = reader.text("provider");
  section.time = read_time(reading, reader.table_or_empty("time"));
  reader.finish();
  if (!section.provider.empty() && !section.time.parametric_hourly) {
    reader.refuse("provider", refusals::kProviderVoid);
  }
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

void check_service(NodeReader& reader, const Terms& terms, const Service& service) {
  bool taken = find_section(terms.sections, service.code) != nullptr;
  for (const Group& group : terms.groups) taken = taken || group.id == service.code;
  for (const Service& other : terms.services) taken = taken || other.code == service.code;
  if (taken) reader.refuse("code", anlan::refusals::kDuplicateValue);
  if (service.limit_agg == 0) {
    reader.refuse("limit_agg", refusals::kServiceUnlimited);
  } else if (service.limit_occ == 0 || (!service.limit_occ && !service.limit_agg)) {
    reader.refuse("limit_occ", refusals::kServiceUnlimited);
  }
  for (const std::string& code : service.serves) {
    const Section* section = find_section(terms.sections, code);
    if (!section) {
      return reader.refuse("serves", refusals::kServiceSectionUnknown, {{"section", code}});
    }
    if (section->time.acts()) {
      return reader.refuse("serves", refusals::kServiceSectionTimed, {{"section", code}});
    }
    for (const Service& other : terms.services) {
      if (std::find(other.serves.begin(), other.serves.end(), code) == other.serves.end()) continue;
      return reader.refuse("serves", refusals::kServiceSectionTwice, {{"section", code}});
    }
  }
}

void read_services(const Reading& reading, NodeReader& policy, Terms& terms) {
  for (NodeReader& reader : policy.list_or_empty("services")) {
    Service service{.code = reader.text("code"), .serves = reader.texts("serves")};
    service.limit_occ = reading.cap(reader, "limit_occ");
    service.limit_agg = reading.cap(reader, "limit_agg");
    service.clause = reading.clause(reader, "clause", true);
    reader.finish();
    check_service(reader, terms, service);
    terms.services.push_back(std::move(service));
  }
}

std::optional<OtherInsurance> read_other_insurance(const Reading& reading, NodeReader& policy,
                                                   const Terms& terms) {
  if (!policy.has("other_insurance")) return std::nullopt;
  NodeReader reader = policy.table("other_insurance");
  OtherInsurance out{.rule = reader.choice<OtherInsuranceRule>("rule"),
                     .clause = reading.clause(reader, "clause", true)};
  reader.finish();
  if (out.rule == OtherInsuranceRule::kProRata && !terms.aggregate_limit) {
    reader.refuse("rule", refusals::kOtherInsuranceVoid);
  }
  return out;
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
  read_services(reading, policy, terms);
  terms.other_insurance = read_other_insurance(reading, policy, terms);
  policy.finish();
  return terms;
}

}  // namespace anlan::terms
