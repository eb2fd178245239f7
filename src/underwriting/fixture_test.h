// Samples for this module's tests: the pilot product as it stands in data/products, and a loss
// result near the calibration of MODEL.md 9 (second reading, no waiting period).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/node.h"
#include "domain/loss_result.h"
#include "domain/policy.h"
#include "terms/wording.h"
#include "underwriting/loads.h"
#include "underwriting/product.h"
#include "underwriting/profile.h"
#include "underwriting/subsidy.h"

namespace anlan::underwriting::samples {

inline Money yuan(std::int64_t minor) { return Money::from_minor(minor, Currency::kCny); }
inline Date day(std::string_view text) { return parse_date(text, "day").value(); }

inline Node table(std::vector<std::pair<std::string, Node>> members) {
  Node node = Node::table();
  for (auto& [key, value] : members) node.add(key, std::move(value));
  return node;
}
inline Node list(std::vector<Node> items) {
  Node node = Node::list();
  node.items = std::move(items);
  return node;
}
inline Node text(std::string_view value) { return Node::string(value); }
inline Node number(std::int64_t value) { return Node::number(value); }

// The member of a table, to be changed by a test.
inline Node& member(Node& node, std::string_view key) {
  for (Member& found : node.members) {
    if (found.key == key) return found.value;
  }
  return node.add(key, Node::null());
}

inline Node short_rate() {
  Node months = Node::list();
  for (const std::int64_t percent : {10, 20, 30, 40, 50, 60, 70, 80, 85, 90, 95, 100}) {
    months.items.push_back(number(percent));
  }
  return months;
}

inline Node product_node() {
  return table({{"id", text("ningbo-2023-a")},
                {"zh", text("宁波网安保")},
                {"en", text("Ningbo Cyber Guard")},
                {"wording", text("ningbo-2023-a")},
                {"currency", text("CNY")},
                {"scheme", text("ningbo-premium-subsidy")},
                {"package", text("security-guard")},
                {"quote_days", number(30)},
                {"payment_days", number(15)},
                {"assumptions", list({text("filed.low"), text("filed.high")})},
                {"filed", table({{"registration", text("NB-1")},
                                 {"premium", text("2800.00")},
                                 {"low", text("1960.00")},
                                 {"high", text("3640.00")},
                                 {"incident_maximum", text("150000.00")}})},
                {"eligibility",
                 table({{"regions", list({text("3302")})},
                        {"sectors_excluded", list({text("J"), text("S")})},
                        {"revenue_max", text("100000000.00")},
                        {"employees_max", number(300)},
                        {"incidents_max", number(2)},
                        {"loss_ratio_max", text("60 %")},
                        {"minimum_controls", list({table({{"control", text("BKP-02")},
                                                          {"gap_max", text("90 %")},
                                                          {"consequence", text("referred")}}),
                                                   table({{"control", text("NET-01")},
                                                          {"gap_max", text("90 %")},
                                                          {"consequence", text("declined")}})})}})},
                {"refund", table({{"rule", text("pro_rata")},
                                  {"short_rate_percent", short_rate()},
                                  {"handling_fee", text("50.00")}})},
                {"services", list({table({{"zh", text("应急热线")}, {"en", text("Hotline")}})})}});
}
inline Product product() { return read_product(product_node(), "product.toml").value(); }

inline SubsidyScheme scheme() {
  return {.id = {"ningbo-premium-subsidy"},
          .zh = "保费补贴",
          .en = "Premium subsidy",
          .grantor_zh = "宁波市财政",
          .grantor_en = "Ningbo treasury",
          .currency = Currency::kCny,
          .share = Share::from_percent(50),
          .policy_years = {1},
          .regions = {"3302"},
          .employees_max = 1000,
          .revenue_max = yuan(40'000'000'000),
          .policy_maximum = yuan(500'000),
          .budget = yuan(100'000'000),
          .assumptions = {}};
}

// 100,000 for interruption, 30,000 for extortion, 20,000 shared by repair and response, 400,000 a
// year.
inline terms::Terms pilot_terms() {
  terms::Terms terms;
  terms.aggregate_limit = 40'000'000;
  terms.sections = {{.code = "FP.BI", .sublimit_occ = 10'000'000},
                    {.code = "FP.EXT", .sublimit_occ = 3'000'000},
                    {.code = "FP.DATA"},
                    {.code = "FP.HW"},
                    {.code = "FP.IR"}};
  terms.groups = {{.id = "repair",
                   .codes = {"FP.DATA", "FP.HW", "FP.IR"},
                   .sublimit_occ = 2'000'000,
                   .sublimit_agg = {},
                   .clause = {}}};
  return terms;
}

// The pilot terms with a clause that relieves the insurer and one that does not.
inline terms::Wording wording() {
  return {.id = {"ningbo-2023-a"},
          .version = "1.0",
          .title = {.zh = "网络安全综合保险条款", .en = "Cyber security wording"},
          .clauses = {{.ref = "2.1",
                       .kind = terms::ClauseKind::kLimit,
                       .zh = "累计赔偿限额",
                       .en = "The aggregate limit"},
                      {.ref = "3.1",
                       .kind = terms::ClauseKind::kExclusion,
                       .exemption = true,
                       .zh = "战争除外",
                       .en = "War is excluded"},
                      {.ref = "4.2",
                       .kind = terms::ClauseKind::kCondition,
                       .exemption = true,
                       .zh = "事先书面同意",
                       .en = "Prior written consent"}},
          .terms = pilot_terms()};
}

inline PriceLoads loads() {
  PriceLoads loads;
  loads.service = yuan(48'000);
  loads.claim_cost = yuan(150'000);
  loads.policy_cost = yuan(12'000);
  loads.reinsurance = Share::from_percent(5);
  loads.capital_cost = Share::from_percent(6);
  loads.capital_tail = Share::from_ppm(5'000);
  loads.capital_share = Share::from_percent(4);
  loads.acquisition = Share::from_percent(12);
  loads.administration = Share::from_percent(8);
  loads.margin = Share::from_percent(5);
  loads.guarantee_fund = Share::from_ppm(8'000);
  loads.vat = Share::from_percent(6);
  return loads;
}

// MODEL.md 9, the table's rows with a payment; amounts in fen.
inline domain::LossResult loss() {
  domain::LossResult loss;
  loss.perils = {{{"ransomware"}, 4'500, yuan(299'300), yuan(36'100)},
                 {{"data_breach"}, 2'000, yuan(50'600), yuan(4'700)},
                 {{"funds_fraud"}, 6'000, yuan(250'200), yuan(0)},
                 {{"dos"}, 1'500, yuan(3'000), yuan(2'400)},
                 {{"system_failure"}, 4'000, yuan(19'600), yuan(9'400)},
                 {{"ot_attack"}, 400, yuan(6'500), yuan(1'800)},
                 {{"wiper"}, 300, yuan(9'000), yuan(2'400)},
                 {{"provider_outage"}, 30'000, yuan(8'100), yuan(8'100)},
                 {{"mass_exploit"}, 800, yuan(11'500), yuan(4'100)},
                 {{"springboard"}, 300, yuan(16'000), yuan(700)}};
  loss.ground_up = yuan(712'800);
  loss.insured = yuan(69'700);
  loss.insured_sector = yuan(74'000);
  loss.insured_full_cover = yuan(420'000);
  loss.insured_full_sector = yuan(450'000);
  loss.paid_frequency_ppm = 43'800;
  loss.assumption_share_ppm = 1'000'000;
  return loss;
}

inline Profile profile() {
  return {.sector = "C34",
          .region = "330206",
          .revenue = yuan(3'000'000'000),
          .gross_margin = Share::from_percent(25),
          .employees = 48,
          .it_dependence = Share::from_percent(100),
          .online_revenue = yuan(0),
          .endpoints = 30,
          .servers = 3,
          .ot_lines = 2,
          .records = 8'000,
          .sensitive_records = 200,
          .cii_operator = false,
          .other_cyber_sum_insured = yuan(0),
          .incidents_36m = 0,
          .inferred = {}};
}

// 1 March 2026 to 28 February 2027 at Beijing time, 2,800 of which half is subsidised.
inline domain::Policy policy() {
  domain::Policy policy;
  policy.id = {37};
  policy.number = "AL-2026-000037";
  policy.from = start_of_day(day("2026-03-01"));
  policy.until = start_of_day(day("2027-03-01"));
  policy.premium = yuan(280'000);
  policy.customer_part = yuan(140'000);
  policy.subsidy_part = yuan(140'000);
  return policy;
}

}  // namespace anlan::underwriting::samples
