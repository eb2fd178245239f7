#include "api/bank_statement.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "api/refusals.h"
#include "api/statement_refusals.h"
#include "base/codec.h"
#include "base/refusals.h"
#include "house/refusals.h"

namespace anlan::api {
namespace {

using namespace domain;

enum Column : std::size_t {
  kSerial,
  kDate,
  kAmount,
  kPayer,
  kReference,
  kNeeded,
  kCurrency = kNeeded,
  kColumns
};

struct ColumnWords {
  std::string_view key;
  std::array<std::string_view, 5> zh;
};
// Headings as banks write them: assumption, see docs/ASSUMPTIONS.md.
constexpr std::array<ColumnWords, kColumns> kWords{{
    {"serial", {"交易流水号", "流水号", "银行流水号", "交易流水", {}}},
    {"date", {"记账日期", "交易日期", "交易日", "入账日期", "日期"}},
    {"credit", {"贷方发生额", "收入金额", "贷方金额", "收入", "贷方发生额（收入）"}},
    {"payer", {"对方户名", "对方账户名称", "对方名称", "付款人名称", "付款人"}},
    {"remark", {"附言", "交易附言", "摘要", "用途", "备注"}},
    {"currency", {"币种", "货币", "交易币种", {}, {}}},
}};

using Places = std::array<std::optional<std::size_t>, kColumns>;

std::string trimmed(std::string text) {
  constexpr std::string_view kBlank = " \t";
  text.erase(0, std::min(text.find_first_not_of(kBlank), text.size()));
  text.erase(text.find_last_not_of(kBlank) + 1);
  return text;
}

// Of each column its first place, by the words in their order: 附言 before 摘要.
Places places_in(const formats::SheetRow& row) {
  Places places;
  for (std::size_t column = 0; column < kColumns; ++column) {
    const auto place_of = [&](std::string_view word) -> std::optional<std::size_t> {
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        if (trimmed(row.text(i)) == word) return i;
      }
      return {};
    };
    places[column] = place_of(kWords[column].key);
    for (const std::string_view word : kWords[column].zh) {
      if (!places[column] && !word.empty()) places[column] = place_of(word);
    }
  }
  return places;
}

// How many of the columns that are needed stand there.
std::ptrdiff_t found(const Places& places) {
  return std::count_if(places.begin(), places.begin() + kNeeded,
                       [](const auto& place) { return place.has_value(); });
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "1,400.00" without its commas, which stand before three digits each; any others stay and are
// refused with the amount.
std::string without_groups(const std::string& text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool grouped = text[i] == ',' && i > 0 && i + 3 < text.size() && is_digit(text[i + 1]) &&
                         is_digit(text[i + 2]) && is_digit(text[i + 3]) &&
                         (i + 4 == text.size() || text[i + 4] == ',' || text[i + 4] == '.');
    if (!grouped) plain += text[i];
  }
  return plain;
}

// Empty or 0: nothing came in. Below zero: what came in was reversed.
Result<Money> read_amount(const std::string& text, Currency currency) {
  if (text.empty()) return Money::zero(currency);
  const bool reversed = text.starts_with('-');
  const Result<Money> read =
      parse_money(without_groups(reversed ? text.substr(1) : text), currency, "credit");
  if (!read.ok())
    return Refusal{.code = refusals::kStatementAmount, .path = "credit", .value = text};
  return reversed ? -*read : *read;
}

// "2026-03-01", "2026/3/1", "20260301", with or without a time behind it.
Result<Date> read_day(const std::string& text) {
  std::string day = text.substr(0, text.find_first_of("T "));
  std::replace(day.begin(), day.end(), '/', '-');
  if (day.size() == 8 && std::all_of(day.begin(), day.end(), is_digit))
    return parse_date(day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6), "date");
  std::string padded;
  for (std::size_t i = 0; i < day.size(); ++i) {
    const bool single = is_digit(day[i]) && i > 0 && day[i - 1] == '-' &&
                        (i + 1 == day.size() || day[i + 1] == '-');
    if (single) padded += '0';
    padded += day[i];
  }
  return parse_date(padded, "date");
}

// "2.02603E+15" and "2E+17": what a spreadsheet makes of a long number.
bool is_rounded(std::string_view text) {
  const std::size_t power = text.find("E+");
  const auto is_number = [](std::string_view part) {
    return !part.empty() && part.find_first_not_of("0123456789.") == std::string_view::npos;
  };
  return power != std::string_view::npos && is_number(text.substr(0, power)) &&
         is_number(text.substr(power + 2));
}

bool usable(const formats::SheetCell& cell, std::string_view serial) {
  constexpr std::size_t kExactDigits = 15;  // of a number in a spreadsheet
  const bool cut = cell.kind == formats::SheetValue::kNumber && serial.size() > kExactDigits;
  return !cut && is_transfer_serial(serial);
}

// A total at the foot of a list: an amount that nobody sent and nobody can look up.
bool is_total(const StatementLine& line) {
  return !line.day && line.serial.empty() && line.payer.empty() && line.reference.empty();
}

Result<Done> check_currency(const std::string& text, Currency currency) {
  const std::string_view house = currency_code(currency);
  const bool yuan = house == "CNY" && (text == "人民币" || text == "RMB" || text == "人民币元");
  if (text.empty() || text == house || yuan) return Done{};
  return Refusal{.code = house::refusals::kCurrencyOfHouse,
                 .path = "currency",
                 .value = text,
                 .args = {{.name = "currency", .value = std::string(house)}}};
}

