#include "api/company_record.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "api/refusals.h"
#include "base/money.h"
#include "base/node_reader.h"
#include "base/refusals.h"
#include "formats/json.h"
#include "formats/refusals.h"

namespace anlan::api {
namespace {

using namespace domain;

// What a record says beside its facts, with the question in both languages.
struct HeadKey {
  std::string_view key;
  std::string_view zh;
  std::string_view en;
};
constexpr std::array kHeadKeys{
    HeadKey{"legal_name", "企业名称", "Legal name"},
    HeadKey{"credit_code", "统一社会信用代码", "Unified social credit code"},
    HeadKey{"assess_consent", "同意接受评估", "Agrees to be assessed (yes or no)"},
    HeadKey{"monitor_consent", "同意持续监测", "Agrees that protection is observed (yes or no)"},
    HeadKey{"stated_on", "填报日期", "Day of the facts (YYYY-MM-DD)"},
    HeadKey{"contact.name", "联系人", "Contact: name"},
    HeadKey{"contact.phone", "联系电话", "Contact: phone"},
    HeadKey{"contact.email", "联系邮箱", "Contact: e-mail"}};

constexpr std::array<std::string_view, 2> kPartsOfFact{"source", "observed_on"};

const HeadKey* find_head_key(std::string_view key) {
  const auto* const found = std::find_if(kHeadKeys.begin(), kHeadKeys.end(), [&](const auto& each) {
    return each.key == key || each.zh == key;
  });
  return found == kHeadKeys.end() ? nullptr : &*found;
}

bool is_flag(std::string_view key) { return key.ends_with("_consent"); }

// "yes", "是", "TRUE" -> a boolean; anything else stays a text, which the reader refuses.
Node flag_node(std::string_view text) {
  std::string low(text);
  for (char& c : low) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (low == "yes" || low == "true" || low == "是") return Node::boolean(true);
  if (low == "no" || low == "false" || low == "否") return Node::boolean(false);
  return Node::string(text);
}

// Answers by key -> the tree of read_enterprise. An empty answer is none.
using Answers = std::map<std::string, Node, std::less<>>;

void add_answer(Answers& answers, const std::string& key, const std::string& value, int line,
                int column) {
  if (value.empty()) return;
  Node node = is_flag(key) ? flag_node(value) : Node::string(value);
  node.line = line;
  node.column = column;
  answers[key] = std::move(node);
}

Node tree_of(const Answers& answers, Date today) {
  Node tree = Node::table();
  const auto given = [&](std::string_view key) {
    const auto found = answers.find(key);
    return found == answers.end() ? nullptr : &found->second;
  };
  Node contact = Node::table();
  for (const HeadKey& head : kHeadKeys) {
    const Node* value = given(head.key);
    if (!value) continue;
    if (head.key.starts_with("contact.")) {
      contact.add(head.key.substr(8), *value);
    } else {
      tree.add(head.key, *value);
    }
  }
  if (!given("stated_on")) tree.add("stated_on", Node::string(to_text(today)));
  if (!contact.members.empty()) tree.add("contact", std::move(contact));
  Node facts = Node::table();
  for (const FactKind& kind : fact_kinds()) {
    const std::string name(kind.name);
    const Node* value = given(name);
    if (!value) continue;
    Node fact = Node::table();
    fact.line = value->line;
    fact.column = value->column;
    fact.add("value", *value);
    for (const std::string_view part : kPartsOfFact) {
      if (const Node* said = given(name + "." + std::string(part))) fact.add(part, *said);
    }
    facts.add(name, std::move(fact));
  }
  tree.add("facts", std::move(facts));
  return tree;
}

// The keys in the order of the form: head, then each fact with its parts.
std::vector<std::string> all_keys() {
  std::vector<std::string> keys;
  for (const HeadKey& head : kHeadKeys) keys.emplace_back(head.key);
  for (const FactKind& kind : fact_kinds()) {
    keys.emplace_back(kind.name);
    for (const std::string_view part : kPartsOfFact)
      keys.push_back(std::string(kind.name) + "." + std::string(part));
  }
  return keys;
}

Date stated_on(const EnterpriseInput& input, Date today) {
  if (input.facts.empty()) return today;
  return std::max_element(
             input.facts.begin(), input.facts.end(),
             [](const Fact& a, const Fact& b) { return a.observed_on < b.observed_on; })
      ->observed_on;
}

// The answers of a record by key, as a person writes them.
std::map<std::string, std::string, std::less<>> written(const EnterpriseInput& input, Date today) {
  std::map<std::string, std::string, std::less<>> out;
  const Date day = stated_on(input, today);
  out["legal_name"] = input.legal_name;
  out["credit_code"] = input.credit_code;
  out["assess_consent"] = input.assess_consent ? "yes" : "no";
  out["monitor_consent"] = input.monitor_consent ? "yes" : "no";
  out["stated_on"] = to_text(day);
  if (!input.contact.name.empty()) {
    out["contact.name"] = input.contact.name;
    out["contact.phone"] = input.contact.phone;
    out["contact.email"] = input.contact.email;
  }
  for (const Fact& fact : input.facts) {
    const FactKind* kind = find_fact_kind(fact.name.text);
    ANLAN_CHECK(kind != nullptr);
    out[fact.name.text] = written_fact_value(*kind, fact.value);
    if (fact.source != FactSource::kDeclared)
      out[fact.name.text + ".source"] = std::string(name_of(fact.source));
    if (fact.observed_on != day) out[fact.name.text + ".observed_on"] = to_text(fact.observed_on);
  }
  return out;
}

// Digits with a point `places` from the right; zeros behind it dropped down to `least` of them.
std::string with_point(std::string digits, std::size_t places, std::size_t least) {
  while (digits.size() <= places) digits.insert(digits.begin(), '0');
  std::string text = digits.substr(0, digits.size() - places);
  std::string decimals = digits.substr(digits.size() - places);
  while (decimals.size() > least && decimals.ends_with('0')) decimals.pop_back();
  return decimals.empty() ? text : text + "." + decimals;
}

// "0.25" -> "25": a fraction as OED writes it to per cent; other texts stay and are refused later.
std::string percent_of_fraction(const std::string& text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string whole = text.substr(0, point);
  std::string decimals = text.substr(std::min(point + 1, text.size()));
  const std::string digits = whole + decimals;
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos) return text;
  while (decimals.size() < 2) decimals += '0';
  std::string percent = whole + decimals.substr(0, 2);
  percent.erase(0, std::min(percent.find_first_not_of('0'), percent.size() - 1));
  decimals.erase(0, 2);
  while (decimals.ends_with('0')) decimals.pop_back();
  return percent + (decimals.empty() ? "" : "." + decimals) + "%";
}

}  // namespace

