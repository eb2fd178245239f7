// Random policies: the row form against the column form, the steps against the amounts, and what
// holds for every settlement. A failure prints the plan's number and the row; the seed is fixed.
#include <algorithm>
#include <numeric>
#include <random>

#include <doctest/doctest.h>

#include "terms/settle.h"
#include "terms/settle_columns.h"

using namespace anlan;
using namespace anlan::terms;

namespace {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : rng_(seed) {}
  std::int64_t below(std::int64_t bound) {
    return static_cast<std::int64_t>(rng_() % static_cast<std::uint64_t>(bound));
  }
  bool chance(std::int64_t percent) { return below(100) < percent; }
  template <class T>
  T one_of(std::initializer_list<T> list) {
    return list.begin()[below(static_cast<std::int64_t>(list.size()))];
  }
  // 0, round or odd.
  std::int64_t money(std::int64_t top) {
    const std::int64_t x = 1 + below(top);
    return one_of<std::int64_t>({0, x, x / 100 * 100});
  }
  std::optional<std::int64_t> limit(std::int64_t top, std::int64_t none_percent) {
    if (chance(none_percent)) return std::nullopt;
    return chance(3) ? 0 : 1 + below(std::min(top, kAmountMax));
  }

 private:
  std::mt19937_64 rng_;
};

TimeTerms random_time(Dice& dice, std::int64_t scale) {
  TimeTerms time;
  time.mode = dice.one_of({TimeMode::kDeductHours, TimeMode::kQualifying, TimeMode::kMonetaryOnly,
                           TimeMode::kQualifyingThenMonetary, TimeMode::kGreaterOf});
  time.waiting_hours = dice.one_of<std::int64_t>({0, 8, 12, 24});
  const bool takes_money =
      time.mode != TimeMode::kDeductHours && time.mode != TimeMode::kQualifying;
  if (takes_money) time.monetary = dice.money(scale);
  if (dice.chance(50)) time.indemnity_hours = dice.one_of<std::int64_t>({0, 6, 24, 72});
  const bool has_waiting_end =
      time.mode == TimeMode::kDeductHours || time.mode == TimeMode::kGreaterOf;
  if (has_waiting_end && dice.chance(40)) {
    time.indemnity_start = dice.one_of({IndemnityStart::kOutageStart, IndemnityStart::kWaitingEnd});
  }
  if (dice.chance(30)) time.daily_amount = dice.below(10 * scale);
  time.day_counting = dice.one_of({DayCounting::kStarted, DayCounting::kCompleted});
  if (dice.chance(25)) {
    time.parametric_hourly = 1 + dice.below(std::min(scale, kParametricHourlyMax));
  }
  return time;
}

// At most 20 of the sections that are not timed are served, by up to three services.
void add_services(Dice& dice, Terms& terms, std::int64_t scale) {
  for (int k = 0; k < 3; ++k) {
    Service service{.code = "V" + std::to_string(k)};
    for (const Section& section : terms.sections) {
      const auto serves = [&](const Service& other) {
        return std::find(other.serves.begin(), other.serves.end(), section.code) !=
               other.serves.end();
      };
      const bool taken = std::any_of(terms.services.begin(), terms.services.end(), serves);
      if (!section.time.acts() && !taken && dice.chance(40)) service.serves.push_back(section.code);
    }
    if (service.serves.empty()) continue;
    service.limit_occ = dice.limit(100 * scale, 30);
    service.limit_agg = dice.limit(200 * scale, 30);
    terms.services.push_back(std::move(service));
  }
}

// The forms that most policies do without.
void add_forms(Dice& dice, Terms& terms, std::int64_t scale) {
  if (dice.chance(50)) add_services(dice, terms, scale);
  for (Section& section : terms.sections) {
    section.average = dice.chance(40);
    if (section.time.parametric_hourly && dice.chance(50)) section.provider = "cloud";
  }
  if (!dice.chance(60)) return;
  terms.other_insurance = OtherInsurance{};
  if (!terms.aggregate_limit || dice.chance(50)) {
    terms.other_insurance->rule = OtherInsuranceRule::kExcess;
  }
}

Section random_section(Dice& dice, std::size_t index, bool single, std::int64_t scale) {
  Section section{.code = "S" + std::to_string(index)};
  section.deductible = dice.money(scale);
  if (single) section.own_retention = dice.money(scale);
  section.sublimit_occ = dice.limit(100 * scale, 30);
  section.sublimit_agg = dice.limit(100 * scale, 50);
  section.participation_bp = dice.one_of<std::int32_t>({0, 0, 1, 1000, 3333, 5000, 10000});
  section.participation_position =
      dice.one_of({ParticipationPosition::kBeforeSublimit, ParticipationPosition::kAfterSublimit});
  section.inside_aggregate = dice.chance(85);
  if (dice.chance(30)) section.time = random_time(dice, scale);
  return section;
}

