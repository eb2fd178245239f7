// A bank's statement of an account: what came in, read from the sheet that the bank gives.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "base/result.h"
#include "base/sha256.h"
#include "base/time.h"
#include "domain/ids.h"
#include "formats/sheet.h"
#include "house/house.h"

namespace anlan::api {

inline constexpr std::size_t kStatementLinesMax = 5'000;

struct StatementLine {
  int row = 0;              // as the file counts
  std::string serial;       // the bank's number of the transfer: it names it for good
  std::optional<Date> day;  // on which the bank booked it
  Money amount;             // that came in; zero: money that went out, less: was reversed
  std::string payer;        // the name of the account that it came from
  std::string reference;    // what the payer wrote
  // Of the serial and the amount: the rest is written differently from one export to another.
  Digest content;
  std::optional<Refusal> refused;
};

// The lines below the head, which is the first row that names a column of each: serial, date,
// amount, payer and reference, by these words or by those of Chinese banks (交易流水号, 记账日期,
// 贷方发生额, 对方户名, 附言 and the like), and where there is one the currency. Columns that
// nobody asks for are passed over. What one line says wrongly is the refusal of that line: a serial
// that no bank gives or that a spreadsheet has rounded (kSerialUnusable), an amount
// (kStatementAmount), a day, another currency (kCurrencyOfHouse). An amount below zero went back.
// Refuses kMissingKey (path: the column) where no row is a head, kStatementTooLong, and a fault of
// the table.
Result<std::vector<StatementLine>> read_statement(const formats::SheetTable& table,
                                                  Currency currency);

// The policies that a reference names, each once, in its order: AL-2026-000037 or pol_37, whatever
// stands around them.
std::vector<domain::PolicyId> named_policies(std::string_view reference);

// The key and the request under which a transfer is recorded, by a statement or by a person: a
// bank's number names it for good.
std::string transfer_key(std::string_view serial);
Digest transfer_content(std::string_view serial, Money amount);
// The key's use by whoever recorded it; null: nobody has.
const house::KeyUse* recorded_transfer(const house::House& house, std::string_view serial);
// 1 to 200 printable ASCII characters without blanks; not a number that a spreadsheet has rounded.
bool is_transfer_serial(std::string_view serial);

// Whether two names are the same but for blanks and the width of brackets; an empty one is
// nobody's.
bool same_name(std::string_view a, std::string_view b);

}  // namespace anlan::api
