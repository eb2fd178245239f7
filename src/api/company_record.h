// The record of a company in each of the forms in which it travels: JSON, one row of an Open
// Exposure Data account file, an application form as text, and a sheet. All say the same; reading
// goes through domain::read_enterprise, so that one set of rules holds for all.
// docs/reference/OED.md has the columns.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/node.h"
#include "base/result.h"
#include "domain/enterprise_input.h"
#include "formats/sheet.h"
#include "formats/xlsx.h"

namespace anlan::api {

enum class RecordForm : std::uint8_t { kJson = 1, kOed = 2, kForm = 3, kXlsx = 4 };
constexpr auto enum_names(RecordForm*) {
  using F = RecordForm;
  return std::array{EnumName<F>{F::kJson, "json"}, EnumName<F>{F::kOed, "oed"},
                    EnumName<F>{F::kForm, "form"}, EnumName<F>{F::kXlsx, "xlsx"}};
}

// A fact as a person writes it, from its canonical text: "30000000.00", "25%", "C39".
std::string written_fact_value(const domain::FactKind& kind, const std::string& canonical);

// The tree that read_enterprise reads back to the same input. `today` is stated_on where no fact
// has a day. A contact is left out where it has no name.
Node record_node(const domain::EnterpriseInput& input, Date today);

// OED 4.0.0 account files: a head and one row a company; the contact is not in them.
std::vector<std::string> oed_columns();
std::vector<std::string> oed_row(const domain::EnterpriseInput& input, Date today);
// The tree of one row. Columns of OED that say nothing of the company are passed over;
// `passed_over` gets those that hold something. Refuses csv_column_missing (InsuredName,
// CompanyIDCode1) and csv_column_twice.
Result<Node> node_of_oed(const std::vector<std::string>& head, const formats::SheetRow& row,
                         Date today, std::string_view file,
                         std::vector<std::string>* passed_over = nullptr);
bool is_oed_head(const std::vector<std::string>& head);

// A form to fill in: every question in both languages as a remark, then "key: answer" lines.
std::string form_text(const domain::EnterpriseInput& input, Date today);
// Refuses kFormLine (place). An answer left blank is none.
Result<Node> node_of_form(std::string_view text, std::string_view file);

// A sheet of the columns key, question, value, source, observed_on.
formats::Workbook record_workbook(const domain::EnterpriseInput& input, Date today);
Result<Node> node_of_sheet(const formats::SheetTable& table, std::string_view file);

// One company a row, the keys of the record as columns ("legal_name", "revenue", "revenue.source"),
// or their Chinese names. The tree of one row; columns in `others` belong to somebody else.
// Refuses csv_column_unknown (args nearest), csv_column_twice.
Result<Done> check_row_head(const std::vector<std::string>& head,
                            const std::vector<std::string>& others, std::string_view file);
Node node_of_row(const std::vector<std::string>& head, const formats::SheetRow& row, Date today);
// The key of a column, "" where there is none: "企业名称" and "legal_name" -> "legal_name".
std::string row_key(std::string_view column);

}  // namespace anlan::api