std::string written_fact_value(const FactKind& kind, const std::string& canonical) {
  if (kind.type == FactType::kMoney) return with_point(canonical, 2, 2);
  if (kind.type == FactType::kShare) return with_point(canonical, 4, 0) + "%";
  return canonical;
}

Node record_node(const EnterpriseInput& input, Date today) {
  Answers answers;
  for (const auto& [key, value] : written(input, today)) add_answer(answers, key, value, 0, 0);
  return tree_of(answers, today);
}

// ---- Open Exposure Data ----

namespace {

// The columns of OED 4.0.0 that say what a record says; all others of ours are flexible ones, for
// which OED reserves the names that begin with FlexiAcc.
struct OedColumn {
  std::string_view column;
  std::string_view key;  // of the record; empty: always `fixed`
  std::string_view fixed;
};
constexpr std::array kOedColumns{OedColumn{"OEDVersion", "", "4.0.0"},
                                 OedColumn{"AccNumber", "credit_code", ""},
                                 OedColumn{"AccCurrency", "", "CNY"},
                                 OedColumn{"LOB", "", "Cyber"},
                                 OedColumn{"InsuredName", "legal_name", ""},
                                 OedColumn{"CompanyIDScheme1", "", "USCC"},
                                 OedColumn{"CompanyIDCode1", "credit_code", ""},
                                 OedColumn{"CountryCode", "", "CN"},
                                 OedColumn{"IndustryScheme1", "", "GB/T 4754"},
                                 OedColumn{"IndustryVintage1", "", "2017"},
                                 OedColumn{"IndustryCode1", "sector", ""},
                                 OedColumn{"NumberOfEmployees", "employees", ""},
                                 OedColumn{"AnnualRevenue", "revenue", ""},
                                 OedColumn{"AnnualRevenueCurrency", "", "CNY"},
                                 OedColumn{"GrossProfitMargin", "gross_margin", ""},
                                 OedColumn{"NumberOfRecords", "records", ""}};
constexpr std::string_view kFlexible = "FlexiAccAnlan";

const OedColumn* oed_column_of(std::string_view key) {
  const auto* const found = std::find_if(
      kOedColumns.begin(), kOedColumns.end(),
      [&](const OedColumn& each) { return each.key == key && each.column != "AccNumber"; });
  return found == kOedColumns.end() ? nullptr : &*found;
}

// "ot_lines.source" -> "FlexiAccAnlanOtLinesSource".
std::string flexible_name(std::string_view key) {
  std::string name(kFlexible);
  bool upper = true;
  for (const char c : key) {
    if (c == '_' || c == '.') {
      upper = true;
      continue;
    }
    name += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = false;
  }
  return name;
}

std::vector<std::string> flexible_keys() {
  std::vector<std::string> keys;
  for (const std::string& key : all_keys()) {
    if (!oed_column_of(key) && !key.starts_with("contact.")) keys.push_back(key);
  }
  return keys;
}

Refusal column_refusal(RefusalCode code, const std::string& column, std::string_view file,
                       std::string nearest_one = {}) {
  return Refusal{.code = code,
                 .path = column,
                 .value = column,
                 .args = {{.name = "nearest", .value = std::move(nearest_one)}},
                 .at = {.file = std::string(file), .line = 1}};
}

Result<Done> check_once(const std::vector<std::string>& head, std::string_view file) {
  std::set<std::string> once;
  for (const std::string& column : head) {
    if (column.empty() || once.insert(column).second) continue;
    return column_refusal(formats::refusals::kCsvColumnTwice, column, file);
  }
  return Done{};
}

}  // namespace

