// What a list says row by row; what becomes of it in a house is tested by tests/submissions.py.
#include "api/bulk.h"

#include <doctest/doctest.h>

#include "api/refusals.h"
#include "domain/refusals.h"
#include "formats/csv.h"
#include "formats/refusals.h"

namespace anlan::api {
namespace {

const Date kToday = parse_date("2026-03-01", "today").value();

Result<BulkSheet> read(const std::string& text, const BulkDefaults& more = {}) {
  BulkDefaults defaults = more;
  defaults.today = kToday;
  if (!defaults.from) defaults.from = kToday;
  auto table = formats::csv_sheet(bytes_of(text), "f.csv");
  REQUIRE(table.ok());
  return read_bulk(std::move(table).value(), defaults, "f.csv", Digest{});
}

const std::string kHead = "legal_name,credit_code,assess_consent,employees,products,from\n";
const std::string kGood = "Acme,91330206MA2EXAMP50,yes,48,ningbo-2023-a; b，c,2026-04-01\n";

TEST_CASE("bulk: a row is a company, the products that it names and its own first day") {
  const auto sheet = read(kHead + kGood);
  REQUIRE(sheet.ok());
  const BulkRow& row = sheet->rows.at(0);
  REQUIRE(!row.refused);
  CHECK(row.input.legal_name == "Acme");
  CHECK(row.input.facts.at(0).observed_on == kToday);
  CHECK(row.submission.products ==
        std::vector<domain::ProductName>{{"ningbo-2023-a"}, {"b"}, {"c"}});
  CHECK(row.submission.from == parse_date("2026-04-01", "d").value());
  CHECK(row.submission.row == 2);
}

TEST_CASE("bulk: what a row says is its key, wherever it stands and in whichever language") {
  const Digest key = read(kHead + kGood)->rows.at(0).content;
  const auto moved = read(
      "统一社会信用代码,企业名称,products,from,员工人数,同意接受评估,status,reason_zh\n"
      "91330206MA2EXAMP50,Acme,ningbo-2023-a;b;c,2026-04-01,048,是,quoted,old\n");
  REQUIRE(moved.ok());
  CHECK(moved->rows.at(0).content == key);
  CHECK(moved->head.at(6).empty());  // an answer of an earlier return is written anew
  CHECK(read(kHead + "Acme,91330206MA2EXAMP50,yes,49,b,2026-04-01\n")->rows.at(0).content != key);
}

TEST_CASE("refusals 9145, 9146: a row without a product, a company twice") {
  const std::string bare = "Acme,91330206MA2EXAMP50,yes,48,,\n";
  const auto sheet = read(kHead + bare);
  REQUIRE(sheet.ok());
  CHECK(sheet->rows.at(0).refused->code == refusals::kRowWithoutProduct);
  CHECK(!read(kHead + bare, {.products = {{"p"}}})->rows.at(0).refused);
  const auto twice = read(kHead + kGood + kGood);
  CHECK(!twice->rows.at(0).refused);
  CHECK(twice->rows.at(1).refused->code == refusals::kRowTwice);
  CHECK(twice->rows.at(1).refused->args.at(0).value == "2");
}

TEST_CASE("bulk: a fault of one row is the refusal of that row, a fault of the sheet of all") {
  auto table = formats::csv_sheet(bytes_of(kHead + kGood + kGood), "f.csv").value();
  table.faults.push_back({.code = formats::refusals::kXlsxFormula,
                          .path = "Firms!B2",
                          .at = {.file = "f", .line = 2, .column = 2}});
  const BulkDefaults defaults{.from = kToday, .today = kToday};
  const auto sheet = read_bulk(table, defaults, "f.csv", Digest{});
  REQUIRE(sheet.ok());
  CHECK(sheet->rows.at(0).refused->code == formats::refusals::kXlsxFormula);
  CHECK(!sheet->rows.at(1).refused);
  table.faults[0].code = formats::refusals::kXlsxMerged;
  table.faults[0].at.line = 0;
  CHECK(read_bulk(table, defaults, "f.csv", Digest{}).refusal().code ==
        formats::refusals::kXlsxMerged);
}

TEST_CASE("refusal 9143 bulk_too_many_rows: more companies than one list may hold") {
  std::string text = kHead;
  for (std::size_t i = 0; i <= kBulkRowsMax; ++i) text += "a,b,c,d,e,f\n";
  const auto sheet = read(text);
  REQUIRE(!sheet.ok());
  CHECK(sheet.refusal().code == refusals::kBulkTooManyRows);
}

}  // namespace
}  // namespace anlan::api
