#include "api/company_record.h"

#include <random>

#include <doctest/doctest.h>

#include "api/refusals.h"
#include "domain/refusals.h"
#include "formats/csv.h"
#include "formats/json.h"
#include "formats/refusals.h"
#include "formats/xlsx_reader.h"
#include "platform/xlsx_file.h"

namespace anlan::api {
namespace {

using namespace domain;

const Date kToday = parse_date("2026-03-01", "today").value();

class Random {
 public:
  explicit Random(std::uint64_t seed) : random_(seed) {}
  std::uint64_t below(std::uint64_t end) { return random_() % end; }
  bool chance(std::uint64_t one_in) { return below(one_in) == 0; }

  std::string text() {
    static const std::vector<std::string> kPieces{
        "安澜", "有限公司", "Acme", " ",    "=1+1", "\"", ",", ";", "'",       "\\n", "@x",  "#",
        ": ",   "%",        "-",    "0012", "（",   "：", "é", "😀", "_x0041_", "<&>", "]]>", "key"};
    std::string out;
    for (std::uint64_t left = 1 + below(6); left > 0; --left) out += kPieces[below(kPieces.size())];
    while (!out.empty() && out.front() == ' ' && chance(2)) out.erase(0, 1);
    return out == std::string(out.size(), ' ') ? "x" + out : out;
  }

  std::string credit_code() {
    constexpr std::string_view kSigns = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    std::string code = "91330206MA";
    while (code.size() < 17) code += kSigns[below(kSigns.size())];
    for (const char last : kSigns) {
      if (parse_credit_code(code + last, "c").ok()) return code + last;
    }
    return code;
  }

