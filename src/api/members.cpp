#include "api/members.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "api/render.h"
#include "base/node_reader.h"
#include "base/refusals.h"
#include "formats/refusals.h"
#include "house/command.h"
#include "house/life.h"
#include "house/refusals.h"

namespace anlan::api {
namespace {

using namespace domain;

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kColumns{
    {{"credit_code", "统一社会信用代码"},
     {"legal_name", "企业名称"},
     {"from", "起始日"},
     {"through", "最后一日"},
     {"limit", "赔偿限额"},
     {"premium", "年保费"}}};

std::string key_of(std::string_view column) {
  for (const auto& [key, zh] : kColumns) {
    if (column == key || column == zh) return std::string(key);
  }
  return {};
}

bool is_answer_column(std::string_view column) {
  return std::find(kMemberAnswerColumns.begin(), kMemberAnswerColumns.end(), column) !=
         kMemberAnswerColumns.end();
}

Refusal of_sheet(RefusalCode code, std::string value, std::string_view file,
                 std::vector<RefusalArg> args = {}) {
  return Refusal{.code = code,
                 .path = "file",
                 .value = std::move(value),
                 .args = std::move(args),
                 .at = {.file = std::string(file), .line = 1, .column = 0}};
}

Result<Done> check_head(const std::vector<std::string>& head, std::string_view file) {
  std::set<std::string> once;
  for (const std::string& column : head) {
    if (column.empty()) continue;
    const std::string key = is_answer_column(column) ? column : key_of(column);
    if (key.empty()) {
      std::vector<std::string> known;
      for (const auto& [name, zh] : kColumns) known.emplace_back(name);
      return of_sheet(formats::refusals::kCsvColumnUnknown, column, file,
                      {{.name = "nearest", .value = nearest(column, known)}});
    }
    if (!once.insert(key).second) return of_sheet(formats::refusals::kCsvColumnTwice, column, file);
  }
  if (once.contains("credit_code")) return Done{};
  return of_sheet(formats::refusals::kCsvColumnMissing, "credit_code", file);
}

class MemberReader {
 public:
  MemberReader(const house::House& house, const house::Adding& adding, Money premium)
      : house_(house), adding_(adding), premium_(premium) {}

  Result<Done> read(const MemberSheet& sheet, MemberRow& row) const {
    if (const Refusal* fault = formats::row_fault(sheet.table, row.cells->row)) return *fault;
    const auto cell = [&](std::string_view key) {
      for (std::size_t i = 0; i < sheet.head.size(); ++i) {
        if (key_of(sheet.head[i]) == key) return row.cells->text(i);
      }
      return std::string();
    };
    row.credit_code = cell("credit_code");
    row.name = cell("legal_name");
    ANLAN_TRY(row.certificate, certificate(cell));
    const auto known = house_.enterprise_by_credit_code.find(row.credit_code);
    if (known == house_.enterprise_by_credit_code.end())
      return not_found("enterprise", row.credit_code);
    row.certificate.enterprise = known->second;
    return Done{};
  }

 private:
  template <class Cell>
  Result<Certificate> certificate(const Cell& cell) const {
    const Policy& policy = adding_.file.policy;
    Certificate out{.enterprise = {},
                    .from = house::first_certificate_day(policy, adding_.at),
                    .until = house::end_day(policy),
                    .limit = adding_.terms.limit,
                    .premium = premium_};
    const Currency currency = policy.premium.currency();
    if (const std::string text = cell("from"); !text.empty()) {
      ANLAN_TRY(out.from, parse_date(text, "certificate.from"));
    }
    if (const std::string text = cell("through"); !text.empty()) {
      ANLAN_TRY(const Date last, parse_date(text, "certificate.until"));
      out.until = plus_days(last, 1);
    }
    if (const std::string text = cell("limit"); !text.empty()) {
      ANLAN_TRY(out.limit, parse_money(text, currency, "certificate.limit"));
    }
    if (const std::string text = cell("premium"); !text.empty()) {
      ANLAN_TRY(out.premium, parse_money(text, currency, "certificate.premium"));
    }
    return out;
  }

  const house::House& house_;
  const house::Adding& adding_;
  Money premium_;
};

}  // namespace

std::size_t MemberSheet::refused() const {
  return static_cast<std::size_t>(std::count_if(
      rows.begin(), rows.end(), [](const MemberRow& row) { return row.refused.has_value(); }));
}

Result<MemberSheet> read_members(formats::SheetTable table, const house::House& house,
                                 const house::Adding& adding, Money premium,
                                 std::string_view name) {
  if (const Refusal* fault = formats::table_fault(table)) return *fault;
  MemberSheet out;
  out.table = std::move(table);
  const std::size_t rows = out.table.rows.empty() ? 0 : out.table.rows.size() - 1;
  if (rows == 0 || rows > house::kCertificatesAtOnce) {
    return of_sheet(house::refusals::kCertificatesTooMany, std::to_string(rows), name,
                    {{.name = "max", .value = std::to_string(house::kCertificatesAtOnce)}});
  }
  const formats::SheetRow& first = out.table.rows.front();
  if (const Refusal* fault = formats::row_fault(out.table, first.row)) return *fault;
  for (const formats::SheetCell& cell : first.cells) out.head.push_back(cell.text);
  ANLAN_REQUIRE(check_head(out.head, name));
  const MemberReader reader(house, adding, premium);
  std::vector<Certificate> before;
  for (std::size_t i = 1; i < out.table.rows.size(); ++i) {
    MemberRow& row = out.rows.emplace_back();
    row.cells = &out.table.rows[i];
    Result<Done> checked = reader.read(out, row);
    if (checked.ok()) checked = house::check_certificate(house, adding, row.certificate, before);
    if (!checked.ok()) {
      row.refused = checked.refusal();
      continue;
    }
    before.push_back(row.certificate);
  }
  return out;
}

std::uint32_t certificate_named(std::string_view text, std::string_view policy_number) {
  const std::string whole = std::string(policy_number) + "-C";
  if (text.starts_with(whole)) {
    text.remove_prefix(whole.size());
  } else if (text.starts_with("C")) {
    text.remove_prefix(1);
  }
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

}  // namespace anlan::api