std::vector<std::string> oed_columns() {
  std::vector<std::string> columns;
  for (const OedColumn& column : kOedColumns) columns.emplace_back(column.column);
  for (const std::string& key : flexible_keys()) columns.push_back(flexible_name(key));
  return columns;
}

std::vector<std::string> oed_row(const EnterpriseInput& input, Date today) {
  const auto answers = written(input, today);
  const auto answer = [&](std::string_view key) {
    const auto found = answers.find(key);
    return found == answers.end() ? std::string() : found->second;
  };
  std::vector<std::string> row;
  for (const OedColumn& column : kOedColumns) {
    std::string value = column.key.empty() ? std::string(column.fixed) : answer(column.key);
    if (column.key == "gross_margin") {
      const Fact* fact = find_fact(input.facts, column.key);
      value = fact ? with_point(fact->value, 6, 0) : std::string();
    }
    row.push_back(std::move(value));
  }
  for (const std::string& key : flexible_keys()) row.push_back(answer(key));
  return row;
}

bool is_oed_head(const std::vector<std::string>& head) {
  return std::find(head.begin(), head.end(), "InsuredName") != head.end();
}

Result<Node> node_of_oed(const std::vector<std::string>& head, const formats::SheetRow& row,
                         Date today, std::string_view file, std::vector<std::string>* passed_over) {
  ANLAN_REQUIRE(check_once(head, file));
  for (const std::string_view needed : {"InsuredName", "CompanyIDCode1"}) {
    if (std::find(head.begin(), head.end(), needed) == head.end())
      return column_refusal(formats::refusals::kCsvColumnMissing, std::string(needed), file);
  }
  std::map<std::string, std::string, std::less<>> key_of;
  for (const std::string& key : flexible_keys()) key_of[flexible_name(key)] = key;
  for (const OedColumn& column : kOedColumns) key_of[std::string(column.column)] = column.key;
  key_of["AccNumber"] = "";
  Answers answers;
  std::string currency;
  for (std::size_t i = 0; i < head.size(); ++i) {
    const std::string value = row.text(i);
    if (head[i] == "AnnualRevenueCurrency") currency = value;
    const auto known = key_of.find(head[i]);
    if (known == key_of.end() && passed_over && !value.empty()) passed_over->push_back(head[i]);
    if (known == key_of.end() || known->second.empty()) continue;
    const std::string& key = known->second;
    const bool fraction = key == "gross_margin" && !value.ends_with('%');
    add_answer(answers, key, fraction ? percent_of_fraction(value) : value, row.row,
               static_cast<int>(i) + 1);
  }
  // An amount of another currency is refused by name, not taken for yuan.
  const auto revenue = answers.find("revenue");
  if (revenue != answers.end() && !currency.empty())
    revenue->second.text = currency + " " + revenue->second.text;
  return tree_of(answers, today);
}

