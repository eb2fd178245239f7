// A sheet of the members of a park, one a row, for `policy certificate add`.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/session.h"
#include "domain/certificate.h"
#include "formats/sheet.h"
#include "house/certificates.h"

namespace anlan::api {

struct MemberRow {
  const formats::SheetRow* cells = nullptr;
  std::string credit_code;
  std::string name;  // as the sheet says it
  domain::Certificate certificate;
  std::optional<Refusal> refused;
};

struct MemberSheet {
  formats::SheetTable table;
  std::vector<std::string> head;
  std::vector<MemberRow> rows;
  std::size_t refused() const;
};

// The columns that the answer adds; a sheet that was returned may be sent again.
inline constexpr std::array<std::string_view, 4> kMemberAnswerColumns{"status", "reason_zh",
                                                                      "reason_en", "certificate"};

// Columns credit_code, and where they are wanted legal_name, from, through (the last day), limit,
// premium; also by their Chinese names. A row without a limit has the most of the terms, one
// without a premium `premium`. Without a day a certificate runs from the first day that may be
// (house/certificates.h) to the end of the period. Every row is checked as the house checks it,
// beside those before it; what is wrong with one is its own refusal. Refuses the sheet for merged
// cells, columns that are missing, unknown or there twice, and kCertificatesTooMany.
Result<MemberSheet> read_members(formats::SheetTable table, const house::House& house,
                                 const house::Adding& adding, Money premium, std::string_view name);

// "3", "C3" and, of the policy of this number, "AL-2026-000037-C3": the number of a certificate; 0
// where it is none.
std::uint32_t certificate_named(std::string_view text, std::string_view policy_number);

}  // namespace anlan::api