Result<Done> fill(StatementLine& line, const formats::SheetRow& row, const Places& places,
                  Currency currency) {
  const auto text = [&](Column column) { return trimmed(row.text(*places[column])); };
  line.payer = text(kPayer);
  line.reference = text(kReference);
  line.serial = text(kSerial);
  const Result<Date> day = read_day(text(kDate));
  if (day.ok()) line.day = *day;
  const std::size_t place = *places[kSerial];
  if (place >= row.cells.size() || !usable(row.cells[place], line.serial))
    return Refusal{.code = refusals::kSerialUnusable, .path = "serial", .value = line.serial};
  if (places[kCurrency]) ANLAN_REQUIRE(check_currency(text(kCurrency), currency));
  ANLAN_TRY(line.amount, read_amount(text(kAmount), currency));
  if (!day.ok()) return day.refusal();
  line.content = transfer_content(line.serial, line.amount);
  return Done{};
}

std::optional<std::uint64_t> number_at(std::string_view text, std::size_t at, std::size_t& end) {
  std::uint64_t number = 0;
  const auto read = std::from_chars(text.data() + at, text.data() + text.size(), number);
  if (read.ec != std::errc{}) return {};
  end = static_cast<std::size_t>(read.ptr - text.data());
  return number;
}

}  // namespace

Result<std::vector<StatementLine>> read_statement(const formats::SheetTable& table,
                                                  Currency currency) {
  if (const Refusal* fault = formats::table_fault(table)) return *fault;
  Places best;
  auto head = table.rows.begin();
  for (; head != table.rows.end(); ++head) {
    const Places places = places_in(*head);
    if (found(places) > found(best)) best = places;
    if (found(best) == kNeeded) break;
  }
  for (std::size_t column = 0; column < kNeeded; ++column) {
    if (!best[column]) {
      return Refusal{.code = anlan::refusals::kMissingKey,
                     .path = std::string(kWords[column].key),
                     .value = std::string(kWords[column].zh[0])};
    }
  }
  const auto lines = static_cast<std::size_t>(table.rows.end() - head) - 1;
  if (lines > kStatementLinesMax) {
    return Refusal{.code = refusals::kStatementTooLong,
                   .path = "file",
                   .value = std::to_string(lines),
                   .args = {{.name = "max", .value = std::to_string(kStatementLinesMax)}}};
  }
  std::vector<StatementLine> out;
  for (auto row = head + 1; row != table.rows.end(); ++row) {
    StatementLine line{.row = row->row, .amount = Money::zero(currency)};
    const Refusal* fault = formats::row_fault(table, row->row);
    const Result<Done> filled = fault ? Result<Done>(*fault) : fill(line, *row, best, currency);
    if (!filled.ok()) line.refused = filled.refusal();
    if (!fault && is_total(line)) continue;
    out.push_back(std::move(line));
  }
  return out;
}

std::string transfer_key(std::string_view serial) { return "statement/" + std::string(serial); }

Digest transfer_content(std::string_view serial, Money amount) {
  ByteWriter out;
  out.text(serial);
  encode(out, amount);
  return sha256(out.bytes());
}

const house::KeyUse* recorded_transfer(const house::House& house, std::string_view serial) {
  const std::string key = transfer_key(serial);
  for (const auto& [name, actor] : house.actors) {
    const auto use = house.keys.find({name, key});
    if (use != house.keys.end()) return &use->second;
  }
  return nullptr;
}

bool is_transfer_serial(std::string_view serial) {
  constexpr std::size_t kLongest = 200;
  return !serial.empty() && serial.size() <= kLongest && !is_rounded(serial) &&
         std::all_of(serial.begin(), serial.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

std::vector<PolicyId> named_policies(std::string_view reference) {
  std::vector<PolicyId> named;
  const auto take = [&](std::uint64_t number) {
    if (number != 0 && std::find(named.begin(), named.end(), PolicyId{number}) == named.end())
      named.push_back(PolicyId{number});
  };
  const auto within_word = [&](std::size_t at) {
    const char before = at == 0 ? ' ' : reference[at - 1];
    return is_digit(before) || (before >= 'A' && before <= 'Z') || (before >= 'a' && before <= 'z');
  };
  for (std::size_t at = 0; at < reference.size(); ++at) {
    std::size_t end = at;
    if (within_word(at)) continue;
    if (reference.substr(at).starts_with("pol_")) {
      if (const auto number = number_at(reference, at + 4, end)) take(*number);
    } else if (reference.substr(at).starts_with("AL-")) {
      if (!number_at(reference, at + 3, end) || end >= reference.size() || reference[end] != '-')
        continue;
      if (const auto number = number_at(reference, end + 1, end)) take(*number);
    }
    at = std::max(at, end > 0 ? end - 1 : 0);
  }
  return named;
}

bool same_name(std::string_view a, std::string_view b) {
  const auto plain = [](std::string_view text) {
    std::string out(text);
    for (const auto& [wide, narrow] : {std::pair<std::string_view, std::string_view>{"（", "("},
                                       {"）", ")"},
                                       {" ", ""},
                                       {"\xE3\x80\x80", ""}}) {
      for (std::size_t at = out.find(wide); at != std::string::npos; at = out.find(wide, at))
        out.replace(at, wide.size(), narrow);
    }
    return out;
  };
  return !plain(a).empty() && plain(a) == plain(b);
}

}  // namespace anlan::api