// ---- The form ----

namespace {

// On one line: as it stands, or as a JSON string where that would not come back the same.
std::string form_value(const std::string& value) {
  const bool plain =
      value.empty() || (value.front() != ' ' && value.back() != ' ' && value.front() != '"' &&
                        std::none_of(value.begin(), value.end(), [](char c) {
                          return static_cast<unsigned char>(c) < 0x20 ||
                                 static_cast<unsigned char>(c) == 0x7F;
                        }));
  return plain ? value : formats::write_json(Node::string(value));
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

Refusal form_line(std::string_view line, int number, std::string_view file) {
  return Refusal{.code = refusals::kFormLine,
                 .path = "file",
                 .value = std::string(line.substr(0, 80)),
                 .at = {.file = std::string(file), .line = number, .column = 1}};
}

}  // namespace

std::string form_text(const EnterpriseInput& input, Date today) {
  const auto answers = written(input, today);
  const auto line = [&](const std::string& key) {
    const auto found = answers.find(key);
    const std::string value = found == answers.end() ? "" : form_value(found->second);
    return key + ":" + (value.empty() ? "" : " ") + value + "\n";
  };
  std::string text = "# 网络安全保险投保申请表 / Application form of cyber insurance\n";
  for (const HeadKey& head : kHeadKeys) {
    text += "\n# " + std::string(head.zh) + " / " + std::string(head.en) + "\n";
    text += line(std::string(head.key));
  }
  for (const FactKind& kind : fact_kinds()) {
    text += "\n# " + std::string(kind.zh) + "\n# " + std::string(kind.en) + "\n";
    text += line(std::string(kind.name));
    for (const std::string_view part : kPartsOfFact) {
      const std::string key = std::string(kind.name) + "." + std::string(part);
      if (answers.contains(key)) text += line(key);
    }
  }
  return text;
}

Result<Node> node_of_form(std::string_view text, std::string_view file) {
  const std::vector<std::string> keys = all_keys();
  Answers answers;
  int number = 0;
  Date today;  // a form without its day is refused by the reader
  std::set<std::string> once;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.empty() || line.front() == '#' || line.front() == '\f') continue;
    const std::size_t colon = line.find(':');
    const std::string key(trimmed(line.substr(0, std::min(colon, line.size()))));
    const bool known = std::find(keys.begin(), keys.end(), key) != keys.end();
    if (colon == std::string_view::npos || !known || !once.insert(key).second)
      return form_line(line, number, file);
    std::string value(trimmed(line.substr(colon + 1)));
    if (value.starts_with('"')) {
      const auto quoted = formats::parse_json(value, file);
      if (!quoted.ok() || quoted->kind != Node::Kind::kText) return form_line(line, number, file);
      value = quoted->text;
    }
    add_answer(answers, key, value, number, 1);
  }
  Node tree = tree_of(answers, today);
  if (!answers.contains("stated_on"))
    std::erase_if(tree.members, [](const Member& member) { return member.key == "stated_on"; });
  return tree;
}

// ---- Sheets ----

formats::Workbook record_workbook(const EnterpriseInput& input, Date today) {
  const auto answers = written(input, today);
  const auto answer = [&](const std::string& key) {
    const auto found = answers.find(key);
    return formats::text_cell(found == answers.end() ? std::string() : found->second);
  };
  formats::Sheet sheet{.name = "company", .rows = {}, .widths = {24, 60, 40, 14, 14}};
  const auto add = [&](std::vector<formats::Cell> cells) {
    sheet.rows.push_back(std::move(cells));
  };
  std::vector<formats::Cell> title;
  for (const char* word : {"key", "question", "value", "source", "observed_on"}) {
    title.push_back(formats::text_cell(word));
    title.back().bold = true;
  }
  add(std::move(title));
  for (const HeadKey& head : kHeadKeys) {
    add({formats::text_cell(head.key),
         formats::text_cell(std::string(head.zh) + " / " + std::string(head.en)),
         answer(std::string(head.key))});
  }
  for (const FactKind& kind : fact_kinds()) {
    const std::string name(kind.name);
    formats::Cell question = formats::text_cell(std::string(kind.zh) + "\n" + std::string(kind.en));
    question.wrap = true;
    add({formats::text_cell(name), question, answer(name), answer(name + ".source"),
         answer(name + ".observed_on")});
  }
  formats::Workbook book;
  book.sheets.push_back(std::move(sheet));
  book.title = input.legal_name;
  book.date = to_text(stated_on(input, today));
  return book;
}

