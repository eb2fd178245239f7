#include "underwriting/document_facts.h"

#include <doctest/doctest.h>

#include "base/sha256.h"

namespace anlan::underwriting {
namespace {

// "name=value" of each item of a text, in order.
std::string items_of(std::string_view text) {
  std::string out;
  for (const domain::ProposedItem& item : proposed_items(text_lines(text)))
    out += (out.empty() ? "" : " ") + item.name + "=" + item.value;
  return out;
}

TEST_CASE("document facts: pages and lines are counted as a reader counts them") {
  const auto lines = text_lines("a\n\n b\n\fc\r\n\f\n");
  REQUIRE(lines.size() == 3);
  CHECK(lines[0] == TextLine{.page = 1, .line = 1, .text = "a"});
  CHECK(lines[1] == TextLine{.page = 1, .line = 3, .text = " b"});
  CHECK(lines[2] == TextLine{.page = 2, .line = 1, .text = "c\r"});
}

TEST_CASE("document facts: a figure counts where its label and its unit are written") {
  struct Row {
    const char* text;
    const char* items;
  };
  for (const Row& row : std::initializer_list<Row>{
           {"营业收入：30,000,000.00 元", "revenue=3000000000"},
           {"2025 年营业收入约为 3,000 万元。", "revenue=3000000000"},
           {"营业收入（万元）：3000.5", "revenue=3000500000"},
           {"单位：万元\n营业收入    3,000", "revenue=3000000000"},
           {"单位：万元\n\f营业收入    3,000", ""},  // the unit of another page
           {"营业收入：１.２ 亿元", "revenue=12000000000"},
           {"Annual revenue (RMB million): 30.0", "revenue=3000000000"},
           {"Annual revenue: CNY 30000000", "revenue=3000000000"},
           {"Annual revenue: RMB 30.5 million", "revenue=3050000000"},
           {"Annual revenue: USD 30 million", ""},
           {"Annual revenue (USD million): 30", ""},
           {"Annual revenue: 30", ""},  // no unit
           {"营业收入增长 12 %", ""},   // growth is no revenue
           {"营业收入：12%", ""},
           {"revenues were high", ""},
           {"毛利率：25.5％", "gross_margin=255000"},
           {"毛利率：125%", ""},
           {"员工总数：48 人", "employees=48"},
           {"Number of employees: 1,250", "employees=1250"},
           {"employees: 12%", ""},
           {"个人信息条数：1.5 万条", "records=15000"},
           {"行业代码：C3982", "sector=C3982"},
           {"行业代码：Z99", ""},
           {"营业收入：100 万元\n线上收入占比 30%", "revenue=100000000 online_revenue=30000000"},
           {"线上收入占比 30%", ""},
           {"线上收入：20 万元", "online_revenue=20000000"},
           {"营业收入：3 万元\n营业收入：3 万元", "revenue=3000000"},
           {"营业收入：3 万元\n营业收入：4 万元", "revenue=3000000 revenue=4000000"},
           {"统一社会信用代码：91330206MA2EXAMP50", "credit_code=91330206MA2EXAMP50"},
           {"统一社会信用代码：91330206MA2EXAMP51", ""}}) {  // a wrong check digit
    CAPTURE(row.text);
    CHECK(items_of(row.text) == row.items);
  }
}

TEST_CASE("document facts: what is said of sign-on and backup, not what is planned") {
  struct Row {
    const char* text;
    const char* items;
  };
  for (const Row& row : std::initializer_list<Row>{
           {"远程接入（VPN）已全部启用多因素认证", "IAM-01=100"},
           {"VPN 多因素认证覆盖率 80%", "IAM-01=80"},
           {"管理员账号尚未启用多因素认证", "IAM-02=0"},
           {"计划于明年为 VPN 启用多因素认证", ""},
           {"VPN 支持多因素认证", ""},  // how many, it does not say
           {"MFA is enforced on all remote access and admin accounts", "IAM-01=100 IAM-02=100"},
           {"We will enable MFA on all e-mail", ""},
           {"MFA is not enabled for e-mail", "IAM-03=0"},
           {"核心数据每日备份，离线保存一份", "BKP-01=24 BKP-02=offline_or_immutable"},
           {"Backups are taken weekly and kept off-site", "BKP-01=168 BKP-02=offsite"},
           {"没有离线备份", ""},
           {"建议每日备份", ""}}) {
    CAPTURE(row.text);
    CHECK(items_of(row.text) == row.items);
  }
}

TEST_CASE("document facts: an item says where it stands and quotes its line by digest") {
  const auto items = proposed_items(text_lines("第一页\n\f\n 员工人数：48"));
  REQUIRE(items.size() == 1);
  CHECK(items[0].page == 2);
  CHECK(items[0].line == 2);
  CHECK(items[0].quoted == sha256(bytes_of(std::string_view(" 员工人数：48"))));
}

}  // namespace
}  // namespace anlan::underwriting
