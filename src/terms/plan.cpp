#include "terms/plan.h"

#include <algorithm>
#include <functional>

#include "base/check.h"
#include "base/int128.h"

namespace anlan::terms {
namespace {

bool is_zero(const std::optional<std::int64_t>& cap) { return cap == 0; }

bool within_amount(std::int64_t amount) { return 0 <= amount && amount <= kAmountMax; }

void check_amounts(const Section& section) {
  ANLAN_CHECK(within_amount(section.deductible));
  ANLAN_CHECK(within_amount(section.own_retention));
  ANLAN_CHECK(within_amount(section.sublimit_occ.value_or(0)));
  ANLAN_CHECK(within_amount(section.sublimit_agg.value_or(0)));
  ANLAN_CHECK(0 <= section.participation_bp && section.participation_bp <= kBasisPoints);
  ANLAN_CHECK(within_amount(section.time.monetary));
  ANLAN_CHECK(within_amount(section.time.daily_amount.value_or(0)));
  ANLAN_CHECK(0 <= section.time.waiting_hours && section.time.waiting_hours <= kHoursMax);
  const std::int64_t hourly = section.time.parametric_hourly.value_or(0);
  ANLAN_CHECK(0 <= hourly && hourly <= kParametricHourlyMax);
}

void check_amounts(const Terms& terms) {
  ANLAN_CHECK(within_amount(terms.aggregate_limit.value_or(0)));
  ANLAN_CHECK(within_amount(terms.occurrence_limit.value_or(0)));
  ANLAN_CHECK(within_amount(terms.mitigation_cap.value_or(0)));
  ANLAN_CHECK(within_amount(terms.occurrence_retention));
  for (const Section& section : terms.sections) check_amounts(section);
}

PlanSection compile_section(const Terms& terms, const Section& section) {
  PlanSection out{.deductible = section.deductible,
                  .own_retention = section.own_retention,
                  .cap_occurrence = section.sublimit_occ.value_or(kNoCap),
                  .cap_year = section.sublimit_agg.value_or(kNoCap),
                  .keep_bp = kBasisPoints - section.participation_bp,
                  .participation_early =
                      section.participation_position == ParticipationPosition::kBeforeSublimit,
                  .inside_aggregate = section.inside_aggregate,
                  .timed = section.time.acts(),
                  .average = section.average,
                  .provided = !section.provider.empty()};
  out.cap_year_insurer = out.cap_year;
  if (section.sublimit_agg && !out.participation_early) {
    out.cap_year_insurer = static_cast<std::int64_t>(
        half_up(static_cast<Int128>(out.cap_year) * out.keep_bp, kBasisPoints));
  }
  const bool none_inside = is_zero(terms.aggregate_limit) || is_zero(terms.occurrence_limit);
  out.has_cover = !is_zero(section.sublimit_occ) && !is_zero(section.sublimit_agg) &&
                  out.keep_bp != 0 && !(none_inside && section.inside_aggregate);
  return out;
}

PlanService compile_service(const Plan& plan, const Service& service) {
  ANLAN_CHECK(within_amount(service.limit_occ.value_or(0)));
  ANLAN_CHECK(within_amount(service.limit_agg.value_or(0)));
  PlanService out{.cap_occurrence = service.limit_occ.value_or(kNoCap),
                  .cap_year = service.limit_agg.value_or(kNoCap)};
  for (const std::string& code : service.serves) {
    const int index = plan.section_index(code);
    ANLAN_CHECK(index >= 0);
    ANLAN_CHECK(!plan.takes_outage(static_cast<std::size_t>(index)));
    out.sections.push_back(static_cast<std::size_t>(index));
  }
  std::sort(out.sections.begin(), out.sections.end());
  return out;
}

}  // namespace

std::int64_t Plan::reduced_cap(std::int32_t limit_bp) const {
  const std::optional<std::int64_t> limit = terms_.written_limit      ? terms_.written_limit
                                            : terms_.occurrence_limit ? terms_.occurrence_limit
                                                                      : terms_.aggregate_limit;
  if (!limit || *limit == kNoCap) return kNoCap;
  return static_cast<std::int64_t>(half_up(static_cast<Int128>(*limit) * limit_bp, kBasisPoints));
}

int Plan::section_index(std::string_view code) const {
  for (std::size_t i = 0; i < terms_.sections.size(); ++i) {
    if (terms_.sections[i].code == code) return static_cast<int>(i);
  }
  return -1;
}

Plan compile(const Terms& terms) {
  ANLAN_CHECK(!terms.sections.empty());
  ANLAN_CHECK(terms.sections.size() <= kSectionsMax);
  check_amounts(terms);
  Plan plan;
  plan.terms_ = terms;
  for (const Section& section : terms.sections) {
    ANLAN_CHECK(plan.section_index(section.code) == static_cast<int>(plan.sections_.size()));
    if (section.inside_aggregate) plan.inside_ |= std::uint64_t{1} << plan.sections_.size();
    plan.sections_.push_back(compile_section(terms, section));
  }
  for (const Group& group : terms.groups) {
    PlanGroup out{.cap_occurrence = group.sublimit_occ.value_or(kNoCap),
                  .cap_year = group.sublimit_agg.value_or(kNoCap)};
    for (const std::string& code : group.codes) {
      const int index = plan.section_index(code);
      ANLAN_CHECK(index >= 0);
      out.sections.push_back(static_cast<std::size_t>(index));
      out.bits |= std::uint64_t{1} << static_cast<std::size_t>(index);
      if (is_zero(group.sublimit_occ) || is_zero(group.sublimit_agg)) {
        plan.sections_[static_cast<std::size_t>(index)].has_cover = false;
      }
    }
    std::sort(out.sections.begin(), out.sections.end());
    plan.groups_.push_back(std::move(out));
  }
  for (const Service& service : terms.services) {
    plan.services_.push_back(compile_service(plan, service));
  }
  if (terms.retention_rule == RetentionRule::kSingleHighest) {
    for (const PlanSection& section : plan.sections_)
      plan.retention_tops_.push_back(section.own_retention);
    std::sort(plan.retention_tops_.begin(), plan.retention_tops_.end(), std::greater<>());
    const auto last = std::unique(plan.retention_tops_.begin(), plan.retention_tops_.end());
    plan.retention_tops_.erase(last, plan.retention_tops_.end());
  }
  return plan;
}

}  // namespace anlan::terms
