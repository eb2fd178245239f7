// Bank statements: headings of banks, amounts and days as they write them, policies in references.
#include "api/bank_statement.h"

#include <doctest/doctest.h>

#include "api/refusals.h"
#include "api/statement_refusals.h"
#include "base/refusals.h"

namespace anlan::api {
namespace {

using domain::PolicyId;

Result<std::vector<StatementLine>> read(std::string_view text) {
  const auto table = formats::csv_sheet(
      BytesView(reinterpret_cast<const std::byte*>(text.data()), text.size()), "statement.csv");
  REQUIRE(table.ok());
  return read_statement(*table, Currency::kCny);
}

TEST_CASE("the statement of a Chinese bank, with lines above its head") {
  const auto lines = read(
      "账号,3301 0000 0000,,,,,\n"
      "交易日期,交易流水号,借方发生额,贷方发生额,对方户名,摘要,附言\n"
      "20260227,S001,,\"1,400.00\",宁波示例精密制造有限公司,转账,保费 AL-2026-000031\n"
      "2026/02/28,S002,88.00,,物业公司,转账,水费\n");
  REQUIRE(lines.ok());
  REQUIRE(lines->size() == 2);
  const StatementLine& first = lines->front();
  CHECK(first.serial == "S001");
  CHECK(first.amount == Money::from_minor(140'000, Currency::kCny));
  CHECK(to_text(*first.day) == "2026-02-27");
  CHECK(first.reference == "保费 AL-2026-000031");  // what the payer wrote, not the bank's word
  CHECK((*lines)[1].amount.is_zero());
  CHECK(first.content != (*lines)[1].content);
}

TEST_CASE("a column that is missing is named, a line that cannot be read is refused alone") {
  const auto without = read("serial,date,credit,payer\nS1,2026-02-27,1.00,A\n");
  REQUIRE_FALSE(without.ok());
  CHECK(without.refusal().code == anlan::refusals::kMissingKey);
  CHECK(without.refusal().path == "remark");
  const auto lines = read(
      "serial,date,credit,payer,remark\n"
      "S1,2026-02-30,1.00,A,pol_3\n"
      "S2,2026-02-27,1.234,A,pol_3\n"
      ",2026-02-27,1.00,A,pol_3\n"
      "S 4,2026-02-27,1.00,A,pol_3\n"
      "S5,2026/3/1 08:30:00,\"1,234,567.00\",A,pol_3\n");
  REQUIRE(lines.ok());
  for (std::size_t i = 0; i < 4; ++i) CHECK((*lines)[i].refused.has_value());
  CHECK_FALSE((*lines)[4].refused.has_value());
  CHECK((*lines)[4].amount.minor() == 123'456'700);
  CHECK(to_text(*(*lines)[4].day) == "2026-03-01");
}

TEST_CASE("what was reversed, what a spreadsheet rounded, totals, lines that are too many") {
  const auto lines = read(
      "serial,date,credit,payer,remark\n"
      "S1,2026-02-27,-100.00,A,pol_3\n"
      "2E+17,2026-02-27,1.00,A,pol_3\n"
      "2.02603E+15,2026-02-27,1.00,A,pol_3\n"
      "REF2E+17,2026-02-27,1.00,A,pol_3\n"
      ",合计,100.00,,\n"
      ",2026-02-27,100.00,,\n"
      "S7,2026-02-27,1.00 CR,A,pol_3\n");
  REQUIRE(lines.ok());
  REQUIRE(lines->size() == 6);  // without the total; what has a day may be a transfer
  CHECK((*lines)[0].amount.minor() == -10'000);
  CHECK((*lines)[1].refused->code == refusals::kSerialUnusable);
  CHECK((*lines)[2].refused->code == refusals::kSerialUnusable);
  CHECK_FALSE((*lines)[3].refused.has_value());
  CHECK((*lines)[4].refused->code == refusals::kSerialUnusable);
  CHECK((*lines)[5].refused->code == refusals::kStatementAmount);
  // "amount" does not say which way the money went.
  const auto undirected = read("serial,date,amount,payer,remark,dc\nS1,2026-02-27,1.00,A,B,DR\n");
  REQUIRE_FALSE(undirected.ok());
  CHECK(undirected.refusal().path == "credit");
  std::string many = "serial,date,credit,payer,remark\n";
  for (std::size_t i = 0; i <= kStatementLinesMax; ++i) many += "S1,2026-02-27,1.00,A,B\n";
  const auto long_one = read(many);
  REQUIRE_FALSE(long_one.ok());
  CHECK(long_one.refusal().code == refusals::kStatementTooLong);
}

TEST_CASE("policies in a reference") {
  using Named = std::vector<PolicyId>;
  CHECK(named_policies("保费AL-2026-000031，谢谢") == Named{PolicyId{31}});
  CHECK(named_policies("pol_31/AL-2026-000031") == Named{PolicyId{31}});
  CHECK(named_policies("pol_31 pol_32") == Named{PolicyId{31}, PolicyId{32}});
  CHECK(named_policies("AL-2026 pol_ AL-x pol_0 货款").empty());
  CHECK(named_policies("pol_99999999999999999999999").empty());
  CHECK(named_policies("").empty());
  CHECK(named_policies("TOTAL-2026-000031 INTERpol_31").empty());
  CHECK(named_policies("AL-2026-0000311400元") == Named{PolicyId{311400}});
}

TEST_CASE("names are the same but for blanks and brackets") {
  CHECK(same_name("宁波（甬江）有限公司", "宁波(甬江) 有限公司"));
  CHECK_FALSE(same_name(" ", ""));
  CHECK_FALSE(same_name("宁波甬江有限公司", "宁波甬江股份有限公司"));
}

}  // namespace
}  // namespace anlan::api