Result<Node> node_of_sheet(const formats::SheetTable& table, std::string_view file) {
  ANLAN_REQUIRE(formats::check_clean(table));
  const std::vector<std::string> keys = all_keys();
  Answers answers;
  constexpr std::size_t kKey = 0;
  constexpr std::size_t kValue = 2;
  for (const formats::SheetRow& row : table.rows) {
    const std::string key = row.text(kKey);
    if (key.empty() || key == "key") continue;
    const bool known = std::find(keys.begin(), keys.end(), key) != keys.end();
    if (!known || answers.contains(key)) return form_line(key, row.row, file);
    add_answer(answers, key, row.text(kValue), row.row, 3);
    for (std::size_t part = 0; part < kPartsOfFact.size(); ++part) {
      add_answer(answers, key + "." + std::string(kPartsOfFact[part]), row.text(kValue + 1 + part),
                 row.row, static_cast<int>(kValue + part) + 2);
    }
  }
  Node tree = tree_of(answers, Date{});
  if (!answers.contains("stated_on"))
    std::erase_if(tree.members, [](const Member& member) { return member.key == "stated_on"; });
  return tree;
}

namespace {

// Chinese names of the columns of facts, short as in a table.
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kFactColumns{{
    {"sector", "行业代码"},
    {"region", "行政区划代码"},
    {"revenue", "营业收入（元）"},
    {"gross_margin", "毛利率"},
    {"employees", "员工人数"},
    {"it_dependence", "信息系统依赖度"},
    {"online_revenue", "线上收入（元）"},
    {"endpoints", "办公电脑台数"},
    {"servers", "服务器台数"},
    {"ot_lines", "计算机控制产线数"},
    {"records", "个人信息条数"},
    {"sensitive_records", "敏感个人信息条数"},
    {"providers", "主要供应商"},
    {"cii_operator", "关键信息基础设施运营者"},
    {"other_cyber_sum_insured", "其他网络险保额（元）"},
    {"incidents_36m", "近36个月事件次数"},
}};

}  // namespace

std::string row_key(std::string_view column) {
  if (const HeadKey* head = find_head_key(column)) return std::string(head->key);
  for (const auto& [key, zh] : kFactColumns) {
    if (column == zh) return std::string(key);
  }
  const std::vector<std::string> keys = all_keys();
  const bool known = std::find(keys.begin(), keys.end(), column) != keys.end();
  return known ? std::string(column) : std::string();
}

Result<Done> check_row_head(const std::vector<std::string>& head,
                            const std::vector<std::string>& others, std::string_view file) {
  std::set<std::string> once;
  for (const std::string& column : head) {
    if (column.empty()) continue;
    const bool other = std::find(others.begin(), others.end(), column) != others.end();
    const std::string key = other ? column : row_key(column);
    if (key.empty()) {
      std::vector<std::string> known = all_keys();
      known.insert(known.end(), others.begin(), others.end());
      return column_refusal(formats::refusals::kCsvColumnUnknown, column, file,
                            nearest(column, known));
    }
    if (!once.insert(key).second)
      return column_refusal(formats::refusals::kCsvColumnTwice, column, file);
  }
  for (const std::string_view needed : {"legal_name", "credit_code"}) {
    if (!once.contains(std::string(needed)))
      return column_refusal(formats::refusals::kCsvColumnMissing, std::string(needed), file);
  }
  return Done{};
}

Node node_of_row(const std::vector<std::string>& head, const formats::SheetRow& row, Date today) {
  Answers answers;
  for (std::size_t i = 0; i < head.size(); ++i) {
    const std::string key = row_key(head[i]);
    if (!key.empty()) add_answer(answers, key, row.text(i), row.row, static_cast<int>(i) + 1);
  }
  return tree_of(answers, today);
}

}  // namespace anlan::api
