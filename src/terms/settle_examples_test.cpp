// The worked examples of domain/adjudication_examples.json that `settle` decides
// (REFERENCE.md 3.5), each with the amounts of that file. Amounts in fen. E16, E19 to E21 and E23
// to E28 belong to other modules.
#include <doctest/doctest.h>

#include "terms/settle.h"
#include "terms/tower.h"

using namespace anlan;
using namespace anlan::terms;

namespace {

constexpr std::int64_t kYuan = 100;

struct Claim {
  std::string section;
  std::int64_t amount;
};

// One policy year, settled step by step.
struct Year {
  explicit Year(const Terms& terms) : plan(compile(terms)), state(fresh_year(plan)) {}

  domain::Settlement settle_losses(const std::vector<Claim>& losses, Incident incident = {}) {
    incident.losses.resize(plan.section_count());
    for (const Claim& loss : losses) {
      const int index = plan.section_index(loss.section);
      REQUIRE(index >= 0);
      incident.losses[static_cast<std::size_t>(index)] = loss.amount;
    }
    return settle(plan, incident, state);
  }
  std::int64_t settle_outage(const Outage& outage) {
    return settle(plan, Incident{.outages = {outage}}, state).paid_total.minor();
  }

  Plan plan;
  YearState state;
};

std::vector<std::int64_t> paid_by_section(const domain::Settlement& settlement) {
  std::vector<std::int64_t> paid;
  for (const domain::SectionPaid& section : settlement.sections)
    paid.push_back(section.paid.minor());
  return paid;
}

// 网安保, reading A: sublimits per incident under an annual aggregate; reading B: annual sublimits.
Terms wanganbao(bool annual_sublimits) {
  const auto cover = [&](std::string code, std::int64_t sublimit) {
    Section section{.code = std::move(code)};
    (annual_sublimits ? section.sublimit_agg : section.sublimit_occ) = sublimit * kYuan;
    return section;
  };
  return Terms{
      .aggregate_limit = 400'000 * kYuan,
      .sections = {cover("FP.BI", 100'000), cover("FP.EXT", 30'000), cover("DATA_HW_IR", 20'000)}};
}

const std::vector<Claim> kRansomware = {
    {"FP.BI", 130'000 * kYuan}, {"FP.EXT", 50'000 * kYuan}, {"DATA_HW_IR", 35'000 * kYuan}};

Outage flat(std::int64_t hours, std::int64_t hourly) {
  return Outage{.minutes = hours * 60,
                .hourly = std::vector<std::int64_t>(static_cast<std::size_t>(hours), hourly)};
}

Terms bi_only(const TimeTerms& time) {
  return Terms{.sections = {{.code = "FP.BI", .time = time}}};
}

}  // namespace

TEST_CASE("E01: a business interruption of 62,500 below its sublimit is paid in full") {
  Year year(wanganbao(false));
  const auto paid = year.settle_losses({{"FP.BI", 6250000}});
  CHECK(paid.paid_total.minor() == 6250000);
  CHECK(paid.aggregate_left->minor() == 33750000);
  CHECK(paid.steps.empty());
}

TEST_CASE("E02: one ransomware incident over three covers pays each up to its sublimit, 150,000") {
  Year year(wanganbao(false));
  const auto paid = year.settle_losses(kRansomware);
  CHECK(paid_by_section(paid) == std::vector<std::int64_t>{10000000, 3000000, 2000000});
  CHECK(paid.paid_total.minor() == 15000000);
  CHECK(paid.mitigation_paid.minor() == 0);
  CHECK(paid.aggregate_left->minor() == 25000000);
}

TEST_CASE(
    "E03A: under sublimits per incident the third identical incident is cut by the aggregate") {
  Year year(wanganbao(false));
  CHECK(year.settle_losses(kRansomware).paid_total.minor() == 15000000);
  CHECK(year.settle_losses(kRansomware).paid_total.minor() == 15000000);
  const auto third = year.settle_losses(kRansomware);
  CHECK(third.paid_total.minor() == 10000000);
  CHECK(paid_by_section(third) == std::vector<std::int64_t>{6666667, 2000000, 1333333});
}

TEST_CASE("E03B: under annual sublimits the second identical incident pays nothing") {
  Year year(wanganbao(true));
  CHECK(year.settle_losses(kRansomware).paid_total.minor() == 15000000);
  const auto second = year.settle_losses(kRansomware);
  CHECK(second.paid_total.minor() == 0);
  CHECK(second.aggregate_left->minor() == 25000000);
}

TEST_CASE("E04: five readings of a 12 hour wait and 150,000 pay one outage five ways") {
  struct Row {
    TimeMode mode;
    std::int64_t monetary;
    std::int64_t paid;
  };
  const Row rows[] = {{TimeMode::kDeductHours, 0, 18000000},
                      {TimeMode::kQualifying, 0, 30000000},
                      {TimeMode::kQualifyingThenMonetary, 15000000, 15000000},
                      {TimeMode::kGreaterOf, 15000000, 15000000},
                      {TimeMode::kMonetaryOnly, 15000000, 15000000}};
  for (const Row& row : rows) {
    CAPTURE(name_of(row.mode));
    Year year(bi_only({.mode = row.mode, .waiting_hours = 12, .monetary = row.monetary}));
    CHECK(year.settle_outage(flat(30, 10'000 * kYuan)) == row.paid);
  }
}

TEST_CASE("E05: an outage of exactly the waiting period pays nothing, one hour more pays") {
  struct Row {
    std::int64_t hours;
    TimeMode mode;
    std::int64_t paid;
  };
  const Row rows[] = {{12, TimeMode::kQualifying, 0},
                      {13, TimeMode::kQualifying, 13000000},
                      {13, TimeMode::kDeductHours, 1000000}};
  for (const Row& row : rows) {
    CAPTURE(row.hours);
    CAPTURE(name_of(row.mode));
    Year year(bi_only({.mode = row.mode, .waiting_hours = 12}));
    CHECK(year.settle_outage(flat(row.hours, 10'000 * kYuan)) == row.paid);
  }
}

TEST_CASE("E06: the hourly curve pays 120,000.00 where a flat average would pay 99,999.96") {
  const TimeTerms time{.waiting_hours = 12};
  Outage curve = flat(24, 0);
  for (std::size_t hour = 8; hour < 18; ++hour) curve.hourly[hour] = 20'000 * kYuan;
  CHECK(Year(bi_only(time)).settle_outage(curve) == 12000000);
  CHECK(Year(bi_only(time)).settle_outage(flat(24, 20'000 * kYuan * 10 / 24)) == 9999996);
}

TEST_CASE(
    "E07: a stop of 60 hours with a 10 hour wait, without and with an indemnity period of 36 "
    "hours") {
  const Outage outage = flat(60, 16'666'667 * kYuan);
  CHECK(Year(bi_only({.waiting_hours = 10, .indemnity_hours = 2160})).settle_outage(outage) ==
        83333335000);
  CHECK(Year(bi_only({.waiting_hours = 10, .indemnity_hours = 36})).settle_outage(outage) ==
        60000001200);
}

TEST_CASE(
    "E08: a retention of 150,000 is filled by the part above the sublimit, unless it comes after "
    "it") {
  struct Row {
    RetentionPosition position;
    std::int64_t paid;
  };
  for (const Row& row : {Row{RetentionPosition::kBeforeSublimits, 400000000},
                         Row{RetentionPosition::kAfterSublimits, 385000000}}) {
    CAPTURE(name_of(row.position));
    Year year(Terms{.occurrence_retention = 150'000 * kYuan,
                    .retention_position = row.position,
                    .sections = {{.code = "FP.BI", .sublimit_occ = 4'000'000 * kYuan}}});
    CHECK(year.settle_losses({{"FP.BI", 5'000'000 * kYuan}}).paid_total.minor() == row.paid);
  }
}

TEST_CASE("E09: a participation of 50 % in extortion before and after the sublimit") {
  struct Row {
    ParticipationPosition position;
    std::int64_t paid;
  };
  for (const Row& row : {Row{ParticipationPosition::kBeforeSublimit, 75000000},
                         Row{ParticipationPosition::kAfterSublimit, 50000000}}) {
    CAPTURE(name_of(row.position));
    Year year(Terms{.sections = {{.code = "FP.EXT",
                                  .sublimit_occ = 1'000'000 * kYuan,
                                  .participation_bp = 5000,
                                  .participation_position = row.position}}});
    CHECK(year.settle_losses({{"FP.EXT", 1'500'000 * kYuan}}).paid_total.minor() == row.paid);
  }
}

TEST_CASE(
    "E10: the single highest retention takes 100,000 once, deductibles of each section 175,000") {
  const std::vector<Claim> losses = {
      {"BI", 600'000 * kYuan}, {"IR", 300'000 * kYuan}, {"LIAB", 100'000 * kYuan}};
  Year single(Terms{.retention_rule = RetentionRule::kSingleHighest,
                    .sections = {{.code = "BI", .own_retention = 100'000 * kYuan},
                                 {.code = "IR", .own_retention = 25'000 * kYuan},
                                 {.code = "LIAB", .own_retention = 50'000 * kYuan}}});
  const auto paid = single.settle_losses(losses);
  CHECK(paid.paid_total.minor() == 90000000);
  CHECK(paid_by_section(paid) == std::vector<std::int64_t>{54000000, 27000000, 9000000});

  Year each(Terms{.sections = {{.code = "BI", .deductible = 100'000 * kYuan},
                               {.code = "IR", .deductible = 25'000 * kYuan},
                               {.code = "LIAB", .deductible = 50'000 * kYuan}}});
  CHECK(each.settle_losses(losses).paid_total.minor() == 82500000);
}

TEST_CASE("E11: service in kind has a bucket of its own outside the cash aggregate") {
  Year year(Terms{
      .aggregate_limit = 3'000'000 * kYuan,
      .sections = {
          {.code = "FP.SERVICE", .sublimit_agg = 1'000'000 * kYuan, .inside_aggregate = false},
          {.code = "CASH"}}});
  const auto first =
      year.settle_losses({{"FP.SERVICE", 400'000 * kYuan}, {"CASH", 2'800'000 * kYuan}});
  CHECK(paid_by_section(first) == std::vector<std::int64_t>{40000000, 280000000});
  const auto second =
      year.settle_losses({{"FP.SERVICE", 700'000 * kYuan}, {"CASH", 500'000 * kYuan}});
  CHECK(paid_by_section(second) == std::vector<std::int64_t>{60000000, 20000000});
  CHECK(second.aggregate_left->minor() == 0);
}

TEST_CASE(
    "E12: three related incidents bear the retention of 50,000 once, three unrelated three times") {
  const Terms terms{.occurrence_retention = 50'000 * kYuan, .sections = {{.code = "FP.BI"}}};
  const std::int64_t losses[] = {120'000 * kYuan, 80'000 * kYuan, 30'000 * kYuan};
  Year grouped(terms);
  CHECK(grouped.settle_losses({{"FP.BI", losses[0] + losses[1] + losses[2]}}).paid_total.minor() ==
        18000000);
  Year apart(terms);
  std::vector<std::int64_t> paid;
  for (const std::int64_t loss : losses) {
    paid.push_back(apart.settle_losses({{"FP.BI", loss}}).paid_total.minor());
  }
  CHECK(paid == std::vector<std::int64_t>{7000000, 3000000, 0});
}

namespace {

constexpr std::int64_t kMillion = 1'000'000 * kYuan;

Tower tower_of_40m(bool drop_down) {
  return Tower{.retention = kMillion,
               .drop_down = drop_down,
               .layers = {{.name = "primary 10m",
                           .limit = 10 * kMillion,
                           .annual_limit = 10 * kMillion,
                           .shares = {{"lead", 5000}, {"second", 3000}, {"third", 2000}}},
                          {.name = "10m xs 10m",
                           .limit = 10 * kMillion,
                           .annual_limit = 10 * kMillion,
                           .shares = {{"A", 6000}, {"B", 4000}}},
                          {.name = "20m xs 20m",
                           .limit = 20 * kMillion,
                           .annual_limit = 20 * kMillion,
                           .shares = {{"C", 3333}, {"D", 3333}, {"E", 3334}}}}};
}

TowerLoss one_amount(std::int64_t amount) { return {{.section = "loss", .amount = amount}}; }

}  // namespace

TEST_CASE(
    "E13: a tower drops down on exhaustion, and the shares of each layer sum to its payment") {
  struct Row {
    std::int64_t loss;
    std::vector<std::int64_t> layers;
    std::int64_t uninsured;
    std::vector<std::int64_t> top_shares;
  };
  const Row rows[] = {
      {27 * kMillion, {1000000000, 1000000000, 600000000}, 0, {199980000, 199980000, 200040000}},
      {9 * kMillion, {0, 0, 800000000}, 0, {266640000, 266640000, 266720000}},
      {12 * kMillion, {0, 0, 600000000}, 500000000, {199980000, 199980000, 200040000}}};
  const Tower tower = tower_of_40m(true);
  TowerYear year = fresh_year(tower);
  for (const Row& row : rows) {
    CAPTURE(row.loss);
    const TowerSettlement paid = settle_tower(tower, one_amount(row.loss), year);
    std::vector<std::int64_t> layers;
    for (const LayerPaid& layer : paid.layers) layers.push_back(layer.paid);
    CHECK(layers == row.layers);
    CHECK(paid.layers.back().shares == row.top_shares);
    CHECK(paid.uninsured == row.uninsured);
    CHECK(paid.paid_total + paid.uninsured == row.loss - kMillion);
  }
  TowerYear again = fresh_year(tower);
  const auto primary = settle_tower(tower, one_amount(27 * kMillion), again).layers[0].shares;
  CHECK(primary == std::vector<std::int64_t>{500000000, 300000000, 200000000});
}

TEST_CASE(
    "E14: without drop-down a second loss of 8m net finds the primary exhausted and is uninsured") {
  const Tower tower = tower_of_40m(false);
  TowerYear year = fresh_year(tower);
  CHECK(settle_tower(tower, one_amount(27 * kMillion), year).paid_total == 2600000000);
  const TowerSettlement second = settle_tower(tower, one_amount(9 * kMillion), year);
  CHECK(second.paid_total == 0);
  CHECK(second.uninsured == 800000000);
}

TEST_CASE(
    "E15: erosion by extortion that the excess does not recognise is a gap that the insured "
    "bears") {
  const Tower tower{.layers = {{.name = "primary",
                                .limit = 10 * kMillion,
                                .annual_limit = 10 * kMillion,
                                .shares = {{"A", 10000}}},
                               {.name = "excess",
                                .limit = 10 * kMillion,
                                .annual_limit = 10 * kMillion,
                                .covers = {{"FP.BI"}},
                                .recognises_erosion_by = {{"FP.BI"}},
                                .shares = {{"B", 10000}}}}};
  TowerYear year = fresh_year(tower);
  const TowerSettlement first =
      settle_tower(tower, {{"FP.BI", 8 * kMillion}, {"FP.EXT", 2 * kMillion}}, year);
  CHECK(first.layers[0].paid == 10 * kMillion);
  CHECK(first.layers[1].paid == 0);
  const TowerSettlement next = settle_tower(tower, {{"FP.BI", 6 * kMillion}}, year);
  CHECK(next.layers[0].paid == 0);
  CHECK(next.uninsured == 200000000);
  CHECK(next.layers[1].paid == 400000000);
}

TEST_CASE(
    "E17: an unfixed danger raises the deductible of 100,000 by 10 % of itself, or by 10 % of the "
    "loss") {
  struct Row {
    std::int64_t extra;
    std::int64_t paid;
  };
  const Terms terms{.sections = {{.code = "CASH", .deductible = 100'000 * kYuan}}};
  for (const Row& row :
       {Row{0, 70000000}, Row{10'000 * kYuan, 69000000}, Row{80'000 * kYuan, 62000000}}) {
    CAPTURE(row.extra);
    Year year(terms);
    const auto paid =
        year.settle_losses({{"CASH", 800'000 * kYuan}}, Incident{.extra_retention = row.extra});
    CHECK(paid.paid_total.minor() == row.paid);
  }
}

TEST_CASE("E18: mitigation cost is paid on top of an exhausted sublimit") {
  Year year(wanganbao(false));
  const auto paid =
      year.settle_losses({{"FP.BI", 140'000 * kYuan}}, Incident{.mitigation = 30'000 * kYuan});
  CHECK(paid.paid_total.minor() == 10000000);
  CHECK(paid.mitigation_paid.minor() == 3000000);
  CHECK(paid.aggregate_left->minor() == 30000000);
}

TEST_CASE(
    "E22: with half of the payable premium received, half of E02 is paid and all of it eroded") {
  Year year(wanganbao(false));
  const auto paid = year.settle_losses(kRansomware, Incident{.premium_paid_bp = 5000});
  CHECK(paid.paid_total.minor() == 7500000);
  CHECK(paid.aggregate_left->minor() == 25000000);
}