  std::string canonical(const FactKind& kind) {
    switch (kind.type) {
      case FactType::kMoney:
        return std::to_string(below(chance(3) ? 100 : 900'000'000'000));
      case FactType::kShare:
        return std::to_string(below(1'000'001));
      case FactType::kCount:
        return std::to_string(static_cast<std::uint64_t>(kind.minimum) + below(900));
      case FactType::kText:
        return text();
      case FactType::kSector:
        return std::vector<std::string>{"C39", "C3982", "I", "F52"}[below(4)];
      case FactType::kFlag:
        return chance(2) ? "yes" : "no";
      case FactType::kRegion:
        return chance(2) ? "330206" : "330000";
    }
    return {};
  }

  EnterpriseInput enterprise() {
    EnterpriseInput input{.legal_name = text(),
                          .credit_code = credit_code(),
                          .assess_consent = chance(2),
                          .monitor_consent = chance(2)};
    for (const FactKind& kind : fact_kinds()) {
      if (chance(4)) continue;
      const auto sources = enum_names(static_cast<FactSource*>(nullptr));
      input.facts.push_back(
          {.name = {std::string(kind.name)},
           .value = canonical(kind),
           .source = chance(2) ? FactSource::kDeclared : sources[below(sources.size())].value,
           .observed_on =
               Date::from_days(20'000 + static_cast<std::int32_t>(below(chance(2) ? 1 : 400)))});
    }
    return input;
  }

 private:
  std::mt19937_64 random_;
};

Result<EnterpriseInput> through(const EnterpriseInput& input, RecordForm form) {
  switch (form) {
    case RecordForm::kJson: {
      ANLAN_TRY(const Node tree,
                formats::parse_json(formats::write_json(record_node(input, kToday)), "f"));
      return read_enterprise(tree, "f");
    }
    case RecordForm::kOed: {
      const std::string text = formats::write_csv({oed_columns(), oed_row(input, kToday)});
      ANLAN_TRY(const formats::SheetTable table, formats::csv_sheet(bytes_of(text), "f"));
      std::vector<std::string> head;
      for (const auto& cell : table.rows.at(0).cells) head.push_back(cell.text);
      ANLAN_TRY(const Node tree, node_of_oed(head, table.rows.at(1), kToday, "f"));
      return read_enterprise(tree, "f");
    }
    case RecordForm::kForm: {
      ANLAN_TRY(const Node tree, node_of_form(form_text(input, kToday), "f"));
      return read_enterprise(tree, "f");
    }
    case RecordForm::kXlsx: {
      ANLAN_TRY(const Bytes bytes, platform::xlsx_bytes(record_workbook(input, kToday)));
      ANLAN_TRY(const auto book, formats::read_xlsx(bytes, "f"));
      ANLAN_TRY(const Node tree, node_of_sheet(book.at(0), "f"));
      return read_enterprise(tree, "f");
    }
  }
  return EnterpriseInput{};
}

TEST_CASE("company record: 1,000 random companies go through every pair of forms unchanged") {
  const auto forms = enum_names(static_cast<RecordForm*>(nullptr));
  Random random(20'261'122);
  for (int i = 0; i < 1'000; ++i) {
    const EnterpriseInput input = random.enterprise();
    CAPTURE(formats::write_json(record_node(input, kToday)));
    // Every ordered pair is met: the first form of each, then each second one.
    for (const auto& first : forms) {
      const auto once = through(input, first.value);
      REQUIRE_MESSAGE(once.ok(), std::string(first.name));
      REQUIRE_MESSAGE(*once == input, std::string(first.name));
    }
    const auto& first = forms[static_cast<std::size_t>(i) % 4];
    const auto& second = forms[static_cast<std::size_t>(i) / 4 % 4];
    const auto twice = through(*through(input, first.value), second.value);
    REQUIRE(twice.ok());
    CHECK(*twice == input);
  }
}

TEST_CASE("company record: a contact travels in the forms that a company fills in, not in OED") {
  EnterpriseInput input = Random(7).enterprise();
  input.contact = {.name = "王示例", .phone = "0574", .email = ""};
  for (const RecordForm form : {RecordForm::kJson, RecordForm::kForm, RecordForm::kXlsx}) {
    const auto read = through(input, form);
    REQUIRE(read.ok());
    CHECK(*read == input);
  }
  const auto oed = through(input, RecordForm::kOed);
  REQUIRE(oed.ok());
  CHECK(oed->contact == Contact{});
}

formats::SheetRow row_of(const std::vector<std::string>& cells) {
  formats::SheetRow row{.row = 2, .cells = {}};
  for (const std::string& text : cells)
    row.cells.push_back({.kind = formats::SheetValue::kText, .text = text});
  return row;
}

TEST_CASE("company record: an OED row of others, with columns that say nothing of the company") {
  const std::vector<std::string> head{"PortNumber",        "InsuredName",   "CompanyIDCode1",
                                      "IndustryCode1",     "AnnualRevenue", "AnnualRevenueCurrency",
                                      "GrossProfitMargin", "PolLimitEXT",   "AccNumber"};
  std::vector<std::string> passed_over;
  const auto tree = node_of_oed(
      head,
      row_of({"1", "Acme", "91330206MA2EXAMP50", "C34", "30000000", "CNY", "0.255", "5", "A1"}),
      kToday, "f", &passed_over);
  REQUIRE(tree.ok());
  const auto read = read_enterprise(*tree, "f");
  REQUIRE(read.ok());
  CHECK(find_fact(read->facts, "revenue")->value == "3000000000");
  CHECK(find_fact(read->facts, "gross_margin")->value == "255000");
  CHECK(find_fact(read->facts, "revenue")->observed_on == kToday);
  CHECK(passed_over == std::vector<std::string>{"PortNumber", "PolLimitEXT"});
  const auto dollars = node_of_oed(
      head, row_of({"", "Acme", "91330206MA2EXAMP50", "C34", "30000000", "USD", "", "", ""}),
      kToday, "f");
  REQUIRE(dollars.ok());
  CHECK(!read_enterprise(*dollars, "f").ok());
  const auto missing = node_of_oed({"InsuredName"}, row_of({"Acme"}), kToday, "f");
  CHECK(missing.refusal().code == formats::refusals::kCsvColumnMissing);
}

TEST_CASE(
    "refusal 9141 form_line: a line that is no answer, a key twice, a key that is not known") {
  for (const char* text : {"legal_name Acme\n", "legal_name: a\nlegal_name: b\n",
                           "# x\nlegalname: a\n", "legal_name: \"a\n"}) {
    CAPTURE(text);
    const auto tree = node_of_form(text, "f");
    REQUIRE(!tree.ok());
    CHECK(tree.refusal().code == refusals::kFormLine);
    CHECK(tree.refusal().at.line >= 1);
  }
}

TEST_CASE("company record: the columns of a sheet of companies, in keys or in Chinese") {
  CHECK(row_key("企业名称") == "legal_name");
  CHECK(row_key("营业收入（元）") == "revenue");
  CHECK(row_key("revenue.source") == "revenue.source");
  CHECK(row_key("whatever").empty());
  for (const FactKind& kind : fact_kinds()) CHECK(row_key(kind.name) == kind.name);
  CHECK(check_row_head({"企业名称", "统一社会信用代码", "", "from"}, {"from"}, "f").ok());
  const auto unknown = check_row_head({"legal_name", "credit_code", "revenu"}, {}, "f");
  REQUIRE(!unknown.ok());
  CHECK(unknown.refusal().code == formats::refusals::kCsvColumnUnknown);
  CHECK(unknown.refusal().args[0].value == "revenue");
  CHECK(check_row_head({"legal_name", "企业名称", "credit_code"}, {}, "f").refusal().code ==
        formats::refusals::kCsvColumnTwice);
  CHECK(check_row_head({"legal_name"}, {}, "f").refusal().code ==
        formats::refusals::kCsvColumnMissing);
}

}  // namespace
}  // namespace anlan::api
