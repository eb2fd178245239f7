#include "api/bulk.h"

#include <algorithm>
#include <map>

#include "api/company_record.h"
#include "api/refusals.h"
#include "base/codec.h"

namespace anlan::api {
namespace {

using namespace domain;

// "产品" and "products": columns that say what is asked for, not who the company is.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kAskColumns{
    {{"products", "产品"}, {"from", "保障起始日"}, {"note", "备注"}}};

std::string ask_key(std::string_view column) {
  for (const auto& [key, zh] : kAskColumns) {
    if (column == key || column == zh) return std::string(key);
  }
  return {};
}

std::vector<std::string> other_columns() {
  std::vector<std::string> columns;
  for (const auto& [key, zh] : kAskColumns) {
    columns.emplace_back(key);
    columns.emplace_back(zh);
  }
  for (const std::string_view column : kBulkAnswerColumns) columns.emplace_back(column);
  return columns;
}

bool is_answer_column(std::string_view column) {
  return std::find(kBulkAnswerColumns.begin(), kBulkAnswerColumns.end(), column) !=
         kBulkAnswerColumns.end();
}

Refusal in_row(RefusalCode code, std::string_view path, std::string value, int row,
               std::vector<RefusalArg> args = {}) {
  return Refusal{.code = code,
                 .path = std::string(path),
                 .value = std::move(value),
                 .args = std::move(args),
                 .at = {.file = {}, .line = row, .column = 0}};
}

// "a; b；c" -> names.
Result<std::vector<ProductName>> read_products(const std::string& text) {
  std::string plain = text;
  for (const std::string_view wide : {"；", "，", ","}) {
    for (std::size_t at = plain.find(wide); at != std::string::npos; at = plain.find(wide))
      plain.replace(at, wide.size(), ";");
  }
  std::vector<ProductName> products;
  for (std::size_t start = 0; start <= plain.size();) {
    const std::size_t end = std::min(plain.find(';', start), plain.size());
    std::string one = plain.substr(start, end - start);
    while (one.ends_with(' ')) one.pop_back();
    one.erase(0, std::min(one.find_first_not_of(' '), one.size()));
    start = end + 1;
    if (one.empty()) continue;
    ANLAN_TRY(const ProductName product, parse_name<ProductTag>(one, "products"));
    products.push_back(product);
  }
  return products;
}

class RowReader {
 public:
  RowReader(const BulkSheet& sheet, const BulkDefaults& defaults, std::string_view file)
      : sheet_(sheet), defaults_(defaults), file_(file) {}

  Result<Done> read(BulkRow& row) const {
    const formats::SheetRow& cells = *row.cells;
    if (const Refusal* fault = formats::row_fault(sheet_.table, cells.row)) return *fault;
    ANLAN_REQUIRE(read_ask(row));
    Node tree;
    if (sheet_.oed) {
      ANLAN_TRY(tree, node_of_oed(sheet_.head, cells, defaults_.today, file_));
    } else {
      tree = node_of_row(sheet_.head, cells, defaults_.today);
    }
    ANLAN_TRY(row.input, read_enterprise(tree, file_));
    row.content = content_of(row);
    return Done{};
  }

 private:
  std::string asked(const formats::SheetRow& cells, std::string_view key) const {
    for (std::size_t i = 0; i < sheet_.head.size(); ++i) {
      if (ask_key(sheet_.head[i]) == key) return cells.text(i);
    }
    return {};
  }

  Result<Done> read_ask(BulkRow& row) const {
    Submission& submission = row.submission;
    ANLAN_TRY(submission.products, read_products(asked(*row.cells, "products")));
    if (submission.products.empty()) submission.products = defaults_.products;
    if (submission.products.empty())
      return in_row(refusals::kRowWithoutProduct, "products", {}, row.cells->row);
    const std::string day = asked(*row.cells, "from");
    if (day.empty() && !defaults_.from)
      return in_row(refusals::kMissingOption, "from", "from", row.cells->row);
    if (day.empty()) {
      submission.from = *defaults_.from;
    } else {
      ANLAN_TRY(submission.from, parse_date(day, "from"));
    }
    submission.note = asked(*row.cells, "note");
    return Done{};
  }

  // What is said, whatever the order of the columns, the file, the place in it, or the day on which
  // it is sent: facts without a day of their own carry the day of the list, which is no part of it.
  Digest content_of(const BulkRow& row) const {
    std::vector<Fact> facts = row.input.facts;
    if (asked(*row.cells, "stated_on").empty()) {
      for (Fact& fact : facts) {
        if (fact.observed_on == defaults_.today) fact.observed_on = {};
      }
    }
    ByteWriter out;
    out.text("submission bulk");
    out.text(row.input.legal_name);
    out.text(row.input.credit_code);
    encode(out, row.input.assess_consent);
    encode(out, row.input.monitor_consent);
    out.text(row.input.contact.name);
    out.text(row.input.contact.phone);
    out.text(row.input.contact.email);
    encode(out, facts);
    encode(out, row.submission.products);
    encode(out, row.submission.from);
    out.text(row.submission.note);
    return sha256(out.bytes());
  }

  const BulkSheet& sheet_;
  const BulkDefaults& defaults_;
  std::string_view file_;
};

}  // namespace

Result<BulkSheet> read_bulk(formats::SheetTable table, const BulkDefaults& defaults,
                            std::string_view file, const Digest& sheet) {
  if (const Refusal* fault = formats::table_fault(table)) return *fault;
  BulkSheet out;
  out.table = std::move(table);
  if (out.table.rows.empty() || out.table.rows.size() - 1 > kBulkRowsMax) {
    return Refusal{.code = refusals::kBulkTooManyRows,
                   .path = "file",
                   .value = std::string(file),
                   .args = {{.name = "max", .value = std::to_string(kBulkRowsMax)}},
                   .at = {.file = std::string(file)}};
  }
  const formats::SheetRow& first = out.table.rows.front();
  if (const Refusal* fault = formats::row_fault(out.table, first.row)) return *fault;
  for (const formats::SheetCell& cell : first.cells) out.head.push_back(cell.text);
  out.oed = is_oed_head(out.head);
  if (!out.oed) ANLAN_REQUIRE(check_row_head(out.head, other_columns(), file));
  const RowReader reader(out, defaults, file);
  std::map<std::string, int> seen;
  for (std::size_t i = 1; i < out.table.rows.size(); ++i) {
    BulkRow& row = out.rows.emplace_back();
    row.cells = &out.table.rows[i];
    row.submission.sheet = sheet;
    row.submission.row = static_cast<std::uint32_t>(row.cells->row);
    const Result<Done> read = reader.read(row);
    if (!read.ok()) {
      row.refused = read.refusal();
      continue;
    }
    const auto [place, fresh] = seen.emplace(row.input.credit_code, row.cells->row);
    if (!fresh) {
      row.refused =
          in_row(refusals::kRowTwice, "credit_code", row.input.credit_code, row.cells->row,
                 {{.name = "row", .value = std::to_string(place->second)}});
    }
  }
  // The answer's own columns of an earlier return are written anew.
  for (std::string& column : out.head) {
    if (is_answer_column(column)) column.clear();
  }
  return out;
}

}  // namespace anlan::api