// Amounts up to 200 x scale; the scales reach beyond the fast paths of both forms.
Terms random_terms(Dice& dice, std::int64_t scale) {
  Terms terms;
  const bool single = dice.chance(40);
  const std::size_t count = static_cast<std::size_t>(dice.chance(5) ? 20 : 1 + dice.below(7));
  for (std::size_t i = 0; i < count; ++i) {
    terms.sections.push_back(random_section(dice, i, single, scale));
  }
  terms.aggregate_limit = dice.limit(1000 * scale, 15);
  terms.occurrence_limit = dice.limit(1000 * scale, 50);
  terms.mitigation_cap = dice.below(scale);
  terms.retention_rule = single ? RetentionRule::kSingleHighest : RetentionRule::kOccurrence;
  if (!single) terms.occurrence_retention = dice.money(2 * scale);
  terms.retention_position =
      dice.one_of({RetentionPosition::kBeforeSublimits, RetentionPosition::kAfterSublimits});
  terms.retention_kind = dice.chance(30) ? RetentionKind::kFranchise : RetentionKind::kStraight;
  terms.franchise_at = dice.one_of({FranchiseAt::kExceeds, FranchiseAt::kReaches});
  if (count > 2 && dice.chance(50)) {
    Group group{.id = "g", .sublimit_occ = dice.limit(100 * scale, 30)};
    group.sublimit_agg = dice.limit(100 * scale, 30);
    for (const std::size_t i : {std::size_t{0}, count - 1}) {
      terms.sections[i].inside_aggregate = true;
      group.codes.push_back(terms.sections[i].code);
    }
    terms.groups.push_back(std::move(group));
  }
  if (dice.chance(50)) add_forms(dice, terms, scale);
  return terms;
}

void add_facts(Dice& dice, const Plan& plan, std::int64_t scale, Incident& incident) {
  const auto most = [&](std::int64_t times) { return std::min(times * scale, kAmountMax); };
  incident.values.resize(plan.section_count());
  for (DeclaredValue& value : incident.values) {
    if (!dice.chance(60)) continue;
    value = {.declared = dice.below(100 * scale), .actual = dice.below(100 * scale)};
  }
  if (dice.chance(50)) incident.other_sum_insured = dice.below(most(1000));
  if (dice.chance(50)) incident.other_paid = dice.below(most(300));
  if (dice.chance(50)) incident.extra_participation_bp = dice.one_of({0, 1, 1000, 3333, 10'000});
  if (dice.chance(50)) incident.limit_bp = dice.one_of({0, 1, 500, 2500, 5000, 10'000});
}

Incident random_incident(Dice& dice, const Plan& plan, std::int64_t scale) {
  Incident incident;
  incident.losses.resize(plan.section_count());
  incident.outages.resize(plan.section_count());
  for (std::size_t i = 0; i < plan.section_count(); ++i) {
    if (!plan.takes_outage(i)) {
      if (dice.chance(70)) incident.losses[i] = dice.below(200 * scale);
    } else if (dice.chance(80)) {
      Outage outage{.minutes =
                        dice.one_of<std::int64_t>({0, 1, 240, 480, 481, 720, 721, 1441, 1500})};
      for (std::int64_t hour = 0; hour * 60 < outage.minutes; ++hour) {
        outage.hourly.push_back(dice.chance(50) ? 0 : dice.below(scale));
      }
      const Section& section = plan.terms().sections[i];
      if (section.time.parametric_hourly && dice.chance(30)) outage.hourly.clear();
      incident.outages[i] = std::move(outage);
    }
  }
  if (dice.chance(30)) incident.mitigation = dice.below(scale);
  incident.peril_covered = dice.chance(90);
  if (dice.chance(20)) incident.extra_retention = dice.below(scale);
  if (dice.chance(50)) add_facts(dice, plan, scale, incident);
  // The column form knows no providers: its outages are those of the named one.
  incident.provider = "cloud";
  return incident;
}

// The incidents of many rows as columns. Owns what the spans see.
struct Columns {
  Columns(const Plan& plan, const std::vector<Incident>& rows, bool by_sums)
      : losses(plan.section_count()),
        minutes(plan.section_count()),
        waited(plan.section_count()),
        in_period(plan.section_count()),
        gross(plan.section_count()),
        hourly(plan.section_count()),
        declared(plan.section_count()),
        actual(plan.section_count()),
        offsets(plan.section_count(), std::vector<std::uint32_t>{0}) {
    for (const Incident& row : rows) {
      for (std::size_t i = 0; i < plan.section_count(); ++i) {
        losses[i].push_back(static_cast<double>(row.losses[i]));
        const Outage outage = row.outages[i].value_or(Outage{});
        minutes[i].push_back(static_cast<double>(outage.minutes));
        hourly[i].insert(hourly[i].end(), outage.hourly.begin(), outage.hourly.end());
        offsets[i].push_back(static_cast<std::uint32_t>(hourly[i].size()));
        const TimeTerms& time = plan.terms().sections[i].time;
        const HourCuts cuts = hour_cuts(time, outage.minutes);
        const auto sums = time.parametric_hourly
                              ? HourSums<std::int64_t>{}  // not read
                              : sum_hours(cuts, std::span<const std::int64_t>(outage.hourly));
        const DeclaredValue value = row.values.empty() ? DeclaredValue{} : row.values[i];
        declared[i].push_back(static_cast<double>(value.declared));
        actual[i].push_back(static_cast<double>(value.actual));
        waited[i].push_back(static_cast<double>(sums.waited));
        in_period[i].push_back(static_cast<double>(sums.in_period));
        gross[i].push_back(static_cast<double>(sums.gross));
      }
      covered.push_back(row.peril_covered ? 1 : 0);
      mitigation.push_back(static_cast<double>(row.mitigation));
      extra.push_back(static_cast<double>(row.extra_retention));
      other_insured.push_back(static_cast<double>(row.other_sum_insured));
      other_paid.push_back(static_cast<double>(row.other_paid));
      participation.push_back(row.extra_participation_bp);
      limit.push_back(row.limit_bp);
    }
    view = ColumnIncidents{.rows = rows.size(),
                           .peril_covered = covered,
                           .mitigation = mitigation,
                           .extra_retention = extra,
                           .premium_paid_bp = rows.front().premium_paid_bp,
                           .other_sum_insured = other_insured,
                           .other_paid = other_paid,
                           .extra_participation_bp = participation,
                           .limit_bp = limit};
    for (std::size_t i = 0; i < plan.section_count(); ++i) {
      const bool timed = plan.takes_outage(i);
      view.values.push_back({.declared = declared[i], .actual = actual[i]});
      view.losses.push_back(timed ? std::span<const double>() : std::span<const double>(losses[i]));
      if (!timed) {
        view.outages.push_back({});
      } else if (by_sums) {
        view.outages.push_back({.minutes = minutes[i],
                                .waited = waited[i],
                                .in_period = in_period[i],
                                .gross = gross[i]});
      } else {
        view.outages.push_back({.minutes = minutes[i], .hourly = hourly[i], .offsets = offsets[i]});
      }
    }
  }
  std::vector<std::vector<double>> losses, minutes, waited, in_period, gross, hourly;
  std::vector<std::vector<double>> declared, actual;
  std::vector<std::vector<std::uint32_t>> offsets;
  std::vector<std::uint8_t> covered;
  std::vector<double> mitigation, extra, other_insured, other_paid, participation, limit;
  ColumnIncidents view;
};

std::int64_t fen(double x) { return static_cast<std::int64_t>(x); }

// Whether row r of the columns is what the row form paid and left of the year.
bool same(const Plan& plan, std::span<const std::int64_t> by_section, const PaidAmounts& paid,
          const YearState& year, const ColumnPaid& columns, const ColumnYear& column_year,
          std::size_t r) {
  for (std::size_t i = 0; i < plan.section_count(); ++i) {
    if (fen(columns.by_section[i][r]) != by_section[i]) return false;
    const std::vector<double>& used = column_year.used_by_section[i];
    if (!used.empty() && fen(used[r]) != year.used_by_section[i]) return false;
  }
  for (std::size_t g = 0; g < plan.groups().size(); ++g) {
    const std::vector<double>& used = column_year.used_by_group[g];
    if (!used.empty() && fen(used[r]) != year.used_by_group[g]) return false;
  }
  for (std::size_t k = 0; k < plan.services().size(); ++k) {
    const std::vector<double>& used = column_year.used_by_service[k];
    if (!used.empty() && fen(used[r]) != year.used_by_service[k]) return false;
  }
  if (!plan.services().empty() && fen(columns.services[r]) != paid.services) return false;
  const bool aggregate = column_year.used_aggregate.empty() ||
                         fen(column_year.used_aggregate[r]) == year.used_aggregate;
  return aggregate && fen(columns.total[r]) == paid.total &&
         fen(columns.mitigation[r]) == paid.mitigation &&
         fen(column_year.mitigation_used[r]) == year.mitigation_used;
}

constexpr std::int64_t kScales[] = {100, 1'000'000, 3'000'000'000, 2'000'000'000'000,
                                    4'000'000'000'000};

}  // namespace

TEST_CASE(
    "settle: row and column agree to the fen on two million random losses over two incidents a "
    "year") {
  constexpr int kPlans = 2000;
  constexpr std::size_t kRows = 500;  // no multiple of the column form's block
  Dice dice(20260302);
  std::int64_t compared = 0;
  std::int64_t paid_something = 0;
  std::int64_t served_something = 0;
  for (int n = 0; n < kPlans; ++n) {
    const std::int64_t scale = kScales[n % 4];
    const Plan plan = compile(random_terms(dice, scale));
    std::vector<YearState> years(kRows, fresh_year(plan));
    ColumnYear column_year = fresh_column_year(plan, kRows);
    ColumnPaid columns;
    std::vector<std::int64_t> by_section(plan.section_count());
    for (int incident = 0; incident < 2; ++incident) {
      const std::int32_t premium_paid_bp = dice.one_of({kBasisPoints, kBasisPoints, 5000, 3333});
      std::vector<Incident> rows;
      for (std::size_t r = 0; r < kRows; ++r) {
        rows.push_back(random_incident(dice, plan, scale));
        rows.back().premium_paid_bp = premium_paid_bp;
      }
      const Columns input(plan, rows, incident == 1);  // both forms of a curve
      REQUIRE(settle_columns(plan, input.view, column_year, columns).ok());
      for (std::size_t r = 0; r < kRows; ++r) {
        const PaidAmounts paid = settle_amounts(plan, rows[r], years[r], by_section);
        paid_something += paid.total > 0 ? 1 : 0;
        served_something += paid.services > 0 ? 1 : 0;
        ++compared;
        if (same(plan, by_section, paid, years[r], columns, column_year, r)) continue;
        CAPTURE(n);
        CAPTURE(incident);
        CAPTURE(r);
        REQUIRE(fen(columns.total[r]) == paid.total);
        REQUIRE_MESSAGE(false, "a section, the mitigation or the year differs");
      }
    }
  }
  CHECK(compared == 2'000'000);
  CHECK(paid_something > 500'000);
  CHECK(served_something > 100'000);
}

namespace {

// The steps of one section form a chain from the claimed loss to what is paid.
void check_chain(const Plan& plan, const Incident& incident, const domain::Settlement& settlement) {
  for (std::size_t i = 0; i < plan.section_count(); ++i) {
    const std::string& code = plan.terms().sections[i].code;
    std::int64_t at = incident.losses[i];
    if (incident.outages[i]) {
      const std::vector<std::int64_t>& hourly = incident.outages[i]->hourly;
      at += std::accumulate(hourly.begin(), hourly.end(), std::int64_t{0});
    }
    for (const domain::SettlementStep& step : settlement.steps) {
      if (step.subject != code) continue;
      REQUIRE(step.before.minor() == at);
      const bool measured = step.reason == domain::StepReason::kMeasuredHours;
      REQUIRE((measured || step.after.minor() < at));
      at = step.after.minor();
    }
    std::int64_t paid = 0;
    for (const domain::SectionPaid& section : settlement.sections) {
      if (section.section.text == code) paid = section.paid.minor();
    }
    REQUIRE(at == paid);
  }
}

// What is left of the limit of the incident, and services within their own.
void check_forms(const Plan& plan, const Incident& incident, const domain::Settlement& settlement) {
  std::int64_t inside = 0;
  std::int64_t loss = 0;
  std::int64_t eroded = 0;
  for (const domain::SectionPaid& section : settlement.sections) {
    const auto i = static_cast<std::size_t>(plan.section_index(section.section.text));
    if (plan.sections()[i].inside_aggregate) inside += section.eroded.minor();
    eroded += section.eroded.minor();
    loss += section.claimed.minor();
  }
  if (incident.limit_bp != kBasisPoints) {
    REQUIRE(inside <= plan.reduced_cap(incident.limit_bp));
  }
  const auto& other = plan.terms().other_insurance;
  if (other && other->rule == OtherInsuranceRule::kExcess && incident.other_paid > 0) {
    REQUIRE(eroded <= std::max<std::int64_t>(0, loss - incident.other_paid));
  }
  for (const domain::ServicePaid& service : settlement.services_paid) {
    const auto named = [&](const Service& one) { return one.code == service.service.text; };
    const auto& services = plan.terms().services;
    const auto found = std::find_if(services.begin(), services.end(), named);
    REQUIRE(found != services.end());
    REQUIRE(service.rendered.minor() > 0);
    REQUIRE(service.rendered.minor() <= found->limit_occ.value_or(kNoCap));
  }
}

void check_caps(const Plan& plan, const domain::Settlement& settlement, const YearState& year) {
  std::int64_t sum = 0;
  for (const domain::SectionPaid& section : settlement.sections) {
    sum += section.paid.minor();
    REQUIRE(0 <= section.paid.minor());
    REQUIRE(section.eroded.minor() <= section.claimed.minor());
    const auto i = static_cast<std::size_t>(plan.section_index(section.section.text));
    REQUIRE(section.eroded.minor() <= plan.sections()[i].cap_occurrence);
  }
  REQUIRE(sum == settlement.paid_total.minor());
  for (std::size_t i = 0; i < plan.section_count(); ++i) {
    REQUIRE(year.used_by_section[i] <= plan.sections()[i].cap_year);
  }
  for (std::size_t g = 0; g < plan.groups().size(); ++g) {
    REQUIRE(year.used_by_group[g] <= plan.groups()[g].cap_year);
  }
  for (std::size_t k = 0; k < plan.services().size(); ++k) {
    REQUIRE(year.used_by_service[k] <= plan.services()[k].cap_year);
  }
  REQUIRE(year.used_aggregate <= plan.aggregate_cap());
  REQUIRE(year.mitigation_used <= *plan.mitigation_cap());
}

}  // namespace

TEST_CASE(
    "settle: on random policies the steps of each section form a chain and no cap is passed") {
  Dice dice(20260303);
  for (int n = 0; n < 20'000; ++n) {
    const std::int64_t scale = kScales[n % 5];
    const Plan plan = compile(random_terms(dice, scale));
    YearState year = fresh_year(plan);
    YearState fast_year = fresh_year(plan);
    std::vector<std::int64_t> fast(plan.section_count());
    for (int k = 0; k < 3; ++k) {
      CAPTURE(n);
      CAPTURE(k);
      Incident incident = random_incident(dice, plan, scale);
      incident.premium_paid_bp = dice.one_of({kBasisPoints, kBasisPoints, 5000});
      const domain::Settlement settlement = settle(plan, incident, year);
      check_chain(plan, incident, settlement);
      check_caps(plan, settlement, year);
      check_forms(plan, incident, settlement);
      const PaidAmounts amounts = settle_amounts(plan, incident, fast_year, fast);
      REQUIRE(amounts.total == settlement.paid_total.minor());
      REQUIRE(amounts.mitigation == settlement.mitigation_paid.minor());
      std::int64_t rendered = 0;
      for (const domain::ServicePaid& one : settlement.services_paid) {
        rendered += one.rendered.minor();
      }
      REQUIRE(amounts.services == rendered);
      REQUIRE(fast_year == year);
    }
  }
}

TEST_CASE(
    "settle: in one incident with straight terms a tougher term never pays more than a fen more") {
  // The class that SETTLE_CASE.md names: straight retention, no single-highest, no groups, all
  // sections inside the aggregate.
  Dice dice(20260304);
  for (int n = 0; n < 20'000; ++n) {
    Terms terms = random_terms(dice, 1'000'000);
    terms.groups.clear();
    terms.retention_rule = RetentionRule::kOccurrence;
    terms.retention_kind = RetentionKind::kStraight;
    for (Section& section : terms.sections) {
      section.own_retention = 0;
      section.inside_aggregate = true;
    }
    const Plan plan = compile(terms);
    Terms tougher = terms;
    tougher.occurrence_retention += dice.below(1'000'000);
    Section& section = tougher.sections[static_cast<std::size_t>(
        dice.below(static_cast<std::int64_t>(terms.sections.size())))];
    section.deductible += dice.below(1'000'000);
    if (section.sublimit_occ) *section.sublimit_occ = *section.sublimit_occ * 3 / 4;
    const Plan tougher_plan = compile(tougher);
    const Incident incident = random_incident(dice, plan, 1'000'000);
    YearState year = fresh_year(plan);
    YearState tougher_year = fresh_year(tougher_plan);
    const auto count = static_cast<std::int64_t>(plan.section_count());
    CAPTURE(n);
    REQUIRE(settle(tougher_plan, incident, tougher_year).paid_total.minor() <=
            settle(plan, incident, year).paid_total.minor() + count);
  }
}
